"""What the TempEval-3 toolkit is given: ids that are aligned, tags that do not cross."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from benchmarks.converting import Side, sides
from benchmarks.timeml import Item, aligned, items, links, save, written

from glose.corpus.jsonl import decode

Record: TypeAlias = dict[str, Any]

#: Words of three letters: word n is at 4 n.
TEXT = "one two ten six day"


def time(name: str, first: int, last: int, kind: str = "TIMEX3.DATE", norm: str = "") -> Record:
    span = {"id": name, "type": kind, "start": 4 * first, "end": 4 * last - 1}
    return {**span, "value": {"norm": norm}} if norm else span


def event(name: str, first: int, last: int, tense: str | None = None) -> Record:
    trigger = {"start": 4 * first, "end": 4 * last - 1}
    return {"id": name, "type": "SAY", "tense": tense, "triggers": [trigger]}


def link(name: str, source: str, target: str, kind: str = "BEFORE") -> Record:
    args = [{"role": "source", "ref": source}, {"role": "target", "ref": target}]
    return {"id": name, "type": kind, "args": args}


def side(*found: Record, relations: tuple[Record, ...] = ()) -> Side:
    events = [each for each in found if "triggers" in each]
    mentions = [each for each in found if "triggers" not in each]
    lists = {"mentions": mentions, "events": events, "relations": relations}
    document = decode(json.dumps({"id": "d", "text": TEXT, **lists}).encode())
    return sides(document, document)[0]


def test_times_come_before_events_each_in_the_order_of_ids() -> None:
    found = items(side(event("v10", 0, 1), event("v9", 1, 2, "PAST"), time("m1", 2, 3)))
    assert found == [
        Item("m1", 2, 3, True, ' type="DATE"'),
        Item("v9", 1, 2, False, ' class="SAY" tense="PAST"'),
        Item("v10", 0, 1, False, ' class="SAY"'),
    ]


@pytest.mark.parametrize(
    ("kind", "norm", "attributes"),
    [
        pytest.param("TIMEX3.SET", "set:P1D", ' type="SET" value="P1D"', id="by its type"),
        pytest.param("PLACE", "date:1999", ' type="PLACE" value="1999"', id="by its value"),
        pytest.param("PLACE", "number:3", None, id="a number is no time"),
        pytest.param("PLACE", "", None, id="nor is what has no value"),
    ],
)
def test_what_a_time_is(kind: str, norm: str, attributes: str | None) -> None:
    found = [item.attributes for item in items(side(time("m1", 0, 1, kind, norm)))]
    assert found == ([] if attributes is None else [attributes])


def spots(*places: tuple[str, int, int]) -> list[Item]:
    return [Item(name, first, last, True, "") for name, first, last in places]


@pytest.mark.parametrize(
    ("gold", "predicted", "names"),
    [
        pytest.param([("a", 0, 2)], [("x", 0, 2)], {"x": "a"}, id="the same words"),
        pytest.param([("a", 0, 2)], [("x", 1, 3)], {"x": "a"}, id="words in common"),
        pytest.param([("a", 0, 2)], [("x", 2, 3)], {"x": "otherx"}, id="none in common"),
        pytest.param(
            [("a", 0, 2)], [("x", 1, 3), ("y", 0, 2)], {"x": "otherx", "y": "a"},
            id="what is equal goes first",
        ),
        pytest.param(
            [("a", 0, 2), ("b", 1, 3)], [("x", 1, 2), ("y", 0, 4)], {"x": "a", "y": "b"},
            id="each takes the first that is left",
        ),
    ],
)  # fmt: skip
def test_aligned(
    gold: list[tuple[str, int, int]], predicted: list[tuple[str, int, int]], names: dict[str, str]
) -> None:
    assert aligned(spots(*gold), spots(*predicted)) == names


def test_an_event_is_never_a_time() -> None:
    [gold] = spots(("a", 0, 1))
    assert aligned([gold], [gold._replace(id="x", time=False)]) == {"x": "otherx"}


def test_links_are_of_items_and_of_types_of_timeml_in_the_order_of_ids() -> None:
    found = side(
        time("m1", 0, 1), event("v1", 1, 2),
        relations=(
            link("r10", "m1", "v1", "AFTER"), link("r9", "v1", "m1"),
            link("r1", "v1", "m1", "HAS_PARTICIPANT"),
        ),
    )  # fmt: skip
    assert links(found.document, ["m1", "v1"]) == [("v1", "m1", "BEFORE"), ("m1", "v1", "AFTER")]
    assert links(found.document, ["m1"]) == []


def test_a_file_has_no_crossing_tags_and_all_links() -> None:
    found = side(
        time("m1", 0, 2), event("v1", 1, 3), event("v2", 3, 4),
        relations=(link("r1", "v1", "m1"), link("r2", "v2", "v1", "INCLUDES")),
    )  # fmt: skip
    assert written(found, items(found), {"m1": "m1", "v1": "e", "v2": "v2"}) == (
        '<?xml version="1.0" ?>\n<TimeML>\n<TEXT>\n'
        '<TIMEX3 tid="m1" type="DATE">w00000 w00001</TIMEX3> w00002 '
        '<EVENT eid="v2" class="SAY">w00003</EVENT> w00004\n</TEXT>\n'
        '<TLINK lid="l0" relType="BEFORE" eventInstanceID="e" relatedToTime="m1" />\n'
        '<TLINK lid="l1" relType="INCLUDES" eventInstanceID="v2" relatedToEventInstance="e" />\n'
        "</TimeML>\n"
    )


def test_each_document_is_a_file_of_either_side(tmp_path: Path) -> None:
    for name, first in (("gold", 0), ("predicted", 1)):
        record = {"id": "d", "text": TEXT, "mentions": [time("m1", first, 2)]}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(record) + "\n")
    save(tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl", tmp_path / "timeml")

    gold, predicted = (
        (tmp_path / "timeml" / name / "000000.tml").read_text() for name in ("gold", "predicted")
    )
    assert '<TIMEX3 tid="m1" type="DATE">w00000 w00001</TIMEX3>' in gold
    assert 'w00000 <TIMEX3 tid="m1" type="DATE">w00001</TIMEX3>' in predicted
