"""What layers are compared on: tokens, sets of types, labels of documents."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from glose.corpus.document import Document, Event, Label, Mention, Pair, Trigger
from glose.evaluate.agreement.layers import Shared
from glose.evaluate.agreement.units import (
    NONE,
    Unit,
    mentions,
    schemes,
    stretches,
    tokens,
    triggers,
)
from glose.evaluate.projection import View

TEXT = "aa bb cc dd"


def document(*written: str, labels: Sequence[str] = (), tokens: tuple[Pair, ...] = ()) -> Document:
    """Return a document with mentions such as `PER 0-5`, and an event of each on its place."""
    parts = [each.replace("-", " ").split() for each in written]
    return Document(
        id="d", text=TEXT, tokens=tokens,
        mentions=tuple(Mention(f"m{n}", t, int(a), int(b)) for n, (t, a, b) in enumerate(parts)),
        events=tuple(
            Event(f"e{n}", t, (Trigger(int(a), int(b)),)) for n, (t, a, b) in enumerate(parts)
        ),
        labels=tuple(Label(scheme, value) for scheme, value in (x.split("=") for x in labels)),
    )  # fmt: skip


def shared(*documents: Document | None) -> Shared:
    views = tuple(None if each is None else View(each) for each in documents)
    return Shared("d", TEXT, views, (b"",) * len(views))


@pytest.mark.parametrize(
    ("written", "types"),
    [
        pytest.param([], ["", "", "", ""], id="nothing"),
        pytest.param(["A 0-5"], ["A", "A", "", ""], id="two words"),
        pytest.param(["A 0-5", "B 0-2"], ["A", "A", "", ""], id="the longer stays"),
        pytest.param(["A 0-5", "B 3-11"], ["", "B", "B", "B"], id="of two that cross the longer"),
        pytest.param(["A 1-4"], ["A", "A", "", ""], id="a part of a word"),
        pytest.param(["B 0-2", "A 0-2"], ["A", "", "", ""], id="the first type by name"),
    ],
)
@pytest.mark.parametrize("chunks", [mentions, triggers])
def test_tokens_of_the_flat_view(written: list[str], types: list[str], chunks: object) -> None:
    find = mentions if chunks is mentions else triggers
    [layer] = tokens(shared(document(*written)), find).layers
    assert layer is not None
    found = [layer.get(word, NONE) for word in range(4)]
    assert found == [frozenset([name]) if name else NONE for name in types]


def test_nested_tokens_have_a_set_of_types() -> None:
    [layer] = tokens(shared(document("A 0-5", "B 3-8")), mentions, nested=True).layers
    assert layer == {0: frozenset("A"), 1: frozenset("AB"), 2: frozenset("B")}


def test_the_tokens_of_the_first_layer_that_has_some_are_those_of_all() -> None:
    coded = tokens(shared(document("A 0-5"), document(tokens=((0, 5), (6, 11)))), mentions)
    assert (coded.size, coded.layers) == (2, ({0: frozenset("A")}, {}))


def test_votes_count_what_nobody_marked() -> None:
    """Four words: one A for both, one for the first; a third layer has not seen the text."""
    coded = tokens(shared(document("A 0-5"), document("A 0-2"), None), mentions)
    a = frozenset("A")
    assert coded.votes() == {(a, a, None): 1, (a, NONE, None): 1, (NONE, NONE, None): 2}


def test_stretches_are_sets_in_order() -> None:
    found = stretches(shared(document("B 3-5", "A 0-2", "A 0-5", "A 0-5"), None), mentions)
    assert found == [[Unit(0, 5, "A"), Unit(0, 2, "A"), Unit(3, 5, "B")], None]


def test_schemes_of_labels() -> None:
    one, other = document(labels=["topic=a", "topics=b", "topics=c"]), document(labels=["topic=a"])
    found = {name: coded.votes() for name, coded in schemes(shared(one, other))}
    assert found == {
        "topic": {(frozenset("a"), frozenset("a")): 1},
        "topics": {(frozenset("bc"), NONE): 1},
    }
