"""The publishing of a corpus: a folder that is ready for the Hub, and appears whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from glose.corpus import jsonl, manifest
from glose.corpus.document import Document
from glose.corpus.duplicates import listing
from glose.corpus.errors import GloseError
from glose.corpus.files import whole
from glose.corpus.formats.staging import staged
from glose.corpus.forms import shown
from glose.corpus.numbers import counted
from glose.corpus.publishing import agreement, card, croissant, layout, licences, texts
from glose.corpus.statistics import Statistics, add

#: The split of documents that are in none, where others are in one.
REST = "unassigned"


@dataclass(frozen=True, slots=True)
class Options:
    """How to publish. `layers` are the files to take, all if none is named.

    `licence` is that of documents that name none, and of what is published without texts.
    """

    licence: str | None = None
    bare: bool = False
    layers: tuple[str, ...] = ()
    name: str | None = None
    agreement: Path | None = None


@dataclass(slots=True)
class Seen:
    """What the files of a corpus hold, as far as the card needs it."""

    rights: licences.Rights = field(default_factory=licences.Rights)
    ids: dict[str, set[str]] = field(default_factory=dict)
    guidelines: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: counts of each split of each configuration, and what was left out."""

    folder: Path
    counts: card.Counts
    left: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Yield what a person wants to know at the end."""
        yield from self.left
        for config, splits in self.counts.items():
            sizes = ", ".join(
                f"{name} {one.totals['documents']:,}" for name, one in splits.items()
            )
            yield f"{config}: {sizes}"
        yield f"-> {self.folder}"


def publish(corpus: Path, target: Path, options: Options) -> Published:
    """Write a corpus folder or file of records to a new folder; return what is in it.

    Raises `GloseError`, with nothing written, where documents may not be published, or the corpus
    cannot be read.
    """
    paths = _files(corpus, options.layers)
    agreed = agreement.read(options.agreement) if options.agreement else None
    seen = _seen(paths)
    if not options.bare:
        seen.rights.allow(options.licence)
    paths, left = _without_repeated(paths, seen, options)
    home = manifest.home(corpus)
    splits = manifest.splits_of(home)
    near = _near(home, splits)
    name = options.name or _name(home)
    with staged(target, folder=True) as draft:
        counts = {
            config: dict(_write(draft, config, path, splits, seen.ids[config], options))
            for config, path in paths.items()
        }
        content = card.Content(
            name, draft, target.name, counts, seen.rights, options.licence,
            manifest.schema_of(home), agreed,
            tuple(sorted(seen.guidelines)), left, near, options.bare,
        )  # fmt: skip
        _describe(draft, content, home)
    return Published(target, counts, left)


def _files(corpus: Path, layers: tuple[str, ...]) -> dict[str, Path]:
    """Return the files of records to publish by their names, the one that is meant first."""
    first = manifest.file(corpus)
    there = manifest.records(corpus) if corpus.is_dir() else [corpus]
    # Gold goes before bare documents, which it repeats.
    order = sorted(there, key=lambda path: (path.name.split(".")[0] != "gold", path != first))
    found = {path.name.split(".")[0]: path for path in order}
    for layer in layers:
        if layer not in found:
            raise GloseError(f"{corpus}: no file of layer {layer} (there are: {', '.join(found)})")
    return {name: path for name, path in found.items() if not layers or name in layers}


def _seen(paths: Mapping[str, Path]) -> Seen:
    found = Seen()
    for name, path in paths.items():
        ids = found.ids[name] = set()
        for document in jsonl.read(path):
            if document.id in ids:
                raise GloseError(f"{path}: {document.id} stands twice; expected each id once")
            ids.add(document.id)
            found.rights.add(document)
            if document.status.guideline:
                found.guidelines.add(document.status.guideline)
        if not ids:
            raise GloseError(f"{path}: no record in it; expected one at least")
    return found


def _without_repeated(
    paths: dict[str, Path], seen: Seen, options: Options
) -> tuple[dict[str, Path], tuple[str, ...]]:
    """Return the files without documents.jsonl if another has all of it, and what is left out."""
    left = []
    if "documents" in paths and not options.layers:
        others = {name: path for name, path in paths.items() if name != "documents"}
        whole = [name for name in others if seen.ids["documents"] <= seen.ids[name]]
        if whole:
            paths = others
            left.append(f"documents.jsonl is left out: {whole[0]} has all of its documents.")
    if options.bare:
        left.append(
            "Texts, the words of spans and `extra` are left out; `text_sha256` and offsets are of"
            " the texts. Who has the sources puts them back with `glose corpus build SOURCES"
            " --layer gold=FILE`."
        )
    return paths, tuple(left)


def _name(home: Path) -> str:
    stated = manifest.read(home).name if (home / manifest.NAME).is_file() else ""
    return stated or home.resolve().name or "corpus"


def _near(home: Path, splits: Mapping[str, Iterable[str]]) -> str | None:
    """Return what the list of near-duplicates beside a corpus says, if there is one."""
    path = home / listing.NAME
    if not path.is_file():
        return None
    try:
        groups = msgspec.json.decode(path.read_bytes(), type=listing.Listed).groups
    except (msgspec.MsgspecError, OSError) as error:
        raise GloseError(f"{path}: not as `glose corpus build` writes it ({error})") from error
    of = {id_: name for name, ids in splits.items() for id_ in ids}
    across = sum(len({of[id_] for id_ in group.documents if id_ in of}) > 1 for group in groups)
    documents = sum(len(group.documents) for group in groups)
    return (
        f"{documents:,} documents are near-duplicates, in {counted(len(groups), 'group')};"
        f" {across or 'none'} of them {'lies' if across == 1 else 'lie'} across splits."
    )


def _write(
    draft: Path,
    config: str,
    path: Path,
    splits: Mapping[str, Iterable[str]],
    ids: set[str],
    options: Options,
) -> Iterator[tuple[str, Statistics]]:
    """Write the splits of a file that have a document of it; yield their counts."""
    for split, wanted in _shares(splits, ids).items():
        counts = Statistics()

        def chosen(wanted: set[str] = wanted, counts: Statistics = counts) -> Iterator[Document]:
            for document in jsonl.read(path):
                if document.id in wanted:
                    add(document, counts)
                    yield texts.without(document) if options.bare else document

        layout.write(draft, config, split, chosen())
        yield split, counts


def _shares(splits: Mapping[str, Iterable[str]], ids: set[str]) -> dict[str, set[str]]:
    """Return the ids of each split that has any, those that are in none in one of their own."""
    found = {name: ids.intersection(some) for name, some in splits.items()}
    rest = ids.difference(*found.values())
    found[REST if any(found.values()) else layout.TRAIN] = rest
    if REST in splits and rest:
        what = f"{counted(len(rest), 'document')} {'is' if len(rest) == 1 else 'are'} in none"
        raise GloseError(f"a split is called {shown(REST)}, and {what}")
    return {name: some for name, some in found.items() if some}


def _describe(draft: Path, content: card.Content, home: Path) -> None:
    """Write the card, its counterpart for machines, and the schema."""
    with whole(draft / layout.CARD) as stream:
        stream.write(card.written(content).encode("utf-8", "replace"))
    files = {
        (config, split): sorted(draft.glob(str(layout.place(config, split))))
        for config, splits in content.counts.items()
        for split in splits
    }
    about = croissant.About(
        content.name,
        f"{counted(content.documents, 'document')} with annotations, as {layout.CARD} tells.",
        _version(home),
        tuple(licences.addresses(content.stated)),
        tuple(content.languages),
        ("glose",),
    )
    with whole(draft / croissant.NAME) as stream:
        stream.write(croissant.encoded(croissant.described(about, draft, files)))
    if (home / manifest.SCHEMA).is_file():
        with whole(draft / manifest.SCHEMA) as stream:
            stream.write((home / manifest.SCHEMA).read_bytes())


def _version(home: Path) -> str:
    """Return the version of a corpus in three numbers."""
    stated = manifest.read(home).version if (home / manifest.NAME).is_file() else "0"
    parts = [*stated.split("."), "0", "0"][:3]
    return ".".join(parts) if all(part.isdigit() for part in parts) else "0.0.0"
