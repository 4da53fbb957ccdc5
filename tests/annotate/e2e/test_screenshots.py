"""Every view of the app can be reached and shows something; GLOSE_SCREENSHOTS keeps the pictures.

GLOSE_SCREENSHOTS=docs/annotate pytest tests/annotate/e2e/test_screenshots.py
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from tests.annotate.e2e.pictures import smaller
from tests.annotate.e2e.screen import Screen
from tests.annotate.e2e.serving import Server

from glose.corpus import jsonl, schema
from glose.corpus.document import ANNOTATIONS, Document, Status

SAMPLES = Path(__file__).parents[3] / "corpus/samples"
PREDICTED = Path(__file__).with_name("predicted.jsonl")
#: Bytes that a picture of a page may have, and those that a page without anything has at most.
MOST, BLANK = 150_000, 12_000
DONE, HALF, FRESH, SUGGESTED = "depeche-001", "depeche-007", "depeche-004", "depeche-022"


def corpus(folder: Path) -> Path:
    """Write some dispatches of the sample: one done by ana, one half done, others not begun."""
    folder.mkdir()
    wanted = [f"depeche-{number:03}" for number in (1, 4, 5, 6, 7, 16, 17, 18, 22, 23)]
    gold = [one for one in jsonl.read(SAMPLES / "gold.jsonl") if one.id in wanted]
    jsonl.write(folder / "documents.jsonl", map(bare, gold))
    mine = [one for one in gold if one.id in {DONE, HALF}]
    jsonl.write(folder / "ana.jsonl", [begun(one) for one in mine])
    (folder / "schema.toml").write_bytes(schema.content("plover"))
    return folder


def bare(document: Document) -> Document:
    nothing: dict[str, tuple[()]] = dict.fromkeys(ANNOTATIONS, ())
    return msgspec.structs.replace(document, layer="text", status=Status(), **nothing)


def begun(document: Document) -> Document:
    state = "done" if document.id == DONE else "in-progress"
    status = msgspec.structs.replace(document.status, state=state)
    events = document.events if state == "done" else document.events[:7]
    known = {one.id for part in (document.mentions, document.entities, events) for one in part}
    kept = tuple(
        msgspec.structs.replace(one, args=tuple(arg for arg in one.args if arg.ref in known))
        for one in events
    )
    return msgspec.structs.replace(
        document, layer="ana", status=status, events=kept, event_clusters=()
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("pictures")
    server = Server(
        corpus(folder / "dispatches"), str(folder / "project.db"),
        "--guidelines", SAMPLES / "GUIDELINES.md", "--suggestions", PREDICTED,
    )  # fmt: skip
    yield server
    server.kill()


@pytest.fixture(scope="module")
def window(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A browser that has been let in."""
    window = browser.new_context(viewport={"width": 1200, "height": 780}, locale="en-GB")
    window.set_default_timeout(30_000)
    Screen.open(window, server.address).page.close()
    yield window
    window.close()


Open = Callable[[str], Screen]


@pytest.fixture
def show(window: BrowserContext, server: Server) -> Iterator[Open]:
    """What opens a document in a new tab."""
    opened: list[Screen] = []

    def shown(document: str) -> Screen:
        opened.append(Screen.open(window, server.home, document))
        return opened[-1]

    yield shown
    for screen in opened:
        assert screen.faults == []
        screen.page.close()


def card(show: Open) -> Screen:
    screen = show(HALF)
    screen.hand.click("interdire")
    expect(screen.part(".card.active")).to_be_visible()
    return screen


def suggestions(show: Open) -> Screen:
    screen = show(SUGGESTED)
    while not screen.part("article.ghostly.picked dl").count():
        screen.hand.key("Tab")
    return screen


def chains(show: Open) -> Screen:
    screen = show(DONE)
    screen.hand.press("#tab-chains")
    screen.hand.press("#board [data-do=openChain]")
    expect(screen.part("#board .chain.open .mentions")).to_be_visible()
    return screen


def palette(show: Open) -> Screen:
    screen = card(show)
    screen.hand.key("Control+k")
    screen.hand.write("event")
    expect(screen.part("#palette-list [role=option]").first).to_be_visible()
    return screen


def keys(show: Open) -> Screen:
    screen = card(show)
    screen.hand.key("?")
    expect(screen.part("dialog")).to_contain_text("Make the selection or word the trigger")
    return screen


def history(show: Open) -> Screen:
    screen = show(FRESH)
    screen.hand.jump("Damas")
    screen.hand.key("g")
    screen.hand.jump("rejeté")
    screen.hand.key("e", "j")
    screen.hand.click("Damas")
    screen.hand.key("a", "m", "Control+z")
    screen.saved()
    screen.hand.press("#tab-history")
    expect(screen.part("#board .log li")).to_have_count(5)
    return screen


def hints(show: Open) -> Screen:
    screen = show(HALF)
    screen.hand.key("f")
    expect(screen.part(".over.hints > div").first).to_be_visible()
    return screen


def again(show: Open) -> Screen:
    screen = show("depeche-017")
    screen.hand.jump("FAD")
    screen.hand.key("o", "*")
    expect(screen.part("#again li").first).to_be_visible()
    return screen


def conflict(show: Open) -> Screen:
    other, screen = show("depeche-005"), show("depeche-005")
    screen.clash(other, "Bruxelles")
    screen.hand.press("#status [data-do=conflicts]")
    expect(screen.part("dialog.conflicts .sides")).to_be_visible()
    return screen


def comments(show: Open) -> Screen:
    screen = show("depeche-006")
    screen.hand.double("combattants du")
    screen.hand.key("p", ";")
    screen.hand.write("Jusqu'où va ce groupe ?")
    screen.hand.key("Control+Enter")
    screen.hand.double("mont Hermal")
    screen.hand.key("!")
    expect(screen.part("#board .note")).to_have_count(2)
    return screen


def guidelines(show: Open) -> Screen:
    screen = card(show)
    screen.hand.press("[data-do=guidelines]")
    expect(screen.part("#guide .prose :is(h2, h3)").first).to_be_visible()
    return screen


def narrow(show: Open) -> Screen:
    screen = show(HALF)
    screen.page.set_viewport_size({"width": 640, "height": 780})
    screen.hand.click("interdire")
    expect(screen.part(".card.active")).to_be_visible()
    return screen


def dark(show: Open) -> Screen:
    screen = card(show)
    screen.page.emulate_media(color_scheme="dark")
    return screen


VIEWS: dict[str, Callable[[Open], Screen]] = {
    "card": card,
    "suggestions": suggestions,
    "chains": chains,
    "palette": palette,
    "keys": keys,
    "hints": hints,
    "same-again": again,
    "history": history,
    "comments": comments,
    "guidelines": guidelines,
    "narrow": narrow,
    "dark": dark,
    # Last, since the line below says in all documents that one needs a choice.
    "conflict": conflict,
}


@pytest.mark.parametrize("name", VIEWS)
def test_each_view_shows_something(show: Open, name: str) -> None:
    """A picture of it is neither blank nor too large for the manual."""
    screen = VIEWS[name](show)
    screen.page.mouse.move(600, 770)
    screen.hand.settle()
    picture = screen.page.screenshot(animations="disabled", caret="hide")
    folder = os.environ.get("GLOSE_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        picture = smaller(picture)
        (Path(folder) / f"{name}.png").write_bytes(picture)
        assert len(picture) < MOST

    assert len(picture) > BLANK
