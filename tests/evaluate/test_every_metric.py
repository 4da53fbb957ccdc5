"""What holds for every metric: gold is perfect, figures keep their bounds, work may be divided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TypeVar

import numpy as np
import pytest
from tests.evaluate import invented

from glose.evaluate import ledger, merging
from glose.evaluate.counts import Shared
from glose.evaluate.intervals import Sampling
from glose.evaluate.metrics import METRICS
from glose.evaluate.plan import Options
from glose.evaluate.results import Evaluation, Score
from glose.evaluate.scoring import score

T = TypeVar("T")

NUMBER = 1000

#: How many documents are scored again and again.
FEW = 80

OPTIONS = Options(protocols=tuple(METRICS), sampling=Sampling(0))

GENARG = "gen-arg cuts articles off the arguments of gold only"

#: Metrics by which gold against itself is not perfect, and why.
IMPERFECT: Mapping[str, str] = {
    "labels/report": "scikit-learn counts 0 for a document without labels (`samples avg`)",
    "quote/argument-placed": "an argument that is a value, not a mention, has no place",
    "ace/oneie-trigger": "OneIE knows one type for each span: that of the last trigger there",
    "wikievents/role-identification": GENARG,
    "wikievents/role": GENARG,
    "wikievents/coref-role-identification": GENARG,
    "wikievents/coref-role": GENARG,
    "coval/ceafm": "coval divides mentions by clusters",
    "coval-no-singletons/ceafm": "the same",
    "e2e-coref/ceafe": "e2e-coref drops predicted singletons and keeps those of gold",
    "e2e-coref/average": "e2e-coref drops predicted singletons and keeps those of gold",
    "ceaf-rme/phi-subset": "of two fillers with a common name the second is not met again",
    "ceaf-rme/phi-subset-with-gold": "the same",
}

ONEIE = "OneIE counts each prediction that is in gold as right, however often it is given"

#: Metrics whose figures may be above 1 (in documents; over all they seldom are), and why.
UNBOUNDED: Mapping[str, str] = {
    "ace/oneie-entity": ONEIE,
    "ace/oneie-mention": ONEIE,
    "ace/oneie-trigger-identification": ONEIE,
    "ace/oneie-trigger": ONEIE,
    "ace/oneie-role-identification": ONEIE,
    "ace/dygie-argument-identification": "DyGIE++ counts an argument at each trigger of the type",
    "coval/ceafm": IMPERFECT["coval/ceafm"],
    "coval-no-singletons/ceafm": IMPERFECT["coval/ceafm"],
    "tempeval3/awareness-implicit": "links that only follow are added to the numerator of recall",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give gold and predictions."""
    return written(tmp_path_factory.mktemp("all"), NUMBER, 4)


def written(folder: Path, number: int, seed: int) -> tuple[Path, Path]:
    gold, predicted = zip(*invented.pairs(number, seed), strict=True)
    return (
        invented.write(folder / "gold.jsonl", gold),
        invented.write(folder / "predicted.jsonl", predicted),
    )


