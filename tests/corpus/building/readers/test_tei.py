"""TEI: heads, paragraphs, verse, tables and notes keep what they are and where they stand."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from tests.corpus.building.readers.reading import SAMPLES, laid, only, read, stated

from glose.corpus.building.rejections import Rejection
from glose.corpus.document import Date

NOVELS = Path(__file__).parents[5] / "shared/data/eltec-fra-tei/level1"


def book(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "a.xml"
    path.write_text(f"<TEI><teiHeader/><text><body>{body}</body></text></TEI>")
    return path


def test_a_corpus_gives_a_document_for_each_text() -> None:
    found = read(SAMPLES / "tei.xml")

    assert [made.own for made in stated(SAMPLES / "tei.xml")] == ["phare"]
    assert [(one.place, one.reason[:7]) for one in found if isinstance(one, Rejection)] == [
        ("text 2", "no text")
    ]


def test_the_header_is_stated() -> None:
    document = stated(SAMPLES / "tei.xml")[0].document
    meta = document.meta

    assert (meta.title, meta.author, meta.source) == (
        "Le phare", "Jeanne Morel", "Éditions du Port",
    )  # fmt: skip
    assert meta.date == Date(1912)
    assert meta.rights == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert document.language == "fr"


def test_blocks_have_their_kind_and_xpath() -> None:
    where = "xpath=/teiCorpus/TEI[1]/text/body[1]/div[1]"

    assert laid(stated(SAMPLES / "tei.xml")[0].document) == [
        ("heading", "La nuit", f"{where}/head[1]"),
        ("paragraph", "Le phare s'éteignit, et la tempête vint.", f"{where}/p[1]"),
        ("note", "Il fut bâti plus tôt.", f"{where}/p[1]/note[1]"),
        ("verse", "La mer est grise,\nLe vent est froid.", f"{where}/lg[1]"),
        ("quote", "Partez !", f"{where}/quote[1]/p[1]"),
        ("table", "Jour\tVent\nLundi\tNord", f"{where}/table[1]"),
        ("item", "Une lampe", f"{where}/list[1]/item[1]"),
        ("item", "Une corde", f"{where}/list[1]/item[2]/p[1]"),
        ("paragraph", "Une faute de plus.", f"{where}/p[2]"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Un <p>deux</p>", [("paragraph", "Un"), ("paragraph", "deux")], id="loose"),
        pytest.param("<p>Un<s>e</s></p>", [("paragraph", "Une")], id="sentences are no blocks"),
        pytest.param("<sp><speaker>A</speaker><p>Un</p></sp>",
                     [("speaker", "A"), ("paragraph", "Un")], id="a play"),
        pytest.param("<lg><l>a</l></lg><lg><l>b</l></lg>", [("verse", "a"), ("verse", "b")],
                     id="two stanzas"),
        pytest.param("<l>a</l><l>b</l>", [("verse", "a"), ("verse", "b")], id="no stanza"),
        pytest.param("<note><p>Un</p></note>", [("note", "Un")], id="a paragraph of a note"),
    ],
)  # fmt: skip
def test_blocks(tmp_path: Path, body: str, expected: list[tuple[str, str]]) -> None:
    found = only(book(tmp_path, body)).document

    assert [(type_, text) for type_, text, _ in laid(found)] == expected


def test_a_text_alone_is_called_as_its_file(tmp_path: Path) -> None:
    assert only(book(tmp_path, "<p>Un</p>")).own is None


@pytest.mark.parametrize("novel", ["FRA02001_Gilbert", "FRA00101_Adam"])
def test_no_word_of_a_novel_is_lost(novel: str) -> None:
    """Notes move behind their line, so words are compared, not their order."""
    path = NOVELS / f"{novel}.xml"
    if not path.is_file() and not os.environ.get("CI"):
        pytest.skip("the novels are not here: they are no part of the project")
    text = etree.parse(path).getroot().find("{*}text")
    for element in text.iter("{*}note", "{*}p", "{*}head", "{*}l", "{*}div"):
        element.tail = f" {element.tail or ''}"
        element.text = f" {element.text or ''}"
    wanted = Counter("".join(text.itertext()).split())

    assert Counter((only(path).document.text or "").split()) == wanted
