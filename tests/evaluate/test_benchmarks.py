"""The corpus of the benchmarks is valid, and the same from the same seed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from tests.evaluate import invented

from glose.corpus.jsonl import read
from glose.evaluate.metrics import METRICS
from glose.evaluate.mistakes import errors

Generate = Callable[..., tuple[Path, Path]]

ROOT = Path(__file__).parents[2]


@pytest.fixture
def generate(monkeypatch: pytest.MonkeyPatch) -> Generate:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.delitem(sys.modules, "generate", raising=False)
    function: Generate = import_module("generate").generate
    return function


def test_every_document_keeps_the_rules(generate: Generate, tmp_path: Path) -> None:
    assert [len(list(read(path))) for path in generate(tmp_path, 20)] == [20, 20]


def test_the_same_seed_gives_the_same_bytes(generate: Generate, tmp_path: Path) -> None:
    one, other = generate(tmp_path / "a", 5), generate(tmp_path / "b", 5)
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in other]


def test_a_longer_corpus_begins_with_the_shorter(generate: Generate, tmp_path: Path) -> None:
    short, long = generate(tmp_path / "a", 3)[0], generate(tmp_path / "b", 5)[0]
    assert long.read_bytes().startswith(short.read_bytes())


def test_the_predictions_make_every_kind_of_mistake(generate: Generate, tmp_path: Path) -> None:
    kinds = {kind for _, kind in errors(*generate(tmp_path, 60)).counts}
    assert kinds == {"correct", "type", "boundary", "both", "role", "missed", "spurious"}


def test_real_corpora_are_scored_by_every_metric(tmp_path: Path) -> None:
    """On invented ones, that is."""
    gold, _ = zip(*invented.pairs(30), strict=True)
    invented.write(tmp_path / "some.jsonl", gold)
    script = ROOT / "benchmarks" / "real.py"
    done = subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert f"some.jsonl: 30 documents, {len(METRICS)} metrics" in done.stdout
    assert "coval/ceafm" in done.stdout.partition("not perfect: ")[2].partition("\n")[0]
