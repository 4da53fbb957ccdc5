"""The lock that lets one process at a time write to a project in a file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from glose.corpus.errors import GloseError


class InUseError(GloseError):
    """Another process has the lock."""


class Lock:
    """Held until it is released, or its process ends, in whatever way.

    It is an exclusive transaction of SQLite on a file beside the project, since every system that
    runs Python has it, and gives it up when a process is killed.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock of a project; raise `InUseError` where another has it."""
        # By whatever name it is opened, a file has one lock.
        true = path.resolve()
        beside = true.with_name(f"{true.name}-lock")
        try:
            self._connection = sqlite3.connect(
                beside, timeout=0, isolation_level=None, check_same_thread=False
            )
        except sqlite3.OperationalError as error:
            raise GloseError(f"{path}: cannot be written ({error})") from error
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._connection.close()
            if "locked" not in str(error):
                raise GloseError(f"{path}: cannot be written ({error})") from error
            what = "is open in another process (glose annotate serve?); end that, or use its app"
            raise InUseError(f"{path}: {what}") from error

    def release(self) -> None:
        """Let others have it."""
        self._connection.close()
