"""Evaluating from Python: what `glose evaluate score` does, on whatever holds layers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar, get_args

from glose.corpus.errors import GloseError
from glose.corpus.files import apart
from glose.evaluate.alignment import Extra, Missing
from glose.evaluate.intervals import Method, Sampling
from glose.evaluate.layers import Layer, Predicted, files
from glose.evaluate.plan import Options
from glose.evaluate.relative import beside_humans
from glose.evaluate.results import Evaluation
from glose.evaluate.scoring import score as scored

Choice = TypeVar("Choice", bound=str)


def score(
    gold: Layer,
    predicted: Predicted = None,
    protocols: str | Sequence[str] = ("default",),
    *,
    by: str | Sequence[str] = (),
    split: str | None = None,
    missing: Missing = "error",
    extra: Extra = "error",
    depth: int | None = None,
    interval: Method = "percentile",
    cluster: str | None = None,
    samples: int = 1000,
    level: float = 0.95,
    seed: int = 1,
    jobs: int = 1,
    save_counts: str | Path | None = None,
    humans: Predicted = None,
) -> Evaluation:
    """Return the scores of predictions on gold; the options are those of the command line.

    A layer is a path (a JSONL file or a corpus folder), or an iterable of records: `Document`
    values, dictionaries with the keys of `doc/1`, the rows of a Hugging Face dataset. `predicted`
    is one layer, a list of paths, or a dictionary from the names of systems to their layers;
    without it `gold` is a file that `save_counts` wrote. Records are paired by id, in any order.
    `humans` are layers of people, given like systems, to set the figures beside.
    Raises `GloseError` for whatever cannot be scored, as the command does.
    """
    by = _names(by)
    if not isinstance(gold, (str, Path)) and "split" in (split and "split", *by, cluster):
        raise GloseError("gold: records have no corpus.json with splits; choose the records first")
    sampling = Sampling(
        _least("samples", samples, 0), _share(level), _least("seed", seed, 0),
        _one("interval", interval, get_args(Method)),
    )  # fmt: skip
    options = Options(
        _some(protocols), None if depth is None else _least("depth", depth, 1), split,
        _one("missing", missing, get_args(Missing)), _one("extra", extra, get_args(Extra)),
        sampling, _least("jobs", jobs, 1), cluster,
    )  # fmt: skip
    save = None if save_counts is None else Path(save_counts)
    with files(gold, predicted, humans) as layers:
        if save is not None:
            apart(save, (layers.gold, *layers.predicted, *layers.humans))
        found = scored(
            layers.gold, layers.predicted, by=by, options=options, save=save, called=layers.called
        )
        if not layers.humans:
            return found
        return beside_humans(
            found, layers.gold, layers.predicted, layers.humans,
            options=options, called=layers.humans_called,
        )  # fmt: skip


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _some(protocols: str | Iterable[str]) -> tuple[str, ...]:
    names = _names(protocols)
    if not names:
        raise GloseError("protocols: found none; name at least one, such as 'entities'")
    return names


def _least(name: str, number: int, least: int) -> int:
    if number < least:
        raise GloseError(f"{name}: found {number}; expected {least} or more")
    return number


def _share(level: float) -> float:
    if not 0 < level < 1:
        raise GloseError(f"level: found {level}; expected one between 0 and 1, such as 0.95")
    return level


def _one(name: str, chosen: Choice, known: Sequence[str]) -> Choice:
    if chosen not in known:
        raise GloseError(f"{name}: found {chosen!r}; expected one of {', '.join(known)}")
    return chosen
