"""NewsReader CAT: words, markables, coreference, participants and links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from glose.corpus.document import Attribute, Date, Document, EventCluster, Link, Value
from glose.corpus.errors import GloseError
from glose.corpus.formats import cat, table
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects

SAMPLE = Path(__file__).parent / "samples" / "cat.xml"


@pytest.fixture
def found() -> Document:
    (document,) = cat.FORMAT.read(SAMPLE)
    return document


def test_words_have_a_blank_between_and_sentences_a_line(found: Document) -> None:
    assert found.text == "Gao , 14 mars\nKassa y est bien arrivé avant de repartir & 😀"
    assert [(s.type, s.start, s.end) for s in found.segments] == [
        ("sentence", 0, 13),
        ("sentence", 14, 59),
    ]
    assert len(found.tokens) == 14
    assert (found.id, found.language) == ("7_Gao", "fr")


def test_mentions_have_the_type_of_their_entity(found: Document) -> None:
    assert {(m.type, m.text, m.level) for m in found.mentions} == {
        ("LOC", "Gao", "NAM"),
        ("LOC", "y", "PRO"),
        ("PER", "Kassa", None),
        ("SIGNAL", "avant", None),
        ("TIMEX3.DATE", "14 mars", None),
        ("VALUE.QUANTITY", "14", None),
    }


def test_a_markable_without_an_id_is_the_signal_of_no_link(tmp_path: Path) -> None:
    content = SAMPLE.read_text(encoding="utf-8").replace('m_id="6"', "")
    (tmp_path / "c.xml").write_text(content, encoding="utf-8")
    (found,) = cat.FORMAT.read(tmp_path / "c.xml")
    assert [r.triggers for r in found.relations] == [() for _ in found.relations]
    assert "avant" in {m.text for m in found.mentions}


def test_instances_are_entities_and_clusters(found: Document) -> None:
    texts = {m.id: m.text for m in found.mentions}
    assert [(e.name, e.type, [texts[m] for m in e.mentions]) for e in found.entities] == [
        ("Gao (ville)", "LOC", ["Gao", "y"]),
        ("Kassa", "PER", ["Kassa"]),
        ("Mali", "LOC", []),
    ]
    assert found.entities[0].links == (Link("external_ref", "http://example.org/Gao"),)
    (event, _) = found.events
    attrs = (Attribute("TAG_DESCRIPTOR", "arrivée"), Attribute("class", "OTHER"))
    assert found.event_clusters == (EventCluster("c1", (event.id,), attrs),)


def test_events_have_participants_and_triggers_in_pieces(found: Document) -> None:
    first, second = found.events
    kassa = next(m.id for m in found.mentions if m.text == "Kassa")
    assert (first.type, second.type) == ("OTHER", "EVENT")
    assert first.triggers[0].text == "est arrivé"
    assert [(a.role, a.ref) for a in first.args] == [("Arg0", kassa)]
    assert (first.polarity, first.modality, first.tense) == ("POS", None, "PAST")


def test_links_are_relations(found: Document) -> None:
    first, second = found.events
    before, measure = found.relations
    assert (before.type, [a.ref for a in before.args]) == ("TLINK.BEFORE", [first.id, second.id])
    assert [t.text for t in before.triggers] == ["avant"]
    assert [(a.ref, a.value) for a in measure.args] == [(first.id, None), (None, "duration:P1D")]


def test_the_date_of_the_document_is_metadata_and_a_mention(found: Document) -> None:
    (time,) = (m for m in found.mentions if m.type == "TIMEX3.DATE")
    assert (found.meta.date, found.meta.date_basis) == (Date(2031, 3, 14), "created")
    assert time.value == Value("date:2031-03-14")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('t_id="6"/>', 't_id="99"/>', "no token is called 99", id="a lost token"),
        pytest.param('<target m_id="11"/>', '<target m_id="99"/>', "is no markable", id="entity"),
        pytest.param('<target m_id="5"/>', '<target m_id="99"/>', "not in the text", id="link"),
        pytest.param(">Kassa</token>", "> </token>", "a token without words", id="no words"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    content = SAMPLE.read_text(encoding="utf-8").replace(old, new, 1)
    (tmp_path / "c.xml").write_text(content, encoding="utf-8")
    with pytest.raises(GloseError, match=message):
        list(cat.FORMAT.read(tmp_path / "c.xml"))


def test_meantime_has_the_counts_of_its_source(
    tmp_path: Path, data: Callable[[str], Path]
) -> None:
    """Nine times and one signal stand on no token, and one event cluster has no event."""
    folder = data("meantime-en") / "intra-doc_annotation"
    task = Task({}, Rejects(tmp_path / "rejects"), counted=True)
    found = list(cat.FORMAT.read(folder, task))
    mentions = Counter(m.type.split(".")[0] for d in found for m in d.mentions)
    relations = Counter(r.type.split(".")[0] for d in found for r in d.relations)
    others = {"TIMEX3", "VALUE", "SIGNAL", "C-SIGNAL"}

    assert (len(found), sum(len(d.tokens) for d in found)) == (24, 9315)
    assert sum(n for kind, n in mentions.items() if kind not in others) == 552
    assert {kind: mentions[kind] for kind in others} == {
        "TIMEX3": 124 - 9,
        "VALUE": 82,
        "SIGNAL": 71 - 1,
        "C-SIGNAL": 4,
    }
    assert relations == {"TLINK": 384, "SLINK": 49, "GLINK": 32, "CLINK": 6}
    assert sum(len(d.events) for d in found) == 420
    assert sum(len(e.args) for d in found for e in d.events) == 388
    assert sum(len(d.entities) for d in found) == 232
    assert sum(len(d.event_clusters) for d in found) == 333 - 1
    assert (task.rejects.found, {r.kind: r.dropped for r in task.losses.rows()}) == (
        [],
        {
            "times without words": 9,
            "mentions without words": 1,
            "event clusters without events": 1,
        },
    )
    assert table.name_of(folder) == "cat"
