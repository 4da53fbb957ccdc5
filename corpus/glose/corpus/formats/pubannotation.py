"""PubAnnotation: denotations, relations and attributes as JSON (https://www.pubannotation.org)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import Document, Pair, Provenance
from glose.corpus.errors import Place
from glose.corpus.formats import chains, described, inputs, items, peeking, traits
from glose.corpus.formats.declaration import NAME, Format, Option, Task
from glose.corpus.formats.items import Shape
from glose.corpus.formats.pubannotation_reading import CHAINED, Sheet, Track
from glose.corpus.formats.rejects import Aside
from glose.corpus.rulers import UNITS, Ruler

HOLDS = frozenset({
    "texts", "relations", "relations of segments", "attributes of relations", "mentions",
    "nested mentions", "crossing mentions", "discontinuous mentions", "entities",
    "types of mentions", "levels", "values", "links", "attributes of mentions", "sentences",
    "segments",
})  # fmt: skip
OPTIONS = (
    NAME,
    Option("unit", "in which offsets are counted", "code points", UNITS),
    Option("sourcedb", "the database of documents whose ids name none", "glose"),
    Option("coreference", "which relation joins the mentions of one thing", "coreferenceOf"),
)
_KNOWN = frozenset({
    "text", "denotations", "relations", "attributes", "modifications", "blocks", "tracks",
    "sourcedb", "sourceid", "divid", "namespaces", "typesettings",
})  # fmt: skip


class Text(Shape, frozen=True):
    """A document, with annotations of its own or with those of several projects."""

    text: str
    sourcedb: str | None = None
    sourceid: str | int | None = None
    divid: int | str | None = None
    tracks: tuple[Track, ...] | None = None


def _read(path: Path, task: Task) -> Iterator[Document]:
    number = 0
    for file in inputs.files(path, ".json"):
        for place, data in items.items(file, task):
            number += 1
            with task.rejects.aside(place, data.decode()) as item:
                yield from _layers(data, item, number, task)


def _layers(data: bytes, item: Aside, number: int, task: Task) -> Iterator[Document]:
    text = items.decoded(data, Text)
    others = items.others(data, _KNOWN)
    name = _name(text, item.place, number, task)
    place = item.of(name)
    bare = Document(
        id=name,
        provenance=Provenance(file=place.source, format="pubannotation"),
    )
    bare = described.described(others, bare)
    ruler = Ruler(text.text, task["unit"] or "code points")
    for track in text.tracks or ():
        yield replace(Sheet(ruler, place, task).document(track, bare), layer=track.project or "")
    if not text.tracks:
        yield Sheet(ruler, place, task).document(items.decoded(data, Track), bare)


def _name(text: Text, place: Place, number: int, task: Task) -> str:
    """Return the id of a document: `PubMed:123`, with the number of its part if it is one."""
    parts = [text.sourceid, text.divid]
    if text.sourcedb != task["sourcedb"]:
        parts = [text.sourcedb, *parts]
    given = ":".join(str(part) for part in parts if part is not None)
    stated = given if text.sourceid is not None else None
    return items.identified(stated, Path(place.source), number, task[NAME.name])


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    return items.write_list(path, (_document(one, task) for one in found))


def _document(document: Document, task: Task) -> dict[str, object]:
    document = _fitted(document, task)
    ruler = Ruler(document.text or "", task["unit"] or "code points")
    source, name = _source(document.id, task["sourcedb"] or "")
    return {
        "sourcedb": source,
        "sourceid": name,
        "text": document.text,
        "blocks": [
            {"id": s.id, "span": _span(((s.start, s.end),), ruler), "obj": s.type}
            for s in document.segments
        ],
        "denotations": [
            {"id": m.id, "span": _span(m.fragments or ((m.start, m.end),), ruler), "obj": m.type}
            for m in document.mentions
        ],
        "relations": list(_relations(document, task["coreference"])),
        "attributes": list(_attributes(document)),
    }


def _source(name: str, base: str) -> tuple[str, str]:
    """Return the database and the id there of a document: `PubMed:123` has its own."""
    own, colon, rest = name.partition(":")
    foreign = own and colon and rest and own != base
    return (own, rest) if foreign else (base, name)


def _relations(document: Document, joining: str | None) -> Iterator[dict[str, object]]:
    """Yield relations, and coreference from each member of a chain to the one before it."""
    for r in document.relations:
        yield {"id": r.id, "pred": r.type, "subj": r.args[0].ref, "obj": r.args[1].ref}
    for first, second in chains.pairs(document):
        yield {"pred": joining, "subj": second, "obj": first}


def _span(pieces: tuple[Pair, ...], ruler: Ruler) -> object:
    found = [{"begin": ruler.offset(start), "end": ruler.offset(end)} for start, end in pieces]
    return found if len(found) > 1 else found[0]


def _attributes(document: Document) -> Iterator[dict[str, object]]:
    said = [(m.id, pair) for m in document.mentions for pair in traits.of_mention(m)]
    said += [(r.id, (a.name, a.value)) for r in document.relations for a in r.attrs]
    for subject, (name, value) in said:
        yield {"subj": subject, "pred": name, "obj": value}


def _fitted(document: Document, task: Task) -> Document:
    document = traits.distinct(document, task.losses)
    joining = task["coreference"]
    relations = tuple(
        replace(r, type=f"{r.type}_") if r.type in {joining, CHAINED} else r
        for r in document.relations
    )
    if relations != document.relations:
        found = replace(document, relations=relations)
        document = task.losses.step(found, "relations of that name are coreference, or pieces")
    return document


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        found = inputs.files(path, ".json")
        return bool(found) and _is_one(found[0])
    return _is_head(head)


def _is_one(path: Path) -> bool:
    with path.open("rb") as stream:
        return _is_head(stream.read(1 << 16))


def _is_head(head: bytes) -> bool:
    found = peeking.keys(head)
    return found.get("text") == '"' and ("denotations" in found or "tracks" in found)


FORMAT = Format(
    "PubAnnotation: denotations, relations, attributes and blocks as JSON",
    (".pubannotation.json",),
    _read,
    _write,
    _detect,
    holds=HOLDS,
    options=OPTIONS,
)
