"""One table, four forms; no name or text of a document breaks out of any of them."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate import writers
from glose.evaluate.sheet import Column, Figure, Row, Sheet, Table
from glose.evaluate.writers import written

NASTY = [
    "a|b", "<script>alert(1)</script>", "100 % of R&D_1", r"\input{/etc/passwd}", "$x^2$", "[1]",
    "=1+1", "two\nlines", "\x1b[2J", "a--b", "`code`", "\u202edesrever", '"quoted", text', "*",
]  # fmt: skip


def sheet(name: str = "crf", *lines: str) -> Sheet:
    """Return a sheet of one table with a share and an interval, and of lines."""
    columns = (Column("metric"), Column("F1"), Column("interval", ("F1 low", "F1 high")))
    cells = (name, Figure("33.33", (1 / 3,)), Figure("-", (None, None)))
    return Sheet((Table(columns, (Row(cells, {"system": name}, 1),)), *lines), "signed|1")


def records(made: Sheet) -> list[dict[str, str]]:
    """Return what a CSV reader reads."""
    return list(csv.DictReader(io.StringIO("\n".join(written(made, "csv")) + "\n")))


def test_text_is_aligned() -> None:
    assert list(written(sheet("crf", "signed"))) == [
        "metric     F1  interval", "  crf   33.33         -", "", "signed",
    ]  # fmt: skip


def test_markdown_has_a_head_and_a_rule() -> None:
    assert list(written(sheet("crf", "signed|1"), "markdown")) == [
        "| metric | F1 | interval |", "| :-- | --: | --: |", "| &nbsp;&nbsp;crf | 33.33 | - |", "",
        "`signed|1`",
    ]  # fmt: skip


def test_latex_has_rules_of_booktabs() -> None:
    assert list(written(sheet("crf", "signed"), "latex"))[1:] == [
        r"\begin{tabular}{lrr}", r"\toprule", r"metric & F1 & interval \\", r"\midrule",
        r"\quad crf & 33.33 & -- \\", r"\bottomrule", r"\end{tabular}", "% signed",
    ]  # fmt: skip


def test_csv_has_full_precision_the_ends_of_intervals_and_the_signature() -> None:
    assert records(sheet()) == [
        {"system": "crf", "F1": repr(1 / 3), "F1 low": "", "F1 high": "", "signature": "signed|1"}
    ]


def test_csv_is_one_table_of_all_columns() -> None:
    other = Table((Column("b"), Column("count")), (Row(("x", Figure("2", (2,))), {"b": "x"}),))
    rows = records(Sheet((*sheet().blocks, other), "s"))

    assert [(row["system"], row["b"], row["F1"] != "", row["count"]) for row in rows] == [
        ("crf", "", True, ""), ("", "x", False, "2"),
    ]  # fmt: skip


def test_what_is_in_the_key_is_not_told_twice() -> None:
    columns = (Column("a"), Column("documents", told=False))
    table = Table(columns, (Row(("x", Figure("7", (7,))), {"documents": "7"}),))

    assert list(table.records()) == [{"documents": "7"}]


def test_a_terminal_shows_the_lines_of_a_table_that_has_some() -> None:
    made = Sheet((Table((Column("a"),), (Row(("x",), {}),), lines=("another way",)),), "s")

    assert list(written(made)) == ["another way"]


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("form", ["text", "markdown", "latex", "csv"])
def test_no_form_lets_control_characters_or_line_breaks_through(
    text: str, form: writers.Form
) -> None:
    lines = list(written(sheet(text, text), form))

    assert len(lines) == len(list(written(sheet("crf", "signed"), form)))
    assert not any(ord(character) < 32 or character == "\u202e" for character in "".join(lines))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("100 % of R&D_1", r"100 \% of R\&D\_1"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("$x^2$~", r"\$x\textasciicircum{}2\$\textasciitilde{}"),
        ("[1]*", "{[}1{]}{*}"),
        ("a--b", "a-{}-b"),
    ],
)
def test_latex_is_escaped(text: str, shown: str) -> None:
    assert writers.latex(text) == shown


class Tags(HTMLParser):
    """Collects the elements of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_markdown_holds_no_element_and_no_further_cell(text: str) -> None:
    reader = Tags()
    reader.feed(writers.markdown(text))

    assert reader.found == []
    assert "|" not in writers.markdown(text)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_a_csv_reader_gets_the_text_back(text: str) -> None:
    wanted = writers.plain(text)
    wanted = f"'{wanted}" if wanted[:1] in tuple("=+-@") else wanted

    assert records(sheet(text))[0]["system"] == wanted


@pytest.mark.parametrize("text", ["=1+1", "+1", "-cmd", "@SUM(A1)"])
def test_a_spreadsheet_runs_nothing(text: str) -> None:
    assert records(sheet(text))[0]["system"] == f"'{text}"
