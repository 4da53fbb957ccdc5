"""The card of a dataset: README.md, with a top of YAML for the Hub, and the rest for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar

from glose.corpus.numbers import counted
from glose.corpus.publishing import layout, licences
from glose.corpus.publishing.agreement import Agreement
from glose.corpus.schema import Schema
from glose.corpus.statistics import Statistics, ranked

#: What a corpus may be called at the Hub for what is annotated in it: tasks, and tags.
TASKS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "mentions": (("token-classification",), ("named-entity-recognition",)),
    "chains": (("token-classification",), ("coreference-resolution",)),
    "relations": (("text-classification",), ("relation-extraction",)),
    "events": (("token-classification",), ("event-extraction",)),
    "labels": (("text-classification",), ()),
}
#: Identifiers of tasks that the Hub knows; the other ones are tags.
TASK_IDS = frozenset(("named-entity-recognition", "coreference-resolution"))
#: How many types of a kind the card lists.
TYPES = 60
_SIZES = ("1K", "10K", "100K", "1M", "10M", "100M", "1B")
_COUNTED = (
    "documents", "tokens", "mentions", "entities", "relations", "events", "templates", "labels",
)  # fmt: skip

T = TypeVar("T")
Counts: TypeAlias = Mapping[str, Mapping[str, Statistics]]

COLUMNS = """\
| column | what |
|---|---|
| `id`, `layer` | the name of the document; whose annotation it is |
| `language` | ISO 639 |
| `text`, `text_sha256` | the text; its SHA-256 in UTF-8 |
| `meta` | title, source, agency, author, url, date, place, rights (the licence) |
| `segments`, `tokens` | parts of the text with their offsets; pairs of offsets |
| `mentions` | spans with a type: `start`, `end`, `fragments` if in pieces, `text`, `head`, `level`, `value`, `links` |
| `entities` | mentions (their ids) of one thing |
| `relations` | `args` with a role each, `triggers`, `evidence` |
| `events` | `triggers`, `args`, `polarity`, `modality`, `tense`, `genericity` |
| `event_clusters`, `templates`, `labels` | events that are one happening; frames and classes of the document |
| `status` | `annotated` names the lists that were annotated: another one that is empty says nothing |
| `provenance`, `extra` | where the document comes from; what fits nowhere else |

Offsets count Unicode characters (code points) from 0, `end` is not included: `text[start:end]`.
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class Content:
    """What a card tells of. `counts` are of each split of each configuration, the first of which
    is loaded by default; `left` says what the folder leaves out, `near` what of near-duplicates.
    `folder` is where the files are now, `place` what the folder will be called. Without texts
    (`bare`) the licence is that of the annotation.
    """  # noqa: D205

    name: str
    folder: Path
    place: str
    counts: Counts
    rights: licences.Rights
    licence: str | None
    schema: Schema | None
    agreement: Agreement | None
    guidelines: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    near: str | None = None
    bare: bool = False

    @property
    def stated(self) -> list[str]:
        """The licences of the dataset: those of documents, and the one that is given."""
        own = [self.licence] if self.licence else []
        return own if self.bare else list(dict.fromkeys([*self.rights.stated, *own]))

    @property
    def documents(self) -> int:
        """How many documents there are, each once in however many layers."""
        return self.rights.sources.total()

    @property
    def languages(self) -> list[str]:
        """The languages, the most frequent first."""
        found: Counter[str] = Counter()
        for splits in self.counts.values():
            for one in splits.values():
                found.update(one.by["language"])
        return [name for name, _ in ranked(found) if name != "unknown"]

    def has(self, what: str) -> bool:
        """Whether something is annotated anywhere."""
        return any(one.totals[what] for splits in self.counts.values() for one in splits.values())


def written(content: Content) -> str:
    """Return the card."""
    parts = [_top(content), f"# {_plain(content.name)}\n", _intro(content), *_sections(content)]
    return "\n".join(parts)


def _top(content: Content) -> str:
    import yaml

    stated = {name: value for name, value in _front(content).items() if value}
    text = yaml.safe_dump(stated, allow_unicode=True, sort_keys=False, width=4096)
    return f"---\n{text}---\n"


def _front(content: Content) -> dict[str, object]:
    tasks = [TASKS[what] for what in TASKS if content.has(what)]
    kinds = list(dict.fromkeys(name for names, _ in tasks for name in names))
    names = [name for _, ids in tasks for name in ids]
    return {
        "pretty_name": " ".join(content.name.split()),
        **licences.on_the_hub(content.stated),
        "language": content.languages,
        "size_categories": [size(content.documents)],
        "task_categories": kinds,
        "task_ids": [name for name in names if name in TASK_IDS],
        "tags": [*(name for name in names if name not in TASK_IDS), "glose"],
        "configs": [
            layout.stated(content.folder, config, splits) | ({"default": True} if first else {})
            for first, (config, splits) in _marked(content.counts.items())
        ],
    }


def _marked(items: Iterable[T]) -> Iterator[tuple[bool, T]]:
    """Yield items, each with whether it is the first."""
    for number, item in enumerate(items):
        yield number == 0, item


