"""Arguments: for each event and each mention near it, which role the one has in the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glose.annotate.french.stems import stem
from glose.annotate.learning.layout import Layout, Place
from glose.annotate.learning.linear import Linear
from glose.annotate.learning.linear import train as train_linear
from glose.annotate.learning.words import sentences
from glose.corpus.document import Argument, Document, Event, Mention

#: The class of a pair that is no argument.
NONE = "-"
#: How many sentences away an argument may stand.
WINDOW = 1
#: From which probability on a role is given; chosen on the dev split of the sample.
THRESHOLD = 0.3
_EVENT = "EVENT"


@dataclass(frozen=True, slots=True)
class Item:
    """What may be a party to an event: a mention, an event, or the trigger itself."""

    id: str
    type: str
    level: str
    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class Scene:
    """The mentions and events that stand in some sentences of a document."""

    layout: Layout
    mentions: Sequence[Item]
    events: Sequence[Item]


def scenes(document: Document) -> Iterator[tuple[Item, Scene]]:
    """Yield each event of a document with what stands near enough to be its argument.

    Only what is near is ever looked at, so a text of any length takes time in proportion to it.
    """
    layout = Layout(sentences(document))
    mentions, events = defaultdict(list), defaultdict(list)
    for mention in document.mentions:
        item = _mention(layout, mention)
        mentions[item.place.sentence].append(item)
    found = [_event(layout, one) for one in document.events if one.triggers]
    for event in found:
        events[event.place.sentence].append(event)
    for event in found:
        here = event.place.sentence
        near = range(here - WINDOW, here + WINDOW + 1)
        yield (
            event,
            Scene(
                layout,
                [item for number in near for item in mentions.get(number, ())],
                [item for number in near for item in events.get(number, ())],
            ),
        )


def train(documents: Sequence[Document]) -> Linear:
    """Return a classifier of pairs trained on the arguments of documents."""
    examples: list[tuple[list[str], str]] = []
    for document in documents:
        gold = {(one.id, arg.ref): arg.role for one in document.events for arg in one.args}
        for event, scene in scenes(document):
            examples += [
                (features(scene, event, item), gold.get((event.id, item.id), NONE))
                for item in candidates(scene, event)
            ]
    return train_linear(examples, strength=0.3)


def arguments(model: Linear, document: Document) -> dict[str, tuple[Argument, ...]]:
    """Return the arguments of each event of a document, by the id of the event."""
    filled = {event.id: tuple(_filled(model, scene, event)) for event, scene in scenes(document)}
    return {event.id: filled.get(event.id, ()) for event in document.events}


def candidates(scene: Scene, event: Item) -> Iterator[Item]:
    """Yield what may be an argument of an event: mentions first, in the order of the text."""
    for item in (*scene.mentions, *scene.events):
        if item.id != event.id:
            yield item


def features(scene: Scene, event: Item, item: Item) -> list[str]:
    """Return what speaks for or against a pair of an event and a candidate."""
    kind, side = _kind(item.type), _side(event, item)
    return [
        *_sorts(scene, event, item, kind, side),
        *_gaps(scene, event, item, kind, side),
        *_words(scene.layout, event, item, f"{kind}|{side}"),
    ]


def _sorts(scene: Scene, event: Item, item: Item, kind: str, side: str) -> list[str]:
    """Return features of what the two are, and on which side of the trigger the candidate is."""
    voice = scene.layout.voice(event.place)
    quoted = scene.layout.quoted
    rank = _rank(scene, event, item)
    return [
        f"kind={kind}",
        f"type={item.type}|{event.type}",
        f"{side}|{kind}",
        f"{side}|{kind}|{event.type}",
        f"{side}|{kind}|{voice}",
        f"{side}|{kind}|{voice}|{rank}",
        f"level={item.level}|{kind}",
        f"voice={voice}|{kind}",
        f"rank={rank}|{kind}",
        f"rank={rank}|{kind}|{event.type}",
        f"within={_within(scene, item)}|{kind}",
        f"quote={quoted[event.place.first]}{quoted[item.place.first]}",
    ]


def _gaps(scene: Scene, event: Item, item: Item, kind: str, side: str) -> list[str]:
    """Return features of how far they are apart, and of what stands between them."""
    far = _far(event, item)
    return [
        f"far={far}",
        f"far={far}|{kind}",
        f"triggers={_crossing(scene.events, event, item)}|{kind}",
        f"mentions={min(_crossing(scene.mentions, event, item), 5)}|{kind}|{side}",
        *(f"between={word}|{kind}|{side}" for word in _between(scene.layout, event, item)),
    ]


def _words(layout: Layout, event: Item, item: Item, sort: str) -> list[str]:
    """Return features of the words around the two."""
    before = layout.before(item.place, 2)
    return [
        f"stem={stem(layout.lowered[event.place.first])}|{sort}",
        f"before={' '.join(before)}|{sort.partition('|')[0]}",
        f"before1={' '.join(before[-1:])}|{sort}",
        f"next={' '.join(layout.after(event.place, 1))}|{sort}",
        f"after={' '.join(layout.after(item.place, 1))}|{sort}",
        f"opens={not before}|{sort}",
    ]


def _filled(model: Linear, scene: Scene, event: Item) -> Iterator[Argument]:
    for item in candidates(scene, event):
        chances = model.chances(features(scene, event, item))
        role = max(
            (one for one in model.classes if one != NONE),
            key=lambda one: chances[one],
            default=NONE,
        )
        if role != NONE and chances[role] > THRESHOLD:
            yield Argument(role, item.id)


def _mention(layout: Layout, one: Mention) -> Item:
    return Item(
        one.id, one.type, one.level or "", one.start, one.end, layout.place(one.start, one.end)
    )


def _event(layout: Layout, one: Event) -> Item:
    trigger = one.triggers[0]
    place = layout.place(trigger.start, trigger.end)
    return Item(one.id, one.type, _EVENT, trigger.start, trigger.end, place)


def _kind(type_: str) -> str:
    """Return the class of a candidate's type that decides which roles it may have."""
    classes = {"DATE": "WHEN", "TIME": "WHEN", "DUR": "WHEN", "SET": "WHEN"}
    return classes.get(
        type_, type_ if type_ in {"PER", "ORG", "GPE", "LOC", "FAC", "WEA", "NUM"} else _EVENT
    )


