"""Counting a corpus in columns gives what counting its documents one by one gives."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from glose.corpus.document import Document, Event, Mention, Pair, Trigger
from glose.evaluate import counter
from glose.evaluate.counter import Counter
from glose.evaluate.counts import Statistic, Table
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View
from glose.evaluate.stacked import Stacked
from glose.evaluate.staged import Staged

TEXT = "Anna va à Gao, Anna y est."
TOKENS = ((0, 4), (5, 7), (8, 9), (10, 13), (15, 19), (20, 21), (22, 25))

#: What is counted in columns where a document suits it.
IN_COLUMNS = {
    metric.statistic.name: metric.statistic
    for metric in METRICS.values()
    if metric.statistic.local or isinstance(metric.statistic.count, Stacked | Staged)
}

places = st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda p: (p[0], sum(p)))
spans = st.lists(st.tuples(st.sampled_from(("PER", "ORG")), places), max_size=4)


def layer(found: Sequence[tuple[str, Pair]]) -> Document:
    """Return a layer with mentions, and an event at each."""
    mentions = (Mention(f"m{n}", name, *place) for n, (name, place) in enumerate(found))
    events = (Event(f"e{n}", name, (Trigger(*p),)) for n, (name, p) in enumerate(found))
    return Document(id="d", text=TEXT, mentions=tuple(mentions), events=tuple(events))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Document, Document]:
    """Return two layers of a text; some are odd in one way or another, on one side or on both."""
    gold, predicted = draw(spans.map(layer)), draw(spans.map(layer))
    odd = draw(st.sampled_from(("", "", "tokens", "pieces", "head", "id", "type", "empty")))
    if odd == "tokens":
        return replace(gold, tokens=TOKENS), predicted
    if odd == "empty":
        return replace(gold, mentions=(), events=()), predicted
    more = {
        "pieces": Mention("m8", "PER", 0, 7, fragments=((0, 4), (5, 7))),
        "head": Mention("m8", "ORG", 0, 7, head=(0, 4)),
        "id": Mention("m0", "ORG", 10, 13),
        "type": Mention("m8", "LOC", 10, 13),
    }
    if odd == "id":
        # Events are refused where it is not clear which mention fills a role.
        predicted = replace(predicted, events=())
    if odd:
        predicted = replace(predicted, mentions=(*predicted.mentions, more[odd]))
    return gold, predicted


def counted(wanted: dict[str, Statistic], of: Sequence[tuple[Document, Document]]) -> object:
    """Return the rows of each statistic, counted together."""
    tables = {name: Table() for name in wanted}
    counting = Counter(wanted, tables)
    for gold, predicted in of:
        counting.add(View(gold), View(predicted))
    counting.settle()
    return {name: (table.rows, table.documents) for name, table in tables.items()}


@pytest.mark.parametrize("batch", [2, 1000])
@given(of=st.lists(pairs(), min_size=1, max_size=6))
def test_documents_of_all_kinds(batch: int, of: list[tuple[Document, Document]]) -> None:
    """Those that columns do not suit stand between others, in one batch or in several."""
    known = frozenset(m.type for gold, _ in of for m in gold.mentions)
    wanted = {name: statistic.of({name: known}) for name, statistic in IN_COLUMNS.items()}
    alone = {name: Table() for name in wanted}
    for gold, predicted in of:
        for name, statistic in wanted.items():
            alone[name].add(statistic.tally(View(gold), View(predicted)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counter, "BATCH", batch)
        found = counted(wanted, of)

    assert found == {name: (table.rows, table.documents) for name, table in alone.items()}
