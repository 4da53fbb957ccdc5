"""What readers read from: bytes, texts and lines of files, plain or packed, with clear errors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from glose.corpus.building import archives
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import readable

#: The most that is read of a file that has to be held as a whole, in bytes.
LARGEST = 1 << 30
#: The longest line, in bytes.
LONGEST = 1 << 28
#: How much is read at a time of a file of lines, in bytes.
_BLOCK = 1 << 20
#: How much of a file is looked at to recognise its format, in bytes.
HEAD = 1 << 16


@dataclass(slots=True)
class Ledger:
    """What readers asked for: the files that they read, and the suffixes that they looked for."""

    read: set[str] = field(default_factory=set)
    suffixes: dict[str, None] = field(default_factory=dict)

    def take(self, path: Path) -> None:
        """Note that a file is read."""
        self.read.add(place(path))


def place(path: Path) -> str:
    """Return a path as it is compared with others: whole, without `..`."""
    return os.path.normpath(path.absolute())


_LEDGER: ContextVar[Ledger | None] = ContextVar("_LEDGER", default=None)


@contextmanager
def noted() -> Iterator[Ledger]:
    """Note in the block what is read and looked for in this thread."""
    ledger = Ledger()
    token = _LEDGER.set(ledger)
    try:
        yield ledger
    finally:
        _LEDGER.reset(token)


def ledger() -> Ledger | None:
    """Return where is noted what is read; `None` if nobody wants to know."""
    return _LEDGER.get()


def note(path: Path) -> None:
    """Note that a file is read by other means than those here."""
    if (found := _LEDGER.get()) is not None:
        found.take(path)


def head(path: Path) -> bytes:
    """Return the first bytes of a file, decompressed; that is no reading of it."""
    with readable(path) as stream:
        return stream.read(HEAD)


def content(path: Path) -> bytes:
    """Return the bytes of a file, unpacked if it is gzip; refuse more than 1 GiB."""
    note(path)
    with readable(path) as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise GloseError(f"{path}: more than {LARGEST >> 30} GiB; expected a smaller file")
    return data


def text(path: Path) -> str:
    """Return the text of a file in UTF-8, just as it stands there, byte order mark and CR too."""
    return decoded(content(path), Place(str(path)))


def decoded(data: bytes, place: Place) -> str:
    """Return bytes as text; raise `InputError` where they are not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not UTF-8; save the file as UTF-8"
        raise InputError(place, what) from error


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file in UTF-8 with their numbers from 1, without their ends.

    They end at LF, or CR LF, and nowhere else. A byte order mark is left out.
    """
    note(path)
    number = 0
    for block in _blocks(path):
        found = _text(block, path, number)
        if not number:
            found = found.removeprefix("\ufeff")
        for line in found.removesuffix("\n").split("\n"):
            number += 1
            yield number, line.rstrip("\r")


def _blocks(path: Path) -> Iterator[bytes]:
    """Yield a file in blocks that end where lines do; refuse a line that is too long."""
    number = 0
    with readable(path) as stream:
        while block := stream.read(_BLOCK):
            if not block.endswith(b"\n"):
                block += (rest := stream.readline(LONGEST))
                if len(rest) == LONGEST:
                    what = f"a line of more than {LONGEST >> 20} MiB; expected shorter ones"
                    raise InputError(Place(str(path), number + block.count(b"\n") + 1), what)
            number += block.count(b"\n")
            yield block


def _text(block: bytes, path: Path, before: int) -> str:
    """Return a block as text; the line that is not UTF-8 is told, `before` lines stand before."""
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError as error:
        first = block.count(b"\n", 0, error.start)
        wrong = block.split(b"\n")[first]
        return decoded(wrong, Place(str(path), before + first + 1))


def files(path: Path, *suffixes: str) -> list[Path]:
    """Return the files below a folder that end in a suffix, sorted; hidden ones are left out.

    A file is itself. A link to a folder is not followed.
    """
    if not path.is_dir():
        return [path]
    if (asked := _LEDGER.get()) is not None:
        asked.suffixes.update(dict.fromkeys(suffixes))
    found = []
    for root, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(root, n) for n in sorted(names) if n.endswith(suffixes) and n[0] != "."]
    return found


def members(path: Path, *suffixes: str) -> Iterator[tuple[str, bytes]]:
    """Yield the members of a zip archive that end in a suffix, sorted, with their bytes.

    Nothing is unpacked to disk; what is far larger than its packed size is refused.
    """
    for name in sorted(archives.members(path)):
        if name.endswith(suffixes) and not name.startswith((".", "__MACOSX")):
            try:
                yield name, archives.unpacked(path, name)
            except GloseError as error:
                raise GloseError(f"{path}: {name}: {error}") from error


def safe(name: str) -> str:
    """Return the id of a document as a path below a folder that cannot lead out of it.

    >>> safe("a/b"), safe("../b"), safe("a:b")
    ('a/b', '%2E%2E/b', 'a%3Ab')
    """
    return "/".join(_part(part) for part in name.split("/"))


def _part(name: str) -> str:
    quoted = quote(name, safe=" ,;=+@()[]'!éèêàâçùîïôûœ")
    return quoted.replace(".", "%2E", 1 + (quoted == "..")) if quoted[:1] == "." else quoted or "%"


def identifier(path: Path, root: Path, told: str | None = None) -> str:
    """Return a document id for a file below a folder: its path there without its suffix.

    It is what is `told` where something is.
    """
    if told is not None:
        return told
    name = path.name if path == root or not root.is_dir() else path.relative_to(root).as_posix()
    stem = name.removesuffix(".gz")
    return stem.rsplit(".", 1)[0] if "." in stem.rsplit("/", 1)[-1][1:] else stem
