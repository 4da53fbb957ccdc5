"""Our figures of nested events beside those of a2-evaluate.pl (BioNLP-ST 2013 GE).

The corpora have neither classes of the task nor proteins, so the tool was given them in its own
terms: the spans of gold's entities as proteins of both sides, the ten event types in alphabetical
order as its classes (the last two as Binding), and as themes the arguments that stand where a
protein does, in the order of the proteins: all of them for Binding, else the first. Events without
a theme are left out. Each event has a trigger of its own. (Found out by its counts: all of both
seeds agree with this view, and with no other that was tried.)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.evaluate.parity.compared import Compared, Printed, Programs, refuse_difference
from tests.evaluate.parity.records import SEEDS, Record, Small, expected, small

from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.results import System
from glose.evaluate.scoring import score

CLASSES = {
    "Business_Merge": "Gene_expression", "Conflict_Attack": "Transcription",
    "Conflict_Demonstrate": "Protein_catabolism", "Contact_Broadcast": "Localization",
    "Contact_Meet": "Phosphorylation", "Justice_Arrest": "Ubiquitination",
    "Justice_Trial": "Acetylation", "Life_Die": "Deacetylation", "Life_Injure": "Binding",
    "Movement_Transport": "Binding",
}  # fmt: skip
TOOL = "BioNLP-ST GE a2-evaluate.pl"
CELLS = ("gold", "gold matched", "answer", "answer matched", "R", "P", "F")
MODES = {
    "bionlp/strict": "strict",
    "bionlp/span": "approx_span",
    "bionlp/span-recursive": "approx_span_recursive",
}


def span(item: Small) -> tuple[int, int]:
    return item["start"], item["end"]


def record(gold: Small, document: Small) -> Record:
    """Return a document in the terms of the task; proteins are the spans of gold's entities."""
    proteins = {
        place: f"T{n}" for n, place in enumerate(dict.fromkeys(map(span, gold["entities"])))
    }
    places = {each["id"]: span(each) for each in document["entities"]}
    events = []
    for each in document["events"]:
        name = CLASSES[each["type"]]
        there = {places[a["entity"]] for a in each["args"]} & proteins.keys()
        themes = [ident for place, ident in proteins.items() if place in there]
        if themes:
            events.append(
                {
                    "id": each["id"], "type": name,
                    "triggers": [{"start": each["start"], "end": each["end"]}],
                    "args": [
                        {"role": f"Theme{n}" if n > 1 else "Theme", "ref": theme}
                        for n, theme in enumerate(themes[: None if name == "Binding" else 1], 1)
                    ],
                }
            )  # fmt: skip
    return {
        "id": document["id"],
        "text": document["text"],
        "mentions": [
            {"id": ident, "type": "Protein", "start": start, "end": end}
            for (start, end), ident in proteins.items()
        ],
        "events": events,
    }


@pytest.fixture(scope="module")
def systems(tmp_path_factory: pytest.TempPathFactory) -> dict[str, System]:
    return {seed: scored(seed, tmp_path_factory.mktemp(seed)) for seed in SEEDS}


def scored(seed: str, folder: Path) -> System:
    """Return the scores of a corpus in the terms of the task."""
    files = [folder / "gold.jsonl", folder / "pred.jsonl"]
    for file in files:
        write(file, seed)
    options = Options(protocols=("bionlp",), sampling=Sampling(0))
    return score(files[0], [files[1]], options=options).systems[0]


def write(file: Path, seed: str) -> None:
    pairs = zip(small(seed, "gold"), small(seed, file.stem), strict=True)
    file.write_text("".join(json.dumps(record(*pair)) + "\n" for pair in pairs), encoding="utf-8")


def row(system: System, metric: str, name: str) -> list[float]:
    """Return gold, gold matched, answer, answer matched, R, P and F, as the tool prints them.

    It prints zeros for a class that does not occur, which has no row here.
    """
    found = system.find(metric, "micro", None if name == "ALL-TOTAL" else name)
    if found is None:
        return [0.0] * 7
    counts: list[Any] = [
        found.gold, found.correct_recall, found.predicted, found.correct_precision,
    ]  # fmt: skip
    shares = [found.recall, found.precision, found.f1]
    return [*counts, *(round(100 * (share or 0.0), 2) for share in shares)]


def rows(system: System, theirs: Printed) -> Iterator[Compared]:
    for metric, mode in MODES.items():
        for name, wanted in theirs[mode].items():
            cells = zip(CELLS, row(system, metric, name), wanted, strict=True)
            for cell, ours, figure in cells:
                yield Compared(f"{mode} {name} {cell}", ours, figure)


COMPARED: Programs = {TOOL: ("bionlp", rows)}


def test_figures(systems: dict[str, System], seed: str) -> None:
    assert set(MODES.values()) == expected(seed)[TOOL].keys()
    refuse_difference(rows(systems[seed], expected(seed)[TOOL]))


def test_recursive_matching_alone_changes_nothing_where_no_event_is_in_another(
    systems: dict[str, System], seed: str
) -> None:
    theirs = expected(seed)[TOOL]["strict"]
    assert {name: row(systems[seed], "bionlp/recursive", name) for name in theirs} == theirs
