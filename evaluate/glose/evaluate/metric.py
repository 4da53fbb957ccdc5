"""What a metric is: the statistic that it reads, and the figures that it reads off it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from glose.evaluate.counts import Numbers, Shared, Statistic
from glose.evaluate.figures import Figures, figures
from glose.evaluate.results import Average

#: Numerators and denominators from the columns of a statistic; linear in them.
Ratio: TypeAlias = Callable[[Any], Shared]


@dataclass(frozen=True, slots=True)
class Averaging:
    """A mean of the figures of types or documents, beside the micro figure.

    `undefined` is what a figure counts that a type or document does not have: it is left out, or
    it is that number. `weighted` gives each the weight of its gold items. With `of_means` F1 is
    that of the two means and not the mean of F1; with `both` it is the mean over the documents in
    which precision and recall are defined, whatever the metric counts elsewhere. A mean over
    documents may be given `by_type` too, and with its `spread`: the standard deviation of each
    figure (of the documents, not of the mean), in `extras`. `name` is how results call it.

    Further figures go to `extras` too: `whole` gives those of all types at once, from columns of
    which the last axis are the types; `each` those of one document (or of rows of documents), told
    how many types there are, of which the mean is shown.
    """

    name: Average
    over: Literal["types", "documents"] = "types"
    undefined: float | None = None
    weighted: bool = False
    of_means: bool = False
    both: bool = False
    by_type: bool = False
    spread: bool = False
    whole: Callable[[Any], Mapping[str, Numbers]] | None = None
    each: Callable[[Any, int], Mapping[str, Numbers]] | None = None


#: The mean over the types in gold or predictions of what each defines.
MACRO = Averaging("macro")


@dataclass(frozen=True, slots=True)
class Metric:
    """A statistic, and the numerators and denominators of precision and recall in it.

    `ratio` gets the columns of the statistic, numbers or arrays. `counts` gives what else is worth
    telling, by name, and `extras` further figures (a slot error rate, an accuracy), NaN where they
    are undefined; both get the columns too. A metric of several ratios (BLANC, the CoNLL average)
    has the `others` and says how the figures of all are joined into one. `undefined` is what a
    figure counts that has no denominator: 0 where a reference program prints 0. `group` tells of
    which type another is a part (a label of its scheme), and `None` for a type that has parts:
    then means are over the parts, of all and of each group.
    """

    name: str
    statistic: Statistic
    ratio: Ratio
    counts: Callable[[Any], Mapping[str, Numbers]] = lambda _: {}
    extras: Callable[[Any], Mapping[str, Numbers]] = lambda _: {}
    others: tuple[Ratio, ...] = ()
    join: Callable[[Sequence[Figures]], Figures] | None = None
    averages: tuple[Averaging, ...] = (MACRO,)
    undefined: float | None = None
    group: Callable[[str], str | None] | None = None

    def parts(self, types: Sequence[str], of: str | None = None) -> list[int]:
        """Return the numbers of the types that means are over: of one group, or all."""
        if self.group is None:
            return list(range(len(types)))
        groups = [self.group(name) for name in types]
        return [n for n, group in enumerate(groups) if group is not None and of in (None, group)]

    @property
    def ratios(self) -> tuple[Ratio, ...]:
        """All ratios, the first one first."""
        return (self.ratio, *self.others)

    def shares(self, columns: Any) -> tuple[Shared, ...]:  # noqa: ANN401  # each its own
        """Return the numerators and denominators of each ratio."""
        return tuple(ratio(columns) for ratio in self.ratios)

    def defined(self, shares: Sequence[Shared]) -> Figures:
        """Return the figures with NaN for what is undefined, whatever it counts."""
        parts = [figures(share) for share in shares]
        return parts[0] if self.join is None else self.join(parts)

    def figures(self, shares: Sequence[Shared]) -> Figures:
        """Return precision, recall and F1 of numerators and denominators, arrays of one shape."""
        found = self.defined(shares)
        if self.undefined is None:
            return found
        return Figures(*(np.where(np.isnan(each), self.undefined, each) for each in found))
