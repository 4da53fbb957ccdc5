"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for stage in ("corpus", "annotate", "evaluate")
    for path in ROOT.glob(f"{stage}/glose/**/*.py")
)
MODULES = sorted((ROOT / "annotate" / "web").glob("**/*.js"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def tracked() -> list[Path]:
    """Return the files that git tracks, or every file where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def functions(path: Path) -> Iterator[Function]:
    """Yield the functions and methods of a source file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, Function):
            yield node


def name(path: Path) -> str:
    """Return the path below the root, for test ids."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_module_is_a_noun_and_short(path: Path) -> None:
    assert path.stem not in FORBIDDEN
    assert len(path.read_text().splitlines()) <= 400, "split the module by its nouns"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_browser_module_is_a_noun_short_and_by_itself(path: Path) -> None:
    source = path.read_text()

    assert path.stem not in FORBIDDEN
    assert len(source.splitlines()) <= 400, "split the module by its nouns"
    assert not re.search(r"""from ["'](?![./])""", source), "nothing but our own modules"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_functions_are_short(path: Path) -> None:
    long = [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno + 1 > 60]

    assert long == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_input_is_never_checked_with_assert(path: Path) -> None:
    """`python -O` takes asserts away."""
    assert not [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assert)
    ]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_ignored_types_say_why(path: Path) -> None:
    for line in path.read_text().splitlines():
        if "type: ignore" in line:
            assert re.search(r"type: ignore\[[\w, -]+\]  # \w", line), line


def test_no_file_names_a_registry() -> None:
    address = re.compile(r"https?://[^ \"']*/(simple|packages)/")

    assert [name(p) for p in tracked() if address.search(p.read_text("utf-8", "replace"))] == []


def test_pins_have_hashes_and_no_address() -> None:
    pins = (ROOT / "constraints.txt").read_text()
    names = re.findall(r"^[a-z][\w.-]*==", pins, re.MULTILINE)

    assert len(names) > 40
    assert pins.count("--hash=sha256:") >= len(names)
    assert "://" not in pins