@pytest.fixture(scope="module")
def counts(files: tuple[Path, Path]) -> Path:
    """Give the counts of all documents by every metric."""
    return counted(*files)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give gold and predictions of some documents, beside which the counts are saved."""
    gold, predicted = written(tmp_path_factory.mktemp("few"), FEW, 5)
    counted(gold, predicted)
    return gold, predicted


def counted(gold: Path, predicted: Path) -> Path:
    saved = gold.with_suffix(".counts")
    score(gold, [predicted], options=OPTIONS, save=saved)
    return saved


def again(counts: Path) -> Evaluation:
    """Return the figures of a counts file."""
    return score(counts, [], options=Options(sampling=Sampling(0)))


def three(found: Score) -> list[float | None]:
    return [found.precision, found.recall, found.f1]


def test_gold_against_itself_is_perfect(files: tuple[Path, Path]) -> None:
    """Or undefined; and a metric that is not need not be listed for ever."""
    gold, _ = files
    some = gold.with_name("some.jsonl")
    some.write_text("".join(gold.read_text().splitlines(keepends=True)[: NUMBER // 2]))
    found = score(some, [some], options=OPTIONS).systems[0]
    assert set(found.metrics) == set(METRICS)
    imperfect = {
        each.metric
        for each in found.scores
        if any(x is not None and abs(x - 1) > 1e-12 for x in three(each))
    }
    assert sorted(imperfect) == sorted(IMPERFECT)


def test_no_figure_is_out_of_bounds(counts: Path) -> None:
    """Over all documents: micro, by type, and every mean; further figures are finite."""
    found = again(counts).systems[0]
    assert set(found.metrics) == set(METRICS)
    beyond = {
        each.metric
        for each in found.scores
        if any(x is not None and not 0 <= x <= 1 + 1e-12 for x in three(each))
    }
    assert beyond <= UNBOUNDED.keys()
    further = [x for each in found.scores for x in each.extras.values() if x is not None]
    assert np.isfinite(further).all()


def test_no_figure_of_a_document_is_out_of_bounds(counts: Path) -> None:
    """Of all items and of each type in each of the thousand documents."""
    rows: dict[str, set[tuple[float, ...]]] = {}
    for line, _ in ledger.opened(counts).lines():
        for name, each in line.counts[0].items():
            rows.setdefault(name, set()).update((each.all, *each.types.values()))
    beyond = {name for name, low, high in ranges(rows) if not 0 <= low <= high <= 1 + 1e-12}
    assert sorted(beyond) == sorted(UNBOUNDED)


def ranges(rows: Mapping[str, set[tuple[float, ...]]]) -> Iterator[tuple[str, float, float]]:
    """Yield the least and the greatest of precision, recall and F1 of each metric in any row."""
    for metric in METRICS.values():
        statistic = metric.statistic
        if statistic.finish is None:
            columns = statistic.columns(*np.array(sorted(rows[statistic.name]), dtype=float).T)
            shares = [Shared(*np.broadcast_arrays(*each)) for each in metric.shares(columns)]
            figures = np.array(metric.figures(shares))
            yield metric.name, float(np.nanmin(figures)), float(np.nanmax(figures))


def same(one: Evaluation, other: Evaluation) -> bool:
    """Tell whether all figures are identical, to the last bit."""
    return (one.gold, one.systems, one.documents) == (other.gold, other.systems, other.documents)


def test_figures_do_not_depend_on_the_number_of_jobs(few: tuple[Path, Path]) -> None:
    gold, predicted = few
    two = score(gold, [predicted], options=replace(OPTIONS, jobs=2))
    assert same(two, again(gold.with_suffix(".counts")))


def test_figures_do_not_depend_on_shards(few: tuple[Path, Path], tmp_path: Path) -> None:
    gold, predicted = few
    shards = []
    for number, ids in enumerate(divided(sorted(f"d{n}" for n in range(FEW)), 3, Random(6))):
        here = tmp_path / str(number)
        here.mkdir()
        paths = [kept(path, set(ids), here / path.name) for path in (gold, predicted)]
        shards.append(here / "counts.jsonl")
        score(paths[0], paths[1:], options=OPTIONS, save=shards[-1])
    merged = tmp_path / "merged.jsonl"
    assert merging.merge(shards, merged) == FEW
    assert same(again(merged), again(gold.with_suffix(".counts")))


@pytest.mark.parametrize("seed", range(3))
def test_counts_may_be_divided_anyhow(seed: int, few: tuple[Path, Path], tmp_path: Path) -> None:
    counts = few[0].with_suffix(".counts")
    saved = ledger.opened(counts)
    lines = [content for _, content in saved.lines()]
    shards = []
    for number, part in enumerate(divided(lines, seed + 2, Random(seed))):
        shards.append(tmp_path / f"{number}.jsonl")
        with ledger.written(shards[-1], saved.header) as book:
            book.extend(part)
    merged = tmp_path / "merged.jsonl"
    merging.merge(shards, merged)
    assert same(again(merged), again(counts))


def divided(items: list[T], number: int, random: Random) -> list[list[T]]:
    """Return the items in some parts, in their order."""
    parts: list[list[T]] = [[] for _ in range(number)]
    for item in items:
        random.choice(parts).append(item)
    return parts


def kept(path: Path, ids: set[str], target: Path) -> Path:
    """Write the records of a file that are named to another, and return it."""
    lines = path.read_text().splitlines(keepends=True)
    target.write_text("".join(line for line in lines if line.split('"')[3] in ids))
    return target
