"""Events as cards: begun, filled, corrected, with every shape that an event can have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect
from tests.annotate.web.desk import Desk

if TYPE_CHECKING:
    from tests.annotate.web.conftest import Live

Enter = Callable[..., Desk]


def events(live: Live, document: str = "d1") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = live.record(document)["events"]
    return found


def arguments(live: Live, at: int = 0, document: str = "d1") -> list[tuple[str, str]]:
    """The arguments of an event, as role and words."""
    record = live.record(document)
    words = {one["id"]: one["text"] for one in record["mentions"]}
    words |= {one["id"]: one["triggers"][0]["text"] for one in record["events"]}
    return [
        (arg["role"], arg["value"] or words[arg["ref"]]) for arg in record["events"][at]["args"]
    ]


def test_e_and_a_letter_make_an_event(desk: Desk, live: Live) -> None:
    desk.event("tué").saved()
    assert [(one["type"], one["triggers"][0]["text"]) for one in events(live)] == [
        ("ASSAULT", "tué")
    ]


def test_its_card_opens(desk: Desk) -> None:
    desk.event("tué")
    expect(desk.see(".card.active .type")).to_have_text("ASSAULT")


def test_a_role_letter_marks_types_and_fills_in_one_step(desk: Desk, live: Live) -> None:
    desk.event("tué").select("armée valdore").key("a").saved()
    assert arguments(live) == [("Actor", "armée valdore")]
    assert len(live.record("d1")["mentions"]) == 1


def test_a_cold_event_takes_twelve_actions(desk: Desk, live: Live) -> None:
    """A trigger, four arguments and an attribute: five selections, seven keys."""
    hand = desk.hand
    hand.drag("tué")
    hand.key("e", "k")
    for words, letter in [("armée valdore", "a"), ("douze civils", "r"), ("Sarmine", "l")]:
        hand.drag(words)
        hand.key(letter)
    hand.drag("vendredi")
    hand.key("d", "m")
    desk.saved()
    assert hand.actions == 12
    assert arguments(live) == [
        ("Actor", "armée valdore"),
        ("Recipient", "douze civils"),
        ("Location", "Sarmine"),
        ("Date", "vendredi"),
    ]
    assert events(live)[0]["modality"] == "Actual"


def test_a_frame_with_one_wrong_slot_takes_four_actions(live: Live, enter: Enter) -> None:
    """Tab to the frame, Enter, choose the right words, Shift+role letter puts them there."""
    desk = enter(live, "d2")
    hand = desk.hand
    hand.key("Tab", "Enter")
    desk.settled()
    hand.drag("trois marins")
    hand.key("Shift+R")
    desk.saved()
    assert hand.actions == 4
    assert ("Recipient", "trois marins") in arguments(live, document="d2")
    assert ("Recipient", "marine valdore") not in arguments(live, document="d2")


def test_the_same_letter_adds_another_filler(desk: Desk) -> None:
    desk.event("tué").select("douze civils").key("r").select("OLL").key("r")
    assert desk.fillers("Recipient") == ["douze civils", "OLL"]


def test_a_filler_is_taken_out_by_its_button(desk: Desk, live: Live) -> None:
    desk.event("tué").select("douze civils").key("r")
    desk.slot("Recipient").locator(".out").click()
    desk.saved()
    assert arguments(live) == []
    assert len(live.record("d1")["mentions"]) == 1


def test_a_filler_that_is_clicked_is_replaced_by_what_is_clicked_next(desk: Desk) -> None:
    desk.event("tué").select("douze civils").key("r")
    desk.slot("Recipient").locator(".words").click()
    desk.click("OLL")
    expect(desk.slot("Recipient").locator(".words")).to_have_text("OLL")


def test_a_filler_that_is_clicked_moves_to_the_role_of_a_letter(desk: Desk, live: Live) -> None:
    desk.event("tué").select("armée valdore").key("r").select("vendredi").key("d")
    desk.slot("Recipient").locator(".words").click()
    desk.key("a").saved()
    assert sorted(arguments(live)) == [("Actor", "armée valdore"), ("Date", "vendredi")]
    desk.key("Control+z").saved()
    assert sorted(arguments(live)) == [("Date", "vendredi"), ("Recipient", "armée valdore")]


def test_a_filler_that_is_clicked_moves_to_the_role_that_is_clicked(desk: Desk) -> None:
    """In place of its only filler, as whatever is in hand does."""
    desk.event("tué").select("armée valdore").key("r").select("OLL").key("a")
    desk.slot("Recipient").locator(".words").click()
    desk.slot("Actor").locator("[data-do=arm]").click()
    assert (desk.fillers("Actor"), desk.fillers("Recipient")) == (["armée valdore"], [])


def test_a_filler_moves_by_keyboard(desk: Desk) -> None:
    desk.event("tué").select("armée valdore").key("r")
    desk.slot("Recipient").locator(".words").focus()
    desk.key("Enter", "a")
    assert (desk.fillers("Actor"), desk.fillers("Recipient")) == (["armée valdore"], [])


def test_a_filler_that_does_not_fit_the_role_stays(desk: Desk) -> None:
    desk.event("tué").select("vendredi").key("d")
    desk.slot("Date").locator(".words").click()
    desk.key("l")
    assert (desk.fillers("Date"), desk.fillers("Location")) == (["vendredi"], [])


def test_what_is_picked_in_the_text_fills_another_role_besides(desk: Desk) -> None:
    desk.event("tué").select("armée valdore").key("r", "a")
    assert (desk.fillers("Actor"), desk.fillers("Recipient")) == (["armée valdore"],) * 2


def test_a_double_click_replaces_by_the_phrase(desk: Desk) -> None:
    """The first of the two clicks does nothing by itself."""
    desk.event("tué").select("OLL").key("r")
    desk.slot("Recipient").locator(".words").click()
    desk.hand.double("civils")
    expect(desk.slot("Recipient").locator(".words")).not_to_have_text("OLL")
    expect(desk.slot("Recipient").locator(".chip")).to_have_count(1)


def test_a_double_click_on_marked_words_replaces_by_the_phrase_too(desk: Desk) -> None:
    desk.mark("civils", "p").event("tué").select("OLL").key("r")
    desk.slot("Recipient").locator(".words").click()
    desk.hand.double("civils")
    expect(desk.slot("Recipient").locator(".words")).to_have_text("douze civils")


def test_a_click_that_is_followed_by_a_button_at_once_still_fills(desk: Desk, live: Live) -> None:
    """It waits for a second click, but not longer than a person does."""
    desk.mark("douze civils", "p").event("tué")
    desk.slot("Recipient").locator("[data-do=arm]").click()
    desk.hand.click("douze civils")
    desk.see(".card.active button[role=radio]").first.click()
    desk.saved()
    assert arguments(live) == [("Recipient", "douze civils")]


def test_a_click_that_is_followed_by_a_key_at_once_still_fills(desk: Desk, live: Live) -> None:
    desk.event("tué").key("Shift+L")
    desk.hand.click("Sarmine")
    desk.key("Shift+R")
    assert desk.said.startswith("Recipient: choose")
    desk.saved()
    assert arguments(live) == [("Location", "Sarmine")]


def test_a_role_is_chosen_first_with_shift(desk: Desk) -> None:
    desk.event("tué").key("Shift+L")
    assert desk.said.startswith("Location: choose")
    desk.click("Sarmine")
    expect(desk.slot("Location").locator(".words")).to_have_text("Sarmine")


def test_escape_lets_go_of_the_role_then_of_the_card(desk: Desk) -> None:
    desk.event("tué").key("Shift+L", "Escape")
    expect(desk.see(".slot.armed")).to_have_count(0)
    expect(desk.see(".card.active")).to_have_count(1)
    desk.key("Escape")
    expect(desk.see(".card.active")).to_have_count(0)


def test_shift_and_backspace_take_the_filler_out_by_key(desk: Desk, live: Live) -> None:
    desk.event("tué").select("OLL").key("r", "Escape", "Shift+R", "Backspace").saved()
    assert arguments(live) == []
    assert len(events(live)) == 1


def test_the_focus_stays_in_the_slot_when_a_filler_is_taken_out_by_key(desk: Desk) -> None:
    desk.event("tué").select("OLL").key("r")
    desk.slot("Recipient").locator(".out").focus()
    desk.key("Enter")
    expect(desk.slot("Recipient").locator("button").first).to_be_focused()


def test_digits_take_what_is_offered(desk: Desk) -> None:
    desk.event("tué")
    offer = desk.see(".slot .offer").first
    words = offer.inner_text().split("\n")[-1].lstrip("123456789 ")
    desk.key(offer.locator("kbd").inner_text())
    expect(desk.see(".card.active .chip .words").first).to_have_text(words)


def digits(desk: Desk) -> dict[str, str]:
    """What is offered in the open card: the digit of each role and words."""
    pairs = desk.see(".card.active .slot .offer").evaluate_all(
        "all => all.map((one) => [one.getAttribute('aria-label').replace(/ \\(\\d\\)$/, ''),"
        " one.querySelector('kbd').textContent])"
    )
    return dict(pairs)


def test_numbers_stay_with_what_is_offered_while_the_card_is_open(desk: Desk) -> None:
    desk.event("tué")
    before = digits(desk)
    assert list(before.values()) == [str(at + 1) for at in range(len(before))]
    desk.key("1")
    after = digits(desk)
    assert after
    assert after.items() < before.items()


def test_three_digits_as_read_fill_what_they_stood_beside(desk: Desk) -> None:
    desk.event("tué")
    before = {digit: label for label, digit in digits(desk).items()}
    roles = {digit: label.split()[1] for digit, label in before.items()}
    first = [min(d for d in roles if roles[d] == role) for role in dict.fromkeys(roles.values())]
    desk.key(*first[:3])
    for digit in first[:3]:
        words = before[digit].split(" with ")[1]
        if words not in [before[one].split(" with ")[1] for one in first[:3] if one < digit]:
            assert words in desk.fillers(roles[digit])


def test_a_card_that_is_opened_again_numbers_from_one(desk: Desk) -> None:
    desk.event("tué").key("1", "Escape", "Escape")
    expect(desk.see(".card.active")).to_have_count(0)
    desk.click("tué")
    found = list(digits(desk).values())
    assert found == [str(at + 1) for at in range(len(found))]


def test_an_attribute_letter_goes_through_the_values(desk: Desk, live: Live) -> None:
    desk.event("tué").key("m", "m").saved()
    assert events(live)[0]["modality"] == "Generic"


def test_after_the_last_value_there_is_none(desk: Desk, live: Live) -> None:
    desk.event("tué").key("y", "y", "y").saved()
    assert events(live)[0]["polarity"] is None


def test_attributes_outside_the_fields_are_kept_too(desk: Desk, live: Live) -> None:
    desk.event("tué").key("q").saved()
    assert events(live)[0]["attrs"] == [{"name": "reported", "value": "yes"}]


def test_an_event_fills_a_role_of_another(desk: Desk, live: Live) -> None:
    desk.event("frappes").event("dément", "j").key("Shift+R").click("frappes")
    expect(desk.slot("Recipient").locator(".words")).to_have_text("frappes")
    desk.saved()
    assert arguments(live, 1) == [("Recipient", "frappes")]


def test_a_second_event_on_the_same_trigger(desk: Desk, live: Live) -> None:
    desk.event("tué").press("secondEvent").key("u").saved()
    assert [(one["type"], one["triggers"][0]["text"]) for one in events(live)] == [
        ("ASSAULT", "tué"),
        ("ACCUSE", "tué"),
    ]


def test_shift_e_duplicates_the_event(desk: Desk, live: Live) -> None:
    desk.event("tué").select("Sarmine").key("l", "Shift+E").saved()
    assert arguments(live, 0) == arguments(live, 1) == [("Location", "Sarmine")]


def test_a_trigger_in_two_pieces(desk: Desk, live: Live) -> None:
    desk.event("ont").select("douze").key("+").saved()
    assert events(live)[0]["triggers"][0]["text"] == "ont douze"


def test_the_type_is_put_right_in_the_card(desk: Desk, live: Live) -> None:
    desk.event("tué")
    desk.see(".card.active select").first.select_option("COERCE")
    desk.saved()
    assert events(live)[0]["type"] == "COERCE"


def test_backspace_deletes_the_open_event_and_keeps_the_mentions(desk: Desk, live: Live) -> None:
    desk.event("tué").select("Sarmine").key("l", "Escape", "Backspace").saved()
    assert events(live) == []
    assert len(live.record("d1")["mentions"]) == 1


def test_clicking_a_trigger_opens_its_card(desk: Desk) -> None:
    desk.event("tué").key("Escape").click("tué")
    expect(desk.see(".card.active .quote").first).to_have_text("tué")


def test_a_letter_that_means_nothing_does_nothing(desk: Desk, live: Live) -> None:
    desk.event("tué").key("z", "x").saved()
    assert live.record("d1")["revision"] == 1


def test_a_filler_of_the_wrong_type_is_refused_in_words(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").event("tué").click("Sarmine").key("d").saved()
    assert desk.said.startswith("Date takes")
    assert arguments(live) == []


def test_without_words_an_event_is_refused(desk: Desk) -> None:
    desk.key("e")
    assert desk.said == "Select some words first"


def test_a_required_role_shows_until_it_is_filled(rich: Live, enter: Enter) -> None:
    desk = enter(rich).event("tué")
    expect(desk.see(".card .checks")).to_have_text("Still required: Attacker")
    desk.select("OLL").key("a")
    expect(desk.see(".card .checks")).to_have_count(0)


def test_a_role_of_one_filler_takes_the_new_one_instead(rich: Live, enter: Enter) -> None:
    desk = enter(rich).event("tué").select("OLL").key("a").select("armée").key("a")
    assert desk.fillers("Attacker") == ["armée"]


def test_a_role_takes_a_string_of_its_list(rich: Live, enter: Enter) -> None:
    desk = enter(rich).event("tué")
    desk.slot("Weapon").locator("select").select_option("bomb")
    desk.saved()
    assert arguments(rich) == [("Weapon", "bomb")]


def test_a_role_takes_any_string_that_is_typed(rich: Live, enter: Enter) -> None:
    desk = enter(rich).event("tué")
    desk.slot("Reason").locator("input").fill("revenge")
    desk.slot("Reason").locator("input").press("Enter")
    desk.saved()
    assert arguments(rich) == [("Reason", "revenge")]


def test_an_attribute_without_values_is_typed(rich: Live, enter: Enter) -> None:
    desk = enter(rich).event("tué").key("n")
    desk.page.keyboard.type("odd")
    desk.key("Enter").saved()
    assert events(rich)[0]["attrs"] == [{"name": "note", "value": "odd"}]


def test_arcs_are_drawn_for_the_open_event_only(desk: Desk) -> None:
    desk.event("tué").select("Sarmine").key("l")
    expect(desk.see(".arcs path").first).to_be_attached()
    desk.key("Escape", "Escape")
    expect(desk.see(".arcs path")).to_have_count(0)
