"""Layers of Python code give what their files give."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
import pytest

import glose.evaluate
from glose.corpus import arrow, jsonl
from glose.corpus.document import Document
from glose.corpus.errors import GloseError, InputError
from glose.evaluate import scoring
from glose.evaluate.layers import Predicted, named
from glose.evaluate.plan import Options
from glose.evaluate.results import Evaluation

Record = dict[str, Any]
Make = Callable[..., Record]
Save = Callable[..., Path]


@pytest.fixture
def gold(record: Make) -> list[Record]:
    """Twelve documents of two agencies, not in the order of their ids."""
    return [
        record(f"d{n:02}", "PER 3-12", "ORG 23-31", meta={"agency": ("afp", "ap")[n % 2]})
        for n in reversed(range(12))
    ]


@pytest.fixture
def crf(record: Make) -> list[Record]:
    """The same documents: every third lacks a mention, every fourth has a wrong type."""
    return [
        record(f"d{n:02}", "ORG 23-31" if n % 4 else "LOC 23-31", *(["PER 3-12"] if n % 3 else []))
        for n in range(12)
    ]


@pytest.fixture
def expected(gold: list[Record], crf: list[Record], save: Save) -> Evaluation:
    """What the files of these records give."""
    paths = save("gold.jsonl", *gold), save("predicted.jsonl", *crf)
    return scoring.score(paths[0], [paths[1]], options=Options(protocols=("entities",)))


def documents(records: list[Record]) -> Iterator[Document]:
    """Yield records as values."""
    for each in records:
        yield jsonl.decode(msgspec.json.encode(each))


LAYERS: dict[str, Callable[[list[Record]], Any]] = {
    "dictionaries": list,
    "a generator": iter,
    "Document values": documents,
    "a dataset": lambda records: arrow.to_dataset(documents(records)),
    "a tuple of both": lambda records: (records[0], *documents(records[1:])),
}


@pytest.mark.parametrize("make", LAYERS.values(), ids=LAYERS)
def test_records_give_what_their_files_give(
    make: Callable[[list[Record]], Any],
    gold: list[Record],
    crf: list[Record],
    expected: Evaluation,
) -> None:
    found = glose.evaluate.score(make(gold), make(crf), protocols=["entities"])

    assert found.systems[0].scores == expected.systems[0].scores
    assert found.systems[0].name == "predicted"
    assert found.notes == expected.notes


@pytest.mark.parametrize("as_path", [str, Path])
def test_paths_are_scored_as_they_are(
    as_path: Callable[[Path], Any], expected: Evaluation, tmp_path: Path
) -> None:
    gold, crf = as_path(tmp_path / "gold.jsonl"), as_path(tmp_path / "predicted.jsonl")

    assert glose.evaluate.score(gold, crf, "entities") == expected
    assert glose.evaluate.score(gold, [crf], ("entities",)) == expected
    assert glose.evaluate.score(as_path(tmp_path), crf, "entities") == expected


def test_systems_are_called_by_their_keys(gold: list[Record], crf: list[Record]) -> None:
    """A key may be what no file could be called."""
    found = glose.evaluate.score(gold, {"org/crf": crf, "gold": gold}, "entity/strict")

    figures = [(each.name, each.scores[0].f1) for each in found.systems]
    assert figures[1] == ("gold", 1.0)
    assert figures[0][0] == "org/crf"


def test_notes_call_a_system_by_its_key(gold: list[Record], crf: list[Record]) -> None:
    events = [{**each, "events": []} for each in gold]
    found = glose.evaluate.score(events, {"a b": crf}, "default", samples=0)

    assert found.notes[0].startswith("a b: events not annotated in the predictions")


def test_options_are_those_of_the_command(gold: list[Record], crf: list[Record]) -> None:
    found = glose.evaluate.score(
        gold, crf[1:], "entity/strict", by="agency", missing="empty", samples=20, level=0.5,
        seed=4, interval="jackknife", cluster="agency",
    )  # fmt: skip

    assert {each.bucket.value for each in found.systems[0].scores if each.bucket} == {"afp", "ap"}
    for part in ("missing:empty", "samples:20", "level:0.5", "seed:4", "interval:jackknife"):
        assert f"|{part}" in found.signature
    assert "|cluster:agency|" in found.signature


def test_more_jobs_change_nothing(gold: list[Record], crf: list[Record]) -> None:
    one = glose.evaluate.score(gold, crf, "entities")

    assert glose.evaluate.score(gold, crf, "entities", jobs=2) == one


def test_counts_are_saved_and_read(gold: list[Record], crf: list[Record], tmp_path: Path) -> None:
    saved = tmp_path / "counts.jsonl"
    found = glose.evaluate.score(gold, crf, "entities", save_counts=saved)

    assert glose.evaluate.score(saved).systems[0].scores == found.systems[0].scores


def test_counts_never_go_over_an_input(expected: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"

    with pytest.raises(GloseError, match="this is an input too"):
        glose.evaluate.score(path, path, save_counts=path)


ONE: Record = {"id": "d1", "text": "Anna", "mentions": [{"type": "PER", "start": 0, "end": 4}]}


@pytest.mark.parametrize(("predicted", "options", "told"), [
    pytest.param([{"id": "d2", "mentions": []}], {}, "predicted: d1: this document is missing",
                 id="a layer is called by its name"),
    pytest.param({"crf": [ONE, ONE]}, {}, "crf:2: d1: this id came in line 1 already",
                 id="a record is called by its number"),
    pytest.param([{**ONE, "oops": 1}], {}, "predicted:1: unknown key 'oops'",
                 id="an unknown key is refused"),
    pytest.param([{**ONE, "text": "Otto"}], {}, "predicted:1: d1: the text is not that of gold",
                 id="another text is refused"),
    pytest.param([{"id": "d1"}], {}, "its first document has no list annotated",
                 id="what was not annotated is refused"),
    pytest.param([[ONE]], {}, "predicted:1: found list; expected a Document or a dictionary",
                 id="a list of lists is no layer"),
    pytest.param([{**ONE, "id": object()}], {}, "predicted:1: this is no record",
                 id="what JSON cannot hold is no record"),
    pytest.param(ONE, {}, "found one record; expected several in a list",
                 id="a record is no layer"),
    pytest.param(["none.jsonl"], {}, "none.jsonl: no such file", id="a file must be there"),
    pytest.param(None, {}, "gold: no counts", id="records alone are no counts"),
    pytest.param([], {}, "predicted: no documents", id="a system has documents"),
    pytest.param([ONE], {"split": "test"}, "records have no corpus.json", id="no split"),
    pytest.param([ONE], {"by": ["split"]}, "records have no corpus.json", id="not by split"),
    pytest.param([ONE], {"cluster": "split"}, "records have no corpus.json", id="nor clusters"),
    pytest.param([ONE], {"by": "colour"}, "colour", id="a field is known"),
    pytest.param([ONE], {"level": 2}, "level: found 2; expected one between 0 and 1",
                 id="a level is a share"),
    pytest.param([ONE], {"samples": -1}, "samples: found -1; expected 0 or more",
                 id="samples are counted"),
    pytest.param([ONE], {"depth": 0}, "depth: found 0; expected 1 or more", id="a depth is 1"),
    pytest.param([ONE], {"missing": "skip"}, "missing: found 'skip'; expected one of error, empty",
                 id="a policy is known"),
    pytest.param(3, {}, "predicted: found int; expected a path, or records", id="a number"),
    pytest.param([ONE], {"protocols": []}, "protocols: found none; name at least one",
                 id="nothing to score by"),
    pytest.param([ONE], {"protocols": "conl"}, "did you mean 'conll'", id="a protocol is known"),
])  # fmt: skip
def test_what_cannot_be_scored_is_one_line(
    predicted: Predicted, options: dict[str, Any], told: str
) -> None:
    with pytest.raises(GloseError) as caught:
        glose.evaluate.score([ONE], predicted, **options)

    assert told in str(caught.value)
    assert "/tmp" not in str(caught.value)
    assert "\n" not in str(caught.value)


def macro(evaluation: Evaluation, metric: str) -> tuple[float, float]:
    """Return the bounds of F1 of the mean over types."""
    found = evaluation.systems[0].find(metric, "macro")
    assert found is not None
    assert found.interval is not None
    assert found.interval.f1 is not None
    return found.interval.f1


@pytest.mark.parametrize("interval", ["percentile", "jackknife"])
def test_what_is_predicted_of_a_label_that_never_counts_changes_no_interval(
    interval: Literal["percentile", "jackknife"],
) -> None:
    """Half of the links are wrong: by one entry for all, or by another in each document."""

    def records(wrong: Callable[[int], str]) -> tuple[list[Record], list[Record]]:
        mention = {"id": "m1", "type": "PER", "start": 0, "end": 1}
        entries = [["Q1", "Q1" if n < 10 else wrong(n)] for n in range(20)]
        gold, predicted = (
            [
                {
                    "id": f"d{n:02}",
                    "text": "a b",
                    "mentions": [{**mention, "links": [{"kb": "wikidata", "id": pair[side]}]}],
                }
                for n, pair in enumerate(entries)
            ]
            for side in (0, 1)
        )
        return gold, predicted

    one, many = (
        macro(
            glose.evaluate.score(*records(wrong), "hipe2022/nel-strict", interval=interval),
            "hipe2022/nel-strict",
        )
        for wrong in (lambda _: "Q2", lambda n: f"Q{n + 100}")
    )

    assert one == many


def test_a_type_without_a_name_counts_in_every_way(tmp_path: Path) -> None:
    mentions = [
        {"id": "m1", "type": "", "start": 0, "end": 1},
        {"id": "m2", "type": "PER", "start": 2, "end": 3},
    ]
    ids = [f"d{n:02}" for n in range(12)]
    gold: list[Record] = [{"id": each, "text": "a b", "mentions": mentions} for each in ids]
    predicted: list[Record] = [
        {"id": each, "mentions": mentions[1:] if n % 3 else mentions} for n, each in enumerate(ids)
    ]
    whole = glose.evaluate.score(gold, predicted, "entity/strict")
    saved = glose.evaluate.score(
        gold, predicted, "entity/strict", save_counts=tmp_path / "some.counts"
    )

    assert macro(whole, "entity/strict") == macro(saved, "entity/strict")


def test_spans_of_a_prediction_have_the_words_of_gold() -> None:
    """Whether it repeats text and words or not."""
    mention = {"id": "m1", "type": "GPE", "start": 5, "end": 9}
    frame = {"id": "t1", "type": "attack", "args": [{"role": "Place", "ref": "m1"}]}
    gold: Record = {"id": "d1", "text": "Hama Hama", "mentions": [mention], "templates": [frame]}
    bare: Record = {"id": "d1", "mentions": [mention], "templates": [frame]}
    for metric in ("quote/mention", "ceaf-rme/phi-3"):
        [system] = glose.evaluate.score([gold], [bare], metric).systems
        found = system.find(metric)
        assert found is not None
        assert found.f1 == 1.0


def test_offsets_of_numpy_are_offsets() -> None:
    start, end = np.array([0, 4])
    mention = {"type": "PER", "start": start, "end": end}
    [system] = glose.evaluate.score([ONE], [{"id": "d1", "mentions": [mention]}]).systems
    found = system.find("entity/strict")

    assert found is not None
    assert found.correct == 1


def test_an_error_has_the_place(record: Make) -> None:
    with pytest.raises(InputError) as caught:
        glose.evaluate.score([ONE], {"crf": [ONE, {"id": "d7", "mentions": []}]})

    place = caught.value.place
    assert (place.source, place.line, place.id) == ("crf", 2, "d7")


def test_no_file_is_left(
    gold: list[Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    glose.evaluate.score(gold, gold, "entities", samples=0)
    with pytest.raises(GloseError):
        glose.evaluate.score(gold, [3])  # type: ignore[arg-type]  # what is refused

    assert list(tmp_path.iterdir()) == []


def test_layers_are_not_looked_into_before_they_are_written() -> None:
    """A generator is consumed once."""
    stream = iter([ONE])

    assert named(stream) == {"predicted": stream}
    assert next(stream) == ONE


def test_importing_costs_nothing() -> None:
    """No numpy, no msgspec, and no module of ours until a name is used."""
    code = (
        "import sys, glose.evaluate; dir(glose.evaluate); "
        "print([m for m in sys.modules if m.split('.')[0] in ('numpy', 'msgspec', 'sklearn') "
        "or m.startswith('glose.evaluate.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.stdout.strip() == "[]", done.stderr


def test_an_unknown_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'scoring_'"):
        glose.evaluate.scoring_  # noqa: B018
