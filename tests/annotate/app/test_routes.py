"""The routes of the app, on a real store: d0 is "L'armée russe a bombardé Gao lundi."."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from starlette.requests import Request
from starlette.types import Message

from glose.annotate.app.routes import Routes
from glose.corpus import schema
from glose.corpus.errors import GloseError

if TYPE_CHECKING:
    from tests.annotate.app.conftest import App

LISTS = [
    "mentions", "entities", "relations", "events", "event_clusters", "templates", "labels",
    "status", "comments", "decisions",
]  # fmt: skip


@pytest.fixture
def gao(app: App) -> dict[str, Any]:
    """The operation that marks Gao in d0."""
    return app.mark(app.mention(25, 28, "Gao"))


def test_the_project_says_who_annotates_what(app: App) -> None:
    told = app.get("/api/project").json()
    assert {key: told[key] for key in ("name", "user", "layer", "guidelines", "links")} == {
        "name": "dispatches",
        "user": "ana",
        "layer": "ana",
        "guidelines": "# Rules\n",
        "links": False,
    }


def test_a_project_keeps_its_id(app: App) -> None:
    """Which tells it from another of the same name."""
    first, again = (app.get("/api/project").json()["id"] for _ in range(2))
    assert first == again
    assert len(first) == 32


def test_the_project_has_its_layers(app: App) -> None:
    assert app.get("/api/project").json()["layers"] == [
        {"name": "ana", "kind": "work", "user": "ana"},
        {"name": "gold", "kind": "reference", "user": None},
    ]


def test_mentions_entities_and_events_are_annotated_unless_told_otherwise(app: App) -> None:
    assert app.get("/api/project").json()["annotated"] == ["mentions", "entities", "events"]


def test_a_project_may_annotate_other_lists(app: App) -> None:
    app.project.set("annotated", "mentions,labels")
    assert app.get("/api/project").json()["annotated"] == ["mentions", "labels"]


@pytest.mark.parametrize("section", ["mentions", "entities", "events", "attributes", "labels"])
def test_the_schema_keeps_the_order_of_its_file(app: App, section: str) -> None:
    told = app.get("/api/project").json()["schema"][section]
    assert list(told) == list(getattr(schema.load("plover"), section))


def test_a_type_is_told_with_colour_and_key(app: App) -> None:
    told = app.get("/api/project").json()["schema"]["mentions"]["PER"]
    assert list(told) == ["description", "colour", "key", "levels", "values", "entity"]


def test_a_role_is_told_with_its_fillers(app: App) -> None:
    told = app.get("/api/project").json()["schema"]["events"]["ASSAULT"]["roles"]["Actor"]
    assert list(told) == ["description", "key", "fillers", "values", "min", "max"]


def test_documents_come_in_the_order_of_the_queue(app: App) -> None:
    app.project.order(["d7", "d3"])
    told = app.get("/api/documents").json()["documents"]
    assert [row["id"] for row in told][:4] == ["d7", "d3", "d0", "d1"]


def test_a_row_says_how_far_a_document_is(app: App, gao: dict[str, Any]) -> None:
    app.operate(gao)
    row = app.get("/api/documents", layer="ana").json()["documents"][0]
    assert (row["id"], row["revision"], row["counts"]["mentions"]) == ("d0", 1, 1)


def test_a_document_comes_with_its_words(app: App) -> None:
    told = app.get("/api/document", id="d0").json()["document"]
    words = [told["text"][start:end] for start, end in told["tokens"]]
    assert words == ["L'", "armée", "russe", "a", "bombardé", "Gao", "lundi", "."]


def test_a_document_comes_with_sentences_and_phrases(app: App) -> None:
    told = app.get("/api/document", id="d0").json()["document"]
    assert told["sentences"] == [[0, 35]]
    assert [2, 13] in told["phrases"]


def test_offsets_are_code_points(app: App) -> None:
    """Beyond the basic plane too, where JavaScript counts two."""
    document = app.project.snapshot("d0", "ana").document
    told = app.get("/api/document", id="d0").json()["document"]
    assert told["text"] == document.text
    assert told["tokens"][-1] == [34, 35]


def test_every_list_is_there_even_if_empty(app: App) -> None:
    items = app.get("/api/document", id="d0").json()["items"]
    assert list(items) == LISTS
    assert items["status"] == [{"state": None, "annotated": [], "guideline": None}]


def test_items_have_every_key(app: App, gao: dict[str, Any]) -> None:
    app.operate(gao)
    (item,) = app.get("/api/document", id="d0").json()["items"]["mentions"]
    assert list(item) == [
        "id", "type", "start", "end", "fragments", "text", "head", "level", "value", "links",
        "attrs",
    ]  # fmt: skip


@pytest.mark.parametrize(("layer", "editable"), [("ana", True), ("gold", False)])
def test_a_layer_says_whether_it_may_be_edited(app: App, layer: str, editable: bool) -> None:
    assert app.get("/api/document", id="d0", layer=layer).json()["editable"] is editable


def test_an_operation_is_answered_with_the_revision(app: App, gao: dict[str, Any]) -> None:
    answer = app.operate(gao)
    assert (answer.status_code, answer.json()) == (200, {"revision": 1, "warnings": []})


def test_an_acknowledged_operation_is_in_the_journal(app: App, gao: dict[str, Any]) -> None:
    app.operate(gao)
    (entry,) = app.get("/api/history", id="d0").json()["entries"]
    assert (entry["id"], entry["user"], entry["revision"]) == (gao["id"], "ana", 1)


def test_the_same_operation_again_is_answered_alike(app: App, gao: dict[str, Any]) -> None:
    answers = [app.operate(gao) for _ in range(2)]
    assert [answer.json()["revision"] for answer in answers] == [1, 1]
    assert len(app.get("/api/history", id="d0").json()["entries"]) == 1


def test_a_stale_operation_gets_what_it_missed(app: App, gao: dict[str, Any]) -> None:
    app.operate(gao)
    answer = app.operate(app.mark(app.mention(8, 13, "russe")))
    assert answer.status_code == 409
    assert [entry["id"] for entry in answer.json()["entries"]] == [gao["id"]]


def test_an_operation_against_the_rules_is_refused_in_one_line(app: App) -> None:
    answer = app.operate(app.mark(app.mention(25, 28, "Goa")))
    assert answer.status_code == 422
    assert "Gao" in answer.json()["error"]


@pytest.mark.parametrize("body", ["[]", "{", "", '{"id": 1}', "null", "\\ud800", '"\\ud800"'])
def test_what_is_no_operation_is_refused_in_one_line(app: App, body: str) -> None:
    headers = {"x-glose": "1", "content-type": "application/json"}
    answer = app.client.post("/api/operations?id=d0", content=body, headers=headers)
    assert answer.status_code == 422
    assert "\n" not in answer.json()["error"]


def test_nobody_writes_to_a_reference_layer(app: App, gao: dict[str, Any]) -> None:
    assert app.operate(gao, layer="gold").status_code == 403


def test_nobody_writes_to_the_layer_of_another(app: App, gao: dict[str, Any]) -> None:
    app.project.user("ben")
    app.project.layer("ben", "work", "ben")
    assert app.operate(gao, layer="ben").status_code == 403


def test_history_is_told_from_a_revision_on(app: App, gao: dict[str, Any]) -> None:
    app.operate(gao)
    later = app.mark(app.mention(8, 13, "russe"), base=1)
    app.operate(later)
    entries = app.get("/api/history", id="d0", since=1).json()["entries"]
    assert [entry["id"] for entry in entries] == [later["id"]]


def test_history_is_told_of_an_item(app: App, gao: dict[str, Any]) -> None:
    app.operate(gao)
    app.operate(app.mark(app.mention(8, 13, "russe"), base=1))
    entries = app.get("/api/history", id="d0", item="m25-28").json()["entries"]
    assert [entry["id"] for entry in entries] == [gao["id"]]


def test_gold_is_no_suggestion(app: App) -> None:
    assert app.get("/api/suggestions", id="d0").json() == {"layers": []}


def test_suggestions_come_by_layer(app: App, suggested: str) -> None:
    (layer,) = app.get("/api/suggestions", id="d0").json()["layers"]
    assert (layer["name"], list(layer["items"])) == (suggested, ["mentions", "entities", "events"])


def test_nothing_is_suggested_on_what_is_not_there(app: App, suggested: str) -> None:
    assert app.get("/api/suggestions", id="none").status_code == 404


def test_a_day_is_resolved_against_the_date(app: App) -> None:
    span = {"document": "d0", "start": 29, "end": 34, "type": "DATE"}
    values = app.post("/api/values", span).json()["values"]
    assert values[0]["norm"].startswith("date:2031")


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        pytest.param({"start": "29"}, 422, id="a string for a number"),
        pytest.param({"more": 1}, 422, id="a key that is unknown"),
        pytest.param({"document": "d99"}, 404, id="a document that is not there"),
    ],
)
def test_values_of_no_span_are_an_error(app: App, changed: dict[str, Any], status: int) -> None:
    span = {"document": "d0", "start": 29, "end": 34, "type": "DATE"} | changed
    assert app.post("/api/values", span).status_code == status


def test_without_a_list_there_are_no_links(app: App) -> None:
    assert app.get("/api/links", q="gao").json() == {"links": []}


def test_links_are_searched_in_the_list(app: App, tmp_path: Path) -> None:
    path = tmp_path / "places.tsv"
    path.write_text("Q1\tGao\tKawkaw\ttown in Mali\nQ2\tGoma\n")
    app.project.set("links", str(path))
    (link,) = app.get("/api/links", q="gao").json()["links"]
    assert link == {"kb": "places", "id": "Q1", "name": "Gao", "about": "town in Mali"}


def test_a_list_that_is_gone_is_an_error_of_one_line(app: App, tmp_path: Path) -> None:
    app.project.set("links", str(tmp_path / "none.tsv"))
    assert "none.tsv" in app.get("/api/links", q="gao").json()["error"]


def test_the_same_string_is_found_elsewhere(app: App) -> None:
    found = app.get("/api/same", text="Gao", **{"except": "d0"}).json()["documents"]
    assert [(one["id"], one["spans"]) for one in found] == [("d6", [[25, 28]])]


@pytest.mark.parametrize(
    ("path", "arguments"),
    [
        ("/api/document", {"id": "none"}),
        ("/api/document", {"id": "d0", "layer": "none"}),
        ("/api/documents", {"layer": "none"}),
        ("/api/history", {"id": "none"}),
        ("/api/same", {"text": "Gao", "layer": "none"}),
        ("/api/none", {}),
        ("/none", {}),
        ("/web/none.js", {}),
        ("/api/project/", {}),
        ("/docs", {}),
        ("/redoc", {}),
        ("/openapi.json", {}),
    ],
)
def test_what_is_not_there_is_404(app: App, path: str, arguments: dict[str, str]) -> None:
    answer = app.get(path, **arguments)
    assert answer.status_code == 404
    assert list(answer.json()) == ["error"]


@pytest.mark.parametrize(
    ("path", "arguments"),
    [
        ("/api/document", {}),
        ("/api/history", {"id": "d0", "since": "x"}),
        ("/api/links", {}),
        ("/api/same", {}),
    ],
)
def test_what_is_missing_is_named(app: App, path: str, arguments: dict[str, str]) -> None:
    answer = app.get(path, **arguments)
    assert answer.status_code == 422
    assert "\n" not in answer.json()["error"]


def test_a_read_is_no_write(app: App) -> None:
    assert app.post("/api/document", {}, id="d0").status_code == 405


def test_the_app_is_served(app: App) -> None:
    answer = app.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.lower().startswith("<!doctype html>")


def test_answers_are_kept_by_no_cache(app: App) -> None:
    assert app.get("/api/project").headers["cache-control"] == "no-store"


def test_a_fault_of_ours_is_told_in_one_line(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret of the server")

    monkeypatch.setattr(app.project, "documents", broken)
    answer = app.get("/api/documents")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def gone() -> GloseError:
    """Return the error of a store that cannot be reached."""
    error = GloseError("project.db: the database says: disk I/O error")
    error.__cause__ = OSError()
    return error


def test_a_store_that_does_not_answer_is_worth_another_try(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise gone()

    monkeypatch.setattr(app.project, "documents", away)
    answer = app.get("/api/documents")
    assert (answer.status_code, "disk I/O error" in answer.json()["error"]) == (503, True)


def test_an_operation_that_cannot_be_written_is_worth_another_try(
    app: App, gao: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser keeps it, and sends it again."""

    def away(*_: object) -> Future[None]:
        answer: Future[None] = Future()
        answer.set_exception(gone())
        return answer

    monkeypatch.setattr(app.project, "submit", away)
    assert app.operate(gao).status_code == 503


def test_who_stops_waiting_does_not_stop_the_writing(
    app: App, gao: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the server is told to end a second time."""
    answer: Future[None] = Future()

    async def receive() -> Message:
        return {"type": "http.request", "body": msgspec.json.encode(gao), "more_body": False}

    async def given_up() -> None:
        asked = asyncio.Event()

        def submit(*_: object) -> Future[None]:
            asked.set()
            return answer

        monkeypatch.setattr(app.project, "submit", submit)
        request = Request({"type": "http", "method": "POST", "headers": []}, receive)
        waiting = asyncio.create_task(Routes(app.project, app.access).operations(request, "d0"))
        await asked.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(given_up())
    assert not answer.cancelled()


def test_a_session_that_cannot_be_looked_up_is_no_traceback(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise gone()

    monkeypatch.setattr(app.project, "session", away)
    browser = app.browser()
    browser.cookies.set("glose-8000", "x" * 43)
    assert browser.get("/api/project").status_code == 503
