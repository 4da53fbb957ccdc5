"""Layers, users, the queue, sessions, settings, snapshots and history of a project."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from glose.annotate.store.importing import import_records
from glose.annotate.store.listing import dated
from glose.annotate.store.names import Layer
from glose.annotate.store.operations import Change, Comment, Decision, Operation
from glose.annotate.store.project import Project
from glose.corpus import schema
from glose.corpus.document import Date, Document, Mention, Status
from glose.corpus.errors import GloseError

Marked = Callable[..., Operation]

GAO = Mention("m2", "GPE", 25, 28, text="Gao", level="NAM")


def mark(project: Project, operation: Marked, *changes: Change, base: int = 0) -> None:
    """Make changes to d0 in ana's layer."""
    project.submit("d0", "ana", "ana", operation(base, *changes)).result(60)


def test_what_a_project_is(project: Project) -> None:
    assert (project.name, project.guidelines, project.schema.name) == (
        "tiny",
        "Be fair.",
        "plover",
    )
    assert project.schema_toml == schema.content("plover")


def test_it_is_the_same_when_it_is_opened_again(stores: str, gold: list[Document]) -> None:
    with Project.create(stores, "tiny", schema.content("plover"), "Be fair.") as project:
        import_records(project, gold, None, "work", "ana")
        before = project.snapshot("d3", "gold")
    with Project.open(stores) as project:
        assert project.snapshot("d3", "gold") == before
        assert (project.name, project.guidelines) == ("tiny", "Be fair.")


def test_a_schema_that_is_none_makes_no_project(stores: str) -> None:
    with pytest.raises(GloseError, match="not TOML"):
        Project.create(stores, "p", b"[")


def test_a_layer_is_made_once(project: Project) -> None:
    made = project.layer("crf", "suggestions")

    assert made == Layer("crf", "suggestions", None)
    assert project.layer("crf", "work", "ana") == made
    assert project.layers() == (
        Layer("gold", "reference"), Layer("ana", "work", "ana"), made,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["", " ana", "a\nb", "x" * 201])
def test_what_is_no_name_of_a_layer(project: Project, name: str) -> None:
    with pytest.raises(GloseError, match="no name"):
        project.layer(name)


def test_names_are_not_sql(project: Project) -> None:
    name = "'); DROP TABLE operations; --"
    project.layer(name)

    assert project.layer(name).name == name
    assert project.user(name) == name
    assert project.documents(name)[0].revision == 0
    assert len(project.history("d0", "gold")) == 1


def test_a_record_without_operations_is_empty(project: Project) -> None:
    found = project.snapshot("d0", "ana")

    assert (found.revision, found.comments, found.decisions) == (0, (), ())
    assert (found.document.layer, found.document.mentions) == ("ana", ())
    assert found.document.text == "L'armée russe a bombardé Gao lundi."
    assert found.document.status == Status()


def test_a_record_without_operations_has_no_history(project: Project) -> None:
    assert project.history("d0", "ana") == []


def test_what_there_is_not(project: Project) -> None:
    with pytest.raises(GloseError, match="no document d99"):
        project.snapshot("d99", "ana")
    with pytest.raises(GloseError, match="no layer who"):
        project.history("d0", "who")
    with pytest.raises(GloseError, match="no layer who"):
        project.documents("who")


def test_a_row_tells_how_far_a_document_is(project: Project, operation: Marked) -> None:
    flag = Comment("k1", "m2", flag=True, user="ana")
    status = Status("in-progress", ("mentions",))
    mark(
        project, operation,
        Change("mentions", "m2", None, GAO),
        Change("comments", "k1", None, flag),
        Change("status", "status", Status(), status),
    )  # fmt: skip
    row = next(row for row in project.documents("ana") if row.id == "d0")

    assert (row.title, row.date, row.size) == (
        "L'armée russe a bombardé Gao lundi.",
        "2031-03",
        35,
    )
    assert (row.state, row.revision, row.flags) == ("in-progress", 1, 1)
    assert (row.counts["mentions"], row.counts["comments"]) == (1, 1)


def test_a_flag_that_is_resolved_does_not_count(project: Project, operation: Marked) -> None:
    flag = Comment("k1", flag=True, resolved=True)
    mark(project, operation, Change("comments", "k1", None, flag))

    assert next(row.flags for row in project.documents("ana") if row.id == "d0") == 0


def test_a_row_tells_how_much_is_suggested(
    project: Project, operation: Marked, gold: list[Document]
) -> None:
    """Four mentions and an event; one of them is decided."""
    import_records(project, gold, "crf", "suggestions", "ana")
    decision = Decision("crf/m1", "mentions", "refused")
    mark(project, operation, Change("decisions", "crf/m1", None, decision))
    rows = {row.id: row.suggested for row in project.documents("ana")}

    assert (rows["d0"], rows["d6"]) == (4, 5)


def test_documents_stand_as_they_came(project: Project, gold: list[Document]) -> None:
    assert [row.id for row in project.documents("ana")] == [one.id for one in gold]


def test_the_queue_has_an_order(project: Project) -> None:
    project.order(["d5", "d3", "d5"])

    assert [row.id for row in project.documents("ana")][:4] == ["d5", "d3", "d0", "d1"]


def test_an_unknown_document_leaves_the_queue(project: Project) -> None:
    with pytest.raises(GloseError, match="no document d99"):
        project.order(["d5", "d99"])

    assert project.documents("ana")[0].id == "d0"


def test_history_of_an_item_and_since_a_revision(project: Project, operation: Marked) -> None:
    monday = Mention("m3", "DATE", 29, 34, text="lundi")
    mark(project, operation, Change("mentions", "m2", None, GAO))
    mark(project, operation, Change("mentions", "m3", None, monday), base=1)
    mark(project, operation, Change("mentions", "m2", GAO, None), base=2)

    assert [one.revision for one in project.history("d0", "ana", item="m2")] == [1, 3]
    assert [one.revision for one in project.history("d0", "ana", since=1)] == [2, 3]
    assert [one.revision for one in project.history("d0", "ana", item="m2", since=1)] == [3]


def test_a_session_outlives_the_process(stores: str) -> None:
    with Project.create(stores, "p", schema.content("plover")) as project:
        project.remember("a" * 64, "ana")
    with Project.open(stores) as project:
        assert project.session("a" * 64) == "ana"
        assert project.session("b" * 64) is None


def test_a_token_may_pass_to_another_user(project: Project) -> None:
    project.remember("a" * 64, "ana")
    project.remember("a" * 64, "ben")

    assert project.session("a" * 64) == "ben"


def test_settings(project: Project) -> None:
    project.set("links", "kb.tsv")
    project.set("links", "other.tsv")

    assert (project.setting("links"), project.setting("who")) == ("other.tsv", None)


def test_letters_of_all_kinds_come_back(project: Project, operation: Marked) -> None:
    comment = Comment("k1", text="\u2028 \U0001f600 \u0301 \u200fدوما", user="زو")
    mark(project, operation, Change("comments", "k1", None, comment))

    assert project.snapshot("d0", "ana").comments == (comment,)


@pytest.mark.parametrize(
    ("date", "shown"),
    [(None, None), (Date(2031), "2031"), (Date(2031, 3, 14, "14:30"), "2031-03-14")],
)
def test_dates_are_as_precise_as_they_are_known(date: Date | None, shown: str | None) -> None:
    assert dated(date) == shown
