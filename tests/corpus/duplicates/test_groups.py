"""Which documents are near-duplicates: by hand, beside brute force, and of generated stories."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.duplicates.stories import Press, by_force, corpus, document

from glose.corpus.document import Document
from glose.corpus.duplicates import candidates
from glose.corpus.duplicates.groups import FEWEST, Finder, Group, find

STORY = [f"mot{number}" for number in range(40)]
OTHER = [f"autre{number}" for number in range(40)]


def sets(groups: list[Group]) -> set[frozenset[str]]:
    """Return groups without their links."""
    return {frozenset(group.documents) for group in groups}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(STORY, STORY, (1.0, 1.0), id="the same"),
        pytest.param(STORY, OTHER, None, id="nothing in common"),
        pytest.param(STORY, STORY + OTHER, (36 / 76, 1.0), id="contained in an update"),
        pytest.param(STORY[:20] + OTHER[:19], STORY, None, id="less than half"),
        pytest.param(STORY[:23] + OTHER[:17], STORY, (19 / 53, 19 / 36), id="more than half"),
        pytest.param(STORY[:12], STORY, (8 / 36, 1.0), id="eight shingles are enough"),
        pytest.param(STORY[:11], STORY, None, id="seven are an accident"),
        pytest.param(STORY[:3], STORY[:3], (1.0, 1.0), id="short, but the same"),
        pytest.param(STORY[:3], STORY[:4], None, id="short, and not"),
        pytest.param([], [], None, id="no words are no story"),
    ],
)
def test_two_documents(
    first: list[str], second: list[str], expected: tuple[float, float] | None
) -> None:
    found = find([document("a", first), document("b", second)])
    measured = [(link.similarity, link.contained) for group in found for link in group.links]

    assert measured == ([] if expected is None else [expected])


def test_the_shorter_is_named_first() -> None:
    [group] = find([document("a", STORY + OTHER), document("b", STORY)])

    assert [(link.shorter, link.longer) for link in group.links] == [("b", "a")]


def test_documents_hang_together_by_others() -> None:
    """A chain: the first and the last share nothing."""
    texts = [STORY, STORY[20:] + OTHER[:20], OTHER]
    [group] = find((document(f"d{n}", text) for n, text in enumerate(texts)), share=0.4)

    assert group.documents == ("d0", "d1", "d2")
    assert len(group.links) == 2


@pytest.mark.parametrize("text", [None, "", " … "])
def test_what_has_no_words_is_in_no_group(text: str | None) -> None:
    finder = Finder()
    for name in "ab":
        finder.add(Document(id=name, text=text))

    assert (finder.groups(), finder.documents, finder.compared) == ([], 2, 0)


def test_one_document_is_no_group() -> None:
    assert find([document("a", STORY)]) == []


texts = st.lists(st.lists(st.sampled_from("abcd"), max_size=40), max_size=8)


@settings(max_examples=60, deadline=None)
@given(texts, st.sampled_from((0.1, 0.5, 0.9, 1.0)))
def test_small_corpora_are_as_by_brute_force(given_: list[list[str]], share: float) -> None:
    documents = [document(f"d{number}", text) for number, text in enumerate(given_)]

    assert sets(find(documents, share)) == by_force(documents, share)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("share", [0.4, 0.5, 0.8])
def test_stories_are_as_by_brute_force(seed: int, share: float) -> None:
    """Nothing is missed by looking at candidates only, and nothing is told that is not so."""
    documents = [story.document for story in corpus(120, seed)]

    assert sets(find(documents, share)) == by_force(documents, share)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_copy_is_found_with_its_story_and_no_other(seed: int) -> None:
    stories = corpus(600, seed)
    number = {story.document.id: story.number for story in stories}
    told: dict[int, set[str]] = {}
    for story in stories:
        told.setdefault(story.number, set()).add(story.document.id)
    found = find(story.document for story in stories)

    assert [g for g in found if len({number[id_] for id_ in g.documents}) > 1] == []
    assert sets(found) == {frozenset(ids) for ids in told.values() if len(ids) > 1}


def test_a_story_that_hundreds_tell_is_one_group() -> None:
    """More copies than neighbours are looked at, each edited, and a short one that all contain."""
    press = Press(5)
    text = press.text(200)
    copies = [press.copy(text, "edited") for _ in range(300)]
    short = document("short", text[:25])
    documents = [document(f"d{n:03}", copy) for n, copy in enumerate(copies)] + [short]
    others = [document(f"o{n:03}", press.dispatch()) for n in range(300)]

    assert sets(find(documents + others)) == {frozenset(one.id for one in documents)}


def test_a_footer_that_all_have_joins_nothing() -> None:
    press = Press(6)
    footer = press.text(30)
    documents = [document(f"d{n:03}", press.text(80) + footer) for n in range(200)]

    assert find(documents) == []


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_documents_changes_nothing(shuffled: random.Random) -> None:
    documents = [story.document for story in corpus(60, 9, copied=0.6)]

    assert find(shuffled.sample(documents, len(documents))) == find(documents)


@pytest.mark.parametrize(("name", "value"), [("SORTED", 500), ("BATCH", 7)])
def test_the_size_of_a_pass_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    documents = [story.document for story in corpus(80, 4)]
    expected = find(documents)
    monkeypatch.setattr(candidates, name, value)

    assert expected
    assert find(documents) == expected


def test_links_join_a_group_without_a_circle() -> None:
    documents = [story.document for story in corpus(100, 7, copied=1)]

    for group in find(documents):
        assert len(group.links) == len(group.documents) - 1
        assert {n for link in group.links for n in (link.shorter, link.longer)} == set(
            group.documents
        )


def test_few_enough_shingles_need_the_whole_document() -> None:
    """The limit stands in the manual."""
    assert FEWEST == 8
