"""The Python that docs/record.md shows is run as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import glose.corpus
from glose.corpus.document import Document

PAGE = Path(__file__).parents[2] / "docs" / "record.md"


def example(words: str) -> str:
    """Return the code block that holds some words."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    found: list[str] = [block for block in blocks if words in block]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file that the example of gold made by hand writes."""
    monkeypatch.chdir(tmp_path)
    exec(compile(example("glose.corpus.save"), str(PAGE), "exec"), {})
    return tmp_path / "build" / "mine.jsonl"


@pytest.fixture
def document(made: Path) -> Document:
    """Return the document that the example makes, as it is read back."""
    [found] = glose.corpus.load(made)
    return found


def test_gold_made_by_hand_has_the_words_of_its_spans(document: Document) -> None:
    triggers = [trigger.text for event in document.events for trigger in event.triggers]

    assert [mention.text for mention in document.mentions] == ["douze civils", "Sarmine"]
    assert triggers == ["tué"]


def test_gold_made_by_hand_is_valid(made: Path) -> None:
    from glose.corpus import validation
    from glose.corpus.problems import Checks, Summary
    from glose.corpus.schema import load

    assert [str(p) for p in validation.problems([made], Checks(load("plover")), Summary())] == []


def test_what_is_wrong_is_told_by_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code = example("glose.corpus.save").replace('*span("douze civils")', "20, 250")
    exec(compile(code, str(PAGE), "exec"), {})

    assert capsys.readouterr().out == (
        "build/mine.jsonl: depeche-061: mention m1: end 250 is past the end of the text (52); "
        "expected 0 <= start < end <= 52\n"
    )
