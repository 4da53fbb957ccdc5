"""Why two protocols differ: items, reasons, and sums that account for all of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluate.conftest import Record
from tests.evaluate.parity.records import save as saved

from glose.cli import commands
from glose.corpus.errors import GloseError
from glose.evaluate.attribution import Credit, Sums
from glose.evaluate.counterparts import counterparts
from glose.evaluate.explaining import Explained, Explanation, Odd, explain, said
from glose.evaluate.metrics import METRICS, PROTOCOLS
from glose.evaluate.plan import Options
from glose.evaluate.scoring import score

PAIRS = (
    ("entity/strict", "semeval2013/strict"),
    ("entity/strict", "entity/partial"),
    ("entity/strict", "hipe2022/strict"),
    ("spacy", "brat"),
    ("textee", "ace"),
    ("textee", "metametric"),
    ("events", "nugget"),
    ("argument/classification", "rams/argument"),
    ("argument/classification", "rams/printed"),
    ("argument/attached-classification", "wikievents/head-coref-role"),
    ("omnievent", "events"),
    ("relation/strict", "relation/boundary"),
    ("link/strict", "linking/strong_link_match"),
    ("label/value", "labels/report"),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("explain")
    found = saved("seed1", "gold", folder), saved("seed1", "pred", folder)
    for path in found:
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:12]))
    return found


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_changes_account_for_the_difference(a: str, b: str, files: tuple[Path, Path]) -> None:
    """Counts of A and all changes are counts of B, and both are those that `score` has."""
    found = explain(*files, options=Options(protocols=(a, b)))
    scores = score(files[0], [files[1]], options=Options(protocols=(a, b))).systems[0]

    assert found.explanations
    for each in found.explanations:
        _accounts(each)
        for figure in (each.a, each.b):
            known = scores.find(figure.metric)
            assert known is not None
            parts = known.correct_precision, known.predicted, known.correct_recall, known.gold
            if figure.metric == "rams/printed":
                parts = *parts[2:], *parts[:2]
            assert figure.sums == pytest.approx(parts)
            assert figure.f1 == pytest.approx(known.f1)


def _accounts(each: Explanation) -> None:
    sums = list(map(float, each.a.sums))
    for odd in each.odd:
        at = 0 if odd.side == "predicted" else 2
        sums[at] += odd.change.correct
        sums[at + 1] += odd.change.counted
    sums = [x + y for x, y in zip(sums, each.rest, strict=True)]
    assert sums == pytest.approx(each.b.sums)
    assert each.a.f1 is not None
    assert each.b.f1 is not None
    gains = sum(c.f1 or 0 for c in each.causes) + (each.rest_f1 or 0)
    assert each.a.f1 + gains == pytest.approx(each.b.f1)
    assert sum(cause.items for cause in each.causes) == len(each.odd)


def test_a_duplicate_that_a_set_forgives(
    record: Callable[..., Record], save: Callable[..., Path]
) -> None:
    gold = save("gold.jsonl", record("d1", "PER 3-12"))
    predicted = save("crf.jsonl", record("d1", "PER 3-12", "PER 3-12"))

    found = explain(gold, predicted, options=Options(protocols=("entity/strict", "spacy/spans")))

    (odd,) = found.explanations[0].odd
    assert (odd.side, odd.how, odd.why) == (
        "predicted", "counted in A only", "the same on the other side; given before",
    )  # fmt: skip
    assert odd.context[1] == "président"
    assert found.explanations[0].a.sums == Sums(1, 2, 1, 1)
    assert found.explanations[0].b.sums == Sums(1, 1, 1, 1)
    assert found.explanations[0].alike == 2


def test_a_gold_item_that_another_prediction_takes(
    record: Callable[..., Record], save: Callable[..., Path]
) -> None:
    """nervaluate lets the first prediction take what it overlaps; the right one has nothing."""
    gold = save("gold.jsonl", record("d1", "PER 0-12"))
    predicted = save("crf.jsonl", record("d1", "PER 0-2", "PER 0-12"))
    names = "entity/strict", "semeval2013/strict"

    (found,) = explain(gold, predicted, options=Options(protocols=names)).explanations

    assert [(o.side, o.item.pieces, o.how, o.a, o.b) for o in found.odd] == [
        ("gold", ((0, 12),), "correct in A only", Credit(1, 1), Credit(1, 0)),
        ("predicted", ((0, 12),), "correct in A only", Credit(1, 1), Credit(1, 0)),
    ]
    assert (found.a.sums, found.b.sums) == (Sums(1, 2, 1, 1), Sums(0, 2, 0, 1))
    assert (found.alike, found.rest, found.rest_f1) == (1, Sums(0, 0, 0, 0), None)
    assert [cause.f1 for cause in found.causes] == [pytest.approx(-2 / 3), 0]


def test_what_tags_cannot_hold_is_not_counted(
    record: Callable[..., Record], save: Callable[..., Path]
) -> None:
    """Of two predictions that overlap the shorter is left out, and gold has nothing any more."""
    gold = save("gold.jsonl", record("d1", "PER 0-2"))
    predicted = save("crf.jsonl", record("d1", "PER 0-2", "PER 0-12"))

    (found,) = explain(
        gold, predicted, options=Options(protocols=("entity/strict", "conll/chunk"))
    ).explanations

    assert [(odd.side, odd.item.pieces, odd.how) for odd in found.odd] == [
        ("gold", ((0, 2),), "correct in A only"),
        ("predicted", ((0, 2),), "counted in A only, correct in A only"),
    ]


#: Metrics of spans that differ in what they pair, in what they leave out, and in what is right.
SPANS = tuple(
    name
    for name in METRICS
    if name.startswith(
        ("semeval2013/", "hipe2022/", "spacy/", "brat/entities", "conll/chunk", "ace/oneie-entity",
         "ace/oneie-mention", "discontinuous/", "linking/strong_", "linking/weak_")
    )
    or name in {"entity/strict", "entity/exact", "entity/partial", "entity/type", "entity/head",
                "entity/overlap", "entity/nested", "entity/discontinuous"}
)  # fmt: skip

#: Those in which only what is the same is right.
STRICT = {
    "entity/strict", "semeval2013/strict", "semeval2013/flat-strict", "hipe2022/strict",
    "conll/chunk", "spacy/spans", "spacy/ents", "brat/entities-exact",
}  # fmt: skip
_WORDS = "aa bb cc dd ee"

#: Few places, so that spans repeat, nest and cross.
_places = st.tuples(st.integers(0, 4), st.integers(1, 3)).map(
    lambda place: (3 * place[0], 3 * min(5, sum(place)) - 1)
)
_layers = st.lists(st.tuples(st.sampled_from(["PER", "ORG"]), _places), max_size=5)


@st.composite
def layers(draw: st.DrawFn) -> bytes:
    """Return two documents with spans whose ids are in any order, as lines."""
    lines = []
    for name in ("d1", "d2"):
        spans = draw(_layers)
        ids = draw(st.permutations(range(8, 8 + len(spans))))
        mentions = [
            {"id": f"T{number}", "type": type_, "start": start, "end": end}
            for number, (type_, (start, end)) in zip(ids, spans, strict=True)
        ]
        lines.append(msgspec.json.encode({"id": name, "text": _WORDS, "mentions": mentions}))
    return b"\n".join(lines)


@given(layers(), layers(), st.sampled_from(SPANS), st.sampled_from(SPANS))
def test_all_that_differs_is_listed_as_it_is(
    folder: Path, gold: bytes, predicted: bytes, a: str, b: str
) -> None:
    """Whatever overlaps: changes add up, no item is of no account, and words say what is so."""
    files = folder / "gold.jsonl", folder / "crf.jsonl"
    for path, lines in zip(files, (gold, predicted), strict=True):
        path.write_bytes(lines)
    options = Options(protocols=(a, b))

    found = explain(*files, options=options)

    for each in found.explanations:
        _sums_account(each)
        assert each.rest == Sums(0, 0, 0, 0)
        assert each.rest_f1 is None
        assert each.alike + len(each.odd) == gold.count(b"T") + predicted.count(b"T")
        for odd in each.odd:
            _is_said(odd)
            right = {each.a.metric: odd.a.correct, each.b.metric: odd.b.correct}
            if any(right[name] for name in STRICT & right.keys()):
                assert odd.near is not None
                assert odd.near.key == odd.item.key
    _figures_are_scores(found, files, options)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layers")


def _sums_account(each: Explanation) -> None:
    """Check the counts, and F1 where both metrics define it."""
    sums = list(map(float, each.a.sums))
    for odd in each.odd:
        at = 0 if odd.side == "predicted" else 2
        sums[at] += odd.change.correct
        sums[at + 1] += odd.change.counted
    assert sums == pytest.approx(each.b.sums)
    if each.a.f1 is not None and each.b.f1 is not None:
        assert sum(cause.f1 or 0 for cause in each.causes) == pytest.approx(each.b.f1 - each.a.f1)


def _is_said(odd: Odd) -> None:
    assert odd.how
    for said_, a, b in (("counted", odd.a.counted, odd.b.counted),
                        ("correct", odd.a.correct, odd.b.correct)):  # fmt: skip
        assert min(a, b) >= 0
        assert (f"{said_} in A only" in odd.how) == (a > 0 == b)
        assert (f"{said_} in B only" in odd.how) == (b > 0 == a)


def _figures_are_scores(found: Explained, files: tuple[Path, Path], options: Options) -> None:
    scores = score(files[0], [files[1]], options=options).systems[0]
    for each in found.explanations:
        for figure in (each.a, each.b):
            known = scores.find(figure.metric)
            assert known is not None
            parts = known.correct_precision, known.predicted, known.correct_recall, known.gold
            assert figure.sums == pytest.approx(parts)
            assert figure.f1 == pytest.approx(known.f1)


@pytest.mark.parametrize(("gold", "predicted", "why"), [
    (["PER 3-12"], ["ORG 3-12"], "differs in type"),
    (["PER 3-12"], ["PER 0-12"], "differs in boundary"),
    (["PER 3-12"], ["ORG 0-12"], "differs in type, boundary"),
])  # fmt: skip
def test_a_half_is_explained(
    gold: list[str], predicted: list[str], why: str, record: Callable[..., Record],
    save: Callable[..., Path],
) -> None:  # fmt: skip
    files = save("gold.jsonl", record("d1", *gold)), save("crf.jsonl", record("d1", *predicted))

    found = explain(*files, options=Options(protocols=("entity/strict", "entity/partial")))

    assert {(odd.side, odd.why) for odd in found.explanations[0].odd} == {
        ("gold", why), ("predicted", why),
    }  # fmt: skip


def test_the_limit_cuts_items_and_not_sums(files: tuple[Path, Path]) -> None:
    options = Options(protocols=("entity/strict", "entity/partial"))
    some, every = explain(*files, limit=2, options=options), explain(*files, options=options)

    assert len(some.explanations[0].odd) == 2
    assert some.explanations[0].causes == every.explanations[0].causes


def test_two_protocols_without_items_are_one_line(files: tuple[Path, Path]) -> None:
    with pytest.raises(GloseError, match="not of single items"):
        explain(*files, options=Options(protocols=("coref", "coval")))


def test_two_protocols_are_expected(files: tuple[Path, Path]) -> None:
    with pytest.raises(GloseError, match="expected two protocols"):
        explain(*files, options=Options(protocols=("coref",)))


@pytest.mark.parametrize(("first", "second", "matched"), [
    pytest.param(["entity/type"], ["spacy/spans"], [("entity/type", "spacy/spans")],
                 id="one on each side needs no name in common"),
    pytest.param(["entity/strict", "entity/exact"], ["spacy/spans", "spacy/spans-unlabeled"],
                 [("entity/strict", "spacy/spans"), ("entity/exact", "spacy/spans-unlabeled")],
                 id="metrics that ask the same go together"),
    pytest.param(["trigger/identification"], ["argument/identification"], [],
                 id="triggers are no arguments"),
    pytest.param(["coreference/b3"], ["coval/b_cubed"], [], id="clusters have no items"),
])  # fmt: skip
def test_counterparts(first: list[str], second: list[str], matched: list[tuple[str, str]]) -> None:
    assert counterparts(first, second)[0] == matched


def test_protocols_of_events_have_counterparts() -> None:
    names = PROTOCOLS["textee"].metrics, PROTOCOLS["events"].metrics

    assert len(counterparts(*names)[0]) == 4


@pytest.mark.parametrize(("a", "b", "words"), [
    (Credit(1, 1), Credit(1, 0), "correct in A only"),
    (Credit(0, 0), Credit(1, 1), "counted in B only, correct in B only"),
    (Credit(1, 0.5), Credit(1, 1), "correct for more in B"),
    (Credit(2, 1), Credit(1, 1), "counted for more in A"),
    (Credit(1, 0), Credit(1, -1), "costs another in B"),
    (Credit(1, 1), Credit(1, -1), "correct in A only, costs another in B"),
    (Credit(1, -2), Credit(1, -1), "costs another more in A"),
    (Credit(-1, 0), Credit(1, 0), "counted in B only, takes the place of another in A"),
])  # fmt: skip
def test_said(a: Credit, b: Credit, words: str) -> None:
    assert said(a, b) == words


def test_the_command(files: tuple[Path, Path]) -> None:
    named = ["-p", "entity/strict", "-p", "semeval2013/strict", "-n", "2"]
    done = CliRunner().invoke(
        commands, ["evaluate", "explain", *map(str, files), *named], catch_exceptions=False
    )

    assert done.exit_code == 0
    assert "A entity/strict" in done.stdout
    assert "B semeval2013/strict" in done.stdout
    assert "counted alike by both:" in done.stdout


def test_the_json(files: tuple[Path, Path]) -> None:
    named = ["-p", "textee", "-p", "ace", "-n", "1", "--json", "-"]
    done = CliRunner().invoke(commands, ["evaluate", "explain", *map(str, files), *named])
    found = json.loads(done.stdout)

    assert found["protocols"] == ["textee", "ace"]
    assert {"layer", "a", "b", "alike", "causes", "rest", "items"} == set(found["explanations"][0])


def test_one_protocol_is_a_fault_of_the_command_line(files: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(commands, ["evaluate", "explain", *map(str, files)])

    assert done.exit_code == 2
