"""The extractor `rules`: times and numbers by grammar; with a model, what was learnt by heart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from glose.annotate.extractors.prediction import predicted
from glose.annotate.learning import drafting, model, phrases
from glose.annotate.learning.arguments import Item, Scene, scenes
from glose.annotate.learning.coreference import entities
from glose.annotate.learning.labels import Span
from glose.annotate.learning.phrases import Form
from glose.annotate.learning.stack import LAYERS, MENTIONS, TRIGGERS, gold_spans
from glose.annotate.learning.words import Sentence, sentences
from glose.annotate.values import values
from glose.corpus.document import Argument, Document, Event

if TYPE_CHECKING:
    from glose.annotate.training import Lesson

NAME = "rules"
_LEARNT = "phrases.json"
#: Names keep their capitals; what triggers an event may begin a sentence.
_FORMS: Mapping[str, Form] = {"names": str, "triggers": str.lower, "nouns": str, "inner": str}

_WHERE = frozenset(["à", "au", "aux", "dans", "en", "sur", "près", "vers", "de", "d'", "d’"])
_WHEN = frozenset(("DATE", "TIME", "DUR", "SET"))
_WHO = frozenset(("PER", "ORG", "GPE"))
_PLACES = frozenset(("GPE", "LOC", "FAC"))


class Learnt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases by layer, each with its label; and the commonest value of each attribute."""

    phrases: dict[str, dict[str, str]]
    attributes: dict[str, str]


class Rules:
    """The extractor; without a model it finds times and numbers only."""

    name = NAME

    def __init__(self, learnt: Learnt | None) -> None:
        self._learnt = learnt or Learnt({name: {} for name in LAYERS}, {})
        self._longest = {name: phrases.length(self._learnt.phrases[name]) for name in LAYERS}
        self.annotates: tuple[str, ...] = (
            ("mentions", "entities", "events") if learnt else ("mentions",)
        )

    def annotate(self, document: Document) -> Document:
        """Return the document with what the rules find."""
        text = document.text or ""
        rows = sentences(document)
        spans = [span for name in MENTIONS for row in rows for span in self._found(row, name)]
        mentions = drafting.mentions(text, spans, values(text, document.meta.date))
        events = drafting.events(text, [s for row in rows for s in self._found(row, TRIGGERS)])
        events = tuple(msgspec.structs.replace(one, **self._learnt.attributes) for one in events)
        draft = msgspec.structs.replace(document, mentions=mentions, events=events)
        events = tuple(
            _filled(scene, item, event)
            for (item, scene), event in zip(scenes(draft), events, strict=True)
        )
        found = entities(text, mentions) if "entities" in self.annotates else []
        return predicted(document, self.name, self.annotates, mentions, found, events)

    def _found(self, row: Sentence, layer: str) -> Iterable[Span]:
        return phrases.found(row, self._learnt.phrases[layer], _FORMS[layer], self._longest[layer])


def load(argument: str | None) -> Rules:
    """Return the extractor, with the model in the folder that the argument names, if it does."""
    if not argument:
        return Rules(None)
    model.opened(Path(argument), NAME)
    return Rules(model.read(Path(argument) / _LEARNT, Learnt))


def train(lesson: Lesson, folder: Path) -> None:
    """Learn phrases and the commonest attributes by heart and write them to a folder."""
    layers = [(sentences(document), gold_spans(document)) for document in lesson.documents]
    learnt = {
        name: phrases.learnt(
            [(row, _inside(row, spans[name])) for rows, spans in layers for row in rows],
            _FORMS[name],
        )
        for name in LAYERS
    }
    model.save(folder / _LEARNT, Learnt(learnt, _commonest(lesson.documents)))


def _inside(row: Sentence, spans: Sequence[Span]) -> list[Span]:
    start, end = row.words[0].start, row.words[-1].end
    return [span for span in spans if start <= span.start and span.end <= end]


def _commonest(documents: Sequence[Document]) -> dict[str, str]:
    result = {}
    for name in ("polarity", "modality", "tense", "genericity"):
        counts = Counter(
            value
            for document in documents
            for event in document.events
            if (value := getattr(event, name))
        )
        if counts:
            result[name] = min(counts, key=lambda value: (-counts[value], value))
    return result


def _filled(scene: Scene, event: Item, record: Event) -> Event:
    """Return an event with the nearest fitting mentions of its sentence as its arguments.

    A time is its Date; a place after a preposition its Location; the nearest party to the left its
    Actor and to the right its Recipient, the other way round in the passive.
    """
    near = sorted(
        (one for one in scene.mentions if one.place.sentence == event.place.sentence),
        key=lambda one: (abs(one.place.first - event.place.first), one.start),
    )
    passive = scene.layout.voice(event.place) == "passive"
    roles: dict[str, str] = {}
    for one in near:
        role = _role(scene, event, one, passive)
        if role:
            roles.setdefault(role, one.id)
    return msgspec.structs.replace(
        record, args=tuple(Argument(role, roles[role]) for role in sorted(roles))
    )


def _role(scene: Scene, event: Item, item: Item, passive: bool) -> str | None:
    if item.type in _WHEN:
        return "Date"
    before = scene.layout.before(item.place, 1)
    if item.type in _PLACES and before and before[0] in _WHERE:
        return "Location"
    if item.type not in _WHO:
        return None
    left = item.start < event.start
    return "Actor" if left != passive else "Recipient"
