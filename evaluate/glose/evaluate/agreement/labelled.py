"""Agreement in the labels of units that all layers have: tokens, and documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from glose.evaluate.agreement import distances, kappas
from glose.evaluate.agreement.columns import Columns, Reading, Row, Rows
from glose.evaluate.agreement.distances import Alphas
from glose.evaluate.agreement.kappas import Kappas
from glose.evaluate.agreement.layers import Shared
from glose.evaluate.agreement.units import NONE, Chunks, Votes, schemes, tokens

#: What no scheme is called.
_SEEN = None


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a document: with one type of the flat view, and with a set of all types."""

    unit: str
    lists: tuple[str, ...]
    chunks: Chunks

    def row(self, shared: Shared) -> Row:
        """Return the counts of the types of tokens, and those of their sets of types."""
        row = kappas.counts(tokens(shared, self.chunks).votes())
        sets = distances.counts(tokens(shared, self.chunks, nested=True).votes())
        return {**row, **{("sets", *key): value for key, value in sets.items()}}

    def readings(self, columns: Columns, people: Sequence[int]) -> Iterator[Reading]:
        """Yield all coefficients of labels, and the alphas of sets of them."""
        yield from Kappas(self.unit, columns, (), tuple(people)).readings()
        yield from Alphas(self.unit, columns, ("sets",), tuple(people)).readings()


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of documents, each scheme by itself; without a label it has the empty set."""

    unit: str = "labels"
    lists: tuple[str, ...] = ("labels",)

    def row(self, shared: Shared) -> Row:
        """Return the counts of the labels of each scheme that some layer uses in a document.

        `seen` says which layers have the document.
        """
        row: Row = {(_SEEN, *(view is not None for view in shared.views)): 1}
        for scheme, coded in schemes(shared):
            row |= _counts(scheme, coded.votes())
        return row

    def complete(self, counted: Rows) -> Rows:
        """Return rows with the schemes of other documents: here nobody gave a label of them."""
        rows, found = list(counted.plain()), Rows()
        there = {key[0] for row in rows for key in row if key[0] is not _SEEN}
        for row in rows:
            seen = next(key[1:] for key in row if key[0] is _SEEN)
            del row[_SEEN, *seen]
            nothing = {tuple(NONE if each is True else None for each in seen): 1}
            for scheme in there.difference(key[0] for key in row):
                row.update(_counts(str(scheme), nothing))
            found.add(row)
        return found

    def readings(self, columns: Columns, people: Sequence[int]) -> Iterator[Reading]:
        """Yield all coefficients of each scheme."""
        for scheme in columns.named():
            unit, key = f"{self.unit}:{scheme}", str(scheme)
            yield from Kappas(unit, columns, (key, "one"), tuple(people)).readings()
            yield from Alphas(unit, columns, (key, "sets"), tuple(people)).readings()


def _counts(scheme: str, votes: Mapping[Votes, int]) -> Row:
    row: Row = {}
    for part, counts in (("one", kappas.counts(votes)), ("sets", distances.counts(votes))):
        row |= {(scheme, part, *key): value for key, value in counts.items()}
    return row
