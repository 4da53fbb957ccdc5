"""What the app offers for a marked time or number."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.annotate.assist.values import suggested
from glose.annotate.times import times
from glose.corpus import schema
from glose.corpus.document import Date, Document, Meta
from glose.corpus.forms import norm_fault

PLOVER = schema.load("plover")
FRIDAY = Date(2031, 3, 14)


def document(text: str, language: str | None = "fr", date: Date | None = FRIDAY) -> Document:
    return Document(id="d1", text=text, language=language, meta=Meta(date=date))


def offered(text: str, words: str, kind: str, language: str | None = "fr") -> list[str]:
    start = text.index(words)
    found = suggested(document(text, language), start, start + len(words), kind, PLOVER)
    return [one.norm for one in found]


@pytest.mark.parametrize(("text", "words", "kind", "norms"), [
    pytest.param("Ils ont attaqué mardi.", "mardi", "DATE",
                 ["date:2031-03-11", "date:2031-03-18", "date:2031-03-04"],
                 id="a weekday is the last one, and the next one is offered too"),
    pytest.param("Ils se réuniront mardi.", "mardi", "DATE",
                 ["date:2031-03-18", "date:2031-03-11", "date:2031-03-25", "date:2031-03-04"],
                 id="with a verb in the future the next one comes first"),
    pytest.param("Tué mardi soir.", "mardi", "DATE",
                 ["date:2031-03-11", "date:2031-03-18", "date:2031-03-04"],
                 id="a part of a longer time is read by itself"),
    pytest.param("Tué mardi soir.", "mardi soir", "TIME", ["time:2031-03-11TEV"],
                 id="a time of day"),
    pytest.param("Enlevés le 18 février.", "18 février", "DATE",
                 ["date:2031-02-18", "date:2030-02-18", "date:2032-02-18"],
                 id="a date without a year is the nearest, and the years beside it are offered"),
    pytest.param("Le 18 février 2030.", "18 février 2030", "DATE", ["date:2030-02-18"],
                 id="a date with its year is that date"),
    pytest.param("Du 3 au 7 mars, rien.", "Du 3 au 7 mars", "DUR",
                 ["date:2031-03-03/2031-03-07"], id="a range of days has no other years"),
    pytest.param("En trois jours.", "trois jours", "DUR", ["duration:P3D"], id="a duration"),
    pytest.param("En trois jours.", "trois", "NUM", ["number:3"],
                 id="the number in a duration, if it is marked"),
    pytest.param("Fermé chaque vendredi.", "chaque vendredi", "SET", ["set:XXXX-WXX-5"],
                 id="a recurrence"),
    pytest.param("Au moins 12 civils.", "12", "NUM", ["number:>=12", "number:12"],
                 id="words before a number count, and the number without them is offered"),
    pytest.param("Au moins 12 civils.", "12 civils", "NUM", ["number:>=12", "number:12"],
                 id="what stands inside the span counts too"),
    pytest.param("Moussa, 58 ans, est mort.", "58 ans", "NUM", ["age:58", "number:58"],
                 id="so many years are an age"),
    pytest.param("Soit 40 % du blé.", "40 %", "NUM", ["percent:40"], id="a percentage"),
    pytest.param("Soit 3 millions d'euros.", "3 millions d'euros", "NUM",
                 ["money:3000000"], id="a sum"),
    pytest.param("Au moins 12 civils.", "civils", "NUM", [], id="a bare word is no number"),
    pytest.param("Des civils.", "civils", "DATE", [], id="a bare word is no date"),
    pytest.param("Au moins 12 civils.", "12 civils", "PER", [],
                 id="a type of things has no value"),
    pytest.param("Ils ont attaqué mardi.", "mardi", "NUM", [],
                 id="a kind that the type does not have is not offered"),
])  # fmt: skip
def test_suggested(text: str, words: str, kind: str, norms: list[str]) -> None:
    assert offered(text, words, kind) == norms


def test_the_day_before_counts_from_the_day_that_was_named() -> None:
    assert offered("Jeudi, un raid. La veille, un tir.", "veille", "DATE")[0] == "date:2031-03-12"


def test_the_day_before_counts_from_a_day_some_pages_back() -> None:
    text = "Mardi, un raid. " + "Des tirs ont repris à Gao. " * 300 + "La veille, une frappe."

    assert offered(text, "veille", "DATE")[0] == "date:2031-03-10"


def test_the_day_before_is_that_before_the_document_where_no_day_was_named() -> None:
    assert offered("La veille, une frappe.", "veille", "DATE") == ["date:2031-03-13"]


def test_a_kind_without_a_schema_is_any() -> None:
    found = suggested(document("Tué mardi."), 4, 9, "OTHER", PLOVER)

    assert found[0].norm == "date:2031-03-11"


def test_another_language_is_read_where_there_are_figures() -> None:
    assert offered("At least 12 dead.", "12", "NUM", "en") == ["number:12"]


def test_another_language_is_not_read_as_french() -> None:
    assert offered("We mars on.", "mars", "DATE", "en") == []


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 2), (0, 99)])
def test_what_is_no_span_has_no_value(start: int, end: int) -> None:
    assert suggested(document("mardi"), start, end, "DATE", PLOVER) == []


def test_a_long_document_costs_no_more_than_a_short_one() -> None:
    text = "Des frappes ont tué deux civils à Damas. " * 12_500 + "Trois morts mardi."
    begun = time.process_time()

    assert offered(text, "mardi", "DATE")[0] == "date:2031-03-11"
    assert time.process_time() - begun < 0.25


_PARTS = st.sampled_from(
    ["mardi", "soir", "le", "18", "février", "2030", "la veille", "trois", "jours", "ans", "à",
     "12", "civils", "au moins", "fin", "août", "0", "31", "juin", "%", "millions", "d'euros", ".",
     "chaque", "99999", "avant-hier", "l'aube", "é", "\n"]
)  # fmt: skip


@given(st.lists(_PARTS, min_size=1, max_size=12), st.data())
def test_what_is_offered_is_well_formed_and_of_the_type(
    parts: list[str], data: st.DataObject
) -> None:
    text = " ".join(parts)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    kind = data.draw(st.sampled_from(["DATE", "TIME", "DUR", "SET", "NUM"]))

    for value in suggested(document(text), start, end, kind, PLOVER):
        assert norm_fault(value.norm) is None
        assert value.norm.partition(":")[0] in PLOVER.mentions[kind].values


@given(st.lists(_PARTS, min_size=1, max_size=12))
def test_what_the_grammar_finds_in_the_text_is_offered(parts: list[str]) -> None:
    text = " ".join(parts)
    for one in times(text, FRIDAY):
        found = suggested(document(text), one.start, one.end, one.type, PLOVER)
        assert one.value in found
