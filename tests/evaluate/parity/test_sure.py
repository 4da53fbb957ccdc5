"""Whatever the protocol, figures have intervals, can be saved, and systems be compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.evaluate.parity.records import View, save

from glose.corpus.errors import GloseError
from glose.evaluate.gate import Demand, gate
from glose.evaluate.intervals import Method, Sampling
from glose.evaluate.metrics import METRICS, PROTOCOLS
from glose.evaluate.plan import Options
from glose.evaluate.power import power
from glose.evaluate.results import Bounds, Evaluation, Score
from glose.evaluate.scoring import score
from glose.evaluate.significance import compare

#: Documents of the first seed that are enough to try everything.
NUMBER = 8

#: Those that are collections of others are left out.
NAMES = [name for name, protocol in PROTOCOLS.items() if not protocol.flexible]

#: Those of clusters across documents, which are no sums over documents.
WHOLE = [name for name in NAMES if "cross_document" in name]

WAYS: tuple[tuple[Method, str | None], ...] = (
    ("percentile", "length"),
    ("bca", None),
    ("jackknife", None),
    ("jackknife", "length"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sure")


def files(folder: Path, view: View) -> list[Path]:
    """Return some documents of gold, of predictions, and of gold again as another system."""
    found = []
    for side in ("gold", "pred", "ann3"):
        path = folder / f"{view}-{side}.jsonl"
        if not path.exists():
            (folder / "whole").mkdir(exist_ok=True)
            lines = save("seed1", side, folder / "whole", view).read_bytes().splitlines(True)
            path.write_bytes(b"".join(lines[:NUMBER]))
        found.append(path)
    return found


def view(protocol: str) -> View:
    lists = {
        name for metric in PROTOCOLS[protocol].metrics for name in METRICS[metric].statistic.lists
    }
    times = protocol.startswith(("tempeval", "anafora", "time")) or "time" in protocol
    return "temporal" if times and "templates" not in lists else "entities"


def holds(bounds: Bounds, figure: float | None, method: str) -> bool:
    """Tell whether bounds are in their order, of a figure that there is.

    The jackknife goes out from the figure; few samples may all be on one side of it.
    """
    if bounds is None or figure is None:
        return bounds is None
    around = method != "jackknife" or bounds[0] - 1e-12 <= figure <= bounds[1] + 1e-12
    return bounds[0] <= bounds[1] and around


def unsound(evaluation: Evaluation) -> list[Score]:
    """Return the scores of which an interval cannot be."""
    return [
        each
        for system in evaluation.systems
        for each in system.scores
        for name in ("precision", "recall", "f1")
        if each.interval
        and not holds(getattr(each.interval, name), getattr(each, name), each.interval.method)
    ]


@pytest.mark.parametrize("protocol", NAMES)
def test_every_protocol_can_be_saved_and_resampled(protocol: str, folder: Path) -> None:
    gold, *systems = files(folder, view(protocol))
    counts = folder / f"{protocol}.counts"
    options = Options(protocols=(protocol,), sampling=Sampling(5))
    score(gold, systems, options=options, save=counts)
    for method, cluster in WAYS:
        other = replace(options, sampling=Sampling(5, method=method), cluster=cluster)
        whole = score(gold, systems[:1], by=("length",) if cluster else (), options=other)
        again = score(counts, [], by=("length",) if cluster else (), options=other)
        assert unsound(whole) == []
        assert (again.systems[0], again.gold) == (whole.systems[0], whole.gold)


@pytest.mark.parametrize("protocol", WHOLE)
def test_what_is_no_sum_over_documents_is_not_compared(protocol: str, folder: Path) -> None:
    gold, *systems = files(folder, view(protocol))
    with pytest.raises(GloseError, match="counted over all documents at once, so systems cannot"):
        compare(gold, systems, options=Options(protocols=(protocol,), sampling=Sampling(5)))


@pytest.mark.parametrize("protocol", [name for name in NAMES if name not in WHOLE])
def test_every_protocol_can_be_compared(protocol: str, folder: Path) -> None:
    gold, *systems = files(folder, view(protocol))
    options = Options(protocols=(protocol,), sampling=Sampling(5))
    counts = folder / f"{protocol}.one"
    scored = score(gold, systems[:1], options=options, save=counts)
    found = compare(gold, systems, options=options)
    for each in found.differences:
        [f1] = [s.f1 for s in scored.systems[0].scores if (s.metric, s.average, s.type) == (
            each.metric, "micro", None)]  # fmt: skip
        assert each.f1_a == (None if f1 is None else pytest.approx(f1, abs=1e-12))
    assert power(gold, systems, options=options).needs
    verdict = gate(gold, systems[0], Demand(baseline=counts), options)
    assert verdict.passed
    assert {check.p for check in verdict.checks} <= {1.0, None}
