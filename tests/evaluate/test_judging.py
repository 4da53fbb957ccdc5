"""The commands that judge parse, call and print."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from glose.evaluate.commands import group

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]
STRICT = ("-p", "entity/strict")


@pytest.fixture
def files(record: Make, save: Save) -> list[str]:
    """Twelve documents; crf finds all of them but one mention, rules half of the second ones."""
    golds = [
        record(f"d{n:02}", "PER 3-12", "LOC 34-42", meta={"source": "AB"[n % 2]})
        for n in range(12)
    ]
    crf = [record(f"d{n:02}", "PER 3-12", *["LOC 34-42"] * (n > 0)) for n in range(12)]
    rules = [record(f"d{n:02}", "PER 3-12", *["LOC 34-42"] * (n % 2)) for n in range(12)]
    found = (("gold", golds), ("crf", crf), ("rules", rules))
    return [str(save(f"{name}.jsonl", *records)) for name, records in found]


def run(*words: str) -> Result:
    return CliRunner().invoke(group, words, catch_exceptions=False)


def counts(files: list[str], *systems: str) -> str:
    target = str(Path(files[0]).with_name("-".join(Path(each).stem for each in systems)))
    assert run("score", files[0], *systems, *STRICT, "--save-counts", target).exit_code == 0
    return target


@pytest.mark.parametrize("method", ["percentile", "bca", "jackknife"])
def test_the_method_of_intervals_is_told(files: list[str], method: str) -> None:
    done = run("score", *files[:2], *STRICT, "--interval", method, "--json", "-")
    shown = json.loads(done.stdout)
    told = {"percentile": "bootstrap"}.get(method, method)
    assert shown["systems"][0]["scores"][0]["interval"]["method"] == told
    assert f"|interval:{method}|" in shown["signature"]


def test_two_clusters_are_noted(files: list[str]) -> None:
    done = run("score", *files[:2], *STRICT, "--cluster", "source")
    assert "note: 2 clusters: intervals of fewer than 10 are rough" in done.stderr


def test_score_and_compare_take_counts_alone(files: list[str]) -> None:
    both = counts(files, *files[1:])
    for command in ("score", "compare", "power"):
        assert run(command, both, *STRICT).stdout == run(command, *files, *STRICT).stdout


def test_counts_are_read_in_other_buckets(files: list[str]) -> None:
    done = run("score", counts(files, files[1]), "--by", "source", "--samples", "0")
    assert re.search(r"\n  A +100\.00 +91\.67 .* 6\n", done.stdout)


@pytest.mark.parametrize("command", ["score", "compare", "power"])
def test_a_corpus_alone_is_too_little(files: list[str], command: str) -> None:
    done = run(command, files[0])
    assert (done.exit_code, "(or, alone, a file that score --save-counts" in done.output) == (
        2,
        True,
    )


def test_compare_shows_effect_and_what_would_be_detected(files: list[str]) -> None:
    done = run("compare", *files, *STRICT, "--test", "permutation")
    head, row, *_ = done.stdout.splitlines()
    assert head.split()[-3:] == ["effect", "detectable", "win/tie/loss"]
    assert re.search(r" -\d\.\d\d +\d+\.\d\d +0/7/5$", row)


def test_compare_by_another_average(files: list[str]) -> None:
    done = run("compare", *files, *STRICT, "--average", "macro", "--json", "-")
    [found] = json.loads(done.stdout)["differences"]
    assert (found["average"], found["test"], found["method"]) == (
        "macro",
        "randomisation",
        "bootstrap",
    )


def test_power_prints_what_is_needed_and_a_curve(files: list[str]) -> None:
    lines = run("power", *files, *STRICT, "--difference", "0.01").stdout.splitlines()
    assert lines[0].split()[-4:] == ["documents", "needed", "interval", "more"]
    assert re.search(r"^crf -> rules +-\S+ +1\.00 +12 +\d+ +\d+ to \d+ +\d+$", lines[1])
    assert re.search("^crf -> rules: documents +12 +24 +60 +120", lines[3])
    assert lines[-2] == "for a power of 0.8 at alpha 0.05"


def test_power_writes_json(files: list[str]) -> None:
    shown = json.loads(run("power", *files, *STRICT, "--json", "-").stdout)
    assert list(shown["needs"][0]) == [
        "metric", "average", "a", "b", "units", "difference", "assumed", "spread", "needed",
        "more", "interval", "curve",
    ]  # fmt: skip
    assert list(shown["needs"][0]["curve"][0]) == ["units", "normal", "resampled"]


@pytest.mark.parametrize("value", ["0", "1", "nan", "-1"])
def test_a_difference_that_is_none_is_refused(files: list[str], value: str) -> None:
    assert run("power", *files, "--difference", value).exit_code == 2


def test_gate_exits_with_0_where_all_passes(files: list[str]) -> None:
    done = run("gate", *files[:2], *STRICT, "--min", "f1=0.9", "--min", "macro:recall=0.9")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[:4] == [
        "ok    entity/strict micro f1 97.87: at least 90.00",
        "ok    entity/strict macro recall 95.83: at least 90.00",
        "",
        "passed",
    ]


def test_gate_exits_with_1_below_a_minimum(files: list[str]) -> None:
    done = run("gate", *files[:2], *STRICT, "--min", "f1=0.99")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[:3] == [
        "FAIL  entity/strict micro f1 97.87: below the minimum 99.00",
        "",
        "failed: 1 of 1 checks",
    ]


def test_gate_exits_with_1_where_it_is_worse(files: list[str]) -> None:
    """Five documents lose a mention and none gains one: one way of 32 is as bad."""
    words = ("gate", files[0], files[2], *STRICT, "--test", "permutation")
    done = run(*words, "--no-worse-than", counts(files, files[1]))
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == (
        "FAIL  entity/strict micro f1 85.71: significantly worse than the baseline 97.87 "
        "(p 0.0312, corrected 0.0312, alpha 0.05)"
    )


def test_gate_takes_the_json_of_a_score(files: list[str], tmp_path: Path) -> None:
    target = str(tmp_path / "baseline.json")
    run("score", *files[:2], *STRICT, "--json", target)
    assert run("gate", *files[:2], *STRICT, "--no-worse-than", target).exit_code == 0
    done = run("gate", files[0], files[2], *STRICT, "--no-worse-than", target, "--json", "-")
    assert (done.exit_code, json.loads(done.stdout)["passed"]) == (1, False)


@pytest.mark.parametrize(
    "words", [(), ("--min", "f1"), ("--no-worse-than", "x", "--samples", "0"), ("--alpha", "2")]
)
def test_a_gate_without_a_check_is_refused(files: list[str], words: tuple[str, ...]) -> None:
    assert run("gate", *files[:2], *words).exit_code == 2


def test_merge_puts_systems_side_by_side(files: list[str], tmp_path: Path) -> None:
    each = [counts(files, path) for path in files[1:]]
    target = str(tmp_path / "both")
    done = run("merge", *each, "-o", target)
    assert done.stdout == f"{target}: counts of 12 documents\n"
    assert run("compare", target).stdout == run("compare", *files, *STRICT).stdout


def unsorted(paths: list[str]) -> list[str]:
    """Turn the order of documents around: then a few are spread over processes too."""
    for path in map(Path, paths):
        path.write_bytes(b"".join(reversed(path.read_bytes().splitlines(keepends=True))))
    return paths


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("compare", "--average", "macro", "--cluster", "source"), id="compare"),
        pytest.param(("compare", "--interval", "bca", "--test", "permutation"), id="exact"),
        pytest.param(("power",), id="power"),
        pytest.param(("gate", "--min", "f1=0.9"), id="gate, minimum"),
        pytest.param(("gate", "--no-worse-than"), id="gate, baseline"),
        pytest.param(("agree", "--by", "source", "--gamma", "3"), id="agree"),
    ],
)
def test_jobs_change_nothing(files: list[str], words: tuple[str, ...]) -> None:
    command, *rest = words
    baseline = counts(files, files[2])
    paths = unsorted(files)[: 2 if command == "gate" else 3]
    more = [baseline] if "--no-worse-than" in rest else []
    run_by = ("--samples", "50", *STRICT, "--json", "-", "--jobs")
    one, two = (run(command, *paths, *rest, *more, *run_by, jobs) for jobs in "12")
    assert (one.exit_code, one.stdout) == (two.exit_code, two.stdout)
    assert one.stdout.startswith("{")


@pytest.mark.parametrize("command", ["compare", "power", "gate", "agree"])
def test_the_work_is_spread(
    files: list[str], command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of the processes gets a part: of twelve documents four."""
    parts: list[int] = []

    def spread(function: Callable[[Any], Any], work: Sequence[Any], jobs: int) -> Iterator[Any]:
        parts.append(len(work))
        return map(function, work)

    for module in ("significance", "gate", "agreement.agree"):
        monkeypatch.setattr(f"glose.evaluate.{module}.spread", spread)
    gate = command == "gate"
    paths, more = unsorted(files)[: 2 if gate else 3], ["--min", "f1=0.9"] * gate
    run(command, *paths, *STRICT, *more, "--samples", "9", "-j", "3")
    assert parts == [3]


