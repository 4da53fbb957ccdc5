"""Near-duplicates by datasketch: groups of a file of records, as JSON.

    build/peers/bin/python benchmarks/sketching.py FILE

To be run by a Python that has datasketch, and need not have glose.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from datasketch import MinHash, MinHashLSH

WORD = re.compile(r"[^\W_]+")
LENGTH, VALUES, SIMILARITY = 5, 128, 0.5


def main(path: Path) -> None:
    index = MinHashLSH(threshold=SIMILARITY, num_perm=VALUES)
    signatures = {}
    with path.open() as lines:
        for line in lines:
            record = json.loads(line)
            signatures[record["id"]] = signature = signed(record["text"])
            index.insert(record["id"], signature)
    above = {name: name for name in signatures}
    for name, signature in signatures.items():
        for other in index.query(signature):
            above[top(above, other)] = top(above, name)
    groups: dict[str, list[str]] = {}
    for name in signatures:
        groups.setdefault(top(above, name), []).append(name)
    plain = [{"documents": group} for group in groups.values() if len(group) > 1]
    print(json.dumps({"groups": plain}))


def signed(text: str) -> MinHash:
    words = WORD.findall(text.casefold())
    runs = {" ".join(words[at : at + LENGTH]) for at in range(max(1, len(words) - LENGTH + 1))}
    signature = MinHash(num_perm=VALUES)
    signature.update_batch([run.encode() for run in runs])
    return signature


def top(above: dict[str, str], name: str) -> str:
    while above[name] != name:
        above[name] = above[above[name]]
        name = above[name]
    return name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
