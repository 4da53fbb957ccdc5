"""Argilla: what its records have, and what ours become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import table
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.specimens import SPECIMENS

TEXT = "😀 Kassa a fui Gao."
Json = dict[str, Any]
KASSA = {"start": 2, "end": 7, "label": "PER"}
GAO = {"start": 14, "end": 17, "label": "GPE", "text": "Gao"}


def answer(value: object, user: str = "u1") -> Json:
    return {"value": value, "user_id": user}


def write(folder: Path, **fields: object) -> Path:
    record = {
        "id": "r1", "fields": {"text": TEXT}, "metadata": {}, "suggestions": {}, "responses": {},
        "status": "completed", "vectors": {},
    }  # fmt: skip
    path = folder / "records.json"
    path.write_text(json.dumps([record | fields]), "utf-8")
    return path


def read(path: Path, **options: str) -> list[Document]:
    return list(table.recognised(path).read(path, Task(options)))


def spans(document: Document) -> list[tuple[str, str]]:
    return [(m.type, m.text) for m in document.mentions]


def test_responses_are_mentions_and_labels(tmp_path: Path) -> None:
    responses = {
        "ents": [answer([KASSA, GAO])], "topic": [answer("war")], "kinds": [answer(["a", "b"])],
        "stars": [answer(4)], "best": [answer([{"value": "x", "rank": 1}])],
    }  # fmt: skip
    (document,) = read(write(tmp_path, responses=responses, metadata={"agency": "x", "n": 2}))

    assert spans(document) == [("PER", "Kassa"), ("GPE", "Gao")]
    assert [(x.scheme, x.value) for x in document.labels] == [
        ("topic", "war"), ("kinds", "a"), ("kinds", "b"), ("stars", "4"),
    ]  # fmt: skip
    assert document.meta.agency == "x"
    extra = {a.name: a.value for a in document.extra}
    assert extra == {"n": "2", "best": '{"value":"x","rank":1}'}


def test_annotators_are_layers(tmp_path: Path) -> None:
    responses = {"ents": [answer([KASSA], "u1"), answer([KASSA, GAO], "u2")]}
    found = read(write(tmp_path, responses=responses))

    assert [(d.layer, len(d.mentions)) for d in found] == [("user-u1", 1), ("user-u2", 2)]


def test_suggestions_are_layers_if_asked_for(tmp_path: Path) -> None:
    guess = {"value": [GAO], "score": 0.5, "agent": "crf"}
    path = write(tmp_path, suggestions={"ents": guess})

    assert [(d.layer, spans(d)) for d in read(path)] == [("gold", [])]
    found = read(path, predictions="yes")
    assert [(d.layer, spans(d)) for d in found] == [("crf", [("GPE", "Gao")]), ("gold", [])]


def test_the_field_of_the_text_is_asked_for_where_it_is_not_clear(tmp_path: Path) -> None:
    assert read(write(tmp_path, fields={"body": TEXT}))[0].text == TEXT
    path = write(tmp_path, fields={"body": TEXT, "head": "Gao"})
    with pytest.raises(GloseError, match=r"--option text=FIELD"):
        read(path)
    assert read(path, text="body")[0].text == TEXT


@pytest.mark.parametrize(
    ("span", "reason"),
    [
        (KASSA | {"end": 40}, "outside the text"),
        (GAO | {"text": "Goa"}, "not 'Goa'"),
        ({"start": 1, "end": 2}, "label"),
        (GAO | {"start": 15, "end": 18}, "right in utf16|not 'Gao'"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, span: Json, reason: str) -> None:
    with pytest.raises(GloseError, match=reason):
        read(write(tmp_path, responses={"ents": [answer([span])]}))


@pytest.mark.parametrize("form", ["responses", "suggestions"])
def test_what_is_written_is_read_again(tmp_path: Path, form: str) -> None:
    path = tmp_path / "c.argilla.json"
    table.find("argilla").write(path, [SPECIMENS["nested mentions"]], Task({"form": form}))

    found = [d for d in read(path, predictions="yes") if d.mentions]
    assert [spans(d) for d in found] == [spans(SPECIMENS["nested mentions"])]
