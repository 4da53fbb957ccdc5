"""What is set aside is told with the document that it is of, as soon as that is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from glose.corpus.errors import InputError, Place
from glose.corpus.formats import table
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import MalformedError, Rejects

SPAN = {"start": 0, "end": 9, "label": "GPE", "type": "GPE"}
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("label-studio", {"id": 7, "data": {"a": "Gao", "b": "Gao"}, "annotations": []}, "7"),
    ("label-studio", {"id": 7, "data": {"text": "Gao"}, "annotations": [{"result": [{}]}]}, "7"),
    ("doccano", {"id": 7, "text": "Gao", "label": [[0, 9, "GPE"]]}, "7"),
    ("doccano", {"id": 7, "body": "Gao", "label": []}, "7"),
    ("prodigy", {"id": "d7", "text": "Gao", "answer": "accept", "spans": [SPAN]}, "d7"),
    ("mapped", {"id": "d7", "text": "Gao", "annotations": [SPAN]}, "d7"),
    ("mapped", {"id": "d7"}, "d7"),
    (
        "pubannotation",
        {
            "text": "Gao", "sourcedb": "PMC", "sourceid": "7",
            "denotations": [{"id": "T1", "span": {"begin": 0, "end": 9}, "obj": "GPE"}],
        },
        "PMC:7",
    ),
    (
        "docred",
        {
            "title": "d7", "sents": [["Gao"]],
            "vertexSet": [[{"name": "Gao", "sent_id": 3, "pos": [0, 1], "type": "LOC"}]],
        },
        "d7",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "item", "document"), WRONG)
def test_the_document_of_an_item_is_told(
    tmp_path: Path, name: str, item: dict[str, Any], document: str
) -> None:
    path = tmp_path / "in.json"
    path.write_text(json.dumps(item))
    rejects = Rejects(tmp_path / "rejects.jsonl")
    list(table.find(name).read(path, Task({}, rejects)))

    assert [(one.line, one.document) for one in rejects.found] == [(1, document)]


def test_an_item_is_of_no_document_before_one_is_known(tmp_path: Path) -> None:
    rejects = Rejects(tmp_path / "rejects.jsonl")
    for known in (False, True):
        with rejects.aside(Place("a", 3), "content") as item:
            place = item.of("d7") if known else item.place
            raise MalformedError(f"wrong in {place}")

    assert [one.document for one in rejects.found] == [None, "d7"]
    assert str(rejects.found[1]) == "a:3: d7: wrong in a:3: d7"


def test_the_first_ends_the_run_where_none_is_set_aside() -> None:
    def run() -> None:
        with Rejects().aside(Place("a", 3)) as item:
            item.of("d7")
            raise MalformedError("wrong")

    with pytest.raises(InputError, match=r"a:3: d7: wrong \(--rejects"):
        run()
