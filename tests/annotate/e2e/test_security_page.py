"""What is written in a document, schema or rule never runs, and no other page writes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.annotate.e2e import dispatches
from tests.annotate.e2e.screen import Screen
from tests.annotate.e2e.serving import Server
from tests.conftest import chromium

#: Runs wherever it is taken for markup, and says so.
EVIL = (
    "<script>window.__hit = 1</script><img src=x onerror='window.__hit = 2'>"
    "<svg onload='window.__hit = 3'></svg><a href='javascript:window.__hit = 4'>here</a>"
)
RULES = (
    f"# {EVIL}\n\n{EVIL}\n\n[here](javascript:window.__hit=5) ![there](x) <{EVIL}>\n\n"
    f"| {EVIL} | [a](JaVaScRiPt:window.__hit=6) |\n|---|---|\n| `{EVIL}` | b |\n"
)
NAME = "<img src=x onerror='window.__hit = 7'>"


@pytest.fixture
def hostile(
    tmp_path: Path, serve: Callable[..., Server], enter: Callable[..., Screen]
) -> Iterator[Screen]:
    """A document, schema and rules of which everything is markup; nothing has run at the end."""
    said = json.dumps(EVIL)
    schema = dispatches.SCHEMA.replace('"a group or an army"', said)
    schema = schema.replace('"what it is about"', said).replace('"fighting"', said)
    schema = schema.replace('values.relief = "help"', f"values.{said} = {said}")
    schema = schema.replace('"violence against people or things"', said)
    schema = schema.replace('"who attacks"', said).replace('"it is affirmed"', said)
    document = dispatches.bare(NAME, f"{EVIL} Bamba", 5, EVIL)
    document = msgspec.structs.replace(
        document, meta=msgspec.structs.replace(document.meta, agency=EVIL, place=EVIL)
    )
    corpus = dispatches.corpus(tmp_path / "news", document, schema=schema)
    (corpus / "GUIDELINES.md").write_text(RULES)
    screen = enter(serve(corpus, tmp_path / "project.db"))
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url))
    yield screen
    screen.hand.settle()
    assert screen.page.evaluate("() => window.__hit") is None
    assert [url for url in asked if url.endswith("/x")] == []
    assert screen.part("[href^='javascript' i]").count() == 0
    assert screen.faults == []


def test_text_and_title_are_shown_as_they_are(hostile: Screen) -> None:
    expect(hostile.part("[data-pane=text]")).to_have_text(f"{EVIL} Bamba")
    hostile.shows(EVIL)


def test_guidelines_are_text_and_harmless_links(hostile: Screen) -> None:
    hostile.hand.press("[data-do=guidelines]")
    expect(hostile.part("#guide")).to_contain_text(EVIL)
    for link in hostile.part("#guide a").all():
        link.click()


def test_the_schema_says_it_in_words(hostile: Screen) -> None:
    """In its types, roles, attributes and labels, in the palette and among the keys."""
    hostile.hand.jump("Bamba")
    hostile.hand.key("o", "e", "a", "y")
    hostile.hand.press("#tab-labels")
    hostile.hand.press("#board button[data-do=label] >> nth=1")
    hostile.hand.press("#tab-history")
    expect(hostile.part("#board")).to_contain_text(EVIL[:40])
    hostile.hand.key("?")
    expect(hostile.part("dialog")).to_contain_text(EVIL)
    hostile.hand.key("Escape", "Control+k")
    expect(hostile.part("dialog")).to_contain_text(EVIL)


def test_comments_and_names_are_said_in_words(hostile: Screen) -> None:
    hostile.hand.key("f", "f", "f", ";")
    hostile.page.keyboard.insert_text(EVIL)
    hostile.hand.key("Control+Enter")
    expect(hostile.part("#board .note")).to_contain_text(EVIL)


OPERATION: dict[str, Any] = {
    "id": str(UUID(int=7)),
    "base": 0,
    "verb": "mark",
    "of": None,
    "note": None,
    "changes": [
        {
            "list": "mentions",
            "id": "m0000001",
            "before": None,
            "after": {"id": "m0000001", "type": "GPE", "start": 0, "end": 3, "text": "GAO"},
        }
    ],
}
#: Tries to write in all ways that a page has; says when it has tried all of them.
FOREIGN = """<!doctype html><meta charset="utf-8"><title>elsewhere</title>
<iframe name="frame"></iframe>
<form method="post" enctype="text/plain" target="frame" action="{address}">
<input name='{head}' value='{tail}'></form>
<script>
const body = {body};
const tries = [
  {{method: "POST", mode: "no-cors", credentials: "include", body}},
  {{method: "POST", credentials: "include", body,
    headers: {{"x-glose": "1", "content-type": "application/json"}}}},
  {{method: "POST", credentials: "include", body, headers: {{"content-type": "text/plain"}}}},
].map((how) => fetch("{address}", how).catch(() => {{}}));
document.querySelector("iframe").addEventListener("load", () => {{ window.sent = true; }});
document.forms[0].submit();
Promise.all(tries).then(() => {{ document.title = "tried"; }});
</script>"""


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str], int]]:
    """What serves a page on a port of its own."""
    servers: list[HTTPServer] = []

    def served(page: str) -> int:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the name that http.server calls
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        servers.append(HTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever).start()
        return servers[-1].server_port

    yield served
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def app(
    corpus: Path, tmp_path: Path, serve: Callable[..., Server], enter: Callable[..., Screen]
) -> tuple[Server, Screen]:
    server = serve(corpus, tmp_path / "project.db")
    return server, enter(server, "n1")


def revision(screen: Screen) -> int:
    """Return how many operations the record has."""
    found: int = screen.fetch("/api/document?id=n1&layer=ana")["revision"]
    return found


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("127.0.0.1", id="on another port, which gets the cookie"),
        pytest.param("localhost", id="on another name"),
    ],
)
def test_a_page_from_elsewhere_changes_nothing(
    app: tuple[Server, Screen], elsewhere: Callable[[str], int], host: str
) -> None:
    """Neither by a form nor by fetch, though the browser has the cookie."""
    server, screen = app
    body = json.dumps(OPERATION)
    # A form of plain text sends name=value, so the sign between them is put into the note.
    head, tail = body.replace('"note": null', '"note": "="').split("=")
    address = f"{server.home}api/operations?id=n1&layer=ana"
    page = FOREIGN.format(address=address, body=json.dumps(body), head=head, tail=tail)
    other = screen.page.context.new_page()
    other.goto(f"http://{host}:{elsewhere(page)}/")
    other.wait_for_function("() => document.title === 'tried' && window.sent")

    assert revision(screen) == 0


def test_the_app_itself_may_write_the_same(app: tuple[Server, Screen]) -> None:
    """So it is not for its words that the operation is refused to others."""
    _, screen = app
    headers = {"x-glose": "1", "content-type": "application/json"}
    screen.fetch(
        "/api/operations?id=n1&layer=ana",
        method="POST", headers=headers, body=json.dumps(OPERATION),
    )  # fmt: skip

    assert revision(screen) == 1


@pytest.fixture
def misled(browser: Browser) -> Iterator[Page]:
    """A browser for which every name leads to this machine."""
    args = ["--no-sandbox", "--host-resolver-rules=MAP * 127.0.0.1"]
    other = browser.browser_type.launch(executable_path=chromium(), args=args)
    yield other.new_page()
    other.close()


def test_another_name_that_leads_here_is_refused(app: tuple[Server, Screen], misled: Page) -> None:
    """DNS rebinding: not even the token helps, and it still lets its owner in."""
    server, _ = app
    server.kill()
    server.start()
    token = server.address.split("?")[1]
    answer = misled.goto(f"http://glose.example:{server.port}/?{token}")
    assert answer is not None
    assert answer.status == 403
    assert misled.context.cookies() == []
