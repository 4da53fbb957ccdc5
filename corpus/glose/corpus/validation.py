"""Everything that is wrong with files and corpus folders: `glose corpus validate`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from glose.corpus import folders
from glose.corpus.problems import Checks, Problem, Summary, file


def problems(paths: Iterable[Path], checks: Checks, summary: Summary) -> Iterator[Problem]:
    """Yield what is wrong with each file, and with each corpus folder and its files.

    `summary` is filled on the way. Nothing is raised for what a path may hold.
    """
    for path in paths:
        within = folders.problems if path.is_dir() else file
        for problem in within(path, checks, summary):
            summary.count(problem)
            yield problem


def as_json(found: Iterable[Problem], summary: Summary) -> Iterator[str]:
    """Yield the pieces of one JSON object: the problems as they are found, then the counts."""
    separator = '{"problems":['
    for problem in found:
        yield separator + msgspec.json.encode(problem.plain()).decode()
        separator = ","
    counts = msgspec.json.encode(summary).decode()
    yield ('{"problems":[' if separator != "," else "") + "]," + counts.removeprefix("{") + "\n"
