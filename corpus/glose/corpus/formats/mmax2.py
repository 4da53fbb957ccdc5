"""MMAX2: words in one file, and markables over them in a file for each level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Mention,
    Pair,
    Provenance,
    Relation,
    Segment,
    Status,
)
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.formats import inputs, markup
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.ends import between
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import neighbours
from glose.corpus.formats.words import Draft, first_of
from glose.corpus.forms import shown
from glose.corpus.rulers import normal

OPTIONS = (
    Option("type", "the attribute that is the type of a markable; else its level is"),
    Option("levels", "the levels that are mentions, with commas; else all but sentences"),
)
_SENTENCES = "sentence"
_COMMON = "common_paths.xml"
_PATHS = {"basedata_path": "Basedata", "markable_path": "Markables"}
_CHAIN = "coref_class"
_NOT_ATTRIBUTES = frozenset(("id", "span", "mmax_level", _CHAIN))
#: What attributes say that have no value.
_EMPTY = frozenset(("", "empty", "none"))
_POINTER = re.compile(r"(?:\w+:)?markable_\w+(?:;(?:\w+:)?markable_\w+)*")


@dataclass(frozen=True, slots=True)
class Markable:
    """A markable: its level, its words as ranges of numbers, and its attributes."""

    id: str
    level: str
    ranges: tuple[Pair, ...]
    attributes: Mapping[str, str]
    place: Place


@dataclass(slots=True)
class Project:
    """The words of one document, and where they and their markables stand."""

    path: Path
    task: Task
    draft: Draft = field(default_factory=Draft)
    numbers: dict[str, int] = field(default_factory=dict)
    sentences: list[Segment] = field(default_factory=list)

    def document(self, name: str) -> Document:
        """Return the document."""
        stem = self._words()
        markables = sorted(self._markables(stem), key=_order)
        mentions = {(m.level, m.id): self._mention(n, m) for n, m in enumerate(markables, start=1)}
        relations = [r for m in markables for r in self._relations(m, mentions)]
        return Document(
            id=name,
            text=self.draft.text,
            tokens=tuple(self.draft.tokens),
            segments=tuple(self.sentences),
            mentions=tuple(mentions.values()),
            entities=tuple(_entities(markables, mentions)),
            relations=tuple(
                Relation(f"r{n}", type_, args) for n, (type_, args) in enumerate(relations, 1)
            ),
            status=Status(annotated=("mentions", "entities", "relations")),
            provenance=Provenance(file=str(self.path), format="mmax2"),
        )

    def _words(self) -> str:
        """Read the words; return what the names of the files of levels begin with."""
        file = self._words_file()
        root = markup.root(inputs.content(file), Place(str(file)))
        for element in root.iter("{*}word"):
            where = Place(str(file), element.sourceline)
            with self.task.rejects.aside(where, element.text):
                form = normal("".join(element.itertext()))
                if not form.strip() or not element.get("id"):
                    raise MalformedError("a word without text or id; expected both")
                self.numbers[element.get("id")] = self.draft.word(form, " ")
        return file.name.removesuffix("_words.xml").removesuffix("_word.xml")

    def _words_file(self) -> Path:
        place = Place(str(self.path))
        names = [e.text or "" for e in _children(self.path, "words")]
        if len(names) != 1:
            raise InputError(place, f"{len(names)} elements <words>; expected one, a file name")
        return self._folder("basedata_path") / _plain(names[0].strip(), place)

    def _folder(self, name: str) -> Path:
        """Return the folder of words or of markables, as common_paths.xml or custom has it."""
        root = self.path.parent
        stated = _stated(root / _COMMON, name)
        if stated:
            if not (root / stated).resolve().is_relative_to(root.resolve()):
                what = f"{shown(stated)} leads out of the project; expected a folder in it"
                raise InputError(Place(str(root / _COMMON)), what)
            return root / stated
        usual = root / _PATHS[name]
        return usual if usual.is_dir() else root

    def _markables(self, stem: str) -> Iterator[Markable]:
        wanted = _listed(self.task["levels"] or "")
        for file in sorted(self._folder("markable_path").glob("*_level.xml")):
            if not file.name.startswith(f"{stem}_"):
                continue
            level = file.name[len(stem) + 1 : -len("_level.xml")]
            if level == _SENTENCES:
                self._sentences(file)
            elif not wanted or level in wanted:
                yield from self._level(file, level)

    def _level(self, file: Path, level: str) -> Iterator[Markable]:
        root = markup.root(inputs.content(file), Place(str(file)))
        seen: set[str] = set()
        for element in root.iter("{*}markable"):
            place = Place(str(file), element.sourceline)
            attributes = {str(k): normal(str(v)) for k, v in element.attrib.items()}
            with self.task.rejects.aside(place, attributes.get("span")):
                name = attributes.get("id", "")
                if not name or name in seen:
                    raise MalformedError(f"the id {shown(name)} is missing or there twice")
                ranges = tuple(self._ranges(attributes.get("span", "")))
                seen.add(name)
                yield Markable(name, level, ranges, attributes, place)

    def _ranges(self, text: str) -> Iterator[Pair]:
        """Yield the words of `word_1..word_3,word_7` as ranges that do not touch."""
        numbers: set[int] = set()
        for part in text.split(","):
            first, _, last = part.strip().partition("..")
            start, end = self.numbers.get(first), self.numbers.get(last or first)
            if start is None or end is None or start > end:
                raise MalformedError(f"span {shown(text)}: expected words such as word_1..word_3")
            numbers.update(range(start, end + 1))
        yield from neighbours(numbers)

    def _sentences(self, file: Path) -> None:
        for number, markable in enumerate(self._level(file, _SENTENCES), start=1):
            pairs = self.draft.pairs(markable.ranges)
            found = Segment(f"s{number}", _SENTENCES, pairs[0][0], pairs[-1][1])
            self.sentences.append(found)

    def _mention(self, number: int, markable: Markable) -> Mention:
        pairs = self.draft.pairs(markable.ranges)
        typed = self.task["type"] or ""
        attrs = (
            Attribute(name, value)
            for name, value in markable.attributes.items()
            if name != typed and _says(name, value)
        )
        return Mention(
            f"m{number}",
            markable.attributes.get(typed) or markable.level,
            pairs[0][0],
            pairs[-1][1],
            pairs if len(pairs) > 1 else (),
            attrs=tuple(attrs),
        )

    def _relations(
        self, markable: Markable, mentions: Mapping[tuple[str, str], Mention]
    ) -> Iterator[tuple[str, tuple[Argument, ...]]]:
        """Yield a relation for each markable that an attribute points to."""
        source = mentions[markable.level, markable.id]
        for name, value, target in _pointers(markable):
            level, _, identifier = target.rpartition(":")
            with self.task.rejects.aside(markable.place, value):
                found = mentions.get((level or markable.level, identifier))
                if found is None:
                    raise MalformedError(f"{name} points to {shown(target)}, which is not there")
                yield name, between(source.id, found.id)


def _pointers(markable: Markable) -> Iterator[tuple[str, str, str]]:
    """Yield the attributes that point to markables: name, value, and each that is pointed to."""
    for name, value in markable.attributes.items():
        if name not in _NOT_ATTRIBUTES and _POINTER.fullmatch(value):
            for target in value.split(";"):
                yield name, value, target


def _says(name: str, value: str) -> bool:
    """Whether an attribute says something of a markable, and does not point to another."""
    return not (name in _NOT_ATTRIBUTES or value in _EMPTY or _POINTER.fullmatch(value))


def _listed(names: str) -> set[str]:
    """Return names that stand with commas between them."""
    return {name.strip() for name in names.split(",") if name.strip()}


def _stated(path: Path, name: str) -> str:
    """Return the folder that common_paths.xml states, if it is there and does."""
    stated = _children(path, name) if path.is_file() else []
    return (stated[0].text or "").strip() if stated else ""


def _order(markable: Markable) -> tuple[int, int, str, str]:
    return markable.ranges[0][0], -markable.ranges[-1][1], markable.level, markable.id


def _entities(
    markables: Iterable[Markable], mentions: Mapping[tuple[str, str], Mention]
) -> Iterator[Entity]:
    """Yield the classes of coreference of each level."""
    groups: dict[tuple[str, str], list[Mention]] = {}
    for markable in markables:
        chain = markable.attributes.get(_CHAIN, "")
        if chain not in _EMPTY:
            found = mentions[markable.level, markable.id]
            groups.setdefault((markable.level, chain), []).append(found)
    for number, own in enumerate(groups.values(), start=1):
        yield Entity(f"e{number}", first_of(own).type, mentions=tuple(m.id for m in own))


def _children(path: Path, name: str) -> list[Any]:
    root = markup.root(inputs.content(path), Place(str(path)))
    return list(root.iter(f"{{*}}{name}"))


def _plain(name: str, place: Place) -> str:
    if not name or "/" in name or "\\" in name or "\0" in name:
        raise InputError(place, f"the file {shown(name)}: expected a name without folders")
    return name


def _read(path: Path, task: Task) -> Iterator[Document]:
    found = inputs.files(path, ".mmax")
    if not found:
        raise GloseError(f"{path}: no .mmax file in this folder; expected one for each document")
    for file in found:
        yield Project(file, task).document(inputs.identifier(file, path))


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return bool(inputs.files(path, ".mmax"))
    return b"<mmax_project" in head


FORMAT = Format(
    "MMAX2: words, and markables over them in a file for each level",
    (".mmax",),
    _read,
    None,
    _detect,
    holds=frozenset(
        {
            "mentions", "types of mentions", "nested mentions", "crossing mentions",
            "discontinuous mentions", "attributes of mentions", "entities",
            "entities of one mention", "relations", "sentences", "tokens",
        }
    ),
    offsets="tokens",
    options=OPTIONS,
    folder=True,
)  # fmt: skip
