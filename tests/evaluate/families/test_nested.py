"""Whole events on hand-worked documents."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evaluate.families.shares import counted, shares

from glose.corpus.document import Argument, Document, Entity, Event, Mention, Segment, Trigger

NAME = "event/nested"


def event(written: str) -> Event:
    """Return the event that `E1 AID 0-3,8-9 Actor=4-6 Cause=E2` writes; `-` is no trigger."""
    name, type_, places, *args = written.split()
    triggers = (place.split("-") for place in places.split(",") if place != "-")
    pairs = (each.split("=") for each in args)
    filled = tuple(Argument(role, ref=ref if ref[0] in "EN" else f"m{ref}") for role, ref in pairs)
    return Event(name, type_, tuple(Trigger(int(a), int(b)) for a, b in triggers), filled)


def document(written: Sequence[str]) -> Document:
    refs = {arg.split("=")[1] for each in written for arg in each.split()[3:]}
    spans = [ref.split("-") for ref in sorted(refs) if ref[0] not in "EN"]
    mentions = tuple(Mention(f"m{start}-{end}", "X", int(start), int(end)) for start, end in spans)
    return Document(id="d", mentions=mentions, events=tuple(map(event, written)))


AID = "E1 AID 0-3 Actor=4-6"
CASES = [
    # id, gold, predicted, (correct, predicted, gold)
    ("nothing on either side", [], [], (0, 0, 0)),
    ("nothing in gold", [], [AID], (0, 1, 0)),
    ("nothing predicted", [AID], [], (0, 0, 1)),
    ("all right, under another id", [AID], [AID.replace("E1", "E9")], (1, 1, 1)),
    ("a duplicate is spurious", [AID], [AID, AID.replace("E1", "E2")], (1, 2, 1)),
    ("another type", [AID], [AID.replace("AID", "WAR")], (0, 1, 1)),
    ("another trigger", [AID], [AID.replace("0-3", "0-4")], (0, 1, 1)),
    ("without a trigger", ["E1 AID - Actor=4-6"], ["E1 AID - Actor=4-6"], (1, 1, 1)),
    ("two triggers in any order", ["E1 AID 0-3,8-9"], ["E1 AID 8-9,0-3"], (1, 1, 1)),
    ("another role", [AID], [AID.replace("Actor", "Place")], (0, 1, 1)),
    ("an argument too many", [AID], [AID + " Place=8-9"], (0, 1, 1)),
    (
        "arguments in any order",
        [AID + " Place=8-9"], ["E1 AID 0-3 Place=8-9 Actor=4-6"], (1, 1, 1),
    ),
    ("an argument twice is not once", [AID], [AID + " Actor=4-6"], (0, 1, 1)),
    ("an event inside", [AID, "E2 WAR 8-9 Cause=E1"], [AID, "E2 WAR 8-9 Cause=E1"], (2, 2, 2)),
    (
        "listed the other way round",
        [AID, "E2 WAR 8-9 Cause=E1"], ["E2 WAR 8-9 Cause=E1", AID], (2, 2, 2),
    ),
    (
        "the one inside is wrong, so both are",
        [AID, "E2 WAR 8-9 Cause=E1"], [AID.replace("4-6", "4-7"), "E2 WAR 8-9 Cause=E1"],
        (0, 2, 2),
    ),
    (
        "the one outside is wrong, so it is",
        [AID, "E2 WAR 8-9 Cause=E1"], [AID, "E2 WAR 8-9"], (1, 2, 2),
    ),
    (
        "crossing triggers", ["E1 AID 0-5", "E2 WAR 3-9 Cause=E1"],
        ["E1 AID 0-5", "E2 WAR 3-9 Cause=E1"], (2, 2, 2),
    ),
    (
        "events in a circle are equal to none",
        ["E1 AID 0-3 Cause=E2", "E2 WAR 8-9 Cause=E1"],
        ["E1 AID 0-3 Cause=E2", "E2 WAR 8-9 Cause=E1"], (0, 2, 2),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"), [pytest.param(*each, id=name) for name, *each in CASES]
)
def test_events(gold: list[str], predicted: list[str], wanted: tuple[float, ...]) -> None:
    assert counted(NAME, document(gold), document(predicted)) == wanted


def test_scores_by_type_are_by_the_type_of_the_event_outside() -> None:
    layer = document([AID, "E2 WAR 8-9 Cause=E1"])
    assert counted(NAME, layer, document([AID]), "WAR") == (0, 0, 1)
    assert counted(NAME, layer, document([AID]), "AID") == (1, 1, 1)


def test_fillers_are_known_by_their_place_or_name() -> None:
    """A mention, the entity of which it is the first, a segment at its place: all the same."""
    args = [Argument("Actor", ref=name) for name in ("m1", "N1", "s1", "N2")]
    args.append(Argument("Actor", value="ONU"))
    found = [
        Document(
            mentions=(Mention("m2", "X", 8, 9), Mention("m1", "X", 0, 3)),
            entities=(Entity("N1", "X", mentions=("m2", "m1")), Entity("N2", "X", name="ONU")),
            segments=(Segment("s1", "sentence", 0, 3),),
            events=(Event("E1", "AID", (), (arg,)),),
        )
        for arg in args
    ]
    same = [[counted(NAME, one, other)[0] for other in found] for one in found]
    assert same == [[1, 1, 1, 0, 0]] * 3 + [[0, 0, 0, 1, 1]] * 2


def test_thousands_inside_one_another_are_no_matter() -> None:
    written = ["E0 AID 0-1"] + [f"E{n + 1} AID 0-1 Cause=E{n} Cause=E{n}" for n in range(2000)]
    assert counted(NAME, document(written), document(written)) == (2001, 2001, 2001)


EVENTS = st.lists(
    st.sampled_from(["AID 0-3 Actor=4-6", "AID 0-3", "WAR 8-9 Cause=E0", "WAR 8-9 Cause=E1"]),
    min_size=2,
    max_size=6,
).map(lambda found: document([f"E{n} {each}" for n, each in enumerate(found)]))


@settings(max_examples=50)
@given(gold=EVENTS, predicted=EVENTS)
def test_swapping_gold_and_predicted_swaps_precision_and_recall(
    gold: Document, predicted: Document
) -> None:
    one, other = shares(NAME, gold, predicted), shares(NAME, predicted, gold)
    assert one == (other[2], other[3], other[0], other[1])
    assert 0 <= one.correct_precision <= min(one.predicted, one.gold)


@settings(max_examples=50)
@given(gold=EVENTS, predicted=EVENTS)
def test_the_order_of_events_does_not_matter(gold: Document, predicted: Document) -> None:
    turned = Document(id="d", mentions=predicted.mentions, events=predicted.events[::-1])
    assert shares(NAME, gold, predicted) == shares(NAME, gold, turned)
