"""All that the report shows, computed from files: scores, differences and what is behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from glose.evaluate.auditing import audit, refuse_one_part
from glose.evaluate.boards import headlines
from glose.evaluate.browsing import browse
from glose.evaluate.mistakes import Choice, errors
from glose.evaluate.plan import Options
from glose.evaluate.relative import beside_humans
from glose.evaluate.repairing import Repairs, repairs
from glose.evaluate.report import Inspection, page
from glose.evaluate.results import Comparison, Evaluation
from glose.evaluate.scoring import score
from glose.evaluate.significance import compare
from glose.evaluate.sources import Progress
from glose.evaluate.suspects import Audit

#: How many samples the paired tests take; as many as `glose evaluate compare` does.
_SAMPLES = 10_000

#: Suspects are looked for in so many documents, the first of gold, as the texts of all are held.
AUDITED = 500


@dataclass(frozen=True, slots=True)
class Extent:
    """How much the page holds of what is behind the figures, which are always of all.

    At most so many `mistakes` of each system, `documents` to look into, and `suspects` of gold;
    these are judged by a model too if there are `folds`.
    """

    mistakes: int = 1000
    documents: int = 100
    suspects: int = 50
    folds: int = 0


def report(
    gold: Path,
    predicted: Sequence[Path],
    *,
    by: Sequence[str] = (),
    options: Options | None = None,
    extent: Extent | None = None,
    train: Path | None = None,
    humans: Sequence[Path] = (),
    title: str | None = None,
    progress: Progress = lambda _: None,
) -> str:
    """Return the report of predictions on a gold corpus as the text of an HTML page.

    `train` is the corpus that frequencies of items are of, `humans` are layers of people that
    scores are set beside. Raises `GloseError` for whatever cannot be scored.
    """
    options, extent = options or Options(), extent or Extent()
    refuse_one_part(extent.folds)
    found = score(gold, predicted, by=by, options=options, train=train, progress=progress)
    if humans:
        found = beside_humans(found, gold, predicted, humans, options=options)
    choice = Choice(limit=extent.mistakes)
    inspected = Inspection(
        [errors(gold, path, choice=choice, options=options) for path in predicted],
        _repairs(gold, predicted, found, options),
        _audit(gold, predicted, extent, options),
        browse(gold, predicted, options, extent.documents),
    )
    split = f", split {options.split}" if options.split else ""
    return page(
        found,
        inspected,
        comparison=_differences(gold, predicted, found, options),
        title=title or f"{gold.name}{split}",
    )


def _differences(
    gold: Path, predicted: Sequence[Path], found: Evaluation, options: Options
) -> Comparison | None:
    tested = tuple(
        metric
        for metric in headlines(found)
        if all(system.find(metric) is not None for system in found.systems)
    )
    if len(predicted) < 2 or not tested:
        return None
    sampling = replace(options.sampling, samples=_SAMPLES)
    return compare(gold, predicted, options=replace(options, protocols=tested, sampling=sampling))


def _repairs(
    gold: Path, predicted: Sequence[Path], found: Evaluation, options: Options
) -> list[Repairs | None]:
    """Return the repairs of each system, in the metrics at the top of the page that it has."""
    chosen = (
        tuple(metric for metric in headlines(found) if system.find(metric) is not None)
        for system in found.systems
    )
    return [
        repairs(gold, path, options=replace(options, protocols=metrics)) if metrics else None
        for path, metrics in zip(predicted, chosen, strict=True)
    ]


def _audit(
    gold: Path, predicted: Sequence[Path], extent: Extent, options: Options
) -> Audit | None:
    if not extent.suspects:
        return None
    return audit(
        gold, predicted, limit=extent.suspects, folds=extent.folds, documents=AUDITED,
        options=options,
    )  # fmt: skip
