"""Auditing gold: its likeliest errors, ranked by what speaks against it.

The witnesses are systems that agree with each other against gold, the same words that are treated
otherwise elsewhere, the ends of words, a model that learnt from the rest of the gold, and the
schema. Each gives one weight from 0 to 1 to what it proposes instead of what gold has at a place;
together they speak as 1 - (1 - a)(1 - b)(1 - c).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.manifest import home, schema_of
from glose.corpus.schema import Schema
from glose.evaluate import suspect_relations
from glose.evaluate.alignment import parts
from glose.evaluate.pairing import pairs
from glose.evaluate.plan import Options
from glose.evaluate.projection import Cut, cut
from glose.evaluate.scoring import refuse_nothing
from glose.evaluate.suspect_arguments import SuspectArguments
from glose.evaluate.suspect_clusters import SuspectClusters
from glose.evaluate.suspect_spans import Spans, SuspectSpans, text_of
from glose.evaluate.suspects import Audit, Held, Suspect

#: A document of gold and those of the systems.
Beside = tuple[Document, Sequence[Document]]


def audit(
    gold: Path, predicted: Sequence[Path], *, limit: int | None = None, folds: int = 5,
    documents: int | None = None, schema: Schema | None = None, options: Options | None = None,
) -> Audit:  # fmt: skip
    """Return the likeliest errors of gold, by systems (which may be none), words and a model.

    Mentions, triggers, arguments, relations and coreference are looked at, as far as gold was
    annotated for them. With `folds` of 0 there is no model. All texts are held: those of the first
    `documents`, if given. Without a `schema` it is that of the folder of gold, if there is one.
    Raises `GloseError` for what cannot be scored, and for `folds` of 1.
    """
    refuse_one_part(folds)
    options = options or Options()
    rows = (
        (pair.gold, pair.predicted)
        for part in parts(gold, predicted, options.policy(gold))
        for pair in pairs(part, ((),) * (1 + len(predicted)))
    )
    there = list(islice(rows, documents))
    refuse_nothing(len(there), gold, options)
    notes: list[str] = []
    asked = schema or schema_of(home(gold))
    found = list(_suspects(there, cut(options.depth), folds, asked, notes))
    found.sort(key=lambda each: (-each.score, each.document, repr(each.gold or each.proposed)))
    told = tuple(dict.fromkeys(notes))
    return Audit(len(there), len(predicted), len(found), tuple(found[:limit]), told)


def refuse_one_part(folds: int) -> None:
    """Raise `GloseError` if a model would be asked to judge all by nothing."""
    if folds == 1:
        raise GloseError(
            "a model learns from one part and judges another, so it needs at least 2 parts "
            "(--folds 2), or 0 for no model"
        )


def _suspects(
    documents: Sequence[Beside], cut: Cut, folds: int, schema: Schema | None, notes: list[str]
) -> Iterator[Suspect]:
    layers: tuple[Spans, Spans] = "entity", "trigger"
    for layer in layers:
        texts = [text_of(each, others, layer, cut) for each, others in documents]
        if any(text.gold or any(text.systems) for text in texts):
            yield from SuspectSpans(layer, texts, folds, notes).suspects()
    held = _held(documents, "mentions", "events")
    if any(each.gold.events for each in held):
        yield from SuspectArguments(held, cut, folds, schema, notes).suspects()
    yield from SuspectClusters(_held(documents, "mentions", "entities"), cut).suspects()
    yield from suspect_relations.suspects(_held(documents, "relations"), cut)


def _held(documents: Sequence[Beside], *lists: str) -> list[Held]:
    found = (Held.of(gold, others, *lists) for gold, others in documents)
    return [each for each in found if each is not None]
