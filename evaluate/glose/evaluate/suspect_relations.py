"""Suspect relations: what systems agree on against gold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence

from glose.evaluate.mistakes import cover
from glose.evaluate.projection import Cut, Pieces
from glose.evaluate.relating import Relating, relations
from glose.evaluate.results import Item
from glose.evaluate.suspects import ABSENT, Accusations, Held, Kind, Suspect, weighed


def suspects(held: Sequence[Held], cut: Cut) -> Iterator[Suspect]:
    """Yield the relations of gold that more than half of the systems deny, or have beside it.

    Relations are the same that have the same type and, in each role, the same span.
    """
    for each in held:
        found = Accusations(each, "relation")
        _by_systems(each, found, cut)
        yield from found.suspects()


def _by_systems(held: Held, found: Accusations, cut: Cut) -> None:
    number = len(held.systems)
    gold = {_key(each): each for each in relations(held.gold, cut)}
    given = [{_key(each): each for each in relations(system, cut)} for system in held.systems]
    votes = Counter(key for each in given for key in each)
    shown = {key: each for own in given for key, each in own.items()}
    by_ends: dict[Hashable, list[Relating]] = defaultdict(list)
    for key, each in gold.items():
        by_ends[key[1]].append(each)
    accused = set()
    for key, agree in votes.items():
        if key not in gold and weighed(agree, number):
            before = next((r for r in by_ends[key[1]] if votes[_key(r)] < agree), None)
            accused.add(_key(before) if before else None)
            said = f"{agree} of {number} systems have {shown[key].type}"
            old, new = _item(held.text, before) if before else None, _item(held.text, shown[key])
            kind: Kind = "type" if before else "missing"
            found.add(kind, old, new, "systems", weighed(agree, number), said)
    for key, each in gold.items():
        against = number - votes[key]
        if not votes[key] and key not in accused and weighed(against, number):
            said = f"{against} of {number} systems have nothing"
            weight = weighed(against, number) * ABSENT
            found.add("superfluous", _item(held.text, each), None, "systems", weight, said)


def _key(relation: Relating) -> tuple[str, Hashable]:
    ends = Counter((arg.role, arg.what) for arg in relation.args)
    return relation.type, frozenset(ends.items())


def _item(text: str, relation: Relating) -> Item:
    where: list[Pieces] = [arg.what for arg in relation.args if not isinstance(arg.what, str)]
    said = ", ".join(
        f"{arg.role}: {arg.what if isinstance(arg.what, str) else cover(text, arg.what)}"
        for arg in relation.args
    )
    return Item(relation.type, tuple(sorted(pair for each in where for pair in each)), said)
