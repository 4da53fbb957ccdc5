"""What axe-core finds where two people clash, where the server is gone, and in Arabic and emoji.

The panels and dialogs of one person at work are tested with those of the page (test_ui_access).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.annotate.e2e.people import Typist
from tests.annotate.e2e.screen import Screen
from tests.annotate.e2e.serving import Server

Scheme = Literal["light", "dark"]

#: Resolves when no colour is on its way to another: axe would look at one between the two.
CHANGED = "() => Promise.allSettled(document.getAnimations().map((one) => one.finished))"


def faults(screen: Screen) -> list[str]:
    """Return what axe finds serious or critical, one line each, light and dark."""
    lines = []
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        screen.page.emulate_media(color_scheme=scheme)
        screen.hand.settle()
        screen.page.evaluate(CHANGED)
        found = Axe().run(screen.page).response["violations"]
        lines += [
            f"{scheme}: {one['id']}: {node['html'][:140]}"
            for one in found
            if one["impact"] in {"serious", "critical"}
            for node in one["nodes"]
        ]
    return lines


@pytest.fixture
def server(corpus: Path, tmp_path: Path, serve: Callable[..., Server]) -> Server:
    return serve(corpus, tmp_path / "project.db")


def test_a_clash_of_two_tabs(server: Server, enter: Callable[..., Screen]) -> None:
    one, other = enter(server, "n1"), enter(server, "n1")
    other.clash(one)
    found = faults(other)
    other.hand.press("#status [data-do=conflicts]")
    expect(other.part("dialog.conflicts")).to_be_visible()

    assert found + faults(other) == []


def test_a_server_that_is_gone(server: Server, enter: Callable[..., Screen]) -> None:
    screen = enter(server, "n1")
    server.kill()
    screen.hand.jump("Bamba")
    screen.hand.key("g")
    screen.saving_says("1 waiting")
    found = faults(screen)
    screen.hand.press("#status [data-do=saving]")
    expect(screen.part("dialog")).to_be_visible()

    assert found + faults(screen) == []


def test_a_text_of_several_scripts_with_all_kinds_of_annotations(
    server: Server, enter: Callable[..., Screen]
) -> None:
    screen = enter(server, "n1")
    person = Typist(screen)
    for words, kind in (("المسلحين", "ORG"), ("مدينة غاو", "GPE"), ("Cafe\u0301", "ORG")):
        person.select(words)
        person.mark(kind)
    person.select("هاجموا")
    person.begin("ATTACK")
    person.pick("المسلحين")
    person.fill("Attacker")

    assert faults(screen) == []
