"""In which unit wrong offsets were counted, told only where all spans of a record agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus import jsonl, rules
from glose.corpus.document import Document, Event, Mention, Trigger
from glose.corpus.errors import InputError
from glose.corpus.units import suspected

EMOJI = "😀 à Gao et 😀 Kidal"


def marked(text: str, *spans: tuple[int, int, str]) -> Document:
    """Return a document with a mention for each start, end and stated words."""
    mentions = tuple(
        Mention(f"m{n}", "GPE", start, end, text=words)
        for n, (start, end, words) in enumerate(spans, start=1)
    )
    return Document(id="d", layer="x", text=text, mentions=mentions)


@pytest.mark.parametrize(
    ("document", "unit"),
    [
        pytest.param(marked(EMOJI, (5, 8, "Gao"), (15, 20, "Kidal")), "UTF-16 units", id="UTF-16"),
        pytest.param(marked(EMOJI, (8, 11, "Gao"), (20, 25, "Kidal")), "bytes", id="bytes"),
        pytest.param(marked(EMOJI, (5, 8, ""), (15, 20, "")), "UTF-16 units", id="no words"),
        pytest.param(marked(EMOJI, (4, 7, ""), (13, 18, "")), "", id="no words, nothing wrong"),
        pytest.param(marked("Kidal et Gao", (9, 50, "Gao")), "", id="ASCII, past the end"),
        pytest.param(marked("Kidal et Gao", (9, 50, "")), "", id="ASCII without words"),
        pytest.param(marked(EMOJI, (15, 50, "Kidal")), "", id="an emoji, past the end"),
        pytest.param(marked(EMOJI, (5, 8, "Gao"), (13, 18, "Kidal")), "", id="one is right"),
        pytest.param(marked(EMOJI, (5, 8, "Gap"), (15, 20, "Kidal")), "", id="other words"),
        pytest.param(marked(EMOJI, (1, 2, "😀"), (15, 20, "Kidal")), "", id="half an emoji"),
        pytest.param(marked(EMOJI, (-1, 2, "😀")), "", id="before the text"),
        pytest.param(marked("", (0, 1, "a")), "", id="an empty text"),
    ],
)  # fmt: skip
def test_suspected(document: Document, unit: str) -> None:
    assert suspected(document) == unit


def test_triggers_and_fragments_count_too() -> None:
    trigger = Trigger(3, 18, ((3, 4), (15, 18)), "à Kid")
    document = Document(id="d", text=EMOJI, events=(Event("v1", "X", (trigger,)),))

    assert suspected(document) == "UTF-16 units"


@given(st.text("ab é😀", min_size=1), st.data())
def test_offsets_of_code_points_are_never_suspected(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    assert suspected(marked(text, (start, end, text[start:end]))) == ""


def test_the_hint_stands_at_each_wrong_span() -> None:
    document = marked(EMOJI, (5, 8, "Gao"), (15, 20, "Kidal"))

    assert [fault.endswith("(the offsets look like UTF-16 units; expected code points)")
            for fault in rules.faults(document)] == [True, True]  # fmt: skip


def test_words_that_the_reader_fills_in_tell_nothing() -> None:
    """The first span has words in code points; only the second is past the end."""
    line = (
        '{"id":"a","text":"😀 à Gao et 😀 Kidal","mentions":[{"id":"m1","type":"GPE","start":5,'
        '"end":8},{"id":"m2","type":"GPE","start":15,"end":20}]}'
    )

    with pytest.raises(InputError, match="look like UTF-16 units"):
        list(jsonl.parse([line], "c.jsonl"))
