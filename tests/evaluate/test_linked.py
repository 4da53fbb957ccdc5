"""Mentions with their links."""

from __future__ import annotations

import pytest

from glose.corpus.document import Document, Link, Mention
from glose.evaluate.linked import Linked, best, linked
from glose.evaluate.projection import cut

Q1, Q2 = Link("wikidata", "Q1", 0.2), Link("wikidata", "Q2", 0.7)


@pytest.mark.parametrize(
    ("links", "wanted"),
    [
        pytest.param((), None, id="there is none"),
        pytest.param((Q1, Q2), Q2, id="the one with the highest score"),
        pytest.param((Q2, Link("w", "Q3", 0.7)), Q2, id="of equal scores the first"),
        pytest.param((Link("w", "Q3"), Q2), Link("w", "Q3"), id="not all have a score: the first"),
    ],
)
def test_the_best_link(links: tuple[Link, ...], wanted: Link | None) -> None:
    assert best(links) == wanted


@pytest.mark.parametrize(
    ("links", "entry", "nil"),
    [
        pytest.param((Link("wikidata", "Q1"),), ("wikidata", "Q1"), False, id="an entry"),
        pytest.param((Link("NIL", "x"),), None, True, id="NIL as the knowledge base"),
        pytest.param((Link("tac", "NIL012"),), None, True, id="NIL at the start of the id"),
        pytest.param((), None, False, id="nothing said is not NIL"),
    ],
)
def test_entries(links: tuple[Link, ...], entry: tuple[str, str] | None, nil: bool) -> None:
    [found] = linked(Document(mentions=(Mention("m", "PER", 0, 3, links=links),)))
    assert found[:4] == ("PER", ((0, 3),), entry, nil)


def test_candidates_are_all_entries_in_any_order() -> None:
    links = (Link("NIL", "x", 0.9), Q1, Q2, Q1)
    [found] = linked(Document(mentions=(Mention("m", "PER", 0, 3, links=links),)))
    assert (found.entry, found.nil) == (None, True)
    assert found.candidates == {("wikidata", "Q1"), ("wikidata", "Q2")}


def test_types_are_cut_and_fragments_kept() -> None:
    mention = Mention("m", "PER.Individual", 0, 9, fragments=((0, 3), (5, 9)))
    [found] = linked(Document(mentions=(mention,)), cut(1))
    assert found == Linked("PER", ((0, 3), (5, 9)), None, nil=False)
    assert found.bounds == (0, 9)
