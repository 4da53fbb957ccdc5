"""What stands above a text: one small table of rules, tried in order, the first that fits wins.

A rule takes the text and returns what it states and the text that is left, or `None`. Only what
is certain is taken. A key that is not known is one only in a block of keys that are, and then it
is kept: the build tells of it (glose.corpus.building.unplaced).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

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
#: The longest key that is not known, in words, and its longest value, in code points.
KEY_WORDS = 3
VALUE = 100
_ENDS = (".", "!", "?", "…", ";", ",", ":")
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
    """Take lines of `Key: value` at the very top.

    Up to a blank line all are taken, if each key is known, or some are and the others could be.
    Else those before the first key that is not known count, if one of them is a date that reads.
    """
    lines = list(_lines(text))
    if not lines:
        return None
    known = list(takewhile(lambda line: line[1].lower() in keys, lines))
    if _BLANK.match(text, lines[-1].end()) and (known == lines or _mixed(lines, keys)):
        return _header(text, lines)
    return _header(text, known) if _dated(known, keys) else None


def _lines(text: str) -> Iterator[re.Match[str]]:
    position = len(text) - len(text.lstrip())
    while line := _LINE.match(text, position):
        yield line
        position = line.end()


def _header(text: str, lines: list[re.Match[str]]) -> Header:
    return Header(tuple((line[1], line[2]) for line in lines), text[lines[-1].end() :])


def _mixed(lines: list[re.Match[str]], keys: Keys) -> bool:
    """Whether lines with keys that are not known are a header and no prose with colons."""
    known = [line[1].lower() in keys for line in lines]
    if not (any(known) and (known[0] or sum(known) * 2 > len(known))):
        return False
    others = [line for line, is_known in zip(lines, known, strict=True) if not is_known]
    return all(map(_could_be, others)) and not _is_title(lines, keys)


def _could_be(line: re.Match[str]) -> bool:
    """Whether a line could state something under a key: no sentence, and a key of few words."""
    key, value = line[1], line[2]
    few = len(key.split()) <= KEY_WORDS and len(value) <= VALUE
    return few and key[0].isupper() and not value.endswith(_ENDS)


def _is_title(lines: list[re.Match[str]], keys: Keys) -> bool:
    """Whether the last line is a title with a colon below a header that states none."""
    fields = [keys.get(line[1].lower()) for line in lines]
    words = lines[-1][2].split()
    prose = len(words) > 1 and words[0][0].islower()
    return fields[-1] is None and prose and "title" not in fields and _dated(lines[:-1], keys)


def _dated(lines: list[re.Match[str]], keys: Keys) -> bool:
    return any(keys.get(line[1].lower()) == "date" and dates.parse(line[2]) for line in lines)


RULES: Mapping[str, Rule] = {"inline": inline, "yaml": front_matter, "keys": key_lines}


def parse(text: str, keys: Keys = KEYS) -> Header:
    """Return what the header of a text states, and the text without it."""
    for rule in RULES.values():
        header = rule(text, keys)
        if header is not None:
            return header
    return Header((), text)
