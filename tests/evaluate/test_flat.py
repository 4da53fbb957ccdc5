"""Mentions as tags can hold them, and groups that overlap."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from tests.evaluate.families import spans

from glose.evaluate.flat import Chunk, components, flat, laid


def kept(*written: str) -> list[str]:
    """Return the ids that tags can hold."""
    found = laid(spans.document(*written))
    return [chunk.id for chunk in flat(found.chunks, found.words)]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["PER 3-4", "PER 0-2"], ["T2", "T1"], id="in the order of the text"),
        pytest.param(["PER 0-2", "ORG 2-4"], ["T1", "T2"], id="what touches does not overlap"),
        pytest.param(["PER 1-2", "ORG 0-4"], ["T2"], id="of nested ones the longer"),
        pytest.param(["PER 2-4", "PER 0-3"], ["T2"], id="of crossing ones the longer"),
        pytest.param(["PER 1-3", "PER 0-2"], ["T2"], id="of two as long the first in the text"),
        pytest.param(["PER 0-2", "ORG 0-2"], ["T2"], id="of one place the first type by name"),
        pytest.param(["PER 0-2", "PER 0-2"], ["T1"], id="of duplicates the first in the file"),
        pytest.param(
            ["PER 0-2#T10", "PER 0-2#T9"], ["T9"], id="the file goes by numbers, not by letters"
        ),
        pytest.param(["PER 0-1+4-5", "PER 2-3"], ["T1"], id="a broken one takes its gap"),
        pytest.param(
            ["A 0-2", "A 1-4", "A 3-6", "A 5-7"], ["T2", "T4"], id="a chain, longest first"
        ),
    ],
)
def test_flat(written: list[str], wanted: list[str]) -> None:
    assert kept(*written) == wanted


def test_length_is_in_words_and_not_in_letters() -> None:
    """A word of 13 letters, and the end of it with the next word."""
    words = laid(spans.document(text="extraordinary a b")).words
    chunks = [Chunk("A", 0, 13, "T1"), Chunk("A", 9, 15, "T2")]
    assert [chunk.id for chunk in flat(chunks, words)] == ["T2"]


@given(written=spans.mentions)
def test_what_is_kept_does_not_overlap_and_what_is_not_does(written: list[str]) -> None:
    found = laid(spans.document(*written))
    held = flat(found.chunks, found.words)
    assert all(one.end <= other.start for one, other in pairwise(held))
    for chunk in set(found.chunks) - set(held):
        assert any(chunk.start < other.end and other.start < chunk.end for other in held)


@given(written=spans.mentions)
def test_the_order_of_the_record_does_not_matter(written: list[str]) -> None:
    found = laid(spans.document(*written))
    assert flat(found.chunks, found.words) == flat(found.chunks[::-1], found.words)


def test_components() -> None:
    gold = laid(spans.document("A 0-2", "A 5-6", "A 8-9")).chunks
    predicted = laid(spans.document("A 1-3", "A 2-4", "A 6-7")).chunks
    found = [
        ([chunk.id for chunk in wanted], [chunk.id for chunk in given])
        for wanted, given in components(gold, predicted)
    ]
    assert found == [(["T1"], ["T1", "T2"]), (["T2"], []), ([], ["T3"]), (["T3"], [])]


@given(one=spans.mentions, other=spans.mentions)
def test_every_chunk_is_in_one_component_and_none_overlaps_another(
    one: list[str], other: list[str]
) -> None:
    gold, predicted = laid(spans.document(*one)).chunks, laid(spans.document(*other)).chunks
    found = list(components(gold, predicted))
    for side, chunks in enumerate((gold, predicted)):
        assert sorted(c for group in found for c in group[side]) == sorted(chunks)
    for before, after in pairwise(found):
        first, second = before[0] + before[1], after[0] + after[1]
        assert max(c.end for c in first) <= min(c.start for c in second)
