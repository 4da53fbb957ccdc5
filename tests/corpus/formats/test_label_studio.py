"""Label Studio: what its own exports have, and what ours become."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import table, trial
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import SPECIMENS, hostile

TEXT = "😀 Le maire de Gao a fui. Il est parti mardi."
Json = dict[str, Any]
Writer = Callable[..., Path]


def region(name: str, start: int, end: int, label: str, control: str = "label") -> Json:
    """Return a region as Label Studio exports it."""
    value = {"start": start, "end": end, "text": TEXT[start:end], "labels": [label]}
    return {
        "id": name, "from_name": control, "to_name": "text", "type": "labels", "value": value,
        "origin": "manual",
    }  # fmt: skip


def said(control: str, value: Json, name: str = "x9", type_: str = "choices") -> Json:
    return {"id": name, "from_name": control, "to_name": "text", "type": type_, "value": value}


def relation(first: str, second: str, *labels: str, direction: str = "right") -> Json:
    ends = {"from_id": first, "to_id": second}
    return {"type": "relation", **ends, "direction": direction, "labels": list(labels)}


MAYOR = region("aB-1_x", 2, 17, "PER")
TOWN = region("t0wn", 14, 17, "GPE")
HE = region("Ab3", 25, 27, "PER")
LEFT = region("F2", 18, 23, "Movement", "event")


@pytest.fixture
def export(tmp_path: Path) -> Writer:
    """Return a function that writes an export of one task, with the results of annotations."""

    def write(*annotations: list[Json] | Json, **task: object) -> Path:
        done = [
            one if isinstance(one, dict) else {"id": 7, "completed_by": 1, "result": one}
            for one in annotations
        ]
        item = {"id": 12, "data": {"text": TEXT}, "annotations": done, "predictions": []}
        path = tmp_path / "project-1-at-2026-01-01.json"
        path.write_text(json.dumps([item | task], indent=1), "utf-8")
        return path

    return write


def read(path: Path, **options: str) -> list[Document]:
    return list(table.recognised(path).read(path, Task(options)))


def spans(document: Document) -> list[tuple[str, str]]:
    return [(m.type, m.text) for m in document.mentions]


def test_offsets_are_code_points(export: Writer) -> None:
    (document,) = read(export([MAYOR, TOWN]))

    assert document.id == "12"
    assert spans(document) == [("PER", "Le maire de Gao"), ("GPE", "Gao")]


def test_offsets_in_another_unit_are_told_apart(export: Writer) -> None:
    shifted = MAYOR | {"value": MAYOR["value"] | {"start": 3, "end": 18}}

    with pytest.raises(GloseError, match=r"--option unit='utf16'"):
        read(export([shifted]))
    (document,) = read(export([shifted]), unit="utf16")
    assert spans(document) == [("PER", "Le maire de Gao")]


def test_relations_of_triggers_are_arguments(export: Writer) -> None:
    (document,) = read(export([relation("F2", "aB-1_x", "Agent"), MAYOR, LEFT]))

    (event,) = document.events
    assert (event.type, event.triggers[0].text) == ("Movement", "a fui")
    assert [(a.role, a.ref) for a in event.args] == [("Agent", document.mentions[0].id)]
    assert document.relations == ()


def test_coreference_is_transitive(export: Writer) -> None:
    pairs = [relation("Ab3", "aB-1_x", "coreference"), relation("t0wn", "Ab3", "coreference")]
    (document,) = read(export([MAYOR, TOWN, HE, *pairs]))

    assert [len(entity.mentions) for entity in document.entities] == [3]


@pytest.mark.parametrize(
    ("direction", "ends"),
    [("right", ["aB-1_x", "t0wn"]), ("left", ["t0wn", "aB-1_x"]), ("bi", ["aB-1_x", "t0wn"])],
)
def test_direction_of_a_relation(export: Writer, direction: str, ends: list[str]) -> None:
    (document,) = read(export([MAYOR, TOWN, relation("aB-1_x", "t0wn", direction=direction)]))

    (found,) = document.relations
    assert (found.type, [a.ref for a in found.args]) == ("relation", ends)


def test_what_is_said_of_a_region_is_an_attribute(export: Writer) -> None:
    place = {"start": 15, "end": 18}
    remarks = [
        said("certainty", place | {"choices": ["high"]}, "t0wn"),
        said("level", place | {"choices": ["NAM"]}, "t0wn"),
        said("size", place | {"number": 3}, "t0wn", "number"),
        said("topic", {"choices": ["war", "flight"]}),
        said("remark", {"text": ["unclear"]}, "y1", "textarea"),
    ]
    (document,) = read(export([TOWN, *remarks]))

    (town,) = document.mentions
    assert [(a.name, a.value) for a in town.attrs] == [("certainty", "high"), ("size", "3")]
    assert town.level == "NAM"
    assert [(x.scheme, x.value) for x in document.labels] == [
        ("topic", "war"),
        ("topic", "flight"),
    ]
    assert [(a.name, a.value) for a in document.extra] == [("remark", "unclear")]


def test_annotators_are_layers(export: Writer) -> None:
    first = {"completed_by": 3, "result": [MAYOR]}
    second = {"completed_by": {"id": 4, "email": "z@example.org"}, "result": [TOWN]}
    gone = {"completed_by": 5, "result": [], "was_cancelled": True}
    found = read(export(first, second, gone))

    assert [(d.layer, len(d.mentions)) for d in found] == [
        ("annotator-3", 1),
        ("z@example.org", 1),
    ]


def test_what_is_marked_as_truth_is_gold(export: Writer) -> None:
    truth = {"completed_by": 3, "ground_truth": True, "result": [MAYOR]}

    assert [d.layer for d in read(export([TOWN], truth))] == ["annotator-1", "gold"]


def test_a_task_without_annotations_is_not_annotated(export: Writer) -> None:
    (document,) = read(export())

    assert (document.text, document.status.annotated) == (TEXT, ())


def test_predictions_are_layers_if_asked_for(export: Writer) -> None:
    guess = {"model_version": "crf-2", "result": [TOWN], "score": 0.5}
    path = export(predictions=[guess])

    assert [d.layer for d in read(path)] == ["gold"]
    assert [d.layer for d in read(path, predictions="yes")] == ["crf-2", "gold"]


def test_several_labels_are_several_mentions(export: Writer) -> None:
    both = TOWN | {"value": TOWN["value"] | {"labels": ["GPE", "TARGET"]}}

    assert spans(read(export([both]))[0]) == [("GPE", "Gao"), ("TARGET", "Gao")]


def test_line_ends_that_label_studio_escapes(tmp_path: Path) -> None:
    value = {"start": 0, "end": 5, "text": "La\\nVi", "labels": ["X"]}
    result = [{"id": "a", "from_name": "label", "type": "labels", "value": value}]
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps([{"data": {"text": "La\nVie"}, "annotations": [{"result": result}]}])
    )

    assert read(path)[0].mentions[0].text == "La\nVi"


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        pytest.param(relation("no", "t0wn"), "no region", id="a relation of nothing"),
        pytest.param(TOWN | {"type": "brush", "value": {}}, "brush", id="an image"),
        pytest.param(
            TOWN | {"value": {"start": "/p[1]", "end": "/p[1]", "labels": ["X"]}},
            "XPath", id="HyperText",
        ),
        pytest.param(TOWN | {"value": TOWN["value"] | {"text": "Goa"}}, "not 'Goa'", id="words"),
        pytest.param(TOWN | {"value": TOWN["value"] | {"end": 999}}, "outside", id="past the end"),
        pytest.param(said("c", {"start": 1, "choices": ["a"]}), "no region", id="said"),
        pytest.param({"id": 3}, "missing required field `type`", id="no type"),
    ],
)  # fmt: skip
def test_a_result_that_is_wrong_is_rejected_alone(
    export: Writer, tmp_path: Path, result: Json, reason: str
) -> None:
    path = export([MAYOR, result] if result.get("id") == "t0wn" else [MAYOR, TOWN, result])
    rejects = Rejects(tmp_path / "rejects.jsonl")
    found = list(table.recognised(path).read(path, Task({}, rejects)))

    assert spans(found[0])[0] == ("PER", "Le maire de Gao")
    assert [reason in one.reason for one in rejects.found] == [True]
    with pytest.raises(GloseError, match=reason.replace("`", ".")):
        read(path)


def test_the_key_of_the_text_is_asked_for_where_it_is_not_clear(export: Writer) -> None:
    assert read(export(data={"body": "Gao"}))[0].text == "Gao"
    path = export(data={"head": "Mali", "body": "Gao"})
    with pytest.raises(GloseError, match=r"--option text=KEY"):
        read(path)
    (document,) = read(path, text="body")
    assert [(a.name, a.value) for a in document.extra] == [("head", "Mali")]


@pytest.mark.parametrize("unit", ["code points", "utf16"])
def test_what_is_written_has_offsets_in_the_unit(tmp_path: Path, unit: str) -> None:
    path = tmp_path / "c.json"
    table.find("label-studio").write(path, [hostile()], Task({"unit": unit}))
    (task,) = json.loads(path.read_text("utf-8"))

    encoding, width = {"code points": ("utf-32-le", 4), "utf16": ("utf-16-le", 2)}[unit]
    text = task["data"]["text"].encode(encoding)
    for result in task["annotations"][0]["result"]:
        value = result["value"]
        found = text[width * value["start"] : width * value["end"]].decode(encoding)
        assert found == value["text"]


def saved(result: Json) -> Json:
    """Return a result as Label Studio 1.23 has it after somebody pressed Update.

    Of an id it keeps what stands before `#`; relations lose their place, and values nothing.
    """
    if result["type"] == "relation":
        return result
    return result | {"id": result["id"].split("#")[0], "origin": "manual"}


def exported(task: Json, results: list[Json]) -> Json:
    """Return a task as Label Studio 1.23 exports it."""
    annotation = {
        "id": 2, "completed_by": 1, "result": results, "was_cancelled": False,
        "ground_truth": True, "created_at": "2031-03-01T10:00:00.000000Z",
        "updated_at": "2031-03-01T10:01:00.000000Z", "draft_created_at": None, "lead_time": 4.5,
        "prediction": {}, "result_count": 3, "unique_id": "0", "import_id": None,
        "last_action": None, "bulk_created": False, "task": 2, "project": 2, "updated_by": 1,
        "parent_prediction": None, "parent_annotation": None, "last_created_by": None,
    }  # fmt: skip
    return {
        "id": 2, "annotations": [annotation], "file_upload": "0-in.json", "drafts": [],
        "predictions": [], "data": task["data"], "meta": task.get("meta", {}),
        "created_at": "2031-03-01T10:00:00.000000Z", "allow_skip": True, "inner_id": 1,
        "total_annotations": 1, "cancelled_annotations": 0, "comment_count": 0, "project": 2,
        "last_comment_updated_at": None, "updated_by": 1, "comment_authors": [],
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["labels", "levels", "links", "arguments", "entities", "values"])
def test_what_label_studio_exports_again_is_what_was_written(tmp_path: Path, kind: str) -> None:
    form = table.find("label-studio")
    losses = trial.write(form, [SPECIMENS[kind]], tmp_path / "in.json")
    (task,) = json.loads((tmp_path / "in.json").read_text("utf-8"))
    results = [saved(one) for one in task["annotations"][0]["result"]]
    last = [one for one in results if one["type"] == "relation"]
    ordered = [one for one in results if one not in last] + last
    (tmp_path / "out.json").write_text(json.dumps([exported(task, ordered)]), "utf-8")

    assert not trial.unexplained(form, losses, form.read(tmp_path / "out.json"))
