"""The splits of a corpus, as its `corpus.json` lists them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from glose.corpus.errors import GloseError


class _Manifest(msgspec.Struct):
    splits: dict[str, list[str]]


def splits(gold: Path) -> Mapping[str, str]:
    """Return the split of each document, by id, from the `corpus.json` beside a gold file.

    Raises `GloseError` where it is missing or is no manifest.
    """
    path = gold.parent / "corpus.json"
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=_Manifest)
    except OSError as error:
        raise GloseError(
            f"{path}: cannot be read ({error.strerror}); a split needs the manifest of the corpus"
        ) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise GloseError(f"{path}: no manifest of a corpus ({error})") from error
    return {name: split for split, names in manifest.splits.items() for name in names}


def wanted(gold: Path, split: str) -> frozenset[str]:
    """Return the ids of one split; raise `GloseError` if the corpus has no such split."""
    known = splits(gold)
    names = frozenset(name for name, of in known.items() if of == split)
    if not names:
        there = ", ".join(sorted(set(known.values()))) or "none"
        raise GloseError(f"{gold.parent / 'corpus.json'}: no split {split!r} (there are: {there})")
    return names
