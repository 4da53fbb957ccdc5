"""What an extractor is: anything that turns a document into a layer of predictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from glose.corpus.document import Document


@runtime_checkable
class Extractor(Protocol):
    """Annotates one document at a time.

    `name` is the name of its layer; `annotates` names the lists that it fills, which go to
    `status.annotated`: a list that is not named there counts as not annotated.
    """

    name: str
    annotates: tuple[str, ...]

    def annotate(self, document: Document) -> Document:
        """Return the document as a layer of predictions; it comes without any annotation."""


@runtime_checkable
class Streaming(Extractor, Protocol):
    """An extractor that would rather have all documents in one stream, such as a program."""

    def annotate_all(
        self, documents: Iterable[Document], timeout: float | None = None
    ) -> Iterator[Document]:
        """Yield the predictions; `timeout` is how many seconds may pass without one."""
