"""Quantiles, against the tables of the books."""

from __future__ import annotations

import pytest

from glose.evaluate.laws import quantile, student


@pytest.mark.parametrize(
    ("probability", "degrees", "wanted"),
    [
        (0.975, 1, 12.7062),
        (0.975, 2, 4.3027),
        (0.975, 3, 3.1824),
        (0.95, 4, 2.1318),
        (0.995, 10, 3.1693),
        (0.975, 30, 2.0423),
        (0.975, 120, 1.9799),
        (0.95, 1000, 1.6464),
        (0.5, 7, 0.0),
    ],
)
def test_student(probability: float, degrees: int, wanted: float) -> None:
    assert student(probability, degrees) == pytest.approx(wanted, abs=6e-5)


def test_the_closed_form_and_the_expansion_meet() -> None:
    assert student(0.975, 200) == pytest.approx(student(0.975, 201), abs=2e-4)


def test_student_of_very_many_degrees_is_normal() -> None:
    assert student(0.975, 10_000_000) == pytest.approx(quantile(0.975), abs=1e-6)
