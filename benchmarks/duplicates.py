"""Near-duplicates: glose beside datasketch on generated dispatches whose copies are known.

    python -m benchmarks.duplicates -n 20000 -o build/duplicates

datasketch does what text-dedup does with it: MinHash of 128 values over the same runs of five
words, locality-sensitive hashing at a similarity of 0.5, groups of what hangs together. Each is
a process of its own, from the file to the groups. Found are copies that are in the group of the
first dispatch of their story; wrong are groups in which there is more than one story.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.programs import MissingError, install, python
from tests.corpus.duplicates.stories import KINDS, Story, corpus

from glose.corpus import jsonl

HERE = Path(__file__).parent
PEER = "datasketch==2.0.0"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--documents", type=int, default=20_000)
    parser.add_argument("-o", "--folder", type=Path, default=Path("build/duplicates"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    # Copied stories make half as many documents again.
    stories = corpus(options.documents * 2 // 3, options.seed)[: options.documents]
    file = options.folder / "documents.jsonl"
    jsonl.write(file, (story.document for story in stories), check=False)
    print(f"{len(stories):,} documents, {file.stat().st_size / 1e6:.0f} MB")
    print(f"{'':12}{'CPU s':>8}{'s':>8}{'MB':>8}  wrong  found of " + ", ".join(KINDS))
    for name, command in commands(file).items():
        print(f"{name:12}" + line(command, options.folder / f"{name}.json", stories))


def commands(file: Path) -> dict[str, list[str]]:
    """Return the command of each program."""
    ours = [str(Path(sys.executable).with_name("glose")), "corpus", "duplicates", str(file)]
    found = {"glose": [*ours, "--json"]}
    try:
        install((PEER,))
    except MissingError as missing:
        print(f"datasketch is not measured: {missing}")
    else:
        found["datasketch"] = [python(), str(HERE / "sketching.py"), str(file)]
    return found


def line(command: Sequence[str], output: Path, stories: Sequence[Story]) -> str:
    """Return what a command took, and how well it did."""
    measuring = [sys.executable, "-S", "-E", str(HERE / "measuring.py"), str(output)]
    taken = json.loads(subprocess.check_output([*measuring, *command]))
    groups = [group["documents"] for group in json.loads(output.read_bytes())["groups"]]
    numbers = {story.document.id: story.number for story in stories}
    wrong = sum(len({numbers[id_] for id_ in group}) > 1 for group in groups)
    shares = ", ".join(f"{share:.1%}" for share in found(groups, stories))
    return f"{taken['cpu']:8.1f}{taken['wall']:8.1f}{taken['memory']:8.0f}{wrong:7}  {shares}"


def found(groups: Sequence[Sequence[str]], stories: Sequence[Story]) -> list[float]:
    """Return the share of the copies of each kind that are with the first of their story."""
    home = {id_: number for number, group in enumerate(groups) for id_ in group}
    first = {s.number: home.get(s.document.id) for s in stories if s.kind == "first"}
    every = Counter(story.kind for story in stories)
    right = Counter(
        story.kind
        for story in stories
        if story.document.id in home and home[story.document.id] == first.get(story.number)
    )
    return [right[kind] / max(every[kind], 1) for kind in KINDS]


if __name__ == "__main__":
    main()
