"""Counting mentions in columns gives what counting each document gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Document, Mention, Pair
from glose.evaluate import counter
from glose.evaluate.counter import Counter
from glose.evaluate.counts import Statistic, Table, Tally
from glose.evaluate.keyed import ordered
from glose.evaluate.lexicon import Lexicon
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View, cut
from glose.evaluate.roster import Roster
from glose.evaluate.stacked import Stack, Stacked
from glose.evaluate.words import Words

Pairs = Sequence[tuple[Document, Document]]

STACKED = {
    metric.statistic.name: metric.statistic
    for metric in METRICS.values()
    if isinstance(metric.statistic.count, Stacked)
}
NAMES = ("PER", "ORG", "PER.Group")

#: White space of one, two and three bytes in UTF-8, letters of up to four, and half a letter.
texts = st.text(
    st.sampled_from("ab é’中😀\u0301\ud83d\n\u00a0\u2028\u3000\x1c"), min_size=1, max_size=24
)
#: Mostly short words with one blank between them.
plain = st.lists(st.sampled_from(["a", "le", "Gao", "né"]), min_size=1, max_size=9).map(" ".join)


@st.composite
def mentions(draw: st.DrawFn, text: str) -> tuple[Mention, ...]:
    """Return mentions in any order, that repeat, nest and cross; some have one id."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 9)))
        name = draw(st.sampled_from(NAMES))
        found.append(Mention(f"m{draw(st.integers(0, 2)) * 9 + number % 4}", name, start, end))
    return tuple(found)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, Document]:
    """Return two layers of a text; what is predicted is often what gold has."""
    text = draw(texts | plain)
    gold = draw(mentions(text))
    kept = [m for m in gold if draw(st.booleans())]
    predicted = (*kept, *draw(mentions(text)))
    wanted = Document(id="d", text=text, mentions=gold)
    return wanted, Document(id="d", mentions=tuple(draw(st.permutations(predicted))))


def each(statistic: Statistic, pairs: Pairs, depth: int | None) -> list[Tally]:
    tallies = [statistic.tally(*(View(side, cut(depth)) for side in pair)) for pair in pairs]
    return [{k: row for k, row in t.items() if k is None or any(row)} for t in tallies]


def stacked(statistic: Statistic, pairs: Pairs, depth: int | None) -> list[Tally]:
    assert isinstance(statistic.count, Stacked)
    roster = Roster(cut(depth))
    stack = Stack(roster, words=statistic.count.words)
    for gold, predicted in pairs:
        roster.add(gold, predicted)
        assert stack.add(gold)
    return [*statistic.count.taken(stack).tallies()]


@pytest.mark.parametrize("depth", [None, 1])
@pytest.mark.parametrize("statistic", STACKED.values(), ids=list(STACKED))
@given(pairs=st.lists(documents(), min_size=1, max_size=4))
def test_many_documents_count_as_each(
    statistic: Statistic, depth: int | None, pairs: Pairs
) -> None:
    assert stacked(statistic, pairs, depth) == each(statistic, pairs, depth)


def document(text: str, *spans: tuple[str, int, int]) -> Document:
    found = tuple(Mention(f"m{n}", *span) for n, span in enumerate(spans))
    return Document(id="d", text=text, mentions=found)


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        pytest.param([("A", 0, 4), ("B", 5, 7)], [(0, 4), (5, 7)], id="apart"),
        pytest.param([("A", 0, 4), ("B", 4, 7)], [(0, 4), (4, 7)], id="one beside the other"),
        pytest.param([("A", 0, 4), ("B", 0, 7)], [(0, 7)], id="two words before one"),
        pytest.param([("A", 0, 7), ("B", 5, 7)], [(0, 7)], id="the one within goes"),
        pytest.param([("B", 0, 4), ("A", 2, 4)], [(0, 4)], id="as many words: the first"),
        pytest.param([("B", 0, 4), ("A", 0, 3)], [(0, 3)], id="one start: the type by name"),
        pytest.param([("A", 0, 4), ("A", 0, 3)], [(0, 4)], id="one type: the first in the file"),
        pytest.param([("A", 0, 4), ("A", 0, 4)], [(0, 4)], id="the same twice"),
        pytest.param(
            [("A", 0, 4), ("A", 2, 7), ("A", 5, 7)], [(2, 7)], id="three, each over the next"
        ),
        pytest.param(
            [("A", 0, 4), ("A", 2, 6), ("A", 5, 10)], [(2, 6)], id="of even ones the first start"
        ),
    ],
)
def test_of_mentions_that_overlap_one_stays(
    spans: Sequence[tuple[str, int, int]], kept: Sequence[Pair]
) -> None:
    gold = document("Anna va à Gao.", *spans)
    roster = Roster()
    stack = Stack(roster)
    roster.add(gold, gold)
    stack.add(gold)
    found = stack.flat(0)

    assert [*zip(found.start.tolist(), found.end.tolist(), strict=True)] == kept


