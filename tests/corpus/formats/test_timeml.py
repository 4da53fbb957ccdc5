"""TimeML: events by instance, times with values, links; and TIMEX3 with nothing around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from glose.corpus.document import Attribute, Date, Document, Relation, Value
from glose.corpus.errors import GloseError
from glose.corpus.formats import table, timeml
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.timexes import dated, timex

SAMPLE = Path(__file__).parent / "samples" / "timeml.tml"


def read(path: Path, content: str) -> Document:
    path.write_text(content, encoding="utf-8")
    (found,) = timeml.FORMAT.read(path)
    return found


@pytest.fixture
def found() -> Document:
    (document,) = timeml.FORMAT.read(SAMPLE)
    return document


def ends(relation: Relation) -> list[tuple[str, str | None, str | None]]:
    return [(a.role, a.ref, a.value) for a in relation.args]


def test_the_text_is_that_of_the_element_as_it_stands(found: Document) -> None:
    text = found.text or ""
    assert text.startswith("\nLe maire a quitté Gao mercredi, avant le couvre-feu de deux")
    assert text.endswith(" 😀 Il l'a dit deux fois.\n")
    assert (found.id, found.meta.title) == ("timeml", "Gao & Kidal")


def test_the_date_of_the_document_is_metadata(found: Document) -> None:
    assert (found.meta.date, found.meta.date_basis) == (Date(2031, 3, 14), "created")
    assert "2031-03-14" not in (found.text or "")


def test_times_have_type_value_and_anchor(found: Document) -> None:
    assert [(m.type, m.text, m.value) for m in found.mentions] == [
        ("TIMEX3.DATE", "mercredi", Value("date:2031-03-12", anchor="DCT")),
        ("TIMEX3.DURATION", "deux jours", Value("duration:P2D", "APPROX")),
        ("SIGNAL", "avant", None),
    ]


def test_a_signal_without_an_id_is_that_of_no_link(tmp_path: Path) -> None:
    content = SAMPLE.read_text(encoding="utf-8").replace('sid="s1"', "")
    found = read(tmp_path / "c.tml", content)
    assert [r.triggers for r in found.relations] == [()] * 5
    assert [m.text for m in found.mentions if m.type == "SIGNAL"] == ["avant"]


def test_two_instances_of_one_event_are_two_events(found: Document) -> None:
    said = [e for e in found.events if e.type == "REPORTING"]
    assert [(e.id, e.polarity, e.modality) for e in said] == [
        ("ei3", "POS", None),
        ("ei4", "NEG", "pouvoir"),
    ]
    assert {t.text for e in said for t in e.triggers} == {"dit"}
    assert said[0].attrs == (Attribute("aspect", "NONE"), Attribute("pos", "VERB"))


def test_links_go_from_a_source_to_a_target(found: Document) -> None:
    assert [(r.type, *(a.ref or a.value for a in r.args)) for r in found.relations] == [
        ("TLINK.BEFORE", "ei1", "ei2"),
        ("TLINK.IS_INCLUDED", "ei1", "t1"),
        ("TLINK.BEFORE", "t1", "DCT"),
        ("TLINK.SIMULTANEOUS", "ei2", "duration:P1W"),
        ("SLINK.EVIDENTIAL", "ei3", "ei1"),
    ]
    assert [t.text for t in found.relations[0].triggers] == ["avant"]


def test_times_without_words_are_counted() -> None:
    task = Task(counted=True)
    list(timeml.FORMAT.read(SAMPLE, task))
    assert [(r.kind, r.dropped) for r in task.losses.rows()] == [("times without words", 1)]


BARE = 'Il pleut <TIMEX3 tid="t1" type="DATE" value="2031-03">en mars</TIMEX3> &amp; après.'


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(BARE, id="nothing around it"),
        pytest.param(f'<?xml version="1.0"?>\n<DOC>{BARE}</DOC>', id="another element"),
        pytest.param(f"<TimeML>{BARE}</TimeML>", id="no TEXT"),
    ],
)
def test_inline_times_are_read_without_more(tmp_path: Path, content: str) -> None:
    path = tmp_path / "c.txt"
    found = read(path, content)
    assert (found.text or "").strip() == "Il pleut en mars & après."
    assert [(m.text, m.value) for m in found.mentions] == [("en mars", Value("date:2031-03"))]
    assert table.name_of(path) == "timeml"
    assert found.status.annotated == ("mentions",)


def test_tags_with_one_id_are_one_event_in_pieces(tmp_path: Path) -> None:
    given = '<EVENT eid="e1" class="STATE">est</EVENT> bien <EVENT eid="e1">parti</EVENT>'
    (event,) = read(tmp_path / "c.tml", f"<TimeML>{given}</TimeML>").events
    assert (event.type, event.triggers[0].fragments) == ("STATE", ((0, 3), (9, 14)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('eventID="e1"', 'eventID="e9"', "e9, which is no EVENT", id="an instance"),
        pytest.param('relatedToTime="t1"', "", "without target; expected", id="half a link"),
        pytest.param("</TEXT>", "", "not well-formed", id="no XML"),
        pytest.param('"OCCURRENCE">quitté</', '"OCCURRENCE"></', "e1 has no words", id="empty"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    content = SAMPLE.read_text(encoding="utf-8")
    with pytest.raises(GloseError, match=message):
        read(tmp_path / "c.tml", content.replace(old, new, 1))


@pytest.mark.parametrize(
    ("attributes", "type_", "norm", "rest"),
    [
        ({"type": "SET", "value": "P1W"}, "TIMEX3.SET", "set:P1W", {}),
        ({"type": "DURATION", "value": "2 ans"}, "TIMEX3.DURATION", None, {"value": "2 ans"}),
        ({"type": "DATE", "value": "2031-13"}, "TIMEX3.DATE", None, {"value": "2031-13"}),
        ({"type": "TIME", "value": "T24:00", "quant": "X"}, "TIMEX3.TIME", "time:T24:00",
         {"quant": "X"}),
        ({}, "TIMEX3", None, {}),
    ],
)  # fmt: skip
def test_values_are_of_the_kind_of_their_type(
    attributes: dict[str, str], type_: str, norm: str | None, rest: dict[str, str]
) -> None:
    found = timex(attributes, None)
    assert (found.type, found.value and found.value.norm) == (type_, norm)
    assert {a.name: a.value for a in found.attrs} == rest


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2031", Date(2031)),
        ("2031-03-14T08:30", Date(2031, 3, 14, "08:30")),
        ("2031-W11", Date(2031)),
        ("2031-02-30", None),
        ("PRESENT_REF", None),
    ],
)
def test_dates_are_as_precise_as_they_are(value: str, date: Date | None) -> None:
    assert dated(value) == date
