"""Reference programs on corpora of your own: gold against perturbed copies, figure by figure.

    python -m benchmarks.references FOLDER -o build/references

FOLDER holds corpora that glose reads (docs/formats.md). Of each it perturbs copies, writes both in
the formats of the programs, runs those that can be had (`benchmarks/programs.py`), and prints how
many figures there were and how many were the same as those of the protocol of that name, to the
last digit that the program prints. Those that are not follow. Programs that are not on PyPI are
looked for in folders: HIPE_SCORER, COREFERENCE_SCORERS, TEXTEE, COVAL, and, with a Python 2 that
PYTHON2 names, TEMPEVAL3 and EVMEVAL.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from benchmarks import timeml
from benchmarks.converting import convert
from benchmarks.perturbing import Record, perturbed
from benchmarks.programs import OTHERS, PROGRAMS, MissingError, Program, Run, Shown, driven, shown

from glose.corpus import load
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.evaluate.intervals import Sampling
from glose.evaluate.metrics import METRICS
from glose.evaluate.plan import Options
from glose.evaluate.protocols import find
from glose.evaluate.results import System
from glose.evaluate.scoring import score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("build/references"))
    parser.add_argument("--copies", type=int, default=3, help="perturbed copies of each corpus")
    options = parser.parse_args()
    programs = list(available())
    print(f"{'corpus':20} {'program':36} {'protocol':12} figures    equal")
    for path in sorted(options.folder.iterdir()):
        if path.suffix in (".jsonl", ".parquet"):
            compared(path, options.output, options.copies, programs)


def available() -> Iterator[Program]:
    """Yield the programs that can be run; say why the others cannot."""
    for program in (*PROGRAMS, *OTHERS):
        try:
            program.ready()
        except MissingError as missing:
            print(f"left out: {program.name}: {missing}")
        else:
            yield program


def compared(path: Path, output: Path, copies: int, programs: Sequence[Program]) -> None:
    """Print the rows of a corpus."""
    documents = sorted(load(path), key=lambda document: document.id)
    for program in programs:
        if not annotated(documents, program.protocol):
            continue
        found = Shown(0, 0, ())
        for seed in range(1, copies + 1):
            folder = output / path.stem / str(seed)
            written(documents, folder, seed)
            one = figures(program, folder)
            found = found.plus(one)
        row = f"{path.stem:20} {program.name:36} {program.protocol:12}"
        print(f"{row} {found.figures:7} {found.equal:8}", flush=True)
        for different in found.different[:20]:
            print(f"    {different.figure}: ours {different.ours}, theirs {different.theirs}")


def annotated(documents: Sequence[Document], protocol: str) -> bool:
    """Tell whether a corpus has what a protocol needs, and any of it."""
    needed = {
        name for metric in find(protocol).metrics for name in METRICS[metric].statistic.lists
    }
    had = set.intersection(*(set(each.status.annotated) for each in documents))
    return needed <= had and all(any(getattr(d, name) for d in documents) for name in needed)


def written(documents: Sequence[Document], folder: Path, seed: int) -> None:
    """Write gold and a copy as records and in the formats of the programs, unless it was done."""
    gold, copy = folder / "gold.jsonl", folder / "predicted.jsonl"
    if (folder / "formats" / "done").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write(gold, [msgspec.to_builtins(each) for each in documents])
    write(copy, [perturbed(each, seed) for each in documents])
    convert(gold, copy, folder / "formats")
    timeml.save(gold, copy, folder / "formats" / "timeml")
    (folder / "formats" / "done").touch()


def write(path: Path, records: Sequence[Record]) -> None:
    path.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in records))


def figures(program: Program, folder: Path) -> Shown:
    """Run a program on gold and a copy; return its figures beside ours."""
    run = Run(folder / "formats", folder)
    if program.protocol == "spacy" and not (run.formats / "gold.spacy").exists():
        subprocess.run(driven("docbin")(run), check=True, capture_output=True)
    done = subprocess.run(program.command(run), capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise GloseError(f"{folder}: {program.name} ended with {said[-1]}")
    return shown(program.figures(run._replace(output=done.stdout), scored(program, folder)))


def scored(program: Program, folder: Path) -> System:
    """Return the scores of a copy by the protocol of a program."""
    options = Options(protocols=(program.protocol,), sampling=Sampling(0))
    files = folder / "gold.jsonl", folder / "predicted.jsonl"
    return score(files[0], files[1:], options=options).systems[0]


if __name__ == "__main__":
    main()