def size(documents: int) -> str:
    """Return the category of size that the Hub has for so many documents.

    >>> size(60), size(1000), size(20_000)
    ('n<1K', '1K<n<10K', '10K<n<100K')
    """
    above = [name for power, name in enumerate(_SIZES, start=3) if documents >= 10**power]
    if not above:
        return "n<1K"
    if len(above) == len(_SIZES):
        return "n>1B"
    return f"{above[-1]}<n<{_SIZES[len(above)]}"


def _intro(content: Content) -> str:
    languages = ", ".join(content.languages) or "unknown"
    text = f"{counted(content.documents, 'document')}; language: {languages}.\n"
    return text + "".join(f"\n{line}\n" for line in content.left)


def _sections(content: Content) -> Iterator[str]:
    yield "## Contents\n\n" + _contents(content.counts)
    if content.near:
        yield f"{content.near}\n"
    yield "## Loading\n\n" + _loading(content)
    yield "## Columns\n\n" + COLUMNS
    types = "\n".join(_types(content))
    if types:
        yield "## Types\n\n" + types
    if annotation := _annotation(content):
        yield "## Annotation\n\n" + annotation
    yield "## Sources and licences\n\n" + _sources(content)


def _contents(counts: Counts) -> str:
    names = [
        name
        for name in _COUNTED
        if any(one.totals[name] for splits in counts.values() for one in splits.values())
    ]
    rows = [
        (f"`{config}`", f"`{split}`", *(f"{found.totals[name]:,}" for name in names))
        for config, splits in counts.items()
        for split, found in splits.items()
    ]
    return _table(("configuration", "split", *names), rows, numbers=2)


def _loading(content: Content) -> str:
    config, splits = next(iter(content.counts.items()))
    split = next(iter(splits))
    place = re.sub(r'["\\\n]', "_", content.place)
    return f"""```python
import datasets

dataset = datasets.load_dataset("{place}", "{config}", split="{split}")  # or its name at the Hub
for document in dataset:
    for mention in document["mentions"]:
        print(document["id"], mention["type"], mention["start"], mention["end"], mention["text"])
```

With glose, as the records that they are:

```python
from glose.corpus import arrow

documents = list(arrow.from_dataset(dataset))
```

`glose corpus convert {place} corpus.jsonl --option config={config}` writes them as JSONL, or in another format.
"""  # noqa: E501


def _types(content: Content) -> Iterator[str]:
    for kind, plural in _KINDS.items():
        counts: Counter[str] = Counter()
        for one in next(iter(content.counts.values())).values():
            counts.update(one.by[f"{kind} type"])
        if counts:
            told = getattr(content.schema, plural) if content.schema else {}
            rows = [
                (f"`{name}`", f"{number:,}", told[name].description if name in told else "")
                for name, number in ranked(counts)[:TYPES]
            ]
            heads = (f"{kind} type", "number", "what")
            yield _table(heads if told else heads[:2], [row[: 2 + bool(told)] for row in rows])
            if len(counts) > TYPES:
                yield f"and {len(counts) - TYPES:,} more.\n"


_KINDS = {
    "mention": "mentions",
    "entity": "entities",
    "relation": "relations",
    "event": "events",
    "template": "templates",
}


def _annotation(content: Content) -> str:
    lines = []
    if content.schema:
        found = content.schema
        lines.append(f"Schema `{found.name}` {found.version}: {found.description}")
        lines.append("Its types, roles and attributes are in `schema.toml`.\n")
    if content.guidelines:
        lines.append(f"Guidelines: {', '.join(map(_plain, content.guidelines))}.\n")
    if agreed := content.agreement:
        layers = " and ".join(f"`{name}`" for name in agreed.layers)
        lines.append(f"Agreement of {layers} on {counted(agreed.documents, 'document')}:\n")
        lines.append(_table(("items", "coefficient", "value", "interval"), list(agreed.rows())))
        lines.append(f"Computed by `glose evaluate agree`: `{agreed.signature}`\n")
    return "\n".join(lines)


def _sources(content: Content) -> str:
    given = None if content.bare else content.licence
    merged: Counter[tuple[str, str]] = Counter()
    for (source, rights), number in sorted(content.rights.sources.items()):
        merged[source or "none stated", rights or given or "none stated"] += number
    rows = [(source, rights, f"{number:,}") for (source, rights), number in merged.items()]
    table = _table(("source", "licence", "documents"), rows)
    if not content.bare:
        return table
    named = f"is under {_plain(content.licence)}" if content.licence else "names no licence"
    return f"The annotation {named}. The rights in the texts, which are not here:\n\n{table}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> str:
    """Return a table; columns from `numbers` on, if it is not 0, are set to the right."""
    marks = ["--:" if numbers and place >= numbers else "---" for place in range(len(heads))]
    lines = [heads, marks, *([_plain(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _plain(text: str) -> str:
    """Return text that stands in a table or line of Markdown as it is."""
    kept = " ".join(text.split()).replace("|", "\\|")
    return kept.replace("<", "&lt;") if "`" not in kept else kept
