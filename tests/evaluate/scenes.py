"""Small documents with events, written as `AID 0-3 Actor=4-6`, and what a metric counts of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from glose.corpus.document import Argument, Document, Entity, Event, Mention, Pair, Trigger
from glose.evaluate.counts import Tally
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View

#: Words of one letter, none of them an article: word n stands at 2 n.
TEXT = " ".join("bcdefghijklmnopqrstuvwxyzé")


def bounds(written: str) -> Pair:
    start, end = written.split("-")
    return int(start), int(end)


def fragments(written: str) -> tuple[Pair, ...]:
    found = tuple(bounds(place) for place in written.split("+"))
    return found if len(found) > 1 else ()


def outer(written: str) -> Pair:
    places = [bounds(place) for place in written.split("+")]
    return places[0][0], places[-1][1]


def event(number: int, written: str) -> Event:
    """Return the event that `AID 0-3,8-9 Actor=4-6` writes; `AID - …` has no trigger.

    A filler is a span, and then the mention there, or a word, and then a value.
    """
    name, places, *args = written.split()
    triggers = () if places == "-" else tuple(Trigger(*bounds(p)) for p in places.split(","))
    return Event(f"E{number}", name, triggers, tuple(map(argument, args)))


def argument(written: str) -> Argument:
    role, filler = written.split("=")
    if filler[0].isdigit():
        return Argument(role, ref=f"m{filler}")
    return Argument(role, value=filler)


def document(
    *written: str,
    entities: Sequence[str] = (),
    heads: Mapping[str, str] | None = None,
    levels: Mapping[str, str] | None = None,
    text: str | None = TEXT,
) -> Document:
    """Return a document of some events, and of entities written as the places of their mentions.

    `heads` and `levels` are those of the mentions at a place.
    """
    fillers = (arg.split("=")[1] for each in written for arg in each.split()[2:])
    places = {place: None for place in fillers if place[0].isdigit()}
    places |= dict.fromkeys(place for each in entities for place in each.split())
    mentions = tuple(
        Mention(
            f"m{place}", "X", *outer(place), fragments(place),
            head=bounds(heads[place]) if heads and place in heads else (),
            level=(levels or {}).get(place),
        )
        for place in places
    )  # fmt: skip
    return Document(
        id="d", text=text, mentions=mentions,
        events=tuple(event(number, each) for number, each in enumerate(written, start=1)),
        entities=tuple(
            Entity(f"N{number}", "X", mentions=tuple(f"m{place}" for place in each.split()))
            for number, each in enumerate(entities, start=1)
        ),
    )  # fmt: skip


def tally(name: str, gold: Document, predicted: Document) -> Tally:
    return METRICS[name].statistic.tally(View(gold), View(predicted))


def ratio(
    name: str, gold: Document, predicted: Document, type_: str | None = None
) -> tuple[float, ...]:
    """Return what is correct, predicted and gold; both numerators are the same."""
    metric = METRICS[name]
    row = tally(name, gold, predicted).get(type_)
    if row is None:
        return (0, 0, 0)
    found = metric.ratio(metric.statistic.columns(*row))
    assert found.correct_precision == found.correct_recall
    return (found.correct_precision, found.predicted, found.gold)


_place = st.tuples(st.integers(0, 9), st.integers(1, 3)).map(
    lambda p: f"{2 * p[0]}-{2 * (p[0] + p[1]) - 1}"
)
_args = st.lists(
    st.tuples(st.sampled_from(("Actor=", "Place=")), _place).map("".join), max_size=3, unique=True
)
_event = st.tuples(st.sampled_from(("AID", "WAR")), _place, _args.map(" ".join)).map(" ".join)

#: Up to four events as they are written.
happenings = st.lists(_event, max_size=4)

#: Up to three entities as they are written.
entities = st.lists(
    st.lists(_place, min_size=1, max_size=3, unique=True).map(" ".join), max_size=3
)
