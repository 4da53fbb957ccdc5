"""From rows of CoNLL-U to documents: text, sentences, and the mentions of `Entity=`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, count, pairwise
from pathlib import Path
from urllib.parse import unquote

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Document,
    Entity,
    Mention,
    Provenance,
    Relation,
    Status,
)
from glose.corpus.errors import Place
from glose.corpus.formats import conllu_comments, entity_fields, inputs
from glose.corpus.formats.brackets import Brackets, Span
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.facts import ENDS
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.words import Draft, first_of
from glose.corpus.forms import shown
from glose.corpus.rulers import normal

BRIDGE = "bridge"
SPLIT = "split_antecedent"
WIDTH = 10

_NUMBER = re.compile(r"(\d{1,9})(?:([-.])(\d{1,9}))?")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"s": " ", "t": "\t", "n": "\n", "r": "\n", "p": "|", "\\": "\\"}
_PART = re.compile(r"\[(\d{1,6})/(\d{1,6})\]")
_PAIR = re.compile(r"([^<:]+)<([^<:]+)(?::(.*))?")
_ENTITY_ID = re.compile(r"e?(\d+)")


def unescaped(text: str) -> str:
    r"""Return the white space that `SpacesAfter` states, as UDPipe writes it (`\s\n`)."""
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[0]), text)


@dataclass(slots=True)
class Row:
    """A line of a word, of several that are written as one, or of a word that is not there."""

    first: int
    kind: str
    last: int
    form: str
    misc: dict[str, str]
    others: int


def row(line: str) -> Row:
    """Return what a line states; raise `MalformedError` if it is no row of CoNLL-U."""
    columns = line.split("\t")
    if len(columns) != WIDTH:
        raise MalformedError(f"{len(columns)} columns; expected {WIDTH}, with tabs between")
    found = _NUMBER.fullmatch(columns[0])
    form = normal(columns[1])
    if found is None or not form or form.isspace():
        raise MalformedError(f"{shown(line[:60])}: expected a number and a word")
    number, kind, end = found.groups()
    first = int(number)
    misc = _stated(columns[9]) if columns[9] != "_" else {}
    others = 7 - columns[2:9].count("_")
    return Row(first, kind or "", int(end) if end else first, form, misc, others)


def _stated(misc: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in misc.split("|"))


@dataclass(slots=True)
class Part:
    """A mention, or a part of one, as a range of words."""

    opened: entity_fields.Opening
    first: int
    after: int


@dataclass(slots=True)
class Sheet:
    """The rows of one document."""

    task: Task
    file: str
    draft: Draft = field(default_factory=Draft)
    names: tuple[str, ...] = entity_fields.DEFAULT
    brackets: Brackets = field(default_factory=lambda: Brackets(entity_fields.key))
    #: The token that each word is written in.
    words: list[int] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    #: What is stated of mentions that begin at a word: name, value, number of the word.
    pairs: list[tuple[str, str, int]] = field(default_factory=list)
    annotated: bool = False
    _until: int = 0
    _inside: list[str] = field(default_factory=list)

    def sentence(self) -> None:
        """Begin a sentence, in which words count from 1 again."""
        self._until = 0

    def take(self, found: Row, line: int) -> None:
        """Take a row; raise `MalformedError` if its brackets are none."""
        number = len(self.words)
        if found.kind == "-":
            self._token(found)
            self._until = found.last
            self._inside = []
        elif found.kind == "":
            if found.first > self._until:
                self._token(found)
            self.words.append(len(self.draft.tokens) - 1)
            if found.first <= self._until:
                self._inside.append(found.form)
                if found.first == self._until:
                    self._parted()
        after = number + (found.kind == "")
        if "Entity" in found.misc:
            self.annotated = True
            for span in self.brackets.take(found.misc["Entity"], number, after, line):
                self._part(span)
        for name in ("Bridge", "SplitAnte"):
            if name in found.misc:
                self.pairs.append((name, found.misc[name], number))

    def _token(self, found: Row) -> None:
        if "SpacesBefore" in found.misc:
            self.draft.gap = ""
            self.draft.space(unescaped(found.misc["SpacesBefore"]))
        gap = "" if found.misc.get("SpaceAfter") == "No" else " "
        gap = unescaped(found.misc["SpacesAfter"]) if "SpacesAfter" in found.misc else gap
        self.draft.word(found.form, gap)
        self.stated = "SpacesAfter" in found.misc

    def _parted(self) -> None:
        """Make tokens of words that are written as one if they are its parts, as in year's."""
        start = self.draft.tokens[-1][0]
        sizes = [len(form) for form in self._inside]
        if "".join(self._inside) == self.draft.parts[-1] and len(sizes) <= len(self.words):
            bounds = pairwise(accumulate(sizes, initial=start))
            self.draft.tokens[-1:] = bounds
            last = len(self.draft.tokens)
            self.words[-len(sizes) :] = range(last - len(sizes), last)

    stated: bool = False

    def _part(self, span: Span) -> None:
        if span.first < span.after:
            opened = entity_fields.opening(span.body, self.names)
            self.parts.append(Part(opened, span.first, span.after))
        else:
            self.task.losses.unread("mentions", "no word of the text: an empty node")

    def document(self, name: str) -> Document:
        """Return the document."""
        for body, line in self.brackets.left():
            what = f"{shown('(' + body)} is opened and never closed"
            self.task.rejects.add(Place(self.file, line, name), what, body)
        if self.stated:
            self.draft.space(self.draft.gap)
        mentions = list(self._mentions())
        entities, names = self._entities(mentions)
        relations = self._relations(mentions, names)
        annotated = ("mentions", "entities") if self.annotated else ()
        return Document(
            id=name,
            text=self.draft.text,
            tokens=tuple(self.draft.tokens),
            segments=tuple(self.draft.sentences),
            mentions=tuple(mention for mention, _, _ in mentions),
            entities=entities,
            relations=relations,
            status=Status(annotated=annotated + (("relations",) if relations else ())),
            provenance=Provenance(file=self.file, format="conllu"),
        )

    def _mentions(self) -> Iterator[tuple[Mention, str, int]]:
        """Yield the mentions with the ids of their entities and the numbers of their first words.

        They are in the order of the text, and the longest of those that begin together is first.
        """
        joined = sorted(self._joined(), key=_order)
        for number, parts in enumerate(joined, start=1):
            ranges = [(self.words[p.first], self.words[p.after - 1] + 1) for p in parts]
            pairs = self.draft.pairs(ranges)
            fragments = pairs if len(pairs) > 1 else ()
            mention = Mention(
                f"m{number}", "", pairs[0][0], pairs[-1][1], fragments, head=self._head(parts)
            )
            opened = parts[0].opened
            yield entity_fields.described(mention, opened), opened.id, parts[0].first

    def _joined(self) -> Iterator[list[Part]]:
        """Yield the parts of each mention: those that count up to their number, one by one."""
        waiting: dict[tuple[str, int], list[Part]] = defaultdict(list)
        for part in sorted(self.parts, key=lambda p: (p.first, p.after)):
            found = _PART.fullmatch(part.opened.part)
            if found is None:
                yield [part]
                continue
            number, last = int(found[1]), int(found[2])
            own = waiting[part.opened.id, last]
            if number == 1 and own:
                yield waiting.pop((part.opened.id, last))
                own = waiting[part.opened.id, last]
            own.append(part)
            if number >= last:
                yield waiting.pop((part.opened.id, last))
        yield from filter(None, waiting.values())

    def _head(self, parts: list[Part]) -> tuple[int, ...]:
        words = [n for part in parts for n in range(part.first, part.after)]
        wanted = [
            words[n - 1] for n in entity_fields.numbers(parts[0].opened) if 0 < n <= len(words)
        ]
        if not wanted:
            return ()
        tokens = self.draft.tokens
        return tokens[self.words[min(wanted)]][0], tokens[self.words[max(wanted)]][1]

    def _entities(
        self, mentions: list[tuple[Mention, str, int]]
    ) -> tuple[tuple[Entity, ...], dict[str, str]]:
        """Return the entities, and the new name of each by the one that it has in the file."""
        groups: dict[str, list[Mention]] = {}
        for mention, name, _ in mentions:
            groups.setdefault(name, []).append(mention)
        names = _named(groups)
        entities = tuple(
            Entity(names[name], first_of(own).type, mentions=tuple(mention.id for mention in own))
            for name, own in groups.items()
        )
        return entities, names

    def _relations(
        self, mentions: list[tuple[Mention, str, int]], names: dict[str, str]
    ) -> tuple[Relation, ...]:
        """Return bridging and split antecedents, each from the mention that begins there."""
        starts: dict[tuple[str, int], str] = {}
        for mention, name, first in mentions:
            starts.setdefault((name, first), mention.id)
        found: list[Relation] = []
        for kind, text, number in self.pairs:
            pairs = [pair for part in text.split(",") if (pair := _PAIR.fullmatch(part))]
            targets = [(unquote(p[1]), unquote(p[2]), unquote(p[3] or "")) for p in pairs]
            usable = [t for t in targets if t[0] in names and (t[1], number) in starts]
            if lost := text.count(",") + 1 - len(usable):
                self.task.losses.unread("relations", f"{kind}= names no such mention", lost)
            found += _related(kind, [(starts[t[1], number], names[t[0]], t[2]) for t in usable])
        return tuple(replace(r, id=f"r{n}") for n, r in enumerate(found, start=1))