@pytest.mark.parametrize(
    ("command", "option", "told"),
    [
        ("compare", ("--average", "macro"), "compared:macro|test:randomisation"),
        ("compare", ("--test", "bootstrap"), "compared:micro|test:bootstrap"),
        ("power", ("--average", "macro"), "compared:macro|power:0.8|alpha:0.05|difference:found"),
        (
            "power",
            ("--power", "0.9", "--difference", "0.02"),
            "power:0.9|alpha:0.05|difference:0.02",
        ),
        ("gate", ("--test", "permutation"), "compared:micro|test:permutation|alpha:0.05"),
        ("gate", ("--alpha", "0.01"), "compared:micro|test:randomisation|alpha:0.01"),
    ],
)
def test_the_signature_tells_how_systems_are_judged(
    files: list[str], command: str, option: tuple[str, ...], told: str
) -> None:
    gate = command == "gate"
    more = ("--no-worse-than", counts(files, files[2])) if gate else ()
    words = (command, *files[: 2 if gate else 3], *STRICT, "--samples", "20", *more)
    plain, other = (run(*words, *each).stdout.splitlines()[-1] for each in ((), option))
    assert other.endswith(told)
    assert plain != other


@pytest.mark.parametrize("command", ["compare", "power"])
@pytest.mark.parametrize(
    ("average", "head"), [("micro", "entity/strict"), ("macro", "entity/strict, macro over types")]
)
def test_the_average_that_is_compared_is_told(
    files: list[str], command: str, average: str, head: str
) -> None:
    first = run(command, *files, *STRICT, "--average", average).stdout.splitlines()[0]
    assert re.split("  +", first)[0] == head
