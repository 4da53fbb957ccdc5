"""The generated documents of parity tests as records of `doc/1`.

Three views: `entities` has every list; `flat` keeps, of mentions that overlap, the one with most
tokens, as every tool that reads tag sequences was given it; `temporal` has times and events with
their links. Tokens and sentences are those of the generator (words between blanks).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

Small: TypeAlias = dict[str, Any]
Record: TypeAlias = dict[str, Any]
View: TypeAlias = Literal["entities", "flat", "temporal"]

HERE = Path(__file__).parent
SEEDS = ("seed1", "seed2")
EDGES = tuple(sorted(path.name for path in (HERE / "edge").iterdir() if path.is_dir()))
ANNOTATED = (
    "mentions", "entities", "relations", "events", "event_clusters", "templates", "labels",
)  # fmt: skip


@cache
def expected(corpus: str) -> Mapping[str, Any]:
    """Return what each reference tool printed for `seed1` or for `edge/crossing`, by tool."""
    if corpus.startswith("edge/"):
        entries = json.loads((HERE / "edge" / "expected.json").read_bytes())
        found: Mapping[str, Any] = entries[corpus.removeprefix("edge/")]
        return found
    entries = json.loads((HERE / corpus / "expected.json").read_bytes())
    return {entry["tool"]: entry["scores"] for entry in entries}


def small(corpus: str, side: str) -> list[Small]:
    """Return the generated documents of one side: `gold`, `pred` or `ann3`."""
    lines = (HERE / corpus / f"{side}.jsonl").read_bytes().splitlines()
    return [json.loads(line) for line in lines]


def save(corpus: str, side: str, folder: Path, view: View = "entities") -> Path:
    """Write one side of a corpus as records, sorted by id, and return the file."""
    path = folder / f"{corpus.replace('/', '-')}-{side}-{view}.jsonl"
    records = sorted((record(each, view) for each in small(corpus, side)), key=lambda r: r["id"])
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return path


def record(document: Small, view: View = "entities") -> Record:
    """Return a generated document as a record."""
    items = {"entities": document["entities"], "flat": longest(document), "temporal": []}[view]
    mentions = [_mention(document, each) for each in items]
    if view == "temporal":
        mentions = [_time(document, each) for each in document["timexes"]]
    known = {each["id"]: each["type"] for each in mentions}
    events = [_event(document, each, known) for each in document["events"]]
    relations = list(_relations(document, view, {*known, *(each["id"] for each in events)}))
    fillers, frames = ([], []) if view == "temporal" else _templates(document)
    mentions.sort(key=lambda m: (m["start"], -m["end"], m["type"], m["id"]))
    return {
        "schema": "doc/1",
        "id": document["id"],
        "text": document["text"],
        "text_sha256": hashlib.sha256(document["text"].encode()).hexdigest(),
        "segments": _sentences(document),
        "tokens": _words(document["text"]),
        "mentions": mentions,
        "entities": [*_entities(document, known), *fillers],
        "relations": relations,
        "events": events,
        "event_clusters": [
            {"id": f"H{number}", "events": ids, "attrs": []}
            for number, ids in enumerate(document["event_clusters"])
        ],
        "templates": frames,
        "labels": _labels(document),
        "status": {"state": "done", "annotated": list(ANNOTATED), "guideline": None},
    }


def longest(document: Small) -> list[Small]:
    """Return, of entities that overlap, the one with most tokens; of equals the first."""
    text, kept = document["text"], list[Small]()

    def rank(pair: tuple[int, Small]) -> tuple[int, int, str, int]:
        number, each = pair
        tokens = text.count(" ", each["start"], each["end"]) + 1
        return -tokens, each["start"], each["type"], number

    for _, each in sorted(enumerate(document["entities"]), key=rank):
        if all(each["end"] <= k["start"] or k["end"] <= each["start"] for k in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each["start"])


def _words(text: str) -> list[list[int]]:
    bounds, at = [], 0
    for word in text.split(" "):
        bounds.append([at, at + len(word)])
        at += len(word) + 1
    return bounds


def _sentences(document: Small) -> list[Record]:
    words = _words(document["text"])
    return [
        {
            "id": f"s{number}", "type": "sentence",
            "start": words[first][0], "end": words[last - 1][1],
        }
        for number, (first, last) in enumerate(document["sents"])
    ]  # fmt: skip


def _span(document: Small, item: Small) -> Record:
    fragments = item.get("frags", [])
    pieces = fragments or [[item["start"], item["end"]]]
    return {
        "start": item["start"],
        "end": item["end"],
        "fragments": fragments if len(fragments) > 1 else [],
        "text": " ".join(document["text"][start:end] for start, end in pieces),
    }


def _head(document: Small, item: Small) -> list[int]:
    """Return the word of a span whose own head lies outside of it, as bounds."""
    words, heads = _words(document["text"]), document["heads"]
    inside = [n for n, (a, b) in enumerate(words) if item["start"] <= a and b <= item["end"]]
    tops = (n for n in inside if heads[n] not in inside or heads[n] == n)
    return next((words[n] for n in tops), [])


def _mention(document: Small, item: Small) -> Record:
    kb = "wikidata" if item["kb"].startswith("Q") else "NIL"
    return {
        "id": item["id"], "type": item["type"], **_span(document, item),
        "head": _head(document, item), "links": [{"kb": kb, "id": item["kb"], "score": None}],
    }  # fmt: skip


def _time(document: Small, item: Small) -> Record:
    norm = f"{item['type'].lower()}:{item['value']}"
    return {
        "id": item["id"], "type": f"TIMEX3.{item['type']}", **_span(document, item),
        "value": {"norm": norm, "mod": None, "unit": None, "anchor": None},
    }  # fmt: skip


def _event(document: Small, item: Small, known: Mapping[str, str]) -> Record:
    trigger = {**_span(document, item), "head": _head(document, item)}
    args = [_argument(each["role"], each["entity"]) for each in item["args"]]
    return {
        "id": item["id"], "type": item["type"].replace("_", "."), "triggers": [trigger],
        "args": [each for each in args if each["ref"] in known], "modality": item["realis"],
    }  # fmt: skip


def _argument(role: str, ref: str) -> Record:
    return {"role": role, "ref": ref, "value": None, "attrs": []}


def _relations(document: Small, view: View, known: set[str]) -> Iterator[Record]:
    kinds: tuple[tuple[str, Sequence[Small], tuple[str, str, str]], ...] = (
        ("R", document["relations"], ("type", "head", "tail")),
        ("K", document["event_links"], ("type", "head", "tail")),
    )
    if view == "temporal":
        kinds = (("L", document["tlinks"], ("rel", "source", "target")),)
    for prefix, items, (type_, source, target) in kinds:
        for number, each in enumerate(items):
            if each[source] in known and each[target] in known:
                args = [_argument("source", each[source]), _argument("target", each[target])]
                yield {"id": f"{prefix}{number}", "type": each[type_], "args": args}


def _entities(document: Small, known: Mapping[str, str]) -> Iterator[Record]:
    seen: set[str] = set()
    for number, ids in enumerate(document["clusters"]):
        own = [each for each in ids if each in known and each not in seen]
        seen.update(own)
        if own:
            yield {"id": f"N{number}", "type": known[own[0]], "mentions": own}


def _templates(document: Small) -> tuple[list[Record], list[Record]]:
    entities: list[Record] = []
    frames: list[Record] = []
    for number, each in enumerate(document["templates"]):
        args = []
        for role, fillers in each["slots"].items():
            for place, names in enumerate(fillers):
                name = f"P{number}.{role}.{place}"
                attrs = [{"name": "alias", "value": alias} for alias in names]
                entities.append({"id": name, "type": role, "name": names[0], "attrs": attrs})
                args.append(_argument(role, name))
        frames.append({"id": f"F{number}", "type": each["type"], "args": args})
    return entities, frames


def _labels(document: Small) -> list[Record]:
    values = [("topic", document["label"]), *(("topics", each) for each in document["labels"])]
    return [{"scheme": scheme, "value": value} for scheme, value in values]
