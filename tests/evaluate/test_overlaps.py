"""What overlaps is found in one sweep, and is what a comparison of all pairs finds."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate import overlaps
from glose.evaluate.projection import Pieces

piece = st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda p: (p[0], p[0] + p[1]))
gapped = st.lists(st.integers(0, 30), min_size=4, max_size=6, unique=True).map(
    lambda places: tuple(zip(sorted(places)[::2], sorted(places)[1::2], strict=False))
)
sides = st.lists(piece.map(lambda p: (p,)) | gapped, max_size=8)


class Offset(int):
    """An offset that counts how often one of its kind is compared or subtracted."""

    steps = 0

    def __lt__(self, other: int) -> bool:
        Offset.steps += 1
        return int(self) < int(other)

    def __gt__(self, other: int) -> bool:
        Offset.steps += 1
        return int(self) > int(other)

    def __sub__(self, other: int) -> int:
        Offset.steps += 1
        return int(self) - int(other)


def offsets(*places: tuple[int, int]) -> list[Pieces]:
    return [((Offset(start), Offset(end)),) for start, end in places]


def apart(size: int) -> tuple[list[Pieces], list[Pieces]]:
    places = [(10 * number, 10 * number + 5) for number in range(size)]
    return offsets(*places), offsets(*((start + 1, end + 1) for start, end in places))


def nested(size: int) -> tuple[list[Pieces], list[Pieces]]:
    places = [(number, 9 * size - number) for number in range(size)]
    return offsets(*places), offsets(*((start, end - 1) for start, end in places))


def steps(sizes: object) -> int:
    """Return how many steps were taken, once what was found is listed."""
    list(sizes)  # type: ignore[call-overload]  # anything that can be gone through
    found, Offset.steps = Offset.steps, 0
    return found


def brute(gold: list[Pieces], predicted: list[Pieces]) -> dict[tuple[int, int], int]:
    points = [[{n for a, b in span for n in range(a, b)} for span in s] for s in (gold, predicted)]
    found = {
        (g, p): len(points[0][g] & points[1][p])
        for g, p in product(range(len(gold)), range(len(predicted)))
    }
    return {pair: size for pair, size in found.items() if size}


@given(sides, sides)
def test_shared_is_what_comparing_all_pairs_finds(
    gold: list[Pieces], predicted: list[Pieces]
) -> None:
    assert overlaps.shared(gold, predicted) == brute(gold, predicted)


@given(sides, sides)
def test_no_pair_stands_in_two_groups_or_in_none(
    gold: list[Pieces], predicted: list[Pieces]
) -> None:
    groups = list(overlaps.groups(gold, predicted))
    held = [pair for rows, columns in groups for pair in product(rows, columns)]
    assert brute(gold, predicted).keys() <= set(held)
    assert len(held) == len(set(held))


@given(sides, sides)
def test_a_group_does_not_fall_apart(gold: list[Pieces], predicted: list[Pieces]) -> None:
    pairs = brute(gold, predicted)
    for rows, columns in overlaps.groups(gold, predicted):
        reached: set[int] = {rows[0]}
        for _ in rows:
            met = {p for g, p in pairs if g in reached}
            reached |= {g for g, p in pairs if p in met}
        assert (reached, met) == (set(rows), set(columns))


@given(sides, sides)
def test_count_is_the_number_of_pairs_of_pieces(
    gold: list[Pieces], predicted: list[Pieces]
) -> None:
    alone: list[list[Pieces]] = [
        [(piece,) for span in side for piece in span] for side in (gold, predicted)
    ]
    assert overlaps.count(gold, predicted) == len(brute(*alone))


@pytest.mark.parametrize(
    ("gold", "predicted", "found"),
    [
        pytest.param([((0, 3),)], [((3, 6),)], [], id="touching is no overlap"),
        pytest.param([((0, 0),)], [((0, 6),)], [], id="nothing overlaps an empty span"),
        pytest.param([((0, 3),), ((1, 4),)], [], [], id="spans of one side are not joined"),
        pytest.param([((0, 2), (8, 9))], [((3, 6),)], [], id="nor is what lies in a gap"),
        pytest.param(
            [((0, 2), (8, 9))], [((1, 3),), ((8, 9),)], [([0], [0, 1])], id="pieces join groups"
        ),
        pytest.param(
            [((0, 9),), ((5, 20),)], [((6, 7),), ((15, 30),)], [([0, 1], [0, 1])], id="a chain"
        ),
    ],
)
def test_groups(gold: list[Pieces], predicted: list[Pieces], found: list[overlaps.Group]) -> None:
    assert list(overlaps.groups(gold, predicted)) == found


@pytest.mark.parametrize(
    "inputs", [pytest.param(apart(2_000), id="apart"), pytest.param(nested(2_000), id="nested")]
)
def test_groups_and_counts_take_steps_in_proportion_to_n_log_n(
    inputs: tuple[list[Pieces], list[Pieces]],
) -> None:
    """4,000 spans and 12 halvings; comparing all pairs would take four million steps."""
    steps([])
    assert steps(overlaps.groups(*inputs)) < 4 * 4_000 * 12
    assert steps([overlaps.count(*inputs)]) < 4 * 4_000 * 12


def test_shared_takes_no_steps_for_what_does_not_overlap() -> None:
    steps([])
    assert steps(overlaps.shared(*apart(2_000))) < 4 * 4_000 * 12
