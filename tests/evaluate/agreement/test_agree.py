"""Agreement from files: figures, intervals, buckets, layers that lack documents, systems."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glose.corpus.errors import GloseError
from glose.evaluate.agreement.agree import agree
from glose.evaluate.agreement.choice import Choice
from glose.evaluate.agreement.results import Agreement
from glose.evaluate.commands import group
from glose.evaluate.intervals import Method, Sampling
from glose.evaluate.results import Bucket

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]
near = pytest.approx

STRICT = "entity/strict"
TOKENS = "mention-tokens"
QUICK = Choice((STRICT,), gamma=3, sampling=Sampling(0))


def status(guideline: str | None = None, *lists: str) -> dict[str, object]:
    return {"status": {"annotated": lists or ("mentions",), "guideline": guideline}}


@pytest.fixture
def files(record: Make, save: Save) -> list[Path]:
    """Twelve documents of two mentions.

    B lacks every second LOC under the first guideline only; C lacks all LOC.
    """
    first = {n: status("v1" if n < 6 else "v2") for n in range(12)}
    layers: dict[str, list[tuple[str, ...]]] = {
        "a": [("PER 3-12", "LOC 34-42")] * 12,
        "b": [("PER 3-12", "LOC 34-42")[: 1 + (n % 2 or n > 5)] for n in range(12)],
        "c": [("PER 3-12",)] * 12,
    }
    return [
        save(f"{name}.jsonl", *(record(f"d{n:02}", *m, **first[n]) for n, m in enumerate(each)))
        for name, each in layers.items()
    ]


def run(*words: object) -> Result:
    return CliRunner().invoke(group, ["agree", *map(str, words)], catch_exceptions=False)


def value(found: Agreement, *where: Any, **more: Any) -> float | None:  # noqa: ANN401  # as find
    each = found.find(*where, **more)
    assert each is not None, (where, more)
    return each.value


def test_f1_of_pairs_of_one_and_of_all(files: list[Path]) -> None:
    """24, 21 and 12 mentions: a and b share 21, each of them and c share 12."""
    found = agree(files, choice=QUICK)
    ab, ac, bc = 2 * 21 / 45, 2 * 12 / 36, 2 * 12 / 33
    assert value(found, STRICT, "f1", "pair", ("a", "b")) == near(ab)
    assert value(found, STRICT, "f1", "annotator", ("c",)) == near((ac + bc) / 2)
    assert value(found, STRICT, "f1") == near((ab + ac + bc) / 3)
    assert value(found, STRICT, "f1", type_="PER") == near(1)
    assert value(found, STRICT, "f1", type_="LOC") == near(2 * 9 / 21 / 3)


def test_of_two_layers_there_is_one_figure(files: list[Path]) -> None:
    found = agree(files[:2], choice=QUICK)
    assert {each.kind for each in found.coefficients} == {"all"}
    assert value(found, STRICT, "f1") == near(2 * 21 / 45)
    assert {"davies-fleiss", "fleiss"}.isdisjoint(each.name for each in found.coefficients)


def test_tokens_are_words_where_there_are_no_tokens(files: list[Path]) -> None:
    """8 words x 12; a and b differ in the one word of three mentions."""
    found = agree(files[:2], choice=QUICK)
    assert value(found, TOKENS, "observed") == near(1 - 3 / 96)


def test_by_guideline_and_by_document(files: list[Path]) -> None:
    choice = Choice((STRICT,), by=("guideline", "document"), gamma=0, sampling=Sampling(0))
    found = agree(files[:2], choice=choice)
    by = [value(found, STRICT, "f1", bucket=Bucket("guideline", v)) for v in ("v1", "v2")]
    assert by == [near(2 * 9 / 21), near(1)]
    assert value(found, STRICT, "f1", bucket=Bucket("document", "d00")) == near(2 / 3)


def test_equal_layers_agree_in_everything(files: list[Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(files[0].read_bytes())
    found = agree([files[0], copy], choice=QUICK)
    values = {each.value for each in found.coefficients if not each.name.endswith("-error")}
    assert values
    assert all(each == near(1) for each in values)


@pytest.mark.parametrize("method", ["percentile", "bca", "jackknife"])
def test_intervals_hold_the_figure(files: list[Path], method: Method) -> None:
    choice = Choice((STRICT,), gamma=3, sampling=Sampling(200, method=method))
    for each in agree(files[:2], choice=choice).coefficients:
        if each.value is not None and each.interval:
            assert each.interval[0] - 1e-9 <= each.value <= each.interval[1] + 1e-9
    names = {e.name for e in agree(files[:2], choice=choice).coefficients if e.interval}
    assert {"f1", "cohen", "alpha", "alpha-masi", "alpha-u", "gamma"} <= names


def test_clusters_are_resampled_together(record: Make, save: Save) -> None:
    paths = [
        save(
            f"{name}.jsonl",
            *(record(f"d{n}", *found[n % 2 :], meta={"source": "xy"[n % 2]}) for n in range(8)),
        )
        for name, found in (("a", ("PER 3-12", "LOC 34-42")), ("b", ("PER 3-12", "LOC 34-42")))
    ]
    choice = Choice((STRICT,), units=("f1",), sampling=Sampling(50), cluster="source")
    each = agree(paths, choice=choice).find(STRICT, "f1")
    assert each is not None
    assert each.interval == near((1, 1))


def test_layers_that_share_some_documents(files: list[Path], tmp_path: Path) -> None:
    """B has the last six documents only; a pair is of the documents that both have."""
    half = tmp_path / "half.jsonl"
    half.write_bytes(b"".join(files[1].read_bytes().splitlines(keepends=True)[6:]))
    choice = Choice((STRICT,), missing="partial", gamma=3, sampling=Sampling(0))
    found = agree([files[0], half, files[2]], choice=choice)
    assert value(found, STRICT, "f1", "pair", ("a", "half")) == near(1)
    assert value(found, STRICT, "f1", "pair", ("a", "c")) == near(2 * 12 / 36)
    assert value(found, TOKENS, "observed") == near(1 - (6 + 12) / (48 + 48 + 96))


def test_a_document_that_nobody_labelled_is_agreed_on(record: Make, save: Save) -> None:
    war = [{"scheme": "topic", "value": "war"}]
    marked = status(None, "labels")
    layers: dict[str, list[list[dict[str, str]]]] = {"a": [war, [], []], "b": [war, war, []]}
    paths = [
        save(
            f"{name}.jsonl",
            *(record(f"d{n}", labels=each, **marked) for n, each in enumerate(own)),
        )
        for name, own in layers.items()
    ]
    found = agree(paths, choice=Choice(units=("labels",), sampling=Sampling(0)))
    assert value(found, "labels:topic", "observed") == near(2 / 3)
    assert value(found, "labels:topic", "cohen") == near((2 / 3 - 4 / 9) / (1 - 4 / 9))


def test_a_system_beside_people(files: list[Path]) -> None:
    """C as a system: 2 x 12 / 36 and 2 x 12 / 33 with the people, who have 2 x 21 / 45."""
    found = agree(files[:2], systems=files[2:], choice=QUICK)
    own = (2 * 12 / 36 + 2 * 12 / 33) / 2
    assert value(found, STRICT, "f1") == near(2 * 21 / 45)
    assert value(found, STRICT, "f1", "system", ("c",)) == near(own)
    assert value(found, STRICT, "f1", "relative", ("c",)) == near(own / (2 * 21 / 45))
    assert value(found, TOKENS, "observed") == near(1 - 3 / 96)


def test_what_is_not_annotated_is_left_out_and_noted(files: list[Path]) -> None:
    found = agree(files[:2], choice=Choice(gamma=0, sampling=Sampling(0)))
    assert found.notes == ("not annotated in all layers: trigger/*, argument/* not compared",)


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (Choice(by=("colour",)), "documents cannot be told apart by 'colour'; choose type, split"),
        (
            Choice(units=("triggers",)),
            r"annotated \(.*\) are mentions in .*a.jsonl; mentions in .*; expected events in all",
        ),
        (Choice(("hipe2022",)), "hipe2022/strict: needs gold, so layers cannot be compared by it"),
        (Choice(units=("words",)), "there are no units 'words'; choose f1"),
        (Choice(cluster="colour"), "documents cannot be clustered by 'colour'"),
    ],
)
def test_what_cannot_be_compared(files: list[Path], choice: Choice, message: str) -> None:
    with pytest.raises(GloseError, match=message):
        agree(files, choice=choice)


def test_a_layer_does_not_stand_twice(files: list[Path]) -> None:
    with pytest.raises(GloseError, match=r"a\.jsonl: this layer is named twice"):
        agree([files[0], files[0]])


def test_the_command_prints_tables(files: list[Path]) -> None:
    done = run(*files, "-p", STRICT, "--gamma", 2, "--samples", 50, "--by", "guideline")
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["F1", STRICT]
    assert lines[1].split() == ["all", "0.7758"]
    assert [line.split()[0] for line in lines[2:4]] == ["from", "to"]
    assert "a - b 0.9333" in re.sub(" +", " ", done.stdout)
    assert any(line.startswith("  guideline v1") for line in lines)
    assert any(line.split()[:3] == ["mentions", "alpha-u", "gamma"] for line in lines)
    assert lines[-1].startswith("glose:")


def test_the_command_writes_json(files: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "agreement.json"
    run(*files, "-u", "f1", "-p", STRICT, "--json", target)
    shown = json.loads(target.read_bytes())
    assert list(shown) == [
        "signature", "documents", "layers", "systems", "notes", "agreement",
    ]  # fmt: skip
    assert list(shown["agreement"][0]) == [
        "unit", "coefficient", "kind", "layers", "type", "value", "interval", "documents",
        "bucket",
    ]  # fmt: skip
    assert shown["agreement"][0]["value"] == near(0.775757, abs=1e-6)


def test_one_layer_is_too_few(files: list[Path]) -> None:
    done = run(files[0])
    assert (done.exit_code, "expected two LAYERs or more" in done.output) == (2, True)


def test_the_order_of_layers_and_documents_does_not_matter(
    files: list[Path], tmp_path: Path
) -> None:
    lines = files[0].read_bytes().splitlines(keepends=True)
    back = tmp_path / "back"
    back.mkdir()
    turned = back / "a.jsonl"
    turned.write_bytes(b"".join(reversed(lines)))
    one = agree([*files[:2]], choice=QUICK)
    other = agree([turned, files[1]], choice=QUICK)
    assert [each.value for each in one.coefficients] == [each.value for each in other.coefficients]


_places = ("3-12", "13-19", "13-33", "23-31", "34-42", "3-42", "44-52")
_layer = st.lists(
    st.lists(
        st.builds("{} {}".format, st.sampled_from(("PER", "LOC")), st.sampled_from(_places)),
        max_size=5,
    ),
    min_size=3,
    max_size=3,
)


@given(st.lists(_layer, min_size=2, max_size=4), st.sampled_from(("percentile", "bca")))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_layers_say_figures_are_in_their_bounds(
    record: Make, save: Save, layers: list[list[list[str]]], method: Method
) -> None:
    """Nested, crossing, equal and no mentions: no crash, and nothing above 1."""
    paths = [
        save(f"{name}.jsonl", *(record(f"d{n}", *m) for n, m in enumerate(layer)))
        for name, layer in zip("abcd", layers, strict=False)
    ]
    choice = Choice(("entities",), gamma=2, sampling=Sampling(20, method=method))
    for each in agree(paths, choice=choice).coefficients:
        least = 0 if each.name in ("f1", "observed") or each.name.endswith("error") else -inf
        most = inf if each.name.endswith("error") else 1 + 1e-9
        assert each.value is None or least <= each.value <= most, each


def test_no_interval_goes_beyond_1(files: list[Path]) -> None:
    choice = Choice((STRICT,), gamma=3, sampling=Sampling(1, method="jackknife"))
    ends = [e.interval[1] for e in agree(files[:2], choice=choice).coefficients if e.interval]
    assert max(ends) == 1


def test_the_command_shows_systems(files: list[Path]) -> None:
    done = run(*files[:2], "--system", files[2], "-u", "f1", "-p", STRICT)
    shown = re.sub(" +", " ", done.stdout)
    assert "\nc 0.6970\n" in shown
    assert "\nc, share of people's 0.7468\n" in shown
