"""What stands in the brackets of `Entity=`: the fields that `global.Entity` declares.

CorefUD 1.0 (https://ufal.mff.cuni.cz/corefud) declares `eid-etype-head-other`; GUM has others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from msgspec.structs import replace

from glose.corpus.document import Attribute, Document, Link, Mention
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.forms import shown

DEFAULT = ("eid", "etype", "head", "other")
IDS = ("eid", "GRP")
TYPES = ("etype", "entity")
HEADS = ("head", "minspan")
LEVEL = "level"
#: The field of an entry of Wikipedia; those of other bases are called `identity:BASE`.
IDENTITY = "identity"
WIKIPEDIA = "wikipedia"
#: What an attribute cannot be called.
TAKEN = frozenset((*IDS, *TYPES, *HEADS, LEVEL))

_SPECIAL = re.compile(r"[%\-()|\[\]<=,\s\x00-\x1f]")
_NUMBERS = re.compile(r"\d+(?:,\d+)*")


def escaped(text: str) -> str:
    """Return a text without what has a meaning in `Entity=`.

    >>> escaped("Masjid al-Haram (Mecca)")
    'Masjid%20al%2DHaram%20%28Mecca%29'
    """
    return _SPECIAL.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), text)


class Opening(NamedTuple):
    """What an opening bracket says: of which entity, in which part, and the other fields."""

    id: str
    part: str
    fields: tuple[tuple[str, str], ...]

    def first(self, names: Iterable[str]) -> str:
        """Return the value of the first of some fields that is there, or nothing."""
        wanted = set(names)
        return next((value for name, value in self.fields if name in wanted and value), "")


def key(body: str) -> str:
    """Return what the closing bracket of an opening one has: id and part."""
    return body.partition("-")[0]


def opening(body: str, names: Sequence[str]) -> Opening:
    """Return what a bracket says, by the names of its fields; missing ones are empty."""
    values = body.split("-")
    if len(values) > len(names):
        declared = "-".join(names)
        raise MalformedError(
            f"{shown(body)} has {len(values)} fields; expected {declared}, as global.Entity says"
        )
    fields = dict(zip(names, values, strict=False))
    name, bracket, part = next((fields[n] for n in IDS if n in fields), "").partition("[")
    if not name:
        raise MalformedError(f"{shown(body)} names no entity; expected {' or '.join(IDS)}")
    return Opening(
        unquote(name),
        bracket + part,
        tuple((n, unquote(v)) for n, v in fields.items() if n not in IDS),
    )


def described(mention: Mention, opened: Opening) -> Mention:
    """Return a mention with the type, level, links and attributes that its bracket states."""
    links, attrs = [], []
    for name, value in opened.fields:
        base = _base(name)
        if not value or name in TAKEN:
            continue
        if base is None:
            attrs.append(Attribute(unquote(name), value))
        else:
            links.append(Link(base, value))
    return replace(
        mention,
        type=opened.first(TYPES) or UNTYPED,
        level=opened.first((LEVEL,)) or None,
        links=tuple(links),
        attrs=tuple(attrs),
    )


def _base(field: str) -> str | None:
    """Return the knowledge base of a field of links; `None` if it is another."""
    name, colon, kb = field.partition(":")
    if name != IDENTITY or (colon and not kb):
        return None
    return unquote(kb) or WIKIPEDIA


def numbers(opened: Opening) -> list[int]:
    """Return which words of a mention are its head, from 1."""
    text = opened.first(("minspan",)) or opened.first(("head",))
    return [int(n) for n in text.split(",") if len(n) < 9] if _NUMBERS.fullmatch(text) else []


# --------------------------------------------------------------------------------------------
# Writing
# --------------------------------------------------------------------------------------------


def plain(document: Document) -> Document:
    """Return a document with what fields can say of mentions: each once, and not empty."""
    return replace(document, mentions=tuple(map(_plain, document.mentions)))


def _plain(mention: Mention) -> Mention:
    attrs: dict[str, Attribute] = {}
    for attribute in mention.attrs:
        name = _unlike(attribute.name)
        if attribute.value and name:
            attrs.setdefault(name, Attribute(name, attribute.value))
    links: dict[str, Link] = {}
    for link in mention.links:
        if link.kb and link.id:
            links.setdefault(link.kb, Link(link.kb, link.id))
    return replace(
        mention,
        type=mention.type or UNTYPED,
        level=mention.level or None,
        links=tuple(links.values()),
        attrs=tuple(attrs.values()),
    )


def _unlike(name: str) -> str:
    """Return a name that is none of a field of ours."""
    reserved = name in TAKEN or name.partition(":")[0] == IDENTITY
    return f"_{name}" if reserved else name


def _field(link: Link) -> str:
    return IDENTITY if link.kb == WIKIPEDIA else f"{IDENTITY}:{link.kb}"


def declared(document: Document) -> tuple[str, ...]:
    """Return the fields that the mentions of a document need, in the order of writing."""
    mentions, tokens = document.mentions, set(document.tokens)
    heads = {(m.head[0], m.head[1]) for m in mentions if m.head}
    levels = (LEVEL,) if any(mention.level for mention in mentions) else ()
    links = {_field(link) for mention in mentions for link in mention.links}
    attrs = {a.name for mention in mentions for a in mention.attrs}
    head = "head" if heads <= tokens else "minspan"
    return ("eid", "etype", head, *levels, *sorted(links), *sorted(attrs))


def fields(mention: Mention, head: str, names: Sequence[str]) -> str:
    """Return the fields of a mention after its id, without empty ones at the end."""
    values = {"etype": "" if mention.type == UNTYPED else mention.type}
    values |= {LEVEL: mention.level or ""} | {_field(link): link.id for link in mention.links}
    values |= {attribute.name: attribute.value for attribute in mention.attrs}
    found = [head if name in HEADS else escaped(values.get(name, "")) for name in names[1:]]
    return "-".join(found).rstrip("-")
