"""What a build made, for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

import msgspec

from glose.corpus.building.rejections import Rejection
from glose.corpus.numbers import counted

#: How many keys or dates a line names.
SHOWN = 10


@dataclass(slots=True)
class Summary:
    """Counts by language and layer, ids of documents with equal or near texts, what was rejected.

    `left` counts what is no document or no text by its kind, such as attachments, by name.
    `moved` has the files of an earlier build that do not fit this one, with their new names,
    `unknown_keys` how many headers have each key that is not known, and `unknown_dates` by id what
    documents state as a date and is none.
    """

    folder: str
    documents: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    duplicates: list[list[str]] = field(default_factory=list)
    near_duplicates: list[list[str]] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)
    layers: dict[str, int] = field(default_factory=dict)
    splits: dict[str, int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    unknown_keys: dict[str, int] = field(default_factory=dict)
    unknown_dates: dict[str, str] = field(default_factory=dict)

    def json(self) -> str:
        """Return the summary as one line of JSON."""
        return msgspec.json.encode(asdict(self)).decode()

    def lines(self) -> Iterator[str]:
        """Yield what a person wants to know at the end, line by line."""
        yield from self._headers()
        if self.left:
            names = [f"{name} ({count})" for name, count in self.left.items()]
            yield f"left out, being no text: {_few(names)}"
        for ids in self.duplicates[:10]:
            yield f"same text: {' '.join(ids)}"
        if self.duplicates:
            copies = sum(len(ids) - 1 for ids in self.duplicates)
            verb, past = ("has", "it was") if copies == 1 else ("have", "they were")
            what = f"{verb} the text of another one; {past} kept"
            yield f"{counted(copies, 'document')} {what}"
        yield from self._near()
        for name, new in self.moved.items():
            yield f"{self.folder}/{name} does not fit the texts built now; it is called {new} now"
        for name, count in self.layers.items():
            yield f"{counted(count, 'document')} of layer {name} -> {self.folder}/{name}.jsonl"
        languages = _listed(self.languages)
        made = counted(self.documents, "document")
        yield f"{made} ({languages}) -> {self.folder}/documents.jsonl"
        if self.splits:
            yield f"splits: {_listed(self.splits)}"

    def _near(self) -> Iterator[str]:
        if self.near_duplicates:
            documents = f"{sum(map(len, self.near_duplicates)):,}"
            groups = counted(len(self.near_duplicates), "group")
            yield (
                f"{documents} near-duplicates in {groups} -> {self.folder}/duplicates.json; they"
                f" were kept, and `glose corpus split {self.folder} --by near-duplicates` keeps"
                " them together"
            )

    def _headers(self) -> Iterator[str]:
        if self.unknown_keys:
            counts = sorted(self.unknown_keys.items(), key=lambda item: (-item[1], item[0]))
            names = [f"{name} ({counted(count, 'document')})" for name, count in counts]
            what = f"header keys not known: {_few(names)}; they went to extra"
            yield f"{what}; docs/build.md says how to map them"
        if self.unknown_dates:
            wrong = [f"{date} ({id_})" for id_, date in sorted(self.unknown_dates.items())]
            verb = "was" if len(wrong) == 1 else "were"
            what = f"{counted(len(wrong), 'date')} {verb} not understood: {_few(wrong)}"
            yield f"{what}; extra has them as written"


def _few(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
