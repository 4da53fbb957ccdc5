"""What would make a score wrong without a sign is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.evaluate import invented

from glose.corpus import jsonl
from glose.corpus.document import ANNOTATIONS, Document, fingerprint
from glose.corpus.errors import InputError
from glose.evaluate.alignment import Policy, parts
from glose.evaluate.metrics import METRICS
from glose.evaluate.pairing import Pair, pairs
from glose.evaluate.plan import Plan
from glose.evaluate.projection import View

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]
LISTS = (("mentions",), ("mentions",))


def paired(gold: Path, predicted: Path, policy: Policy | None = None) -> list[Pair]:
    work = parts(gold, [predicted], policy or Policy())
    return [pair for part in work for pair in pairs(part, LISTS)]


@pytest.fixture
def refuse(record: Make, save: Save) -> Callable[..., None]:
    """Give a function that expects a message on a gold and a predicted record."""

    def check(message: str, *, gold: dict[str, Any] | None = None, **changes: object) -> None:
        files = (
            save("g.jsonl", gold or record("d1", "PER 3-12")),
            save("p.jsonl", {**record("d1", "PER 3-12"), **changes}),
        )
        with pytest.raises(InputError, match=re.escape(message)):
            paired(*files)

    return check


Refuse = Callable[..., None]


def span(**fields: object) -> list[dict[str, object]]:
    return [{"id": "m1", "type": "PER", "start": 3, "end": 12, **fields}]


def test_two_mentions_of_one_id_are_refused(refuse: Refuse) -> None:
    twice = [{"id": "m1", "type": "PER", "start": 3, "end": 12}] * 2
    refuse(r"p.jsonl:1: d1: the id m1 is used 2 times; expected once", mentions=twice)


def test_another_text_is_refused(refuse: Refuse) -> None:
    refuse("p.jsonl:1: d1: the text is not that of gold; predict", text="Un autre texte, donc.")


def test_another_hash_of_the_text_is_refused(refuse: Refuse) -> None:
    refuse("the text is not that of gold", text=None, text_sha256=fingerprint("autre"))


def test_a_span_past_the_end_is_refused(refuse: Refuse) -> None:
    refuse("mention m1: end 99 is past the end of the text (53); expected", mentions=span(end=99))


@pytest.mark.parametrize(
    ("unit", "encoding", "width"), [("UTF-16 units", "utf-16-le", 2), ("bytes", "utf-8", 1)]
)
def test_offsets_in_another_unit_are_recognised(
    refuse: Refuse, unit: str, encoding: str, width: int
) -> None:
    """The hint is the one that the reader of corpora gives (glose.corpus.rules)."""
    text = "🙂 é 🙂 à Beyrouth"
    start, end = (len(part.encode(encoding)) // width for part in (text[:8], text))
    wrong = [{"id": "m1", "type": "LOC", "start": start, "end": end, "text": "Beyrouth"}]
    refuse(
        f"the offsets look like {unit}", gold={"id": "d1", "text": text, "mentions": []},
        text=text, mentions=wrong,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "fault"),
    [
        (-1, "start -1 is before the beginning of the text"), (12, "the span 12 to 12 is empty"),
        (15, "the span 15 to 12 is empty"),
    ],
)  # fmt: skip
def test_a_span_that_is_none_is_refused(refuse: Refuse, start: int, fault: str) -> None:
    refuse(f"mention m1: {fault}", mentions=span(start=start))


def test_only_spans_are_held_to_the_rules(record: Make, save: Save) -> None:
    """A foreign system may have ids and heads of its own; scoring does not need them."""
    odd = [{"id": "1", "type": "PER", "start": 3, "end": 12, "head": [0, 1]}]
    predicted = {**record("d1"), "mentions": odd}
    assert paired(save("g.jsonl", record("d1", "PER 3-12")), save("p.jsonl", predicted))


def test_a_span_whose_text_is_not_there_is_refused(refuse: Refuse) -> None:
    refuse(
        "mention m1: text: found 'résident '; expected président",
        mentions=span(text="résident "), text=None,
    )  # fmt: skip


def test_fragments_are_held_to_their_text(refuse: Refuse) -> None:
    broken = span(fragments=[[3, 5], [8, 12]], text="président")
    refuse("mention m1: text: found président; expected 'pr dent'", mentions=broken)


def test_fragments_outside_of_the_span_are_refused(refuse: Refuse) -> None:
    refuse("fragments: they go from 0 to 12", mentions=span(fragments=[[0, 5], [8, 12]]))


def test_a_trigger_that_drifted_is_refused(refuse: Refuse) -> None:
    event = {"id": "v1", "type": "AID", "triggers": [{"start": 3, "end": 5, "text": "Le"}]}
    refuse("event v1: trigger 0: text: found Le; expected pr", events=[event])


def test_gold_that_drifted_is_refused(refuse: Refuse, record: Make) -> None:
    refuse("g.jsonl:1: d1: mention m1", gold={**record("d1"), "mentions": span(text="autre")})


def test_gold_without_text_is_refused(refuse: Refuse, record: Make) -> None:
    refuse("g.jsonl:1: d1: text: found null", gold={**record("d1"), "text": None})


def test_an_unknown_key_is_refused(refuse: Refuse) -> None:
    refuse("p.jsonl:1: d1: mentions[0]: unknown key 'fragmets'; did you mean 'fragments'?",
           mentions=span(fragmets=[]))  # fmt: skip


def test_a_list_that_gold_does_not_annotate_is_refused(refuse: Refuse, record: Make) -> None:
    gold = {**record("d1"), "status": {"annotated": ["events"]}}
    refuse("g.jsonl:1: d1: mentions were not annotated (events in status.annotated)", gold=gold)


def test_a_list_that_predictions_lack_is_refused(save: Save, record: Make) -> None:
    gold, predicted = save("g.jsonl", record("d1")), save("p.jsonl", {"id": "d1", "events": []})
    with pytest.raises(InputError, match=r"mentions were not annotated .*add them to predictions"):
        paired(gold, predicted)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="the same text"),
        pytest.param({"text": None}, id="no text"),
        pytest.param({"text": None, "mentions": span()}, id="no text of a span"),
        pytest.param(
            {"text": None, "mentions": span(fragments=[[3, 5], [8, 12]], text="pr dent")},
            id="fragments",
        ),
    ],
)
def test_sparse_predictions_are_taken(record: Make, save: Save, changes: dict[str, Any]) -> None:
    predicted = {**record("d1", "PER 3-12"), **changes}
    [pair] = paired(save("g.jsonl", record("d1", "PER 3-12")), save("p.jsonl", predicted))
    assert pair.predicted[0].mentions[0].end == 12


def test_a_hash_is_enough_where_gold_has_none(record: Make, save: Save) -> None:
    gold = record("d1")
    predicted = {**gold, "text": None, "text_sha256": fingerprint(str(gold["text"]))}
    assert len(paired(save("g.jsonl", gold), save("p.jsonl", predicted))) == 1


def test_a_missing_document_counts_as_empty_if_so_wanted(record: Make, save: Save) -> None:
    gold, predicted = save("g.jsonl", record("d1", "PER 3-12")), save("p.jsonl")
    [pair] = paired(gold, predicted, Policy(missing="empty"))
    assert (pair.predicted[0].mentions, pair.predicted[0].status.annotated) == ((), ANNOTATIONS)


def test_a_record_with_two_ids_is_refused(record: Make, save: Save) -> None:
    """It would be paired by the one and be the document of the other."""
    gold, predicted = save("g.jsonl", record("d1")), save("p.jsonl", record("d1"))
    line = predicted.read_text().rstrip("\n")
    predicted.write_text(line.removesuffix("}") + ',"id":"d2"}\n')

    with pytest.raises(InputError, match="the key id stands twice"):
        paired(gold, predicted)


READERS = {s.name: s for s in (m.statistic for m in METRICS.values()) if s.reads is not None}


@pytest.fixture(scope="module")
def scenes() -> list[tuple[bytes, ...]]:
    pairs = (map(msgspec.json.encode, pair) for pair in invented.pairs(60, 7))
    return [tuple(jsonl.encode(jsonl.decode(line)) for line in pair) for pair in pairs]


@pytest.mark.parametrize("name", READERS)
def test_what_is_not_decoded_is_not_read(name: str, scenes: list[tuple[bytes, ...]]) -> None:
    """The counts of records in part are those of whole ones."""
    statistic = READERS[name]
    some = jsonl.reader(statistic.reads or ())
    assert type(some(scenes[0][0])) is not Document
    for pair in scenes:
        gold, predicted = (View(jsonl.decode(line)) for line in pair)
        few = [View(some(line)) for line in pair]
        assert statistic.tally(*few) == statistic.tally(gold, predicted)


def test_only_what_is_asked_for_is_decoded() -> None:
    assert {"entities", "conll chunks", "arguments"} <= READERS.keys()
    whole, some = (Plan((names,)).reads() for names in (("link/strict",), ("entity/strict",)))
    assert (whole, some) == (None, ("mentions",))
    both = Plan((("entity/strict",), ("conll/chunk", "trigger/identification"))).reads()
    assert both == ("mentions", "tokens", "events")
    assert Plan((("entity/strict", "link/strict"),)).reads() is None


def test_what_documents_say_of_themselves_is_always_decoded(record: Make) -> None:
    extra = [{"name": "story", "value": "a"}]
    whole = jsonl.decode(msgspec.json.encode(record("d1", "PER 3-12") | {"extra": extra}))
    some = jsonl.reader(["mentions"])(jsonl.encode(whole))
    assert (some.extra, some.meta, some.text) == (whole.extra, whole.meta, whole.text)
