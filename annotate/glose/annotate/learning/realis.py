"""The attributes of events: polarity, modality, tense, genericity, reported or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from glose.annotate.french.stems import stem
from glose.annotate.learning.arguments import Item, Scene, scenes
from glose.annotate.learning.layout import Layout, Place
from glose.annotate.learning.linear import Linear
from glose.annotate.learning.linear import train as train_linear
from glose.corpus.document import Attribute, Document, Event

_NEGATIONS = frozenset(
    [
        "pas",
        "ne",
        "n'",
        "n’",
        "ni",
        "sans",
        "aucun",
        "aucune",
        "jamais",
        "rien",
        "démenti",
        "nié",
        "dément",
        "nie",
        "personne",
        "plus",
    ]
)
_REPORTING = frozenset(
    [
        "selon",
        "après",
        "affirmé",
        "affirme",
        "annoncé",
        "déclaré",
        "indiqué",
        "précisé",
        "assuré",
        "ajouté",
        "accusé",
        "rapporté",
        "estimé",
        "expliqué",
        "répété",
    ]
)
_OPEN = frozenset(
    [
        "si",
        "pourrait",
        "pourraient",
        "devrait",
        "devraient",
        "doit",
        "doivent",
        "peut",
        "peuvent",
        "veut",
        "veulent",
        "va",
        "vont",
        "afin",
        "pour",
        "appelé",
        "menacé",
        "promis",
        "demandé",
        "exigé",
        "réclamé",
        "prévu",
        "proposé",
        "refusé",
        "avant",
        "risque",
    ]
)
_STOPS = frozenset(".!?»…")
_REPORTED = "reported"

#: How each attribute is read from an event; `reported` is the only one that stands in `attrs`.
ATTRIBUTES: Mapping[str, Callable[[Event], str]] = {
    "polarity": lambda event: event.polarity or "",
    "modality": lambda event: event.modality or "",
    "tense": lambda event: event.tense or "",
    "genericity": lambda event: event.genericity or "",
    _REPORTED: lambda event: "yes" if any(one.name == _REPORTED for one in event.attrs) else "",
}


def train(documents: Sequence[Document]) -> dict[str, Linear]:
    """Return a classifier for each attribute, trained on the events of documents."""
    examples: list[tuple[list[str], Event]] = []
    for document in documents:
        events = {event.id: event for event in document.events}
        examples += [(features(scene, item), events[item.id]) for item, scene in scenes(document)]
    return {
        name: train_linear([(row, read(event)) for row, event in examples], strength=0.5)
        for name, read in ATTRIBUTES.items()
    }


def attributed(models: Mapping[str, Linear], document: Document) -> tuple[Event, ...]:
    """Return the events of a document with their attributes."""
    rows = {item.id: features(scene, item) for item, scene in scenes(document)}
    return tuple(
        _one(models, rows[event.id], event) if event.id in rows else event
        for event in document.events
    )


def _one(models: Mapping[str, Linear], row: Sequence[str], event: Event) -> Event:
    found = {name: models[name].best(row) for name in ATTRIBUTES}
    reported = found.pop(_REPORTED)
    attrs = (Attribute(_REPORTED, reported),) if reported else ()
    return msgspec.structs.replace(
        event, **{name: value or None for name, value in found.items()}, attrs=attrs
    )


def features(scene: Scene, item: Item) -> list[str]:
    """Return what the words around a trigger say of its attributes."""
    layout, place = scene.layout, item.place
    word, voice = layout.lowered[place.first], layout.voice(place)
    before, after = layout.before(place, 6), layout.after(place, 4)
    governor = _governor(scene, item)
    return [
        f"word={word}",
        f"stem={stem(word)}",
        *(f"end={word[-size:]}" for size in (2, 3, 4)),
        f"type={item.type}",
        f"voice={voice}",
        f"voice={voice}|{item.type}",
        f"voice={voice}|{word[-2:]}",
        f"governor={governor}",
        f"governor={governor}|{voice}",
        f"quoted={layout.quoted[place.first]}",
        f"near={' '.join(before[-2:])}",
        f"near={' '.join(before[-1:])}",
        f"negated={any(one in _NEGATIONS for one in before[-5:])}",
        *(f"before={one}" for one in before),
        *(f"after={one}" for one in after),
        *(f"negation={one}" for one in before if one in _NEGATIONS),
        *_sentence(layout, place),
    ]


def _sentence(layout: Layout, place: Place) -> Iterator[str]:
    """Yield features of the whole sentence: is it a title, who says it, is it open."""
    words = layout.words_of(place.sentence)
    yield f"title={place.sentence == 0}"
    yield f"closed={words[-1] in _STOPS}"
    yield from (f"open={one}" for one in words if one in _OPEN)
    yield from (f"reporting={one}" for one in words if one in _REPORTING)


def _governor(scene: Scene, item: Item) -> str:
    """Return the type of the event named just before in the same sentence, or nothing."""
    earlier = [
        one for one in scene.events
        if one.place.sentence == item.place.sentence and one.start < item.start
    ]  # fmt: skip
    return max(earlier, key=lambda one: one.start).type if earlier else ""
