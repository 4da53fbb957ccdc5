"""A server of the journal, which can be told to fail, and pages with the app's modules on it."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

WEB = Path(__file__).parents[4] / "annotate" / "web"
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
LISTS = (
    "mentions entities relations events event_clusters templates labels status comments decisions"
)
TEXT = "Des rebelles ont attaqué le village de Kibumba mardi, tuant douze civils."
UNTOUCHED: dict[str, Any] = {"state": None, "annotated": [], "guideline": None}

Item = dict[str, Any]
Answer = tuple[int, Any]


class Record:
    """One document in one layer: its journal, and what follows from it."""

    def __init__(self) -> None:
        self.entries: list[Item] = []
        self.items: dict[str, dict[str, Item]] = {name: {} for name in LISTS.split()}
        self.items["status"]["status"] = UNTOUCHED

    def submit(self, operation: Item, user: str) -> Answer:
        """Do as the real server does: known ids first, then the base, then what was before."""
        for entry in self.entries:
            if entry["id"] == operation["id"]:
                same = all(entry[key] == operation[key] for key in ("verb", "of", "changes"))
                return (200, self._accepted(entry)) if same else (422, {"error": "id is taken"})
        since = self.entries[operation["base"] :]
        if operation["base"] != len(self.entries) or not self._fits(operation["changes"]):
            return 409, {"revision": len(self.entries), "entries": since}
        if fault := self._fault(operation["changes"]):
            return 422, {"error": fault}
        return 200, self._append(operation, user)

    def _accepted(self, entry: Item) -> Item:
        return {"revision": entry["revision"], "warnings": []}

    def _append(self, operation: Item, user: str) -> Item:
        revision = len(self.entries) + 1
        at = "2026-11-23T04:05:06.123Z"
        entry = {**operation, "revision": revision, "user": user, "at": at}
        self.entries.append(entry)
        for change in operation["changes"]:
            place = self.items[change["list"]]
            place.pop(change["id"], None)
            if change["after"] is not None:
                place[change["id"]] = change["after"]
        return self._accepted(entry)

    def _fits(self, changes: list[Item]) -> bool:
        return all(self.items[c["list"]].get(c["id"]) == c["before"] for c in changes)

    def _fault(self, changes: list[Item]) -> str | None:
        """Return why the record would not hold together: a reference that leads nowhere."""
        after = {name: dict(place) for name, place in self.items.items()}
        for change in changes:
            after[change["list"]].pop(change["id"], None)
            if change["after"] is not None:
                after[change["list"]][change["id"]] = change["after"]
        there = {key for name, place in after.items() if name != "status" for key in place}
        named = (
            name
            for place in after.values()
            for item in place.values()
            for name in (*(a["ref"] for a in item.get("args", ())), *item.get("mentions", ()))
        )
        return next((f"{name} is not there" for name in named if name and name not in there), None)


class Fake:
    """The server, in a thread. `faults` holds what befalls the next operations, in order.

    A fault is a status with its sentence, or "drop" (done, but the answer is lost), or "lose"
    (neither), or an Event (the answer comes once it is set).
    """

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.user = "ana"
        self.records: dict[tuple[str, str], Record] = {}
        self.faults: deque[tuple[int, str] | str | threading.Event] = deque()
        self.lock = threading.Lock()
        self.posts: list[Item] = []
        self.port = 0
        self.start()

    def start(self) -> None:
        """Listen, on the port of the last time if there was one."""
        self.server = _Server(
            ("127.0.0.1", self.port), type("Handler", (_Handler,), {"fake": self})
        )
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def stop(self) -> None:
        """Listen no more; what was acknowledged stays."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def record(self, document: str = "d1", layer: str = "gold") -> Record:
        return self.records.setdefault((document, layer), Record())

    def act(self, *changes: Item, user: str = "ben", verb: str = "mark") -> None:
        """Let somebody else do something."""
        record = self.record()
        key = f"00000000-0000-4000-8000-{len(record.entries):012d}"
        head = {"id": key, "base": len(record.entries), "verb": verb, "of": None, "note": None}
        status, answer = record.submit({**head, "changes": list(changes)}, user)
        assert status == 200, answer

    def get(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/api/project":
            layers = [{"name": "gold", "kind": "work", "user": self.user}]
            return 200, {
                "id": self.name,
                "name": self.name,
                "user": self.user,
                "layer": "gold",
                "layers": layers,
            }
        record = self.record(query["id"], query["layer"])
        if path == "/api/history":
            return 200, {"entries": record.entries[int(query.get("since", 0)) :]}
        items = {name: list(place.values()) for name, place in record.items.items()}
        document = {"id": query["id"], "text": TEXT}
        head = {"layer": query["layer"], "editable": True, "revision": len(record.entries)}
        return 200, {"document": document, **head, "items": items}

    def post(self, query: Mapping[str, str], operation: Item) -> Answer | None:
        """Return the answer to an operation; None = none comes."""
        self.posts.append(operation)
        fault = self.faults.popleft() if self.faults else None
        if isinstance(fault, threading.Event):
            fault.wait(20)
        if isinstance(fault, tuple):
            return fault[0], {"error": fault[1]}
        if fault == "lose":
            return None
        with self.lock:
            answer = self.record(query["id"], query["layer"]).submit(operation, self.user)
        return None if fault == "drop" else answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away is no fault."""


class _Handler(BaseHTTPRequestHandler):
    fake: Fake

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/":
            self._answer(200, b"<!doctype html><title>fake</title>", ".html")
        elif path.startswith("/web/") and (WEB / path[5:]).is_file():
            self._answer(200, (WEB / path[5:]).read_bytes(), Path(path).suffix)
        elif path.startswith("/api/"):
            self._json(self.fake.get(path, self._query()))
        else:
            self._answer(404, b"", ".html")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        has_header = self.headers["x-glose"] == self.fake.name
        answer = self.fake.post(self._query(), json.loads(body)) if has_header else (403, {})
        if answer is None:
            self.close_connection = True
        else:
            self._json(answer)

    def _query(self) -> dict[str, str]:
        return {key: value[0] for key, value in parse_qs(urlsplit(self.path).query).items()}

    def _json(self, answer: Answer) -> None:
        self._answer(answer[0], json.dumps(answer[1]).encode(), ".json")

    def _answer(self, status: int, body: bytes, suffix: str) -> None:
        self.send_response(status)
        self.send_header("content-type", TYPES.get(suffix, "application/json"))
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


OPEN = """async ([document, layer]) => {
  const { Session } = await import("/web/sync/session.js");
  window.session = await Session.open({ document, layer });
  window.heard = [];
  const names = "change saved offline login conflict refused unsafe reload".split(" ");
  for (const name of names) {
    session.addEventListener(name, ({ detail }) => heard.push({ name, ...detail }));
  }
  window.mark = (id, fields) => ({ id, type: "PER", start: 4, end: 12, fragments: [],
    text: "rebelles", head: [], level: null, value: null, links: [], attrs: [], ...fields });
  window.change = (list, id, after) =>
    ({ list, id, before: session.rec.get(list, id), after });
  window.add = (id, fields) => session.do("mark", [change("mentions", id, mark(id, fields))]);
  window.set = (id, fields) => session.do("retype",
    [change("mentions", id, { ...session.rec.get("mentions", id), ...fields })]);
  window.ids = () => session.rec.all("mentions").map(({ id }) => id);
}"""


class Desk:
    """One tab with an open session; what it runs sees `session`, `heard`, `add` and `set`."""

    def __init__(
        self, page: Page, address: str, document: str = "d1", layer: str = "gold"
    ) -> None:
        self.page = page
        self.document = document
        self.layer = layer
        page.goto(address)
        self.open()

    def open(self) -> None:
        self.page.evaluate(OPEN, [self.document, self.layer])

    def reload(self) -> None:
        self.page.reload()
        self.open()

    def run(self, script: str) -> Any:  # noqa: ANN401 - what JavaScript returns
        return self.page.evaluate(f"async () => {{ {script} }}")

    def until(self, condition: str) -> None:
        self.page.wait_for_function(condition, timeout=15_000)

    def saved(self) -> None:
        self.until("session.waiting === 0")

    def saved_at_last(self) -> None:
        """Wait until all is saved; after every fault hope at once, as pauses grow to 19 s."""
        self.until("(dispatchEvent(new Event('online')), session.waiting === 0)")

    @property
    def text(self) -> str:
        """What the status line says."""
        return str(self.page.evaluate("session.state.text"))


@pytest.fixture
def fake() -> Iterator[Fake]:
    fake = Fake()
    yield fake
    fake.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    # Playwright waits for conditions by evaluating them, which the policy of the app forbids.
    context = browser.new_context(bypass_csp=True)
    yield context
    context.close()


@pytest.fixture
def desk(fake: Fake, context: BrowserContext) -> Desk:
    return Desk(context.new_page(), fake.address)


@pytest.fixture
def another(fake: Fake, context: BrowserContext) -> Callable[..., Desk]:
    """Another tab of the same browser."""

    def another(document: str = "d1") -> Desk:
        return Desk(context.new_page(), fake.address, document)

    return another
