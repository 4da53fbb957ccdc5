"""The TSV of HIPE-2022, read and written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from glose.corpus.document import Attribute, Date, Document, Link, Mention
from glose.corpus.errors import InputError
from glose.corpus.formats import comparison
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.hipe import FORMAT
from glose.corpus.formats.hipe_columns import HEADER
from glose.corpus.formats.specimens import document, span

SHORT = {"C": 1, "CM": 2, "F": 3, "FM": 4, "P": 5, "N": 6, "L": 7, "LM": 8, "M": 9}


def file(*rows: str) -> str:
    """Return a file of rows of `word column:tag …`, the columns as in SHORT."""
    lines = ["\t".join(HEADER), "# hipe2022:document_id = d1"]
    for row in rows:
        word, *cells = row.split(" ")
        columns = [word, *"OOOOOO", "_", "_", "_"]
        for cell in cells:
            name, _, tag = cell.partition(":")
            columns[SHORT[name]] = tag
        lines.append("\t".join(columns))
    return "\n".join(lines) + "\n"


def read(folder: Path, content: str) -> list[Document]:
    path = folder / "a.tsv"
    path.write_text(content, encoding="utf-8")
    return list(FORMAT.read(path))


def told(mention: Mention) -> tuple[str, ...]:
    """Return type, words, place and entries of a mention."""
    links = (f"{link.kb}:{link.id}" for link in mention.links)
    return (mention.type, mention.text, *(a.value for a in mention.attrs), *links)


CASES = [
    pytest.param(
        ["la C:B-loc F:B-loc.adm.town L:Q1", "ville C:I-loc F:I-loc.adm.town L:Q1"],
        [("loc.adm.town", "la ville", "wikidata:Q1")],
        id="coarse and fine are one",
    ),
    pytest.param(["a C:B-loc"], [("loc", "a", "coarse")], id="coarse alone"),
    pytest.param(["a F:B-loc.adm"], [("loc.adm", "a", "fine")], id="fine alone"),
    pytest.param(
        ["a C:B-loc F:B-pers.ind"],
        [("loc", "a", "coarse"), ("pers.ind", "a", "fine")],
        id="coarse and fine that differ",
    ),
    pytest.param(
        ["a C:B-org F:B-org.adm N:B-loc", "b C:I-org F:I-org.adm"],
        [("org.adm", "a b"), ("loc", "a")],
        id="nested",
    ),
    pytest.param(["a N:B-loc"], [("loc", "a", "nested")], id="nested in nothing"),
    pytest.param(
        ["a C:B-loc F:B-loc.adm CM:B-org FM:B-org.adm L:NIL LM:Q2"],
        [("loc.adm", "a", "NIL:NIL"), ("org.adm", "a", "metonymic", "wikidata:Q2")],
        id="metonymic",
    ),
    pytest.param(
        ["Mme C:B-pers F:B-pers.ind P:B-comp.title", "X C:I-pers F:I-pers.ind"],
        [("pers.ind", "Mme X"), ("comp.title", "Mme", "component")],
        id="a component",
    ),
    pytest.param(
        ["a C:B-loc F:B-loc L:Q1|Q2"], [("loc", "a", "wikidata:Q1", "wikidata:Q2")], id="two links"
    ),
]


@pytest.mark.parametrize(("rows", "mentions"), CASES)
def test_columns_are_mentions(
    tmp_path: Path, rows: list[str], mentions: list[tuple[str, ...]]
) -> None:
    assert [told(m) for m in read(tmp_path, file(*rows))[0].mentions] == mentions


@pytest.mark.parametrize(("rows", "mentions"), CASES)
def test_and_are_written_into_the_same(
    tmp_path: Path, rows: list[str], mentions: list[tuple[str, ...]]
) -> None:
    FORMAT.write(tmp_path / "b.hipe.tsv", read(tmp_path, file(*rows)))
    written = (tmp_path / "b.hipe.tsv").read_text(encoding="utf-8")

    assert mentions
    assert written.rstrip("\n") == file(*rows).rstrip("\n")


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        ("_", "a b"),
        ("NoSpaceAfter", "ab"),
        ("EndOfLine", "a\nb"),
        ("NoSpaceAfter|EndOfLine", "a\nb"),
        ("LED0.25|NoSpaceAfter", "ab"),
    ],
)
def test_remarks_say_what_is_between_words(tmp_path: Path, flags: str, text: str) -> None:
    assert read(tmp_path, file(f"a M:{flags}", "b"))[0].text == text


def test_sentences_are_only_where_their_ends_are_stated(tmp_path: Path) -> None:
    (without,) = read(tmp_path, file("a", "b"))
    (with_,) = read(tmp_path, file("a M:EndOfSentence", "b"))

    assert [(s.start, s.end) for s in without.segments] == []
    assert [(s.start, s.end) for s in with_.segments] == [(0, 1), (2, 3)]


def test_comments_before_the_name_of_a_document_are_of_it(tmp_path: Path) -> None:
    comments = "# x:licence = CC\n# hipe2022:document_id = d2\n# hipe2022:date = 1850-03\n"
    first, second = read(tmp_path, file("a", "#", "###x") + "\n" + comments + file("b")[-20:])

    assert (first.text, first.extra) == ("a # ###x", ())
    assert (second.id, second.meta.date) == ("d2", Date(1850, 3))
    assert second.extra == (Attribute("x:licence", "CC"),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("a\tO\n", "a.tsv:1: no header", id="no header"),
        pytest.param("TOKEN\tNE-X\n", "column NE-X is unknown", id="unknown column"),
        pytest.param("TOKEN\tMISC\tMISC\n", "is there twice", id="column twice"),
        pytest.param("TOKEN\tMISC\na\n", "a.tsv:2: 1 columns; expected 2", id="columns"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, content)


def test_a_third_level_and_foreign_links_are_told_to_be_lost(tmp_path: Path) -> None:
    links = (Link("geonames", "7"), Link("wikidata", "Q1"))
    mentions = [("m1", "a b c"), ("m2", "a b"), ("m3", "a")]
    given = document(
        "d1",
        "a b c",
        mentions=tuple(
            Mention(name, "loc", **span("a b c", words), links=links)  # type: ignore[arg-type]  # fields
            for name, words in mentions
        ),
    )
    task = Task(counted=True)
    FORMAT.write(tmp_path / "a.hipe.tsv", [given], task)
    (found,) = FORMAT.read(tmp_path / "a.hipe.tsv")
    rows = {row.kind: row for row in task.losses.rows()}

    assert [told(m) for m in found.mentions] == [("loc", "a b c", "wikidata:Q1"), ("loc", "a b")]
    assert (rows["mentions"].dropped, rows["links"].dropped + rows["links"].changed) == (1, 5)


@pytest.mark.parametrize(
    ("folder", "file_", "documents", "tokens", "mentions"),
    [
        # Coarse and fine are the same words throughout.
        ("hipe2022-ajmc-fr", "HIPE-2022-v2.1-ajmc-dev-fr.tsv", 17, 5425, 391),
        ("hipe2022-ajmc-fr", "HIPE-2022-v2.1-ajmc-test-fr.tsv", 15, 5390, 360),
        # 752 coarse, 29 nested and 3 fine of other words; two tokens begin with ###, and are none
        # in the count that comes with the corpus (21,725).
        ("hipe2022-newseye-fr", "HIPE-2022-v2.1-newseye-dev-fr.tsv", 35, 21727, 784),
    ],
)
def test_corpora_have_their_counts_and_come_back(  # a row of the table
    tmp_path: Path,
    data: Callable[[str], Path],
    folder: str,
    file_: str,
    documents: int,
    tokens: int,
    mentions: int,
) -> None:
    found = list(FORMAT.read(data(folder) / file_))
    FORMAT.write(tmp_path / "a.hipe.tsv", found)
    back = list(FORMAT.read(tmp_path / "a.hipe.tsv"))

    assert len(found) == documents
    assert sum(len(d.tokens) for d in found) == tokens
    assert sum(len(d.mentions) for d in found) == mentions
    for before, after in zip(found, back, strict=True):
        difference = comparison.missing(before, after, spaces=False)
        assert difference == comparison.missing(after, before, spaces=False) == {}
