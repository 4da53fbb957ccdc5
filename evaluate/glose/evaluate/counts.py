"""Counting: what a pair of documents adds to the sufficient statistics of a metric.

A *row* holds the counts of one document, a *tally* one row for all items (under `None`) and one
for each type. Rows only ever add up; nothing is divided here. What is kept is not one row a
document but each *distinct* row with the number of documents that have it: all that a sum, a
bootstrap or a paired test over documents needs, whatever the number of documents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from glose.evaluate import listings, matching
from glose.evaluate.distinct import Distinct
from glose.evaluate.grouped import Cell, Clusters
from glose.evaluate.joint import Array, Joint
from glose.evaluate.listings import Listed, Listing, Rows, Whole, distinct, tallied
from glose.evaluate.projection import Project, Span, View
from glose.evaluate.results import Bucket
from glose.evaluate.traces import Trace, Tracing
from glose.evaluate.units import Units

Row: TypeAlias = listings.Row
Tally: TypeAlias = listings.Tally

_TYPE, _KEY = itemgetter(0), itemgetter(1)

#: So many documents are counted at a time.
BATCH = 1000

#: How regions of text add up to a document (shapes.py). A region counts by the order of its bounds
#: and types; the same, if no mention has a head; by these and the order of ids in a hash table; by
#: words and the order of the file; the same, if gold has all types that are predicted.
Local: TypeAlias = Literal["order", "bare", "hash", "words", "closed"]

#: A number, or an array of one number for each row or sample.
Numbers: TypeAlias = Any

#: What a set is made of: the type under which an item is counted, and what must be equal.
Keyed: TypeAlias = tuple[str, Hashable]


class Shared(NamedTuple):
    """The columns of a comparison of sets: matched and all items, as predicted and as in gold."""

    correct_precision: Numbers
    predicted: Numbers
    correct_recall: Numbers
    gold: Numbers


class Kinds(NamedTuple):
    """The columns of an alignment of spans: a partition of gold and one of the predictions.

    Gold items are `correct`, `boundary` (same type, the span only overlaps), `type_gold` (same
    span, other type), `both_gold` or `missed`; predicted items are `correct`, `boundary`,
    `type_predicted`, `both_predicted` or `spurious`. What is confused counts under its gold type
    in the first and under its predicted type in the second.
    """

    correct: Numbers
    boundary: Numbers
    type_gold: Numbers
    both_gold: Numbers
    missed: Numbers
    type_predicted: Numbers
    both_predicted: Numbers
    spurious: Numbers


@dataclass(frozen=True, slots=True)
class Statistic:
    """How a document is projected, matched and counted; several metrics may read one statistic.

    `reads` are the lists of the record that the projection looks at, `None` for any: no others
    need be decoded. `lists` are those that must have been annotated, `columns` names the counts.
    If it is `closed`, which gives the types of a gold document, `count` takes as `types` those
    that gold has in any document, if they are `known`, and counts no predictions of others. Where
    a corpus is more than the sum of its documents, `count` gives one number each under names of
    its own, which add up, and `finish` makes the columns of the sums. A statistic that is `local`
    counts a document without fragments as the sum of the regions that its mentions cover, in whole
    numbers. One that pairs annotations can have a `trace`, which says which ones (traces.py).
    """

    name: str
    lists: tuple[str, ...]
    columns: type[Any]
    project: Project
    count: Callable[..., Tally]
    closed: Callable[[Any], Iterable[str]] | None = None
    finish: Callable[[Mapping[str, float]], Row] | None = None
    reads: tuple[str, ...] | None = None
    local: Local | None = None
    known: frozenset[str] | None = None
    trace: Tracing | None = None

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.columns._fields)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the counts of a document."""
        return ("number",) if self.finish else tuple(self.columns._fields)

    def of(self, types: Mapping[str, frozenset[str]]) -> Statistic:
        """Return the statistic for a gold corpus with these types, by the names of statistics."""
        if self.closed is None or self.name not in types:
            return self
        return replace(self, known=types[self.name])

    def tally(self, gold: View, predicted: View) -> Tally:
        """Return the counts of one pair of documents."""
        items = gold.items(self.project), predicted.items(self.project)
        return self.count(*items) if self.known is None else self.count(*items, types=self.known)

    def traces(self, gold: View, predicted: View) -> Iterator[Trace] | None:
        """Return what the counts of one pair of documents come from, `None` if nobody knows."""
        if self.trace is None:
            return None
        known = {} if self.known is None else {"types": self.known}
        return self.trace(gold, predicted, **known)


