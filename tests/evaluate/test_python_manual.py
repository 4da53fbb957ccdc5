"""docs/python.md gives what it shows, and names whatever can be used from Python."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import glose.evaluate

MANUAL = (Path(__file__).parents[2] / "docs" / "python.md").read_text(encoding="utf-8")
SECTIONS = {
    section.splitlines()[0]: section
    for section in re.split(r"^## ", MANUAL, flags=re.MULTILINE)[1:]
}


#: The example of spaCy is a configuration, which test_examples.py runs.
EXAMPLES = [name for name in SECTIONS if "spaCy" not in name]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_give_what_they_show(name: str) -> None:
    text = "\n".join(re.findall(r"```python\n(.*?)```", SECTIONS[name], re.DOTALL))
    told: list[str] = []
    found = doctest.DocTestParser().get_doctest(text, {}, "python.md", None, 0)
    doctest.DocTestRunner().run(found, out=told.append)

    assert found.examples
    assert "".join(told) == ""


@pytest.mark.parametrize("name", glose.evaluate.__all__)
def test_what_is_offered_is_written_down(name: str) -> None:
    assert re.search(rf"\b{name}\b", MANUAL)
