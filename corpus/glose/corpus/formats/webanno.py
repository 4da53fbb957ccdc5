"""WebAnno TSV 3, which INCEpTION reads and writes: a folder with a file for each document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import Attribute, Document, Link, Mention, fingerprint
from glose.corpus.errors import GloseError
from glose.corpus.files import readable
from glose.corpus.formats import inputs, words
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import derived, without
from glose.corpus.formats.webanno_cells import BARE, BASE, NONE, ROLE, escaped
from glose.corpus.formats.webanno_reading import (
    FORMAT_LINE,
    IDENTIFIER,
    IDENTITY,
    LEVEL,
    TYPES,
    WIKIDATA,
    document,
)
from glose.corpus.formats.words import Words
from glose.corpus.forms import shown
from glose.corpus.rulers import UNITS, Ruler

SPANS = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
RELATIONS, COREFERENCE = "webanno.custom.Relation", "webanno.custom.Coref"
OPTIONS = (
    Option("unit", "in which offsets are counted", "utf16", UNITS),
    Option("coreference", "relation layers that are coreference, with commas", "Coref"),
    Option("layer-of-mentions", "the span layer that is written", SPANS),
)
_NAME = re.compile(r"[^\w.-]")
_TAKEN = frozenset((*TYPES, "referenceType", IDENTIFIER, IDENTITY, LEVEL))
_BLANK = re.compile(r"\s")
_KB = re.compile(r"[^\w-]")


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".tsv", ".tsv.gz"):
        if file == path or _is_one(file):
            yield document(file, inputs.identifier(file, path), task)


def _is_one(path: Path) -> bool:
    with readable(path) as stream:
        return (
            stream.read(len(FORMAT_LINE) + 3)
            .removeprefix(b"\xef\xbb\xbf")
            .startswith(FORMAT_LINE.encode())
        )


# --------------------------------------------------------------------------------------------
# What the format cannot say
# --------------------------------------------------------------------------------------------


def _fitted(found: Document, losses: Losses) -> Document:
    found = words.fitted(found, losses)
    for change, reason in (
        (_plain, "features have names of their own, are not empty, and links no score"),
        (_chained, "coreference joins mentions that are left"),
        (derived, "an entity has the type of its first mention"),
        (_spaced, "white space between sentences is line ends, and none is after the last"),
    ):
        after = change(found)
        if after != found:
            found = losses.step(after, reason)
    return found


def _chained(found: Document) -> Document:
    return without(found, {e.id for e in found.entities if len(e.mentions) < 2})


def _plain(found: Document) -> Document:
    return replace(found, mentions=tuple(map(_mention, found.mentions)))


def _mention(mention: Mention) -> Mention:
    attrs: dict[str, Attribute] = {}
    for attribute in mention.attrs:
        name = _NAME.sub("_", attribute.name)
        name = f"_{name}" if name in _TAKEN or name.startswith((BASE, ROLE)) or not name else name
        if attribute.value:
            attrs.setdefault(name, Attribute(name, attribute.value))
    links: dict[bool, Link] = {}
    for link in mention.links:
        kb = _KB.sub("_", link.kb) or "_"
        kb = f"_{kb}" if kb in ("http", "https") else kb
        if link.id:
            links.setdefault(kb == "wikipedia", Link(kb, link.id))
    ordered = tuple(links[which] for which in (False, True) if which in links)
    type_ = mention.type or UNTYPED
    level = mention.level or None
    return replace(mention, type=type_, level=level, links=ordered, attrs=tuple(attrs.values()))


def _spaced(found: Document) -> Document:
    """Return a document in whose text there are only line ends outside of sentences."""
    own = Words(found)
    parts, last = [], 0
    for (first, after), _ in words.sentences(found, own):
        if first < after:
            start, end = own.tokens[first][0], own.tokens[after - 1][1]
            parts += ["\n" * (start - last), own.text[start:end]]
            last = end
    text = "".join(parts)
    if text == own.text:
        return found
    segments = tuple(s for s in found.segments if s.end <= len(text))
    return replace(found, text=text, text_sha256=fingerprint(text), segments=segments)


# --------------------------------------------------------------------------------------------
# Lines
# --------------------------------------------------------------------------------------------


def _write(path: Path, documents: Iterable[Document], task: Task) -> int:
    seen: set[str] = set()
    for found in documents:
        name = inputs.safe(found.id)
        if name in seen:
            what = f"document {shown(found.id)} comes twice; expected one layer (convert one file)"
            raise GloseError(f"{path}: {what}")
        seen.add(name)
        if name != found.id:
            task.losses.note("ids of documents that are no file names were respelt")
        target = path / f"{name}.tsv"
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = _Lines(_fitted(found, task.losses), task)
        target.write_bytes("".join(f"{line}\n" for line in lines).encode())
    return len(seen)


class _Lines:
    """The lines of a document that fits."""

    def __init__(self, found: Document, task: Task) -> None:
        self._document = found
        self._layer = task["layer-of-mentions"] or SPANS
        self._ruler = Ruler(found.text or "", task["unit"] or "utf16")
        self._words = Words(found)
        self._ranges = {m.id: self._words.range(m.start, m.end) for m in found.mentions}
        self._at: dict[int, list[Mention]] = defaultdict(list)
        for mention in found.mentions:
            for number in range(*self._ranges[mention.id]):
                self._at[number].append(mention)
        self._numbers = self._numbered()
        self._features = list(self._declared())
        self._sources = self._pairs()

    def _numbered(self) -> dict[str, int]:
        """Return a number for each mention that is several words, or not alone in one."""
        counts = Counter(
            mention.id
            for own in self._at.values()
            for mention in own
            if len(own) > 1 or self._ranges[mention.id][1] - self._ranges[mention.id][0] > 1
        )
        ids = (m.id for m in self._document.mentions if m.id in counts)
        return {name: number for number, name in enumerate(ids, start=1)}

    def _declared(self) -> Iterator[str]:
        mentions = self._document.mentions
        links = [link for mention in mentions for link in mention.links]
        if any(link.kb != "wikipedia" for link in links):
            yield IDENTIFIER
        if any(link.kb == "wikipedia" for link in links):
            yield IDENTITY
        if any(mention.level for mention in mentions):
            yield LEVEL
        yield from sorted({attribute.name for mention in mentions for attribute in mention.attrs})
        yield TYPES[0]

    def _pairs(self) -> dict[str, dict[int, list[tuple[str, str]]]]:
        """Return by layer and word the relations that go to it: kind, and where from."""
        found: dict[str, dict[int, list[tuple[str, str]]]] = {}
        for relation in self._document.relations:
            source, target = (argument.ref or "" for argument in relation.args)
            self._pair(found, RELATIONS, escaped(relation.type), source, target)
        starts = {m.id: (m.start, -m.end) for m in self._document.mentions}
        for entity in self._document.entities:
            for before, after in pairwise(sorted(entity.mentions, key=starts.__getitem__)):
                self._pair(found, COREFERENCE, "coref", after, before)
        return found

    def _pair(
        self,
        found: dict[str, dict[int, list[tuple[str, str]]]],
        layer: str,
        kind: str,
        source: str,
        target: str,
    ) -> None:
        numbers = self._numbers.get(source, 0), self._numbers.get(target, 0)
        suffix = f"[{numbers[0]}_{numbers[1]}]" if any(numbers) else ""
        rows = found.setdefault(layer, defaultdict(list))
        place = f"{self._ranges[source][0]}{suffix}"
        rows[self._ranges[target][0]].append((kind or BARE, place))

    def __iter__(self) -> Iterator[str]:
        yield f"{FORMAT_LINE}.3"
        yield "|".join([f"#T_SP={self._layer}", *self._features])
        feature = {RELATIONS: "label", COREFERENCE: "type"}
        for layer in self._sources:
            yield f"#T_RL={layer}|{feature[layer]}|{BASE}{self._layer}"
        yield ""
        ranges = [pair for pair, _ in words.sentences(self._document, self._words)]
        addresses = {
            number: f"{sentence}-{number - first + 1}"
            for sentence, (first, after) in enumerate(ranges, start=1)
            for number in range(first, after)
        }
        for first, after in ranges:
            if first < after:
                yield ""
                yield from self._sentence(first, after, addresses)

    def _sentence(self, first: int, after: int, addresses: dict[int, str]) -> Iterator[str]:
        start, end = self._words.tokens[first][0], self._words.tokens[after - 1][1]
        for line in self._words.text[start:end].split("\n"):
            yield f"#Text={line}"
        for number in range(first, after):
            begin, stop = map(self._ruler.offset, self._words.tokens[number])
            cells = [self._cell(number, feature) for feature in self._features]
            for rows in self._sources.values():
                own = rows.get(number, [])
                cells.append("|".join(kind for kind, _ in own) or NONE)
                cells.append("|".join(_addressed(place, addresses) for _, place in own) or NONE)
            word = self._words.form(number)
            yield "\t".join([addresses[number], f"{begin}-{stop}", word, *cells, ""])

    def _cell(self, number: int, feature: str) -> str:
        return "|".join(self._value(m, feature) for m in self._at.get(number, ())) or NONE

    def _value(self, mention: Mention, feature: str) -> str:
        number = self._numbers.get(mention.id)
        value = _feature(mention, feature)
        return (escaped(value) if value else BARE) + (f"[{number}]" if number else "")


def _addressed(place: str, addresses: dict[int, str]) -> str:
    word, bracket, rest = place.partition("[")
    return f"{addresses[int(word)]}{bracket}{rest}"


def _feature(mention: Mention, name: str) -> str | None:
    if name == TYPES[0]:
        return mention.type
    if name == LEVEL:
        return mention.level
    for link in mention.links:
        if link.kb == "wikipedia" and name == IDENTITY:
            return link.id.replace("%", "%25")
        if link.kb != "wikipedia" and name == IDENTIFIER:
            known = link.kb == "wikidata"
            return f"{WIKIDATA}{link.id}" if known else f"{link.kb}:{link.id}"
    return next((a.value for a in mention.attrs if a.name == name), None)


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return any(_is_one(file) for file in inputs.files(path, ".tsv"))
    return head.removeprefix(b"\xef\xbb\xbf").startswith(FORMAT_LINE.encode())


FORMAT = Format(
    "WebAnno TSV 3 of INCEpTION: a folder with a file for each document",
    (".webanno",),
    _read,
    _write,
    _detect,
    holds=frozenset(
        {
            "mentions", "types of mentions", "levels", "nested mentions", "crossing mentions",
            "entities", "relations",
        }
    ),
    partly={
        "texts": "white space between sentences as line ends",
        "links": "one to Wikipedia and one to another base, without scores",
        "attributes of mentions": "one of each name, not empty",
        "tokens": "cut at white space and at the borders of mentions",
        "sentences": "that are whole words, do not overlap, and cut no mention",
    },
    offsets="utf16",
    options=OPTIONS,
    folder=True,
)  # fmt: skip
