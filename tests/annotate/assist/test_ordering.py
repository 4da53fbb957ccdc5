"""The orders of the queue."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from glose.annotate.assist.commands import ORDERS as NAMED
from glose.annotate.assist.ordering import ORDERS, Queue, ordered, store
from glose.annotate.store.project import Project
from glose.corpus.document import Attribute, Document, Mention, Status
from glose.corpus.errors import GloseError

Fill = Callable[..., Project]
TEXTS = ("Raid à Gao.", "Raid à Gao.", "Trêve signée hier.", "Raid, puis trêve.")


def documents(**fields: object) -> list[Document]:
    return [
        msgspec.structs.replace(Document(id=f"d{n}", layer="ana", text=text), **fields)
        for n, text in enumerate(TEXTS)
    ]


def predictions(*figures: str | None) -> list[Document]:
    """Return predictions with these uncertainties; `None` for none."""
    found = documents(layer="crf", status=Status("predicted", ("mentions",)))
    return [
        msgspec.structs.replace(one, extra=(Attribute("uncertainty", figure),) if figure else ())
        for one, figure in zip(found, figures, strict=False)
    ]


def marked(*counts: int, state: str = "in-progress") -> list[Document]:
    """Return documents with so many of two mentions each."""
    spans = (0, 4), (5, 6)
    return [
        msgspec.structs.replace(
            one,
            mentions=tuple(Mention(f"m{n}", "GPE", *spans[n]) for n in range(count)),
            status=Status(state, ("mentions",)),
        )
        for one, count in zip(documents(), counts, strict=False)
    ]


def ids(queue: Queue) -> list[str]:
    return [place.id for place in queue.documents]


def figures(queue: Queue) -> list[float | None]:
    return [place.figure for place in queue.documents]


def test_what_an_extractor_is_unsure_of_comes_first(filled: Fill) -> None:
    filled(documents())
    project = filled(predictions("0.1", "0.5", "0.3", "0.0"), "crf", "suggestions")
    queue = ordered(project, "uncertainty")

    assert ids(queue) == ["d1", "d2", "d0", "d3"]
    assert figures(queue) == [0.5, 0.3, 0.1, 0.0]
    assert queue.layers == ("crf",)


def test_the_queue_of_the_project_is_put_into_the_order(filled: Fill) -> None:
    filled(documents())
    project = filled(predictions("0.1", "0.5", "0.3", "0.0"), "crf", "suggestions")
    store(project, ordered(project, "uncertainty"))

    assert [row.id for row in project.documents("ana")] == ["d1", "d2", "d0", "d3"]


def test_what_has_no_figure_comes_after_as_it_was(filled: Fill) -> None:
    filled(documents())
    project = filled(predictions("0.1", None, "0.3"), "crf", "suggestions")

    assert ids(ordered(project, "uncertainty")) == ["d2", "d0", "d1", "d3"]


def test_what_is_done_comes_last(filled: Fill) -> None:
    filled(documents())
    filled(marked(0, 1, state="done")[1:], "ana")
    project = filled(predictions("0.1", "0.5", "0.3", "0.0"), "crf", "suggestions")
    queue = ordered(project, "uncertainty")

    assert ids(queue) == ["d2", "d0", "d3", "d1"]
    assert queue.documents[-1].done
    assert queue.documents[-1].figure is None


def test_what_one_of_two_has_done_is_not_done(filled: Fill) -> None:
    filled(documents())
    filled(marked(1, 1, state="done"), "ana")
    project = filled(marked(1, state="done"), "bob")

    assert [one.id for one in ordered(project, "random").documents if one.done] == ["d0"]


def test_disagreement_orders_by_how_far_layers_are_apart(filled: Fill) -> None:
    filled(marked(1, 2, 2, 1), "ana")
    project = filled(marked(1, 1, 0), "bob")
    queue = ordered(project, "disagreement")

    assert ids(queue) == ["d2", "d1", "d0", "d3"]
    assert figures(queue) == [1.0, pytest.approx(1 / 3), 0.0, None]
    assert queue.layers == ("ana", "bob")


def test_disagreement_compares_the_layers_that_are_named(filled: Fill) -> None:
    filled(marked(1, 2, 2, 1), "ana")
    filled(marked(0, 2, 2, 1), "bob")
    project = filled(marked(1, 1, 2, 1), "rules", "suggestions")
    queue = ordered(project, "disagreement", ["ana", "rules"])

    assert ids(queue)[0] == "d1"
    assert queue.layers == ("ana", "rules")


def test_diversity_puts_copies_last(filled: Fill) -> None:
    queue = ordered(filled(documents()), "diversity")

    assert ids(queue)[-1] in {"d0", "d1"}
    assert figures(queue)[-1] == 0.0


def test_diversity_begins_with_what_is_unlike_that_which_is_done(filled: Fill) -> None:
    filled(documents())
    project = filled(marked(1, state="done"), "ana")

    assert ids(ordered(project, "diversity")) == ["d2", "d3", "d1", "d0"]


def test_random_is_the_same_for_a_seed_whatever_the_queue_was(filled: Fill) -> None:
    project = filled(documents())
    first = ids(ordered(project, "random", seed=3))
    store(project, ordered(project, "diversity"))

    assert ids(ordered(project, "random", seed=3)) == first


def test_random_is_another_order_for_another_seed(filled: Fill) -> None:
    project = filled(documents())

    assert len({tuple(ids(ordered(project, "random", seed=seed))) for seed in range(9)}) > 1


@pytest.mark.parametrize("by", ORDERS)
def test_an_order_has_every_document_once(filled: Fill, by: str) -> None:
    filled(marked(1, 2, 0, 1), "bob")
    filled(marked(1, 2), "ana")
    project = filled(predictions("0.1", "0.5"), "crf", "suggestions")

    assert sorted(ids(ordered(project, by))) == ["d0", "d1", "d2", "d3"]


@pytest.mark.parametrize(("by", "layers", "what"), [
    pytest.param("uncertainty", [], "no layer tells how unsure it is", id="no predictions"),
    pytest.param("uncertainty", ["ana"], "layer ana does not tell how unsure", id="a person's"),
    pytest.param("uncertainty", ["ana", "bob"], "give --layer once", id="two layers"),
    pytest.param("uncertainty", ["zoe"], r"no layer zoe \(there are: ana\)", id="not there"),
    pytest.param("disagreement", [], "needs two layers or more", id="one layer of work"),
    pytest.param("disagreement", ["ana", "ana"], "needs two layers", id="a layer and itself"),
    pytest.param("disagreement", ["ana", "zoe"], "no layer zoe", id="one that is not there"),
])  # fmt: skip
def test_a_layer_that_is_missing_is_one_line(
    filled: Fill, by: str, layers: list[str], what: str
) -> None:
    project = filled(documents())

    with pytest.raises(GloseError, match=what) as error:
        ordered(project, by, layers)
    assert "\n" not in str(error.value)


def test_two_extractors_must_be_chosen_from(filled: Fill) -> None:
    filled(predictions("0.1"), "crf", "suggestions")
    project = filled(predictions("0.2"), "crf2", "suggestions")

    with pytest.raises(GloseError, match="crf and crf2 tell how unsure they are"):
        ordered(project, "uncertainty")


def test_a_figure_that_is_none_is_one_line(filled: Fill) -> None:
    project = filled(predictions("sehr"), "crf", "suggestions")

    with pytest.raises(
        GloseError, match="document d0 in layer crf: extra: found uncertainty sehr"
    ):
        ordered(project, "uncertainty")


def test_an_empty_project_has_an_empty_queue(project: Project) -> None:
    assert ordered(project, "diversity").documents == ()


def test_the_command_knows_every_order() -> None:
    assert tuple(ORDERS) == NAMED
