"""A program that is fed and heard at once, by threads, so that neither side waits for ever."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from glose.corpus.errors import GloseError

#: The longest line that a program may write, in bytes.
LONGEST = 64 * 2**20
_GRACE = 10.0
#: How much of the program's last words is told, in characters.
_SAID = 300


class Process:
    """One run of a program, started without a shell; whoever starts it calls `stop` at the end."""

    def __init__(self, words: list[str]) -> None:
        self._program = shlex.join(words)
        self._last_words: deque[str] = deque(maxlen=1)
        # A line of the program, the end of its output, or what went wrong while it was fed.
        self._heard: SimpleQueue[bytes | GloseError | None] = SimpleQueue()
        self._lines = 0
        try:
            self._process = subprocess.Popen(  # noqa: S603  # to run the user's program is the purpose
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise GloseError(
                f"{self._program} cannot be started ({error.strerror}); "
                "is the path right, and may it be executed?"
            ) from error
        self._input, self._output, self._errors = _streams(self._process)
        self._complaints = Thread(target=self._remember, daemon=True)

    def feed(self, lines: Iterable[bytes]) -> None:
        """Begin to write lines to the program and to listen to it."""
        self._complaints.start()
        Thread(target=self._write, args=(lines,), daemon=True).start()
        Thread(target=self._listen, daemon=True).start()

    def lines(self, timeout: float) -> Iterator[bytes]:
        """Yield the lines of its output; raise `GloseError` if it falls silent for too long."""
        while True:
            try:
                heard = self._heard.get(timeout=timeout)
            except Empty:
                raise GloseError(
                    f"{self._program} wrote nothing for {timeout:g} s after {self._lines} lines; "
                    "give it longer with --timeout, or see why it hangs"
                ) from None
            if heard is None:
                return
            if isinstance(heard, GloseError):
                raise heard
            self._lines += 1
            yield heard

    def end(self, timeout: float) -> None:
        """Wait for the program to end; raise `GloseError` if it does not, or if it failed."""
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise GloseError(
                f"{self._program} closed its output but does not end; it was stopped"
            ) from error
        self._complaints.join(_GRACE)
        if code:
            said = f"; its last words: {self._last_words[0]}" if self._last_words else ""
            how = f"exit code {code}" if code > 0 else f"signal {-code}"
            raise GloseError(f"{self._program} ended with {how} after {self._lines} lines{said}")

    def stop(self) -> None:
        """End the program, and whatever it started, if it still runs."""
        if self._process.poll() is None:
            # It may end between the two lines.
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _write(self, lines: Iterable[bytes]) -> None:
        # A program that stops reading tells why by its exit code, or by what it leaves out.
        try:
            with suppress(BrokenPipeError), self._input as stream:
                for line in lines:
                    stream.write(line)
                    stream.flush()
        except GloseError as error:
            self._heard.put(error)

    def _listen(self) -> None:
        with self._output as stream:
            while line := stream.readline(LONGEST + 1):
                if len(line) > LONGEST:
                    self._heard.put(
                        GloseError(f"{self._program} wrote a line of more than {LONGEST} bytes")
                    )
                    break
                self._heard.put(line)
        self._heard.put(None)

    def _remember(self) -> None:
        with self._errors as stream:
            for line in stream:
                text = line.decode(errors="replace").strip()
                if text:
                    self._last_words.append(text[:_SAID])


def _streams(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    """Return the pipes of a process that was started with three of them."""
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise ValueError("a process is heard only through pipes")
    return process.stdin, process.stdout, process.stderr
