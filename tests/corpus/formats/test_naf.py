"""NAF: word forms with offsets, and layers over them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glose.corpus.document import Attribute, Date, Document, Link, Value
from glose.corpus.errors import GloseError
from glose.corpus.formats import naf
from glose.corpus.formats.declaration import Task

SAMPLE = Path(__file__).parent / "samples" / "naf.naf"


@pytest.fixture
def found() -> Document:
    (document,) = naf.FORMAT.read(SAMPLE)
    return document


def texts(found: Document) -> dict[str, str]:
    return {mention.id: mention.text for mention in found.mentions}


def test_words_stand_where_their_offsets_say(found: Document) -> None:
    text = found.text or ""
    assert text == 'Awa Kassa a quitté Gao mercredi.\nElle est "bien" repartie.'
    assert [text[a:b] for a, b in found.tokens][8:] == ["est", '"bien"', "repartie", "."]
    assert [text[s.start : s.end] for s in found.segments] == text.split("\n")


def test_the_header_is_metadata(found: Document) -> None:
    assert (found.language, found.meta.title, found.meta.source) == ("fr", "Visite", "agence")
    assert (found.meta.date, found.meta.url) == (Date(2031, 3, 14), "http://example.org/7")


def test_a_span_of_several_layers_is_one_mention(found: Document) -> None:
    """Awa Kassa is a named entity, in a chain, and an argument."""
    (kassa,) = (m for m in found.mentions if m.text == "Awa Kassa")
    assert kassa.type == "PERSON"
    assert found.events[0].args[0].ref == kassa.id
    assert kassa.id in found.entities[0].mentions


def test_mentions_have_links_and_times_values(found: Document) -> None:
    by_text = {m.text: m for m in found.mentions}
    assert by_text["Gao"].links == (Link("wikidata", "Q189723", 0.9),)
    assert by_text["mercredi"].value == Value("date:2031-03-12")


def test_chains_are_entities_and_clusters(found: Document) -> None:
    words = texts(found)
    assert [[words[m] for m in e.mentions] for e in found.entities] == [["Awa Kassa", "Elle"]]
    assert found.entities[0].type == "PERSON"
    assert [c.events for c in found.event_clusters] == [("pr1", "pr2")]


def test_predicates_are_events(found: Document) -> None:
    first, second = found.events
    words = texts(found)
    assert (first.type, first.triggers[0].text) == ("PREDICATE", "quitté")
    assert [(a.role, words[a.ref or ""]) for a in first.args] == [
        ("A0", "Awa Kassa"),
        ("A1", "Gao"),
    ]
    assert first.attrs == (Attribute("PropBank", "leave.01"),)
    assert (second.triggers[0].text, len(second.triggers[0].fragments)) == ("est repartie", 2)


def test_links_are_relations(found: Document) -> None:
    assert [(r.type, *(a.ref or a.value for a in r.args)) for r in found.relations] == [
        ("TLINK.IS_INCLUDED", "pr1", "tmx1"),
        ("TLINK.BEFORE", "pr1", "DCT"),
        ("CLINK", "pr1", "pr2"),
    ]


def test_layers_that_are_not_read_are_counted() -> None:
    task = Task(counted=True)
    list(naf.FORMAT.read(SAMPLE, task))
    assert [(r.kind, r.dropped) for r in task.losses.rows()] == [("items of deps", 1)]


def test_without_a_raw_text_words_are_put_together(tmp_path: Path, found: Document) -> None:
    content = re.sub("<raw>.*</raw>", "", SAMPLE.read_text(encoding="utf-8"), flags=re.DOTALL)
    (tmp_path / "c.naf").write_text(content, encoding="utf-8")
    (other,) = naf.FORMAT.read(tmp_path / "c.naf")
    assert (other.text, other.mentions) == (found.text, found.mentions)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('offset="4"', 'offset="5"', "not 'Kassa'", id="shifted"),
        pytest.param('offset="4"', 'offset="x"', "are no numbers", id="no number"),
        pytest.param('<target id="t5"/>', '<target id="t99"/>', "t99, which is no", id="target"),
        pytest.param('to="tmx1"', 'to="tmx9"', "without an end", id="half a link"),
        pytest.param('<span><target id="t4"/></span>\n', "", "without a span", id="nowhere"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    content = SAMPLE.read_text(encoding="utf-8").replace(old, new, 1)
    (tmp_path / "c.naf").write_text(content, encoding="utf-8")
    with pytest.raises(GloseError, match=message):
        list(naf.FORMAT.read(tmp_path / "c.naf"))
