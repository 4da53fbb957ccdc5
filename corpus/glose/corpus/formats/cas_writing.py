"""From a document that fits to a CAS, with the types of DKPro Core and the layers of INCEpTION."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from glose.corpus.document import Document, Event, Mention
from glose.corpus.formats.brat_reading import PROPERTIES
from glose.corpus.formats.cas_fitting import Targets, written
from glose.corpus.formats.cas_layers import (
    ANNOTATION,
    BASE,
    CHAIN,
    DIV,
    DOCUMENT,
    FIELD,
    HEADING,
    LABEL,
    LINK,
    METADATA,
    PARAGRAPH,
    SENTENCE,
    TOKEN,
    Events,
    Mentions,
)
from glose.corpus.formats.cas_metadata import TITLES, metadata
from glose.corpus.formats.cas_opening import cassis
from glose.corpus.formats.cas_reading import PARTS

_STRING, _ARRAY = "uima.cas.String", "uima.cas.FSArray"
#: Types of segments, by the type of the record.
_SEGMENTS = {"sentence": SENTENCE, "paragraph": PARAGRAPH, "heading": HEADING}


class Ref(NamedTuple):
    """The feature structure of a key."""

    key: str


class Slots(NamedTuple):
    """Links with a role and a target; `type` is theirs."""

    type: str
    links: tuple[tuple[str, Ref], ...]


class Draft(NamedTuple):
    """A feature structure that is to be made; `key` is what others call it."""

    key: str
    type: str
    features: Mapping[str, object]
    above: str = ANNOTATION


class System:
    """The types that documents need, one after the other, and their features."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._features: dict[str, dict[str, tuple[str, str | None]]] = {}
        self._made: Any = None

    def need(self, name: str, above: str, features: Mapping[str, tuple[str, str | None]]) -> None:
        """Have a type with these features, each a range and the type of its elements."""
        there = self._features.setdefault(name, {})
        if name not in self._above or not features.keys() <= there.keys():
            self._above.setdefault(name, above)
            there.update({key: one for key, one in features.items() if key not in there})
            self._made = None

    def made(self) -> Any:  # noqa: ANN401  # a type system of cassis
        """Return the type system so far."""
        if self._made is None:
            found = self._made = cassis().TypeSystem()
            for name in sorted(self._above, key=self._depth):
                found.create_type(name, self._above[name])
            for name, own in self._features.items():
                for feature, (range_, element) in own.items():
                    many = False if range_ == _ARRAY else None
                    found.create_feature(
                        name, feature, range_, elementType=element, multipleReferencesAllowed=many
                    )
        return self._made

    def _depth(self, name: str) -> int:
        above = self._above.get(name)
        return 0 if above is None else 1 + self._depth(above)


def cas(document: Document, targets: Targets, system: System) -> Any:  # noqa: ANN401  # a CAS of cassis
    """Return the CAS of a document; the system gets what types and features it needs."""
    drafts = list(_drafts(document, targets))
    for draft in drafts:
        _needed(draft, system)
    types = system.made()
    found = cassis().Cas(typesystem=types, sofa_string=document.text, sofa_mime="text/plain")
    made = {draft.key: types.get_type(draft.type)() for draft in drafts}
    for draft in drafts:
        structure = made[draft.key]
        for name, value in draft.features.items():
            if not isinstance(value, Slots) or value.links:
                setattr(structure, name, _value(value, made, types))
        found.add(structure)
    return found


def _value(value: object, made: Mapping[str, Any], types: Any) -> object:  # noqa: ANN401  # as above
    if isinstance(value, Ref):
        return made[value.key]
    if isinstance(value, Slots):
        link = types.get_type(value.type)
        elements = [link(role=role, target=made[target.key]) for role, target in value.links]
        return types.get_type(_ARRAY)(elements=elements)
    return value


def _needed(draft: Draft, system: System) -> None:
    ranges: dict[str, tuple[str, str | None]] = dict(_KNOWN.get(draft.type, {}))
    for name, value in draft.features.items():
        if name in ("begin", "end", "language"):
            continue
        if isinstance(value, Slots):
            link = {"role": (_STRING, None), "target": (ANNOTATION, None)}
            system.need(value.type, "uima.cas.TOP", link)
            ranges[name] = _ARRAY, value.type
        elif isinstance(value, Ref):
            ranges.setdefault(name, (_target(draft, value), None))
        else:
            ranges.setdefault(name, (_STRING, None))
    if draft.above == DIV:
        system.need(DIV, ANNOTATION, _KNOWN[DIV])
        ranges = {}
    for range_, _ in ranges.values():
        if range_ == LINK != draft.type:
            system.need(LINK, ANNOTATION, _KNOWN[LINK])
    system.need(draft.type, draft.above, ranges)


def _strings(*names: str) -> dict[str, tuple[str, str | None]]:
    return dict.fromkeys(names, (_STRING, None))


#: Features of types that others have defined.
_KNOWN: Mapping[str, dict[str, tuple[str, str | None]]] = {
    METADATA: _strings(
        "documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"
    ),
    FIELD: _strings("key", "value"),
    SENTENCE: _strings("id"),
    TOKEN: _strings("id"),
    DIV: _strings("divType", "id"),
    CHAIN: {"first": (LINK, None)},
    LINK: {"next": (LINK, None), **_strings("referenceType", "referenceRelation")},
}


