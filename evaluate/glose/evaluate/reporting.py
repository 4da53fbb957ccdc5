"""Everything that the report shows, computed from files: scores, differences and mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from glose.evaluate.browsing import browse
from glose.evaluate.mistakes import Choice, errors
from glose.evaluate.plan import Options
from glose.evaluate.report import Browsed, headlines, page
from glose.evaluate.results import Comparison, Evaluation
from glose.evaluate.scoring import score
from glose.evaluate.significance import compare
from glose.evaluate.sources import Progress

#: How many samples the paired tests take; as many as `glose evaluate compare` does.
_SAMPLES = 10_000


def report(
    gold: Path,
    predicted: Sequence[Path],
    *,
    by: Sequence[str] = (),
    options: Options | None = None,
    limit: int = 1000,
    documents: int = 100,
    train: Path | None = None,
    title: str | None = None,
    progress: Progress = lambda _: None,
) -> str:
    """Return the report of predictions on a gold corpus as the text of an HTML page.

    At most `limit` mistakes of each system are listed, all are counted; at most so many
    `documents` can be looked into. `train` is the corpus that frequencies of items are of. Raises
    `GloseError` for whatever cannot be scored.
    """
    options = options or Options()
    found = score(gold, predicted, by=by, options=options, train=train, progress=progress)
    mistakes = [
        errors(gold, path, choice=Choice(limit=limit), options=options) for path in predicted
    ]
    split = f", split {options.split}" if options.split else ""
    return page(
        found,
        mistakes,
        comparison=_differences(gold, predicted, found, options),
        browsed=Browsed(browse(gold, predicted, options, documents), found.documents),
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
