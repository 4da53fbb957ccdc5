"""A build: sources to a folder with documents.jsonl, layers, rejects.jsonl and corpus.json.

The documents come out in the order of their ids whatever the number of processes. Every file
takes its name when all are complete, corpus.json last, so that a build that is interrupted leaves
the folder as it was and can be repeated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import msgspec

from glose.corpus import jsonl, manifest, schema
from glose.corpus.building import (
    divisions,
    layers,
    leftovers,
    progress,
    sources,
    unplaced,
    workers,
)
from glose.corpus.building.identifiers import identifiers
from glose.corpus.building.rejections import Rejection
from glose.corpus.building.settings import Rules
from glose.corpus.building.summary import Summary
from glose.corpus.building.workers import Task
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.files import whole

DOCUMENTS = "documents.jsonl"
REJECTS = "rejects.jsonl"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. `jobs` is `None` for as many processes as are worth it."""

    rules: Rules = field(default_factory=Rules)
    fail: bool = False
    jobs: int | None = None
    name: str | None = None
    layers: Mapping[str, Path] = field(default_factory=dict)
    splits: Path | None = None
    schema: str | None = None


def build(arguments: Iterable[str], folder: Path, options: Options) -> Summary:
    """Build the corpus of some files, folders and globs in a folder; return what was made.

    Raises `GloseError` where an argument names nothing, where a layer or a split does not fit,
    where every document was rejected, and with `fail` at the first one that is. Nothing is
    written then.
    """
    found, refused = sources.find(arguments, folder)
    attached = layers.opened(options.layers)
    named, splits = divisions.find(options.splits, options.layers.values(), folder)
    chosen = _schema(options.schema)
    kept = Kept(Summary(str(folder)), attached, options.fail)
    kept.refuse(refused)
    leftovers.drafts(folder)
    with ExitStack() as stack:
        if not folder.exists():
            stack.callback(_unless_used, folder)
        stream = stack.enter_context(whole(folder / DOCUMENTS))
        kept.count = jsonl.dump(kept.documents(_tasks(found, options.rules), options.jobs), stream)
        summary = kept.finished()
        splits = divisions.fitted(splits, named, kept.texts, kept.rejected)
        _write(folder, summary, attached, stack)
        if chosen:
            stack.enter_context(whole(folder / manifest.SCHEMA)).write(chosen)
        (folder / manifest.NAME).unlink(missing_ok=True)
    if not summary.rejected:
        (folder / REJECTS).unlink(missing_ok=True)
    summary.splits = {name: len(ids) for name, ids in splits.items()}
    made = {DOCUMENTS, *(f"{layer.name}.jsonl" for layer in attached)}
    summary.moved = leftovers.set_aside(folder, made, kept.texts)
    manifest.write(folder, manifest.of(folder, name=options.name, splits=splits))
    return summary


def _unless_used(folder: Path) -> None:
    """Remove a folder that a build made and then wrote nothing to; one with files stays."""
    with suppress(OSError):
        folder.rmdir()


def _schema(name: str | None) -> bytes | None:
    """Return the file of a schema that can be read as one, to be carried by the corpus."""
    if name is None:
        return None
    content = schema.content(name)
    schema.parse(content, name)
    return content


def _tasks(found: list[sources.Source], rules: Rules) -> list[Task]:
    """Return the tasks of sources, in the order of their ids."""
    ids = identifiers(found)
    tasks = (Task(id_, source, rules) for id_, source in zip(ids, found, strict=True))
    return sorted(tasks, key=lambda task: task.id)


def _write(folder: Path, summary: Summary, attached: list[layers.Layer], stack: ExitStack) -> None:
    """Write the drafts of the layers and of what was rejected."""
    for layer in attached:
        jsonl.dump(layer.attached, stack.enter_context(whole(folder / f"{layer.name}.jsonl")))
    if summary.rejected:
        _write_rejects(summary.rejected, stack.enter_context(whole(folder / REJECTS)))


def _write_rejects(rejected: list[Rejection], stream: IO[bytes]) -> None:
    for rejection in rejected:
        stream.write(msgspec.json.encode(rejection) + b"\n")


class Kept:
    """The documents of a build as they come, with the tally that the summary needs.

    `texts` has the hash of the text of each document by id, `rejected` the reasons by id.
    """

    def __init__(self, summary: Summary, attached: list[layers.Layer], fail: bool) -> None:
        self.summary = summary
        self.count = 0
        self.texts: dict[str, str] = {}
        self.rejected: dict[str, str] = {}
        self._attached = attached
        self._fail = fail
        self._languages: Counter[str] = Counter()
        self._keys: Counter[str] = Counter()

    def refuse(self, rejections: Iterable[Rejection]) -> None:
        """Note what cannot be read; stop there if that was asked for."""
        for rejection in rejections:
            if self._fail:
                raise GloseError(f"{rejection.file}: {rejection.reason}")
            self.summary.rejected.append(rejection)

    def documents(self, tasks: list[Task], jobs: int | None) -> Iterator[Document]:
        """Yield the documents of tasks, in their order."""
        results = progress.shown(workers.results(tasks, jobs), len(tasks), "build")
        for task, result in zip(tasks, results, strict=True):
            if isinstance(result, Rejection):
                self.rejected[task.id] = result.reason
                self.refuse([result])
                continue
            for layer in self._attached:
                layer.offer(result)
            self._note(result, task.rules.keys)
            self._languages[result.language or "unknown"] += 1
            self.texts[result.id] = result.text_sha256 or ""
            yield result

    def _note(self, document: Document, known: Mapping[str, str]) -> None:
        """Note what the header of a document states and no field holds."""
        self._keys.update(unplaced.keys(document, known))
        for date in unplaced.undated(document, known):
            self.summary.unknown_dates.setdefault(document.id, date)

    def finished(self) -> Summary:
        """Return the summary; raise `GloseError` if nothing was built or a layer has more."""
        summary = self.summary
        summary.documents = self.count
        summary.rejected.sort()
        if not self.count:
            first = summary.rejected[0]
            raise GloseError(
                f"none of {len(summary.rejected)} documents can be read;"
                f" the first: {first.file}: {first.reason}"
            )
        for layer in self._attached:
            layer.check(self.rejected)
            summary.layers[layer.name] = len(layer.attached)
        summary.unknown_keys = dict(sorted(self._keys.items()))
        summary.languages = dict(sorted(self._languages.items()))
        summary.duplicates = _equal(self.texts)
        return summary


def _equal(texts: Mapping[str, str]) -> list[list[str]]:
    """Return the ids of documents that have the same text, in groups."""
    by_text: dict[str, list[str]] = {}
    for id_, text in texts.items():
        by_text.setdefault(text, []).append(id_)
    return [ids for ids in by_text.values() if len(ids) > 1]
