"""Counts that are saved give the same figures as the corpus; shards and systems are merged."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from glose.corpus.errors import GloseError, InputError
from glose.evaluate import survey
from glose.evaluate.intervals import Method, Sampling
from glose.evaluate.ledger import is_ledger
from glose.evaluate.merging import merge
from glose.evaluate.plan import Options
from glose.evaluate.results import Evaluation
from glose.evaluate.scoring import score
from glose.evaluate.significance import compare

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]
QUICK = Options(protocols=("entities",), sampling=Sampling(samples=50))
CHANGED = "not as it was written"
PLACES = ("3-12", "23-31", "34-42", "44-52")


class Corpus:
    """Thirty documents of gold and two systems, and the same in three shards."""

    def __init__(self, record: Make, save: Save) -> None:
        chance = random.Random(5)
        self.save = save
        self.gold: list[dict[str, Any]] = []
        self.systems: list[list[dict[str, Any]]] = [[], []]
        for number in range(30):
            spans = [f"{chance.choice(('PER', 'ORG'))} {place}" for place in PLACES]
            meta = {"source": ("AFP", "MAP", None)[number % 3]}
            self.gold.append(record(f"d{number:02}", *spans, meta=meta))
            for system in self.systems:
                kept = [span for span in spans if chance.random() > 0.3]
                system.append(record(f"d{number:02}", *kept))

    def files(self, first: int = 0, step: int = 1) -> tuple[Path, list[Path]]:
        folder = f"{first}-{step}"
        parts = [each[first::step] for each in (self.gold, *self.systems)]
        names = ("gold", "crf", "rules")
        for name in names:
            (self.save(f"{name}.jsonl").parent / folder).mkdir(exist_ok=True)
        gold, *systems = (
            self.save(f"{folder}/{name}.jsonl", *part)
            for name, part in zip(names, parts, strict=True)
        )
        return gold, systems

    def saved(self, first: int = 0, step: int = 1, options: Options = QUICK) -> Path:
        gold, systems = self.files(first, step)
        target = gold.with_name("counts.jsonl")
        score(gold, systems, options=options, save=target)
        return target


@pytest.fixture
def corpus(record: Make, save: Save) -> Corpus:
    return Corpus(record, save)


@pytest.mark.parametrize("method", ["percentile", "bca", "jackknife"])
@pytest.mark.parametrize("cluster", [None, "source"])
def test_saved_counts_give_every_figure_again(
    corpus: Corpus, method: Method, cluster: str | None
) -> None:
    options = replace(QUICK, sampling=Sampling(50, method=method), cluster=cluster)
    counts = corpus.saved()
    gold, systems = corpus.files()
    wanted = score(gold, systems, by=("source", "length"), options=options)
    assert score(counts, [], by=("source", "length"), options=options) == wanted


def test_saved_counts_are_compared_as_files_are(corpus: Corpus) -> None:
    gold, systems = corpus.files()
    wanted = compare(gold, systems, options=QUICK)
    assert compare(corpus.saved(), [], options=QUICK) == wanted


def test_shards_that_are_merged_are_the_whole(corpus: Corpus, tmp_path: Path) -> None:
    merged = tmp_path / "merged.jsonl"
    shards = [corpus.saved(first, 3) for first in (2, 0, 1)]
    assert merge(shards, merged) == 30
    assert merged.read_bytes() == corpus.saved().read_bytes()


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_number_of_jobs_does_not_matter(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(survey, "STRIDE", 5)
    monkeypatch.setattr("glose.evaluate.scoring.spread", lambda f, parts, _: map(f, parts))
    alone = corpus.saved().read_bytes()
    assert corpus.saved(options=replace(QUICK, jobs=jobs)).read_bytes() == alone


def test_systems_that_are_merged_stand_side_by_side(corpus: Corpus, tmp_path: Path) -> None:
    gold, systems = corpus.files()
    each = [tmp_path / f"{path.stem}.counts" for path in systems]
    for path, target in zip(systems, each, strict=True):
        score(gold, [path], options=QUICK, save=target)
    merge(each, tmp_path / "both")
    wanted: Evaluation = score(gold, systems, options=QUICK)
    assert score(tmp_path / "both", [], options=QUICK) == wanted


def test_a_line_of_counts_by_hand(record: Make, save: Save, tmp_path: Path) -> None:
    gold = save("g.jsonl", record("a", "PER 3-12", "LOC 34-42", meta={"source": "AFP"}))
    predicted = save("p.jsonl", record("a", "PER 3-12", "ORG 34-42"))
    target = tmp_path / "counts"
    score(gold, [predicted], options=QUICK, save=target)
    *written, last = target.read_bytes().splitlines(keepends=True)
    header, line = map(json.loads, written)
    assert json.loads(last) == {"documents": 1, "sha256": sha256(b"".join(written)).hexdigest()}
    assert (header["schema"], header["protocols"], header["split"]) == (
        "counts/1",
        ["entities"],
        None,
    )
    assert header["statistics"]["entities"][:3] == ["correct", "boundary", "type_gold"]
    assert (line["id"], line["fields"]) == ("a", {"source": "AFP", "length": "00000-00499"})
    assert [len(each) for each in line["prints"]] == [32, 32]
    assert line["counts"] == [
        {
            "entities": {
                "all": [1, 0, 1, 0, 0, 1, 0, 0],
                "types": {
                    "LOC": [0, 0, 1, 0, 0, 0, 0, 0],
                    "ORG": [0, 0, 0, 0, 0, 1, 0, 0],
                    "PER": [1, 0, 0, 0, 0, 0, 0, 0],
                },
            }
        }
    ]


def test_other_metrics_are_read_off_the_same_counts(corpus: Corpus) -> None:
    options = replace(QUICK, protocols=("entity/strict",))
    found = score(corpus.saved(), [], options=options)
    assert found.metrics == ("entity/strict",)
    assert "|protocol:entity/strict|" in found.signature


def test_a_metric_that_was_not_counted_is_refused(corpus: Corpus) -> None:
    options = replace(QUICK, protocols=("trigger/identification",))
    with pytest.raises(GloseError, match=r"crf has no counts of triggers, .* count again with -p"):
        score(corpus.saved(), [], options=options)


def test_what_was_settled_when_counting_cannot_be_changed(corpus: Corpus) -> None:
    with pytest.raises(GloseError, match="counted with depth all, not 1; count again"):
        score(corpus.saved(), [], options=replace(QUICK, depth=1))


def test_a_field_that_was_not_saved_makes_no_clusters_or_buckets(corpus: Corpus) -> None:
    with pytest.raises(GloseError, match="no split was saved; count again"):
        score(corpus.saved(), [], options=replace(QUICK, cluster="split"))
    with pytest.raises(GloseError, match="no split was saved; count again"):
        score(corpus.saved(), [], by=("split",), options=QUICK)


def test_splits_that_are_not_there_are_not_saved_either(corpus: Corpus, tmp_path: Path) -> None:
    gold, systems = corpus.files()
    with pytest.raises(GloseError, match=r"corpus\.json: no such file"):
        score(gold, systems, by=("split",), options=QUICK, save=tmp_path / "counts")


def test_counts_of_counts_are_the_same(corpus: Corpus, tmp_path: Path) -> None:
    counts = corpus.saved()
    score(counts, [], options=QUICK, save=tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == counts.read_bytes()


def test_splits_are_saved_where_the_corpus_has_some(corpus: Corpus) -> None:
    gold, _ = corpus.files()
    gold.with_name("corpus.json").write_text('{"name":"x","splits":{"test":["d00"]}}')
    found = score(corpus.saved(), [], by=("split",), options=QUICK)
    values = {each.bucket.value for each in found.systems[0].scores if each.bucket}
    assert values == {"test", "(none)"}


def test_a_corpus_is_no_file_of_counts(corpus: Corpus) -> None:
    gold, _ = corpus.files()
    assert (is_ledger(gold), is_ledger(corpus.saved()), is_ledger(gold.parent)) == (
        False,
        True,
        False,
    )
    with pytest.raises(GloseError, match="no counts; expected a file that score --save-counts"):
        score(gold, [])


def changed(path: Path, number: int, old: str, new: str) -> Path:
    lines = path.read_text().splitlines()
    lines[number] = lines[number].replace(old, new, 1)
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize(
    ("number", "old", "new", "told"),
    [
        (0, '"entity/exact"', '"entity/vague"', "no metric is called 'entity/vague' here"),
        (0, '"boundary"', '"border"', "counted entities otherwise; count again"),
        (0, '"depth":null', '"depth":"x"', r":1: not as counts begin \(Expected `int \| null`"),
        (2, '"all":[', '"all":[0,', ":3: d01: the counts are not those of the systems"),
        (
            2,
            '"counts"',
            '"count"',
            ":3: no line of counts .Object contains unknown field `count`",
        ),
    ],
)
def test_counts_that_are_wrong_are_refused(
    corpus: Corpus, number: int, old: str, new: str, told: str
) -> None:
    path = changed(corpus.saved(), number, old, new)
    with pytest.raises((GloseError, InputError), match=told):
        score(path, [], options=QUICK)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        pytest.param(lambda lines: lines[:-1], "the last line is not there", id="cut"),
        pytest.param(lambda lines: lines[:1], "the last line is not there", id="nothing left"),
        pytest.param(lambda lines: lines[:2] + lines[3:], CHANGED, id="a line less"),
        pytest.param(lambda lines: lines[:2] + lines[1:], CHANGED, id="a line twice"),
        pytest.param(lambda lines: [*lines[:-1], lines[1], lines[-1]], CHANGED, id="added"),
        pytest.param(
            lambda lines: [*lines, lines[1]], "a line after the last", id="added after the end"
        ),
        pytest.param(
            lambda lines: [lines[0], lines[1].replace(b'"all":[', b'"all":[-'), *lines[2:]],
            CHANGED,
            id="a count of less than none",
        ),
        pytest.param(
            lambda lines: [*lines[:-1], b'{"documents":"x"}\n'],
            "no line of counts",
            id="last line",
        ),
    ],
)
def test_counts_that_are_not_whole_are_refused(
    corpus: Corpus, edit: Callable[[list[bytes]], list[bytes]], told: str, tmp_path: Path
) -> None:
    path = corpus.saved()
    path.write_bytes(b"".join(edit(path.read_bytes().splitlines(keepends=True))))
    with pytest.raises(InputError, match=told):
        score(path, [], options=QUICK)
    with pytest.raises(GloseError):
        merge([path], tmp_path / "all")
    assert not (tmp_path / "all").exists()


def test_a_document_that_comes_twice_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    whole, shard = corpus.saved(), corpus.saved(1, 3)
    with pytest.raises(GloseError, match="d01: crf has this document already"):
        merge([whole, shard], tmp_path / "merged")


def test_a_document_that_a_system_lacks_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    gold, systems = corpus.files()
    score(gold, systems[:1], options=QUICK, save=tmp_path / "crf")
    gold, systems = corpus.files(0, 2)
    score(gold, systems[1:], options=QUICK, save=tmp_path / "rules")
    with pytest.raises(GloseError, match="d01: rules has no counts of this document"):
        merge([tmp_path / "crf", tmp_path / "rules"], tmp_path / "merged")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (replace(QUICK, depth=1), "counted with depth 1, .* with all; count both alike"),
        (replace(QUICK, protocols=("entity/type",)), "counted with protocols entity/type"),
    ],
)
def test_counts_that_were_made_otherwise_are_not_merged(
    corpus: Corpus, tmp_path: Path, options: Options, told: str
) -> None:
    paths = [corpus.saved(0, 2), corpus.saved(1, 2, options)]
    with pytest.raises(GloseError, match=told):
        merge(paths, tmp_path / "merged")


def test_counts_of_another_gold_are_not_merged(corpus: Corpus, tmp_path: Path) -> None:
    gold, systems = corpus.files()
    score(gold, systems[:1], options=QUICK, save=tmp_path / "crf")
    changed(gold, 4, '"ORG"', '"PER"')
    score(gold, systems[1:], options=QUICK, save=tmp_path / "rules")
    with pytest.raises(GloseError, match=r"d04: gold is not what it is in .*crf"):
        merge([tmp_path / "crf", tmp_path / "rules"], tmp_path / "merged")


def test_counts_that_know_other_types_are_not_merged(corpus: Corpus, tmp_path: Path) -> None:
    """As those of HIPE, which counts no predictions of types that all of gold has not."""
    paths = [corpus.saved(0, 2), corpus.saved(1, 2)]
    for path, name in zip(paths, ("PER", "ORG"), strict=True):
        changed(path, 0, '"types":{}', f'"types":{{"nerc":["{name}"]}}')
    with pytest.raises(GloseError, match="nerc count only the types that gold has, which are oth"):
        merge(paths, tmp_path / "merged")
