"""NAF, the NLP Annotation Format: layers over word forms (https://github.com/newsreader/NAF)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    EventCluster,
    Link,
    Mention,
    Meta,
    Pair,
    Provenance,
    Relation,
    Segment,
    Status,
    Trigger,
)
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import inputs, markup, opening
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.inline import XML, named, text_of
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, Span, runs, span
from glose.corpus.formats.timexes import BASES, DCT, attributes, dated, timex
from glose.corpus.forms import shown
from glose.corpus.rulers import UNITS, MisplacedError, Ruler

#: The type of the predicates of semantic roles, which NAF gives none.
PREDICATE = "PREDICATE"
ROLES = ("source", "target")
#: The layers of links, and the name of a link.
_LINKS = (("temporalRelations", "tlink"), ("causalRelations", "clink"))
#: Layers that are not read, for there is nothing like them in the record.
_UNREAD = ("deps", "constituency", "chunks", "opinions", "factualities", "attribution", "topics")


@dataclass(slots=True)
class Words:
    """The text of a document, its tokens, and which of them each `wf` and `term` is."""

    text: str
    tokens: list[Pair]
    numbers: dict[str, list[int]]
    segments: list[Segment]


@dataclass(slots=True)
class Sheet:
    """What was found of a document so far; a span is one mention, whoever mentions it."""

    task: Task
    source: str
    words: Words
    names: Names = field(default_factory=Names)
    ids: dict[str, Argument] = field(default_factory=dict)
    places: dict[tuple[Pair, ...], str] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    homes: set[str] = field(default_factory=set)

    def place(self, element: Any) -> Place:  # noqa: ANN401  # lxml brings no types
        """Return where an element stands."""
        return Place(self.source, element.sourceline, element.get("id"))

    def span(self, element: Any) -> Span:  # noqa: ANN401  # as above
        """Return the span of the targets inside an element."""
        numbers: list[int] = []
        for target in element.iterfind("target"):
            name = target.get("id", "")
            if name not in self.words.numbers:
                raise MalformedError(f"a target is {shown(name)}, which is no wf or term here")
            numbers += self.words.numbers[name]
        if not numbers:
            raise MalformedError("a span without a target; expected some")
        return span(self.words.text, runs(self.words.tokens, numbers))

    def mention(self, found: Span, type_: str, wanted: str | None = None) -> str:
        """Return the id of the mention of a span; one that had no type is given it."""
        key = found["fragments"] or ((found["start"], found["end"]),)
        name = self.places.get(key)
        if name is None or (type_ != UNTYPED != self.mentions[name].type):
            name = self.names.new(wanted, "m")
            self.places[key] = name
            self.mentions[name] = Mention(name, type_, **found)
        elif type_ != UNTYPED:
            self.mentions[name] = replace(self.mentions[name], type=type_)
        return name


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".naf", ".xml"):
        root = markup.root(inputs.content(file), Place(str(file)))
        found = _document(root, str(file), task)
        yield replace(found, id=inputs.identifier(file, path))


def _document(root: Any, source: str, task: Task) -> Document:  # noqa: ANN401  # as above
    sheet = Sheet(task, source, _words(root, source, task))
    entities = [*_entities(sheet, root)]
    meta = _times(sheet, root, _meta(root))
    _predicates(sheet, root)
    clusters: list[EventCluster] = []
    for element in root.iterfind("coreferences/coref"):
        with task.rejects.aside(sheet.place(element)):
            _chain(sheet, element, entities, clusters)
    relations = [*_relations(sheet, root)]
    for name in _UNREAD:
        if (layer := root.find(name)) is not None and len(layer):
            task.losses.unread(
                f"items of {name}", "nothing in the record is like them", len(layer)
            )
    layers = (("mentions", "entities"), ("entities", "coreferences"), ("events", "srl"))
    annotated = [name for name, layer in layers if root.find(layer) is not None]
    annotated += ["mentions"] if sheet.mentions and "mentions" not in annotated else []
    annotated += ["relations"] if relations else []
    annotated += ["event_clusters"] if clusters else []
    return Document(
        language=root.get(f"{XML}lang"),
        text=sheet.words.text,
        meta=meta,
        segments=tuple(sheet.words.segments),
        tokens=tuple(sheet.words.tokens),
        mentions=tuple(sheet.mentions.values()),
        entities=tuple(entities),
        relations=tuple(relations),
        events=tuple(sheet.events),
        event_clusters=tuple(clusters),
        status=Status(annotated=tuple(annotated)),
        provenance=Provenance(file=source, format="naf"),
    )


# --------------------------------------------------------------------------------------------
# Words
# --------------------------------------------------------------------------------------------


def _words(root: Any, source: str, task: Task) -> Words:  # noqa: ANN401  # as above
    """Return text and tokens; without a raw text it is put together by the offsets."""
    forms = root.findall("text/wf")
    raw = root.find("raw")
    found = _placed(forms, text_of(raw), source, task) if raw is not None else _joined(forms)
    text, tokens = found
    numbers = {form.get("id", ""): [number] for number, form in enumerate(forms)}
    for term in root.iterfind("terms/term"):
        targets = (target.get("id", "") for target in term.iterfind("span/target"))
        mine = [number for name in targets for number in numbers.get(name, [])]
        numbers[term.get("id", "")] = mine
    sentences: dict[str, tuple[int, int]] = {}
    for form, (start, end) in zip(forms, tokens, strict=True):
        name = form.get("sent")
        if name is not None:
            sentences[name] = sentences.get(name, (start, end))[0], end
    segments = [Segment(f"g{n}", "sentence", a, b) for n, (a, b) in
                enumerate(sentences.values(), start=1)]  # fmt: skip
    return Words(text, tokens, numbers, segments)


def _placed(forms: list[Any], raw: str, source: str, task: Task) -> tuple[str, list[Pair]]:
    ruler = Ruler(raw, task["unit"] or "code points")
    tokens: list[Pair] = []
    for form in forms:
        word, place = text_of(form), Place(source, form.sourceline, form.get("id"))
        try:
            start, size = int(form.get("offset", "")), int(form.get("length", ""))
            pair = ruler.span(start, start + size, word)
        except MisplacedError as error:
            raise InputError(place, str(error)) from error
        except ValueError as error:
            raise InputError(place, "offset and length of a wf are no numbers") from error
        if tokens and pair[0] < tokens[-1][1]:
            raise InputError(place, "a wf begins before the end of the one before it")
        tokens.append(pair)
    return ruler.text, tokens


def _joined(forms: list[Any]) -> tuple[str, list[Pair]]:
    pieces: list[str] = []
    tokens: list[Pair] = []
    size, end, last = 0, 0, None
    for form in forms:
        word = " ".join(text_of(form).split()) or "_"
        start = int(offset) if (offset := form.get("offset", "")).isdecimal() else end + 1
        gap = "" if not tokens or start == end else "\n" if form.get("sent") != last else " "
        pieces += [gap, word]
        tokens.append((size + len(gap), size + len(gap) + len(word)))
        size, end, last = tokens[-1][1], start + len(word), form.get("sent")
    return "".join(pieces), tokens


def _meta(root: Any) -> Meta:  # noqa: ANN401  # as above
    header = root.find("nafHeader/fileDesc")
    public = root.find("nafHeader/public")
    found = named(header) if header is not None else {}
    date = dated(found.get("creationtime", ""))
    return Meta(
        title=found.get("title"),
        author=found.get("author"),
        source=found.get("magazine") or found.get("publisher"),
        url=public.get("uri") or None if public is not None else None,
        date=date,
        date_basis="created" if date else None,
    )


# --------------------------------------------------------------------------------------------
# Layers
# --------------------------------------------------------------------------------------------


def _links(element: Any) -> tuple[Link, ...]:  # noqa: ANN401  # as above
    found = element.iterfind("externalReferences/externalRef")
    return tuple(
        Link(each.get("resource") or "external", each.get("reference") or "", _score(each))
        for each in found
    )


def _score(element: Any) -> float | None:  # noqa: ANN401  # as above
    try:
        score = float(element.get("confidence") or "")
    except ValueError:
        return None
    return score if 0 <= score <= 1 else None


def _entities(sheet: Sheet, root: Any) -> Iterator[Entity]:  # noqa: ANN401  # as above
    """Take the named entities: mentions, and an entity where there are several."""
    for element in root.iterfind("entities/entity"):
        with sheet.task.rejects.aside(sheet.place(element)):
            spans = [sheet.span(each) for each in element.iterfind("references/span")]
            type_ = element.get("type") or UNTYPED
            names = list(dict.fromkeys(sheet.mention(each, type_) for each in spans))
            for name in names:
                sheet.mentions[name] = replace(sheet.mentions[name], links=_links(element))
            if len(names) > 1 and sheet.homes.isdisjoint(names):
                sheet.homes.update(names)
                name = sheet.names.new(element.get("id"), "e")
                yield Entity(name, type_, None, tuple(names), _links(element))


def _times(sheet: Sheet, root: Any, meta: Meta) -> Meta:  # noqa: ANN401  # as above
    for element in root.iterfind("timeExpressions/timex3"):
        with sheet.task.rejects.aside(sheet.place(element)):
            key, function = element.get("id", ""), element.get("functionInDocument", "")
            where = element.find("span")
            fields = {n: v for n, v in named(element).items() if n != "id"}
            time = timex(fields, None)
            if function in BASES and (date := dated(fields.get("value", ""))):
                meta = replace(meta, date=date, date_basis=BASES[function])
            if where is not None and len(where):
                name = sheet.names.new(key, "t")
                made = Mention(name, time.type, **sheet.span(where))
                sheet.mentions[name] = replace(made, value=time.value, attrs=time.attrs)
                sheet.ids[key] = Argument("", ref=name)
            else:
                stated = DCT if function in BASES else time.value.norm if time.value else key
                sheet.ids[key] = Argument("", value=stated)
    return meta


def _predicates(sheet: Sheet, root: Any) -> None:  # noqa: ANN401  # as above
    for element in root.iterfind("srl/predicate"):
        with sheet.task.rejects.aside(sheet.place(element)):
            where = element.find("span")
            if where is None:
                raise MalformedError("a predicate without a span")
            trigger = Trigger(**sheet.span(where))
            args = []
            for role in element.iterfind("role"):
                if (found := role.find("span")) is not None:
                    name = sheet.mention(sheet.span(found), UNTYPED)
                    args.append(Argument(role.get("semRole") or "ARG", ref=name))
            name = sheet.names.new(element.get("id"), "v")
            sheet.ids[element.get("id", "")] = Argument("", ref=name)
            attrs = tuple(Attribute(link.kb, link.id) for link in _links(element))
            made = Event(name, PREDICATE, (trigger,), tuple(args), attrs=attrs)
            sheet.events.append(made)


def _chain(
    sheet: Sheet,
    element: Any,  # noqa: ANN401  # as above
    entities: list[Entity],
    clusters: list[EventCluster],
) -> None:
    """Take a chain: a cluster if all its spans are predicates and its type is event."""
    spans = [sheet.span(each) for each in element.iterfind("span")]
    kind = element.get("type", "")
    if kind == "event":
        there = defaultdict(list)
        for event in sheet.events:
            there[event.triggers[0].start, event.triggers[0].end].append(event.id)
        found = [there[each["start"], each["end"]] for each in spans]
        if not all(found):
            raise MalformedError("a chain of events has a span that is no predicate")
        members = tuple(dict.fromkeys(name for names in found for name in names))
        clusters.append(EventCluster(sheet.names.new(element.get("id"), "c"), members))
        return
    names = list(dict.fromkeys(sheet.mention(each, UNTYPED) for each in spans))
    mine = [name for name in names if name not in sheet.homes]
    if len(mine) < len(names):
        sheet.task.losses.note("mentions that are in two entities are in the first of them")
    if mine:
        sheet.homes.update(mine)
        types = {sheet.mentions[name].type for name in mine} - {UNTYPED}
        type_ = min(types) if len(types) == 1 else kind or UNTYPED
        name = sheet.names.new(element.get("id"), "e")
        entities.append(Entity(name, type_, None, tuple(mine), _links(element)))


def _relations(sheet: Sheet, root: Any) -> Iterator[Relation]:  # noqa: ANN401  # as above
    for layer, tag in _LINKS:
        for element in root.iterfind(f"{layer}/{tag}"):
            with sheet.task.rejects.aside(sheet.place(element)):
                ends = [sheet.ids.get(element.get(end, "")) for end in ("from", "to")]
                if ends[0] is None or ends[1] is None:
                    what = "from and to of predicates or times that are here"
                    raise MalformedError(f"a {tag} without an end; expected {what}")
                args = [replace(end, role=r) for end, r in zip(ends, ROLES, strict=True) if end]
                fields = named(element)
                type_ = fields.get("relType", "")
                taken = {"id", "from", "to", "fromType", "toType", "relType"}
                rest = {n: v for n, v in fields.items() if n not in taken}
                name = sheet.names.new(fields.get("id"), "r")
                kind = f"{tag.upper()}.{type_}" if type_ else tag.upper()
                yield Relation(name, kind, tuple(args), attrs=attributes(rest))


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return any(inputs.files(path, ".naf"))
    return opening.root(head) == "NAF"


FORMAT = Format(
    "NAF: words, entities, times, roles, coreference and links of pipelines",
    (".naf",),
    _read,
    None,
    _detect,
    holds=frozenset({
        "texts", "metadata", "tokens", "sentences", "mentions", "discontinuous mentions",
        "nested mentions", "crossing mentions", "types of mentions", "values", "links",
        "attributes of mentions", "entities", "entities of one mention", "types of entities",
        "links of entities", "events", "discontinuous triggers", "arguments",
        "attributes of events", "event clusters", "relations", "relations of events",
        "relations of values", "roles in relations", "attributes of relations",
    }),
    options=(Option("unit", "in which offsets are counted", "code points", UNITS),),
)  # fmt: skip
