"""Column files with a token and a tag on each line: CoNLL-2003 and all that look like it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from glose.corpus.document import Document, Mention, Pair, Provenance, Segment, Status
from glose.corpus.errors import GloseError, Place
from glose.corpus.files import whole
from glose.corpus.formats import inputs, sequences
from glose.corpus.formats.declaration import NAME, Format, Option, Task
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.tagging import SCHEMES, Chunker, is_tag
from glose.corpus.forms import shown
from glose.corpus.rulers import normal

_SUFFIXES = (".conll", ".iob", ".iob2", ".bio", ".conll03")
_START = re.compile(r"-DOCSTART-(?:[ \t]+\((.*)\))?(?:[ \t]|$)")
_SPACES = re.compile("[ \t]+")
_SEPARATORS = {"tab": "\t", "space": " "}

OPTIONS = (
    NAME,
    Option("column", "which column has the tags, from 1 or -1; several with commas", "-1"),
    Option("words", "which column has the tokens, from 1", "1"),
    Option("separator", "what parts columns; else the first line tells", None, ("tab", "space")),
    Option("documents", "what begins a document", "docstart", ("docstart", "sentences")),
    Option("scheme", "of the tags that are written", "IOB2", SCHEMES),
    Option("columns", "how many columns are written, those between filled with -X-", "2"),
)


@dataclass(slots=True)
class Layout:
    """Where in a line token and tags stand, and how lines are cut."""

    words: int
    columns: tuple[int, ...]
    separator: str | None
    width: int | None = None
    #: Whether lines of that width have all the columns that are wanted.
    fits: bool = True

    def cut(self, line: str) -> list[str]:
        """Return the columns of a line; the first line says how they are parted and how many."""
        separator = self.separator or ("\t" if "\t" in line else " ")
        found = line.split("\t") if separator == "\t" else _SPACES.split(line.strip(" \t"))
        if self.width is None and not line.startswith("#"):
            self.separator = separator
            self._settle(len(found))
        return found

    def _settle(self, width: int) -> None:
        self.width = width
        self.fits = all(-width <= number < width for number in (self.words, *self.columns))

    def is_comment(self, line: str) -> bool:
        """Whether a line that begins with # is none of a token, as #news with its tag is."""
        if not line.startswith("#"):
            return False
        found = self.cut(line)
        if self.width is None:
            return len(found) < 2 or not is_tag(found[-1].strip())
        return len(found) != self.width

    def row(self, line: str) -> tuple[str, list[str]]:
        """Return token and tags of a line; raise `MalformedError` if they are not there."""
        columns = self.cut(line)
        if self.width is None:
            self._settle(len(columns))
        if len(columns) != self.width:
            raise MalformedError(
                f"{len(columns)} columns; expected {self.width}, as on the first line"
            )
        if not self.fits:
            raise MalformedError(f"{len(columns)} columns; --option column and words name others")
        token = columns[self.words]
        if not token or token.isspace():
            raise MalformedError(f"{shown(line)}: the token is empty")
        return token, [columns[number].strip() or "O" for number in self.columns]


def _layout(task: Task) -> Layout:
    columns = tuple(_number(text, "column") for text in (task["column"] or "").split(","))
    separator = task["separator"]
    return Layout(_number(task["words"] or "", "words"), columns, _SEPARATORS.get(separator or ""))


def _number(text: str, name: str) -> int:
    """Return the index of a column that counts from 1, or from -1 at the end."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not number:
        raise GloseError(f"--option {name}={text}: expected numbers of columns, from 1 or from -1")
    return number - 1 if number > 0 else number


@dataclass(slots=True)
class Draft:
    """A document that is being read: tokens are joined by spaces, sentences by line ends."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    tokens: list[Pair] = field(default_factory=list)
    sentences: list[Pair] = field(default_factory=list)
    mentions: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, rows: list[tuple[str, list[str]]], chunker: Chunker) -> None:
        """Add a sentence."""
        if not rows:
            return
        first = len(self.tokens)
        for number, (word, _) in enumerate(rows):
            if self.parts:
                self.parts.append(" " if number else "\n")
                self.size += 1
            self.parts.append(word)
            self.tokens.append((self.size, self.size + len(word)))
            self.size += len(word)
        self.sentences.append((self.tokens[first][0], self.size))
        for column in range(len(rows[0][1])):
            for start, end, type_ in chunker.chunks([tags[column] for _, tags in rows]):
                bounds = self.tokens[first + start][0], self.tokens[first + end - 1][1]
                self.mentions.append((*bounds, type_))

    def document(self, name: str, file: str) -> Document:
        """Return the document."""
        mentions = sorted(self.mentions, key=lambda m: (m[0], -m[1], m[2]))
        return Document(
            id=name,
            text="".join(self.parts),
            segments=tuple(
                Segment(f"s{n}", "sentence", *pair)
                for n, pair in enumerate(self.sentences, start=1)
            ),
            tokens=tuple(self.tokens),
            mentions=tuple(
                Mention(f"m{n}", type_, start, end)
                for n, (start, end, type_) in enumerate(mentions, start=1)
            ),
            status=Status(annotated=("mentions",)),
            provenance=Provenance(file=file, format="conll"),
        )


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, *_SUFFIXES, *(f"{suffix}.gz" for suffix in _SUFFIXES)):
        yield from _documents(file, inputs.identifier(file, path, task[NAME.name]), task)


