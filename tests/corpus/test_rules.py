"""What breaks a rule of the record, one case a rule and way; and that nothing else does."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.corpus import jsonl
from glose.corpus.document import Document, Mention, Trigger, covered, fingerprint
from glose.corpus.errors import InputError
from glose.corpus.rules import faults
from glose.corpus.testing import documents

EXAMPLE = Path(__file__).parent / "data" / "example.jsonl"
TEXT = "Des ministres français et allemand 😀 iront à Gao vendredi."
#: A record in which every list is used, and which is right.
RIGHT: dict[str, Any] = {
    "schema": "doc/1",
    "id": "d1",
    "layer": "gold",
    "text": TEXT,
    "text_sha256": fingerprint(TEXT),
    "meta": {"date": {"year": 2031, "month": 3, "day": 14, "time": "14:30"}},
    "segments": [{"id": "g1", "type": "paragraph", "start": 0, "end": 58}],
    "tokens": [[0, 3], [4, 13]],
    "mentions": [
        {"id": "m1", "type": "PER", "start": 4, "end": 22, "text": "ministres français"},
        {"id": "m2", "type": "PER", "start": 4, "end": 34, "text": "ministres allemand",
         "fragments": [[4, 13], [26, 34]], "head": [4, 13]},
        {"id": "m3", "type": "GPE", "start": 45, "end": 48, "text": "Gao"},
        {"id": "m4", "type": "DATE", "start": 49, "end": 57, "text": "vendredi",
         "value": {"norm": "date:2031-03-14", "anchor": "DCT"}},
    ],
    "entities": [
        {"id": "e1", "type": "PER", "mentions": ["m1"]},
        {"id": "e2", "type": "GPE", "mentions": ["m3"]},
        {"id": "e3", "type": "ORG", "name": "ONU"},
    ],
    "relations": [{"id": "r1", "type": "VISIT", "evidence": ["g1"],
                   "args": [{"role": "a", "ref": "e1"}, {"role": "b", "ref": "m3"}],
                   "triggers": [{"start": 37, "end": 42, "text": "iront"}]}],
    "events": [
        {"id": "v1", "type": "CONSULT", "triggers": [{"start": 37, "end": 42, "text": "iront"}],
         "args": [{"role": "Actor", "ref": "m1"}, {"role": "Note", "value": "sûr"}]},
        {"id": "v2", "type": "CONSULT"},
    ],
    "event_clusters": [{"id": "h1", "events": ["v1", "v2"]}],
    "templates": [{"id": "t1", "type": "Visit", "events": ["v1"],
                   "args": [{"role": "Place", "ref": "g1"}]}],
    "labels": [{"scheme": "topic", "value": "diplomacy", "target": "v1"}],
    "status": {"annotated": ["mentions", "entities", "entities.singletons"]},
}  # fmt: skip


def record(path: str = "id", value: object = "d1") -> Document:
    """Return the right record with one thing changed: `mentions.0.end` is set to `value`."""
    data = copy.deepcopy(RIGHT)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    owner: Any = data
    for step in way:
        owner = owner[step]
    owner[last] = value
    return jsonl.decode(json.dumps(data).encode())


def test_the_right_record_has_no_faults() -> None:
    assert list(faults(record())) == []


def test_the_example_has_no_faults() -> None:
    assert [list(faults(document)) for document in jsonl.read(EXAMPLE)] == [[]]


@given(documents())
@settings(deadline=None)
def test_what_keeps_every_rule_has_no_faults(document: Document) -> None:
    assert list(faults(document)) == []


CASES = [
    pytest.param(
        "schema", "doc/2",
        "schema: found 'doc/2'; expected 'doc/1'",
        id="another version of the record",
    ),
    pytest.param(
        "id", "",
        "id: '' is no name; expected printable characters, not empty",
        id="a document without id",
    ),
    pytest.param(
        "id", "a\nb",
        "id: 'a\\nb' is no name; expected printable characters, not empty",
        id="a line end in the id of a document",
    ),
    pytest.param(
        "layer", "",
        "layer: empty; expected its name, such as 'gold'",
        id="a document without layer",
    ),
    pytest.param(
        "status.annotated", ["mention"],
        "status.annotated: mention is unknown; expected some of entities, entities.singletons, "
        "event_clusters, events, labels, mentions, relations, templates",
        id="an unknown list is said to be annotated",
    ),
    pytest.param(
        "status.annotated", ["events", "events"],
        "status.annotated: a list is named twice; expected each once",
        id="a list is said twice to be annotated",
    ),
    pytest.param(
        "meta.date", {"year": 2018, "day": 3},
        "meta.date: day 3 without a month; expected a month, or no day",
        id="a day needs a month",
    ),
    pytest.param(
        "meta.date", {"year": 2018, "month": 13},
        "meta.date: 2018-13 is not in the calendar; expected a real month and day",
        id="a thirteenth month",
    ),
    pytest.param(
        "meta.date", {"year": 2031, "month": 2, "day": 29},
        "meta.date: 2031-2-29 is not in the calendar; expected a real month and day",
        id="29 February in a common year",
    ),
    pytest.param(
        "meta.date", {"year": 2031, "time": "24:00"},
        "meta.date: time '24:00'; expected HH:MM, with :SS and a zone if known"
        .replace("'", ""),
        id="an hour past the end of the day",
    ),
    pytest.param(
        "segments.0.end", 59,
        "segment g1: end 59 is past the end of the text (58); expected 0 <= start < end <= 58",
        id="a segment past the end of the text",
    ),
    pytest.param(
        "tokens", [[0, 3], [2, 13]],
        "token 1: starts at 2, before the end of the one before (3); "
        "expected sorted tokens that do not overlap",
        id="tokens overlap",
    ),
    pytest.param(
        "tokens", [[3, 3]],
        "token 0: the span 3 to 3 is empty; expected 0 <= start < end <= 58",
        id="an empty token",
    ),
    pytest.param(
        "mentions.2.end", 250,
        "mention m3: end 250 is past the end of the text (58); expected 0 <= start < end <= 58",
        id="a mention past the end of the text",
    ),
    pytest.param(
        "mentions.2.start", -1,
        "mention m3: start -1 is before the beginning of the text; "
        "expected 0 <= start < end <= 58",
        id="a mention before the beginning of the text",
    ),
    pytest.param(
        "mentions.2.end", 45,
        "mention m3: the span 45 to 45 is empty; expected 0 <= start < end <= 58",
        id="an empty mention",
    ),
    pytest.param(
        "mentions.2.text", "gao",
        "mention m3: text: found gao; expected Gao",
        id="a mention whose text is not what it covers",
    ),
    pytest.param(
        "mentions.2.text", " Ga",
        "mention m3: text: found ' Ga'; expected Gao",
        id="one mention alone that would be right in UTF-16",
    ),
    pytest.param(
        "mentions.1.fragments", [[4, 34]],
        "mention m2: fragments: found one; expected none, or two or more",
        id="a single fragment",
    ),
    pytest.param(
        "mentions.1.fragments", [[5, 13], [26, 34]],
        "mention m2: fragments: they go from 5 to 34; expected 4 to 34, as start and end say",
        id="fragments that begin after the start",
    ),
    pytest.param(
        "mentions.1.fragments", [[4, 13], [13, 34]],
        "mention m2: fragments: found '[4, 13, 13, 34]'; "
        "expected sorted pairs that do not touch",
        id="fragments that touch",
    ),
    pytest.param(
        "mentions.1.text", "ministres français et allemand",
        "mention m2: text: found 'ministres français et allemand'; "
        "expected 'ministres allemand'",
        id="the text of a discontinuous mention leaves out its gap",
    ),
    pytest.param(
        "mentions.1.head", [0, 13],
        "mention m2: head: found [0, 13]; expected a pair inside 4 to 34",
        id="a head that begins before its mention",
    ),
    pytest.param(
        "mentions.1.head", [4],
        "mention m2: head: found [4]; expected a pair inside 4 to 34",
        id="a head that is no pair",
    ),
    pytest.param(
        "mentions.3.value.norm", "2031-03-14",
        "mention m4: value.norm: found 2031-03-14; "
        "expected kind:value, such as date:2018-03-13",
        id="a bare date",
    ),
    pytest.param(
        "mentions.3.value.anchor", "m9",
        "mention m4: anchor m9 is unknown; expected a mention, an event or 'DCT'",
        id="a time that hangs on nothing",
    ),
    pytest.param(
        "events.0.triggers.0.text", "iron",
        "event v1: trigger 0: text: found iron; expected iront",
        id="a trigger whose text is not what it covers",
    ),
    pytest.param(
        "relations.0.triggers.0.end", 99,
        "relation r1: trigger 0: end 99 is past the end of the text (58); "
        "expected 0 <= start < end <= 58",
        id="a relation's trigger past the end of the text",
    ),
    pytest.param(
        "relations.0.id", "2r",
        "2r is no id; expected a letter, then letters, digits, _ . : -",
        id="an id that begins with a digit",
    ),
    pytest.param(
        "relations.0.id", "r2\nr3",
        "'r2\\nr3' is no id; expected a letter, then letters, digits, _ . : -",
        id="an id that looks like two",
    ),
    pytest.param(
        "templates.0.id", "e1",
        "the id e1 is used 2 times; expected once",
        id="an id in two lists",
    ),
    pytest.param(
        "entities.2.name", None,
        "entity e3: has neither mentions nor name; expected one of them",
        id="an entity without mentions has a name",
    ),
    pytest.param(
        "entities.1.mentions", ["m3", "v1"],
        "entity e2: v1 is no mention of the record; expected the id of one",
        id="an entity holds mentions only",
    ),
    pytest.param(
        "entities.1.mentions", ["m3", "m1"],
        "entity e2: mention m1 is in an entity twice",
        id="a mention is in one entity",
    ),
    pytest.param(
        "entities.1.mentions", ["m3", "m3"],
        "entity e2: mention m3 is in an entity twice",
        id="a mention is in its entity once",
    ),
    pytest.param(
        "events.0.args.0.value", "x",
        "event v1: role Actor: has both ref and value; expected one of them",
        id="an argument with ref and value",
    ),
    pytest.param(
        "events.0.args.1.value", None,
        "event v1: role Note: has neither ref nor value; expected one of them",
        id="an argument with neither ref nor value",
    ),
    pytest.param(
        "events.0.args.0.ref", "m9",
        "event v1: role Actor: ref m9 is unknown; "
        "expected the id of a mention, entity, event or segment of the record",
        id="an argument that refers to nothing",
    ),
    pytest.param(
        "templates.0.args.0.ref", "h1",
        "template t1: role Place: ref h1 is unknown; "
        "expected the id of a mention, entity, event or segment of the record",
        id="an argument that refers to a cluster",
    ),
    pytest.param(
        "relations.0.evidence", ["m1"],
        "relation r1: m1 is no segment of the record; expected the id of one",
        id="evidence is a segment",
    ),
    pytest.param(
        "event_clusters.0.events", ["v1", "m1"],
        "cluster h1: m1 is no event of the record; expected the id of one",
        id="a cluster holds events only",
    ),
    pytest.param(
        "event_clusters.0.events", ["v1", "v1"],
        "cluster h1: holds an event twice; expected each once",
        id="a cluster holds an event once",
    ),
    pytest.param(
        "templates.0.events", ["v9"],
        "template t1: v9 is no event of the record; expected the id of one",
        id="a template holds events of the record",
    ),
    pytest.param(
        "labels.0.target", "x1",
        "label diplomacy: x1 is no item of the record; expected the id of one",
        id="a label of nothing",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "fault"), CASES)
def test_fault(path: str, value: object, fault: str) -> None:
    assert list(faults(record(path, value))) == [fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(
            "a\r\nb", "text: a carriage return at 1; expected LF line ends", id="CR LF line ends"
        ),
        pytest.param("a\0", "text: a NUL at 1; expected none", id="a NUL"),
        pytest.param(
            "\ufeffa", "text: begins with a byte order mark; expected none", id="a byte order mark"
        ),
        pytest.param(
            "a\ud83d",
            "text: a lone surrogate at 1; expected whole characters",
            id="half a surrogate pair",
        ),
    ],
)
def test_text_has_no(text: str, fault: str) -> None:
    assert list(faults(Document(id="d", layer="gold", text=text))) == [fault]


def test_the_hash_is_that_of_the_text() -> None:
    document = Document(id="d", layer="gold", text="a", text_sha256=fingerprint("b"))

    [fault] = faults(document)

    assert fault.endswith(f"is not that of the text; expected {fingerprint('a')}")


def test_offsets_counted_in_bytes_are_told() -> None:
    mention = Mention("m1", "GPE", 3, 6, text="Gao")
    document = Document(id="d", layer="x", text="à Gao ou", mentions=(mention,))

    [fault] = faults(document)

    assert fault.endswith("(the offsets look like bytes; expected code points)")


def test_every_fault_is_told_not_the_first_alone() -> None:
    document = Document(id="", layer="", text="a", tokens=((0, 2), (5, 6)))

    assert len(list(faults(document))) == 4


def test_long_content_is_not_echoed() -> None:
    mention = Mention("m" * 5000, "GPE", 0, 3, text="x" * 5000)
    document = Document(id="d", layer="gold", text="Gao", mentions=(mention,))

    assert max(map(len, faults(document))) < 400


class TestWithoutText:
    """Predictions may leave the text out; what can be said without it still is."""

    def test_a_hash_looks_like_one(self) -> None:
        document = Document(id="d", layer="x", text_sha256="abc")

        assert list(faults(document)) == [
            "text_sha256: found abc; expected 64 hexadecimal digits, or null"
        ]

    def test_a_span_has_no_upper_bound(self) -> None:
        document = Document(id="d", layer="x", mentions=(Mention("m1", "GPE", 0, 10**6),))

        assert list(faults(document)) == []

    def test_a_span_is_not_empty(self) -> None:
        document = Document(id="d", layer="x", mentions=(Mention("m1", "GPE", 3, 3),))

        assert list(faults(document)) == [
            "mention m1: the span 3 to 3 is empty; expected 0 <= start < end"
        ]

    def test_fragments_fit_their_span(self) -> None:
        mention = Mention("m1", "GPE", 0, 9, fragments=((0, 2), (4, 8)))
        document = Document(id="d", layer="x", mentions=(mention,))

        assert list(faults(document)) == [
            "mention m1: fragments: they go from 0 to 8; expected 0 to 9, as start and end say"
        ]


@given(st.data())
@settings(deadline=None)
def test_a_moved_span_is_found_unless_it_covers_the_same_words(data: st.DataObject) -> None:
    """Offset drift is never silent."""
    text = data.draw(st.text("abé😀 ", min_size=2, max_size=30))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shift = data.draw(st.integers(-5, 5))
    moved = Mention("m1", "X", start + shift, end + shift, text=text[start:end])
    document = Document(id="d", layer="gold", text=text, mentions=(moved,))

    fits = start + shift >= 0 and end + shift <= len(text)
    same = fits and covered(text, start + shift, end + shift) == moved.text

    assert (list(faults(document)) == []) is same


def test_a_reader_refuses_a_fault_with_its_place() -> None:
    line = jsonl.encode(record("mentions.2.text", "gao"))

    with pytest.raises(InputError) as caught:
        list(jsonl.parse([b"\n", line], "c.jsonl"))

    assert str(caught.value) == "c.jsonl:2: d1: mention m3: text: found gao; expected Gao"


def test_a_sparse_record_gets_the_words_of_its_spans() -> None:
    event = '{"id":"v1","type":"X","triggers":[{"start":2,"end":3}]}'
    line = f'{{"id":"d","text":"a b","events":[{event}]}}'

    [document] = jsonl.parse([line], "system.jsonl")

    assert document.events[0].triggers == (Trigger(2, 3, text="b"),)


MANUAL = (Path(__file__).parents[2] / "docs" / "record.md").read_text()


@pytest.mark.parametrize("field", Document.__struct_fields__)
def test_field_is_documented(field: str) -> None:
    assert f"| `{field}` |" in MANUAL


def test_the_example_of_the_manual_has_no_faults() -> None:
    example = MANUAL.split("```json\n")[1].split("```")[0]

    [document] = jsonl.parse([example.replace("\n", " ")], "docs/record.md")

    assert document.events[0].type == "ASSAULT"
