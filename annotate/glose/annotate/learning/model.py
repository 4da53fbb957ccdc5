"""A trained model on disk: a folder with `model.json` in front, and no pickle anywhere.

`model.json` is a header that says what the model is and from what it was trained; the other files
are crfsuite's own and JSON. All of them are data: opening a model runs no code that it brings.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import msgspec

from glose.annotate.learning import features
from glose.corpus.errors import GloseError

HEADER = "model.json"
Data = TypeVar("Data")


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model is: the extractor it belongs to, and the corpus that it was trained on."""

    extractor: str
    glose: str
    features: int
    corpus: str
    corpus_sha256: str
    split: str | None
    documents: int


def header(
    extractor: str, corpus: str, corpus_sha256: str, split: str | None, documents: int
) -> Header:
    """Return the header of a model that is trained now."""
    return Header(
        extractor, version("glose"), features.VERSION, corpus, corpus_sha256, split, documents
    )


def save(path: Path, value: object) -> None:
    """Write a value as JSON, its keys in a fixed order."""
    path.write_bytes(msgspec.json.encode(value, order="sorted") + b"\n")


def read(path: Path, kind: type[Data]) -> Data:
    """Return what a JSON file of a model holds, or raise `GloseError`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError as error:
        raise GloseError(
            f"{path}: no such file; expected a model made by `glose annotate train`"
        ) from error
    except OSError as error:
        raise GloseError(f"{path}: cannot be read ({error.strerror})") from error
    except msgspec.MsgspecError as error:
        raise GloseError(f"{path}: no part of a model ({error}); train it anew") from error


def opened(folder: Path, extractor: str) -> Header:
    """Return the header of a model made for this extractor and these features."""
    found = read(folder / HEADER, Header)
    if found.extractor != extractor:
        raise GloseError(
            f"{folder}: a model of {found.extractor}, not of {extractor}; "
            f"name it {found.extractor}:{folder}"
        )
    if found.features != features.VERSION:
        raise GloseError(
            f"{folder}: trained with features {found.features}, this glose has "
            f"{features.VERSION}; train it anew"
        )
    return found