def suits(gold: Document, predicted: Document, *, words: bool = True) -> bool:
    roster = Roster()
    roster.add(gold, predicted)
    return Stack(roster, words=words).add(gold)


def test_a_document_with_tokens_does_not_go_in_columns() -> None:
    """It counts by itself, beside others that do."""
    whole = document("Anna va à Gao.", ("A", 0, 4))
    tokens = Document(id="d", text=whole.text, tokens=((0, 4), (5, 7)), mentions=whole.mentions)
    statistic = STACKED["conll chunks"]
    tables = {statistic.name: Table()}
    counting = Counter({statistic.name: statistic}, tables)
    assert not suits(tokens, tokens)
    for gold in (whole, tokens, whole):
        counting.add(View(gold), View(whole))
    counting.settle()

    assert tables[statistic.name].rows == {
        (None, None): {(1, 1, 1, 1, 4, 4): 2, (1, 1, 1, 1, 2, 2): 1},
        ("A", None): {(1, 1, 1, 1, 0, 0): 3},
    }


def test_a_document_with_pieces_does_not_go_in_columns_of_pieces() -> None:
    """It counts by itself, beside others that do: a span in pieces is not one from end to end."""
    whole = document("Anna va à Gao.", ("A", 0, 7))
    pieces = Mention("m0", "A", 0, 7, fragments=((0, 4), (5, 7)))
    broken = Document(id="d", text=whole.text, mentions=(pieces,))
    statistic = STACKED["entities"]
    counting = Counter({statistic.name: statistic}, {statistic.name: Table()})
    assert not suits(broken, whole, words=False)
    assert not suits(whole, broken, words=False)
    assert suits(broken, whole)
    for gold in (whole, broken, whole):
        counting.add(View(gold), View(whole))
    counting.settle()

    correct, boundary = (1, 0, 0, 0, 0, 0, 0, 0), (0, 1, 0, 0, 0, 0, 0, 0)
    rows = {correct: 2, boundary: 1}
    assert counting.tables[statistic.name].rows == {(None, None): rows, ("A", None): rows}


def test_long_texts_do_not_wait_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter, "LETTERS", 40)
    statistic = STACKED["spacy spans"]
    counting = Counter({statistic.name: statistic}, {statistic.name: Table()})
    held = []
    for _ in range(4):
        counting.add(View(document("Anna va à Gao.")), View(document("Anna va à Gao.")))
        held.append(len(counting.roster))

    assert held == [1, 2, 0, 1]


@given(st.lists(texts, min_size=1, max_size=4))
def test_words_of_many_texts_are_those_of_each(given_: list[str]) -> None:
    lexicon = Lexicon(given_)
    assert lexicon.numbers().tolist() == [len(Words(text)) for text in given_]
    before = 0
    for text, base in zip(given_, lexicon.bases.tolist(), strict=False):
        spans = [(a, b) for a in range(len(text)) for b in range(a + 1, len(text) + 1)]
        starts, ends = (np.array(column) + base for column in zip(*spans, strict=True))
        found = np.stack(lexicon.places(starts, ends), axis=1) - before
        assert [*map(tuple, found.tolist())] == [Words(text).place(*span) for span in spans]
        before += len(Words(text))


@given(
    st.lists(st.tuples(*[st.integers(0, 3) | st.integers(0, 2**62)] * 3), min_size=1, max_size=9)
)
def test_items_are_ordered_by_their_columns(rows: list[tuple[int, int, int]]) -> None:
    columns = np.array(rows, dtype=np.int64).T
    expected = sorted(range(len(rows)), key=rows.__getitem__)

    assert ordered(*columns).tolist() == expected
