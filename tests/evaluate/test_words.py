"""Words by number, given or found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


texts = st.text(st.sampled_from("ab \n\u00a0\u2028\x1c\U0001f600"), min_size=2, max_size=12)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[str, list[Pair]]:
    """A text with two spans of it."""
    text = draw(texts)
    starts = [draw(st.integers(0, len(text) - 1)) for _ in range(2)]
    return text, [(start, draw(st.integers(start + 1, len(text)))) for start in starts]


@pytest.mark.parametrize("has_tokens", [False, True], ids=["white space", "tokens"])
@given(scene=scenes())
def test_words_are_placed_counted_and_told_apart_alike(
    has_tokens: bool, scene: tuple[str, list[Pair]]
) -> None:
    text, spans = scene
    found = [word.span() for word in re.finditer(r"\S+", text)]
    wanted = [{n for n, (a, b) in enumerate(found) if b > s and a < e} for s, e in spans]
    words = Words(text, tuple(found) if has_tokens else ())

    assert [words.number(*span) for span in spans] == [*map(len, wanted)]
    keys = [list(words.within(*span)) for span in spans]
    assert keys == [sorted(set(each)) for each in keys]
    assert [*map(len, keys)] == [*map(len, wanted)]
    assert len({*keys[0]} & {*keys[1]}) == len(wanted[0] & wanted[1])
    assert [{*range(*words.place(*span))} for span in spans] == wanted
    assert [words.number(*span) for span in spans] == [*map(len, wanted)]
