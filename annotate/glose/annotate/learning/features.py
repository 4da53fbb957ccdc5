"""What a tagger is told of each word: its form, its neighbours, what lists know of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import attrgetter

from glose.annotate.expressions import Expression
from glose.annotate.french.countries import known
from glose.annotate.french.nouns import noun_type
from glose.annotate.french.people import FIRST_NAMES
from glose.annotate.french.stems import stem
from glose.annotate.french.triggers import trigger_type
from glose.annotate.learning.words import Sentence, Word

#: Raised whenever what `features` returns changes: a model holds the version it was trained with.
VERSION = 1

_LONGEST_NAME = 4


def features(
    sentence: Sentence, found: Sequence[Expression], layers: Sequence[Sequence[str]] = ()
) -> list[list[str]]:
    """Return the features of each word of a sentence.

    `found` are the times and numbers of the document; `layers` are labels that other taggers gave
    the words, one list for each tagger.
    """
    words = sentence.words
    own = [_own(word) for word in words]
    values = _value_labels(words, found)
    places = _places(words)
    for number, rest in enumerate(zip(values, places, strict=True)):
        own[number] += [
            f"{name}={value}"
            for name, value in zip(("value", "place"), rest, strict=True)
            if value
        ]
        own[number] += [
            f"layer{n}={labels[number]}"
            for n, labels in enumerate(layers)
            if labels[number] != "O"
        ]
    return [_around(own, number, words) for number in range(len(words))]


@cache
def _form(text: str) -> tuple[str, ...]:
    lowered = text.lower()
    noun, trigger = noun_type(text), trigger_type(text)
    parts = [f"w={lowered}", f"stem={stem(text)}", f"shape={shape(text)}", f"end={lowered[-3:]}"]
    return (
        *parts,
        *([f"noun={noun}"] if noun else []),
        *(["first name"] if lowered in FIRST_NAMES and text[0].isupper() else []),
        *([f"trigger={trigger}", "event"] if trigger else []),
    )


def _own(word: Word) -> list[str]:
    return list(_form(word.text))


def _around(own: list[list[str]], number: int, words: Sequence[Word]) -> list[str]:
    """Return the features of a word with those of two words on each side."""
    lowered = words[number].text.lower()
    result = [
        "bias",
        *own[number],
        f"end2={lowered[-2:]}",
        f"end4={lowered[-4:]}",
        f"head={lowered[:4]}",
    ]
    for shift in (-3, -2, -1, 1, 2, 3):
        there = number + shift
        if 0 <= there < len(own):
            near = own[there] if abs(shift) < 3 else own[there][:1]
            result += [f"{shift}:{feature}" for feature in near]
        elif abs(shift) < 3:
            result.append(f"{shift}:edge")
    for a, b in ((-1, 0), (0, 1), (-2, -1)):
        if number + a >= 0 and number + b < len(own):
            result.append(f"{a}{b}:{own[number + a][0]}|{own[number + b][0]}")
            result.append(f"{a}{b}s:{own[number + a][2]}|{own[number + b][2]}")
    return result


def shape(text: str) -> str:
    """Return the form of a word: capitals X, small letters x, figures 0, repeats cut.

    >>> shape("Sarma-2"), shape("ONU"), shape("31.890")
    ('Xx-0', 'XX', '0.0')
    """
    if text.isupper() and len(text) > 1 and text.isalpha():
        return "XX"
    signs = re.sub(
        r"[^\W\d_]", lambda letter: "X" if letter[0].isupper() else "x", re.sub(r"\d", "0", text)
    )
    return re.sub(r"(.)\1+", r"\1", signs)


def _value_labels(words: Sequence[Word], found: Sequence[Expression]) -> list[str]:
    labels = [""] * len(words)
    # Those that begin in the sentence; they stand in the order of the text.
    low = bisect_left(found, words[0].start, key=attrgetter("start")) if words else 0
    high = bisect_left(found, words[-1].end, key=attrgetter("start")) if words else 0
    for one in found[low:high]:
        for number, word in enumerate(words):
            if one.start <= word.start and word.end <= one.end:
                labels[number] = ("B-" if word.start == one.start else "I-") + one.type
    return labels


def _places(words: Sequence[Word]) -> list[str]:
    """Return for each word whether it belongs to a country's name, adjective or capital."""
    labels = [""] * len(words)
    for start in range(len(words)):
        for size in range(_LONGEST_NAME, 0, -1):
            part = words[start : start + size]
            place = known(" ".join(word.text for word in part)) if len(part) == size else None
            if place and (place[0] == "adjective" or part[0].text[0].isupper()):
                labels[start : start + size] = [f"B-{place[0]}", *[f"I-{place[0]}"] * (size - 1)]
                break
    return [label or "" for label in labels]
