"""News in XML: what NewsML-G2 and NITF state becomes text with segments, and metadata."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.building.readers.reading import SAMPLES, laid, only, read, stated

from glose.corpus.building.drafts import Skipped
from glose.corpus.building.rejections import Rejection
from glose.corpus.document import Date

ITEM = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:a" xml:lang="fr">'
    '<itemMeta><itemClass qcode="ninat:text"/></itemMeta>'
    "<contentMeta>{meta}</contentMeta><contentSet>{content}</contentSet></newsItem>"
)
STORY = (
    "<nitf><body><body.head>{head}</body.head><body.content>{body}</body.content></body></nitf>"
)


def item(tmp_path: Path, content: str, meta: str = "<headline>Raids</headline>") -> Path:
    path = tmp_path / "a.xml"
    path.write_text(ITEM.format(meta=meta, content=content))
    return path


def story(tmp_path: Path, body: str, head: str = "") -> Path:
    path = tmp_path / "a.xml"
    path.write_text(STORY.format(head=head, body=body))
    return path


def test_a_message_gives_a_document_for_each_item_with_text() -> None:
    found = read(SAMPLES / "newsml-g2.xml")

    assert [type(one).__name__ for one in found] == [
        "Skipped", "Made", "Made", "Skipped", "Rejection",
    ]  # fmt: skip
    assert [one.what for one in found if isinstance(one, Skipped)] == [
        "packageItem",
        "newsItem ninat:picture",
    ]
    lost = found[-1]
    assert isinstance(lost, Rejection)
    assert lost.place == "item 5 urn:newsml:alm.example:20180314:vide"


def test_an_item_states_its_metadata() -> None:
    made = stated(SAMPLES / "newsml-g2.xml")[0]
    document = made.document
    extra = {a.name: a.value for a in document.extra}

    assert made.own == "urn:newsml:alm.example:20180314:douma"
    assert made.left == ("remoteContent image/jpeg",)
    assert document.language == "fr"
    assert (document.meta.title, document.meta.author, document.meta.agency) == (
        "Douze morts dans des raids sur Douma", "Par Nadia Sorel", "alm",
    )  # fmt: skip
    assert (document.meta.place, document.meta.rights) == ("Beyrouth", "© 2018 ALM")
    assert document.meta.date == Date(2018, 3, 14, "08:30:00+01:00")
    assert (extra["urgency"], extra["slugline"], extra["version"]) == ("3", "Syrie-raids", "3")
    assert extra["subject code"] == "medtop:16000000"


def test_the_blocks_of_an_item_have_their_xpath() -> None:
    where = "xpath=/newsMessage/itemSet/newsItem[1]/"
    body = f"{where}contentSet/inlineXML/html/body/"

    assert laid(stated(SAMPLES / "newsml-g2.xml")[0].document) == [
        ("title", "Douze morts dans des raids sur Douma", f"{where}contentMeta/headline"),
        (
            "paragraph",
            "BEYROUTH, 14 mars 2018 (ALM) - Douze civils ont été tués mercredi à Douma.",
            f"{body}p[1]",
        ),
        ("dateline", "BEYROUTH, 14 mars 2018 (ALM)", None),
        ("heading", "Réactions", f"{body}h2"),
        ("paragraph", "Le conseil a condamné\u00a0: «\u00a0Assez\u00a0».", f"{body}p[2]"),
        ("table", "Ville\tMorts\nDouma\t12", f"{body}table"),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            "<inlineData>Un.\n\nDeux.</inlineData>",
            [("title", "Raids"), ("paragraph", "Un."), ("paragraph", "Deux.")],
            id="plain text is parted at blank lines",
        ),
        pytest.param(
            "<inlineData>Raids\n\nDeux.</inlineData>",
            [("title", "Raids"), ("paragraph", "Deux.")],
            id="a headline that the text repeats stands once",
        ),
        pytest.param(
            '<inlineData contenttype="text/html">&lt;p&gt;Un&lt;br&gt;deux&lt;/p&gt;</inlineData>',
            [("title", "Raids"), ("paragraph", "Un\ndeux")],
            id="HTML as characters",
        ),
        pytest.param(
            '<inlineData contenttype="text/plain">&lt;p&gt;Un&lt;/p&gt;</inlineData>',
            [("title", "Raids"), ("paragraph", "Un")],
            id="HTML that says to be text",
        ),
        pytest.param(
            '<inlineData contenttype="text/plain" encoding="base64">w6l0w6k=</inlineData>',
            [("title", "Raids"), ("paragraph", "été")],
            id="text in base64",
        ),
        pytest.param(
            "<inlineXML><nitf><body><body.head><hedline><hl1>Autre</hl1></hedline></body.head>"
            "<body.content><p>Un.</p></body.content></body></nitf></inlineXML>",
            [("title", "Autre"), ("paragraph", "Un.")],
            id="NITF, whose headline is the title",
        ),
        pytest.param(
            "<inlineData>Un.</inlineData><inlineData>Un.</inlineData>",
            [("title", "Raids"), ("paragraph", "Un.")],
            id="of two renditions the first",
        ),
    ],
)
def test_content_of_an_item(tmp_path: Path, content: str, expected: list[tuple[str, str]]) -> None:
    document = only(item(tmp_path, content)).document

    assert [(type_, text) for type_, text, _ in laid(document)] == expected


def test_an_item_alone_has_no_id_of_its_own_but_keeps_its_guid(tmp_path: Path) -> None:
    made = only(item(tmp_path, "<inlineData>Un.</inlineData>"))

    assert made.own is None
    assert ("guid", "urn:a") in [(a.name, a.value) for a in made.document.extra]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("", "no text in its contentSet", id="nothing"),
        pytest.param(
            '<inlineData encoding="uuencode">a</inlineData>', "in uuencode", id="another packing"
        ),
        pytest.param(
            '<inlineData encoding="base64">!!</inlineData>', "no UTF-8 in base64", id="no base64"
        ),
        pytest.param('<inlineData contenttype="image/png">a</inlineData>', "no text", id="image"),
    ],
)
def test_an_item_without_text_is_rejected_with_its_place(
    tmp_path: Path, content: str, reason: str
) -> None:
    (found,) = read(item(tmp_path, content))

    assert isinstance(found, Rejection)
    assert found.place == "item 1 urn:a"
    assert reason in found.reason


def test_nitf_is_laid_out_as_it_stands() -> None:
    document = only(SAMPLES / "nitf.xml").document

    assert [(type_, text) for type_, text, _ in laid(document)] == [
        ("title", "Douze morts à Douma"),
        ("heading", "Le conseil se réunit"),
        ("byline", "Par Nadia Sorel"),
        ("dateline", "Beyrouth, 14 mars"),
        ("lead", "Des raids ont fait douze morts mercredi."),
        ("paragraph", "Douze civils ont été tués, selon Samir Haddad."),
        ("paragraph", "Le conseil se réunit jeudi."),
        ("caption", "Une rue de Douma"),
        ("byline", "ns/jm"),
    ]


def test_nitf_states_its_metadata() -> None:
    document = only(SAMPLES / "nitf.xml").document
    meta = document.meta

    assert document.provenance.format == "application/nitf+xml; charset=windows-1252"
    assert (meta.title, meta.author, meta.place) == (
        "Douze morts à Douma", "Nadia Sorel", "Beyrouth",
    )  # fmt: skip
    assert (meta.source, meta.agency, meta.rights) == ("Le Courrier", "alm", "ALM")
    assert meta.date == Date(2018, 3, 14, "09:05:00Z")
    assert [a.value for a in document.extra if a.name == "keyword"] == ["syrie", "raids"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<bq><block><p>Un.</p></block></bq>", [("quote", "Un.")], id="a quotation"),
        pytest.param(
            "<ul><li>Un</li><li>Deux</li></ul>", [("item", "Un"), ("item", "Deux")], id="a list"
        ),
        pytest.param("<p>Un<fn>note</fn></p>", [("paragraph", "Un"), ("note", "note")], id="note"),
        pytest.param("<p>A &amp; B &lt;</p>", [("paragraph", "A & B <")], id="entities of XML"),
        pytest.param("<p>&eacute;t&eacute;</p>", [("paragraph", "été")], id="those of HTML"),
    ],
)
def test_body_of_nitf(tmp_path: Path, body: str, expected: list[tuple[str, str]]) -> None:
    document = only(story(tmp_path, body)).document

    assert [(type_, text) for type_, text, _ in laid(document)] == expected


BOMB = '<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        pytest.param(f"{BOMB}<nitf><body>&b;</body></nitf>", "is not expanded", id="entities"),
        pytest.param(
            '<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]><nitf><body>&a;</body></nitf>',
            "is not expanded",
            id="a file as an entity",
        ),
        pytest.param("<nitf><body><p>Un</body></nitf>", "line 1: not well-formed", id="tags"),
        pytest.param("<nitf><body>\n<p>Un", "line 2: not well-formed", id="cut"),
        pytest.param("<nitf><head/></nitf>", "no text in its body", id="without text"),
        pytest.param("<nitf>" + "<block>" * 220 + "</nitf>", "not well-formed|deep", id="deep"),
    ],
)
def test_broken_xml_is_one_line(tmp_path: Path, markup: str, reason: str) -> None:
    path = tmp_path / "a.nitf"
    path.write_text(markup)
    (found,) = read(path)

    assert isinstance(found, Rejection)
    assert "\n" not in found.reason
    assert any(part in found.reason for part in reason.split("|"))


def test_a_byline_keeps_the_function_apart(tmp_path: Path) -> None:
    head = "<byline>Par Nadia Sorel<byttl>De notre bureau</byttl></byline>"
    document = only(story(tmp_path, "<p>Un.</p>", head)).document

    assert document.meta.author == "Par Nadia Sorel De notre bureau"
    assert [text for type_, text, _ in laid(document) if type_ == "byline"] == [
        "Par Nadia Sorel",
        "De notre bureau",
    ]


def test_latin_1_is_not_believed_of_what_is_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    markup = (
        '<?xml version="1.0" encoding="iso-8859-1"?><nitf><body><p>Déjà tué.</p></body></nitf>'
    )
    path.write_bytes(markup.encode())

    assert only(path).document.text == "Déjà tué."


def test_a_wrong_charset_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    markup = (
        '<?xml version="1.0" encoding="utf-8"?><nitf><body><p>Déjà tué à Alep.</p></body></nitf>'
    )
    path.write_bytes(markup.encode("cp1252"))

    assert only(path).document.text == "Déjà tué à Alep."
