"""The one thread that writes: answers, retries, conflicts, groups, and what fails."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import event
from sqlalchemy.exc import DataError

from glose.annotate.store import batch, checking
from glose.annotate.store.answers import Accepted, Answer, Conflict, Refused
from glose.annotate.store.importing import import_records
from glose.annotate.store.operations import Change, Comment, Decision, Operation, inverse
from glose.annotate.store.project import Project
from glose.corpus import schema
from glose.corpus.document import (
    Argument,
    Document,
    Entity,
    Event,
    EventCluster,
    Label,
    Mention,
    Status,
    Trigger,
)
from glose.corpus.errors import GloseError

Marked = Callable[..., Operation]

# L'armée russe a bombardé Gao lundi.
ARMY = Mention("m1", "ORG", 2, 13, text="armée russe", level="NOM")
GAO = Mention("m2", "GPE", 25, 28, text="Gao", level="NAM")
MONDAY = Mention("m3", "DATE", 29, 34, text="lundi")
ATTACK = Event("v1", "ASSAULT", (Trigger(16, 24, text="bombardé"),), (Argument("Actor", "m1"),))
ARMIES = Entity("e1", "ORG", None, ("m1",))


def new(name: str, item: Any) -> Change:  # noqa: ANN401
    """Return the change that brings an item."""
    return Change(name, item.id, None, item)


def drop(name: str, item: Any) -> Change:  # noqa: ANN401
    """Return the change that drops an item."""
    return Change(name, item.id, item, None)


START = (
    new("mentions", ARMY),
    new("mentions", GAO),
    new("events", ATTACK),
    new("entities", ARMIES),
)


@pytest.fixture
def begun(project: Project, operation: Marked) -> Project:
    """A project where ana has marked who attacked, in d0."""
    assert isinstance(answer(project, operation(0, *START)), Accepted)
    return project


def answer(project: Project, made: Operation, layer: str = "ana", user: str = "ana") -> Answer:
    """Make an operation in d0 and wait."""
    return project.submit("d0", layer, user, made).result(60)


def test_an_operation_makes_a_revision(begun: Project, operation: Marked) -> None:
    made = operation(1, new("mentions", MONDAY))

    assert answer(begun, made) == Accepted(2)
    snapshot = begun.snapshot("d0", "ana")
    assert snapshot.revision == 2
    assert snapshot.document.mentions == (ARMY, GAO, MONDAY)


def test_the_journal_says_who_and_when(begun: Project, operation: Marked) -> None:
    made = operation(1, new("mentions", MONDAY), note="by key")
    answer(begun, made, user="zoé")
    entry = begun.history("d0", "ana")[-1]

    assert (entry.user, entry.at, entry.revision) == ("zoé", "2031-03-14T12:00:00.123Z", 2)
    assert (entry.id, entry.base, entry.note, entry.changes) == (
        made.id,
        1,
        "by key",
        made.changes,
    )


def test_a_retry_is_accepted_again(begun: Project, operation: Marked) -> None:
    made = operation(1, new("mentions", MONDAY))
    answer(begun, made)
    later = operation(2, drop("mentions", MONDAY))
    answer(begun, later)

    assert answer(begun, made) == Accepted(2, again=True)
    assert begun.snapshot("d0", "ana").revision == 3


def test_a_retry_in_the_same_group_is_accepted_again(begun: Project, operation: Marked) -> None:
    made = operation(1, new("mentions", MONDAY))
    waiting = [begun.submit("d0", "ana", "ana", made) for _ in range(3)]

    assert {one.result(60).revision for one in waiting} == {2}  # type: ignore[union-attr]  # Accepted


def test_an_id_with_other_content_is_refused(begun: Project, operation: Marked) -> None:
    made = operation(1, new("mentions", MONDAY))
    answer(begun, made)
    other = operation(2, drop("mentions", MONDAY), id=made.id)

    assert answer(begun, other) == Refused(
        f"operation: {made.id} is in the journal already, with other content"
    )


def test_an_id_of_another_record_is_refused(begun: Project, operation: Marked) -> None:
    made = operation(0, new("mentions", msgspec.structs.replace(ARMY)))
    begun.submit("d6", "ana", "ana", made).result(60)

    assert isinstance(answer(begun, msgspec.structs.replace(made, base=1)), Refused)


def test_a_stale_revision_gets_what_came_since(begun: Project, operation: Marked) -> None:
    theirs = operation(1, new("mentions", MONDAY))
    answer(begun, theirs, user="ben")
    found = answer(begun, operation(1, drop("entities", ARMIES)))

    assert isinstance(found, Conflict)
    assert (found.revision, [entry.id for entry in found.entries]) == (2, [theirs.id])


def test_a_conflict_within_a_group_tells_what_is_not_written_yet(
    begun: Project, operation: Marked
) -> None:
    first, second = operation(1, new("mentions", MONDAY)), operation(1, drop("entities", ARMIES))
    one = begun.submit("d0", "ana", "ana", first)
    two = begun.submit("d0", "ana", "ben", second).result(60)

    assert one.result(60) == Accepted(2)
    assert isinstance(two, Conflict)
    assert [entry.id for entry in two.entries] == [first.id]


def test_a_revision_that_is_to_come_is_a_conflict(begun: Project, operation: Marked) -> None:
    assert answer(begun, operation(9, new("mentions", MONDAY))) == Conflict(1, ())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(drop("mentions", MONDAY), id="dropped, and is not there"),
        pytest.param(new("mentions", msgspec.structs.replace(GAO, level="NOM")), id="new, and is"),
        pytest.param(
            Change("mentions", "m2", msgspec.structs.replace(GAO, level=None), None),
            id="is not what it was",
        ),
    ],
)
def test_another_item_than_is_there_is_a_conflict(
    begun: Project, operation: Marked, change: Change
) -> None:
    assert answer(begun, operation(1, change)) == Conflict(1, ())


REFUSED = [
    pytest.param(
        [new("mentions", Mention("m9", "GPE", 25, 28, text="Goa"))],
        "mention m9: text: found Goa; expected Gao", id="words that are not there",
    ),
    pytest.param(
        [new("mentions", Mention("m9", "GPE", 25, 99, text="Gao"))],
        "mention m9: end 99 is past the end of the text (35)", id="past the end",
    ),
    pytest.param(
        [new("mentions", Mention("m9", "TOWN", 25, 28, text="Gao"))],
        "the type TOWN is not in the schema", id="a type that is not in the schema",
    ),
    pytest.param(
        [new("mentions", Mention("9", "GPE", 25, 28, text="Gao"))],
        "9 is no id", id="an id that is none",
    ),
    pytest.param(
        [new("entities", Entity("m1", "GPE", "Gao"))],
        "the id m1 is used 2 times", id="an id of another list",
    ),
    pytest.param(
        [drop("mentions", ARMY)],
        "entity e1: m1 is no mention of the record", id="a mention that others need",
    ),
    pytest.param(
        [new("entities", Entity("e2", "ORG", None, ("m1",)))],
        "mention m1 is in an entity twice", id="a mention in two entities",
    ),
    pytest.param(
        [Change("entities", "e1", ARMIES, msgspec.structs.replace(ARMIES, mentions=()))],
        "has neither mentions nor name", id="an entity of nothing",
    ),
    pytest.param(
        [Change("mentions", "m1", ARMY, msgspec.structs.replace(ARMY, type="DATE", level=None))],
        "role Actor is filled by m1 (DATE)", id="a filler that fits no longer",
    ),
    pytest.param(
        [Change("events", "v1", ATTACK, msgspec.structs.replace(ATTACK, args=(
            Argument("Victim", "m1"),)))],
        "the role Victim is not in the schema", id="a role that is not in the schema",
    ),
    pytest.param(
        [new("event_clusters", EventCluster("h1", ("v1", "v9")))],
        "v9 is no event of the record", id="a cluster of what is not there",
    ),
    pytest.param(
        [Change("labels", "topic|war|m9", None, Label("topic", "war", "m9"))],
        "m9 is no item of the record", id="a label of what is not there",
    ),
    pytest.param(
        [Change("status", "status", Status(), Status("done", ("people",)))],
        "status.annotated: people is unknown", id="an unknown list",
    ),
    pytest.param(
        [new("comments", Comment("k1", "m9", text="?"))],
        "comment k1: m9 is no item of the record", id="a comment on what is not there",
    ),
    pytest.param(
        [new("comments", Comment("k1", "m1"))], "comment k1: says nothing", id="an empty comment",
    ),
    pytest.param(
        [new("comments", Comment("k1", start=3, text="?"))],
        "comment k1: has a start or an end", id="half a span",
    ),
    pytest.param(
        [new("comments", Comment("k1", start=3, end=99, text="?"))],
        "expected 0 <= start < end <= 35", id="a comment past the end",
    ),
    pytest.param(
        [new("decisions", Decision("m1", "mentions", "refused"))],
        "expected the layer and the id of a suggestion", id="a decision on nothing",
    ),
    pytest.param(
        [new("decisions", Decision("crf/m1", "people", "refused"))],
        "no list people", id="a decision on an unknown list",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "what"), REFUSED)
def test_what_is_refused(
    begun: Project, operation: Marked, changes: list[Change], what: str
) -> None:
    found = answer(begun, operation(1, *changes))

    assert isinstance(found, Refused)
    assert what in found.what
    assert "\n" not in found.what
    assert begun.snapshot("d0", "ana").revision == 1


def test_a_flag_may_say_nothing(begun: Project, operation: Marked) -> None:
    flag = Comment("k1", "m1", flag=True)

    assert answer(begun, operation(1, new("comments", flag), verb="flag")) == Accepted(2)


def test_warnings_come_with_the_answer(begun: Project, operation: Marked) -> None:
    spaced = Mention("m9", "GPE", 24, 28, text=" Gao")

    assert answer(begun, operation(1, new("mentions", spaced))) == Accepted(
        2, ("mention m9: white space at an end of ' Gao'",)
    )


def test_a_deletion_with_all_that_refers_to_it(begun: Project, operation: Marked) -> None:
    without = msgspec.structs.replace(ATTACK, args=())
    gone = [
        drop("mentions", ARMY),
        drop("entities", ARMIES),
        Change("events", "v1", ATTACK, without),
    ]

    assert answer(begun, operation(1, *gone, verb="delete")) == Accepted(2)


def test_nobody_works_on_a_layer_to_look_at(begun: Project, operation: Marked) -> None:
    assert answer(begun, operation(1, drop("mentions", ARMY)), layer="gold") == Refused(
        "layer gold: only to look at (reference)"
    )


def test_undo_needs_what_it_undoes(begun: Project, operation: Marked) -> None:
    entry = begun.history("d0", "ana")[0]
    undo = operation(1, *inverse(entry.changes), verb="undo", of=entry.id)
    foreign = msgspec.structs.replace(undo, of=undo.id)

    assert "is not in the journal of the record" in str(answer(begun, foreign))
    assert answer(begun, undo) == Accepted(2)
    assert begun.snapshot("d0", "ana").document.mentions == ()


def test_what_came_in_against_the_schema_comes_back(
    project: Project, operation: Marked, gold: list[Document]
) -> None:
    """Undo puts back what was there; to bring it anew is refused."""
    town = Entity("e9", "TOWN", "Gao")
    strange = msgspec.structs.replace(gold[0], entities=(town,), layer="more")
    import_records(project, [strange], None, "work", "ana")
    removal = operation(1, drop("entities", town), verb="delete")
    answer(project, removal, layer="more")
    anew = operation(2, new("entities", town))
    undo = operation(2, new("entities", town), verb="undo", of=removal.id)

    assert "the type TOWN is not in the schema" in str(answer(project, anew, layer="more"))
    assert answer(project, undo, layer="more") == Accepted(3)


def test_an_import_is_not_undone(
    project: Project, operation: Marked, gold: list[Document]
) -> None:
    import_records(project, gold[:1], "more", "work", "ana")
    entry = project.history("d0", "more")[0]
    undo = operation(1, *inverse(entry.changes), verb="undo", of=entry.id)

    assert "an import is not undone" in str(answer(project, undo, layer="more"))


@pytest.mark.parametrize(
    ("document", "layer", "what"),
    [("d99", "ana", "no document d99"), ("d0", "who", r"no layer who \(there are: gold, ana\)")],
)
def test_what_there_is_not(
    project: Project, operation: Marked, document: str, layer: str, what: str
) -> None:
    with pytest.raises(GloseError, match=what):
        project.submit(document, layer, "ana", operation(0, *START)).result(60)


def test_one_that_names_nothing_does_not_take_others_along(
    project: Project, operation: Marked
) -> None:
    jobs = [("d0", "ana"), ("d99", "ana"), ("d6", "ana")]
    made = [project.submit(one, layer, "ana", operation(0, *START)) for one, layer in jobs]

    assert [isinstance(one.exception(60), GloseError) for one in made] == [False, True, False]


def test_one_that_nobody_has_thought_of_does_not_take_others_along(
    project: Project, operation: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours in one operation is an error of that operation, and the thread goes on."""
    right = checking.check

    def wrong(state: Any, changes: tuple[Change, ...], known: Any) -> Any:  # noqa: ANN401
        if changes[0].id == "m3":
            raise ZeroDivisionError("ours")
        return right(state, changes, known)

    monkeypatch.setattr(batch, "check", wrong)
    made = [
        project.submit("d0", "ana", "ana", operation(0, new("mentions", MONDAY))),
        project.submit("d6", "ana", "ana", operation(0, *START)),
    ]

    assert isinstance(made[0].exception(60), ZeroDivisionError)
    assert made[1].result(60) == Accepted(1)
    assert answer(project, operation(0, *START)) == Accepted(1)


