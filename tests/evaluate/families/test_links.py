"""Entity linking on hand-worked documents: by glose's conventions and by neleval's."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evaluate.families.shares import counted, shares

from glose.corpus.document import Document, Link, Mention
from glose.evaluate.families import linking, links

GENERAL = [metric.name for metric in links.METRICS]
NELEVAL = [metric.name for metric in linking.METRICS]


def mention(number: int, written: str) -> Mention:
    """Return the mention that `PER 0-3 Q1` writes; `PER 0-3` says nothing of a link."""
    name, places, *entry = written.split()
    pieces = [tuple(map(int, place.split("-"))) for place in places.split("+")]
    fragments = tuple((a, b) for a, b in pieces) if len(pieces) > 1 else ()
    found = tuple(Link("NIL" if each.startswith("NIL") else "wikidata", each) for each in entry)
    return Mention(
        f"m{number}", name, pieces[0][0], pieces[-1][1], fragments=fragments, links=found
    )


def document(written: Sequence[str]) -> Document:
    return Document(id="d", mentions=tuple(mention(n, each) for n, each in enumerate(written)))


CASES = [
    # id, gold, predicted, then (correct, predicted, gold) by
    # link/strict, link/overlap, link/nil, link/all, link/document
    ("nothing on either side", [], [], [(0, 0, 0)] * 5),
    (
        "nothing in gold", [], ["PER 0-3 Q1"],
        [(0, 1, 0), (0, 1, 0), (0, 0, 0), (0, 1, 0), (0, 1, 0)],
    ),
    (
        "nothing predicted", ["PER 0-3 Q1"], [],
        [(0, 0, 1), (0, 0, 1), (0, 0, 0), (0, 0, 1), (0, 0, 1)],
    ),
    (
        "all right", ["PER 0-3 Q1"], ["PER 0-3 Q1"],
        [(1, 1, 1), (1, 1, 1), (0, 0, 0), (1, 1, 1), (1, 1, 1)],
    ),
    (
        "another entry", ["PER 0-3 Q1"], ["PER 0-3 Q2"],
        [(0, 1, 1), (0, 1, 1), (0, 0, 0), (0, 1, 1), (0, 1, 1)],
    ),
    (
        "another type", ["PER 0-3 Q1"], ["ORG 0-3 Q1"],
        [(1, 1, 1), (1, 1, 1), (0, 0, 0), (1, 1, 1), (1, 1, 1)],
    ),
    (
        "another span that overlaps", ["PER 0-3 Q1"], ["PER 0-5 Q1"],
        [(0, 1, 1), (1, 1, 1), (0, 0, 0), (0, 1, 1), (1, 1, 1)],
    ),
    (
        "in no knowledge base, under two names", ["PER 0-3 NIL1"], ["PER 0-3 NIL7"],
        [(0, 0, 0), (0, 0, 0), (1, 1, 1), (1, 1, 1), (0, 0, 0)],
    ),
    (
        "an entry for one that has none", ["PER 0-3 NIL1"], ["PER 0-3 Q1"],
        [(0, 1, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0)],
    ),
    (
        "nothing said of a link", ["PER 0-3 Q1"], ["PER 0-3"],
        [(0, 0, 1), (0, 0, 1), (0, 0, 0), (0, 0, 1), (0, 0, 1)],
    ),
    (
        "a duplicate is the same in a set, and spurious one to one",
        ["PER 0-3 Q1"], ["PER 0-3 Q1"] * 2,
        [(1, 1, 1), (1, 2, 1), (0, 0, 0), (1, 1, 1), (1, 1, 1)],
    ),
    (
        "two mentions of one entry", ["PER 0-3 Q1", "PER 5-8 Q1"], ["PER 5-8 Q1"],
        [(1, 1, 2), (1, 1, 2), (0, 0, 0), (1, 1, 2), (1, 1, 1)],
    ),
    (
        "two entries on one span", ["PER 0-3 Q1"], ["PER 0-3 Q1", "PER 0-3 Q2"],
        [(1, 2, 1), (1, 2, 1), (0, 0, 0), (1, 2, 1), (1, 2, 1)],
    ),
    (
        "crossing, each takes one", ["PER 0-5 Q1", "PER 3-9 Q1"], ["PER 0-4 Q1", "PER 4-9 Q1"],
        [(0, 2, 2), (2, 2, 2), (0, 0, 0), (0, 2, 2), (1, 1, 1)],
    ),
    (
        "discontinuous is not its bounds", ["PER 0-2+4-6 Q1"], ["PER 0-6 Q1"],
        [(0, 1, 1), (1, 1, 1), (0, 0, 0), (0, 1, 1), (1, 1, 1)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "wanted"),
    [
        pytest.param(f"link/{kind}", gold, predicted, wanted[number], id=f"{kind}: {sentence}")
        for sentence, gold, predicted, wanted in CASES
        for number, kind in enumerate(("strict", "overlap", "nil", "all", "document"))
    ],
)
def test_links(
    name: str, gold: list[str], predicted: list[str], wanted: tuple[float, ...]
) -> None:
    assert counted(name, document(gold), document(predicted)) == wanted


CANDIDATES = [
    # id, gold, predicted, (correct, predicted, gold) or (correct as predicted, as gold, ...)
    ("nothing on either side", [], [], (0, 0, 0)),
    ("nothing in gold", [], ["PER 0-3 Q1 Q2"], (0, 1, 0)),
    ("nothing predicted", ["PER 0-3 Q1"], [], (0, 0, 1)),
    ("the best one", ["PER 0-3 Q1"], ["PER 0-3 Q1 Q2"], (1, 1, 1)),
    ("another one", ["PER 0-3 Q2"], ["PER 0-3 Q1 Q2"], (1, 1, 1)),
    ("none of them", ["PER 0-3 Q3"], ["PER 0-3 Q1 Q2"], (0, 1, 1)),
    ("on another span", ["PER 0-3 Q1"], ["PER 0-4 Q1"], (0, 1, 1)),
    ("of gold only the best counts", ["PER 0-3 Q1 Q2"], ["PER 0-3 Q2"], (0, 1, 1)),
    ("after NIL", ["PER 0-3 Q1"], ["PER 0-3 NIL Q1"], (1, 1, 1)),
    ("of NIL there are none", ["PER 0-3 NIL"], ["PER 0-3 NIL"], (0, 0, 0)),
    ("both of two in gold", ["PER 0-3 Q1", "PER 0-3 Q2"], ["PER 0-3 Q1 Q2"], (1, 2, 1, 2)),
    ("two mentions of one place", ["PER 0-3 Q2"], ["PER 0-3 Q1", "ORG 0-3 Q2"], (1, 1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"), [pytest.param(*each, id=name) for name, *each in CANDIDATES]
)
def test_candidates(gold: list[str], predicted: list[str], wanted: tuple[float, ...]) -> None:
    assert counted("link/candidates", document(gold), document(predicted)) == wanted


def test_candidates_by_type() -> None:
    gold, predicted = document(["PER 0-3 Q2"]), document(["ORG 0-3 Q1 Q2"])
    assert shares("link/candidates", gold, predicted, "ORG") == (1, 1, 0, 0)
    assert shares("link/candidates", gold, predicted, "PER") == (0, 0, 1, 1)


def test_a_link_of_another_type_is_not_right_with_its_type() -> None:
    found = counted("link/typed", document(["PER 0-3 Q1"]), document(["ORG 0-3 Q1"]))
    assert found == (0, 1, 1)


def test_a_mention_that_has_any_entry_is_found_as_linked() -> None:
    found = counted("link/mention", document(["PER 0-3 Q1"]), document(["PER 0-3 Q2"]))
    assert found == (1, 1, 1)


def test_entries_of_two_knowledge_bases_differ_though_their_ids_do_not() -> None:
    gold = Document(mentions=(Mention("m", "PER", 0, 3, links=(Link("wikidata", "1"),)),))
    predicted = Document(mentions=(Mention("m", "PER", 0, 3, links=(Link("geonames", "1"),)),))
    assert counted("link/strict", gold, predicted) == (0, 1, 1)
    assert counted("linking/strong_link_match", gold, predicted) == (1, 1, 1)


def test_by_type_precision_is_that_of_what_was_predicted_as_it() -> None:
    gold, predicted = document(["PER 0-3 Q1"]), document(["ORG 0-3 Q1"])
    for name in ("link/strict", "link/overlap"):
        assert shares(name, gold, predicted, "ORG") == (1, 1, 0, 0)
        assert shares(name, gold, predicted, "PER") == (0, 0, 1, 1)


MEASURES = [
    # measure, gold, predicted, (correct, predicted, gold)
    ("strong_mention_match", ["PER 0-3 Q1"], ["ORG 0-3"], (1, 1, 1)),
    ("strong_mention_match", ["PER 0-3 Q1"] * 2, ["PER 0-3 Q1"], (1, 1, 1)),
    ("strong_mention_match", ["PER 0-2+4-6 Q1"], ["PER 0-6 Q1"], (1, 1, 1)),
    ("strong_mention_match", ["PER 0-3 Q1"], ["PER 0-4 Q1"], (0, 1, 1)),
    ("strong_typed_mention_match", ["PER 0-3 Q1"], ["ORG 0-3 Q1"], (0, 1, 1)),
    ("strong_linked_mention_match", ["PER 0-3 Q1"], ["PER 0-3 Q2"], (1, 1, 1)),
    ("strong_linked_mention_match", ["PER 0-3 Q1"], ["PER 0-3 NIL1"], (0, 0, 1)),
    ("strong_link_match", ["PER 0-3 Q1"], ["ORG 0-3 Q1"], (1, 1, 1)),
    ("strong_link_match", ["PER 0-3 NIL1"], ["PER 0-3 NIL1"], (0, 0, 0)),
    ("strong_nil_match", ["PER 0-3 NIL1"], ["ORG 0-3 NIL2"], (1, 1, 1)),
    ("strong_nil_match", ["PER 0-3"], ["PER 0-3"], (0, 0, 0)),
    ("strong_all_match", ["PER 0-3 NIL1"], ["PER 0-3 NIL2"], (1, 1, 1)),
    ("strong_all_match", ["PER 0-3 NIL1"], ["PER 0-3"], (1, 1, 1)),
    ("strong_all_match", ["PER 0-3 NIL1"], ["PER 0-3 Q1"], (0, 1, 1)),
    ("strong_typed_link_match", ["PER 0-3 Q1"], ["ORG 0-3 Q1"], (0, 1, 1)),
    ("strong_typed_nil_match", ["PER 0-3 NIL1"], ["ORG 0-3 NIL1"], (0, 1, 1)),
    ("strong_typed_all_match", ["PER 0-3 NIL1"], ["ORG 0-3 NIL1"], (0, 1, 1)),
    ("entity_match", ["PER 0-3 Q1", "PER 5-8 Q1"], ["ORG 9-12 Q1"], (1, 1, 1)),
    ("entity_match", ["PER 0-3 NIL1"], ["PER 0-3 NIL1"], (0, 0, 0)),
    ("weak_mention_match", ["PER 0-4 Q1"], ["ORG 2-8 Q2"], (2, 6, 4)),
    ("weak_mention_match", ["PER 0-4 Q1", "PER 2-6 Q1"], ["PER 0-6 Q1"], (6, 6, 6)),
    ("weak_typed_mention_match", ["PER 0-4 Q1"], ["ORG 2-8 Q1"], (0, 6, 4)),
    ("weak_linked_mention_match", ["PER 0-4 Q1"], ["PER 2-8 Q2"], (2, 6, 4)),
    ("weak_link_match", ["PER 0-4 Q1", "PER 0-4 Q2"], ["PER 2-8 Q2"], (2, 6, 8)),
    ("weak_nil_match", ["PER 0-4 NIL1"], ["PER 2-8 NIL2"], (2, 6, 4)),
    ("weak_all_match", ["PER 0-4 NIL1"], ["PER 2-8 Q1"], (0, 6, 4)),
    ("weak_typed_link_match", ["PER 0-4 Q1"], ["PER 2-8 Q1"], (2, 6, 4)),
    ("weak_typed_nil_match", ["PER 0-4 NIL1"], ["ORG 2-8 NIL1"], (0, 6, 4)),
    ("weak_typed_all_match", ["PER 0-4 Q1"], ["PER 2-8 Q1"], (2, 6, 4)),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "gold", "predicted", "wanted"), MEASURES)
def test_measures_of_neleval(
    measure: str, gold: list[str], predicted: list[str], wanted: tuple[float, ...]
) -> None:
    assert counted(f"linking/{measure}", document(gold), document(predicted)) == wanted


@pytest.mark.parametrize("name", NELEVAL)
def test_nothing_on_either_side_counts_nothing(name: str) -> None:
    assert counted(name, document([]), document([])) == (0, 0, 0)


def test_neleval_by_type_compares_what_has_the_type_on_both_sides() -> None:
    gold, predicted = (
        document(["PER 0-3 Q1", "PER 5-8 Q2"]),
        document(["PER 0-3 Q1", "ORG 5-8 Q2"]),
    )
    assert counted("linking/strong_link_match", gold, predicted) == (2, 2, 2)
    assert counted("linking/strong_link_match", gold, predicted, "PER") == (1, 1, 2)
    assert counted("linking/strong_link_match", gold, predicted, "ORG") == (0, 1, 0)


LAYERS = st.lists(
    st.builds(
        "{} {}-{} {}".format,
        st.sampled_from(["PER", "ORG"]),
        st.integers(0, 4),
        st.integers(5, 9),
        st.sampled_from(["Q1", "Q2", "NIL1", ""]),
    ),
    max_size=6,
).map(document)


#: Gold has one entry, predictions have several: these two sides cannot be swapped.
EVEN = [name for name in (*GENERAL, *NELEVAL) if name != "link/candidates"]


@pytest.mark.parametrize("name", EVEN)
@settings(max_examples=25)
@given(gold=LAYERS, predicted=LAYERS)
def test_swapping_gold_and_predicted_swaps_precision_and_recall(
    name: str, gold: Document, predicted: Document
) -> None:
    one, other = shares(name, gold, predicted), shares(name, predicted, gold)
    assert one == (other[2], other[3], other[0], other[1])
    assert 0 <= one.correct_precision <= min(one.predicted, one.gold)


@settings(max_examples=25)
@given(gold=LAYERS, predicted=LAYERS)
def test_among_candidates_is_no_less_than_the_best(gold: Document, predicted: Document) -> None:
    best, any_ = (shares(f"link/{name}", gold, predicted) for name in ("strict", "candidates"))
    assert best.correct_recall <= any_.correct_recall <= any_.gold == best.gold
    assert any_.correct_precision <= any_.predicted


@pytest.mark.parametrize("name", EVEN)
@settings(max_examples=25)
@given(gold=LAYERS)
def test_gold_against_itself_is_perfect(name: str, gold: Document) -> None:
    found = shares(name, gold, gold)
    assert found.correct_precision == found.predicted == found.gold


@pytest.mark.parametrize("name", [*GENERAL, *NELEVAL])
@settings(max_examples=25)
@given(gold=LAYERS, predicted=LAYERS)
def test_the_order_of_mentions_does_not_matter(
    name: str, gold: Document, predicted: Document
) -> None:
    turned = Document(id="d", mentions=predicted.mentions[::-1])
    assert shares(name, gold, predicted) == shares(name, gold, turned)


@pytest.mark.parametrize("measure", [name for name in NELEVAL if "weak" in name])
@settings(max_examples=25)
@given(gold=LAYERS, predicted=LAYERS)
def test_weak_measures_are_the_strong_ones_of_single_code_points(
    measure: str, gold: Document, predicted: Document
) -> None:
    """What neleval's `to-weak` does, in so many words."""
    single = [
        Document(
            mentions=tuple(
                Mention("m", m.type, place, place + 1, links=m.links)
                for m in layer.mentions
                for place in range(m.start, m.end)
            )
        )
        for layer in (gold, predicted)
    ]
    strong = measure.replace("weak", "strong")
    assert shares(measure, gold, predicted) == shares(strong, single[0], single[1])
