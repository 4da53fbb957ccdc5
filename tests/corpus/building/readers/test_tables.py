"""Tables: rows of CSV, TSV and Parquet and objects of JSON are documents."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from tests.corpus.building.readers.reading import laid, only, read, stated

from glose.corpus.building.readers.delimited import dialect
from glose.corpus.building.reading import Made
from glose.corpus.building.rejections import Rejection
from glose.corpus.building.settings import Files, Rules
from glose.corpus.document import Date

TEXT = "Douze civils ont été tués."
BOTH = [(None, "Un"), (None, "Deux")]


def table(tmp_path: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def untold(names: str) -> list[tuple[str | None, str]]:
    """Return the outcome of a file whose text cannot be told."""
    what = "which column is the text cannot be told; there are:"
    return [(None, f"{what} {names}; name it with --column text=NAME")]


def outcome(found: list[Any]) -> list[tuple[str | None, str | None]]:
    """Return own id and text of each document, place and reason of what was rejected."""
    return [
        (one.own, one.document.text) if isinstance(one, Made) else (one.place, one.reason)
        for one in found
    ]


@pytest.mark.parametrize(
    ("content", "name", "texts"),
    [
        pytest.param("text\nUn\nDeux\n", "a.csv", ["Un", "Deux"], id="one column"),
        pytest.param("words\nUn, deux\n", "a.csv", ["Un, deux"], id="one column with commas"),
        pytest.param('id,text\n1,"Un, deux"\n', "a.csv", ["Un, deux"], id="commas, quoted"),
        pytest.param("id;text\n1;Un, deux, x\n", "a.csv", ["Un, deux, x"], id="semicolons"),
        pytest.param("id|text\n1|Un, deux\n", "a.csv", ["Un, deux"], id="bars"),
        pytest.param("id\ttext\n1\tUn, deux\n", "a.csv", ["Un, deux"], id="tabs in a .csv"),
        pytest.param("id\ttext\n1\tUn, deux\n", "a.tsv", ["Un, deux"], id="tabs"),
        pytest.param('id\ttext\n1\t"Un" et\n2\t"deux\n', "a.tsv", ['"Un" et', '"deux'],
                     id="quotation marks that are text"),
        pytest.param('id\ttext\n1\t"Un\tdeux"\n', "a.tsv", ["Un\tdeux"], id="a tab, quoted"),
        pytest.param('text,b\n"Un\n\nDeux ""oui""",x\n', "a.csv", ['Un\n\nDeux "oui"'],
                     id="lines in a cell"),
        pytest.param("\ufefftext,b\r\nUn,x\r\n", "a.csv", ["Un"], id="mark and CR LF"),
        pytest.param("text,b\n\nUn,x\n,\n", "a.csv", ["Un"], id="empty rows"),
        pytest.param("text,b\nUn,x".encode("utf-16"), "a.csv", ["Un"], id="UTF-16"),
        pytest.param("text;b\nété à Alep;x\n".encode("cp1252"), "a.csv", ["été à Alep"],
                     id="Windows-1252"),
        pytest.param("TEXT , b\nUn,x\n", "a.csv", ["Un"], id="names in capitals"),
    ],
)  # fmt: skip
def test_rows(tmp_path: Path, content: str | bytes, name: str, texts: list[str]) -> None:
    assert [one.document.text for one in stated(table(tmp_path, content, name))] == texts


def test_columns_fill_what_they_are_called(tmp_path: Path) -> None:
    content = (
        f"id,Titre,Date,Journal,Langue,Rubrique,texte\n7,Raids,14 mars 2018,X,fr,Monde,{TEXT}"
    )
    made = only(table(tmp_path, content))
    meta = made.document.meta

    assert made.own == "7"
    assert (meta.title, meta.source, meta.date) == ("Raids", "X", Date(2018, 3, 14))
    assert made.document.language == "fr"
    assert [(a.name, a.value) for a in made.document.extra] == [("Rubrique", "Monde")]
    assert laid(made.document) == [("paragraph", TEXT, "row=1")]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param({"text": "b"}, [("a", "Un")], id="the text"),
        pytest.param({"text": "b", "id": "c"}, [("x", "Un")], id="the id"),
        pytest.param({"text": "d"}, [(None, "no column is called 'd'; there are: id, b, c")],
                     id="a column that is not there"),
    ],
)  # fmt: skip
def test_columns_that_are_told(
    tmp_path: Path, columns: dict[str, str], expected: list[tuple[str | None, str]]
) -> None:
    path = table(tmp_path, "id,b,c\na,Un,x\n")

    assert outcome(read(path, Rules(columns=columns))) == expected
    assert outcome(read(path, Rules(files=(Files("*.csv", columns=columns),)))) == expected


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(
            "a,b\n1,2\n", "the text cannot be told; there are: a, b; name it with", id="none"
        ),
        pytest.param("body,content\n1,2\n", "may be body or content", id="two"),
        pytest.param("text,text\n1,2\n", "two columns are called 'text'", id="the same name"),
        pytest.param("", "empty", id="an empty file"),
        pytest.param('"text\nUn', "its first row cannot be read", id="a name that does not end"),
        pytest.param("text\0,b\n\0\1\2,x", "cannot be told", id="binary"),
    ],
)
def test_table_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    (found,) = read(table(tmp_path, content))

    assert isinstance(found, Rejection)
    assert reason in found.reason


