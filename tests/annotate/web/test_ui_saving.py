"""What is saved and what waits: the line below, the server gone and back, conflicts, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.annotate.web.desk import Desk

if TYPE_CHECKING:
    from tests.annotate.web.conftest import Live


def offline(desk: Desk, state: bool) -> None:
    desk.page.context.set_offline(state)


@pytest.fixture
def conflict(desk: Desk, live: Live) -> Desk:
    """Ana made an organisation of Sarmine while bo, whom she could not see, made a place of it."""
    desk.mark("Sarmine", "g").saved()
    offline(desk, True)
    desk.key("o")
    live.alter("d1", "mentions", type="LOC")
    offline(desk, False)
    expect(desk.see("#status [data-do=conflicts]")).to_be_visible()
    return desk


def test_what_cannot_be_sent_is_counted(desk: Desk) -> None:
    offline(desk, True)
    desk.mark("Sarmine", "g")
    expect(desk.see("#status .saved")).to_contain_text("1 waiting")
    offline(desk, False)


def test_work_goes_on_without_the_server(desk: Desk, live: Live) -> None:
    offline(desk, True)
    desk.event("tué").select("Sarmine").key("l")
    assert desk.fillers("Location") == ["Sarmine"]
    offline(desk, False)
    desk.saved()
    assert len(live.record("d1")["events"][0]["args"]) == 1


def test_what_waits_is_explained(desk: Desk) -> None:
    offline(desk, True)
    desk.mark("Sarmine", "g")
    expect(desk.see("#status .saved")).to_contain_text("waiting")
    desk.press("saving")
    expect(desk.see("dialog")).to_contain_text("kept in this browser")
    desk.key("Escape")
    offline(desk, False)
    desk.saved()


def test_a_conflict_shows_both_sides(conflict: Desk) -> None:
    conflict.press("conflicts")
    expect(conflict.see("dialog .sides > div").nth(0)).to_contain_text("LOC")
    expect(conflict.see("dialog .sides > div").nth(1)).to_contain_text("ORG")


@pytest.mark.parametrize(
    ("choice", "types"),
    [
        pytest.param("Keep theirs", ["LOC"], id="theirs stays"),
        pytest.param("Take mine", ["ORG"], id="mine takes its place"),
        pytest.param("Keep both", ["LOC", "ORG"], id="both stay"),
    ],
)
def test_a_conflict_is_settled(conflict: Desk, live: Live, choice: str, types: list[str]) -> None:
    conflict.press("conflicts").press("resolveConflict", choice)
    expect(conflict.see("dialog")).to_have_count(0)
    conflict.saved()
    assert [one["type"] for one in live.record("d1")["mentions"]] == types


def test_edits_of_different_things_need_no_choice(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g").saved()
    offline(desk, True)
    desk.mark("OLL", "o")
    live.alter("d1", "mentions", type="LOC")
    offline(desk, False)
    desk.saved()
    assert [one["type"] for one in live.record("d1")["mentions"]] == ["LOC", "ORG"]


def test_another_tab_shows_what_was_done_in_this(desk: Desk) -> None:
    other = Desk.open(desk.page.context, desk.page.url)
    desk.mark("Sarmine", "g").saved()
    expect(other.see("#tab-events")).to_be_visible()
    expect(other.see(".glose-text i[data-id]").first).to_be_attached()


def test_a_reload_before_the_answer_loses_nothing(desk: Desk, live: Live) -> None:
    desk.mark("Sarmine", "g")
    desk.page.reload()
    desk.page.wait_for_selector(".glose-text .block")
    desk.saved()
    assert [one["text"] for one in live.record("d1")["mentions"]] == ["Sarmine"]


@pytest.fixture
def refused(desk: Desk) -> Desk:
    """Ana marked Sarmine, and the server would not have it."""
    answer = '{"error": "mention m1: the text has changed"}'
    desk.page.route(
        "**/api/operations*",
        lambda route: route.fulfill(status=422, content_type="application/json", body=answer),
    )
    desk.mark("Sarmine", "g")
    expect(desk.see("#status [data-do=conflicts]")).to_be_visible()
    desk.page.unroute("**/api/operations*")
    return desk


def test_a_refused_edit_says_why(refused: Desk) -> None:
    refused.press("conflicts")
    expect(refused.see("dialog")).to_contain_text("the text has changed")


def test_a_refused_edit_is_tried_again(refused: Desk, live: Live) -> None:
    refused.press("conflicts").press("retry")
    expect(refused.see("dialog")).to_have_count(0)
    refused.saved()
    assert [one["text"] for one in live.record("d1")["mentions"]] == ["Sarmine"]


def test_a_refused_edit_is_given_up(refused: Desk, live: Live) -> None:
    refused.press("conflicts").press("discard")
    expect(refused.see("dialog")).to_have_count(0)
    refused.saved()
    assert live.record("d1")["mentions"] == []
