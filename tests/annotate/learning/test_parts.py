"""The parts that the taggers and classifiers are made of."""

from __future__ import annotations

import pytest

from glose.annotate.french.countries import COUNTRIES, known
from glose.annotate.french.nouns import noun_type
from glose.annotate.french.stems import stem
from glose.annotate.french.tense import tense
from glose.annotate.french.triggers import trigger_type
from glose.annotate.learning.features import features, shape
from glose.annotate.learning.labels import Span
from glose.annotate.learning.layout import Layout
from glose.annotate.learning.linear import Linear, train
from glose.annotate.learning.phrases import found, learnt, length
from glose.annotate.learning.words import Sentence, sentences
from glose.corpus.document import Document, Segment


def row(text: str) -> Sentence:
    """Return a text as one sentence."""
    return sentences(Document(text=text))[0]


# ------------------------------------------------------------------ words and sentences


def test_an_inverted_subject_is_a_word_of_its_own() -> None:
    assert [word.text for word in row("a-t-il dit").words] == ["a", "-t-", "il", "dit"]


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        pytest.param([("sentence", 0, 3), ("sentence", 4, 7)], ["A b", "C d"], id="sentences"),
        pytest.param([("paragraph", 0, 3), ("paragraph", 4, 7)], ["A b", "C d"], id="paragraphs"),
        pytest.param([], ["A b C d"], id="the whole line, where nothing is marked"),
        pytest.param([("sentence", 4, 7)], ["A b", "C d"], id="words outside of any sentence"),
        pytest.param(
            [("sentence", 2, 7), ("sentence", 0, 5)],
            ["A", "b C d"],
            id="of two that overlap, the one that is named first",
        ),
    ],
)
def test_sentences(segments: list[tuple[str, int, int]], expected: list[str]) -> None:
    marked = tuple(Segment(f"g{n}", t, a, b) for n, (t, a, b) in enumerate(segments))
    cut = sentences(Document(text="A b C d", segments=marked))

    assert [" ".join(word.text for word in one.words) for one in cut] == expected


def test_a_document_without_words_has_no_sentences() -> None:
    assert sentences(Document(text=" \n")) == []


# ------------------------------------------------------------------ word lists


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Syrie", ("name", "Syrie")),
        ("syriennes", ("adjective", "Syrie")),
        ("DAMAS", ("capital", "Syrie")),
        ("turque", ("adjective", "Turquie")),
        ("N’Djamena", ("capital", "Tchad")),
        ("Corée du Sud", ("name", "Corée du Sud")),
        ("Zarqa", None),
    ],
)
def test_known_country(words: str, expected: tuple[str, str] | None) -> None:
    assert known(words) == expected


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.name)
def test_every_country_knows_its_own_name(country: object) -> None:
    name = getattr(country, "name", "")

    assert known(name) == ("name", name)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("soldats", "PER"),
        ("armée", "ORG"),
        ("hôpitaux", None),
        ("missiles", "WEA"),
        ("table", None),
    ],
)
def test_noun_type(word: str, expected: str | None) -> None:
    assert noun_type(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("bombardé", "ASSAULT"), ("Bombardements", "ASSAULT"), ("condamné", "ACCUSE"),
        ("manifestations", "PROTEST"), ("déployer", "MOBILIZE"), ("table", None),
        ("combats", "ASSAULT"), ("combattants", None),
    ],
)  # fmt: skip
def test_trigger_type(word: str, expected: str | None) -> None:
    assert trigger_type(word) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("bombardé", "bombardements"), ("attaque", "attaqué"), ("négociations", "négocié")],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Il a quitté Goma lundi", "lundi", "past"),
        ("Il quittera Goma lundi", "lundi", "future"),
        ("Les soldats enlevés lundi partiront", "lundi", "past"),
        ("Lundi, il quittera Goma", "Lundi", "future"),
        ("Il pourrait partir lundi", "lundi", "future"),
        ("Il a promis de partir lundi", "lundi", "future"),
        ("sur le front lundi", "lundi", None),
        ("Il partira demain. Il est venu lundi", "lundi", "past"),
        ("une réunion prévue lundi", "lundi", "future"),
        ("accusé d'avoir attaqué lundi", "lundi", "past"),
    ],
)
def test_tense(text: str, word: str, expected: str | None) -> None:
    at = text.index(word)

    assert tense(text, at, at + len(word)) == expected


