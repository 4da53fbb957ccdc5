"""What a build made, for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

import msgspec

from glose.corpus.building.rejections import Rejection


@dataclass(slots=True)
class Summary:
    """Counts by language and layer, ids of documents with equal texts, what was rejected.

    `moved` has the files of an earlier build that do not fit this one, with their new names.
    """

    folder: str
    documents: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    duplicates: list[list[str]] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)
    layers: dict[str, int] = field(default_factory=dict)
    splits: dict[str, int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    def json(self) -> str:
        """Return the summary as one line of JSON."""
        return msgspec.json.encode(asdict(self)).decode()

    def lines(self) -> Iterator[str]:
        """Yield what a person wants to know at the end, line by line."""
        for ids in self.duplicates[:10]:
            yield f"same text: {' '.join(ids)}"
        if self.duplicates:
            copies = sum(len(ids) - 1 for ids in self.duplicates)
            yield f"{copies} documents have the text of another one; they were kept"
        for name, new in self.moved.items():
            yield f"{self.folder}/{name} does not fit the texts built now; it is called {new} now"
        for name, count in self.layers.items():
            yield f"{count} documents of layer {name} -> {self.folder}/{name}.jsonl"
        languages = _listed(self.languages)
        yield f"{self.documents} documents ({languages}) -> {self.folder}/documents.jsonl"
        if self.splits:
            yield f"splits: {_listed(self.splits)}"


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
