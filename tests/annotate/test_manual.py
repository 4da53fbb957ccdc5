"""docs/extractors.md: every extractor is in it, and its programs run."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from glose.annotate.extractors.command import Command
from glose.annotate.extractors.table import EXTRACTORS
from glose.corpus.document import Document

MANUAL = (Path(__file__).parents[2] / "docs" / "extractors.md").read_text()
PROGRAMS = re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL)
DOCUMENT = Document(id="d1", layer="gold", text="Selon l'ONU et le FLL")


@pytest.mark.parametrize("name", EXTRACTORS)
def test_extractor_is_documented(name: str) -> None:
    assert f"## `{name}`" in MANUAL


def test_the_program_of_the_manual_works(tmp_path: Path) -> None:
    path = tmp_path / "capitals.py"
    path.write_text(PROGRAMS[0])
    found = Command([sys.executable, str(path)]).annotate(DOCUMENT)

    assert [mention.text for mention in found.mentions] == ["ONU", "FLL"]


def test_the_class_of_the_manual_works() -> None:
    names: dict[str, object] = {}
    exec(PROGRAMS[1], names)
    load = names["load"]
    assert callable(load)

    assert [mention.text for mention in load(None).annotate(DOCUMENT).mentions] == ["ONU", "FLL"]


def test_the_values_of_the_manual_are_right() -> None:
    names: dict[str, object] = {}
    exec(PROGRAMS[2], names)

    for line in PROGRAMS[2].splitlines():
        call, _, expected = line.partition("  # ")
        value = re.search(r"\w+:[^\s]+$", expected)
        if value:
            assert value[0] in str(eval(call, names))
