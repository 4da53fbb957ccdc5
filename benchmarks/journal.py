"""How fast the store takes operations: many writers at once, and one on a long document.

    python benchmarks/journal.py                       # SQLite, in a temporary folder
    python benchmarks/journal.py postgresql://…        # PostgreSQL, an empty database

`group`: threads that each mark one mention after the other, each in a document of its own, and
wait for the answer (on the disk). `alone`: one writer on a document that has so many mentions.
CPU is that of this process, clients and all; that of a PostgreSQL server is not in it.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from glose.annotate.store.answers import Accepted
from glose.annotate.store.importing import import_records
from glose.annotate.store.operations import Change, Operation
from glose.annotate.store.project import Project
from glose.corpus import schema
from glose.corpus.document import Document, Entity, Mention, Status, fingerprint

WORD = "Kibumba "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", nargs="?")
    parser.add_argument("-c", "--clients", type=int, default=20)
    parser.add_argument("-s", "--seconds", type=float, default=10)
    parser.add_argument("-m", "--mentions", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = options.address or str(Path(folder) / "project.glose")
        with Project.create(where, "bench", schema.content("plover")) as project:
            together(project, options.clients, options.seconds)
            for mentions in (options.mentions // 100, options.mentions):
                alone(project, mentions, 200)


def together(project: Project, clients: int, seconds: float) -> None:
    project.layer("ana", user="ana")
    empty = [document(f"group-{number}", 2_000, 0) for number in range(clients)]
    import_records(project, empty, None, None, "ana")
    times: list[float] = []
    cpu, end = time.process_time(), time.perf_counter() + seconds
    threads = [threading.Thread(target=mark, args=(project, one, 0, times, end)) for one in empty]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report(f"group, {clients} clients", times, seconds, time.process_time() - cpu)


def alone(project: Project, mentions: int, operations: int) -> None:
    name = f"long-{mentions}"
    import_records(project, [document(name, mentions + operations, mentions)], "ana", None, "ana")
    one = project.snapshot(name, "ana").document
    mark(project, one, 1, [], time.perf_counter(), 1)
    times: list[float] = []
    cpu, start = time.process_time(), time.perf_counter()
    mark(project, one, 2, times, start + 60, operations)
    wall = time.perf_counter() - start
    report(f"alone, {mentions} mentions", times, wall, time.process_time() - cpu)


def mark(
    project: Project, one: Document, base: int, times: list[float], end: float, most: int = 10**9
) -> None:
    """Mark one mention after the other until the time is over, and wait for each."""
    for operation in operations(one, base, most):
        start = time.perf_counter()
        answer = project.submit(one.id, "ana", "ana", operation).result()
        times.append(time.perf_counter() - start)
        assert isinstance(answer, Accepted), answer
        if time.perf_counter() > end:
            return


def operations(one: Document, base: int, most: int) -> Iterator[Operation]:
    words = len(one.text or "") // len(WORD)
    for number in range(most):
        made = mention(f"n{base + number}", (base + number) % words)
        change = Change("mentions", made.id, None, made)
        yield Operation(id=str(uuid4()), base=base + number, verb="mark", changes=(change,))


def mention(name: str, word: int) -> Mention:
    start = word * len(WORD)
    return Mention(name, "LOC", start, start + len(WORD) - 1, (), WORD.strip(), (), "NAM")


def document(name: str, words: int, mentions: int) -> Document:
    text = WORD * words
    found = tuple(mention(f"m{number}", number) for number in range(mentions))
    chains = tuple(
        Entity(f"e{start}", "LOC", None, tuple(one.id for one in found[start : start + 50]))
        for start in range(0, mentions, 50)
    )
    return Document(
        id=name, layer="ana", text=text, text_sha256=fingerprint(text), mentions=found,
        entities=chains, status=Status("done", ("mentions",)) if mentions else Status(),
    )  # fmt: skip


def report(what: str, times: list[float], seconds: float, cpu: float) -> None:
    times.sort()
    p50, p95, p99 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.95, 0.99))
    print(
        f"{what:24}  {len(times) / seconds:7.0f}/s  p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  "
        f"p99 {p99:6.1f} ms  max {times[-1] * 1000:6.1f} ms  "
        f"CPU {cpu / len(times) * 1000:5.2f} ms each",
        flush=True,
    )


if __name__ == "__main__":
    main()
