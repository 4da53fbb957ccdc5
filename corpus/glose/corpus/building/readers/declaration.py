"""What the reader of one kind of documents declares of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TypeAlias

from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Found
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

Detector: TypeAlias = Callable[[Content], bool]
Read: TypeAlias = Callable[[Content, Rules], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of documents, and how they are read.

    `description` says in one phrase what is expected, `media` is what `provenance.format` says.
    `detect` tells the kind by content alone; a suffix counts only for what no content tells.
    `read` yields drafts, and what could not become one; it raises `RejectError` where the file as
    a whole cannot be read, or no further. `module` is what must be importable, and `extra` the
    extra of the distribution that brings it.
    """

    description: str
    media: str
    suffixes: tuple[str, ...]
    detect: Detector
    read: Read
    extra: str | None = None
    module: str | None = None

    def documents(self, content: Content, rules: Rules) -> Iterator[Found]:
        """Yield what is found in a source; raise `RejectError` if an extra is not installed."""
        if self.module and find_spec(self.module) is None:
            raise RejectError(
                f"{self.description} needs a package that is not installed;"
                f" `pip install glose[{self.extra}]` brings it"
            )
        yield from self.read(content, rules)


def never(_content: Content) -> bool:
    """Return that no content tells this kind: only its suffix does."""
    return False
