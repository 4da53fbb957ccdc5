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
    `tokens by glose` are those of documents that state none, counted by glose.corpus.tokens.
    """

    totals: Counts = field(default_factory=Counter)
    by: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counter))
    deepest: int = 0

    def plain(self) -> dict[str, object]:
        """Return the counts as `--json` writes them, most frequent first."""
        by = {name: dict(ranked(counts)) for name, counts in self.by.items() if counts}
        return {"totals": dict(self.totals) | {"deepest nesting": self.deepest}, "by": by}


def of(documents: Iterable[Document], splits: Mapping[str, str] | None = None) -> Statistics:
    """Return the counts of documents; `splits` gives the split of each id, where known."""
    found = Statistics()
    for document in documents:
        add(document, found)
        if splits:
            found.by["split"][splits.get(document.id, "none")] += 1
    return found


def of_path(path: Path) -> Iterator[tuple[str, Statistics]]:
    """Yield the name and the counts of a file, or of each file of a corpus folder."""
    paths = manifest.records(path) if path.is_dir() else [path]
    if not paths:
        raise GloseError(f"{path}: no *.jsonl in this folder; expected a corpus")
    for file in paths:
        found = of(jsonl.read(file), _splits(file.parent))
        if not found.totals["documents"]:
            raise GloseError(f"{file}: no record in it; expected one at least")
        yield str(file), found


def _splits(folder: Path) -> dict[str, str]:
    if not (folder / manifest.NAME).is_file():
        return {}
    splits = manifest.read(folder).splits
    return {name: split for split, ids in splits.items() for name in ids}


def add(document: Document, found: Statistics) -> None:
    """Count a document."""
    text = document.text or ""
    ours = 0 if document.tokens else len(tokenize(text))
    found.totals.update(
        {
            "documents": 1,
            "characters": len(text),
            "tokens": len(document.tokens) or ours,
            "tokens by glose": ours,
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
    found.totals["nested mentions"] += len(depths) - depths.count(0)
    for mention in mentions:
        found.totals["discontinuous mentions"] += bool(mention.fragments)
        found.totals["links"] += len(mention.links)
        found.by["level"][mention.level or "none"] += 1
        if mention.value is not None:
            found.totals["values"] += 1
            found.by["value kind"][mention.value.norm.partition(":")[0]] += 1


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
        found.by["event attribute"].update(_attributes(event))


def _attributes(event: Event) -> Iterator[str]:
    """Yield the attributes of an event, those with a field of their own and the others."""
    for name in FIELDS:
        if getattr(event, name) is not None:
            yield f"{name}={getattr(event, name)}"
    for attribute in event.attrs:
        yield f"{attribute.name}={attribute.value}"


def _arguments(document: Document, found: Statistics) -> None:
    events = {event.id for event in document.events}
    owners: Owners = (*document.relations, *document.events, *document.templates)
    for owner in owners:
        found.totals["arguments"] += len(owner.args)
        found.totals["events as arguments"] += sum(a.ref in events for a in owner.args)
        found.by["role"].update(argument.role for argument in owner.args)


def ranked(counts: Counts) -> list[tuple[str, int]]:
    """Return counts with their names, the most frequent first, then by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
