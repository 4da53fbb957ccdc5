"""Words by number, given or found."""

from __future__ import annotations

import pytest

from glose.corpus.document import Document, Pair
from glose.evaluate.words import Words

TEXT = "Anna  Berg,\nen Syrie."


@pytest.mark.parametrize(
    ("span", "wanted"),
    [
        pytest.param((0, 4), (0, 1), id="a word"),
        pytest.param((0, 10), (0, 2), id="two words, the second without its comma"),
        pytest.param((1, 2), (0, 1), id="a part of a word has the whole word"),
        pytest.param((6, 21), (1, 4), id="over the end of a line"),
        pytest.param((0, 21), (0, 4), id="the whole text"),
        pytest.param((4, 6), (1, 1), id="white space has no word"),
    ],
)
def test_words_between_white_space(span: Pair, wanted: Pair) -> None:
    assert Words(TEXT).place(*span) == wanted


def test_the_tokens_of_a_document_come_first() -> None:
    tokens = ((0, 4), (6, 10), (10, 11), (12, 14), (15, 20), (20, 21))
    words = Words.of(Document(id="d", text=TEXT, tokens=tokens))
    assert len(words) == 6
    assert words.place(6, 11) == (1, 3)


def test_a_document_without_a_text_has_no_words() -> None:
    words = Words.of(Document(id="d"))
    assert len(words) == 0
    assert words.place(0, 4) == (0, 0)


def test_words_are_counted_without_being_placed() -> None:
    assert len(Words(TEXT)) == 4