def _documents(path: Path, stem: str, task: Task) -> Iterator[Document]:
    """Yield the documents of a file: those that -DOCSTART- begins, or a sentence each."""
    layout, chunker, draft = _layout(task), Chunker(), Draft()
    each = task["documents"] == "sentences"
    names = _Names(stem, each=each)
    for opening, rows in _sentences(path, layout, task):
        if (draft.tokens or names.stated) and (each or opening is not None):
            yield draft.document(names.next(), str(path))
            draft = Draft()
        if opening is not None:
            names.open(opening)
        draft.add(rows, chunker)
    if draft.tokens or names.stated:
        yield draft.document(names.next(), str(path))
    if chunker.scheme:
        task.losses.note(f"{chunker.scheme}")
    others = (layout.width or 0) - len({layout.words, *layout.columns})
    if others > 0:
        what = "the record has no place for parts of speech and the like (--option column)"
        task.losses.unread("other columns", what, others)


class _Names:
    """The ids of the documents of a file: as -DOCSTART- names them, else numbered."""

    def __init__(self, stem: str, *, each: bool) -> None:
        self._stem = stem
        self._numbers = count(1)
        self._several = each
        self.stated: str | None = None

    def open(self, stated: str) -> None:
        """Take the name that a -DOCSTART- line states, if it does."""
        self.stated = stated or None
        self._several = True

    def next(self) -> str:
        """Return the name of the document that ends here."""
        number = next(self._numbers)
        name, self.stated = self.stated, None
        return name or (f"{self._stem}-{number}" if self._several else self._stem)


def _sentences(
    path: Path, layout: Layout, task: Task
) -> Iterator[tuple[str | None, list[tuple[str, list[str]]]]]:
    """Yield sentences as rows, with what -DOCSTART- says before the first of a document."""
    opening: str | None = None
    rows: list[tuple[str, list[str]]] = []
    for number, line in inputs.lines(path):
        start = _START.match(line) if line.startswith("-") else None
        if start or not line or line.isspace():
            if rows or (start and opening is not None):
                yield opening, rows
                opening, rows = None, []
            opening = start[1] or "" if start else opening
        elif not layout.is_comment(line):
            try:
                rows.append(layout.row(normal(line)))
            except MalformedError as error:
                task.rejects.add(Place(str(path), number), str(error), line)
    if rows or opening is not None:
        yield opening, rows


def _write(path: Path, documents: Iterable[Document], task: Task) -> int:
    separator = _SEPARATORS[task["separator"] or "tab"]
    columns, scheme = task.number("columns") or 2, task["scheme"] or "IOB2"
    if columns < 2:
        raise GloseError(f"--option columns={columns}: expected 2 or more")
    filling = [separator.join(["-X-"] * (columns - 2))] if columns > 2 else []
    number = 0
    with whole(path) as stream:
        for document in documents:
            number += 1
            fitted = sequences.fitted(document, task.losses, neighbours=scheme != "IO")
            head = separator.join([f"-DOCSTART- ({fitted.id})", *filling, "O"])
            stream.write(f"{head}\n\n".encode())
            found = list(sequences.tagged(fitted, scheme))
            task.losses.spaces(fitted, "\n".join(" ".join(w for w, _ in rows) for rows in found))
            for rows in found:
                lines = (separator.join([word, *filling, tag]) + "\n" for word, tag in rows)
                stream.write(f"{''.join(lines)}\n".encode())
    return number


def _detect(_path: Path, head: bytes) -> bool:
    """Whether every line has as many columns as the first, and a tag in the last of them."""
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").split("\n")[: -1 if b"\n" in head else None]
    wanted = [line for line in lines if line.strip() and not _START.match(line)]
    layout = Layout(0, (-1,), None)
    rows = [layout.cut(line) for line in wanted if not layout.is_comment(line)]
    return bool(rows) and all(
        len(row) == layout.width and len(row) > 1 and is_tag(row[-1].strip()) for row in rows
    )


FORMAT = Format(
    "column files: CoNLL-2003, and IO, IOB1, IOB2, IOBES or BILOU in any column",
    _SUFFIXES,
    _read,
    _write,
    _detect,
    holds=frozenset({"mentions", "types of mentions"}),
    partly={
        "texts": "white space as one blank between tokens, and a line end between sentences",
        "tokens": "cut at white space and at the borders of mentions",
        "sentences": "that do not overlap, and cut no mention",
    },
    offsets="tokens",
    options=OPTIONS,
)