def sought(gold: Iterable[Keyed], predicted: Iterable[Keyed]) -> Listed:
    """Return two sets of keys as lists, in the order of `Shared`; duplicates vanish.

    By type, the keys of that type are sought among all of the other side, so a key that has two
    types counts once in the overall row and once for each of its types.
    """
    wanted, found = set(gold), set(predicted)
    golds, guesses = set(map(_KEY, wanted)), set(map(_KEY, found))
    equal = wanted & found
    same = list(map(_TYPE, equal))
    precise = same + [name for name, key in found - equal if key in golds]
    recalled = same + [name for name, key in wanted - equal if key in guesses]
    total = len(golds & guesses)
    lists = precise, list(map(_TYPE, found)), recalled, list(map(_TYPE, wanted))
    return Listed(lists, (total, len(guesses), total, len(golds)))


def common(
    gold: Iterable[Hashable], predicted: Iterable[Hashable], label: Callable[[Any], str]
) -> Listed:
    """Return what two sets of keys have in common, and each of them, as lists of their types."""
    golds, guesses = set(gold), set(predicted)
    shared = golds & guesses
    return Listed((list(map(label, shared)), list(map(label, guesses)), list(map(label, golds))))


def parted(matched: matching.Matched) -> Listed:
    """Return an alignment of spans as lists, in the order of `Kinds`."""
    typed, both = matched.typed, matched.both
    lists = (
        [span[0] for span in matched.equal],
        [gold[0] for gold, _ in matched.moved],
        [gold[0] for gold, _ in typed],
        [gold[0] for gold, _ in both],
        [span[0] for span in matched.missed],
        [predicted[0] for _, predicted in typed],
        [predicted[0] for _, predicted in both],
        [span[0] for span in matched.spurious],
    )
    return Listed(lists)


def aligned(gold: Sequence[Span], predicted: Sequence[Span]) -> Listed:
    """Return two bags of spans, aligned one to one (matching.spans), as lists."""
    return parted(matching.spans(gold, predicted))


#: In which list the columns of `Shared` stand: each in one, or what is matched in the first.
FOUR, THREE = (0, 1, 2, 3), (0, 1, 0, 2)
EIGHT = tuple(range(8))

#: The counts of two sets of keys, `Shared`; a duplicate on either side vanishes.
sets = Listing(sought, FOUR)

#: The counts of two bags of spans, aligned one to one, as `Kinds`.
kinds = Listing(aligned, EIGHT)


def partition(matched: matching.Matched) -> Tally:
    """Return the counts of an alignment of spans, as `Kinds`."""
    return tallied(parted(matched), EIGHT)


def typed_sets(
    gold: Iterable[Hashable], predicted: Iterable[Hashable], label: Callable[[Any], str]
) -> Tally:
    """Return the counts of two sets of keys of which `label` tells the type, as `sets` does."""
    return tallied(common(gold, predicted, label), THREE)


def gathered(sums: dict[str, float], numbers: Mapping[str, float]) -> None:
    """Add numbers to the sums of the same names."""
    for name, number in numbers.items():
        sums[name] = sums.get(name, 0) + number


