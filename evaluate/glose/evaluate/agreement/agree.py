"""Agreement: how far layers of the same documents say the same, beyond chance and in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from glose.corpus import manifest
from glose.corpus.errors import GloseError
from glose.evaluate import buckets
from glose.evaluate.agreement.choice import Choice
from glose.evaluate.agreement.columns import Measure, Reading, Rows
from glose.evaluate.agreement.labelled import Labels
from glose.evaluate.agreement.layers import Layers, Shared
from glose.evaluate.agreement.measures import lists, measures, needed
from glose.evaluate.agreement.pairwise import Pairwise
from glose.evaluate.agreement.results import Agreement, Coefficient
from glose.evaluate.intervals import limits
from glose.evaluate.joint import Array
from glose.evaluate.notes import FEW
from glose.evaluate.pairing import annotated
from glose.evaluate.projection import cut
from glose.evaluate.results import Bounds, Bucket
from glose.evaluate.signature import Print
from glose.evaluate.sources import Progress, names
from glose.evaluate.units import Units
from glose.evaluate.work import spread


def agree(
    paths: Sequence[Path],
    *,
    systems: Sequence[Path] = (),
    choice: Choice | None = None,
    progress: Progress = lambda _: None,
) -> Agreement:
    """Return the agreement of two or more layers, JSONL files of `doc/1` of the same documents.

    Each of the `systems` is compared with each layer, to see its F1 beside that of people. Raises
    `GloseError` for whatever cannot be compared.
    """
    choice = choice or Choice()
    _refuse_few(paths, systems)
    choice.check()
    wanted = manifest.ids(paths[0].parent, choice.split) if choice.split else None
    layers = Layers.opened((*paths, *systems), choice.missing, wanted, len(systems))
    there = tuple(annotated(path) or () for path in (*paths, *systems))
    compared, notes = measures(choice, there, len(paths))
    if not compared:
        raise _nothing(paths, there, choice)
    known = buckets.splits(paths[0]) if "split" in (*choice.by, choice.cluster) else {}
    counted = _counted(_Task(choice, there, len(paths), known), layers, progress)
    called = names([*paths, *systems])
    coefficients = [
        each
        for measure, rows in zip(compared, counted.rows, strict=True)
        for each in counted.coefficients(measure, rows, called, choice)
    ]
    prints = dict(zip(called, map(str, counted.prints), strict=True))
    return Agreement(
        choice.signature(prints, len(layers.ids)),
        {name: prints[name] for name in called[: len(paths)]},
        {name: prints[name] for name in called[len(paths) :]},
        len(layers.ids), choice.sampling.level, tuple(coefficients),
        (*notes, *counted.notes(layers.left, choice)),
    )  # fmt: skip


def _refuse_few(paths: Sequence[Path], systems: Sequence[Path]) -> None:
    if len(paths) < 2:
        raise GloseError("expected two layers or more; name the files of two annotators")
    seen: set[Path] = set()
    for path in (*paths, *systems):
        if path.resolve() in seen:
            raise GloseError(f"{path}: this layer is named twice; name each file once")
        seen.add(path.resolve())


def _nothing(paths: Sequence[Path], there: Sequence[Sequence[str]], choice: Choice) -> GloseError:
    """Return the error that no list which is wanted was annotated in all layers."""
    found = (
        f"{', '.join(names) or 'no list'} in {path}"
        for path, names in zip(paths, there, strict=False)
    )
    return GloseError(
        f"nothing to compare: annotated (status.annotated of the first documents) are "
        f"{'; '.join(found)}; expected {' or '.join(needed(choice))} in all of them"
    )


@dataclass(frozen=True, slots=True)
class _Task:
    """What is counted of layers: by a choice, of the lists that each has annotated.

    The first `people` layers are no systems. `splits` are of each document, by id.
    """

    choice: Choice
    there: tuple[tuple[str, ...], ...]
    people: int
    splits: Mapping[str, str]

    @property
    def measures(self) -> list[Measure]:
        """What layers are compared on."""
        return measures(self.choice, self.there, self.people)[0]


@dataclass(slots=True)
class _Counted:
    """The rows of each measure, document by document, and what the documents say of themselves."""

    people: int
    rows: list[Rows]
    left: float
    fields: list[dict[str, str]]
    prints: list[Print]

    @classmethod
    def none(cls, people: int, measures: int, layers: int) -> _Counted:
        """Return the counts of no documents."""
        rows, prints = [Rows() for _ in range(measures)], [Print() for _ in range(layers)]
        return cls(people, rows, 0, [], prints)

    def add(self, shared: Shared, measures: Sequence[Measure], task: _Task) -> None:
        """Add a document."""
        human = replace(shared, views=shared.views[: self.people])
        for rows, measure in zip(self.rows, measures, strict=True):
            row = measure.row(shared if isinstance(measure, Pairwise) else human)
            self.left += row.get(("left",), 0)
            rows.add(row)
        self.fields.append(task.choice.said(shared.first, task.splits))
        for total, line in zip(self.prints, shared.lines, strict=True):
            if line is not None:
                total.add(line)

    def merge(self, other: _Counted) -> None:
        """Add the documents of another."""
        for mine, theirs in zip(self.rows, other.rows, strict=True):
            mine.merge(theirs)
        self.left += other.left
        self.fields += other.fields
        for total, each in zip(self.prints, other.prints, strict=True):
            total.merge(each)

    def coefficients(
        self, measure: Measure, rows: Rows, called: Sequence[str], choice: Choice
    ) -> Iterator[Coefficient]:
        """Yield the figures of a measure: of all documents, then by bucket."""
        columns = rows.columns()
        matrix = rows.matrix(columns)
        readings = list(measure.readings(columns, range(self.people)))
        yield from self._read(readings, matrix, list(range(len(rows))), None, called, choice)
        whole = [
            each
            for each in readings
            if each.type is None and each.kind not in ("pair", "annotator")
        ]
        for by in choice.by:
            if by != "type":
                parts: dict[str, list[int]] = defaultdict(list)
                for number, fields in enumerate(self.fields):
                    parts[fields.get(by, buckets.NONE)].append(number)
                for value, numbers in sorted(parts.items()):
                    yield from self._read(
                        whole, matrix, numbers, Bucket(by, value), called, choice
                    )

    def _read(
        self, readings: Sequence[Reading], matrix: Array, numbers: Sequence[int],
        bucket: Bucket | None, called: Sequence[str], choice: Choice,
    ) -> Iterator[Coefficient]:  # fmt: skip
        if not readings:
            return
        units = self._units(matrix, numbers, choice.cluster)

        def read(sums: Array) -> list[Array]:
            return [each.read(sums) for each in readings]

        values = [float(each[0]) for each in read(units.total[None])]
        found = None
        if choice.sampling.samples and units.enough:
            found = limits(units, read, choice.sampling)
        for number, (each, value) in enumerate(zip(readings, values, strict=True)):
            yield Coefficient(
                each.unit, each.coefficient, each.kind,
                tuple(called[layer] for layer in each.layers), each.type,
                None if np.isnan(value) else value,
                _held(each, found.bounds[number]) if found else None,
                found.method if found else None,
                len(numbers), bucket,
            )  # fmt: skip

    def _units(self, matrix: Array, numbers: Sequence[int], cluster: str | None) -> Units:
        if cluster is None:
            return Units.each(matrix[list(numbers)])
        sums: dict[str, Array] = {}
        for number in numbers:
            value = self.fields[number].get(cluster)
            name = f"#{number}" if value is None else f"={value}"
            sums[name] = sums.get(name, 0) + matrix[number]
        return Units.each(np.stack(list(sums.values())))

    def notes(self, left: int, choice: Choice) -> Iterator[str]:
        """Yield what a reader should know first."""
        if left:
            yield f"{left} document{'s' * (left != 1)} left out: not in enough layers"
        number = len(self.rows[0])
        if number < FEW and choice.sampling.samples:
            what = "1 document" if number == 1 else f"{number} documents"
            yield f"{what}: intervals of fewer than {FEW} are rough, and mostly too narrow"
        if self.left:
            yield (
                f"alpha-u: {self.left:.0f} units left out, since they overlap another of their "
                "type and layer"
            )


def _counted(task: _Task, layers: Layers, progress: Progress) -> _Counted:
    """Return the counts of all documents, by as many processes as are wanted."""
    measured = task.measures
    found = _Counted.none(task.people, len(measured), len(layers.files))
    shares = layers.shares(task.choice.jobs)
    alone, count = len(shares) == 1, partial(_share, task)
    # What shows the progress stays in this process.
    count = partial(count, progress=progress) if alone else count
    for each in spread(count, shares, task.choice.jobs):
        found.merge(each)
        progress(0 if alone else len(each.fields))
    for number, measure in enumerate(measured):
        if isinstance(measure, Labels):
            found.rows[number] = measure.complete(found.rows[number])
    return found


def _share(task: _Task, layers: Layers, progress: Progress = lambda _: None) -> _Counted:
    """Return the counts of a share of the documents."""
    measured = task.measures
    found = _Counted.none(task.people, len(measured), len(layers.files))
    wanted = lists(measured, task.people, len(layers.files))
    for shared in layers.read(wanted, cut(task.choice.depth)):
        found.add(shared, measured, task)
        progress(1)
    return found


def _held(reading: Reading, bounds: Bounds) -> Bounds:
    """Return bounds without what agreement cannot be: the jackknife knows nothing of 1."""
    if bounds is None or reading.kind == "relative" or reading.coefficient.endswith("-error"):
        return bounds
    return min(1.0, bounds[0]), min(1.0, bounds[1])
