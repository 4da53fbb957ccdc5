"""Entities by rules: the same name, acronyms, countries and their adjectives, heads, appositions.

Nothing is learnt here. Each mention, in the order of the text, joins the entity of an earlier
mention that a rule points to, else it begins one of its own. A rule names keys, such as a type and
a name, and points to the latest mention that goes by one of them: no mention is compared with all
before it, so the time grows in proportion to how many there are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from glose.annotate.french.countries import known
from glose.annotate.french.lexicon import GAP
from glose.corpus.document import Entity, Mention

#: The mention types that refer; the others are values.
REFERRING = frozenset({"PER", "ORG", "GPE", "LOC", "FAC", "WEA"})

_PLACED = re.compile(
    rf"(?:(?<!\w)(?:à|de|vers|près{GAP}de|depuis|dans|sur|entre|et|en){GAP}|d['’]|\n|^)$",
    re.IGNORECASE,
)
_APPOSED = re.compile(rf",{GAP}(?:(?:[\w.-]+|l['’]\w+){GAP}){{0,4}}$")
_TITLED = re.compile(rf",{GAP}(?:le{GAP}|la{GAP}|les{GAP}|l['’])?$")
#: How many characters a name and its function may stand apart.
_APART = 50
_SINGULAR = frozenset({"il", "elle", "lui", "celui-ci", "celle-ci", "l'", "l’", "le", "la"})
_RELATIVE = frozenset({"qui", "que", "qu'", "qu’", "lequel", "laquelle", "lesquels"})
_GENERIC = {
    "pays": "name",
    "ville": "",
    "capitale": "capital",
    "groupe": "ORG",
    "organisation": "ORG",
}

Key = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its text, its name as it is compared, and the country that it stands for."""

    text: str
    mention: Mention
    name: str
    country: str | None


Rule = Callable[[Named], Iterable[Key]]


def entities(text: str, mentions: Sequence[Mention]) -> list[Entity]:
    """Return the entities of mentions, in the order of their first mention; single ones too."""
    referring = sorted(
        (one for one in mentions if one.type in REFERRING), key=lambda one: (one.start, -one.end)
    )
    latest: dict[Key, int] = {}
    chains: list[list[Mention]] = []
    chain_of: list[list[Mention]] = []
    for number, mention in enumerate(referring, start=1):
        named = Named(text, mention, plain(mention.text), _country(text, mention))
        target = next(filter(None, (_latest(latest, rule(named)) for rule in RULES)), None)
        chain = [] if target is None else chain_of[target - 1]
        if target is None:
            chains.append(chain)
        chain.append(mention)
        chain_of.append(chain)
        latest.update(dict.fromkeys(_keys(named), number))
    return [_entity(number, chain) for number, chain in enumerate(chains, start=1)]


def _latest(latest: dict[Key, int], keys: Iterable[Key]) -> int | None:
    """Return the number, from 1 on, of the latest mention that goes by one of the keys."""
    return max((latest[key] for key in keys if key in latest), default=None)


def _entity(number: int, chain: Sequence[Mention]) -> Entity:
    named = [one.text for one in chain if one.level == "NAM"]
    return Entity(
        f"e{number}",
        chain[0].type,
        # A country goes by its noun rather than by its adjective.
        max(named, key=lambda name: (name[:1].isupper(), len(name)), default=None),
        tuple(one.id for one in chain),
    )


def plain(text: str) -> str:
    """Return a name in lower case, without accents, for comparison.

    >>> plain("Égypte")
    'egypte'
    """
    split = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def _keys(named: Named) -> Iterator[Key]:
    """Yield the keys that a mention goes by: every kind that a rule below looks for."""
    one = named.mention
    yield "name", one.type, named.name, named.country
    yield "end", one.end
    yield "person's end", one.type, one.level, one.end
    yield "country", named.country
    if one.level == "NOM":
        yield "noun", one.type, _is_plural(one)
        yield "head", one.type, _head(named.name)
    else:
        yield "no noun", one.type
    if one.level == "NAM":
        yield from _name_keys(named)


