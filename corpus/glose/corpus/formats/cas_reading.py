"""From a CAS to a document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    Label,
    Link,
    Mention,
    Pair,
    Relation,
    Segment,
    Trigger,
)
from glose.corpus.errors import Place
from glose.corpus.formats import traits
from glose.corpus.formats.brat_reading import LEVEL
from glose.corpus.formats.cas_layers import (
    DOCUMENT,
    FIELD,
    LINGUISTIC,
    METADATA,
    TOKEN,
    Chains,
    Events,
    Labels,
    Layer,
    Layers,
    Mentions,
    Plan,
    Relations,
    Segments,
    lineage,
)
from glose.corpus.formats.cas_metadata import TITLES, about
from glose.corpus.formats.cas_opening import Opened
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.entries import linked
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names
from glose.corpus.formats.statuses import stated
from glose.corpus.formats.timexes import timex
from glose.corpus.formats.words import first_of
from glose.corpus.rulers import MisplacedError, Ruler

#: Features of mentions that hold parts of a normalised value.
PARTS = {"normMod": "mod", "normUnit": "unit", "normAnchor": "anchor"}
#: The knowledge base of a link that is an IRI.
IRI = "iri"


_PLACED = frozenset({"sofa", "begin", "end"})
#: Attributes of a time in HeidelTime, by that of TIMEX3 that each is.
_TIMES = {
    "type": "timexType", "value": "timexValue", "quant": "timexQuant", "freq": "timexFreq",
    "mod": "timexMod",
}  # fmt: skip


def document(opened: Opened, given: Layers, place: Place, task: Task) -> Document:
    """Return the document of a CAS, without id and provenance; its layers are as in a map."""
    return _Reading(opened, given, place, task).document()


class Claims:
    """Which mention the link of a chain is: one of its span and type that no other link is."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._free: dict[Pair, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self._free[mention.start, mention.end].append(mention)

    def take(self, start: int, end: int, type_: str) -> Mention | None:
        """Return the next mention of a span, of a type if there is one, and do not again."""
        free = self._free.get((start, end), [])
        found = next((one for one in free if one.type == type_), free[0] if free else None)
        if found is not None:
            free.remove(found)
        return found


