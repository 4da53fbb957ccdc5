"""The sentences of a document."""

from __future__ import annotations

import pytest

from glose.annotate.assist.sentences import sentences
from glose.corpus.document import Document, Segment


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("Un titre\n\nUn raid. Deux morts.", ["Un titre", "Un raid.", "Deux morts."],
                 id="blocks and stops end sentences"),
    pytest.param("Un raid sur\nSarmine. Deux morts.", ["Un raid sur\nSarmine.", "Deux morts."],
                 id="the end of a line does not"),
    pytest.param("Selon M. Verel, rien.", ["Selon M. Verel, rien."], id="nor an abbreviation"),
    pytest.param(" \n ", [], id="white space holds none"),
])  # fmt: skip
def test_sentences_of_a_text(text: str, expected: list[str]) -> None:
    found = sentences(Document(id="d1", text=text))

    assert [text[start:end] for start, end in found] == expected


def test_sentences_of_the_record_are_taken_as_they_are() -> None:
    segments = (Segment("g1", "paragraph", 0, 9), Segment("g3", "sentence", 4, 9),
                Segment("g2", "sentence", 0, 4))  # fmt: skip

    assert sentences(Document(id="d1", text="A b. C d.", segments=segments)) == [(0, 4), (4, 9)]
