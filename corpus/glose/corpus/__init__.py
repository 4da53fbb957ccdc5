"""Corpora from Python: `for document in glose.corpus.load("corpus", split="train"): …`.

What is named here is imported when it is first used, so that `import glose.corpus` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glose.corpus.document import Document as Document
    from glose.corpus.formats.table import load as load
    from glose.corpus.formats.table import save as save

__all__ = ["Document", "load", "save"]

_HOMES = {
    "Document": "glose.corpus.document",
    "load": "glose.corpus.formats.table",
    "save": "glose.corpus.formats.table",
}


def __getattr__(name: str) -> object:
    """Return what a name stands for, from the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
