"""The word forms and terms of NAF: the text, its tokens and its sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from glose.corpus.document import Pair, Segment
from glose.corpus.errors import InputError, Place
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.inline import text_of
from glose.corpus.formats.markup import Element
from glose.corpus.rulers import MisplacedError, Ruler


@dataclass(slots=True)
class Words:
    """The text of a document, its tokens, and which of them each `wf` and `term` is."""

    text: str
    tokens: list[Pair]
    numbers: dict[str, list[int]]
    segments: list[Segment]


def words(root: Element, source: str, task: Task) -> Words:
    """Return text and tokens; without a raw text it is put together by the offsets."""
    forms = root.findall("text/wf")
    raw = root.find("raw")
    found = _placed(forms, text_of(raw), source, task) if raw is not None else _joined(forms)
    text, tokens = found
    return Words(text, tokens, _numbers(forms, root), list(_sentences(forms, tokens)))


def _numbers(forms: list[Element], root: Element) -> dict[str, list[int]]:
    """Return which tokens each word form and each term is."""
    numbers = {form.get("id", ""): [number] for number, form in enumerate(forms)}
    for term in root.iterfind("terms/term"):
        targets = (target.get("id", "") for target in term.iterfind("span/target"))
        mine = [number for name in targets for number in numbers.get(name, [])]
        numbers[term.get("id", "")] = mine
    return numbers


def _sentences(forms: list[Any], tokens: list[Pair]) -> Iterator[Segment]:
    """Yield the sentences, from the first of their words to the last."""
    bounds: dict[str, Pair] = {}
    for form, (start, end) in zip(forms, tokens, strict=True):
        name = form.get("sent")
        if name is not None:
            bounds[name] = bounds.get(name, (start, end))[0], end
    for number, pair in enumerate(bounds.values(), start=1):
        yield Segment(f"g{number}", "sentence", *pair)


def _placed(forms: list[Any], raw: str, source: str, task: Task) -> tuple[str, list[Pair]]:
    ruler = Ruler(raw, task["unit"] or "code points")
    tokens: list[Pair] = []
    for form in forms:
        place = Place(source, form.sourceline, form.get("id"))
        pair = _pair(form, ruler, place)
        if tokens and pair[0] < tokens[-1][1]:
            raise InputError(place, "a wf begins before the end of the one before it")
        tokens.append(pair)
    return ruler.text, tokens


def _pair(form: Element, ruler: Ruler, place: Place) -> Pair:
    try:
        start, size = int(form.get("offset", "")), int(form.get("length", ""))
        return ruler.span(start, start + size, text_of(form))
    except MisplacedError as error:
        raise InputError(place, str(error)) from error
    except ValueError as error:
        raise InputError(place, "offset and length of a wf are no numbers") from error


def _joined(forms: list[Any]) -> tuple[str, list[Pair]]:
    pieces: list[str] = []
    tokens: list[Pair] = []
    size, end, last = 0, 0, None
    for form in forms:
        word = " ".join(text_of(form).split()) or "_"
        start = int(offset) if (offset := form.get("offset", "")).isdecimal() else end + 1
        gap = "" if not tokens or start == end else "\n" if form.get("sent") != last else " "
        pieces += [gap, word]
        tokens.append((size + len(gap), size + len(gap) + len(word)))
        size, end, last = tokens[-1][1], start + len(word), form.get("sent")
    return "".join(pieces), tokens
