"""The stages import in one direction: read from the source, not from what is loaded."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: Each part and what it may import; the order is the one direction of imports.
ALLOWED = {
    "glose.corpus": {"glose.corpus"},
    "glose.evaluate": {"glose.evaluate", "glose.corpus"},
    "glose.annotate": {"glose.annotate", "glose.evaluate", "glose.corpus"},
    "glose.cli": {"glose.annotate", "glose.evaluate", "glose.corpus"},
}
SOURCES = sorted(
    path
    for stage in ("corpus", "annotate", "evaluate")
    for path in ROOT.glob(f"{stage}/glose/**/*.py")
)


def module_name(path: Path) -> str:
    """Return the dotted name: corpus/glose/corpus/jsonl.py is glose.corpus.jsonl."""
    parts = path.relative_to(ROOT).with_suffix("").parts[1:]
    return ".".join(part for part in parts if part != "__init__")


def part(module: str) -> str:
    """Return the part of the house that a module belongs to, such as glose.corpus."""
    return ".".join(module.split(".")[:2])


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield every module that is imported, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def at_import(tree: ast.Module) -> Iterator[str]:
    """Yield what a module imports when it is imported itself, types left out."""
    for node in tree.body:
        yield from imports(node) if isinstance(node, (ast.Import, ast.ImportFrom)) else ()


NAMES = {module_name(path): path for path in SOURCES}


def test_there_are_sources() -> None:
    assert len(SOURCES) > 10


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_a_stage_imports_no_later_one(path: Path) -> None:
    ours = {
        part(name) for name in imports(ast.parse(path.read_text())) if name.startswith("glose.")
    }

    assert ours <= ALLOWED[part(module_name(path))]


def test_no_module_imports_itself_through_others() -> None:
    """Import-time imports form no cycle."""
    graph = {
        name: {found for found in at_import(ast.parse(path.read_text())) if found in NAMES}
        for name, path in NAMES.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for other in graph[name] - {name}:
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_the_namespace_has_no_init() -> None:
    """A regular package `glose` in one stage would hide the other two."""
    assert not list(ROOT.glob("*/glose/__init__.py"))
    assert not list(ROOT.glob("*/__init__.py"))
