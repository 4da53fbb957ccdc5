"""What became of suggestions: taken as they were, changed, refused, or not looked at yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import product

import msgspec

from glose.annotate.assist.shapes import Shape, Shapes
from glose.annotate.store.names import Layer
from glose.annotate.store.operations import Decision, key
from glose.annotate.store.project import Project, Snapshot
from glose.corpus.document import ANNOTATIONS, Document
from glose.corpus.errors import GloseError
from glose.corpus.forms import shown

#: What may become of a suggestion, in the order of the table.
OUTCOMES = ("kept", "changed", "refused", "found", "open")


class Row(msgspec.Struct, frozen=True):
    """How many suggestions of a list one layer offered to those who work on another.

    `kept` were accepted and are as they were, `changed` were accepted and are not; `found` are
    in the work though nobody took them over, and are not offered; the rest is `open`. `accepted`
    is the share of kept and changed in what was decided, `unchanged` that of kept; `None` before
    anything was.
    """

    layer: str
    work: str
    list: str
    offered: int
    kept: int
    changed: int
    refused: int
    found: int
    open: int
    accepted: float | None
    unchanged: float | None


def acceptance(project: Project, layer: str | None = None) -> list[Row]:
    """Return a row for each suggestions layer (or the one named), layer of work and list.

    All documents that the suggestions are of count, also those that nobody has begun. Raises
    `GloseError` where there are no suggestions.
    """
    offering = _offering(project.layers(), layer)
    work = [one.name for one in project.layers() if one.kind == "work"]
    return [row for name in offering for row in _rows(project, name, work)]


def _offering(layers: Iterable[Layer], wanted: str | None) -> list[str]:
    """Return the suggestions layers of a project, only the one that is wanted if one is."""
    kinds = {one.name: one.kind for one in layers}
    offering = [name for name, kind in kinds.items() if kind == "suggestions"]
    found = [name for name in offering if wanted in (None, name)]
    if found:
        return found
    there = ", ".join(f"{name} ({kind})" for name, kind in kinds.items()) or "none"
    which = "no suggestions" if wanted is None else f"no suggestions in a layer {shown(wanted)}"
    raise GloseError(f"{which} (layers: {there}); import predictions with `glose annotate import`")


def _rows(project: Project, layer: str, work: list[str]) -> Iterator[Row]:
    counts = Counter(_counted(project, layer, work))
    for name, list_ in product(work, ANNOTATIONS):
        outcomes = {one: counts[name, list_, one] for one in OUTCOMES}
        if any(outcomes.values()):
            yield _row(layer, name, list_, outcomes)


def _counted(project: Project, layer: str, work: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield layer of work, list and outcome, for each suggestion and each layer of work."""
    begun = [row.id for row in project.documents(layer) if row.revision]
    for document in begun:
        suggested = project.snapshot(document, layer).document
        for name in work:
            for list_, outcome in _outcomes(suggested, layer, project.snapshot(document, name)):
                yield name, list_, outcome


def _row(layer: str, work: str, list_: str, outcomes: dict[str, int]) -> Row:
    accepted = outcomes["kept"] + outcomes["changed"]
    decided = accepted + outcomes["refused"]
    return Row(
        layer, work, list_, sum(outcomes.values()), **outcomes,
        accepted=accepted / decided if decided else None,
        unchanged=outcomes["kept"] / decided if decided else None,
    )  # fmt: skip


def _outcomes(suggested: Document, layer: str, work: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the list and the outcome of each suggestion for a document."""
    decisions = {one.id: one for one in work.decisions}
    shapes, own = Shapes(suggested), _Own(work.document)
    for name in ANNOTATIONS:
        for item in getattr(suggested, name):
            shape = shapes.of(name, item)
            decision = decisions.get(f"{layer}/{key(item)}")
            if decision is None and _says_nothing(name, shape):
                continue
            yield name, _outcome(name, shape, decision, own)


def _says_nothing(name: str, shape: Shape) -> bool:
    """Tell whether it is an entity of one mention, which links nothing and is not offered."""
    return name == "entities" and len(shape.parts) == 1


def _outcome(name: str, shape: Shape, decision: Decision | None, own: _Own) -> str:
    if decision is None:
        return "found" if own.holds(name, shape) else "open"
    if decision.outcome == "refused":
        return "refused"
    return "kept" if own.item(name, decision.item) == shape else "changed"


class _Own:
    """What stands in the work on a document: its shapes by list and id."""

    def __init__(self, document: Document) -> None:
        shapes = Shapes(document)
        self._shapes = {
            name: {key(item): shapes.of(name, item) for item in getattr(document, name)}
            for name in ANNOTATIONS
        }
        self._same: dict[tuple[str, Hashable], list[Shape]] = defaultdict(list)
        for name, found in self._shapes.items():
            for shape in found.values():
                self._same[name, shape.what].append(shape)

    def item(self, name: str, id_: str | None) -> Shape | None:
        """Return the shape of an item, `None` if it is not there any more."""
        return self._shapes[name].get(id_ or "")

    def holds(self, name: str, shape: Shape) -> bool:
        """Tell whether something that is there says all that a suggestion does."""
        return any(shape.held(one) for one in self._same.get((name, shape.what), ()))


_HEAD = ("suggestions", "work", "list", "offered", *OUTCOMES, "accepted", "unchanged")


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a table; `-` where nothing was decided."""
    cells = [_HEAD, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        names = (cell.ljust(width) for cell, width in zip(row[:3], widths[:3], strict=True))
        figures = (cell.rjust(width) for cell, width in zip(row[3:], widths[3:], strict=True))
        yield "  ".join((*names, *figures))


def _cells(row: Row) -> tuple[str, ...]:
    shares = ("-" if one is None else f"{one:.1%}" for one in (row.accepted, row.unchanged))
    counts = (str(getattr(row, name)) for name in ("offered", *OUTCOMES))
    return row.layer, row.work, row.list, *counts, *shares
