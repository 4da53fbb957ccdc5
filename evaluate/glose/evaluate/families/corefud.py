"""The figures of corefud-scorer 1.2: mentions as words (docs/metrics/coreference.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Document
from glose.evaluate.chains import Chain, Place, outer_entities
from glose.evaluate.clustered import Clustered
from glose.evaluate.clusters import Sides, clusters, ranked
from glose.evaluate.contingency import Shares
from glose.evaluate.counts import Numbers, Shared, Statistic, Tally
from glose.evaluate.families import coreference as general
from glose.evaluate.families.coref import average
from glose.evaluate.heaviest import dense, greatest, heaviest
from glose.evaluate.likeness import overlapping
from glose.evaluate.metric import Metric, Ratio
from glose.evaluate.projection import Cut
from glose.evaluate.protocol import Protocol
from glose.evaluate.words import Words

#: In how large a table of mentions without an equal one, gold times predicted, scipy is asked for
#: its choice of equally good alignments; in larger ones it is that of each group of mentions.
WHOLE = 4_000_000


class Text(NamedTuple):
    """The chains of a document, and its words, if it has a text."""

    words: Words
    chains: Sequence[Chain]


class Mention(NamedTuple):
    """A mention as the numbers of its words, half-open, and that of its head."""

    start: int
    end: int
    head: int


Mentions: TypeAlias = Sequence[Sequence[Mention]]

#: Whether a gold mention and a predicted one may be the same.
Alike: TypeAlias = Callable[[Mention, Mention], bool]


class Overlap(NamedTuple):
    """The columns of mention overlap: shared words, and the words of the mentions of a side."""

    words: Numbers
    predicted: Numbers
    gold: Numbers


def text(document: Document, _cut: Cut = str) -> tuple[Text, ...]:
    """Return the entities of a document by their outer bounds, with its words."""
    return (Text(Words.of(document), outer_entities(document)),)


def part_with_head(gold: Mention, predicted: Mention) -> bool:
    """Tell whether a predicted mention is a part of the gold one that has its head."""
    inside = gold.start <= predicted.start and predicted.end <= gold.end
    return inside and predicted.start <= gold.head < predicted.end


def same_head(gold: Mention, predicted: Mention) -> bool:
    """Tell whether two mentions have one head."""
    return gold.head == predicted.head


def sides(gold: Sequence[Text], predicted: Sequence[Text], alike: Alike | None) -> Sides:
    """Return the clusters of one document, with each predicted mention called as the gold one."""
    wanted, given = _placed(gold, predicted)
    if alike is not same_head:
        given = _with_heads(given, wanted)
    names = {} if alike is None else _aligned(wanted, given, alike)
    called = [[names.get(mention, mention) for mention in chain] for chain in given]
    return ranked(clusters(wanted), clusters(called))


def overlap(gold: Sequence[Text], predicted: Sequence[Text]) -> Tally:
    """Return how many words the mentions of one document share, `Overlap`."""
    wanted, given = (
        [_span(mention) for chain in side for mention in chain]
        for side in _placed(gold, predicted)
    )
    sizes = (sum(end - start for _, ((start, end),) in side) for side in (given, wanted))
    return {None: Overlap(greatest(overlapping(wanted, given)), *sizes)}


def _placed(gold: Sequence[Text], predicted: Sequence[Text]) -> tuple[Mentions, Mentions]:
    """Return the chains of both sides in the words of gold."""
    words = gold[0].words
    wanted, given = (_once(side[0].chains, words) for side in (gold, predicted))
    return wanted, given


def _once(chains: Sequence[Chain], words: Words) -> Mentions:
    """Return chains in words; words that came before are left out."""
    seen: set[tuple[int, int]] = set()
    found: list[list[Mention]] = []
    for chain in chains:
        own = {mention[:2]: mention for mention in (_numbered(place, words) for place in chain)}
        found.append([mention for span, mention in own.items() if span not in seen])
        seen |= own.keys()
    return [chain for chain in found if chain]


def _with_heads(given: Mentions, wanted: Mentions) -> Mentions:
    """Return predicted mentions with the head of the gold mention of the same words."""
    heads = {mention[:2]: mention.head for chain in wanted for mention in chain}
    return [[m._replace(head=heads.get(m[:2], m.head)) for m in chain] for chain in given]


def _numbered(place: Place, words: Words) -> Mention:
    """Return a mention by its words; its head is the first word if it does not say another."""
    start, end = words.place(*place.outer)
    head = words.place(*place.head[0])[0] if place.head else start
    return Mention(start, end, head)


def _aligned(gold: Mentions, predicted: Mentions, alike: Alike) -> dict[Mention, Mention]:
    """Return the gold mention that each predicted one stands for, but for equal ones."""
    wanted, given = ({m for chain in side for m in chain} for side in (gold, predicted))
    left, rest = sorted(wanted - given), sorted(given - wanted)
    common = overlapping(*([_span(mention) for mention in side] for side in (left, rest)))
    weights = {
        (i, j): words / (left[i].end - left[i].start)
        for (i, j), words in sorted(common.items())
        if alike(left[i], rest[j])
    }
    # Of equally good alignments it is the one that scipy finds in the table of all mentions.
    small = len(left) * len(rest) <= WHOLE
    pairs = dense(weights, len(left), len(rest)) if small else heaviest(weights)
    return {rest[j]: left[i] for i, j in pairs}


def _span(mention: Mention) -> tuple[str, tuple[tuple[int, int]]]:
    """Return a mention as a span of words, its head standing for its type."""
    return str(mention.head), ((mention.start, mention.end),)


def mor(n: Overlap) -> Shared:
    """Return the words that mentions share, aligned at best."""
    return Shared(n.words, n.predicted, n.words, n.gold)


_LISTS = ("mentions", "entities")
_MATCHES: Mapping[str, Alike | None] = {
    "exact": None, "partial": part_with_head, "head": same_head,
}  # fmt: skip
_OVERLAPS = Statistic("corefud overlap", _LISTS, Overlap, text, overlap)
_RATIOS: tuple[tuple[str, Ratio], ...] = (
    ("muc", general.muc), ("bcub", general.b3), ("ceafe", general.ceafe),
    ("ceafm", general.ceafm), ("lea", general.lea),
)  # fmt: skip


def _metrics(match: str) -> Iterator[Metric]:
    """Yield the metrics of one way to match mentions."""
    count = Clustered(partial(sides, alike=_MATCHES[match]), general.shares)
    statistic = Statistic(f"corefud {match}", _LISTS, Shares, text, count)
    family = f"corefud-{match}"
    for name, ratio in _RATIOS:
        yield Metric(f"{family}/{name}", statistic, ratio, averages=(), undefined=0.0)
    yield Metric(
        f"{family}/blanc", statistic, general.pairs, others=(general.apart,),
        join=general.joined, averages=(), undefined=0.0,
    )  # fmt: skip
    yield Metric(
        f"{family}/conll", statistic, general.muc, others=(general.b3, general.ceafe),
        join=average, averages=(), undefined=0.0,
    )  # fmt: skip
    yield Metric(f"{family}/mor", _OVERLAPS, mor, averages=(), undefined=0.0)


METRICS = tuple(metric for match in _MATCHES for metric in _metrics(match))
PROTOCOLS = (
    Protocol(
        "corefud",
        tuple(metric.name for metric in METRICS),
        "words of outer bounds, with singletons: exact, partial, head",
        reference="corefud-scorer 1.2, --keep-singletons, --match exact, partial-corefud and head",
        warnings=("MUC is 0 where neither side has a link, and counts so in the average",),
    ),
)