def test_what_cannot_be_committed_is_answered_and_forgotten(
    begun: Project, operation: Marked
) -> None:
    """As when the disk is full: everybody gets an error, and the same can be tried again."""
    failing = threading.Event()
    failing.set()

    def commit(_connection: object) -> None:
        if failing.is_set():
            raise OSError(28, "No space left on device")

    event.listen(begun.database.engine, "commit", commit)
    one, two = operation(1, new("mentions", MONDAY)), operation(0, *START)
    made = [begun.submit("d0", "ana", "ana", one), begun.submit("d6", "ana", "ana", two)]
    errors = [future.exception(60) for future in made]
    failing.clear()

    assert all("not saved: " in str(error) for error in errors)
    assert all("No space left" in str(error) for error in errors)
    assert isinstance(errors[0].__cause__ if errors[0] else None, OSError)
    assert begun.snapshot("d0", "ana").revision == 1
    assert answer(begun, one) == Accepted(2)


def test_a_full_disk(tmp_path: Path, operation: Marked, gold: list[Document]) -> None:
    with Project.create(tmp_path / "p.glose", "p", schema.content("plover")) as project:
        import_records(project, gold, None, "reference", "ben")
        project.layer("ana")
        with project.database.writing() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        long = operation(0, *START, note="x" * 900)
        errors = [
            project.submit(
                f"d{n}", "ana", "ana", msgspec.structs.replace(long, id=name)
            ).exception(60)
            for n, name in enumerate(f"00000000-0000-4000-8000-{n:012}" for n in range(12))
        ]

        assert any("database or disk is full" in str(error) for error in errors)
        assert {row.revision for row in project.documents("gold")} == {1}


