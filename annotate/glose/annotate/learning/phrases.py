"""Phrases learnt by heart: what was annotated in most places where it stands, and as what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from glose.annotate.learning.labels import Span
from glose.annotate.learning.words import Sentence, Word

#: A phrase, its words joined by one space, and the label it had most often.
Phrases = Mapping[str, str]
#: How the words of a phrase are compared: as they are, or in lower case.
Form = Callable[[str], str]

#: In which share of its places a phrase must have been annotated.
_SHARE = 0.5


def learnt(examples: Sequence[tuple[Sentence, Sequence[Span]]], form: Form) -> dict[str, str]:
    """Return the phrases of spans with their most frequent label, but for discontinuous ones.

    A phrase that stands unannotated more often than annotated is left out as well.
    """
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence, spans in examples:
        for span in spans:
            if len(span.pieces) == 1:
                labels[_phrase(_inside(sentence.words, span), form)][span.label] += 1
    labels.pop("", None)
    places = _places(examples, labels, form)
    return {
        phrase: min(counted, key=lambda label: (-counted[label], label))
        for phrase, counted in sorted(labels.items())
        if counted.total() >= _SHARE * places[phrase]
    }


def found(sentence: Sentence, phrases: Phrases, form: Form, longest: int) -> Iterator[Span]:
    """Yield the phrases of a sentence, the longest first where several begin at one word."""
    words = sentence.words
    number = 0
    while number < len(words):
        size = next(
            (n for n in range(min(longest, len(words) - number), 0, -1)
             if _phrase(words[number : number + n], form) in phrases),
            0,
        )  # fmt: skip
        if size:
            part = words[number : number + size]
            yield Span(phrases[_phrase(part, form)], ((part[0].start, part[-1].end),))
        number += size or 1


def length(phrases: Phrases) -> int:
    """Return how many words the longest phrase has."""
    return max((phrase.count(" ") + 1 for phrase in phrases), default=0)


def _places(
    examples: Sequence[tuple[Sentence, Sequence[Span]]], wanted: Mapping[str, object], form: Form
) -> Counter[str]:
    """Return how often each wanted phrase stands in the sentences, annotated or not."""
    longest = max((phrase.count(" ") + 1 for phrase in wanted), default=0)
    counts: Counter[str] = Counter()
    for sentence, _ in examples:
        words = sentence.words
        for start in range(len(words)):
            for end in range(start + 1, min(start + longest, len(words)) + 1):
                phrase = _phrase(words[start:end], form)
                if phrase in wanted:
                    counts[phrase] += 1
    return counts


def _inside(words: Sequence[Word], span: Span) -> list[Word]:
    return [word for word in words if span.start <= word.start and word.end <= span.end]


def _phrase(words: Sequence[Word], form: Form) -> str:
    return " ".join(form(word.text) for word in words)
