"""Scores of items by what they are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from tests.evaluate.parity.records import save as saved

from glose.cli import commands
from glose.corpus.errors import GloseError
from glose.corpus.jsonl import decode
from glose.evaluate import buckets
from glose.evaluate.annotations import listed
from glose.evaluate.breakdown import bucket_tables
from glose.evaluate.intervals import Sampling
from glose.evaluate.overview import scores
from glose.evaluate.plan import Options
from glose.evaluate.results import Bucket, Evaluation
from glose.evaluate.scoring import score
from glose.evaluate.traits import SENTENCES, TIMES, TRAITS, WORDS, Beside, Trained, bucket, values
from glose.evaluate.writers import written

TEXT = "Hama Nord. Hama. Anna Berg est à Hama."


def beside(*written: str, trained: Trained | None = None) -> Beside:
    """Return the side of a document with the mentions that `GPE 0-4` writes."""
    mentions = []
    for number, each in enumerate(written):
        name, place = each.split()
        start, end = map(int, place.split("-"))
        mentions.append({"id": f"T{number}", "type": name, "start": start, "end": end})
    document = decode(msgspec.json.encode({"id": "d", "text": TEXT, "mentions": mentions}))
    return Beside(document, listed(document, "entity", TEXT), trained)


@pytest.mark.parametrize(("trait", "written", "expected"), [
    ("span-length", ["GPE 0-4", "GPE 0-9", "PER 17-38"], ["01", "02", "06+"]),
    ("position", ["GPE 0-4", "GPE 11-15", "GPE 33-37"], ["01", "02", "03-05"]),
    ("nesting", ["GPE 0-4", "ORG 0-9", "GPE 11-15"], ["inner", "outer", "flat"]),
    ("nesting", ["GPE 0-4", "ORG 0-4"], ["flat", "flat"]),
    ("nesting", ["A 0-9", "A 0-4", "A 0-2"], ["outer", "inner and outer", "inner"]),
    ("nesting", ["A 0-6", "A 4-9"], ["flat", "flat"]),
    ("nesting", ["A 0-20", "A 2-6", "A 5-9"], ["outer", "inner", "inner"]),
    ("distance", ["GPE 0-4"], ["(none)"]),
    ("seen", ["GPE 0-4"], ["(none)"]),
])  # fmt: skip
def test_traits(trait: str, written: list[str], expected: list[str]) -> None:
    assert list(values(beside(*written), trait)) == expected


@pytest.mark.parametrize(("trait", "expected"), [
    ("frequency", ["02-04", "00", "02-04"]),
    ("seen", ["seen", "unseen", "seen as another type"]),
])  # fmt: skip
def test_training(trait: str, expected: list[str], tmp_path: Path) -> None:
    mentions = [{"type": "GPE", "start": s, "end": s + 4} for s in (0, 11)]
    path = tmp_path / "train.jsonl"
    path.write_bytes(msgspec.json.encode({"id": "t", "text": TEXT, "mentions": mentions}) + b"\n")
    trained = Trained.of(path, ("entity",))

    assert list(values(beside("GPE 33-37", "PER 17-26", "ORG 0-4", trained=trained), trait)) == (
        expected
    )


@pytest.mark.parametrize(("number", "starts", "name"), [
    (1, WORDS, "01"), (5, WORDS, "04-05"), (60, WORDS, "06+"), (0, TIMES, "00"),
    (19, TIMES, "05-19"), (1, SENTENCES, "01"), (10, SENTENCES, "06-10"),
])  # fmt: skip
def test_bucket(number: int, starts: tuple[int, ...], name: str) -> None:
    assert bucket(number, starts) == name


def test_every_trait_has_a_name() -> None:
    assert tuple(TRAITS) == buckets.ITEMS


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("slices")
    found = saved("seed1", "gold", folder), saved("seed1", "pred", folder)
    for path in found:
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:12]))
    return found


PROTOCOLS = (
    "entity/strict", "semeval2013/partial", "textee/argument-classification", "nugget/type",
    "relation/strict",
)  # fmt: skip


@pytest.fixture(scope="module")
def evaluation(files: tuple[Path, Path]) -> Evaluation:
    options = Options(protocols=PROTOCOLS, sampling=Sampling(50))
    return score(files[0], [files[1]], by=buckets.ITEMS, options=options, train=files[0])


@pytest.mark.parametrize("trait", buckets.ITEMS)
@pytest.mark.parametrize("name", PROTOCOLS)
def test_values_add_up_to_all_items(name: str, trait: str, evaluation: Evaluation) -> None:
    (system,) = evaluation.systems
    whole = system.find(name)
    parts = [s for s in system.scores if s.metric == name and s.bucket and s.bucket.by == trait]
    assert whole is not None
    if trait == "distance" and "argument" not in name:
        assert not parts
        return
    for figure in ("correct_precision", "correct_recall", "gold", "predicted"):
        assert sum(getattr(each, figure) for each in parts) == pytest.approx(
            getattr(whole, figure)
        )


def test_slices_have_intervals(evaluation: Evaluation) -> None:
    found = evaluation.systems[0].find("entity/strict", bucket=Bucket("span-length", "01"))

    assert found is not None
    assert found.interval is not None
    assert found.interval.f1 is not None
    assert found.interval.f1[0] <= (found.f1 or 0) <= found.interval.f1[1]
    assert 0 < (found.documents or 0) <= 12


def test_clusters_are_resampled_together(files: tuple[Path, Path]) -> None:
    options = Options(("entity/strict",), sampling=Sampling(50), cluster="length")
    (system,) = score(files[0], [files[1]], by=("nesting",), options=options).systems
    found = system.find("entity/strict", bucket=Bucket("nesting", "flat"))

    assert found is not None
    assert found.gold


def test_clusters_of_mentions_have_no_items(files: tuple[Path, Path]) -> None:
    options = Options(("coreference/b3",), sampling=Sampling(0))
    found = score(files[0], [files[1]], by=("nesting",), options=options)

    assert any("not of single items" in note for note in found.notes)


def test_frequency_needs_training_data(files: tuple[Path, Path]) -> None:
    with pytest.raises(GloseError, match="--train"):
        score(files[0], [files[1]], by=("seen",))


def test_saved_counts_have_no_items(files: tuple[Path, Path], tmp_path: Path) -> None:
    counts = tmp_path / "counts.jsonl"
    score(files[0], [files[1]], save=counts)

    with pytest.raises(GloseError, match="cannot be told apart by nesting"):
        score(counts, [], by=("nesting",))


def test_the_command(files: tuple[Path, Path]) -> None:
    named = ["-p", "entity/strict", "--by", "seen", "--train", str(files[0]), "--samples", "0"]
    done = CliRunner().invoke(
        commands, ["evaluate", "score", *map(str, files), *named], catch_exceptions=False
    )

    assert done.exit_code == 0
    assert "seen as another type" in done.stdout


def test_the_json(files: tuple[Path, Path]) -> None:
    named = ["-p", "entity/strict", "--by", "nesting", "--samples", "0", "--json", "-"]
    done = CliRunner().invoke(commands, ["evaluate", "score", *map(str, files), *named])
    scores = json.loads(done.stdout)["systems"][0]["scores"]

    assert {"by": "nesting", "value": "flat", "documents": 12} in [s["bucket"] for s in scores]


def test_no_f1_where_what_is_right_has_another_value_on_the_other_side(
    record: Callable[..., dict[str, Any]], save: Callable[..., Path]
) -> None:
    gold = save("g.jsonl", *(record(name, "PER 0-12") for name in "ab"))
    predicted = save("p.jsonl", *(record(name, "PER 3-12", "LOC 34-42") for name in "ab"))
    options = Options(("entity/overlap",), sampling=Sampling(50))
    found = score(gold, [predicted], by=("span-length",), options=options)
    (system,) = found.systems
    short, long = (
        system.find("entity/overlap", bucket=Bucket("span-length", value))
        for value in ("01", "02")
    )

    assert short is not None
    assert long is not None
    assert (short.precision, short.recall, short.f1) == (0.5, None, None)
    assert (long.precision, long.recall, long.f1) == (None, 1.0, None)
    assert long.interval is not None
    assert long.interval.f1 is None
    table = "\n".join(written(scores(found, by=("span-length",))))
    assert re.search(r"01 +50\.00 +- +- +- +2/0", table)
    assert re.search(r"02 +- +100\.00 +- +- +0/2", table)
    assert bucket_tables(found)[0].chart.count('class="mark"') == 0


def test_f1_is_0_where_nothing_that_was_predicted_is_right_and_gold_has_nothing(
    record: Callable[..., dict[str, Any]], save: Callable[..., Path]
) -> None:
    gold = save("g.jsonl", *(record(name, "PER 0-12") for name in "ab"))
    predicted = save("p.jsonl", *(record(name, "PER 34-42") for name in "ab"))
    options = Options(("entity/overlap",), sampling=Sampling(0))
    (system,) = score(gold, [predicted], by=("span-length",), options=options).systems
    found = system.find("entity/overlap", bucket=Bucket("span-length", "01"))

    assert found is not None
    assert (found.precision, found.recall, found.f1) == (0.0, None, 0.0)
