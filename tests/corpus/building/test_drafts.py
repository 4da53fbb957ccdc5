"""Drafts: blocks with their ranges, what is stated, and what a cut leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.building.drafts import Blocks, Draft, Part, flat, headed, take_credit
from glose.corpus.building.settings import Rules
from glose.corpus.document import Attribute, Date


def made(*texts: str) -> Blocks:
    found = Blocks()
    for number, text in enumerate(texts):
        found.add("paragraph", text, f"p={number}")
    return found


@given(st.lists(st.text("ab \n\r\u00a0", max_size=6), max_size=5))
def test_each_part_covers_its_block(texts: list[str]) -> None:
    found = made(*texts)
    kept = [text.replace("\r\n", "\n").replace("\r", "\n").strip() for text in texts]

    assert [found.text[p.start : p.end] for p in found.parts] == [text for text in kept if text]
    assert found.draft().text == "\n\n".join(text for text in kept if text)


def test_blocks_of_others_are_added() -> None:
    found = made("Un")
    found.extend(made("a", "Deux"), 1)

    assert found.text == "Un\n\nDeux"
    assert found.parts[1] == Part("paragraph", 4, 8, "p=1")


@pytest.mark.parametrize(
    ("name", "value", "meta", "extra"),
    [
        pytest.param("title", " Un\n titre ", {"title": "Un titre"}, [], id="on one line"),
        pytest.param("title", " \n", {}, [], id="nothing of nothing"),
        pytest.param("title", None, {}, [], id="nothing of None"),
        pytest.param("agency", "AFP", {"agency": "afp"}, [], id="an agency in small letters"),
        pytest.param("language", "fr-FR", {"language": "fr"}, [], id="a language as its code"),
        pytest.param("language", "??", {}, [("k", "??")], id="a language that is none"),
        pytest.param("urgency", "3", {}, [("k", "3")], id="what has no field"),
        pytest.param("title", "a\u00a0b", {"title": "a\u00a0b"}, [], id="no-break spaces"),
    ],
)
def test_what_is_stated(
    name: str, value: str | None, meta: dict[str, str], extra: list[tuple[str, str]]
) -> None:
    draft = Draft("x")
    draft.tell(name, value, "k")

    assert (draft.meta, draft.extra) == (meta, [Attribute(*one) for one in extra])


def test_of_two_dates_the_second_is_kept_as_written() -> None:
    draft = Draft("x")
    draft.tell("date", "2018-03-14")
    draft.tell("date", "2019", "updated")

    assert (draft.date, draft.extra) == (Date(2018, 3, 14), [Attribute("updated", "2019")])


def test_a_cut_moves_parts_and_spans() -> None:
    draft = made("Un", "Deux", "Trois").draft()
    draft.spans = [Part("page", 0, 8, "page=1"), Part("page", 8, 15, "page=2")]
    draft.cut(2, 12)

    assert draft.text == "Deux\n\nTr"
    assert draft.parts == [Part("paragraph", 0, 4, "p=1"), Part("paragraph", 6, 8, "p=2")]
    assert draft.spans == [Part("page", 0, 4, "page=1"), Part("page", 4, 8, "page=2")]


def test_a_credit_that_is_a_block_leaves_the_text() -> None:
    draft = made("Un mot.", "(AFP)").draft()
    take_credit(draft, Rules())

    assert (draft.text, draft.meta) == ("Un mot.", {"agency": "afp"})
    assert draft.parts == [Part("paragraph", 0, 7, "p=0")]


def test_a_header_leaves_the_text() -> None:
    draft = headed("Titre: Un\nRubrique: Monde\n\nDeux", Rules())

    assert (draft.text.strip(), draft.meta) == ("Deux", {"title": "Un"})
    assert draft.extra == [Attribute("Rubrique", "Monde")]


def test_flat() -> None:
    assert flat(" a \n\t b\u00a0 c ") == "a b\u00a0 c"
