"""Entities by rules: the same name, acronyms, countries and their adjectives, heads, appositions.

Nothing is learnt here. Each mention, in the order of the text, joins the entity of an earlier
mention that one of the rules points to, else it begins one of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

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
_SINGULAR = frozenset({"il", "elle", "lui", "celui-ci", "celle-ci", "l'", "l’", "le", "la"})
_RELATIVE = frozenset({"qui", "que", "qu'", "qu’", "lequel", "laquelle", "lesquels"})
_GENERIC = {
    "pays": "name",
    "ville": "",
    "capitale": "capital",
    "groupe": "ORG",
    "organisation": "ORG",
}

Rule = Callable[[str, Mention, Sequence[Mention]], Mention | None]


def entities(text: str, mentions: Sequence[Mention]) -> list[Entity]:
    """Return the entities of mentions, in the order of their first mention; single ones too."""
    referring = sorted(
        (one for one in mentions if one.type in REFERRING), key=lambda one: (one.start, -one.end)
    )
    chains: list[list[Mention]] = []
    chain_of: dict[str, list[Mention]] = {}
    for number, mention in enumerate(referring):
        earlier = referring[:number]
        target = next(filter(None, (rule(text, mention, earlier) for rule in RULES)), None)
        chain = chain_of[target.id] if target else []
        if target is None:
            chains.append(chain)
        chain.append(mention)
        chain_of[mention.id] = chain
    return [_entity(number, chain) for number, chain in enumerate(chains, start=1)]


def _entity(number: int, chain: Sequence[Mention]) -> Entity:
    named = [one.text for one in chain if one.level == "NAM"]
    return Entity(
        f"e{number}",
        chain[0].type,
        max(named, key=len, default=None),
        tuple(one.id for one in chain),
    )


def plain(text: str) -> str:
    """Return a name in lower case, without accents, for comparison.

    >>> plain("Égypte")
    'egypte'
    """
    split = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def _same_country(text: str, mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    country = _country(text, mention)
    return (
        None if country is None else _latest(earlier, lambda one: _country(text, one) == country)
    )


def _country(text: str, mention: Mention) -> str | None:
    """Return the country that a mention stands for: a capital does where it acts."""
    place = known(mention.text) if mention.type == "GPE" and mention.level == "NAM" else None
    if place is None or (
        place[0] == "capital" and _PLACED.search(text[max(0, mention.start - 12) : mention.start])
    ):
        return None
    return place[1]


def _same_name(text: str, mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    if mention.level == "PRO":
        return None
    name, country = plain(mention.text), _country(text, mention)
    return _latest(
        earlier,
        lambda one: (
            one.type == mention.type and plain(one.text) == name and _country(text, one) == country
        ),
    )


def _acronym(text: str, mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    short = re.sub(r"\W", "", mention.text)
    if not short.isupper() or mention.level != "NAM":
        return None
    return _latest(
        earlier,
        lambda one: (
            one.level == "NAM"
            and one.type == mention.type
            and (
                _initials(one.text) == plain(short)
                or text[one.end : mention.start] in {" (", "\u00a0("}
            )
        ),
    )


def _initials(name: str) -> str:
    words = re.split(r"[\s'’-]+", name)
    return plain("".join(word[0] for word in words if word[:1].isupper()))


def _last_name(_text: str, mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    if (mention.type, mention.level) != ("PER", "NAM") or " " in mention.text:
        return None
    name = plain(mention.text)
    return _latest(
        earlier,
        lambda one: (
            one.type == "PER" and one.level == "NAM" and plain(one.text).endswith(f" {name}")
        ),
    )


def _apposition(text: str, mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """Point from a name to the function before it, or from a function to the name before it."""
    if mention.type != "PER" or mention.level == "PRO":
        return None
    pattern = _APPOSED if mention.level == "NAM" else _TITLED
    return _latest(
        earlier,
        lambda one: (
            one.type == "PER"
            and {one.level, mention.level} == {"NAM", "NOM"}
            and one.end < mention.start <= one.end + 50
            and pattern.fullmatch(text, one.end, mention.start) is not None
        ),
    )


def _same_head(_text: str, mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """Point from `l'armée` to the latest `armée russe`; what is counted is new."""
    if mention.level != "NOM" or mention.text[0].isdigit():
        return None
    head, only = _head(mention.text), len(mention.text.split()) == 1
    return _latest(
        earlier,
        lambda one: (
            one.level == "NOM" and one.type == mention.type and only and _head(one.text) == head
        ),
    )


def _head(text: str) -> str:
    words = [word for word in re.findall(r"[\w-]+", plain(text)) if not word[0].isdigit()]
    return words[0] if words else ""


def _generic(_text: str, mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """Point from `le pays` to the latest country, from `le groupe` to the latest one."""
    wanted = _GENERIC.get(mention.text.lower()) if mention.level == "NOM" else None
    if wanted is None:
        return None
    if wanted == "ORG":
        return _latest(
            earlier,
            lambda one: one.type == "ORG" and one.level == "NAM" and not one.text.isupper(),
        )
    return _latest(
        earlier,
        lambda one: (
            one.type == "GPE" and one.level == "NAM" and ((known(one.text) or ("",))[0] == wanted)
        ),
    )


def _pronoun(_text: str, mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """Point from a relative pronoun to what stands before it, else to the latest of its type."""
    if mention.level != "PRO":
        return None
    word = mention.text.lower()
    if word in _RELATIVE:
        return _latest(earlier, lambda one: 0 <= mention.start - one.end <= 2)
    singular = word in _SINGULAR
    return _latest(
        earlier,
        lambda one: (
            one.type == mention.type
            and (one.level != "NOM" or one.text.split()[0].endswith("s") != singular)
        ),
    )


def _latest(earlier: Sequence[Mention], fits: Callable[[Mention], bool]) -> Mention | None:
    return next((one for one in reversed(earlier) if fits(one)), None)


#: The rules in their order: the first that points somewhere decides.
RULES: tuple[Rule, ...] = (
    _same_country, _same_name, _acronym, _last_name, _apposition, _generic, _same_head, _pronoun,
)  # fmt: skip