def _order(parts: list[Part]) -> tuple[int, int, int, int, str]:
    name = parts[0].opened.id
    return parts[0].first, -parts[-1].after, len(parts), len(name), name


def _named(names: dict[str, list[Mention]]) -> dict[str, str]:
    """Return an id of the record for each entity: `e1` for 1 and e1, else a number of its own."""
    found: dict[str, str] = {}
    for name in names:
        match = _ENTITY_ID.fullmatch(name)
        wanted = f"e{match[1]}" if match and name.isascii() else ""
        if wanted and wanted not in found.values():
            found[name] = wanted
    taken = set(found.values())
    free = (f"e{n}" for n in count(1) if f"e{n}" not in taken)
    return {name: found.get(name) or next(free) for name in names}


def _related(kind: str, targets: list[tuple[str, str, str]]) -> Iterator[Relation]:
    if kind == "Bridge":
        for anaphor, antecedent, type_ in targets:
            args = (Argument(ENDS[0], ref=anaphor), Argument(ENDS[1], ref=antecedent))
            yield Relation("", f"{BRIDGE}.{type_}" if type_ else BRIDGE, args)
        return
    for anaphor in Counter(target[0] for target in targets):
        own = (Argument(ENDS[1], ref=target[1]) for target in targets if target[0] == anaphor)
        yield Relation("", SPLIT, (Argument(ENDS[0], ref=anaphor), *own))


