"""Tagging schemes, and the chunks of tags that keep to one: the strict mode.

A scheme is three sets of rules on two tags that follow each other. A rule such as `BI=` has the
letter before, the letter after (`.` is any), and whether the types must be the same (`=`),
different (`!`) or either (`*`). A chunk starts by a rule, goes on by rules, and counts only if it
also ends by one. The rules are those of seqeval 1.2.2, IOE1 incomplete as it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple, TypeAlias

#: Number of the text, type, first token and the token after the last.
Chunk: TypeAlias = tuple[int, str, int, int]

#: The letter and the type of a tag.
Tag: TypeAlias = tuple[str, str]

_OUTSIDE: Tag = ("O", "_")

#: All letters of all schemes, in the order in which errors name them.
_LETTERS = "IOBESUL"


class Step(NamedTuple):
    """What a tag is after another: the start of a chunk, inside of one, or its end."""

    start: bool
    inside: bool
    end: bool


@dataclass(frozen=True, slots=True)
class Scheme:
    """A tagging scheme: the letters that it has, and its rules."""

    name: str
    letters: str
    start: str
    inside: str
    end: str

    def __repr__(self) -> str:
        return self.name

    def step(self, before: Tag, after: Tag) -> Step:
        """Return what a tag is after another."""
        return Step(
            *(_holds(rules, before, after) for rules in (self.start, self.inside, self.end))
        )


def _holds(rules: str, before: Tag, after: Tag) -> bool:
    """Tell whether one of some rules holds for two tags."""
    same = "=" if before[1] == after[1] else "!"
    return any(
        rule[0] in (before[0], ".") and rule[1] in (after[0], ".") and rule[2] in (same, "*")
        for rule in rules.split()
    )


IOB1 = Scheme("IOB1", "IOB", "OI* II! BI* IB= BB=", "BI= II=", "II! IO* IB* BO* BI! BB=")
IOE1 = Scheme("IOE1", "IOE", "OI* II! EI* EE=", "II= IE=", "II! IO* IE! EI= EE=")
IOB2 = Scheme("IOB2", "IOB", ".B*", "BI= II=", "IO* II! IB* BO* BI! BB*")
IOE2 = Scheme("IOE2", "IOE", "OI* OE* EI* EE* II! IE!", "IE= II=", "E.*")
IOBES = Scheme("IOBES", "IOBES", ".B* .S*", "BI= BE= II= IE=", "S.* E.*")
BILOU = Scheme("BILOU", "IOBUL", ".B* .U*", "BI= BL= II= IL=", "U.* L.*")

SCHEMES: Mapping[str, Scheme] = {
    scheme.name: scheme for scheme in (IOB1, IOE1, IOB2, IOE2, IOBES, BILOU)
}


def find(scheme: object) -> Scheme:
    """Return a scheme; it may be named, or be the class of seqeval that has its name.

    >>> find("IOB2")
    IOB2
    """
    name = scheme if isinstance(scheme, str) else getattr(scheme, "__name__", None)
    found = scheme if isinstance(scheme, Scheme) else SCHEMES.get(name or "")
    if found is None:
        raise ValueError(
            f"no scheme is called {name or scheme!r} (there are: {', '.join(SCHEMES)})"
        )
    return found


def strict(texts: Iterable[Sequence[str]], scheme: Scheme, suffix: bool = False) -> set[Chunk]:
    """Return the chunks of tags that keep to a scheme; those that break its rules are none.

    Raises `ValueError` at a tag whose letter is not one of the scheme.

    >>> strict([["I-PER", "B-PER", "I-PER", "I-LOC"]], IOB2)
    {(0, 'PER', 1, 3)}
    """
    reader = _Reader(scheme, suffix)
    return {(number, *chunk) for number, tags in enumerate(texts) for chunk in reader.chunks(tags)}


class _Reader:
    """Reads tags of a scheme, each different one and each different pair once."""

    def __init__(self, scheme: Scheme, suffix: bool) -> None:
        self._scheme, self._suffix = scheme, suffix
        self._tags: dict[str, Tag] = {}
        self._steps: dict[tuple[Tag, Tag], Step] = {}

    def chunks(self, tags: Sequence[str]) -> Iterable[tuple[str, int, int]]:
        """Yield type, first token and the token after the last of each chunk of a text."""
        read = [*(self._read(tag) for tag in tags), _OUTSIDE]
        steps = [self._step(*pair) for pair in pairwise(chain((_OUTSIDE,), read))]
        place = 0
        while place < len(read):
            first = place
            place += 1
            if steps[first].start:
                while steps[place].inside:
                    place += 1
                if steps[place].end:
                    yield read[first][1], first, place

    def _read(self, tag: str) -> Tag:
        found = self._tags.get(tag)
        if found is None:
            found = parsed(tag, self._suffix)
            if found[0] not in self._scheme.letters:
                letters = ", ".join(self._scheme.letters)
                raise ValueError(f"tag {tag!r} is none of {self._scheme.name}; expected {letters}")
            self._tags[tag] = found
        return found

    def _step(self, before: Tag, after: Tag) -> Step:
        found = self._steps.get((before, after))
        if found is None:
            found = self._steps[before, after] = self._scheme.step(before, after)
        return found


def parsed(tag: str, suffix: bool) -> Tag:
    """Return the letter and the type of a tag; raise `ValueError` if no scheme has the letter."""
    letter, name = (tag[-1:], tag[:-1]) if suffix else (tag[:1], tag[1:])
    if not letter or letter not in _LETTERS:
        raise ValueError(f"tag {tag!r} is of no scheme; expected one of {', '.join(_LETTERS)}")
    return letter, name.strip("-") or "_"


def detected(texts: Iterable[Sequence[str]], suffix: bool = False) -> Scheme:
    """Return the scheme that tags can only be of: IOB2, IOE2, IOBES or BILOU.

    Raises `ValueError` where it cannot be told, as from `O` alone or from `S` and `O`.

    >>> detected([["B-PER", "E-PER", "O"]])
    IOBES
    """
    letters = {parsed(tag, suffix)[0] for tags in texts for tag in tags}
    for scheme, needed in ((IOB2, "B"), (IOE2, "E"), (IOBES, "BE"), (BILOU, "BL")):
        if letters.issuperset(needed) and letters.issubset(scheme.letters):
            return scheme
    for scheme, alone in ((IOBES, "S"), (BILOU, "U")):
        if letters == {alone}:
            return scheme
    shown = ", ".join(sorted(letters)) or "none"
    raise ValueError(f"the scheme cannot be told from the letters of the tags ({shown}); name it")
