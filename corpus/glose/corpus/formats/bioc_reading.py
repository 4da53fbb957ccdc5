"""From what a BioC file holds to a document of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from msgspec.structs import replace

from glose.corpus.document import (
    ANNOTATIONS,
    Attribute,
    Document,
    Entity,
    Event,
    EventCluster,
    Link,
    Mention,
    Meta,
    Pair,
    Relation,
    Segment,
    Status,
    Value,
    covered,
)
from glose.corpus.errors import Place
from glose.corpus.formats import bioc_model as bioc
from glose.corpus.formats.bioc_relations import read
from glose.corpus.formats.bioc_sheet import (
    BASES,
    IDENTIFIER,
    KIND,
    LANGUAGE,
    META,
    SOURCE,
    TYPE,
    Part,
    Sheet,
    attributes,
    key,
    string,
)
from glose.corpus.formats.brat_reading import LEVEL, VALUE
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.pubtator_reading import links
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Span, span
from glose.corpus.forms import norm_fault, shown
from glose.corpus.rulers import MisplacedError, Ruler, same
from glose.corpus.rules import DOCUMENT_TIME


def document(found: bioc.Document, place: Place, task: Task) -> Document:
    """Return a document; annotations and relations that are wrong are rejected."""
    sheet = Sheet(task, Place(place.source, place.line, str(found.id)))
    _lay_out(sheet, found)
    _annotations(sheet, found)
    made = read(sheet, found)
    meta = replace(Meta(), **{n: string(v) for n, v in found.infons.items() if n in META})
    extra = (
        Attribute(n, string(v)) for n, v in found.infons.items() if n not in META and n != LANGUAGE
    )
    record = Document(
        id=str(found.id).strip(),
        language=string(found.infons[LANGUAGE]) if LANGUAGE in found.infons else None,
        text=sheet.text,
        meta=meta,
        segments=tuple(_segments(sheet)),
        mentions=tuple(sheet.mentions),
        entities=tuple(item for item in made if isinstance(item, Entity)),
        relations=tuple(item for item in made if isinstance(item, Relation)),
        events=tuple(item for item in made if isinstance(item, Event)),
        event_clusters=tuple(item for item in made if isinstance(item, EventCluster)),
        extra=tuple(extra),
    )
    # No file says what was looked for; what a document has was.
    there = (n for n in ANNOTATIONS if n == "mentions" or getattr(record, n))
    return anchored(replace(record, status=Status(annotated=tuple(there))))


def anchored(record: Document) -> Document:
    """Return a document whose values hang on what is there; other anchors become attributes."""
    known = {None, DOCUMENT_TIME, *(m.id for m in record.mentions), *(e.id for e in record.events)}

    def loosened(mention: Mention) -> Mention:
        if mention.value is None or mention.value.anchor in known:
            return mention
        anchor = Attribute("value.anchor", mention.value.anchor or "")
        value = replace(mention.value, anchor=None)
        return replace(mention, value=value, attrs=(*mention.attrs, anchor))

    return replace(record, mentions=tuple(map(loosened, record.mentions)))


# --------------------------------------------------------------------------------------------
# Text
# --------------------------------------------------------------------------------------------


def _lay_out(sheet: Sheet, found: bioc.Document) -> None:
    """Put the passages one after the other, with as many line ends as the file leaves room for."""
    unit = sheet.task["unit"] or "code points"
    pieces: list[str] = []
    end = size = 0
    for passage in found.passages:
        ruler = Ruler(_raw(passage, unit), unit)
        gap = min(max(passage.offset - end, 0), 2) if sheet.parts else 0
        if sheet.parts and passage.offset < end:
            sheet.task.losses.note("passages that overlap by their offsets were put apart")
            gap = 1
        sheet.parts.append(Part(passage, ruler, size + gap))
        pieces += ["\n" * gap, ruler.text]
        size += gap + len(ruler.text)
        end = passage.offset + ruler.size
    sheet.text = "".join(pieces)
    sheet.ids = [{} for _ in range(len(sheet.parts) + 1)]


def _raw(passage: bioc.Passage, unit: str) -> str:
    if passage.text is not None or not passage.sentences:
        return passage.text or ""
    text, end = "", passage.offset
    for sentence in passage.sentences:
        words = sentence.text or ""
        text += " " * min(max(sentence.offset - end, 0), 2) + words
        end = sentence.offset + Ruler(words, unit).size
    return text


def _segments(sheet: Sheet) -> Iterator[Segment]:
    alone = len(sheet.parts) == 1
    for part in sheet.parts:
        infons = {**part.passage.infons}
        type_, source = infons.pop(TYPE, None), infons.pop(SOURCE, None)
        if infons:
            why = "a segment has a type and a source only"
            sheet.task.losses.unread("infons of passages", why, len(infons))
        end = part.start + len(part.ruler.text)
        if (type_ is not None or not alone) and part.start < end:
            name = sheet.names.new(None, "g")
            src = None if source is None else string(source)
            yield Segment(name, string(type_) or "passage", part.start, end, src)
        yield from _sentences(sheet, part)


def _sentences(sheet: Sheet, part: Part) -> Iterator[Segment]:
    for sentence in part.passage.sentences:
        start = sentence.offset - part.passage.offset
        size = Ruler(sentence.text or "", part.ruler.unit).size
        with sheet.task.rejects.aside(sheet.place, sentence):
            if size:
                pairs = _placed(part, ((start, start + size),), sentence.text)
                yield Segment(sheet.names.new(None, "g"), "sentence", *pairs[0])


def _placed(part: Part, pairs: tuple[Pair, ...], words: str | None) -> list[Pair]:
    try:
        found = part.ruler.spans(pairs, words)
    except MisplacedError as error:
        raise MalformedError(str(error)) from error
    return [(part.start + start, part.start + end) for start, end in found]


# --------------------------------------------------------------------------------------------
# Annotations
# --------------------------------------------------------------------------------------------


def _annotations(sheet: Sheet, found: bioc.Document) -> None:
    for number, part in enumerate(sheet.parts):
        within = (sentence.annotations for sentence in part.passage.sentences)
        for one in chain(part.passage.annotations, *within):
            _annotation(sheet, one, number)
    for one in found.annotations:
        places = [location.offset for location in one.locations]
        before = [n for n, p in enumerate(sheet.parts) if p.passage.offset <= min(places or [0])]
        _annotation(sheet, one, before[-1] if before else 0)


def _annotation(sheet: Sheet, one: bioc.Annotation, number: int) -> None:
    if not one.locations or not sheet.parts:
        why = "a mention is a span of the text"
        sheet.task.losses.unread("annotations without a location", why)
        return
    with sheet.task.rejects.aside(sheet.place, one):
        pairs = _pairs(sheet, sheet.parts[number], one)
        found = span(sheet.text, pairs)
        name = sheet.names.new(key(one.id), "m")
        sheet.ids[number].setdefault(key(one.id), name)
        sheet.triggers[name] = found
        if one.infons.get(KIND) == "trigger":
            sheet.bare.add(name)
        else:
            sheet.mentions.append(_mention(name, found, one.infons))


def _pairs(sheet: Sheet, part: Part, one: bioc.Annotation) -> list[Pair]:
    relative = sheet.task["base"] == "passage"
    base = 0 if relative else part.passage.offset
    pairs = tuple(sorted((p.offset - base, p.offset - base + p.length) for p in one.locations))
    words = one.text if one.text and one.text.strip() else None
    try:
        if not relative and pairs[0][0] >= 0 and part.ruler.size < pairs[-1][1]:
            with suppress(MalformedError):
                # What cannot be across passages either is told as what is wrong in its own.
                return _across(sheet, one, words)
        return _in_pieces(part, pairs, words)
    except MalformedError as error:
        called = f"the annotation {shown(key(one.id))}"
        raise MalformedError(f"{called}: {error}{_other(part, one, relative=relative)}") from error


def _across(sheet: Sheet, one: bioc.Annotation, words: str | None) -> list[Pair]:
    """Return where an annotation stands that goes on into other passages."""
    pairs = [(_place(sheet, p.offset), _place(sheet, p.offset + p.length)) for p in one.locations]
    there = covered(sheet.text, 0, 0, tuple(sorted(pairs)))
    if any(start >= end for start, end in pairs) or not same(there, words or there):
        raise MalformedError("other words across passages")
    return pairs


def _place(sheet: Sheet, offset: int) -> int:
    """Return where an offset of the document is in our text, between passages too."""
    part = next((p for p in reversed(sheet.parts) if p.passage.offset <= offset), sheet.parts[0])
    after = offset - part.passage.offset - part.ruler.size
    try:
        start = part.ruler.place(offset - part.passage.offset - max(after, 0))
    except MisplacedError as error:
        raise MalformedError(str(error)) from error
    place = part.start + start + max(after, 0)
    following = (p.start for p in sheet.parts if p.start > part.start)
    if place > next(following, len(sheet.text)):
        raise MalformedError(f"offset {offset} is in no passage")
    return place


def _in_pieces(part: Part, pairs: tuple[Pair, ...], words: str | None) -> list[Pair]:
    """Return where pieces stand; files have their words joined in many ways, or all between."""
    found = _placed(part, pairs, words if len(pairs) == 1 else None)
    texts = [part.ruler.text[a - part.start : b - part.start] for a, b in found]
    at = 0
    for text in texts if words is not None and len(pairs) > 1 else ():
        there = (words or "").find(text.strip(), at)
        if there < 0:
            return _placed(part, pairs, words)
        at = there + len(text.strip())
    return found


def _other(part: Part, one: bioc.Annotation, *, relative: bool) -> str:
    """Return what to do if offsets are right when they are counted from elsewhere."""
    base = part.passage.offset if relative else 0
    first = one.locations[0]
    try:
        pair = part.ruler.span(first.offset - base, first.offset - base + first.length)
    except MisplacedError:
        return ""
    if base == part.passage.offset or not same(part.ruler.text[slice(*pair)], one.text or ""):
        return ""
    where = "document" if relative else "passage"
    return f" (right when counted from the {where}: --option base={where})"


def _mention(name: str, found: Span, infons: bioc.Infons) -> Mention:
    rest = {name: string(value) for name, value in infons.items()}
    type_ = rest.pop(TYPE, "") or UNTYPED
    concepts = _concepts(rest)
    parts = {part: rest[stated] for stated, part in VALUE.items() if stated in rest}
    value = None
    if not norm_fault(parts.get("norm", "")):
        value = Value(**parts)
        rest = {stated: text for stated, text in rest.items() if stated not in VALUE}
    level = rest.pop(LEVEL, None)
    return Mention(
        name,
        type_,
        **found,
        level=level,
        value=value,
        links=concepts,
        attrs=attributes(rest),
    )


def _concepts(infons: dict[str, str]) -> tuple[Link, ...]:
    """Take the links out of infons: `identifier`, and keys that are knowledge bases."""
    found: list[Link] = []
    for name in list(infons):
        if name.lower() == IDENTIFIER:
            found += links(infons.pop(name), "")
        elif name.lower() in BASES:
            found += links(infons.pop(name), name)
    return tuple(found)
