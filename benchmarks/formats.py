"""Every format that is written and read: how fast, what comes back, and others on the same file.

    python -m benchmarks.formats                    # 500 generated documents
    python -m benchmarks.formats -n 2000 --only bioc conllu
    python -m benchmarks.formats --corpora ../corpora/brat ../corpora/news.conllu

The same documents (benchmarks/generate.py, with entities) are written in each format and read
again. `stated` is how many facts they state (formats/facts.py counts them: mentions, arguments,
values, members of clusters ...), `kept` what the loss report says that the format holds, and
`back` what was read: more where a format of words states tokens and sentences. A round trip is
right where all that was kept comes back and no annotation beside it; one that is not ends the run
with exit code 1. MB/s are MB of the written files by CPU second of one thread, imports not
counted, the best of three runs.

Readers of others are run on our file in the same run, in an environment of their own
(`build/peers`). With `--corpora` each path is read, written in its own format and read again.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks.generate import generate
from benchmarks.programs import HERE, MissingError, install, python

from glose.corpus import jsonl
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import trial
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.facts import count, facts
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.table import formats, name_of

T = TypeVar("T")


class Peer(NamedTuple):
    """A reader of somebody else: its name in readers.py, and what it needs of PyPI."""

    name: str
    packages: tuple[str, ...] = ()


#: Who reads the files of a format as well.
PEERS: Mapping[str, Peer] = {
    "jsonl": Peer("json"),
    "parquet": Peer("pyarrow", ("pyarrow",)),
    "conllu": Peer("conllu", ("conllu",)),
    "bioc": Peer("bioc", ("bioc",)),
    "bioc-json": Peer("bioc (JSON)", ("bioc",)),
    "docbin": Peer("spaCy", ("spacy==3.8.18",)),
    "cas": Peer("dkpro-cassis", ("dkpro-cassis",)),
    "cas-json": Peer("dkpro-cassis (JSON)", ("dkpro-cassis",)),
}
RUNS = 3
HEAD = (
    "| format | documents | MB | write MB/s | read MB/s "
    "| stated | kept | back | round trip | the same file read by |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|---|---|"
)


class Trip(NamedTuple):
    """A way into a format and back."""

    name: str
    documents: int
    size: float
    write: float
    read: float
    stated: int
    kept: int
    back: int
    wrong: Mapping[str, int]

    def row(self, peer: str) -> str:
        """Return the line of the table."""
        wrong = ", ".join(f"{n} {kind}" for kind, n in self.wrong.items())
        speeds = (self.size / max(cpu, 1e-6) for cpu in (self.write, self.read))
        cells = [
            self.name, f"{self.documents:,}", f"{self.size:.2f}", *(f"{s:.1f}" for s in speeds),
            f"{self.stated:,}", f"{self.kept:,}", f"{self.back:,}", wrong or "right", peer,
        ]  # fmt: skip
        return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", "--documents", type=int, default=500)
    parser.add_argument("-o", "--folder", type=Path, default=Path("build/bench/formats"))
    parser.add_argument("--only", nargs="*", help="names of formats")
    parser.add_argument("--corpora", nargs="*", type=Path, default=[], help="files and folders")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    print(HEAD, flush=True)
    wrong = False
    corpora = _corpora(options.corpora, options.folder / "rejects")
    trips = corpora if options.corpora else _generated(options)
    for name, form, documents in trips:
        trip, path = _tried(name, form, documents, options.folder)
        print(trip.row(_beside(name, path, trip)), flush=True)
        wrong |= bool(trip.wrong)
    sys.exit(wrong)


def _generated(options: argparse.Namespace) -> Iterator[tuple[str, Format, list[Document]]]:
    gold, _ = generate(options.folder, options.documents, entities=True)
    documents = list(jsonl.read(gold))
    for name, form in formats().items():
        if form.writer and (not options.only or name in options.only):
            yield name, form, documents


def _corpora(paths: Iterable[Path], rejects: Path) -> Iterator[tuple[str, Format, list[Document]]]:
    """Yield what stands at each path; of what is only read the speed is told, and no trip."""
    for path in paths:
        name = name_of(path)
        form = formats()[name]
        aside = Rejects(rejects)
        began = time.process_time()
        documents = list(form.read(path, Task(rejects=aside)))
        took = time.process_time() - began
        size = sum(file.stat().st_size for file in _files(path)) / 1e6
        found = sum(n for each in documents for n in count(facts(each)).values())
        told = f"{len(documents):,} documents, {found:,} facts, {len(aside.found)} rejected"
        print(f"| {name} {path.name}: {size:.2f} MB read at {size / took:.1f} MB/s: {told} |")
        if form.writer and documents:
            yield name, form, documents


def _tried(
    name: str, form: Format, documents: Sequence[Document], folder: Path
) -> tuple[Trip, Path]:
    """Write documents and read them again; return what came of it, and where they stand."""
    path = trial.place(form, folder / name)
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir()
    losses = trial.write(form, documents, path, name)
    rows = list(losses.rows())
    back = list(form.read(path))
    wrong = trial.unexplained(form, losses, back)
    read, _ = best(lambda: list(form.read(path)))

    def again() -> int:
        other = trial.place(form, folder / name / "again")
        shutil.rmtree(other.parent, ignore_errors=True)
        other.parent.mkdir()
        return form.write(other, documents, Task(name=name))

    write, _ = best(again)
    size = sum(file.stat().st_size for file in _files(path)) / 1e6
    found = sum(n for each in back for n in count(facts(each)).values())
    there, kept = sum(row.there for row in rows), sum(row.kept for row in rows)
    return Trip(name, len(documents), size, write, read, there, kept, found, wrong), path


def _files(path: Path) -> list[Path]:
    return [each for each in path.rglob("*") if each.is_file()] if path.is_dir() else [path]


def best(do: Callable[[], T]) -> tuple[float, T]:
    """Return the fewest CPU seconds that a call took, and what it gave."""
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        found = do()
        taken.append(time.process_time() - began)
    return min(taken), found


def _beside(name: str, path: Path, trip: Trip) -> str:
    """Return how fast the reader of somebody else reads the file, or why it does not."""
    peer = PEERS.get(name)
    if peer is None:
        return ""
    try:
        install(peer.packages)
    except MissingError as error:
        return f"{peer.name}: {error}"
    command = [python(), str(HERE / "readers.py"), peer.name, str(path)]
    taken: list[float] = []
    for _ in range(RUNS):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            return f"{peer.name}: {(done.stderr.strip().splitlines() or ['ended'])[-1]}"
        taken.append(json.loads(done.stdout)["cpu"])
    speed = trip.size / max(min(taken), 1e-6)
    return f"{peer.name}: {speed:.1f} MB/s"


if __name__ == "__main__":
    try:
        main()
    except GloseError as error:
        sys.exit(f"formats: {error}")
