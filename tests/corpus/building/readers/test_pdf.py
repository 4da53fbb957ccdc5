from __future__ import annotations

import os
import random
from contextlib import suppress
from pathlib import Path

import pytest
from tests.corpus.building.pdf.writer import Line, column, pdf

from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft
from glose.corpus.building.readers import pdf as reader
from glose.corpus.building.readers import table
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

#: How many damaged files the reader is given; more by hand, for an hour.
FUZZ = int(os.environ.get("GLOSE_FUZZ", "30"))
PROSE = column("Un entrepôt du port a brûlé dans la nuit de mardi à\nmercredi, dit la préfecture.")
WHOLE = "Un entrepôt du port a brûlé dans la nuit de mardi à mercredi, dit la préfecture."
PAGES = [[Line(60, 820, "Le Port"), *PROSE, Line(290, 30, str(n))] for n in (1, 2, 3)]


def read(folder: Path, data: bytes, name: str = "a.pdf") -> Draft:
    """Return the draft of a file that is a PDF."""
    (folder / name).write_bytes(data)
    content = Content(folder / name, name)
    assert table.recognised(content) is reader.READER
    (draft,) = reader.READER.documents(content, Rules())
    assert isinstance(draft, Draft)
    return draft


def test_a_draft_says_the_pages_and_what_was_left_out(tmp_path: Path) -> None:
    draft = read(tmp_path, pdf(PAGES, {"Title": "Un feu", "Author": "A. Martin"}))

    assert draft.text == "\n\n".join([WHOLE] * 3)
    assert [(p.type, draft.text[p.start : p.end], p.src) for p in draft.parts or ()] == [
        ("paragraph", WHOLE, f"page={n}") for n in (1, 2, 3)
    ]
    assert draft.meta == {"title": "Un feu", "author": "A. Martin"}
    assert [(a.name, a.value) for a in draft.extra] == [
        ("left out", "1 (pages 1-3)"), ("left out", "Le Port (pages 1-3)")
    ]  # fmt: skip
    assert len(draft.left) == 2


def test_the_title_on_the_page_goes_before_the_one_that_is_stated(tmp_path: Path) -> None:
    page = [Line(60, 800, "Le feu du port", 18), *PROSE]
    draft = read(tmp_path, pdf([page], {"Title": "Un feu", "CreationDate": "D:20180314093000"}))

    assert draft.meta["title"] == "Le feu du port"
    assert [(a.name, a.value) for a in draft.extra] == [
        ("Title", "Un feu"), ("CreationDate", "2018-03-14")
    ]  # fmt: skip
    assert (draft.date and draft.date.day, draft.basis) == (14, "created")


@pytest.mark.parametrize("count", [1, 3])
def test_where_all_of_it_runs_nothing_is_left_out(tmp_path: Path, count: int) -> None:
    pages = [[Line(60, 820, "Le Port"), Line(290, 30, str(n + 1))] for n in range(count)]

    assert read(tmp_path, pdf(pages)).text.count("Le Port") == count


def test_the_suffix_does_not_matter(tmp_path: Path) -> None:
    assert read(tmp_path, pdf([PROSE]), "a.txt").text == WHOLE


@pytest.mark.parametrize("before", [b"\n", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["a line", "a header"])
def test_something_may_stand_before_it(tmp_path: Path, before: bytes) -> None:
    assert read(tmp_path, before + pdf([PROSE])).text == WHOLE


def test_a_text_about_pdf_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("%PDF-1.4 est l'en-tête d'un fichier PDF.")

    assert not reader.detect(Content(tmp_path / "a.txt", "a.txt"))


WHOLE_FILE = pdf([PROSE])
ENCRYPTED = WHOLE_FILE.replace(
    b"trailer\n<<",
    b"trailer\n<</ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
    % (b"11" * 32, b"22" * 32),
)


#: Five megabytes of one line, drawn again and again, in six kilobytes.
BOMB = pdf([[Line(60, 760, "a", 10)] * 120_000])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(pdf([[], []]), "no text layer in 2 pages", id="no text layer"),
        pytest.param(pdf([]), "broken; save it anew", id="no pages"),
        pytest.param(
            pdf([[Line(60, 760, "Les faits ......... 3")]]), "no text but a table", id="contents"
        ),
        pytest.param(ENCRYPTED, "asks for a password", id="a password"),
        pytest.param(
            ENCRYPTED.replace(b"/Standard", b"/Other"), "encrypted in a way", id="unknown locks"
        ),
        pytest.param(b"%PDF-1.4\n" + bytes(range(256)) * 9, "broken or cut", id="noise"),
        pytest.param(BOMB, "a bomb", id="a bomb"),
        pytest.param(WHOLE_FILE[:120], "broken or cut short", id="cut short"),
        pytest.param(b"%PDF-1.7\n1 0 obj\n%%EOF", "broken; save it anew", id="nothing in it"),
    ],
)
def test_what_cannot_be_read_is_rejected(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(RejectError, match=said):
        read(tmp_path, data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(WHOLE_FILE.replace(b"startxref\n", b"startxref\n9"), id="a wrong offset"),
        pytest.param(WHOLE_FILE[: WHOLE_FILE.rindex(b"xref\n0")] + b"%%EOF", id="no table"),
        pytest.param(WHOLE_FILE.rstrip() + b"\0" * 2000, id="something behind it"),
    ],
)
def test_a_broken_table_of_objects_is_made_anew(tmp_path: Path, data: bytes) -> None:
    if b"trailer" not in data:
        data = data.replace(b"%%EOF", b"trailer<</Root 6 0 R>>%%EOF")

    assert read(tmp_path, data).text == WHOLE


def test_pages_that_share_one_tree_end(tmp_path: Path) -> None:
    """A tree of pages that holds itself is no way without an end."""
    looped = WHOLE_FILE.replace(b"/Kids[4 0 R]", b"/Kids[5 0 R]")

    with pytest.raises(RejectError):
        read(tmp_path, looped)


def test_a_file_says_how_many_pages_it_likes(tmp_path: Path) -> None:
    data = WHOLE_FILE.replace(b"/Count 1/", b"/Count 999999/")

    with pytest.raises(RejectError, match="999999 pages; at most 20000"):
        read(tmp_path, data)


@pytest.mark.parametrize("seed", range(FUZZ))
def test_damage_is_told_and_nothing_else(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(pdf(PAGES, {"Title": "Un feu"}))
    for _ in range(chance.randrange(1, 12)):
        start = chance.randrange(len(data))
        size = chance.choice((0, 1, 1, 8, 200))
        data[start : start + size] = chance.choice(
            (b"", b"\0", b"9999999999", b"-1", b">>", b"[[", bytes(chance.randbytes(4)), b" R")
        )
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n" + data[9:])
    content = Content(tmp_path / "a.pdf", "a.pdf")
    with suppress(RejectError):
        drafts = list(reader.READER.documents(content, Rules()))
        assert all(isinstance(draft, Draft) and draft.text for draft in drafts)
