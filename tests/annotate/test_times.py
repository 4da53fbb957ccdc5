"""French times: the conventions of the guidelines, and what looks like a time and is none."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.annotate.french.numerals import NUMERAL
from glose.annotate.french.tense import sentence
from glose.annotate.times import times, value_of
from glose.corpus.document import Date
from glose.corpus.forms import norm_fault

#: A Friday.
FRIDAY = Date(2031, 3, 14)
MONTH = Date(2031, 3)


def read(text: str, date: Date | None = FRIDAY) -> list[tuple[str, str]]:
    """Return the words and the value of every time of a text, `mod` after a blank."""
    return [
        (text[one.start : one.end], " ".join(filter(None, (one.value.norm, one.value.mod))))
        for one in times(text, date)
    ]


def one(text: str, date: Date | None = FRIDAY) -> str:
    """Return words and value of the only time of a text, as `words = value`."""
    return " | ".join(f"{words} = {value}" for words, value in read(text, date))


DAYS = [
    ("a annoncé vendredi l'armée", "vendredi = date:2031-03-14"),
    ("a annoncé jeudi l'armée", "jeudi = date:2031-03-13"),
    ("Samedi, des tirs ont repris", "Samedi = date:2031-03-08"),
    ("jeudi dernier", "jeudi dernier = date:2031-03-13"),
    ("vendredi dernier", "vendredi dernier = date:2031-03-07"),
    ("jeudi prochain", "jeudi prochain = date:2031-03-20"),
    ("le lundi suivant", "lundi suivant = date:2031-03-17"),
    ("se réunira mardi à Genève", "mardi = date:2031-03-18"),
    ("Mardi, le Conseil se réunira", "Mardi = date:2031-03-18"),
    ("doit rencontrer lundi le ministre", "lundi = date:2031-03-17"),
    ("a appelé à une grève lundi", "lundi = date:2031-03-17"),
    ("a promis de partir lundi", "lundi = date:2031-03-17"),
    ("pourraient être déployés lundi", "lundi = date:2031-03-17"),
    ("suspendu jusqu'à lundi", "lundi = date:2031-03-17"),
    ("d'ici lundi", "lundi = date:2031-03-17 BEFORE"),
    ("aujourd'hui", "aujourd'hui = date:2031-03-14"),
    ("hier", "hier = date:2031-03-13"),
    ("avant-hier", "avant-hier = date:2031-03-12"),
    ("demain", "demain = date:2031-03-15"),
    ("après-demain", "après-demain = date:2031-03-16"),
    ("la veille", "veille = date:2031-03-13"),
    ("le lendemain", "lendemain = date:2031-03-15"),
    ("le même jour", "même jour = date:2031-03-14"),
    ("le 18 février", "18 février = date:2031-02-18"),
    ("le 1er mars", "1er mars = date:2031-03-01"),
    ("1er mars 2018", "1er mars 2018 = date:2018-03-01"),
    ("vendredi 14 mars 2031", "vendredi 14 mars 2031 = date:2031-03-14"),
    ("14 MARS 2031", "14 MARS 2031 = date:2031-03-14"),
    ("5 janv. 2029", "5 janv. 2029 = date:2029-01-05"),
    ("enlevés le 20 décembre", "20 décembre = date:2030-12-20"),
    ("se tiendra le 20 décembre", "20 décembre = date:2031-12-20"),
    ("avant le 25 mai", "25 mai = date:2031-05-25 BEFORE"),
    ("2031-02-03", "2031-02-03 = date:2031-02-03"),
    ("14/03/2031", "14/03/2031 = date:2031-03-14"),
    ("du 3 au 7 mars", "du 3 au 7 mars = date:2031-03-03/2031-03-07"),
    (
        "du 28 février au 3 mars",
        "du 28 février au 3 mars = date:2031-02-28/2031-03-03",
    ),
    ("les 8 et 9 mars", "8 et 9 mars = date:2031-03-08/2031-03-09"),
    ("de lundi à mercredi", "de lundi à mercredi = date:2031-03-10/2031-03-12"),
    ("il y a trois jours", "il y a trois jours = date:2031-03-11"),
    ("dans deux semaines", "dans deux semaines = date:2031-03-28"),
    ("deux jours plus tard", "deux jours plus tard = date:2031-03-16"),
]
PERIODS = [
    ("en mars", "mars = date:2031-03"),
    ("depuis novembre", "novembre = date:2030-11"),
    ("fin août 2016", "fin août 2016 = date:2016-08 END"),
    ("début 2017", "début 2017 = date:2017 START"),
    ("à la mi-mars", "mi-mars = date:2031-03 MID"),
    ("avaient été libérés fin mars", "fin mars = date:2030-03 END"),
    ("viendront fin mai", "fin mai = date:2031-05 END"),
    ("d'ici avril", "avril = date:2031-04 BEFORE"),
    ("d'ici à la fin de l'année", "fin de l'année = date:2031 END"),
    ("avant 2032", "2032 = date:2032 BEFORE"),
    ("depuis 2014", "2014 = date:2014"),
    ("de 2011 à 2014", "2011 = date:2011 | 2014 = date:2014"),
    ("la semaine dernière", "semaine dernière = date:2031-W10"),
    ("la semaine prochaine", "semaine prochaine = date:2031-W12"),
    ("cette semaine", "cette semaine = date:2031-W11"),
    ("le week-end dernier", "week-end dernier = date:2031-W10-WE"),
    ("le mois prochain", "mois prochain = date:2031-04"),
    ("le mois dernier", "mois dernier = date:2031-02"),
    ("l'an dernier", "an dernier = date:2030"),
    ("l'année prochaine", "année prochaine = date:2032"),
    ("il y a deux ans", "il y a deux ans = date:2029"),
    ("il y a trois mois", "il y a trois mois = date:2030-12"),
    ("au premier trimestre 2030", "premier trimestre 2030 = date:2030-Q1"),
    ("printemps 2030", "printemps 2030 = date:2030-SP"),
    ("au printemps", "printemps = date:2031-SP"),
    ("l'été dernier", "été dernier = date:2030-SU"),
    ("le XIXe siècle", "XIXe siècle = date:18"),
    ("les années 1990", "années 1990 = date:199"),
    ("les années 90", "années 90 = date:199"),
]
CLOCK = [
    ("à 14 h 30", "14 h 30 = time:2031-03-14T14:30"),
    ("à 14h30", "14h30 = time:2031-03-14T14:30"),
    ("à 14\u00a0h\u00a030", "14\u00a0h\u00a030 = time:2031-03-14T14:30"),
    ("à 14 h. 30", "14 h. 30 = time:2031-03-14T14:30"),
    ("à 20H15", "20H15 = time:2031-03-14T20:15"),
    ("à 13 h 30 GMT", "13 h 30 GMT = time:2031-03-14T13:30Z"),
    ("vers 8 heures", "8 heures = time:2031-03-14T08:00 APPROX"),
    ("à 2 heures du matin", "2 heures du matin = time:2031-03-14T02:00"),
    ("à 5 heures du soir", "5 heures du soir = time:2031-03-14T17:00"),
    ("à midi", "midi = time:2031-03-14T12:00"),
    ("samedi à 06 h 00", "samedi à 06 h 00 = time:2031-03-08T06:00"),
    ("jeudi vers 9 h 30", "jeudi vers 9 h 30 = time:2031-03-13T09:30 APPROX"),
    ("mardi soir", "mardi soir = time:2031-03-11TEV"),
    ("hier matin", "hier matin = time:2031-03-13TMO"),
    ("vendredi à l'aube", "vendredi à l'aube = time:2031-03-14TMO"),
    ("le 3 mars au soir", "3 mars au soir = time:2031-03-03TEV"),
    ("lundi après-midi", "lundi après-midi = time:2031-03-10TAF"),
    ("dans la nuit de lundi à mardi", "nuit de lundi à mardi = time:2031-03-10TNI"),
    ("la nuit de jeudi à vendredi", "nuit de jeudi à vendredi = time:2031-03-13TNI"),
    ("dans la nuit du 3 au 4 mars", "nuit du 3 au 4 mars = time:2031-03-03TNI"),
    ("dans la nuit", "nuit = time:2031-03-13TNI"),
    ("cette nuit", "cette nuit = time:2031-03-13TNI"),
    ("ce matin", "ce matin = time:2031-03-14TMO"),
    ("dans la soirée", "soirée = time:2031-03-14TEV"),
    ("dans l'après-midi", "après-midi = time:2031-03-14TAF"),
]
LENGTHS = [
    ("en une semaine", "une semaine = duration:P1W"),
    ("quarante-huit heures", "quarante-huit heures = duration:PT48H"),
    ("depuis trois ans", "trois ans = duration:P3Y"),
    ("deux ans et demi", "deux ans et demi = duration:P2.5Y"),
    ("une demi-heure", "une demi-heure = duration:PT30M"),
    ("une dizaine de jours", "dizaine de jours = duration:P10D APPROX"),
    ("près de trois heures", "trois heures = duration:PT3H APPROX"),
    ("les 48 dernières heures", "48 dernières heures = duration:PT48H"),
    ("quelques heures", "quelques heures = duration:PTXH"),
    ("plusieurs jours", "plusieurs jours = duration:PXD"),
    ("depuis des semaines", "semaines = duration:PXW"),
    ("pendant 8 heures", "8 heures = duration:PT8H"),
    ("chaque vendredi", "chaque vendredi = set:XXXX-WXX-5"),
    ("tous les jours", "tous les jours = set:XXXX-XX-XX"),
    ("chaque été", "chaque été = set:XXXX-SU"),
    ("tous les trois jours", "tous les trois jours = set:P3D"),
    ("deux fois par mois", "deux fois par mois = set:P1M"),
]


@pytest.mark.parametrize(("text", "expected"), [*DAYS, *PERIODS, *CLOCK, *LENGTHS])
def test_value_in_a_document_of_friday_14_march_2031(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a déclaré M. Août", id="a month with a capital is a name"),
        pytest.param("la planète Mars", id="Mars is a planet"),
        pytest.param("le Mouvement du 9 avril", id="a date in the name of a movement"),
        pytest.param("la rue du 4 Septembre", id="a date in the name of a street"),
        pytest.param("le 31 juin", id="a day that no calendar has"),
        pytest.param("Il a été arrêté", id="été is a participle"),
        pytest.param("le printemps arabe", id="the Arab Spring is no season"),
        pytest.param("Un jour, il reviendra", id="one day is no length of time"),
        pytest.param("24 heures sur 24", id="around the clock is no length of time"),
        pytest.param("2000 personnes", id="four figures before a plural are a number"),
        pytest.param("le chapitre 3", id="a bare number"),
        pytest.param("un homme de 71 ans", id="an age is a number"),
        pytest.param("dans le Midi", id="the Midi is a region"),
    ],
)
def test_no_time(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vendredi", "vendredi = date:2031-WXX-5"),
        ("jeudi dernier", "jeudi dernier = date:2031-WXX-4"),
        ("dans la nuit de lundi à mardi", "nuit de lundi à mardi = time:2031-WXX-1TNI"),
        ("dimanche à 14 h 30", "dimanche à 14 h 30 = time:2031-WXX-7T14:30"),
        ("à 14 h 30", "14 h 30 = time:2031-03-XXT14:30"),
        ("hier", "hier = date:PAST_REF"),
        ("la semaine dernière", "semaine dernière = date:2031-WXX"),
        ("le mois dernier", "mois dernier = date:2031-02"),
        ("le 18 février", "18 février = date:2031-02-18"),
        ("en janvier", "janvier = date:2031-01"),
    ],
)
def test_a_date_with_a_month_only_leaves_the_week_open(text: str, expected: str) -> None:
    assert one(text, MONTH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vendredi", "vendredi = date:XXXX-WXX-5"),
        ("le 18 février", "18 février = date:XXXX-02-18"),
        ("hier", "hier = date:PAST_REF"),
        ("l'an dernier", "an dernier = date:PAST_REF"),
        ("le 18 février 2031", "18 février 2031 = date:2031-02-18"),
    ],
)
def test_without_a_date_only_the_text_counts(text: str, expected: str) -> None:
    assert one(text, None) == expected


def test_the_eve_is_that_of_the_day_named_before() -> None:
    assert read("arrêté mardi. La marche, interdite la veille")[1] == ("veille", "date:2031-03-10")


def test_the_eve_of_a_weekday_without_a_week_is_a_weekday() -> None:
    text = "a reçu mardi une délégation. La grève commencera le lendemain"

    assert read(text, MONTH)[1] == ("lendemain", "date:2031-WXX-3")


def test_a_day_long_past_is_not_what_the_eve_counts_from() -> None:
    assert read("capturé le 18 janvier. La veille")[1] == ("veille", "date:2031-03-13")


def test_several_times_stand_in_the_order_of_the_text() -> None:
    text = "Depuis janvier, mardi à 14 h 30 et chaque lundi"

    assert [words for words, _ in read(text)] == ["janvier", "mardi à 14 h 30", "chaque lundi"]


def test_value_of_a_span_takes_the_tense_from_its_context() -> None:
    value = value_of("lundi", "Il viendra lundi", FRIDAY)

    assert value is not None
    assert value.norm == "date:2031-03-17"


def test_value_of_a_span_that_is_no_time_is_none() -> None:
    assert value_of("Damas", "à Damas", FRIDAY) is None


def test_value_of_the_second_of_two_like_spans() -> None:
    value = value_of("lundi", "venu lundi, il repartira lundi", FRIDAY, at=25)

    assert value is not None
    assert value.norm == "date:2031-03-17"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("il y a 99999999999 jours", "date:PAST_REF"),
        (f"il y a {'9' * 5000} ans", "date:PAST_REF"),
        ("il y a trois mille ans", "date:PAST_REF"),
        ("dans 900 000 mois", "date:FUTURE_REF"),
    ],
)
def test_what_lies_outside_of_the_years_1_to_9999_is_only_past_or_future(
    text: str, expected: str
) -> None:
    assert [value for _, value in read(text)] == [expected]


@pytest.mark.parametrize("words", ["deux ", "vingt et un ", "cent ", "123 "])
def test_a_numeral_has_an_end(words: str) -> None:
    """A long row of numerals is read in pieces, not to its end from each of its words."""
    assert max(map(len, re.findall(NUMERAL, words * 400))) < 400


def test_the_tense_is_looked_for_nearby() -> None:
    """In a text without a stop, 600 characters on each side are looked at."""
    assert sentence("lundi " * 1000, 3000, 3006) == (2400, 3606)


_pieces = st.sampled_from(
    [
        "il y a 99999999999 jours",
        *(text for text, _ in [*DAYS, *PERIODS, *CLOCK, *LENGTHS]),
        "\n",
        ". ",
        "14",
        "mars",
        " h ",
        "é",
    ]
)
_dates = st.sampled_from(
    [None, Date(2031), MONTH, FRIDAY, Date(2028, 2, 29), Date(1, 1, 1), Date(9999, 12, 31)]
)


@settings(deadline=None)
@given(st.lists(_pieces, max_size=6), _dates)
def test_times_of_any_text_do_not_overlap(pieces: list[str], date: Date | None) -> None:
    found = times(" ".join(pieces), date)

    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@settings(deadline=None)
@given(st.lists(_pieces, max_size=6), _dates)
def test_values_of_any_text_are_well_formed(pieces: list[str], date: Date | None) -> None:
    assert [norm_fault(one.value.norm) for one in times(" ".join(pieces), date)] == [None] * len(
        times(" ".join(pieces), date)
    )


@settings(deadline=None)
@given(st.text(max_size=80), _dates)
def test_no_text_breaks_the_grammar(text: str, date: Date | None) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in times(text, date))