def documents(path: Path, name: str, task: Task) -> Iterator[Document]:
    """Yield the documents of a file; those that `# newdoc` begins, or the whole file."""
    found = _Documents(str(path), name, task)
    for number, line in inputs.lines(path):
        if line.startswith("#"):
            yield from found.comment(line)
        elif not line or line.isspace():
            found.blank()
        else:
            try:
                found.row(row(line), number)
            except MalformedError as error:
                task.rejects.add(Place(str(path), number), str(error), line)
    yield from found.end()


class _Documents:
    """The documents of a file as its lines come."""

    def __init__(self, file: str, stem: str, task: Task) -> None:
        self._file, self._stem, self._task = file, stem, task
        self._sheet: Sheet | None = None
        self._comments = conllu_comments.Comments()
        self._names = count(1)
        self._seen: set[str] = set()
        self._others = 0
        self._global: tuple[str, ...] = entity_fields.DEFAULT

    def comment(self, line: str) -> Iterator[Document]:
        """Take a comment; yield the document before, if it begins a new one."""
        name, equals, value = (part.strip() for part in line[1:].partition("="))
        if name in ("newdoc id", "newdoc"):
            self.blank()
            yield from self._finished()
            self._comments = conllu_comments.Comments(value if equals else "")
            self._sheet = self._new()
        elif name == "global.Entity":
            self._global = tuple(value.split("-"))
            if self._sheet:
                self._sheet.names = self._global
        else:
            self._comments.take(name, normal(value))

    def _new(self) -> Sheet:
        return Sheet(self._task, self._file, names=self._global)

    def row(self, found: Row, line: int) -> None:
        """Take a row."""
        if self._sheet is None:
            self._sheet = self._new()
        if self._comments.opening and self._sheet.draft.tokens and not self._sheet.stated:
            self._sheet.draft.gap = "\n"
        self._comments.opening = False
        self._others += found.others
        self._sheet.take(found, line)

    def blank(self) -> None:
        """End a sentence."""
        if self._sheet is not None:
            self._sheet.draft.end(self._comments.sentence())
            self._sheet.sentence()

    def _finished(self) -> Iterator[Document]:
        if self._sheet is not None:
            name = self._comments.document or self._stem
            if name in self._seen or (not self._comments.document and self._seen):
                name = f"{name}-{next(self._names)}"
            self._seen.add(name)
            yield self._comments.on(self._sheet.document(name))

    def end(self) -> Iterator[Document]:
        """Yield the last document, and tell what was not read."""
        self.blank()
        yield from self._finished()
        if self._others:
            what = "the record has no place for morphology and syntax"
            self._task.losses.unread("other columns", what, self._others)