def test_a_group_is_one_transaction(project: Project, operation: Marked) -> None:
    """What waits while another transaction is written goes into the next one, together."""
    started, go = threading.Event(), threading.Event()
    commits: list[None] = []

    def hold(_connection: object) -> None:
        started.set()
        go.wait(60)

    held = project.writer.run(hold)
    started.wait(60)
    event.listen(project.database.engine, "commit", lambda _: commits.append(None))
    made = [project.submit(f"d{n}", "ana", "ana", operation(0, *START[:2])) for n in range(6)]
    go.set()
    held.result(60)
    answers = [one.result(60) for one in made]

    assert isinstance(answers[0], Accepted)
    # That of the work which held the thread, and one more.
    assert len(commits) == 2


def test_who_no_longer_waits_is_not_written(project: Project, operation: Marked) -> None:
    started, go = threading.Event(), threading.Event()

    def hold(_connection: object) -> None:
        started.set()
        go.wait(60)

    held = project.writer.run(hold)
    started.wait(60)
    made = project.submit("d0", "ana", "ana", operation(0, *START))
    cancelled = made.cancel()
    go.set()
    held.result(60)

    assert cancelled
    assert answer(project, operation(0, *START)) == Accepted(1)


def test_what_waits_is_written_before_the_end(
    stores: str, gold: list[Document], operation: Marked
) -> None:
    with Project.create(stores, "p", schema.content("plover")) as project:
        import_records(project, gold, None, "reference", "ben")
        project.layer("ana")
        made = project.submit("d0", "ana", "ana", operation(0, *START))

    assert made.result(0) == Accepted(1)
    with pytest.raises(GloseError, match="is closed"):
        project.submit("d0", "ana", "ana", operation(1, *START))


