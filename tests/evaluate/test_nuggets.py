"""Event nuggets, sequencing and links of events on cases that are worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Argument, Document, Event, EventCluster, Relation, Trigger
from glose.evaluate.counts import Shared
from glose.evaluate.metrics import METRICS
from glose.evaluate.nuggets import dice, greedy, nuggets
from glose.evaluate.projection import View
from glose.evaluate.pythonset import hashed, ordered
from glose.evaluate.sequencing import reduced, spread


def event(number: int, written: str) -> Event:
    """Return the event that `X 0-3+5-8 Actual` writes."""
    name, places, *realis = written.split()
    pieces = [(int(a), int(b)) for a, b in (each.split("-") for each in places.split("+"))]
    trigger = Trigger(pieces[0][0], pieces[-1][1], tuple(pieces) if len(pieces) > 1 else ())
    return Event(f"E{number}", name, (trigger,), modality=realis[0] if realis else None)


def document(*written: str, links: str = "", clusters: str = "") -> Document:
    """Return events E1, E2, ...; links are written `E1 After E2, ...`, clusters `E1 E2, ...`."""
    relations = tuple(
        Relation(f"K{n}", name, (Argument("source", a), Argument("target", b)))
        for n, (a, name, b) in enumerate(each.split() for each in links.split(",") if each)
    )
    together = tuple(
        EventCluster(f"H{n}", tuple(each.split()))
        for n, each in enumerate(clusters.split(","))
        if each
    )
    events = tuple(event(number, each) for number, each in enumerate(written, start=1))
    return Document(id="d", events=events, relations=relations, event_clusters=together)


def figures(name: str, *pairs: tuple[Document, Document]) -> list[float | None]:
    """Return P, R and F1 of some pairs of documents."""
    metric = METRICS[name]
    rows = [metric.statistic.tally(View(g), View(p))[None] for g, p in pairs]
    columns = metric.statistic.columns(*map(sum, zip(*rows, strict=True)))
    shares = [Shared(*map(np.asarray, each)) for each in metric.shares(columns)]
    return [None if np.isnan(each) else float(each) for each in metric.figures(shares)]


ONE = document("X 0-4 Actual")


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param(ONE, ONE, [1, 1, 1], id="all right"),
        pytest.param(document(), ONE, [None, None, None], id="nothing in gold: left out"),
        pytest.param(ONE, document(), [None, 0, None], id="nothing predicted"),
        pytest.param(document(), document(), [None, None, None], id="nothing at all"),
        pytest.param(ONE, document("X 5-9"), [0, 0, None], id="nothing right: no F1"),
        pytest.param(ONE, document("X 0-4", "X 0-4"), [0.5, 1, 2 / 3], id="a duplicate"),
        pytest.param(ONE, document("X 0-2"), [2 / 3, 2 / 3, 2 / 3], id="a half of it"),
        pytest.param(
            document("X 0-9"), document("X 0-5", "X 5-9"), [5 / 14, 5 / 7, 10 / 21],
            id="two halves: the greater one",
        ),
        pytest.param(
            document("X 0-6", "X 4-10"), document("X 2-8", "X 0-3"), [1 / 3, 1 / 3, 1 / 3],
            id="a tie goes to the first, not to the best alignment",
        ),
        pytest.param(
            document("X 0-2+6-8"), document("X 0-8"), [2 / 3, 2 / 3, 2 / 3],
            id="the gap is no part of a nugget",
        ),
    ],
)  # fmt: skip
def test_credit_for_characters(
    gold: Document, predicted: Document, wanted: list[float | None]
) -> None:
    assert figures("nugget/plain", (gold, predicted)) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("predicted", "wanted"),
    [
        pytest.param("X 0-4 Actual", "plain type realis both", id="all right"),
        pytest.param("Y 0-4 Actual", "plain realis", id="another type"),
        pytest.param("X 0-4 Other", "plain type", id="another realis"),
        pytest.param("X 0-4", "plain type", id="no realis"),
        pytest.param("x- 0-4 ACTUAL", "plain type realis both", id="letters and digits only"),
    ],
)
def test_what_must_be_equal(predicted: str, wanted: str) -> None:
    names = ("plain", "type", "realis", "both")
    right = [n for n in names if figures(f"nugget/{n}", (ONE, document(predicted)))[0]]
    assert " ".join(right) == wanted


def test_a_realis_that_gold_lacks_is_right() -> None:
    for gold in (document("X 0-4"), document("X 0-4 NOT_ANNOTATED")):
        assert figures("nugget/realis", (gold, ONE)) == [1, 1, 1]


def test_a_document_without_gold_costs_nothing() -> None:
    assert figures("nugget/plain", (ONE, ONE), (document(), ONE)) == [1, 1, 1]


def test_means_are_of_the_documents_with_gold() -> None:
    pairs = (ONE, ONE), (ONE, document()), (document(), ONE)
    assert figures("nugget/plain-macro", *pairs) == [0.5, 0.5, 0.5]


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param(ONE, ONE, 0.5, id="one event: MUC and BLANC are 0"),
        pytest.param(
            document("X 0-4", "X 5-9"), document("X 0-4", "X 5-9"), 0.75, id="two apart: MUC is 0"
        ),
        pytest.param(
            document("X 0-4", "X 5-9", clusters="E1 E2"),
            document("X 0-4", "X 5-9", clusters="E1 E2"), 1.0, id="two together",
        ),
        pytest.param(
            document("X 0-4", "X 5-9", clusters="E1 E2"),
            document("X 0-4", "X 5-8", clusters="E1 E2"), 0.1875, id="other bounds are others",
        ),
        pytest.param(document(), document(), 0.0, id="nothing at all"),
    ],
)  # fmt: skip
def test_mean_of_four_measures(gold: Document, predicted: Document, wanted: float) -> None:
    assert figures("nugget/coref-average", (gold, predicted))[2] == pytest.approx(wanted)


def test_nuggets_are_ordered_by_number_and_clusters_name_nuggets_only() -> None:
    events = (*(event(n, "X 0-4") for n in (10, 9)), Event("E2", "X"))
    [found] = nuggets(
        Document(id="d", events=events, event_clusters=(EventCluster("H", ("E2", "E9")),))
    )
    assert [each.id for each in found.nuggets] == ["E9", "E10"]
    assert found.clusters == {"E9": 0}


def test_a_code_point_of_two_triggers_counts_once() -> None:
    twice = Event("E1", "X", (Trigger(0, 4), Trigger(2, 6), Trigger(8, 9)))
    [found] = nuggets(Document(id="d", events=(twice,)))
    assert found.nuggets[0].pieces == ((0, 6), (8, 9))
    sides = Document(id="d", events=(twice,)), document("X 0-6+8-9")
    assert figures("nugget/plain", sides) == [1, 1, 1]


@pytest.mark.parametrize(
    ("edges", "wanted"),
    [
        pytest.param(["ab", "bc", "ac"], ["ab", "bc"], id="over a third"),
        pytest.param(["ab", "ab"], ["ab"], id="twice"),
        pytest.param(["ab", "ba"], ["ab", "ba"], id="there and back is no third"),
        pytest.param(["ab", "bc", "cb"], ["bc", "cb"], id="over a third and back"),
        pytest.param([], [], id="none"),
    ],
)
def test_reduced_graph(edges: list[str], wanted: list[str]) -> None:
    assert [f"{a}{b}" for a, b in reduced((edge[0], edge[1]) for edge in edges)] == wanted


def test_a_link_joins_all_nuggets_of_two_clusters() -> None:
    [side] = nuggets(
        document("X 0-1", "X 2-3", "X 4-5", links="E1 After E3,E1 After E2", clusters="E1 E2")
    )
    assert sorted(spread(side, "After")) == [("E1", "E3"), ("E2", "E3")]


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param("E1 After E2", "E1 After E2", [1, 1, 1], id="the same link"),
        pytest.param("E1 After E2", "E2 After E1", [0, 0, 0], id="the other way round"),
        pytest.param("E1 After E2,E2 After E3", "E1 After E3", [1, 0.2475, 0.3968], id="implied"),
        pytest.param("E1 After E2", "", [0, 0, 0], id="nothing predicted"),
        pytest.param("", "E1 After E2", [0, 0, 0], id="nothing in gold"),
        pytest.param("", "", [0, 0, 0], id="nothing at all"),
    ],
)
def test_sequencing(gold: str, predicted: str, wanted: list[float]) -> None:
    one, other = (document("X 0-1", "X 2-3", "X 4-5", links=each) for each in (gold, predicted))
    found = figures("nugget/sequencing-after", (one, other))
    assert found == pytest.approx(wanted, abs=1e-3)


def test_a_set_of_python_2_7_goes_by_its_hashes() -> None:
    # What CPython 2.7.18 says of hash(("E1", "E2", "After")) and list(set([...])).
    pairs = [("E1", "E2"), ("E3", "E1"), ("E2", "E3"), ("E1", "E2")]
    assert ordered(pairs) == [("E3", "E1"), ("E1", "E2"), ("E2", "E3")]
    assert hashed(("E1", "E2", "After")) == -8926210483074807023 % 2**64


LINKED = ("X 0-1", "X 2-3", "Y 4-5")


@pytest.mark.parametrize(
    ("events", "links", "wanted"),
    [
        pytest.param(LINKED, "E1 CAUSE E2", [1, 1, 1, 1], id="the same"),
        pytest.param(("Z 0-1", *LINKED[1:]), "E1 CAUSE E2", [1, 1, 0, 1], id="type of an event"),
        pytest.param(LINKED, "E1 AFTER E2", [1, 0, 0, 0], id="type of the link"),
        pytest.param(LINKED, "E2 CAUSE E1", [0, 0, 0, 0], id="the other way round"),
        pytest.param(LINKED, "E3 CAUSE E2", [0, 0, 0, 1], id="a coreferent event"),
        pytest.param(LINKED, "E1 CAUSE E3", [0, 0, 0, None], id="within a cluster"),
        pytest.param(LINKED, "E1 CAUSE E2,E1 CAUSE E2", [1, 1, 1, 1], id="a duplicate"),
        pytest.param(
            LINKED, "E1 CAUSE E2,E3 CAUSE E2", [0.5, 0.5, 0.5, 1], id="two that are one"
        ),
        pytest.param(LINKED, "", [None] * 4, id="nothing predicted"),
    ],
)  # fmt: skip
def test_precision_of_event_links(
    events: tuple[str, ...], links: str, wanted: list[float | None]
) -> None:
    gold = document(*LINKED, links="E1 CAUSE E2", clusters="E1 E3")
    names = ("identification", "classification", "strict", "coreferent")
    pair = gold, document(*events, links=links)
    assert [figures(f"event_link/{name}", pair)[0] for name in names] == wanted


spans = st.tuples(st.integers(0, 12), st.integers(1, 5), st.sampled_from("XY"))
some = st.lists(spans, max_size=6).map(
    lambda found: document(*(f"{name} {start}-{start + size}" for start, size, name in found))
)


@given(some, some)
def test_credit_is_between_nothing_and_all(gold: Document, predicted: Document) -> None:
    for name in ("plain", "type", "realis", "both"):
        for each in figures(f"nugget/{name}", (gold, predicted)):
            assert each is None or -1e-9 <= each <= 1 + 1e-9


@given(some)
def test_gold_against_itself_is_perfect(gold: Document) -> None:
    wanted = [1, 1, 1] if gold.events else [None] * 3
    assert figures("nugget/both", (gold, gold)) == pytest.approx(wanted)


@given(some, some)
def test_each_nugget_is_in_one_pair_at_most(gold: Document, predicted: Document) -> None:
    sides = nuggets(gold)[0].nuggets, nuggets(predicted)[0].nuggets
    taken = greedy(dice(*sides), lambda *_: True)
    assert len({g for g, *_ in taken}) == len({p for _, p, _ in taken}) == len(taken)
