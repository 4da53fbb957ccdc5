"""The report in a real browser, which must not load anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

Open = Callable[..., Page]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """What opens the text of a page; the test fails if it loads or complains about anything."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, offline=True)
    told: list[str] = []

    def closed(dialog: Dialog) -> None:
        told.append("a dialog")
        dialog.dismiss()

    def opened(text: str, width: int = 1200, height: int = 900) -> Page:
        (tmp_path / "report.html").write_text(text, encoding="utf-8")
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", closed)
        page.on("request", lambda request: told.append(request.url))
        page.goto((tmp_path / "report.html").as_uri())
        return page

    yield opened
    context.close()
    addresses = ("file://", "data:")
    assert [line for line in told if not line.startswith(addresses)] == []
