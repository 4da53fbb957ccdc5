"""Gamma (Mathet, Widlöcher and Métivier 2015): how much better layers align than by chance.

1 less the disorder of the best alignment as a share of what is expected: the mean of texts that
are drawn by chance, with as many units of such lengths, distances and types. Those are samples, so
gamma is known only so well; the standard error is told, and it adds to that of the documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from glose.evaluate.agreement.columns import Columns, Figure, Reading, Row, over, pairs
from glose.evaluate.agreement.disorder import Alignment, Placed, align
from glose.evaluate.agreement.layers import Shared
from glose.evaluate.agreement.units import Chunks, stretches, words
from glose.evaluate.figures import divide
from glose.evaluate.joint import Array

#: No unit that is drawn is shorter than that.
_SHORTEST = 1e-6


@dataclass(frozen=True, slots=True)
class Chance:
    """What the units of a text that is drawn by chance follow.

    Normal laws of the number of units of a layer, of the gap before a unit and of its length, by
    mean and standard deviation, and the shares of types: the sampler of pygamma-agreement 0.5.9.
    """

    number: tuple[float, float]
    gap: tuple[float, float]
    length: tuple[float, float]
    types: tuple[str, ...]
    shares: tuple[float, ...]

    @classmethod
    def of(cls, layers: Sequence[Sequence[Placed]]) -> Chance:
        """Return what the units of some layers follow; there is at least one unit."""
        gaps = [0.0]
        for layer in layers:
            # Before the first unit the text begins; one that begins with the text has no gap.
            gaps += [layer[0][0]] if layer and layer[0][0] > 0 else []
            gaps += [unit[0] - layer[place][1] for place, unit in enumerate(layer[1:])]
        units = [unit for layer in layers for unit in layer]
        types = sorted({unit[2] for unit in units})
        shares = [sum(unit[2] == name for unit in units) / len(units) for name in types]
        return cls(
            _law([len(layer) for layer in layers]), _law(gaps),
            _law([end - start for start, end, _ in units]), tuple(types), tuple(shares),
        )  # fmt: skip

    def draw(self, layers: int, generator: np.random.Generator) -> list[list[Placed]]:
        """Return the units of so many layers, drawn by chance; there is at least one unit."""
        found: list[list[Placed]] = []
        for _ in range(layers):
            number = abs(int(generator.normal(*self.number)))
            if not any(found):
                number = max(1, number)
            gaps = generator.normal(*self.gap, number)
            lengths = np.abs(generator.normal(*self.length, number)).clip(_SHORTEST)
            names = generator.choice(len(self.types), number, p=self.shares)
            ends = np.cumsum(gaps + lengths)
            found.append([
                (end - length, end, self.types[name])
                for end, length, name in zip(ends.tolist(), lengths.tolist(), names, strict=True)
            ])  # fmt: skip
        return found


def _law(values: Sequence[float]) -> tuple[float, float]:
    return float(np.mean(values)), float(np.std(values))


@dataclass(frozen=True, slots=True)
class Disorder:
    """The disorder of a text, and what is expected: disorders of samples."""

    observed: Alignment
    expected: tuple[Alignment, ...]

    @classmethod
    def of(
        cls, layers: Sequence[Sequence[Placed]], samples: int, generator: np.random.Generator
    ) -> Disorder:
        """Return the disorder of layers that have at least one unit."""
        chance = Chance.of(layers)
        drawn = (chance.draw(len(layers), generator) for _ in range(samples))
        return cls(align(layers), tuple(map(align, drawn)))

    def mean(self, of: Callable[[Alignment], float]) -> tuple[float, float]:
        """Return the mean of a number of the samples, and the variance of that mean."""
        values = [of(each) for each in self.expected]
        spread = float(np.var(values, ddof=1)) if len(values) > 1 else 0.0
        return float(np.mean(values)), spread / len(values)


def disorder(alignment: Alignment) -> float:
    """Return the disorder of an alignment."""
    return alignment.disorder


def categories(alignment: Alignment) -> float:
    """Return how much the types of units that are put together differ."""
    return alignment.categories()


COEFFICIENTS: dict[str, Callable[[Alignment], float]] = {
    "gamma": disorder,
    "gamma-cat": categories,
}


@dataclass(frozen=True, slots=True)
class Gamma:
    """Gamma of the mentions or triggers of layers, in tokens.

    Over documents disorders are added up, each as often as a layer has units on average. `samples`
    texts are drawn for each document; `seed` and the document's id say which.
    """

    unit: str
    lists: tuple[str, ...]
    chunks: Chunks
    samples: int = 30
    seed: int = 1

    def row(self, shared: Shared) -> Row:
        """Return what is observed (`o`), expected (`e`) and the variance of that (`v`).

        They are by group of layers: all, `()`, and each two.
        """
        numbered = words(shared)
        layers: dict[int, list[Placed]] = {}
        for number, units in enumerate(stretches(shared, self.chunks)):
            if units is not None:
                placed = {(*numbered.place(u.start, u.end), u.type) for u in units}
                layers[number] = sorted((a, b, name) for a, b, name in placed if a < b)
        row: Row = {}
        groups = [(), *(pairs(sorted(layers)) if len(shared.views) > 2 else [])]
        for group in groups:
            own = [layers[number] for number in group or sorted(layers)]
            if any(own):
                generator = np.random.default_rng(
                    [self.seed, crc32(shared.id.encode()), *(number + 1 for number in group)]
                )
                self._add(row, group, own, generator)
        return row

    def _add(
        self, row: Row, group: tuple[int, ...], layers: Sequence[Sequence[Placed]],
        generator: np.random.Generator,
    ) -> None:  # fmt: skip
        found = Disorder.of(layers, self.samples, generator)
        weight = sum(map(len, layers)) / len(layers)
        for name, of in COEFFICIENTS.items():
            mean, variance = found.mean(of)
            row["o", group, name] = weight * of(found.observed)
            row["e", group, name] = weight * mean
            row["v", group, name] = weight**2 * variance

    def readings(self, columns: Columns, people: Sequence[int]) -> Iterator[Reading]:
        """Yield gamma and gamma-cat of each two layers, of one and of all."""
        for name in COEFFICIENTS:
            if len(people) > 2:
                of = {two: self._gamma(columns, two, name) for two in pairs(people)}
                yield from over(self.unit, name, of, people)
            whole = self._gamma(columns, (), name)
            yield Reading(self.unit, name, "all", tuple(people), None, whole)
            error = self._error(columns, name)
            yield Reading(self.unit, f"{name}-error", "all", tuple(people), None, error)

    def _gamma(self, columns: Columns, group: tuple[int, ...], name: str) -> Figure:
        found, chance = (columns.one(what, group, name) for what in "oe")
        return lambda sums: 1 - divide(found(sums), chance(sums))

    def _error(self, columns: Columns, name: str) -> Figure:
        """Return the standard error that gamma has because its expectation is sampled."""
        found, chance, variance = (columns.one(what, (), name) for what in "oev")

        def read(sums: Array) -> Array:
            return divide(found(sums) * np.sqrt(variance(sums)), chance(sums) ** 2)

        return read
