"""Questions that wait for their answers: in memory up to a bound, beyond it in a file."""

from __future__ import annotations

from tempfile import TemporaryFile

#: How many bytes of questions are held in memory.
HELD = 64 * 2**20


class Pending:
    """Lines by the id of their document; each is put once and taken once.

    A program that reads everything before it answers makes the whole corpus wait. What does not
    fit into `held` bytes goes to a temporary file without a name; its ids stay in memory.
    """

    def __init__(self, held: int = HELD) -> None:
        self._free = held
        # A line, or where it stands in the file: first byte and length.
        self._lines: dict[str, bytes | tuple[int, int]] = {}
        self._file = TemporaryFile()  # noqa: SIM115  # it lives as long as this object
        self._size = 0

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._lines

    @property
    def first(self) -> str:
        """Return the id of the line that has waited longest; there must be one."""
        return next(iter(self._lines))

    def put(self, id_: str, line: bytes) -> None:
        """Let a line wait."""
        if len(line) <= self._free:
            self._free -= len(line)
            self._lines[id_] = line
            return
        self._lines[id_] = (self._size, len(line))
        self._file.seek(self._size)
        self._size += self._file.write(line)

    def take(self, id_: str) -> bytes | None:
        """Return the line of an id, which then waits no more, or `None` if none waits."""
        line = self._lines.pop(id_, None)
        if isinstance(line, tuple):
            start, size = line
            self._file.seek(start)
            return self._file.read(size)
        if line is not None:
            self._free += len(line)
        return line

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
