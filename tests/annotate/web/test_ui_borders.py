"""Borders put right by mouse, the bar at the pointer, and "same again" as it is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.annotate.web.desk import Desk

if TYPE_CHECKING:
    from tests.annotate.web.conftest import Live

Enter = Callable[..., Desk]


def marked(live: Live) -> list[tuple[str, str]]:
    return [(one["type"], one["text"]) for one in live.record("d1")["mentions"]]


def triggers(live: Live) -> list[str]:
    return [one["triggers"][0]["text"] for one in live.record("d1")["events"]]


@pytest.mark.parametrize(
    ("border", "words"),
    [
        pytest.param("right border one word to the right", "douze civils vendredi", id="right+"),
        pytest.param("right border one word to the left", "douze", id="right-"),
        pytest.param("left border one word to the left", "tué douze civils", id="left+"),
        pytest.param("left border one word to the right", "civils", id="left-"),
    ],
)
def test_buttons_move_the_borders_of_a_mention(
    desk: Desk, live: Live, border: str, words: str
) -> None:
    desk.mark("douze civils", "p")
    desk.see(f'.picked-card [aria-label="Move the {border}"]').click()
    desk.saved()
    assert marked(live) == [("PER", words)]


def test_buttons_move_the_borders_of_a_trigger(desk: Desk, live: Live) -> None:
    desk.event("tué")
    desk.see('.card.active [aria-label="Move the left border one word to the left"]').click()
    desk.saved()
    assert triggers(live) == ["ont tué"]


def test_the_picked_mention_takes_the_selection(desk: Desk, live: Live) -> None:
    desk.mark("civils", "p").select("douze civils")
    desk.see(".picked-card [data-do=takeSelection]").click()
    desk.saved()
    assert marked(live) == [("PER", "douze civils")]


def test_a_key_gives_the_selection_to_the_mention(desk: Desk, live: Live) -> None:
    desk.mark("civils", "p").select("douze civils").key("|").saved()
    assert marked(live) == [("PER", "douze civils")]


def test_the_trigger_of_the_open_card_takes_the_selection(desk: Desk, live: Live) -> None:
    desk.event("tué").select("ont tué").key("|").saved()
    assert triggers(live) == ["ont tué"]


def test_the_palette_has_it(desk: Desk, live: Live) -> None:
    desk.mark("civils", "p").select("douze civils").key("Control+k")
    desk.page.keyboard.type("borders of the selection")
    desk.key("Enter").saved()
    assert marked(live) == [("PER", "douze civils")]


def test_without_a_selection_it_says_what_is_missing(desk: Desk) -> None:
    desk.mark("civils", "p").key("|")
    assert desk.said == "Select the words that it should have first"


def test_a_selection_over_the_picked_mention_offers_it_first_at_the_pointer(desk: Desk) -> None:
    desk.mark("civils", "p").select("douze civils")
    expect(desk.see("#float button").first).to_contain_text("Take the selection")


def test_a_selection_elsewhere_does_not(desk: Desk) -> None:
    desk.mark("civils", "p").select("OLL")
    expect(desk.see("#float button").first).to_be_visible()
    expect(desk.see("#float [data-do=takeSelection]")).to_have_count(0)


def test_the_bar_does_not_lie_over_the_panel(desk: Desk) -> None:
    desk.select("armée valdore ont tué douze civils vendredi")
    expect(desk.see("#float")).to_be_visible()
    bar, panel = desk.see("#float").bounding_box(), desk.see("#panel").bounding_box()
    assert bar
    assert panel
    assert bar["x"] + bar["width"] <= panel["x"]


@pytest.mark.parametrize("key", ["g", "PageDown", "x", "ArrowLeft"])
def test_the_bar_goes_with_the_next_key(desk: Desk, key: str) -> None:
    desk.select("Sarmine")
    expect(desk.see("#float")).to_be_visible()
    desk.key(key)
    expect(desk.see("#float")).to_be_hidden()


def test_the_bar_goes_with_the_next_button(desk: Desk) -> None:
    desk.select("Sarmine").tab("chains")
    expect(desk.see("#float")).to_be_hidden()


def test_a_selection_that_was_used_is_dropped(desk: Desk) -> None:
    desk.select("douze civils").key("p")
    drawn = "() => CSS.highlights?.size ? [...CSS.highlights].filter(([n]) => /select/.test(n))"
    sizes = desk.page.evaluate(f"{drawn}.map(([, one]) => one.size) : []")
    assert sum(sizes) == 0
    assert desk.page.evaluate("() => getSelection().toString()") == ""


def test_same_again_does_not_open_where_there_is_nothing(desk: Desk) -> None:
    desk.mark("OLL", "o").key("*")
    assert desk.said == "«\u00a0OLL\u00a0» stands nowhere else unmarked"
    expect(desk.see("#again")).to_be_hidden()


def test_a_key_that_same_again_does_not_know_closes_it_and_acts(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").key("*")
    expect(desk.see("#again")).to_be_visible()
    desk.key("o").saved()
    expect(desk.see("#again")).to_be_hidden()
    assert marked(live) == [("ORG", "Sarmine")]
