"""Label Studio: tasks as JSON, with what annotators marked in them (https://labelstud.io)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import Document, Provenance
from glose.corpus.errors import Place
from glose.corpus.formats import described, items, peeking
from glose.corpus.formats.declaration import Format, Option, Task
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
    Option("unit", "in which offsets are counted", "utf16", UNITS),
    Option("text", "which key of `data` has the text; `text`, or the only one with a string"),
    Option("events", "which controls (`from_name`) mark triggers, with commas", "event"),
    Option("coreference", "which relation joins the mentions of one thing", "coreference"),
    Option("predictions", "whether to read predictions too, as layers", "no", ("no", "yes")),
)


def _read(path: Path, task: Task) -> Iterator[Document]:
    for number, (place, data) in enumerate(items.items(path, task), start=1):
        with task.rejects.aside(place, data.decode()):
            found = items.decoded(data, Assignment)
            name = items.identified(found.data.get("id", found.id), path, number)
            yield from _layers(found, name, place, task)


def _layers(found: Assignment, name: str, place: Place, task: Task) -> Iterator[Document]:
    """Yield a document for each annotation of a task; for the bare text if there is none."""
    key, text = _text(found.data, task["text"])
    bare = Document(
        id=name, text=text, provenance=Provenance(file=place.source, format="label-studio")
    )
    others = {k: v for k, v in found.data.items() if k not in {key, "id"}}
    bare = described.described(found.meta | others, bare)
    ruler = Ruler(text, task["unit"] or "utf16")
    done = [one for one in found.annotations if not one.was_cancelled]
    if len(done) < len(found.annotations):
        task.losses.note("annotations that were cancelled are left out")
    for annotation in done:
        layer = "" if len(done) == 1 or annotation.ground_truth else annotation.annotator
        regions = Regions(ruler, place, task)
        yield replace(regions.document(annotation, bare), layer=layer)
    yield from _predicted(found, bare, ruler, place, task)
    if not done:
        yield replace(bare, text=ruler.text)


def _text(data: dict[str, object], wanted: str | None) -> tuple[str, str]:
    """Return the key of the text of a task, and the text."""
    strings = {key: value for key, value in data.items() if isinstance(value, str)}
    key = wanted or ("text" if "text" in strings else None)
    if key is None and len(strings.keys() - {"id"}) == 1:
        key = next(iter(strings.keys() - {"id"}))
    if key is None or key not in strings:
        there = ", ".join(strings) or "none with a string"
        what = f"data has no {key or 'text'!r} (keys: {there})"
        raise MalformedError(f"{what}; name the key with --option text=KEY")
    return key, strings[key]


def _predicted(
    found: Assignment, bare: Document, ruler: Ruler, place: Place, task: Task
) -> Iterator[Document]:
    if not found.predictions:
        return
    if task["predictions"] == "no":
        task.losses.note("predictions are left out (--option predictions=yes reads them)")
        return
    for raw in found.predictions:
        prediction = items.decoded(bytes(raw), Annotation)
        regions = Regions(ruler, place, task)
        layer = prediction.model_version or "prediction"
        yield replace(regions.document(prediction, bare), layer=layer)


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    return items.write_list(path, (_task(one, task) for one in found))


def _task(document: Document, task: Task) -> dict[str, object]:
    ruler = Ruler(document.text or "", task["unit"] or "utf16")
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
    offsets="utf16",
    options=OPTIONS,
)
