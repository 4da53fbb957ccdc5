"""The order in which each text is as unlike those before it as can be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.annotate.assist.diversity import farthest

WAR = "raid frappe armée"
PEACE = "trêve accord paix"
SPORT = "match but équipe"


@pytest.mark.parametrize(("texts", "covered", "order"), [
    pytest.param([WAR, WAR, PEACE], (), [0, 2, 1], id="a copy comes last"),
    pytest.param([WAR, PEACE, SPORT, f"{WAR} {PEACE}"], (3,), [2, 0, 1],
                 id="what is unlike the texts that are covered comes first"),
    pytest.param([WAR, PEACE, f"{WAR} {PEACE}"], (), [2, 0, 1],
                 id="the first is the one nearest to all"),
    pytest.param([WAR, "Raid, FRAPPE : armée.", PEACE], (0,), [2, 1],
                 id="neither case nor signs count"),
    pytest.param(["", "!", " "], (), [0, 1, 2], id="texts without a word, as they come"),
    pytest.param([WAR], (), [0], id="one text"),
    pytest.param([WAR], (0,), [], id="all are covered"),
])  # fmt: skip
def test_farthest(texts: list[str], covered: tuple[int, ...], order: list[int]) -> None:
    assert [number for number, _ in farthest(texts, covered)] == order


def test_the_first_of_all_has_no_distance() -> None:
    distances = [distance for _, distance in farthest([WAR, WAR, PEACE])]

    assert distances == [None, 1.0, 0.0]


_texts = st.lists(st.text("ab cd", max_size=12), min_size=1, max_size=9)


@given(_texts)
def test_every_text_comes_once(texts: list[str]) -> None:
    assert sorted(number for number, _ in farthest(texts)) == list(range(len(texts)))


@given(_texts)
def test_distances_never_grow(texts: list[str]) -> None:
    """The greedy order takes the farthest first, so nothing after it is farther."""
    distances = [distance for _, distance in farthest(texts) if distance is not None]

    assert all(np.diff(distances) <= 0)


@given(_texts)
def test_the_same_texts_have_the_same_order(texts: list[str]) -> None:
    assert list(farthest(texts)) == list(farthest(texts))
