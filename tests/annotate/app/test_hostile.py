"""What a foreign page, a document or a request may try, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from glose.annotate.app.limits import LONGEST
from glose.annotate.store.importing import import_records
from glose.corpus.document import Document, Meta

if TYPE_CHECKING:
    from tests.annotate.app.conftest import App

SCRIPT = "<script>alert(1)</script>"
WRITE = {"x-glose": "1", "origin": "http://127.0.0.1:8000", "content-type": "application/json"}


@pytest.fixture
def operation(app: App) -> dict[str, Any]:
    """The operation that marks Gao in d0."""
    return app.mark(app.mention(25, 28, "Gao"))


def written(app: App) -> int:
    """Return how many operations the journal has on d0."""
    return len(app.project.history("d0", "ana"))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"origin": "https://evil.example"}, id="a foreign page posts"),
        pytest.param({"origin": "null"}, id="a page in a sandbox posts"),
        pytest.param({"sec-fetch-site": "cross-site"}, id="a foreign form posts"),
        pytest.param({"x-glose": ""}, id="a form without our header posts"),
        pytest.param({"content-type": "text/plain"}, id="a form posts JSON as text"),
        pytest.param({"host": "evil.example:8000"}, id="a name made to lead here posts"),
    ],
)
def test_a_foreign_page_writes_nothing(
    app: App, operation: dict[str, Any], changed: dict[str, str]
) -> None:
    body = msgspec.json.encode(operation)
    url = "/api/operations?id=d0&layer=ana"
    answer = app.client.post(url, content=body, headers=WRITE | changed)
    assert answer.status_code in {403, 415}
    assert written(app) == 0


def test_a_foreign_page_may_not_even_ask_to_write(app: App) -> None:
    """No answer to a preflight: the browser then sends nothing."""
    asked = {
        "origin": "https://evil.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "x-glose,content-type",
    }
    answer = app.client.options("/api/operations", headers=asked)
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_name_made_to_lead_here_reads_nothing(app: App) -> None:
    answer = app.client.get("/api/document?id=d0", headers={"host": "evil.example:8000"})
    assert answer.status_code == 403
    assert "bombardé" not in answer.text


def test_a_write_without_a_session_is_refused(app: App, operation: dict[str, Any]) -> None:
    url = "/api/operations?id=d0&layer=ana"
    answer = app.browser().post(url, content=msgspec.json.encode(operation), headers=WRITE)
    assert (answer.status_code, written(app)) == (401, 0)


def test_a_long_body_is_refused(app: App) -> None:
    body = b" " * (LONGEST + 1)
    answer = app.client.post("/api/operations?id=d0", content=body, headers=WRITE)
    assert (answer.status_code, list(answer.json())) == (413, ["error"])


def test_a_body_that_does_not_say_its_length_is_read_no_further_than_allowed(app: App) -> None:
    sent = []

    def parts() -> Iterator[bytes]:
        for _ in range(LONGEST // (1 << 20) + 1):
            sent.append(1)
            yield b" " * (1 << 20)

    answer = app.client.post("/api/operations?id=d0", content=parts(), headers=WRITE)
    assert answer.status_code == 413


def test_a_body_of_the_longest_length_is_read(app: App) -> None:
    body = b" " * LONGEST
    answer = app.client.post("/api/operations?id=d0", content=body, headers=WRITE)
    assert answer.status_code == 422


@pytest.mark.parametrize("length", ["-1", "1e9", "9" * 30])
def test_a_length_that_is_none_is_not_believed(app: App, length: str) -> None:
    headers = WRITE | {"content-length": length}
    answer = app.client.post("/api/operations?id=d0", content=b"{}", headers=headers)
    assert answer.status_code == 422


INJECTIONS = (
    "'; DROP TABLE operations; --",
    "d0' OR '1'='1",
    'd0" UNION SELECT token FROM sessions --',
    "d0%' ESCAPE '\\",
    "../../etc/passwd",
    "\u202ed0",
    "d" * 5000,
)


@pytest.mark.parametrize("name", INJECTIONS)
@pytest.mark.parametrize("route", ["document", "history"])
def test_sql_in_an_id_is_an_id_that_is_not_there(app: App, route: str, name: str) -> None:
    answer = app.get(f"/api/{route}", id=name)
    assert answer.status_code == 404
    assert len(app.project.documents("ana")) == 12


@pytest.mark.parametrize("name", INJECTIONS)
def test_sql_in_a_layer_is_a_layer_that_is_not_there(app: App, name: str) -> None:
    assert app.get("/api/documents", layer=name).status_code == 404


@pytest.mark.parametrize("name", INJECTIONS)
def test_sql_in_an_operation_is_not_run(app: App, name: str) -> None:
    app.operate(app.mark(app.mention(25, 28, "Gao") | {"id": name}))
    assert len(app.project.documents("ana")) == 12


@pytest.mark.parametrize("query", ["id=%00", "id=d0%00", "id=d0&layer=%00", "id=d0&item=%00"])
def test_a_nul_is_refused_before_any_database_sees_it(app: App, query: str) -> None:
    assert app.client.get(f"/api/history?{query}").status_code == 400


@pytest.mark.parametrize("since", ["-1", str(2**31), "9" * 5000])
def test_a_revision_that_no_database_counts_to_is_refused(app: App, since: str) -> None:
    answer = app.get("/api/history", id="d0", since=since)
    assert (answer.status_code, "since: " in answer.json()["error"]) == (422, True)


@pytest.mark.parametrize(
    "change", [{"base": 10**30}, {"note": "\0"}, {"verb": "import"}, {"id": "\0"}]
)
def test_no_operation_makes_the_server_stumble(
    app: App, operation: dict[str, Any], change: dict[str, Any]
) -> None:
    answer = app.operate(operation | change)
    assert (answer.status_code, list(answer.json())) == (422, ["error"])


def test_a_nul_in_an_operation_is_refused(make: Callable[[str | Path], App], stores: str) -> None:
    """By both databases alike, and the next operation goes through."""
    app = make(stores)
    item = app.mention(25, 28, "Gao")
    answers = [app.operate(app.mark(item | {"id": "m\0"})), app.operate(app.mark(item))]
    assert [answer.status_code for answer in answers] == [422, 200]


def test_script_in_a_document_comes_back_as_json_only(app: App) -> None:
    hostile = Document(id="x", layer="text", text=SCRIPT, meta=Meta(title=SCRIPT))
    import_records(app.project, [hostile], "ana", "work", "ana")
    answer = app.get("/api/document", id="x")
    assert answer.json()["document"]["text"] == SCRIPT
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_script_in_a_comment_comes_back_as_json_only(app: App) -> None:
    comment = {
        "id": "k1", "target": None, "start": None, "end": None, "text": SCRIPT, "flag": False,
        "resolved": False, "user": "ana",
    }  # fmt: skip
    change = {"list": "comments", "id": "k1", "before": None, "after": comment}
    operation = app.mark(app.mention(0, 1, "x")) | {"verb": "comment", "changes": [change]}
    assert app.operate(operation).status_code == 200
    answer = app.get("/api/document", id="d0")
    assert answer.json()["items"]["comments"][0]["text"] == SCRIPT
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    [
        f"/{SCRIPT}",
        f"/api/document?id={SCRIPT}",
        f"/api/documents?layer={SCRIPT}",
        f"/api/history?id=d0&since={SCRIPT}",
        f"/?token={SCRIPT}",
    ],
)
def test_no_error_is_a_page_with_what_was_asked_for(app: App, path: str) -> None:
    answer = app.client.get(path, follow_redirects=True)
    if answer.headers["content-type"].startswith("text/html"):
        assert SCRIPT not in answer.text
    else:
        assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    [
        "/web/../pyproject.toml",
        "/web/..%2f..%2fpyproject.toml",
        "/web/%2e%2e/%2e%2e/pyproject.toml",
        "/web/..%5c..%5cpyproject.toml",
        "/web//etc/passwd",
        "/web/%2fetc%2fpasswd",
        "/web/ui/../../../pyproject.toml",
        "/web/.git/config",
    ],
)
def test_no_path_leads_out_of_the_browser_part(app: App, path: str) -> None:
    assert app.client.get(path).status_code == 404


def test_every_answer_has_the_headers(app: App) -> None:
    answers = [app.get("/"), app.get("/api/project"), app.get("/none"), app.browser().get("/")]
    assert {answer.headers["x-frame-options"] for answer in answers} == {"DENY"}
    assert {answer.headers["referrer-policy"] for answer in answers} == {"same-origin"}


def test_no_answer_says_what_runs_here(app: App) -> None:
    assert "server" not in app.get("/api/project").headers