@dataclass(slots=True)
class Table:
    """The distinct rows of one statistic, with how many documents have each; tables add up.

    `rows[type, bucket]` leaves out rows of zeros: they are the rest of `documents`, which counts
    all documents under `None` and those of each bucket. What has neither types nor buckets may be
    in `plain`, until `rows` are asked for. `clusters` are there if it is not documents that are
    resampled. A statistic that is finished over the corpus has the sums of its numbers in `whole`,
    and no rows.
    """

    documents: Counter[Bucket | None] = field(default_factory=Counter)
    joint: Joint = field(default_factory=Joint)
    clusters: Clusters | None = None
    whole: dict[str, float] | None = None
    plain: Distinct = field(default_factory=Distinct)
    _rows: dict[Cell, Counter[Row]] = field(default_factory=dict)
    _waiting: list[tuple[Tally, Sequence[Bucket]]] = field(default_factory=list)

    @property
    def rows(self) -> Mapping[Cell, Mapping[Row, int]]:
        """The distinct rows of each cell, with how many documents have each."""
        if self.plain:
            found = Units(*self.plain.settled(), self.documents[None])
            self.plain = Distinct()
            self._add((None, None), found.counts, found.rows.shape[1])
        return self._counted

    @property
    def _counted(self) -> Mapping[Cell, Mapping[Row, int]]:
        if self._waiting:
            self._settle()
        return self._rows

    def add(
        self, tally: Tally, buckets: Sequence[Bucket] = (), cluster: str | None = None
    ) -> None:
        """Add the counts of one document, which is of a cluster if any is."""
        self.documents[None] += 1
        if self.whole is not None:
            gathered(self.whole, {name: row[0] for name, row in tally.items() if name is not None})
            return
        for bucket in buckets:
            self.documents[bucket] += 1
        self._waiting.append((tally, buckets))
        if len(self._waiting) == BATCH:
            self._settle()
        if self.clusters is None or cluster is None:
            self.joint.add(tally)
        else:
            cells: dict[Cell, Row] = {(name, None): row for name, row in tally.items()}
            cells |= {(None, bucket): tally[None] for bucket in buckets}
            self.clusters.add(cluster, cells)

    def extend(self, rows: Rows) -> None:
        """Add the counts of many documents, without buckets and clusters."""
        self.documents[None] += len(rows)
        for name, block in zip((None, *rows.types), (rows.all, *rows.by_type), strict=True):
            self._add((name, None), dict(distinct(block)), block.shape[1])
        self.joint.extend(rows)

    def append(self, columns: Sequence[Array | Whole]) -> None:
        """Add the counts of many documents, without types too; a column has one for each."""
        rows = np.stack(columns, axis=1, dtype=np.float64)
        self.documents[None] += len(rows)
        self.joint.skip(len(rows))
        self.plain.add(rows, np.ones(len(rows)))

    def _settle(self) -> None:
        """Count the rows that wait: a counter takes many at once some five times as fast."""
        found: dict[Cell, list[Row]] = defaultdict(list)
        types: dict[str | None, list[Row]] = defaultdict(list)
        for tally, buckets in self._waiting:
            for name, row in tally.items():
                types[name].append(row)
            for bucket in buckets:
                found[None, bucket].append(tally[None])
        found.update({(name, None): rows for name, rows in types.items()})
        self._waiting = []
        for cell, rows in found.items():
            self._add(cell, rows, len(rows[0]))

    def _add(self, cell: Cell, rows: Iterable[Row] | Mapping[Row, int], width: int) -> None:
        counter = self._rows.setdefault(cell, Counter())
        counter.update(rows)
        counter.pop((0,) * width, None)
        if not counter:
            del self._rows[cell]

    def merge(self, other: Table) -> None:
        """Add the documents of another table."""
        self.documents.update(other.documents)
        if other.plain:
            self.plain.add(*other.plain.settled())
        for cell, rows in other._counted.items():
            self._rows.setdefault(cell, Counter()).update(rows)
        self.joint.merge(other.joint)
        if self.clusters is not None and other.clusters is not None:
            self.clusters.merge(other.clusters)
        if self.whole is not None and other.whole is not None:
            gathered(self.whole, other.whole)

    def distinct(self, cell: Cell) -> Units:
        """Return the rows of a cell with their numbers of documents."""
        if cell == (None, None) and self.plain and not self._counted:
            return Units(*self.plain.settled(), self.documents[None])
        return Units.of(self.rows.get(cell, {}), self.documents[cell[1]])

    def units(self, cell: Cell) -> Units:
        """Return the rows of what is resampled in a cell, documents or clusters."""
        if self.clusters is None:
            return self.distinct(cell)
        return Units.of(self.clusters.distinct(cell), self.clusters.number(cell[1]))

    @property
    def types(self) -> list[str]:
        """The types that occur in gold or in the predictions, sorted."""
        cells = self._counted
        return sorted(name for name, bucket in cells if name is not None and bucket is None)

    @property
    def buckets(self) -> list[Bucket]:
        """The buckets that occur, sorted by field and value."""
        named = [bucket for bucket in self.documents if bucket is not None]
        return sorted(named, key=lambda bucket: (bucket.by, bucket.value))
