"""What stands above a text: one small table of rules, tried in order, the first that fits wins.

A rule takes the text and returns what it states and the text that is left, or `None`. Only what
is certain is taken: a block with one key that is not known is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from glose.corpus.building import dates, frontmatter

#: Keys of a header, in lower case, and the field of `meta` (or `language`) that they fill; what
#: maps to "" is a header as well and goes to `extra` under its own name.
KEYS: Mapping[str, str] = {
    "titre": "title", "title": "title", "headline": "title",
    "date": "date", "date de publication": "date", "publié le": "date", "published": "date",
    "source": "source", "journal": "source", "publication": "source", "média": "source",
    "agence": "agency", "agency": "agency", "crédit": "agency", "credit": "agency",
    "auteur": "author", "auteurs": "author", "author": "author", "authors": "author",
    "par": "author", "signature": "author", "byline": "author",
    "lieu": "place", "place": "place", "location": "place",
    "url": "url", "lien": "url", "link": "url", "adresse": "url",
    "droits": "rights", "licence": "rights", "license": "rights", "rights": "rights",
    "copyright": "rights",
    "langue": "language", "language": "language", "lang": "language",
    "rubrique": "", "section": "", "catégorie": "", "category": "", "mots-clés": "",
    "mots clés": "", "keywords": "", "tags": "", "numéro": "", "édition": "", "page": "",
    "sous-titre": "", "chapeau": "", "résumé": "", "type": "", "pays": "", "country": "",
}  # fmt: skip

Keys = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Header:
    """What a header states, key by key as written, and the text below it."""

    stated: tuple[tuple[str, str], ...]
    text: str


Rule = Callable[[str, Keys], Header | None]

_INLINE = re.compile(r"\s*date[ \t]+(\d{4}(?:-\d\d){0,2})(?:[ \t]+|[ \t]*\n\s*)(?=\S)")
_LINE = re.compile(
    r"[ \t]*([^\W\d_][\w '’-]{0,30}?)[ \t\u00a0\u202f]*:[ \t\u00a0\u202f]+"
    r"(\S[^\n]*?)[ \t]*(?:\n|$)"
)
_BLANK = re.compile(r"[^\S\n]*(?:\n|$)")


def inline(text: str, _keys: Keys) -> Header | None:
    """Take ` date 2018-03 ` directly before the first word."""
    found = _INLINE.match(text)
    if found is None or dates.parse(found[1]) is None:
        return None
    return Header((("date", found[1]),), text[found.end() :])


def front_matter(text: str, _keys: Keys) -> Header | None:
    """Take YAML front matter between two lines of `---`; `frontmatter` says what it may hold."""
    found = frontmatter.split(text)
    return None if found is None else Header(tuple(frontmatter.pairs(found[0])), found[1])


def key_lines(text: str, keys: Keys) -> Header | None:
    """Take lines of `Key: value` at the very top, if each key is known.

    They end at a blank line; without one they count only if one of them is a date that reads.
    """
    position = len(text) - len(text.lstrip())
    stated = []
    while (line := _LINE.match(text, position)) and line[1].lower() in keys:
        stated.append((line[1], line[2]))
        position = line.end()
    blank = _BLANK.match(text, position) is not None
    if not stated or not (blank or _dated(stated, keys)):
        return None
    return Header(tuple(stated), text[position:])


def _dated(stated: list[tuple[str, str]], keys: Keys) -> bool:
    return any(keys[key.lower()] == "date" and dates.parse(value) for key, value in stated)


RULES: Mapping[str, Rule] = {"inline": inline, "yaml": front_matter, "keys": key_lines}


def parse(text: str, keys: Keys = KEYS) -> Header:
    """Return what the header of a text states, and the text without it."""
    for rule in RULES.values():
        header = rule(text, keys)
        if header is not None:
            return header
    return Header((), text)
