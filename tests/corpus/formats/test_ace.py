"""ACE 2005: apf.xml beside its sgm; a corpus of our own, since that of LDC is not free."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from glose.corpus.document import Attribute, Document, Value
from glose.corpus.errors import GloseError
from glose.corpus.formats import ace
from glose.corpus.formats.ace import _value
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects

SAMPLE = Path(__file__).parent / "samples" / "ace"
STEM = "ALM_FRE_20310314.0007"


@pytest.fixture
def found() -> Document:
    (document,) = ace.FORMAT.read(SAMPLE)
    return document


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "c")
    return tmp_path / "c" / f"{STEM}.apf.xml"


def test_tags_are_no_text_and_entities_stay_as_they_are_written(found: Document) -> None:
    """Offsets count neither tags nor CR, and five characters for `&amp;`."""
    assert found.id == STEM
    assert "Le maire de Gao, Kassa, a quitté" in (found.text or "")
    assert "d'A&amp;B. La mort" in (found.text or "")
    assert "<" not in (found.text or "")


def test_cr_lf_line_ends_count_as_one(copy: Path, found: Document) -> None:
    text = copy.with_name(f"{STEM}.sgm")
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))
    (other,) = ace.FORMAT.read(copy)
    assert (other.text, other.mentions) == (found.text, found.mentions)


def test_mentions_have_heads_levels_and_types(found: Document) -> None:
    text = found.text or ""
    assert [(m.type, m.text, m.level, text[slice(*m.head)] if m.head else None)
            for m in found.mentions] == [
        ("PER.Individual", "Le maire de Gao", "NOM", "maire"),
        ("PER.Individual", "Kassa", "NAM", "Kassa"),
        ("PER.Individual", "Il", "PRO", "Il"),
        ("GPE.Population-Center", "Gao", "NAM", "Gao"),
        ("PER.Group", "12 hommes", "NOM", "hommes"),
        ("ORG.Commercial", "A&amp;B", "NAM", "A&amp;B"),
        ("Numeric.Percent", "12", None, None),
        ("TIME", "mercredi", None, None),
    ]  # fmt: skip


def test_entities_have_a_name_and_a_class(found: Document) -> None:
    first = found.entities[0]
    assert (first.id, first.name, len(first.mentions)) == ("ALM-E1", "Kassa", 3)
    assert first.attrs == (Attribute("class", "SPC"),)


def test_events_are_mentions_of_events_and_clusters_are_events(found: Document) -> None:
    first, second = found.events
    assert (first.type, first.triggers[0].text, second.triggers[0].text) == (
        "Life.Die",
        "tué",
        "mort",
    )
    assert [(a.role, a.ref) for a in first.args] == [
        ("Agent", "ALM-E1-3"),
        ("Victim", "ALM-E3-1"),
    ]
    assert (first.polarity, first.modality, first.tense, first.genericity) == (
        "Positive",
        "Asserted",
        "Past",
        "Specific",
    )
    assert [c.events for c in found.event_clusters] == [("ALM-EV1-1", "ALM-EV1-2")]


def test_relations_are_of_mentions(found: Document) -> None:
    (relation,) = found.relations
    assert [(a.role, a.ref) for a in relation.args] == [
        ("Arg-1", "ALM-E1-1"),
        ("Arg-2", "ALM-E2-1"),
    ]
    assert Attribute("relation", "ALM-R1") in relation.attrs


@pytest.mark.parametrize(
    ("fields", "norm"),
    [
        ({"VAL": "2031-03-12"}, "date:2031-03-12"),
        ({"VAL": "2031-03-12T08:30"}, "time:2031-03-12T08:30"),
        ({"VAL": "P2D"}, "duration:P2D"),
        ({"VAL": "PAST_REF"}, "date:PAST_REF"),
        ({"VAL": "XXXX-WXX-2", "SET": "YES"}, "set:XXXX-WXX-2"),
        ({}, None),
    ],
)
def test_values_of_times_have_a_kind(fields: dict[str, str], norm: str | None) -> None:
    value, _ = _value(fields)
    assert (value and value.norm) == norm


def test_times_have_values(found: Document) -> None:
    assert found.mentions[-1].value == Value("date:2031-03-12")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('">mercredi', '">jeudi', "not 'jeudi'", id="other words"),
        pytest.param('REFID="ALM-E1-3"', 'REFID="ALM-E9"', "ALM-E9, which is no", id="a ref"),
        pytest.param('END="', 'END="x', "are no numbers", id="no number"),
        pytest.param("<anchor>", "<anchor/><anchors>", "not well-formed", id="no XML"),
    ],
)
def test_what_is_wrong_is_told(copy: Path, old: str, new: str, message: str) -> None:
    content = copy.read_text(encoding="utf-8").replace(old, new, 1)
    copy.write_text(content, encoding="utf-8")
    with pytest.raises(GloseError, match=message):
        list(ace.FORMAT.read(copy))


def test_a_text_that_is_not_there_is_told(copy: Path, tmp_path: Path) -> None:
    copy.with_name(f"{STEM}.sgm").unlink()
    with pytest.raises(GloseError, match="sgm beside it"):
        list(ace.FORMAT.read(copy))
    task = Task({}, Rejects(tmp_path / "rejects"))
    assert list(ace.FORMAT.read(copy, task)) == []
    assert len(task.rejects.found) == 1
