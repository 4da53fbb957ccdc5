"""Writing a sheet: aligned text for a terminal, Markdown, LaTeX with booktabs, or CSV.

Names of types, labels and systems and the words of documents may hold anything: each writer
escapes them, and none lets control characters through.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeAlias

from glose.evaluate.sheet import Row, Sheet, Table
from glose.evaluate.tables import align

Form: TypeAlias = Literal["text", "markdown", "latex", "csv"]

_BREAK = re.compile(r"[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]+")

#: What a terminal may obey, and what turns the direction of a line.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")

_MARKDOWN = {
    **{character: f"\\{character}" for character in "\\`*_{}[]#~!$"},
    "|": "&#124;", "<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;",
}  # fmt: skip

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    "`": r"\textasciigrave{}", '"': r"\textquotedbl{}", "[": "{[}", "]": "{]}", "*": "{*}",
}  # fmt: skip

#: How a text begins that a spreadsheet would run.
_FORMULA = re.compile(r"[=+\-@]")


def plain(text: str) -> str:
    r"""Return a text on one line, without what a terminal would obey.

    >>> plain("a\nb"), plain("\x1b[2J") == "\ufffd[2J"
    ('a b', True)
    """
    return _CONTROL.sub("\ufffd", _BREAK.sub(" ", text))


def markdown(text: str) -> str:
    r"""Return a text for a cell of a Markdown table, where it means itself.

    >>> print(markdown("a|b <b> *c*"))
    a&#124;b &lt;b&gt; \*c\*
    """
    return "".join(_MARKDOWN.get(character, character) for character in plain(text))


def latex(text: str) -> str:
    r"""Return a text for a cell of a LaTeX table, where it means itself.

    >>> print(latex("100 % of R&D_1"))
    100 \% of R\&D\_1
    """
    escaped = "".join(_LATEX.get(character, character) for character in plain(text))
    return escaped.replace("--", "-{}-")


def written(sheet: Sheet, form: Form = "text") -> Iterator[str]:
    """Yield the lines of a sheet in a form."""
    return _FORMS[form](sheet)


def _text(sheet: Sheet) -> Iterator[str]:
    table = False
    for number, block in enumerate(sheet.blocks):
        if number and (table or isinstance(block, Table)):
            yield ""
        table = isinstance(block, Table)
        yield from map(plain, [block] if isinstance(block, str) else _lines(block))


def _lines(table: Table) -> Iterator[str]:
    if table.lines:
        return iter(table.lines)
    head = [column.head for column in table.columns]
    rows = [("  " * row.indent + row.shown[0], *row.shown[1:]) for row in table.rows]
    return align([list(map(plain, each)) for each in (head, *rows)], table.left)


def _markdown(sheet: Sheet) -> Iterator[str]:
    for number, block in enumerate(sheet.blocks):
        if number:
            yield ""
        if isinstance(block, str):
            yield markdown(block) if "`" in block else f"`{plain(block)}`"
            continue
        rules = (":--" if n < block.left else "--:" for n in range(len(block.columns)))
        yield _piped(markdown(column.head) for column in block.columns)
        yield _piped(rules)
        for row in block.rows:
            first, *rest = map(markdown, row.shown)
            yield _piped(("&nbsp;&nbsp;" * row.indent + first, *rest))


def _piped(cells: Iterator[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _latex(sheet: Sheet) -> Iterator[str]:
    yield "% needs \\usepackage{booktabs} and \\usepackage[T1]{fontenc}"
    for block in sheet.blocks:
        if isinstance(block, str):
            yield f"% {plain(block)}"
            continue
        yield f"\\begin{{tabular}}{{{'l' * block.left}{'r' * (len(block.columns) - block.left)}}}"
        yield "\\toprule"
        yield _row(latex(column.head) for column in block.columns)
        yield "\\midrule"
        for row in block.rows:
            yield _row(_cells(row))
        yield "\\bottomrule"
        yield "\\end{tabular}"


def _cells(row: Row) -> Iterator[str]:
    first, *rest = row.shown
    yield "\\quad " * row.indent + latex(first)
    # What is not defined is a dash that cannot be taken for a minus.
    yield from ("--" if cell == "-" else latex(cell) for cell in rest)


def _row(cells: Iterator[str]) -> str:
    return f"{' & '.join(cells)} \\\\"


def _csv(sheet: Sheet) -> Iterator[str]:
    """Yield one table of all rows, numbers not rounded and shares from 0 to 1."""
    records = [record for table in sheet.tables for record in table.records()]
    names = list(dict.fromkeys(name for record in records for name in record))
    target = io.StringIO()
    rows = csv.writer(target, lineterminator="\n")
    rows.writerow([*names, "signature"])
    for record in records:
        rows.writerow([*(_value(record.get(name)) for name in names), sheet.signature])
    # Not splitlines: a cell may hold what that takes for the end of a line.
    yield from target.getvalue().removesuffix("\n").split("\n")


def _value(value: str | float | None) -> str | float:
    if not isinstance(value, str):
        return "" if value is None else value
    text = plain(value)
    return f"'{text}" if _FORMULA.match(text) else text


_FORMS: Mapping[Form, Callable[[Sheet], Iterator[str]]] = {
    "text": _text,
    "markdown": _markdown,
    "latex": _latex,
    "csv": _csv,
}
