"""CSV and TSV: each row of a table is a document."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import chain, islice
from typing import IO

from glose.corpus.building import columns, linewise
from glose.corpus.building.archives import LARGEST
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft, Lost
from glose.corpus.building.readers.declaration import Reader, never
from glose.corpus.building.readers.texts import media
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules
from glose.corpus.numbers import counted

#: How much is looked at to tell what parts the columns, in characters.
SAMPLE = 1 << 16
#: How many rows are compared.
ROWS = 50
#: The longest line, in characters.
LONGEST = 1 << 27


@dataclass(frozen=True, slots=True)
class Dialect:
    """What parts the columns, and whether quotation marks may stand around what is in them."""

    delimiter: str
    quoted: bool = True


#: The dialects, the likeliest first.
DIALECTS = (Dialect(","), Dialect(";"), Dialect("\t"), Dialect("|"), Dialect("\t", quoted=False))
#: The dialect of a table with one column: nothing parts it.
ALONE = Dialect("\x1f")


def read(content: Content, rules: Rules) -> Iterator[Draft | Lost]:
    """Yield the rows of a table; its first row names the columns."""
    csv.field_size_limit(LARGEST)
    with linewise.opened(content) as (stream, encoding):
        sample = stream.read(SAMPLE)
        told = dialect(sample[: sample.rfind("\n") + 1] or sample, content.suffix)
        sample += stream.readline(LONGEST)
        rows = _rows(chain(StringIO(sample, newline=""), _lines(stream)), told)
        _, names = next(rows, (0, []))
        if isinstance(names, str):
            raise RejectError(f"its first row cannot be read ({names}); expected names of columns")
        table = Table(names, content, rules)
        kind = TSV.media if told.delimiter == "\t" else CSV.media
        for number, row in rows:
            found = table.document(number, row)
            if isinstance(found, Draft):
                found.media = media(kind, encoding)
            yield found


class Table:
    """The columns of a table, and what its rows become."""

    def __init__(self, names: list[str], content: Content, rules: Rules) -> None:
        self.names = [name.strip() for name in names]
        doubled = {name for name in self.names if self.names.count(name) > 1}
        if doubled:
            raise RejectError(
                f"two columns are called {min(doubled)!r}; expected names that differ"
            )
        self.columns = columns.chosen(self.names, rules.columns_of(content.name), rules)
        self.rules = rules

    def document(self, number: int, row: list[str] | str) -> Draft | Lost:
        """Return the draft of a row, or why there is none; a string says what is wrong with it."""
        place = f"row {number}"
        if isinstance(row, str):
            return Lost(place, row)
        if len(row) != len(self.names):
            many = counted(len(row), "column")
            return Lost(place, f"{many}; expected {len(self.names)}, as in the first row")
        try:
            values = dict(zip(self.names, row, strict=True))
            found = columns.draft(values, self.columns, self.rules, f"row={number}")
        except RejectError as error:
            return Lost(place, str(error))
        found.place = place
        return found


def _lines(stream: IO[str]) -> Iterator[str]:
    while line := stream.readline(LONGEST):
        if len(line) == LONGEST:
            raise RejectError(f"a line of more than {LONGEST} characters; expected a table")
        yield line


def _rows(lines: Iterable[str], dialect: Dialect) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the rows that are not empty with their numbers, from 1 below the names.

    In the place of one that cannot be read stands why.
    """
    reader = csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
        strict=True,
    )
    number = 0
    while True:
        try:
            row: list[str] | str = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row = f"line {reader.line_num}: {error}; expected a table, or quotation marks doubled"
        if isinstance(row, str) or any(cell.strip() for cell in row):
            yield number, row
            number += 1


def dialect(sample: str, suffix: str) -> Dialect:
    """Return how the columns of a table are parted.

    It is what gives most rows as many columns as the first one has, and most of both.
    """
    tried = [d for d in DIALECTS if d.delimiter == "\t" or suffix not in TSV.suffixes]
    best = max(tried, key=lambda one: _fitness(sample, one))
    return best if _fitness(sample, best)[1] else ALONE


def _fitness(sample: str, tried: Dialect) -> tuple[float, int, int]:
    rows = [row for _, row in islice(_rows(StringIO(sample, newline=""), tried), ROWS)]
    size = len(rows[0]) if rows and isinstance(rows[0], list) else 0
    if size < 2:
        return 0.0, 0, 0
    fitting = sum(isinstance(row, list) and len(row) == size for row in rows)
    return fitting / len(rows), size, fitting


CSV = Reader("a table with commas", "text/csv", (".csv",), never, read)
TSV = Reader("a table with tabs", "text/tab-separated-values", (".tsv", ".tab"), never, read)
