"""Files to scores, end to end."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from glose.corpus.errors import GloseError
from glose.evaluate import joint, survey
from glose.evaluate.intervals import Sampling
from glose.evaluate.mistakes import errors
from glose.evaluate.plan import Options
from glose.evaluate.results import Average, Bucket, Evaluation, Score
from glose.evaluate.scoring import score
from glose.evaluate.significance import compare
from glose.evaluate.sources import names

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]
Files = tuple[Path, Path]
QUICK = Options(protocols=("entities",), sampling=Sampling(samples=50))
PLACES = ("3-12", "23-31", "34-42", "44-52")


@pytest.fixture
def files(record: Make, save: Save) -> Files:
    """Forty documents of three agencies, with every kind of mistake."""
    chance = random.Random(5)
    gold, predicted = [], []
    for number in range(40):
        spans = [f"{chance.choice(('PER', 'ORG', 'LOC'))} {place}" for place in PLACES]
        guesses = [span for span in spans if chance.random() > 0.2]
        guesses[:1] = [chance.choice(("PER 3-12", "PER 0-12", "ORG 0-9"))]
        meta = {
            "agency": ("afp", "reuters", None)[number % 3],
            "date": {"year": 2000 + number % 2},
        }
        gold.append(record(f"d{number:02}", *spans, meta=meta, language="fr"))
        predicted.append({**record(f"d{number:02}", *guesses), "text": None})
    return save("gold.jsonl", *gold), save("crf.jsonl", *predicted)


def found(
    evaluation: Evaluation,
    metric: str,
    average: Average = "micro",
    type_: str | None = None,
    bucket: Bucket | None = None,
) -> Score:
    score_ = evaluation.systems[0].find(metric, average, type_, bucket)
    assert score_ is not None
    return score_


def test_a_score_of_two_documents_by_hand(record: Make, save: Save) -> None:
    gold = save("g.jsonl", record("a", "PER 3-12", "LOC 34-42"), record("b", "DATE 44-52"))
    predicted = save("p.jsonl", record("a", "PER 3-12", "ORG 34-42"), record("b"))
    strict = found(score(gold, [predicted], options=QUICK), "entity/strict")
    assert [strict.precision, strict.recall, strict.f1] == pytest.approx([0.5, 1 / 3, 0.4])
    assert (strict.correct, strict.predicted, strict.gold) == (1, 2, 3)


def test_the_macro_average_is_the_mean_over_types_of_what_is_defined(
    record: Make, save: Save
) -> None:
    """PER: 1 of 1 of 2; ORG: spurious, so no recall; LOC: missed, so no precision."""
    gold = save("g.jsonl", record("a", "PER 3-12", "PER 23-31", "LOC 34-42"))
    predicted = save("p.jsonl", record("a", "PER 3-12", "ORG 44-52"))
    macro = found(score(gold, [predicted], options=QUICK), "entity/strict", "macro")
    assert macro.precision == pytest.approx((1 + 0) / 2)
    assert macro.recall == pytest.approx((0.5 + 0) / 2)
    assert macro.f1 == pytest.approx((2 / 3 + 0 + 0) / 3)


def test_nothing_on_either_side_is_undefined(record: Make, save: Save) -> None:
    gold, predicted = save("g.jsonl", record("a")), save("p.jsonl", record("a"))
    evaluation = score(gold, [predicted], options=QUICK)
    for empty in evaluation.systems[0].scores:
        assert (empty.precision, empty.recall, empty.f1, empty.interval) == (None,) * 4


def test_gold_against_itself_is_perfect_with_a_perfect_interval(files: Files) -> None:
    strict = found(score(files[0], [files[0]], options=QUICK), "entity/strict")
    assert strict.interval is not None
    assert (strict.f1, strict.interval.f1) == (1.0, (1.0, 1.0))


def test_the_interval_holds_the_score(files: Files) -> None:
    for each in score(*_lists(files), options=QUICK).systems[0].scores:
        if each.interval is not None and each.interval.f1 is not None and each.f1 is not None:
            low, high = each.interval.f1
            assert low <= each.f1 <= high


def _lists(files: Files) -> tuple[Path, list[Path]]:
    return files[0], [files[1]]


def test_the_order_of_documents_does_not_matter(files: Files, tmp_path: Path) -> None:
    gold, predicted = files
    mixed = tmp_path / "mixed" / "crf.jsonl"
    mixed.parent.mkdir()
    lines = predicted.read_bytes().splitlines(keepends=True)
    random.Random(1).shuffle(lines)
    mixed.write_bytes(b"".join(lines))
    assert score(gold, [mixed], options=QUICK) == score(gold, [predicted], options=QUICK)


@pytest.mark.parametrize("limit", [2000, 3])
def test_the_number_of_jobs_does_not_matter(
    files: Files, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(survey, "STRIDE", 10)
    monkeypatch.setattr(joint, "LIMIT", limit)
    monkeypatch.setattr("glose.evaluate.scoring.spread", lambda f, parts, _: map(f, parts))
    by = ("agency", "length")
    alone, four = (
        score(*_lists(files), by=by, options=replace(QUICK, jobs=jobs)) for jobs in (1, 4)
    )
    assert alone == four


def test_two_processes_give_the_same_result(files: Files) -> None:
    """Files that are not sorted are cut by document, so two processes do start."""
    gold = files[0].with_name("turned.jsonl")
    gold.write_bytes(b"".join(reversed(files[0].read_bytes().splitlines(keepends=True))))
    alone, two = (score(gold, [files[1]], options=replace(QUICK, jobs=jobs)) for jobs in (1, 2))
    assert alone == two


def test_compressed_files_score_the_same(files: Files) -> None:
    packed = files[1].with_name("crf.jsonl.gz")
    packed.write_bytes(gzip.compress(files[1].read_bytes()))
    assert score(files[0], [packed], options=QUICK) == score(*_lists(files), options=QUICK)


def test_two_systems_score_as_each_alone(files: Files) -> None:
    both = score(files[0], [files[1], files[0]], options=QUICK)
    alone = score(*_lists(files), options=QUICK)
    assert both.systems[0] == alone.systems[0]


def test_the_buckets_of_a_field_add_up(files: Files) -> None:
    evaluation = score(*_lists(files), by=("agency",), options=QUICK)
    total = found(evaluation, "entity/strict")
    each = [
        found(evaluation, "entity/strict", "micro", None, Bucket("agency", value))
        for value in ("afp", "reuters", "(none)")
    ]
    assert sum(bucket.gold or 0 for bucket in each) == total.gold
    assert sum(bucket.correct or 0 for bucket in each) == total.correct


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("date", {"2000", "2001"}),
        ("year", {"2000", "2001"}),
        ("length", {"00000-00499"}),
        ("language", {"fr"}),
        ("source", {"(none)"}),
        ("split", {"test", "(none)"}),
    ],
)
def test_by(files: Files, field: str, values: set[str]) -> None:
    manifest = {"name": "x", "splits": {"test": ["d00", "d01"]}}
    files[0].with_name("corpus.json").write_text(json.dumps(manifest))
    evaluation = score(*_lists(files), by=(field,), options=QUICK)
    found_ = {s.bucket.value for s in evaluation.systems[0].scores if s.bucket}
    assert found_ == values


def test_documents_are_not_told_apart_by_an_unknown_field(files: Files) -> None:
    with pytest.raises(GloseError, match="cannot be told apart by 'colour'; choose type, split"):
        score(*_lists(files), by=("colour",))


def test_a_split_is_scored_alone(files: Files) -> None:
    manifest = {"name": "x", "splits": {"test": ["d00", "d01"], "train": ["d02"]}}
    files[0].with_name("corpus.json").write_text(json.dumps(manifest))
    assert score(*_lists(files), options=replace(QUICK, split="test")).documents == 2


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda g, p, o: score(g, [p], options=o), id="score"),
        pytest.param(lambda g, p, o: compare(g, [p, g], options=o), id="compare"),
        pytest.param(lambda g, p, o: errors(g, p, options=o), id="errors"),
    ],
)
def test_a_split_of_documents_that_gold_lacks_is_refused(
    files: Files, call: Callable[[Path, Path, Options], object]
) -> None:
    files[0].with_name("corpus.json").write_text('{"name":"x","splits":{"test":["x"]}}')
    with pytest.raises(GloseError, match="no document of split 'test'"):
        call(*files, replace(QUICK, split="test"))


def test_an_unknown_split_is_refused(files: Files) -> None:
    files[0].with_name("corpus.json").write_text('{"name":"x","splits":{"dev":["x"]}}')
    with pytest.raises(GloseError, match=r"no split test \(there are: dev\)"):
        score(*_lists(files), options=replace(QUICK, split="test"))


def test_a_split_without_a_manifest_is_refused(files: Files) -> None:
    with pytest.raises(GloseError, match=r"corpus\.json: no such file"):
        score(*_lists(files), by=("split",), options=QUICK)


def test_by_default_what_was_annotated_is_scored(files: Files) -> None:
    """Neither gold nor the predictions have events."""
    evaluation = score(*_lists(files), options=replace(QUICK, protocols=("default",)))
    assert {metric.partition("/")[0] for metric in evaluation.metrics} == {"entity"}


def test_what_a_system_lacks_is_noted_and_what_was_scored_is_told(
    record: Make, save: Save
) -> None:
    gold = save("g.jsonl", record("a", "PER 3-12", events=[]))
    systems = [
        save("a.jsonl", record("a", "PER 3-12")),
        save("b.jsonl", record("a", "PER 3-12", events=[])),
    ]
    evaluation = score(gold, systems, options=Options(sampling=Sampling(0)))
    assert evaluation.notes == (
        "a: events not annotated in the predictions; trigger/*, argument/* not scored",
    )
    assert "|metrics:entity/*+trigger/*+argument/*|" in evaluation.signature
    assert [len(system.metrics) for system in evaluation.systems] == [4, 8]


@pytest.mark.parametrize("average", ["micro", "macro"])
def test_one_document_has_no_interval(record: Make, save: Save, average: Average) -> None:
    """All its samples would be alike, which looks like certainty."""
    gold = save("g.jsonl", record("a", "PER 3-12", "LOC 34-42"), record("b"))
    predicted = save("p.jsonl", record("a", "PER 3-12", "ORG 34-42"), record("b"))
    strict = found(score(gold, [predicted], options=QUICK), "entity/strict", average)
    assert strict.f1 is not None
    assert strict.interval is None


def test_a_bucket_tells_its_documents(files: Files) -> None:
    evaluation = score(*_lists(files), by=("agency",), options=QUICK)
    afp = found(evaluation, "entity/strict", "micro", None, Bucket("agency", "afp"))
    assert afp.plain()["bucket"] == {"by": "agency", "value": "afp", "documents": 14}


def test_equal_counts_have_equal_intervals(record: Make, save: Save) -> None:
    """Where every span that is found has its type, strict and exact are one and the same."""
    golds = [record(f"d{n}", *("PER 3-12", "LOC 34-42")[: 1 + n % 2]) for n in range(12)]
    guesses = [record(f"d{n}", *("PER 3-12", "LOC 34-42")[n % 3 > 0 :]) for n in range(12)]
    evaluation = score(save("g.jsonl", *golds), [save("p.jsonl", *guesses)], options=QUICK)
    strict, exact = (found(evaluation, f"entity/{name}") for name in ("strict", "exact"))
    assert strict.interval == exact.interval
    assert strict.interval is not None


def test_a_protocol_that_asks_for_a_list_refuses_files_without_it(files: Files) -> None:
    with pytest.raises(GloseError, match=r"gold\.jsonl:1: d00: events were not annotated"):
        score(*_lists(files), options=replace(QUICK, protocols=("events",)))


def test_files_with_nothing_in_common_are_refused(record: Make, save: Save) -> None:
    gold, predicted = save("g.jsonl", record("a")), save("p.jsonl", {"id": "a", "events": []})
    with pytest.raises(GloseError, match="nothing to score: its first document has events"):
        score(gold, [predicted])


def test_an_unknown_protocol_is_refused_with_a_suggestion(files: Files) -> None:
    with pytest.raises(GloseError, match=r"'semeval2031'; did you mean 'semeval2013'\?"):
        score(*_lists(files), options=Options(protocols=("semeval2031",)))


def test_missing_documents_count_as_empty_if_so_wanted(files: Files) -> None:
    files[1].write_bytes(b"".join(files[1].read_bytes().splitlines(keepends=True)[:20]))
    whole = found(score(files[0], [files[0]], options=QUICK), "entity/strict")
    half = found(score(*_lists(files), options=replace(QUICK, missing="empty")), "entity/strict")
    assert half.gold == whole.gold


def test_types_are_cut(record: Make, save: Save) -> None:
    gold = save("g.jsonl", record("a", "LOC.city 34-42"))
    predicted = save("p.jsonl", record("a", "LOC.country 34-42"))
    evaluation = score(gold, [predicted], options=replace(QUICK, depth=1))
    assert found(evaluation, "entity/strict", "micro", "LOC").f1 == 1.0


def test_the_signature_says_how_to_get_the_figures_again(files: Files) -> None:
    evaluation = score(*_lists(files), options=QUICK)
    assert evaluation.signature.partition("|")[2] == (
        "protocol:entities|metrics:entity/*|matching:one-to-one|average:micro+macro-type|empty:null|"
        f"depth:all|split:all|missing:error|extra:error|gold:{evaluation.gold}|documents:40|"
        "interval:percentile|cluster:none|samples:50|level:0.95|seed:1"
    )


@pytest.mark.parametrize(
    ("protocols", "average", "empty"),
    [
        pytest.param(("conll",), "micro+macro-type+weighted-type", "0", id="as seqeval has them"),
        pytest.param(("entities", "conll"), "micro+macro-type+weighted-type", "null+0", id="two"),
        pytest.param(
            ("hipe2022",), "micro+macro-type+macro-of-means-type+macro-document", "0", id="hipe"
        ),
    ],
)
def test_the_signature_names_the_means_that_there_are(
    files: Files, protocols: tuple[str, ...], average: str, empty: str
) -> None:
    evaluation = score(*_lists(files), options=replace(QUICK, protocols=protocols))
    fields = dict(field.split(":", 1) for field in evaluation.signature.split("|"))
    assert (fields["average"], fields["empty"]) == (average, empty)


@pytest.mark.parametrize("side", ["g", "p"])
@pytest.mark.parametrize("by", [[], ["agency"]], ids=["together", "one by one"])
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("protocol", "wrong", "told"),
    [
        pytest.param(
            "events",
            {"events": [{"id": "e1", "type": "A", "args": [{"role": "R", "ref": "m9"}]}]},
            "event e1: no item of this document is called 'm9'",
            id="event",
        ),
        pytest.param(
            "relations",
            {"relations": [{"id": "r1", "type": "A", "args": [{"role": "R", "ref": "m9"}]}]},
            "relation r1: role 'R' refers to 'm9', which is no item of this document",
            id="relation",
        ),
        pytest.param(
            "mentions",
            {"mentions": [{"id": "m1", "type": "A", "start": 0, "end": 2, "head": [1]}]},
            "mention m1: head: found [1]; expected a pair inside 0 to 2",
            id="head",
        ),
    ],
)
def test_what_cannot_be_counted_is_told_with_its_line(
    side: str, by: list[str], jobs: int, protocol: str, wrong: dict[str, object], told: str,
    record: Make, save: Save,
) -> None:  # fmt: skip
    name = "entity/head" if protocol == "mentions" else protocol
    none: Any = {protocol: []}
    right = [{**record(f"d{n}", "PER 3-12"), **none} for n in range(4)]
    files = {name: list(right) for name in "gp"}
    files[side][2] = {**right[2], **wrong}
    paths = [save(f"{name}.jsonl", *records) for name, records in files.items()]
    options = replace(QUICK, protocols=(name,), jobs=jobs)

    with pytest.raises(GloseError, match=rf"/{side}\.jsonl:3: d2: {re.escape(told)}"):
        score(paths[0], paths[1:], by=by, options=options)


def test_no_counts_are_left_where_nothing_was_compared(
    record: Make, save: Save, tmp_path: Path
) -> None:
    paths = [save(f"{name}.jsonl", record(name, "PER 3-12")) for name in "gp"]
    options = replace(QUICK, missing="ignore", extra="ignore")
    target = tmp_path / "none.counts"

    with pytest.raises(GloseError, match="no document is in all files"):
        score(paths[0], paths[1:], options=options, save=target)
    assert not target.exists()


def test_the_hash_of_gold_tells_a_changed_document(files: Files) -> None:
    before = score(*_lists(files), options=QUICK).gold
    files[0].write_bytes(files[0].read_bytes().replace(b'"LOC"', b'"FAC"', 1))
    assert score(*_lists(files), options=QUICK).gold != before


def test_the_json_has_the_fields_of_the_contract(files: Files) -> None:
    plain = score(*_lists(files), options=QUICK).plain()
    assert list(plain) == ["signature", "gold", "documents", "notes", "systems"]
    [system] = json.loads(json.dumps(plain["systems"]))
    assert list(system) == ["name", "predicted", "metrics", "scores"]
    assert list(system["scores"][0]) == [
        "metric", "average", "type", "precision", "recall", "f1", "correct", "gold", "predicted",
        "counts", "interval", "bucket",
    ]  # fmt: skip
    assert list(system["scores"][0]["interval"]) == [
        "level",
        "method",
        "f1",
        "precision",
        "recall",
    ]


def test_two_numerators_are_both_written(record: Make, save: Save) -> None:
    """Of PER nothing predicted was right, but one gold span was found, as ORG."""
    gold = save("g.jsonl", record("a", "PER 3-12", "ORG 23-31"))
    predicted = save("p.jsonl", record("a", "ORG 3-12", "ORG 23-31"))
    each = found(score(gold, [predicted], options=QUICK), "entity/exact", "micro", "PER").plain()
    assert (each["correct"], each["correct_precision"], each["correct_recall"]) == (None, 0, 1)


def test_without_samples_there_is_no_interval(files: Files) -> None:
    evaluation = score(*_lists(files), options=replace(QUICK, sampling=Sampling(0)))
    assert {each.interval for each in evaluation.systems[0].scores} == {None}


@pytest.mark.parametrize(
    ("paths", "wanted_"),
    [
        (["a/crf.jsonl", "b/rules.jsonl.gz"], ["crf", "rules"]),
        (["a/crf.jsonl", "b/crf.jsonl"], ["a/crf.jsonl", "b/crf.jsonl"]),
    ],
)
def test_systems_are_called_by_their_files(paths: list[str], wanted_: list[str]) -> None:
    assert names([*map(Path, paths)]) == wanted_


def test_what_a_system_lacks_is_left_out_and_counted(record: Make, save: Save) -> None:
    gold = save("g.jsonl", record("a", "PER 3-12"), record("b", "PER 3-12"))
    half = save("p.jsonl", record("b", "PER 3-12"))
    found = score(gold, [half], options=replace(QUICK, missing="ignore"))

    assert (found.documents, found.systems[0].scores[0].gold) == (1, 1)


def test_files_without_a_document_in_common_are_refused(record: Make, save: Save) -> None:
    gold, other = save("g.jsonl", record("a")), save("p.jsonl", record("b"))

    with pytest.raises(GloseError, match="no document is in all files"):
        score(gold, [other], options=replace(QUICK, missing="ignore", extra="ignore"))
