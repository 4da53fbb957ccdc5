"""One figure as a function of gold and predictions, as searches of scikit-learn want it."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

from glose.corpus.errors import GloseError
from glose.evaluate.alignment import Missing
from glose.evaluate.evaluating import score
from glose.evaluate.layers import Layer
from glose.evaluate.metrics import METRICS
from glose.evaluate.protocols import find
from glose.evaluate.results import Average, Score


@dataclass(frozen=True, slots=True)
class Scorer:
    """A figure of a metric, for `sklearn.metrics.make_scorer`, `GridSearchCV` and their like.

    `metric` is the name of one metric, such as `entity/strict`; `figure` is `precision`, `recall`,
    `f1` or a further figure of the metric; `average` and `type` say which of its scores. What is
    not defined is `undefined`, NaN, which scikit-learn ranks last. It can be pickled (`n_jobs`).
    Raises `GloseError` where no metric or average has the name: a search would go on without.
    """

    metric: str = "entity/strict"
    figure: str = "f1"
    average: Average = "micro"
    type: str | None = None
    missing: Missing = "error"
    depth: int | None = None
    undefined: float = nan

    def __post_init__(self) -> None:
        """Refuse a metric or an average that there is not."""
        protocol = find(self.metric)
        if protocol.metrics != (self.metric,):
            raise GloseError(
                f"{self.metric} has several metrics; expected the name of one, such as "
                f"{protocol.metrics[0]}"
            )
        known = dict.fromkeys(["micro", *(each.name for each in METRICS[self.metric].averages)])
        if self.average not in known:
            raise GloseError(
                f"{self.metric} has no {self.average} average (there are: {', '.join(known)})"
            )

    @property
    def __name__(self) -> str:
        """What scikit-learn calls it."""
        return f"{self.figure} of {self.metric}"

    def __call__(self, gold: Layer, predicted: Layer) -> float:
        """Return the figure of predictions on gold: records in any order, paired by id.

        Raises `GloseError` for what cannot be scored.
        """
        evaluation = score(
            gold, {"predicted": predicted}, self.metric,
            missing=self.missing, depth=self.depth, samples=0,
        )  # fmt: skip
        system = evaluation.systems[0]
        found = system.find(self.metric, self.average, self.type)
        value = None if found is None else self._of(found)
        return self.undefined if value is None else float(value)

    def _of(self, found: Score) -> float | None:
        if self.figure in ("precision", "recall", "f1"):
            value: float | None = getattr(found, self.figure)
            return value
        if self.figure not in found.extras:
            known = ", ".join(("precision", "recall", "f1", *found.extras))
            raise GloseError(f"{self.metric} has no figure {self.figure} (there are: {known})")
        return found.extras[self.figure]
