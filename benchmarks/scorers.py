"""glose's scorer beside others: from files to figures, the same files, one run.

    python -m benchmarks.scorers -n 20000 -o build/bench

Each is a process of its own and is counted whole: its start and imports (shown apart), the loading
of its own format, the scoring. CPU seconds on one core, of glose the median of three runs; peak
memory in MB. What others read is made before and not counted. Each of their figures is compared
with that of glose; one that is not equal is an error, and the exit code is 1. Others that are not
on PyPI are looked for where HIPE_SCORER and COREFERENCE_SCORERS say (folders of
hipe-eval/HIPE-scorer and conll/reference-coreference-scorers); what is missing is told there.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from statistics import median

from benchmarks.programs import PROGRAMS, MissingError, Program, Run, driven, shown

from glose.evaluate.results import System

HERE = Path(__file__).parent
#: How often a task of glose is run, unless it takes longer than so many CPU seconds.
RUNS, LONG = 3, 15.0

#: All protocols that count mentions or events, glose's own and those of programs.
ALL = (
    "entities", "relaxed", "nested", "events", "conll", "semeval2013", "hipe2022", "spacy",
    "brat", "discontinuous", "textee", "ace", "omnievent", "metametric",
)  # fmt: skip

#: How many times as long as ours a program is to take.
TIMES = {"conll": 20, "semeval2013": 20, "spacy": 20, "hipe2022": 100, "coref": 50}

#: What of a protocol has the figures of a program, where it is not all.
PARTS = {
    "nervaluate (tags)": "semeval2013/flat-strict+semeval2013/flat-exact"
    "+semeval2013/flat-partial+semeval2013/flat-type",
    "nervaluate (spans)": "semeval2013/strict+semeval2013/exact"
    "+semeval2013/partial+semeval2013/type",
    "HIPE-scorer": "hipe2022/strict+hipe2022/fuzzy+hipe2022/exact+hipe2022/partial",
}
#: The six measures of coreference: the five of the perl scorers, and LEA.
SIX = "coref+coreference/lea"


@dataclass(frozen=True)
class Taken:
    """CPU seconds and peak memory (MB) of a task, and how much of the seconds its imports took."""

    cpu: float
    memory: float
    imported: float | None = None


@dataclass
class Bench:
    """The files of a run, and what was measured on them so far."""

    folder: Path
    clusters: Path
    taken: dict[tuple[str, int], Taken] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def files(self, task: str) -> Path:
        """Return the folder with the files of a task: of coreference those with clusters."""
        return self.clusters if "coref" in task else self.folder

    def ours(self, task: str, samples: int = 1000) -> Taken:
        """Return what a task of glose took, the median of some runs."""
        if (task, samples) not in self.taken:
            runs = [self._once(task, samples)]
            runs += [self._once(task, samples) for _ in range(RUNS - 1) if runs[0].cpu < LONG]
            self.taken[task, samples] = Taken(
                median(run.cpu for run in runs),
                max(run.memory for run in runs),
                median(run.imported or 0 for run in runs),
            )
        return self.taken[task, samples]

    def _once(self, task: str, samples: int) -> Taken:
        gold, predicted = (self.files(task) / f"{side}.jsonl" for side in ("gold", "predicted"))
        command = [sys.executable, "-m", "benchmarks.ours", task, str(gold), str(predicted)]
        command += ["--samples", str(samples), "--result", str(self.result(task))]
        taken, output = apart(command, self.folder / "scratch")
        return Taken(taken["cpu"], taken["memory"], json.loads(output)["imported"])

    def result(self, task: str) -> Path:
        """Return the file of the scores of a task."""
        return self.folder / "scratch" / f"{task.replace('/', '_')[:40]}.pickle"


def apart(command: Sequence[str], scratch: Path) -> tuple[Mapping[str, float], str]:
    """Run a command in a process of its own; return what it took, and its output."""
    scratch.mkdir(parents=True, exist_ok=True)
    output = scratch / "output"
    measuring = [sys.executable, "-S", "-E", str(HERE / "measuring.py"), str(output)]
    taken = json.loads(subprocess.check_output([*measuring, *command]))
    if taken["exit"]:
        raise MissingError(f"it ended with exit code {taken['exit']:.0f}")
    return taken, output.read_text(encoding="utf-8", errors="replace")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--documents", type=int, default=20_000)
    parser.add_argument("-o", "--folder", type=Path, default=Path("build/bench"))
    options = parser.parse_args()
    bench = Bench(
        made(options.folder / f"words-{options.documents}", options.documents),
        made(options.folder / f"clusters-{options.documents}", options.documents, "--entities"),
    )
    print("CPU seconds of whole processes, what their imports took of it, peak memory in MB")
    print(f"{options.documents:,} documents, {mentions(bench)}\n")
    print(line("", "CPU s", "import", "MB", "goal", "reached"), flush=True)
    for shown_row in chain(alone(bench), beside(bench)):
        print(shown_row, flush=True)
    sys.exit("\n".join(bench.failed) or None)


def mentions(bench: Bench) -> str:
    """Tell how many mentions there are."""
    bench.ours("entities")
    score = scores(bench, "entities").find("entity/strict")
    assert score is not None
    return f"{score.gold:,.0f} gold and {score.predicted:,.0f} predicted mentions"


def scores(bench: Bench, task: str) -> System:
    """Return the scores of a task that was run."""
    found: System = pickle.loads(bench.result(task).read_bytes())
    return found


def made(folder: Path, documents: int, *options: str) -> Path:
    """Write the files of a run in processes of their own, unless they are there."""
    if not (folder / "formats" / "done").exists():
        generate = [sys.executable, "-m", "benchmarks.generate", "-n", str(documents), *options]
        subprocess.run([*generate, "-o", str(folder)], check=True)
        files = [str(folder / f"{side}.jsonl") for side in ("gold", "predicted")]
        convert = [sys.executable, "-m", "benchmarks.converting", *files, str(folder / "formats")]
        subprocess.run(convert, check=True)
        (folder / "formats" / "done").touch()
    return folder


def line(name: str, *cells: str) -> str:
    """Return a line of the table."""
    cpu, imported, memory, goal, reached = cells
    return f"{name:52} {cpu:>8} {imported:>7} {memory:>6}  {goal:20} {reached}".rstrip()


def row(name: str, taken: Taken, goal: str = "", reached: str = "") -> str:
    imported = "" if taken.imported is None else f"{taken.imported:.2f}"
    return line(name, f"{taken.cpu:.2f}", imported, f"{taken.memory:.0f}", goal, reached)


def verdict(text: str, good: bool) -> str:
    return f"{text}: {'yes' if good else 'NO'}"


def alone(bench: Bench) -> Iterator[str]:
    """Yield the rows of glose by itself."""
    decode = bench.ours("decode", 0)
    yield row("bare decode, every field", decode)
    yield row("bare decode, ids and bounds only", bench.ours("bounds", 0))
    yield row("no documents: start and imports of conll", nothing(bench))
    conll, none = bench.ours("conll"), bench.ours("conll", 0)
    times = conll.cpu / decode.cpu
    yield row("conll", conll, "<= 2 x bare decode", verdict(f"{times:.2f} x", times <= 2))
    yield row("conll, without intervals", none)
    for name, task in (("default: 8 metrics", "default"), ("all protocols", "+".join(ALL))):
        taken, without = bench.ours(task), bench.ours(task, 0)
        good = taken.cpu <= 3 and taken.memory <= 100
        told = verdict(f"{taken.cpu:.2f} s, {taken.memory:.0f} MB", good)
        yield row(f"{name}, with intervals", taken, "<= 3 s, 100 MB", told)
        added = 100 * (taken.cpu / without.cpu - 1)
        told = verdict(f"1,000 samples: {added:+.1f} %", added <= 10)
        yield row(f"{name}, without intervals", without, "<= +10 % with them", told)


def nothing(bench: Bench) -> Taken:
    """Return what it takes to import what scoring needs."""
    command = [
        sys.executable,
        "-c",
        "from benchmarks.ours import scoring; scoring(['conll'], [], 0)",
    ]
    taken, _ = apart(command, bench.folder / "scratch")
    return Taken(taken["cpu"], taken["memory"])


def beside(bench: Bench) -> Iterator[str]:
    """Yield the rows of other programs, each after that of glose with the same figures."""
    for program in PROGRAMS:
        task = SIX if program.protocol == "coref" else PARTS.get(program.name, program.protocol)
        yield row(f"glose, the figures of {program.name}", bench.ours(task))
        try:
            yield other(bench, program, task)
        except MissingError as missing:
            yield f"{program.name:46} not measured: {missing}"


def other(bench: Bench, program: Program, task: str) -> str:
    """Return the row of a program."""
    program.ready()
    run = Run(bench.files(program.protocol) / "formats", bench.folder / "scratch")
    if program.protocol == "spacy" and not (run.formats / "gold.spacy").exists():
        subprocess.run(driven("docbin")(run), check=True, capture_output=True)
    found, output = apart(program.command(run), run.scratch)
    run = run._replace(output=output)
    marks = run.told if program.driven else {}
    taken = Taken(found["cpu"], found["memory"], marks.get("imported"))
    figures, equal, different = shown(program.figures(run, scores(bench, task)))
    if different:
        bench.failed.append(f"{program.name}: not equal: {different[:3]}")
    times, wanted = taken.cpu / bench.ours(task).cpu, TIMES[program.protocol]
    told = verdict(f"{times:.1f} x", times >= wanted)
    return row(program.name, taken, f">= {wanted} x ours", f"{told}; {equal} of {figures} equal")


if __name__ == "__main__":
    main()