# ------------------------------------------------------------------ features


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ONU", "XX"), ("Sarma-2", "Xx-0"), ("31.890", "0.0"), ("l'", "x'"), ("El-Facher", "Xx-Xx")],
)
def test_shape(text: str, expected: str) -> None:
    assert shape(text) == expected


def test_a_word_knows_its_neighbours() -> None:
    assert "-1:w=les" in features(row("les soldats"), [])[1]


def test_a_word_knows_what_the_layers_below_say() -> None:
    assert "layer0=B-GPE" in features(row("à Goma"), [], [["O", "B-GPE"]])[1]


def test_a_first_name_is_known() -> None:
    assert "first name" in features(row("Anton Verel"), [])[0]


def test_the_place_of_a_span() -> None:
    layout = Layout([row("les soldats maliens partent")])

    assert (layout.place(4, 19).first, layout.place(4, 19).last) == (1, 2)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("une frappe", "frappe", "noun"),
        ("a été tué", "tué", "passive"),
        ("ont tué", "tué", "active"),
        ("vouloir attaquer", "attaquer", "infinitive"),
        ("Soldats tués", "tués", "bare"),
    ],
)
def test_voice(text: str, word: str, expected: str) -> None:
    layout = Layout([row(text)])
    at = text.index(word)

    assert layout.voice(layout.place(at, at + len(word))) == expected


def test_what_stands_in_quotation_marks() -> None:
    assert Layout([row("Il dit « oui » fort")]).quoted == [False, False, True, True, False, False]


# ------------------------------------------------------------------ classifiers


def test_a_classifier_separates_what_can_be_separated() -> None:
    model = train([(["a"], "yes"), (["b"], "no")] * 5)

    assert (model.best(["a"]), model.best(["b"])) == ("yes", "no")


def test_three_classes() -> None:
    model = train([(["a"], "x"), (["b"], "y"), (["c"], "z")] * 5)

    assert [model.best([one]) for one in "abc"] == ["x", "y", "z"]


def test_chances_add_up_to_one() -> None:
    model = train([(["a"], "yes"), (["b"], "no")] * 5)

    assert sum(model.chances(["a", "unseen"]).values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("examples", "expected"),
    [
        pytest.param([(["a"], "only")], "only", id="one class is always given"),
        pytest.param([], "", id="nothing learnt, nothing said"),
    ],
)
def test_too_little_to_learn_from(examples: list[tuple[list[str], str]], expected: str) -> None:
    assert train(examples).best(["a"]) == expected


def test_huge_weights_do_not_overflow() -> None:
    assert Linear(("a", "b"), (0.0, 5000.0), {}).best([]) == "b"


# ------------------------------------------------------------------ phrases


def test_a_phrase_is_learnt_with_its_commonest_label() -> None:
    one = row("Goma")
    spans = [[Span("GPE", ((0, 4),))], [Span("GPE", ((0, 4),))], [Span("ORG", ((0, 4),))]]

    assert learnt([(one, span) for span in spans], str) == {"Goma": "GPE"}


def test_a_phrase_that_is_mostly_not_annotated_is_not_learnt() -> None:
    one = row("presse")

    assert learnt([(one, [Span("ORG", ((0, 6),))]), (one, []), (one, [])], str) == {}


def test_the_longest_phrase_wins() -> None:
    phrases = {"mer": "LOC", "mer Noire": "LOC.x"}

    assert list(found(row("la mer Noire"), phrases, str, length(phrases))) == [
        Span("LOC.x", ((3, 12),))
    ]
