"""FoLiA: words in sentences, and spans over them (https://proycon.github.io/folia/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    Mention,
    Pair,
    Provenance,
    Segment,
    Trigger,
)
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import inputs, markup, opening
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.inline import XML, text_of
from glose.corpus.formats.markup import Element, local
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, Span, runs, span
from glose.corpus.formats.statuses import stated
from glose.corpus.formats.words import Draft
from glose.corpus.forms import shown

#: Elements that hold words and are segments, with their type.
_PARTS = {"s": "sentence", "p": "paragraph", "head": "title", "quote": "quote", "item": "item"}
#: Elements that begin a line.
_LINES = frozenset({"p", "head", "div", "item", "list", "row", "cell", "event", "note", "caption"})
#: What is not what the document says: what was there before, and what else might be.
_ASIDE = frozenset({"original", "suggestion", "alt", "altlayers", "metadata", "morphology"})
#: Spans that are mentions.
_MENTIONS = ("entity", "timesegment", "sentiment", "observation")
#: Spans that are not read.
_UNREAD = ("chunk", "dependency", "su", "spanrelation", "statement", "modality")
PREDICATE = "PREDICATE"
#: Attributes of an annotation that say something beside its class.
_FEATURES = ("actor", "begindatetime", "enddatetime", "polarity", "strength")


@dataclass(slots=True)
class Sheet:
    """What was found of a document so far; `numbers` are those of the words, by id."""

    task: Task
    source: str
    draft: Draft = field(default_factory=Draft)
    numbers: dict[str, int] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    mentions: list[Mention] = field(default_factory=list)
    #: The text, once all words are there.
    text: str = ""

    def place(self, element: Element) -> Place:
        """Return where an element stands."""
        return Place(self.source, element.sourceline, element.get(f"{XML}id"))

    def words(self, element: Element) -> None:
        """Take the words of an element: a blank between two, unless the first says otherwise."""
        name = local(element)
        if name == "w":
            self._word(element)
            return
        is_line = name in _LINES and not _is_span(element)
        self._border(is_line)
        first = len(self.draft.tokens)
        for child in element:
            if local(child) and local(child) not in _ASIDE:
                self.words(child)
        if name in _PARTS and len(self.draft.tokens) > first:
            start, end = self.draft.tokens[first][0], self.draft.tokens[-1][1]
            self.segments.append(Segment(self.names.new(None, "g"), _PARTS[name], start, end))
        self._border(is_line)

    def _border(self, is_line: bool) -> None:
        """Let the next word begin a line, if there is one before it."""
        if is_line and self.draft.tokens:
            self.draft.gap = "\n"

    def _word(self, element: Element) -> None:
        word = _current(element)
        if not word:
            what = "a word without text of the class current"
            raise InputError(self.place(element), what)
        after = "" if element.get("space") == "no" else " "
        self.numbers[element.get(f"{XML}id") or ""] = self.draft.word(word, after)

    def span(self, element: Element) -> Span:
        """Return the span of the words that an element refers to, not those of its parts."""
        ids = _references(element)
        unknown = [name for name in ids if name not in self.numbers]
        if unknown or not ids:
            found = shown(unknown[0]) if unknown else "nothing"
            raise MalformedError(f"a {local(element)} refers to {found}; expected words")
        return span(self.text, runs(self.draft.tokens, (self.numbers[name] for name in ids)))

    def mention(self, element: Element) -> str:
        """Take a span as a mention, and return its id."""
        found = self.span(element)
        name = self.names.new(element.get(f"{XML}id"), "m")
        type_ = element.get("class") or UNTYPED
        self.mentions.append(Mention(name, type_, **found, attrs=features(element)))
        return name


def _children(element: Element, *names: str) -> list[Element]:
    return [child for child in element if local(child) in names]


def _current(element: Element) -> str:
    """Return the text of a word as it is now, and not as it was or might be."""
    for child in _children(element, "t"):
        if child.get("class", "current") == "current":
            return " ".join(text_of(child).split())
    return ""


def _references(element: Element) -> list[str]:
    """Return the ids of the words of an element, those of its head last."""
    found = _children(element, "wref", "hd")
    for head in _children(element, "hd"):
        found += _children(head, "wref")
    return [name for reference in found if (name := reference.get("id", ""))]


def _is_span(element: Element) -> bool:
    """Whether an event is one over words, and no part of the text."""
    return local(element) == "event" and local(element.getparent()) == "events"


def features(element: Element) -> tuple[Attribute, ...]:
    """Return what an annotation says beside its class, as attributes."""
    own = [Attribute(name, element.get(name)) for name in _FEATURES if element.get(name)]
    feats = (child for child in _children(element, "feat") if child.get("subset"))
    return (*own, *(Attribute(f.get("subset"), f.get("class") or "") for f in feats))


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".xml"):
        root = markup.root(inputs.content(file), Place(str(file)))
        found = _document(root, str(file), task)
        yield replace(found, id=root.get(f"{XML}id") or inputs.identifier(file, path))


def _document(root: Element, source: str, task: Task) -> Document:
    sheet = Sheet(task, source)
    for element in _children(root, "text", "speech"):
        sheet.words(element)
    sheet.text = sheet.draft.text
    for element in _spans(root, *_MENTIONS):
        with task.rejects.aside(sheet.place(element)):
            sheet.mention(element)
    entities = tuple(_chains(sheet, root))
    events = tuple(_events(sheet, root))
    for element in _spans(root, *_UNREAD):
        task.losses.unread(f"{local(element)} of FoLiA", "the reader takes no such annotation")
    language = root.find("{*}metadata/{*}meta[@id='language']")
    found = Document(
        language=None if language is None else text_of(language).strip() or None,
        text=sheet.text,
        segments=tuple(sheet.segments),
        tokens=tuple(sheet.draft.tokens),
        mentions=tuple(sheet.mentions),
        entities=entities,
        events=events,
        provenance=Provenance(file=source, format="folia"),
    )
    return replace(found, status=stated(found))


def _spans(root: Element, *names: str) -> Iterator[Element]:
    """Yield elements that are annotation and no alternative to it."""
    for element in root.iter(*(f"{{*}}{name}" for name in names)):
        above = {local(parent) for parent in element.iterancestors()}
        if above.isdisjoint(_ASIDE):
            yield element


def _chains(sheet: Sheet, root: Element) -> Iterator[Entity]:
    """Yield the chains of coreference; a link with the words of a mention is that mention."""
    known = {_key(mention): mention.id for mention in reversed(sheet.mentions)}
    homes: set[str] = set()
    for chain in _spans(root, "coreferencechain"):
        with sheet.task.rejects.aside(sheet.place(chain)):
            members = dict.fromkeys(_members(sheet, chain, known))
            mine = tuple(name for name in members if name not in homes)
            homes.update(mine)
            if mine:
                type_ = chain.get("class") or _type(sheet, mine)
                name = sheet.names.new(chain.get(f"{XML}id"), "e")
                yield Entity(name, type_, None, mine, attrs=features(chain))


def _members(sheet: Sheet, chain: Element, known: Mapping[tuple[Pair, ...], str]) -> Iterator[str]:
    for link in _children(chain, "coreferencelink"):
        there = known.get(_place(sheet.span(link)))
        yield sheet.mention(link) if there is None else there


def _type(sheet: Sheet, members: tuple[str, ...]) -> str:
    """Return the type of the first of some mentions that has one."""
    types = {mention.id: mention.type for mention in sheet.mentions}
    return next((types[name] for name in members if types[name] != UNTYPED), UNTYPED)


def _key(mention: Mention) -> tuple[Pair, ...]:
    return mention.fragments or ((mention.start, mention.end),)


def _place(found: Span) -> tuple[Pair, ...]:
    return found["fragments"] or ((found["start"], found["end"]),)


def _events(sheet: Sheet, root: Element) -> Iterator[Event]:
    """Yield events over words, and predicates with their semantic roles as arguments."""
    for element in _spans(root, "event", "predicate"):
        if local(element) == "predicate" or _is_span(element):
            with sheet.task.rejects.aside(sheet.place(element)):
                yield _event(sheet, element)


def _event(sheet: Sheet, element: Element) -> Event:
    trigger = Trigger(**sheet.span(element))
    args = tuple(
        Argument(role.get("class") or "ARG", ref=sheet.mention(role))
        for role in _children(element, "semrole")
    )
    name = sheet.names.new(element.get(f"{XML}id"), "v")
    default = PREDICATE if local(element) == "predicate" else "EVENT"
    type_ = element.get("class") or default
    return Event(name, type_, (trigger,), args, attrs=features(element))


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return any(inputs.files(path, ".folia.xml"))
    return opening.root(head) == "FoLiA"


FORMAT = Format(
    "FoLiA: words in sentences, entities, times, events, roles, coreference",
    (".folia.xml",),
    _read,
    None,
    _detect,
    holds=frozenset({
        "tokens", "sentences", "segments", "metadata", "mentions", "discontinuous mentions",
        "nested mentions", "crossing mentions", "types of mentions", "attributes of mentions",
        "entities", "entities of one mention", "types of entities", "attributes of entities",
        "events", "discontinuous triggers", "arguments", "attributes of events",
    }),
    offsets="tokens",
)  # fmt: skip
