"""Which documents of layers are compared, and what is refused in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glose.corpus.errors import GloseError
from glose.evaluate.agreement.layers import Layers, Missing

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]
WHAT = {"status": {"annotated": ["mentions"]}}


@pytest.fixture
def three(record: Make, save: Save) -> list[Path]:
    """Layer a has d1 and d2, b has d1 to d3, c has d3 and d4."""
    there = {"a": ("d1", "d2"), "b": ("d3", "d2", "d1"), "c": ("d3", "d4")}
    return [
        save(f"{name}.jsonl", *(record(each, "PER 3-12") for each in ids))
        for name, ids in there.items()
    ]


@pytest.mark.parametrize(
    ("missing", "systems", "ids"),
    [
        pytest.param("partial", 0, ("d1", "d2", "d3"), id="two of three have it"),
        pytest.param("partial", 1, (), id="two people and the system must have it"),
        pytest.param("ignore", 0, (), id="no document is in all"),
    ],
)
def test_documents_that_are_compared(
    three: list[Path], missing: Missing, systems: int, ids: tuple[str, ...]
) -> None:
    if not ids:
        with pytest.raises(GloseError, match="no document to compare; expected the same ids"):
            Layers.opened(three, missing, systems=systems)
    else:
        assert Layers.opened(three, missing, systems=systems).ids == ids


def test_layers_that_lack_a_document_have_none(three: list[Path]) -> None:
    layers = Layers.opened(three, "partial")
    found = [
        [view is not None for view in shared.views]
        for shared in layers.read([["mentions"]] * 3, str)
    ]
    assert found == [[True, True, False], [True, True, False], [False, True, True]]
    assert layers.left == 1


def test_a_missing_document_is_refused(three: list[Path]) -> None:
    with pytest.raises(GloseError, match=r"c\.jsonl: .*d1.*this document is missing; expected"):
        Layers.opened(three)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": "Un autre texte, mais assez long."}, "the text is not that of"),
        ({"status": {"annotated": []}}, "mentions were not annotated"),
        ({"mentions": [{"id": "m", "type": "X", "start": 3, "end": 99, "text": "x"}]}, "m"),
    ],
)
def test_a_layer_that_cannot_be_compared(
    record: Make, save: Save, fields: dict[str, object], message: str
) -> None:
    paths = [
        save("a.jsonl", record("d1", "PER 3-12")),
        save("b.jsonl", record("d1", "PER 3-12") | fields),
    ]
    with pytest.raises(GloseError, match=rf"b.jsonl:1: .*{message}"):
        list(Layers.opened(paths).read([["mentions"]] * 2, str))


def test_one_layer_may_leave_out_the_text(record: Make, save: Save) -> None:
    bare = record("d1", "PER 3-12") | {"text": None}
    paths = [save("a.jsonl", bare), save("b.jsonl", record("d1"))]
    [shared] = Layers.opened(paths).read([["mentions"]] * 2, str)
    assert shared.text.startswith("Le président")


def test_no_layer_has_the_text(record: Make, save: Save) -> None:
    paths = [save(f"{n}.jsonl", record("d1", "PER 3-12") | {"text": None}) for n in "ab"]
    with pytest.raises(GloseError, match="found null in each layer; expected the text in one"):
        list(Layers.opened(paths).read([["mentions"]] * 2, str))


def test_an_empty_file(record: Make, save: Save) -> None:
    with pytest.raises(GloseError, match="no documents; expected a layer of the corpus"):
        Layers.opened([save("a.jsonl", record("d1")), save("b.jsonl")])