def _target(draft: Draft, value: Ref) -> str:
    """Return the range of a feature that refers to a span: its key begins with it."""
    return LINK if draft.type in (CHAIN, LINK) else value.key.partition(" ")[0]


# --------------------------------------------------------------------------------------------
# What stands in a CAS
# --------------------------------------------------------------------------------------------


def _drafts(document: Document, targets: Targets) -> Iterator[Draft]:
    layers = {m.id: targets.mention(m.type) for m in document.mentions}
    keys = {m.id: f"{targets.range(layers[m.id])} {m.id}" for m in document.mentions}
    keys |= {e.id: f"{targets.range(targets.event(e.type))} {e.id}" for e in document.events}
    yield from _metadata(document)
    for segment in document.segments:
        type_ = _SEGMENTS.get(segment.type, DIV)
        kind = {} if type_ != DIV else {"divType": segment.type}
        features = {"begin": segment.start, "end": segment.end, "id": segment.id, **kind}
        yield Draft(segment.id, type_, features, ANNOTATION if type_ in (SENTENCE, DIV) else DIV)
    for start, end in document.tokens:
        yield Draft(f"token {start} {end}", TOKEN, {"begin": start, "end": end})
    for mention in document.mentions:
        if (layer := layers[mention.id]) is not None:
            yield Draft(keys[mention.id], layer.type, _of_mention(mention, layer))
    for event in document.events:
        if (slots := targets.event(event.type)) is not None:
            yield Draft(keys[event.id], slots.type, _of_event(event, slots, keys))
    yield from _chains(document)
    yield from _relations(document, targets, keys)
    for number, label in enumerate(document.labels):
        yield Draft(f"label {number}", LABEL, {"scheme": label.scheme, "value": label.value}, BASE)


def _metadata(document: Document) -> Iterator[Draft]:
    given = metadata(document)
    features: dict[str, object] = {"begin": 0, "end": len(document.text or "")}
    features |= {"documentId": document.id}
    if document.language is not None:
        features["language"] = document.language
    for name, feature in TITLES.items():
        if given.get(name, [""])[0]:
            features[feature] = given[name].pop(0)
    yield Draft("metadata", METADATA, features, DOCUMENT)
    pairs = [(name, value) for name, values in given.items() for value in values]
    for number, (name, value) in enumerate(pairs):
        yield Draft(f"field {number}", FIELD, {"begin": 0, "end": 0, "key": name, "value": value})


def _of_mention(mention: Mention, layer: Mentions) -> dict[str, object]:
    found: dict[str, object] = {"begin": mention.start, "end": mention.end}
    link = written(mention.links[0]) if mention.links else None
    given = [(layer.label, mention.type), (layer.link, link), (layer.level, mention.level)]
    if mention.value is not None:
        given.append((layer.norm, mention.value.norm))
        given += [(name, getattr(mention.value, part)) for name, part in PARTS.items()]
    given += [(attribute.name, attribute.value) for attribute in mention.attrs]
    return found | {name: value for name, value in given if name and value is not None}


def _of_event(event: Event, layer: Events, keys: Mapping[str, str]) -> dict[str, object]:
    trigger = event.triggers[0]
    found: dict[str, object] = {"begin": trigger.start, "end": trigger.end}
    if layer.label:
        found[layer.label] = event.type
    said = {name: value for name in PROPERTIES if (value := getattr(event, name)) is not None}
    found |= said | {attribute.name: attribute.value for attribute in event.attrs}
    if layer.arguments:
        feature = layer.arguments[0]
        links = tuple((a.role, Ref(keys[a.ref or ""])) for a in event.args)
        found[feature] = Slots(f"{layer.type}{feature[0].upper()}{feature[1:]}Link", links)
    return found


def _chains(document: Document) -> Iterator[Draft]:
    mentions = {mention.id: mention for mention in document.mentions}
    for entity in document.entities:
        names = [f"{entity.id} {number}" for number, _ in enumerate(entity.mentions)]
        yield Draft(entity.id, CHAIN, {"first": Ref(names[0])}, BASE)
        following = [after for _, after in pairwise(names)]
        for number, name in enumerate(entity.mentions):
            own = mentions[name]
            features: dict[str, object] = {"begin": own.start, "end": own.end}
            features["referenceType"] = own.type
            if number < len(following):
                features["next"] = Ref(following[number])
            yield Draft(names[number], LINK, features)


def _relations(document: Document, targets: Targets, keys: Mapping[str, str]) -> Iterator[Draft]:
    spans = {m.id: (m.start, m.end) for m in document.mentions}
    triggers = {e.id: (e.triggers[0].start, e.triggers[0].end) for e in document.events}
    for relation in document.relations:
        source, target = (argument.ref or "" for argument in relation.args)
        layer = targets.relation(relation.type, of_events=source in triggers)
        if layer is not None:
            # It stands where its target does: INCEpTION wants it so.
            start, end = (spans | triggers)[target]
            ends = {layer.source: Ref(keys[source]), layer.target: Ref(keys[target])}
            said = {attribute.name: attribute.value for attribute in relation.attrs}
            label = {layer.label: relation.type} if layer.label else {}
            features = {"begin": start, "end": end, **ends, **label, **said}
            yield Draft(relation.id, layer.type, features)
