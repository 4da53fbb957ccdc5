"""The server is killed under an open page; a person goes on, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.annotate.e2e.screen import Screen
from tests.annotate.e2e.serving import Server, glose


@pytest.fixture
def server(corpus: Path, stores: str, serve: Callable[..., Server]) -> Server:
    return serve(corpus, stores)


def mark(screen: Screen, *words: str) -> None:
    for word in words:
        screen.hand.jump(word)
        screen.hand.key("o")


def mentions(server: Server, out: Path) -> list[str]:
    """Return the words that are marked, as they are exported."""
    done = glose("annotate", "export", server.store, "-o", out)
    assert done.returncode == 0, done.stderr
    return [one["text"] for one in json.loads(out.read_text())["mentions"]]


def edits(server: Server) -> int:
    """Return how many operations the journal has."""
    return len(glose("annotate", "log", server.store, "--layer", "ana").stdout.splitlines())


def test_what_waits_arrives_once_the_server_is_back(
    server: Server, enter: Callable[..., Screen], tmp_path: Path
) -> None:
    screen = enter(server, "n1")
    mark(screen, "Gardiens")
    screen.saved()
    server.kill()
    mark(screen, "Bamba", "civils", "soldats")
    screen.saving_says("3 waiting")
    server.start()
    screen.saved()

    assert mentions(server, tmp_path / "out.jsonl") == ["Gardiens", "Bamba", "civils", "soldats"]
    assert edits(server) == 4
    assert screen.faults == []


def test_what_waits_in_a_tab_that_was_closed_arrives_from_the_next(
    server: Server, enter: Callable[..., Screen], tmp_path: Path
) -> None:
    screen = enter(server, "n1")
    server.kill()
    mark(screen, "Bamba", "civils")
    screen.saving_says("2 waiting")
    screen.page.close()
    server.start()
    screen = enter(server, "n1")
    expect(screen.labels()).to_have_count(2)
    screen.saved()

    assert mentions(server, tmp_path / "out.jsonl") == ["Bamba", "civils"]
    assert edits(server) == 2


def test_what_was_done_meanwhile_can_be_undone(
    server: Server, enter: Callable[..., Screen], tmp_path: Path
) -> None:
    """Undo works while the server is away, and of what was saved before."""
    screen = enter(server, "n1")
    mark(screen, "Gardiens", "Bamba")
    screen.saved()
    screen.hand.key("Control+z")
    screen.saved()
    server.kill()
    mark(screen, "civils")
    screen.hand.key("Control+z", "Control+z")
    screen.saving_says("3 waiting")
    server.start()
    screen.saved()

    assert mentions(server, tmp_path / "out.jsonl") == []
    assert screen.shown() == []
