"""The caret of words, characters and sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.annotate.web.text.pane import ARABIC, STORY, Pane

KEYS = [
    ("the next word", "gouvernement", ["ArrowRight"], "caret", "de"),
    ("the word before", "gouvernement", ["ArrowLeft"], "caret", "Le"),
    ("a word more", "gouvernement", ["Shift+ArrowRight"], "range", "gouvernement de"),
    ("a word more at the left", "gouvernement", ["Shift+ArrowLeft"], "range", "Le gouvernement"),
    (
        "there and back",
        "province",
        ["Shift+ArrowRight"] * 2 + ["Shift+ArrowLeft"],
        "range",
        "province a",
    ),
    (
        "over the anchor to the left",
        "province",
        ["Shift+ArrowRight", "Shift+ArrowLeft", "Shift+ArrowLeft"],
        "range",
        "la province",
    ),
    (
        "over the anchor to the right",
        "province",
        ["Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowRight"],
        "range",
        "province a",
    ),
    (
        "a range collapses to the word after it",
        "province",
        ["Shift+ArrowRight", "ArrowRight"],
        "caret",
        "condamné",
    ),
    ("the first character of the word", "province", ["Alt+ArrowRight"], "caret", "p"),
    ("the second", "province", ["Alt+ArrowRight"] * 2, "caret", "r"),
    ("the last character of the word", "province", ["Alt+ArrowLeft"], "caret", "e"),
    ("the last but one", "province", ["Alt+ArrowLeft"] * 2, "caret", "c"),
    ("a character less", "province", ["Alt+Shift+ArrowLeft"], "range", "provinc"),
    ("a character more", "province", ["Alt+Shift+ArrowRight"], "range", "province "),
    (
        "characters from a character",
        "province",
        ["Alt+ArrowRight", "Alt+Shift+ArrowRight"],
        "range",
        "pr",
    ),
    (
        "words from a character",
        "province",
        ["Alt+ArrowRight", "Shift+ArrowRight"],
        "range",
        "province",
    ),
    ("the next sentence", "frappes", ["Control+ArrowRight"], "caret", "Le"),
    ("the beginning of the sentence", "province", ["Control+ArrowLeft"], "caret", "Le"),
    ("the sentence before", "Le", ["Control+ArrowLeft"], "caret", "Des"),
    (
        "to the end of the sentence",
        "promis",
        ["Control+Shift+ArrowRight"],
        "range",
        "promis de l’aide.",
    ),
    (
        "to the beginning of the sentence",
        "de la province",
        ["Control+Shift+ArrowLeft"],
        "range",
        "Le gouvernement de",
    ),
    ("nothing before the first word", "Des", ["ArrowLeft"], "caret", None),
    ("nothing behind the last", "Genève", ["ArrowRight", "ArrowRight"], "caret", "."),
]


@pytest.mark.parametrize(
    ("words", "keys", "kind", "wanted"),
    [pytest.param(*case[1:], id=case[0]) for case in KEYS],
)
def test_keys(pane: Pane, words: str, keys: list[str], kind: str, wanted: str | None) -> None:
    borders = [0, STORY.index("Le gouv"), STORY.index("Les reb"), len(STORY)]
    sentences = [
        (start, start + len(STORY[start:end].rstrip())) for start, end in pairwise(borders)
    ]
    pane.show(STORY, sentences=sentences)
    pane.click(words)
    pane.events()
    pane.press(*keys)
    assert pane.told(kind) == wanted


def test_the_first_key_finds_the_first_word_in_sight(pane: Pane) -> None:
    pane.show(STORY)
    pane.page.focus("#text")
    pane.press("ArrowRight")
    assert pane.told("caret") == "Des"


def test_down_goes_to_the_word_below(pane: Pane) -> None:
    pane.show("un deux trois\nun deux trois\n")
    pane.click("deux")
    pane.events()
    pane.press("ArrowDown")
    assert pane.events("caret")[0]["start"] == 17


def test_up_goes_back(pane: Pane) -> None:
    pane.show("un deux trois\nun deux trois\n")
    pane.click("deux")
    pane.press("ArrowDown", "ArrowUp")
    assert pane.events("caret")[-1]["start"] == 3


def test_down_keeps_its_column_over_a_short_line(pane: Pane) -> None:
    pane.show("un deux trois quatre cinq\nun\nun deux trois quatre cinq\n")
    pane.click("quatre")
    pane.press("ArrowDown", "ArrowDown")
    assert pane.events("caret")[-1]["words"] == "quatre"


def test_shift_and_down_extend(pane: Pane) -> None:
    pane.show("un deux trois\nun deux trois\n")
    pane.click("deux")
    pane.press("Shift+ArrowDown")
    assert pane.told("range") == "deux trois\nun deux"


def test_in_arabic_the_next_word_is_at_the_left(pane: Pane) -> None:
    pane.show(ARABIC)
    pane.click("وفد")
    pane.press("ArrowLeft")
    assert pane.told("caret") == "من"


def test_the_caret_scrolls_into_sight(pane: Pane) -> None:
    pane.show("mot\n" * 200)
    pane.run("() => pane.caret.put({start: 720, end: 723})")
    pane.page.focus("#text")
    pane.press("ArrowRight")
    box = pane.run("() => pane.coords(724, 727)[0].toJSON()")
    assert 0 < box["top"] < box["bottom"] < 700


def test_other_keys_are_left_to_the_app(pane: Pane) -> None:
    pane.show(STORY)
    pane.run(
        "() => document.addEventListener('keydown', "
        "(event) => (globalThis.free = !event.defaultPrevented), {once: true})"
    )
    pane.page.focus("#text")
    pane.press("PageDown")
    assert pane.run("() => globalThis.free") is True
