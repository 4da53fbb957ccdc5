"""How far lines are from the canonical form."""

from __future__ import annotations

import sys
from types import FrameType

import msgspec

from glose.corpus import jsonl
from glose.corpus.canonical import missing


def line(mentions: int) -> bytes:
    """A record of so many mentions that lack most keys."""
    text = "mot " * mentions
    spans = [
        {"id": f"m{n}", "type": "ORG", "start": 4 * n, "end": 4 * n + 3, "text": "mot"}
        for n in range(mentions)
    ]
    return msgspec.json.encode({"id": "a", "text": text, "mentions": spans}) + b"\n"


def steps(mentions: int) -> int:
    """How many functions are called to find what a record lacks."""
    content = line(mentions)
    document = jsonl.decode(content)
    count = 0

    def called(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(called)
    try:
        missing(content, document)
    finally:
        sys.setprofile(None)
    return count


def test_the_first_keys_that_are_missing_are_named() -> None:
    content = line(3)
    assert missing(content, jsonl.decode(content)) == (
        "without schema, layer, language, text_sha256, meta and 17 more; "
        "expected every key of the record"
    )


def test_a_canonical_line_lacks_nothing() -> None:
    document = jsonl.decode(line(3))
    content = jsonl.encode(document) + b"\n"
    assert missing(content, document) is None


def test_the_work_grows_with_the_record_and_not_with_its_square() -> None:
    assert steps(2000) < 3 * steps(1000)
