"""What an operation breaks: found near what it changes, and the same as anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from glose.annotate.store.checking import check, compared
from glose.annotate.store.neighbourhood import whole
from glose.annotate.store.operations import Change
from glose.annotate.store.state import State
from glose.corpus.document import Document
from glose.corpus.schema import Schema
from glose.corpus.testing import documents

Begun = Callable[[Document], State]
Drawn = Callable[[State, Document], st.SearchStrategy[tuple[Change, ...]]]


def plain(found: tuple[str, ...]) -> list[str]:
    """Return messages without the guess in which unit offsets were counted: a part knows less."""
    return sorted(re.sub(r" \(the offsets look like .*?\)", "", what) for what in found)


@given(data=st.data())
def test_the_verdict_is_that_of_the_whole_record(
    data: st.DataObject, begun: Begun, drawn: Drawn, drawn_schema: Schema
) -> None:
    document = data.draw(documents())
    other = data.draw(documents(st.just(document.text or "")))
    state = begun(document)
    changes = data.draw(drawn(state, other))
    after = begun(document)
    after.apply(changes)

    near = check(state, changes, drawn_schema)
    everywhere = compared(whole(state), whole(after), drawn_schema)

    assert plain(near.refused) == plain(everywhere.refused)
    assert plain(near.warnings) == plain(everywhere.warnings)
