"""GENIA event XML: sentences, terms, events with their triggers; a sample of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from glose.corpus.document import Argument, Attribute, Document
from glose.corpus.errors import GloseError, InputError
from glose.corpus.formats import table
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects

SAMPLE = Path(__file__).parent / "samples" / "genia.xml"


@pytest.fixture
def task() -> Task:
    return Task(counted=True)


@pytest.fixture
def found(task: Task) -> Document:
    (document,) = table.recognised(SAMPLE).read(SAMPLE, task)
    return document


def test_it_is_recognised_as_a_file_and_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(SAMPLE.read_bytes())
    assert table.name_of(SAMPLE) == table.name_of(tmp_path) == "genia"


def test_title_and_abstract_are_lines_of_sentences(found: Document) -> None:
    assert found.id == "90310314"
    assert found.text == (
        "How salt ages iron bells.\n"
        "We show that sea salt and rain do not stop, but speed rust up. "
        "It is < 1 % & 😀 harmless."
    )
    parts = [(s.type, found.text[s.start : s.end][:12]) for s in found.segments]
    assert parts == [
        ("title", "How salt age"),
        ("sentence", "How salt age"),
        ("paragraph", "We show that"),
        ("sentence", "We show that"),
        ("sentence", "It is < 1 % "),
    ]


def test_terms_are_mentions_that_may_nest(found: Document) -> None:
    assert [(m.id, m.type, m.text) for m in found.mentions] == [
        ("T1", "Inorganic", "salt"),
        ("T2", "Artefact", "iron bells"),
        ("T3", "Inorganic", "iron"),
        ("T4", "Inorganic", "salt"),
        ("T5", "Weather", "rain"),
    ]
    assert found.mentions[1].attrs == (Attribute("lex", "iron_bell"),)


def test_events_have_triggers_roles_and_what_is_said_of_them(found: Document) -> None:
    words = [[t.text for t in event.triggers] for event in found.events]
    assert [(e.id, e.type) for e in found.events] == [
        ("E1", "Ageing"),
        ("E2", "Negative_regulation"),
        ("E3", "Positive_regulation"),
        ("E4", "Rusting"),
    ]
    assert words == [["ages"], ["stop"], ["speed up"], []]
    assert found.events[1].args == (
        Argument("Theme", ref="E3"),
        Argument("Cause", ref="T4"),
        Argument("Cause", ref="T5"),
    )
    assert [event.polarity for event in found.events] == [None, "Negative", "Positive", None]
    assert {a.name: a.value for a in found.events[1].attrs} == {
        "KT": "Analysis",
        "Manner": "High",
        "uncertainty": "probable",
    }


def test_a_trigger_stands_where_its_clue_says_whatever_the_white_space(found: Document) -> None:
    text = found.text or ""
    for event in found.events:
        for trigger in event.triggers:
            pieces = trigger.fragments or ((trigger.start, trigger.end),)
            assert " ".join(text[a:b] for a, b in pieces) == trigger.text


def test_what_a_record_cannot_hold_is_counted(found: Document, task: Task) -> None:
    assert found.events
    lost = {row.kind: row.dropped for row in task.losses.rows()}
    assert lost == {"coordinations": 1, "marks clueKT": 1, "comments on events": 1}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("How salt <clueType>", "How much salt <clueType>", "does not repeat its sentence"),
        ('<theme idref="T2"/>', '<theme idref="T9"/>', "theme refers to T9, which is no term"),
        ('<type class="Ageing"/>', "", "an event without a type"),
        ('<ArticleTitle><sentence id="S1">', '<ArticleTitle><event id="E0"/><sentence id="S1">',
         "an event before any sentence"),
    ],
)  # fmt: skip
def test_an_event_that_is_wrong_is_told_and_set_aside(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    path = tmp_path / "a.xml"
    path.write_text(SAMPLE.read_text().replace(old, new, 1))
    format_ = table.FORMATS["genia"]

    with pytest.raises(InputError, match=reason):
        list(format_.read(path))
    task = Task(rejects=Rejects(tmp_path / "rejects"))
    assert len(list(format_.read(path, task))) == 1
    assert len(task.rejects.found) == 1


def test_what_refers_to_an_event_that_is_wrong_is_set_aside_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(SAMPLE.read_text().replace('<type class="Rusting"/>', ""))
    task = Task(rejects=Rejects(tmp_path / "rejects"))
    (found,) = table.FORMATS["genia"].read(path, task)

    assert [event.id for event in found.events] == ["E1"]
    assert [(one.document, one.reason.split(";")[0]) for one in task.rejects.found] == [
        ("E4", "an event without a type"),
        ("E3", "it refers to E4, which was not read"),
        ("E2", "it refers to E3, which was not read"),
    ]


def test_a_file_without_articles_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<Annotation/>")
    with pytest.raises(GloseError, match="no Article; expected GENIA event XML"):
        list(table.FORMATS["genia"].read(tmp_path / "a.xml"))


def test_several_articles_without_names_are_numbered(tmp_path: Path) -> None:
    one = "<Article><ArticleTitle><sentence>Salt.</sentence></ArticleTitle></Article>"
    (tmp_path / "a.xml").write_text(f"<Annotation>{one}{one}</Annotation>")
    found = list(table.FORMATS["genia"].read(tmp_path / "a.xml"))
    assert [document.id for document in found] == ["a-1", "a-2"]
