"""From lines of standoff to a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    ANNOTATIONS,
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
    Status,
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
    shown_alone = _referred(sheet)
    mentions: tuple[Mention, ...] = tuple(
        _mention(line, pieces, sheet.ruler.text, traits[line.id], links[line.id])
        for line, pieces in sheet.textbounds.values()
        if line.id in shown_alone
    )
    events = tuple(_event(sheet, frame, traits[frame.id]) for frame, _ in sheet.events.values())
    mentions = _anchored(mentions, sheet)
    relations = [_relation(frame, traits[frame.id]) for frame, _ in sheet.relations.values()]
    entities, clusters, others = _groups(sheet, {m.id: m for m in mentions})
    found = Document(
        id=name,
        text=sheet.ruler.text,
        mentions=mentions,
        entities=entities,
        relations=(*relations, *others),
        events=events,
        event_clusters=clusters,
    )
    # No file says what was looked for; what a document has was.
    annotated = [n for n in ANNOTATIONS if n == "mentions" or getattr(found, n)]
    return replace(found, status=Status(annotated=tuple(annotated)))


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
                wanted = [target for _, target in frame.args]
                missing = [target for target in wanted if target not in known]
                if frame.trigger is not None and frame.trigger not in sheet.textbounds:
                    missing.append(frame.trigger)
                if missing:
                    del frames[name]
                    what = f"{frame.id} refers to {shown(missing[0])}, which is not there"
                    sheet.reject(place, what)


def _referred(sheet: Sheet) -> set[str]:
    """Return the ids of the textbounds that are mentions: all that are no mere triggers."""
    triggers: dict[str, str] = {}
    for frame, _ in sheet.events.values():
        triggers.setdefault(frame.trigger or "", frame.type)
    frames = (*sheet.events.values(), *sheet.relations.values())
    used = {target for frame, _ in frames for _, target in frame.args}
    used.update(trait.target for trait, _ in sheet.traits)
    used.update(link.target for link, _ in sheet.links)
    used.update(member for group, _ in sheet.groups for member in group.members)
    return {
        name
        for name, (line, _) in sheet.textbounds.items()
        if triggers.get(name) != line.type or name in used
    }


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
    others = [t for t in others if t.name != LEVEL]
    attributes = [Attribute(t.name, t.value) for t in others]
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


def _groups(
    sheet: Sheet, mentions: Mapping[str, Mention]
) -> tuple[tuple[Entity, ...], tuple[EventCluster, ...], list[Relation]]:
    """Return what the `*` lines are: coreference of mentions or events, or another relation."""
    homes: dict[str, list[str]] = {}
    others: list[Relation] = []
    for group, place in sheet.groups:
        unique = list(dict.fromkeys(group.members))
        missing = [m for m in unique if m not in mentions and m not in sheet.events]
        mixed = len({member in mentions for member in unique}) > 1 and group.type == EQUIV
        if missing or mixed:
            what = f"{shown(missing[0])} is not there" if missing else "spans and events together"
            sheet.reject(place, f"{group.type}: {what}")
        elif group.type == EQUIV:
            _join(homes, unique, sheet.task)
        else:
            args = tuple(Argument(MEMBER, ref=member) for member in unique)
            others.append(Relation(f"group-{len(others) + 1}", group.type, args))
    entities: list[Entity] = []
    clusters: list[EventCluster] = []
    for number, members in enumerate({id(c): c for c in homes.values()}.values(), start=1):
        name, chain = f"equiv-{number}", tuple(members)
        if chain[0] in mentions:
            entity = Entity(name, "", mentions=chain)
            earliest = first(entity, mentions)
            entities.append(replace(entity, type=earliest.type if earliest else ""))
        else:
            clusters.append(EventCluster(name, chain))
    return tuple(entities), tuple(clusters), others


def _join(homes: dict[str, list[str]], members: list[str], task: Task) -> None:
    """Make a chain of some members; chains that share a member with them become one."""
    sharing = {id(homes[member]): homes[member] for member in members if member in homes}
    chain: list[str] = []
    for other in (*sharing.values(), members):
        chain += [member for member in other if homes.get(member) is not chain]
        homes.update(dict.fromkeys(other, chain))
    if sharing:
        task.losses.note("Equiv lines that share a member are read as one")