def test_many_at_once_lose_nothing(project: Project, operation: Marked) -> None:
    """Each of ten threads writes to a document of its own, and all to one more."""
    accepted: list[str] = []

    def work(number: int) -> None:
        for base in range(5):
            mention = msgspec.structs.replace(ARMY, id=f"m{base}")
            made = operation(base, new("mentions", mention))
            if isinstance(project.submit(f"d{number}", "ana", "ana", made).result(60), Accepted):
                accepted.append(made.id)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    there = {entry.id for n in range(10) for entry in project.history(f"d{n}", "ana")}

    assert there == set(accepted)
    assert len(there) == 50


def test_what_undo_brings_back_must_fit_what_was_changed_since(
    begun: Project, operation: Marked
) -> None:
    """The event goes, its Actor becomes a date: the event does not come back as it was."""
    gone = operation(1, drop("events", ATTACK))
    answer(begun, gone)
    date = msgspec.structs.replace(ARMY, type="DATE", level=None)
    answer(begun, operation(2, drop("entities", ARMIES), Change("mentions", "m1", ARMY, date)))
    back = msgspec.structs.replace(operation(3, new("events", ATTACK)), verb="undo", of=gone.id)

    match answer(begun, back):
        case Refused(what):
            assert "role Actor is filled by m1 (DATE)" in what
        case other:
            pytest.fail(f"{other}")


