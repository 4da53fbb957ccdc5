"""Whether a corpus folder is what its manifest says, and its files agree with one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from glose.corpus import manifest
from glose.corpus import problems as single
from glose.corpus.document import Document
from glose.corpus.errors import GloseError, Place
from glose.corpus.forms import shown
from glose.corpus.manifest import COUNTED, File, Manifest, Tally
from glose.corpus.numbers import counted
from glose.corpus.problems import Checks, Problem, Summary
from glose.corpus.schema import Schema


def problems(folder: Path, checks: Checks, summary: Summary) -> Iterator[Problem]:
    """Yield what is wrong with the files of a folder, and with what its manifest says of them."""
    paths = manifest.records(folder)
    if not paths:
        yield Problem(Place(str(folder)), "no *.jsonl in this folder; expected a corpus")
        return
    seen = _Seen()
    found = {}
    vouched = (folder / manifest.NAME).is_file()
    checks = replace(
        checks,
        schema=checks.schema or manifest.schema_of(folder),
        form="error" if vouched else checks.form,
    )
    for path in paths:
        yield from seen.file(path, checks, summary)
        found[path.name] = seen.said(path)
    place = Place(str(folder / manifest.NAME))
    try:
        stated = manifest.read(folder)
    except GloseError as error:
        yield Problem(place, str(error).removeprefix(f"{place}: "))
        return
    for what in (
        *_files(stated, found),
        *_totals(stated, seen.tally),
        *_splits(stated, seen.tally),
        *_schema(stated, manifest.schema_of(folder)),
    ):
        yield Problem(place, what)
    yield from (
        Problem(place, what, "warning") for what in _cautions(stated, seen.tally, checks.schema)
    )


class _Seen:
    """What the files of a folder hold, as far as they have been read."""

    def __init__(self) -> None:
        self.tally = Tally()
        self._texts: dict[str, tuple[str, str]] = {}
        self._layers: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._documents = 0

    def file(self, path: Path, checks: Checks, summary: Summary) -> Iterator[Problem]:
        """Yield what is wrong with a file, and where its texts are not those of the others."""
        self._layers, self._counts, self._documents = set(), Counter(), 0
        clashes: list[Problem] = []

        def observe(document: Document) -> None:
            self._documents += 1
            self._layers.add(document.layer)
            self._counts.update({name: len(getattr(document, name)) for name in COUNTED})
            self.tally.add(document)
            other = self._other(document, path.name)
            if other is not None:
                what = f"the text is not that in {other}; expected the same in every layer"
                clashes.append(Problem(Place(str(path), None, document.id), what))

        for problem in single.file(path, checks, summary, observe):
            yield problem
            yield from clashes
            clashes.clear()
        yield from clashes

    def said(self, path: Path) -> File | None:
        """Return what a manifest would say of the file just read; `None` if it cannot be read."""
        try:
            digest = manifest.digest(path)
        except GloseError:
            return None
        return File(digest, tuple(sorted(self._layers)), self._documents, dict(+self._counts))

    def _other(self, document: Document, name: str) -> str | None:
        """Return the file in which the document has another text, if there is one."""
        if document.text_sha256 is None:
            return None
        mark = document.text_sha256[:16]
        first, where = self._texts.setdefault(document.id, (mark, name))
        return where if first != mark else None


def _files(stated: Manifest, found: dict[str, File | None]) -> Iterator[str]:
    for name in sorted(stated.files.keys() - found.keys()):
        yield f"files: {shown(name)} is not in the folder"
    for name, now in found.items():
        said = stated.files.get(name)
        if said is None:
            yield f"files: {shown(name)} is not listed; `glose corpus build` or `split` lists it"
        elif now is not None and said.sha256 != now.sha256:
            yield f"files: {shown(name)} has changed: its sha256 is {now.sha256}"
        elif now is not None and said != now:
            yield f"files: {shown(name)} is not counted right; expected {now.counts}"


def _totals(stated: Manifest, tally: Tally) -> Iterator[str]:
    for name, now in (("documents", len(tally.sizes)), ("characters", sum(tally.sizes.values()))):
        if getattr(stated, name) != now:
            yield f"{name}: found {getattr(stated, name)}; expected {now}"
    if stated.licences != tally.licences():
        yield "licences: not those of the documents (meta.source and meta.rights)"


def _splits(stated: Manifest, tally: Tally) -> Iterator[str]:
    placed: dict[str, str] = {}
    for split, ids in stated.splits.items():
        for name in ids:
            if name not in tally.sizes:
                yield f"splits.{split}: {shown(name)} is no document of the corpus"
            if name in placed:
                yield f"splits.{split}: {shown(name)} is in {placed[name]} too; expected in one"
            placed[name] = split


def _schema(stated: Manifest, carried: Schema | None) -> Iterator[str]:
    if stated.schema is None and carried is not None:
        yield f"schema: none is named, but {manifest.SCHEMA} is in the folder"
    elif stated.schema is not None and carried is None:
        yield f"schema: {manifest.SCHEMA} of {shown(stated.schema.name)} is not in the folder"
    elif stated.schema and carried and stated.schema.sha256 != carried.sha256:
        yield f"schema: {manifest.SCHEMA} has changed: its sha256 is {carried.sha256}"


def _cautions(stated: Manifest, tally: Tally, schema: Schema | None) -> Iterator[str]:
    left = tally.sizes.keys() - set(chain.from_iterable(stated.splits.values()))
    if stated.splits and left:
        verb = "is" if len(left) == 1 else "are"
        yield f"splits: {counted(len(left), 'document')} {verb} in none"
    if schema and stated.schema and stated.schema.sha256 != schema.sha256:
        yield f"schema: the corpus was made with another version of {shown(stated.schema.name)}"
