"""Counts add up, whatever they are split into and in whatever order."""

from __future__ import annotations

import copy
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate import joint
from glose.evaluate.counts import Table, Tally, sets, typed_sets
from glose.evaluate.results import Bucket

rows = st.tuples(*(st.integers(0, 3) for _ in range(4)))
tallies = st.dictionaries(st.sampled_from("ABC"), rows, max_size=3).map(
    lambda types: {**types, None: tuple(map(sum, zip((0,) * 4, *types.values(), strict=True)))}
)
many = st.lists(tallies, max_size=12)
AFP, REUTERS = Bucket("agency", "afp"), Bucket("agency", "reuters")


def table(documents: list[Tally]) -> Table:
    made = Table()
    for number, tally in enumerate(documents):
        made.add(tally, (AFP if number % 2 else REUTERS,))
    return made


def merged(*tables: Table) -> Table:
    made = Table()
    for each in tables:
        made.merge(copy.deepcopy(each))
    return made


def facts(made: Table) -> object:
    """Return what a table says, in a form in which equal tables are equal."""
    moments = made.joint.settled()
    if moments is None:
        return made.rows, made.documents, made.joint.rows
    names = sorted(moments.starts)
    places = moments.places(names)
    products = moments.products[np.ix_(places, places)]
    return made.rows, made.documents, names, moments.total[places].tolist(), products.tolist()


@given(many, many)
def test_adding_tables_is_adding_their_documents(one: list[Tally], other: list[Tally]) -> None:
    even = [*one, *one]  # so that the buckets of the second half do not change places
    assert facts(merged(table(even), table(other))) == facts(table([*even, *other]))


@given(many, many)
def test_tables_add_up_in_either_order(one: list[Tally], other: list[Tally]) -> None:
    there, back = merged(table(one), table(other)), merged(table(other), table(one))
    assert facts(there) == facts(back)


@given(many, many, many)
def test_tables_add_up_in_any_grouping(a: list[Tally], b: list[Tally], c: list[Tally]) -> None:
    one, two, three = map(table, (a, b, c))
    assert facts(merged(merged(one, two), three)) == facts(merged(one, merged(two, three)))


@given(many, many)
def test_many_distinct_rows_add_up_as_moments(one: list[Tally], other: list[Tally]) -> None:
    limit, joint.LIMIT = joint.LIMIT, 2
    try:
        even = [*one, *one]
        assert facts(merged(table(even), table(other))) == facts(table([*even, *other]))
    finally:
        joint.LIMIT = limit


@given(many)
def test_an_empty_table_adds_nothing(one: list[Tally]) -> None:
    assert facts(merged(Table(), table(one), Table())) == facts(table(one))


@given(many)
def test_the_rows_are_those_of_the_documents(documents: list[Tally]) -> None:
    wanted = Counter(tally[None] for tally in documents if any(tally[None]))
    assert table(documents).distinct((None, None)).counts == wanted


def test_a_bucket_has_its_documents_and_no_others() -> None:
    made = table([{None: (1, 1, 1, 1)}, {None: (2, 2, 2, 2)}, {None: (0, 0, 0, 0)}])
    assert made.documents[REUTERS] == 2
    assert made.distinct((None, REUTERS)).counts == {(1, 1, 1, 1): 1}


@pytest.mark.parametrize(
    ("gold", "predicted", "tally"),
    [
        pytest.param([], [], {None: (0, 0, 0, 0)}, id="nothing"),
        pytest.param(
            [("A", 1)], [("B", 1)], {None: (1, 1, 1, 1), "A": (0, 0, 1, 1), "B": (1, 1, 0, 0)},
            id="a key found under another type is found by both",
        ),
        pytest.param(
            [("A", 1), ("B", 1)], [("A", 1)],
            {None: (1, 1, 1, 1), "A": (1, 1, 1, 1), "B": (0, 0, 1, 1)},
            id="a key of two types is one item, and one of each type",
        ),
        pytest.param(
            [("A", 1)], [("A", 1), ("A", 1), ("A", 2)],
            {None: (1, 2, 1, 1), "A": (1, 2, 1, 1)}, id="a duplicate vanishes",
        ),
    ],
)  # fmt: skip
def test_sets(gold: list[tuple[str, int]], predicted: list[tuple[str, int]], tally: Tally) -> None:
    assert sets(gold, predicted) == tally


keyed = st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 3)), max_size=6)


@given(keyed, keyed)
def test_typed_sets_are_sets_whose_keys_hold_the_type(
    gold: list[tuple[str, int]], predicted: list[tuple[str, int]]
) -> None:
    spelt = sets([(k[0], k) for k in gold], [(k[0], k) for k in predicted])
    assert typed_sets(gold, predicted, lambda key: key[0]) == spelt
