"""What became of suggestions."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from glose.annotate.assist.acceptance import OUTCOMES, Row, acceptance, lines
from glose.annotate.store.operations import Decision
from glose.annotate.store.project import Project
from glose.corpus.document import (
    Argument,
    Document,
    Entity,
    Event,
    Mention,
    Status,
    Trigger,
    Value,
)
from glose.corpus.errors import GloseError

Fill = Callable[..., Project]
Submit = Callable[..., None]

TEXT = "Raid à Gao mardi, 12 morts."
GAO = Mention("m1", "GPE", 7, 10, text="Gao", level="NAM")
DAY = Mention("m2", "DATE", 11, 16, text="mardi", value=Value("date:2031-03-11"))
RAID = Event(
    "v1", "ASSAULT", (Trigger(0, 4, text="Raid"),),
    (Argument("Location", ref="m1"), Argument("Date", ref="m2")), modality="Actual",
)  # fmt: skip
SUGGESTED = Document(
    id="d1", layer="crf", text=TEXT, mentions=(GAO, DAY), events=(RAID,),
    entities=(Entity("e1", "GPE", None, ("m1",)),),
    status=Status("predicted", ("mentions", "entities", "events")),
)  # fmt: skip


@pytest.fixture
def offered(filled: Fill) -> Project:
    """A project with the suggestions above for d1, on which nothing was decided."""
    return filled([SUGGESTED], "crf", "suggestions")


def own(item: Mention, **fields: object) -> Mention:
    """Return a suggested mention as the annotator's own."""
    return msgspec.structs.replace(item, **{"id": f"own{item.id}", **fields})


def decided(
    item: Mention | Event, outcome: str, became: str | None = None
) -> tuple[str, str, None, Decision]:
    name = "events" if isinstance(item, Event) else "mentions"
    decision = Decision(f"crf/{item.id}", name, outcome, became)  # type: ignore[arg-type]  # a name of an outcome
    return "decisions", decision.id, None, decision


def accept(submit: Submit, item: Mention, made: Mention) -> None:
    submit("d1", "ana", "accept", ("mentions", made.id, None, made),
           decided(item, "accepted", made.id))  # fmt: skip


def counts(project: Project, name: str = "mentions") -> dict[str, int]:
    """Return the outcomes of the suggestions of a list that are not 0."""
    row = next(one for one in acceptance(project) if one.list == name)
    return {outcome: getattr(row, outcome) for outcome in OUTCOMES if getattr(row, outcome)}


def test_nothing_was_decided_at_first(offered: Project) -> None:
    assert counts(offered) == {"open": 2}


def test_what_was_accepted_is_kept(offered: Project, submit: Submit) -> None:
    accept(submit, GAO, own(GAO))

    assert counts(offered) == {"kept": 1, "open": 1}


@pytest.mark.parametrize("fields", [
    pytest.param({"type": "LOC"}, id="another type"),
    pytest.param({"start": 5, "text": "à Gao"}, id="another span"),
    pytest.param({"level": "NOM"}, id="another level"),
])  # fmt: skip
def test_what_was_changed_later_is_changed(
    offered: Project, submit: Submit, fields: dict[str, object]
) -> None:
    accept(submit, GAO, own(GAO))
    submit("d1", "ana", "retype", ("mentions", "ownm1", own(GAO), own(GAO, **fields)))

    assert counts(offered) == {"changed": 1, "open": 1}


def test_a_value_that_was_changed_is_a_change(offered: Project, submit: Submit) -> None:
    accept(submit, DAY, own(DAY))
    other = own(DAY, value=Value("date:2031-03-18"))
    submit("d1", "ana", "value", ("mentions", "ownm2", own(DAY), other))

    assert counts(offered) == {"changed": 1, "open": 1}


def test_what_was_changed_and_changed_back_is_kept(offered: Project, submit: Submit) -> None:
    accept(submit, GAO, own(GAO))
    submit("d1", "ana", "retype", ("mentions", "ownm1", own(GAO), own(GAO, type="LOC")))
    submit("d1", "ana", "retype", ("mentions", "ownm1", own(GAO, type="LOC"), own(GAO)))

    assert counts(offered) == {"kept": 1, "open": 1}


