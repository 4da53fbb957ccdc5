"""Offsets in other units, of texts as their sources have them, as places in ours and back."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import covered
from glose.corpus.rulers import UNITS, MisplacedError, Ruler, normal, same

FLAG, FARMER = "\U0001f1eb\U0001f1f7", "\U0001f468\u200d\U0001f33e"
TEXT = f"{FLAG} Zoe\u0301 à Gao {FARMER} !"

raws = st.text(st.sampled_from("ab é\u0301\n\r\0\ufeff\ud83d😀🇫🇷\u200d👨"), max_size=30)


@pytest.mark.parametrize(
    ("unit", "start", "end"),
    [("code points", 10, 13), ("utf16", 12, 15), ("bytes", 18, 21), ("graphemes", 8, 11)],
)
def test_the_same_word_in_every_unit(unit: str, start: int, end: int) -> None:
    found = Ruler(TEXT, unit).span(start, end, "Gao")

    assert TEXT[slice(*found)] == "Gao"


@pytest.mark.parametrize("unit", UNITS)
@given(raw=raws)
def test_every_offset_that_is_a_place_comes_back(unit: str, raw: str) -> None:
    """But for what is of no width in the text: a byte order mark, and the CR of CR LF."""
    ruler = Ruler(raw, unit)
    for place in range(len(ruler.text) + 1):
        there = ruler.place(ruler.offset(place))
        assert there == place or (unit == "graphemes" and there < place)


@pytest.mark.parametrize("unit", UNITS)
@given(raw=raws)
def test_places_rise_from_the_beginning_to_the_end(unit: str, raw: str) -> None:
    ruler = Ruler(raw, unit)
    places = []
    for offset in range(ruler.size + 1):
        try:
            places.append(ruler.place(offset))
        except MisplacedError:
            continue

    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, len(ruler.text))


@given(raws)
def test_a_normal_text_keeps_the_rules_of_the_record(raw: str) -> None:
    text = normal(raw)

    assert not {"\r", "\0", "\ud83d"} & set(text)
    text.encode()


@pytest.mark.parametrize(
    ("raw", "start", "end", "words"),
    [
        pytest.param("a\r\nGao", 3, 6, "Gao", id="CR LF counts as two"),
        pytest.param("a\rGao", 2, 5, "Gao", id="a CR alone is a line end"),
        pytest.param("\ufeffGao", 1, 4, "Gao", id="a byte order mark counts"),
        pytest.param("\0Gao", 1, 4, "Gao", id="NUL keeps its place"),
        pytest.param("le  Gao\nFini", 0, 12, "le Gao Fini", id="runs of white space inside"),
        pytest.param("Gao ", 0, 4, "Gao", id="white space at the end, which the source trimmed"),
        pytest.param("Gao", 0, 3, "Gao\t", id="or added"),
    ],
)
def test_words_are_found(raw: str, start: int, end: int, words: str) -> None:
    ruler = Ruler(raw)

    assert same(covered(ruler.text, *ruler.span(start, end, words)), words)


@pytest.mark.parametrize(
    ("raw", "unit", "start", "end", "words", "message"),
    [
        ("Gao", "code points", 0, 9, None, r"offset 9 is outside the text \(0 to 3\)"),
        ("Gao", "code points", -1, 2, None, "offset -1 is outside the text"),
        ("Gao", "code points", 2, 2, None, "the span 2 to 2 is empty"),
        ("Gao", "code points", 0, 2, "Gao", "the text has 'Ga' there, not 'Gao'$"),
        ("😀a", "utf16", 1, 2, None, r"offset 1 is inside a character \(utf16\)"),
        ("a\r\nb", "code points", 1, 2, None, "half a line end"),
        (" Gao", "code points", 0, 4, "Gao", "the text has ' Gao' there"),
        ("😀 Gao", "code points", 3, 6, "Gao", "right in utf16; .*--option unit='utf16'"),
        ("é Gao", "code points", 3, 6, "Gao", "right in bytes; "),
        ("e\u0301 Gao", "code points", 2, 5, "Gao", "right in graphemes; "),
        ("😀 Gao", "utf16", 2, 5, "Gao", "right in code points; "),
        ("😀 Gao", "code points", 3, 9, "Gao", "outside the text .0 to 5.$"),
        ("a\r\nGao", "code points", 2, 5, "Gao", "right where CR LF counts as one"),
    ],
)
def test_what_is_no_place_is_told_with_the_unit_in_which_it_would_be(
    raw: str, unit: str, start: int, end: int, words: str | None, message: str
) -> None:
    with pytest.raises(MisplacedError, match=message):
        Ruler(raw, unit).span(start, end, words)


def test_pieces_are_joined_by_one_space() -> None:
    ruler = Ruler("😀 Gao et Mopti", "utf16")

    assert ruler.spans(((3, 6), (10, 15)), "Gao Mopti") == ((2, 5), (9, 14))


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_in_proportion_to_the_text(unit: str) -> None:
    """A text ten times as long takes no forty times as long, even of flags only."""

    def seconds(size: int) -> float:
        raw = FLAG * size
        begun = process_time()
        ruler = Ruler(raw, unit)
        for place in range(0, 2 * size, 2):
            ruler.place(ruler.offset(place))
        return process_time() - begun

    seconds(1_000)
    assert seconds(20_000) < 40 * max(seconds(2_000), 0.001)


def test_many_wrong_spans_cost_little_more_than_few() -> None:
    """The text is measured in other units once, and not for each span."""

    def seconds(spans: int) -> float:
        ruler = Ruler("é😀 Gao " * 20_000)
        begun = process_time()
        for _ in range(spans):
            with pytest.raises(MisplacedError):
                ruler.span(0, 3, "Gao")
        return process_time() - begun

    assert seconds(400) < 5 * seconds(20)
