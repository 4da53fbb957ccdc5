"""How far layers of a document are apart."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.annotate.assist.disagreement import disagreement
from glose.corpus.document import Argument, Document, Event, Mention, Status, Trigger

BOTH = ("mentions", "events")


def layer(mentions: str = "", events: str = "", annotated: tuple[str, ...] = BOTH) -> Document:
    """Return a layer of `PER 0 3` mentions and `HIT 5 8 Role=m0` events, with commas between."""
    return Document(
        id="d1",
        mentions=tuple(
            _mention(n, one) for n, one in enumerate(filter(None, mentions.split(", ")))
        ),
        events=tuple(_event(n, one) for n, one in enumerate(filter(None, events.split(", ")))),
        status=Status(annotated=annotated),
    )


def _mention(number: int, words: str) -> Mention:
    kind, start, end = words.split()
    return Mention(f"m{number}", kind, int(start), int(end))


def _event(number: int, words: str) -> Event:
    kind, start, end, *args = words.split()
    pairs = (one.partition("=") for one in args)
    roles = tuple(Argument(role, ref) for role, _, ref in pairs)
    return Event(f"v{number}", kind, (Trigger(int(start), int(end)),), roles)


@pytest.mark.parametrize(("one", "other", "apart"), [
    pytest.param(layer("PER 0 3"), layer("PER 0 3"), 0.0, id="the same"),
    pytest.param(layer(), layer(), 0.0, id="nothing in either"),
    pytest.param(layer("PER 0 3"), layer(), 1.0, id="something and nothing"),
    pytest.param(layer("PER 0 3"), layer("LOC 0 3"), 1.0, id="another type"),
    pytest.param(layer("PER 0 3"), layer("PER 0 4"), 1.0, id="another span"),
    pytest.param(layer("PER 0 3, PER 5 8"), layer("PER 0 3"), 1 / 3, id="one of two"),
    pytest.param(layer("PER 0 3", "HIT 5 8 Actor=m0"), layer("PER 0 3", "HIT 5 8 Actor=m0"), 0.0,
                 id="the same event and argument"),
    pytest.param(layer("PER 0 3", "HIT 5 8 Actor=m0"), layer("PER 0 3", "HIT 5 8 Place=m0"), 1 / 3,
                 id="mention and trigger are the same, the argument has another role"),
    pytest.param(layer("PER 0 3", "HIT 5 8 Actor=m0"), layer("PER 0 3", "TALK 5 8 Actor=m0"),
                 2 / 3, id="with another event type an argument is another one too"),
    pytest.param(layer("PER 0 3", "", ("mentions",)), layer("PER 0 3", "HIT 5 8"), 0.0,
                 id="events count only where both layers have annotated them"),
    pytest.param(layer("PER 0 3", "", ()), layer("PER 0 3"), 0.0,
                 id="a list that holds something was annotated"),
    pytest.param(layer("", "", ()), layer("PER 0 3"), None, id="nothing was annotated in both"),
])  # fmt: skip
def test_disagreement(one: Document, other: Document, apart: float | None) -> None:
    assert disagreement([one, other]) == pytest.approx(apart)


def test_of_three_layers_it_is_the_mean_over_pairs() -> None:
    layers = [layer("PER 0 3"), layer("PER 0 3"), layer("LOC 0 3")]

    assert disagreement(layers) == pytest.approx(2 / 3)


@pytest.mark.parametrize("layers", [[], [layer("PER 0 3")]])
def test_one_layer_disagrees_with_nobody(layers: list[Document]) -> None:
    assert disagreement(layers) is None


_spans = st.lists(
    st.tuples(st.sampled_from(["PER", "LOC"]), st.integers(0, 5), st.integers(6, 9)), max_size=6
)


@given(_spans, _spans)
def test_it_is_the_same_both_ways_and_between_0_and_1(
    one: list[tuple[str, int, int]], other: list[tuple[str, int, int]]
) -> None:
    layers = [layer(", ".join(f"{k} {a} {b}" for k, a, b in spans)) for spans in (one, other)]
    found = disagreement(layers)

    assert found is not None
    assert 0 <= found <= 1
    assert found == pytest.approx(disagreement(layers[::-1]))


@given(_spans)
def test_order_and_ids_do_not_count(spans: list[tuple[str, int, int]]) -> None:
    one = layer(", ".join(f"{k} {a} {b}" for k, a, b in spans))
    other = msgspec.structs.replace(one, mentions=one.mentions[::-1])

    assert disagreement([one, other]) == 0
