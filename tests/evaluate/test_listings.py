"""Counting many documents at once gives what counting each of them gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate import joint
from glose.evaluate.counts import Row, Statistic, Table, Tally
from glose.evaluate.families.entities import ENTITIES
from glose.evaluate.families.events import ARGUMENTS, ROLES, TRIGGERS, TYPED_TRIGGERS
from glose.evaluate.listings import Batch, Listed, Listing, distinct, tallied
from glose.evaluate.projection import Filler, Span

Sides = tuple[list[Span], list[Span]]

types = st.sampled_from(["PER", "ORG", "GPE"])
places = st.tuples(st.integers(0, 6), st.integers(1, 4)).map(lambda p: (p[0], p[0] + p[1]))
pieces = st.lists(places, min_size=1, max_size=2).map(lambda found: tuple(sorted(found)))
spans = st.lists(st.tuples(types, pieces), max_size=6)
fillers = st.lists(st.builds(Filler, types, pieces | st.just("douze"), types), max_size=6)


def batched(
    statistic: Statistic, pairs: Sequence[tuple[Sequence[object], Sequence[object]]]
) -> Batch:
    assert isinstance(statistic.count, Listing)
    batch = Batch(statistic.count)
    for gold, predicted in pairs:
        batch.add(gold, predicted)
    return batch


def each(
    statistic: Statistic, pairs: Sequence[tuple[Sequence[object], Sequence[object]]]
) -> list[Tally]:
    return [statistic.count(gold, predicted) for gold, predicted in pairs]


SPANS = [ENTITIES, TRIGGERS, TYPED_TRIGGERS]


@pytest.mark.parametrize("statistic", SPANS, ids=[each.name for each in SPANS])
@given(pairs=st.lists(st.tuples(spans, spans), min_size=1, max_size=5))
def test_spans_of_many_documents(statistic: Statistic, pairs: list[Sides]) -> None:
    assert [*batched(statistic, pairs).taken().tallies()] == each(statistic, pairs)


@pytest.mark.parametrize("statistic", [ARGUMENTS, ROLES], ids=["arguments", "roles"])
@given(pairs=st.lists(st.tuples(fillers, fillers), min_size=1, max_size=5))
def test_arguments_of_many_documents(
    statistic: Statistic, pairs: list[tuple[list[Filler], list[Filler]]]
) -> None:
    assert [*batched(statistic, pairs).taken().tallies()] == each(statistic, pairs)


def test_what_is_taken_is_gone() -> None:
    batch = batched(ENTITIES, [([("PER", ((0, 4),))], [])])
    assert (len(batch), len(batch.taken()), len(batch)) == (1, 1, 0)
    batch.add([], [("ORG", ((0, 4),))])
    assert [*batch.taken().tallies()] == [ENTITIES.count([], [("ORG", ((0, 4),))])]


@pytest.mark.parametrize(
    ("lists", "whole", "tally"),
    [
        pytest.param(([], [], []), None, {None: (0, 0, 0, 0)}, id="nothing"),
        pytest.param(
            (["PER"], ["PER", "ORG"], ["PER"]),
            None,
            {"PER": (1, 1, 1, 1), "ORG": (0, 1, 0, 0), None: (1, 2, 1, 1)},
            id="sums over types",
        ),
        pytest.param(
            (["PER"], ["PER"], ["PER"]),
            (9, 9, 9, 9),
            {"PER": (1, 1, 1, 1), None: (9, 9, 9, 9)},
            id="a row of all items of its own",
        ),
    ],
)
def test_lists_are_counted(lists: tuple[list[str], ...], whole: Row | None, tally: Tally) -> None:
    listing = Listing(lambda *_: Listed(lists, whole), (0, 1, 0, 2))
    batch = Batch(listing)
    batch.add(None, None)

    assert tallied(Listed(lists, whole), (0, 1, 0, 2)) == tally
    assert [*batch.taken().tallies()] == [tally]


@given(
    st.lists(st.tuples(*[st.integers(0, 3) | st.integers(0, 2**40)] * 3), min_size=1, max_size=9)
)
def test_distinct_rows_are_counted(rows: list[Row]) -> None:
    assert dict(distinct(np.array(rows, dtype=np.int64))) == Counter(rows)


@pytest.mark.parametrize("limit", [1000, 3], ids=["rows", "moments"])
@given(pairs=st.lists(st.tuples(spans, spans), min_size=1, max_size=8), cut=st.integers(0, 8))
def test_a_table_takes_many_documents(limit: int, pairs: list[Sides], cut: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joint, "LIMIT", limit)
        one, many = Table(), Table()
        for tally in each(ENTITIES, pairs):
            one.add(tally)
        for part in (pairs[:cut], pairs[cut:]):
            if part:
                many.extend(batched(ENTITIES, part).taken())
        assert many.rows == one.rows
        assert many.documents == one.documents
        assert many.joint.documents == one.joint.documents
        assert many.joint.rows == one.joint.rows
        mine, theirs = many.joint.settled(), one.joint.settled()
        assert (mine is None) == (theirs is None)
        if mine is not None and theirs is not None:
            names = sorted(theirs.starts)
            assert sorted(mine.starts) == names
            here, there = mine.places(names), theirs.places(names)
            assert mine.total[here].tolist() == theirs.total[there].tolist()
            products = [m.products[np.ix_(w, w)] for m, w in ((mine, here), (theirs, there))]
            assert products[0].tolist() == products[1].tolist()
