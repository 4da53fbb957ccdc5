"""Coreference as in CoNLL-2012: words with brackets in the last column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from glose.corpus.document import Document, Entity, Link, Mention, Provenance, Status
from glose.corpus.errors import Place
from glose.corpus.files import whole
from glose.corpus.formats import inputs, words
from glose.corpus.formats.brackets import Brackets, Span, tangled, written
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import without
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.words import Draft, Words, first_of
from glose.corpus.forms import shown
from glose.corpus.rulers import normal

_SUFFIXES = (".conll", ".v4_gold_conll", ".v4_auto_conll", ".conll12")
_BEGIN = re.compile(r"# ?begin document (?:\((.*)\)(?:; part (\d+))?|([^(].*?))\s*")
_END = re.compile(r"# ?end document\b")
_SPACES = re.compile("[ \t]+")
_LABEL = re.compile(r"([^-]+)-(\d+)(?:-(.+))?", re.DOTALL)
_NAME = re.compile(r"\s|^#")
#: What a column has that says nothing.
_NOTHING = frozenset(("", "-", "_", "*"))
#: From how many columns on the word is in the fourth, as it was in 2012.
_WIDE = 5
#: What is written between a word and its brackets: part of speech to named entity.
_BETWEEN = "- * - - - - *"

OPTIONS = (
    Option("words", "which column has the words, from 1; else the 4th of 5 or more, or the 2nd"),
)


@dataclass(slots=True)
class Sheet:
    """The rows of one document."""

    name: str
    file: str
    column: int | None
    draft: Draft = field(default_factory=Draft)
    brackets: Brackets = field(default_factory=Brackets)
    spans: list[Span] = field(default_factory=list)
    #: How many columns said something that is not read.
    others: int = 0

    def take(self, line: str, number: int) -> None:
        """Take a row; raise `MalformedError` if it is none."""
        columns = line.split("\t") if "\t" in line else _SPACES.split(line.strip())
        at = self._at(columns)
        if not 0 <= at < len(columns) - 1 or not columns[at].strip():
            what = f"expected a word in column {at + 1}, and brackets in the last"
            raise MalformedError(f"{shown(line[:60])}: {what}")
        token = self.draft.word(normal(columns[at]), " ")
        other = columns[4:-1] if len(columns) >= _WIDE and at == 3 else ()
        self.others += sum(column.strip() not in _NOTHING for column in other)
        marks = columns[-1].strip()
        if marks not in _NOTHING:
            self.spans += self.brackets.take(marks, token, token + 1, number)

    def _at(self, columns: list[str]) -> int:
        """Return in which column the word is: as stated, or as the format has it."""
        if self.column is not None:
            return self.column
        return 3 if len(columns) >= _WIDE else 1

    def sentence(self) -> None:
        """End a sentence."""
        self.draft.end()
        if self.draft.tokens:
            self.draft.gap = "\n"

    def document(self, task: Task) -> Document:
        """Return the document; what is still open is rejected."""
        for body, line in self.brackets.left():
            what = f"{shown('(' + body)} is opened and never closed"
            task.rejects.add(Place(self.file, line, self.name), what, body)
        ordered = sorted(self.spans, key=lambda s: (s.first, -s.after, len(s.body), s.body))
        mentions = [self._mention(n, span) for n, span in enumerate(ordered, start=1)]
        groups: dict[str, list[Mention]] = {}
        for mention, span in zip(mentions, ordered, strict=True):
            groups.setdefault(_chain(span.body), []).append(mention)
        return Document(
            id=self.name,
            text=self.draft.text,
            tokens=tuple(self.draft.tokens),
            segments=tuple(self.draft.sentences),
            mentions=tuple(mentions),
            entities=tuple(_entities(groups)),
            status=Status(annotated=("mentions", "entities")),
            provenance=Provenance(file=self.file, format="conll-2012"),
        )

    def _mention(self, number: int, span: Span) -> Mention:
        start, end = self.draft.pairs([(span.first, span.after)])[0]
        found = _LABEL.fullmatch(span.body)
        if found is None:
            return Mention(f"m{number}", UNTYPED, start, end)
        links = (Link("wikipedia", unquote(found[3])),) if found[3] else ()
        return Mention(f"m{number}", found[1], start, end, links=links)


def _chain(body: str) -> str:
    found = _LABEL.fullmatch(body)
    return found[2] if found else body


def _entities(groups: dict[str, list[Mention]]) -> Iterator[Entity]:
    """Yield the chains; they keep their numbers if all have one."""
    plain = all(map(_is_number, groups))
    for number, (name, own) in enumerate(groups.items(), start=1):
        members = tuple(mention.id for mention in own)
        yield Entity(f"e{name if plain else number}", first_of(own).type, mentions=members)


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdigit() and name == str(int(name))


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, *_SUFFIXES):
        yield from _documents(file, task)


def _documents(path: Path, task: Task) -> Iterator[Document]:
    number = task.number("words")
    column = None if number is None else number - 1
    sheet: Sheet | None = None
    for line_number, line in inputs.lines(path):
        begins = _BEGIN.fullmatch(line)
        if begins or _END.match(line):
            yield from _finished(sheet, task)
            sheet = Sheet(_named(begins), str(path), column) if begins else None
        elif line.strip():
            with task.rejects.aside(Place(str(path), line_number), line):
                if sheet is None:
                    raise MalformedError(f"{shown(line[:60])} before a #begin document line")
                sheet.take(line, line_number)
        elif sheet:
            sheet.sentence()
    yield from _finished(sheet, task)


def _named(found: re.Match[str]) -> str:
    """Return the id of a document: its name, and its part if it is not the first."""
    name = found[1] if found[1] is not None else found[3]
    part = (found[2] or "0").lstrip("0")
    return f"{name}.{part}" if part else str(name)


def _finished(sheet: Sheet | None, task: Task) -> Iterator[Document]:
    """Yield the document of a sheet, if there is one."""
    if sheet is None:
        return
    if sheet.others:
        what = "the record has no place for parts of speech and the like"
        task.losses.unread("other columns", what, sheet.others)
    yield sheet.document(task)


def _fitted(document: Document, losses: Losses) -> Document:
    document = words.fitted(document, losses)
    found = without(document, tangled(document))
    why = "brackets cannot tell mentions of one entity that cross"
    return words.grouped(losses.changed(document, found, why), losses)


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    number = 0
    with whole(path) as stream:
        for number, document in enumerate(found, start=1):  # noqa: B007
            fitted = _fitted(document, task.losses)
            task.losses.spaces(fitted, words.rebuilt(fitted))
            for line in _lines(fitted):
                stream.write(f"{line}\n".encode())
    return number


def _lines(document: Document) -> Iterator[str]:
    own = Words(document)
    numbers = words.numbered(document)
    owners = {name: str(numbers[e.id]) for e in document.entities for name in e.mentions}
    spans = ((own.range(m.start, m.end), owners[m.id], owners[m.id]) for m in document.mentions)
    marks = written(spans, "|")
    name = _NAME.sub("_", document.id)
    yield f"#begin document ({document.id}); part 000"
    for (first, after), _ in words.sentences(document, own):
        for place, at in enumerate(range(first, after)):
            yield f"{name} 0 {place} {own.form(at)} {_BETWEEN} {marks.get(at, '-')}"
        yield ""
    yield "#end document"


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return False
    text = head.decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    return bool(_BEGIN.fullmatch(text.partition("\n")[0].rstrip("\r")))


FORMAT = Format(
    "coreference as in CoNLL-2012 and LitBank",
    (".conll12", ".v4_gold_conll", ".v4_auto_conll"),
    _read,
    _write,
    _detect,
    holds=frozenset(
        {
            "mentions", "nested mentions", "crossing mentions", "entities",
            "entities of one mention",
        }
    ),
    partly={
        "texts": "white space as one blank between words, and a line end between sentences",
        "tokens": "cut at white space and at the borders of mentions",
        "sentences": "that are whole words, do not overlap, and cut no mention",
    },
    offsets="tokens",
    options=OPTIONS,
)  # fmt: skip
