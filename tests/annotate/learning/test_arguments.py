"""What is looked at when arguments are sought: what stands near the event, and no more."""

from __future__ import annotations

import pytest

from glose.annotate.learning import arguments, realis
from glose.annotate.learning.arguments import candidates, features, scenes
from glose.corpus.document import Document, Event, Mention, Segment, Trigger, fingerprint

SENTENCE = "Gao a bombardé Hama."


def repeated(times: int) -> Document:
    """Return a document of the same sentence, each with two mentions and an event."""
    text = " ".join([SENTENCE] * times)
    starts = [number * (len(SENTENCE) + 1) for number in range(times)]
    mentions = [
        Mention(f"m{start + shift}", "GPE", start + shift, start + shift + len(name), text=name)
        for start in starts
        for shift, name in ((0, "Gao"), (15, "Hama"))
    ]
    events = [
        Event(f"v{start}", "ASSAULT", (Trigger(start + 6, start + 14, text="bombardé"),))
        for start in starts
    ]
    sentences = [Segment(f"g{s}", "sentence", s, s + len(SENTENCE)) for s in starts]
    return Document(
        id="d", layer="gold", text=text, text_sha256=fingerprint(text),
        segments=tuple(sentences), mentions=tuple(mentions), events=tuple(events),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "near"),
    [
        pytest.param(0, 5, id="the first: its own two, two of the next, one event"),
        pytest.param(10, 8, id="in the middle: six mentions and two events"),
        pytest.param(19, 5, id="the last"),
    ],
)
def test_candidates_stand_in_this_sentence_or_the_next_one(number: int, near: int) -> None:
    event, scene = list(scenes(repeated(20)))[number]

    assert len(list(candidates(scene, event))) == near


def test_what_is_looked_at_does_not_grow_with_the_text() -> None:
    """Twice the text has twice the pairs, and each pair the same features."""

    def seen(times: int) -> list[list[str]]:
        found = list(scenes(repeated(times)))
        return [features(scene, e, c) for e, scene in found for c in candidates(scene, e)]

    short, long = seen(20), seen(40)

    assert len(long) - 2 * len(short) == 2 * 3
    assert long[: len(short) // 2] == short[: len(short) // 2]


def test_an_event_without_trigger_gets_no_argument_and_no_attribute() -> None:
    """A model knows events by their words; a document-level event has none."""
    document = repeated(3)
    model, attributes = arguments.train([document]), realis.train([document])
    bare = Document(id="d", layer="gold", text="Gao.", events=(Event("v1", "ASSAULT"),))

    assert arguments.arguments(model, bare) == {"v1": ()}
    assert realis.attributed(attributes, bare) == bare.events
