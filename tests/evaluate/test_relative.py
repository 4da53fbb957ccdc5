"""Figures of people beside those of systems, and the share of them that systems reach."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import glose.evaluate
from glose.corpus.errors import GloseError
from glose.evaluate.agreement.agree import agree
from glose.evaluate.agreement.choice import Choice
from glose.evaluate.commands import group
from glose.evaluate.intervals import Method, Sampling
from glose.evaluate.laws import student
from glose.evaluate.plan import Options
from glose.evaluate.relative import beside_humans
from glose.evaluate.results import Average, Bucket, Evaluation, Interval, Measured, Score
from glose.evaluate.scoring import score

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]
near = pytest.approx

STRICT = "entity/strict"
TWO = ("PER 3-12", "LOC 34-42")
QUICK = Options((STRICT,), sampling=Sampling(0))
FIGURES = ("precision", "recall", "f1")


@pytest.fixture
def layers(record: Make, save: Save) -> Callable[..., Path]:
    """Give a function that writes a layer: `layers("crf", 2, 1, 0)` has so many mentions in each.

    A document of three has a wrong one besides, one of -1 is not there.
    """

    def make(name: str, *found: int, **fields: object) -> Path:
        wrong = "ORG 23-31"
        spans = [(*TWO, wrong)[: max(0, number)] for number in found]
        records = [
            record(f"d{n:02}", *each, meta={"source": "xy"[n % 2]}, **fields)
            for n, (each, number) in enumerate(zip(spans, found, strict=True))
            if number >= 0
        ]
        return save(f"{name}.jsonl", *records)

    return make


@pytest.fixture
def files(layers: Callable[..., Path]) -> dict[str, Path]:
    """Four documents of two mentions: gold, a system, and two people."""
    return {
        "gold": layers("gold", 2, 2, 2, 2),
        "crf": layers("crf", 3, 1, 1, 0),
        "second": layers("second", 3, 2, 2, 1),
        "third": layers("third", 2, 2, 1, 1),
    }


def beside(
    files: dict[str, Path], *humans: str, options: Options = QUICK, by: tuple[str, ...] = ()
) -> Evaluation:
    found = score(files["gold"], [files["crf"]], by=by, options=options)
    people = [files[name] for name in humans]
    return beside_humans(found, files["gold"], [files["crf"]], people, options=options)


def strict(found: Evaluation, *where: Any) -> tuple[Score, Measured, Measured]:  # noqa: ANN401  # as find
    each = found.systems[0].find(STRICT, *where)
    assert each is not None
    assert each.human is not None
    assert each.share is not None
    return each, each.human, each.share


def run(*words: object) -> Result:
    return CliRunner().invoke(group, ["score", *map(str, words)], catch_exceptions=False)


def test_one_person_is_scored_against_gold(files: dict[str, Path]) -> None:
    """crf has 4 right of 5, second 7 of 8; gold has 8."""
    own, human, share = strict(beside(files, "second"))
    assert [own.precision, own.recall, own.f1] == near([4 / 5, 4 / 8, 8 / 13])
    assert [human.precision, human.recall, human.f1] == near([7 / 8, 7 / 8, 14 / 16])
    assert share.precision == near((4 / 5) / (7 / 8))
    assert share.recall == near((4 / 8) / (7 / 8))
    assert share.f1 == near((8 / 13) / (14 / 16))
    assert human.interval is share.interval is None


def test_several_people_are_scored_against_each_other(files: dict[str, Path]) -> None:
    """Second has 8 mentions, third 6, which are all in second."""
    _, human, share = strict(beside(files, "second", "third"))
    pairs = agree([files["second"], files["third"]], choice=Choice((STRICT,), ("f1",), gamma=0))
    same = pairs.find(STRICT, "f1")
    assert same is not None
    assert human.f1 == near(12 / 14) == near(same.value)
    assert [human.precision, human.recall] == near([(6 / 8 + 6 / 6) / 2] * 2)
    assert share.f1 == near((8 / 13) / (12 / 14))


def test_gold_is_among_people_where_it_is_named(files: dict[str, Path]) -> None:
    """Three pairs: 2 x 7 / 16 and 2 x 6 / 14 with gold, 2 x 6 / 14 without."""
    _, human, _ = strict(beside(files, "gold", "second", "third"))
    assert human.f1 == near((14 / 16 + 12 / 14 + 12 / 14) / 3)


def test_the_jackknife_of_a_share_by_hand(files: dict[str, Path]) -> None:
    """Each document left out in turn, of both at once: correct, predicted and gold."""
    system = [(2, 3, 2), (1, 1, 2), (1, 1, 2), (0, 0, 2)]
    people = [(2, 3, 2), (2, 2, 2), (2, 2, 2), (1, 1, 2)]

    def f1(rows: list[tuple[int, int, int]], without: int) -> float:
        kept = rows[:without] + rows[without + 1 :]
        return 2 * sum(row[0] for row in kept) / sum(row[1] + row[2] for row in kept)

    shares = [f1(system, n) / f1(people, n) for n in range(4)]
    mean = sum(shares) / 4
    error = (3 / 4 * sum((each - mean) ** 2 for each in shares)) ** 0.5
    _, _, share = strict(beside(files, "second", options=sampled("jackknife")))
    assert share.f1 is not None
    assert share.interval is not None
    half = student(0.975, 3) * error
    assert share.interval.f1 == near((share.f1 - half, share.f1 + half))


def sampled(method: Method = "percentile", **changes: Any) -> Options:  # noqa: ANN401  # options
    return replace(QUICK, sampling=Sampling(200, method=method), **changes)


@pytest.mark.parametrize("method", get_args(Method))
@pytest.mark.parametrize("cluster", [None, "source"])
@pytest.mark.parametrize("protocol", ["entities", "hipe2022", "spacy", "labels", "coreference"])
def test_people_have_the_figures_that_their_file_has_as_a_system(
    method: Method, cluster: str | None, protocol: str, layers: Callable[..., Path]
) -> None:
    """Of all averages, types and buckets, with intervals where rows are those of documents."""
    more = {
        "labels": [{"scheme": "topic", "value": "war"}],
        "entities": [{"id": "e1", "type": "PER", "mentions": ["m0", "m1"]}],
    }
    gold = layers("gold", *[2] * 6, **more)
    paths = [layers("crf", 3, 2, 3, 2, 2, 2, **more), layers("second", 2, 2, 3, 3, 2, 2, **more)]
    options = sampled(method, cluster=cluster, protocols=(protocol,))
    whole = score(gold, paths, by=("source", "length"), options=options)
    crf = replace(whole, systems=whole.systems[:1])
    found = beside_humans(crf, gold, paths[:1], paths[1:], options=options)
    for each in found.systems[0].scores:
        own = whole.systems[1].find(each.metric, each.average, each.type, each.bucket)
        assert own is not None
        assert each.human is not None
        assert [getattr(each.human, name) for name in FIGURES] == [
            None if getattr(own, name) is None else near(getattr(own, name)) for name in FIGURES
        ]
        if each.average in ("micro", "macro"):
            assert bounds(each.human.interval) == near(bounds(own.interval))


def bounds(interval: Interval | None) -> list[float]:
    ends = (getattr(interval, name) or () for name in FIGURES) if interval else ()
    return [end for each in ends for end in each]


@pytest.mark.parametrize("method", get_args(Method))
def test_who_is_as_good_as_people_has_all_of_it_whatever_is_drawn(
    method: Method, files: dict[str, Path], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(files["second"].read_bytes())
    options = sampled(method)
    found = score(files["gold"], [copy], options=options)
    found = beside_humans(found, files["gold"], [copy], [files["second"]], options=options)
    _, _, share = strict(found)
    assert share.interval is not None
    assert (share.f1, share.interval.f1) == (1, (1, 1))


def test_a_share_may_be_above_one(files: dict[str, Path]) -> None:
    turned = {**files, "crf": files["second"], "second": files["crf"]}
    _, _, share = strict(beside(turned, "second", options=sampled("jackknife")))
    assert share.f1 == near((14 / 16) / (8 / 13))
    assert share.interval is not None
    assert share.interval.f1 is not None
    assert share.interval.f1[1] > 1


@pytest.mark.parametrize(
    ("human", "f1"),
    [
        pytest.param((0, 0, 0, 0), 0.0, id="people found nothing"),
        pytest.param((-1, -1, -1, 2), 1.0, id="people have one document, all of it"),
    ],
)
def test_a_share_of_nothing_is_none(
    human: tuple[int, ...], f1: float, files: dict[str, Path], layers: Callable[..., Path]
) -> None:
    """In that one document the system has 0; who has 0 has no share, and nobody one of 0."""
    found = beside({**files, "other": layers("other", *human)}, "other")
    _, measured, share = strict(found)
    assert measured.f1 == f1
    assert share.f1 == (0.0 if f1 else None)


def test_what_nobody_marked_has_no_figure(
    files: dict[str, Path], layers: Callable[..., Path]
) -> None:
    empty = {name: layers(f"empty-{name}", 0, 0, 0, 0) for name in files}
    _, human, share = strict(beside(empty, "second", options=sampled()))
    assert (human.f1, human.interval, share.f1, share.interval) == (None, None, None, None)


def test_people_of_some_documents(files: dict[str, Path], layers: Callable[..., Path]) -> None:
    """The share is of the documents that both have: 2 right of 3 in the first, 1 in the second."""
    found = beside({**files, "half": layers("half", 2, 1, -1, -1)}, "half")
    own, human, share = strict(found)
    assert own.f1 == near(8 / 13)
    assert human.f1 == near(2 * 3 / 7)
    assert share.f1 == near((2 * 3 / 8) / (2 * 3 / 7))
    assert found.notes == ("half has 2 of 4 documents; human figures and shares are of these",)
    assert found.signature.endswith("|human-documents:2")


def test_two_of_three_people_have_each_document(
    files: dict[str, Path], layers: Callable[..., Path]
) -> None:
    """a and b have the first, a and c the second, b and c the third; nobody has the fourth."""
    people = {"a": (2, 2, -1, -1), "b": (2, -1, 1, -1), "c": (-1, 1, 2, -1)}
    made = {name: layers(name, *found) for name, found in people.items()}
    found = beside({**files, **made}, *made)
    _, human, share = strict(found)
    assert human.f1 == near((1 + 2 / 3 + 2 / 3) / 3)
    assert share.f1 == near((2 * 4 / 11) / ((1 + 2 / 3 + 2 / 3) / 3))
    assert found.notes[-1].startswith("people have 3 of 4 documents")


def test_types_and_buckets_have_figures_of_people(files: dict[str, Path]) -> None:
    found = beside(files, "second", by=("source",))
    _, loc, share = strict(found, "micro", "LOC")
    assert [loc.f1, share.f1] == near([2 * 3 / 7, (2 * 1 / 5) / (6 / 7)])
    _, even, _ = strict(found, "micro", None, Bucket("source", "x"))
    assert even.f1 == near(2 * 4 / 9)
    averages: list[Average] = ["macro"]
    assert strict(found, *averages)[1].f1 == near((1 + 6 / 7 + 0) / 3)


def test_items_have_no_figures_of_people(files: dict[str, Path]) -> None:
    found = beside(files, "second", by=("span-length",))
    sliced = [each for each in found.systems[0].scores if each.bucket]
    assert sliced
    assert {each.human for each in sliced} == {None}
    assert found.notes[-1] == "no human figures by what single items are"


def test_what_people_did_not_annotate_is_left_out_and_noted(
    layers: Callable[..., Path],
) -> None:
    """A system that lacks events and a person who does: each has the metrics that it can."""
    gold, crf = layers("gold", 2, 2, events=[]), layers("crf", 2, 1, events=[])
    options = replace(QUICK, protocols=("default",))
    found = score(gold, [crf], options=options)
    found = beside_humans(found, gold, [crf], [layers("second", 2, 2)], options=options)
    told = "second: events not annotated; no human figures of trigger/*, argument/*"
    assert found.notes == (told,)
    assert {each.metric for each in found.systems[0].scores if each.human} == {
        "entity/strict", "entity/exact", "entity/partial", "entity/type",
    }  # fmt: skip


def test_a_corpus_that_is_more_than_its_documents_has_a_figure_without_interval(
    layers: Callable[..., Path],
) -> None:
    clusters = {"entities": [{"id": "e1", "type": "PER", "mentions": ["m0", "m1"]}]}
    gold, crf, second = (layers(name, 2, 2, **clusters) for name in ("gold", "crf", "second"))
    options = sampled(protocols=("cross_document",))
    found = score(gold, [crf], options=options)
    found = beside_humans(found, gold, [crf], [second], options=options)
    b3 = found.systems[0].find("cross_document/b3")
    assert b3 is not None
    assert (b3.human, b3.share) == (Measured(1, 1, 1), Measured(1, 1, 1))


_places = ("3-12", "13-19", "13-33", "23-31", "34-42", "3-42")
_layer = st.lists(
    st.lists(
        st.builds("{} {}".format, st.sampled_from(("PER", "LOC")), st.sampled_from(_places)),
        max_size=3,
    ),
    min_size=2,
    max_size=2,
)


@given(st.lists(_layer, min_size=3, max_size=5), st.sampled_from(get_args(Method)))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_layers_say_shares_are_quotients_within_their_intervals(
    record: Make, save: Save, spans: list[list[list[str]]], method: Method
) -> None:
    paths = [
        save(f"{name}.jsonl", *(record(f"d{n}", *each) for n, each in enumerate(layer)))
        for name, layer in zip("gsabc", spans, strict=False)
    ]
    gold, system, *people = paths
    options = Options(("entities", "conll"), sampling=Sampling(20, method=method))
    found = score(gold, [system], options=options)
    found = beside_humans(found, gold, [system], people, options=options)
    for each in found.systems[0].scores:
        assert each.human is not None
        assert each.share is not None
        for name in FIGURES:
            own, human, share = (getattr(x, name) for x in (each, each.human, each.share))
            assert human is None or 0 <= human <= 1
            assert share == (near(own / human) if own is not None and human else None)
            ends = getattr(each.share.interval, name) if each.share.interval else None
            assert ends is None or 0 <= ends[0] <= ends[1]


def test_jobs_change_nothing(files: dict[str, Path]) -> None:
    one = beside(files, "second", "third", options=sampled())
    assert beside(files, "second", "third", options=sampled(jobs=3)) == one


def test_a_missing_prediction_that_counts_as_empty(
    files: dict[str, Path], layers: Callable[..., Path]
) -> None:
    lacking = {**files, "crf": layers("lacking", 2, 2, 2, -1)}
    _, _, share = strict(beside(lacking, "second", options=replace(QUICK, missing="empty")))
    assert share.f1 == near((2 * 6 / 14) / (14 / 16))
    _, human, share = strict(beside(lacking, "second", options=replace(QUICK, missing="ignore")))
    assert [human.f1, share.f1] == near([12 / 13, 13 / 12])


@pytest.mark.parametrize(
    ("people", "message"),
    [
        (("second", "second"), "second.jsonl: this layer of people is named twice"),
        (("gold",), "gold.jsonl: this is gold itself; name what another person annotated"),
        (
            ("other",),
            "other.jsonl:5: d04: this document is not in .*gold.jsonl; remove it, or say",
        ),
        (("void",), "void.jsonl: no documents; expected what a person annotated"),
        (("bare",), "bare.jsonl: nothing to score: its first document has no list annotated"),
        (("nowhere",), "nowhere.jsonl: no such file"),
        (("first", "last"), "no document that is scored is in two of these; check their ids"),
        (("drifted",), "drifted.jsonl:1: d00: the text is not that of"),
    ],
)
def test_who_cannot_be_compared_is_one_line(
    people: tuple[str, ...], message: str, files: dict[str, Path], layers: Callable[..., Path],
    save: Save, record: Make,
) -> None:  # fmt: skip
    made = {
        **files,
        "other": layers("other", 2, 2, 2, 2, 2),
        "void": save("void.jsonl"),
        "bare": save("bare.jsonl", {"id": "d00"}),
        "nowhere": files["gold"].with_name("nowhere.jsonl"),
        "first": layers("first", 2, 2, -1, -1),
        "last": layers("last", -1, -1, 2, 2),
        "drifted": save("drifted.jsonl", {**record("d00"), "text": "Other"}),
    }
    with pytest.raises(GloseError, match=message) as caught:
        beside(made, *people)
    assert "\n" not in str(caught.value)


def test_counts_have_no_people(files: dict[str, Path], tmp_path: Path) -> None:
    saved = tmp_path / "crf.counts"
    run(files["gold"], files["crf"], "-p", STRICT, "--save-counts", saved)
    with pytest.raises(GloseError, match="counts cannot be set beside people; name the corpus"):
        run(saved, "--human", files["second"])


def test_the_command_shows_people_and_shares(files: dict[str, Path]) -> None:
    done = run(
        files["gold"], files["crf"], "-p", STRICT, "--human", files["second"], "--samples", 9
    )
    head, crf, macro, *_ = done.stdout.splitlines()
    assert re.split("  +", head) == [
        STRICT, "P", "R", "F1", "interval", "human", "interval", "share", "interval", "correct",
        "gold", "predicted",
    ]  # fmt: skip
    assert re.search(r" 61\.54  \S+ to \S+ +87\.50  \S+ to \S+ +70\.33  \S+ to \S+ ", crf)
    assert len(macro.split()) == len(crf.split()) + 2
    assert re.search(r"^second: [0-9a-f]{32}$", done.stdout, re.MULTILINE)


def test_what_has_no_share_is_named(files: dict[str, Path], layers: Callable[..., Path]) -> None:
    done = run(files["gold"], files["crf"], "-p", STRICT, "--human", layers("other", 0, 0, 0, 0))
    assert "no share, as human F1 is 0 or not defined: entity/strict" in done.stdout.splitlines()


@pytest.mark.parametrize("form", ["text", "markdown", "latex", "csv"])
def test_every_form_has_the_share(form: str, files: dict[str, Path]) -> None:
    words = (files["gold"], files["crf"], "-p", STRICT, "--human", files["second"])
    shown = run(*words, "--format", form).stdout
    assert ("0.7032967" if form == "csv" else "70.33") in shown
    assert "share" in shown
    assert "share" not in run(*words[:4], "--format", form).stdout


def test_many_metrics_are_a_line_each_with_people(files: dict[str, Path]) -> None:
    more = ("-p", "entities", "-p", "conll", "-p", "semeval2013", "-p", "relaxed", "-p", "spacy",
            "-p", "nested", "-p", "brat")  # fmt: skip
    words = (files["gold"], files["crf"], *more, "--human", files["second"], "--samples", 9)
    head, first, *_ = run(*words).stdout.splitlines()
    assert head.split()[-7:] == [
        "gold",
        "human",
        "interval",
        "crf",
        "interval",
        "share",
        "interval",
    ]
    assert [word for word in first.split() if "." in word][::3] == ["87.50", "61.54", "70.33"]


def test_json_and_signature_have_people(files: dict[str, Path]) -> None:
    words = (files["gold"], files["crf"], "-p", STRICT, "--samples", 0, "--json", "-")
    shown = json.loads(run(*words, "--human", files["second"]).stdout)
    [person] = shown["humans"]
    assert person["name"] == "second"
    assert shown["signature"].endswith(f"|humans:{person['hash']}|human-documents:4")
    each = shown["systems"][0]["scores"][0]
    assert list(each["human"]) == list(each["share"]) == [*FIGURES, "interval"]
    assert each["share"]["f1"] == near(0.703297, abs=1e-6)
    alone = json.loads(run(*words).stdout)
    assert "humans" not in alone
    assert alone["systems"][0]["scores"][0].keys() == each.keys() - {"human", "share"}


def test_an_output_never_goes_over_people(files: dict[str, Path]) -> None:
    with pytest.raises(GloseError, match="this is an input too"):
        run(files["gold"], files["crf"], "--human", files["second"], "--json", files["second"])


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("make", "names"),
    [
        pytest.param(lambda paths: paths["second"], ["second"], id="a path"),
        pytest.param(lambda paths: [str(paths["second"])], ["second"], id="a list of paths"),
        pytest.param(lambda paths: records(paths["second"]), ["human"], id="records"),
        pytest.param(lambda paths: {"Ann": records(paths["second"])}, ["Ann"], id="by name"),
    ],
)
def test_python_takes_people_as_it_takes_systems(
    make: Callable[[dict[str, Path]], Any], names: list[str], files: dict[str, Path]
) -> None:
    found = glose.evaluate.score(
        records(files["gold"]), records(files["crf"]), STRICT, samples=0, humans=make(files)
    )
    assert list(found.humans) == names
    assert strict(found)[2].f1 == near((8 / 13) / (14 / 16))


def test_python_calls_people_by_their_layer_in_errors(files: dict[str, Path]) -> None:
    with pytest.raises(GloseError, match=r"^human: found one record; expected several in a list"):
        glose.evaluate.score(files["gold"], files["crf"], STRICT, humans={"id": "d1"})
    with pytest.raises(GloseError, match=r"^Ann:1: d9: this document is not in"):
        glose.evaluate.score(
            files["gold"], files["crf"], STRICT, humans={"Ann": [{"id": "d9", "mentions": []}]}
        )
