"""WebAnno TSV 3, which INCEpTION reads and writes: a folder with a file for each document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import Attribute, Document, Link, Mention, fingerprint
from glose.corpus.files import readable
from glose.corpus.formats import entries, inputs, words
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.filenames import Stems
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import derived, without
from glose.corpus.formats.webanno_cells import BARE, BASE, NONE, ROLE, escaped
from glose.corpus.formats.webanno_reading import (
    FORMAT_LINE,
    IDENTIFIER,
    IDENTITY,
    LEVEL,
    TYPES,
    document,
)
from glose.corpus.formats.words import Words
from glose.corpus.rulers import UNITS, Ruler

SPANS = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
RELATIONS, COREFERENCE = "webanno.custom.Relation", "webanno.custom.Coref"
OPTIONS = (
    Option("unit", "in which offsets are counted", "utf16", UNITS),
    Option("coreference", "relation layers that are coreference, with commas", "Coref"),
    Option("layer-of-mentions", "the span layer that is written", SPANS),
)
_NAME = re.compile(r"[^\w.-]")
#: The feature of links, by whether they are to Wikipedia.
_LINKED = {False: IDENTIFIER, True: IDENTITY}
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
    return losses.steps(
        words.fitted(found, losses),
        (
            (_plain, "features have names of their own, are not empty, and links no score"),
            (_chained, "coreference joins mentions that are left"),
            (derived, "an entity has the type of its first mention"),
            (_spaced, "white space between sentences is line ends, and none is after the last"),
        ),
    )


def _chained(found: Document) -> Document:
    return without(found, {e.id for e in found.entities if len(e.mentions) < 2})


def _plain(found: Document) -> Document:
    return replace(found, mentions=tuple(map(_mention, found.mentions)))


def _mention(mention: Mention) -> Mention:
    return replace(
        mention,
        type=mention.type or UNTYPED,
        level=mention.level or None,
        links=_links(mention),
        attrs=tuple(_features(mention.attrs)),
    )


def _features(attrs: Iterable[Attribute]) -> Iterable[Attribute]:
    """Return attributes as features: not empty, and one of each name that is none of ours."""
    found: dict[str, Attribute] = {}
    for attribute in attrs:
        name = _NAME.sub("_", attribute.name)
        if name in _TAKEN or not name or name.startswith((BASE, ROLE)):
            name = f"_{name}"
        if attribute.value:
            found.setdefault(name, Attribute(name, attribute.value))
    return found.values()


def _links(mention: Mention) -> tuple[Link, ...]:
    """Return the first link of another base and the first to Wikipedia."""
    found: dict[bool, Link] = {}
    for link in mention.links:
        kb = _KB.sub("_", link.kb) or "_"
        kb = f"_{kb}" if kb in ("http", "https") else kb
        if link.id:
            found.setdefault(kb == "wikipedia", Link(kb, link.id))
    return tuple(found[which] for which in sorted(found))


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
    stems = Stems(path, task.losses)
    for found in documents:
        stem = stems.stem(found.id)
        lines = _Lines(_fitted(found, task.losses), task)
        content = "".join(f"{line}\n" for line in lines).encode()
        stem.with_name(f"{stem.name}.tsv").write_bytes(content)
    return len(stems)


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
        stacked = {m.id for own in self._at.values() if len(own) > 1 for m in own}
        long = {name for name, (first, after) in self._ranges.items() if after - first > 1}
        ids = (m.id for m in self._document.mentions if m.id in stacked | long)
        return {name: number for number, name in enumerate(ids, start=1)}

    def _declared(self) -> Iterator[str]:
        """Yield the features that mentions have, in the order of the columns."""
        mentions = self._document.mentions
        bases = {link.kb == "wikipedia" for mention in mentions for link in mention.links}
        yield from (name for which, name in _LINKED.items() if which in bases)
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
                cells += _related(rows.get(number, []), addresses)
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


def _related(pairs: list[tuple[str, str]], addresses: dict[int, str]) -> tuple[str, str]:
    """Return the cells of the relations that go to a word: their kinds, and where from."""
    kinds = "|".join(kind for kind, _ in pairs)
    return kinds or NONE, "|".join(_addressed(place, addresses) for _, place in pairs) or NONE


def _feature(mention: Mention, name: str) -> str | None:
    """Return the value of a feature of a mention, if it has one."""
    if name == TYPES[0]:
        return mention.type
    if name == LEVEL:
        return mention.level
    if name in _LINKED.values():
        own = (x for x in mention.links if _LINKED[x.kb == "wikipedia"] == name)
        return next(map(_entry, own), None)
    return next((a.value for a in mention.attrs if a.name == name), None)


def _entry(link: Link) -> str:
    if link.kb == "wikipedia":
        return link.id.replace("%", "%25")
    return entries.written(link)


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
