"""GENIA event XML: sentences with terms in them, and after each the events that it states.

The scheme is that of the GENIA corpus manual (Kim et al., 2006); the meta-knowledge corpus
(Thompson et al., 2011) and GREC (Thompson et al., 2009) add attributes and roles to it. An event
repeats its sentence, with the words of its trigger marked (`clueType`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from glose.corpus.document import (
    Argument,
    Document,
    Event,
    Mention,
    Pair,
    Provenance,
    Segment,
    Status,
    Trigger,
)
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import inputs, markup, opening
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.flow import Flow
from glose.corpus.formats.inline import named, text_of
from glose.corpus.formats.markup import Element, local
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, span
from glose.corpus.formats.timexes import attributes
from glose.corpus.forms import shown

_ROOTS = frozenset({"Annotation", "PubmedArticleSet", "PubmedArticle"})
_PARTS = {"ArticleTitle": "title", "AbstractText": "paragraph"}
#: What marks a term; a coordination of terms is one where it has a name.
_TERMS = frozenset({"term", "cons"})
_POLARITY = {"exist": "Positive", "non-exist": "Negative"}
_REFERENCE = re.compile(r"idref\d*")
_WORD = re.compile(r"\S")


@dataclass(slots=True)
class Sheet:
    """What was found of an article so far; `ids` has the ids of terms and events by theirs."""

    task: Task
    source: str
    flow: Flow = field(default_factory=Flow)
    names: Names = field(default_factory=Names)
    ids: dict[str, str] = field(default_factory=dict)
    #: Each event element, with the place of its sentence in the flow.
    stated: list[tuple[Element, int]] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)

    def place(self, element: Element) -> Place:
        """Return where an element stands in its file."""
        return Place(self.source, element.sourceline, element.get("id"))


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".xml"):
        root = markup.root(inputs.content(file), Place(str(file)))
        articles = [each for each in root.iter() if local(each) == "Article"]
        if not articles:
            raise InputError(Place(str(file)), "no Article; expected GENIA event XML")
        for number, article in enumerate(articles, start=1):
            name = _pmid(article) or inputs.identifier(file, path)
            several = f"-{number}" if len(articles) > 1 and not _pmid(article) else ""
            yield _document(article, name + several, Sheet(task, str(file)))


def _pmid(article: Element) -> str:
    above = article.getparent()
    found = None if above is None else above.find("{*}PMID")
    return "" if found is None else text_of(found).strip()


def _document(article: Element, name: str, sheet: Sheet) -> Document:
    for part in article.iter():
        if local(part) in _PARTS:
            _part(sheet, part)
    text = sheet.flow.text
    mentions = tuple(_mentions(sheet))
    for element, _ in sheet.stated:
        sheet.ids.setdefault(element.get("id", ""), sheet.names.new(element.get("id"), "v"))
    return Document(
        id=name,
        text=text,
        segments=tuple(_segments(sheet)),
        mentions=mentions,
        events=_standing(sheet, mentions, list(_events(sheet, text))),
        status=Status(annotated=("mentions", "events")),
        provenance=Provenance(file=sheet.source, format="genia"),
    )


def _part(sheet: Sheet, part: Element) -> None:
    """Take the sentences of a title or an abstract, and what is stated of each."""
    if sheet.flow.size:
        sheet.flow.end_line()
    sheet.kinds[len(sheet.flow.places)] = _PARTS[local(part)]
    place = sheet.flow.begin(part)
    last = -1
    for child in part:
        if local(child) == "sentence":
            sheet.flow.add(" ")
            last = len(sheet.flow.places)
            sheet.kinds[last] = "sentence"
            _take(sheet.flow, child)
        elif local(child) == "event":
            if last < 0:
                where = sheet.place(child)
                sheet.task.rejects.add(where, "an event before any sentence; expected it after")
            else:
                sheet.stated.append((child, last))
    sheet.flow.finish(place)


def _take(flow: Flow, element: Element) -> None:
    """Take an element with all that is in it."""
    place = flow.begin(element)
    flow.add(element.text)
    for child in element:
        if local(child):
            _take(flow, child)
        flow.add(child.tail)
    flow.finish(place)


def _segments(sheet: Sheet) -> Iterator[Segment]:
    for number, kind in sheet.kinds.items():
        place = sheet.flow.places[number]
        if place.start is not None:
            yield Segment(sheet.names.new(None, "g"), kind, place.start, place.end)


def _mentions(sheet: Sheet) -> Iterator[Mention]:
    """Yield the terms, and coordinations that have a name."""
    for element, start, end in sheet.flow.found():
        fields = named(element)
        if local(element) not in _TERMS:
            continue
        if local(element) == "cons" and "id" not in fields:
            what = "a coordination without a name is no mention; its terms are"
            sheet.task.losses.unread("coordinations", what)
            continue
        name = sheet.names.new(fields.get("id"), "m")
        sheet.ids[fields.get("id", "")] = name
        place = span(sheet.flow.text, [(start, end)])
        attrs = attributes(fields, {"id", "sem"})
        yield Mention(name, fields.get("sem", UNTYPED), **place, attrs=attrs)


def _events(sheet: Sheet, text: str) -> Iterator[Event]:
    for element, sentence in sheet.stated:
        with sheet.task.rejects.aside(sheet.place(element), element.get("id")):
            yield _event(sheet, element, text, sentence)


def _standing(
    sheet: Sheet, mentions: tuple[Mention, ...], events: list[Event]
) -> tuple[Event, ...]:
    """Return the events without those that refer, in any number of steps, to one not read."""
    there = {mention.id for mention in mentions} | {event.id for event in events}
    gone = set(sheet.ids.values()) - there
    users: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        for target in {argument.ref or "" for argument in event.args}:
            users[target].append(event)
    waiting = sorted(gone)
    while waiting:
        target = waiting.pop()
        for event in users[target]:
            if event.id not in gone:
                gone.add(event.id)
                waiting.append(event.id)
                what = f"it refers to {target}, which was not read; expected a term or event"
                sheet.task.rejects.add(Place(sheet.source, None, event.id), what)
    return tuple(event for event in events if event.id not in gone)


def _event(sheet: Sheet, element: Element, text: str, sentence: int) -> Event:
    fields = named(element)
    kind = next((each.get("class") for each in element if local(each) == "type"), None)
    if not kind:
        raise MalformedError("an event without a type; expected <type class=…>")
    pieces: list[Pair] = []
    args: list[Argument] = []
    for child in element:
        if local(child) == "clue":
            pieces += _clue(sheet, child, text, sentence)
        elif local(child) == "comment":
            sheet.task.losses.unread("comments on events", "the record has no place for them")
        elif local(child) and local(child) != "type":
            args += _arguments(sheet, child)
    asserted = fields.get("assertion", "")
    return Event(
        sheet.ids[fields.get("id", "")],
        kind,
        (Trigger(**span(text, pieces)),) if pieces else (),
        tuple(args),
        polarity=_POLARITY.get(asserted),
        attrs=attributes(fields, {"id"} | ({"assertion"} if asserted in _POLARITY else set())),
    )


def _arguments(sheet: Sheet, element: Element) -> Iterator[Argument]:
    """Yield what an element such as `theme` refers to, by `idref`, `idref1` and so on."""
    role = local(element)
    for key, target in named(element).items():
        if _REFERENCE.fullmatch(key):
            if target not in sheet.ids:
                raise MalformedError(
                    f"{role} refers to {shown(target)}, which is no term or event of the article"
                )
            yield Argument(role[:1].upper() + role[1:], ref=sheet.ids[target])


def _clue(sheet: Sheet, clue: Element, text: str, sentence: int) -> list[Pair]:
    """Return where the words stand that a clue marks as those of the trigger.

    White space may differ from that of the sentence, and is not counted; raises `MalformedError`
    where other words do.
    """
    flow = Flow()
    _take(flow, clue)
    place = sheet.flow.places[sentence]
    start, end = place.start or 0, place.end
    own = [start + found.start() for found in _WORD.finditer(text[start:end])]
    repeated = {found.start(): number for number, found in enumerate(_WORD.finditer(flow.text))}
    if "".join(flow.text.split()) != "".join(text[start:end].split()):
        raise MalformedError(
            f"its clue {shown(flow.text[:40])} does not repeat its sentence "
            f"{shown(text[start:end][:40])}"
        )
    pairs: list[Pair] = []
    for element, first, after in flow.found():
        if local(element) == "clueType":
            pairs.append((own[repeated[first]], own[repeated[after - 1]] + 1))
        elif element is not clue:
            what = "of a clue the words of the trigger are read, and no others"
            sheet.task.losses.unread(f"marks {local(element)}", what)
    return pairs


def _detect(path: Path, head: bytes) -> bool:
    head = opening.within(path, head, ".xml")
    return opening.root(head) in _ROOTS and opening.has(head, "sentence")


FORMAT = Format(
    "GENIA event XML: terms and events of abstracts, and its relatives",
    (),
    _read,
    None,
    _detect,
    holds=frozenset(
        {
            "texts", "segments", "sentences", "mentions", "types of mentions", "nested mentions",
            "attributes of mentions", "events", "events without trigger", "arguments",
            "events as arguments", "discontinuous triggers", "properties of events",
            "attributes of events",
        }
    ),
)  # fmt: skip
