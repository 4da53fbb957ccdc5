"""Label Studio: tasks as JSON, with what annotators marked in them (https://labelstud.io)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import Document, Provenance
from glose.corpus.errors import Place
from glose.corpus.formats import described, items, peeking
from glose.corpus.formats.declaration import NAME, Format, Option, Task
from glose.corpus.formats.label_studio_reading import Annotation, Assignment, Regions
from glose.corpus.formats.label_studio_writing import fitted, results
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.rulers import UNITS, Ruler

#: What a task with regions, relations and choices can say.
HOLDS = frozenset({
    "texts", "metadata", "labels", "events", "arguments", "events as arguments", "relations",
    "properties of events", "attributes of events", "mentions", "nested mentions",
    "crossing mentions", "entities", "types of mentions", "levels", "values", "links",
    "attributes of mentions",
})  # fmt: skip
PARTLY = {"event clusters": "of two events or more, an event in one at most"}
OPTIONS = (
    NAME,
    Option("unit", "in which offsets are counted; old versions: utf16", "code points", UNITS),
    Option("text", "which key of `data` has the text; `text`, or the only one with a string"),
    Option("events", "which controls (`from_name`) mark triggers, with commas", "event"),
    Option("coreference", "which relation joins the mentions of one thing", "coreference"),
    Option("predictions", "whether to read predictions too, as layers", "no", ("no", "yes")),
)


def _read(path: Path, task: Task) -> Iterator[Document]:
    for number, (place, data) in enumerate(items.items(path, task), start=1):
        with task.rejects.aside(place, data.decode()) as item:
            found = items.decoded(data, Assignment)
            name = items.identified(found.data.get("id", found.id), path, number, task[NAME.name])
            yield from _Sheet(found, name, item.of(name), task).layers()


class _Sheet:
    """A task with the text that its annotators had before them."""

    def __init__(self, found: Assignment, name: str, place: Place, task: Task) -> None:
        self.found, self.place, self.task = found, place, task
        key = _text_key(found, task["text"])
        text = found.data[key]
        self.ruler = Ruler(text, task["unit"] or "code points")
        source = Provenance(file=place.source, format="label-studio")
        others = {k: v for k, v in found.data.items() if k not in {key, "id"}}
        bare = Document(id=name, text=text, provenance=source)
        self.bare = described.described(found.meta | others, bare)

    def layers(self) -> Iterator[Document]:
        """Yield a document for each annotation and prediction; the bare text if none is there."""
        done = [one for one in self.found.annotations if not one.was_cancelled]
        if len(done) < len(self.found.annotations):
            self.task.losses.note("annotations that were cancelled are left out")
        for annotation in done:
            alone = len(done) == 1 or annotation.ground_truth
            yield self._layer(annotation, "" if alone else annotation.annotator)
        yield from self._predicted()
        if not done:
            yield replace(self.bare, text=self.ruler.text)

    def _predicted(self) -> Iterator[Document]:
        predictions = self.found.predictions
        if predictions and self.task["predictions"] == "no":
            what = "predictions are left out (--option predictions=yes reads them)"
            self.task.losses.note(what)
            return
        for raw in predictions:
            prediction = items.decoded(bytes(raw), Annotation)
            yield self._layer(prediction, prediction.model_version or "prediction")

    def _layer(self, annotation: Annotation, layer: str) -> Document:
        regions = Regions(self.ruler, self.place, self.task)
        return replace(regions.document(annotation, self.bare), layer=layer)


def _text_key(found: Assignment, wanted: str | None) -> str:
    """Return which key of the data has the text; raise `MalformedError` if none has it."""
    strings = items.strings(found.data)
    key = items.text_key(strings, wanted, {"id"})
    if key is None:
        there = ", ".join(strings) or "none with a string"
        what = f"data has no {wanted or 'text'!r} (keys: {there})"
        raise MalformedError(f"{what}; name the key with --option text=KEY")
    return key


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    return items.write_list(path, (_task(one, task) for one in found))


def _task(document: Document, task: Task) -> dict[str, object]:
    ruler = Ruler(document.text or "", task["unit"] or "code points")
    kept = fitted(document, task)
    return {
        "data": {"id": document.id, "text": document.text},
        "meta": described.keys(kept),
        "annotations": [{"result": list(results(kept, ruler, task))}],
    }


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    return found.get("data") == "{" and (
        found.get("annotations") == "[" or found.get("predictions") == "["
    )


FORMAT = Format(
    "Label Studio: tasks with annotations, as JSON",
    (".label-studio.json", ".labelstudio.json"),
    _read,
    _write,
    _detect,
    holds=HOLDS,
    partly=PARTLY,
    options=OPTIONS,
)
