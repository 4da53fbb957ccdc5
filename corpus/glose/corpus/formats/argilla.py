"""Argilla 2: records as JSON, with suggestions and responses (https://docs.argilla.io)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import Attribute, Document, Label, Mention, Provenance
from glose.corpus.errors import Place
from glose.corpus.formats import described, items, peeking
from glose.corpus.formats.declaration import NAME, Format, Option, Task
from glose.corpus.formats.items import Shape
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, placed
from glose.corpus.formats.statuses import stated
from glose.corpus.rulers import UNITS, Ruler

HOLDS = frozenset({
    "texts", "metadata", "labels", "mentions", "nested mentions", "crossing mentions",
    "types of mentions",
})  # fmt: skip
NOBODY = "00000000-0000-0000-0000-000000000000"
OPTIONS = (
    NAME,
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
        with task.rejects.aside(place, data.decode()) as item:
            record = items.decoded(data, Record)
            name = items.identified(record.id, path, number, task[NAME.name])
            yield from _Sheet(record, name, item.of(name), task).layers()


class _Sheet:
    """A record, with the text that its annotators were asked about."""

    def __init__(self, record: Record, name: str, place: Place, task: Task) -> None:
        self.record, self.place, self.task = record, place, task
        key = _text_key(record, task["text"])
        self.ruler = Ruler(record.fields[key], task["unit"] or "code points")
        source = Provenance(file=place.source, format="argilla")
        bare = Document(id=name, text=self.ruler.text, provenance=source)
        others = {k: v for k, v in record.fields.items() if k != key}
        self.bare = described.described((record.metadata or {}) | others, bare)

    def layers(self) -> Iterator[Document]:
        """Yield a document for each annotator and agent; for the bare text if nobody answered."""
        by_user = _by_user(self.record)
        for user, answers in by_user.items():
            layer = f"user-{user}" if len(by_user) > 1 else ""
            yield replace(self._answered(answers), layer=layer)
        by_agent = _by_agent(self.record)
        if self.task["predictions"] == "yes":
            for agent in sorted(by_agent):
                yield replace(self._answered(by_agent[agent]), layer=agent)
        elif by_agent:
            what = "suggestions are left out (--option predictions=yes reads them)"
            self.task.losses.note(what)
        if not by_user:
            yield self.bare

    def _answered(self, answers: Answers) -> Document:
        """Return a document with the answers of one annotator."""
        names = Names()
        mentions: list[Mention] = []
        labels: list[Label] = []
        extra = list(self.bare.extra)
        for question, one in _singly(answers):
            if isinstance(one, dict) and "start" in one:
                with self.task.rejects.aside(self.place, one):
                    mentions.append(self._mention(one, names))
            elif isinstance(one, dict):
                extra.append(Attribute(question, items.worded(one)))
            elif one is not None:
                labels.append(Label(question, items.worded(one)))
        made = tuple(mentions), tuple(labels), tuple(extra)
        found = replace(self.bare, mentions=made[0], labels=made[1], extra=made[2])
        return replace(found, status=stated(found))

    def _mention(self, given: object, names: Names) -> Mention:
        span = items.converted(given, Span)
        name, whose = names.new(None, "m"), f"span {span.label}"
        pair = placed(self.ruler, (span.start, span.end), span.text, whose)
        return Mention(name, span.label, *pair)


def _text_key(record: Record, wanted: str | None) -> str:
    """Return which field has the text; raise `MalformedError` if none has it."""
    strings = items.strings(record.fields)
    key = items.text_key(strings, wanted)
    if key is None:
        there = ", ".join(strings) or "none with a string"
        what = f"fields have no {wanted or 'text'!r} (there are: {there})"
        raise MalformedError(f"{what}; name one with --option text=FIELD")
    return key


def _by_user(record: Record) -> dict[str, Answers]:
    """Return what each user responded."""
    found: dict[str, Answers] = {}
    for question, responses in (record.responses or {}).items():
        for response in responses or ():
            found.setdefault(response.user_id or "", {})[question] = response.value
    return found


def _by_agent(record: Record) -> dict[str, Answers]:
    """Return what each agent suggested."""
    found: dict[str, Answers] = {}
    for question, one in (record.suggestions or {}).items():
        if one is not None:
            found.setdefault(one.agent or "suggestion", {})[question] = one.value
    return found


def _singly(answers: Answers) -> Iterator[tuple[str, Any]]:
    """Yield each question with its answer; one that has several answers comes with each."""
    for question, answer in answers.items():
        for one in answer if isinstance(answer, list) else [answer]:
            yield question, one


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    return items.write_list(path, (_record(one, task) for one in found))


def _record(document: Document, task: Task) -> dict[str, object]:
    document = _fitted(document, task)
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
    answers = _answers(document, task)
    if task["form"] == "suggestions":
        guessed = {q: {"value": v, "score": None, "agent": None} for q, v in answers.items()}
        return record | {"suggestions": guessed, "status": "pending"}
    given = {q: [{"value": v, "user_id": task["user"]}] for q, v in answers.items()}
    return record | {"responses": given}


def _answers(document: Document, task: Task) -> Answers:
    """Return the mentions as the answer to the question of spans, and labels by scheme."""
    ruler = Ruler(document.text or "", task["unit"] or "code points")
    spans = [
        {"start": ruler.offset(m.start), "end": ruler.offset(m.end), "label": m.type}
        for m in document.mentions
    ]
    labels = described.grouped((label.scheme, label.value) for label in document.labels)
    return {task["question"] or "spans": spans} | labels


def _flat(value: object) -> object:
    """Return metadata as Argilla takes it: strings, or lists of them."""
    return [_flat(part) for part in value] if isinstance(value, list) else items.worded(value)


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
