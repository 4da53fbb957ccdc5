"""The TSV of HIPE and HIPE-2022: a token a line, with columns of types and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import Attribute, Date, Document, Mention, Meta, Provenance, Status
from glose.corpus.errors import InputError, Place
from glose.corpus.files import whole
from glose.corpus.formats import conllu_comments, hipe_columns, inputs, words
from glose.corpus.formats.declaration import NAME, Format, Task
from glose.corpus.formats.hipe_columns import COLUMN, HEADER, MISC, TOKEN
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.tagging import Chunker
from glose.corpus.formats.words import Draft
from glose.corpus.forms import shown
from glose.corpus.rulers import normal

_PREFIX = "hipe2022:"
_ID, _DATE, _LANGUAGE = "document_id", "date", "language"
_COMMENT = re.compile(r"# ?([^\s=]+)\s*=\s*(.*?)\s*")
_NAME = re.compile(r"[^\s=]+")
_BLANK = re.compile(r"\s+")
_FLAGS = frozenset(("NoSpaceAfter", "EndOfLine", "EndOfSentence", "_", ""))


@dataclass(slots=True)
class Sheet:
    """The rows and comments of one document."""

    header: list[str]
    comments: list[tuple[str, str]] = field(default_factory=list)
    draft: Draft = field(default_factory=Draft)
    rows: list[list[str]] = field(default_factory=list)
    #: How many remarks are not read, and how many comments between tokens.
    others: int = 0
    between: int = 0
    _sentences: bool = False

    def say(self, comments: list[tuple[str, str]]) -> None:
        """Take comments; those between tokens are only counted."""
        if self.rows:
            self.between += len(comments)
        else:
            self.comments += comments

    def take(self, line: str) -> None:
        """Take a row; raise `MalformedError` if it has not the columns of the header."""
        columns = line.split("\t")
        if len(columns) != len(self.header):
            what = f"{len(columns)} columns; expected {len(self.header)}, as in the header"
            raise MalformedError(what)
        form = normal(columns[self.header.index(TOKEN)])
        if not form.strip():
            raise MalformedError(f"{shown(line[:60])}: the token is empty")
        self.rows.append(columns)
        flags = columns[self.header.index(MISC)].split("|") if MISC in self.header else []
        self.draft.word(form, _after(flags))
        self.others += sum(flag not in _FLAGS for flag in flags)
        if "EndOfSentence" in flags:
            self._sentences = True
            self.draft.end()

    def document(self, number: int, file: str, stem: str, chunker: Chunker) -> Document:
        """Return the document; it is called by its number if it has no id."""
        if self._sentences:
            self.draft.end()
        stated = {name.rpartition(":")[2]: value for name, value in reversed(self.comments)}
        date = conllu_comments.date(stated.get(_DATE, ""))
        return Document(
            id=stated.get(_ID) or f"{stem}-{number}",
            language=stated.get(_LANGUAGE) or None,
            text=self.draft.text,
            meta=Meta(date=date),
            segments=tuple(self.draft.sentences),
            tokens=tuple(self.draft.tokens),
            mentions=tuple(self._mentions(chunker)),
            status=Status(annotated=("mentions",)),
            provenance=Provenance(file=file, format="hipe"),
            extra=tuple(self._extra(date)),
        )

    def _extra(self, date: Date | None) -> Iterator[Attribute]:
        """Yield the comments that are no field; a date that is none is among them."""
        known = {_ID, _LANGUAGE, "applicable_columns", *([_DATE] if date else [])}
        for name, value in self.comments:
            if value and name.rpartition(":")[2] not in known:
                yield Attribute(name, normal(value))

    def _mentions(self, chunker: Chunker) -> Iterator[Mention]:
        columns = {
            name: [row[number].strip() for row in self.rows]
            for number, name in enumerate(self.header)
        }
        for number, found in enumerate(hipe_columns.found(columns, chunker), start=1):
            start, end = self.draft.pairs([(found.start, found.end)])[0]
            attrs = (Attribute(COLUMN, found.place),) if found.place else ()
            yield Mention(f"m{number}", found.type, start, end, links=found.links, attrs=attrs)


def _after(flags: list[str]) -> str:
    """Return what stands between a token with these remarks and the next."""
    if "EndOfLine" in flags:
        return "\n"
    return "" if "NoSpaceAfter" in flags else " "


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".tsv", ".tsv.gz"):
        yield from _documents(file, inputs.identifier(file, path, task[NAME.name]), task)


def _documents(path: Path, stem: str, task: Task) -> Iterator[Document]:
    chunker = Chunker()
    for number, sheet in enumerate(_sheets(path, task), start=1):
        if sheet.others:
            what = "the record has no place for other remarks on tokens"
            task.losses.unread("other columns", what, sheet.others)
        if sheet.between:
            task.losses.unread("metadata", "comments between tokens", sheet.between)
        yield sheet.document(number, str(path), stem, chunker)


def _sheets(path: Path, task: Task) -> Iterator[Sheet]:
    """Yield the documents: each begins where a comment names it."""
    reading = _Reading(path, task)
    for number, line in inputs.lines(path):
        comment = _COMMENT.fullmatch(line) if "\t" not in line else None
        if not reading.header and line.startswith(f"{TOKEN}\t"):
            reading.header = _header(line, Place(str(path), number))
        elif comment:
            yield from reading.comment(comment[1], comment[2])
        elif line.strip() and (reading.header or not line.startswith("#")):
            reading.row(line, number)
    yield from reading.end()


class _Reading:
    """A file, as far as it was read: its header, the document that is read and what is waiting."""

    def __init__(self, path: Path, task: Task) -> None:
        self.header: list[str] = []
        self._path, self._task = path, task
        self._sheet: Sheet | None = None
        #: Comments after the last row: of the next document, if it begins here.
        self._waiting: list[tuple[str, str]] = []

    def comment(self, name: str, value: str) -> Iterator[Sheet]:
        """Take a comment; yield the document that ends where it names another."""
        self._waiting.append((name, value))
        if name.rpartition(":")[2] == _ID:
            if self._sheet:
                if not self._sheet.rows:
                    self._sheet.say(self._waiting[:-1])
                    self._waiting = self._waiting[-1:]
                yield self._sheet
            self._sheet, self._waiting = Sheet(self.header, self._waiting), []

    def row(self, line: str, number: int) -> None:
        """Take a row; one that is wrong is rejected."""
        place = Place(str(self._path), number)
        if not self.header:
            raise InputError(place, "no header; expected TOKEN first")
        self._sheet = self._sheet or Sheet(self.header)
        self._sheet.say(self._waiting)
        self._waiting = []
        with self._task.rejects.aside(place, line):
            self._sheet.take(line)

    def end(self) -> Iterator[Sheet]:
        """Yield the last document."""
        if self._sheet:
            if not self._sheet.rows:
                self._sheet.say(self._waiting)
            yield self._sheet


def _header(line: str, place: Place) -> list[str]:
    header = [name.strip() for name in line.split("\t")]
    if unknown := sorted(set(header) - set(HEADER)):
        names = ", ".join(HEADER)
        raise InputError(place, f"column {shown(unknown[0])} is unknown; expected some of {names}")
    if len(set(header)) < len(header):
        raise InputError(place, "a column is there twice; expected each once")
    return header


# --------------------------------------------------------------------------------------------
# Writing
# --------------------------------------------------------------------------------------------


def _plain(document: Document) -> Document:
    """Return a document with what comments of one line can say of it."""
    date = document.meta.date
    return replace(
        document,
        meta=Meta(date=date if conllu_comments.stated(date) else None),
        language=_line(document.language or "") or None,
        extra=tuple(_respelt(document.extra, date)),
    )


def _respelt(extra: Iterable[Attribute], date: Date | None) -> Iterator[Attribute]:
    for attribute in extra:
        value = _line(attribute.value)
        if value and (name := _name(attribute.name, value, date)):
            yield Attribute(name, value)


def _line(text: str) -> str:
    return _BLANK.sub(" ", text).strip()


def _name(text: str, value: str, date: Date | None) -> str:
    """Return a name that is none of a field; what is no date may be called so."""
    name = _BLANK.sub("_", text).replace("=", "_")
    last = name.rpartition(":")[2]
    if last == _DATE and date is None and conllu_comments.date(value) is None:
        return name
    taken = last in (_ID, _DATE, _LANGUAGE, "applicable_columns")
    return f"{name}_" if taken else name


def _fitted(document: Document, losses: Losses) -> tuple[Document, hipe_columns.Columns]:
    why = "comments are a line each, and no fields but date, language"
    document = losses.changed(document, _plain(document), why)
    return hipe_columns.filled(words.fitted(document, losses), losses)


def _write(path: Path, documents: Iterable[Document], task: Task) -> int:
    number = 0
    with whole(path) as stream:
        stream.write(("\t".join(HEADER) + "\n").encode())
        for number, document in enumerate(documents, start=1):  # noqa: B007
            fitted, columns = _fitted(document, task.losses)
            task.losses.spaces(fitted, "".join(_rebuilt(columns.words)))
            lines = [*_comments(fitted), *_rows(fitted, columns), ""]
            stream.write("".join(f"{line}\n" for line in lines).encode())
    return number


def _comments(document: Document) -> Iterator[str]:
    yield f"# {_PREFIX}{_ID} = {document.id}"
    if text := conllu_comments.stated(document.meta.date):
        yield f"# {_PREFIX}{_DATE} = {text}"
    if document.language:
        yield f"# {_PREFIX}{_LANGUAGE} = {document.language}"
    for attribute in document.extra:
        yield f"# {attribute.name} = {attribute.value}"


def _rows(document: Document, columns: hipe_columns.Columns) -> Iterator[str]:
    own = columns.words
    ends: set[int] = set()
    if any(segment.type == "sentence" for segment in document.segments):
        ends = {after - 1 for (_, after), _ in words.sentences(document, own)}
    for number, row in enumerate(columns.rows(len(own.tokens))):
        flags = [*_spacing(own, number), *(["EndOfSentence"] if number in ends else [])]
        yield "\t".join([own.form(number), *row, "|".join(flags) or "_"])


def _rebuilt(own: words.Words) -> Iterator[str]:
    """Yield words and what a reader puts between them."""
    for number in range(len(own.tokens)):
        yield _after(_spacing(own, number - 1)) if number else ""
        yield own.form(number)


def _spacing(own: words.Words, number: int) -> list[str]:
    """Return the remarks on what stands between a token and the next."""
    gap = own.gap(number)
    if not gap and number + 1 < len(own.tokens):
        return ["NoSpaceAfter"]
    return ["EndOfLine"] if "\n" in gap else []


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return False
    lines = head.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
    first = next((line for line in lines if line.strip() and line[0] != "#"), "")
    return first.startswith(f"{TOKEN}\t") and "NE-COARSE-LIT" in first


FORMAT = Format(
    "TSV of HIPE-2022: coarse, fine and nested types, components, metonymy, links",
    (".hipe.tsv",),
    _read,
    _write,
    _detect,
    holds=frozenset({"mentions", "types of mentions"}),
    partly={
        "texts": "white space as nothing, one blank or one line end",
        "metadata": "date, language and extra",
        "nested mentions": "one level, and what `column` puts elsewhere",
        "crossing mentions": "what `column` puts elsewhere",
        "links": "NIL, or of wikidata",
        "attributes of mentions": "`column`",
        "tokens": "cut at white space and at the borders of mentions",
        "sentences": "that are whole words, do not overlap, and cut no mention",
    },
    offsets="tokens",
    options=(NAME,),
)
