"""The formats that records are read from and written to, and how one is recognised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.metadata import entry_points
from pathlib import Path
from typing import NoReturn

from glose.corpus import jsonl, manifest
from glose.corpus.building import archives
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.files import readable
from glose.corpus.formats import (
    ace,
    advice,
    argilla,
    arrow_file,
    bioc,
    bionlp,
    brat,
    cas,
    casie,
    cat,
    conll,
    conll2012,
    conllu,
    docbin,
    doccano,
    docee,
    docred,
    dygie,
    ere,
    folia,
    gap,
    gate,
    genia,
    gtt,
    hipe,
    huggingface,
    inputs,
    label_studio,
    mapped,
    maven,
    mmax2,
    muc,
    naf,
    own,
    phee,
    prodigy,
    pubannotation,
    pubtator,
    rams,
    re3d,
    spread,
    tei,
    textee,
    timeml,
    web_annotation,
    webanno,
    wikievents,
)
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.unpacking import unpacked

#: How much of a file is looked at to recognise its format, in bytes.
HEAD = 1 << 16
#: At how many files of a folder.
_LOOKED_AT = 20

#: The formats of glose itself, by name.
FORMATS: Mapping[str, Format] = {
    "jsonl": own.JSONL,
    "spread": spread.FORMAT,
    "parquet": own.PARQUET,
    "arrow": arrow_file.ARROW,
    "datasets": arrow_file.DATASETS,
    "huggingface": huggingface.FORMAT,
    "brat": brat.FORMAT,
    "bionlp": bionlp.FORMAT,
    "mapped": mapped.FORMAT,
    "conll": conll.FORMAT,
    "conllu": conllu.FORMAT,
    "conll-2012": conll2012.FORMAT,
    "hipe": hipe.FORMAT,
    "webanno": webanno.FORMAT,
    "cas": cas.XMI,
    "cas-json": cas.JSON,
    "docbin": docbin.FORMAT,
    "mmax2": mmax2.FORMAT,
    "pubtator": pubtator.FORMAT,
    "label-studio": label_studio.FORMAT,
    "bioc": bioc.XML,
    "bioc-json": bioc.JSON,
    "doccano": doccano.FORMAT,
    "prodigy": prodigy.FORMAT,
    "argilla": argilla.FORMAT,
    "timeml": timeml.FORMAT,
    "cat": cat.FORMAT,
    "textee": textee.FORMAT,
    "dygie": dygie.FORMAT,
    "ace": ace.FORMAT,
    "ere": ere.FORMAT,
    "naf": naf.FORMAT,
    "phee": phee.FORMAT,
    "re3d": re3d.FORMAT,
    "docred": docred.FORMAT,
    "gap": gap.FORMAT,
    "gate": gate.FORMAT,
    "genia": genia.FORMAT,
    "tei": tei.FORMAT,
    "pubannotation": pubannotation.FORMAT,
    "folia": folia.FORMAT,
    "web-annotation": web_annotation.FORMAT,
    "rams": rams.FORMAT,
    "wikievents": wikievents.FORMAT,
    "maven": maven.FORMAT,
    "gtt": gtt.FORMAT,
    "muc": muc.FORMAT,
    "docee": docee.FORMAT,
    "casie": casie.FORMAT,
}


def named() -> Mapping[str, str]:
    """Return the names of the formats as two lists: those that are written too, and the rest."""
    known = formats()
    written = [name for name, found in known.items() if found.writer is not None]
    return {
        "read and written": ", ".join(sorted(written)),
        "only read": ", ".join(sorted(known.keys() - set(written))),
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
    raise GloseError(f"no format is called {name!r}{hint} ({advice.LISTED})")


def recognised(path: Path) -> Format:
    """Return the format of what stands at a path, by its content, then by its suffix."""
    return formats()[name_of(path)]


def name_of(path: Path) -> str:
    """Return the name of the format of what stands at a path.

    A folder that no format knows as its own has the format of its first files. Where the content
    fits several formats, the suffix decides. Raises `GloseError` where none is found, or more
    than one.
    """
    known = formats()
    fitting = _fitting(path, known) or _inside(path, known)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting and archives.is_zip(path) and advice.document(path) is None:
        with unpacked(path) as found:
            return name_of(found.folder)
    if not fitting:
        return _by_suffix(path, known, "--from") or _refused(advice.unread(path, known))
    named = _ending(path, {name: known[name] for name in fitting})
    if len(named) == 1:
        return named[0]
    raise GloseError(f"{path}: may be {' or '.join(named or fitting)}; name it with --from")


def _fitting(path: Path, known: Mapping[str, Format]) -> list[str]:
    """Return the formats that the content of a file, or the files of a folder, fit."""
    head = b"" if path.is_dir() else _head(path)
    return [name for name, found in known.items() if found.detect(path, head)]


def _inside(path: Path, known: Mapping[str, Format]) -> list[str]:
    """Return the formats that the first files of a folder fit, whatever else lies there."""
    files = inputs.files(path, "")[:_LOOKED_AT] if path.is_dir() else []
    found = [set(names) for file in files if (names := _fitting(file, known))]
    return sorted(set.intersection(*found)) if found else []


def intended(path: Path) -> Format:
    """Return the format of a file that is to be written, by its suffix."""
    return formats()[intended_name(path)]


def intended_name(path: Path) -> str:
    """Return the name of the format of a file that is to be written, by its suffix."""
    known = formats()
    return _by_suffix(path, known, "--to") or _refused(advice.unwritten(path, known))


def load(
    path: str | Path, split: str | None = None, *, layer: str | None = None
) -> Iterator[Document]:
    """Yield the documents of a file in any format or of a corpus folder, of one split if named.

    A dataset folder states its splits; else they are those of the corpus.json beside the file.
    `layer` names the file of a folder: gold.jsonl if none is named and there is one, else
    documents.jsonl. Raises `GloseError`.
    """
    path = Path(path)
    if path.is_dir() and manifest.records(path):
        layer = layer or ("gold" if (path / "gold.jsonl").is_file() else None)
        yield from manifest.documents(path, split, layer=layer)
        return
    found = recognised(path)
    if split is not None and any(option.name == "split" for option in found.options):
        yield from found.read(path, Task({"split": split}))
        return
    wanted = None if split is None else manifest.ids(path.parent, split)
    for document in found.read(path):
        if wanted is None or document.id in wanted:
            yield document


def save(documents: Iterable[Document], path: str | Path) -> int:
    """Write documents in the format that the suffix of the path names; return how many.

    They are completed: span texts and text_sha256 are filled in where they are empty. Raises
    `GloseError` with the id of the first document that breaks a rule, and then writes nothing.
    """
    path = Path(path)
    return intended(path).write(path, jsonl.sound(documents, str(path)))


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


def _by_suffix(path: Path, known: Mapping[str, Format], option: str) -> str | None:
    """Return the only format that has the suffix of a path, if one has it."""
    named = _ending(path, known)
    if len(named) > 1:
        raise GloseError(f"{path}: may be {' or '.join(named)}; name it with {option}")
    return named[0] if named else None


def _refused(why: str) -> NoReturn:
    raise GloseError(why)


def _ending(path: Path, known: Mapping[str, Format]) -> list[str]:
    """Return the formats that have the longest of the suffixes that a path ends with."""
    file = path.name.lower().removesuffix(".gz")
    lengths = {
        name: max(map(len, filter(file.endswith, found.suffixes)), default=0)
        for name, found in known.items()
    }
    longest = max(lengths.values(), default=0)
    return [name for name, length in lengths.items() if length == longest > 0]
