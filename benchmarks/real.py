"""Gold against itself, and against a perturbed copy, by every metric, on corpora of your own.

    python benchmarks/real.py FOLDER

FOLDER holds corpora that glose reads (`*.jsonl`, `*.parquet`: docs/formats.md). Of each it prints
by which metrics gold against itself is not perfect, and for every metric that counts anything F1
of the copy that `perturbing.py` makes. Nothing is kept.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from perturbing import perturbed

from glose.corpus import load
from glose.corpus.document import Document
from glose.evaluate.intervals import Sampling
from glose.evaluate.metrics import METRICS
from glose.evaluate.plan import Options
from glose.evaluate.results import System
from glose.evaluate.scoring import score

Record = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for path in sorted(parser.parse_args().folder.iterdir()):
        if path.suffix in (".jsonl", ".parquet"):
            shown(path)


def shown(path: Path) -> None:
    """Print the figures of one corpus."""
    started = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        gold, copy = (Path(folder, f"{name}.jsonl") for name in ("gold", "copy"))
        documents = sorted(load(path), key=lambda document: document.id)
        write(gold, [msgspec.to_builtins(each) for each in documents])
        write(copy, [perturbed(each) for each in documents])
        wanted = metrics(documents)
        options = Options(protocols=wanted, sampling=Sampling(0))
        itself, other = score(gold, [gold, copy], options=options).systems
    seconds = time.process_time() - started
    counted = [name for name in wanted if measured(itself, name)]
    print(f"\n{path.name}: {len(documents)} documents, {len(wanted)} metrics, {seconds:.1f} CPU s")
    print(
        f"  {len(counted)} count something; not perfect: {', '.join(imperfect(itself)) or 'none'}"
    )
    for name in counted:
        found = other.find(name)
        figure = found.f1 if found else None
        print(f"  {name:44} {'-' if figure is None else f'{100 * figure:.2f}':>7}")


def metrics(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return the metrics whose lists every document has."""
    had = set.intersection(*(set(each.status.annotated) for each in documents))
    return tuple(name for name, each in METRICS.items() if had.issuperset(each.statistic.lists))


def measured(system: System, metric: str) -> bool:
    """Tell whether a metric has any item in gold."""
    found = system.find(metric)
    return found is not None and found.f1 is not None and found.gold != 0


def imperfect(system: System) -> Iterator[str]:
    """Yield the metrics of which a figure, micro or by type, is defined and not 1."""
    for name in system.metrics:
        scores = (each for each in system.scores if each.metric == name)
        micro = [each for each in scores if each.average == "micro" and each.gold]
        figures = (x for each in micro for x in (each.precision, each.recall, each.f1))
        if any(x is not None and abs(x - 1) > 1e-12 for x in figures):
            found = system.find(name)
            yield f"{name} {found.f1 if found else None}"


def write(path: Path, records: Sequence[Record]) -> None:
    path.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in records))


if __name__ == "__main__":
    main()
