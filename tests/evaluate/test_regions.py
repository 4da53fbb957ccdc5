"""Counting by regions gives what counting each document gives, for every statistic that has it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Document, Mention
from glose.evaluate import hashmap, regions, stretches
from glose.evaluate.counts import Local, Statistic, Tally
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View, cut
from glose.evaluate.regions import Regions
from glose.evaluate.roster import Roster

Pair = tuple[Document, Document]
Item = tuple[str, tuple[int, int]]

LOCAL = {
    metric.statistic.name: metric.statistic
    for metric in METRICS.values()
    if metric.statistic.local is not None
}
NAMES = ("PER", "ORG", "PER.Group")
TEXT = "Le  maire de Lyon, né à Saint-Étienne , est là."

#: Words without the punctuation.
TOKENS = tuple(word.span() for word in re.finditer(r"\w+", TEXT))

places = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 9)).map(
    lambda place: (place[0], min(len(TEXT), sum(place)))
)
#: Few places, so that spans repeat, nest and cross.
near = st.tuples(st.integers(3, 8), st.integers(1, 5)).map(lambda p: (p[0], sum(p)))
spans = st.lists(st.tuples(st.sampled_from(NAMES), near | places), max_size=7)


#: How a bound is moved, and another type, if any.
steps = st.sampled_from((0, 0, 0, 1, -1, 2))
moves = st.tuples(steps, steps, st.sampled_from((None, None, *NAMES)))


def moved(span: Item, start: int, end: int, name: str | None) -> Item:
    """Return a span with other bounds and perhaps another type."""
    first = min(len(TEXT) - 1, max(0, span[1][0] + start))
    return name or span[0], (first, min(len(TEXT), max(first + 1, span[1][1] + end)))


@st.composite
def documents(draw: st.DrawFn) -> Pair:
    """Return two layers of a text; now and then a mention has a head, a gap, no own id."""
    odd = draw(st.sampled_from(["", "", "", "head", "gap", "id"]))
    wanted = draw(spans)
    found = [moved(span, *draw(moves)) for span in wanted if draw(st.booleans())]
    found += draw(st.just([]) | spans)
    tokens = draw(st.sampled_from([(), TOKENS]))
    return document(wanted, draw, "", tokens), document(found, draw, odd, ())


def document(
    items: Sequence[Item], draw: st.DrawFn, odd: str, tokens: tuple[tuple[int, int], ...]
) -> Document:
    ids = draw(st.permutations(range(len(items))))
    mentions = [
        Mention(f"T{7 * number + 5}", name, *bounds)
        for number, (name, bounds) in zip(ids, items, strict=True)
    ]
    if mentions and odd:
        first = mentions[0]
        head = (first.start, first.end) if odd == "head" else ()
        gap = ((first.start, first.start + 1), (first.start + 2, first.end))
        wide = odd == "gap" and first.end > first.start + 2
        name = mentions[-1].id if odd == "id" else first.id
        mentions[0] = Mention(
            name, first.type, first.start, first.end, fragments=gap if wide else (), head=head
        )
    return Document(id="d", text=TEXT, tokens=tokens, mentions=tuple(mentions))


def some(tally: Tally) -> Tally:
    """Return the rows of a tally, without those of types of which nothing is counted."""
    return {name: row for name, row in tally.items() if name is None or any(row)}


class Found(Regions):
    """Regions that write their roster themselves."""

    def __init__(
        self,
        kinds: Collection[Local],
        roster: Roster | None = None,
        known: Collection[str] = (),
    ) -> None:
        super().__init__(kinds, Roster() if roster is None else roster, known)

    def add(self, gold: Document, predicted: Document) -> frozenset[Local]:
        self.roster.add(gold, predicted)
        return super().add(gold, predicted)


def counted(statistic: Statistic, pairs: Sequence[Pair], depth: int | None = None) -> list[Tally]:
    """Return what each pair counts by regions, and one by one where it does not suit them."""
    assert statistic.local
    known = NAMES if statistic.known is None else statistic.known
    found = Found([statistic.local], Roster(cut(depth)), known)
    alone = [
        some(statistic.tally(*(View(side, cut(depth)) for side in pair)))
        for pair in pairs
        if found.add(*pair)
    ]
    found.settle()
    return [*found.rows(statistic, statistic.local).tallies(), *alone]


def each(statistic: Statistic, pairs: Sequence[Pair], depth: int | None = None) -> list[Tally]:
    return [some(statistic.tally(*(View(side, cut(depth)) for side in pair))) for pair in pairs]


def ordered(tallies: Sequence[Tally]) -> list[str]:
    return sorted(repr(sorted(tally.items(), key=repr)) for tally in tallies)


@given(pairs=st.lists(documents(), max_size=4))
def test_regions_of_many_documents(pairs: list[Pair]) -> None:
    for statistic in LOCAL.values():
        assert ordered(counted(statistic, pairs)) == ordered(each(statistic, pairs)), statistic


@given(pairs=st.lists(documents(), max_size=3))
def test_predictions_of_types_that_gold_never_has(pairs: list[Pair]) -> None:
    statistic = LOCAL["hipe2022 entities"]
    known = statistic.of({statistic.name: frozenset({"ORG", "PER"})})

    assert ordered(counted(known, pairs)) == ordered(each(known, pairs))


@given(pairs=st.lists(documents(), max_size=3))
def test_types_are_cut(pairs: list[Pair]) -> None:
    statistic = LOCAL["overlaps"]

    assert ordered(counted(statistic, pairs, 1)) == ordered(each(statistic, pairs, 1))


def test_what_is_listed_as_local_is_there() -> None:
    ways = {statistic.local for statistic in LOCAL.values()}

    assert ways == {"order", "bare", "hash", "words", "closed"}


def pair(gold: Sequence[tuple[str, int, int]], guess: Sequence[tuple[str, int, int]]) -> Pair:
    """Return two layers with these spans."""
    sides = (
        tuple(Mention(f"m{n}", *span) for n, span in enumerate(side)) for side in (gold, guess)
    )
    one, two = (Document(id="d", text=TEXT, mentions=side) for side in sides)
    return one, two


def test_a_shape_is_counted_once() -> None:
    found = Found(["order"])
    for place in (0, 9, 20):
        found.add(*pair([("PER", place, place + 4)], [("ORG", place + 1, place + 8)]))
        found.add(*pair([("LOC", place, place + 2)], [("GPE", place + 1, place + 8)]))
    found.settle()

    assert len(found.shapes["order"].numbers) == 1


def test_shapes_outlive_the_documents_that_had_them() -> None:
    found = Found(["order"])
    nested = pair([("PER", 0, 8), ("PER", 0, 3)], [("PER", 0, 8)])
    tallies: list[Tally] = []
    for _ in range(2):
        found.add(*nested)
        found.settle()
        tallies += found.rows(LOCAL["overlaps"], "order").tallies()
        found.clear(Roster())

    assert tallies == each(LOCAL["overlaps"], [nested, nested])
    assert len(found.shapes["order"].numbers) == 1


def test_shapes_are_learned_anew_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "HELD", 1)
    found = Found(["order"])
    for size in range(1, 5):
        one = pair(
            [("PER", 0, 8), *[("PER", 0, end) for end in range(1, size + 1)]], [("ORG", 0, 7)]
        )
        found.add(*one)
        found.settle()

        statistic = LOCAL["overlaps"]
        assert [*found.rows(statistic, "order").tallies()] == each(statistic, [one])
        assert found.shapes["order"].spans == size + 2
        found.clear(Roster())


@pytest.mark.parametrize(
    ("odd", "barred"),
    [
        pytest.param({}, set(), id="nothing is odd"),
        pytest.param({"head": (0, 2)}, {"bare"}, id="a head"),
        pytest.param({"fragments": ((0, 1), (2, 3))}, {"order", "bare", "hash"}, id="a gap"),
    ],
)
def test_what_does_not_suit_regions(odd: dict[str, object], barred: set[str]) -> None:
    wanted = Document(id="d", text=TEXT, mentions=(Mention("m0", "PER", 0, 3, **odd),))  # type: ignore[arg-type]  # one field of several

    assert Found(["order", "bare", "hash"]).add(wanted, Document(id="d")) == barred


def test_two_mentions_of_one_id_stand_once_in_a_hash_table() -> None:
    twice = Document(id="d", text=TEXT, mentions=(Mention("m", "PER", 0, 3),) * 2)

    assert Found(["order", "hash"]).add(twice, Document(id="d")) == {"hash"}


def test_a_side_of_very_many_mentions_goes_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "MOST", 2)
    three = pair([("PER", 0, 3)] * 3, [])

    assert Found(["order"]).add(*three) == {"order"}


def test_ids_of_shapes_stand_in_the_order_of_a_hash_table() -> None:
    ids = [m.id for m in stretches.documented([(0, 1, 0)] * stretches.MOST).mentions]

    assert hashmap.order(ids) == sorted(ids) == ids
