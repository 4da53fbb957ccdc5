"""What was found out about errors, in every form that tables have."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from glose.cli import commands

TEXT = "Anna hit Omar in Hama ."

Run = Callable[..., str]


def record(*mentions: str, roles: str = "Actor=0-4") -> bytes:
    """Return a record with the mentions that `PER 0-4` writes, and `hit` with roles."""
    found = []
    for each in mentions:
        name, place = each.split()
        start, end = map(int, place.split("-"))
        found.append({"id": f"m{place}", "type": name, "start": start, "end": end})
    args = [
        {"role": each.split("=")[0], "ref": f"m{each.split('=')[1]}"} for each in roles.split()
    ]
    event = {"id": "v", "type": "HIT", "triggers": [{"start": 5, "end": 8}], "args": args}
    clusters = [{"id": "e", "type": "PER", "mentions": [found[0]["id"]]}]
    return msgspec.json.encode(
        {"id": "d_1", "text": TEXT, "mentions": found, "events": [event], "entities": clusters}
    )


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Give a function that runs a command on gold and a prediction and returns what it prints."""
    files = {
        "gold": record("PER 0-4", "PER 9-13", "GPE 17-21", roles="Actor=0-4 Target=9-13"),
        "crf": record("PER 0-4", "ORG 9-13", "GPE 14-21", roles="Actor=0-4"),
        "llm": msgspec.json.encode(
            {"id": "d_1", "mentions": [{"type": "A", "text": "ANNA"}, {"type": "B", "text": "q_"}]}
        ),
    }  # fmt: skip
    for name, content in files.items():
        (tmp_path / f"{name}.jsonl").write_bytes(content + b"\n")

    def done(command: str, *more: str, form: str = "text", status: int = 0) -> str:
        words = command.split()
        at = [str(tmp_path / f"{each}.jsonl") for each in words[1:]]
        if words[0] == "align":
            more = (*more, "-o", str(tmp_path / "out.jsonl"))
        found = CliRunner().invoke(
            commands, ["evaluate", words[0], *at, *more, "--format", form], catch_exceptions=False
        )
        assert found.exit_code == status, found.output
        return found.stdout

    return done


STRICT, PARTIAL = ("-p", "entity/strict"), ("-p", "entity/partial")

COMMANDS = [
    pytest.param("explain gold crf", (*STRICT, *PARTIAL), 0, id="explain"),
    pytest.param("repairs gold crf", (*STRICT, "-p", "coreference/conll"), 0, id="repairs"),
    pytest.param("align gold llm", (), 0, id="align"),
    pytest.param("audit gold crf crf", ("--folds", "0"), 0, id="audit"),
    pytest.param("gate gold crf", (*STRICT, "--min", "f1=0.9"), 1, id="gate"),
    pytest.param("agree gold crf", ("--samples", "20", "--gamma", "0", "-u", "mentions"), 0,
                 id="agree"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "more", "status"), COMMANDS)
def test_csv_is_one_table(command: str, more: tuple[str, ...], status: int, run: Run) -> None:
    """Each row has a cell for each column, and says by what it was measured."""
    rows = list(csv.reader(io.StringIO(run(command, *more, form="csv", status=status))))

    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[0][-1] == "signature"
    assert len(set(rows[0])) == len(rows[0])


@pytest.mark.parametrize(("command", "more", "status"), COMMANDS)
def test_markdown_has_rows_of_one_width(
    command: str, more: tuple[str, ...], status: int, run: Run
) -> None:
    text = run(command, *more, form="markdown", status=status)
    tables = [table.splitlines() for table in text.split("\n\n") if table.startswith("|")]

    assert tables
    for table in tables:
        assert len({line.replace("\\|", "").count("|") for line in table}) == 1


@pytest.mark.parametrize(("command", "more", "status"), COMMANDS)
def test_latex_is_escaped(command: str, more: tuple[str, ...], status: int, run: Run) -> None:
    lines = run(command, *more, form="latex", status=status).splitlines()
    rows = [line for line in lines if line.endswith("\\\\")]

    assert rows
    assert not [line for line in rows if "_" in line.replace("\\_", "")]


@pytest.mark.parametrize(("command", "more", "status"), COMMANDS)
def test_a_terminal_gets_text(command: str, more: tuple[str, ...], status: int, run: Run) -> None:
    text = run(command, *more, status=status)

    assert "\\" not in text
    assert not [line for line in text.splitlines() if line.startswith("|")]


@pytest.mark.parametrize(("command", "more", "status"), COMMANDS)
def test_json_is_complete(
    command: str, more: tuple[str, ...], status: int, run: Run, tmp_path: Path
) -> None:
    run(command, *more, "--json", str(tmp_path / "found.json"), status=status)

    assert json.loads((tmp_path / "found.json").read_bytes())


def test_repairs_name_what_there_is_nothing_of(run: Run) -> None:
    lines = run("repairs gold crf", *STRICT).splitlines()

    assert lines[:6] == [
        "entity      errors  gold  predicted",
        "  correct              1          1",
        "  type           1     1          1",
        "  boundary       1     1          1",
        "  all            2     3          3",
        "",
    ]
    assert (
        "no errors of entity: duplicate, type and boundary, split, merge, missed, spurious"
        in lines
    )


def test_explain_adds_up(run: Run) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("explain gold crf", *STRICT, *PARTIAL, form="csv")))
    )
    counts = [row for row in rows if row["row"] == "count"]
    changes = [float(row["correct (P)"]) for row in counts[1:-1]]

    assert [row["row"] for row in rows].count("item") == 4
    assert float(counts[0]["correct (P)"]) + sum(changes) == float(counts[-1]["correct (P)"])


def test_an_interval_is_two_columns(run: Run) -> None:
    text = run("agree gold crf", "--samples", "20", "-u", "f1", *STRICT, form="csv")
    first = next(csv.DictReader(io.StringIO(text)))

    assert {"unit", "of", "layers", "entity/strict", "entity/strict low"} <= set(first)
    assert float(first["entity/strict"]) == pytest.approx(1 / 3)


def test_a_suspect_of_clusters_is_told_with_its_words(tmp_path: Path, run: Run) -> None:
    """Two mentions of one type are told apart by what they are."""
    both = {"id": "e", "type": "PER", "mentions": ["m0-4", "m9-13"]}
    for name, clusters in (("gold", [{**both, "mentions": ["m0-4"]},
                                     {**both, "id": "f", "mentions": ["m9-13"]}]),
                           ("crf", [both])):  # fmt: skip
        path = tmp_path / f"{name}.jsonl"
        found = json.loads(record("PER 0-4", "PER 9-13"))
        path.write_text(json.dumps({**found, "entities": clusters}) + "\n")
    text = run("audit gold crf crf", "--folds", "0")

    assert "coreference separate  PER 'Omar' -> PER 'Anna'" in text
    assert "1 suspect in 1 document, by 2 systems; shown: 1 (1 of coreference)" in text
