"""For everybody: no serious fault by axe on any panel, focus, names, narrow and dark windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.annotate.web.desk import Desk

if TYPE_CHECKING:
    from tests.annotate.web.conftest import Live

Enter = Callable[..., Desk]

#: What is done before the page is looked at.
VIEWS: dict[str, Callable[[Desk], object]] = {
    "nothing is marked": lambda desk: desk,
    "a card is open": lambda desk: desk.event("tué").select("Sarmine").key("l"),
    "a mention is picked": lambda desk: desk.mark("vendredi", "d"),
    "the bar at the pointer": lambda desk: desk.select("Sarmine"),
    "types of events are asked for": lambda desk: desk.select("tué").key("e"),
    "chains": lambda desk: (
        desk.mark("Sarmine", "g").mark("Sarmine", "g", 1).key("=", "Enter").tab("chains")
    ).press("openChain"),
    "comments": lambda desk: desk.select("selon").key("!").tab("comments"),
    "history": lambda desk: desk.mark("Sarmine", "g").saved().tab("history"),
    "guidelines": lambda desk: desk.press("guidelines"),
    "the palette": lambda desk: desk.key("Control+k"),
    "the keys": lambda desk: desk.key("?"),
    "same again": lambda desk: desk.mark("Sarmine", "g").key("*"),
    "hints": lambda desk: desk.key("f"),
}


def faults(desk: Desk) -> list[str]:
    """What axe finds serious or critical, one line each."""
    found = Axe().run(desk.page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:140]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(desk: Desk, scheme: Literal["light", "dark"]) -> None:
    """All views on one page, one after the other, since to look takes seconds."""
    desk.page.emulate_media(color_scheme=scheme)
    found = {}
    for name, view in VIEWS.items():
        desk.page.reload()
        desk.page.wait_for_selector(".glose-text .block")
        desk.settled()
        view(desk)
        found[name] = faults(desk)
        desk.key("Escape", "Escape", "Escape")
    desk.page.emulate_media(color_scheme="light")
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_axe_finds_nothing_serious_in_suggestions(live: Live, enter: Enter) -> None:
    assert faults(enter(live, "d2").key("Tab")) == []


def test_axe_finds_nothing_serious_in_labels_relations_and_templates(
    rich: Live, enter: Enter
) -> None:
    desk = enter(rich).event("tué")
    found = faults(desk)
    for name in ("labels", "relations", "templates"):
        found += faults(desk.tab(name))
    assert found == []


def test_f6_goes_from_pane_to_pane_and_back(desk: Desk) -> None:
    panes = []
    for _ in range(5):
        desk.key("F6")
        panes.append(
            desk.page.evaluate(
                "() => document.activeElement.closest('#text,#panel,#status,#documents,#top').id"
            )
        )
    assert panes == ["panel", "status", "documents", "top", "text"]


def test_arrows_go_through_the_tabs(desk: Desk) -> None:
    desk.key("F6", "ArrowRight")
    expect(desk.see("[role=tab][aria-selected=true]")).to_have_text("Chains")
    expect(desk.see("[role=tab][aria-selected=true]")).to_be_focused()


def test_letters_mean_nothing_outside_the_text(desk: Desk, live: Live) -> None:
    desk.click("Sarmine").key("F6", "g", "p")
    assert live.record("d1")["revision"] == 0


def test_what_happens_is_announced(desk: Desk) -> None:
    desk.mark("Sarmine", "g")
    expect(desk.see("#announce")).to_contain_text("New mention GPE")


def test_there_are_landmarks_and_one_heading_of_the_document(desk: Desk) -> None:
    for tag in ("body > header", "nav", "main", "aside", "footer"):
        expect(desk.see(tag).first).to_be_attached()
    expect(desk.see("h1")).to_have_count(1)


def test_focus_can_be_seen(desk: Desk) -> None:
    desk.key("F6")
    width = desk.page.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
    assert width == "2px"


@pytest.mark.parametrize("width", [1200, 800])
def test_narrow_windows_show_text_and_card(desk: Desk, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.event("tué")
    desk.page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
    expect(desk.see(".card.active")).to_be_in_viewport()
    expect(desk.see(".glose-text")).to_be_in_viewport()
    desk.page.set_viewport_size({"width": 1440, "height": 900})


def test_print_has_the_text_and_the_cards_alone(desk: Desk) -> None:
    desk.event("tué")
    desk.page.emulate_media(media="print")
    for selector in ("#top", "#documents", "#status", "#legend", "#tabs"):
        expect(desk.see(selector)).to_be_hidden()
    expect(desk.see(".glose-text")).to_be_visible()
    desk.page.emulate_media(media="screen")


def test_markup_in_a_title_stays_text(desk: Desk) -> None:
    """Nothing on the page is made from markup."""
    desk.select("selon").key(";")
    desk.page.keyboard.type("<img src=x onerror=alert(1)>")
    desk.key("Control+Enter")
    expect(desk.see(".note p")).to_have_text("<img src=x onerror=alert(1)>")
    assert desk.see(".note img").count() == 0
