"""Times, events and temporal links as the TempEval-3 toolkit reads them: a file for each document.

Words are numbers, since the toolkit only compares ids. Those of the two sides are made the same
first: what stands on the same words, else what overlaps, each in the order of its ids. Tags cannot
cross, so of items that overlap the first stays, times before events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.converting import SIDES, Side, paired, sides

from glose.corpus.document import Document
from glose.evaluate.numbering import natural

#: Those of TimeML; relations of other types are no temporal links.
RELATIONS = frozenset((
    "BEFORE", "AFTER", "IBEFORE", "IAFTER", "INCLUDES", "IS_INCLUDED", "DURING", "DURING_INV",
    "SIMULTANEOUS", "IDENTITY", "BEGINS", "BEGUN_BY", "ENDS", "ENDED_BY",
))  # fmt: skip


#: A mention with one of these kinds of values is a time, whatever its type.
VALUES = ("date", "time", "duration", "set")


class Item(NamedTuple):
    """A time or an event: its words, half-open, and its attributes as they are written."""

    id: str
    first: int
    last: int
    time: bool
    attributes: str


def items(side: Side) -> list[Item]:
    """Return the times and then the events of a document, each in the order of its ids."""
    found = []
    for mention in sorted(side.document.mentions, key=lambda mention: natural(mention.id)):
        kind = mention.type.removeprefix("TIMEX3.")
        known, _, norm = mention.value.norm.partition(":") if mention.value else ("", "", "")
        if kind != mention.type or known in VALUES:
            value = f' value="{norm}"' if norm else ""
            found.append(Item(mention.id, *side.places(mention), True, f' type="{kind}"{value}'))
    for event in sorted(side.document.events, key=lambda event: natural(event.id)):
        for trigger in event.triggers[:1]:
            tense = f' tense="{event.tense}"' if event.tense else ""
            told = f' class="{event.type}"{tense}'
            found.append(Item(event.id, *side.places(trigger), False, told))
    return found


def aligned(gold: Sequence[Item], predicted: Sequence[Item]) -> dict[str, str]:
    """Return what predicted ids are called: as the gold item that they are, else by themselves."""
    names: dict[str, str] = {}
    for equal in (True, False):
        for item in predicted:
            free = (g for g in gold if g.time == item.time and g.id not in names.values())
            one = next((g for g in free if meets(g, item, equal)), None)
            if item.id not in names and one is not None:
                names[item.id] = one.id
    return {item.id: names.get(item.id, f"other{item.id}") for item in predicted}


def meets(one: Item, other: Item, equal: bool) -> bool:
    if equal:
        return one[1:3] == other[1:3]
    return one.first < other.last and other.first < one.last


def links(document: Document, ids: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return source, target and type of the temporal links between items, in the order of ids."""
    known = set(ids)
    found = []
    for relation in sorted(document.relations, key=lambda relation: natural(relation.id)):
        ends = [argument.ref for argument in relation.args]
        if relation.type in RELATIONS and len(ends) == 2 and known.issuperset(ends):
            found.append((str(ends[0]), str(ends[1]), relation.type))
    return found


def written(side: Side, found: Sequence[Item], names: Mapping[str, str]) -> str:
    """Return the file of one side of a document."""
    words = [f"w{number:05}" for number in range(len(side.words))]
    taken: set[int] = set()
    for item in found:
        if taken.isdisjoint(range(item.first, item.last)):
            taken.update(range(item.first, item.last))
            name = names[item.id]
            tag, ids = ("TIMEX3", f'tid="{name}"') if item.time else ("EVENT", f'eid="{name}"')
            words[item.first] = f"<{tag} {ids}{item.attributes}>{words[item.first]}"
            words[item.last - 1] += f"</{tag}>"
    times = {item.id for item in found if item.time}
    ends = {
        item.id: (
            ("timeID", "relatedToTime")
            if item.id in times
            else ("eventInstanceID", "relatedToEventInstance")
        )
        for item in found
    }
    tlinks = "".join(
        f'<TLINK lid="l{number}" relType="{kind}" {ends[source][0]}="{names[source]}" '
        f'{ends[target][1]}="{names[target]}" />\n'
        for number, (source, target, kind) in enumerate(links(side.document, ends))
    )
    body = " ".join(words)
    return f'<?xml version="1.0" ?>\n<TimeML>\n<TEXT>\n{body}\n</TEXT>\n{tlinks}</TimeML>\n'


def save(gold: Path, predicted: Path, folder: Path) -> None:
    """Write a file for each document of either side to a folder `gold` and one `predicted`."""
    for side in SIDES:
        (folder / side).mkdir(parents=True, exist_ok=True)
    for number, pair in enumerate(paired(gold, predicted)):
        both = sides(*pair)
        wanted, found = (items(side) for side in both)
        same = {item.id: item.id for item in wanted}
        texts = written(both[0], wanted, same), written(both[1], found, aligned(wanted, found))
        for side, text in zip(SIDES, texts, strict=True):
            (folder / side / f"{number:06}.tml").write_text(text)
