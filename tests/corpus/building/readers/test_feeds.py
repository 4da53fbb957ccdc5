"""Feeds: each item of RSS and Atom is a document with the text that the feed has of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.building.readers.reading import SAMPLES, laid, only, read, stated

from glose.corpus.building.rejections import Rejection
from glose.corpus.document import Date

RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>C</title>{items}</channel></rss>"
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title><entry>{entry}</entry></feed>'


def written(tmp_path: Path, markup: str) -> Path:
    path = tmp_path / "a.xml"
    path.write_text(markup)
    return path


def test_items_of_rss() -> None:
    made = stated(SAMPLES / "rss.xml")
    first = made[0].document

    assert [one.own for one in made] == ["courrier-a1", "https://courrier.example/a2"]
    assert made[0].left == ("image", "enclosure audio/mpeg")
    assert (first.meta.title, first.meta.source, first.meta.author, first.meta.url) == (
        "Raids sur Douma\u00a0: douze morts", "Le Courrier", "Nadia Sorel",
        "https://courrier.example/a1",
    )  # fmt: skip
    assert first.meta.date == Date(2018, 3, 14, "09:05:00+01:00")
    assert (first.language, first.meta.rights) == ("fr", "© Le Courrier")
    assert made[1].document.meta.url == "https://courrier.example/a2"


def test_text_of_an_item_of_rss() -> None:
    where = "xpath=/rss/channel/item[1]"

    assert laid(stated(SAMPLES / "rss.xml")[0].document) == [
        ("title", "Raids sur Douma\u00a0: douze morts", f"{where}/title"),
        (
            "paragraph",
            "Douze civils ont été tués mercredi à Douma.",
            f"{where}/encoded; xpath=/html/body/p[1]",
        ),
        (
            "paragraph",
            "Le conseil se réunit jeudi.",
            f"{where}/encoded; xpath=/html/body/p[2]",
        ),
    ]


def test_an_item_without_anything_is_rejected_and_the_others_are_read() -> None:
    lost = [one for one in read(SAMPLES / "rss.xml") if isinstance(one, Rejection)]

    assert [(one.place, one.reason[:22]) for one in lost] == [("item 3", "neither title nor text")]


def test_entries_of_atom() -> None:
    made = stated(SAMPLES / "atom.xml")
    meta = made[0].document.meta
    extra = [(a.name, a.value) for a in made[0].document.extra]

    assert (meta.title, meta.source, meta.author, meta.rights) == (
        "A quiet sea", "The Harbour Post", "Ann Lowe", "CC BY 4.0",
    )  # fmt: skip
    assert (meta.url, meta.date) == ("https://harbour.example/1", Date(2018, 3, 14, "09:05:00Z"))
    assert ("updated", "2018-03-15T09:05:00Z") in extra
    assert ("summary", "Nothing happened.") in extra
    assert [type_ for type_, _, _ in laid(made[0].document)] == ["title", "paragraph", "item"]
    assert made[1].document.text == "Second\n\nAll was well on the second day."


def test_items_of_rss_1_stand_beside_their_channel() -> None:
    made = only(SAMPLES / "rss1.rdf")

    assert made.own == "https://vieux.example/1"
    assert made.document.meta.source == "Le Vieux Port"
    assert made.document.meta.date == Date(2004, 11, 2, "08:00+01:00")
    assert made.document.text == "Le phare est éteint\n\nLe phare ne s'allume plus depuis lundi."


@pytest.mark.parametrize(
    ("item", "text"),
    [
        pytest.param("<title>T</title>", "T", id="a title alone"),
        pytest.param("<description>a &lt; b</description>", "a < b", id="a sign, no markup"),
        pytest.param(
            "<description>Un.\n\nDeux.</description>", "Un.\n\nDeux.", id="text in paragraphs"
        ),
        pytest.param(
            "<description>&lt;b&gt;Un&lt;/b&gt; &amp;eacute;</description>", "Un é", id="HTML"
        ),
        pytest.param(
            "<description>Un.</description><content:encoded>&lt;p&gt;Un. Deux.&lt;/p&gt;"
            "</content:encoded>",
            "Un. Deux.",
            id="the whole text before its summary",
        ),
        pytest.param("<title>T</title><description>T</description>", "T\n\nT", id="the same text"),
        pytest.param(
            "<title>T</title><description>&lt;h1&gt;T&lt;/h1&gt;&lt;p&gt;Un.&lt;/p&gt;</description>",
            "T\n\nUn.",
            id="a title that the text repeats",
        ),
    ],
)
def test_text_of_an_item(tmp_path: Path, item: str, text: str) -> None:
    path = written(tmp_path, RSS.format(items=f"<item>{item}</item>"))

    assert only(path).document.text == text


@pytest.mark.parametrize(
    ("content", "text", "left"),
    [
        pytest.param(
            "<content>a &lt;b&gt; c</content>", "T\n\na c", (), id="no type is HTML here"
        ),
        pytest.param(
            '<content type="text">a &lt;b&gt; c</content>', "T\n\na <b> c", (), id="text is text"
        ),
        pytest.param(
            '<content src="https://e.example/a.html"/><summary>Un.</summary>',
            "T\n\nUn.",
            (),
            id="content elsewhere",
        ),
    ],
)
def test_content_of_an_entry(
    tmp_path: Path, content: str, text: str, left: tuple[str, ...]
) -> None:
    made = only(written(tmp_path, ATOM.format(entry=f"<title>T</title>{content}")))

    assert (made.document.text, made.left) == (text, left)


def test_a_feed_without_items_is_rejected(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path, RSS.format(items="")))

    assert isinstance(found, Rejection)
    assert found.reason == "empty; expected an RSS or Atom feed"


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<feed><entry><title>T</title></entry></feed>", id="a feed of another kind"),
        pytest.param("<rdf:RDF xmlns:rdf='x'><item/></rdf:RDF>", id="RDF that is no RSS"),
    ],
)
def test_other_xml_is_no_feed(tmp_path: Path, markup: str) -> None:
    (found,) = read(written(tmp_path, f"<?xml version='1.0'?>{markup}"))

    assert isinstance(found, Rejection)
    assert "not read" in found.reason


def test_rss_0_9_is_read_as_rss_1(tmp_path: Path) -> None:
    markup = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://my.netscape.com/rdf/{}/0.9/"><item><title>T</title></item></rdf:RDF>'
    )

    assert only(written(tmp_path, markup.format("simple"))).document.text == "T"
