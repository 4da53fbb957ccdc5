"""One document in two tabs of a browser: nothing is lost, and a clash is somebody's choice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.annotate.e2e.screen import Screen
from tests.annotate.e2e.serving import Server, glose

WORDS = ("Gardiens", "Bamba", "Ils", "civils", "soldats", "groupe", "Moussa", "armée")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "project.db"


@pytest.fixture
def tabs(
    corpus: Path, store: Path, serve: Callable[..., Server], enter: Callable[..., Screen]
) -> tuple[Screen, Screen]:
    server = serve(corpus, store)
    return enter(server, "n1"), enter(server, "n1")


def exported(store: Path) -> dict[str, Any]:
    """Return the record as it is exported."""
    out = store.with_name("out.jsonl")
    assert glose("annotate", "export", store, "-o", out).returncode == 0
    record: dict[str, Any] = json.loads(out.read_text())
    return record


def edits(store: Path) -> int:
    """Return how many operations the journal has."""
    return len(glose("annotate", "log", store, "--layer", "ana").stdout.splitlines())


def test_edits_in_turn_are_all_there_once(tabs: tuple[Screen, Screen], store: Path) -> None:
    for number, word in enumerate(WORDS):
        tab = tabs[number % 2]
        tab.hand.jump(word)
        tab.hand.key("o")
    for tab in tabs:
        tab.saved()

    assert [one["text"] for one in exported(store)["mentions"]] == list(WORDS)
    assert edits(store) == len(WORDS)


def test_both_tabs_show_the_same_at_the_end(tabs: tuple[Screen, Screen]) -> None:
    for number, word in enumerate(WORDS[:4]):
        tabs[number % 2].hand.jump(word)
        tabs[number % 2].hand.key("o")
    for tab in tabs:
        expect(tab.labels()).to_have_count(4)

    assert tabs[0].shown() == tabs[1].shown() == [f"ORG mention: {word}" for word in WORDS[:4]]


def test_fillers_that_two_tabs_give_to_one_event_are_both_kept(
    tabs: tuple[Screen, Screen], store: Path
) -> None:
    """Neither tab waits for the other: the later of two edits is merged, not refused."""
    one, other = tabs
    one.hand.jump("attaqué")
    one.hand.key("e", "a")
    expect(other.labels()).to_have_count(1)
    other.hand.click("attaqué")
    one.hold()
    other.hold()
    one.hand.jump("Ils")
    one.hand.key("a")
    other.hand.jump("Bamba")
    other.hand.key("l")
    one.saving_says("1 waiting")
    other.saving_says("1 waiting")
    one.release()
    other.release()
    for tab in tabs:
        tab.saved()
        expect(tab.labels()).to_have_count(3)

    record = exported(store)
    words = {one["id"]: one["text"] for one in record["mentions"]}
    args = {arg["role"]: words[arg["ref"]] for arg in record["events"][0]["args"]}
    assert args == {"Attacker": "Ils", "Place": "Bamba"}
    assert edits(store) == 3


@pytest.fixture
def clash(tabs: tuple[Screen, Screen]) -> tuple[Screen, Screen]:
    """Tabs of which the second has made PER what the first has made ORG, unknown to it."""
    one, other = tabs
    other.clash(one)
    return one, other


def test_a_clash_shows_both_sides(clash: tuple[Screen, Screen]) -> None:
    _, other = clash
    other.hand.press("#status [data-do=conflicts]")

    sides = other.part("dialog.conflicts .sides .differs")
    assert sides.all_inner_texts() == ["ORG", "PER"]


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        pytest.param("Keep theirs", "ORG", id="theirs stays as it is"),
        pytest.param("Take mine", "PER", id="mine is made on top of it"),
    ],
)
def test_either_choice_works(
    clash: tuple[Screen, Screen], store: Path, choice: str, kind: str
) -> None:
    one, other = clash
    other.hand.press("#status [data-do=conflicts]")
    other.hand.press(f"dialog.conflicts button:text-is('{choice}')")
    other.saved()
    for tab in (one, other):
        expect(tab.labels()).to_have_attribute("aria-label", f"{kind} mention: Bamba")

    assert [one["type"] for one in exported(store)["mentions"]] == [kind]
    assert one.faults == other.faults == []
