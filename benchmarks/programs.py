"""Scorers of others: how each is had and run, and what it printed, beside figures of ours.

Those that are on PyPI go into a virtual environment of their own, `build/peers`. Those that
are not are looked for in folders that the environment names. Which of their figures is which of
ours, the parity tests know.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Any, NamedTuple

from tests.evaluate.parity import (
    test_coreference,
    test_events,
    test_hipe_links,
    test_nuggets,
    test_spans,
    test_time,
)
from tests.evaluate.parity.compared import Compare, Compared, Printed, Programs

from glose.evaluate.results import System

HERE = Path(__file__).parent
PEERS = HERE.parent / "build" / "peers"

_LINE = re.compile(
    r"^(?P<name>[A-Z][\w -]+): Recall: \((?P<rn>\S+) / (?P<rd>\S+)\) (?P<r>\S+)%\t"
    r"Precision: \((?P<pn>\S+) / (?P<pd>\S+)\) (?P<p>\S+)%\tF1: (?P<f>\S+)%$"
)


class MissingError(Exception):
    """Says why a program cannot be run."""


class Run(NamedTuple):
    """Where a program finds its data, where it may write, and what it printed."""

    formats: Path
    scratch: Path
    output: str = ""

    @property
    def told(self) -> Printed:
        """What `peers.py` printed."""
        return json.loads(self.output.splitlines()[-1])


@dataclass(frozen=True)
class Program:
    """A scorer: the protocol with its figures, how it is run, and how its figures are read.

    `packages` are what it needs of PyPI, `home` the variable that says where it is if it is not
    there. `tool` is its name in the parity tests, and `compare` which of their functions pairs
    its figures with ours.
    """

    name: str
    protocol: str
    tool: str
    compare: Compare
    command: Callable[[Run], list[str]]
    read: Callable[[Run], Printed]
    packages: tuple[str, ...] = ()
    home: str = ""
    repository: str = ""

    @property
    def driven(self) -> bool:
        """Whether `peers.py` runs it, which tells how long the imports took."""
        return self.read is _told

    def ready(self) -> None:
        """Install what it needs; raise `MissingError` with the reason if it cannot be had."""
        if self.home:
            _found(self)
        if self.packages or self.driven:
            install(self.packages)

    def figures(self, run: Run, system: System) -> list[Compared]:
        """Return each figure that it printed, and ours."""
        return list(self.compare(system, self.read(run)))


def _found(program: Program) -> Path:
    place = os.environ.get(program.home)
    if not place:
        where = f"{program.repository} on GitHub, not on PyPI"
        raise MissingError(f"{program.home} does not say where it is ({where})")
    if not Path(place).is_dir():
        raise MissingError(f"{program.home}={place} is no folder")
    return Path(place).resolve()


def python() -> str:
    """Return the Python that has the peers."""
    return str(PEERS / ("Scripts" if os.name == "nt" else "bin") / "python")


def install(packages: tuple[str, ...]) -> None:
    """Install packages among the peers, unless this was done before."""
    done = PEERS / f"{'+'.join(packages)}.done"
    if not Path(python()).exists():
        venv.create(PEERS, with_pip=True)
    if done.exists() or not packages:
        return
    command = [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    tried = subprocess.run([*command, *packages], capture_output=True, text=True)
    if tried.returncode:
        said = tried.stderr.strip().splitlines() or [f"exit code {tried.returncode}"]
        raise MissingError(f"pip could not install {' '.join(packages)}: {said[-1]}")
    done.touch()


def driven(name: str, home: str = "") -> Callable[[Run], list[str]]:
    """Return what makes the command of a scorer of `peers.py`."""

    def command(run: Run) -> list[str]:
        folder = [str(Path(os.environ[home]).resolve())] if home else []
        return [python(), str(HERE / "peers.py"), name, str(run.formats), *folder]

    return command


def _told(run: Run) -> Printed:
    return run.told["printed"]


def perl(run: Run) -> list[str]:
    scorer = Path(os.environ["COREFERENCE_SCORERS"]) / "scorer.pl"
    files = [str(run.formats / f"{side}.chains") for side in ("gold", "predicted")]
    return ["perl", str(scorer), "all", *files, "none"]


def perl_printed(run: Run) -> dict[str, dict[str, list[float]]]:
    """Return the totals of each measure, by the lines on which they stand."""
    found: dict[str, dict[str, list[float]]] = {}
    name = ""
    for line in run.output.splitlines():
        if line.startswith("METRIC "):
            name = line.removeprefix("METRIC ").rstrip(":")
            found[name] = {}
        elif match := _LINE.match(line):
            numbers = match.group("rn", "rd", "r", "pn", "pd", "p", "f")
            found[name][match["name"]] = [float(number) for number in numbers]
    return found


def hipe(task: str) -> Callable[[Run], list[str]]:
    """Return what makes the command of a task of the HIPE scorer."""

    def command(run: Run) -> list[str]:
        scorer = Path(os.environ["HIPE_SCORER"]) / "clef_evaluation.py"
        gold, predicted = (run.formats / f"{side}.hipe.tsv" for side in ("gold", "predicted"))
        return [
            python(), str(scorer), f"--ref={gold}", f"--pred={predicted}", f"--task={task}",
            "--hipe_edition=hipe-2022", "--skip-check", f"--log={run.scratch / 'hipe.log'}",
            f"--outdir={run.scratch}",
        ]  # fmt: skip

    return command


def hipe_mentions(run: Run) -> dict[str, Any]:
    found = json.loads((run.scratch / "predicted.hipe_nerc_coarse.json").read_bytes())
    types = found["NE-COARSE-LIT"]["TIME-ALL"]["LED-ALL"]
    return {"nerc": types.pop("ALL"), "nerc_types": types}


def hipe_links(run: Run) -> dict[str, Any]:
    found = json.loads((run.scratch / "predicted.hipe_nel.json").read_bytes())
    return {"nel": found["1"]["NEL-LIT"]["TIME-ALL"]["LED-ALL"]["ALL"]}


def cased(system: System, theirs: Printed) -> Iterator[Compared]:
    """Pair the figures of HIPE, which writes all types in capitals."""
    ours = {str(score.type).upper(): score.type for score in system.types("hipe2022/strict")}
    types = {ours.get(name, name): rows for name, rows in theirs["nerc_types"].items()}
    return iter(test_spans.hipe(system, {**theirs, "nerc_types": types}))


def evmeval(run: Run) -> list[str]:
    """Return the command of EvmEval, which is of Python 2: nuggets and their coreference."""
    scorer = Path(os.environ["EVMEVAL"]) / "scorer_v1.8.py"
    output = run.scratch / "evmeval"
    return [
        os.environ.get("PYTHON2", "python2"), str(scorer), "-g", str(run.formats / "gold.tbf"),
        "-s", str(run.formats / "predicted.tbf"), "-d", f"{output}.compared",
        "-o", f"{output}.scores", "-c", f"{output}.chains",
    ]  # fmt: skip


def evmeval_printed(run: Run) -> dict[str, dict[str, float]]:
    """Return the figures of nuggets by what must be equal, and those of coreference."""
    return nugget_scores((run.scratch / "evmeval.scores").read_text())


def nugget_scores(text: str) -> dict[str, dict[str, float]]:
    """Return the last two tables of a report of EvmEval."""
    detection, _, coreference = text.partition("=Final Mention Detection")[2].partition("\n=")
    keys = [f"{average}_{each}" for average in ("micro", "macro") for each in "prf"]
    found = {}
    for name in test_nuggets.MATCHES:
        numbers = re.search(rf"^ *{re.escape(name)}((?:\t\S+)+)", detection, re.MULTILINE)
        assert numbers is not None, name
        found[name] = dict(zip(keys, map(float, numbers[1].split()), strict=True))
    lines = re.findall(r"^Metric : (\w+)\tScore\t(\S+)", coreference, re.MULTILINE)
    found["coref"] = {name: float(score) for name, score in lines}
    average = re.search(r"^Overall Average CoNLL score\t(\S+)", coreference, re.MULTILINE)
    assert average is not None
    found["coref"]["conll"] = float(average[1])
    return found


def nuggets(system: System, theirs: Printed) -> Iterator[Compared]:
    """Pair the figures of nuggets and of their coreference."""
    yield from test_nuggets.mentions(system, theirs)
    yield from test_nuggets.coreference(system, theirs)


def of(programs: Programs, tool: str) -> Compare:
    """Return what pairs the figures of a tool."""
    return programs[tool][1]


SEQEVAL, SPACY, NERVALUATE = "seqeval==1.2.2", "spacy==3.8.18", "nervaluate==1.2.1"
HIPE_NEEDS = ("docopt", "numpy", "pandas", "smart_open")
PERL = "perl reference-coreference-scorers 8.01 (one line a mention)"
FLAT, ALL_SPANS = (f"nervaluate 1.2.1 {kind}" for kind in ("flat", "all_spans"))
HIPE_REPOSITORY = "hipe-eval/HIPE-scorer"

PROGRAMS: tuple[Program, ...] = (
    Program(
        "seqeval classification_report", "conll", "seqeval 1.2.2",
        of(test_spans.COMPARED, "seqeval 1.2.2"), driven("seqeval"), _told, (SEQEVAL,),
    ),
    Program(
        "nervaluate (tags)", "semeval2013", FLAT,
        of(test_spans.COMPARED, FLAT), driven("nervaluate-flat"), _told, (NERVALUATE,),
    ),
    Program(
        "nervaluate (spans)", "semeval2013", ALL_SPANS,
        of(test_spans.COMPARED, ALL_SPANS), driven("nervaluate-spans"), _told, (NERVALUATE,),
    ),
    Program(
        "spaCy Scorer", "spacy", "spaCy 3.8.18",
        of(test_spans.COMPARED, "spaCy 3.8.18"), driven("spacy"), _told, (SPACY,),
    ),
    Program(
        "HIPE-scorer", "hipe2022", "HIPE-scorer",
        cased, hipe("nerc_coarse"), hipe_mentions, HIPE_NEEDS, "HIPE_SCORER", HIPE_REPOSITORY,
    ),
    Program(
        "perl coreference scorers", "coref", PERL,
        of(test_coreference.COMPARED, PERL), perl, perl_printed, (), "COREFERENCE_SCORERS",
        "conll/reference-coreference-scorers",
    ),
)  # fmt: skip

#: Further programs and modes, whose speed is not compared.
OTHERS: tuple[Program, ...] = (
    Program(
        "seqeval, both modes and accuracy", "conll", "seqeval 1.2.2",
        of(test_spans.COMPARED, "seqeval 1.2.2"), driven("seqeval-whole"), _told, (SEQEVAL,),
    ),
    Program(
        "HIPE-scorer, links", "hipe2022", "HIPE-scorer",
        of(test_hipe_links.COMPARED, test_hipe_links.TOOL), hipe("nel"), hipe_links, HIPE_NEEDS,
        "HIPE_SCORER", HIPE_REPOSITORY,
    ),
    Program(
        "TextEE scorer", "textee", "TextEE scorer E2E",
        of(test_events.COMPARED, "TextEE scorer E2E"), driven("textee", "TEXTEE"), _told, (),
        "TEXTEE", "ej0cl6/TextEE",
    ),
    Program(
        "coval", "coval", "coval 2020-07",
        of(test_coreference.COMPARED, "coval 2020-07"), driven("coval", "COVAL"), _told,
        ("numpy", "scipy"), "COVAL", "ns-moosavi/coval",
    ),
    Program(
        "TempEval-3 toolkit", "tempeval3", "TempEval-3 toolkit",
        of(test_time.COMPARED, "TempEval-3 toolkit"), driven("tempeval", "TEMPEVAL3"), _told, (),
        "TEMPEVAL3", "naushadzaman/tempeval3_toolkit",
    ),
    Program(
        "EvmEval, nuggets and clusters", "nugget", test_nuggets.TOOL,
        nuggets, evmeval, evmeval_printed, (), "EVMEVAL", "hunterhector/EvmEval",
    ),
)  # fmt: skip


class Shown(NamedTuple):
    """How many figures there are, how many are equal, and those that are not."""

    figures: int
    equal: int
    different: tuple[Compared, ...]

    def plus(self, other: Shown) -> Shown:
        """Return these figures and others."""
        return Shown(
            self.figures + other.figures,
            self.equal + other.equal,
            self.different + other.different,
        )


def shown(figures: list[Compared]) -> Shown:
    """Count what is equal: sums over many documents to nine digits, the rest as parity tests."""
    different = tuple(row for row in figures if not same(row))
    return Shown(len(figures), len(figures) - len(different), different)


def same(row: Compared) -> bool:
    """Tell whether two figures are the same, large ones to a billionth of what they are."""
    if row.equal:
        return True
    if isinstance(row.ours, str | None) or isinstance(row.theirs, str | None):
        return False
    return isclose(row.ours, row.theirs, rel_tol=1e-9)


def main() -> None:
    """Install all that can be had; say what cannot."""
    for program in (*PROGRAMS, *OTHERS):
        try:
            program.ready()
        except MissingError as missing:
            print(f"{program.name}: {missing}", file=sys.stderr)


if __name__ == "__main__":
    main()
