"""The day on which a file was made: a date of its document for want of a better one."""

from __future__ import annotations

from glose.corpus.building.drafts import Draft
from glose.corpus.document import Attribute

#: The basis of such a date.
BASIS = "created"


def state(draft: Draft, written: str, key: str) -> None:
    """State when a file was made; `extra` has it too, since a dateline goes before it."""
    if not written:
        return
    known = draft.date
    draft.state_date(written, key, BASIS)
    if draft.date is not known:
        draft.extra.append(Attribute(key, written))
