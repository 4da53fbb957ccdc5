"""From lines of standoff to a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    EventCluster,
    Link,
    Mention,
    Pair,
    Relation,
    Trigger,
    Value,
    covered,
)
from glose.corpus.errors import Place
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.facts import first
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.standoff import (
    Frame,
    Group,
    Line,
    Normalization,
    Textbound,
    Trait,
    parsed,
)
from glose.corpus.formats.statuses import stated
from glose.corpus.forms import norm_fault, shown
from glose.corpus.rulers import MisplacedError, Ruler
from glose.corpus.rules import DOCUMENT_TIME

#: Attributes that are fields of an event in the record.
PROPERTIES = ("polarity", "modality", "tense", "genericity")
#: Attributes that are the fields of the value of a mention.
VALUE = {"value": "norm", "value.mod": "mod", "value.unit": "unit", "value.anchor": "anchor"}
LEVEL = "level"
#: The kind of `*` line that is coreference.
EQUIV = "Equiv"
#: The role that every member of another `*` line has.
MEMBER = "*"

_NUMBERED = re.compile(r"(.*[^\d])([2-9]|[1-9]\d+)")


@dataclass(slots=True)
class Sheet:
    """The lines of the files of one document, each with its place and as it is written."""

    ruler: Ruler
    task: Task
    textbounds: dict[str, tuple[Textbound, tuple[Pair, ...]]] = field(default_factory=dict)
    events: dict[str, tuple[Frame, Place]] = field(default_factory=dict)
    relations: dict[str, tuple[Frame, Place]] = field(default_factory=dict)
    groups: list[tuple[Group, Place]] = field(default_factory=list)
    traits: list[tuple[Trait, Place]] = field(default_factory=list)
    links: list[tuple[Normalization, Place]] = field(default_factory=list)
    #: The lines of what refers to something, as they are written.
    written: dict[Place, str] = field(default_factory=dict)

    def take(self, lines: Iterable[tuple[int, str]], source: str) -> None:
        """Take the lines of a file; one that is wrong is rejected."""
        for number, line in lines:
            if line.strip():
                place = Place(source, number)
                self.written[place] = line
                with self.task.rejects.aside(place, line):
                    self._put(parsed(line), place)

    def _put(self, line: Line, place: Place) -> None:
        if isinstance(line, Textbound):
            self._new(line.id, place)
            self.textbounds[line.id] = line, self._pieces(line)
        elif isinstance(line, Frame):
            self._new(line.id, place)
            (self.relations if line.trigger is None else self.events)[line.id] = line, place
        elif isinstance(line, Group):
            self.groups.append((line, place))
        elif isinstance(line, Trait):
            self.traits.append((line, place))
        else:
            self.links.append((line, place))

    def reject(self, place: Place, reason: str) -> None:
        """Reject a line that refers to what is not there."""
        self.task.rejects.add(place, reason, self.written[place])

    def _new(self, name: str, place: Place) -> None:
        if name in self.textbounds or name in self.events or name in self.relations:
            raise MalformedError(f"the id {shown(name)} is used twice; expected once")
        if not re.fullmatch(r"[A-Za-z][\w.:-]*", name):
            raise MalformedError(f"{shown(name)} is no id; expected one such as T1")

    def _pieces(self, line: Textbound) -> tuple[Pair, ...]:
        try:
            found = tuple(sorted(self.ruler.spans(line.pairs, line.words)))
        except MisplacedError as error:
            raise MalformedError(f"{line.id}: {error}") from error
        return joined(self.ruler.text, found)


def joined(text: str, pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """Return the pieces of a span, one where nothing but a line end is between two.

    brat cannot mark a line end, and cuts every span at one.
    """
    found: list[Pair] = []
    for start, end in pairs:
        gap = text[found[-1][1] : start] if found else ""
        if found and (start <= found[-1][1] or ("\n" in gap and not gap.strip())):
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def document(sheet: Sheet, name: str) -> Document:
    """Return the document of a sheet; lines that refer to what is not there are rejected."""
    _drop_unfounded(sheet)
    traits, links = _traits(sheet), _links(sheet)
    alone = _alone(sheet)
    mentions = tuple(
        _mention(line, pieces, sheet.ruler.text, traits[line.id], links[line.id])
        for line, pieces in sheet.textbounds.values()
        if line.id in alone
    )
    events = tuple(_event(sheet, frame, traits[frame.id]) for frame, _ in sheet.events.values())
    mentions = _anchored(mentions, sheet)
    relations = [_relation(frame, traits[frame.id]) for frame, _ in sheet.relations.values()]
    groups = _Groups(sheet, {m.id: m for m in mentions})
    found = Document(
        id=name,
        text=sheet.ruler.text,
        mentions=mentions,
        entities=groups.entities,
        relations=(*relations, *groups.relations),
        events=events,
        event_clusters=groups.clusters,
    )
    # No file says what was looked for; what a document has was.
    return replace(found, status=stated(found))


def _anchored(mentions: tuple[Mention, ...], sheet: Sheet) -> tuple[Mention, ...]:
    """Return mentions whose values hang on what is there; other anchors become attributes."""
    known = {None, DOCUMENT_TIME, *(m.id for m in mentions), *sheet.events}

    def loosened(mention: Mention) -> Mention:
        if mention.value is None or mention.value.anchor in known:
            return mention
        anchor = Attribute("value.anchor", mention.value.anchor or "")
        value = replace(mention.value, anchor=None)
        return replace(mention, value=value, attrs=(*mention.attrs, anchor))

    return tuple(map(loosened, mentions))


def _drop_unfounded(sheet: Sheet) -> None:
    """Reject the frames that refer to nothing, until no other one is left to refer to them."""
    before = -1
    while before != len(sheet.events) + len(sheet.relations):
        before = len(sheet.events) + len(sheet.relations)
        known = sheet.textbounds.keys() | sheet.events.keys()
        for frames in (sheet.events, sheet.relations):
            for name, (frame, place) in list(frames.items()):
                missing = _missing(sheet, frame, known)
                if missing is not None:
                    del frames[name]
                    what = f"{frame.id} refers to {shown(missing)}, which is not there"
                    sheet.reject(place, what)


def _missing(sheet: Sheet, frame: Frame, known: Collection[str]) -> str | None:
    """Return the first argument of a frame that is not there, or its trigger."""
    for _, target in frame.args:
        if target not in known:
            return target
    trigger = frame.trigger
    return None if trigger is None or trigger in sheet.textbounds else trigger


def _alone(sheet: Sheet) -> set[str]:
    """Return the ids of the textbounds that are mentions: all that are no mere triggers."""
    triggers: dict[str, str] = {}
    for frame, _ in sheet.events.values():
        triggers.setdefault(frame.trigger or "", frame.type)
    mere = {
        name for name, (line, _) in sheet.textbounds.items() if triggers.get(name) == line.type
    }
    return sheet.textbounds.keys() - (mere - set(_referred(sheet)))


def _referred(sheet: Sheet) -> Iterator[str]:
    """Yield what lines refer to, but for the triggers of events."""
    for frame, _ in (*sheet.events.values(), *sheet.relations.values()):
        yield from (target for _, target in frame.args)
    yield from (trait.target for trait, _ in sheet.traits)
    yield from (link.target for link, _ in sheet.links)
    for group, _ in sheet.groups:
        yield from group.members


def _traits(sheet: Sheet) -> dict[str, list[Trait]]:
    found: dict[str, list[Trait]] = defaultdict(list)
    known = sheet.textbounds.keys() | sheet.events.keys() | sheet.relations.keys()
    for trait, place in sheet.traits:
        if trait.target in known:
            found[trait.target].append(trait)
        else:
            what = f"{trait.name} is on {shown(trait.target)}, which is not there"
            sheet.reject(place, what)
    return found


def _links(sheet: Sheet) -> dict[str, list[Normalization]]:
    found: dict[str, list[Normalization]] = defaultdict(list)
    for link, place in sheet.links:
        if link.target in sheet.textbounds:
            found[link.target].append(link)
        else:
            what = f"a normalisation of {shown(link.target)}; expected one of a span that is there"
            sheet.reject(place, what)
    return found


def _mention(
    line: Textbound,
    pieces: tuple[Pair, ...],
    text: str,
    traits: list[Trait],
    links: list[Normalization],
) -> Mention:
    value, others = _value(traits)
    level = next((t.value for t in others if t.name == LEVEL), None)
    attributes = [Attribute(t.name, t.value) for t in others if t.name != LEVEL]
    # A normalisation has the name of the entry as well, which a link has not.
    attributes += [Attribute(f"{n.kb}:{n.id}", n.name) for n in links if n.name]
    return Mention(
        line.id,
        line.type,
        **_span(text, pieces),
        level=level,
        value=value,
        links=tuple(Link(n.kb, n.id) for n in links),
        attrs=tuple(attributes),
    )


def _value(traits: list[Trait]) -> tuple[Value | None, list[Trait]]:
    """Return the normalised value that attributes state, and the others of them."""
    fields = {VALUE[t.name]: t.value for t in traits if t.name in VALUE}
    if norm_fault(fields.get("norm", "")):
        return None, traits
    return Value(**fields), [t for t in traits if t.name not in VALUE]


def _span(text: str, pieces: tuple[Pair, ...]) -> dict[str, Any]:
    start, end = pieces[0][0], pieces[-1][1]
    fragments = pieces if len(pieces) > 1 else ()
    words = covered(text, start, end, fragments)
    return {"start": start, "end": end, "fragments": fragments, "text": words}


def _event(sheet: Sheet, frame: Frame, traits: list[Trait]) -> Event:
    _, pieces = sheet.textbounds[frame.trigger or ""]
    properties = {t.name: t.value for t in traits if t.name in PROPERTIES}
    return Event(
        frame.id,
        frame.type,
        triggers=(Trigger(**_span(sheet.ruler.text, pieces)),),
        args=tuple(arguments(frame)),
        attrs=tuple(Attribute(t.name, t.value) for t in traits if t.name not in PROPERTIES),
        **properties,
    )


def arguments(frame: Frame) -> Iterator[Argument]:
    """Yield arguments; the second filler of a role is called Theme2, and is of the role Theme."""
    counts: Counter[str] = Counter()
    for role, target in frame.args:
        name, numbered = role, _NUMBERED.fullmatch(role)
        if numbered and counts[numbered[1]] == int(numbered[2]) - 1:
            name = numbered[1]
        counts[name] += 1
        yield Argument(name, ref=target)


def _relation(frame: Frame, traits: list[Trait]) -> Relation:
    args = tuple(Argument(role, ref=target) for role, target in frame.args)
    attributes = tuple(Attribute(t.name, t.value) for t in traits)
    return Relation(frame.id, frame.type, args, attrs=attributes)


class _Groups:
    """What the `*` lines are: coreference of mentions or events, or another relation."""

    def __init__(self, sheet: Sheet, mentions: Mapping[str, Mention]) -> None:
        self._sheet, self._mentions = sheet, mentions
        self._homes: dict[str, list[str]] = {}
        self.relations: list[Relation] = []
        for group, place in sheet.groups:
            members = list(dict.fromkeys(group.members))
            fault = self._fault(group, members)
            if fault is not None:
                sheet.reject(place, f"{group.type}: {fault}")
            elif group.type == EQUIV:
                self._join(members)
            else:
                args = tuple(Argument(MEMBER, ref=member) for member in members)
                name = f"group-{len(self.relations) + 1}"
                self.relations.append(Relation(name, group.type, args))

    def _fault(self, group: Group, members: list[str]) -> str | None:
        """Return why a group is none, or `None` if it is one."""
        missing = set(members) - self._mentions.keys() - self._sheet.events.keys()
        if missing:
            return f"{shown(next(m for m in members if m in missing))} is not there"
        mixed = len({member in self._mentions for member in members}) > 1
        return "spans and events together" if mixed and group.type == EQUIV else None

    def _join(self, members: list[str]) -> None:
        """Make a chain of some members; chains that share a member with them become one."""
        homes = self._homes
        sharing = {id(homes[member]): homes[member] for member in members if member in homes}
        chain: list[str] = []
        for other in (*sharing.values(), members):
            chain += [member for member in other if homes.get(member) is not chain]
            homes.update(dict.fromkeys(other, chain))
        if sharing:
            self._sheet.task.losses.note("Equiv lines that share a member are read as one")

    def _chains(self) -> Iterator[tuple[str, tuple[str, ...], bool]]:
        """Yield the chains of coreference: name, members, and whether they are of mentions."""
        chains = {id(chain): chain for chain in self._homes.values()}
        for number, chain in enumerate(chains.values(), start=1):
            yield f"equiv-{number}", tuple(chain), chain[0] in self._mentions

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The chains of mentions, of the type of their first one in the text."""
        chains = (Entity(name, "", None, chain) for name, chain, own in self._chains() if own)
        found = ((entity, first(entity, self._mentions)) for entity in chains)
        return tuple(replace(one, type=earliest.type) for one, earliest in found if earliest)

    @property
    def clusters(self) -> tuple[EventCluster, ...]:
        """The chains of events."""
        return tuple(EventCluster(name, c) for name, c, own in self._chains() if not own)
