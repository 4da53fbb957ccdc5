"""What is said before the figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glose.evaluate.intervals import Sampling
from glose.evaluate.metrics import PROTOCOLS
from glose.evaluate.notes import warned
from glose.evaluate.plan import Options
from glose.evaluate.scoring import score

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_protocol_warns_of_what_is_wrong_with_its_figures(name: str) -> None:
    assert tuple(warned(Options(protocols=(name, name)))) == PROTOCOLS[name].warnings


def test_what_glose_would_choose_has_nothing_wrong() -> None:
    assert not list(warned(Options(protocols=("default", "auto", "entity/strict"))))


def test_warnings_are_notes_of_the_evaluation(record: Make, save: Save) -> None:
    gold = save("g.jsonl", record("a", "PER 3-12", events=[]))
    options = Options(protocols=("rams",), sampling=Sampling(0))
    [note] = score(gold, [gold], options=options).notes
    assert note.startswith("rams/printed")
    assert "prints as precision is recall" in note
