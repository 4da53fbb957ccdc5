"""The commands of `glose evaluate` parse, call and print."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from glose.corpus.errors import GloseError
from glose.evaluate.commands import group
from glose.evaluate.metrics import METRICS, PROTOCOLS

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]
DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "metrics.md", *sorted(DOCS.glob("metrics/*.md"))]
MANUAL = "".join(page.read_text(encoding="utf-8") for page in PAGES)
HEADINGS = [line for line in MANUAL.splitlines() if line.startswith("## `")]


@pytest.fixture
def files(record: Make, save: Save) -> list[str]:
    gold = save(
        "gold.jsonl", record("a", "PER 3-12", "LOC 34-42"), record("b", "PER 23-31"),
    )  # fmt: skip
    crf = save("crf.jsonl", record("a", "PER 3-12", "ORG 34-42"), record("b", "PER 23-31"))
    rules = save("rules.jsonl", record("a", "PER 3-12"), record("b"))
    return [str(path) for path in (gold, crf, rules)]


def run(*words: str) -> Result:
    return CliRunner().invoke(group, words, catch_exceptions=False)


@pytest.mark.parametrize("name", [*METRICS, *PROTOCOLS])
def test_metric_and_protocol_are_documented(name: str) -> None:
    """A section is on what its heading names: metrics, or a whole family as `family/…`."""
    family = f"`{name.partition('/')[0]}/…`"
    there = any(f"`{name}`" in heading or family in heading for heading in HEADINGS)
    assert there, f"no page of docs/metrics has a section on {name}"


def test_score_prints_a_leaderboard_with_the_best_system_first(files: list[str]) -> None:
    done = run("score", *files[:1], files[2], files[1], "-p", "entity/strict", "--samples", "0")
    assert done.stdout.splitlines()[:5] == [
        "entity/strict            P      R     F1  interval  correct  gold  predicted",
        "crf                  66.67  66.67  66.67         -        2     3          3",
        "  macro over types   50.00  50.00  33.33         -        -     -          -",
        "rules               100.00  33.33  50.00         -        1     3          1",
        "  macro over types  100.00  25.00  33.33         -        -     -          -",
    ]


def test_score_ends_with_hashes_and_signature(files: list[str]) -> None:
    *_, system, signature = run("score", *files[:2]).stdout.splitlines()
    assert re.fullmatch(r"crf: [0-9a-f]{32}", system)
    assert re.fullmatch(r"glose:.*\|protocol:default\|metrics:entity/\*\|.*\|seed:1", signature)


def test_score_by_type_shows_each_type(files: list[str]) -> None:
    done = run("score", *files[:2], "--by", "type", "-p", "entity/strict", "--samples", "0")
    assert re.search(r"\n  PER( +100\.00){3} +- +2 +2 +2\n", done.output)


def test_score_by_a_field_shows_each_value(files: list[str]) -> None:
    done = run("score", *files[:2], "--by", "agency", "-p", "entity/strict")
    assert "crf by agency" in done.output


def test_score_writes_json_alone_to_standard_output(files: list[str]) -> None:
    shown = json.loads(run("score", *files, "--json", "-").stdout)
    assert [system["name"] for system in shown["systems"]] == ["crf", "rules"]


def test_score_writes_json_to_a_file_beside_the_table(files: list[str], tmp_path: Path) -> None:
    done = run("score", *files[:2], "--json", str(tmp_path / "out" / "scores.json"))
    assert json.loads((tmp_path / "out" / "scores.json").read_bytes())["documents"] == 2
    assert done.stdout.startswith("entity/strict")


def test_counts_and_json_are_two_files(files: list[str], tmp_path: Path) -> None:
    both = str(tmp_path / "both")
    with pytest.raises(GloseError, match="both: named for both --json and --save-counts"):
        run("score", *files, "--save-counts", both, "--json", both)


def test_json_is_written_even_if_nobody_reads_the_table(files: list[str], tmp_path: Path) -> None:
    """`glose … --json FILE | head -1` ends before the table is printed."""
    target = tmp_path / "scores.json"
    program = "import sys; from glose.cli import main; sys.argv[0] = 'glose'; main()"
    command = [sys.executable, "-c", program, "evaluate", "score", *files, "--json", str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()

    assert json.loads(target.read_bytes())["documents"] == 2


def test_few_documents_and_what_is_not_scored_are_noted_on_standard_error(
    files: list[str],
) -> None:
    assert run("score", *files).stderr.splitlines() == [
        "note: gold: events not annotated; trigger/*, argument/* not scored",
        "note: 2 documents: intervals of fewer than 10 are rough, and mostly too narrow",
    ]


@pytest.mark.parametrize("command", ["compare", "errors"])
def test_every_command_notes_what_is_not_scored(files: list[str], command: str) -> None:
    done = run(command, *files[: 3 if command == "compare" else 2])
    assert "trigger/*, argument/* not scored\n" in done.stderr


def test_intervals_that_are_not_drawn_are_not_noted(files: list[str]) -> None:
    assert run("score", *files, "-p", "entities", "--samples", "0").stderr == ""


def test_the_same_command_prints_the_same(files: list[str]) -> None:
    assert run("score", *files).output == run("score", *files).output


def test_compare_prints_each_pair(files: list[str]) -> None:
    done = run("compare", *files, "-m", "entity/strict", "--samples", "99")
    assert re.search(r"crf -> rules +66\.67 +50\.00 +-16\.67 .* 1/0/1\n", done.output)


def test_compare_writes_json(files: list[str]) -> None:
    shown = json.loads(run("compare", *files, "--samples", "99", "--json", "-").stdout)
    assert list(shown["differences"][0]) == [
        "metric", "a", "b", "f1_a", "f1_b", "difference", "interval", "p", "holm", "wins", "ties",
        "losses", "average", "test", "method", "effect", "detectable",
    ]  # fmt: skip


def test_compare_needs_two_systems(files: list[str]) -> None:
    done = run("compare", *files[:2])
    assert (done.exit_code, "expected at least two" in done.output) == (2, True)


def test_errors_prints_each_mistake_on_a_line_and_a_table(files: list[str]) -> None:
    lines = run("errors", *files[:2]).stdout.splitlines()
    assert lines[0] == (
        "a  entity type  LOC -> ORG  Le président reçoit le ministre à >>Beyrouth<<, vendredi."
    )
    assert lines[2:] == [
        "        correct  type  boundary  both  role  missed  spurious",
        "entity        2     1         0     0     0       0         0",
    ]


def test_errors_of_a_kind_writes_json(files: list[str]) -> None:
    shown = json.loads(run("errors", *files[:2], "--kind", "type", "--json", "-").stdout)
    assert shown["mistakes"][0]["gold"] == {
        "type": "LOC", "pieces": [[34, 42]], "text": "Beyrouth", "event": None, "role": None,
        "trigger": None,
    }  # fmt: skip


def test_what_cannot_be_scored_is_one_line(files: list[str]) -> None:
    Path(files[1]).write_text('{"id":"a","text":"x","mentions":[]}\n')
    with pytest.raises(GloseError, match=r"^.*crf\.jsonl:1: a: the text is not that of gold.*$"):
        run("score", *files[:2])


@pytest.mark.parametrize("command", ["score", "compare", "errors"])
@pytest.mark.parametrize("which", [0, 1])
def test_parquet_is_recognised(files: list[str], command: str, which: int) -> None:
    Path(files[which]).write_bytes(b"PAR1\x15\x04\x15\n\n")
    words = [command, *files[: 3 if command == "compare" else 2]]
    with pytest.raises(GloseError, match=r":1: this looks like parquet; convert it first: glose "):
        run(*words)


def test_a_folder_of_predictions_says_what_to_name(files: list[str], tmp_path: Path) -> None:
    with pytest.raises(GloseError, match=r"this is a folder; name a file .* crf\.jsonl, gold\."):
        run("score", files[0], str(tmp_path))


@pytest.mark.parametrize("level", ["nan", "0", "1", "-1", "95"])
def test_a_level_that_is_none_is_the_fault_of_the_command_line(
    files: list[Path], level: str
) -> None:
    done = run("score", *map(str, files), "--level", level)

    assert done.exit_code == 2
    assert "expected one between 0 and 1" in done.stderr


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("text", "entity/strict"),
        ("markdown", "| entity/strict | P |"),
        ("latex", "% needs"),
        ("csv", "metric,system,average,type,by,bucket,documents,P,R,F1,F1 low,F1 high,"),
    ],
)
def test_tables_are_printed_in_the_form_that_is_asked_for(
    files: list[str], form: str, first: str
) -> None:
    assert run("score", *files, "-p", "entity/strict", "--format", form).stdout.startswith(first)


@pytest.mark.parametrize("command", ["compare", "power", "errors"])
def test_other_commands_print_csv_too(files: list[str], command: str) -> None:
    systems = files if command != "errors" else files[:2]
    head, *rows = run(command, *systems, "-p", "entity/strict", "--format", "csv").stdout.split(
        "\n"
    )

    assert head.endswith(",signature")
    assert len(rows) > 1