def _side(event: Item, item: Item) -> str:
    if item.start <= event.start and event.end <= item.end:
        return "around"
    if item.place.sentence != event.place.sentence:
        return "earlier" if item.start < event.start else "later"
    return "left" if item.start < event.start else "right"


def _far(event: Item, item: Item) -> int:
    gap = max(item.place.first - event.place.last, event.place.first - item.place.last, 0)
    return next((n for n, most in enumerate((1, 2, 3, 5, 8, 12, 20, 30)) if gap <= most), 8)


def _rank(scene: Scene, event: Item, item: Item) -> int:
    """Return how many candidates of the same kind stand nearer, at most 3."""
    own = _kind(item.type)
    gap = abs(item.place.first - event.place.first)
    nearer = sum(
        1 for one in scene.mentions
        if _kind(one.type) == own and abs(one.place.first - event.place.first) < gap
    )  # fmt: skip
    return min(nearer, 3)


def _within(scene: Scene, item: Item) -> str:
    """Return the type of the smallest mention that holds a candidate, or nothing."""
    holding = [
        one for one in scene.mentions
        if one.start <= item.start
        and item.end <= one.end
        and one.end - one.start > item.end - item.start
    ]  # fmt: skip
    return min(holding, key=lambda one: (one.end - one.start, one.id)).type if holding else ""


def _crossing(items: Sequence[Item], event: Item, item: Item) -> int:
    low, high = sorted((event.start, item.start))
    return sum(1 for one in items if low < one.start < high)


def _between(layout: Layout, event: Item, item: Item) -> list[str]:
    """Return up to six different words between the two, if they stand in one sentence."""
    if item.place.sentence != event.place.sentence:
        return []
    low, high = sorted((event.place, item.place), key=lambda place: place.first)
    return list(dict.fromkeys(layout.lowered[low.last + 1 : high.first]))[:8]
