"""Bags of keys: duplicates count, and match as often as both sides have them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.bags import typed_bags
from glose.evaluate.counts import Row, typed_sets


def label(key: str) -> str:
    return key[0]


@pytest.mark.parametrize(
    ("gold", "predicted", "rows"),
    [
        pytest.param([], [], {None: (0, 0, 0, 0)}, id="nothing"),
        pytest.param(["A1"], [], {None: (0, 0, 0, 1), "A": (0, 0, 0, 1)}, id="nothing predicted"),
        pytest.param([], ["A1"], {None: (0, 1, 0, 0), "A": (0, 1, 0, 0)}, id="nothing in gold"),
        pytest.param(
            ["A1"], ["A1", "A1"], {None: (1, 2, 1, 1), "A": (1, 2, 1, 1)}, id="a duplicate"
        ),
        pytest.param(
            ["A1", "A1"], ["A1"] * 3, {None: (2, 3, 2, 2), "A": (2, 3, 2, 2)}, id="two of three"
        ),
        pytest.param(
            ["A1", "A1", "B1"], ["B1", "B2"],
            {None: (1, 2, 1, 3), "A": (0, 0, 0, 2), "B": (1, 2, 1, 1)}, id="by label",
        ),
    ],
)  # fmt: skip
def test_bags(gold: list[str], predicted: list[str], rows: dict[str | None, Row]) -> None:
    assert typed_bags(gold, predicted, label) == rows


keys = st.lists(st.sampled_from(["A1", "A2", "B1"]), max_size=6)


@given(keys, keys)
def test_bags_match_as_often_as_both_have_a_key(gold: list[str], predicted: list[str]) -> None:
    shared = sum(min(gold.count(key), times) for key, times in Counter(predicted).items())
    found = typed_bags(gold, predicted, label)[None]
    assert found == (shared, len(predicted), shared, len(gold))


@given(st.sets(st.sampled_from(["A1", "A2", "B1"])), st.sets(st.sampled_from(["A1", "B1"])))
def test_sets_are_bags_without_duplicates(gold: set[str], predicted: set[str]) -> None:
    found = typed_bags(sorted(gold), sorted(predicted), label)
    assert found == typed_sets(gold, predicted, label)
