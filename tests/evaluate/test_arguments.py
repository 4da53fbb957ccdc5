"""Arguments attached to triggers, by head, by entity and by distance, on hand-worked documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.evaluate import scenes
from tests.evaluate.scenes import document, ratio

from glose.evaluate.families.arguments import METRICS

Counts = tuple[float, ...]
NAMES = [metric.name for metric in METRICS]

ATTACHED = [
    # id, gold, predicted, then (correct, predicted, gold) by AI+ and AC+
    ("nothing", [], [], (0, 0, 0), (0, 0, 0)),
    ("nothing in gold", [], ["AID 0-1 Actor=4-5"], (0, 1, 0), (0, 1, 0)),
    ("nothing predicted", ["AID 0-1 Actor=4-5"], [], (0, 0, 1), (0, 0, 1)),
    ("all right", ["AID 0-1 Actor=4-5"], ["AID 0-1 Actor=4-5"], (1, 1, 1), (1, 1, 1)),
    ("a wrong role", ["AID 0-1 Actor=4-5"], ["AID 0-1 Place=4-5"], (1, 1, 1), (0, 1, 1)),
    ("a wrong trigger", ["AID 0-1 Actor=4-5"], ["AID 2-3 Actor=4-5"], (0, 1, 1), (0, 1, 1)),
    ("a wrong type", ["AID 0-1 Actor=4-5"], ["WAR 0-1 Actor=4-5"], (0, 1, 1), (0, 1, 1)),
    ("a wrong span", ["AID 0-1 Actor=4-5"], ["AID 0-1 Actor=4-7"], (0, 1, 1), (0, 1, 1)),
    ("a duplicate", ["AID 0-1 Actor=4-5"], ["AID 0-1 Actor=4-5"] * 2, (1, 1, 1), (1, 1, 1)),
    (
        "crossing fillers", ["AID 0-1 Actor=4-7 Actor=6-9"], ["AID 0-1 Actor=6-9 Actor=4-7"],
        (2, 2, 2), (2, 2, 2),
    ),
    (
        "one filler of two events", ["AID 0-1 Actor=4-5", "AID 2-3 Actor=4-5"],
        ["AID 0-1 Actor=4-5"], (1, 1, 2), (1, 1, 2),
    ),
    (
        "one filler in two roles", ["AID 0-1 Actor=4-5 Place=4-5"], ["AID 0-1 Actor=4-5"],
        (1, 1, 1), (1, 1, 2),
    ),
    (
        "an event with two triggers", ["AID 0-1,8-9 Actor=4-5"], ["AID 8-9 Actor=4-5"],
        (1, 1, 2), (1, 1, 2),
    ),
    ("no trigger", ["AID - Actor=4-5"], ["AID - Actor=4-5"], (1, 1, 1), (1, 1, 1)),
    ("a fragment less", ["AID 0-1 Actor=4-5+8-9"], ["AID 0-1 Actor=4-9"], (0, 1, 1), (0, 1, 1)),
    ("a value", ["AID 0-1 Actor=two"], ["AID 0-1 Actor=two"], (1, 1, 1), (1, 1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "identified", "classified"),
    [pytest.param(*rest, id=sentence) for sentence, *rest in ATTACHED],
)
def test_attached(
    gold: list[str], predicted: list[str], identified: Counts, classified: Counts
) -> None:
    both = document(*gold), document(*predicted)
    assert ratio("argument/attached-identification", *both) == identified
    assert ratio("argument/attached-classification", *both) == classified


def test_attached_arguments_have_the_type_of_their_event_and_roles_their_own() -> None:
    gold, predicted = document("AID 0-1 Actor=4-5"), document("WAR 0-1 Place=4-5")
    assert ratio("argument/attached-identification", gold, predicted, "AID") == (0, 0, 1)
    assert ratio("argument/attached-classification", gold, predicted, "Place") == (0, 1, 0)


#: The head of a longer mention, as both layers state it.
HEADS = {"4-9": "8-9", "6-9": "8-9", "8-11": "8-9"}

HEAD = [
    # id, gold, predicted, then by span alone and with the role
    ("nothing", [], [], (0, 0, 0), (0, 0, 0)),
    ("the same head", ["AID 0-1 Actor=4-9"], ["AID 0-1 Actor=6-9"], (1, 1, 1), (1, 1, 1)),
    ("crossing, one head", ["AID 0-1 Actor=6-9"], ["AID 0-1 Actor=8-11"], (1, 1, 1), (1, 1, 1)),
    ("the head itself", ["AID 0-1 Actor=4-9"], ["AID 0-1 Actor=8-9"], (1, 1, 1), (1, 1, 1)),
    ("another word", ["AID 0-1 Actor=4-9"], ["AID 0-1 Actor=4-5"], (0, 1, 1), (0, 1, 1)),
    ("a wrong role", ["AID 0-1 Actor=4-9"], ["AID 0-1 Place=6-9"], (1, 1, 1), (0, 1, 1)),
    ("a wrong type", ["AID 0-1 Actor=4-9"], ["WAR 0-1 Actor=6-9"], (0, 1, 1), (0, 1, 1)),
    (
        "two for one", ["AID 0-1 Actor=4-9"], ["AID 0-1 Actor=6-9 Actor=8-9"],
        (1, 2, 1), (1, 2, 1),
    ),
    (
        "one for two", ["AID 0-1 Actor=4-9 Actor=6-9"], ["AID 0-1 Actor=8-9"],
        (1, 1, 2), (1, 1, 2),
    ),
    ("a duplicate", ["AID 0-1 Actor=4-9"], ["AID 0-1 Actor=8-9"] * 2, (1, 1, 1), (1, 1, 1)),
    ("a wrong trigger", ["AID 0-1 Actor=4-9"], ["AID 2-3 Actor=8-9"], (1, 1, 1), (1, 1, 1)),
    ("a value", ["AID 0-1 Actor=two"], ["AID 0-1 Actor=two"], (1, 1, 1), (1, 1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "identified", "classified"),
    [pytest.param(*rest, id=sentence) for sentence, *rest in HEAD],
)
def test_head(
    gold: list[str], predicted: list[str], identified: Counts, classified: Counts
) -> None:
    both = document(*gold, heads=HEADS), document(*predicted, heads=HEADS)
    assert ratio("argument/head-identification", *both) == identified
    assert ratio("argument/head", *both) == classified


def test_a_span_without_a_head_takes_that_of_the_other_layer() -> None:
    gold = document("AID 0-1 Actor=4-9", entities=["6-9"], heads=HEADS)
    predicted = document("AID 0-1 Actor=6-9")
    assert ratio("argument/head", gold, predicted) == (1, 1, 1)
    assert ratio("argument/head", predicted, gold) == (1, 1, 1)


def test_a_span_whose_head_nobody_states_is_its_own_head() -> None:
    gold = document("AID 0-1 Actor=4-9", heads=HEADS)
    assert ratio("argument/head", gold, document("AID 0-1 Actor=6-9")) == (0, 1, 1)


#: Two entities of gold.
ENTITIES = ["4-5 8-9 12-13", "6-7 16-17"]

COREFERENCE = [
    ("nothing", [], [], (0, 0, 0), (0, 0, 0)),
    ("the same mention", ["AID 0-1 Actor=4-5"], ["AID 0-1 Actor=4-5"], (1, 1, 1), (1, 1, 1)),
    ("another mention", ["AID 0-1 Actor=4-5"], ["AID 0-1 Actor=8-9"], (1, 1, 1), (1, 1, 1)),
    ("another entity", ["AID 0-1 Actor=4-5"], ["AID 0-1 Actor=6-7"], (0, 1, 1), (0, 1, 1)),
    ("no entity", ["AID 0-1 Actor=2-3"], ["AID 0-1 Actor=2-3"], (1, 1, 1), (1, 1, 1)),
    ("a wrong role", ["AID 0-1 Actor=4-5"], ["AID 0-1 Place=8-9"], (1, 1, 1), (0, 1, 1)),
    (
        "two mentions for one", ["AID 0-1 Actor=4-5"], ["AID 0-1 Actor=8-9 Actor=12-13"],
        (1, 2, 1), (1, 2, 1),
    ),
    (
        "one mention for two", ["AID 0-1 Actor=4-5 Actor=8-9"], ["AID 0-1 Actor=12-13"],
        (1, 1, 2), (1, 1, 2),
    ),
    ("a duplicate", ["AID 0-1 Actor=4-5"], ["AID 0-1 Actor=8-9"] * 2, (1, 1, 1), (1, 1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "identified", "classified"),
    [pytest.param(*rest, id=sentence) for sentence, *rest in COREFERENCE],
)
def test_coreference(
    gold: list[str], predicted: list[str], identified: Counts, classified: Counts
) -> None:
    both = document(*gold, entities=ENTITIES), document(*predicted)
    assert ratio("argument/coreference-identification", *both) == identified
    assert ratio("argument/coreference", *both) == classified


def test_a_span_of_two_entities_is_of_the_one_with_the_first_id() -> None:
    gold = document("AID 0-1 Actor=4-5", entities=["4-5 8-9", "4-5 12-13"])
    turned = replace(gold, entities=gold.entities[::-1])
    for each in (gold, turned):
        assert ratio("argument/coreference", each, document("AID 0-1 Actor=8-9")) == (1, 1, 1)
        assert ratio("argument/coreference", each, document("AID 0-1 Actor=12-13")) == (0, 1, 1)


LEVELS = {"4-5": "PRO", "8-9": "NOM", "12-15": "NAM", "16-17": "NAM"}

INFORMATIVE = [
    # id, the mentions of the gold entity, the gold filler, the predicted one, counts
    ("the name for the pronoun", "4-5 8-9 12-15", "4-5", "12-15", (1, 1, 1)),
    ("the pronoun itself does not tell", "4-5 8-9 12-15", "4-5", "4-5", (0, 1, 1)),
    ("the noun where there is no name", "4-5 8-9", "4-5", "8-9", (1, 1, 1)),
    ("the longest name", "4-5 12-15 16-17", "4-5", "12-15", (1, 1, 1)),
    ("a shorter name", "4-5 12-15 16-17", "4-5", "16-17", (0, 1, 1)),
    ("an entity of one mention", "4-5", "4-5", "4-5", (1, 1, 1)),
]


@pytest.mark.parametrize(
    ("entity", "wanted", "found", "counts"),
    [pytest.param(*rest, id=sentence) for sentence, *rest in INFORMATIVE],
)
def test_informative(entity: str, wanted: str, found: str, counts: Counts) -> None:
    gold = document(f"AID 0-1 Actor={wanted}", entities=[entity], levels=LEVELS)
    predicted = document(f"AID 0-1 Actor={found}")
    assert ratio("argument/informative", gold, predicted) == counts
    assert ratio("argument/informative-identification", gold, predicted) == counts


def test_a_system_with_entities_is_taken_at_its_own_most_informative_mention() -> None:
    gold = document("AID 0-1 Actor=4-5", entities=["4-5 12-15"], levels=LEVELS)
    predicted = document("AID 0-1 Actor=8-9", entities=["8-9 12-15"], levels=LEVELS)
    assert ratio("argument/informative", gold, predicted) == (1, 1, 1)


def test_informative_mentions_are_compared_by_head() -> None:
    gold = document("AID 0-1 Actor=4-5", entities=["4-5 12-15"], heads={"12-15": "14-15"})
    assert ratio("argument/informative", gold, document("AID 0-1 Actor=14-15")) == (1, 1, 1)


#: Six sentences of two words each.
SENTENCES = "ab . cd . ef . gh . ij . kl ."

DISTANCES = [
    ("0", "WAR 10-12 Actor=10-12"),
    ("+1", "WAR 10-12 Actor=15-17"),
    ("+2", "WAR 10-12 Actor=20-22"),
    ("over 2 after", "WAR 10-12 Actor=25-27"),
    ("-1", "WAR 15-17 Actor=10-12"),
    ("-2", "WAR 15-17 Actor=5-7"),
    ("over 2 before", "WAR 15-17 Actor=0-2"),
    ("none", "WAR - Actor=0-2"),
    ("none", "WAR 0-2 Actor=two"),
]


@pytest.mark.parametrize(("name", "written"), DISTANCES)
def test_distance(name: str, written: str) -> None:
    gold = document(written, text=SENTENCES)
    assert ratio("argument/distance", gold, gold, name) == (1, 1, 1)
    assert ratio("argument/distance", gold, document(text=None), name) == (0, 0, 1)
    assert ratio("argument/distance", document(text=SENTENCES), gold, name) == (0, 1, 0)


def test_distances_add_up_to_attached_arguments() -> None:
    gold = document("WAR 0-2 Actor=0-2 Actor=10-12", "AID 5-7 Actor=25-27", text=SENTENCES)
    predicted = document("WAR 0-2 Actor=0-2 Place=10-12", "AID 5-7 Actor=20-22", text=None)
    assert ratio("argument/distance", gold, predicted) == (1, 3, 3)
    assert ratio("argument/attached-classification", gold, predicted) == (1, 3, 3)


@given(gold=scenes.happenings, predicted=scenes.happenings, entities=scenes.entities)
def test_no_share_is_below_0_or_above_1(
    gold: list[str], predicted: list[str], entities: list[str]
) -> None:
    both = document(*gold, entities=entities), document(*predicted)
    for name in NAMES:
        correct, found, wanted = ratio(name, *both)
        assert 0 <= correct <= min(found, wanted), name


@given(gold=scenes.happenings, entities=scenes.entities)
def test_gold_against_itself_is_perfect(gold: list[str], entities: list[str]) -> None:
    whole = document(*gold, entities=entities)
    for name in NAMES:
        correct, found, wanted = ratio(name, whole, whole)
        assert correct == found == wanted, name


@given(gold=scenes.happenings, predicted=scenes.happenings, entities=scenes.entities)
def test_swapping_gold_and_predicted_swaps_precision_and_recall(
    gold: list[str], predicted: list[str], entities: list[str]
) -> None:
    """Where both have the same entities, for the metrics that look at those of gold."""
    both = document(*gold, entities=entities), document(*predicted, entities=entities)
    for name in NAMES:
        correct, found, wanted = ratio(name, *both)
        assert ratio(name, *both[::-1]) == (correct, wanted, found), name


@given(
    gold=scenes.happenings, predicted=scenes.happenings, entities=scenes.entities, data=st.data()
)
def test_the_order_of_items_does_not_matter(
    gold: list[str], predicted: list[str], entities: list[str], data: st.DataObject
) -> None:
    wanted, found = document(*gold, entities=entities), document(*predicted)
    shuffled = replace(
        wanted,
        events=tuple(data.draw(st.permutations(wanted.events))),
        mentions=tuple(data.draw(st.permutations(wanted.mentions))),
        entities=tuple(data.draw(st.permutations(wanted.entities))),
    )
    other = replace(found, events=tuple(data.draw(st.permutations(found.events))))
    for name in NAMES:
        assert scenes.tally(name, shuffled, other) == scenes.tally(name, wanted, found), name


@given(gold=scenes.happenings, predicted=scenes.happenings)
def test_the_types_add_up_to_all(gold: list[str], predicted: list[str]) -> None:
    for name in NAMES:
        rows = scenes.tally(name, document(*gold), document(*predicted))
        total = rows.pop(None)
        assert total == tuple(map(sum, zip((0,) * 4, *rows.values(), strict=True))), name
