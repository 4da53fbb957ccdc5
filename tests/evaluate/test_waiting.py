"""Spans that wait for a partner: which of them overlap a range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Pair
from glose.evaluate.waiting import FEW, Few, Waiting, waiting_for

ranges = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda r: (r[0], r[0] + r[1]))


BOTH = pytest.mark.parametrize("kind", [Few, Waiting])
Kind = type[Few] | type[Waiting]


def test_few_are_looked_at_one_by_one() -> None:
    spans = [((n, n + 1), n) for n in range(FEW + 1)]
    assert isinstance(waiting_for(spans), Waiting)
    assert isinstance(waiting_for(spans[1:]), Few)


@BOTH
def test_nothing_waits(kind: Kind) -> None:
    assert list(kind([]).overlapping(0, 9)) == []


@BOTH
def test_those_that_overlap_come_in_the_order_of_their_numbers(kind: Kind) -> None:
    waiting = kind([((5, 9), 0), ((0, 6), 1), ((9, 12), 2), ((2, 3), 3)])
    assert list(waiting.overlapping(4, 9)) == [0, 1]
    assert waiting.count(4, 9) == 2


@BOTH
def test_what_is_taken_is_gone_with_all_its_pieces(kind: Kind) -> None:
    waiting = kind([((0, 2), 0), ((5, 7), 0), ((6, 8), 1)])
    assert 0 in waiting
    waiting.take(0)
    assert 0 not in waiting
    assert list(waiting.overlapping(0, 9)) == [1]


@BOTH
def test_a_span_of_several_pieces_is_found_by_each_and_told_once(kind: Kind) -> None:
    waiting = kind([((0, 2), 7), ((5, 7), 7)])
    assert [list(waiting.overlapping(*place)) for place in ((1, 2), (5, 6), (1, 6))] == [[7]] * 3
    assert list(waiting.overlapping(2, 5)) == []
    assert waiting.count(1, 6) == 2


@BOTH
@given(
    spans=st.lists(ranges, max_size=20),
    asked=ranges,
    taken=st.sets(st.integers(0, 19), max_size=9),
)
def test_it_finds_what_a_look_at_each_finds(
    kind: Kind, spans: list[Pair], asked: Pair, taken: set[int]
) -> None:
    waiting = kind([(span, number) for number, span in enumerate(spans)])
    gone = {number for number in taken if number < len(spans)}
    for number in gone:
        waiting.take(number)
    wanted = [
        number
        for number, (start, end) in enumerate(spans)
        if number not in gone and start < asked[1] and asked[0] < end
    ]
    assert list(waiting.overlapping(*asked)) == wanted
    assert waiting.count(*asked) == len(wanted)
