"""Spans that were found, as mentions and events of the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from glose.annotate.expressions import Expression
from glose.annotate.learning.labels import Span
from glose.corpus.document import Event, Mention, Pair, Trigger, covered


def mentions(text: str, spans: Iterable[Span], found: Sequence[Expression]) -> tuple[Mention, ...]:
    """Return spans labelled `TYPE.LEVEL`, and times and numbers, as mentions from `m1` on.

    What two layers found alike is one mention.
    """
    drafts = [_mention(text, span) for span in spans]
    drafts += [
        Mention("", one.type, one.start, one.end, text=text[one.start : one.end], value=one.value)
        for one in found
    ]
    unique = {(one.type, one.start, one.end, one.fragments): one for one in reversed(drafts)}
    ordered = sorted(unique.values(), key=lambda one: (one.start, -one.end, one.type))
    return tuple(
        msgspec.structs.replace(one, id=f"m{n}") for n, one in enumerate(ordered, start=1)
    )


def events(text: str, spans: Iterable[Span]) -> tuple[Event, ...]:
    """Return spans labelled with event types as events from `v1` on."""
    ordered = sorted(spans, key=lambda span: (span.start, span.end, span.label))
    return tuple(
        Event(f"v{number}", span.label, (_trigger(text, span),))
        for number, span in enumerate(ordered, start=1)
    )


def _mention(text: str, span: Span) -> Mention:
    type_, _, level = span.label.partition(".")
    apart = _fragments(span)
    words = covered(text, span.start, span.end, apart)
    return Mention("", type_, span.start, span.end, apart, words, level=level or None)


def _trigger(text: str, span: Span) -> Trigger:
    apart = _fragments(span)
    return Trigger(span.start, span.end, apart, covered(text, span.start, span.end, apart))


def _fragments(span: Span) -> tuple[Pair, ...]:
    return span.pieces if len(span.pieces) > 1 else ()
