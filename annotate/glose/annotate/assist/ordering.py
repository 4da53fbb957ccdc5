"""Which document to annotate next: the orders of the queue, each with the figure it goes by."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from glose.annotate.assist.disagreement import disagreement
from glose.annotate.assist.diversity import farthest
from glose.annotate.assist.texts import texts
from glose.annotate.learning.uncertainty import NAME as UNCERTAINTY
from glose.annotate.store.listing import Row
from glose.annotate.store.names import Kind, Layer
from glose.annotate.store.project import Project
from glose.annotate.store.tables import documents
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.forms import shown

#: The status of a record that is finished.
DONE = "done"


class Place(msgspec.Struct, frozen=True):
    """A document in the queue with the figure that put it there; `done` ones come last."""

    id: str
    figure: float | None
    done: bool = False


class Queue(msgspec.Struct, frozen=True):
    """An order of all documents of a project, and the layers that it was made from."""

    by: str
    layers: tuple[str, ...]
    documents: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be put into an order: the documents that are left, as the queue has them now."""

    project: Project
    left: list[str]
    done: list[str]
    layers: Sequence[str]
    seed: int

    def layer(self, name: str) -> Layer:
        """Return a layer of the project; raise `GloseError` if there is none of that name."""
        known = {one.name: one for one in self.project.layers()}
        if name not in known:
            raise GloseError(f"no layer {shown(name)} (there are: {', '.join(known) or 'none'})")
        return known[name]

    def of_kind(self, kind: Kind) -> list[str]:
        """Return the names of the layers of a kind."""
        return [one.name for one in self.project.layers() if one.kind == kind]

    def begun(self, layer: str) -> dict[str, int]:
        """Return the revisions of the documents that a layer has begun."""
        rows = self.project.documents(layer)
        return {row.id: row.revision for row in rows if row.revision}

    def record(self, document: str, layer: str) -> Document:
        """Return a document in a layer."""
        return self.project.snapshot(document, layer).document

    def ranked(self, figures: Mapping[str, float]) -> list[Place]:
        """Return the places by figure, the highest first; without one they come after, as now."""
        order = sorted(self.left, key=lambda name: -figures.get(name, -1.0))
        return [Place(name, figures.get(name)) for name in order]


Order = Callable[[Task], tuple[tuple[str, ...], list[Place]]]


def ordered(project: Project, by: str, layers: Sequence[str] = (), seed: int = 0) -> Queue:
    """Return an order for the queue of a project, which `store` puts it into; done ones come last.

    A document is done if it is in every work layer in which anything is. Raises `GloseError`
    where a layer that is needed is missing.
    """
    finished = _finished(project)
    names = _names(project)
    done = [name for name in names if name in finished]
    left = [name for name in names if name not in finished]
    used, places = ORDERS[by](Task(project, left, done, layers, seed))
    places += [Place(name, None, done=True) for name in done]
    return Queue(by, used, tuple(places))


def store(project: Project, queue: Queue) -> None:
    """Put the documents of a project into an order."""
    project.order(place.id for place in queue.documents)


def _names(project: Project) -> list[str]:
    wanted = select(documents.c.name).order_by(documents.c.place, documents.c.id)
    with project.database.reading() as connection:
        return list(connection.execute(wanted).scalars())


def _finished(project: Project) -> set[str]:
    work = [project.documents(one.name) for one in project.layers() if one.kind == "work"]
    done = [_done(rows) for rows in work if any(row.revision for row in rows)]
    return set.intersection(*done) if done else set()


def _done(rows: Iterable[Row]) -> set[str]:
    return {row.id for row in rows if row.state == DONE}


def _uncertainty(task: Task) -> tuple[tuple[str, ...], list[Place]]:
    """Order by how unsure an extractor was of a document."""
    name = _unsure(task)
    begun = task.begun(name)
    figures = {}
    for document in task.left:
        figure = _told(task, document, name) if document in begun else None
        if figure is not None:
            figures[document] = figure
    return (name,), task.ranked(figures)


def _unsure(task: Task) -> str:
    """Return the layer that tells how unsure its extractor was: that named, or the only one."""
    if len(task.layers) > 1:
        raise GloseError("uncertainty is that of one layer; give --layer once")
    named = [task.layer(name).name for name in task.layers]
    found = [name for name in named or task.of_kind("suggestions") if _tells(task, name)]
    if len(found) > 1:
        raise GloseError(f"{' and '.join(found)} tell how unsure they are; choose with --layer")
    if not found:
        which = f"layer {shown(named[0])} does not tell" if named else "no layer tells"
        raise GloseError(
            f"{which} how unsure it is of a document; import predictions of an extractor that "
            "does: glose annotate run crf:MODEL CORPUS -o FILE"
        )
    return found[0]


def _tells(task: Task, layer: str) -> bool:
    first = next(iter(task.begun(layer)), None)
    return first is not None and _told(task, first, layer) is not None


def _told(task: Task, document: str, layer: str) -> float | None:
    """Return the uncertainty that stands in `extra` of a record, if one does."""
    record = task.record(document, layer)
    value = next((one.value for one in record.extra if one.name == UNCERTAINTY), None)
    try:
        return None if value is None else float(value)
    except ValueError as error:
        what = f"extra: found {UNCERTAINTY} {shown(value or '')}; expected a number"
        raise GloseError(f"document {shown(document)} in layer {shown(layer)}: {what}") from error


def _disagreement(task: Task) -> tuple[tuple[str, ...], list[Place]]:
    """Order by how far layers are apart."""
    names = _compared(task)
    begun = {name: task.begun(name) for name in names}
    figures = {}
    for document in task.left:
        records = [task.record(document, name) for name in names if document in begun[name]]
        figure = disagreement(records)
        if figure is not None:
            figures[document] = figure
    return tuple(names), task.ranked(figures)


def _compared(task: Task) -> list[str]:
    """Return the layers to compare: those named, or those of work."""
    names = [task.layer(name).name for name in dict.fromkeys(task.layers)] or task.of_kind("work")
    if len(names) < 2:
        there = ", ".join(one.name for one in task.project.layers()) or "none"
        raise GloseError(
            f"disagreement needs two layers or more; name them with --layer (there are: {there})"
        )
    return names


def _diversity(task: Task) -> tuple[tuple[str, ...], list[Place]]:
    """Order so that each text is as unlike what is done and what comes before as can be."""
    with task.project.database.reading() as connection:
        found = {name: text for _, name, text in texts(connection)}
    names = [*task.left, *task.done]
    covered = range(len(task.left), len(names))
    order = farthest([found[name] for name in names], covered)
    return (), [Place(names[number], distance) for number, distance in order]


def _random(task: Task) -> tuple[tuple[str, ...], list[Place]]:
    """Order by chance: the same seed gives the same order, whatever the queue was."""
    names = sorted(task.left)
    random.Random(task.seed).shuffle(names)  # noqa: S311  # no secret
    return (), [Place(name, None) for name in names]


#: Every order that `glose annotate queue --by` knows.
ORDERS: Mapping[str, Order] = {
    "uncertainty": _uncertainty,
    "disagreement": _disagreement,
    "diversity": _diversity,
    "random": _random,
}


def lines(queue: Queue) -> Iterator[str]:
    """Yield the queue as lines: place, figure, id; `-` where there is no figure."""
    width = len(str(len(queue.documents)))
    for number, place in enumerate(queue.documents, start=1):
        figure = "-" if place.figure is None else f"{place.figure:.4f}"
        yield f"{number:>{width}}  {'done' if place.done else figure:>6}  {place.id}"
