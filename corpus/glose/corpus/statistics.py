"""What a corpus holds, counted: documents, annotations of each kind and type, chains, splits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from glose.corpus import jsonl, manifest
from glose.corpus.document import Document, Event, Mention, Relation, Template
from glose.corpus.errors import GloseError
from glose.corpus.tokens import tokenize

Counts: TypeAlias = Counter[str]
Owners: TypeAlias = tuple[Relation | Event | Template, ...]

FIELDS = ("polarity", "modality", "tense", "genericity")


@dataclass(slots=True)
class Statistics:
    """Counts over documents: totals by name, and how they fall out by type, role and the like.

    `deepest` mentions lie in so many others; a `chain` is an entity of two or more mentions.
    """

    totals: Counts = field(default_factory=Counter)
    by: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counter))
    deepest: int = 0

    def plain(self) -> dict[str, object]:
        """Return the counts as `--json` writes them, most frequent first."""
        by = {name: dict(_ranked(counts)) for name, counts in self.by.items() if counts}
        return {"totals": dict(self.totals) | {"deepest nesting": self.deepest}, "by": by}


def of(documents: Iterable[Document], splits: Mapping[str, str] | None = None) -> Statistics:
    """Return the counts of documents; `splits` gives the split of each id, where known."""
    found = Statistics()
    for document in documents:
        _document(document, found)
        if splits:
            found.by["split"][splits.get(document.id, "none")] += 1
    return found


def of_path(path: Path) -> Iterator[tuple[str, Statistics]]:
    """Yield the name and the counts of a file, or of each file of a corpus folder."""
    paths = manifest.records(path) if path.is_dir() else [path]
    if not paths:
        raise GloseError(f"{path}: no *.jsonl in this folder; expected a corpus")
    for file in paths:
        yield str(file), of(jsonl.read(file), _splits(file.parent))


def _splits(folder: Path) -> dict[str, str]:
    if not (folder / manifest.NAME).is_file():
        return {}
    splits = manifest.read(folder).splits
    return {name: split for split, ids in splits.items() for name in ids}


def _document(document: Document, found: Statistics) -> None:
    text = document.text or ""
    found.totals.update(
        {
            "documents": 1,
            "characters": len(text),
            "tokens": len(document.tokens) if document.tokens else len(tokenize(text)),
        }
    )
    found.by["layer"][document.layer] += 1
    found.by["language"][document.language or "unknown"] += 1
    found.by["annotated"].update(document.status.annotated)
    _types("segment", document.segments, found)
    _mentions(document.mentions, found)
    _entities(document, found)
    _types("relation", document.relations, found)
    _events(document.events, found)
    _types("template", document.templates, found)
    found.totals["event clusters"] += len(document.event_clusters)
    found.totals["labels"] += len(document.labels)
    found.by["label"].update(f"{label.scheme}={label.value}" for label in document.labels)
    _arguments(document, found)


def _types(name: str, items: Sequence[object], found: Statistics) -> None:
    plural = "entities" if name == "entity" else f"{name}s"
    found.totals[plural] += len(items)
    found.by[f"{name} type"].update(getattr(item, "type", "") for item in items)


def _mentions(mentions: tuple[Mention, ...], found: Statistics) -> None:
    _types("mention", mentions, found)
    depths = list(_depths(mentions))
    found.deepest = max([found.deepest, *depths])
    values = [mention.value for mention in mentions if mention.value is not None]
    found.totals.update(
        {
            "nested mentions": sum(depth > 0 for depth in depths),
            "discontinuous mentions": sum(bool(mention.fragments) for mention in mentions),
            "values": len(values),
            "links": sum(len(mention.links) for mention in mentions),
        }
    )
    found.by["level"].update(mention.level or "none" for mention in mentions)
    found.by["value kind"].update(value.norm.partition(":")[0] for value in values)


def _depths(mentions: Iterable[Mention]) -> Iterator[int]:
    """Yield in how many other mentions each lies; equal spans lie in each other once."""
    around: list[int] = []
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        around = [end for end in around if end > mention.start]
        yield sum(end >= mention.end for end in around)
        around.append(mention.end)


def _entities(document: Document, found: Statistics) -> None:
    _types("entity", document.entities, found)
    sizes = [len(entity.mentions) for entity in document.entities]
    found.totals.update(
        {
            "chains": sum(size > 1 for size in sizes),
            "singletons": sum(size == 1 for size in sizes),
            "mentions in entities": sum(sizes),
        }
    )


def _events(events: tuple[Event, ...], found: Statistics) -> None:
    _types("event", events, found)
    triggers = [trigger for event in events for trigger in event.triggers]
    found.totals.update(
        {
            "triggers": len(triggers),
            "discontinuous triggers": sum(bool(trigger.fragments) for trigger in triggers),
            "events without trigger": sum(not event.triggers for event in events),
        }
    )
    for event in events:
        values = [(name, getattr(event, name)) for name in FIELDS]
        values += [(attribute.name, attribute.value) for attribute in event.attrs]
        pairs = (f"{name}={value}" for name, value in values if value is not None)
        found.by["event attribute"].update(pairs)


def _arguments(document: Document, found: Statistics) -> None:
    events = {event.id for event in document.events}
    owners: Owners = (*document.relations, *document.events, *document.templates)
    for owner in owners:
        found.totals["arguments"] += len(owner.args)
        found.totals["events as arguments"] += sum(a.ref in events for a in owner.args)
        found.by["role"].update(argument.role for argument in owner.args)


def _ranked(counts: Counts) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def table(columns: Sequence[tuple[str, Statistics]]) -> Iterator[str]:
    """Yield the lines of a table: a row for each count, a column for each file."""
    totals = [
        (name, found.totals | Counter({"deepest nesting": found.deepest}))
        for name, found in columns
    ]
    rows = [row for row in _rows([counts for _, counts in totals]) if any(row[1])]
    sections = {"": rows}
    for section in dict.fromkeys(name for _, found in columns for name in found.by):
        counted = [found.by.get(section, Counter()) for _, found in columns]
        ranked = dict(_ranked(sum(counted, Counter())))
        sections[section] = [(name, [counts[name] for counts in counted]) for name in ranked]
    width = max((len(name) + 2 for rows in sections.values() for name, _ in rows), default=0)
    heads = [Path(name).name for name, _ in columns]
    widths = [max(len(head), 11) for head in heads]
    yield _line("", heads, width, widths)
    for section, rows in sections.items():
        if rows and section:
            yield ""
            yield section
        for name, numbers in rows:
            label = f"  {name}" if section else name
            yield _line(label, [f"{number:,}" for number in numbers], width, widths)


def _rows(counted: Sequence[Counts]) -> Iterator[tuple[str, list[int]]]:
    for name in dict.fromkeys(name for counts in counted for name in counts):
        yield name, [counts[name] for counts in counted]


def _line(label: str, cells: Sequence[str], width: int, widths: Sequence[int]) -> str:
    padded = (cell.rjust(size) for cell, size in zip(cells, widths, strict=True))
    return f"{label:<{width}}  {'  '.join(padded)}".rstrip()
