"""Documents to look into hold what is right and wrong, and as many as are wanted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.evaluate.invented import Maker

from glose.evaluate import browsing
from glose.evaluate.beside import Beside, Shown
from glose.evaluate.browsing import browse
from glose.evaluate.embedding import kind_name, leaves
from glose.evaluate.mistakes import errors, layers
from glose.evaluate.plan import Options

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]
OPTIONS = Options(protocols=("entity/strict",))


@pytest.fixture
def files(record: Make, save: Save) -> list[Path]:
    """Return gold of three documents, and two systems."""
    gold = [record(name, "PER 3-12", "LOC 34-42") for name in "abc"]
    one = [record(name, "PER 3-12", "ORG 34-42") for name in "abc"]
    other = [record(name, "PER 3-9") for name in "abc"]
    return [save("gold.jsonl", *gold), save("one.jsonl", *one), save("other.jsonl", *other)]


def test_every_system_stands_beside_gold(files: list[Path]) -> None:
    leaf, *rest = browse(files[0], files[1:], OPTIONS, 9).leaves

    assert [leaf.id, *(each.id for each in rest)] == ["a", "b", "c"]
    assert [[item.kind for item in each] for each in leaf.systems] == [
        ["correct", "type"], ["boundary", "missed"],
    ]  # fmt: skip


def test_the_kinds_are_those_of_the_errors(files: list[Path]) -> None:
    found = browse(files[0], files[1:], OPTIONS, 9).leaves
    counts = errors(files[0], files[1], options=OPTIONS).counts

    kinds = [item.kind for leaf in found for item in leaf.systems[0]]
    assert {key[1]: number for key, number in counts.items()} == {
        kind: kinds.count(kind) for kind in kinds
    }


def test_what_is_annotated_is_there_whatever_the_protocol(record: Make, save: Save) -> None:
    relation = {"id": "r1", "type": "near", "args": [{"role": "a", "ref": "m0"}]}
    gold = save("gold.jsonl", record("a", "PER 3-12", relations=[relation]))
    (leaf,) = browse(gold, [gold], OPTIONS, 9).leaves

    assert {each.facet for each in leaf.systems[0]} == {"entity", "relation"}


def test_what_a_system_did_not_annotate_is_not_missed(record: Make, save: Save) -> None:
    relation = {"id": "r1", "type": "near", "args": [{"role": "a", "ref": "m0"}]}
    gold = save("gold.jsonl", record("a", "PER 3-12", relations=[relation]))
    (leaf,) = browse(gold, [save("s.jsonl", record("a", "PER 3-12"))], OPTIONS, 9).leaves

    assert leaf.annotated == (("entity", "link", "value"),)
    assert [each.facet for each in leaf.systems[0]] == ["entity"]


def test_types_are_cut_to_the_depth(record: Make, save: Save) -> None:
    gold = save("gold.jsonl", record("a", "PER.Group 3-12"))
    other = save("s.jsonl", record("a", "PER.Individual 3-12"))
    (leaf,) = browse(gold, [other], Options(depth=1), 9).leaves

    assert [each.kind for each in leaf.systems[0]] == ["correct"]


@pytest.mark.parametrize("wanted", [0, 1, 2, 3])
def test_as_many_documents_as_are_wanted(files: list[Path], wanted: int) -> None:
    assert len(browse(files[0], files[1:], OPTIONS, wanted).leaves) == wanted


@pytest.mark.parametrize("bound", ["TEXT", "ITEMS"])
def test_what_would_be_too_much_is_left_out(
    files: list[Path], monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(browsing, bound, 60 if bound == "TEXT" else 5)
    found = browse(files[0], files[1:], OPTIONS, 9)

    assert ([leaf.id for leaf in found.leaves], found.long) == (["a"], 2)


def test_a_long_document_does_not_hide_the_next(
    record: Make, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = {"id": "a", "text": "x" * 999, "mentions": []}
    gold = save("gold.jsonl", long, record("b", "PER 3-12"))
    monkeypatch.setattr(browsing, "TEXT", 100)
    found = browse(gold, [gold], OPTIONS, 9)

    assert ([leaf.id for leaf in found.leaves], found.long) == (["b"], 1)


@pytest.mark.parametrize(
    ("metrics", "found"),
    [
        (["entity/strict", "trigger/classification"], ("entity", "trigger")),
        (["argument/classification", "entity/exact"], ("entity", "argument")),
        (["conll/chunk"], ("entity",)),
        (["coreference/muc"], ()),
    ],
)
def test_layers_are_those_that_metrics_count(metrics: list[str], found: tuple[str, ...]) -> None:
    assert layers(metrics) == found


def read(embedded: str) -> list[list[list[tuple[object, ...]]]]:
    """Return the rows that a page would show: of each document and each system of it."""
    told = json.loads(embedded)
    words = told["words"]

    def shown(row: list[Any] | None) -> Shown | None:
        if row is None:
            return None
        name, type_, offsets, *rest = row
        pieces = tuple(zip(offsets[::2], offsets[1::2], strict=True))
        group, text, *_ = (*(words[n] for n in rest[:2]), "", "")
        roles = tuple(words[n] for each in rest[2:] for n in each)
        return Shown(words[name], words[type_], pieces, group, text, roles)

    return [
        [
            [
                (words[facet], words[kind], *(shown(dict(enumerate(each["items"])).get(n))
                                              for n in sides))
                for facet, kind, *sides in system["rows"]
            ]
            for system in each["systems"]
        ]
        for each in told["documents"]
    ]  # fmt: skip


def row(beside: Beside) -> tuple[object, ...]:
    """Return what a page shows of an item."""
    return beside.facet, kind_name(beside), beside.gold, beside.predicted


def test_the_page_holds_every_item_of_every_system(save: Save) -> None:
    drawn = [Maker(seed).pair(seed) for seed in range(30)]
    gold, other = (save(f"{n}.jsonl", *(pair[n] for pair in drawn)) for n in (0, 1))
    found = browse(gold, [other, gold], OPTIONS, 99).leaves

    assert read(leaves(["a", "b"], found)) == [
        [[row(beside) for beside in system] for system in leaf.systems] for leaf in found
    ]


def test_documents_are_json_that_cannot_end_the_script(record: Make, save: Save) -> None:
    nasty = "</script><script>alert(1)</script>"
    gold = save("gold.jsonl", {"id": "a", "text": nasty, "mentions": [
        {"id": "m1", "type": "<!--", "start": 0, "end": 4},
    ]})  # fmt: skip
    shown = leaves([nasty], browse(gold, [gold], OPTIONS, 9).leaves)

    assert "<" not in shown
    told = json.loads(shown)
    assert (told["systems"], told["documents"][0]["text"]) == ([nasty], nasty)
    item = Shown("<!--", "<!--", ((0, 4),))
    assert read(shown) == [[[("entity", "correct", item, item)]]]
