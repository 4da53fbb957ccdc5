"""Phrases that tell no story."""

from __future__ import annotations

import pytest
from tests.corpus.duplicates.stories import Press, document

from glose.corpus.duplicates.groups import Finder, find
from glose.corpus.duplicates.stock import MOST


@pytest.mark.parametrize(
    ("documents", "groups"),
    [
        pytest.param(MOST, 1, id="in ten documents it joins them"),
        pytest.param(MOST + 1, 0, id="in eleven it is a stock phrase"),
    ],
)
def test_a_phrase_that_is_half_of_short_documents(documents: int, groups: int) -> None:
    press = Press(8)
    phrase = press.text(25)
    texts = [document(f"d{n:02}", press.text(15) + phrase) for n in range(documents)]

    assert len(find(texts)) == groups


def test_copies_count_as_one_document() -> None:
    """Thirty versions of one story have nothing but its own phrases."""
    press = Press(9)
    story = press.text(100)
    texts = [document(f"d{n:02}", [*story, *press.text(3)]) for n in range(30)]

    assert [len(group.documents) for group in find(texts)] == [30]


def test_documents_of_stock_phrases_alone_are_joined_if_they_are_equal() -> None:
    press = Press(10)
    phrase = press.text(25)
    texts = [document(f"d{n:02}", press.text(30) + phrase) for n in range(20)]
    texts += [document(name, phrase) for name in ("same-a", "same-b")]

    assert [group.documents for group in find(texts)] == [("same-a", "same-b")]


def test_measures_leave_stock_phrases_out() -> None:
    press = Press(11)
    phrase, story = press.text(25), press.text(40)
    texts = [document(f"d{n:02}", press.text(60) + phrase) for n in range(12)]
    texts += [document("a", story + phrase), document("b", press.text(200) + story)]
    finder = Finder()
    for text in texts:
        finder.add(text)
    [group] = finder.groups(0.9)

    assert [(link.shorter, link.longer) for link in group.links] == [("a", "b")]
    assert group.links[0].contained == pytest.approx(36 / 40)
