"""Relations on hand-worked documents: by glose's conventions, OneIE's and brateval's."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evaluate.families.shares import counted, shares

from glose.corpus.document import Argument, Document, Entity, Event, Mention, Relation, Trigger
from glose.evaluate.families import relations
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View

NAMES = [metric.name for metric in relations.METRICS]


def bounds(written: str) -> list[tuple[int, int]]:
    places = (place.split("-") for place in written.split("+"))
    return [(int(start), int(end)) for start, end in places]


def mention(written: str) -> Mention:
    """Return the mention `PER:0-3+5-8`, which is its id too."""
    name, places = written.split(":")
    pieces = bounds(places)
    fragments = tuple(pieces) if len(pieces) > 1 else ()
    return Mention(written, name, pieces[0][0], pieces[-1][1], fragments=fragments)


def document(*written: str, clusters: Sequence[str] = (), also: Sequence[str] = ()) -> Document:
    """Return a document with relations such as `kin PER:0-3 PER:5-8`.

    Clusters are mentions with blanks between; `also` are mentions without a relation.
    """
    parts = [each.split() for each in written]
    names = [name for _, *args in parts for name in args]
    names += [name for cluster in clusters for name in cluster.split()]
    return Document(
        id="d",
        mentions=tuple(map(mention, dict.fromkeys([*names, *also]))),
        entities=tuple(
            Entity(f"N{n}", "X", mentions=tuple(each.split())) for n, each in enumerate(clusters)
        ),
        relations=tuple(
            Relation(f"R{n}", name, (Argument("source", ref=one), Argument("target", ref=other)))
            for n, (name, one, other) in enumerate(parts)
        ),
    )


KIN = "kin PER:0-3 PER:5-8"
CASES = [
    # id, gold, predicted, then (correct, predicted, gold) by
    # strict, strict-undirected, boundary, boundary-undirected
    ("nothing on either side", [], [], [(0, 0, 0)] * 4),
    ("nothing in gold", [], [KIN], [(0, 1, 0)] * 4),
    ("nothing predicted", [KIN], [], [(0, 0, 1)] * 4),
    ("all right", [KIN], [KIN], [(1, 1, 1)] * 4),
    ("a duplicate is the same", [KIN], [KIN, KIN], [(1, 1, 1)] * 4),
    ("another type of relation", [KIN], ["ally PER:0-3 PER:5-8"], [(0, 1, 1)] * 4),
    (
        "another type of an argument", [KIN], ["kin ORG:0-3 PER:5-8"],
        [(0, 1, 1), (0, 1, 1), (1, 1, 1), (1, 1, 1)],
    ),
    (
        "the other way round", [KIN], ["kin PER:5-8 PER:0-3"],
        [(0, 1, 1), (1, 1, 1), (0, 1, 1), (1, 1, 1)],
    ),
    ("a boundary is off", [KIN], ["kin PER:0-4 PER:5-8"], [(0, 1, 1)] * 4),
    (
        "both ways in gold", [KIN, "kin PER:5-8 PER:0-3"], [KIN],
        [(1, 1, 2), (1, 1, 1), (1, 1, 2), (1, 1, 1)],
    ),
    (
        "an argument of two types", ["kin PER:0-3 PER:5-8", "kin ORG:0-3 PER:5-8"], [KIN],
        [(1, 1, 2), (1, 1, 2), (1, 1, 1), (1, 1, 1)],
    ),
    (
        "crossing arguments", ["kin PER:0-6 PER:3-9"], ["kin PER:0-6 PER:3-9"], [(1, 1, 1)] * 4,
    ),
    (
        "discontinuous is not its bounds",
        ["kin PER:0-2+4-6 PER:8-9"], ["kin PER:0-6 PER:8-9"], [(0, 1, 1)] * 4,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "wanted"),
    [
        pytest.param(name, gold, predicted, wanted[number], id=f"{name}: {sentence}")
        for sentence, gold, predicted, wanted in CASES
        for number, name in enumerate(NAMES[:4])
    ],
)
def test_relations(
    name: str, gold: list[str], predicted: list[str], wanted: tuple[float, ...]
) -> None:
    assert counted(name, document(*gold), document(*predicted)) == wanted


CLUSTERS = [
    # id, gold, predicted, (correct, predicted, gold) by cluster, cluster-undirected
    (
        "another mention of the same entity",
        document("kin PER:0-3 PER:5-8", clusters=["PER:0-3 PER:9-12"]),
        document("kin PER:9-12 PER:5-8", clusters=["PER:0-3 PER:9-12"]),
        [(1, 1, 1), (1, 1, 1)],
    ),
    (
        "two mentions of a relation are one relation",
        document("kin PER:0-3 PER:5-8", "kin PER:9-12 PER:5-8", clusters=["PER:0-3 PER:9-12"]),
        document("kin PER:9-12 PER:5-8", clusters=["PER:0-3 PER:9-12"]),
        [(1, 1, 1), (1, 1, 1)],
    ),
    (
        "a cluster that lacks a mention is still that cluster",
        document("kin PER:0-3 PER:5-8", clusters=["PER:0-3 PER:9-12 PER:14-15"]),
        document("kin PER:9-12 PER:5-8", clusters=["PER:9-12 PER:14-15"], also=["PER:0-3"]),
        [(1, 1, 1), (1, 1, 1)],
    ),
    (
        "a cluster goes to the one that it shares most with, related or not",
        document("kin PER:5-8 PER:14-15", clusters=["PER:0-3 PER:9-12"]),
        document("kin PER:5-8 PER:14-15", clusters=["PER:0-3 PER:5-8 PER:9-12"]),
        [(0, 1, 1), (0, 1, 1)],
    ),
    (
        "one that was not found is unlike any",
        document("kin PER:0-3 PER:5-8"),
        document("kin PER:0-4 PER:5-8"),
        [(0, 1, 1), (0, 1, 1)],
    ),
    (
        "the other way round",
        document("kin PER:0-3 PER:5-8"),
        document("kin PER:5-8 PER:0-3"),
        [(0, 1, 1), (1, 1, 1)],
    ),
    (
        "a place in two clusters is in both",
        document("kin PER:0-3 PER:5-8", "kin LOC:0-3 PER:5-8", clusters=["PER:0-3 PER:10-12"]),
        document("kin PER:0-3 PER:5-8", "kin LOC:0-3 PER:5-8", clusters=["PER:0-3 PER:10-12"]),
        [(2, 2, 2), (2, 2, 2)],
    ),
    ("nothing", document(), document(), [(0, 0, 0), (0, 0, 0)]),
]


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "wanted"),
    [
        pytest.param(name, gold, predicted, wanted[number], id=f"{name}: {sentence}")
        for sentence, gold, predicted, wanted in CLUSTERS
        for number, name in enumerate(NAMES[4:])
    ],
)
def test_relations_of_clusters(
    name: str, gold: Document, predicted: Document, wanted: tuple[float, ...]
) -> None:
    assert counted(name, gold, predicted) == wanted


def test_many_clusters_are_aligned_like_few(monkeypatch: pytest.MonkeyPatch) -> None:
    written = [f"kin PER:{n}-{n + 1} PER:{n + 1}-{n + 2}" for n in range(0, 20, 2)]
    found = [counted("relation/cluster", document(*written), document(*written[3:]))]
    monkeypatch.setattr(relations, "SMALL", 0)
    found.append(counted("relation/cluster", document(*written), document(*written[3:])))
    assert found == [(7, 7, 10)] * 2


def test_relations_of_events_stand_where_their_triggers_do() -> None:
    events = tuple(Event(f"E{n}", "AID", (Trigger(n, n + 1),)) for n in (0, 5))
    args = Argument("source", ref="E0"), Argument("target", ref="E5")
    layer = Document(events=events, relations=(Relation("K0", "after", args),))
    for name in NAMES:
        assert counted(name, layer, layer) == (1, 1, 1)


ONEIE = [
    # id, gold, predicted, (correct, predicted, gold) by relation, relation-directional
    ("all right", [KIN], [KIN], [(1, 1, 1), (1, 1, 1)]),
    ("types of arguments do not matter", [KIN], ["kin ORG:0-3 X:5-8"], [(1, 1, 1), (1, 1, 1)]),
    ("the other way round", [KIN], ["kin PER:5-8 PER:0-3"], [(1, 1, 1), (0, 1, 1)]),
    ("a duplicate counts again: recall of 200 %", [KIN], [KIN] * 2, [(2, 2, 1), (2, 2, 1)]),
    (
        "both ways are two for one", [KIN], [KIN, "kin PER:5-8 PER:0-3"],
        [(2, 2, 1), (1, 2, 1)],
    ),
    (
        "discontinuous is as its bounds", ["kin PER:0-2+4-6 PER:8-9"], ["kin PER:0-6 PER:8-9"],
        [(1, 1, 1), (1, 1, 1)],
    ),
    ("nothing", [], [], [(0, 0, 0), (0, 0, 0)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "wanted"),
    [
        pytest.param(
            f"ace/oneie-{name}", gold, predicted, wanted[number], id=f"{name}: {sentence}"
        )
        for sentence, gold, predicted, wanted in ONEIE
        for number, name in enumerate(("relation", "relation-directional"))
    ],
)
def test_relations_of_oneie(
    name: str, gold: list[str], predicted: list[str], wanted: tuple[float, ...]
) -> None:
    assert counted(name, document(*gold), document(*predicted)) == wanted


BRATEVAL = [
    # id, gold, predicted, then (tp, fp, fn, fpm, fnm) by exact and overlap
    ("nothing", document(), document(), [(0, 0, 0, 0, 0)] * 2),
    ("all right", document(KIN), document(KIN), [(1, 0, 0, 0, 0)] * 2),
    ("a duplicate is spurious", document(KIN), document(KIN, KIN), [(1, 1, 0, 0, 0)] * 2),
    (
        "the other way round, with all entities there",
        document(KIN), document("kin PER:5-8 PER:0-3"), [(0, 1, 1, 0, 0)] * 2,
    ),
    (
        "a boundary is off", document(KIN), document("kin PER:0-4 PER:5-8"),
        [(0, 1, 1, 1, 1), (1, 0, 0, 0, 0)],
    ),
    (
        "another type of an argument", document(KIN), document("kin ORG:0-3 PER:5-8"),
        [(0, 1, 1, 1, 1)] * 2,
    ),
    (
        "a piece of what was predicted is an equal span in gold only",
        document("kin PER:0-2 PER:8-9"), document("kin PER:0-2+4-6 PER:8-9"),
        [(1, 0, 0, 0, 0)] * 2,
    ),
    (
        "more than what was predicted is not",
        document("kin PER:0-2+4-6 PER:8-9"), document("kin PER:0-2 PER:8-9"),
        [(0, 1, 1, 0, 1), (1, 0, 0, 0, 0)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "wanted"),
    [
        pytest.param(
            f"brat/relations-{name}", gold, predicted, wanted[number], id=f"{name}: {sentence}"
        )
        for sentence, gold, predicted, wanted in BRATEVAL
        for number, name in enumerate(("exact", "overlap"))
    ],
)
def test_relations_of_brateval(
    name: str, gold: Document, predicted: Document, wanted: tuple[float, ...]
) -> None:
    tally = METRICS[name].statistic.tally(View(gold), View(predicted))
    assert tally[None] == wanted


def test_brateval_takes_the_first_of_its_hash_map() -> None:
    """R0 comes before R1 and takes the only partner that R1 could have."""
    gold = document("kin PER:0-9 PER:20-29", "kin PER:0-4 PER:20-29")
    predicted = document("kin PER:2-4 PER:20-29", "kin PER:5-8 PER:20-29")
    tally = METRICS["brat/relations-overlap"].statistic.tally(View(gold), View(predicted))
    assert tally[None] == (1, 1, 1, 0, 0)


def test_brateval_knows_nothing_of_relations_of_events() -> None:
    layer = Document(
        events=(Event("E0", "AID", (Trigger(0, 1),)),),
        mentions=(Mention("m", "PER", 0, 1),),
        relations=(
            Relation("R0", "x", (Argument("source", ref="E0"), Argument("target", ref="m"))),
        ),
    )
    for name in ("brat/relations-exact", "ace/oneie-relation"):
        assert counted(name, layer, layer) == (0, 0, 0)


PLACES = st.sampled_from(["PER:0-3", "ORG:0-3", "PER:2-5", "PER:5-8", "ORG:9-12"])
LAYERS = st.lists(
    st.builds("{} {} {}".format, st.sampled_from(["kin", "ally"]), PLACES, PLACES), max_size=6
).map(lambda written: document(*written))


@pytest.mark.parametrize("name", NAMES[:4])
@settings(max_examples=25)
@given(gold=LAYERS, predicted=LAYERS)
def test_swapping_gold_and_predicted_swaps_precision_and_recall(
    name: str, gold: Document, predicted: Document
) -> None:
    one, other = shares(name, gold, predicted), shares(name, predicted, gold)
    assert one == (other[2], other[3], other[0], other[1])


@pytest.mark.parametrize("name", [*NAMES, "brat/relations-exact", "brat/relations-overlap"])
@settings(max_examples=25)
@given(gold=LAYERS, predicted=LAYERS)
def test_no_more_is_correct_than_there_is(name: str, gold: Document, predicted: Document) -> None:
    found = shares(name, gold, predicted)
    assert 0 <= found.correct_precision == found.correct_recall <= min(found.predicted, found.gold)


@pytest.mark.parametrize("name", [*NAMES, "brat/relations-exact", "ace/oneie-relation"])
@settings(max_examples=25)
@given(gold=LAYERS)
def test_gold_against_itself_is_perfect(name: str, gold: Document) -> None:
    found = shares(name, gold, gold)
    assert found.correct_precision == found.predicted == found.gold


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25)
@given(gold=LAYERS, predicted=LAYERS)
def test_the_order_of_relations_does_not_matter(
    name: str, gold: Document, predicted: Document
) -> None:
    turned = Document(
        id="d", mentions=predicted.mentions[::-1], relations=predicted.relations[::-1]
    )
    assert shares(name, gold, predicted) == shares(name, gold, turned)
