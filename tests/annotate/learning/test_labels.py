"""Spans as labels of words, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.annotate.learning.labels import Span, decoded, encoded, trimmed
from glose.annotate.learning.words import Word


def words(text: str) -> list[Word]:
    """Return the words of a text that has one space between them."""
    result, start = [], 0
    for word in text.split():
        result.append(Word(start, start + len(word), word))
        start += len(word) + 1
    return result


def whole(label: str, *pieces: tuple[int, int]) -> Span:
    """Return a span of a label."""
    return Span(label, pieces)


@pytest.mark.parametrize(
    ("spans", "labels"),
    [
        pytest.param([], "O O O O O", id="no span"),
        pytest.param([whole("X", (2, 5))], "O B-X I-X O O", id="a span of two words"),
        pytest.param([whole("X", (0, 1)), whole("X", (2, 3))], "B-X B-X O O O", id="neighbours"),
        pytest.param(
            [whole("X", (0, 1), (4, 5))], "B-X O I-X O O", id="a piece that stands apart goes on"
        ),
        pytest.param(
            [whole("X", (0, 3)), whole("Y", (2, 5))], "B-X I-X O O O", id="of two the first stays"
        ),
    ],
)
def test_encoded(spans: list[Span], labels: str) -> None:
    assert " ".join(encoded(words("a b c d e"), spans)) == labels


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        ("O O O O O", []),
        ("O B-X I-X O O", [whole("X", (2, 5))]),
        ("B-X O I-X O O", [whole("X", (0, 1), (4, 5))]),
        ("I-X O O O O", [whole("X", (0, 1))]),
        ("B-X I-Y O O O", [whole("X", (0, 1)), whole("Y", (2, 3))]),
    ],
)
def test_decoded(labels: str, spans: list[Span]) -> None:
    assert decoded(words("a b c d e"), labels.split()) == spans


def test_a_piece_too_far_away_is_a_span_of_its_own() -> None:
    labels = ["B-X", *["O"] * 9, "I-X"]

    assert len(decoded(words("a b c d e f g h i j k"), labels)) == 2


@settings(deadline=None)
@given(st.lists(st.integers(1, 4), max_size=6), st.sampled_from("XY"))
def test_spans_come_back(sizes: list[int], label: str) -> None:
    """Spans of whole words, with a word between them, are the same after both ways."""
    row = words(" ".join("w" for _ in range(sum(sizes) + len(sizes))))
    spans, at = [], 0
    for size in sizes:
        spans.append(whole(label, (row[at].start, row[at + size - 1].end)))
        at += size + 1

    assert decoded(row, encoded(row, spans)) == spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("les soldats", "soldats", id="an article in front is cut"),
        pytest.param("habitants de Douma de", "habitants de Douma", id="and a preposition behind"),
        pytest.param("armée russe", "armée russe", id="the rest stays"),
    ],
)
def test_trimmed(text: str, expected: str) -> None:
    cut = trimmed(words(text), whole("PER.NOM", (0, len(text))))

    assert cut is not None
    assert text[cut.start : cut.end] == expected


def test_a_span_of_loose_words_only_is_none() -> None:
    assert trimmed(words("de la"), whole("PER.NOM", (0, 5))) is None


def test_a_span_in_pieces_is_not_trimmed() -> None:
    span = whole("PER.NOM", (0, 3), (10, 12))

    assert trimmed(words("les gens et de"), span) == span
