"""The words and shingles by which texts are compared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.duplicates.shingles import LENGTH, Shingler, places, words

SENTENCE = "Des frappes ont tué dix-sept civils à Sarmine"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" … « » — ", [], id="signs are no words"),
        pytest.param("L'ARMÉE russe", ["l", "armée", "russe"], id="case and apostrophes"),
        pytest.param("arme\u0301e", ["armée"], id="combining marks are composed"),
        pytest.param("31.890 blessés", ["31", "890", "blessés"], id="numbers by their digits"),
        pytest.param("snake_case", ["snake", "case"], id="an underscore is a sign"),
        pytest.param("東京 tower", ["東", "京", "tower"], id="no blanks between words"),
        pytest.param("STRASSE straße", ["strasse", "strasse"], id="folded, not made small"),
        pytest.param("Москва", ["москва"], id="other letters"),
        pytest.param("a\u0301\u0301b", ["á\u0301b"], id="marks upon marks"),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(max_size=60))
def test_every_word_has_its_place(text: str) -> None:
    assert [words(text[start:end]) for start, end in places(text)] == [[w] for w in words(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("", 0, id="no word"),
        pytest.param("un", 1, id="fewer words than a shingle"),
        pytest.param("un deux trois quatre cinq", 1, id="as many"),
        pytest.param("un deux trois quatre cinq six", 2, id="one more"),
        pytest.param("un " * 40, 1, id="each once"),
    ],
)
def test_how_many_shingles(text: str, count: int) -> None:
    assert len(Shingler().of(text)) == count


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(SENTENCE, SENTENCE.upper(), True, id="case"),
        pytest.param(SENTENCE, SENTENCE.replace(" ", "\u00a0… "), True, id="what is between"),
        pytest.param("un deux", "un trois", False, id="short texts"),
        pytest.param("un deux", "deux un", False, id="order"),
        pytest.param("a b c d e", "a b c d", False, id="a text that begins another"),
        pytest.param("a b c d e", "e d c b a", False, id="order in a shingle"),
    ],
)
def test_what_is_the_same(one: str, other: str, same: bool) -> None:
    shingler = Shingler()

    assert np.array_equal(shingler.of(one), shingler.of(other)) == same


@given(st.lists(st.sampled_from("abcdefgh"), min_size=LENGTH, max_size=60))
def test_shingles_are_the_runs_of_words(letters: list[str]) -> None:
    runs = {tuple(letters[at : at + LENGTH]) for at in range(len(letters) - LENGTH + 1)}

    assert len(Shingler().of(" ".join(letters))) == len(runs)


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_came_before_changes_nothing(text: str, before: str) -> None:
    shingler = Shingler()
    shingler.of(before)

    assert np.array_equal(shingler.of(text), Shingler().of(text))


def test_numbers_are_the_same_for_ever() -> None:
    """Stated, so that a change of the method is noticed: it would be other groups."""
    assert Shingler().of("un deux trois quatre cinq").tolist() == [5182428635584387441]
