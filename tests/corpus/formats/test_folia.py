"""FoLiA: words, what is over them, and what is no part of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from glose.corpus.document import Attribute, Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import folia
from glose.corpus.formats.declaration import Task

SAMPLE = Path(__file__).parent / "samples" / "folia.folia.xml"
TEXT = "Awa Kassa l' a bien attaqué mardi. Elle part.\n😀"


@pytest.fixture
def found() -> Document:
    (document,) = folia.FORMAT.read(SAMPLE)
    return document


def test_the_text_is_made_of_the_words_that_hold(found: Document) -> None:
    """What was corrected is no text, and neither is another reading of a word."""
    assert (found.id, found.language, found.text) == ("visite", "fra", TEXT)
    assert len(found.tokens) == 12


def test_paragraphs_and_sentences_are_segments(found: Document) -> None:
    assert {(s.type, TEXT[s.start : s.end]) for s in found.segments} == {
        ("paragraph", "Awa Kassa l' a bien attaqué mardi. Elle part."),
        ("sentence", "Awa Kassa l' a bien attaqué mardi."),
        ("sentence", "Elle part."),
        ("paragraph", "😀"),
        ("sentence", "😀"),
    }


def test_spans_are_mentions_with_features(found: Document) -> None:
    by_id = {m.id: m for m in found.mentions}
    assert [(n, by_id[n].type, by_id[n].text) for n in ("e.1", "e.2", "t.1")] == [
        ("e.1", "per", "Awa Kassa"),
        ("e.2", "organizer", "Kassa"),
        ("t.1", "date", "mardi"),
    ]
    assert by_id["e.1"].attrs == (Attribute("role", "maire"),)


def test_a_chain_is_an_entity_of_the_mentions_that_are_there(found: Document) -> None:
    (entity,) = found.entities
    texts = {m.id: m.text for m in found.mentions}
    assert (entity.type, entity.mentions[0]) == ("per", "e.1")
    assert [texts[name] for name in entity.mentions] == ["Awa Kassa", "Elle"]


def test_events_and_predicates_are_events(found: Document) -> None:
    attack, predicate = found.events
    assert (attack.type, attack.triggers[0].text) == ("attack", "a attaqué")
    assert len(attack.triggers[0].fragments) == 2
    assert attack.attrs == (Attribute("actor", "Kassa"),)
    assert (predicate.type, [a.role for a in predicate.args]) == ("PREDICATE", ["agent"])


def test_what_is_not_read_is_counted() -> None:
    task = Task(counted=True)
    list(folia.FORMAT.read(SAMPLE, task))
    assert [(r.kind, r.dropped) for r in task.losses.rows()] == [("chunk of FoLiA", 1)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('<wref id="w.9"/>', '<wref id="w.99"/>', "refers to w.99", id="lost word"),
        pytest.param('<wref id="w.9"/>', "", "refers to nothing", id="nothing"),
        pytest.param("<t>Elle</t>", "<t/>", "a word without text", id="no text"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    content = SAMPLE.read_text(encoding="utf-8").replace(old, new)
    (tmp_path / "c.xml").write_text(content, encoding="utf-8")
    with pytest.raises(GloseError, match=message):
        list(folia.FORMAT.read(tmp_path / "c.xml"))
