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
from glose.corpus.building.drafts import Skipped
from glose.corpus.building.identifiers import identifiers, unique, within
from glose.corpus.building.rejections import Rejection
from glose.corpus.building.settings import Rules
from glose.corpus.building.spool import Spool
from glose.corpus.building.summary import Summary
from glose.corpus.building.workers import Task, Waiting
from glose.corpus.document import Attribute, Document
from glose.corpus.duplicates import groups, listing
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
    #: How much near-duplicates have in common; 0 is not to look for them.
    share: float = groups.SHARE


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
    kept = Kept(Summary(str(folder)), attached, options)
    kept.refuse(refused)
    leftovers.drafts(folder)
    with ExitStack() as stack:
        if not folder.exists():
            stack.callback(_unless_used, folder)
        spool = stack.enter_context(Spool(folder))
        kept.take(_tasks(found, options.rules), options.jobs, spool)
        stream = stack.enter_context(whole(folder / DOCUMENTS))
        kept.count = jsonl.dump(kept.documents(spool), stream)
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
    listing.write(folder, kept.near())
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
        line = {"file": rejection.file, "place": rejection.place, "reason": rejection.reason}
        stream.write(msgspec.json.encode(line) + b"\n")


class Kept:
    """The documents of a build as they come, with the tally that the summary needs.

    `texts` has the hash of the text of each document by id, `rejected` the reasons by the id of
    their source.
    """

    def __init__(self, summary: Summary, attached: list[layers.Layer], options: Options) -> None:
        self.summary = summary
        self.count = 0
        self.texts: dict[str, str] = {}
        self.rejected: dict[str, str] = {}
        self._attached = attached
        self._options = options
        self._finder = groups.Finder()
        self._waiting: dict[str, Waiting] = {}
        self._languages: Counter[str] = Counter()
        self._keys: Counter[str] = Counter()
        self._left: Counter[str] = Counter()

    def refuse(self, rejections: Iterable[Rejection]) -> None:
        """Note what cannot be read; stop there if that was asked for."""
        for rejection in rejections:
            if self._options.fail:
                raise GloseError(str(rejection))
            self.summary.rejected.append(rejection)

    def take(self, tasks: list[Task], jobs: int | None, spool: Spool) -> None:
        """Read tasks to the spool, and find the ids of their documents."""
        waiting: list[Waiting] = []
        wanted: list[list[str]] = []
        results = progress.shown(workers.results(tasks, jobs, spool), len(tasks), "build")
        for task, result in zip(tasks, results, strict=True):
            read = [one for one in result if isinstance(one, Waiting)]
            for one in read:
                alone = len(read) == 1
                waiting.append(one)
                wanted.append(within(task.id, None if alone else one.number, one.own))
                self._left.update(one.left)
            self._tally(task, result)
        self._waiting = dict(sorted(zip(unique(wanted), waiting, strict=True)))

    def _tally(self, task: Task, result: workers.Result) -> None:
        """Note what a task gave beside documents."""
        for one in result:
            if isinstance(one, Rejection):
                self.rejected.setdefault(task.id, one.reason)
                self.refuse([one])
            elif isinstance(one, Skipped):
                self._left[one.what] += one.count

    def documents(self, spool: Spool) -> Iterator[Document]:
        """Yield the documents in the order of their ids."""
        known = self._options.rules.keys
        found = spool.documents(one.place for one in self._waiting.values())
        for (id_, waiting), read in zip(self._waiting.items(), found, strict=True):
            document = _called(read, id_, waiting)
            for layer in self._attached:
                layer.offer(document)
            self._keys.update(unplaced.keys(document, known))
            if waiting.undated:
                self.summary.unknown_dates[id_] = waiting.undated[0]
            self._languages[document.language or "unknown"] += 1
            self.texts[id_] = document.text_sha256 or ""
            if self._options.share:
                self._finder.add(document)
            yield document

    def finished(self) -> Summary:
        """Return the summary; raise `GloseError` if nothing was built or a layer has more."""
        summary = self.summary
        summary.documents = self.count
        summary.rejected.sort(key=lambda rejection: rejection.file)
        if not self.count:
            first = summary.rejected[0]
            lost = len(summary.rejected)
            what = f"none of {lost:,} documents can be read; the first: {first}"
            raise GloseError(what if lost > 1 else f"the only document cannot be read: {first}")
        for layer in self._attached:
            layer.check(self.rejected)
            summary.layers[layer.name] = len(layer.attached)
        summary.left = dict(sorted(self._left.items()))
        summary.unknown_keys = dict(sorted(self._keys.items()))
        summary.languages = dict(sorted(self._languages.items()))
        summary.duplicates = _equal(self.texts)
        return summary

    def near(self) -> listing.Found:
        """Return the near-duplicates, and note them."""
        share = self._options.share
        found = self._finder.groups(share) if share else []
        self.summary.near_duplicates = [list(group.documents) for group in found]
        return listing.Found(found, self.count, share)


def _called(document: Document, id_: str, waiting: Waiting) -> Document:
    """Return a document with its id; `extra` keeps its own where that is not used as written."""
    own = (waiting.own or "").strip()
    told = waiting.key and own not in {"", id_}
    extra = (*document.extra, Attribute(waiting.key or "", own)) if told else document.extra
    return msgspec.structs.replace(document, id=id_, extra=extra)


def _equal(texts: Mapping[str, str]) -> list[list[str]]:
    """Return the ids of documents that have the same text, in groups."""
    by_text: dict[str, list[str]] = {}
    for id_, text in texts.items():
        by_text.setdefault(text, []).append(id_)
    return [ids for ids in by_text.values() if len(ids) > 1]
