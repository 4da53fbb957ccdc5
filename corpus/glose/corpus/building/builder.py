"""A build: sources to a folder with documents.jsonl, layers, rejects.jsonl and corpus.json.

The documents come out in the order of their ids whatever the number of processes, and every file
appears whole when all are done, so that a build that is interrupted leaves the folder as it was.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

import msgspec

from glose.corpus import jsonl
from glose.corpus.building import layers, progress, reading, sources
from glose.corpus.building.identifiers import identifiers
from glose.corpus.building.rejections import RejectError, Rejection
from glose.corpus.building.settings import Rules
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.files import whole

DOCUMENTS = "documents.jsonl"
REJECTS = "rejects.jsonl"
#: Below this many documents one process is done before others have started.
FEW = 300
#: How many documents a process takes at a time.
CHUNK = 16


@dataclass(frozen=True, slots=True)
class Task:
    """One source to read, with its id and the rules."""

    id: str
    source: sources.Source
    rules: Rules


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. `jobs` is `None` for as many processes as are worth it."""

    rules: Rules = field(default_factory=Rules)
    fail: bool = False
    jobs: int | None = None
    name: str | None = None
    layers: Mapping[str, Path] = field(default_factory=dict)
    splits: Path | None = None


@dataclass(slots=True)
class Summary:
    """What a build made: counts, ids of documents with equal texts, what it rejected."""

    folder: str
    documents: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    duplicates: list[list[str]] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)
    layers: dict[str, int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    def json(self) -> str:
        """Return the summary as one line of JSON."""
        return msgspec.json.encode(asdict(self)).decode()

    def lines(self) -> Iterator[str]:
        """Yield what a person wants to know at the end, line by line."""
        if self.duplicates:
            copies = sum(len(ids) - 1 for ids in self.duplicates)
            yield f"{copies} documents have the text of another one; they were kept"
        for name, moved in self.moved.items():
            yield f"{self.folder}/{name} is of an earlier build; it is now {moved}"
        for name, count in self.layers.items():
            yield f"{count} documents of layer {name} -> {self.folder}/{name}.jsonl"
        languages = ", ".join(f"{name} {count}" for name, count in self.languages.items())
        yield f"{self.documents} documents ({languages}) -> {self.folder}/{DOCUMENTS}"


def build(arguments: Iterable[str], folder: Path, options: Options) -> Summary:
    """Build the corpus of some files, folders and globs in a folder; return what was made.

    Raises `GloseError` where an argument names nothing, where a layer does not fit, where every
    document was rejected, and with `fail` at the first one that is; then nothing is written.
    """
    found, refused = sources.find(arguments, folder)
    attached = layers.opened(options.layers)
    ids = identifiers(found)
    tasks = sorted(
        (Task(id_, source, options.rules) for id_, source in zip(ids, found, strict=True)),
        key=lambda task: task.id,
    )
    summary = Summary(str(folder))
    with ExitStack() as stack:
        stream = stack.enter_context(whole(folder / DOCUMENTS))
        kept = _Kept(summary, attached, options.fail)
        kept.refuse(refused)
        summary.documents = jsonl.dump(
            kept.documents(tasks, _jobs(options.jobs, len(tasks))), stream
        )
        kept.finish()
        for layer in attached:
            jsonl.dump(layer.attached, stack.enter_context(whole(folder / f"{layer.name}.jsonl")))
        if summary.rejected:
            _write_rejects(summary.rejected, stack.enter_context(whole(folder / REJECTS)))
    if not summary.rejected:
        (folder / REJECTS).unlink(missing_ok=True)
    return summary


def _jobs(wanted: int | None, tasks: int) -> int:
    if wanted is not None:
        return max(1, min(wanted, tasks))
    return 1 if tasks < FEW else min(os.cpu_count() or 1, 8)


class _Kept:
    """The documents of a build as they come, with the tally that the summary needs."""

    def __init__(self, summary: Summary, attached: list[layers.Layer], fail: bool) -> None:
        self.summary = summary
        self.attached = attached
        self.fail = fail
        self.rejected_ids: dict[str, str] = {}
        self._languages: Counter[str] = Counter()
        self._by_text: dict[str, list[str]] = {}

    def refuse(self, rejections: Iterable[Rejection]) -> None:
        """Note what cannot be read; stop there if that was asked for."""
        for rejection in rejections:
            if self.fail:
                raise GloseError(f"{rejection.file}: {rejection.reason}")
            self.summary.rejected.append(rejection)

    def documents(self, tasks: list[Task], jobs: int) -> Iterator[Document]:
        """Yield the documents of tasks, in their order."""
        results = progress.shown(_results(tasks, jobs), len(tasks), "build")
        for task, result in zip(tasks, results, strict=True):
            if isinstance(result, Rejection):
                self.rejected_ids[task.id] = result.reason
                self.refuse([result])
                continue
            for layer in self.attached:
                layer.offer(result)
            self._languages[result.language or "unknown"] += 1
            self._by_text.setdefault(result.text_sha256 or "", []).append(result.id)
            yield result

    def finish(self) -> None:
        """Complete the summary; raise `GloseError` if nothing was built or a layer has more."""
        summary = self.summary
        summary.rejected.sort()
        if not summary.documents:
            first = summary.rejected[0]
            raise GloseError(
                f"none of {len(summary.rejected)} documents can be read;"
                f" the first: {first.file}: {first.reason}"
            )
        for layer in self.attached:
            layer.check(self.rejected_ids)
            summary.layers[layer.name] = len(layer.attached)
        summary.languages = dict(sorted(self._languages.items()))
        summary.duplicates = [ids for ids in self._by_text.values() if len(ids) > 1]


def _results(tasks: list[Task], jobs: int) -> Iterator[Document | Rejection]:
    """Yield what each task gives, in order, from this process or from several."""
    if jobs == 1:
        yield from map(perform, tasks)
        return
    context = multiprocessing.get_context("spawn")
    # An interruption is for this process to handle; it ends the others.
    quiet = (signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(jobs, context, initializer=signal.signal, initargs=quiet)
    try:
        yield from pool.map(perform, tasks, chunksize=CHUNK)
    except BrokenProcessPool as error:
        raise GloseError(
            "a process of the build was ended from outside (is memory short?); try --jobs 1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def perform(task: Task) -> Document | Rejection:
    """Return the document of a task, or why there is none."""
    try:
        return reading.read(task.source, task.id, task.rules)
    except RejectError as error:
        return Rejection(task.source.name, str(error))


def _write_rejects(rejected: list[Rejection], stream: IO[bytes]) -> None:
    for rejection in rejected:
        stream.write(msgspec.json.encode(rejection) + b"\n")
