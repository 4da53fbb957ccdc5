"""What git has to be told so that it shows and merges corpora, and where it stands."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from glose.corpus.errors import GloseError
from glose.corpus.files import whole
from glose.corpus.versions.sheets import SUFFIX

#: What git calls the driver, in its configuration and in .gitattributes.
NAME = "glose"
ATTRIBUTES = ".gitattributes"
PATTERNS = ("*.jsonl", f"*{SUFFIX}")


def settings(program: str) -> dict[str, str]:
    """Return the lines of configuration, for a program by the name that git is to call."""
    return {
        f"merge.{NAME}.name": "annotations by id",
        f"merge.{NAME}.driver": f"{program} corpus merge --git %P --marks %L %O %A %B -o %A",
        # What git merges for itself, to have one base of two, is no place for marks.
        f"merge.{NAME}.recursive": "binary",
        f"diff.{NAME}.textconv": f"{program} corpus textconv",
        # The line of a document is what stands above a hunk.
        f"diff.{NAME}.xfuncname": "^([^ ].*)$",
    }


def attributes(patterns: Iterable[str] = PATTERNS) -> list[str]:
    """Return the lines of .gitattributes. A sheet is shown as it is: its lines are readable."""
    return [
        f"{pattern} merge={NAME}" + ("" if pattern.endswith(SUFFIX) else f" diff={NAME}")
        for pattern in patterns
    ]


def program() -> str:
    """Return the command of this installation, quoted for a shell, wherever git calls it from."""
    beside = Path(sys.executable).with_name("glose")
    found = str(beside) if beside.is_file() else shutil.which("glose")
    return shlex.quote(found or "glose")


def root(place: Path) -> Path:
    """Return the top folder of the work tree that a folder is in; raise `GloseError`."""
    return Path(_git(place, "rev-parse", "--show-toplevel"))


def missing(place: Path, patterns: Iterable[str] = PATTERNS) -> tuple[dict[str, str], list[str]]:
    """Return the configuration and the lines of .gitattributes that a work tree lacks."""
    top = root(place)
    wanted = settings(program())
    there = {name: value for name, value in wanted.items() if _configured(top, name) == value}
    known = _lines(top / ATTRIBUTES)
    lines = [line for line in attributes(patterns) if line not in known]
    return {name: value for name, value in wanted.items() if name not in there}, lines


def install(place: Path, patterns: Iterable[str] = PATTERNS) -> None:
    """Tell git what it lacks."""
    configuration, lines = missing(place, patterns)
    top = root(place)
    for name, value in configuration.items():
        _git(top, "config", "--local", name, value)
    if lines:
        _write(top / ATTRIBUTES, [*_lines(top / ATTRIBUTES), *lines])


def remove(place: Path) -> None:
    """Take from the configuration and from .gitattributes all that names the driver."""
    top = root(place)
    for section in (f"merge.{NAME}", f"diff.{NAME}"):
        if _configured(top, f"{section}.{'driver' if 'merge' in section else 'textconv'}"):
            _git(top, "config", "--local", "--remove-section", section)
    known = _lines(top / ATTRIBUTES)
    left = [line for line in known if f"merge={NAME}" not in line.split()]
    if left != known:
        _write(top / ATTRIBUTES, left)


def merge_file(base: Path, ours: Path, theirs: Path, output: Path, marks: int) -> bool:
    """Merge a file that is no corpus line by line, as git does; return whether that was clean."""
    labels = [word for name in ("ours", "base", "theirs") for word in ("-L", name)]
    files = [str(path) for path in (ours, base, theirs)]
    done = _run(Path(), "merge-file", "-p", f"--marker-size={marks}", *labels, *files)
    # More than 127 is an error, which leaves ours as it was and is a conflict to git.
    if done.returncode < 128:
        with whole(output) as stream:
            stream.write(done.stdout)
    return done.returncode == 0


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.is_file() else []


def _write(path: Path, lines: Iterable[str]) -> None:
    with whole(path) as stream:
        stream.write("".join(f"{line}\n" for line in lines).encode())


def _configured(top: Path, name: str) -> str:
    return _run(top, "config", "--local", "--get", name).stdout.decode().removesuffix("\n")


def _git(place: Path, *words: str) -> str:
    done = _run(place, *words)
    if done.returncode:
        what = done.stderr.decode(errors="replace").strip().split("\n")[0]
        raise GloseError(f"{place}: {what or f'git {words[0]} failed'}")
    return done.stdout.decode(errors="surrogateescape").removesuffix("\n")


def _run(place: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    found = shutil.which("git")
    if found is None:
        raise GloseError("git was not found; install it")
    # The words are our own, and the names of files that git itself gave.
    return subprocess.run([found, *words], check=False, cwd=place, capture_output=True)  # noqa: S603
