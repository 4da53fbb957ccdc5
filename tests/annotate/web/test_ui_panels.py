"""What stands around the text: documents, guidelines, palette, keys, history, remarks, labels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.annotate.web import story
from tests.annotate.web.desk import Desk

if TYPE_CHECKING:
    from tests.annotate.web.conftest import Live

Enter = Callable[..., Desk]


def titles(desk: Desk) -> list[str]:
    return desk.see("#documents .title").all_inner_texts()


def test_documents_stand_in_the_order_of_the_queue(live: Live, enter: Enter) -> None:
    live.project.order(["d3", "d1"])
    assert titles(enter(live)) == ["Dispatch 3", "Dispatch 1", "Dispatch 2"]


def test_documents_are_found_by_typing(desk: Desk) -> None:
    desk.page.fill("[data-input=findDocuments]", "PATCH d2")
    expect(desk.see("#documents .title")).to_have_text(["Dispatch 2"])


def test_what_is_half_done_is_listed(desk: Desk) -> None:
    desk.mark("Sarmine", "g").saved().press("listDocuments", "Half done")
    expect(desk.see("#documents .title")).to_have_text(["Dispatch 1"])


def test_a_document_in_which_all_was_undone_is_not_begun(desk: Desk) -> None:
    desk.mark("Sarmine", "g").key("Control+z").saved()
    meter = desk.see("#documents .meter")
    expect(meter).to_have_attribute("aria-label", "0 done, 0 half done, 3 not begun")
    desk.page.reload()
    expect(meter).to_have_attribute("aria-label", "0 done, 0 half done, 3 not begun")


def test_a_document_that_only_has_a_comment_is_half_done(desk: Desk) -> None:
    desk.click("Sarmine").key("!").saved()
    expect(desk.see("#documents .meter")).to_have_attribute(
        "aria-label", "0 done, 1 half done, 2 not begun"
    )


def test_a_document_is_opened_by_clicking(desk: Desk) -> None:
    desk.press("open", "Dispatch 2")
    expect(desk.see("h1")).to_have_text("Dispatch 2")


def test_done_opens_the_next(desk: Desk, live: Live) -> None:
    desk.key("Control+Enter")
    expect(desk.see("h1")).to_have_text("Dispatch 2")
    desk.press("open", "Dispatch 1")
    expect(desk.see("h1")).to_have_text("Dispatch 1")
    desk.saved()
    status = live.record("d1")["status"]
    assert (status["state"], status["annotated"]) == ("done", ["mentions", "entities", "events"])


def test_the_progress_counts_what_is_done(desk: Desk) -> None:
    desk.key("Control+Enter")
    expect(desk.see("#documents .meter")).to_have_attribute(
        "aria-label", "1 done, 0 half done, 2 not begun"
    )


def test_the_address_keeps_the_document(desk: Desk) -> None:
    desk.press("open", "Dispatch 3")
    expect(desk.see("h1")).to_have_text("Dispatch 3")
    desk.page.reload()
    expect(desk.see("h1")).to_have_text("Dispatch 3")


def test_an_address_that_means_nothing_shows_the_next_document(live: Live, enter: Enter) -> None:
    """`%` begins an escape that has no end."""
    desk = enter(live, "%")

    expect(desk.see("#heading")).to_contain_text("Dispatch 1")


def test_the_layer_of_somebody_else_is_only_for_reading(live: Live, enter: Enter) -> None:
    desk = enter(live, "d3")
    desk.page.select_option("[data-change=layer]", "bo")
    expect(desk.see("#heading")).to_contain_text("read only")
    expect(desk.see(".glose-text [data-id=m1]").first).to_be_attached()
    desk.mark("lundi", "d")
    assert desk.said == "This layer is only for reading"


def test_guidelines_are_drawn_and_never_run(desk: Desk) -> None:
    desk.press("guidelines")
    expect(desk.see("#guide .prose em")).to_have_text("every")
    expect(desk.see("#guide .prose td").first).to_have_text("ASSAULT")
    expect(desk.see("#guide .prose ol ul li")).to_have_count(2)
    assert desk.page.evaluate("() => window.hacked") is None
    assert desk.see("#guide script").count() == 0


def test_the_description_of_the_type_stands_below(desk: Desk) -> None:
    desk.event("tué")
    expect(desk.see("#guide .strip")).to_contain_text("bombing, shooting")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("assault", "ASSAULT", id="a type"),
        pytest.param("duplic", "Duplicate the open event", id="a command"),
        pytest.param("patch 3", "Dispatch 3", id="a document"),
        pytest.param("chains", "Chains", id="a panel"),
    ],
)
def test_the_palette_finds(desk: Desk, typed: str, shown: str) -> None:
    desk.key("Control+k")
    desk.page.keyboard.type(typed)
    expect(desk.see("dialog [role=option]").first).to_contain_text(shown)


def test_the_palette_runs_what_it_found(desk: Desk, live: Live) -> None:
    desk.select("Sarmine").key("Control+k")
    desk.page.keyboard.type("gpe")
    desk.key("Enter").saved()
    assert live.record("d1")["mentions"][0]["type"] == "GPE"


def test_the_palette_says_that_it_finds_nothing(desk: Desk) -> None:
    desk.key("Control+k")
    desk.page.keyboard.type("zzz")
    expect(desk.see("dialog .none")).to_have_text("Nothing is called that.")


def test_focus_goes_back_to_the_text(desk: Desk) -> None:
    desk.key("Control+k", "Escape")
    assert desk.page.evaluate("() => document.activeElement.id") == "text"


def test_the_keys_are_those_of_the_schema(desk: Desk) -> None:
    desk.key("?")
    expect(desk.see("dialog")).to_contain_text("ASSAULT: bombing, shooting")
    expect(desk.see("dialog")).to_contain_text("F6")


def test_the_keys_of_the_open_card_are_shown(desk: Desk) -> None:
    desk.event("tué").key("?")
    expect(desk.see("dialog")).to_contain_text("Recipient: whom it is done to")


def test_the_history_tells_what_was_done(desk: Desk) -> None:
    desk.event("tué").select("Sarmine").key("l").saved().tab("history")
    expect(desk.see(".log .what").first).to_contain_text("+ Location")


def test_something_done_earlier_is_taken_back(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").mark("OLL", "o").saved().tab("history")
    desk.see(".log [data-do=takeBack]").nth(1).click()
    expect(desk.see(".log li.undone")).to_have_count(1)
    desk.saved()
    assert [one["text"] for one in live.record("d1")["mentions"]] == ["OLL"]


def test_the_history_of_one_annotation(desk: Desk) -> None:
    desk.mark("Sarmine", "g").mark("OLL", "o").key("p").saved()
    desk.press("showHistory")
    expect(desk.see(".log li")).to_have_count(2)


def test_a_comment_on_what_is_picked(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").key(";")
    desk.page.keyboard.type("the town or the plain?")
    desk.key("Control+Enter").saved()
    record = live.record("d1")
    assert record["comments"][0]["target"] == record["mentions"][0]["id"]
    assert record["comments"][0]["text"] == "the town or the plain?"


def test_an_empty_comment_is_refused(desk: Desk) -> None:
    desk.tab("comments").see("form [type=submit]").click()
    expect(desk.see("#status .now")).to_have_text("Write something first")


def test_a_flag_on_selected_words(desk: Desk, live: Live) -> None:
    desk.select("selon").key("!").saved()
    found = live.record("d1")["comments"][0]
    assert (found["flag"], found["start"], found["end"]) == (True, *story.span("d1", "selon"))


def test_flagged_words_are_shown_in_the_text_beside_the_comments(desk: Desk) -> None:
    desk.select("selon").key("!").tab("comments")
    expect(desk.see(".glose-text .hit").first).to_have_text("selon")


def test_a_comment_is_resolved(desk: Desk, live: Live) -> None:
    desk.select("selon").key("!").tab("comments").press("resolve").saved()
    assert live.record("d1")["comments"][0]["resolved"] is True


def test_what_is_left_to_do_is_gone_through(desk: Desk) -> None:
    desk.select("selon").key("!", "Escape", ">")
    desk.key(">")
    assert desk.said in {"Flagged", "Nothing is marked here"}


def test_labels_of_the_document(rich: Live, enter: Enter) -> None:
    desk = enter(rich).tab("labels").press("label", "war").saved()
    desk.page.fill("[data-submit=newLabel] input", "siege")
    desk.page.press("[data-submit=newLabel] input", "Enter")
    expect(desk.see("[data-do=label][aria-pressed=true]")).to_have_count(2)
    desk.saved()
    labels = rich.record("d1")["labels"]
    assert [(one["scheme"], one["value"]) for one in labels] == [
        ("topic", "war"),
        ("keyword", "siege"),
    ]


def test_a_label_is_taken_off_by_pressing_it_again(rich: Live, enter: Enter) -> None:
    enter(rich).tab("labels").press("label", "war").press("label", "war").saved()
    assert rich.record("d1")["labels"] == []


def test_a_relation_is_filled_like_an_event(rich: Live, enter: Enter) -> None:
    desk = enter(rich).tab("relations")
    desk.page.select_option("[data-change=newRelation]", "WorksFor")
    desk.settled()
    desk.see("#text").focus()
    desk.select("civils").key("o").select("OLL")
    desk.see(".bar-at [data-do=fill]").filter(has_text="Employer").click()
    desk.saved()
    assert [arg["role"] for arg in rich.record("d1")["relations"][0]["args"]] == [
        "Worker",
        "Employer",
    ]


def test_a_template_is_a_frame_of_the_document(rich: Live, enter: Enter) -> None:
    desk = enter(rich).tab("templates")
    desk.page.select_option("[data-change=newTemplate]", "Incident")
    desk.settled()
    desk.see("#text").focus()
    desk.select("OLL").key("a").saved()
    assert rich.record("d1")["templates"][0]["args"][0]["role"] == "Attacker"
