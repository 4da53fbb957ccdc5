"""One task of glose in a process of its own, from files to figures.

    python -m benchmarks.ours TASK GOLD PREDICTED [--samples N] [--result FILE]

TASK is `decode` (each line into the record, nothing else), `bounds` (the same of ids and mentions'
types and bounds only), or protocols joined by `+`. Prints the CPU seconds until its modules were
imported, as JSON; FILE gets the scores, pickled.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import msgspec

#: What is left to do when all is imported.
Task: TypeAlias = Callable[[], object]


class Span(msgspec.Struct, gc=False):
    type: str
    start: int
    end: int


class Bare(msgspec.Struct, gc=False):
    id: str
    mentions: tuple[Span, ...] = ()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task")
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--result", type=Path)
    options = parser.parse_args()
    files = [options.gold, options.predicted]
    run = task(options.task, files, options.samples)
    imported = time.process_time()
    found = run()
    if options.result:
        options.result.write_bytes(pickle.dumps(found))
    print(json.dumps({"imported": imported}))


def task(name: str, files: list[Path], samples: int) -> Task:
    if name == "decode":
        from glose.corpus import jsonl

        return lambda: decoded(files, jsonl.decode)
    if name == "bounds":
        return lambda: decoded(files, msgspec.json.Decoder(Bare).decode)
    return scoring(name.split("+"), files, samples)


def decoded(files: list[Path], decode: Callable[[bytes], object]) -> None:
    for file in files:
        with file.open("rb") as lines:
            for line in lines:
                decode(line)


def scoring(protocols: list[str], files: list[Path], samples: int) -> Task:
    from glose.evaluate.intervals import Sampling
    from glose.evaluate.plan import Options
    from glose.evaluate.scoring import score

    options = Options(protocols=tuple(protocols), sampling=Sampling(samples))
    return lambda: score(files[0], files[1:], options=options).systems[0]


if __name__ == "__main__":
    main()
