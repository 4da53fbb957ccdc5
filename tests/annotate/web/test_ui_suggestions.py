"""Suggestions of a system: seen as ghosts, taken, refused, gone through."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.annotate.web.desk import Desk

if TYPE_CHECKING:
    from tests.annotate.web.conftest import Live


@pytest.fixture
def second(live: Live, enter: Callable[..., Desk]) -> Desk:
    """Ana at the document on which a system suggests two frames."""
    return enter(live, "d2")


def test_ghosts_are_drawn(second: Desk) -> None:
    expect(second.see(".glose-text [data-id='crf/v1#0']").first).to_be_attached()


def test_tab_goes_to_the_first_frame(second: Desk) -> None:
    second.key("Tab")
    expect(second.see(".ghostly .type").first).to_have_text("ASSAULT")


def test_enter_takes_the_whole_frame(second: Desk, live: Live) -> None:
    second.key("Tab", "Enter").saved()
    record = live.record("d2")
    assert [len(one["args"]) for one in record["events"]] == [4]
    assert len(record["mentions"]) == 4


def test_its_card_opens(second: Desk) -> None:
    second.key("Tab", "Enter")
    assert second.fillers("Actor") == ["Front libre"]


def test_backspace_refuses_and_goes_on(second: Desk, live: Live) -> None:
    second.key("Tab", "Backspace").saved()
    expect(second.see(".glose-text [data-id='crf/v1#0']")).to_have_count(0)
    assert live.record("d2")["events"] == []


def test_a_refused_suggestion_stays_away_after_a_reload(second: Desk) -> None:
    second.key("Tab", "Backspace").saved()
    second.page.reload()
    expect(second.see(".glose-text [data-id='crf/v2#0']").first).to_be_attached()
    expect(second.see(".glose-text [data-id='crf/v1#0']")).to_have_count(0)


def test_undo_brings_the_suggestion_back(second: Desk) -> None:
    second.key("Tab", "Enter").saved().key("Control+z")
    expect(second.see(".glose-text [data-id='crf/v1#0']").first).to_be_attached()


def test_a_ghost_is_taken_by_mouse(second: Desk, live: Live) -> None:
    second.click("bombardé")
    second.see(".bar-at [data-do=acceptGhost]").click()
    second.saved()
    assert [one["type"] for one in live.record("d2")["events"]] == ["ASSAULT"]


def test_all_are_taken_at_once(second: Desk, live: Live) -> None:
    second.press("acceptAll").saved()
    record = live.record("d2")
    assert (len(record["events"]), len(record["mentions"]), len(record["entities"])) == (2, 5, 1)


def test_one_undo_takes_all_of_them_back(second: Desk, live: Live) -> None:
    second.press("acceptAll").saved().key("Control+z").saved()
    assert live.record("d2")["mentions"] == []


def test_what_is_left_is_counted_below(second: Desk) -> None:
    expect(second.see("#status [data-key=suggestion]")).to_contain_text("suggested")


def test_a_frame_is_put_right_by_mouse_alone_in_three_clicks(second: Desk) -> None:
    """Accept, the wrong filler, the right words."""
    second.see(".ghost-line [data-do=acceptGhost]").first.click()
    second.settled()
    second.slot("Recipient").locator(".words").click()
    second.click("marins")
    expect(second.slot("Recipient").locator(".words")).to_have_text("marins")


def test_enter_goes_on_to_the_next_suggestion(second: Desk) -> None:
    second.key("Tab", "Enter")
    expect(second.see(".ghostly.picked .type")).to_have_text("THREATEN")


def test_the_card_of_the_accepted_frame_can_be_corrected_at_once(second: Desk) -> None:
    second.key("Tab", "Enter").click("marins").key("r")
    assert second.fillers("Recipient") == ["marine valdore", "marins"]


def test_after_a_correction_tab_goes_to_the_next_suggestion(second: Desk) -> None:
    second.key("Tab", "Enter").click("marins").key("r", "Tab")
    expect(second.see(".ghostly.picked .type")).to_have_text("THREATEN")


def test_enter_twice_takes_two_suggestions(second: Desk, live: Live) -> None:
    """The second is pressed before anything is drawn."""
    second.key("Tab")
    for _ in range(2):
        second.page.keyboard.press("Enter")
    second.saved()
    assert [one["type"] for one in live.record("d2")["events"]] == ["ASSAULT", "THREATEN"]


def test_backspace_after_enter_refuses_the_next_and_deletes_nothing(
    second: Desk, live: Live
) -> None:
    second.key("Tab", "Enter", "Backspace").saved()
    assert [one["type"] for one in live.record("d2")["events"]] == ["ASSAULT"]


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("Backspace",), id="at once"),
        pytest.param(("Escape", "Backspace"), id="with nothing in hand"),
        pytest.param(("Tab", "Escape", "Backspace"), id="after Tab"),
    ],
)
def test_backspace_never_deletes_what_was_accepted(
    second: Desk, live: Live, keys: tuple[str, ...]
) -> None:
    second.key("Tab", "Enter").key(*keys).saved()
    assert "ASSAULT" in [one["type"] for one in live.record("d2")["events"]]


def test_after_the_last_suggestion_backspace_says_so(second: Desk, live: Live) -> None:
    second.key("Tab")
    for _ in range(8):
        if second.see(".ghostly.picked").count():
            second.key("Enter")
    second.key("Backspace").saved()
    assert second.said == "Nothing suggested is picked"
    assert len(live.record("d2")["mentions"]) == 5


def test_an_event_that_is_picked_after_the_review_is_deleted(second: Desk, live: Live) -> None:
    second.key("Tab", "Enter").click("bombardé").key("Backspace").saved()
    assert live.record("d2")["events"] == []


def test_tab_from_a_suggestion_passes_over_what_is_marked(second: Desk) -> None:
    second.mark("port", "f").key("Escape", "Escape")
    second.key("Tab")
    while not second.see(".ghostly.picked").count():
        second.key("Tab")
    second.key("Tab")
    expect(second.see(".ghostly.picked")).to_have_count(1)


def test_undo_has_the_suggestion_in_hand_again(second: Desk) -> None:
    second.key("Tab", "Enter").saved().key("Control+z")
    expect(second.see(".ghostly.picked .type")).to_have_text("ASSAULT")
