"""Documents in and out: the same bytes, no overwriting, comments, predictions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glose.annotate.store import exporting
from glose.annotate.store.answers import Accepted
from glose.annotate.store.importing import Imported, import_records, taken_apart
from glose.annotate.store.operations import Change, Comment, Operation
from glose.annotate.store.project import Project
from glose.annotate.store.statement import unstated
from glose.corpus import jsonl, schema
from glose.corpus.document import (
    Attribute,
    Document,
    Entity,
    Label,
    Mention,
    Meta,
    Status,
    fingerprint,
)
from glose.corpus.errors import GloseError
from glose.corpus.testing import documents

Marked = Callable[..., Operation]
SAMPLE = Path(__file__).parents[3] / "corpus" / "samples" / "gold.jsonl"


@pytest.fixture
def empty(stores: str) -> Iterator[Project]:
    """A project without documents."""
    with Project.create(stores, "p", schema.content("plover")) as project:
        yield project


def changed(document: Document, **fields: Any) -> Document:  # noqa: ANN401
    return msgspec.structs.replace(document, **fields)


def test_the_sample_comes_back_as_the_same_bytes(empty: Project, tmp_path: Path) -> None:
    import_records(empty, jsonl.read(SAMPLE), None, None, "ana")
    out = tmp_path / "gold.jsonl"
    jsonl.write(out, exporting.records(empty, "gold"))

    assert out.read_bytes() == SAMPLE.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(document=documents(), number=st.integers(1))
def test_any_document_comes_back_as_the_same_bytes(
    empty: Project, document: Document, number: int
) -> None:
    """Each in a layer and under an id of its own, since the store forgets nothing."""
    number = len(empty.layers()) + 1
    whole = changed(document, id=f"d{number}", layer=f"layer{number}")
    import_records(empty, [whole], None, "work", "ana")
    found = list(exporting.records(empty, whole.layer))

    bare = not taken_apart(whole)[1]
    assert found == ([] if bare else [whole])


def test_what_came_in_is_counted(empty: Project, gold: list[Document]) -> None:
    assert import_records(empty, gold, None, None, "ana") == Imported(12, 12)


def test_the_same_again_changes_nothing(empty: Project, gold: list[Document]) -> None:
    import_records(empty, gold, None, None, "ana")
    again = import_records(empty, gold, None, None, "ben")

    assert (again.documents, again.records, again.known) == (0, 0, 12)
    assert len(empty.history("d0", "gold")) == 1


def test_the_same_again_leaves_what_was_done_since(
    empty: Project, gold: list[Document], operation: Marked
) -> None:
    import_records(empty, gold, None, "work", "ana")
    mention = gold[0].mentions[2]
    better = changed(gold[0]).mentions[2]
    better = msgspec.structs.replace(better, level="NOM")
    done = operation(1, Change("mentions", mention.id, mention, better), verb="value")
    empty.submit("d0", "gold", "ana", done).result(60)
    import_records(empty, gold, None, "work", "ana")

    assert empty.snapshot("d0", "gold").document.mentions[2].level == "NOM"


def test_other_annotations_are_never_written_over(empty: Project, gold: list[Document]) -> None:
    import_records(empty, gold, None, None, "ana")
    other = changed(gold[0], mentions=gold[0].mentions[:1], entities=(), events=())

    with pytest.raises(GloseError, match=r"d0 in layer gold: is annotated already \(revision 1\)"):
        import_records(empty, [other], None, None, "ana")
    assert empty.snapshot("d0", "gold").document.mentions == gold[0].mentions


def test_another_text_is_refused(empty: Project, gold: list[Document]) -> None:
    import_records(empty, gold, None, None, "ana")
    other = Document(id="d0", layer="ben", text="Gao", status=Status("done"))

    with pytest.raises(GloseError, match="d0: its text is not that of the project"):
        import_records(empty, [other], None, None, "ana")


def test_what_breaks_a_rule_is_refused(empty: Project, gold: list[Document]) -> None:
    wrong = changed(gold[0], mentions=(Mention("m1", "GPE", 0, 99, text="Gao"),))

    with pytest.raises(GloseError, match="document d0: mention m1: end 99 is past the end"):
        import_records(empty, [wrong], None, None, "ana")
    assert empty.layers() == ()


def test_departures_from_the_schema_are_counted(empty: Project, gold: list[Document]) -> None:
    strange = changed(gold[0], entities=(Entity("e1", "TOWN", "Gao"),))
    done = import_records(empty, [strange], None, None, "ana")

    assert done.departures == 1
    assert done.first is not None
    assert done.first.startswith("d0: entity e1: the type TOWN is not in the schema")


def test_what_departs_can_be_worked_on(
    empty: Project, gold: list[Document], operation: Marked
) -> None:
    """A new change is not held responsible for what came in."""
    strange = changed(gold[0], entities=(Entity("e1", "TOWN", "Gao"),))
    import_records(empty, [strange], None, "work", "ana")
    new = Mention("m9", "GPE", 25, 28, text="Gao")
    done = operation(1, Change("mentions", "m9", None, new))

    assert empty.submit("d0", "gold", "ana", done).result(60) == Accepted(2)


def test_another_name_for_the_layer(empty: Project, gold: list[Document]) -> None:
    import_records(empty, gold, "first", None, "ana")
    found = list(exporting.records(empty, "first", "gold"))

    assert found == gold


def test_only_records_of_a_state(empty: Project, gold: list[Document]) -> None:
    half = changed(gold[0], status=Status("in-progress", ("mentions",)))
    import_records(empty, [half, *gold[1:3]], None, None, "ana")

    assert [one.id for one in exporting.records(empty, "gold", states={"in-progress"})] == ["d0"]
    assert len(list(exporting.records(empty, "gold", states={"done", "in-progress"}))) == 3


def test_the_status_goes_out(empty: Project, gold: list[Document]) -> None:
    import_records(empty, gold, None, None, "ana")

    assert next(exporting.records(empty, "gold")).status == Status(
        "done", ("mentions", "entities", "events")
    )


def test_what_nobody_annotated_brings_its_text(empty: Project, gold: list[Document]) -> None:
    nothing = {"mentions": (), "entities": (), "events": (), "layer": "text"}
    bare = [changed(one, status=Status("raw"), **nothing) for one in gold]
    done = import_records(empty, bare, None, None, "ana")

    assert (done.documents, done.records, empty.layers()) == (12, 0, ())


def test_predictions_become_suggestions(empty: Project, gold: list[Document]) -> None:
    guess = [changed(one, layer="crf", status=Status("predicted", ("mentions",))) for one in gold]
    import_records(empty, guess, None, None, "ana")

    assert [layer.kind for layer in empty.layers()] == ["suggestions"]


def test_predictions_may_come_without_text(empty: Project, gold: list[Document]) -> None:
    import_records(empty, gold, None, None, "ana")
    sparse = changed(
        gold[0], layer="crf", text=None, text_sha256=None,
        mentions=(Mention("m1", "GPE", 25, 28),), entities=(), events=(),
    )  # fmt: skip
    import_records(empty, [sparse], None, "suggestions", "ana")

    assert empty.snapshot("d0", "crf").document.mentions[0].text == "Gao"


def test_a_document_without_text_is_none(empty: Project) -> None:
    with pytest.raises(GloseError, match="d0: no text; import the documents first"):
        import_records(empty, [Document(id="d0", layer="crf")], None, None, "ana")


def test_a_layer_keeps_its_kind(empty: Project, gold: list[Document]) -> None:
    import_records(empty, gold[:1], None, "reference", "ana")

    with pytest.raises(GloseError, match="layer gold is there, of kind reference, not work"):
        import_records(empty, gold[1:], None, "work", "ana")


def test_what_a_record_says_of_itself_is_kept(empty: Project, gold: list[Document]) -> None:
    """Segments and `extra` are those of the record, even if those of the document differ."""
    other = changed(gold[0], layer="ben", segments=(), extra=(Attribute("a", "b"),))
    import_records(empty, [gold[0], other], None, None, "ana")

    assert next(exporting.records(empty, "ben")) == other
    assert next(exporting.records(empty, "gold")) == gold[0]


def test_comments_come_back(empty: Project, gold: list[Document], operation: Marked) -> None:
    import_records(empty, gold[:1], None, "work", "ana")
    comment = Comment("k1", "m1", text="« lequel ? »", user="ana")
    made = operation(1, Change("comments", "k1", None, comment), verb="comment")
    empty.submit("d0", "gold", "ana", made).result(60)
    out = next(exporting.records(empty, "gold", "back"))
    import_records(empty, [out], None, "work", "ben")

    assert [one.name for one in out.extra] == ["comment"]
    assert empty.snapshot("d0", "back").comments == (comment,)
    assert next(exporting.records(empty, "back")) == out


@pytest.mark.parametrize("value", ["{", "[]", '{"id": 3}', "why?"])
def test_what_only_looks_like_a_comment_is_left(value: str, gold: list[Document]) -> None:
    document = changed(gold[0], extra=(Attribute("comment", value),))

    assert taken_apart(document)[0].extra == document.extra


def test_labels_that_are_there_twice_stay_two(empty: Project, gold: list[Document]) -> None:
    twice = Label("topic", "war"), Label("topic", "war", None, 0.5)
    import_records(empty, [changed(gold[0], labels=twice)], None, None, "ana")

    assert next(exporting.records(empty, "gold")).labels == twice


def test_a_title_is_the_first_line(empty: Project) -> None:
    text = "\nRaids sur Sarmine\n\nDes frappes…"
    document = Document(id="d1", layer="x", text=text, text_sha256=fingerprint(text))
    import_records(empty, [document], None, None, "ana")
    empty.layer("ana")

    assert empty.documents("ana")[0].title == "Raids sur Sarmine"


def test_an_unknown_layer_cannot_be_exported(empty: Project) -> None:
    with pytest.raises(GloseError, match="no layer gold"):
        list(exporting.records(empty, "gold"))


def entitled(title: str, *extra: Attribute) -> Document:
    """Return a record of d1 with a title of its own, and one mention."""
    text = "Gao est calme."
    return Document(
        id="d1", layer="ana", text=text, text_sha256=fingerprint(text), extra=extra,
        meta=Meta(title=title), mentions=(Mention("m1", "GPE", 0, 3, text="Gao"),),
        status=Status(annotated=("mentions",)),
    )  # fmt: skip


def test_a_refused_import_leaves_nothing_that_a_later_one_could_take_for_its_own(
    empty: Project,
) -> None:
    text = "Gao est calme."
    bare = Document(id="d1", layer="raw", text=text, text_sha256=fingerprint(text))
    import_records(empty, [bare], None, None, "ana")
    lost = Comment("k1", "m9", None, None, "no such mention", False, False, "ana")
    wrong = Attribute("comment", msgspec.json.encode(lost).decode())
    with pytest.raises(GloseError):
        import_records(empty, [entitled("wrong", wrong)], None, "work", "ana")
    right = entitled("right", Attribute("note", "mine"))
    import_records(empty, [right], None, "work", "ana")

    assert list(exporting.records(empty, "ana")) == [right]


def test_an_import_after_a_refused_edit_brings_its_own_title(
    empty: Project, operation: Marked
) -> None:
    text = "Gao est calme."
    bare = Document(id="d1", layer="raw", text=text, text_sha256=fingerprint(text))
    import_records(empty, [bare], None, None, "ana")
    empty.layer("ana", "work", "ana")
    empty.submit("d1", "ana", "ana", operation(7)).result(60)
    import_records(empty, [entitled("right")], None, "work", "ana")

    assert list(exporting.records(empty, "ana")) == [entitled("right")]


def test_the_same_annotations_under_another_title_are_no_second_import(empty: Project) -> None:
    import_records(empty, [entitled("one")], None, "work", "ana")

    with pytest.raises(GloseError, match="is annotated already"):
        import_records(empty, [entitled("two")], None, "work", "ana")


@pytest.mark.parametrize("status", [Status("raw"), Status("raw", ("mentions",)), Status("x")])
def test_a_state_comes_back_with_what_was_annotated(empty: Project, status: Status) -> None:
    found = changed(entitled("t"), status=status)
    import_records(empty, [found], None, "work", "ana")

    assert list(exporting.records(empty, "ana")) == [found]


def test_two_comments_of_one_id_are_refused(empty: Project) -> None:
    said = [Comment("k1", text=text) for text in ("why?", "who?")]
    extra = (Attribute("comment", msgspec.json.encode(one).decode()) for one in said)

    with pytest.raises(GloseError, match="document d1: 2 comments in `extra` have the id k1"):
        import_records(empty, [entitled("t", *extra)], None, "work", "ana")


SPARSE = '{"id": "d%s", "mentions": [{"type": "GPE", "start": 25, "end": 28}]%s}'


@pytest.mark.parametrize(
    ("name", "rest", "expected"),
    [
        pytest.param("crf.jsonl", "", {"crf"}, id="a system that says no more than it must"),
        pytest.param("gold.jsonl", "", set(), id="gold"),
        pytest.param("x.jsonl", ', "layer": "crf"', {"crf"}, id="under a name of its own"),
        pytest.param("crf.jsonl", ', "status": {"state": null}', set(), id="a status of nothing"),
        pytest.param("crf.jsonl", ', "status": {"state": "done"}', set(), id="done"),
        pytest.param("crf.jsonl", ', "layer": 3', set(), id="what is no record"),
    ],
)
def test_layers_that_say_no_status(
    tmp_path: Path, name: str, rest: str, expected: set[str]
) -> None:
    path = tmp_path / name
    path.write_text(SPARSE % (0, rest) + "\n\nno record\n" + SPARSE % (1, rest))

    assert unstated(path) == expected


def test_a_layer_of_which_some_say_a_status_is_of_people(tmp_path: Path) -> None:
    path = tmp_path / "ben.jsonl"
    path.write_text(SPARSE % (0, "") + "\n" + SPARSE % (1, ', "status": {"state": "done"}'))

    assert unstated(path) == set()


def test_a_record_that_a_refused_edit_made_is_not_exported(
    empty: Project, gold: list[Document], operation: Marked
) -> None:
    import_records(empty, gold, None, None, "ana")
    empty.layer("ana", "work", "ana")
    empty.submit("d0", "ana", "ana", operation(7)).result(60)

    assert list(exporting.records(empty, "ana")) == []
    assert {row.revision for row in empty.documents("ana")} == {0}
