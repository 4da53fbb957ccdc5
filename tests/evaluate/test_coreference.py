"""Measures of coreference on clusters that are worked by hand, and what holds for all clusters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations, permutations
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert
from msgspec.structs import replace

from glose.corpus.document import (
    Attribute,
    Document,
    Entity,
    Event,
    EventCluster,
    Mention,
    Trigger,
)
from glose.evaluate import chains, heaviest, likeness
from glose.evaluate.clusters import clusters, ranked
from glose.evaluate.contingency import Shares, contingency
from glose.evaluate.counts import Shared
from glose.evaluate.figures import Figures
from glose.evaluate.metrics import METRICS, PROTOCOLS
from glose.evaluate.projection import View

Clusters = list[str]

E = (["abc", "defg"], ["ab", "cd", "fghi"])
S = (["a", "b", "c"], ["a", "b", "c"])
T = (["abcd"], ["ab", "cd"])
X = (["ab", "cd"], ["ac", "bd"])
M = (["abc"], [""])
N = ([""], ["abc"])
Z = ([""], [""])


def document(clusters: Clusters) -> Document:
    """Return a document whose mentions are letters, each at its place in the alphabet."""
    letters = sorted(set("".join(clusters)))
    mentions = tuple(Mention(x, "X", ord(x) - 97, ord(x) - 96, head=()) for x in letters)
    entities = (Entity(f"N{n}", "X", mentions=tuple(c)) for n, c in enumerate(clusters) if c)
    return Document(id="d", mentions=mentions, entities=tuple(entities))


def happenings(clusters: Clusters) -> Document:
    """Return a document whose events are letters."""
    letters = sorted(set("".join(clusters)))
    events = tuple(Event(x, "X", (Trigger(ord(x) - 97, ord(x) - 96),)) for x in letters)
    together = (EventCluster(f"H{n}", tuple(c)) for n, c in enumerate(clusters) if c)
    return Document(id="d", events=events, event_clusters=tuple(together))


def shares(gold: Sequence[Sequence[object]], predicted: Sequence[Sequence[object]]) -> Shares:
    """Return the sums of one document of clusters."""
    found = contingency([ranked(clusters(gold), clusters(predicted))]).shares
    return Shares(*(column.item() for column in found))


def ratio(name: str, gold: Document, predicted: Document) -> Shared:
    metric = METRICS[name]
    row = metric.statistic.tally(View(gold), View(predicted))[None]
    return metric.ratio(metric.statistic.columns(*row))


def figures(name: str, gold: Document, predicted: Document) -> list[float | None]:
    """Return P, R and F1."""
    metric = METRICS[name]
    row = metric.statistic.tally(View(gold), View(predicted))[None]
    found = metric.shares(metric.statistic.columns(*row))
    three = metric.figures([Shared(*map(np.asarray, each)) for each in found])
    return [None if np.isnan(each) else float(each) for each in three]


CASES = [
    # precision and recall as numerator and denominator, of E, S, T, X, M, N and nothing at all
    ("mention", "6/8 6/7", "3/3 3/3", "4/4 4/4", "4/4 4/4", "0/0 0/3", "0/3 0/0", "0/0 0/0"),
    ("muc", "2/5 2/5", "0/0 0/0", "2/2 2/3", "0/2 0/2", "0/0 0/2", "0/2 0/0", "0/0 0/0"),
    ("b3", "4/8 35:12/7", "3/3 3/3", "4/4 2/4", "2/4 2/4", "0/0 0/3", "0/3 0/0", "0/0 0/0"),
    ("ceafm", "4/8 4/7", "3/3 3/3", "2/4 2/4", "2/4 2/4", "0/0 0/3", "0/3 0/0", "0/0 0/0"),
    (
        "ceafe", "13:10/3 13:10/2", "3/3 3/3", "2:3/2 2:3/1", "1/2 1/2", "0/0 0/1", "0/1 0/0",
        "0/0 0/0",
    ),
    ("lea", "8:3/8 5:3/7", "3/3 3/3", "4/4 4:3/4", "0/4 0/4", "0/0 0/3", "0/3 0/0", "0/0 0/0"),
]  # fmt: skip


def written(each: str) -> list[float]:
    """Return the numbers that `13:10/3 13:10/2` writes."""
    parts = each.replace(" ", "/").split("/")
    return [float(Fraction(part.replace(":", "/"))) for part in parts]


@pytest.mark.parametrize(
    ("metric", "example", "wanted"),
    [
        pytest.param(name, example, each, id=f"{name} of {example}")
        for name, *rows in CASES
        for example, each in zip("ESTXMNZ", rows, strict=True)
    ],
)
def test_numerators_and_denominators(metric: str, example: str, wanted: str) -> None:
    gold, predicted = {"E": E, "S": S, "T": T, "X": X, "M": M, "N": N, "Z": Z}[example]
    for layer, make in (("coreference", document), ("event_coreference", happenings)):
        found = ratio(f"{layer}/{metric}", make(gold), make(predicted))
        assert list(found) == pytest.approx(written(wanted), abs=1e-12)


@pytest.mark.parametrize(
    ("example", "blanc", "conll"),
    [
        pytest.param(E, 0.3676470588, 0.4581818182, id="E"),
        pytest.param(S, 1, 1, id="S: MUC is undefined and left out"),
        pytest.param(T, 0.25, 0.6370370370, id="T: gold has no pairs apart"),
        pytest.param(X, 0.25, 1 / 3, id="X"),
        pytest.param(M, 0, 0, id="M"),
        pytest.param(N, 0, 0, id="N"),
        pytest.param(Z, None, None, id="nothing at all is undefined"),
        pytest.param((["a"], ["a"]), None, 1, id="one mention makes no pair"),
    ],
)
def test_joined_figures(
    example: tuple[Clusters, Clusters], blanc: float | None, conll: float | None
) -> None:
    gold, predicted = map(document, example)
    found = [figures(f"coreference/{name}", gold, predicted)[2] for name in ("blanc", "conll")]
    assert found == pytest.approx([blanc, conll], abs=1e-9)


def test_a_span_is_a_mention_of_the_first_entity_that_names_it() -> None:
    twice = Mention("m2", "X", 0, 1)
    entities = (Entity("N0", "X", mentions=("m1",)), Entity("N1", "X", mentions=("m2", "m3")))
    found = chains.entities(
        Document(
            id="d", entities=entities,
            mentions=(Mention("m1", "X", 0, 1), twice, Mention("m3", "X", 4, 5)),
        )
    )  # fmt: skip
    assert [[place.pieces for place in chain] for chain in found] == [[((0, 1),)], [((4, 5),)]]


def test_fragments_tell_mentions_apart_but_not_for_programs_that_read_columns() -> None:
    mentions = (Mention("m1", "X", 0, 9), Mention("m2", "X", 0, 9, ((0, 2), (5, 9))))
    given = Document(
        id="d", mentions=mentions, entities=(Entity("N0", "X", mentions=("m1", "m2")),)
    )
    assert [len(found) for found in chains.entities(given)] == [2]
    assert [len(found) for found in chains.outer_entities(given)] == [1]


def test_an_event_that_no_cluster_names_is_alone_and_one_without_a_trigger_is_no_mention() -> None:
    events = (Event("e1", "X", (Trigger(0, 2),)), Event("e2", "X", (Trigger(3, 5),)))
    given = Document(
        id="d",
        events=(*events, Event("e3", "X")),
        event_clusters=(EventCluster("H", ("e1", "e3")),),
    )
    assert [[place.outer for place in chain] for chain in chains.events(given)] == [
        [(0, 2)], [(3, 5)],
    ]  # fmt: skip


def test_an_entity_is_called_by_its_link_then_by_its_name_then_by_its_document() -> None:
    named: list[dict[str, object]] = [
        {"links": ({"kb": "wikidata", "id": "Q1"},)}, {"links": ({"kb": "NIL", "id": "3"},)},
        {"name": "the UN"}, {},
    ]  # fmt: skip
    entities = tuple(
        convert({"id": f"N{n}", "type": "X", "mentions": (f"m{n}",), **each}, Entity)
        for n, each in enumerate(named)
    )
    mentions = tuple(Mention(f"m{n}", "X", n, n + 1) for n in range(4))
    found = chains.linked_entities(Document(id="d", mentions=mentions, entities=entities))
    assert [each.name for each in found] == [
        ("link", "wikidata", "Q1"), ("document", "d", 1), ("name", "the UN"), ("document", "d", 3),
    ]  # fmt: skip


def test_an_event_cluster_is_called_by_an_attribute() -> None:
    cluster = EventCluster("H", ("e1",), (Attribute("name", "quake"),))
    given = Document(
        id="d", events=(Event("e1", "X", (Trigger(0, 2),)),), event_clusters=(cluster,)
    )
    assert [each.name for each in chains.linked_events(given)] == [("name", "quake")]


def man(*spans: tuple[int, int, int]) -> Document:
    """Return one entity of mentions that are given as start, end and the start of the head."""
    mentions = tuple(
        Mention(f"m{n}", "X", start, end, head=(head, min(head + 3, end)) if head >= 0 else ())
        for n, (start, end, head) in enumerate(spans)
    )
    entity = Entity("N", "X", mentions=tuple(m.id for m in mentions))
    return Document(id="d", mentions=mentions, entities=(entity,))


OLD = man((0, 11, 8), (20, 22, 20))  # "the old man", "he"


@pytest.mark.parametrize(
    ("predicted", "exact", "partial", "head"),
    [
        pytest.param(OLD, 2, 2, 2, id="equal spans are always the same"),
        pytest.param(man((8, 11, 8), (20, 22, 20)), 1, 2, 2, id="the head alone"),
        pytest.param(man((0, 20, 8), (20, 22, 20)), 1, 1, 2, id="more than gold, same head"),
        pytest.param(man((0, 7, 4), (20, 22, 20)), 1, 1, 1, id="a part without the head"),
        pytest.param(man((0, 11, 4), (20, 22, -1)), 2, 2, 2, id="equal spans with other heads"),
        pytest.param(man((4, 11, 8), (8, 11, 8), (20, 22, 20)), 1, 2, 2, id="each stands for one"),
    ],
)
def test_mentions_that_are_alike(predicted: Document, exact: int, partial: int, head: int) -> None:
    names = ("coreference", "coreference-partial", "coreference-head")
    found = [ratio(f"{name}/mention", OLD, predicted).correct_precision for name in names]
    assert found == [exact, partial, head]


@pytest.mark.parametrize(
    ("predicted", "exact", "partial", "head"),
    [
        pytest.param(OLD, 1, 1, 1, id="gold itself"),
        pytest.param(man((0, 11, 4), (20, 22, 20)), 1, 1, 0, id="equal spans with other heads"),
        pytest.param(
            man((0, 11, 0), (8, 11, 8), (20, 22, 20)), 1, 1, 1, id="a part with the head"
        ),
    ],
)
def test_links_of_the_program_of_crac(
    predicted: Document, exact: int, partial: int, head: int
) -> None:
    """It compares heads where spans are equal; `coreference-head` does not."""
    gold = replace(OLD, text="the old man who came he")
    names = (f"corefud-{match}-no-singletons/muc" for match in ("exact", "partial", "head"))
    found = [ratio(name, gold, predicted).correct_recall for name in names]
    assert found == [exact, partial, head]


@pytest.mark.parametrize("name", ["coreference-head", "coreference-head-no-singletons"])
def test_who_asks_for_heads_is_told_that_crac_compares_them_of_equal_spans_too(name: str) -> None:
    [told] = PROTOCOLS[name].warnings
    assert name.replace("coreference", "corefud") in told


def test_a_gap_is_no_part_of_a_mention_without_singletons() -> None:
    """With singletons the program was compared on outer bounds."""
    text, pair = "w w w w w", ("a", "b")
    whole, gapped = (
        Document(
            id="d", text=text, entities=(Entity("N", "X", mentions=pair),),
            mentions=(Mention("a", "X", 0, 5, fragments), Mention("b", "X", 8, 9)),
        )
        for fragments in ((), ((0, 1), (4, 5)))
    )  # fmt: skip
    assert ratio("corefud-exact/muc", whole, gapped).correct_recall == 1
    assert ratio("corefud-exact-no-singletons/muc", whole, gapped).correct_recall == 0
    assert list(ratio("corefud-exact-no-singletons/mor", whole, gapped)) == [3, 3, 3, 4]


def test_coval_without_singletons_drops_them_on_both_sides_first() -> None:
    gold, predicted = document(["ab", "c"]), document(["ac", "b"])
    assert ratio("coval/mentions", gold, predicted).correct_recall == 3
    assert ratio("coval-no-singletons/mentions", gold, predicted).correct_recall == 1


def test_of_two_parts_the_greater_one_stands_for_the_mention() -> None:
    small, great = man((8, 11, 8)), man((4, 11, 8), (8, 11, 8))
    apart = Document(
        id="d", mentions=great.mentions,
        entities=(Entity("A", "X", mentions=("m0",)), Entity("B", "X", mentions=("m1",))),
    )  # fmt: skip
    gold = man((0, 11, 8))
    assert ratio("coreference-partial/mention", gold, small).correct_recall == 1
    found = METRICS["coreference-partial/b3"].statistic.tally(View(gold), View(apart))[None]
    assert found[0] == 1


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param(["abc", "d"], ["ab", "d"], [1.0, 2 / 3], id="perfect singletons do not help"),
        pytest.param(["ab"], ["a", "b"], [None, 0.0], id="predicted singletons are not there"),
    ],
)
def test_without_singletons(
    gold: Clusters, predicted: Clusters, wanted: list[float | None]
) -> None:
    name = "coreference-no-singletons/mention"
    assert figures(name, document(gold), document(predicted))[:2] == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param([(0, 9), (3, 5)], [(0, 6)], (6, 6, 11), id="nested: the better one"),
        pytest.param([(0, 4), (4, 8)], [(2, 6)], (2, 4, 8), id="one across two"),
        pytest.param([(0, 4)], [(4, 8)], (0, 4, 4), id="to touch is not to overlap"),
        pytest.param([(0, 6), (4, 9)], [(4, 9), (0, 6)], (11, 11, 11), id="crossing"),
        pytest.param([], [(0, 3)], (0, 3, 0), id="nothing in gold"),
    ],
)
def test_overlap_of_mentions(
    gold: list[tuple[int, int]], predicted: list[tuple[int, int]], wanted: tuple[int, ...]
) -> None:
    sides = (man(*((start, end, -1) for start, end in side)) for side in (gold, predicted))
    found = ratio("coreference/mor", *sides)
    assert (found.correct_precision, found.predicted, found.gold) == wanted


def test_of_too_many_overlapping_pairs_each_mention_gets_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gold, predicted = man((0, 11, 8), (0, 20, 8)), man((4, 11, 8), (0, 12, 8), (8, 20, 8))
    few = [ratio(f"coreference{name}", gold, predicted) for name in ("/mor", "-head/mention")]
    monkeypatch.setattr(likeness, "LIMIT", 0)
    many = [ratio(f"coreference{name}", gold, predicted) for name in ("/mor", "-head/mention")]
    assert [each.correct_recall for each in few] == [23, 2]
    assert [each.correct_recall for each in many] == [18, 2]
    assert (few[0].gold, few[0].predicted) == (many[0].gold, many[0].predicted)


def test_mean_of_three_measures_as_papers_print_it() -> None:
    metric = METRICS["coref/average"]
    row = metric.statistic.tally(View(document(E[0])), View(document(E[1])))[None]
    [printed] = metric.extras(metric.statistic.columns(*row)).values()
    # CEAFe is 0.52, which the program adds up to just below it, and prints as 51.99.
    assert printed == pytest.approx(0.4581)
    assert round((40.0 + 45.45 + 51.99) / 3, 2) == 45.81
    assert figures(metric.name, document(S[0]), document(S[1]))[2] == pytest.approx(2 / 3)


letters = st.sampled_from("abcdefghij")
partitions = st.dictionaries(letters, st.integers(0, 4), max_size=10).map(
    lambda of: ["".join(sorted(x for x in of if of[x] == n)) for n in sorted(set(of.values()))]
)
NAMES = [
    f"coreference/{name}"
    for name in ("mention", "muc", "b3", "ceafm", "ceafe", "lea", "blanc", "conll", "mor")
]


@given(partitions, partitions)
def test_figures_are_shares_and_swapping_sides_swaps_precision_and_recall(
    gold: Clusters, predicted: Clusters
) -> None:
    for name in NAMES:
        one = figures(name, document(gold), document(predicted))
        other = figures(name, document(predicted), document(gold))
        assert all(each is None or -1e-12 <= each <= 1 + 1e-12 for each in one)
        assert one == pytest.approx([other[1], other[0], other[2]], abs=1e-12)


@given(partitions)
def test_gold_against_itself_is_perfect(gold: Clusters) -> None:
    for name in NAMES:
        assert set(figures(name, document(gold), document(gold))) <= {None, 1.0}


@given(partitions, partitions)
def test_the_order_of_entities_does_not_matter(gold: Clusters, predicted: Clusters) -> None:
    mixed = document(predicted[::-1])
    for name in NAMES:
        statistic = METRICS[name].statistic
        assert statistic.tally(View(document(gold)), View(document(predicted))) == statistic.tally(
            View(document(gold)), View(mixed)
        )


@given(partitions, partitions)
def test_links_and_pairs_are_those_that_can_be_counted_one_by_one(
    gold: Clusters, predicted: Clusters
) -> None:
    def pairs(clusters: Clusters) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        same = {pair for cluster in clusters for pair in combinations(sorted(cluster), 2)}
        every = set(combinations(sorted("".join(clusters)), 2))
        return same, every - same

    found = shares(gold, predicted)
    (one, other), (same, apart) = pairs(gold), pairs(predicted)
    assert found[-6:] == (
        len(one & same), len(same), len(one), len(other & apart), len(apart), len(other),
    )  # fmt: skip


@given(partitions, partitions)
def test_the_alignment_of_entities_is_the_best_there_is(
    gold: Clusters, predicted: Clusters
) -> None:
    few, many = sorted((gold, predicted), key=len)
    best = max(
        sum(len(set(a) & set(b)) for a, b in zip(few, order, strict=True))
        for order in permutations(many, len(few))
    )
    assert shares(gold, predicted).ceafm == best


def test_what_is_undefined_is_zero_where_a_program_prints_zero() -> None:
    assert figures("coval/muc", document(S[0]), document(S[1])) == [0.0, 0.0, 0.0]
    assert figures("coval/conll", document(S[0]), document(S[1]))[2] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("metric", "example", "reproduced", "right"),
    [
        pytest.param("coval/ceafm", (["abc"], ["abc"]), 3.0, 1.0, id="mentions by clusters"),
        pytest.param("e2e-coref/b_cubed", S, 0.0, 1.0, id="singletons are left out"),
        pytest.param("e2e-coref/ceafe", (["ab", "c"],) * 2, 2 / 3, 1.0, id="gold ones stay"),
        pytest.param("coref/blanc", T, 0.5, 0.25, id="predicted pairs apart are forgiven"),
        pytest.param("coref/blanc", (["a"], ["a"]), 0.0, None, id="no pairs at all"),
    ],
)
def test_what_programs_say_beside_what_is_right(
    metric: str, example: tuple[Clusters, Clusters], reproduced: float, right: float | None
) -> None:
    gold, predicted = map(document, example)
    general = {"b_cubed": "b3"}.get(name := metric.partition("/")[2], name)
    assert figures(metric, gold, predicted)[2] == pytest.approx(reproduced)
    assert figures(f"coreference/{general}", gold, predicted)[2] == pytest.approx(right)


def test_perl_cuts_percentages_off() -> None:
    metric = METRICS["coref/bcub"]
    row = metric.statistic.tally(View(document(["abc"])), View(document(["a", "b"])))[None]
    extras = metric.extras(metric.statistic.columns(*row))
    assert extras == {"precision_printed": 1.0, "recall_printed": 0.2222, "f1_printed": 0.3636}


def test_blanc_of_maven_ere_is_undefined_where_mentions_differ() -> None:
    metric = METRICS["maven-ere/blanc"]
    assert figures(metric.name, document(["ab"]), document(["abc"])) == [None, None, None]
    assert figures(metric.name, document(E[0]), document(E[0])) == [1.0, 1.0, 1.0]


def test_metametric_leaves_out_documents_without_links() -> None:
    statistic = METRICS["metametric/muc"].statistic
    assert not any(statistic.tally(View(document(S[0])), View(document(S[1])))[None])


def test_joined_figures_keep_their_shape() -> None:
    ones = Figures(*(np.array([1.0, np.nan]),) * 3)
    join = METRICS["coreference/conll"].join
    assert join is not None
    assert [each.shape for each in join([ones, ones, ones])] == [(2,)] * 3


@pytest.mark.parametrize(
    ("wanted", "given_"),
    [
        pytest.param(lambda n: n, lambda n: n, id="singletons"),
        pytest.param(lambda n: n // 2, lambda n: (n + 1) // 2, id="one long chain of pairs"),
        pytest.param(lambda n: n % 4999, lambda n: n % 5003, id="clusters that all meet"),
        pytest.param(lambda n: n // 20_000, lambda n: n, id="one cluster and singletons"),
    ],
)
def test_twenty_thousand_mentions_take_seconds(
    wanted: Callable[[int], int], given_: Callable[[int], int]
) -> None:
    def made(of: Callable[[int], int]) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for mention in range(20_000):
            found.setdefault(of(mention), []).append(mention)
        return list(found.values())

    start = process_time()
    shares(made(wanted), made(given_))
    assert process_time() - start < 30


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(0, 5)), st.integers(1, 9), max_size=12
    )
)
def test_all_ways_to_pair_give_the_same_sum(cells: dict[tuple[int, int], int]) -> None:
    weights = {pair: float(number) for pair, number in cells.items()}
    whole = sum(weights[pair] for pair in heaviest.dense(weights, 6, 6))
    assert heaviest.greatest(cells) == whole
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(heaviest, "SMALL", 0)
        assert heaviest.greatest(cells) == whole
        patch.setattr(heaviest, "DENSE", 0)
        assert heaviest.greatest(cells) == whole
