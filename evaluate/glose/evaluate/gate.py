"""A gate: whether predictions are good enough, and no worse than those of an earlier run.

What an earlier run left is the counts of each document, with which the test is paired, or only the
figures in its JSON, which are then taken for fixed numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias, cast, get_args

import numpy as np

from glose.corpus.errors import GloseError
from glose.evaluate import baseline, buckets, ledger
from glose.evaluate.entries import Entry
from glose.evaluate.intervals import drawn
from glose.evaluate.laws import quantile
from glose.evaluate.metrics import METRICS
from glose.evaluate.plan import Options, Plan
from glose.evaluate.results import Average, Plain
from glose.evaluate.scoring import refuse_nothing
from glose.evaluate.significance import POWER, Beside, Contrast, holm
from glose.evaluate.sources import Work, documents, opened
from glose.evaluate.swaps import p_value
from glose.evaluate.units import Units
from glose.evaluate.unpaired import Unpaired
from glose.evaluate.work import spread

Figure: TypeAlias = Literal["precision", "recall", "f1"]

_FIGURES = get_args(Figure)
_SLACK = 1e-12


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least value of a figure, of one metric or (`None`) of each that is scored."""

    figure: Figure
    value: float
    average: Average = "micro"
    metric: str | None = None

    @classmethod
    def of(cls, text: str) -> Minimum:
        """Return what `[METRIC:][AVERAGE:]FIGURE=VALUE` says; raise `ValueError` if it is not so.

        >>> Minimum.of("entity/strict:macro:f1=0.7")
        Minimum(figure='f1', value=0.7, average='macro', metric='entity/strict')
        """
        name, sign, number = text.partition("=")
        *before, figure = name.split(":")
        if not sign or len(before) > 2:
            raise ValueError(
                f"{text!r} is no minimum; expected [METRIC:][AVERAGE:]FIGURE=VALUE such as f1=0.8 "
                "or entity/strict:macro:recall=0.7"
            )
        if figure not in _FIGURES:
            known = ", ".join(_FIGURES)
            raise ValueError(f"{text!r}: no figure is called {figure!r}; expected one of {known}")
        average = before.pop() if before and before[-1] in get_args(Average) else "micro"
        metric = before.pop() if before and before[-1] in METRICS else None
        if before:
            raise ValueError(_unknown(text, before[-1]))
        value = _share(text, number)
        return cls(cast("Figure", figure), value, cast("Average", average), metric)


def _unknown(text: str, name: str) -> str:
    """Return what is wrong with a name that is neither of a metric nor of an average."""
    near = get_close_matches(name, [*METRICS, *get_args(Average)], n=1)
    hint = f"did you mean {near[0]!r}?" if near else "docs/metrics.md lists them"
    return f"{text!r}: no metric or average is called {name!r}; {hint}"


def _share(text: str, number: str) -> float:
    try:
        value = float(number)
    except ValueError:
        value = float("nan")
    if not 0 <= value <= 1:
        raise ValueError(f"{text!r}: {number!r} is no share; expected 0 to 1, such as 0.8")
    return value


