"""The relations of BioC: relations, events, entities and clusters of the record."""

from __future__ import annotations

from itertools import chain
from typing import TypeAlias

from glose.corpus.document import (
    Argument,
    Entity,
    Event,
    EventCluster,
    Link,
    Relation,
    Trigger,
)
from glose.corpus.formats import bioc_model as bioc
from glose.corpus.formats.bioc_sheet import (
    IDENTIFIER,
    KIND,
    NAME,
    TRIGGER,
    TYPE,
    Sheet,
    attributes,
    key,
    string,
)
from glose.corpus.formats.brat_reading import PROPERTIES
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.pubtator_reading import links
from glose.corpus.forms import shown

Made: TypeAlias = Entity | Relation | Event | EventCluster
#: A relation with its id in the record, and the number of the passage that it stands in.
_Waiting: TypeAlias = tuple[str, int, bioc.Relation]


def read(sheet: Sheet, found: bioc.Document) -> list[Made]:
    """Return what relations are in the record; those that refer to nothing are rejected."""
    waiting: list[_Waiting] = []
    last = len(sheet.parts)
    for number, part in enumerate(sheet.parts):
        within = (sentence.relations for sentence in part.passage.sentences)
        ours = chain(part.passage.relations, *within)
        waiting += [(_named(sheet, one, number), number, one) for one in ours]
    waiting += [(_named(sheet, one, last), last, one) for one in found.relations]
    homes: set[str] = set()
    return [_made(sheet, name, one, number, homes) for name, number, one in _sound(sheet, waiting)]


def _named(sheet: Sheet, one: bioc.Relation, number: int) -> str:
    name = sheet.names.new(key(one.id), "r")
    sheet.ids[number].setdefault(key(one.id), name)
    return name


def _target(sheet: Sheet, node: bioc.Node, number: int) -> str | None:
    """Return what a node refers to: in its passage, else anywhere in the document."""
    wanted = key(node.refid)
    for ids in (sheet.ids[number], sheet.ids[-1], *sheet.ids):
        if wanted in ids:
            return ids[wanted]
    return None


def _sound(sheet: Sheet, waiting: list[_Waiting]) -> list[_Waiting]:
    """Return relations without those that are wrong, and those that refer to one of these."""
    gone = {name for name, number, one in waiting if _kind(sheet, one, number) == "relation"}
    left, before = waiting, len(waiting) + 1
    while len(left) < before:
        before = len(left)
        faults = {name: _fault(sheet, one, number, gone) for name, number, one in left}
        for name, _, one in left:
            if fault := faults[name]:
                sheet.task.rejects.add(sheet.place, fault, one)
                gone.add(name)
        left = [one for one in left if not faults[one[0]]]
    return left


def _fault(sheet: Sheet, one: bioc.Relation, number: int, gone: set[str]) -> str | None:
    for node in one.nodes:
        target = _target(sheet, node, number)
        if target is None or target in gone:
            what = "which is not there" if target is None else "which nothing can refer to"
            return f"the relation {shown(key(one.id))} refers to {shown(key(node.refid))}, {what}"
    return None


def _is_trigger(sheet: Sheet, node: bioc.Node, number: int) -> bool:
    named = node.role.lower() == TRIGGER.lower()
    return named and (_target(sheet, node, number) or "") in sheet.triggers


def _kind(sheet: Sheet, one: bioc.Relation, number: int) -> str:
    """Return what a relation is in the record: `relation`, `event`, `entity` or `cluster`."""
    stated = string(one.infons.get(KIND))
    if stated in {"event", "entity", "cluster"}:
        return stated
    return "event" if any(_is_trigger(sheet, n, number) for n in one.nodes) else "relation"


def _made(sheet: Sheet, name: str, one: bioc.Relation, number: int, homes: set[str]) -> Made:
    kind = _kind(sheet, one, number)
    rest = {n: string(value) for n, value in one.infons.items() if n != KIND}
    if kind == "entity":
        return _entity(name, rest, _members(sheet, one, number, homes))
    if kind == "cluster":
        return EventCluster(name, _members(sheet, one, number, set()), attributes(rest))
    type_ = rest.pop(TYPE, "") or UNTYPED
    if kind == "event":
        return _event(sheet, name, type_, rest, one, number)
    args = tuple(Argument(n.role, ref=_target(sheet, n, number)) for n in one.nodes)
    return Relation(name, type_, args, attrs=attributes(rest))


def _members(sheet: Sheet, one: bioc.Relation, number: int, homes: set[str]) -> tuple[str, ...]:
    found = dict.fromkeys(_target(sheet, node, number) or "" for node in one.nodes)
    members = tuple(member for member in found if member not in homes)
    if len(members) < len(found):
        sheet.task.losses.note("mentions that are in two entities are in the first of them")
    homes.update(members)
    return members


def _entity(name: str, rest: dict[str, str], members: tuple[str, ...]) -> Entity:
    type_ = rest.pop(TYPE, "") or UNTYPED
    called = rest.pop(NAME, None)
    concepts: tuple[Link, ...] = links(rest.pop(IDENTIFIER, ""), "")
    return Entity(name, type_, called, members, concepts, attributes(rest))


def _event(
    sheet: Sheet,
    name: str,
    type_: str,
    rest: dict[str, str],
    one: bioc.Relation,
    number: int,
) -> Event:
    triggers, args = [], []
    for node in one.nodes:
        target = _target(sheet, node, number)
        if _is_trigger(sheet, node, number):
            triggers.append(Trigger(**sheet.triggers[target or ""]))
        else:
            args.append(Argument(node.role, ref=target))
    properties = {n: rest.pop(n) for n in PROPERTIES if n in rest}
    attrs = attributes(rest)
    return Event(name, type_, tuple(triggers), tuple(args), attrs=attrs, **properties)
