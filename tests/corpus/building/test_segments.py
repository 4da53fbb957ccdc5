"""The parts of a text: title, dateline, paragraphs and sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.building.agencies import KNOWN
from glose.corpus.building.blocks import blocks
from glose.corpus.building.datelines import find
from glose.corpus.building.drafts import Part
from glose.corpus.building.segments import segments, titled
from glose.corpus.document import Segment

TEXT = "Raids sur Douma\n\nBEYROUTH (AFP) - Il est mort. Elle vit.\n\nFin."


def parts(text: str, type_: str, stated: str | None = None) -> list[str]:
    """Return the segments of one type."""
    return [text[s.start : s.end] for s in everything(text, stated) if s.type == type_]


def everything(text: str, stated: str | None = None) -> tuple[Segment, ...]:
    """Return all segments of a text whose header states a title, or none."""
    found = titled(text, [Part("paragraph", start, end) for start, end in blocks(text)], stated)
    opening = next(part for part in found if part.type == "paragraph")
    return segments(text, found, [], find(text, opening.start, KNOWN))


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("title", ["Raids sur Douma"]),
        ("dateline", ["BEYROUTH (AFP)"]),
        ("paragraph", ["BEYROUTH (AFP) - Il est mort. Elle vit.", "Fin."]),
        ("sentence", ["Raids sur Douma", "BEYROUTH (AFP) -", "Il est mort.", "Elle vit.", "Fin."]),
    ],
)
def test_segments(type_: str, expected: list[str]) -> None:
    assert parts(TEXT, type_) == expected


def test_ids_count_up_in_the_order_of_the_record() -> None:
    found = everything(TEXT)

    assert [s.id for s in found] == [f"g{n}" for n in range(1, len(found) + 1)]
    assert list(found) == sorted(found, key=lambda s: (s.start, -s.end, s.type))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Raids\n\nIl est mort.", ["Raids"], id="a short first line"),
        pytest.param("Est-ce la paix ?\n\nOui.", ["Est-ce la paix ?"], id="a question"),
        pytest.param("« Non »\n\nOui.", ["« Non »"], id="a quotation"),
        pytest.param("Il est mort.\n\nOui.", [], id="not with a full stop"),
        pytest.param("Il a dit :\n\nOui.", [], id="not with a colon"),
        pytest.param("Raids\nsur Douma\n\nOui.", [], id="not two lines"),
        pytest.param("Raids " * 40 + "\n\nOui.", [], id="not a long line"),
        pytest.param("Raids", [], id="not a text of one line"),
    ],
)
def test_title(text: str, expected: list[str]) -> None:
    assert parts(text, "title") == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        pytest.param("Raids  sur Douma", ["Raids sur Douma"], id="the same words"),
        pytest.param("Syrie", [], id="other words make a paragraph of it"),
    ],
)
def test_title_of_a_header_decides(stated: str, expected: list[str]) -> None:
    assert parts("Raids sur Douma\n\nIl est mort.", "title", stated) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\n\nb", ["a", "b"], id="a blank line"),
        pytest.param("a\n\n\n\nb", ["a", "b"], id="several"),
        pytest.param("a\n \t\u00a0\nb", ["a", "b"], id="blank lines that hold blanks"),
        pytest.param("a\nb", ["a\nb"], id="a line end is no border"),
        pytest.param("  a \n\n\tb\n", ["a", "b"], id="without outer white space"),
        pytest.param(" \n\n ", [], id="white space alone is nothing"),
        pytest.param("a\u2028\u2028b", ["a\u2028\u2028b"], id="nor are other separators lines"),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in blocks(text)] == expected


def test_dateline_on_a_line_of_its_own_does_not_reach_into_the_next_paragraph() -> None:
    text = "BEYROUTH, 14 mars 2018 (AFP) -\n\nIl est mort."

    assert parts(text, "sentence") == ["BEYROUTH, 14 mars 2018 (AFP) -", "Il est mort."]


@given(st.text("aB. !\n«»\u00a0(-", min_size=1, max_size=60).filter(str.strip))
def test_every_word_is_in_exactly_one_sentence(text: str) -> None:
    covered: list[int] = []
    for segment in everything(text):
        if segment.type == "sentence":
            covered += range(segment.start, segment.end)

    assert len(covered) == len(set(covered))
    assert all(n in set(covered) for n, char in enumerate(text) if not char.isspace())


@given(st.text("aB. !\n«»\u00a0(-", min_size=1, max_size=60).filter(str.strip))
def test_no_sentence_crosses_a_paragraph(text: str) -> None:
    found = everything(text)
    around = [s for s in found if s.type in {"title", "paragraph"}]

    assert all(
        any(p.start <= s.start and s.end <= p.end for p in around)
        for s in found
        if s.type == "sentence"
    )