@dataclass(frozen=True, slots=True)
class Demand:
    """What predictions must come up to: minima, and a baseline that they must not fall below."""

    minima: tuple[Minimum, ...] = ()
    baseline: Path | None = None
    alpha: float = 0.05
    contrast: Contrast = field(default_factory=Contrast)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: a figure against its minimum, or against the baseline.

    Of a baseline, `p` is the chance of so low a figure if it were no worse, `holm` the same
    corrected for the number of metrics; `detectable` is the loss that would be found with a power
    of 0.8.
    """

    kind: Literal["minimum", "baseline"]
    metric: str
    average: Average
    figure: Figure
    value: float | None
    wanted: float | None
    passed: bool
    p: float | None = None
    holm: float | None = None
    detectable: float | None = None

    def plain(self) -> Plain:
        """Return the check for a JSON encoder."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Verdict:
    """All checks of some predictions; they pass if each does."""

    signature: str
    gold: str
    documents: int
    alpha: float
    checks: tuple[Check, ...]
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every check is passed."""
        return all(check.passed for check in self.checks)

    def plain(self) -> Plain:
        """Return the verdict for a JSON encoder."""
        return {
            "signature": self.signature,
            "gold": self.gold,
            "documents": self.documents,
            "alpha": self.alpha,
            "passed": self.passed,
            "notes": list(self.notes),
            "checks": [check.plain() for check in self.checks],
        }


def gate(
    gold: Path, predicted: Path | None, demand: Demand, options: Options | None = None
) -> Verdict:
    """Return whether predictions come up to what is demanded.

    Without predictions `gold` is a file of counts. Raises `GloseError` for whatever cannot be
    scored, and where the baseline is of another gold or other settings.
    """
    options = options or Options()
    buckets.check_cluster(options.cluster)
    source = opened(gold, [predicted] if predicted else [], options)
    if len(source.names) != 1:
        raise GloseError(
            f"{gold}: counts of {', '.join(source.names)}; expected those of one system, saved by "
            "themselves"
        )
    plan = source.plan(shared=True)
    now = Beside.none(source, plan.metrics[0], types=True)
    parts = spread(partial(_entries, plan=plan), source.work, options.jobs)
    entries: list[Entry] = []
    for found, unpaired in parts:
        entries += found
        now.unpaired.merge(unpaired)
    for entry in entries:
        now.add(entry)
    refuse_nothing(now.documents, gold, source.options)
    checks = [check for least in demand.minima for check in _minimum(now, least)]
    told = list(now.notes(demand.contrast.average if demand.baseline else "micro"))
    if demand.baseline is not None and ledger.is_ledger(demand.baseline):
        before = baseline.beside(demand.baseline, source, now.metrics, entries)
        told += before.told
        checks += _judged(list(_paired(before, demand)), demand.alpha)
    elif demand.baseline is not None:
        wanted = baseline.figures(demand.baseline, now, demand.contrast.average)
        checks += _judged(list(_fixed(now, demand, wanted)), demand.alpha)
    contrast, alpha = demand.contrast, demand.alpha
    fields = {"compared": contrast.average, "test": contrast.test, "alpha": alpha}
    signature = now.signature(fields if demand.baseline else {})
    return Verdict(signature, str(now.prints[0]), now.documents, alpha, tuple(checks), tuple(told))


def _entries(work: Work, plan: Plan) -> tuple[list[Entry], Unpaired]:
    """Return the counts of each document of one part of the work, and what stands alone."""
    unpaired = Unpaired.none(len(plan.metrics))
    return list(documents(work, plan, unpaired)), unpaired


def _minimum(now: Beside, least: Minimum) -> Iterator[Check]:
    if least.metric is not None and least.metric not in now.metrics:
        raise GloseError(f"{least.metric} is not scored; choose it with -p {least.metric}")
    if least.metric is None:
        names = now.having(least.average)
    else:
        names = replace(now, metrics=(least.metric,)).having(least.average)
    for name in names:
        rows, reading = now.rows(METRICS[name], least.average)
        figures = reading.read(rows[0].sum(axis=0)[None])
        found = float(figures[_FIGURES.index(least.figure)][0])
        value = None if np.isnan(found) else found
        passed = value is not None and value >= least.value - _SLACK
        yield Check("minimum", name, least.average, least.figure, value, least.value, passed)


def _paired(before: Beside, demand: Demand) -> Iterator[Check]:
    """Yield a check of each metric against the counts of the baseline, document by document."""
    for name in before.having(demand.contrast.average):
        [(_, _, paired)] = before.pairs(METRICS[name], demand.contrast.average)
        was, value = paired.found
        check = Check("baseline", name, demand.contrast.average, "f1", value, was, passed=True)
        if value is not None and was is not None:
            p, _ = p_value(paired, demand.contrast.test, before.options.sampling, "worse")
            error = paired.jackknife().error if paired.units.enough else float("nan")
            found = (quantile(1 - demand.alpha) + quantile(POWER)) * error
            check = replace(check, p=p, detectable=found if found > 0 else None)
        yield check


def _fixed(now: Beside, demand: Demand, wanted: Mapping[str, float | None]) -> Iterator[Check]:
    """Yield a check of each metric against a number: the share of samples that come up to it."""
    average, sampling = demand.contrast.average, now.options.sampling
    for name in now.having(average):
        if name not in wanted:
            continue
        rows, reading = now.rows(METRICS[name], average)
        units, was = Units.each(rows[0]), wanted[name]
        found = float(reading.read(units.total[None])[2][0])
        value = None if np.isnan(found) else found
        check = Check("baseline", name, average, "f1", value, was, passed=True)
        if value is not None and was is not None:
            f1 = np.nan_to_num(reading.read(drawn(units, sampling)[0])[2])
            p = (1 + int((f1 >= was - _SLACK).sum())) / (1 + len(f1))
            check = replace(check, p=p)
        yield check


def _judged(checks: Sequence[Check], alpha: float) -> Iterator[Check]:
    """Yield checks with p values that are corrected for their number, and what they say."""
    for check, p in zip(checks, holm([check.p for check in checks]), strict=True):
        lost = check.value is None and check.wanted is not None
        yield replace(check, holm=p, passed=not lost and (p is None or p > alpha))
