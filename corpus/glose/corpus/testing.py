"""Hypothesis strategies for whole documents that keep every rule: for tests, ours and yours.

Needs `hypothesis`, which a plain installation of glose does not bring.

    @given(documents())
    def test_my_extractor_keeps_the_text(document: Document) -> None:
        assert my_extractor(document).text == document.text
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import msgspec
from hypothesis import strategies as st

from glose.corpus.document import (
    ANNOTATIONS,
    Argument,
    Attribute,
    Date,
    Document,
    Entity,
    Event,
    EventCluster,
    Label,
    Link,
    Mention,
    Meta,
    Pair,
    Provenance,
    Relation,
    Segment,
    Status,
    Template,
    Trigger,
    Value,
    covered,
    fingerprint,
)

T = TypeVar("T")
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

NORMS = (
    "date:2018-03-13", "date:2018-03", "date:2031-W10", "time:2031-03-10TNI", "duration:PT48H",
    "set:XXXX-WXX-5", "number:>=12", "money:3000000", "percent:2.5",
)  # fmt: skip

# No carriage return, NUL or lone surrogate; a byte order mark only where it is none. NBSP, emoji,
# accents as marks of their own, Arabic and U+2028 come up often because they break things.
_characters = st.one_of(
    st.sampled_from("aZé 12.,'’«»\n\u00a0\u202f\u2028\u0301\U0001f600دوما"),
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\0\ufeff"),
)
texts = st.text(_characters, min_size=1, max_size=60)
words = st.text(_characters, min_size=1, max_size=8)
types = st.sampled_from(("PER", "ORG", "LOC.city", "Conflict.Attack"))
scores = st.none() | st.floats(0, 1)
attributes = st.builds(Attribute, name=words, value=words)
links = st.builds(Link, kb=st.sampled_from(("wikidata", "own")), id=words, score=scores)


def few(strategy: st.SearchStrategy[T], most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    """Return tuples of none to a few."""
    return st.lists(strategy, max_size=most).map(tuple)


def some(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """Return values of a strategy, or `None`."""
    return st.none() | strategy


@st.composite
def dates(draw: Draw) -> Date:
    """Return dates of every precision."""
    month = draw(some(st.integers(1, 12)))
    return Date(
        year=draw(st.integers(1, 9999)),
        month=month,
        day=None if month is None else draw(some(st.integers(1, 28))),
        time=draw(st.sampled_from((None, "14:30", "23:59:59+02:00"))),
        approx=draw(st.booleans()),
    )


metas = st.builds(
    Meta,
    title=some(words),
    source=some(st.sampled_from(("agence", "journal"))),
    author=some(words),
    date=some(dates()),
    date_basis=st.sampled_from((None, "published")),
)
statuses = st.builds(
    Status,
    state=st.sampled_from((None, "done")),
    annotated=st.sets(st.sampled_from(ANNOTATIONS)).map(lambda names: tuple(sorted(names))),
    guideline=some(words),
)


@st.composite
def spans(draw: Draw, text: str) -> dict[str, Any]:
    """Return the fields of a span of a text, continuous or in pieces, with or without head."""
    size = len(text)
    bounds = sorted(draw(st.sets(st.integers(0, size), min_size=2, max_size=6)))
    if len(bounds) % 2 or draw(st.booleans()):
        bounds = [bounds[0], bounds[-1]]
    fragments: tuple[Pair, ...] = tuple(zip(bounds[::2], bounds[1::2], strict=True))
    fragments = fragments if len(fragments) > 1 else ()
    start, end = bounds[0], bounds[-1]
    head = (end - 1, end) if draw(st.booleans()) else ()
    return {
        "start": start,
        "end": end,
        "fragments": fragments,
        "text": covered(text, start, end, fragments),
        "head": head,
    }


@st.composite
def documents(draw: Draw, text: st.SearchStrategy[str] = texts) -> Document:
    """Return documents that keep every rule of the record, annotated in every way."""
    content = draw(text)
    segments = draw(_numbered("s", few(_segments(content))))
    mentions = draw(_numbered("m", few(_mentions(content), 4)))
    entities = draw(_entities([mention.id for mention in mentions]))
    events = draw(_numbered("v", few(_events(content), 3)))
    names = [item.id for item in (*segments, *mentions, *entities, *events)]
    happenings = [event.id for event in events]
    filled = tuple(
        Event(e.id, e.type, e.triggers, draw(few(_arguments(names))), e.polarity, e.modality)
        for e in events
    )
    return Document(
        id=draw(st.from_regex(r"[a-z]{1,3}-[0-9]{1,3}", fullmatch=True)),
        layer="gold",
        language=draw(st.sampled_from((None, "fr"))),
        text=content,
        text_sha256=fingerprint(content),
        meta=draw(metas),
        segments=segments,
        tokens=draw(_tokens(len(content))),
        mentions=mentions,
        entities=entities,
        relations=draw(_relations(content, names, [segment.id for segment in segments])),
        events=filled,
        event_clusters=draw(_clusters(happenings)),
        templates=draw(_templates(names, happenings)),
        labels=draw(few(_labels(names))),
        status=draw(statuses),
        provenance=draw(st.builds(Provenance, file=some(words))),
        extra=draw(few(attributes)),
    )


def _numbered(
    prefix: str, strategy: st.SearchStrategy[tuple[T, ...]]
) -> st.SearchStrategy[tuple[T, ...]]:
    """Give the items of each tuple ids of their own, and the order of the canonical form."""

    def numbered(items: tuple[Any, ...]) -> tuple[Any, ...]:
        named = [
            msgspec.structs.replace(item, id=f"{prefix}{number}")
            for number, item in enumerate(items, start=1)
        ]
        if prefix in "sm":
            named.sort(key=lambda item: (item.start, -item.end, item.type, item.id))
        return tuple(named)

    return strategy.map(numbered)


@st.composite
def _segments(draw: Draw, text: str) -> Segment:
    span = draw(spans(text))
    return Segment("", draw(types), span["start"], span["end"], draw(some(words)))


@st.composite
def _mentions(draw: Draw, text: str) -> Mention:
    return Mention(
        id="",
        type=draw(types),
        **draw(spans(text)),
        level=draw(st.sampled_from((None, "NAM", "NOM", "PRO"))),
        value=draw(some(st.builds(Value, norm=st.sampled_from(NORMS), mod=some(words)))),
        links=draw(few(links, 1)),
        attrs=draw(few(attributes, 1)),
    )


@st.composite
def _entities(draw: Draw, mentions: list[str]) -> tuple[Entity, ...]:
    """Share out some of the mentions among up to three entities, the last of which has none."""
    owners = [draw(st.integers(0, 2)) for _ in mentions]
    groups = [
        tuple(m for m, owner in zip(mentions, owners, strict=True) if owner == n) for n in (1, 2)
    ]
    entities = [
        Entity(f"e{n}", draw(types), draw(some(words)), group, draw(few(links, 1)))
        for n, group in enumerate(groups, start=1)
        if group
    ]
    if draw(st.booleans()):
        entities.append(Entity("e3", draw(types), draw(words)))
    return tuple(entities)


@st.composite
def _events(draw: Draw, text: str) -> Event:
    return Event(
        id="",
        type=draw(types),
        triggers=draw(few(spans(text).map(lambda span: Trigger(**span)))),
        polarity=draw(st.sampled_from((None, "Positive", "Negative"))),
        modality=draw(st.sampled_from((None, "Actual", "Other"))),
    )


@st.composite
def _arguments(draw: Draw, names: list[str]) -> Argument:
    role = draw(st.sampled_from(("Actor", "Recipient", "Location", "Date")))
    if names and draw(st.booleans()):
        return Argument(role, ref=draw(st.sampled_from(names)), attrs=draw(few(attributes, 1)))
    return Argument(role, value=draw(words))


@st.composite
def _relations(
    draw: Draw, text: str, names: list[str], segments: list[str]
) -> tuple[Relation, ...]:
    relation = st.builds(
        Relation,
        id=st.just("r1"),
        type=types,
        args=few(_arguments(names)),
        triggers=few(spans(text).map(lambda span: Trigger(**span)), 1),
        evidence=few(st.sampled_from(segments), 1) if segments else st.just(()),
    )
    return draw(few(relation, 1))  # type: ignore[no-any-return]  # hypothesis types `draw` as Any


@st.composite
def _clusters(draw: Draw, events: list[str]) -> tuple[EventCluster, ...]:
    size = draw(st.integers(0, len(events)))
    return (EventCluster("h1", tuple(events[:size])),) if size else ()


@st.composite
def _templates(draw: Draw, names: list[str], events: list[str]) -> tuple[Template, ...]:
    if draw(st.booleans()):
        return ()
    return (Template("t1", draw(types), draw(few(_arguments(names))), tuple(events)),)


@st.composite
def _labels(draw: Draw, names: list[str]) -> Label:
    target = st.sampled_from(names) if names else st.none()
    return Label("topic", draw(words), draw(some(target)), draw(scores))


@st.composite
def _tokens(draw: Draw, size: int) -> tuple[Pair, ...]:
    bounds = sorted(draw(st.sets(st.integers(0, size), max_size=6)))
    return tuple(zip(bounds[::2], bounds[1::2], strict=False))