def _name_keys(named: Named) -> Iterator[Key]:
    """Yield the further keys of a proper name."""
    one = named.mention
    yield "initials", one.type, _initials(one.text)
    yield "name's end", one.type, one.end
    yield "last name", one.type, named.name.rpartition(" ")[2] if " " in named.name else None
    if one.type == "GPE":
        yield "kind", "GPE", (known(one.text) or ("",))[0]
    elif not one.text.isupper():
        yield "kind", one.type, one.type


def _same_country(named: Named) -> Iterator[Key]:
    if named.country is not None:
        yield "country", named.country


def _country(text: str, mention: Mention) -> str | None:
    """Return the country that a mention stands for: a capital does where it acts."""
    place = known(mention.text) if mention.type == "GPE" and mention.level == "NAM" else None
    if place is None or (
        place[0] == "capital" and _PLACED.search(text[max(0, mention.start - 12) : mention.start])
    ):
        return None
    return place[1]


def _same_name(named: Named) -> Iterator[Key]:
    if named.mention.level != "PRO":
        yield "name", named.mention.type, named.name, named.country


def _acronym(named: Named) -> Iterator[Key]:
    """Point to the name that has these initials, or that stands before the parenthesis."""
    one = named.mention
    short = re.sub(r"\W", "", one.text)
    if not short.isupper() or one.level != "NAM":
        return
    yield "initials", one.type, plain(short)
    if named.text[max(0, one.start - 2) : one.start] in {" (", "\u00a0("}:
        yield "name's end", one.type, one.start - 2


def _initials(name: str) -> str:
    words = re.split(r"[\s'’-]+", name)
    return plain("".join(word[0] for word in words if word[:1].isupper()))


def _last_name(named: Named) -> Iterator[Key]:
    one = named.mention
    if (one.type, one.level) == ("PER", "NAM") and " " not in one.text:
        yield "last name", "PER", named.name


def _apposition(named: Named) -> Iterator[Key]:
    """Point from a name to the function before it, or from a function to the name before it."""
    one = named.mention
    other = {"NAM": "NOM", "NOM": "NAM"}.get(one.level or "") if one.type == "PER" else None
    if other is None:
        return
    pattern = _APPOSED if one.level == "NAM" else _TITLED
    for end in range(max(0, one.start - _APART), one.start):
        if named.text[end] == "," and pattern.fullmatch(named.text, end, one.start):
            yield "person's end", "PER", other, end


def _generic(named: Named) -> Iterator[Key]:
    """Point from `le pays` to the latest country, from `le groupe` to the latest one."""
    wanted = _GENERIC.get(named.mention.text.lower()) if named.mention.level == "NOM" else None
    if wanted is not None:
        yield "kind", "ORG" if wanted == "ORG" else "GPE", wanted


def _same_head(named: Named) -> Iterator[Key]:
    """Point from `l'armée` to the latest `armée russe`; what is counted is new."""
    one = named.mention
    if one.level == "NOM" and not one.text[0].isdigit() and len(one.text.split()) == 1:
        yield "head", one.type, _head(named.name)


def _head(name: str) -> str:
    words = [word for word in re.findall(r"[\w-]+", name) if not word[0].isdigit()]
    return words[0] if words else ""


def _pronoun(named: Named) -> Iterator[Key]:
    """Point from a relative pronoun to what stands before it, else to the latest of its type."""
    one = named.mention
    if one.level != "PRO":
        return
    word = one.text.lower()
    if word in _RELATIVE:
        yield from (("end", one.start - gap) for gap in range(3))
        return
    yield "no noun", one.type
    yield "noun", one.type, word not in _SINGULAR


def _is_plural(noun: Mention) -> bool:
    return noun.text.split()[0].endswith("s")


#: The rules in their order: the first that points somewhere decides.
RULES: tuple[Rule, ...] = (
    _same_country, _same_name, _acronym, _last_name, _apposition, _generic, _same_head, _pronoun,
)  # fmt: skip
