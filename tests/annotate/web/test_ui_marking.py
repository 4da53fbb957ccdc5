"""Mentions: marked by key and by mouse, put right, deleted, with values, links and levels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.annotate.web.desk import Desk

if TYPE_CHECKING:
    from tests.annotate.web.conftest import Live

Enter = Callable[..., Desk]


def mentions(live: Live, document: str = "d1") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = live.record(document)["mentions"]
    return found


def marked(live: Live, document: str = "d1") -> list[tuple[str, str]]:
    return [(one["type"], one["text"]) for one in mentions(live, document)]


def test_a_letter_marks_the_selection(desk: Desk, live: Live) -> None:
    desk.mark("douze civils", "p").saved()
    assert marked(live) == [("PER", "douze civils")]


def test_a_letter_marks_the_word_that_was_clicked(desk: Desk, live: Live) -> None:
    desk.click("Sarmine").key("g").saved()
    assert marked(live) == [("GPE", "Sarmine")]


def test_a_double_click_selects_the_phrase(desk: Desk, live: Live) -> None:
    desk.hand.double("civils")
    desk.key("p").saved()
    assert marked(live) == [("PER", "douze civils")]


def test_punctuation_at_the_end_of_a_drag_is_left_out(desk: Desk, live: Live) -> None:
    desk.select("Sarmine,").key("g").saved()
    assert marked(live) == [("GPE", "Sarmine")]


def test_another_letter_gives_the_picked_mention_another_type(desk: Desk, live: Live) -> None:
    desk.mark("OLL", "p").key("o").saved()
    assert marked(live) == [("ORG", "OLL")]


def test_the_same_letter_again_changes_nothing(desk: Desk, live: Live) -> None:
    desk.mark("OLL", "o").key("o").saved()
    assert live.record("d1")["revision"] == 1


def test_nested_mentions_of_one_type(desk: Desk, live: Live) -> None:
    desk.mark("armée valdore", "o").mark("valdore", "g").saved()
    assert marked(live) == [("ORG", "armée valdore"), ("GPE", "valdore")]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        pytest.param("]", "douze civils vendredi", id="a word more on the right"),
        pytest.param("[", "douze", id="a word less on the right"),
        pytest.param("{", "tué douze civils", id="a word more on the left"),
        pytest.param("}", "civils", id="a word less on the left"),
    ],
)
def test_borders_move_by_words(desk: Desk, live: Live, key: str, words: str) -> None:
    desk.mark("douze civils", "p").key(key).saved()
    assert marked(live) == [("PER", words)]


def test_a_mention_does_not_shrink_to_nothing(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").key("[").saved()
    assert desk.said == "It cannot move further"
    assert marked(live) == [("GPE", "Sarmine")]


def test_a_piece_is_added_by_plus(desk: Desk, live: Live) -> None:
    desk.mark("armée", "o").select("civils").key("+").saved()
    assert marked(live) == [("ORG", "armée civils")]


def test_backspace_deletes_what_is_picked(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").key("Backspace").saved()
    assert marked(live) == []


def test_backspace_on_selected_words_deletes_no_text(desk: Desk, live: Live) -> None:
    before = live.record("d1")["text"]
    desk.select("Sarmine").key("Backspace")
    assert "never text" in desk.said
    assert live.record("d1")["text"] == before


def test_undo_and_redo_by_key(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").mark("OLL", "o").saved().key("Control+z").saved()
    assert marked(live) == [("GPE", "Sarmine")]
    desk.key("Control+y").saved()
    assert marked(live) == [("GPE", "Sarmine"), ("ORG", "OLL")]


def test_undo_holds_after_a_reload(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").saved()
    desk.page.reload()
    desk.page.wait_for_selector(".glose-text .block")
    desk.key("Control+z").saved()
    assert marked(live) == []


def test_dot_repeats(desk: Desk, live: Live) -> None:
    desk.mark("OLL", "o").select("valdore").key(".").saved()
    assert marked(live) == [("ORG", "OLL"), ("ORG", "valdore")]


def test_a_name_has_the_level_of_names(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").saved()
    assert mentions(live)[0]["level"] == "NAM"


def test_the_level_is_put_right_in_place(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").press("setAttribute", "NOM").saved()
    assert mentions(live)[0]["level"] == "NOM"


def test_by_mouse_alone(desk: Desk, live: Live) -> None:
    """The bar at the pointer has the types."""
    desk.select("Sarmine")
    desk.see(
        ".bar-at [data-do=mark]",
    ).filter(has_text="GPE").click()
    desk.saved()
    assert marked(live) == [("GPE", "Sarmine")]


def test_the_bar_offers_roles_where_a_card_is_open(desk: Desk) -> None:
    desk.event("tué").select("Sarmine")
    desk.see(".bar-at [data-do=fill]").filter(has_text="Location").click()
    assert desk.fillers("Location") == ["Sarmine"]


def test_an_event_by_mouse_alone(desk: Desk) -> None:
    desk.select("tué")
    desk.see(".bar-at [data-do=event]").click()
    desk.see(".bar-at [data-do=trigger]").filter(has_text="ASSAULT").click()
    expect(desk.see(".card.active .quote").first).to_have_text("tué")


def test_a_date_is_resolved_and_taken_by_enter(desk: Desk, live: Live) -> None:
    desk.mark("vendredi", "d")
    expect(desk.see("#status .now")).to_contain_text("2031-03-14")
    desk.key("Enter").saved()
    assert mentions(live)[0]["value"]["norm"] == "date:2031-03-14"


def test_a_number_in_words_has_its_value(desk: Desk, live: Live) -> None:
    desk.mark("douze", "n")
    expect(desk.see("#status .now")).to_contain_text("12")
    desk.key("Enter").saved()
    assert mentions(live)[0]["value"]["norm"] == "number:12"


def test_a_value_is_corrected_in_place(desk: Desk, live: Live) -> None:
    desk.mark("vendredi", "d")
    desk.page.fill("#value-input", "date:2031-03-07")
    desk.page.press("#value-input", "Enter")
    desk.saved()
    assert mentions(live)[0]["value"]["norm"] == "date:2031-03-07"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        pytest.param("2031-03-14", "Begin with date:", id="a value says its kind"),
        pytest.param("number:12", "Begin with date:", id="a day is no number"),
        pytest.param("date:next week", "After date:", id="words are no value"),
        pytest.param("date:2031-13-01", "in the calendar", id="there are twelve months"),
        pytest.param("date:2031-02-29", "in the calendar", id="not every year has a 29 February"),
    ],
)
def test_a_wrong_value_is_told_and_not_kept(
    desk: Desk, live: Live, typed: str, fault: str
) -> None:
    desk.mark("vendredi", "d")
    desk.page.fill("#value-input", typed)
    desk.page.press("#value-input", "Enter")
    expect(desk.see("#value-fault")).to_contain_text(fault)
    desk.saved()
    assert mentions(live)[0]["value"] is None


def test_a_mention_is_linked_by_searching(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").press("chooseLink")
    desk.see("dialog [role=option]").filter(has_text="town in Valdoria").click()
    desk.saved()
    assert mentions(live)[0]["links"][0]["id"] == "Q1"


def test_a_link_is_taken_away(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").press("chooseLink")
    desk.see("dialog [role=option]").first.click()
    desk.press("dropLink").saved()
    assert mentions(live)[0]["links"] == []


def test_same_again_marks_all_identical_words(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").key("*", "Enter").saved()
    assert marked(live) == [("GPE", "Sarmine"), ("GPE", "Sarmine")]


def test_same_again_links_names_to_one_chain(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").key("*", "Enter").saved()
    assert len(live.record("d1")["entities"][0]["mentions"]) == 2


def test_space_leaves_one_out(desk: Desk, live: Live) -> None:
    desk.mark("valdore", "g").key("*", "Space", "Enter").saved()
    assert marked(live) == [("GPE", "valdore")]


def test_a_click_on_one_leaves_it_out(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").key("*").click("Sarmine", 1).key("Enter").saved()
    assert marked(live) == [("GPE", "Sarmine")]


def test_same_again_in_the_project(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").key("*").press("sameProject")
    expect(desk.see("#again li").last).to_contain_text("Dispatch 2: 2 places")
    desk.press("sameAll")
    expect(desk.see("#status .now")).to_have_text("3 more marked")
    desk.saved()
    assert marked(live, "d2") == [("GPE", "Sarmine"), ("GPE", "Sarmine")]


def test_escape_leaves_same_again(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").key("*", "Escape").saved()
    assert marked(live) == [("GPE", "Sarmine")]
    expect(desk.see("#again")).to_be_hidden()


def test_f_and_two_letters_jump_to_a_word(desk: Desk, live: Live) -> None:
    desk.key("f")
    label = desk.page.evaluate("() => document.querySelector('.hints [data-label]').dataset.label")
    desk.key(*label).key("o").saved()
    assert marked(live) == [("ORG", "Des")]


def test_attributes_of_mentions_are_set_in_place(rich: Live, enter: Enter) -> None:
    enter(rich).mark("OLL", "o").press("setAttribute", "yes").saved()
    assert mentions(rich)[0]["attrs"] == [{"name": "sure", "value": "yes"}]


def test_keys_pressed_in_quick_succession_are_all_done(desk: Desk, live: Live) -> None:
    """Nobody waits until the page has been drawn."""
    desk.hand.drag("tué")
    for key in ("e", "k", "m", "v", "y"):
        desk.page.keyboard.press(key)
    desk.saved()
    event = live.record("d1")["events"][0]
    assert (event["modality"], event["polarity"]) == ("Actual", "Positive")


def test_enter_before_the_value_is_known_takes_it_when_it_comes(desk: Desk, live: Live) -> None:
    """The answer of the server is held back until Enter has been pressed."""
    held: list[Any] = []
    desk.page.route("**/api/values", lambda route: held.append(route))  # noqa: PLW0108  # playwright marks it
    desk.mark("vendredi", "d").key("Enter")
    expect(desk.see("#status .now")).to_contain_text("as soon as it is known")
    for route in held:
        route.continue_()
    expect(desk.see("#value-input")).to_have_value("date:2031-03-14")
    desk.saved()
    assert mentions(live)[0]["value"]["norm"] == "date:2031-03-14"


def test_an_empty_value_looks_empty(desk: Desk) -> None:
    desk.mark("vendredi", "d")
    expect(desk.see(".picked-card [data-do=value]").first).to_contain_text("take date:2031-03-14")
    assert desk.see("#value-input").get_attribute("placeholder") is None


def test_a_missing_value_is_left_to_do(desk: Desk) -> None:
    desk.mark("vendredi", "d").key("Escape", "Escape")
    expect(desk.see("#status [data-key=value]")).to_have_text("1 value missing")
    desk.press("nextLeft", "value missing")
    expect(desk.see(".picked-card .quote")).to_have_text("vendredi")


def test_done_says_what_is_left(desk: Desk) -> None:
    desk.mark("vendredi", "d").select("selon").key("!", "Control+Enter")
    expect(desk.see("#status .now")).to_contain_text("Done; 1 flag, 1 value left")


def test_undo_says_what_it_undid(desk: Desk) -> None:
    desk.mark("Sarmine", "g").saved().key("Control+z")
    expect(desk.see("#status .now")).to_have_text("Undone: marked GPE «\u00a0Sarmine\u00a0»")


def test_a_key_without_meaning_says_so_where_one_looks(desk: Desk) -> None:
    desk.key("~")
    expect(desk.see("[role=alert]#refusal")).to_have_text(
        "~ means nothing here (? shows the keys)"
    )


def test_the_next_action_takes_a_refusal_away(desk: Desk) -> None:
    desk.key("~").click("Sarmine")
    expect(desk.see("#refusal")).to_be_empty()
    assert desk.said == ""


def test_what_is_picked_is_said(desk: Desk) -> None:
    desk.mark("Sarmine", "g").key("Escape").click("Sarmine")
    assert desk.said == "GPE Sarmine"
