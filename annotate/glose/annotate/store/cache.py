"""The states of the records that were last written to, so that no operation reads them anew."""

from __future__ import annotations

from collections import OrderedDict

from sqlalchemy import Connection

from glose.annotate.store import journal
from glose.annotate.store.state import State

#: How many items the states that are held may have in all; some 200 MB.
MOST = 200_000


class States:
    """States by record; what was not asked for longest is dropped when there are too many."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: OrderedDict[int, State] = OrderedDict()

    def at(self, connection: Connection, record: int, revision: int) -> State:
        """Return the state of a record at the revision that the database says it has."""
        state = self._held.pop(record, None)
        if state is None:
            state = journal.state(connection, record)
        elif state.revision < revision:
            # Another process wrote to it.
            journal.caught_up(connection, record, state)
        self._held[record] = state
        self._shrink()
        return state

    def put(self, record: int, state: State) -> None:
        """Hold another state of a record: what it begins with was brought along."""
        self._held[record] = state

    def clear(self) -> None:
        """Forget everything: what is held may not be what is in the database."""
        self._held.clear()

    def _shrink(self) -> None:
        total = sum(map(len, self._held.values()))
        while total > self._most and len(self._held) > 1:
            _, dropped = self._held.popitem(last=False)
            total -= len(dropped)
