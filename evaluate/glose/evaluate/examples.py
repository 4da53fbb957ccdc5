"""A scorer for pipelines of spaCy: any metric of mentions, on `Example` objects.

It is registered as `glose.scorer.v1` in the entry points `spacy_scorers`, so that a configuration
names it and nothing is imported; spaCy itself is not needed here. The names of the figures are
spaCy's. Annotations are not postponed, as spaCy reads those of `make_scorer`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Dict, List, Optional, Protocol, TypeAlias  # noqa: UP035

from glose.evaluate.evaluating import score
from glose.evaluate.protocols import find
from glose.evaluate.results import Score, System

#: A figure, figures by type, or `None` where there are none.
Figure: TypeAlias = float | dict[str, dict[str, float | None]] | None

Record: TypeAlias = dict[str, Any]


class Span(Protocol):
    """A span of spaCy: numbers of tokens, half-open, and a label."""

    start: int
    end: int
    label_: str


class Example(Protocol):
    """An `Example` of spaCy: `y` is gold, `x` what was predicted, each with tokens of its own."""

    x: Any
    y: Any
    alignment: Any


def make_scorer(
    protocols: List[str] = ["entity/strict"],  # noqa: B006, UP006
    spans_key: Optional[str] = None,  # noqa: UP045
) -> Callable[..., Dict[str, Any]]:  # noqa: UP006
    """Return a scorer by protocols of mentions: entities, or the spans of a key of `doc.spans`.

    Raises `GloseError` where no protocol has a name.
    """
    for name in protocols:
        find(name)

    def scorer(examples: Iterable[Example], **_: object) -> dict[str, Figure]:
        return figures(examples, protocols, spans_key)

    return scorer


def figures(
    examples: Iterable[Example], protocols: Sequence[str], spans_key: str | None = None
) -> dict[str, Figure]:
    """Return the figures of each metric: `entity/strict_p`, `_r`, `_f`, and `_per_type`.

    Those of the first metric come as `ents_p` (or `spans_KEY_p`) and so on, too. What is not
    defined is `None`; all is if no example has gold.
    """
    gold, predicted = [], []
    for number, example in enumerate(examples):
        if spans_key is not None or example.y.has_annotation("ENT_IOB"):
            gold.append(_gold(example, f"d{number:09}", spans_key))
            predicted.append(_predicted(example, f"d{number:09}", spans_key))
    prefix = "ents" if spans_key is None else f"spans_{spans_key}"
    if not gold:
        return dict.fromkeys(f"{prefix}_{name}" for name in ("p", "r", "f", "per_type"))
    system = score(gold, {"predicted": predicted}, protocols, samples=0).systems[0]
    found = _named(prefix, system, system.metrics[0])
    for metric in system.metrics:
        found |= _named(metric, system, metric)
    return found


def _named(prefix: str, system: System, metric: str) -> dict[str, Figure]:
    whole = system.find(metric)
    found: dict[str, Figure] = {f"{prefix}_{name}": each for name, each in _prf(whole).items()}
    found[f"{prefix}_per_type"] = {each.type or "": _prf(each) for each in system.types(metric)}
    return found


def _prf(found: Score | None) -> dict[str, float | None]:
    if found is None:
        return {"p": None, "r": None, "f": None}
    return {"p": found.precision, "r": found.recall, "f": found.f1}


def _gold(example: Example, name: str, key: str | None) -> Record:
    """Return the record of what is gold."""
    document = example.y
    spans = ((span.label_, span.start, span.end) for span in _spans(document, key))
    tokens = [[token.idx, token.idx + len(token)] for token in document]
    return {"id": name, "text": document.text, "tokens": tokens, **_mentions(document, spans)}


def _predicted(example: Example, name: str, key: str | None) -> Record:
    """Return the record of what was predicted, on the tokens of gold."""
    return {"id": name, **_mentions(example.y, _aligned(example, key))}


def _aligned(example: Example, key: str | None) -> Iterator[tuple[str, int, int]]:
    """Yield label, first token and the token after the last, as spaCy aligns them.

    Entities over tokens of which gold says nothing are neither right nor wrong, so left out.
    """
    for span in _spans(example.x, key):
        places = example.alignment.x2y[span.start : span.end]
        if len(places):
            start, end = int(places[0]), int(places[-1]) + 1
            if key is not None or all(token.ent_iob != 0 for token in example.y[start:end]):
                yield span.label_, start, end


def _spans(document: Any, key: str | None) -> Iterable[Span]:  # noqa: ANN401
    spans: Iterable[Span] = document.ents if key is None else document.spans.get(key, ())
    return spans


def _mentions(document: Any, spans: Iterable[tuple[str, int, int]]) -> Record:  # noqa: ANN401
    """Return the mentions of spans of tokens, in code points of the text."""
    mentions = []
    for number, (label, first, after) in enumerate(spans):
        start, last = document[first].idx, document[after - 1]
        end = last.idx + len(last)
        mentions.append({
            "id": f"m{number}", "type": label, "start": start, "end": end,
            "text": document.text[start:end],
        })  # fmt: skip
    return {"mentions": mentions}