def test_a_row_that_is_wrong_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    content = 'id,text\n1,Un\n2\n3,\n4,Quatre,x\n5,"Cinq"x\n6,Six\n7,"Sept'
    found = outcome(read(table(tmp_path, content)))

    assert [(place, text[:22]) for place, text in found if text] == [
        ("1", "Un"),
        ("row 2", "1 column; expected 2, "),
        ("row 3", "no text in 'text'; exp"),
        ("row 4", "3 columns; expected 2,"),
        ("row 5", "line 6: ',' expected a"),
        ("6", "Six"),
        ("row 7", "line 8: unexpected end"),
    ]


def test_a_huge_cell_is_read(tmp_path: Path) -> None:
    (made,) = stated(table(tmp_path, "id,text\n1," + "mot " * 100_000 + "\n"))

    assert len(made.document.text or "") == 399_999


def test_markup_in_a_cell_is_read_as_such(tmp_path: Path) -> None:
    made = only(table(tmp_path, 'text,b\n"<p>Un</p><p>Deux <img/></p>",x\n'))

    assert laid(made.document) == [
        ("paragraph", "Un", "row=1; xpath=/html/body/p[1]"),
        ("paragraph", "Deux", "row=1; xpath=/html/body/p[2]"),
    ]
    assert made.left == ("image",)


def test_header_and_credit_leave_a_cell(tmp_path: Path) -> None:
    document = only(table(tmp_path, f"text\n date 2018-03 {TEXT} (afp)\n")).document

    assert (document.text, document.meta.agency, document.meta.date) == (
        TEXT, "afp", Date(2018, 3),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        pytest.param('{"id": 7, "text": "Un"}', "a.json", [("7", "Un")], id="one object"),
        pytest.param('[{"text": "Un"}, {"text": "Deux"}]', "a.json", BOTH,
                     id="an array"),
        pytest.param('{"text": "Un"}\n\n{"text": "Deux"}\n', "a.jsonl",
                     BOTH, id="lines"),
        pytest.param('{"text": "Un"}\n{"text": "Deux"}\n', "a.json", BOTH,
                     id="lines in a .json"),
        pytest.param('{"text": ["Un", "Deux"]}', "a.json", [(None, "Un\n\nDeux")],
                     id="a list of paragraphs"),
        pytest.param('\ufeff{"text": "Un"}', "a.jsonl", [(None, "Un")], id="a mark"),
        pytest.param('{"text": "a\\r\\nb"}', "a.json", [(None, "a\nb")], id="CR LF in a string"),
        pytest.param('{"a": {"b": 1}, "c": 2}', "a.json",
                     untold("a.b, c"), id="no text"),
        pytest.param('{"x": 1}', "a.json",
                     untold("x"), id="one key, which may be anything"),
        pytest.param('{"text": "Un"}\n{"text": 1\n[]\n', "a.jsonl", [(None, "Un"),
                     ("line 2", "no JSON: Expecting ',' delimiter in column 11"),
                     ("line 3", "a value of the type list; expected an object")], id="bad lines"),
        pytest.param('[\n{"text": 1}\n', "a.json",
                     [(None, "no JSON: Expecting ',' delimiter in line 3, column 1")], id="cut"),
        pytest.param(b'{"text": "\xe9t\xe9"}', "a.jsonl",
                     [("line 1", "byte 10 is not UTF-8; expected JSON in UTF-8")], id="charset"),
    ],
)  # fmt: skip
def test_json(
    tmp_path: Path, content: str | bytes, name: str, expected: list[tuple[str | None, str]]
) -> None:
    assert outcome(read(table(tmp_path, content, name))) == expected


