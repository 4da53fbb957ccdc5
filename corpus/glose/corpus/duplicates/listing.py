"""Near-duplicates as JSON and as lines, with what they share and the splits that they lie in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from glose.corpus.document import Document
from glose.corpus.duplicates.groups import Finder, Group
from glose.corpus.duplicates.passages import Passage, longest
from glose.corpus.errors import GloseError
from glose.corpus.files import whole
from glose.corpus.numbers import counted

#: The file beside a corpus that lists its near-duplicates.
NAME = "duplicates.json"
#: How many code points of a passage are shown, of both its ends together.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Found:
    """The groups among so many documents; `share` is how much two had to have in common."""

    groups: Sequence[Group]
    documents: int
    share: float

    @property
    def copies(self) -> int:
        """How many documents are in a group."""
        return sum(len(group.documents) for group in self.groups)

    def plain(self) -> dict[str, object]:
        """Return what is found as JSON has it."""
        groups = [asdict(group) for group in self.groups]
        return {"share": self.share, "documents": self.documents, "groups": groups}


def names(documents: Iterable[Document]) -> dict[str, str]:
    """Return the name of the group of every document that is in one: its first id.

    Raises `GloseError` where no document has a text to compare.
    """
    finder = Finder()
    for document in documents:
        finder.add(document)
    if not finder.compared:
        raise GloseError("no document has a text, so near-duplicates cannot be found")
    return {id_: group.documents[0] for group in finder.groups() for id_ in group.documents}


def write(folder: Path, found: Found) -> None:
    """Write the list to a folder, or remove the one that is there if nothing was found."""
    if not found.groups:
        (folder / NAME).unlink(missing_ok=True)
        return
    with whole(folder / NAME) as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(found.plain()), indent=1) + b"\n")


class _Documents(msgspec.Struct):
    documents: tuple[str, ...]


class Listed(msgspec.Struct):
    """What is taken from a list that was written: the ids of each group."""

    groups: tuple[_Documents, ...]


class Listing:
    """What is found, with the passages that documents share and the split of each, if known."""

    def __init__(
        self, found: Found, documents: Iterable[Document], splits: Mapping[str, Sequence[str]]
    ) -> None:
        self.found = found
        self._splits = {id_: name for name, ids in splits.items() for id_ in ids}
        wanted = {id_ for group in found.groups for id_ in group.documents}
        self._texts = {one.id: one.text or "" for one in documents if one.id in wanted}

    @property
    def across(self) -> list[Group]:
        """The groups that lie in more than one split."""
        return [group for group in self.found.groups if len(self._of(group)) > 1]

    def plain(self) -> dict[str, object]:
        """Return what is found as JSON has it."""
        groups = [
            {
                "documents": group.documents,
                "splits": sorted(self._of(group)),
                "links": [
                    {**asdict(link), "shared": self._shared(link.shorter, link.longer)}
                    for link in group.links
                ],
            }
            for group in self.found.groups
        ]
        return {**self.found.plain(), "groups": groups}

    def lines(self) -> Iterator[str]:
        """Yield what a person wants to see, group by group."""
        for group in self.found.groups:
            names = [self._named(id_) for id_ in group.documents]
            yield f"{len(names)} documents: {', '.join(names)}"
            for link in group.links:
                yield (
                    f"  {link.shorter} in {link.longer}: {link.contained:.0%} of it,"
                    f" similarity {link.similarity:.2f}{self._quoted(link.shorter, link.longer)}"
                )

    def summary(self) -> str:
        """Return one line that counts what was found."""
        found = self.found
        documents = counted(found.documents, "document")
        text = (
            f"{found.copies:,} of {documents} in {counted(len(found.groups), 'group')}"
            if found.groups
            else f"{documents}, no near-duplicates"
        )
        if across := self.across:
            advice = "`glose corpus split --by near-duplicates` keeps them together"
            verb = "lies" if len(across) == 1 else "lie"
            text += f"; {len(across):,} of them {verb} across splits: {advice}"
        return text

    def _of(self, group: Group) -> set[str]:
        return {self._splits[id_] for id_ in group.documents if id_ in self._splits}

    def _named(self, id_: str) -> str:
        split = self._splits.get(id_)
        return f"{id_} ({split})" if split else id_

    def _passage(self, shorter: str, longer: str) -> Passage | None:
        return longest(self._texts[shorter], self._texts[longer])

    def _shared(self, shorter: str, longer: str) -> dict[str, object] | None:
        passage = self._passage(shorter, longer)
        if passage is None:
            return None
        return {"words": passage.words, "shorter": passage.first, "longer": passage.second}

    def _quoted(self, shorter: str, longer: str) -> str:
        passage = self._passage(shorter, longer)
        if passage is None:
            return ""
        start, end = passage.first
        text = " ".join(self._texts[shorter][start:end].split())
        if len(text) > SHOWN:
            text = f"{text[: SHOWN // 2].rstrip()} […] {text[-SHOWN // 2 :].lstrip()}"
        return f"; {passage.words:,} words in one run: {text}"
