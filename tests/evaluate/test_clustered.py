"""Clusters of many documents at once are counted as those of each document by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Document, Entity, Event, EventCluster, Mention, Trigger
from glose.evaluate import counter
from glose.evaluate.chains import entity_spots, equal, event_spots, outer
from glose.evaluate.clustered import Clustered, Gathered
from glose.evaluate.clusters import Numbered, Sides, clusters, ranked, resolved
from glose.evaluate.contingency import contingency
from glose.evaluate.counter import Counter
from glose.evaluate.counts import Statistic, Table
from glose.evaluate.distinct import Distinct, combined
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View

#: Every statistic that counts clusters.
STATISTICS = {
    metric.statistic.name: metric.statistic
    for metric in METRICS.values()
    if isinstance(metric.statistic.count, Clustered)
}

Pairs = list[tuple[Document, Document]]
Span = tuple[int, int, tuple[tuple[int, int], ...]]


def whole(start: int, size: int) -> Span:
    return start, start + size, ()


def gapped(start: int, size: int) -> Span:
    end = start + size
    return start, end + 2, ((start, end), (end + 1, end + 2))


places = st.tuples(st.integers(0, 9), st.integers(1, 6))
spans = places.map(lambda place: whole(*place)) | places.map(lambda place: gapped(*place))
groups = st.lists(st.lists(st.integers(0, 7), max_size=5), max_size=5)


def made(stands: Sequence[Span], members: Sequence[Sequence[int]]) -> Document:
    """Return a document whose entities and event clusters have mentions by number, or none."""
    ends = [(start, start + 1) for start, *_ in stands]
    return Document(
        id="d",
        text="x" * 30,
        mentions=tuple(
            Mention(f"m{n}", "X", *place, head=head)
            for n, (place, head) in enumerate(zip(stands, ends, strict=True))
        ),
        entities=tuple(
            Entity(f"N{n}", "X", mentions=tuple(f"m{x}" for x in own))
            for n, own in enumerate(members)
        ),
        events=tuple(Event(f"e{n}", "X", (Trigger(*place),)) for n, place in enumerate(stands)),
        event_clusters=tuple(
            EventCluster(f"H{n}", tuple(f"e{x}" for x in own)) for n, own in enumerate(members)
        ),
    )


documents = st.builds(made, st.lists(spans, max_size=7), groups)
pairs = st.lists(st.tuples(documents, documents), max_size=4)


def table(statistic: Statistic, found: Pairs) -> Table:
    """Return what is counted of each pair by itself."""
    table = Table()
    for gold, predicted in found:
        table.add(statistic.tally(View(gold), View(predicted)))
    return table


@given(pairs)
def test_all_at_once_is_one_by_one(found: Pairs) -> None:
    tables = {name: Table() for name in STATISTICS}
    counting = Counter(STATISTICS, tables)
    for gold, predicted in found:
        counting.add(View(gold), View(predicted))
    counting.settle()
    for name, each in tables.items():
        wanted = table(STATISTICS[name], found)
        assert each.distinct((None, None)).counts == wanted.distinct((None, None)).counts
        assert (each.documents, each.joint) == (wanted.documents, wanted.joint)
        assert each.rows == wanted.rows


@pytest.mark.parametrize("number", [2, 4, 5])
def test_documents_are_settled_by_so_many(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter, "BATCH", 2)
    pair = made([(0, 2, ()), (3, 5, ())], [[0, 1]]), made([(0, 2, ()), (3, 5, ())], [[0], [1]])
    name = "coreference"
    tables = {name: Table()}
    counting = Counter({name: STATISTICS[name]}, tables)
    for _ in range(number):
        counting.add(*map(View, pair))
    counting.settle()
    assert tables[name].documents[None] == number
    assert tables[name].rows == table(STATISTICS[name], [pair] * number).rows


def test_statistics_of_the_same_clusters_have_one_contingency() -> None:
    made_of: list[object] = []

    def sums(found: object) -> list[np.ndarray]:
        made_of.append(found)
        return [np.zeros(1)]

    plain, gaps = made([(0, 2, ())], [[0]]), made([(0, 3, ((0, 1), (2, 3)))], [[0]])
    counts = {
        "outer": Clustered(outer, sums), "equal": Clustered(equal, sums),
        "plural": Clustered(equal, sums, singletons=False),
    }  # fmt: skip
    for document, number in ((plain, 2), (gaps, 3)):
        gathered = Gathered(counts)
        gathered.add(entity_spots(document), entity_spots(document))
        made_of.clear()
        assert [name for name, _ in gathered.taken()] == ["outer", "equal", "plural"]
        assert len({*map(id, made_of)}) == number


@given(st.lists(st.tuples(groups, groups), max_size=4), st.booleans())
def test_numbers_may_be_as_large_as_they_like(
    found: list[tuple[list[list[int]], list[list[int]]]], singletons: bool
) -> None:
    def sides(factor: int) -> list[Sides]:
        numbers = {str(n): n * factor for n in range(8)}
        named = [[[[*map(str, own)] for own in side] for side in pair] for pair in found]
        return [
            (Numbered.of(resolved(one, numbers)), Numbered.of(resolved(other, numbers)))
            for one, other in named
        ]

    small, large = (contingency(sides(x), singletons=singletons) for x in (1, 1 << 58))
    for one, other in zip(small.shares, large.shares, strict=True):
        assert one.tolist() == other.tolist()


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        pytest.param([["a", "b"], ["c"]], ([1, 2, 3], [2, 1]), id="as they stand"),
        pytest.param([["a"], []], ([1], [1]), id="empty ones are left out"),
        pytest.param([["a", "a"], ["b", "a"]], ([1, 2], [1, 1]), id="the first keeps a mention"),
        pytest.param([["x", "a"], ["x"]], ([1], [1]), id="a name of nothing"),
        pytest.param([["c", "d"]], ([3], [1]), id="two names of one mention"),
        pytest.param([], ([], []), id="nothing"),
    ],
)
def test_names_become_mentions(given_: list[list[str]], wanted: tuple[list[int], ...]) -> None:
    assert resolved(given_, {"a": 1, "b": 2, "c": 3, "d": 3}) == wanted


def test_whatever_can_be_put_in_order_has_ranks() -> None:
    gold, predicted = ranked(clusters(["dog", "c"]), clusters(["god", "x"]))
    assert [*map(list, gold)] == [[1, 3, 2, 0], [3, 1]]
    assert [*map(list, predicted)] == [[2, 3, 1, 4], [3, 1]]


def test_an_event_of_no_cluster_is_alone_and_one_without_a_trigger_is_none() -> None:
    events = (Event("e1", "X", (Trigger(0, 2),)), Event("e2", "X", (Trigger(3, 5),)))
    given_ = Document(
        id="d", events=(*events, Event("e3", "X")),
        event_clusters=(EventCluster("H", ("e1", "e3")),),
    )  # fmt: skip
    assert event_spots(given_).covered.mentions == [((0, 2),), ((3, 5),)]


rows = st.lists(st.tuples(*[st.sampled_from([0.0, 0.5, 1.0])] * 3), max_size=30)


@given(rows)
def test_distinct_rows_are_sorted_and_counted(found: list[tuple[float, ...]]) -> None:
    array = np.array(found).reshape(-1, 3)
    distinct, times = combined(array, np.ones(len(found)))
    wanted = sorted({*found})
    assert [*map(tuple, distinct.tolist())] == wanted
    assert times.tolist() == [found.count(row) for row in wanted]


def test_rows_without_columns_are_all_one() -> None:
    distinct, times = combined(np.zeros((3, 0)), np.ones(3))
    assert (distinct.shape, times.tolist()) == ((1, 0), [3.0])


@given(st.lists(rows, min_size=1, max_size=4))
def test_rows_may_come_in_parts(parts: list[list[tuple[float, ...]]]) -> None:
    held = Distinct(limit=5)
    for part in parts:
        held.add(np.array(part).reshape(-1, 3), np.ones(len(part)))
    every = [row for part in parts for row in part]
    found, times = held.settled()
    assert [*map(tuple, found.tolist())] == sorted({*every} - {(0.0, 0.0, 0.0)})
    assert times.sum() == len(every) - every.count((0.0, 0.0, 0.0))


@given(pairs, pairs)
def test_tables_of_parts_add_up(one: Pairs, other: Pairs) -> None:
    name = "perl coreference"
    made_: list[Table] = []
    for found in (one, other, [*one, *other]):
        tables = {name: Table()}
        counting = Counter({name: STATISTICS[name]}, tables)
        for gold, predicted in found:
            counting.add(View(gold), View(predicted))
        counting.settle()
        made_.append(tables[name])
    first, second, whole = made_
    first.merge(second)
    assert first.rows == whole.rows
    assert (first.documents, first.joint.rows) == (whole.documents, whole.joint.rows)
