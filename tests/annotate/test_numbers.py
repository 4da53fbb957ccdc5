"""French numbers in figures and words: what they stand for, and what is none."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.annotate.french.numerals import number
from glose.annotate.numbers import numbers, value_of
from glose.annotate.values import values
from glose.corpus.document import Date
from glose.corpus.forms import norm_fault


def one(text: str) -> str:
    """Return words, value, `mod` and unit of every number of a text."""
    return " | ".join(
        f"{text[n.start : n.end]} = "
        + " ".join(filter(None, (n.value.norm, n.value.mod, n.value.unit)))
        for n in numbers(text)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31.890 personnes", "31.890 = number:31890"),
        ("200 000 habitants", "200 000 = number:200000"),
        ("200\u00a0000 habitants", "200\u00a0000 = number:200000"),
        ("200\u202f000 habitants", "200\u202f000 = number:200000"),
        ("1.234,5 tonnes", "1.234,5 = number:1234.5"),
        ("2,5 millions", "2,5 millions = number:2500000"),
        ("3 milliards", "3 milliards = number:3000000000"),
        ("un million", "un million = number:1000000"),
        ("Deux pays", "Deux = number:2"),
        ("dix-sept civils", "dix-sept = number:17"),
        ("vingt et un", "vingt et un = number:21"),
        ("quatre-vingts", "quatre-vingts = number:80"),
        ("quatre-vingt-dix-sept", "quatre-vingt-dix-sept = number:97"),
        ("deux mille trois cents", "deux mille trois cents = number:2300"),
        ("au moins 12 morts", "12 = number:>=12"),
        ("Au moins douze morts", "douze = number:>=12"),
        ("12 morts au moins", "12 = number:>=12"),
        ("pas moins de 12", "12 = number:>=12"),
        ("plus de 300", "300 = number:>300"),
        ("plus d'une dizaine", "dizaine = number:>10 APPROX"),
        ("moins de dix", "dix = number:<10"),
        ("pas plus de dix", "dix = number:<=10"),
        ("jusqu'à 300 hommes", "300 = number:<=300"),
        ("quelque 2,5 millions de déplacés", "2,5 millions = number:2500000 APPROX"),
        ("environ 40", "40 = number:40 APPROX"),
        ("près de 300", "300 = number:300 APPROX"),
        ("une dizaine de chars", "dizaine = number:10 APPROX"),
        ("un millier de jeunes", "millier = number:1000 APPROX"),
        ("des centaines de familles", "centaines = number:>=200 APPROX"),
        ("plusieurs milliers", "milliers = number:>=2000 APPROX"),
        ("des dizaines de milliers", "dizaines de milliers = number:>=20000 APPROX"),
        ("une centaine de milliers", "centaine de milliers = number:100000 APPROX"),
        ("40 %", "40 % = percent:40"),
        ("40%", "40% = percent:40"),
        ("plus de 40\u00a0% des voix", "40\u00a0% = percent:>40"),
        ("dix pour cent", "dix pour cent = percent:10"),
        ("3 millions d'euros", "3 millions d'euros = money:3000000 EUR"),
        ("500 dollars", "500 dollars = money:500 USD"),
        ("500 $", "500 $ = money:500 USD"),
        ("un million de dollars", "un million de dollars = money:1000000 USD"),
        ("3 milliards de francs CFA", "3 milliards de francs CFA = money:3000000000 XOF"),
        ("100.000 livres syriennes", "100.000 livres syriennes = money:100000 SYP"),
        ("âgé de 71 ans", "71 ans = age:71"),
        ("Anton Verel, 54 ans, a", "54 ans = age:54"),
        ("Lungu, 34 et 51 ans, sont", "34 = age:34 | 51 ans = age:51"),
        ("une fillette de six ans", "six ans = age:6"),
        ("pour cent personnes", "cent = number:100"),
        ("les deux un jour", "deux = number:2"),
    ],
)
def test_number(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("un homme et une femme", id="un and une are articles"),
        pytest.param("un char T-72 et un BM-21", id="the model of a weapon"),
        pytest.param("le G20 et le M9A", id="figures in an acronym"),
        pytest.param("le XXe siècle, le 2e corps", id="ordinals"),
        pytest.param("les Vingt-Sept", id="a capital in the sentence makes it a name"),
        pytest.param("la résolution 2254", id="the number of a resolution"),
        pytest.param("flambant neuf", id="neuf is also new"),
        pytest.param("les deux tiers", id="fractions"),
        pytest.param("sous zéro", id="degrees below zero"),
        pytest.param("le Mouvement du 9 avril", id="a date in a name"),
    ],
)
def test_no_number(text: str) -> None:
    assert one(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("soixante et onze", "71"),
        ("mille deux cents", "1200"),
        ("quatre cent vingt-quatre", "424"),
        ("deux cent mille", "200000"),
        ("trois millions deux cent mille", "3200000"),
        ("quatre-vingt-quatre mille", "84000"),
        ("septante-deux", "72"),
        ("12", "12"),
    ],
)
def test_numeral(text: str, expected: str) -> None:
    assert number(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["", "chat", "12 chats", "deux chats", "1.2.3"])
def test_no_numeral(text: str) -> None:
    assert number(text) is None


def test_the_parts_of_times_are_no_numbers() -> None:
    found = values("12 morts le 18 février, mardi à 14 h 30, en trois jours", Date(2031, 3, 14))

    assert [one.type for one in found] == ["NUM", "DATE", "TIME", "DUR"]


def test_value_of_a_number_takes_the_words_before_it() -> None:
    value = value_of("12", "au moins 12 morts")

    assert value is not None
    assert value.norm == "number:>=12"


def test_value_of_words_that_are_no_number_is_none() -> None:
    assert value_of("Damas", "à Damas") is None


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_figures_in_groups_stand_for_themselves(amount: int) -> None:
    grouped = f"{amount:,}".replace(",", "\u202f")

    assert number(grouped) == amount


@settings(deadline=None)
@given(st.text(max_size=60))
def test_values_of_any_text_are_well_formed(text: str) -> None:
    assert not [one for one in values(text) if norm_fault(one.value.norm)]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_values_of_any_text_do_not_overlap(text: str) -> None:
    found = values(text)

    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
