"""Progress is shown on a terminal and nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

from glose.evaluate.progress import counting


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *steps: int) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with counting("documents") as tell:
        for step in steps:
            tell(step)
    return stream.getvalue()


def test_a_terminal_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    written = shown(monkeypatch, Terminal(), 600, 600, 600, 600)
    assert written == "\r1200 documents\r2400 documents\r\033[K"


def test_nothing_is_written_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO(), 5000) == ""


def test_short_work_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, Terminal(), 10) == ""
