"""The likeliest errors of gold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from glose.cli import commands
from glose.corpus.errors import GloseError
from glose.evaluate.auditing import audit
from glose.evaluate.occurrences import Strings, capitals
from glose.evaluate.plausibility import chances, features, fold
from glose.evaluate.suspects import Audit

SAMPLE = Path(__file__).parents[2] / "corpus" / "samples" / "gold.jsonl"
TEXT = "La ville de Hama est calme."
HAMA, TOWN = (12, 16), (3, 16)


def line(name: str, text: str, *marked: tuple[str, int, int]) -> bytes:
    mentions = [{"type": t, "start": a, "end": b} for t, a, b in marked]
    return msgspec.json.encode({"id": name, "text": text, "mentions": mentions}) + b"\n"


@pytest.fixture
def audited(tmp_path: Path) -> Callable[..., Audit]:
    """Give a function that audits one document by what systems have in it, without a model."""

    def found(gold: list[Any], *systems: list[Any]) -> Audit:
        paths = []
        for number, marked in enumerate((gold, *systems)):
            paths.append(tmp_path / f"{number}.jsonl")
            paths[-1].write_bytes(line("d1", TEXT, *marked))
        return audit(paths[0], paths[1:], folds=0)

    return found


GPE, PER, BIG = ("GPE", *HAMA), ("PER", *HAMA), ("GPE", *TOWN)


@pytest.mark.parametrize(("gold", "systems", "expected"), [
    pytest.param([], [[GPE]] * 3, ("missing", 0.77), id="three have what gold has not"),
    pytest.param([], [[GPE]] * 2, ("missing", 0.70), id="two"),
    pytest.param([], [[GPE]], ("missing", 0.5), id="one alone weighs less"),
    pytest.param([PER], [[GPE], [GPE], [PER]], ("type", 0.47), id="another type"),
    pytest.param([BIG], [[GPE]] * 2, ("boundary", 0.70), id="other bounds"),
    pytest.param([BIG], [[GPE], [GPE], [BIG]], ("boundary", 0.23), id="one has gold's bounds"),
    pytest.param([BIG], [[PER]] * 2, ("boundary", 0.70), id="other bounds and another type"),
    pytest.param([GPE], [[]] * 2, ("superfluous", 0.35), id="nothing there"),
])  # fmt: skip
def test_systems(
    gold: list[Any], systems: list[Any], expected: tuple[str, float],
    audited: Callable[..., Audit],
) -> None:  # fmt: skip
    (suspect,) = audited(gold, *systems).suspects

    assert (suspect.kind, round(suspect.score, 2)) == expected


@pytest.mark.parametrize(("gold", "systems"), [
    pytest.param([GPE], [[GPE]], id="all agree"),
    pytest.param([GPE], [[GPE], [PER]], id="no majority against gold"),
    pytest.param([], [[GPE], [PER]], id="no majority for one type"),
    pytest.param([], [[]], id="nothing"),
    pytest.param([BIG], [[], [GPE], [BIG]], id="one has nothing, another has other bounds"),
    pytest.param([BIG], [[BIG, GPE]] * 2, id="a part of what all have, in a corpus without parts"),
    pytest.param([GPE], [], id="no systems"),
])  # fmt: skip
def test_no_suspects(gold: list[Any], systems: list[Any], audited: Callable[..., Audit]) -> None:
    assert audited(gold, *systems).suspects == ()


def strings(*texts: tuple[str, dict[tuple[int, int], str]]) -> Strings:
    found = Strings()
    for text, marked in texts:
        found.learn(text, marked)
    for text, marked in texts:
        found.count(marked, found.places(text, marked))
    return found


@pytest.mark.parametrize(("marks", "mark", "expected"), [
    pytest.param(["GPE", "GPE", None], None, ("GPE", 1.0), id="marked elsewhere"),
    pytest.param(["GPE", "GPE", "PER"], "PER", ("GPE", 1.0), id="of another type elsewhere"),
    pytest.param(["GPE", "GPE"], "GPE", None, id="alike"),
    pytest.param(["GPE", None], None, None, id="once is no custom"),
    pytest.param(["GPE", "GPE", "PER", "PER", None], None, None, id="now this, now that"),
])  # fmt: skip
def test_the_same_words(
    marks: list[str | None], mark: str | None, expected: tuple[str, float] | None
) -> None:
    found = strings(*(("Hama", {(0, 4): each} if each else {}) for each in marks))

    assert found.other(("Hama",), mark) == expected


def test_parts_of_something_longer_are_no_occurrences() -> None:
    text = "Hama; Hama Nord"
    found = strings(("Hama", {(0, 4): "GPE"}), (text, {(6, 15): "ORG"}))

    assert [place for _, place in found.places(text, {(6, 15): "ORG"})] == [(0, 4), (6, 15)]


def test_capitals() -> None:
    text = "Le chef de la Croix Rouge a vu Omar. Demain il part."

    assert [text[a:b] for a, b in capitals(text)] == ["Croix Rouge", "Omar"]


def test_a_model_finds_what_is_unlike_the_rest() -> None:
    texts = [
        f"{name} est à {place}." for name in ("Anna", "Omar") for place in ("Hama", "Homs")
    ] * 4
    seen, labels, parts = [], [], []
    for number, text in enumerate(texts):
        seen += list(features(text, [(0, 4), (11 - 0, 15)]))
        labels += ["PER", "GPE"]
        parts += [number % 4] * 2
    labels[0] = "GPE"
    found = chances(seen, labels, parts)

    assert found is not None
    assert found[0]["PER"] > 0.5 > found[0]["GPE"]


@pytest.mark.parametrize(("labels", "parts"), [(["A", "B"], [0, 0]), (["A", "A"], [0, 1])])
def test_no_model_of_too_little(labels: list[str], parts: list[int]) -> None:
    assert chances([{"a": 1.0}, {"b": 1.0}], labels, parts) is None


def test_a_fold_is_always_the_same() -> None:
    assert [fold(name, 5) for name in ("d1", "a", "xyz")] == [2, 2, 1]


def planted(folder: Path) -> tuple[Path, set[tuple[str, int]]]:
    """Write the sample with every twentieth mention left out; return what was."""
    path, gone = folder / "planted.jsonl", set()
    with path.open("wb") as stream:
        for line in SAMPLE.read_bytes().splitlines()[:25]:
            record = json.loads(line)
            left = record["mentions"][::20]
            gone |= {(record["id"], mention["start"]) for mention in left}
            ids = {mention["id"] for mention in left}
            record["mentions"] = [m for m in record["mentions"] if m["id"] not in ids]
            for name in (
                "entities",
                "events",
                "relations",
                "event_clusters",
                "templates",
                "labels",
            ):
                record[name] = []
            record["status"]["annotated"] = ["mentions"]
            stream.write(msgspec.json.encode(record) + b"\n")
    return path, gone


def test_planted_errors_come_first(tmp_path: Path) -> None:
    """Two systems that have what gold lost, and no model: what was left out comes first."""
    path, gone = planted(tmp_path)
    truth = tmp_path / "truth.jsonl"
    truth.write_bytes(b"".join(SAMPLE.read_bytes().splitlines(keepends=True)[:25]))
    found = audit(path, [truth, truth], folds=0).suspects
    first = {(s.document, s.proposed.pieces[0][0]) for s in found[: len(gone)] if s.proposed}

    assert len(first & gone) >= 0.9 * len(gone)


@pytest.mark.parametrize("command", ["audit", "report"])
def test_a_model_needs_two_parts(command: str, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_bytes(line("d1", TEXT, GPE))
    files = [str(tmp_path / "gold.jsonl")] * 2
    more = ["-o", str(tmp_path / "page.html")] if command == "report" else []
    arguments = ["evaluate", command, *files, "--folds", "1", *more]

    with pytest.raises(GloseError, match=r"at least 2 parts \(--folds 2\), or 0 for no model"):
        CliRunner().invoke(commands, arguments, catch_exceptions=False)


def test_the_command(tmp_path: Path) -> None:
    path, _ = planted(tmp_path)
    arguments = ["evaluate", "audit", str(path), "-n", "3", "--folds", "2"]
    done = CliRunner().invoke(commands, arguments, catch_exceptions=False)

    assert done.exit_code == 0
    assert "suspects in 25 documents, by 0 systems; shown: 3" in done.stdout


def test_the_json(tmp_path: Path) -> None:
    path, _ = planted(tmp_path)
    arguments = [
        "evaluate",
        "audit",
        str(path),
        str(path),
        "--folds",
        "0",
        "--json",
        "-",
        "-n",
        "1",
    ]
    done = CliRunner().invoke(commands, arguments, catch_exceptions=False)
    found = json.loads(done.stdout)

    assert (found["documents"], found["systems"], len(found["suspects"])) == (25, 1, 1)
    assert set(found["suspects"][0]) == {
        "document", "layer", "kind", "gold", "proposed", "score", "evidence", "context",
    }  # fmt: skip
