"""Parts of the work are done in order, in one process or in several."""

from __future__ import annotations

import os
from math import sqrt
from pathlib import Path

import pytest

from glose.corpus.errors import GloseError, InputError
from glose.evaluate.survey import survey
from glose.evaluate.work import spread


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_parts(jobs: int) -> None:
    assert list(spread(sqrt, [9.0, 1.0, 4.0], jobs)) == [3, 1, 2]


def test_a_single_part_needs_no_process() -> None:
    # A function that no other process could be given.
    assert list(spread(lambda part: part + 1, [1], 4)) == [2]


def test_a_process_that_dies_is_an_error_that_says_so() -> None:
    with pytest.raises(GloseError, match="a process ended before its work was done; try --jobs 1"):
        list(spread(os._exit, [3, 3], 2))


def test_an_error_of_a_part_is_raised() -> None:
    with pytest.raises(ValueError, match="math domain error"):
        list(spread(sqrt, [1.0, -1.0], 2))


def test_what_is_wrong_with_the_input_is_told_by_other_processes(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("no record\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"bad\.jsonl:1: not a JSON record") as caught:
        list(spread(survey, [bad, bad], 2))

    assert caught.value.place.line == 1
