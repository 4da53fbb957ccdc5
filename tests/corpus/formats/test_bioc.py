"""BioC in XML and JSON: passages, offsets, relations that are events and entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from glose.corpus.document import Attribute, Document, Link, Mention, Segment
from glose.corpus.errors import GloseError
from glose.corpus.formats import bioc, comparison, pubtator
from glose.corpus.formats.bioc_writing import are_passages
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import document, hostile, mention
from glose.corpus.rulers import UNITS

XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE collection SYSTEM "BioC.dtd">
<collection><source>ours</source><date/><key/>
<document><id>7</id><infon key="title">Le café</infon><infon key="year">2031</infon>
<passage><infon key="type">title</infon><offset>0</offset><text>Café &amp; thé</text>
<annotation id="0"><infon key="type">Chemical</infon><infon key="MESH">D003069|D0</infon>
<location offset="0" length="4"/><text>Café</text></annotation>
</passage>
<passage><infon key="type">abstract</infon><offset>11</offset>
<sentence><offset>11</offset><text>Il aggrave tout.</text>
<annotation id="0"><infon key="type">Effect</infon><infon key="sure">no</infon>
<location offset="14" length="7"/><text>aggrave</text></annotation></sentence>
<sentence><offset>28</offset><text>Ni le thé, ni le pain.</text>
<annotation id="2"><infon key="type">Chemical</infon><location offset="31" length="6"/>
<location offset="45" length="4"/><text>le thé … pain</text></annotation></sentence>
<relation id="R1"><infon key="type">Worse</infon><infon key="sure">yes</infon>
<node refid="0" role="Trigger"/><node refid="2" role="Theme"/></relation>
</passage>
<relation id="R2"><infon key="type">Same</infon><node refid="0" role="one"/>
<node refid="R1" role="other"/></relation>
</document></collection>
"""


def read(path: Path, content: str, form: Format = bioc.XML, **options: str) -> Document:
    path.write_text(content, encoding="utf-8")
    (found,) = form.read(path, Task(options))
    return found


@pytest.fixture
def found(tmp_path: Path) -> Document:
    return read(tmp_path / "c.xml", XML)


def test_passages_and_sentences_are_segments_of_one_text(found: Document) -> None:
    text = "Café & thé\nIl aggrave tout. Ni le thé, ni le pain."
    assert found.text == text
    assert [(s.type, text[s.start : s.end]) for s in found.segments] == [
        ("title", "Café & thé"),
        ("abstract", "Il aggrave tout. Ni le thé, ni le pain."),
        ("sentence", "Il aggrave tout."),
        ("sentence", "Ni le thé, ni le pain."),
    ]


def test_annotations_are_mentions_with_links_and_attributes(found: Document) -> None:
    coffee, effect, tea = found.mentions
    assert coffee.links == (Link("MESH", "D003069"), Link("MESH", "D0"))
    assert effect.attrs == (Attribute("sure", "no"),)
    assert (tea.text, tea.fragments) == ("le thé pain", ((31, 37), (45, 49)))


def test_ids_lead_to_annotations_of_the_same_passage_first(found: Document) -> None:
    """Both passages have an annotation 0; the relation stands in the second one."""
    (event,) = found.events
    assert [t.text for t in event.triggers] == ["aggrave"]
    assert [(a.role, a.ref) for a in event.args] == [("Theme", found.mentions[2].id)]
    assert event.attrs == (Attribute("sure", "yes"),)


def test_relations_may_be_of_events(found: Document) -> None:
    (relation,) = found.relations
    assert [(a.role, a.ref) for a in relation.args] == [
        ("one", found.mentions[0].id),
        ("other", "R1"),
    ]


def test_infons_of_the_document_are_metadata(found: Document) -> None:
    assert (found.meta.title, found.extra) == ("Le café", (Attribute("year", "2031"),))


def test_comments_leave_the_text_as_it_is(tmp_path: Path) -> None:
    found = read(tmp_path / "c.xml", XML.replace("Café &amp; thé", "Café <!-- x -->&amp; thé"))
    assert (found.text or "").startswith("Café & thé\n")


