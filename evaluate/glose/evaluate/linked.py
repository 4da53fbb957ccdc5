"""Mentions with what they are linked to: the projection of entity linking."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from glose.corpus.document import Document, Link, Mention
from glose.evaluate.projection import Cut, Pieces

#: A knowledge base and the id of an entry of it.
Entry: TypeAlias = tuple[str, str]

#: What stands for the knowledge base, or begins an id, of what is in none.
NIL = "NIL"


class Linked(NamedTuple):
    """A mention: its type, where it stands, and its entry.

    `entry` is `None` for a mention that is in no knowledge base (`nil`), and for one of which
    nothing is said. `candidates` are the entries of all its links.
    """

    type: str
    pieces: Pieces
    entry: Entry | None
    nil: bool
    candidates: frozenset[Entry] = frozenset()

    @property
    def bounds(self) -> tuple[int, int]:
        """The outer bounds, in code points, half-open."""
        return self.pieces[0][0], self.pieces[-1][1]


def linked(document: Document, cut: Cut = str) -> list[Linked]:
    """Return each mention with its best link, with duplicates, in the order of the record."""
    return [_linked(mention, cut) for mention in document.mentions]


def _linked(mention: Mention, cut: Cut) -> Linked:
    pieces = mention.fragments or ((mention.start, mention.end),)
    link = best(mention.links)
    candidates = frozenset((each.kb, each.id) for each in mention.links if not is_nil(each))
    if link is None or is_nil(link):
        return Linked(cut(mention.type), pieces, None, link is not None, candidates)
    return Linked(cut(mention.type), pieces, (link.kb, link.id), False, candidates)


def best(links: tuple[Link, ...]) -> Link | None:
    """Return the link with the highest score, of equal ones the first, or `None` of none.

    Without a score on each of them it is the first.
    """
    if not links:
        return None
    scored = [(-link.score, number) for number, link in enumerate(links) if link.score is not None]
    return links[min(scored)[1]] if len(scored) == len(links) else links[0]


def is_nil(link: Link) -> bool:
    """Tell whether a link says that there is no entry: `NIL`, or an id such as `NIL12`."""
    return link.kb == NIL or link.id.startswith(NIL)
