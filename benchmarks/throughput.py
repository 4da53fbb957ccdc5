"""How fast files are validated and scored, beside a bare decode of the same files in the same run.

    python benchmarks/throughput.py -n 20000 200000 -o build/bench

Each task runs in a process of its own, so its peak memory is its own: bare decode (each line into
the record, nothing else), validate, and score with one metric and with all. Prints a table; MB are
those of the files that the task reads.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

TASKS = ("decode", "validate", "score entity/strict", "score all", "score all, 2 jobs")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--documents", type=int, nargs="+", default=[20_000])
    parser.add_argument("-o", "--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--task", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        print(json.dumps(measured(options.task, options.folder)))
        return
    print(f"{'documents':>9}  {'task':20}  {'MB':>6}  {'s':>7}  {'CPU s':>7}  {'MB/s':>6}  RSS MB")
    for number in options.documents:
        folder = options.folder / str(number)
        if not (folder / "predicted.jsonl").exists():
            # In a process of its own: what this one ever held would count as memory of the tasks.
            maker = [sys.executable, Path(__file__).with_name("generate.py"), "-n", str(number)]
            subprocess.run([*maker, "-o", folder], check=True)
        for task in TASKS:
            report(number, task, apart(task, folder))


def apart(task: str, folder: Path) -> dict[str, float]:
    """Run one task in a process of its own."""
    command = [sys.executable, __file__, "--task", task, "-o", str(folder)]
    found: dict[str, float] = json.loads(subprocess.check_output(command))
    return found


def report(number: int, task: str, found: dict[str, float]) -> None:
    speed = found["bytes"] / 1e6 / found["wall"]
    print(
        f"{number:9}  {task:20}  {found['bytes'] / 1e6:6.0f}  {found['wall']:7.2f}  "
        f"{found['cpu']:7.2f}  {speed:6.0f}  {found['memory']:6.0f}",
        flush=True,
    )


def measured(task: str, folder: Path) -> dict[str, float]:
    """Run one task here; return seconds, bytes read and peak memory in MB."""
    files = [folder / "gold.jsonl", folder / "predicted.jsonl"]
    start = time.perf_counter()
    run(task, files)
    wall = time.perf_counter() - start
    own, below = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "bytes": sum(file.stat().st_size for file in files),
        "wall": wall,
        "cpu": own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime,
        "memory": max(own.ru_maxrss, below.ru_maxrss) / 1024,
    }


def run(task: str, files: list[Path]) -> None:
    if task == "decode":
        decode(files)
    elif task == "validate":
        validate(files)
    else:
        jobs = 2 if task.endswith("2 jobs") else 1
        score(files, "default" if "all" in task else task.split()[1], jobs)


def decode(files: list[Path]) -> None:
    from glose.corpus import jsonl

    for file in files:
        with file.open("rb") as lines:
            for line in lines:
                jsonl.decode(line)


def validate(files: list[Path]) -> None:
    from glose.corpus.problems import Checks, Summary
    from glose.corpus.validation import problems

    for problem in problems(files, Checks(), Summary()):
        raise SystemExit(str(problem))


def score(files: list[Path], protocol: str, jobs: int) -> None:
    from glose.evaluate import scoring
    from glose.evaluate.plan import Options

    scoring.score(files[0], files[1:], options=Options(protocols=(protocol,), jobs=jobs))


if __name__ == "__main__":
    main()
