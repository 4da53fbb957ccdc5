"""TextEE and OneIE: a window of a document a line (https://github.com/ej0cl6/TextEE)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import Document, Relation, covered
from glose.corpus.errors import GloseError
from glose.corpus.formats import items, peeking, presence, windows, words
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import ENDS
from glose.corpus.formats.filenames import twice
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.textee_reading import OTHER_ENDS, RELATIONS, Window, Windows

HOLDS = frozenset({
    "events", "relations not of two", "roles in relations", "mentions", "nested mentions",
    "crossing mentions", "types of mentions", "levels", "sentences", "tokens",
})  # fmt: skip
PARTLY = {
    "arguments": "of mentions in the window of the trigger",
    "relations": "of mentions in one window",
}
OPTIONS = (
    Option("form", "whose keys are written", "textee", ("textee", "oneie")),
    Option("separator", "what is between the parts of a type, which are a path", ":"),
)


def _read(path: Path, task: Task) -> Iterator[Document]:
    document: Windows | None = None
    seen: set[str] = set()
    related = bool(presence.filled(path, RELATIONS))
    for place, data in items.items(path, task):
        window: Window | None = None
        with task.rejects.aside(place, data.decode()):
            window = items.decoded(data, Window)
            if document is None or document.name != window.doc_id:
                if window.doc_id in seen:
                    what = f"a window of {window.doc_id} after those of another document"
                    raise MalformedError(f"{what}; expected them one after another")
                if document is not None:
                    yield document.whole()
                seen.add(window.doc_id)
                document = Windows(window.doc_id, place, task, related=related)
            document.take(window, place)
    if document is not None:
        yield document.whole()


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    number = 0

    def lines() -> Iterator[dict[str, object]]:
        nonlocal number
        seen: set[str] = set()
        for document in found:
            number += 1
            if document.id in seen:
                raise GloseError(twice(path, document.id))
            seen.add(document.id)
            yield from _windows(document, task)

    items.write_lines(path, lines())
    return number


def _windows(document: Document, task: Task) -> Iterator[dict[str, object]]:
    fitted = windows.fitted(_respelt(document, task), task.losses)
    cut = windows.Cut(fitted, task.losses, "window")
    document, homes = cut.document, cut.homes
    sheets = [_Sheet(document, cut.words, pair, task) for pair in cut.ranges or [(0, 0)]]
    for mention in document.mentions:
        sheets[homes.of(mention.id)].mention(mention.id)
    for event in document.events:
        sheets[homes.of(event.id)].event(event.id)
    for relation in document.relations:
        sheets[homes.of(relation.args[0].ref)].relation(relation.id)
    yield from (sheet.line(number) for number, sheet in enumerate(sheets))


def _respelt(document: Document, task: Task) -> Document:
    """Return a document with relations that have arguments, and types that are paths."""
    separator = task["separator"] or ":"
    relations = (_relation(r, separator) for r in document.relations if r.args)
    events = (replace(e, type=e.type.replace(separator, ".")) for e in document.events)
    found = replace(document, relations=tuple(relations), events=tuple(events))
    if found == document:
        return document
    why = "relations have arguments; types are paths, and Arg-1 is called Arg1"
    return task.losses.step(found, why)


def _relation(relation: Relation, separator: str) -> Relation:
    """Return a relation whose type is a path, with the roles that it is read with."""
    args = tuple(replace(a, role=OTHER_ENDS.get(a.role, a.role)) for a in relation.args)
    return replace(relation, type=relation.type.replace(separator, "."), args=args)


class _Sheet:
    """A window that is being written."""

    def __init__(
        self, document: Document, found: words.Words, pair: tuple[int, int], task: Task
    ) -> None:
        self.document, self.words, self.pair, self.task = document, found, pair, task
        self._mentions = {m.id: m for m in document.mentions}
        self._events = {e.id: e for e in document.events}
        self._relations = {r.id: r for r in document.relations}
        self._found: dict[str, list[dict[str, object]]] = {"m": [], "e": [], "r": []}

    def _type(self, type_: str) -> str:
        return type_.replace(".", self.task["separator"] or ":")

    def _place(self, start: int, end: int) -> dict[str, object]:
        first, after = self.words.range(start, end)
        base = self.pair[0]
        text = covered(self.words.text, start, end)
        return {"text": text, "start": first - base, "end": after - base}

    def mention(self, name: str) -> None:
        """Write a mention."""
        mention = self._mentions[name]
        found = {"id": name, "entity_type": mention.type} | self._place(mention.start, mention.end)
        if mention.level is not None:
            found["mention_type"] = mention.level
        self._found["m"].append(found)

    def _arguments(self, pairs: Iterable[tuple[str, str]]) -> list[dict[str, object]]:
        return [
            {"entity_id": ref, "role": role} | self._place(m.start, m.end)
            for role, ref in pairs
            for m in [self._mentions[ref]]
        ]

    def event(self, name: str) -> None:
        """Write an event."""
        event = self._events[name]
        trigger = event.triggers[0]
        self._found["e"].append({
            "id": name,
            "event_type": self._type(event.type),
            "trigger": self._place(trigger.start, trigger.end),
            "arguments": self._arguments((a.role, a.ref or "") for a in event.args),
        })  # fmt: skip

    def relation(self, name: str) -> None:
        """Write a relation."""
        relation = self._relations[name]
        roles = {role: other for other, role in OTHER_ENDS.items()}
        ends = tuple(argument.role for argument in relation.args) == ENDS
        self._found["r"].append({
            "id": name,
            "relation_type": relation.type.split(".")[0],
            "relation_subtype": self._type(relation.type),
            "arguments": self._arguments(
                (roles[a.role] if ends else a.role, a.ref or "") for a in relation.args
            ),
        })  # fmt: skip

    def line(self, number: int) -> dict[str, object]:
        """Return the window with its number."""
        first, after = self.pair
        tokens = self.words.tokens[first:after]
        text = self.words.text[tokens[0][0] : tokens[-1][1]] if tokens else ""
        name, key = ("sent_id", "sentence") if self.task["form"] == "oneie" else ("wnd_id", "text")
        return {
            "doc_id": self.document.id,
            name: f"{self.document.id}-{number}",
            key: text,
            "tokens": [self.words.text[start:end] for start, end in tokens],
            "entity_mentions": self._found["m"],
            "event_mentions": self._found["e"],
            RELATIONS: self._found["r"],
            "lang": self.document.language or "",
        }


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    return (
        found.get("doc_id") == '"'
        and found.get("tokens") == "["
        and ("wnd_id" in found or "sent_id" in found)
    )


FORMAT = Format(
    "TextEE and OneIE: a window of a document a line",
    (".textee.jsonl", ".oneie.json"),
    _read,
    _write,
    _detect,
    holds=HOLDS,
    partly=PARTLY,
    offsets="tokens",
    options=OPTIONS,
)
