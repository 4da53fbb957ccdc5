"""The pure modules of the app, tested in node; what they make is a record in Python's eyes too."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from glose.corpus.document import ANNOTATIONS, Document
from glose.corpus.rules import faults
from glose.corpus.schema import AttributeType, FrameType, LabelType, MentionType, Schema
from glose.corpus.violations import violations

HERE = Path(__file__).parent / "core"
FILES = sorted(path.name for path in HERE.glob("*.test.js"))


def run(node: Path, name: str, walks: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [node, "--test", "--test-reporter=tap", HERE / name],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "GLOSE_WALKS": str(walks)},
    )


@pytest.mark.parametrize("name", FILES)
def test_the_tests_of_a_module_pass(node: Path, name: str, tmp_path: Path) -> None:
    ran = run(node, name, tmp_path / "walks.json")
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def walks(node: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The records at the end of the random walks, and the schema they were made by."""
    path = tmp_path_factory.mktemp("walks") / "walks.json"
    run(node, "walk.test.js", path)
    made: dict[str, Any] = json.loads(path.read_text())
    return made


def documents(walks: dict[str, Any]) -> list[Document]:
    return [
        msgspec.convert(
            {
                "id": record["id"],
                "layer": "ana",
                "text": record["text"],
                "status": record["items"]["status"][0],
                **{name: record["items"][name] for name in ANNOTATIONS},
            },
            Document,
        )
        for record in walks["records"]
    ]


def test_python_finds_no_fault_in_what_random_actions_made(walks: dict[str, Any]) -> None:
    found = {one.id: list(faults(one)) for one in documents(walks)}
    assert {name: what for name, what in found.items() if what} == {}


def read(told: dict[str, Any]) -> Schema:
    """The schema that the browser is told, as Python has it."""
    head = {name: told[name] for name in ("name", "version", "description", "required")}
    convert = msgspec.convert
    return Schema(
        **head,
        sha256="",
        mentions=convert(told["mentions"], dict[str, MentionType]),
        entities=convert(told["entities"], dict[str, MentionType]),
        roles={},
        events=convert(told["events"], dict[str, FrameType]),
        relations=convert(told["relations"], dict[str, FrameType]),
        templates=convert(told["templates"], dict[str, FrameType]),
        attributes=convert(told["attributes"], dict[str, AttributeType]),
        labels=convert(told["labels"], dict[str, LabelType]),
    )


def test_random_actions_keep_to_the_schema(walks: dict[str, Any]) -> None:
    schema = read(walks["schema"])
    errors = {
        one.id: [fault.what for fault in violations(one, schema) if fault.level == "error"]
        for one in documents(walks)
    }
    assert {name: what for name, what in errors.items() if what} == {}


def test_the_walks_made_something_of_every_list(walks: dict[str, Any]) -> None:
    made = {name for one in documents(walks) for name in ANNOTATIONS if getattr(one, name)}
    assert made == set(ANNOTATIONS)
