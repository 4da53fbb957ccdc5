"""The worked examples of docs/metrics/statistics.md give what they show."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "metrics" / "statistics.md"


def test_the_examples_give_what_they_show() -> None:
    text = "\n".join(
        re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    )
    example = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, None, 0)
    told: list[str] = []
    doctest.DocTestRunner().run(example, out=told.append)
    assert len(example.examples) > 20
    assert "".join(told) == ""