@pytest.fixture
def served(tmp_path: Path, gold: list[Document]) -> Iterator[tuple[Project, Path]]:
    """A project in a file, and where it is."""
    path = tmp_path / "p.glose"
    with Project.create(path, "p", schema.content("plover")) as project:
        import_records(project, gold, None, "reference", "ben")
        project.layer("ana")
        yield project, path


def test_nothing_is_accepted_into_a_file_that_is_gone(
    served: tuple[Project, Path], operation: Marked
) -> None:
    """It would be written where nobody finds it; put back, the file takes the same edit."""
    project, path = served
    made = operation(0, *START)
    path.rename(path.with_name("elsewhere"))
    error = project.submit("d0", "ana", "ana", made).exception(60)
    left = path.exists()
    path.with_name("elsewhere").rename(path)

    assert "the file of the project is gone or was replaced; put it back" in str(error)
    assert isinstance(error.__cause__ if error else None, OSError)
    assert not left
    assert answer(project, made) == Accepted(1)


def test_nothing_is_accepted_into_a_file_that_was_replaced(
    served: tuple[Project, Path], operation: Marked
) -> None:
    project, path = served
    copy = path.with_name("copy")
    shutil.copy(path, copy)
    copy.replace(path)

    with pytest.raises(GloseError, match="is gone or was replaced"):
        project.submit("d0", "ana", "ana", operation(0, *START)).result(60)
    with pytest.raises(GloseError, match="is gone or was replaced"):
        project.set("links", "x.tsv")


