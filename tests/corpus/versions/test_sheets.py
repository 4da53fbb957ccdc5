"""A document as lines: one an annotation, back without loss."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from msgspec.structs import replace

from glose.corpus import jsonl
from glose.corpus.document import Document, Entity, Event, Mention, Trigger, fingerprint
from glose.corpus.errors import GloseError
from glose.corpus.testing import documents
from glose.corpus.versions import sheets

SAMPLES = Path(__file__).parents[3] / "corpus" / "samples"
TEXT = "Paris.\n\nLe maire\u2028parle\u0085 « ici »."
DOCUMENT = Document(
    id="d1",
    layer="gold",
    text=TEXT,
    text_sha256=fingerprint(TEXT),
    tokens=((0, 5), (5, 6), (8, 10), (11, 16)),
    mentions=(
        Mention("m1", "GPE", 0, 5, text="Paris"),
        Mention("m2", "PER", 8, 16, text="Le maire"),
    ),
    entities=(Entity("e1", "PER", mentions=("m2",)),),
    events=(Event("v1", "SAY", (Trigger(17, 22, text="parle"),)),),
)


def parsed(text: str) -> Document:
    """Return the document of a sheet that stands in a test."""
    return sheets.parse(text.encode().split(b"\n"), "d1.gold.glose")


@given(documents())
def test_a_sheet_says_all_of_a_document(document: Document) -> None:
    back = sheets.parse(sheets.encode(document).split(b"\n"), "x.glose")

    assert jsonl.encode(back) == jsonl.encode(document)


@pytest.mark.parametrize("name", ["gold.jsonl", "second.jsonl"])
def test_the_samples_come_back_as_the_same_bytes(name: str) -> None:
    back = [
        jsonl.encode(sheets.parse(sheets.encode(document).split(b"\n"), name))
        for document in jsonl.read(SAMPLES / name)
    ]

    assert b"".join(line + b"\n" for line in back) == (SAMPLES / name).read_bytes()


def test_lines_are_short_and_in_the_order_of_the_record() -> None:
    assert list(sheets.lines(DOCUMENT)) == [
        'schema "doc/1"',
        'id "d1"',
        'layer "gold"',
        'text "Paris.\\n"',
        'text "\\n"',
        'text "Le maire\u2028parle\u0085 « ici »."',
        "tokens [[0,5],[5,6]]",
        "tokens [[8,10],[11,16]]",
        'mention {"id":"m1","type":"GPE","start":0,"end":5,"text":"Paris"}',
        'mention {"id":"m2","type":"PER","start":8,"end":16,"text":"Le maire"}',
        'entity {"id":"e1","type":"PER","mentions":["m2"]}',
        'event {"id":"v1","type":"SAY","triggers":[{"start":17,"end":22,"text":"parle"}]}',
    ]


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param(
            {"mentions": (replace(DOCUMENT.mentions[0], type="LOC"), DOCUMENT.mentions[1])},
            id="a type",
        ),
        pytest.param({"events": (replace(DOCUMENT.events[0], tense="Past"),)}, id="a field"),
        pytest.param({"entities": ()}, id="an entity that goes"),
        pytest.param({"language": "fr"}, id="a field of the document that comes"),
    ],
)
def test_one_edit_is_one_line(edited: dict[str, object]) -> None:
    before, after = (list(sheets.lines(d)) for d in (DOCUMENT, replace(DOCUMENT, **edited)))
    changed = [line[0] for line in difflib.ndiff(before, after) if line[0] in "+-"]

    assert max(changed.count("+"), changed.count("-")) == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(
            "<<<<<<< ours", "4: a conflict of a merge that nobody decided", id="a mark of git"
        ),
        pytest.param("=======", "4: a conflict of a merge that nobody decided", id="another mark"),
        pytest.param("mentoin {}", "4: found 'mentoin'; did you mean 'mention'?", id="a typo"),
        pytest.param('mention {"id":"m1"', "4: mention: not JSON", id="a line that is cut"),
        pytest.param('mention {"id":"m1"}', "4: mention: required key 'type'", id="a key missing"),
        pytest.param(
            'mention {"id":"m1","type":"A","start":0,"ende":1}',
            "4: mention: required key 'end' is missing|4: mention: unknown key 'ende'",
            id="a key unknown",
        ),
        pytest.param('id "d2"', "4: id comes twice", id="two ids"),
        pytest.param("language 3", "4: language: found a whole number", id="a wrong type"),
        pytest.param(
            'mention {"id":"m1","type":"A","start":0,"end":9,"text":"a"}',
            "d1: mention m1: end 9 is past the end of the text",
            id="a span past the end",
        ),
    ],
)
def test_what_is_no_sheet_is_told_with_its_line(line: str, message: str) -> None:
    with pytest.raises(GloseError, match=rf"^d1\.gold\.glose:( )?({message})"):
        parsed(f'id "d1"\nlayer "gold"\ntext "a"\n{line}\n')


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(GloseError, match="x:2: byte 4 of the line is not UTF-8"):
        sheets.parse([b'id "d1"\n', b'text\xff"a"\n'], "x")


@pytest.mark.parametrize("sha256", [None, "0" * 64], ids=["unknown", "of a text kept back"])
def test_a_hash_that_is_not_that_of_the_text_is_kept(sha256: str | None) -> None:
    text = None if sha256 else "a"
    document = Document(id="d1", layer="a", text=text, text_sha256=sha256)

    assert parsed("\n".join(sheets.lines(document))) == document