class _Reading:
    """One CAS that is read."""

    def __init__(self, opened: Opened, given: Layers, place: Place, task: Task) -> None:
        self._cas = opened.cas
        self._plan = Plan(given, opened.cas)
        self._ruler = Ruler(opened.text, task["unit"] or "utf16")
        self._place, self._task = place, task
        self._names = Names()
        #: Ids of the record by those of the CAS.
        self._ids: dict[int, str] = {}
        self._mentions: list[Mention] = []
        self._segments: list[Segment] = []
        self._tokens: set[Pair] = set()
        self._events: list[tuple[Event, Events, Any]] = []
        self._labels: list[Label] = []
        self._later: list[tuple[Layer, Any]] = []
        self._others: Counter[str] = Counter()
        self._claims = Claims(())
        if opened.views:
            task.losses.unread("views", "a record has one text", len(opened.views))

    def document(self) -> Document:
        for structure in sorted(self._cas.select_all_fs(), key=lambda one: one.xmiID):
            with self._task.rejects.aside(self._place, structure.type.name):
                self._take(structure)
        self._claims = Claims(self._mentions)
        entities = [
            entity for layer, one in self._of(Chains) for entity in self._entity(layer, one)
        ]
        relations = [r for layer, one in self._of(Relations) for r in self._relation(layer, one)]
        found = Document(
            text=self._ruler.text,
            segments=tuple(self._segments),
            tokens=self._words(),
            mentions=tuple(self._mentions),
            entities=tuple(entities),
            relations=tuple(relations),
            events=tuple(self._event(*one) for one in self._events),
            labels=tuple(self._labels),
        )
        found = self._about(found)
        self._tell()
        found = traits.anchored(found)
        return replace(found, status=stated(found))

    def _words(self) -> tuple[Pair, ...]:
        found: list[Pair] = []
        for token in sorted(self._tokens):
            if found and token[0] < found[-1][1]:
                self._task.losses.unread("overlapping tokens", "words of a record are in a row")
            else:
                found.append(token)
        return tuple(found)

    def _of(self, kind: type[Layer]) -> Iterator[tuple[Any, Any]]:
        yield from (pair for pair in self._later if isinstance(pair[0], kind))

    def _take(self, structure: Any) -> None:  # noqa: ANN401  # cassis is not followed
        layer = self._plan.of(structure.type)
        if isinstance(layer, Mentions):
            self._mention(layer, structure)
        elif isinstance(layer, Events):
            event = self._triggered(layer, structure)
            self._events.append((event, layer, structure))
        elif isinstance(layer, Segments):
            self._segment(layer, structure)
        elif isinstance(layer, Labels):
            self._labels += self._said(layer, structure)
        elif layer is not None:
            self._later.append((layer, structure))
        elif structure.type.name == TOKEN:
            if structure.begin != structure.end:
                self._tokens.add(self._span(structure))
        elif not self._reached(structure.type):
            self._others[structure.type.name] += 1

    def _reached(self, type_: Any) -> bool:  # noqa: ANN401  # a type of cassis
        """Whether there is nothing to tell of a type: links of slots are read with their host."""
        names = {feature.name for feature in type_.all_features}
        known = DOCUMENT in lineage(type_) or self._plan.passed_over(type_.name)
        return known or {"role", "target"} <= names

    def _span(self, structure: Any) -> Pair:  # noqa: ANN401  # as above
        try:
            return self._ruler.span(int(structure.begin), int(structure.end))
        except (MisplacedError, TypeError, ValueError) as error:
            raise MalformedError(f"{structure.type.name} {structure.xmiID}: {error}") from error

    def _mention(self, layer: Mentions, structure: Any) -> None:  # noqa: ANN401  # as above
        start, end = self._span(structure)
        name = self._names.new(None, "m")
        rest = dict(self._features(structure, {layer.label}))
        found = Mention(name, layer.named(structure), start, end)
        times = {name: rest.pop(one) for name, one in _TIMES.items() if one in rest}
        found = _valued(found, list(_pairs(layer, rest)))
        self._mentions.append(_timed(found, times) if "type" in times else found)
        self._ids[structure.xmiID] = name

    def _triggered(self, layer: Events, structure: Any) -> Event:  # noqa: ANN401  # as above
        start, end = self._span(structure)
        name = self._names.new(None, "v")
        self._ids[structure.xmiID] = name
        pairs = _single(self._features(structure, {layer.label, *layer.arguments}))
        return traits.on_event(Event(name, layer.named(structure), (Trigger(start, end),)), pairs)

    def _segment(self, layer: Segments, structure: Any) -> None:  # noqa: ANN401  # as above
        if structure.begin == structure.end:
            self._task.losses.note("segments without a character were left out")
            return
        start, end = self._span(structure)
        given = getattr(structure, "id", None)
        name = self._names.new(given if isinstance(given, str) else None, "g")
        self._segments.append(Segment(name, layer.named(structure), start, end))

    def _said(self, layer: Labels, structure: Any) -> Iterator[Label]:  # noqa: ANN401  # as above
        short = structure.type.name.rsplit(".", 1)[-1]
        stated_ = getattr(structure, layer.scheme, None) if layer.scheme else None
        for name, values in self._features(structure, {layer.scheme}):
            scheme = (stated_ or short) if name == layer.label else f"{short}.{name}"
            yield from (Label(scheme, value) for value in values)

    def _features(
        self,
        structure: Any,  # noqa: ANN401  # as above
        taken: set[str | None],
    ) -> Iterator[tuple[str, list[str]]]:
        """Yield the features of a structure that have a value, all but some."""
        for feature in structure.type.all_features:
            if feature.name in _PLACED or feature.name in taken:
                continue
            value = getattr(structure, feature.name)
            if values := list(_plain(value)):
                # In Python cassis calls some features by another name.
                yield (
                    feature.name.rstrip("_") if feature.name in _RENAMED else feature.name,
                    values,
                )
            elif hasattr(value, "xmiID") and not self._plan.is_slot(feature):
                what = "features that refer to other annotations are not read"
                self._task.losses.unread("references", what)

    def _event(self, event: Event, layer: Events, structure: Any) -> Event:  # noqa: ANN401  # as above
        args: list[Argument] = []
        for name in layer.arguments:
            given = getattr(structure, name, None)
            for filler in getattr(given, "elements", [given]) or ():
                with self._task.rejects.aside(self._place, name):
                    args += self._argument(layer, name, filler)
        return replace(event, args=tuple(args))

    def _argument(self, layer: Events, name: str, filler: Any) -> Iterator[Argument]:  # noqa: ANN401  # as above
        if filler is None:
            return
        if not hasattr(filler, layer.target):
            yield Argument(name, self._named(filler))
        elif (target := getattr(filler, layer.target)) is not None:
            role = getattr(filler, layer.role, None)
            yield Argument(name if role is None else str(role), self._named(target))

    def _named(self, target: Any) -> str:  # noqa: ANN401  # as above
        found = self._ids.get(getattr(target, "xmiID", None) or -1)
        if found is None:
            kind = target.type.name if hasattr(target, "type") else type(target).__name__
            raise MalformedError(f"{kind} is referred to, which was read as no mention or event")
        return found

    def _relation(self, layer: Relations, structure: Any) -> Iterator[Relation]:  # noqa: ANN401  # as above
        with self._task.rejects.aside(self._place, structure.type.name):
            ends = [getattr(structure, name) for name in (layer.source, layer.target)]
            if None in ends:
                raise MalformedError(f"{structure.type.name} {structure.xmiID} has no two ends")
            args = [Argument(r, self._named(e)) for r, e in zip(layer.roles, ends, strict=True)]
            taken = {layer.label, layer.source, layer.target}
            attrs = (Attribute(*one) for one in _single(self._features(structure, taken)))
            name = self._names.new(None, "r")
            yield Relation(name, layer.named(structure), tuple(args), attrs=tuple(attrs))

    def _entity(self, layer: Chains, structure: Any) -> Iterator[Entity]:  # noqa: ANN401  # as above
        own: list[Mention] = []
        link, seen = getattr(structure, layer.first), set[int]()
        while link is not None and link.xmiID not in seen:
            seen.add(link.xmiID)
            with self._task.rejects.aside(self._place, structure.type.name):
                own.append(self._linked(layer, link))
            link = getattr(link, layer.next, None)
        if own:
            type_ = first_of(own).type
            yield Entity(self._names.new(None, "e"), type_, mentions=tuple(m.id for m in own))

    def _linked(self, layer: Chains, link: Any) -> Mention:  # noqa: ANN401  # as above
        """Return the mention that a link is, or a new one."""
        start, end = self._span(link)
        kind = getattr(link, layer.label, None) if layer.label else None
        found = self._claims.take(start, end, str(kind or UNTYPED))
        if getattr(link, "referenceRelation", None):
            self._task.losses.unread("kinds of coreference", "coreference has no kinds")
        if found is None:
            found = Mention(self._names.new(None, "m"), str(kind or UNTYPED), start, end)
            self._mentions.append(found)
        return found

    def _about(self, found: Document) -> Document:
        """Return a document with what its metadata say."""
        given: dict[str, list[str]] = defaultdict(list)
        language = None
        for one in sorted(self._cas.select_all_fs(), key=lambda one: one.xmiID):
            if one.type.name == FIELD and one.key is not None and one.value is not None:
                given[one.key].append(one.value)
            elif getattr(one, "language", None) is not None and DOCUMENT in lineage(one.type):
                language = one.language
            for name, feature in TITLES.items() if one.type.name == METADATA else ():
                if value := getattr(one, feature, None):
                    given[name].insert(0, value)
        return about(found, given, language)

    def _tell(self) -> None:
        for name, number in self._others.items():
            linguistic = name.startswith(LINGUISTIC)
            what = "morphology, syntax and layout" if linguistic else name
            reason = f"the record has no place for {what}"
            self._task.losses.unread("other annotations", reason, number)


