"""The same string in other documents of a project."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from glose.annotate.assist.same import MOST, elsewhere, occurrences
from glose.annotate.store.project import Project
from glose.corpus.document import Document, Mention
from glose.corpus.errors import GloseError

Fill = Callable[..., Project]


def document(number: int, text: str, *marked: str) -> Document:
    mentions = tuple(
        Mention(f"m{n}", "GPE", text.index(words), text.index(words) + len(words), text=words)
        for n, words in enumerate(marked)
    )
    return Document(id=f"d{number:03}", layer="ana", text=text, mentions=mentions)


def places(
    project: Project, text: str, of: str = "d000"
) -> dict[str, tuple[tuple[int, int], ...]]:
    return {one.id: one.spans for one in elsewhere(project, "ana", text, of)}


@pytest.mark.parametrize(("text", "wanted", "spans"), [
    pytest.param("Bab, Bab", "Bab", [(0, 3), (5, 8)], id="twice"),
    pytest.param("El-Bab et Babel", "Bab", [], id="a part of a word is not the word"),
    pytest.param("l'armée", "armée", [(2, 7)], id="an elided article ends before the word"),
    pytest.param("200 000 morts", "000", [], id="a part of a number is not the number"),
    pytest.param("Marta Lindqvist", "Marta Lindqvist", [(0, 15)], id="several words"),
    pytest.param("Bab Bab Bab", "Bab Bab", [(0, 7)], id="none inside another"),
    pytest.param("bab", "Bab", [], id="case counts"),
    pytest.param("Al\u00a0Bab", "Al Bab", [], id="a no-break space is another string"),
    pytest.param("arme\u0301e", "armée", [], id="an accent of its own is another string"),
    pytest.param("👩‍🌾", "👩", [], id="a part of a grapheme is not the sign"),
])  # fmt: skip
def test_occurrences(text: str, wanted: str, spans: list[tuple[int, int]]) -> None:
    assert list(occurrences(text, wanted)) == spans


def test_other_documents_with_the_string_are_found(filled: Fill) -> None:
    project = filled([document(0, "À Gao."), document(1, "Gao, puis Gao."), document(2, "Rien.")])

    assert places(project, "Gao") == {"d001": ((0, 3), (10, 13))}


def test_what_is_marked_exactly_is_left_out(filled: Fill) -> None:
    project = filled([document(0, "À Gao."), document(1, "À Gao.", "Gao"),
                      document(2, "À Gao.", "À Gao")])  # fmt: skip

    assert places(project, "Gao") == {"d002": ((2, 5),)}


def test_another_layer_has_its_own_marks(filled: Fill) -> None:
    project = filled([document(1, "À Gao.", "Gao")])
    project.layer("bob", "work", "bob")

    assert [one.id for one in elsewhere(project, "bob", "Gao", "d000")] == ["d001"]


def test_an_answer_has_the_title_and_the_revision(filled: Fill) -> None:
    project = filled([document(1, "À Gao et Goma.", "Goma"), document(2, "À Gao.")])

    found = elsewhere(project, "ana", "Gao", "d000")
    assert [one.revision for one in found] == [1, 0]
    assert found[0].title == project.documents("ana")[0].title


def test_what_was_marked_since_is_left_out(filled: Fill, submit: Callable[..., None]) -> None:
    project = filled([document(1, "À Gao."), document(2, "À Gao.")])
    assert set(places(project, "Gao")) == {"d001", "d002"}
    made = Mention("m1", "GPE", 2, 5, text="Gao", level="NAM")
    submit("d001", "ana", "mark", ("mentions", "m1", None, made))

    assert set(places(project, "Gao")) == {"d002"}


def test_what_is_not_marked_any_more_is_found(filled: Fill, submit: Callable[..., None]) -> None:
    project = filled([document(1, "À Gao.", "Gao")])
    assert places(project, "Gao") == {}
    mention = project.snapshot("d001", "ana").document.mentions[0]
    submit("d001", "ana", "delete", ("mentions", mention.id, mention, None))

    assert set(places(project, "Gao")) == {"d001"}


def test_documents_that_came_since_are_found(filled: Fill) -> None:
    project = filled([document(1, "À Gao.")])
    assert set(places(project, "Gao")) == {"d001"}
    filled([document(2, "À Gao.")])

    assert set(places(project, "Gao")) == {"d001", "d002"}


def test_the_first_of_the_queue_come_first_and_no_more_than_the_most(filled: Fill) -> None:
    project = filled([document(n, "À Gao.") for n in range(1, MOST + 3)])
    project.order([f"d{MOST + 2:03}"])
    found = list(places(project, "Gao"))

    assert found[0] == f"d{MOST + 2:03}"
    assert len(found) == MOST


@pytest.mark.parametrize("text", ["", " ", "\u00a0"])
def test_nothing_is_nowhere(filled: Fill, text: str) -> None:
    assert places(filled([document(1, "À Gao.")]), text) == {}


def test_an_unknown_layer_is_one_line(filled: Fill) -> None:
    with pytest.raises(GloseError, match="no layer zoé"):
        elsewhere(filled([document(1, "À Gao.")]), "zoé", "Gao", "d000")
