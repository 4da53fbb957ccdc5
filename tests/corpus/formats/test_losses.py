"""The ledger: what a step takes out of a document is counted, of every kind, and adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from glose.corpus import rules
from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    EventCluster,
    Label,
    Mention,
    Relation,
)
from glose.corpus.formats import table, trial
from glose.corpus.formats.facts import count, difference, facts, overlapping
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import without
from glose.corpus.formats.specimens import SPECIMENS, document
from glose.corpus.formats.structures import STRUCTURES
from glose.corpus.testing import documents

GAO, KASSA = Mention("m1", "GPE", 38, 41, text="Gao"), Mention("m2", "PER", 11, 16, text="Kassa")
FULL = document(
    "d1",
    mentions=(GAO, KASSA),
    entities=(Entity("e1", "GPE", mentions=("m1",)),),
    relations=(Relation("r1", "In", (Argument("Arg1", ref="m2"), Argument("Arg2", ref="m1"))),),
    events=(
        Event(
            "v1",
            "Visit",
            SPECIMENS["events"].events[0].triggers,
            (Argument("Place", ref="m1"), Argument("Place", ref="m2")),
        ),
    ),
    labels=(Label("sure", "no", "m1"),),
)


def told(losses: Losses) -> dict[str, tuple[int, int, int, int]]:
    """Return what was there, kept, changed and dropped of each kind that lost something."""
    rows = (row for row in losses.rows() if row.kept != row.there)
    return {row.kind: (row.there, row.kept, row.changed, row.dropped) for row in rows}


def account(before: Document, *steps: tuple[Document, str]) -> Losses:
    """Return the ledger of a document that went through some steps."""
    losses = Losses()
    losses.begin(before)
    for after, reason in steps:
        losses.step(after, reason)
    return losses


def test_what_goes_with_something_is_counted_too() -> None:
    losses = account(FULL, (without(FULL, {"m1"}), "no Gao"))

    assert told(losses) == {
        "mentions": (2, 1, 0, 1),
        "types of mentions": (2, 1, 0, 1),
        "entities of one mention": (1, 0, 0, 1),
        "relations": (1, 0, 0, 1),
        "arguments": (2, 1, 0, 1),
        "labels of items": (1, 0, 0, 1),
    }


def test_reasons_are_those_of_the_steps() -> None:
    first = without(FULL, {"m1"})
    losses = account(FULL, (first, "no Gao"), (without(first, {"m2"}), "no Kassa"))
    [row] = [row for row in losses.rows() if row.kind == "mentions"]

    assert {(r.count, r.what, r.reason) for r in row.reasons} == {
        (1, "dropped", "no Gao"),
        (1, "dropped", "no Kassa"),
    }


def test_an_attribute_under_another_name_is_changed_and_not_dropped() -> None:
    def noted(*names: str) -> Document:
        attrs = tuple(Attribute(name, "x") for name in names)
        (event,), (relation,), (entity,) = FULL.events, FULL.relations, FULL.entities
        argument = replace(event.args[0], attrs=attrs)
        return replace(
            FULL,
            mentions=(replace(GAO, attrs=attrs), KASSA),
            entities=(replace(entity, attrs=attrs),),
            relations=(replace(relation, attrs=attrs),),
            events=(replace(event, attrs=attrs, args=(argument, *event.args[1:])),),
            event_clusters=(EventCluster("c1", ("v1",), attrs),),
        )

    losses = account(noted("wikidata:Q1", "b", "c"), (noted("wikidata_Q1", "b"), "names"))

    kinds = ("mentions", "entities", "relations", "events", "arguments", "event clusters")
    assert told(losses) == {f"attributes of {kind}": (3, 1, 1, 1) for kind in kinds}


def test_what_is_changed_and_then_dropped_is_dropped() -> None:
    moved = replace(FULL, mentions=(replace(GAO, start=35, text="de Gao"), KASSA))
    losses = account(FULL, (moved, "wider"), (without(moved, {"m1"}), "gone"))

    assert told(losses)["mentions"] == (2, 1, 0, 1)


def test_what_is_changed_back_is_kept() -> None:
    moved = replace(FULL, mentions=(replace(GAO, start=35, text="de Gao"), KASSA))

    assert told(account(FULL, (moved, "wider"), (FULL, "back"))) == {}


def test_what_a_reader_cannot_hold_was_there() -> None:
    losses = Losses()
    losses.unread("parse trees", "the record has none", 3)

    assert told(losses) == {"parse trees": (3, 0, 0, 3)}


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda losses: losses.drop("mentions", "x", 3), id="more than there were"),
        pytest.param(lambda losses: losses.drop("heads", "x"), id="what was never there"),
    ],
)
def test_a_ledger_that_is_no_sum_is_refused(wrong: Callable[[Losses], None]) -> None:
    losses = account(FULL)
    wrong(losses)

    with pytest.raises(ValueError, match=r"dropped of 2|never there: heads"):
        list(losses.rows())


@given(documents(), st.data())
def test_any_pruning_adds_up_and_leaves_a_sound_document(
    before: Document, data: st.DataObject
) -> None:
    names = [item.id for kind in rules.KINDS for item in getattr(before, kind)]
    gone = set(data.draw(st.lists(st.sampled_from(names)))) if names else set()
    after = without(before, gone)
    losses = account(before, (after, "pruned"))
    left = {item.id for kind in rules.KINDS for item in getattr(after, kind)}

    assert list(rules.faults(after)) == []
    assert not gone & left
    assert all(r.kept + r.changed + r.dropped == r.there for r in losses.rows())
    assert sum(row.there for row in losses.rows()) == sum(count(facts(before)).values())


@pytest.mark.parametrize("kind", [name for name, s in STRUCTURES.items() if s.remove])
@settings(max_examples=10)
@given(before=documents())
def test_removing_a_structure_leaves_none_of_it(kind: str, before: Document) -> None:
    remove = STRUCTURES[kind].remove
    assert remove is not None
    after = remove(before)

    assert kind not in facts(after)
    assert list(rules.faults(after)) == []


@pytest.mark.parametrize("kind", [name for name, s in STRUCTURES.items() if s.remove])
def test_removing_what_is_not_there_changes_nothing(kind: str) -> None:
    remove = STRUCTURES[kind].remove
    assert remove is not None
    bare = replace(SPECIMENS["texts"], tokens=())

    assert remove(bare) == bare


@pytest.mark.parametrize(
    ("spans", "nested", "crossing"),
    [
        pytest.param("0-5 6-9", "", "", id="apart"),
        pytest.param("0-5 5-9", "", "", id="touching"),
        pytest.param("0-9 2-4", "b", "", id="inside"),
        pytest.param("0-9 0-9", "b", "", id="equal"),
        pytest.param("0-9 0-4", "b", "", id="same start"),
        pytest.param("0-9 4-9", "b", "", id="same end"),
        pytest.param("0-5 3-9", "", "b", id="crossing"),
        pytest.param("0-5 3-9 6-8", "", "b", id="what crosses does not count against others"),
        pytest.param("0-9 2-5 4-7", "bc", "c", id="inside one and across another"),
        pytest.param("0-9 2-3 4-5 6-7", "bcd", "", id="side by side inside"),
    ],
)
def test_overlapping(spans: str, nested: str, crossing: str) -> None:
    bounds = (span.partition("-") for span in spans.split())
    mentions = tuple(
        Mention(name, "X", int(start), int(end))
        for name, (start, _, end) in zip("abcd", bounds, strict=False)
    )

    assert overlapping(mentions) == (list(nested), list(crossing))


@given(st.lists(st.integers(0, 4)), st.lists(st.integers(0, 4)))
def test_what_is_in_both_is_neither_changed_nor_dropped(
    before: list[object], after: list[object]
) -> None:
    changed, dropped = difference(before, after)
    shared = sum((Counter(before) & Counter(after)).values())

    assert changed + dropped == len(before) - shared
    assert dropped == max(len(before) - len(after), 0)


@pytest.mark.parametrize("name", ["conll", "conll-2012"])
@pytest.mark.parametrize(
    ("text", "changed"),
    [
        pytest.param("Gao brûle\nMopti aussi", 0, id="as it is read"),
        pytest.param("Gao brûle.", 1, id="words without a blank between them"),
        pytest.param("Gao  brûle", 1, id="two blanks"),
        pytest.param("Gao brûle\n", 1, id="a line end at the end"),
        pytest.param("Gao brûle\n\nMopti aussi", 1, id="an empty line"),
    ],
)
def test_white_space_is_lost_only_where_another_comes_back(
    tmp_path: Path, name: str, text: str, changed: int
) -> None:
    form = table.FORMATS[name]
    losses = trial.write(form, [document("d1", text)], path := trial.place(form, tmp_path), name)
    [row] = [row for row in losses.rows() if row.kind == "texts"]
    [back] = form.read(path)

    assert (row.changed, row.dropped, back.text != text) == (changed, 0, bool(changed))


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Gao brûle.\nMopti aussi.", 0),
        ("Gao  brûle", 1),
        (" Gao", 1),
        ("Gao\n", 1),
        ("Gao\n\nMopti", 1),
    ],
)
def test_white_space_of_hipe(tmp_path: Path, text: str, changed: int) -> None:
    form = table.FORMATS["hipe"]
    losses = trial.write(form, [document("d1", text)], tmp_path / "c.hipe.tsv", "hipe")
    [row] = [row for row in losses.rows() if row.kind == "texts"]
    [back] = form.read(tmp_path / "c.hipe.tsv")

    assert (row.changed, row.dropped, back.text != text) == (changed, 0, bool(changed))


def test_what_is_said_of_a_document_without_words_is_not_of_the_next(tmp_path: Path) -> None:
    made = [document("a", " ", language="fr"), document("b", "Gao"), document("c", " ")]
    trial.write(table.FORMATS["hipe"], made, path := tmp_path / "c.hipe.tsv", "hipe")

    found = [(one.id, one.language) for one in table.FORMATS["hipe"].read(path)]
    assert found == [("a", "fr"), ("b", None), ("c", None)]
