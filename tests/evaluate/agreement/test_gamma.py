"""What gamma expects: texts drawn by chance."""

from __future__ import annotations

import numpy as np
import pytest

from glose.evaluate.agreement.disorder import Placed
from glose.evaluate.agreement.gamma import Chance, Disorder, disorder

near = pytest.approx
LAYERS: list[list[Placed]] = [[(2, 4, "A"), (5, 6, "B")], [(0, 3, "A")]]


def test_what_units_follow() -> None:
    """Gaps are 0, 2 before the first unit and 1; none before a unit that begins the text."""
    chance = Chance.of(LAYERS)
    assert chance.number == near((1.5, 0.5))
    assert chance.gap == near((1.0, np.std([0, 2, 1])))
    assert chance.length == near((2.0, np.std([2, 1, 3])))
    assert chance.types == ("A", "B")
    assert chance.shares == near((2 / 3, 1 / 3))


def test_drawn_units_have_these_means() -> None:
    chance, generator = Chance.of(LAYERS), np.random.default_rng(0)
    drawn = [unit for _ in range(2000) for layer in chance.draw(2, generator) for unit in layer]
    assert np.mean([end - start for start, end, _ in drawn]) == near(2, abs=0.05)
    assert np.mean([name == "A" for *_, name in drawn]) == near(2 / 3, abs=0.03)


def test_a_text_that_is_drawn_has_a_unit() -> None:
    chance = Chance.of([[(0, 3, "A")], [], []])
    generator = np.random.default_rng(0)
    assert all(any(chance.draw(3, generator)) for _ in range(50))


def test_the_same_seed_gives_the_same_samples() -> None:
    one, other = (Disorder.of(LAYERS, 5, np.random.default_rng(3)) for _ in range(2))
    assert one.mean(disorder) == other.mean(disorder)


def test_the_precision_of_a_mean_grows_with_the_samples() -> None:
    few, many = (
        Disorder.of(LAYERS, n, np.random.default_rng(1)).mean(disorder) for n in (20, 500)
    )
    assert many[1] < few[1] / 10
