"""Two systems share a letter if and only if they do not differ."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.letters import letter, letters

NAMES = ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("different", "shown"),
    [
        pytest.param([], ["a", "a", "a", "a"], id="all alike"),
        pytest.param(list(combinations(NAMES, 2)), ["a", "b", "c", "d"], id="all differ"),
        pytest.param([("a", "d")], ["a", "ab", "ab", "b"], id="the ends differ"),
        pytest.param(
            [("a", "c"), ("a", "d"), ("b", "d")], ["a", "ab", "bc", "c"], id="a chain of overlaps"
        ),
        pytest.param([("b", "a"), ("d", "a"), ("c", "a")], ["a", "b", "b", "b"], id="one is best"),
        pytest.param(
            [("a", "b"), ("c", "d")], ["ab", "cd", "ac", "bd"], id="what no order explains"
        ),
    ],
)
def test_worked_examples(different: list[tuple[str, str]], shown: list[str]) -> None:
    assert [letters(NAMES, different)[name] for name in NAMES] == shown


@given(st.sets(st.sampled_from(list(combinations("abcdefg", 2)))))
def test_a_letter_is_shared_if_and_only_if_there_is_no_difference(
    different: set[tuple[str, str]],
) -> None:
    shown = letters("abcdefg", sorted(different))

    for pair in combinations("abcdefg", 2):
        assert bool(set(shown[pair[0]]) & set(shown[pair[1]])) is (pair not in different)


@given(st.permutations(list(combinations("abcde", 2))), st.integers(0, 10))
def test_the_order_of_the_pairs_does_not_matter(pairs: list[tuple[str, str]], some: int) -> None:
    assert letters("abcde", pairs[:some]) == letters("abcde", sorted(pairs[:some]))


def test_a_system_alone_has_a_letter() -> None:
    assert letters(["a"], []) == {"a": "a"}


def test_nobody_has_no_letters() -> None:
    assert letters([], []) == {}


def test_letters_go_on_after_z() -> None:
    assert [letter(number) for number in (0, 25, 26, 52)] == ["a", "z", "a1", "a2"]