def test_what_was_refused(offered: Project, submit: Submit) -> None:
    submit("d1", "ana", "refuse", decided(GAO, "refused"))

    assert counts(offered) == {"refused": 1, "open": 1}


def test_what_was_marked_by_hand_is_found(offered: Project, submit: Submit) -> None:
    submit("d1", "ana", "mark", ("mentions", "x", None, own(GAO, id="x", level=None)))

    assert counts(offered) == {"found": 1, "open": 1}


def test_an_entity_of_one_mention_is_not_offered(offered: Project) -> None:
    assert {row.list for row in acceptance(offered)} == {"mentions", "events"}


def event(submit: Submit, *args: Argument, **fields: object) -> None:
    """Accept the event with these arguments; its mentions are taken over as `own…`."""
    for mention in (GAO, DAY):
        accept(submit, mention, own(mention))
    made = msgspec.structs.replace(RAID, id="ownv1", args=args, **fields)
    submit("d1", "ana", "accept", ("events", "ownv1", None, made),
           decided(RAID, "accepted", "ownv1"))  # fmt: skip


PLACE, TIME = Argument("Location", ref="ownm1"), Argument("Date", ref="ownm2")


def test_an_event_is_kept_whatever_the_ids_and_the_order(offered: Project, submit: Submit) -> None:
    event(submit, TIME, PLACE)

    assert counts(offered, "events") == {"kept": 1}


def test_an_event_without_an_argument_is_changed(offered: Project, submit: Submit) -> None:
    event(submit, PLACE)

    assert counts(offered, "events") == {"changed": 1}


def test_an_event_with_another_attribute_is_changed(offered: Project, submit: Submit) -> None:
    event(submit, PLACE, TIME, modality="Other")

    assert counts(offered, "events") == {"changed": 1}


def test_shares_are_of_what_was_decided(offered: Project, submit: Submit) -> None:
    accept(submit, GAO, own(GAO, type="LOC"))
    submit("d1", "ana", "refuse", decided(DAY, "refused"))
    row = next(one for one in acceptance(offered) if one.list == "mentions")

    assert (row.accepted, row.unchanged) == (0.5, 0.0)


def test_each_layer_of_work_has_its_own_row(offered: Project, submit: Submit) -> None:
    offered.layer("bob", "work", "bob")
    accept(submit, GAO, own(GAO))
    rows = [one for one in acceptance(offered) if one.list == "mentions"]

    assert [(row.work, row.kept, row.open) for row in rows] == [("ana", 1, 1), ("bob", 0, 2)]


def test_a_layer_can_be_chosen(offered: Project, filled: Fill) -> None:
    filled([msgspec.structs.replace(SUGGESTED, layer="rules")], "rules", "suggestions")

    assert {one.layer for one in acceptance(offered)} == {"crf", "rules"}
    assert {one.layer for one in acceptance(offered, "rules")} == {"rules"}


@pytest.mark.parametrize("layer", [None, "ana", "zoe"])
def test_a_project_without_such_suggestions_is_one_line(
    project: Project, layer: str | None
) -> None:
    with pytest.raises(GloseError, match=r"no suggestions.*ana \(work\)") as error:
        acceptance(project, layer)
    assert "\n" not in str(error.value)


def test_the_table_has_a_line_for_each_row() -> None:
    row = Row("crf", "ana", "mentions", 10, 4, 1, 1, 2, 2, 5 / 6, 4 / 6)
    found = list(lines([row, msgspec.structs.replace(row, list="events", accepted=None)]))

    assert found[0].split() == ["suggestions", "work", "list", "offered", "kept", "changed",
                                "refused", "found", "open", "accepted", "unchanged"]  # fmt: skip
    assert found[1].split()[3:] == ["10", "4", "1", "1", "2", "2", "83.3%", "66.7%"]
    assert found[2].split()[-2:] == ["-", "66.7%"]
    assert len({len(line) for line in found}) == 1
