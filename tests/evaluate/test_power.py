"""How many documents it takes: by hand, and by simulation of what then happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.evaluate.intervals import Sampling
from glose.evaluate.joint import Array
from glose.evaluate.metrics import METRICS
from glose.evaluate.paired import Paired, Reading
from glose.evaluate.plan import Options
from glose.evaluate.power import Goal, Need, Shares, between, need, power
from glose.evaluate.scoring import score
from glose.evaluate.swaps import randomised
from glose.evaluate.units import Units

READ = Reading(METRICS["trigger/classification"]).read
NAMES = ("m", "a", "b")


def paired(sides: Array) -> Paired:
    return Paired(Units.each(sides), READ)


def documents(number: int, generator: np.random.Generator, gain: float = 0.03) -> Array:
    """Return documents in which b finds more by `gain` of what there is; each predicts as much."""
    gold = 5 + generator.poisson(15, number)
    shared = generator.binomial(gold, 0.5)
    a = shared + generator.binomial(gold - shared, 0.4)
    b = shared + generator.binomial(gold - shared, 0.4 + 2 * gain)
    return np.stack([a, gold, a, gold, b, gold, b, gold], axis=1).astype(float)


def needed(sides: Array, goal: Goal | None = None, samples: int = 400) -> Need:
    return need(paired(sides), goal or Goal(), Sampling(samples), NAMES)


def test_by_hand() -> None:
    """Each document has one item and one prediction, so F1 is the mean of what is right.

    Of a hundred, b gains in 30 and loses in 10: a difference of 0.2, in which one document's share
    has the variance 0.4 - 0.04, times 100 / 99. (1.96 + 0.84)^2 * 0.3636 / 0.04 is 71.35.
    """
    rows = [(0, 1, 0, 1, 1, 1, 1, 1)] * 30 + [(1, 1, 1, 1, 0, 1, 0, 1)] * 10
    rows += [(1, 1, 1, 1, 1, 1, 1, 1)] * 60
    found = needed(np.array(rows, dtype=float))
    assert found.difference == pytest.approx(0.2)
    assert found.spread == pytest.approx((0.36 * 100 / 99) ** 0.5)
    assert (found.units, found.needed, found.more) == (100, 72, 0)


def test_on_fewer_than_six_documents_no_test_finds_anything() -> None:
    """Of five there are 32 ways to swap results, two of which are as great: p is 0.0625."""
    rows = [(0, 1, 0, 1, 1, 1, 1, 1)] * 12 + [(0, 1, 0, 1, 0, 1, 0, 1)]
    found = needed(np.array(rows, dtype=float))
    assert (found.needed, found.interval) == (6, (6, 6))
    assert Goal(alpha=0.01).least == 8


def test_half_the_difference_takes_four_times_as_many() -> None:
    sides = documents(200, np.random.default_rng(2))
    one, half = (needed(sides, Goal(difference=size)).needed for size in (0.04, 0.02))
    assert one is not None
    assert half == pytest.approx(4 * one, abs=4)


def test_more_power_and_less_error_take_more() -> None:
    sides = documents(200, np.random.default_rng(2))
    usual = needed(sides).needed or 0
    assert (needed(sides, Goal(power=0.9)).needed or 0) == pytest.approx(usual * 1.339, rel=0.02)
    assert (needed(sides, Goal(alpha=0.01)).needed or 0) == pytest.approx(usual * 1.488, rel=0.02)


def test_so_many_documents_do_show_it_in_four_of_five_cases() -> None:
    """Of 150 corpora of that size, by the test that `compare` does; the error is 0.033."""
    generator = np.random.default_rng(3)
    size = needed(documents(4000, generator)).needed
    assert size is not None
    sampling = Sampling(199)
    shown = [randomised(paired(documents(size, generator)), sampling) <= 0.05 for _ in range(150)]
    assert np.mean(shown) == pytest.approx(0.8, abs=0.1)


def test_the_interval_holds_what_is_needed_as_often_as_it_says() -> None:
    """Of 200 corpora of 150 documents, at a level of 0.9."""
    generator = np.random.default_rng(4)
    truth = needed(documents(20_000, generator)).needed or 0
    held = 0
    for _ in range(200):
        shares = Shares.of(paired(documents(150, generator)))
        low, high = between(shares, Goal(), Sampling(200, 0.9))
        held += low <= truth and (high is None or truth <= high)
    assert held / 200 == pytest.approx(0.9, abs=0.06)


def test_the_curve_rises_and_both_ways_agree() -> None:
    found = needed(documents(200, np.random.default_rng(5)), Goal(difference=0.01), 2000)
    normal = [point.normal for point in found.curve]
    assert normal == sorted(normal)
    for point in found.curve:
        assert point.resampled == pytest.approx(point.normal, abs=0.05)
        if point.units == found.needed:
            assert point.normal == pytest.approx(0.8, abs=0.01)


def test_where_the_sign_is_not_sure_there_may_be_no_number() -> None:
    sides = documents(30, np.random.default_rng(6), gain=0.0)
    found = needed(sides)
    assert found.interval is not None
    assert found.interval[1] is None
    assert (found.more or 0) > 0


def test_the_same_system_twice_needs_no_number() -> None:
    sides = documents(30, np.random.default_rng(6))
    sides[:, 4:] = sides[:, :4]
    found = needed(sides)
    assert (found.difference, found.needed, found.interval) == (0.0, None, None)


def test_what_has_no_figure_needs_no_number() -> None:
    assert needed(np.zeros((5, 8))).difference is None


def test_one_document_tells_nothing_of_how_much_they_differ() -> None:
    found = needed(np.array([(0, 1, 0, 1, 1, 1, 1, 1)], dtype=float))
    assert (found.difference, found.spread, found.needed, found.curve) == (1, None, None, ())


_side = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)).map(
    lambda n: (n[0], n[0] + n[1], n[0], n[0] + n[2])
)


@given(
    st.lists(st.tuples(_side, _side).map(lambda two: (*two[0], *two[1])), min_size=1, max_size=4),
    st.sampled_from([None, 0.1]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_few_documents_say_there_is_an_answer_or_none(
    rows: list[tuple[int, ...]], difference: float | None
) -> None:
    goal = Goal(difference=difference)
    found = needed(np.array(rows, dtype=float), goal, samples=20)
    assert found.needed is None or found.needed >= goal.least
    assert all(0 <= point.normal <= 1 for point in found.curve)
    assert found.spread is None or found.spread >= 0


def test_who_is_better_does_not_matter() -> None:
    sides = documents(100, np.random.default_rng(7))
    turned = np.concatenate([sides[:, 4:], sides[:, :4]], axis=1)
    one, other = needed(sides), needed(turned)
    assert other.difference == pytest.approx(-(one.difference or 0))
    assert (one.needed, one.more) == (other.needed, other.more)


def test_without_samples_there_is_no_interval() -> None:
    found = needed(documents(100, np.random.default_rng(7)), samples=0)
    assert found.needed is not None
    assert found.interval is None


Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]


@pytest.fixture
def files(record: Make, save: Save) -> tuple[Path, list[Path]]:
    golds = [
        record(f"d{n:02}", "PER 3-12", "LOC 34-42", meta={"source": str(n % 6)}) for n in range(24)
    ]
    one = [record(f"d{n:02}", "PER 3-12") for n in range(24)]
    two = [record(f"d{n:02}", "PER 3-12", *["LOC 34-42"] * (n % 5 == 0)) for n in range(24)]
    return save("gold.jsonl", *golds), [save("a.jsonl", *one), save("b.jsonl", *two)]


OPTIONS = Options(("entity/strict",), sampling=Sampling(100))


def test_files(files: tuple[Path, list[Path]], tmp_path: Path) -> None:
    gold, systems = files
    found = power(gold, systems, options=OPTIONS)
    score(gold, systems, options=OPTIONS, save=tmp_path / "counts")
    assert power(tmp_path / "counts", [], options=OPTIONS) == found
    [only] = found.needs
    assert (only.a, only.b, only.units, found.documents) == ("a", "b", 24, 24)


def test_units_are_clusters(files: tuple[Path, list[Path]]) -> None:
    found = power(*files, options=replace(OPTIONS, cluster="source"))
    assert (found.needs[0].units, found.cluster) == (6, "source")
    assert found.plain()["cluster"] == "source"
