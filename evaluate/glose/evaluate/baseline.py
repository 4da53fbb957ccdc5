"""What an earlier run left to be compared with: the counts of its documents, or its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from glose.corpus.errors import GloseError
from glose.corpus.files import readable
from glose.evaluate import ledger, notes
from glose.evaluate.entries import Entry
from glose.evaluate.metrics import METRICS
from glose.evaluate.results import Average
from glose.evaluate.significance import Beside
from glose.evaluate.sources import Source
from glose.evaluate.unpaired import Unpaired


def beside(path: Path, source: Source, metrics: Sequence[str], entries: Sequence[Entry]) -> Beside:
    """Return the counts of a baseline and of now side by side, on the documents of both.

    What could not be set side by side is told, and what the baseline was counted without.
    Raises `GloseError` where the baseline is of another gold or other settings.
    """
    saved = ledger.opened(path)
    number = _one(path, saved.names, source.names[0])
    if saved.header.depth != source.options.depth:
        made = saved.header.depth or "all"
        raise GloseError(f"{path}: counted with depth {made}; count the baseline again")
    there = set(ledger.read(saved.header.systems[number].metrics))
    common = tuple(name for name in metrics if METRICS[name].statistic.name in there)
    if not common:
        raise GloseError(f"{path}: no counts of {', '.join(metrics)}; count the baseline again")
    both = Beside.none(replace(source, names=("baseline", *source.names)), common, types=True)
    unpaired = Unpaired.none(len(saved.names))
    before = {entry.id: entry for entry in saved.entries(unpaired)}
    for entry in entries:
        if entry.id in before:
            both.add(_joined(before[entry.id], number, entry, path))
    if not both.documents:
        raise GloseError(f"{path}: none of the documents that are scored now")
    lacking = [name for name in metrics if name not in common]
    left = _Left(len(entries) - both.documents, len(before) - both.documents, lacking)
    each = Unpaired([unpaired.missing[number]], [unpaired.extra[number]])
    options = replace(source.options, missing=saved.header.missing)
    both.told = (*left.notes(path), *notes.unpaired(each, [path.name], options))
    return both


def _one(path: Path, names: Sequence[str], wanted: str) -> int:
    """Return the number of the system that is meant: the only one, or that of the same name."""
    if len(names) == 1:
        return 0
    if names.count(wanted) != 1:
        raise GloseError(f"{path}: has {', '.join(names)}; expected one system, or one {wanted}")
    return names.index(wanted)


def _joined(before: Entry, number: int, now: Entry, path: Path) -> Entry:
    if before.prints[0] != now.prints[0]:
        what = "gold is not what it was; count the baseline again on this gold"
        raise GloseError(f"{path}: {now.id}: {what}")
    prints = (now.prints[0], before.prints[number + 1], now.prints[1])
    return replace(now, prints=prints, tallies=(before.tallies[number], now.tallies[0]))


@dataclass(frozen=True, slots=True)
class _Left:
    """What could not be set beside a baseline: documents on either side, and metrics."""

    now: int
    before: int
    metrics: Sequence[str]

    def notes(self, path: Path) -> Iterator[str]:
        """Say so."""
        if self.now:
            what = "1 document is" if self.now == 1 else f"{self.now} documents are"
            yield f"{what} not in {path.name}; only the others are compared with it"
        if self.before:
            what = "1 document is" if self.before == 1 else f"{self.before} documents are"
            yield f"{what} only in {path.name}; the others are compared with it"
        if self.metrics:
            yield f"{path.name} has no counts of {', '.join(self.metrics)}; not compared with it"


class _Score(msgspec.Struct):
    metric: str
    average: str
    type: str | None
    f1: float | None
    bucket: Any = None


class _System(msgspec.Struct):
    name: str
    scores: list[_Score]


class _Json(msgspec.Struct):
    gold: str
    systems: list[_System]


def figures(path: Path, now: Beside, average: Average) -> Mapping[str, float | None]:
    """Return F1 of each metric in the JSON of an earlier run; raise `GloseError` on other gold."""
    try:
        with readable(path) as stream:
            found = msgspec.json.decode(stream.read(), type=_Json)
    except msgspec.MsgspecError as error:
        what = "neither counts (score --save-counts) nor figures (score --json) of an earlier run"
        raise GloseError(f"{path}: {what} ({error})") from error
    if found.gold != str(now.prints[0]):
        raise GloseError(
            f"{path}: scored on other gold, or other documents of it; score it on the same"
        )
    names = [system.name for system in found.systems]
    system = found.systems[_one(path, names, now.names[0])]
    there = {
        score.metric: score.f1
        for score in system.scores
        if score.average == average and score.type is None and score.bucket is None
    }
    if not set(there).intersection(now.metrics):
        raise GloseError(f"{path}: no {average} figures of {', '.join(now.metrics)}")
    return there
