"""GAP: pronouns with two names each (github.com/google-research-datasets/gap-coreference)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from glose.corpus.document import (
    Attribute,
    Document,
    Entity,
    Mention,
    Meta,
    Provenance,
    Status,
)
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import inputs
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import placed
from glose.corpus.rulers import UNITS, Ruler

OPTIONS = (Option("unit", "in which offsets are counted", "code points", UNITS),)
COLUMNS = (
    "ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset",
    "B-coref", "URL",
)  # fmt: skip
_HEAD = "\t".join(COLUMNS)
_TRUTH = {"TRUE": True, "FALSE": False}


def _read(path: Path, task: Task) -> Iterator[Document]:
    for number, line in inputs.lines(path):
        place = Place(str(path), number)
        if number == 1:
            if line != _HEAD:
                raise InputError(place, f"expected the columns {', '.join(COLUMNS)}")
        elif line.strip():
            with task.rejects.aside(place, line):
                yield _document(line, place, task)


def _document(line: str, place: Place, task: Task) -> Document:
    row = _row(line)
    ruler = Ruler(row["Text"], task["unit"] or "code points")
    pronoun = _mention("m1", row, "Pronoun", ruler)
    names = {letter: _mention(f"m{n}", row, letter, ruler) for n, letter in ((2, "A"), (3, "B"))}
    same = tuple(mention.id for letter, mention in names.items() if _truth(row, letter))
    entity = Entity("e1", UNTYPED, mentions=(pronoun.id, *same))
    return Document(
        id=row["ID"],
        text=ruler.text,
        meta=Meta(url=row["URL"] or None),
        mentions=(pronoun, *names.values()),
        entities=(entity,) if same else (),
        status=Status(annotated=("mentions", "entities")),
        provenance=Provenance(file=place.source, format="gap"),
    )


def _row(line: str) -> dict[str, str]:
    """Return the cells of a line by column."""
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise MalformedError(f"{len(cells)} cells; expected {len(COLUMNS)}, with tabs")
    return dict(zip(COLUMNS, cells, strict=True))


def _mention(name: str, row: dict[str, str], column: str, ruler: Ruler) -> Mention:
    given = row[f"{column}-offset"]
    if not (given.isascii() and given.isdigit() and len(given) < 12):
        raise MalformedError(f"{column}-offset is {given[:40]!r}; expected a number")
    start, words = int(given), row[column]
    pair = placed(ruler, (start, start + Ruler(words, ruler.unit).size), words, column)
    if column == "Pronoun":
        return Mention(name, UNTYPED, *pair, level="PRO")
    return Mention(name, UNTYPED, *pair, level="NAM", attrs=(Attribute("candidate", column),))


def _truth(row: dict[str, str], letter: str) -> bool:
    given = row[f"{letter}-coref"]
    if given.upper() not in _TRUTH:
        raise MalformedError(f"{letter}-coref is {given[:40]!r}; expected TRUE or FALSE")
    return _TRUTH[given.upper()]


def _detect(_path: Path, head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").startswith(_HEAD.encode())


FORMAT = Format(
    "GAP: a pronoun and two names a line",
    (),
    _read,
    None,
    _detect,
    options=OPTIONS,
)
