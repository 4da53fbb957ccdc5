"""Our figures of entity linking beside those of neleval."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from tests.evaluate.parity.compared import (
    CORPORA,
    Compared,
    Printed,
    Programs,
    Scored,
    refuse_difference,
)
from tests.evaluate.parity.records import expected, save

from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.results import Score, System
from glose.evaluate.scoring import score

TOOL = "neleval 3.1.1 tagging"

#: How many samples the bounds are of: not neleval's default of 2,500. Where between two samples a
#: bound lies shows it to be 100 more than a multiple of 200 (all are lo + 0.525 (hi - lo) or so),
#: and at 2,500 some would be off by more than four standard errors.
SAMPLES = 500


def neleval(corpus: str) -> Any:  # noqa: ANN401  # as it printed it
    return expected(corpus)[TOOL]


def counts(found: Score) -> dict[str, float | None]:
    """Return our figures under neleval's names."""
    correct = found.correct or 0.0
    return {
        "ptp": correct,
        "rtp": correct,
        "fp": (found.predicted or 0.0) - correct,
        "fn": (found.gold or 0.0) - correct,
        "precision": found.precision,
        "recall": found.recall,
        "fscore": found.f1,
    }


def measures(system: System, theirs: Printed) -> Iterator[Compared]:
    for name, row in theirs["measures"].items():
        found = system.find(f"linking/{name}")
        assert found is not None
        assert counts(found).keys() == row.keys()
        for figure, ours in counts(found).items():
            yield Compared(f"{name} {figure}", ours, row[figure])


COMPARED: Programs = {TOOL: ("linking", measures)}


@pytest.mark.parametrize("corpus", CORPORA)
def test_measures_are_those_of_neleval(scored: Scored, corpus: str) -> None:
    refuse_difference(measures(scored(corpus, "linking"), neleval(corpus)))


def bounds(corpus: str, folder: Path, level: float) -> dict[str, tuple[float, float]]:
    """Return our interval of strong_typed_mention_match at a level, of many samples."""
    gold, predicted = (save(corpus, side, folder) for side in ("gold", "pred"))
    protocols = ("linking/strong_typed_mention_match",)
    options = Options(protocols, sampling=Sampling(samples=20_000, level=level))
    found = score(gold, [predicted], options=options).systems[0].find(protocols[0])
    assert found is not None
    interval = found.interval
    assert interval is not None
    assert interval.precision is not None
    assert interval.recall is not None
    assert interval.f1 is not None
    return {"precision": interval.precision, "recall": interval.recall, "fscore": interval.f1}


@pytest.mark.parametrize("level", [90, 95, 99])
def test_intervals_are_those_of_neleval_within_sampling_error(
    tmp_path: Path, seed: str, level: int
) -> None:
    """Its random numbers have no seed and its documents no order, so its bounds vary.

    A percentile of n samples lies between the exact quantiles at p ± 4 standard errors of how
    many of n fall below it, but for one in 15,000 cases.
    """
    [entry] = neleval(seed)["ci"]
    tail = (1 - level / 100) / 2
    error = 4 * sqrt(tail * (1 - tail) / SAMPLES)
    wide = bounds(seed, tmp_path, 1 - 2 * max(tail - error, 1e-4))
    narrow = bounds(seed, tmp_path, 1 - 2 * (tail + error))
    for name, bands in entry["intervals"].items():
        low, high = bands[str(level)]
        assert wide[name][0] <= low <= narrow[name][0], name
        assert narrow[name][1] <= high <= wide[name][1], name
