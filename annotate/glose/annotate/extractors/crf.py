"""The extractor `crf`: mentions, events with arguments, and entities, learnt from gold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from glose.annotate.extractors.prediction import predicted
from glose.annotate.learning import arguments, drafting, model, realis, stack, uncertainty
from glose.annotate.learning.consistency import agreed
from glose.annotate.learning.coreference import entities
from glose.annotate.learning.linear import Linear
from glose.annotate.learning.stack import LAYERS, MENTIONS, NAMES, TRIGGERS, Stack
from glose.annotate.learning.words import sentences
from glose.annotate.values import values
from glose.corpus.document import Attribute, Document
from glose.corpus.errors import GloseError

if TYPE_CHECKING:
    from glose.annotate.training import Lesson

NAME = "crf"
_ARGUMENTS = "arguments.json"
_REALIS = "realis.json"


class Crf:
    """The trained extractor; `annotates` says what the gold that it learnt from held."""

    name = NAME
    annotates: tuple[str, ...] = ("mentions", "entities", "events")

    def __init__(self, taggers: Stack, roles: Linear, attributes: Mapping[str, Linear]) -> None:
        self._taggers = taggers
        self._roles = roles
        self._attributes = attributes

    def annotate(self, document: Document) -> Document:
        """Return the document with what the models find, and in `extra` how unsure they are."""
        text = document.text or ""
        found = values(text, document.meta.date)
        rows = sentences(document)
        tagged = [self._taggers.tag(one, found) for one in rows]
        spans = {name: [span for one in tagged for span in one.spans[name]] for name in LAYERS}
        spans[NAMES] = agreed(text, spans[NAMES])
        named = [span for name in MENTIONS for span in spans[name]]
        mentions = drafting.mentions(text, named, found)
        events = drafting.events(text, spans[TRIGGERS])
        draft = msgspec.structs.replace(document, mentions=mentions, events=events)
        events = realis.attributed(self._attributes, draft)
        filled = arguments.arguments(self._roles, draft)
        events = tuple(msgspec.structs.replace(one, args=filled[one.id]) for one in events)
        result = predicted(
            document, self.name, self.annotates, mentions, entities(text, mentions), events
        )
        unsure = Attribute(uncertainty.NAME, uncertainty.uncertainty(tagged))
        return msgspec.structs.replace(result, extra=(unsure,))


def load(argument: str | None) -> Crf:
    """Return the extractor with the model in the folder that the argument names."""
    if not argument:
        raise GloseError(
            "crf needs a model: name it as crf:FOLDER; make one with "
            "`glose annotate train crf CORPUS -o FOLDER --split train`"
        )
    folder = Path(argument)
    model.opened(folder, NAME)
    roles = model.read(folder / _ARGUMENTS, Linear)
    attributes = model.read(folder / _REALIS, dict[str, Linear])
    return Crf(stack.load(folder), roles, attributes)


def train(lesson: Lesson, folder: Path) -> None:
    """Train every part on a lesson and write the files of the model to a folder."""
    stack.train(folder, lesson.documents)
    model.save(folder / _ARGUMENTS, arguments.train(lesson.documents))
    model.save(folder / _REALIS, realis.train(lesson.documents))
