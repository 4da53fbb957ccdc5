"""A small annotated corpus for the tests of extractors, made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from glose.corpus import jsonl
from glose.corpus.document import (
    Argument,
    Date,
    Document,
    Entity,
    Event,
    Mention,
    Meta,
    Segment,
    Status,
    Trigger,
    Value,
    fingerprint,
)

PLACES = ("Gao", "Hama", "Zarqa", "Sarmine", "Goma", "Kidal")
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")


def dispatch(number: int) -> Document:
    """Return a dispatch of one sentence with its gold: who bombed what, and when."""
    place, day = PLACES[number % 6], WEEKDAYS[number % 6]
    text = f"L'armée russe a bombardé {place} {day}."
    spans = [("armée russe", "ORG", "NOM"), ("russe", "GPE", "NAM"), (place, "GPE", "NAM")]
    mentions = [
        Mention(
            f"m{n}", type_, text.index(words), text.index(words) + len(words), (), words, (), level
        )
        for n, (words, type_, level) in enumerate(spans, start=1)
    ]
    start = text.index(day)
    value = Value(f"date:2031-WXX-{number % 6 + 1}")
    mentions.append(Mention("m4", "DATE", start, start + len(day), text=day, value=value))
    at = text.index("bombardé")
    event = Event(
        "v1", "ASSAULT", (Trigger(at, at + 8, text="bombardé"),),
        (Argument("Actor", "m1"), Argument("Date", "m4"), Argument("Recipient", "m3")),
        "Positive", "Actual", "Past", "Specific",
    )  # fmt: skip
    return Document(
        id=f"d{number}", layer="gold", language="fr", text=text, text_sha256=fingerprint(text),
        meta=Meta(date=Date(2031, 3)), segments=(Segment("g1", "sentence", 0, len(text)),),
        mentions=tuple(mentions), entities=(Entity("e1", "ORG", None, ("m1",)),), events=(event,),
        status=Status("done", ("mentions", "entities", "events")),
    )  # fmt: skip


@pytest.fixture
def gold() -> list[Document]:
    """Twelve annotated dispatches, sorted by id."""
    return sorted((dispatch(number) for number in range(12)), key=lambda one: one.id)


@pytest.fixture
def corpus(tmp_path: Path, gold: list[Document]) -> Path:
    """A JSONL file that holds the dispatches."""
    path = tmp_path / "gold.jsonl"
    jsonl.write(path, gold)
    return path
