"""The three pipes to a program, which are moved by one thread and never wait for one another.

A pipe's `move` is called when it is ready, and returns whether there may be more. Only `Pipes`
knows of all three, and only `process` knows when all is over.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from subprocess import Popen
from time import monotonic
from types import TracebackType
from typing import IO, TypeAlias

#: How much is moved at once, in bytes: what a pipe holds.
CHUNK = 2**16
#: How much is kept of what a program says on its standard error, in bytes.
_KEPT = 2**12
#: How much of the program's last words is told, in characters.
_SAID = 300


class Patience:
    """How long a program may still take; the time that others need does not count."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds

    @property
    def left(self) -> float:
        """Return the seconds that are left, 0 if there are none."""
        return max(0.0, self._end - monotonic())

    def renew(self) -> None:
        """Give the whole time again."""
        self._end = monotonic() + self._seconds

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stop the clock while the block runs."""
        begun = monotonic()
        yield
        self._end += monotonic() - begun


class Feed:
    """The program's input: a line is drawn only when the one before has been taken."""

    def __init__(self, stream: IO[bytes], lines: Iterator[bytes], patience: Patience) -> None:
        self.stream = stream
        self._lines = lines
        self._patience = patience
        self._left = memoryview(b"")
        os.set_blocking(stream.fileno(), False)

    def move(self) -> bool:
        """Write what the pipe takes; what goes wrong in the lines is raised here."""
        if not self._left:
            with self._patience.paused():
                line = next(self._lines, None)
            if line is None:
                return False
            self._left = memoryview(line)
        try:
            taken = os.write(self.stream.fileno(), self._left[:CHUNK])
        except BlockingIOError:
            return True
        except BrokenPipeError:
            # It reads no more, and tells why by its exit code or by the answers that are missing.
            return False
        self._left = self._left[taken:]
        return True


class Output:
    """The program's output, cut into lines: `lines` are those since they were last taken."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self._count = 0
        self._lines: list[tuple[int, bytes]] = []
        self._open = bytearray()
        os.set_blocking(stream.fileno(), False)

    @property
    def waiting(self) -> int:
        """Return the length of the line that has not ended yet, in bytes."""
        return len(self._open)

    def move(self) -> bool:
        """Read what is there."""
        data = _read(self.stream)
        if data:
            *ended, rest = data.split(b"\n")
            for piece in ended:
                self._end(piece)
            self._open += rest
        return data != b""

    def take(self) -> list[tuple[int, bytes]]:
        """Return the lines that have come, numbered from 1, without blank ones."""
        lines, self._lines = self._lines, []
        return lines

    def finish(self) -> None:
        """Take what stands after the last LF as a line of its own."""
        self._end(b"")

    def _end(self, piece: bytes) -> None:
        self._count += 1
        line = bytes(self._open) + piece if self._open else piece
        self._open.clear()
        if line.strip():
            self._lines.append((self._count, line))


class Tail:
    """The end of what the program says on its standard error; the rest is forgotten."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self._kept = b""
        os.set_blocking(stream.fileno(), False)

    def move(self) -> bool:
        """Read what is there."""
        data = _read(self.stream)
        self._kept = (self._kept + (data or b""))[-_KEPT:]
        return data != b""

    @property
    def words(self) -> str:
        """Return the last line that is not blank, or an empty string; no control characters."""
        lines = [line.strip() for line in self._kept.decode(errors="replace").splitlines()]
        said = [line for line in lines if line]
        return "".join(c if c.isprintable() else " " for c in said[-1][:_SAID]) if said else ""


Pipe: TypeAlias = Feed | Output | Tail


class Pipes:
    """The pipes of one run: what is over is closed, and so are all at the end of the block."""

    def __init__(self, process: Popen[bytes], lines: Iterator[bytes], patience: Patience) -> None:
        stdin, stdout, stderr = _streams(process)
        self.output = Output(stdout)
        self.tail = Tail(stderr)
        self._feed = Feed(stdin, lines, patience)
        self._open = DefaultSelector()
        self._open.register(stdin, EVENT_WRITE, self._feed)
        self._open.register(stdout, EVENT_READ, self.output)
        self._open.register(stderr, EVENT_READ, self.tail)

    def __enter__(self) -> Pipes:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pipe in (self._feed, self.output, self.tail):
            self._close(pipe)
        self._open.close()

    @property
    def heard(self) -> bool:
        """Return whether the program has closed its output."""
        return self.output.stream.closed

    def move(self, seconds: float) -> bool:
        """Move what can be moved, or wait so long for it; return whether there was anything."""
        ready = self._open.select(seconds)
        for key, _ in ready:
            pipe: Pipe = key.data
            if not pipe.move():
                self._close(pipe)
        if self.heard:
            # Whatever it still reads, it answers no more.
            self._close(self._feed)
        return bool(ready)

    def _close(self, pipe: Pipe) -> None:
        if not pipe.stream.closed:
            self._open.unregister(pipe.stream)
            pipe.stream.close()


def _streams(process: Popen[bytes]) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    """Return the pipes of a process that was started with three of them."""
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise ValueError("a process is heard only through pipes")
    return process.stdin, process.stdout, process.stderr


def _read(stream: IO[bytes]) -> bytes | None:
    """Return what is in a pipe: nothing at its end, `None` if nothing has come yet."""
    try:
        return os.read(stream.fileno(), CHUNK)
    except BlockingIOError:
        return None
