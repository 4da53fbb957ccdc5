"""The formats that records are read from and written to, and how one is recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path

from glose.corpus import arrow, jsonl, manifest
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.files import readable

#: How much of a file is looked at to recognise its format, in bytes.
HEAD = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """A way to store documents.

    `read` yields the documents of a file or folder; `write` is given documents that break no
    rule, returns how many it wrote, and is `None` where a format is only read. `detect` is given
    a path and the first bytes of the file, decompressed (none of a folder), and says whether they
    are of this format.
    """

    description: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], Iterator[Document]]
    write: Callable[[Path, Iterable[Document]], int] | None
    detect: Callable[[Path, bytes], bool]


def _is_jsonl(path: Path, head: bytes) -> bool:
    return bool(manifest.records(path)) if path.is_dir() else head.lstrip().startswith(b'{"')


def _is_parquet(path: Path, head: bytes) -> bool:
    return not path.is_dir() and head.startswith(b"PAR1")


#: The formats of glose itself, in the order in which they are tried.
FORMATS: Mapping[str, Format] = {
    "jsonl": Format(
        "the record doc/1, one a line; a corpus folder",
        (".jsonl", ".ndjson"),
        manifest.documents,
        partial(jsonl.write, check=False),
        _is_jsonl,
    ),
    "parquet": Format(
        "the record as Arrow columns, for datasets, polars and duckdb",
        (".parquet",),
        arrow.from_parquet,
        arrow.to_parquet,
        _is_parquet,
    ),
}


def formats() -> Mapping[str, Format]:
    """Return all formats by name, those of plug-ins (entry points `glose.formats`) included."""
    found = {point.name: point.load() for point in entry_points(group="glose.formats")}
    return found | dict(FORMATS)


def find(name: str) -> Format:
    """Return the format of that name; raise `GloseError` with what there is if there is none."""
    known = formats()
    if name in known:
        return known[name]
    close = get_close_matches(name, known, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    raise GloseError(f"no format is called {name!r}{hint} (there are: {', '.join(sorted(known))})")


def recognised(path: Path) -> Format:
    """Return the format of what stands at a path, by its content, then by its suffix."""
    known = formats()
    head = b"" if path.is_dir() else _head(path)
    for found in known.values():
        if found.detect(path, head):
            return found
    return _by_suffix(path, known, "--from")


def intended(path: Path) -> Format:
    """Return the format of a file that is to be written, by its suffix."""
    return _by_suffix(path, formats(), "--to")


def convert(source: Path, target: Path, read: Format, write: Format) -> int:
    """Write the documents of one path to another; return how many."""
    if write.write is None:
        raise GloseError(f"{target}: this format is only read; choose another with --to")
    documents = _some(read.read(source), source)
    # The formats of glose check what they read.
    checked = documents if read in FORMATS.values() else jsonl.sound(documents, str(source))
    return write.write(target, checked)


def _some(documents: Iterable[Document], source: Path) -> Iterator[Document]:
    empty = True
    for document in documents:
        empty = False
        yield document
    if empty:
        raise GloseError(f"{source}: no record in it; expected one at least")


def load(
    path: str | Path, split: str | None = None, *, layer: str | None = None
) -> Iterator[Document]:
    """Yield the documents of a file in any format or of a corpus folder, of one split if named.

    `layer` names the file of a folder: gold.jsonl if none is named and there is one, else
    documents.jsonl. Raises `GloseError`.
    """
    path = Path(path)
    if path.is_dir() and manifest.records(path):
        layer = layer or ("gold" if (path / "gold.jsonl").is_file() else None)
        yield from manifest.documents(path, split, layer=layer)
        return
    wanted = None if split is None else manifest.ids(path.parent, split)
    for document in recognised(path).read(path):
        if wanted is None or document.id in wanted:
            yield document


def save(documents: Iterable[Document], path: str | Path) -> int:
    """Write documents in the format that the suffix of the path names; return how many.

    They are completed: span texts and text_sha256 are filled in where they are empty. Raises
    `GloseError` with the id of the first document that breaks a rule, and then writes nothing.
    """
    path = Path(path)
    found = intended(path)
    if found.write is None:
        raise GloseError(f"{path}: this format is only read; expected another suffix")
    return found.write(path, jsonl.sound(documents, str(path)))


def _head(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise GloseError(
            f"{path}: a pipe, which cannot be read twice; name its format with --from"
        )
    try:
        with readable(path) as stream:
            return stream.read(HEAD)
    except (EOFError, OSError) as error:
        raise GloseError(f"{path}: cannot be read on ({error}); is the file whole?") from error


def _by_suffix(path: Path, known: Mapping[str, Format], option: str) -> Format:
    name = path.name.lower().removesuffix(".gz")
    for found in known.values():
        if name.endswith(found.suffixes):
            return found
    there = ", ".join(sorted(known))
    raise GloseError(f"{path}: its format is not recognised; name it with {option} ({there})")
