"""What the protocols of other programs count of events, on documents worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.evaluate import scenes
from tests.evaluate.scenes import document, ratio

from glose.corpus.document import Document, Mention
from glose.evaluate.families import ace, metametric, omnievent, rams, textee, wikievents
from glose.evaluate.metrics import METRICS, Family
from glose.evaluate.projection import View

Counts = tuple[float, ...]

A, B = "AID 0-1 Actor=4-5", "AID 2-3 Actor=4-5"


def both(gold: list[str], predicted: list[str]) -> tuple[Document, Document]:
    return document(*gold), document(*predicted)


TEXTEE = [
    # id, gold, predicted, then by AI, AC+ and, with gold triggers, AC and AC+
    ("nothing", [], [], [(0, 0, 0)] * 4),
    ("nothing in gold", [], [A], [(0, 1, 0), (0, 1, 0), (0, 0, 0), (0, 0, 0)]),
    ("nothing predicted", [A], [], [(0, 0, 1)] * 4),
    ("all right", [A], [A], [(1, 1, 1)] * 4),
    ("a duplicate", [A], [A, A], [(1, 1, 1)] * 4),
    ("a wrong trigger", [A], [B], [(1, 1, 1), (0, 1, 1), (0, 0, 1), (0, 0, 1)]),
    (
        "a wrong role", [A], ["AID 0-1 Place=4-5"],
        [(1, 1, 1), (0, 1, 1), (0, 1, 1), (0, 1, 1)],
    ),
    ("a wrong type", [A], ["WAR 0-1 Actor=4-5"], [(0, 1, 1), (0, 1, 1), (0, 0, 1), (0, 0, 1)]),
    ("one filler, two triggers", [A, B], [A, B], [(1, 1, 1), (2, 2, 2), (1, 1, 1), (2, 2, 2)]),
    (
        "a fragment less", ["AID 0-1 Actor=4-5+8-9"], ["AID 0-1 Actor=4-9"],
        [(1, 1, 1)] * 4,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "counts"), [pytest.param(*rest, id=name) for name, *rest in TEXTEE]
)
def test_textee(gold: list[str], predicted: list[str], counts: list[Counts]) -> None:
    names = (
        "argument-identification", "argument-attached-classification",
        "eae-argument-classification", "eae-argument-attached-classification",
    )  # fmt: skip
    assert [ratio(f"textee/{name}", *both(gold, predicted)) for name in names] == counts


def test_textee_triggers() -> None:
    """Two types on one span are one item without the type and two with it."""
    documents = both(["AID 0-1", "WAR 0-1"], ["AID 0-1", "AID 0-1", "AID 2-3"])
    assert ratio("textee/trigger-identification", *documents) == (1, 2, 1)
    assert ratio("textee/trigger-classification", *documents) == (1, 2, 2)
    assert ratio("textee/trigger-classification", *documents, "WAR") == (0, 0, 1)


ONEIE = [
    # id, gold, predicted, then by trigger-identification, trigger, role-identification, role
    ("nothing", [], [], [(0, 0, 0)] * 4),
    ("all right", [A], [A], [(1, 1, 1)] * 4),
    ("a duplicate is right twice", [A], [A, A], [(2, 2, 1), (2, 2, 1), (1, 1, 1), (1, 1, 1)]),
    (
        "of two types in gold only the first is seen", ["AID 0-1", "WAR 0-1"], ["WAR 0-1"],
        [(1, 1, 2), (0, 1, 2), (0, 0, 0), (0, 0, 0)],
    ),
    (
        "a filler in two roles is identified twice", [A], ["AID 0-1 Actor=4-5 Place=4-5"],
        [(1, 1, 1), (1, 1, 1), (2, 2, 1), (1, 2, 1)],
    ),
    ("no trigger, no event", ["AID - Actor=4-5"], ["AID - Actor=4-5"], [(0, 0, 0)] * 4),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "counts"), [pytest.param(*rest, id=name) for name, *rest in ONEIE]
)
def test_oneie(gold: list[str], predicted: list[str], counts: list[Counts]) -> None:
    names = ("trigger-identification", "trigger", "role-identification", "role")
    assert [ratio(f"ace/oneie-{name}", *both(gold, predicted)) for name in names] == counts


def test_oneie_mentions_are_lists() -> None:
    per, org = Mention("m1", "PER", 0, 1), Mention("m2", "ORG", 0, 1)
    gold, predicted = Document(mentions=(per,)), Document(mentions=(per, per, org))
    assert ratio("ace/oneie-entity", gold, predicted) == (2, 3, 1)
    assert ratio("ace/oneie-mention", gold, predicted) == (3, 3, 1)


def test_the_first_event_is_that_of_the_lowest_number() -> None:
    gold = document(*(f"{name} 0-1" for name in "ABCDEFGHIJ"))
    turned = replace(gold, events=gold.events[::-1])
    for each in (gold, turned):
        assert ratio("ace/oneie-trigger", each, document("A 0-1")) == (1, 1, 10)
        assert ratio("ace/dygie-trigger", each, document("A 0-1")) == (1, 1, 1)


DYGIE = [
    # id, gold, predicted, then by trigger-identification, trigger, argument-id..., argument
    ("nothing", [], [], [(0, 0, 0)] * 4),
    ("a duplicate", [A], [A, A], [(1, 1, 1)] * 4),
    ("the first token is enough", [A], ["AID 0-3 Actor=4-5"], [(1, 1, 1)] * 4),
    ("of two types the first", ["AID 0-1"], ["WAR 0-1", "AID 0-1"], [(1, 1, 1), (0, 1, 1)]),
    (
        "one argument at two triggers is right twice", [A], [A, B],
        [(1, 2, 1), (1, 2, 1), (2, 2, 1), (2, 2, 1)],
    ),
    (
        "of two roles the first", ["AID 0-1 Place=4-5"], ["AID 0-1 Actor=4-5 Place=4-5"],
        [(1, 1, 1), (1, 1, 1), (1, 1, 1), (0, 1, 1)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "counts"), [pytest.param(*rest, id=name) for name, *rest in DYGIE]
)
def test_dygie(gold: list[str], predicted: list[str], counts: list[Counts]) -> None:
    names = ("trigger-identification", "trigger", "argument-identification", "argument")
    found = [ratio(f"ace/dygie-{name}", *both(gold, predicted)) for name in names]
    assert found[: len(counts)] == counts


@pytest.mark.parametrize(
    ("gold", "predicted", "counts"),
    [
        pytest.param([], [], (0, 0, 0), id="nothing"),
        pytest.param(["AID 0-3"], ["AID 0-3"], (1, 1, 1), id="a gold trigger of two words"),
        pytest.param(["AID 0-1"], ["AID 0-3"], (0, 0, 1), id="two words are no candidate"),
        pytest.param(["AID 0-3"], ["AID 0-1"], (0, 1, 1), id="one word always is"),
        pytest.param(["AID 0-1"], ["AID 0-1", "WAR 0-1"], (1, 1, 1), id="the first of two types"),
        pytest.param(["AID 0-1"], ["AID 0-1", "AID 0-1"], (1, 1, 1), id="a duplicate"),
        pytest.param(["AID 0-1"], ["WAR 0-1"], (0, 1, 1), id="a wrong type"),
        pytest.param(["AID 0-1"], ["AID -"], (0, 0, 1), id="no trigger"),
    ],
)
def test_omnievent_triggers(gold: list[str], predicted: list[str], counts: Counts) -> None:
    assert ratio("omnievent/trigger", *both(gold, predicted)) == counts


def test_a_type_that_gold_never_has_is_not_counted() -> None:
    """Nor one that is always the second on its trigger, which OmniEvent does not see."""
    statistic = METRICS["omnievent/trigger"].statistic
    gold, predicted = both(["AID 0-1", "WAR 0-1"], ["AID 0-1", "WAR 2-3"])
    assert statistic.closed is not None
    known = frozenset(statistic.closed(View(gold).items(statistic.project)))
    assert known == {"AID"}
    rows = statistic.of({statistic.name: known}).tally(View(gold), View(predicted))
    assert rows[None] == (1, 1, 1, 1)
    assert ratio("omnievent/trigger", gold, predicted) == (1, 2, 1)


def test_omnievent_takes_tokens_where_there_are_any() -> None:
    gold = replace(document(text="a-b c"), tokens=((0, 1), (1, 2), (2, 3), (4, 5)))
    predicted = document("AID 0-1", "AID 0-3", text=None)
    assert ratio("omnievent/trigger", gold, predicted) == (0, 1, 0)
    blanks = replace(gold, tokens=())
    assert ratio("omnievent/trigger", blanks, document("AID 0-1", "WAR 0-3")) == (0, 1, 0)


@pytest.mark.parametrize(
    ("gold", "predicted", "counts"),
    [
        pytest.param([], [], (0, 0, 0), id="nothing"),
        pytest.param([A], [A], (1, 1, 1), id="all right"),
        pytest.param([A], [B], (1, 1, 1), id="another trigger"),
        pytest.param([A], [A, A], (1, 2, 1), id="a duplicate"),
        pytest.param([A], ["AID 0-1 Actor=20-21"], (1, 1, 1), id="the same words elsewhere"),
        pytest.param([A], ["AID 0-1 Place=4-5"], (0, 1, 1), id="a wrong role"),
        pytest.param([A], ["WAR 0-1 Actor=4-5"], (0, 1, 1), id="a wrong type"),
        pytest.param(
            ["AID 0-1 Actor=c"], ["AID 0-1 Actor=4-5"], (1, 1, 1), id="a value of the same words"
        ),
    ],
)
def test_omnievent_arguments(gold: list[str], predicted: list[str], counts: Counts) -> None:
    text = "a b c d e f g h i j c k l m"
    documents = document(*gold, text=text), document(*predicted, text=None)
    assert ratio("omnievent/argument", *documents) == counts


METAMETRIC = [
    # id, gold, predicted, then by TI, TC, AI, AC
    ("nothing is one thing right", [], [], [(1, 1, 1)] * 4),
    ("nothing in gold is worth one", [], [A], [(0, 1, 1)] * 4),
    ("nothing predicted too", [A, B], [], [(0, 1, 2)] * 4),
    ("all right", [A], [A], [(1, 1, 1)] * 4),
    ("a duplicate", [A], [A, A], [(1, 2, 1)] * 4),
    ("a wrong role", [A], ["AID 0-1 Place=4-5"], [(1, 1, 1), (1, 1, 1), (1, 1, 1), (0, 1, 1)]),
    ("a wrong type", [A], ["WAR 0-1 Actor=4-5"], [(1, 1, 1), (0, 1, 1), (0, 1, 1), (0, 1, 1)]),
    ("no arguments are one right", ["AID 0-1"], ["AID 0-1"], [(1, 1, 1)] * 4),
    ("no arguments in gold", ["AID 0-1"], [A], [(1, 1, 1), (1, 1, 1), (0, 1, 1), (0, 1, 1)]),
    (
        "the best of two events on one trigger",
        ["AID 0-1 Actor=4-5 Place=6-7", "AID 0-1 Actor=8-9"],
        ["AID 0-1 Actor=8-9", "AID 0-1 Actor=4-5 Actor=6-7"],
        [(2, 2, 2), (2, 2, 2), (3, 3, 3), (2, 3, 3)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "counts"), [pytest.param(*rest, id=name) for name, *rest in METAMETRIC]
)
def test_metametric(gold: list[str], predicted: list[str], counts: list[Counts]) -> None:
    found = [ratio(each.name, *both(gold, predicted)) for each in metametric.METRICS]
    assert found == counts


def test_many_events_on_one_trigger_are_assigned_too() -> None:
    """More than 2,500 pairs, of which each gold event has one that shares an argument."""
    spans = [f"{2 * n}-{2 * n + 1 + 2 * m}" for n in range(20) for m in range(3)]
    gold = document(*(f"AID 0-1 Actor={span} Place=0-1" for span in spans))
    predicted = document(*(f"AID 0-1 Actor={span}" for span in reversed(spans)))
    found = ratio("metametric/argument-classification", gold, predicted)
    assert found == (len(spans), len(spans), 2 * len(spans))


def test_an_event_that_is_repeated_takes_no_longer() -> None:
    whole = document(*["AID 0-1 Actor=4-5"] * 5000)
    assert ratio("metametric/argument-classification", whole, whole) == (5000,) * 3


#: An entity of three mentions.
ENTITY = ["4-5 8-9 12-15"]

WIKIEVENTS = [
    # id, gold, predicted, then by role-id, role, coref-role-id, coref-role
    ("nothing", [], [], [(0, 0, 0)] * 4),
    ("nothing in gold", [], [A], [(0, 0, 0)] * 4),
    ("nothing predicted", [A], [], [(0, 0, 1)] * 4),
    ("all right", [A], [A], [(1, 1, 1)] * 4),
    ("a duplicate", [A], ["AID 0-1 Actor=4-5 Actor=4-5"], [(1, 1, 1)] * 4),
    ("a wrong trigger", [A], [B], [(0, 0, 1)] * 4),
    ("a wrong role", [A], ["AID 0-1 Place=4-5"], [(1, 1, 1), (0, 1, 1), (1, 1, 1), (0, 1, 1)]),
    ("a coreferent", [A], ["AID 0-1 Actor=8-9"], [(0, 1, 1), (0, 1, 1), (1, 1, 1), (1, 1, 1)]),
    (
        "a coreferent in another role", [A], ["AID 0-1 Place=8-9"],
        [(0, 1, 1), (0, 1, 1), (1, 1, 1), (0, 1, 1)],
    ),
    (
        "two coreferents of one are both right", [A], ["AID 0-1 Actor=8-9 Actor=12-15"],
        [(0, 2, 1), (0, 2, 1), (2, 2, 1), (2, 2, 1)],
    ),
    (
        "a gold mention in another role is no coreferent",
        ["AID 0-1 Actor=4-5 Place=8-9"], ["AID 0-1 Actor=8-9"],
        [(1, 1, 2), (0, 1, 2), (1, 1, 2), (0, 1, 2)],
    ),
]  # fmt: skip
MODES = ("role-identification", "role", "coref-role-identification", "coref-role")


@pytest.mark.parametrize(
    ("gold", "predicted", "counts"), [pytest.param(*rest, id=name) for name, *rest in WIKIEVENTS]
)
def test_wikievents(gold: list[str], predicted: list[str], counts: list[Counts]) -> None:
    documents = document(*gold, entities=ENTITY), document(*predicted)
    assert [ratio(f"wikievents/{mode}", *documents) for mode in MODES] == counts


@pytest.mark.parametrize(
    ("text", "filler", "correct"),
    [
        pytest.param("x The dog y", "6-9", 1, id="the article is cut off gold"),
        pytest.param("x The dog y", "2-9", 0, id="and not off a prediction"),
        pytest.param("x they dog y", "2-9", 1, id="only a whole word is an article"),
        pytest.param("x a      d y", "9-10", 0, id="the end of the span is no part of it"),
    ],
)
def test_articles(text: str, filler: str, correct: int) -> None:
    gold = document("AID 0-1 Actor=2-9", text=text)
    found = ratio("wikievents/role", gold, document(f"AID 0-1 Actor={filler}", text=None))
    assert found == (correct, 1, 1)


def test_gold_with_an_article_is_not_its_own_equal() -> None:
    """Since the article is cut off on one side only."""
    gold = document("AID 0-1 Actor=2-9", text="x the dog")
    assert ratio("wikievents/role", gold, gold) == (0, 1, 1)


def test_an_article_alone_stays() -> None:
    gold = document("AID 0-1 Actor=2-5", text="x the dog")
    assert ratio("wikievents/role", gold, gold) == (1, 1, 1)


def test_heads_of_wikievents() -> None:
    """Heads are compared; entities are looked up by whole mentions, so only short ones count."""
    heads = {"12-15": "14-15", "12-17": "14-15"}
    gold = document("AID 0-1 Actor=12-15", entities=["12-15 8-9", "16-17 18-19"], heads=heads)
    counts = {"12-17": (1, 1, 1), "14-15": (1, 1, 1), "16-17": (0, 1, 1), "8-9": (0, 1, 1)}
    for filler, wanted in counts.items():
        predicted = document(f"AID 0-1 Actor={filler}", heads=heads)
        assert ratio("wikievents/head-role", gold, predicted) == wanted
        assert ratio("wikievents/head-coref-role", gold, predicted) == wanted
    short = document("AID 0-1 Actor=8-9", entities=["12-15 8-9 16-17"], heads=heads)
    predicted = document("AID 0-1 Actor=16-17")
    assert ratio("wikievents/head-coref-role", short, predicted) == (1, 1, 1)


RAMS = [
    # id, gold, predicted, (correct, predicted, gold)
    ("nothing", [], [], (0, 0, 0)),
    ("nothing in gold", [], [A], (0, 0, 0)),
    ("nothing predicted", [A], [], (0, 0, 1)),
    ("one too many", [A], ["AID 0-1 Actor=4-5 Place=8-9"], (1, 2, 1)),
    ("one missing", ["AID 0-1 Actor=4-5 Place=8-9"], [A], (1, 1, 2)),
    ("a duplicate", [A], ["AID 0-1 Actor=4-5 Actor=4-5"], (1, 2, 1)),
    ("a wrong trigger", [A], [B], (0, 0, 1)),
    ("an event given twice", [A], [A, A], (1, 1, 1)),
    ("two events in gold, one found", [A, A], [A], (1, 1, 2)),
]


@pytest.mark.parametrize(
    ("gold", "predicted", "counts"), [pytest.param(*rest, id=name) for name, *rest in RAMS]
)
def test_rams(gold: list[str], predicted: list[str], counts: Counts) -> None:
    correct, found, wanted = counts
    assert ratio("rams/argument", *both(gold, predicted)) == counts
    assert ratio("rams/printed", *both(gold, predicted)) == (correct, wanted, found)
    metric = rams.METRICS[0]
    row = scenes.tally("rams/argument", *both(gold, predicted))[None]
    assert metric.counts(metric.statistic.columns(*row)) == {
        "correct": correct, "missing": wanted - correct, "overpred": found - correct,
    }  # fmt: skip


def test_rams_by_distance() -> None:
    text = "ab . cd . ef . gh . ij ."
    gold = document("AID 5-7 Actor=0-2 Actor=5-7 Actor=20-22", text=text)
    predicted = document("AID 5-7 Actor=0-2 Place=15-17", text=None)
    rows = {
        name: ratio("rams/distance", gold, predicted, name) for name in ("-1", "0", "2", "3", None)
    }
    assert rows == {
        "-1": (1, 1, 1), "0": (0, 0, 1), "2": (0, 1, 0), "3": (0, 0, 0), None: (1, 2, 2),
    }  # fmt: skip
    assert ratio("rams/printed-distance", gold, predicted, "0") == (0, 1, 0)


FAMILIES: tuple[Family, ...] = (ace, metametric, omnievent, rams, textee, wikievents)
EVENTS = [
    metric.name
    for family in FAMILIES
    for metric in family.METRICS
    if "mentions" not in metric.statistic.lists
]

#: What counts a prediction each time that it is in gold.
UNBOUND = [name for name in EVENTS if name.startswith("ace/") or "coref" in name]
UNBOUND += [name for name in EVENTS if name.startswith("wikievents/") and "id" in name]

#: What does not look at gold to choose among predictions.
SYMMETRIC = [name for name in EVENTS if name.startswith(("textee/", "metametric/"))]
SYMMETRIC = [*(name for name in SYMMETRIC if "eae" not in name), "omnievent/argument"]


@given(gold=scenes.happenings, predicted=scenes.happenings, entities=scenes.entities)
def test_no_share_is_below_0_or_above_1(
    gold: list[str], predicted: list[str], entities: list[str]
) -> None:
    both = document(*gold, entities=entities), document(*predicted)
    for name in EVENTS:
        correct, found, wanted = ratio(name, *both)
        if name.startswith("rams/printed"):
            found, wanted = wanted, found
        assert 0 <= correct <= found, name
        assert correct <= wanted or name in UNBOUND, name


@given(gold=scenes.happenings, entities=scenes.entities)
def test_gold_against_itself_is_perfect(gold: list[str], entities: list[str]) -> None:
    whole = document(*gold, entities=entities)
    for name in EVENTS:
        correct, found, wanted = ratio(name, whole, whole)
        # OneIE sees only the first of two types on a trigger, in gold itself too.
        assert correct == found == wanted or name == "ace/oneie-trigger", name


@given(gold=scenes.happenings, predicted=scenes.happenings, data=st.data())
def test_the_order_of_items_does_not_matter(
    gold: list[str], predicted: list[str], data: st.DataObject
) -> None:
    """Ids say which comes first, so the order in the record does not."""
    wanted, found = both(gold, predicted)
    shuffled = replace(wanted, events=tuple(data.draw(st.permutations(wanted.events))))
    other = replace(found, events=tuple(data.draw(st.permutations(found.events))))
    for name in EVENTS:
        assert scenes.tally(name, shuffled, other) == scenes.tally(name, wanted, found), name


@given(gold=scenes.happenings, predicted=scenes.happenings)
def test_swapping_gold_and_predicted_swaps_precision_and_recall(
    gold: list[str], predicted: list[str]
) -> None:
    for name in SYMMETRIC:
        correct, found, wanted = ratio(name, *both(gold, predicted))
        assert ratio(name, *both(predicted, gold)) == (correct, wanted, found), name


@pytest.mark.parametrize("family", FAMILIES)
def test_a_protocol_names_its_reference_and_what_is_wrong_with_it(family: Family) -> None:
    [protocol] = family.PROTOCOLS
    assert protocol.reference
    assert protocol.warnings
