"""TEI: running text out of elements, names, dates, lists, spans that stand off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from glose.corpus.document import Attribute, Date, Document, Link, Value
from glose.corpus.errors import GloseError
from glose.corpus.formats import table, tei
from glose.corpus.formats.declaration import Task

SAMPLE = Path(__file__).parent / "samples" / "tei.xml"
TEXT = (
    "Gao & Kidal\nAwa Kassa est bien arrivée à Gao le 14 mars. "
    "Le maire était là « entre 1931 et 1932\u00a0» 😀.\nUn vers\net un autre de lui"
)


def read(path: Path, body: str, **options: str) -> Document:
    space = 'xmlns="http://www.tei-c.org/ns/1.0"'
    path.write_text(f"<TEI {space}><text>{body}</text></TEI>", encoding="utf-8")
    (found,) = tei.FORMAT.read(path, Task(options))
    return found


@pytest.fixture
def found() -> Document:
    (document,) = tei.FORMAT.read(SAMPLE)
    return document


def test_white_space_is_one_blank_and_blocks_are_lines(found: Document) -> None:
    assert found.text == TEXT


def test_the_header_is_metadata(found: Document) -> None:
    meta = found.meta
    assert (found.id, found.language, meta.title, meta.author) == (
        "visite",
        "fr",
        "Une visite",
        "Awa Kassa",
    )
    assert (meta.date, meta.date_basis, meta.rights) == (
        Date(1931),
        "published",
        "https://example.org/libre",
    )


def test_blocks_are_segments_with_their_path(found: Document) -> None:
    assert [(s.type, s.src) for s in found.segments if s.type != "sentence"] == [
        ("title", "xpath=/TEI/text/body[1]/head[1]"),
        ("paragraph", "xpath=/TEI/text/body[1]/p[1]"),
        ("line", "xpath=/TEI/text/body[1]/lg[1]/l[1]"),
        ("line", "xpath=/TEI/text/body[1]/lg[1]/l[2]"),
    ]
    assert [TEXT[s.start : s.start + 3] for s in found.segments if s.type == "sentence"] == [
        "Awa",
        "Le ",
    ]


def test_names_and_dates_are_mentions(found: Document) -> None:
    assert [(m.type, m.text, m.value) for m in found.mentions] == [
        ("PER", "Awa Kassa", None),
        ("LOC", "Gao", None),
        ("DATE", "14 mars", Value("date:1931-03-14")),
        ("PER", "maire", None),
        ("DATE", "1931 et 1932", Value("date:1931/1932")),
        ("MENTION", "lui", None),
        ("event", "est arrivée", None),
        ("trajet", "est bien arrivée", None),
    ]


def test_references_are_links_or_entities(found: Document) -> None:
    gao = next(m for m in found.mentions if m.text == "Gao")
    assert gao.links == (Link("wikidata", "Q189723"), Link("ref", "https://example.org/gao"))
    assert gao.attrs == (Attribute("type", "city"),)
    texts = {m.id: m.text for m in found.mentions}
    assert [(e.id, e.name, e.links, [texts[m] for m in e.mentions]) for e in found.entities] == [
        ("kassa", "Awa Kassa", (Link("wikidata", "Q1"),), ["Awa Kassa", "maire"]),
        ("absent", "Moussa", (), []),
    ]


def test_relations_are_of_entities(found: Document) -> None:
    (relation,) = found.relations
    assert (relation.type, [(a.role, a.ref) for a in relation.args]) == (
        "connaît",
        [("active", "kassa"), ("passive", "absent")],
    )


def test_words_are_tokens(found: Document) -> None:
    assert [TEXT[a:b] for a, b in found.tokens] == ["est", "bien", "arrivée"]


def test_notes_are_left_out_and_counted_or_kept_after_their_line() -> None:
    task = Task(counted=True)
    list(tei.FORMAT.read(SAMPLE, task))
    assert [(r.kind, r.dropped) for r in task.losses.rows()] == [("notes", 1)]

    (kept,) = tei.FORMAT.read(SAMPLE, Task({"notes": "keep"}))
    assert "😀.\nUne note.\nUn vers" in (kept.text or "")
    assert [kept.text == TEXT, sum(s.type == "note" for s in kept.segments)] == [False, 1]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("<p>a<lb/>b</p>", "a b", id="a line break is a blank"),
        pytest.param("<p>a <lb break='no'/> b</p>", "ab", id="but within a word"),
        pytest.param("<p>a<pb n='2'/>b</p>", "ab", id="a page break is nothing"),
        pytest.param("<p>a <sic>bb</sic></p>", "a bb", id="the only reading"),
        pytest.param("<p><choice><abbr>M.</abbr></choice> X</p>", "M. X", id="one of a choice"),
        pytest.param("<p>a</p><p/><p> </p><p>b</p>", "a\nb", id="no empty lines"),
        pytest.param("<div><head> a </head>b<p>c</p></div>", "a\nb\nc", id="text between"),
        pytest.param("<p>a\u00a0\u202fb</p>", "a\u00a0\u202fb", id="no-break spaces stay"),
    ],
)
def test_text(tmp_path: Path, body: str, text: str) -> None:
    assert read(tmp_path / "c.xml", body).text == text


def test_where_nobody_marked_names_nothing_is_annotated(tmp_path: Path) -> None:
    assert read(tmp_path / "c.xml", "<p>Gao</p>").status.annotated == ()


def test_a_corpus_of_tei_is_several_documents(tmp_path: Path) -> None:
    one = "<TEI><text><p>{}</p></text></TEI>"
    content = f"<teiCorpus><teiHeader/>{one.format('a')}{one.format('b')}</teiCorpus>"
    (tmp_path / "c.xml").write_text(content, encoding="utf-8")
    found = list(tei.FORMAT.read(tmp_path / "c.xml"))
    assert [(d.id, d.text) for d in found] == [("c-1", "a"), ("c-2", "b")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('target="#w1 #w3"', 'target="#w9"', "points to '#w9'", id="a span"),
        pytest.param('passive="#absent"', 'passive="#x"', "which is no thing", id="a relation"),
        pytest.param("</body>", "", "not well-formed", id="no XML"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    content = SAMPLE.read_text(encoding="utf-8").replace(old, new)
    (tmp_path / "c.xml").write_text(content, encoding="utf-8")
    with pytest.raises(GloseError, match=message):
        list(tei.FORMAT.read(tmp_path / "c.xml"))


def test_novels_have_the_paragraphs_of_their_source(data: Callable[[str], Path]) -> None:
    """One of the 882 paragraphs that were counted of the second novel is in its header."""
    folder = data("eltec-fra-tei") / "level1"
    counts = {
        d.id: Counter(s.type for s in d.segments)["paragraph"] for d in tei.FORMAT.read(folder)
    }
    assert counts == {"FRA00101": 743, "FRA02001": 882 - 1}
    assert table.name_of(folder) == "tei"
