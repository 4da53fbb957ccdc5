"""What parity tests compare: figures of ours beside those that a reference program printed.

A test file has `COMPARED`: for each program (by its name in expected.json) the protocol that has
its figures, and a function that pairs them. `references.py` lists all files, and makes of them
the table in docs/metrics.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import isclose
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from tests.evaluate.parity.records import EDGES, SEEDS, View, save

from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.results import System
from glose.evaluate.scoring import score

CORPORA = (*SEEDS, *(f"edge/{name}" for name in EDGES))

#: What a program printed.
Printed: TypeAlias = Any

#: `scored(corpus, protocol, view, samples)`
Scored: TypeAlias = Callable[..., System]


class Compared(NamedTuple):
    """A figure of a reference, and ours as it would print it; `None` is undefined."""

    figure: str
    ours: float | str | None
    theirs: float | str | None

    @property
    def equal(self) -> bool:
        """Tell whether both are the same text, the same number to 1e-9, or both undefined."""
        if isinstance(self.ours, str | None) or isinstance(self.theirs, str | None):
            return self.ours == self.theirs
        return isclose(self.ours, self.theirs, rel_tol=0, abs_tol=1e-9)


#: What our figures are read off: the scores of a system, or what else a test file makes of it.
Ours: TypeAlias = Any

Compare: TypeAlias = Callable[[Ours, Printed], Iterable[Compared]]

#: Of each program the protocol, and the figures that are compared.
Programs: TypeAlias = Mapping[str, tuple[str, Compare]]


class Exempt(NamedTuple):
    """Figures of a program that are not the same, and why; a pattern for their whole names."""

    tool: str
    corpus: str
    figures: str
    reason: str

    def holds(self, tool: str, corpus: str, figure: str) -> bool:
        """Tell whether a figure is one of these."""
        here = (self.tool, self.corpus) == (tool, corpus)
        return here and re.fullmatch(self.figures, figure) is not None


def refuse_difference(found: Iterable[Compared]) -> None:
    """Fail if a figure is not equal, comes twice, or if there are none."""
    rows = list(found)
    assert len({row.figure for row in rows}) == len(rows) > 0
    assert [row for row in rows if not row.equal] == []


def scorer(folder: Path) -> Scored:
    """Return a function that scores one corpus by one protocol, without intervals.

    `scored("seed1", "textee")` or `scored("edge/crossing", "conll", "flat")`.
    """

    @cache
    def file(corpus: str, side: str, view: View) -> Path:
        return save(corpus, side, folder, view)

    @cache
    def found(corpus: str, protocol: str, view: View = "entities", samples: int = 0) -> System:
        gold, predicted = (file(corpus, side, view) for side in ("gold", "pred"))
        options = Options(protocols=(protocol,), sampling=Sampling(samples))
        return score(gold, [predicted], options=options).systems[0]

    return found
