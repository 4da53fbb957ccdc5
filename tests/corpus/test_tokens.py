"""Where the tokens of French text begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.cautions import cuts
from glose.corpus.tokens import tokenize


def cut(text: str) -> list[str]:
    """Return the tokens of a text."""
    return [text[start:end] for start, end in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        pytest.param("l'armée d’Irak", ["l'", "armée", "d’", "Irak"], id="both apostrophes elide"),
        pytest.param("L'ONU qu'il", ["L'", "ONU", "qu'", "il"], id="elision in capitals"),
        pytest.param("jusqu'à Gao", ["jusqu'", "à", "Gao"], id="elision of longer words"),
        pytest.param("Lorsqu'on", ["Lorsqu'", "on"], id="elision at the start of a sentence"),
        pytest.param("d'« État »", ["d'", "«", "État", "»"], id="elision before a quotation mark"),
        pytest.param("l'SDF", ["l'", "SDF"], id="elision in lower case before any letter"),
        pytest.param("N'Djamena", ["N'Djamena"], id="a name with an apostrophe"),
        pytest.param("Sana'a O'Brien", ["Sana'a", "O'Brien"], id="an apostrophe inside a word"),
        pytest.param("aujourd'hui", ["aujourd'hui"], id="aujourd'hui is one word"),
        pytest.param("Quelqu’un", ["Quelqu’un"], id="quelqu'un is one word"),
        pytest.param("c'est-à-dire", ["c'est-à-dire"], id="c'est-à-dire is one word"),
        pytest.param("c'est", ["c'", "est"], id="c'est is two words"),
        pytest.param("vice-président", ["vice-président"], id="a hyphen joins"),
        pytest.param("al-Chabab", ["al-Chabab"], id="an Arabic article is joined"),
        pytest.param("T-72, F‑16", ["T-72", ",", "F‑16"], id="a type of weapon is one word"),
        pytest.param("dit-il", ["dit", "-il"], id="an inverted subject is a word"),
        pytest.param("a-t-elle dit", ["a", "-t-elle", "dit"], id="its t goes with it"),
        pytest.param("rendez-vous", ["rendez-vous"], id="rendez-vous is no inversion"),
        pytest.param("Île-de-France", ["Île-de-France"], id="several hyphens join"),
        pytest.param("31.890 hommes", ["31.890", "hommes"], id="thousands with a point"),
        pytest.param("200 000 hommes", ["200 000", "hommes"], id="thousands with a space"),
        pytest.param("1\u202f200\u00a0000", ["1\u202f200\u00a0000"], id="thousands, no-break"),
        pytest.param("en 2018 200 morts", ["en", "2018", "200", "morts"], id="a year is no group"),
        pytest.param("12 0000", ["12", "0000"], id="a group has three digits"),
        pytest.param("2,5 millions", ["2,5", "millions"], id="a decimal comma"),
        pytest.param("12, 300", ["12", ",", "300"], id="a comma between numbers"),
        pytest.param("14 h 30", ["14", "h", "30"], id="a time of day with spaces"),
        pytest.param("14h30", ["14h30"], id="a time of day without spaces"),
        pytest.param("à 14:30.", ["à", "14:30", "."], id="a time of day with a colon"),
        pytest.param("14/03/2018", ["14/03/2018"], id="a date in figures"),
        pytest.param("1er mars", ["1er", "mars"], id="an ordinal"),
        pytest.param("40 % 40%", ["40", "%", "40", "%"], id="per cent is a sign of its own"),
        pytest.param("3M€", ["3M", "€"], id="a currency is a sign of its own"),
        pytest.param("n° 5, n°5", ["n°", "5", ",", "n°", "5"], id="a number sign"),
        pytest.param("M. Koumba.", ["M.", "Koumba", "."], id="a title keeps its full stop"),
        pytest.param("en sept. 2030", ["en", "sept.", "2030"], id="a month keeps its full stop"),
        pytest.param("av. J.-C.", ["av.", "J.-C."], id="before Christ"),
        pytest.param("l'O.N.U.", ["l'", "O.N.U."], id="an acronym with points"),
        pytest.param("la fin.", ["la", "fin", "."], id="a full stop is a token"),
        pytest.param("Oui... non…", ["Oui", "...", "non", "…"], id="an ellipsis is a token"),
        pytest.param(
            "«\u00a0Oui\u00a0!\u00a0»", ["«", "Oui", "!", "»"], id="no-break spaces are blank"
        ),
        pytest.param("— Non", ["—", "Non"], id="a dash is a token"),
        pytest.param("(AFP) -", ["(", "AFP", ")", "-"], id="parentheses are tokens"),
        pytest.param("e\u0301te\u0301", ["e\u0301te\u0301"], id="marks stay with their letter"),
        pytest.param("القوات في دوما", ["القوات", "في", "دوما"], id="Arabic words"),
        pytest.param("كَتَبَ", ["كَتَبَ"], id="Arabic vowel signs stay in their word"),
        pytest.param("oui😀👍🏽", ["oui", "😀", "👍🏽"], id="each emoji is a token"),
        pytest.param("👩‍🌾🇫🇷🇩🇪", ["👩‍🌾", "🇫🇷", "🇩🇪"], id="joined emoji and flags are whole"),
        pytest.param("@AFP #Gao", ["@AFP", "#Gao"], id="handles and hashtags"),
        pytest.param(
            "(https://a.fr/b?c=d).", ["(", "https://a.fr/b?c=d", ")", "."], id="an address"
        ),
        pytest.param("a.b@c.fr,", ["a.b@c.fr", ","], id="a mail address"),
        pytest.param("a\u200bb", ["a", "b"], id="a zero-width space parts words"),
        pytest.param("", [], id="nothing"),
        pytest.param(" \n\u00a0", [], id="white space alone"),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert cut(text) == tokens


french = st.text("aéN'’-.,: \u00a0\u202f«»0123h%\u0301\u200d😀🏽🇫دَ_@#/!\n", max_size=40)


@given(french | st.text())
def test_tokens_are_sorted_and_do_not_overlap(text: str) -> None:
    bounds = [bound for pair in tokenize(text) for bound in pair]

    assert bounds == sorted(bounds)
    assert all(start < end for start, end in tokenize(text))


@given(french | st.text())
def test_tokens_hold_everything_but_blanks(text: str) -> None:
    inside = {at for start, end in tokenize(text) for at in range(start, end)}

    left = {text[at] for at in range(len(text)) if at not in inside}

    assert all(sign.isspace() or sign in "\u200b\u2060\ufeff" for sign in left)


@given(french | st.text())
def test_no_token_begins_or_ends_with_white_space(text: str) -> None:
    assert all(token == token.strip() for token in cut(text))


characters = st.sampled_from(
    ["a", "é", " ", "e\u0301", "😀", "👍🏽", "👩‍🌾", "🇫🇷", "دَ", "1", ",", "'", "-"]
)


@given(st.lists(characters).map("".join))
def test_no_token_begins_inside_a_character(text: str) -> None:
    """A mark after white space belongs to nothing, so it may begin a token."""
    starts = [start for start, _ in tokenize(text)]

    assert not any(cuts(text, start) and not text[start - 1].isspace() for start in starts)


@given(st.lists(st.sampled_from(["l'armée", "Gao", "2,5", "200 hommes", "dit-il", "(", "!"])))
def test_lines_do_not_change_the_tokens_of_one_another(parts: list[str]) -> None:
    assert cut("\n".join(parts)) == [token for part in parts for token in cut(part)]
