"""Events with one trigger each, their pairing, and sentences."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.evaluate.scenes import document

from glose.corpus.document import Document, Segment
from glose.evaluate.happenings import given, outer, scene
from glose.evaluate.sentences import distance, ends


def test_an_event_with_two_triggers_is_two() -> None:
    found = scene(document("AID 0-1,4-5 Actor=8-9", "WAR -"))
    assert [(each.type, each.trigger, len(each.args)) for each in found] == [
        ("AID", ((0, 1),), 1), ("AID", ((4, 5),), 1), ("WAR", None, 0),
    ]  # fmt: skip
    assert len(found) == 3
    assert [each.type for each in found[1:]] == ["AID", "WAR"]


def test_types_are_cut() -> None:
    [found] = scene(document("Conflict.Attack 0-1"), lambda name: name.split(".")[0])
    assert found.type == "Conflict"


def test_bounds_are_outer_and_strings_stay() -> None:
    assert outer(((0, 1), (4, 5))) == (0, 5)
    assert outer("two") == "two"


def test_predicted_events_are_paired_with_gold_ones_one_to_one() -> None:
    gold = scene(document("AID 0-1", "AID 0-1", "AID 0-1", "WAR 0-1", "AID 2-3"))
    predicted = scene(document("AID 0-1 Actor=4-5", "AID 2-3 Actor=6-7", "AID 0-1 Actor=8-9"))
    found = [[arg.bounds for arg in each.args] for each in given(gold, predicted)]
    assert found == [[(4, 5)], [(8, 9)], [], [], [(6, 7)]]


def test_of_two_heads_of_one_span_the_first_in_the_text_counts() -> None:
    whole = document("AID 0-1", entities=["4-9"], heads={"4-9": "8-9"})
    other = replace(whole.mentions[0], id="m2", head=(4, 5))
    for mentions in ((*whole.mentions, other), (other, *whole.mentions)):
        assert scene(replace(whole, mentions=mentions)).heads == {(4, 9): (4, 5)}


def test_an_entity_is_known_by_its_mentions() -> None:
    found = scene(document("AID 0-1", entities=["4-5 8-11", "14-15"], levels={"4-5": "NAM"}))
    assert found.entities == {(4, 5): "N1", (8, 11): "N1", (14, 15): "N2"}
    assert found.telling == {"N1": (4, 5), "N2": (14, 15)}


def sentence(number: int, start: int, end: int) -> Segment:
    return Segment(f"s{number}", "sentence", start, end)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        pytest.param(
            Document(text="ab . cd .", segments=(sentence(1, 5, 9), sentence(0, 0, 4))), (4, 9),
            id="the sentences of the record, sorted",
        ),
        pytest.param(
            Document(text="ab . cd .", segments=(Segment("p", "paragraph", 0, 9),)), (4, 9),
            id="stops between blanks where there are none",
        ),
        pytest.param(Document(text="Il dort. Elle lit."), (8, 18), id="else as the build splits"),
        pytest.param(Document(text=None), (), id="nothing without a text"),
    ],
)  # fmt: skip
def test_ends(found: Document, wanted: tuple[int, ...]) -> None:
    assert ends(found) == wanted


@pytest.mark.parametrize(
    ("source", "target", "sentences"), [(0, 3, 0), (0, 5, 1), (12, 0, -2), (4, 5, 0), (30, 0, -3)]
)
def test_distance(source: int, target: int, sentences: int) -> None:
    assert distance((4, 9, 14), source, target) == sentences