def test_what_one_does_to_the_database_does_not_take_others_along(
    project: Project, operation: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An operation that the database cannot take is an error of that operation alone."""
    right = checking.check

    def wrong(state: Any, changes: tuple[Change, ...], known: Any) -> Any:  # noqa: ANN401
        if changes[0].id == "m3":
            raise DataError("INSERT", {}, ValueError("not in this database"))
        return right(state, changes, known)

    monkeypatch.setattr(batch, "check", wrong)
    started, go = threading.Event(), threading.Event()

    def hold(_connection: object) -> None:
        started.set()
        go.wait(60)

    project.writer.run(hold)
    started.wait(60)
    made = [
        project.submit("d0", "ana", "ana", operation(0, new("mentions", MONDAY))),
        project.submit("d6", "ana", "ana", operation(0, *START)),
    ]
    go.set()

    assert "not saved: " in str(made[0].exception(60))
    assert made[1].result(60) == Accepted(1)


TOO_MUCH = [
    pytest.param({"base": 2**31}, "base 2147483648; expected the revision", id="base: 2**31"),
    pytest.param({"base": 10**30}, "base 1000000000", id="a base without end"),
    pytest.param({"base": -1}, "base -1", id="base: -1"),
    pytest.param({"note": "Gao\0"}, "a NUL in a text", id="a NUL in a note"),
    pytest.param({"id": "m\0"}, "is no UUID", id="a NUL in an id"),
    pytest.param({"of": "x" * 9999}, "is no UUID", id="a long id"),
    pytest.param({"verb": "import"}, "the verb import is", id="an import"),
    pytest.param({"verb": "x" * 9999}, "is unknown", id="a long verb"),
    pytest.param(
        {"changes": (Change("m\0", "m1", None, ARMY),)}, "is no item of", id="a NUL in a list"
    ),
    pytest.param(
        {"changes": (new("comments", Comment("k1", text="\0")),)}, "a NUL in a text",
        id="a NUL in a comment",
    ),
    pytest.param(
        {"changes": (new("mentions", msgspec.structs.replace(ARMY, id="m" * 201)),)},
        "expected a key of up to 200 characters", id="a long key",
    ),
    pytest.param(
        {"changes": (Change("status", "status", Status(), Status("predicted")),)},
        "the state predicted is unknown; expected in-progress, done or null", id="a state",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "what"), TOO_MUCH)
def test_what_no_client_may_bring(
    project: Project, operation: Marked, fields: dict[str, Any], what: str
) -> None:
    found = answer(project, operation(**({"base": 0} | fields)) if "changes" in fields else
                   msgspec.structs.replace(operation(0, *START), **fields))  # fmt: skip

    assert isinstance(found, Refused)
    assert what in found.what
    assert "\n" not in found.what


def test_what_only_looks_like_a_nul_is_a_text(project: Project, operation: Marked) -> None:
    assert answer(project, operation(0, *START, note="\\u0000")) == Accepted(1)


def test_a_state_that_came_in_comes_back_by_undo_only(
    project: Project, operation: Marked, gold: list[Document]
) -> None:
    reviewed = msgspec.structs.replace(gold[0], layer="more", status=Status("reviewed"))
    import_records(project, [reviewed], None, "work", "ana")
    begin = Change("status", "status", Status("reviewed"), Status("in-progress"))
    done = operation(1, begin, verb="state")
    more = Change("status", "status", Status("in-progress"), Status("adjudicated"))

    assert answer(project, done, layer="more") == Accepted(2)
    wrong = operation(2, more, verb="undo", of=done.id)
    assert "the state adjudicated is unknown" in str(answer(project, wrong, layer="more"))
    undo = operation(2, *inverse(done.changes), verb="undo", of=done.id)
    assert answer(project, undo, layer="more") == Accepted(3)
