"""Entries of knowledge bases as one string: `kb:id`, or the address of one of Wikidata."""

from __future__ import annotations

import re

from glose.corpus.document import Link

WIKIDATA = "http://www.wikidata.org/entity/"

_ENTRY = re.compile(r"(?!https?:)([\w-]+):(.+)", re.DOTALL)


def linked(text: str) -> Link | None:
    """Return the link that a string says; `None` if it says none.

    >>> linked("http://www.wikidata.org/entity/Q90"), linked("Q90")
    (Link(kb='wikidata', id='Q90', score=None), None)
    """
    if text.startswith(WIKIDATA) and len(text) > len(WIKIDATA):
        return Link("wikidata", text.removeprefix(WIKIDATA))
    found = _ENTRY.fullmatch(text)
    return Link(found[1], found[2]) if found else None


def written(link: Link) -> str:
    """Return a link as a string, without its score."""
    return f"{WIKIDATA}{link.id}" if link.kb == "wikidata" else f"{link.kb}:{link.id}"
