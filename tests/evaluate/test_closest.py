"""Which span begins and ends nearest to another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Pair
from glose.evaluate.closest import Closest, outward

ranges = st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda r: (r[0], r[0] + r[1]))


def test_of_spans_that_are_as_near_the_first_is_taken() -> None:
    closest = Closest([((0, 4), 0), ((2, 4), 1), ((1, 5), 2)])
    assert closest.nearest(1, 4, lambda _: True) == 0
    closest.take(0)
    assert closest.nearest(1, 4, lambda _: True) == 1


def test_what_does_not_fit_is_passed_over() -> None:
    closest = Closest([((0, 4), 0), ((9, 12), 1)])
    assert closest.nearest(0, 4, lambda number: number == 1) == 1
    assert closest.nearest(0, 4, lambda _: False) is None


def test_nothing_is_nearest_of_nothing() -> None:
    assert Closest([]).nearest(0, 4, lambda _: True) is None


@given(values=st.lists(st.integers(0, 9), max_size=9), place=st.integers(-1, 10))
def test_outward_from_a_place(values: list[int], place: int) -> None:
    found = list(outward(sorted((value, n) for n, value in enumerate(values)), place))
    assert [gap for gap, _ in found] == sorted(abs(value - place) for value in values)
    assert sorted(number for _, number in found) == list(range(len(values)))


@given(
    spans=st.lists(ranges, max_size=20), asked=ranges, taken=st.sets(st.integers(0, 19)),
    fitting=st.sets(st.integers(0, 19)),
)  # fmt: skip
def test_it_finds_what_a_look_at_each_finds(
    spans: list[Pair], asked: Pair, taken: set[int], fitting: set[int]
) -> None:
    closest = Closest([(span, number) for number, span in enumerate(spans)])
    gone = {number for number in taken if number < len(spans)}
    for number in gone:
        closest.take(number)
    ranked = sorted(
        (abs(start - asked[0]) + abs(end - asked[1]), number)
        for number, (start, end) in enumerate(spans)
        if number in fitting - gone
    )
    found = closest.nearest(*asked, fitting.__contains__)
    assert found == (ranked[0][1] if ranked else None)
