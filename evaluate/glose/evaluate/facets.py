"""Facets of a document: what it holds in each layer, gold and predicted side by side.

Mentions, triggers and arguments are those of mistakes.py. Of links, values and clusters each item
is a span with something said of it: its entry, its value, the cluster that it belongs to. They are
aligned as mentions are (matching.py), and what is said takes the place of the type. Templates and
labels have no place in the text: they are listed beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from glose.corpus.document import Document
from glose.evaluate.beside import Beside, Facet, Said, Shown, aligned
from glose.evaluate.labels import SIGN, labels
from glose.evaluate.linked import linked
from glose.evaluate.membership import coreference, event_coreference
from glose.evaluate.mistakes import mistakes
from glose.evaluate.projection import Pieces, View, pieces
from glose.evaluate.results import Item
from glose.evaluate.templated import templated
from glose.evaluate.ties import related

#: What must have been annotated for each facet; the order is that in which they are offered.
LISTS: Mapping[Facet, tuple[str, ...]] = {
    "entity": ("mentions",),
    "trigger": ("events",),
    "argument": ("events",),
    "coreference": ("mentions", "entities"),
    "event coreference": ("events", "event_clusters"),
    "relation": ("relations",),
    "link": ("mentions",),
    "value": ("mentions",),
    "template": ("templates",),
    "label": ("labels",),
}

Facing: TypeAlias = Callable[[View, View], Iterator[Beside]]


def annotated(gold: Document, predicted: Document) -> tuple[Facet, ...]:
    """Return the facets whose lists were annotated on both sides."""
    both = set(gold.status.annotated) & set(predicted.status.annotated)
    return tuple(facet for facet, lists in LISTS.items() if both.issuperset(lists))


def facets(gold: View, predicted: View) -> Iterator[Beside]:
    """Yield the items of two documents in all facets that both have, each in order of the text."""
    for facet in annotated(gold.document, predicted.document):
        yield from sorted(_FACETS[facet](gold, predicted), key=_order)


def _order(beside: Beside) -> tuple[Pieces, str]:
    first = beside.gold or beside.predicted
    return first.pieces if first else (), repr(beside)


def _mistakes(layer: Literal["entity", "trigger", "argument"]) -> Facing:
    def found(gold: View, predicted: View) -> Iterator[Beside]:
        for each in mistakes(layer, gold, predicted):
            yield Beside(layer, each.kind, _item(each.gold), _item(each.predicted))

    return found


def _item(item: Item | None) -> Shown | None:
    if item is None:
        return None
    group = "" if item.role is None else item.label.removesuffix(f": {item.role}")
    text = "" if item.pieces else item.text
    return Shown(item.name, item.name, item.pieces, group, text)


def _links(gold: View, predicted: View) -> Iterator[Beside]:
    def said(view: View) -> Iterator[Said]:
        for each in linked(view.document, view.cut):
            if each.entry or each.nil:
                name = ":".join(each.entry) if each.entry else "NIL"
                yield (name, each.pieces), Shown(name, each.type, each.pieces)

    return aligned("link", said(gold), said(predicted))


def _values(gold: View, predicted: View) -> Iterator[Beside]:
    def said(view: View) -> Iterator[Said]:
        for mention in view.document.mentions:
            if mention.value:
                where, name = pieces(mention), mention.value.norm
                yield (name, where), Shown(name, view.cut(mention.type), where)

    return aligned("value", said(gold), said(predicted))


def _labels(gold: View, predicted: View) -> Iterator[Beside]:
    """Yield labels of the document; of a scheme with one on each side the value may be wrong."""
    wanted, found = (set(labels(view.document, view.cut)) for view in (gold, predicted))
    shown = {
        each: Shown(SIGN.join(each), each[0], (), each[0], each[1]) for each in wanted | found
    }
    for each in wanted & found:
        yield Beside("label", "correct", shown[each], shown[each])
    missed, spurious = _by_scheme(wanted - found), _by_scheme(found - wanted)
    for scheme in missed.keys() | spurious.keys():
        ours, theirs = missed.get(scheme, []), spurious.get(scheme, [])
        if len(ours) == len(theirs) == 1:
            yield Beside("label", "type", shown[ours[0]], shown[theirs[0]])
            continue
        yield from (Beside("label", "missed", shown[each], None) for each in ours)
        yield from (Beside("label", "spurious", None, shown[each]) for each in theirs)


def _by_scheme(found: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    schemes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in found:
        schemes[each[0]].append(each)
    return schemes


_FACETS: Mapping[Facet, Facing] = {
    "entity": _mistakes("entity"),
    "trigger": _mistakes("trigger"),
    "argument": _mistakes("argument"),
    "coreference": coreference,
    "event coreference": event_coreference,
    "relation": related,
    "link": _links,
    "value": _values,
    "template": templated,
    "label": _labels,
}