def test_objects_in_objects_have_dotted_names(tmp_path: Path) -> None:
    content = '{"meta": {"titre": "Raids", "tags": ["a", "b"]}, "article": {"body": "Un"}}'
    rules = Rules(columns={"text": "article.body", "title": "meta.titre"})
    document = only(table(tmp_path, content, "a.json"), rules).document

    assert (document.text, document.meta.title) == ("Un", "Raids")
    assert [(a.name, a.value) for a in document.extra] == [("meta.tags", '["a","b"]')]
    assert laid(document) == [("paragraph", "Un", "object=1; key=article.body")]


SPARSE = '{"body": "Un", "titre1": "T"}\n{"body": "Deux"}\n{"titre1": "U"}\n'


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param({"title": "titre1"}, [*BOTH, ("line 3", untold("titre1")[0][1])],
                     id="title"),
        pytest.param({"text": "body", "id": "titre1"}, [("T", "Un"), ("", "Deux"),
                     ("line 3", "no column is called 'body'; there are: titre1")], id="text, id"),
        pytest.param({"text": "body", "date": "quand"},
                     [(None, "no column is called 'quand'; there are: body, titre1")],
                     id="a key that no object has"),
    ],
)  # fmt: skip
def test_objects_may_lack_all_that_is_told_but_the_text(
    tmp_path: Path, columns: dict[str, str], expected: list[tuple[str | None, str]]
) -> None:
    path = table(tmp_path, SPARSE, "a.jsonl")

    assert outcome(read(path, Rules(columns=columns))) == expected


def test_records_of_glose_are_no_raw_documents(tmp_path: Path) -> None:
    record = '{"schema": "doc/1", "id": "a", "text": "Un", "mentions": []}'
    advice = (
        "`glose corpus convert` reads it, and --layer attaches its annotation to documents that"
        " are built"
    )
    found = outcome(read(table(tmp_path, f'{record}\n{{"text": "Deux"}}\n', "a.jsonl")))

    assert found == [
        ("line 1", f"a record of glose (doc/1); {advice}"),
        (None, "Deux"),
    ]


def rows(tmp_path: Path, **columns: list[Any]) -> Path:
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table(columns), path)
    return path


def test_rows_of_parquet(tmp_path: Path) -> None:
    path = rows(
        tmp_path,
        content=[TEXT, None, "Trois."],
        published_at=[dt.datetime(2018, 3, 14, 9, 5, tzinfo=None), None, None],
        scores=[[1, 2], None, []],
    )
    found = read(path)
    first = found[0]

    assert outcome(found) == [
        (None, TEXT), ("row 2", "no text in 'content'; expected some"), (None, "Trois."),
    ]  # fmt: skip
    assert isinstance(first, Made)
    assert (first.number, first.document.meta.date) == (1, Date(2018, 3, 14, "09:05:00"))
    assert [(a.name, a.value) for a in first.document.extra] == [("scores", "[1,2]")]


def test_parquet_is_read_in_parts(tmp_path: Path) -> None:
    texts = [f"Dépêche {n}" for n in range(300)]

    assert [one.document.text for one in stated(rows(tmp_path, text=texts))] == texts


@pytest.mark.parametrize("size", [4, 20, 200])
def test_parquet_that_is_cut_is_refused(tmp_path: Path, size: int) -> None:
    path = rows(tmp_path, text=["Un"])
    path.write_bytes(path.read_bytes()[:size])
    (found,) = read(path)

    assert isinstance(found, Rejection)
    assert "no Parquet that can be read" in found.reason


def test_parquet_that_is_packed_like_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(
        pa.table({"text": ["a" * 20_000_000]}), path, compression="zstd", use_dictionary=False
    )
    (found,) = read(path)

    assert isinstance(found, Rejection)
    assert "a bomb" in found.reason


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.sampled_from(",;|\t"))
def test_a_table_that_is_written_is_told_and_read_back(
    rows: list[tuple[str, str]], delimiter: str
) -> None:
    """What separates columns is told by the table alone."""
    lines = [delimiter.join('"' + c.replace('"', '""') + '"' for c in row) for row in rows]

    assert (
        dialect("\n".join(["id" + delimiter + "text", *lines, ""]), ".csv").delimiter == delimiter
    )


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda one: (
    st.lists(one) | st.dictionaries(st.text(), one)
)))  # fmt: skip
def test_any_json_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:  # noqa: ANN401
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(value))

    assert read(path)
