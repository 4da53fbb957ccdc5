"""Entities by rules: which mentions of a sentence become one."""

from __future__ import annotations

import pytest

from glose.annotate.learning import coreference
from glose.annotate.learning.coreference import entities
from glose.corpus.document import Mention


def mentions(text: str, *found: str) -> list[Mention]:
    """Return mentions written as `TYPE LEVEL words`, each after the one before."""
    result, at = [], 0
    for number, one in enumerate(found, start=1):
        type_, level, words = one.split(" ", 2)
        at = text.index(words, at)
        result.append(Mention(f"m{number}", type_, at, at + len(words), text=words, level=level))
        at += 1
    return result


def chains(text: str, *found: str) -> list[list[str]]:
    """Return the words of every entity with two mentions or more."""
    named = mentions(text, *found)
    words = {one.id: one.text for one in named}
    return [
        [words[m] for m in one.mentions] for one in entities(text, named) if len(one.mentions) > 1
    ]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        pytest.param(
            "Goma brûle. Goma dort.", ["GPE NAM Goma", "GPE NAM Goma"], [["Goma", "Goma"]],
            id="the same name",
        ),
        pytest.param(
            "La Russie et l'aviation russe", ["GPE NAM Russie", "GPE NAM russe"],
            [["Russie", "russe"]], id="a country and its adjective",
        ),
        pytest.param(
            "La Russie attaque, Moscou nie", ["GPE NAM Russie", "GPE NAM Moscou"],
            [["Russie", "Moscou"]], id="a capital that acts is its country",
        ),
        pytest.param(
            "La Russie attaque, réunion à Moscou", ["GPE NAM Russie", "GPE NAM Moscou"], [],
            id="a capital as a place is not",
        ),
        pytest.param(
            "Front du Levant libre (FLL)", ["ORG NAM Front du Levant libre", "ORG NAM FLL"],
            [["Front du Levant libre", "FLL"]], id="an acronym in parentheses",
        ),
        pytest.param(
            "Anton Verel parle. M. Verel nie", ["PER NAM Anton Verel", "PER NAM Verel"],
            [["Anton Verel", "Verel"]], id="the last name of a person",
        ),
        pytest.param(
            "le porte-parole, le général Anton Verel",
            ["PER NOM porte-parole", "PER NAM Anton Verel"],
            [["porte-parole", "Anton Verel"]], id="a function and the name after it",
        ),
        pytest.param(
            "l'armée russe avance. L'armée nie", ["ORG NOM armée russe", "ORG NOM armée"],
            [["armée russe", "armée"]], id="the same head without its complement",
        ),
        pytest.param(
            "12 civils ici, 30 civils là", ["PER NOM 12 civils", "PER NOM 30 civils"], [],
            id="what is counted is new",
        ),
        pytest.param(
            "Le Mali souffre. Le pays attend",
            ["GPE NAM Mali", "GPE NOM pays"], [["Mali", "pays"]],
            id="the country is the one named before",
        ),
        pytest.param(
            "Anton Verel nie, a-t-il dit", ["PER NAM Anton Verel", "PER PRO il"],
            [["Anton Verel", "il"]], id="a pronoun is the latest of its type",
        ),
        pytest.param(
            "les soldats qui partent", ["PER NOM soldats", "PER PRO qui"], [["soldats", "qui"]],
            id="a relative pronoun is what stands before it",
        ),
    ],
)  # fmt: skip
def test_chains(text: str, found: list[str], expected: list[list[str]]) -> None:
    assert chains(text, *found) == expected


def test_values_refer_to_nothing() -> None:
    assert entities("12", [Mention("m1", "NUM", 0, 2, text="12")]) == []


def test_a_mention_alone_is_an_entity() -> None:
    assert [one.mentions for one in entities("Goma", mentions("Goma", "GPE NAM Goma"))] == [
        ("m1",)
    ]


def test_an_entity_has_the_longest_name() -> None:
    text = "Front du Levant (FL)"
    found = entities(text, mentions(text, "ORG NAM Front du Levant", "ORG NAM FL"))

    assert [one.name for one in found] == ["Front du Levant"]


def test_a_country_goes_by_its_noun() -> None:
    text = "La Syrie et les troupes syriennes"
    (entity,) = entities(text, mentions(text, "GPE NAM Syrie", "GPE NAM syriennes"))

    assert entity.name == "Syrie"


def test_no_mention_is_compared_with_all_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is made comparable a fixed number of times, however many mentions there are."""
    made: list[str] = []
    plain = coreference.plain

    def counted(text: str) -> str:
        made.append(text)
        return plain(text)

    monkeypatch.setattr(coreference, "plain", counted)
    words = [f"GPE NAM V{number}." for number in range(100)]
    text = " ".join(one.removeprefix("GPE NAM ") for one in words)
    entities(text, mentions(text, *words))

    assert len(made) <= 3 * len(words)
