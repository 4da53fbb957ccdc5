"""Documents that stand on one side only are counted, and told wherever figures are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glose.evaluate.explaining import explain
from glose.evaluate.gate import Demand, Minimum, gate
from glose.evaluate.intervals import Sampling
from glose.evaluate.merging import merge
from glose.evaluate.mistakes import errors
from glose.evaluate.notes import unpaired
from glose.evaluate.plan import Options
from glose.evaluate.power import power
from glose.evaluate.repairing import repairs
from glose.evaluate.scoring import score
from glose.evaluate.significance import compare
from glose.evaluate.unpaired import Unpaired

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]

NAMES = [f"d{number:04}" for number in range(2400)]
LEFT_OUT = "part: 2 documents of gold have no predictions and are left out"
EMPTY = "part: 2 documents of gold have no predictions and count as empty"
OVER = "part: 3 documents are not in gold and passed over"


class Files:
    """Gold of twelve documents; `part` lacks two of them and has three others, `all` has all."""

    def __init__(self, record: Make, save: Save) -> None:
        self.record, self.save = record, save
        self.gold = self.file("gold", NAMES[:12])
        self.all = self.file("all", NAMES[:12])
        self.part = self.file("part", [*NAMES[:5], *NAMES[7:15]])

    def file(self, name: str, ids: list[str]) -> Path:
        return self.save(f"{name}.jsonl", *(self.record(each, "PER 3-12") for each in ids))


@pytest.fixture
def files(record: Make, save: Save) -> Files:
    return Files(record, save)


def options(missing: str, jobs: int = 1) -> Options:
    return Options(
        ("entity/strict",), missing="empty" if missing == "empty" else "ignore", extra="ignore",
        sampling=Sampling(0), jobs=jobs,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "missing", "told"),
    [
        pytest.param(([0, 0], [0, 0]), "ignore", [], id="nothing stands alone"),
        pytest.param(
            ([0, 1], [0, 0]), "ignore",
            ["b: 1 document of gold has no predictions and is left out for all systems"],
            id="what one system lacks is left out for all",
        ),
        pytest.param(
            ([2, 1], [0, 0]), "empty",
            ["a: 2 documents of gold have no predictions and count as empty",
             "b: 1 document of gold has no predictions and counts as empty"],
            id="each system counts as empty what it lacks",
        ),
        pytest.param(
            ([0, 0], [1, 0]), "ignore", ["a: 1 document is not in gold and passed over"],
            id="one too many",
        ),
    ],
)  # fmt: skip
def test_the_words(found: tuple[list[int], list[int]], missing: str, told: list[str]) -> None:
    assert list(unpaired(Unpaired(*found), ["a", "b"], options(missing))) == told


@pytest.mark.parametrize(
    ("missing", "told"), [("ignore", (LEFT_OUT, OVER)), ("empty", (EMPTY, OVER))]
)
def test_a_score_tells_what_stands_alone(
    files: Files, missing: str, told: tuple[str, ...]
) -> None:
    assert score(files.gold, [files.part], options=options(missing)).notes == told


def test_nothing_is_told_where_all_is_paired(files: Files) -> None:
    assert score(files.gold, [files.all], options=options("ignore")).notes == ()


def test_only_what_is_of_the_split_is_missing(files: Files, tmp_path: Path) -> None:
    (tmp_path / "corpus.json").write_text('{"name":"x","splits":{"test":["d0004","d0005"]}}')
    part = files.file("half", ["d0004"])
    found = score(files.gold, [part], options=Options(
        ("entity/strict",), split="test", missing="ignore", sampling=Sampling(0)
    ))  # fmt: skip
    assert found.notes == ("half: 1 document of gold has no predictions and is left out",)


@pytest.mark.parametrize(
    "turned", [pytest.param(False, id="sorted"), pytest.param(True, id="not")]
)
def test_the_number_of_jobs_does_not_matter(files: Files, turned: bool) -> None:
    step = -1 if turned else 1
    gold = files.file("gold", NAMES[10:2300][::step])
    part = files.file("part", [*NAMES[:1000], *NAMES[1100:2400]][::step])
    told = [
        score(gold, [part], options=options("ignore", jobs), by=by).notes
        for jobs in (1, 2)
        for by in ([], ["length"])
    ]
    assert told == [(
        "part: 100 documents of gold have no predictions and are left out",
        "part: 110 documents are not in gold and passed over",
    )] * 4  # fmt: skip


@pytest.mark.parametrize("missing", ["ignore", "empty"])
def test_saved_counts_tell_the_same(files: Files, tmp_path: Path, missing: str) -> None:
    saved, again = tmp_path / "part.counts", tmp_path / "again.counts"
    found = score(files.gold, [files.part], options=options(missing), save=saved)
    assert score(saved, [], options=options(missing), save=again).notes == found.notes
    assert again.read_bytes() == saved.read_bytes()


def test_counts_of_all_documents_are_written_as_ever(files: Files, tmp_path: Path) -> None:
    saved = tmp_path / "all.counts"
    score(files.gold, [files.all], options=options("ignore"), save=saved)
    last = saved.read_bytes().splitlines()[-1]
    assert last.startswith(b'{"documents":12,"sha256":"')
    assert last.count(b'":') == 2


def test_merged_shards_lack_what_each_lacks(files: Files, tmp_path: Path) -> None:
    shards = []
    for number, ids in enumerate([NAMES[:6], NAMES[6:12]]):
        gold, shard = files.file(f"g{number}", ids), tmp_path / f"{number}.counts"
        score(gold, [files.part], options=options("ignore"), save=shard)
        shards.append(shard)
    merge(shards, tmp_path / "merged.counts")
    # What is not in one shard is in the other, so nothing is known of what is in neither.
    assert score(tmp_path / "merged.counts", [], options=options("ignore")).notes == (LEFT_OUT,)


def test_merged_systems_lack_what_each_lacks(files: Files, tmp_path: Path) -> None:
    one, other = tmp_path / "one.counts", tmp_path / "other.counts"
    score(files.gold, [files.part], options=options("empty"), save=one)
    score(files.gold, [files.all], options=options("empty"), save=other)
    merge([one, other], tmp_path / "merged.counts")
    found = score(tmp_path / "merged.counts", [], options=options("empty"))
    assert found.notes == (EMPTY, OVER)


def test_a_comparison_tells_what_stands_alone(files: Files) -> None:
    two = [files.part, files.all]
    assert compare(files.gold, two, options=options("empty")).notes == (EMPTY, OVER)
    assert power(files.gold, two, options=options("empty")).notes == (EMPTY, OVER)


def test_a_gate_tells_what_stands_alone(files: Files) -> None:
    demand = Demand(minima=(Minimum("f1", 0.5),))
    verdict = gate(files.gold, files.part, demand, options("ignore"))
    assert verdict.notes == (LEFT_OUT, OVER)
    assert verdict.passed


def test_a_gate_tells_what_is_only_in_the_baseline(files: Files, tmp_path: Path) -> None:
    saved = tmp_path / "base.counts"
    score(files.gold, [files.all], options=options("ignore"), save=saved)
    verdict = gate(files.gold, files.part, Demand(baseline=saved), options("ignore"))
    alone = "2 documents are only in base.counts; the others are compared with it"
    assert verdict.notes == (LEFT_OUT, OVER, alone)


def test_a_gate_tells_what_the_baseline_lacked(files: Files, tmp_path: Path) -> None:
    saved = tmp_path / "base.counts"
    score(files.gold, [files.part], options=options("empty"), save=saved)
    verdict = gate(files.gold, files.all, Demand(baseline=saved), options("ignore"))
    lacked = "base.counts: 2 documents of gold have no predictions and count as empty"
    assert verdict.notes == (lacked, "base.counts: 3 documents are not in gold and passed over")


def test_what_looks_behind_figures_tells_what_stands_alone(files: Files) -> None:
    wanted = (LEFT_OUT, OVER)
    two = Options(
        ("entity/strict", "entity/partial"), missing="ignore", extra="ignore", sampling=Sampling(0)
    )
    assert errors(files.gold, files.part, options=options("ignore")).notes == wanted
    assert repairs(files.gold, files.part, options=options("ignore")).notes == wanted
    assert explain(files.gold, files.part, options=two).notes == wanted
