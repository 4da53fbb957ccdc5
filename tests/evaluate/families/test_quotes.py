"""Items by words beside items by place."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Document
from glose.corpus.jsonl import decode
from glose.evaluate.families.quotes import (
    METRICS,
    Quoted,
    Said,
    arguments,
    count,
    mentions,
    triggers,
)

TEXT = "Hama, Hama et HAMA"


def document(*written: str, extra: tuple[tuple[str, str], ...] = ()) -> Document:
    """Return a document with the mentions that `GPE 0-4` writes."""
    found = []
    for each in written:
        name, place = each.split()
        start, end = map(int, place.split("-"))
        found.append({"type": name, "start": start, "end": end, "text": TEXT[start:end]})
    names = [{"name": name, "value": value} for name, value in extra]
    record = {"id": "d", "text": TEXT, "mentions": found, "extra": names}
    return decode(msgspec.json.encode(record))


@pytest.mark.parametrize(("gold", "predicted", "expected"), [
    pytest.param([], [], (0, 0, 0, 0), id="nothing"),
    pytest.param(["GPE 0-4"], [], (0, 0, 0, 1), id="nothing predicted"),
    pytest.param([], ["GPE 0-4"], (0, 0, 1, 0), id="nothing in gold"),
    pytest.param(["GPE 0-4"], ["GPE 0-4"], (1, 0, 1, 1), id="right place"),
    pytest.param(["GPE 0-4"], ["GPE 6-10"], (0, 1, 1, 1), id="right words at a wrong place"),
    pytest.param(["GPE 0-4"], ["GPE 14-18"], (0, 1, 1, 1), id="in other case"),
    pytest.param(["GPE 0-4"], ["PER 0-4"], (0, 0, 1, 1), id="of another type"),
    pytest.param(["GPE 0-4"], ["GPE 0-10"], (0, 0, 1, 1), id="other words"),
    pytest.param(["GPE 0-4"], ["GPE 0-4", "GPE 6-10"], (1, 0, 2, 1), id="once only"),
    pytest.param(["GPE 0-4", "GPE 6-10"], ["GPE 6-10", "GPE 14-18"], (1, 1, 2, 2),
                 id="what is in place is paired first"),
])  # fmt: skip
def test_mentions(gold: list[str], predicted: list[str], expected: tuple[int, ...]) -> None:
    assert count(mentions(document(*gold)), mentions(document(*predicted)))[None] == expected


def test_what_stands_nowhere_is_spurious() -> None:
    predicted = document("GPE 0-4", extra=(("unplaced:mention:GPE", "Alep"), ("note", "x")))

    assert count(mentions(document("GPE 0-4")), mentions(predicted))[None] == (1, 0, 2, 1)


def test_events() -> None:
    """An argument by its words, event type and role; a value has words and no place."""
    record = {
        "id": "d", "text": TEXT,
        "mentions": [{"id": "m1", "type": "GPE", "start": 0, "end": 4}],
        "events": [{"type": "A", "triggers": [{"start": 6, "end": 10}],
                    "args": [{"role": "R", "ref": "m1"}, {"role": "S", "value": "Été"}]}],
    }  # fmt: skip
    found = decode(msgspec.json.encode(record))

    assert triggers(found) == [Said("A", "", "hama", ((6, 10),))]
    assert arguments(found) == [
        Said("R", "A", "hama", ((0, 4),)), Said("S", "A", "été", None),
    ]  # fmt: skip


ITEMS = st.lists(
    st.builds(
        Said, st.sampled_from("AB"), st.just(""), st.sampled_from(["x", "y", None]),
        st.sampled_from([None, ((0, 1),), ((1, 2),)]),
    ),
    max_size=6,
)  # fmt: skip


@given(ITEMS, ITEMS)
def test_counts_are_within_bounds_and_symmetric(gold: list[Said], predicted: list[Said]) -> None:
    placed, misplaced, given_, wanted = count(gold, predicted)[None]
    back = count(predicted, gold)[None]

    assert 0 <= placed + misplaced <= min(given_, wanted)
    assert (back[0], back[1], back[2], back[3]) == (placed, misplaced, wanted, given_)


@given(ITEMS)
def test_the_same_is_perfect(items: list[Said]) -> None:
    known = [each for each in items if each.words or each.place]
    placed, misplaced, predicted, gold = count(known, known)[None]

    assert placed + misplaced == predicted == gold == len(known)


def test_figures() -> None:
    row = Quoted(3, 1, 6, 5)
    both, at = METRICS[0], METRICS[1]

    assert both.ratio(row) == (4, 6, 4, 5)
    assert at.ratio(row) == (3, 6, 3, 5)
    assert both.counts(row) == {"right place": 3, "wrong place": 1, "wrong": 2, "missed": 1}
