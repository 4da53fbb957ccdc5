"""A stack of taggers, each of which sees the labels of those below: names, triggers, nouns.

Nested mentions need more than one layer: a name may stand in a noun (`armée [russe]`), and a noun
in a noun (`porte-parole de l'[armée]`). While training, a tagger is shown what those below it say
of documents that they were not trained on, since that is what it will see later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from glose.annotate.expressions import Expression
from glose.annotate.learning import tagger
from glose.annotate.learning.features import features
from glose.annotate.learning.labels import Span, decoded, encoded, trimmed
from glose.annotate.learning.tagger import Rows, Tagger
from glose.annotate.learning.words import Sentence, sentences
from glose.annotate.values import values
from glose.corpus.document import Document, Mention, Trigger

#: The layers from the lowest up.
NAMES, TRIGGERS = "names", "triggers"
LAYERS = (NAMES, TRIGGERS, "nouns", "inner")
#: Those that find mentions.
MENTIONS = tuple(name for name in LAYERS if name != TRIGGERS)
#: Those whose mentions begin and end with no article; a name may (`Le Caire`).
_NOUNS = ("nouns", "inner")
_FOLDS = 2
#: Levels of the mentions that are names; all others but values are nouns or pronouns.
_NAME = "NAM"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the times and numbers of its document and the gold labels of each layer."""

    document: int
    sentence: Sentence
    found: Sequence[Expression]
    gold: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Tagged:
    """The spans of a sentence by layer, its number of words, a log-likelihood for each layer."""

    spans: dict[str, list[Span]]
    words: int
    likelihoods: tuple[float, ...]


class Stack:
    """The taggers of all layers."""

    def __init__(self, taggers: Sequence[Tagger]) -> None:
        self._taggers = taggers

    def tag(self, sentence: Sentence, found: Sequence[Expression]) -> Tagged:
        """Return the spans of a sentence by layer, and how likely each tagger holds its labels."""
        layers: list[list[str]] = []
        likelihoods = []
        for one in self._taggers:
            layers.append(one.tag(features(sentence, found, layers)))
            likelihoods.append(one.likelihood(layers[-1]))
        spans = {
            name: decoded(sentence.words, labels)
            for name, labels in zip(LAYERS, layers, strict=True)
        }
        for name in _NOUNS:
            cut = (trimmed(sentence.words, one) if _is_noun(one) else one for one in spans[name])
            spans[name] = [one for one in cut if one]
        return Tagged(spans, len(sentence.words), tuple(likelihoods))


def load(folder: Path) -> Stack:
    """Return the stack that a model holds."""
    return Stack([tagger.load(folder / f"{name}.crfsuite") for name in LAYERS])


def train(folder: Path, documents: Sequence[Document]) -> None:
    """Train the taggers of all layers and write them to a folder."""
    examples = [
        one for number, document in enumerate(documents) for one in _examples(number, document)
    ]
    below: list[list[list[str]]] = [[] for _ in examples]
    for name in LAYERS:
        rows = [
            features(one.sentence, one.found, labels)
            for one, labels in zip(examples, below, strict=True)
        ]
        gold = [one.gold[name] for one in examples]
        tagger.train(folder / f"{name}.crfsuite", zip(rows, gold, strict=True))
        if name != LAYERS[-1]:
            for labels, unseen in zip(below, _crossed(examples, rows, gold), strict=True):
                labels.append(unseen)


def _examples(number: int, document: Document) -> list[Example]:
    found = values(document.text or "", document.meta.date)
    spans = gold_spans(document)
    return [
        Example(number, one, found, {name: encoded(one.words, spans[name]) for name in LAYERS})
        for one in sentences(document)
    ]


def gold_spans(document: Document) -> dict[str, list[Span]]:
    """Return the annotated spans of a document by the layer that is to find them."""
    nouns = [one for one in document.mentions if one.level not in (None, _NAME)]
    spans: dict[str, list[Span]] = {name: [] for name in LAYERS}
    for one in document.mentions:
        if one.level == _NAME:
            spans[NAMES].append(_span(one, f"{one.type}.{_NAME}"))
    for one in nouns:
        layer = _NOUNS[any(_within(one, other) for other in nouns)]
        spans[layer].append(_span(one, f"{one.type}.{one.level}"))
    for event in document.events:
        spans[TRIGGERS] += [_span(trigger, event.type) for trigger in event.triggers]
    return spans


def _is_noun(span: Span) -> bool:
    return span.label.endswith(".NOM")


def _within(inner: Mention, outer: Mention) -> bool:
    held = outer.start <= inner.start and inner.end <= outer.end
    return held and inner.end - inner.start < outer.end - outer.start


def _span(one: Mention | Trigger, label: str) -> Span:
    return Span(label, one.fragments or ((one.start, one.end),))


def _crossed(
    examples: Sequence[Example], rows: Sequence[Rows], gold: Sequence[Sequence[str]]
) -> list[list[str]]:
    """Return the labels of each sentence by a tagger that did not see its document."""
    result: list[list[str]] = [[] for _ in examples]
    with TemporaryDirectory() as folder:
        for fold in range(_FOLDS):
            held = [n for n, one in enumerate(examples) if one.document % _FOLDS == fold]
            kept = [n for n in range(len(examples)) if examples[n].document % _FOLDS != fold]
            path = Path(folder) / f"{fold}.crfsuite"
            tagger.train(path, ((rows[n], gold[n]) for n in kept))
            trained = tagger.load(path)
            for n in held:
                result[n] = trained.tag(rows[n])
    return result
