"""`glose annotate queue` and `glose annotate acceptance`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from glose.annotate.store.importing import import_records
from glose.annotate.store.project import Project
from glose.cli import commands
from glose.corpus import schema
from glose.corpus.document import Attribute, Document, Mention, Status
from glose.corpus.errors import GloseError


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A project of two documents with suggestions, which is not open."""
    path = tmp_path / "try.glose"
    found = Document(
        id="d1", layer="crf", text="À Gao.", mentions=(Mention("m1", "GPE", 2, 5, text="Gao"),),
        status=Status("predicted", ("mentions",)), extra=(Attribute("uncertainty", "0.25"),),
    )  # fmt: skip
    other = msgspec.structs.replace(found, id="d2", extra=(Attribute("uncertainty", "0.5"),))
    with Project.create(path, "try", schema.content("plover")) as project:
        project.layer("ana", "work", "ana")
        import_records(project, [found, other], "crf", "suggestions", "ana")
    return str(path)


def run(arguments: Sequence[str]) -> Result:
    return CliRunner().invoke(commands, ["annotate", *arguments])


def test_queue_prints_the_order(address: str) -> None:
    found = run(["queue", address, "--by", "uncertainty"])

    assert found.output == "1  0.5000  d2\n2  0.2500  d1\n"


def test_queue_puts_the_project_into_the_order(address: str) -> None:
    run(["queue", address, "--by", "uncertainty"])
    with Project.open(address, writing=False) as project:
        assert [row.id for row in project.documents("ana")] == ["d2", "d1"]


def test_queue_prints_json(address: str) -> None:
    found = run(["queue", address, "--by", "random", "--seed", "2", "--json"])
    printed = json.loads(found.output)

    assert printed["by"] == "random"
    assert {place["id"] for place in printed["documents"]} == {"d1", "d2"}


def test_queue_of_a_project_that_is_in_use_is_printed_and_not_stored(address: str) -> None:
    with Project.open(address) as project:
        found = run(["queue", address, "--by", "uncertainty"])
        order = [row.id for row in project.documents("ana")]

    assert found.output == "1  0.5000  d2\n2  0.2500  d1\n"
    assert isinstance(found.exception, GloseError)
    assert "the order was not stored, since the project is open" in str(found.exception)
    assert order == ["d1", "d2"]


def test_acceptance_prints_a_table(address: str) -> None:
    found = run(["acceptance", address]).output.splitlines()

    assert [line.split()[:4] for line in found] == [
        ["suggestions", "work", "list", "offered"],
        ["crf", "ana", "mentions", "2"],
    ]


def test_acceptance_prints_json(address: str) -> None:
    printed = json.loads(run(["acceptance", address, "--layer", "crf", "--json"]).output)

    assert [(row["offered"], row["open"]) for row in printed["layers"]] == [(2, 2)]


def test_acceptance_reads_a_project_that_is_in_use(address: str) -> None:
    with Project.open(address):
        assert run(["acceptance", address]).exit_code == 0


@pytest.mark.parametrize(("arguments", "what"), [
    (["queue", "{}", "--by", "disagreement"], "needs two layers"),
    (["queue", "{}", "--by", "uncertainty", "--layer", "zoe"], "no layer zoe"),
    (["queue", "nowhere.glose", "--by", "random"], "nowhere.glose: no such file"),
    (["acceptance", "{}", "--layer", "zoe"], "no suggestions in a layer zoe"),
    (["acceptance", "nowhere.glose"], "nowhere.glose: no such file"),
])  # fmt: skip
def test_what_cannot_be_done_is_one_line(address: str, arguments: list[str], what: str) -> None:
    found = run([one.format(address) for one in arguments])

    assert isinstance(found.exception, GloseError)
    assert what in str(found.exception)
    assert "\n" not in str(found.exception)


def test_an_order_that_is_none_is_refused(address: str) -> None:
    assert run(["queue", address, "--by", "size"]).exit_code == 2
