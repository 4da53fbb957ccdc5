"""Argilla 2: records as JSON, with suggestions and responses (https://docs.argilla.io)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from glose.corpus.document import Attribute, Document, Label, Mention, Provenance
from glose.corpus.errors import Place
from glose.corpus.formats import described, items, peeking
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.items import Shape
from glose.corpus.formats.label_studio_reading import stated
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names
from glose.corpus.rulers import UNITS, MisplacedError, Ruler

HOLDS = frozenset({
    "texts", "metadata", "labels", "mentions", "nested mentions", "crossing mentions",
    "types of mentions",
})  # fmt: skip
NOBODY = "00000000-0000-0000-0000-000000000000"
OPTIONS = (
    Option("unit", "in which offsets are counted", "code points", UNITS),
    Option("text", "which field has the text; `text`, or the only one with a string"),
    Option("question", "which question of spans is written", "spans"),
    Option("form", "as what is written", "responses", ("responses", "suggestions")),
    Option("user", "whose responses are written: the UUID of a user of the server", NOBODY),
    Option("predictions", "whether to read suggestions too, as layers", "no", ("no", "yes")),
)


class Response(Shape, frozen=True):
    """What somebody, or a model, answered to a question."""

    value: Any = None
    user_id: str | None = None
    agent: str | None = None


class Span(Shape, frozen=True):
    """A part of the answer to a question of spans."""

    start: int
    end: int
    label: str
    text: str | None = None


class Record(Shape, frozen=True):
    """A record as `records.to_json` writes it."""

    fields: dict[str, Any]
    id: int | str | None = None
    metadata: dict[str, Any] | None = None
    suggestions: dict[str, Response | None] | None = None
    responses: dict[str, tuple[Response, ...] | None] | None = None
    status: str | None = None


#: Answers by question.
Answers = dict[str, Any]


def _read(path: Path, task: Task) -> Iterator[Document]:
    for number, (place, data) in enumerate(items.items(path, task), start=1):
        with task.rejects.aside(place, data.decode()):
            record = items.decoded(data, Record)
            yield from _layers(record, items.identified(record.id, path, number), place, task)


def _layers(record: Record, name: str, place: Place, task: Task) -> Iterator[Document]:
    """Yield a document for each annotator of a record; for the bare text if there is none."""
    key, text = _text(record.fields, task["text"])
    ruler = Ruler(text, task["unit"] or "code points")
    source = Provenance(file=place.source, format="argilla")
    bare = Document(id=name, text=ruler.text, provenance=source)
    others = {k: v for k, v in record.fields.items() if k != key}
    bare = described.described((record.metadata or {}) | others, bare)
    by_user: dict[str, Answers] = {}
    for question, responses in (record.responses or {}).items():
        for response in responses or ():
            by_user.setdefault(response.user_id or "", {})[question] = response.value
    for user, answers in by_user.items():
        found = _answered(bare, answers, ruler, place, task)
        yield replace(found, layer=f"user-{user}" if len(by_user) > 1 else "")
    guessed = {q: one for q, one in (record.suggestions or {}).items() if one is not None}
    if guessed and task["predictions"] == "yes":
        agents = sorted({one.agent or "suggestion" for one in guessed.values()})
        for agent in agents:
            own = {q: r.value for q, r in guessed.items() if (r.agent or "suggestion") == agent}
            yield replace(_answered(bare, own, ruler, place, task), layer=agent)
    elif guessed:
        task.losses.note("suggestions are left out (--option predictions=yes reads them)")
    if not by_user:
        yield bare


def _text(fields: dict[str, Any], wanted: str | None) -> tuple[str, str]:
    strings = {key: value for key, value in fields.items() if isinstance(value, str)}
    key = wanted or ("text" if "text" in strings else None)
    if key is None and len(strings) == 1:
        key = next(iter(strings))
    if key is None or key not in strings:
        there = ", ".join(strings) or "none with a string"
        what = f"fields have no {key or 'text'!r} (there are: {there})"
        raise MalformedError(f"{what}; name one with --option text=FIELD")
    return key, strings[key]


def _answered(
    bare: Document, answers: Answers, ruler: Ruler, place: Place, task: Task
) -> Document:
    """Return a document with the answers of one annotator."""
    names = Names()
    mentions: list[Mention] = []
    labels: list[Label] = []
    extra = list(bare.extra)
    for question, answer in answers.items():
        for one in answer if isinstance(answer, list) else [answer]:
            if isinstance(one, dict) and "start" in one:
                with task.rejects.aside(place, one):
                    mentions.append(_mention(one, ruler, names))
            elif isinstance(one, dict):
                extra.append(Attribute(question, items.encoded(one).decode()))
            elif one is not None:
                value = one if isinstance(one, str) else items.encoded(one).decode()
                labels.append(Label(question, value))
    found = replace(bare, mentions=tuple(mentions), labels=tuple(labels), extra=tuple(extra))
    return replace(found, status=stated(found))


def _mention(given: object, ruler: Ruler, names: Names) -> Mention:
    span = items.converted(given, Span)
    try:
        return Mention(
            names.new(None, "m"), span.label, *ruler.span(span.start, span.end, span.text)
        )
    except MisplacedError as error:
        raise MalformedError(f"span {span.label}: {error}") from error


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    return items.write_list(path, (_record(one, task) for one in found))


def _record(document: Document, task: Task) -> dict[str, object]:
    document = _fitted(document, task)
    ruler = Ruler(document.text or "", task["unit"] or "code points")
    spans = [
        {"start": ruler.offset(m.start), "end": ruler.offset(m.end), "label": m.type}
        for m in document.mentions
    ]
    answers: Answers = {task["question"] or "spans": spans}
    by_scheme: dict[str, list[str]] = {}
    for label in document.labels:
        by_scheme.setdefault(label.scheme, []).append(label.value)
    answers |= {s: values if len(values) > 1 else values[0] for s, values in by_scheme.items()}
    metadata = {k: _flat(v) for k, v in described.keys(document).items()}
    record: dict[str, object] = {
        "id": document.id,
        "status": "completed",
        "fields": {task["text"] or "text": document.text},
        "metadata": metadata,
        "suggestions": {},
        "responses": {},
        "vectors": {},
    }
    if task["form"] == "suggestions":
        guessed = {q: {"value": v, "score": None, "agent": None} for q, v in answers.items()}
        return record | {"suggestions": guessed, "status": "pending"}
    given = {q: [{"value": v, "user_id": task["user"]}] for q, v in answers.items()}
    return record | {"responses": given}


def _flat(value: object) -> object:
    """Return metadata as Argilla takes it: strings, or lists of them."""
    if isinstance(value, list):
        return [_flat(part) for part in value]
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _fitted(document: Document, task: Task) -> Document:
    taken = task["question"] or "spans"
    labels = tuple(
        replace(label, scheme=f"{taken}_") if label.scheme == taken else label
        for label in document.labels
    )
    if labels == document.labels:
        return document
    found = replace(document, labels=labels)
    return task.losses.step(found, "a scheme cannot be called as the question of spans")


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    answers = found.get("responses") == "{" or found.get("suggestions") == "{"
    return found.get("fields") == "{" and answers


FORMAT = Format(
    "Argilla 2: records with responses, as JSON",
    (".argilla.json", ".argilla.jsonl"),
    _read,
    _write,
    _detect,
    holds=HOLDS,
    options=OPTIONS,
)
