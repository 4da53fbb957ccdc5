"""Records of one document in several layers, and formats that hold one record of each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats.losses import Losses
from glose.corpus.forms import shown


def single(documents: Iterable[Document], name: str, target: Path) -> Iterator[Document]:
    """Yield documents for a format that has no layers; `name` is what it is called.

    Raises `GloseError` with all layers that there are, where a document comes in a second one.
    """
    first: dict[str, str] = {}
    rest = iter(documents)
    for document in rest:
        if first.setdefault(document.id, document.layer) != document.layer:
            there = {*first.values(), document.layer, *(other.layer for other in rest)}
            what = f"document {shown(document.id)} comes in several layers, and {name} holds one"
            hint = f"choose it with --layer NAME (there are: {_list(there)})"
            raise GloseError(f"{target}: {what}; {hint}")
        yield document


def chosen(
    documents: Iterable[Document], layer: str, source: Path, losses: Losses
) -> Iterator[Document]:
    """Yield the documents of a layer, and tell how many others there are.

    Raises `GloseError` with all layers that there are, where none is of this one.
    """
    others: Counter[str] = Counter()
    found = False
    for document in documents:
        if document.layer == layer:
            found = True
            yield document
        else:
            others[document.layer] += 1
    if others and not found:
        what = f"no record of layer {shown(layer)}"
        raise GloseError(f"{source}: {what} (there are: {_list(others)})")
    for name, number in sorted(others.items()):
        losses.note(f"records of layer {shown(name)} are left out", number)


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(shown, sorted(names)))
