"""The sentences of a document: what a triple click takes."""

from __future__ import annotations

from glose.corpus.building import sentences as splitter
from glose.corpus.building.blocks import blocks
from glose.corpus.document import Document, Pair


def sentences(document: Document) -> list[Pair]:
    """Return the sentences in the order of the text: the record's own, else those of its blocks.

    Blocks stand between blank lines, as `glose corpus build` has it: a line may break a sentence.
    """
    own = sorted({(one.start, one.end) for one in document.segments if one.type == "sentence"})
    text = document.text or ""
    return own or [
        span for start, end in blocks(text) for span in splitter.spans(text, start, end)
    ]
