"""A page of its own for the text pane, served as strictly as the app is."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.annotate.web.text.pane import STORY, Pane

HERE = Path(__file__).parent
WEB = HERE.parents[3] / "annotate" / "web"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"


class Files(http.server.SimpleHTTPRequestHandler):
    """Serves the app's modules and the page beside this file."""

    def translate_path(self, path: str) -> str:
        if path.startswith("/web/"):
            return str(WEB / path.removeprefix("/web/"))
        return str(HERE / ("page.html" if path == "/" else path.strip("/")))

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def _page(browser: Browser, address: str) -> Iterator[Pane]:
    page = browser.new_page(viewport={"width": 900, "height": 700})
    pane = Pane(page)
    page.goto(address)
    page.wait_for_function("() => 'show' in globalThis")
    yield pane
    page.close()


@pytest.fixture
def pane(_page: Pane) -> Iterator[Pane]:
    _page.faults.clear()
    _page.text = STORY
    _page.page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
    yield _page
    assert _page.faults == [], "the page has thrown, or broken its content security policy"
