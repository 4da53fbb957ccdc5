"""Documents to look into hold what is right and wrong, and as many as are wanted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glose.evaluate import browsing
from glose.evaluate.browsing import browse
from glose.evaluate.embedding import leaves
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
    leaf, *rest = browse(files[0], files[1:], OPTIONS, 9)

    assert [leaf.id, *(each.id for each in rest)] == ["a", "b", "c"]
    assert [[item.kind for item in each] for each in leaf.systems] == [
        ["correct", "type"], ["boundary", "missed"],
    ]  # fmt: skip


def test_the_kinds_are_those_of_the_errors(files: list[Path]) -> None:
    found = browse(files[0], files[1:], OPTIONS, 9)
    counts = errors(files[0], files[1], options=OPTIONS).counts

    kinds = [item.kind for leaf in found for item in leaf.systems[0]]
    assert {key[1]: number for key, number in counts.items()} == {
        kind: kinds.count(kind) for kind in kinds
    }


@pytest.mark.parametrize("wanted", [0, 1, 2, 3])
def test_as_many_documents_as_are_wanted(files: list[Path], wanted: int) -> None:
    assert len(browse(files[0], files[1:], OPTIONS, wanted)) == wanted


@pytest.mark.parametrize("bound", ["TEXT", "ITEMS"])
def test_what_would_be_too_much_is_left_out(
    files: list[Path], monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(browsing, bound, 60 if bound == "TEXT" else 5)

    assert [leaf.id for leaf in browse(files[0], files[1:], OPTIONS, 9)] == ["a"]


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


def test_documents_are_json_that_cannot_end_the_script(record: Make, save: Save) -> None:
    nasty = "</script><script>alert(1)</script>"
    gold = save("gold.jsonl", {"id": "a", "text": nasty, "mentions": [
        {"id": "m1", "type": "<!--", "start": 0, "end": 4},
    ]})  # fmt: skip
    shown = leaves([nasty], browse(gold, [gold], OPTIONS, 9))

    assert "<" not in shown
    told = json.loads(shown)
    assert (told["systems"], told["documents"][0]["text"]) == ([nasty], nasty)
    assert told["documents"][0]["systems"][0] == [
        ["entity", "correct", ["<!--", [[0, 4]], ""], ["<!--", [[0, 4]], ""], ["<!--"]]
    ]
