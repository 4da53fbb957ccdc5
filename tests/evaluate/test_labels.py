"""Labels of documents, counted by label and by scheme."""

from __future__ import annotations

import pytest

from glose.corpus.document import Document, Label
from glose.evaluate.labels import count, labels, scheme
from glose.evaluate.projection import cut


def test_labels_of_items_are_none_of_the_document() -> None:
    layer = Document(labels=(Label("topic", "war.air"), Label("tone", "sad", target="m1")))
    assert labels(layer) == [("topic", "war.air")]
    assert labels(layer, cut(1)) == [("topic", "war")]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("topic=crime", "topic"), ("topic", None), ("=crime", ""), ("topic=a=b", "topic")],
)
def test_scheme(name: str, wanted: str | None) -> None:
    assert scheme(name) == wanted


CASES = [
    # id, gold, predicted, rows of (correct, predicted, gold, alone)
    ("nothing on either side", [], [], {None: (0, 0, 0, 0)}),
    (
        "nothing in gold", [], ["crime"],
        {None: (0, 1, 0, 0), "topic": (0, 1, 0, 0), "topic=crime": (0, 1, 0, 0)},
    ),
    (
        "nothing predicted", ["crime"], [],
        {None: (0, 0, 1, 0), "topic": (0, 0, 1, 0), "topic=crime": (0, 0, 1, 0)},
    ),
    (
        "the right one", ["crime"], ["crime"],
        {None: (1, 1, 1, 1), "topic": (1, 1, 1, 1), "topic=crime": (1, 1, 1, 1)},
    ),
    (
        "a wrong one", ["crime"], ["econ"],
        {
            None: (0, 1, 1, 1), "topic": (0, 1, 1, 1),
            "topic=crime": (0, 0, 1, 1), "topic=econ": (0, 1, 0, 0),
        },
    ),
    (
        "one of two", ["crime", "econ"], ["econ"],
        {
            None: (1, 1, 2, 0), "topic": (1, 1, 2, 0),
            "topic=crime": (0, 0, 1, 0), "topic=econ": (1, 1, 1, 0),
        },
    ),
    (
        "a duplicate is the same", ["crime"], ["crime", "crime"],
        {None: (1, 1, 1, 1), "topic": (1, 1, 1, 1), "topic=crime": (1, 1, 1, 1)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "rows"), [pytest.param(*each, id=name) for name, *each in CASES]
)
def test_counts(
    gold: list[str], predicted: list[str], rows: dict[str | None, tuple[int, ...]]
) -> None:
    found = count([("topic", each) for each in gold], [("topic", each) for each in predicted])
    assert found == rows


def test_each_scheme_is_counted_by_itself() -> None:
    gold = [("topic", "crime"), ("tone", "sad")]
    found = count(gold, [("topic", "crime"), ("tone", "crime")])
    assert found["topic"] == (1, 1, 1, 1)
    assert found["tone"] == (0, 1, 1, 1)
    assert found[None] == (1, 2, 2, 2)
