"""Layers of the same documents, read side by side; none of them is gold.

All that would make a figure wrong without a sign is refused, as in scoring: another text, a span
that does not cover its text, a list that was not annotated, a document that a layer lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import IO, Literal, TypeAlias

from glose.corpus.document import Document, fingerprint
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import readable
from glose.evaluate.alignment import Line
from glose.evaluate.pairing import layer, refuse_drift
from glose.evaluate.projection import Cut, View
from glose.evaluate.survey import Survey, survey

#: What to do with a document that some layer lacks: refuse it, leave it out, or compare the layers
#: that have it, if these are two or more.
Missing: TypeAlias = Literal["error", "ignore", "partial"]


@dataclass(frozen=True, slots=True)
class Shared:
    """One document as each layer has it, `None` where a layer lacks it; `text` is that of all."""

    id: str
    text: str
    views: tuple[View | None, ...]
    lines: tuple[bytes | None, ...]

    @property
    def first(self) -> Document:
        """The document of the first layer that has it."""
        return next(view.document for view in self.views if view is not None)


@dataclass(frozen=True, slots=True)
class Layers:
    """Files of layers that are to be compared, surveyed, and the ids of their common documents.

    `left` says how many documents are left out because too few layers have them. The last
    `systems` files are no annotators: each document must be in at least two other layers.
    """

    files: tuple[Survey, ...]
    ids: tuple[str, ...]
    left: int = 0

    @classmethod
    def opened(
        cls,
        paths: Sequence[Path],
        missing: Missing = "error",
        wanted: frozenset[str] | None = None,
        systems: int = 0,
    ) -> Layers:
        """Return the layers of some files; of documents that are `wanted`, if that is not `None`.

        Raises `GloseError` where a file holds nothing, an id twice, or the files no document that
        can be compared.
        """
        files = tuple(survey(path, every=True) for path in paths)
        for file in files:
            if not file.documents:
                raise GloseError(f"{file.path}: no documents; expected a layer of the corpus")
        every = sorted(set[str]().union(*(file.spots for file in files)))
        ids = [name for name in every if wanted is None or name in wanted]
        kept = [name for name in ids if _kept(files, name, missing, systems)]
        if not kept:
            raise GloseError(
                f"{', '.join(str(path) for path in paths)}: no document to compare; expected the "
                "same ids in two or more layers"
            )
        return cls(files, tuple(kept), len(ids) - len(kept))

    def shares(self, jobs: int) -> list[Layers]:
        """Return the documents in at most `jobs` shares, in their order."""
        cuts = sorted({len(self.ids) * job // jobs for job in range(jobs + 1)})
        return [replace(self, ids=self.ids[a:b]) for a, b in pairwise(cuts)]

    def read(self, lists: Sequence[Sequence[str]], cut: Cut) -> Iterator[Shared]:
        """Yield the documents, by id; each layer must have annotated the lists that are named.

        Raises `InputError` at the first document that cannot be compared.
        """
        with ExitStack() as stack:
            streams = [stack.enter_context(readable(file.path)) for file in self.files]
            for name in self.ids:
                found = [
                    _line(name, file, stream)
                    for file, stream in zip(self.files, streams, strict=True)
                ]
                yield self._shared(name, found, lists, cut)

    def _shared(
        self, name: str, lines: Sequence[Line | None], lists: Sequence[Sequence[str]], cut: Cut
    ) -> Shared:
        documents: list[tuple[Document, Place] | None] = []
        for file, line, needed in zip(self.files, lines, lists, strict=True):
            place = Place(str(file.path), line.number if line else None, name)
            documents.append((layer(line, place, tuple(needed)), place) if line else None)
        there = [each for each in documents if each is not None]
        text, source = _text(there)
        for document, place in there:
            _refuse_other_text(document, place, text, source)
            refuse_drift(document, text, place)
        views = tuple(each and View(each[0], cut) for each in documents)
        return Shared(name, text, views, tuple(line.content if line else None for line in lines))


def _kept(files: Sequence[Survey], name: str, missing: Missing, systems: int) -> bool:
    there = [name in file.spots for file in files]
    if all(there):
        return True
    if missing == "error":
        path = files[there.index(False)].path
        advice = (
            "expected each document in each layer; leave it out with --missing ignore, or compare "
            "the layers that have it with --missing partial"
        )
        raise InputError(Place(str(path), None, name), f"this document is missing; {advice}")
    people = there[: len(there) - systems]
    return missing == "partial" and sum(people) > 1 and all(there[len(people) :])


def _line(name: str, file: Survey, stream: IO[bytes]) -> Line | None:
    spot = file.spots.get(name)
    if spot is None:
        return None
    stream.seek(spot.offset)
    return Line(spot.line, stream.readline())


def _text(there: Sequence[tuple[Document, Place]]) -> tuple[str, str]:
    """Return the text of a document, and the file of the first layer that has it."""
    for document, place in there:
        if document.text is not None:
            return document.text, place.source
    raise InputError(there[0][1], "text: found null in each layer; expected the text in one")


def _refuse_other_text(document: Document, place: Place, text: str, source: str) -> None:
    if document.text is not None:
        same = document.text == text
    else:
        same = document.text_sha256 in (None, fingerprint(text))
    if not same:
        raise InputError(place, f"the text is not that of {source}; annotate the same text")
