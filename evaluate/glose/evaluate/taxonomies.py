"""The taxonomies of errors by what they are of, and which of them a metric belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from glose.corpus.document import Argument, Document, Link, Mention, Relation, Value
from glose.evaluate import mention_errors, relation_errors, taxonomy
from glose.evaluate.annotations import Layer
from glose.evaluate.attribution import Sides, layer
from glose.evaluate.cases import Case
from glose.evaluate.counts import Statistic
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Cut, View

Found: TypeAlias = Callable[[Document, Document, Cut], Iterable[Case]]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """What errors are of, the kinds in the order of repair, and the annotations that they are in.

    `cases` finds them in two documents; without it they are those of `taxonomy.cases`.
    """

    name: str
    kinds: tuple[str, ...]
    layer: Layer
    cases: Found | None = None

    def found(self, sides: Sides, gold: Document, predicted: Document) -> list[Case]:
        """Return the cases of two documents, of which `sides` are the annotations."""
        if self.cases is not None:
            return list(self.cases(gold, predicted, sides.cut))
        scene = taxonomy.Scene.of(gold, predicted, sides.cut)
        return taxonomy.cases(self.layer, sides.gold, sides.predicted, scene)


TAXONOMIES: Mapping[str, Taxonomy] = {
    each.name: each
    for each in (
        *(Taxonomy(name, kinds, name) for name, kinds in taxonomy.KINDS.items()),
        Taxonomy("relation", relation_errors.RELATIONS, "relation", relation_errors.related),
        Taxonomy("link", mention_errors.LINKS, "entity", mention_errors.links),
        Taxonomy("time", mention_errors.TIMES, "entity", mention_errors.times),
        Taxonomy("time link", relation_errors.LINKS, "relation", relation_errors.timed),
    )
}


def of(metric: Metric) -> Taxonomy | None:
    """Return the taxonomy of what a metric counts, `None` if there is none for it."""
    name: str | None = layer(metric)
    if name == "entity":
        name = _of_mentions(metric.statistic)
    elif name == "relation" and _is_temporal(metric.statistic):
        name = "time link"
    return TAXONOMIES.get(name or "")


@cache
def _of_mentions(statistic: Statistic) -> str:
    """Return whether a metric of mentions counts links, times or whatever mentions there are."""
    bare = Mention("m1", "Y", 0, 1, text="a")
    linked = Mention("m1", "Y", 0, 1, text="a", links=(Link("kb", "Q1"),))
    nil = Mention("m1", "Y", 0, 1, text="a", links=(Link("NIL", "NIL1"),))
    time = Mention("m1", "TIMEX3", 0, 1, text="a", value=Value("date:1999"))
    without = _counts(statistic, mentions=(bare,))
    if any(_counts(statistic, mentions=(each,)) != without for each in (linked, nil)):
        return "link"
    return "time" if not any(without) and any(_counts(statistic, mentions=(time,))) else "entity"


@cache
def _is_temporal(statistic: Statistic) -> bool:
    """Tell whether a metric of relations counts none but temporal links."""
    times = tuple(
        Mention(name, "TIMEX3", start, start + 1, text=text)
        for name, start, text in (("m1", 0, "a"), ("m2", 2, "b"))
    )
    args = Argument("a", ref="m1"), Argument("b", ref="m2")
    other, before = Relation("r1", "Z", args), Relation("r1", "BEFORE", args)
    return not any(_counts(statistic, mentions=times, relations=(other,))) and any(
        _counts(statistic, mentions=times, relations=(before,))
    )


def _counts(
    statistic: Statistic, mentions: tuple[Mention, ...], relations: tuple[Relation, ...] = ()
) -> tuple[float, ...]:
    probe = Document(
        id="probe", text="a b", tokens=((0, 1), (2, 3)), mentions=mentions, relations=relations
    )
    return tuple(statistic.tally(View(probe), View(probe)).get(None, ()))
