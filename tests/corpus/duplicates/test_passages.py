"""The longest run of words that two texts share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.duplicates.passages import longest
from glose.corpus.duplicates.shingles import LENGTH, words


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("a b c d e f", "x a b c d e f", "a b c d e f", id="moved"),
        pytest.param("A, b: c d e!", "« a b c d e »", "A, b: c d e", id="signs and case"),
        pytest.param(
            "a b c d e x f g h i j k", "f g h i j k a b c d e", "f g h i j k", id="longest"
        ),
        pytest.param("a b c d e x a b c d e", "a b c d e", "a b c d e", id="the earliest"),
        pytest.param("a b c d", "a b c d x", None, id="four words are no run"),
        pytest.param("a b", "A b.", "a b", id="short, but the same"),
        pytest.param("", "", None, id="nothing"),
        pytest.param("🙂 é b c d e", "e\u0301 b c d e", "é b c d e", id="other code points"),
    ],
)
def test_longest(first: str, second: str, expected: str | None) -> None:
    found = longest(first, second)

    assert (found and first[slice(*found.first)]) == expected


letters = st.lists(st.sampled_from("abc"), max_size=40).map(" ".join)


def by_force(first: list[str], second: list[str]) -> int:
    """Return the length of the longest common run of five words or more, all pairs tried."""
    return max(
        (
            size
            for size in range(LENGTH, len(first) + 1)
            for at in range(len(first) - size + 1)
            if any(first[at : at + size] == second[b : b + size] for b in range(len(second)))
        ),
        default=0,
    )


@given(letters, letters)
def test_the_run_is_in_both(first: str, second: str) -> None:
    found = longest(first, second)

    if found is not None:
        here, there = first[slice(*found.first)], second[slice(*found.second)]
        assert words(here) == words(there)
        assert len(words(here)) == found.words


@given(letters, letters)
def test_no_run_is_longer(first: str, second: str) -> None:
    found = longest(first, second)

    if words(first) != words(second):
        assert (found.words if found else 0) == by_force(words(first), words(second))


def test_a_text_that_repeats_itself_takes_no_time_by_its_square() -> None:
    found = longest("la " * 30_000, "la " * 30_001)

    assert found is not None
    assert found.words >= LENGTH
