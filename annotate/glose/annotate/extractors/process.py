"""A program that is fed and heard at once, by one thread that never waits for one pipe alone.

There is nothing to lock: whoever asks for the next line moves the bytes of all pipes, draws the
input, and is told what goes wrong in it. So a program may be slow, full or silent on any side, and
the end of a run is decided in one place, `Process.exchange`.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread
from types import FrameType
from typing import NoReturn
from weakref import finalize

from glose.annotate.extractors.pipes import Patience, Pipes
from glose.corpus.errors import GloseError

#: The longest line that a program may write, in bytes.
LONGEST = 64 * 2**20
#: Seconds without any movement after which a program that has ended is done with, although
#: something that it started still holds its pipes.
_GRACE = 1.0
#: Seconds between two looks at whether a program that has closed its output has ended.
_LOOK = 0.1
#: Signals that end glose at once, unless it is told otherwise.
_ENDING = (signal.SIGTERM, signal.SIGHUP)


class Process:
    """One run of a program, started without a shell; whoever starts it closes it at the end."""

    def __init__(self, words: list[str]) -> None:
        self._program = shlex.join(words)
        self._process = _started(words)
        # Where nobody comes to close it, the end of glose does.
        self._end = finalize(self, _end, self._process)
        self._lines = 0

    def exchange(self, questions: Iterator[bytes], patience: float) -> Iterator[tuple[int, bytes]]:
        """Yield the lines of its output, numbered from 1, without blank ones.

        Questions are drawn as it takes them; that it has ended does not say that all were drawn.
        Raises `GloseError` where it fails, or where no line comes for `patience` seconds (the
        time in which questions are drawn and lines are used does not count), and whatever
        drawing a question raises.
        """
        clock = Patience(patience)
        with Pipes(self._process, questions, clock) as pipes:
            while True:
                ended = self._process.poll() is not None
                moved = pipes.move(0 if pipes.heard else min(_GRACE, clock.left))
                for line in self._taken(pipes):
                    yield line
                    clock.renew()
                if ended and (pipes.heard or not moved):
                    break
                if pipes.heard and not moved:
                    self._look()
                self._check_patience(pipes, clock, patience)
            self._check_end(pipes)
            pipes.output.finish()
            yield from self._taken(pipes)

    def close(self) -> None:
        """End the program and whatever it started, also where it has ended by itself."""
        self._end()

    def _taken(self, pipes: Pipes) -> Iterator[tuple[int, bytes]]:
        if pipes.output.waiting > LONGEST:
            raise GloseError(f"{self._program} wrote a line of more than {LONGEST} bytes")
        for numbered in pipes.output.take():
            self._lines += 1
            yield numbered

    def _look(self) -> None:
        """Wait a moment for the end of a program."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_LOOK)

    def _check_patience(self, pipes: Pipes, clock: Patience, patience: float) -> None:
        if clock.left:
            return
        if pipes.heard:
            raise GloseError(f"{self._program} closed its output but does not end; it was stopped")
        raise GloseError(
            f"{self._program} gave no answer for {patience:g} s after {self._lines} lines; "
            "give it longer with --timeout, or see why it hangs"
        )

    def _check_end(self, pipes: Pipes) -> None:
        """Raise `GloseError` unless the program ended with exit code 0."""
        code = self._process.wait()
        if code:
            # What it said last may not have been read.
            pipes.move(0)
            said = f"; its last words: {pipes.tail.words}" if pipes.tail.words else ""
            how = f"exit code {code}" if code > 0 else f"signal {-code}"
            raise GloseError(f"{self._program} ended with {how} after {self._lines} lines{said}")


@contextmanager
def orderly() -> Iterator[None]:
    """Let a signal that would end glose at once raise `SystemExit` instead while the block runs.

    So programs that it started are ended first. The exit code is that which shells give.
    """
    ours = [one for one in _ENDING if signal.getsignal(one) is signal.SIG_DFL]
    if current_thread() is not main_thread():
        ours = []
    for one in ours:
        signal.signal(one, _exit)
    try:
        yield
    finally:
        for one in ours:
            signal.signal(one, signal.SIG_DFL)


def _exit(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _started(words: list[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603  # to run the user's program is the purpose
            words,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise GloseError(
            f"{shlex.join(words)} cannot be started ({error.strerror}); "
            "is the path right, and may it be executed?"
        ) from error


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and its group, which may outlive it.

    The group keeps its number as long as anything is in it; an empty one is not there.
    """
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
