"""The app as a person has it: a real browser, a real server process, a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from tests.annotate.e2e import dispatches
from tests.annotate.e2e.screen import Screen
from tests.annotate.e2e.serving import Server

#: Milliseconds in which something has to happen, on a machine that does much else as well.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """What starts a server on a corpus and a store; all of them end with the test."""
    servers: list[Server] = []

    def started(corpus: Path, store: object, *options: object) -> Server:
        servers.append(Server(corpus, str(store), *options))
        return servers[-1]

    yield started
    for server in servers:
        server.kill()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with two dispatches of ours that nobody has annotated, their schema and rules."""
    return dispatches.corpus(tmp_path / "news")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own, with no cookies and nothing kept."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def enter(context: BrowserContext) -> Callable[..., Screen]:
    """What opens a document of a server in a new tab; the first time with the token."""

    def entered(server: Server, document: str = "") -> Screen:
        known = context.cookies(server.home)
        return Screen.open(context, server.home if known else server.address, document)

    return entered