PLACE = '"0" length="4"/><text>Café<'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(PLACE, '"6" length="6"/><text>&amp; thé<', "right in bytes", id="bytes"),
        pytest.param('offset="14"', 'offset="3"', "base=passage", id="counted from the passage"),
        pytest.param('offset="14"', 'offset="15"', "not 'aggrave'", id="shifted"),
        pytest.param('length="7"', 'length="700"', "outside the text", id="past the end"),
        pytest.param('length="7"', 'length="0"', "is empty", id="empty"),
        pytest.param('refid="2"', 'refid="9"', "9, which is not there", id="a lost node"),
        pytest.param("<offset>0</offset>", "<offset>a</offset>", "no document", id="no number"),
        pytest.param('id="R2"', 'id="R2', "not well-formed", id="no XML"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(GloseError, match=message):
        read(tmp_path / "c.xml", XML.replace(old, new))


def test_what_is_wrong_can_be_set_aside(tmp_path: Path) -> None:
    (tmp_path / "c.xml").write_text(XML.replace('refid="2"', 'refid="9"'), encoding="utf-8")
    task = Task({}, Rejects(tmp_path / "rejects"))
    (found,) = bioc.XML.read(tmp_path / "c.xml", task)
    # The second relation is of the event that went.
    assert (len(found.mentions), found.events, found.relations) == (3, (), ())
    assert len(task.rejects.found) == 2


@pytest.mark.parametrize("form", [bioc.XML, bioc.JSON])
@pytest.mark.parametrize("unit", UNITS)
def test_offsets_are_counted_in_any_unit(tmp_path: Path, form: Format, unit: str) -> None:
    given = hostile()
    task = Task({"unit": unit}, counted=True)
    form.write(tmp_path / "c.x", [given], task)
    (back,) = form.read(tmp_path / "c.x", Task({"unit": unit}))
    left = comparison.missing(given, back)
    assert set(left) <= {"sentences", "tokens"}


def test_offsets_from_the_passage_are_read_where_they_are_told(tmp_path: Path) -> None:
    content = XML
    for old, new in ((14, 3), (31, 20), (45, 34)):
        content = content.replace(f'location offset="{old}"', f'location offset="{new}"')
    found = read(tmp_path / "c.xml", content, base="passage")
    assert [m.text for m in found.mentions] == ["Café", "aggrave", "le thé pain"]


def test_passages_are_written_where_segments_are_the_text(tmp_path: Path) -> None:
    given = document("d", "Titre\n\nUn peu de texte.")
    parts = (Segment("s1", "title", 0, 5, "page=1"), Segment("s2", "body", 7, 23))
    bioc.JSON.write(tmp_path / "c.json", [replace(given, segments=parts)])
    (found,) = msgspec.json.decode((tmp_path / "c.json").read_bytes())["documents"]
    assert [(p["offset"], p["infons"]) for p in found["passages"]] == [
        (0, {"type": "title", "src": "page=1"}),
        (7, {"type": "body"}),
    ]


def test_control_characters_are_told_to_be_lost_in_xml_alone(tmp_path: Path) -> None:
    given = document("d", "a\x01b", mentions=(mention("m1", "X", "b", text="a\x01b"),))
    changed = {}
    for form in (bioc.XML, bioc.JSON):
        task = Task(counted=True)
        form.write(tmp_path / "c.x", [given], task)
        rows = {row.kind: row for row in task.losses.rows()}
        changed[form.description[:8]] = rows["texts"].changed, rows["mentions"].kept
    assert changed == {"BioC XML": (1, 1), "BioC JSO": (0, 1)}


def _shapes(one: dict[str, Any]) -> dict[str, bytes]:
    plain = msgspec.json.encode(one)
    return {
        "a collection": msgspec.json.encode({"source": "s", "documents": [one, one]}),
        "collections": msgspec.json.encode([{"documents": [one]}, {"documents": [one]}]),
        "a document a line": plain + b"\n\n" + plain + b"\n",
        "the service of PubTator": msgspec.json.encode({"PubTator3": [one, one]}),
    }


ONE = {
    "id": 7,
    "infons": {},
    "passages": [
        {
            "offset": 0,
            "infons": {"type": "title", "year": 2031},
            "text": "Café",
            "annotations": [
                {
                    "id": 1,
                    "infons": {"type": "Chemical", "identifier": None},
                    "text": "Café",
                    "locations": [{"offset": 0, "length": 4}],
                }
            ],
        }
    ],
}


@pytest.mark.parametrize("shape", _shapes(ONE))
def test_json_comes_in_several_shapes(tmp_path: Path, shape: str) -> None:
    (tmp_path / "c.json").write_bytes(_shapes(ONE)[shape])
    found = list(bioc.JSON.read(tmp_path / "c.json"))
    expected = Mention("m1", "Chemical", 0, 4, text="Café")
    assert [(d.id, d.mentions) for d in found] == [("7", (expected,))] * 2


def test_what_the_record_has_no_place_for_is_counted(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_bytes(msgspec.json.encode({"key": "", "documents": [ONE]}))
    task = Task(counted=True)
    list(bioc.JSON.read(tmp_path / "c.json", task))
    assert [(r.kind, r.dropped) for r in task.losses.rows()] == [("infons of passages", 1)]


@pytest.mark.parametrize("form", [bioc.XML, bioc.JSON])
def test_a_real_corpus_goes_through(
    tmp_path: Path, data: Callable[[str], Path], form: Format
) -> None:
    """NCBI disease: 100 abstracts and 787 mentions with their links come back."""
    source = data("ncbi-disease-pubtator") / "NCBIdevelopset_corpus.txt"
    given = list(pubtator.FORMAT.read(source))
    task = Task(counted=True)
    form.write(tmp_path / "c.x", given, task)
    back = list(form.read(tmp_path / "c.x"))

    assert not any(row.changed or row.dropped for row in task.losses.rows())
    # Bare identifiers are of no base here, and of `pubtator` there, which is written.
    left = sum((comparison.missing(a, b) for a, b in zip(given, back, strict=True)), Counter())
    assert (sum(len(d.mentions) for d in back), left) == (787, Counter())


@pytest.mark.parametrize(
    ("text", "bounds", "whole"),
    [
        pytest.param("ab\ncd", [(0, 2), (3, 5)], True, id="a line end between"),
        pytest.param("ab\n\ncd", [(0, 2), (4, 6)], True, id="two"),
        pytest.param("ab\n\n\ncd", [(0, 2), (5, 7)], False, id="three"),
        pytest.param("ab cd", [(0, 2), (3, 5)], False, id="a blank"),
        pytest.param("abcd", [(0, 3), (2, 4)], False, id="they overlap"),
        pytest.param("abcd", [(0, 3)], False, id="the end is left out"),
        pytest.param("abcd", [(1, 4)], False, id="the beginning is left out"),
        pytest.param("ab\n\ufeffcd", [(0, 2), (3, 6)], False, id="a byte order mark inside"),
        pytest.param("abcd", [], False, id="none"),
    ],
)
def test_what_can_be_passages(text: str, bounds: list[tuple[int, int]], *, whole: bool) -> None:
    segments = [Segment(f"s{n}", "part", a, b) for n, (a, b) in enumerate(bounds)]
    assert are_passages(segments, text) is whole
