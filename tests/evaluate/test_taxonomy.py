"""Every annotation is in one kind of error, and repairs lead to gold."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluate.parity.records import save as saved

from glose.cli import commands
from glose.corpus.document import Document
from glose.corpus.jsonl import decode, read
from glose.evaluate.annotations import listed
from glose.evaluate.plan import Options
from glose.evaluate.repairing import repairs
from glose.evaluate.taxonomy import KINDS, Scene, cases, kinds

TEXT = "x" * 40


def spans(*written: str) -> Document:
    """Return a document with the mentions that `A 0-3` writes."""
    mentions = []
    for number, each in enumerate(written):
        name, place = each.split()
        start, end = map(int, place.split("-"))
        mentions.append({"id": f"T{number}", "type": name, "start": start, "end": end})
    return decode(msgspec.json.encode({"id": "d", "text": TEXT, "mentions": mentions}))


def events(*written: str) -> Document:
    """Return a document with the events that `A 0-3 R=5-6` writes."""
    mentions: dict[str, dict[str, object]] = {}
    found = []
    for number, each in enumerate(written):
        name, place, *roles = each.split()
        start, end = map(int, place.split("-"))
        args = []
        for role in roles:
            label, where = role.split("=")
            a, b = map(int, where.split("-"))
            mentions[where] = {"id": f"T{a}.{b}", "type": "M", "start": a, "end": b}
            args.append({"role": label, "ref": f"T{a}.{b}"})
        triggers = [{"start": start, "end": end}]
        found.append({"id": f"E{number}", "type": name, "triggers": triggers, "args": args})
    names = [str(m["id"]) for m in mentions.values() if m["start"] in (5, 9)]
    entities = [{"id": "X1", "type": "M", "mentions": names}] if len(names) > 1 else []
    record = {
        "id": "d", "text": TEXT, "mentions": list(mentions.values()), "events": found,
        "entities": entities,
    }  # fmt: skip
    return decode(msgspec.json.encode(record))


def kinds_of(layer: str, gold: Document, predicted: Document) -> Counter[str]:
    sides = [listed(each, layer, TEXT) for each in (gold, predicted)]  # type: ignore[arg-type]  # one of three
    found = cases(layer, sides[0], sides[1], Scene.of(gold, predicted))  # type: ignore[arg-type]  # as above
    for side, items in (("gold", sides[0]), ("predicted", sides[1])):
        numbers = sorted(n for case in found for n in getattr(case, side))
        assert numbers == list(range(len(items)))
    return Counter(case.kind for case in found)


@pytest.mark.parametrize(("gold", "predicted", "expected"), [
    pytest.param([], [], [], id="nothing"),
    pytest.param(["A 0-3"], [], ["missed"], id="nothing predicted"),
    pytest.param([], ["A 0-3"], ["spurious"], id="nothing in gold"),
    pytest.param(["A 0-3"], ["A 0-3"], ["correct"], id="the same"),
    pytest.param(["A 0-3"], ["A 0-3"] * 2, ["correct", "duplicate"], id="twice"),
    pytest.param(["A 0-3"] * 2, ["A 0-3"] * 2, ["correct"] * 2, id="twice in gold too"),
    pytest.param(["A 0-3"], ["B 0-3"], ["type"], id="type"),
    pytest.param(["A 0-3"], ["B 0-3"] * 2, ["type", "duplicate"], id="a wrong type twice"),
    pytest.param(["A 0-3"], ["A 1-3"], ["boundary"], id="boundary"),
    pytest.param(["A 0-3"], ["B 1-3"], ["type and boundary"], id="both"),
    pytest.param(["A 0-6"], ["A 0-3", "A 3-6"], ["split"], id="one in two"),
    pytest.param(["A 0-6"], ["A 0-2", "B 2-4", "A 4-6"], ["split"], id="one in three"),
    pytest.param(["A 0-3", "A 3-6"], ["A 0-6"], ["merge"], id="two in one"),
    pytest.param(["A 0-6"], ["A 0-6", "A 0-3"], ["correct", "spurious"],
                 id="a part beside what is right"),
    pytest.param(["A 0-3", "A 5-8"], ["A 2-6"], ["merge"], id="a bridge"),
    pytest.param(["A 0-4", "B 6-9"], ["A 2-7", "B 8-9"], ["boundary"] * 2, id="crossing"),
    pytest.param(["A 0-3"], ["A 3-6"], ["missed", "spurious"], id="touching is not overlapping"),
])  # fmt: skip
@pytest.mark.parametrize("layer", ["entity", "trigger"])
def test_spans(gold: list[str], predicted: list[str], expected: list[str], layer: str) -> None:
    make = spans if layer == "entity" else events

    assert kinds_of(layer, make(*gold), make(*predicted)) == Counter(expected)


@pytest.mark.parametrize(("gold", "predicted", "expected"), [
    pytest.param(["A 0-1 R=5-6"], ["A 0-1 R=5-6"], ["correct"], id="the same"),
    pytest.param(["A 0-1 R=5-6"], ["A 0-1 S=5-6"], ["role"], id="role"),
    pytest.param(["A 0-1 R=5-6"], ["A 0-1 R=5-6 R=5-6"], ["correct", "duplicate"], id="twice"),
    pytest.param(["A 0-1 R=5-6", "A 2-3 S=9-10"], ["A 0-1 R=9-10", "A 2-3"],
                 ["coreferent mention", "missed"], id="another mention of the entity"),
    pytest.param(["A 0-1 R=5-8"], ["A 0-1 R=6-8"], ["boundary"], id="boundary"),
    pytest.param(["A 0-1 R=5-6"], ["B 0-1 R=5-6"], ["event"], id="an event of another type"),
    pytest.param(["A 0-1 R=5-6"], ["A 2-3 R=5-6"], ["event"], id="an event elsewhere"),
    pytest.param(["A 0-1 R=5-6"], [], ["trigger missed"], id="no event"),
    pytest.param([], ["A 0-1 R=5-6"], ["trigger spurious"], id="an event that gold has not"),
    pytest.param(["A 0-1 R=5-6"], ["A 0-1"], ["missed"], id="missed"),
    pytest.param(["A 0-1"], ["A 0-1 R=5-6"], ["spurious"], id="spurious"),
    pytest.param(["A 0-1 R=5-6"], ["B 2-3 S=5-6"], ["trigger missed", "trigger spurious"],
                 id="nothing but the filler"),
])  # fmt: skip
def test_arguments(gold: list[str], predicted: list[str], expected: list[str]) -> None:
    assert kinds_of("argument", events(*gold), events(*predicted)) == Counter(expected)


WRITTEN = st.lists(
    st.builds(
        lambda name, start, size: f"{name} {start}-{start + size}",
        st.sampled_from("AB"), st.integers(0, 20), st.integers(1, 6),
    ),
    max_size=7,
)  # fmt: skip


@given(WRITTEN, WRITTEN)
def test_kinds_are_a_partition(gold: list[str], predicted: list[str]) -> None:
    kinds_of("entity", spans(*gold), spans(*predicted))


@given(WRITTEN)
def test_the_same_is_correct(written: list[str]) -> None:
    assert set(kinds_of("entity", spans(*written), spans(*written))) <= {"correct"}


PROTOCOLS = (
    "entity/strict", "semeval2013/partial", "spacy/spans", "trigger/classification", "nugget/type",
    "argument/classification", "argument/attached-classification", "wikievents/role",
    "rams/argument", "ace/dygie-argument", "coreference/conll", "coreference/lea", "coval/muc",
)  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("repairs")
    found = saved("seed2", "gold", folder), saved("seed2", "pred", folder)
    for path in found:
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:10]))
    return found


def test_all_repairs_lead_to_gold(files: tuple[Path, Path]) -> None:
    """With every kind repaired F1 is 1, by general metrics and those of programs."""
    found = repairs(*files, options=Options(protocols=PROTOCOLS))
    last = {name: f1 for each in found.layers for name, f1 in each.repairs[-1].after.items()}

    assert set(last) == set(PROTOCOLS)
    # DyGIE++ lets the order of ids decide which of two events at one trigger there is.
    assert (last.pop("ace/dygie-argument") or 0) > 0.8
    assert last == pytest.approx(dict.fromkeys(last, 1.0))


def test_kinds_add_up_to_all_there_is(files: tuple[Path, Path]) -> None:
    found = repairs(*files, options=Options(protocols=("default",)))
    there = [list(read(path)) for path in files]
    for each in found.layers:
        for side, documents in zip(("gold", "predicted"), there, strict=True):
            annotations = sum(_number(each.layer, document) for document in documents)
            assert sum(getattr(repair, side) for repair in each.repairs) == annotations
    assert {each.layer for each in found.layers} == set(KINDS)


def _number(layer: str, document: Document) -> int:
    return len(listed(document, layer, document.text or ""))  # type: ignore[arg-type]  # one of three


def test_no_repair_of_a_kind_that_gold_needs_makes_it_worse(files: tuple[Path, Path]) -> None:
    found = repairs(*files, options=Options(protocols=("entity/strict", "trigger/classification")))
    for each in found.layers:
        for repair in each.repairs[1:]:
            for name, f1 in repair.alone.items():
                assert (f1 or 0) >= (each.f1[name] or 0)


def test_counts_by_kind() -> None:
    gold, predicted = spans("A 0-6"), spans("A 0-3", "A 3-6")
    sides = [listed(each, "entity", TEXT) for each in (gold, predicted)]
    found = kinds(cases("entity", sides[0], sides[1], Scene.of(gold, predicted)))

    assert (found["cases", "split"], found["gold", "split"], found["predicted", "split"]) == (
        1, 1, 2,
    )  # fmt: skip


def test_the_command(files: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(
        commands, ["evaluate", "repairs", *map(str, files), "-p", "entity/strict"],
        catch_exceptions=False,
    )  # fmt: skip

    assert done.exit_code == 0
    assert "without spurious" in done.stdout
    assert "100.00" in done.stdout


def test_the_json(files: tuple[Path, Path]) -> None:
    arguments = ["evaluate", "repairs", *map(str, files), "-p", "coreference", "--json", "-"]
    done = CliRunner().invoke(commands, arguments)
    (layer,) = json.loads(done.stdout)["layers"]

    assert layer["layer"] == "coreference"
    assert layer["kinds"][0]["kind"] == "extra entity"
    assert layer["kinds"][-1]["after"]["coreference/b3"] == 1


@pytest.mark.parametrize("triggers", [[{"start": 9, "end": 12}], []])
def test_an_argument_that_is_an_event_is_repaired(
    triggers: list[dict[str, int]], tmp_path: Path
) -> None:
    """Gold has an event in a role; its trigger is where it stands, or its type is what it is."""
    events = [
        {"id": "E1", "type": "A", "triggers": [{"start": 0, "end": 3}],
         "args": [{"role": "R", "ref": "E2"}]},
        {"id": "E2", "type": "B", "triggers": triggers},
    ]  # fmt: skip
    paths = tmp_path / "gold.jsonl", tmp_path / "none.jsonl"
    for path, there in zip(paths, (events, []), strict=True):
        path.write_bytes(msgspec.json.encode({"id": "d", "text": TEXT, "events": there}) + b"\n")
    names = "argument/classification", "argument/attached-classification"
    (found,) = repairs(*paths, options=Options(protocols=names)).layers

    assert found.repairs[-1].after == dict.fromkeys(names, 1.0)
