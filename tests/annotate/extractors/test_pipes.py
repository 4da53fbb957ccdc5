"""Pipes to a program: what is cut into lines, what is forgotten, and what time counts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.annotate.extractors import pipes
from glose.annotate.extractors.pipes import Feed, Output, Patience, Tail


def ends() -> tuple[IO[bytes], IO[bytes]]:
    """Return the end of a pipe to read from, and that to write to."""
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb", 0), os.fdopen(writing, "wb", 0)


def heard(chunks: list[bytes]) -> list[tuple[int, bytes]]:
    """Return the lines of an output that comes in these chunks."""
    reading, writing = ends()
    with reading, writing:
        output = Output(reading)
        for chunk in chunks:
            writing.write(chunk)
            output.move()
        output.finish()
        return output.take()


def said(*chunks: bytes) -> str:
    """Return the last words of a program that complains in these chunks."""
    reading, writing = ends()
    with reading, writing:
        tail = Tail(reading)
        for chunk in chunks:
            writing.write(chunk)
            tail.move()
        return tail.words


@given(st.lists(st.text("ab \n", max_size=9).map(str.encode), max_size=9))
def test_lines_do_not_depend_on_how_they_come(chunks: list[bytes]) -> None:
    lines = b"".join(chunks).split(b"\n")

    assert heard(chunks) == [
        (number, line) for number, line in enumerate(lines, start=1) if line.strip()
    ]


def test_a_blank_line_is_counted_but_not_held() -> None:
    assert heard([b"\n \n" * 9, b"a\n"]) == [(19, b"a")]


def test_only_a_line_feed_ends_a_line() -> None:
    assert heard(["a\r\u2028\x0bb\n".encode()]) == [(1, "a\r\u2028\x0bb".encode())]


def test_a_line_that_has_not_ended_is_measured() -> None:
    reading, writing = ends()
    with reading, writing:
        output = Output(reading)
        writing.write(b"a\nbcd")
        output.move()

        assert (output.waiting, output.take()) == (3, [(1, b"a")])


def test_the_end_of_an_output_is_told() -> None:
    reading, writing = ends()
    with reading:
        output = Output(reading)
        before = output.move()
        writing.close()

        assert (before, output.move()) == (True, False)


def test_what_is_said_without_end_is_forgotten() -> None:
    """A line of a megabyte leaves no more than a few kilobytes in memory."""
    reading, writing = ends()
    with reading, writing:
        tail = Tail(reading)
        for _ in range(32):
            writing.write(b"x" * 2**15)
            tail.move()

        assert len(tail._kept) == pipes._KEPT


@pytest.mark.parametrize(
    ("chunks", "words"),
    [
        pytest.param([], "", id="nothing was said"),
        pytest.param([b"one\ntwo\n"], "two", id="the last line is told"),
        pytest.param([b"one\n", b"t", b"wo"], "two", id="a line may come in pieces"),
        pytest.param([b"one\n \n\n"], "one", id="blank lines say nothing"),
        pytest.param([b"10 %\r20 %\r"], "20 %", id="a bar that is drawn anew is many lines"),
        pytest.param([b"\x1b[31mred\x00"], " [31mred ", id="control characters are left out"),
        pytest.param([b"\xff\xe9t"], "\ufffd\ufffdt", id="bytes that are no UTF-8 are replaced"),
        pytest.param([b"x" * 999], "x" * 300, id="a long line is cut"),
    ],
)
def test_last_words(chunks: list[bytes], words: str) -> None:
    assert said(*chunks) == words


def test_a_line_is_drawn_only_when_the_one_before_has_been_taken() -> None:
    """Of lines that fill the pipe, one is drawn that waits, and no more."""
    drawn = []

    def lines() -> Iterator[bytes]:
        for number in range(99):
            drawn.append(number)
            yield b"x" * pipes.CHUNK

    reading, writing = ends()
    with reading, writing:
        feed = Feed(writing, lines(), Patience(1))
        more = [feed.move() for _ in range(9)]

    assert (drawn, all(more)) == ([0, 1], True)


def test_a_reader_who_has_gone_ends_the_feed() -> None:
    reading, writing = ends()
    with writing:
        feed = Feed(writing, iter([b"a", b"b"]), Patience(1))
        reading.close()

        assert not feed.move()


class Clock:
    """Tells the time that it is set to, in seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that only the test moves."""
    stopped = Clock()
    monkeypatch.setattr(pipes, "monotonic", stopped)
    return stopped


def test_patience_runs_out(clock: Clock) -> None:
    patience = Patience(3)
    clock.now = 2
    left = patience.left
    clock.now = 9

    assert (left, patience.left) == (1, 0)


def test_patience_is_renewed(clock: Clock) -> None:
    patience = Patience(3)
    clock.now = 9
    patience.renew()

    assert patience.left == 3


def test_the_time_in_which_the_input_is_read_does_not_count(clock: Clock) -> None:
    def slow() -> Iterator[bytes]:
        clock.now += 600
        yield b"a"

    patience = Patience(3)
    reading, writing = ends()
    with reading, writing:
        Feed(writing, slow(), patience).move()

    assert patience.left == 3
