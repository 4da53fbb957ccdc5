"""The examples of docs/metrics.md give what they show."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

MANUAL = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the code blocks of the manual in a language."""
    return re.findall(rf"```{language}\n(.*?)```", MANUAL, re.DOTALL)


def test_scoring_and_comparing_from_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, block in zip(("gold", "crf"), blocks("json"), strict=True):
        Path(f"{name}.jsonl").write_text(block, encoding="utf-8")
    example = "\n".join(blocks("python"))
    told: list[str] = []
    found = doctest.DocTestParser().get_doctest(example, {}, "metrics.md", None, 0)
    doctest.DocTestRunner().run(found, out=told.append)

    assert found.examples
    assert "".join(told) == ""