#: What cassis calls features of names that it has itself.
_RENAMED = {"type_": "type", "self_": "self"}


def _plain(value: object) -> Iterator[str]:
    """Yield a value, or those of an array, as strings; nothing of what is an annotation."""
    if isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, (str, int, float)):
        yield str(value)
    else:
        for part in getattr(value, "elements", None) or ():
            if isinstance(part, (str, int, float)):
                yield from _plain(part)


def _single(found: Iterable[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in found for value in values]


def _pairs(layer: Mentions, rest: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield features as `traits` has them; links come as they are written."""
    for name, value in _single(rest.items()):
        if name == layer.level:
            yield LEVEL, value
        elif name == layer.link:
            yield traits.LINK, value
        elif name == layer.norm:
            yield "value", value
        elif layer.norm and name in PARTS:
            yield f"value.{PARTS[name]}", value
        else:
            yield name, value


def _valued(mention: Mention, pairs: list[tuple[str, str]]) -> Mention:
    """Return a mention with its level, links, value and attributes."""
    links: list[Link] = []
    rest: list[tuple[str, str]] = []
    for name, value in pairs:
        found = entry(value) if name == traits.LINK else None
        if found is not None:
            links.append(found)
        else:
            rest.append((name, value))
    return traits.on_mention(replace(mention, links=tuple(links)), rest)


def entry(text: str) -> Link | None:
    """Return the link that a feature says: `kb:id`, or an IRI, which is a link of its own.

    >>> entry("http://www.wikidata.org/entity/Q90").kb, entry("http://example.org/a").kb
    ('wikidata', 'iri')
    """
    return linked(text) or (Link(IRI, text) if ":" in text else None)


def _timed(mention: Mention, times: Mapping[str, list[str]]) -> Mention:
    """Return the mention of a time as HeidelTime has it."""
    given = {name: " ".join(values) for name, values in times.items()}
    found = timex({name: value for name, value in given.items() if value}, None)
    attrs = (*mention.attrs, *found.attrs)
    return replace(mention, type=found.type, value=found.value, attrs=attrs)
