"""Aligning: records that quote, with the offsets of what they quote in the text of gold.

A quoting record is one of `doc/1` whose mentions, triggers and arguments may have a `text` and no
offsets; a trigger may be a mere string (outlines.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from glose.corpus import identification, jsonl
from glose.corpus.document import ANNOTATIONS, Document, Pair
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.jsonl import completed, decode
from glose.corpus.rules import faults
from glose.evaluate import outlines, sentences
from glose.evaluate.alignment import Extra, Policy, Row, parts, rows
from glose.evaluate.quotations import Quotable
from glose.evaluate.quoting import Placed, Placing, Quote, Report
from glose.evaluate.survey import lines

#: What becomes of a quote that has no place: it is kept in the record, where metrics of words and
#: of arguments count it as spurious, or it is left out.
Unplaced: TypeAlias = Literal["keep", "drop"]

Json: TypeAlias = dict[str, Any]

#: How `extra` names what has no place: `unplaced:mention:PER`.
UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Manner:
    """How quotes are aligned.

    With `every` a mention that is quoted stands at all its places. A record of `extra` documents,
    which gold does not have, is an error or is passed over.
    """

    unplaced: Unplaced = "keep"
    every: bool = False
    extra: Extra = "error"


def align(gold: Path, quotes: Path, output: Path, *, manner: Manner | None = None) -> Report:
    """Write the records of `quotes` with offsets into the text of gold, and return how it went.

    Quotes without a place are in the report, with the reason. Raises `GloseError` where a record
    is not of gold, or is no record, and where there is none.
    """
    report = Report()
    manner = manner or Manner()
    if next(lines(quotes), None) is None:
        raise GloseError(f"{quotes}: no records; expected those that quote, one document a line")
    policy = Policy(missing="ignore", extra=manner.extra)
    found = (
        _aligned(row, quotes, manner, report)
        for part in parts(gold, [quotes], policy)
        for row in rows(part)
    )
    jsonl.write(output, found)
    return report


def _aligned(row: Row, path: Path, manner: Manner, report: Report) -> Document:
    line = row.predicted[0]
    if line is None:  # the policy leaves such rows out
        raise InputError(Place(str(path), None, row.id), "no such document")
    place = Place(str(path), line.number, row.id)
    record = outlines.checked(line.content, place)
    made = _Record(decode(row.gold.content), identification.identified(record), manner, report)  # type: ignore[arg-type]  # a record stays one
    try:
        document = msgspec.convert(made.record(), Document)
    except msgspec.ValidationError as error:
        raise InputError(place, f"not a record that quotes: {error}") from error
    document = completed(document, path.name.split(".")[0])
    for fault in faults(document, document):
        raise InputError(place, fault)
    report.documents += 1
    return document


@dataclass(slots=True)
class _Record:
    """One record while it gets its offsets into the text of gold."""

    gold: Document
    given: Json
    manner: Manner
    report: Report
    extra: list[Json] = field(default_factory=list)
    mentions: list[Json] = field(default_factory=list)
    segments: list[Json] = field(default_factory=list)
    text: str = field(init=False)
    placing: Placing = field(init=False)
    free: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.gold.text or ""
        self.placing = Placing(Quotable(self.text), sentences.ends(self.gold))
        lists = (self.given.get(name, ()) for name in identification.LETTERS)
        taken = {each["id"] for items in lists for each in items}
        self.free = (name for n in count(1) if (name := f"q{n}") not in taken)

    def record(self) -> Json:
        """Return the record with offsets."""
        given = dict(self.given)
        lists = [name for name in ANNOTATIONS if name in given]
        given.setdefault("status", {"annotated": lists})
        self.segments = list(given.get("segments", ()))
        self.mentions = list(self._mentions(given.get("mentions", ())))
        for name in ("events", "relations"):
            if name in given:
                items = enumerate(given[name])
                found = (self._owner(dict(each), f"{name}[{n}]") for n, each in items)
                given[name] = [each for each in found if each is not None]
        if "entities" in given:
            there = {mention["id"] for mention in self.mentions}
            given["entities"] = [_clustered(each, there) for each in given["entities"]]
        if "mentions" in given or self.mentions:
            given["mentions"] = self.mentions
        given["segments"] = sorted(self.segments, key=lambda s: (s["start"], -s["end"], s["id"]))
        given["extra"] = [*given.get("extra", ()), *self.extra]
        return given | {"text": self.text, "text_sha256": None}

    def _mentions(self, items: Sequence[Json]) -> Iterator[Json]:
        quotes = {
            number: _quote(each, f"mentions[{number}]")
            for number, each in enumerate(items)
            if "end" not in each
        }
        placed: list[list[Placed]]
        if self.manner.every:
            placed = [self.placing.every(quote) for quote in quotes.values()]
        else:
            found = self.placing.listed(list(quotes.values()))
            placed = [[each] if each else [] for each in found]
        places = dict(zip(quotes, placed, strict=True))
        for number, each in enumerate(items):
            if number not in quotes:
                yield each
                continue
            if not places[number]:
                self._reject(quotes[number], "mention")
            for copy, one in enumerate(places[number]):
                self.report.placed(one)
                yield self._located(each, one) | ({"id": next(self.free)} if copy else {})

    def _located(self, item: Json, placed: Placed) -> Json:
        start, end = placed.place
        rest = {name: value for name, value in item.items() if name not in ("context", "quote")}
        return rest | {"start": start, "end": end, "text": self.text[start:end]}

    def _owner(self, owner: Json, path: str) -> Json | None:
        """Return an event or a relation with the places of its triggers and arguments.

        First comes what can stand at one place only; the rest is in its sentence, or near it.
        """
        triggers = _triggers(owner)
        args = [dict(each) for each in owner.get("args", ())]
        near: list[int] = []
        for each in (*triggers, *args):
            quote = _quote(each, path)
            found = self.placing.text.find(quote.text) if _quotes(each) else None
            if found and len(found.places) == 1:
                near.append(found.places[0][0])
            elif "end" in each:
                near.append(each["start"])
        located = [self._trigger(each, f"{path}.triggers[{n}]", owner, near)
                   for n, each in enumerate(triggers)]  # fmt: skip
        owner["triggers"] = [each for each in located if each]
        near = [each["start"] for each in owner["triggers"]] or near
        if triggers and not owner["triggers"] and self.manner.unplaced == "drop":
            return None
        filled = (self._argument(each, f"{path}.args[{n}]", near) for n, each in enumerate(args))
        owner["args"] = [each for each in filled if each]
        return owner

    def _trigger(self, item: Json, path: str, owner: Json, near: Sequence[int]) -> Json | None:
        if "end" in item:
            return item
        quote = _quote(item | {"type": owner.get("type", "")}, path)
        placed = self.placing.single(quote, near)
        if placed is None:
            self._reject(quote, "trigger")
            return None
        self.report.placed(placed)
        return self._located(item, placed)

    def _argument(self, item: Json, path: str, near: Sequence[int]) -> Json | None:
        if not _quotes(item):
            return item
        quote = _quote(item | {"type": item["role"]}, path)
        placed = self.placing.single(quote, near)
        kept = {name: item[name] for name in ("role", "attrs") if name in item}
        if placed is None:
            self._reject(quote, "argument")
            return kept | {"value": quote.text} if self.manner.unplaced == "keep" else None
        self.report.placed(placed)
        return kept | {"ref": self._filler(placed.place, item.get("type"))}

    def _filler(self, place: Pair, wanted: str | None) -> str:
        """Return the id of what stands at a place: a mention, or else a segment made for it."""
        here = [m for m in self.mentions if (m["start"], m["end"]) == place]
        here.sort(key=lambda mention: mention["type"] != wanted)
        for each in (*here, *self.segments):
            if (each["start"], each["end"]) == place and (each in here or each["type"] == "quote"):
                name: str = each["id"]
                return name
        made = {"id": next(self.free), "type": "quote", "start": place[0], "end": place[1]}
        self.segments.append(made)
        return str(made["id"])

    def _reject(self, quote: Quote, kind: str) -> None:
        reason = "nothing like it in the text" if quote.text.strip() else "the quote is empty"
        self.report.rejected(str(self.given.get("id")), quote, reason)
        if self.manner.unplaced == "keep" and kind != "argument":
            name = f"{UNPLACED}:{kind}:{quote.type}"
            self.extra.append({"name": name, "value": quote.text})


def _quotes(item: Mapping[str, Any]) -> bool:
    """Tell whether an item has words and nothing else that says where it is."""
    return "text" in item and "end" not in item and not item.get("ref")


def _quote(item: Mapping[str, Any], path: str) -> Quote:
    start = item.get("start")
    return Quote(path, str(item.get("type", "")), str(item.get("text") or ""),
                 start if isinstance(start, int) else None, item.get("context"))  # fmt: skip


def _triggers(owner: Json) -> list[Json]:
    """Return the triggers of an event; `trigger` may be one of them, or its words."""
    found = list(owner.get("triggers", ()))
    if owner.get("trigger") is not None:
        found.append(owner["trigger"])
    owner.pop("trigger", None)
    return [{"text": each} if isinstance(each, str) else dict(each) for each in found]


def _clustered(entity: Json, there: set[str]) -> Json:
    """Return an entity without the mentions that have no place; it needs a name without any."""
    left = [name for name in entity.get("mentions", ()) if name in there]
    named = {} if left or entity.get("name") else {"name": entity["id"]}
    return {**entity, "mentions": left, **named}
