"""Lines of brat and BioNLP-ST standoff, as values: what stands in an .ann, .a1 or .a2 file.

The format: https://brat.nlplab.org/standoff.html (T, E, R, `*`, A, M, N and `#` lines).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from glose.corpus.document import Pair
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.forms import shown


@dataclass(frozen=True, slots=True)
class Textbound:
    """`T1  PER 0 4;8 12  text`: a span, in pieces as they are written."""

    id: str
    type: str
    pairs: tuple[Pair, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Frame:
    """`E1  Attack:T3 Victim:T1` or `R1  Owner Arg1:T1 Arg2:T2`; a relation has no trigger."""

    id: str
    type: str
    trigger: str | None
    args: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """`*  Equiv T1 T2 T3`: items that stand in a relation without direction."""

    type: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trait:
    """`A1  Negation E1` or `A1  Confidence E1 high`, and `#1  AnnotatorNotes T1  words`."""

    name: str
    target: str
    value: str


@dataclass(frozen=True, slots=True)
class Normalization:
    """`N1  Reference T1 Wikipedia:534366  name`."""

    target: str
    kb: str
    id: str
    name: str


Line: TypeAlias = Textbound | Frame | Group | Trait | Normalization

#: The value of an attribute that has none: it is there, or it is not.
BINARY = "true"

_BOUNDS = re.compile(r"\d+ \d+(?:;\d+ \d+)*")


def parsed(line: str) -> Line:
    """Return what a line says; raise `MalformedError` if it is none."""
    found = _PARSERS.get(line[:1])
    if found is None:
        raise MalformedError(
            f"{shown(line)}: expected a line that begins with T, E, R, *, A, N or #"
        )
    return found(line)


def _fields(line: str, fewest: int, form: str) -> list[str]:
    fields = line.split("\t")
    if len(fields) < fewest or not all(field.strip() for field in fields[:2]):
        raise MalformedError(f"{shown(line)}: expected {form}, with tabs")
    return fields


def _textbound(line: str) -> Textbound:
    name, body, *words = _fields(line, 3, "T1, TYPE START END, TEXT")
    type_, _, bounds = body.partition(" ")
    if not _BOUNDS.fullmatch(bounds):
        raise MalformedError(
            f"{shown(body)}: expected a type, then START END, with ; between pieces"
        )
    pairs = (piece.split(" ") for piece in bounds.split(";"))
    return Textbound(name, type_, tuple((int(a), int(b)) for a, b in pairs), "\t".join(words))


def _event(line: str) -> Frame:
    name, body = _fields(line, 2, "E1, TYPE:TRIGGER ROLE:ID …")[:2]
    (type_, trigger), *args = map(_pair, body.split())
    return Frame(name, type_, trigger, tuple(args))


def _relation(line: str) -> Frame:
    name, body = _fields(line, 2, "R1, TYPE ARG1:ID ARG2:ID")[:2]
    type_, *args = body.split()
    return Frame(name, type_, None, tuple(map(_pair, args)))


def _pair(text: str) -> tuple[str, str]:
    left, colon, right = text.rpartition(":")
    if not (left and colon and right):
        raise MalformedError(f"{shown(text)}: expected NAME:ID")
    return left, right


def _group(line: str) -> Group:
    type_, *members = _fields(line, 2, "*, TYPE ID ID …")[1].split()
    return Group(type_, tuple(members))


def _attribute(line: str) -> Trait:
    body = _fields(line, 2, "A1, NAME ID VALUE")[1].split()
    if len(body) not in {2, 3}:
        raise MalformedError(f"{shown(line)}: expected a name, an id, and one value or none")
    return Trait(body[0], body[1], body[2] if len(body) > 2 else BINARY)


def _note(line: str) -> Trait:
    _, body, *words = _fields(line, 3, "#1, TYPE ID, TEXT")
    if len(body.split()) != 2:
        raise MalformedError(f"{shown(body)}: expected a type and the id that the note is on")
    type_, target = body.split()
    return Trait(type_, target, "\t".join(words))


def _normalization(line: str) -> Normalization:
    _, body, *words = _fields(line, 2, "N1, Reference ID BASE:ENTRY, TEXT")
    parts = body.split()
    base, colon, entry = parts[-1].partition(":")
    if len(parts) != 3 or not (base and colon and entry):
        raise MalformedError(f"{shown(body)}: expected Reference, an id, and BASE:ENTRY")
    return Normalization(parts[1], base, entry, "\t".join(words))


_PARSERS: Mapping[str, Callable[[str], Line]] = {
    "T": _textbound,
    "E": _event,
    "R": _relation,
    "*": _group,
    "A": _attribute,
    "M": _attribute,
    "#": _note,
    "N": _normalization,
}
