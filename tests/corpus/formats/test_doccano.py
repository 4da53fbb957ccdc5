"""doccano: what its exports have, and what ours become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import table
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import SPECIMENS, hostile

TEXT = "👩‍🌾 Kassa a fui Gao."
Json = dict[str, Any]


def write(folder: Path, *lines: Json) -> Path:
    path = folder / "all.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def read(path: Path, **options: str) -> list[Document]:
    return list(table.find("doccano").read(path, Task(options)))


def spans(document: Document) -> list[tuple[str, str]]:
    return [(m.type, m.text) for m in document.mentions]


@pytest.mark.parametrize(
    ("unit", "start"), [("utf16", 6), ("code points", 4), ("graphemes", 2), ("bytes", 12)]
)
def test_offsets_are_in_the_unit_of_the_project(tmp_path: Path, unit: str, start: int) -> None:
    line = {"id": 4, "text": TEXT, "label": [[start, start + 5, "PER"]], "Comments": []}

    assert spans(read(write(tmp_path, line), unit=unit)[0]) == [("PER", "Kassa")]


@pytest.mark.parametrize("key", ["label", "labels", "entities"])
def test_spans_stand_under_several_keys(tmp_path: Path, key: str) -> None:
    path = write(tmp_path, {"id": 4, "text": TEXT, key: [[6, 11, "PER"], [18, 21, "GPE"]]})

    assert spans(read(path)[0]) == [("PER", "Kassa"), ("GPE", "Gao")]


def test_relations_are_of_spans_by_their_numbers(tmp_path: Path) -> None:
    entities = [
        {"id": 31, "label": "PER", "start_offset": 6, "end_offset": 11},
        {"id": 30, "label": "GPE", "start_offset": 18, "end_offset": 21},
    ]
    relations = [{"id": 1, "from_id": 30, "to_id": 31, "type": "fled by"}]
    line = {"id": 4, "text": TEXT, "entities": entities, "relations": relations, "Comments": []}
    path = write(tmp_path, line)
    (document,) = read(path)

    assert table.name_of(path) == "doccano"
    words = {m.id: m.text for m in document.mentions}
    (found,) = document.relations
    assert (found.type, [words[a.ref or ""] for a in found.args]) == ("fled by", ["Gao", "Kassa"])


def test_classes_comments_and_metadata(tmp_path: Path) -> None:
    line = {
        "id": 1,
        "text": TEXT,
        "label": ["flight"],
        "Comments": ["sure?"],
        "agency": "x",
        "n": 3,
    }
    (document,) = read(write(tmp_path, line))

    assert [(x.scheme, x.value) for x in document.labels] == [("category", "flight")]
    assert document.meta.agency == "x"
    assert [(a.name, a.value) for a in document.extra] == [("comment", "sure?"), ("n", "3")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"id": 1, "label": []}, "no text under 'text'"),
        ({"id": 1, "text": TEXT, "label": [[0, 99, "X"]]}, "outside the text"),
        ({"id": 1, "text": TEXT, "label": [[1, 6, "X"]]}, "inside a character"),
        ({"id": 1, "text": TEXT, "label": [[0, 5]]}, "Expected"),
        (
            {"id": 1, "text": TEXT, "relations": [{"from_id": 1, "to_id": 2, "type": "a"}]},
            "span 1",
        ),
        ({"id": 1, "text": TEXT, "entities": [{"id": 1, "label": "X"}]}, "start_offset"),
    ],
)
def test_what_is_wrong_is_rejected(tmp_path: Path, line: Json, reason: str) -> None:
    path = write(tmp_path, line, {"id": 2, "text": "b", "label": []})
    rejects = Rejects(tmp_path / "r")
    found = list(table.find("doccano").read(path, Task({}, rejects)))

    assert found[-1].id == "2"
    assert [reason in one.reason for one in rejects.found] == [True]
    with pytest.raises(GloseError, match=reason):
        read(path)


def test_what_is_written_is_what_doccano_imports(tmp_path: Path) -> None:
    path = tmp_path / "c.doccano.jsonl"
    table.find("doccano").write(path, [hostile()])
    line = json.loads(path.read_text("utf-8"))

    text = line["text"].encode("utf-16-le")
    words = [
        text[2 * span["start_offset"] : 2 * span["end_offset"]].decode("utf-16-le")
        for span in line["entities"]
    ]
    assert sorted(words) == sorted(m.text for m in hostile().mentions)


def test_spans_alone_lose_relations_and_say_so(tmp_path: Path) -> None:
    task = Task({"form": "spans"}, counted=True)
    table.find("doccano").write(tmp_path / "c.jsonl", [SPECIMENS["relations"]], task)

    line = json.loads((tmp_path / "c.jsonl").read_text("utf-8"))
    assert [span[2] for span in line["label"]] == ["PER", "GPE"]
    dropped = {row.kind: row.dropped for row in task.losses.rows()}
    assert dropped["relations"] == 1
