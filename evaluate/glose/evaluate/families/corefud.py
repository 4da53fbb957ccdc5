"""The figures of corefud-scorer 1.2: mentions as words (docs/metrics/coreference.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Document
from glose.evaluate import chains
from glose.evaluate.chains import Chain, Place
from glose.evaluate.clustered import Clustered
from glose.evaluate.clusters import Sides, clusters, ranked
from glose.evaluate.contingency import Shares
from glose.evaluate.counts import Numbers, Shared, Statistic, Tally
from glose.evaluate.families import coreference as general
from glose.evaluate.families.coref import average
from glose.evaluate.heaviest import dense, greatest, heaviest
from glose.evaluate.likeness import overlapping
from glose.evaluate.metric import Metric, Ratio
from glose.evaluate.overlaps import length
from glose.evaluate.projection import Cut, Pieces, Project, Span
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
    """A mention as the numbers of its words, half-open in each piece, and that of its head."""

    pieces: Pieces
    head: int

    @property
    def order(self) -> tuple[int, int, int, Pieces, int]:
        """What comes first: first words, then last words, then fewer words."""
        first, last = self.pieces[0][0], self.pieces[-1][1]
        return first, last, length(self.pieces), self.pieces, self.head


Mentions: TypeAlias = Sequence[Sequence[Mention]]

#: Whether a gold mention and a predicted one may be the same.
Alike: TypeAlias = Callable[[Mention, Mention], bool]


class Overlap(NamedTuple):
    """The columns of mention overlap: shared words, and the words of the mentions of a side."""

    words: Numbers
    predicted: Numbers
    gold: Numbers


def bounds(document: Document, _cut: Cut = str) -> tuple[Text, ...]:
    """Return the entities of a document by their outer bounds, with its words."""
    found = chains.outer_entities(document)
    return (
        Text(
            Words.of(document),
            [tuple(Place((place.outer,), place.head) for place in chain) for chain in found],
        ),
    )


def pieces(document: Document, _cut: Cut = str) -> tuple[Text, ...]:
    """Return the entities of a document by what they cover, with its words."""
    return (Text(Words.of(document), chains.entities(document)),)


def part_with_head(gold: Mention, predicted: Mention) -> bool:
    """Tell whether a predicted mention is a part of the gold one that has its head."""
    inside = all(
        any(a <= start and end <= b for a, b in gold.pieces) for start, end in predicted.pieces
    )
    return inside and any(start <= gold.head < end for start, end in predicted.pieces)


def same_head(gold: Mention, predicted: Mention) -> bool:
    """Tell whether two mentions have one head."""
    return gold.head == predicted.head


def sides(
    gold: Sequence[Text], predicted: Sequence[Text], alike: Alike | None, least: int = 1
) -> Sides:
    """Return the clusters of one document, with each predicted mention called as the gold one.

    Clusters of fewer mentions than `least` are left out first.
    """
    wanted, given = _placed(gold, predicted, least)
    if alike is not same_head:
        given = _with_heads(given, wanted)
    names = {} if alike is None else _aligned(wanted, given, alike)
    called = [[names.get(mention, mention) for mention in chain] for chain in given]
    return ranked(clusters(wanted), clusters(called))


def overlap(gold: Sequence[Text], predicted: Sequence[Text], least: int = 1) -> Tally:
    """Return how many words the mentions of one document share, `Overlap`."""
    wanted, given = (
        [_span(mention) for chain in side for mention in chain]
        for side in _placed(gold, predicted, least)
    )
    sizes = (sum(length(found) for _, found in side) for side in (given, wanted))
    return {None: Overlap(greatest(overlapping(wanted, given)), *sizes)}


def _placed(
    gold: Sequence[Text], predicted: Sequence[Text], least: int
) -> tuple[Mentions, Mentions]:
    """Return the chains of both sides in the words of gold."""
    words = gold[0].words
    wanted, given = (_once(side[0].chains, words, least) for side in (gold, predicted))
    return wanted, given


def _once(found: Sequence[Chain], words: Words, least: int) -> Mentions:
    """Return chains in words; words that came before are left out, then chains that are short."""
    seen: set[Pieces] = set()
    kept: list[list[Mention]] = []
    for chain in found:
        own = {mention.pieces: mention for mention in (_numbered(p, words) for p in chain)}
        kept.append([mention for spot, mention in own.items() if spot not in seen])
        seen |= own.keys()
    return [chain for chain in kept if len(chain) >= least]


def _with_heads(given: Mentions, wanted: Mentions) -> Mentions:
    """Return predicted mentions with the head of the gold mention of the same words."""
    heads = {mention.pieces: mention.head for chain in wanted for mention in chain}
    return [[m._replace(head=heads.get(m.pieces, m.head)) for m in chain] for chain in given]


def _numbered(place: Place, words: Words) -> Mention:
    """Return a mention by its words; its head is the first word if it does not say another."""
    found = [words.place(*place.pieces[0])]
    for piece in place.pieces[1:]:
        start, end = words.place(*piece)
        if start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    head = words.place(*place.head[0])[0] if place.head else found[0][0]
    return Mention(tuple(found), head)


def _aligned(gold: Mentions, predicted: Mentions, alike: Alike) -> dict[Mention, Mention]:
    """Return the gold mention that each predicted one stands for, but for equal ones."""
    wanted, given = ({m for chain in side for m in chain} for side in (gold, predicted))
    left, rest = (sorted(s, key=lambda m: m.order) for s in (wanted - given, given - wanted))
    common = overlapping(*([_span(mention) for mention in side] for side in (left, rest)))
    weights = {
        (i, j): words / length(left[i].pieces)
        for (i, j), words in sorted(common.items())
        if alike(left[i], rest[j])
    }
    # Of equally good alignments it is the one that scipy finds in the table of all mentions.
    small = len(left) * len(rest) <= WHOLE
    pairs = dense(weights, len(left), len(rest)) if small else heaviest(weights)
    return {rest[j]: left[i] for i, j in pairs}


def _span(mention: Mention) -> Span:
    """Return a mention as a span of words, its head standing for its type."""
    return str(mention.head), mention.pieces


def mor(n: Overlap) -> Shared:
    """Return the words that mentions share, aligned at best."""
    return Shared(n.words, n.predicted, n.words, n.gold)


class Mode(NamedTuple):
    """What the program keeps: its mark in names, how mentions are placed, the least of a cluster.

    With singletons mentions are outer bounds, as the perl scorer has them; the mode of the task,
    without any, has the words of a mention and no others.
    """

    mark: str
    project: Project
    least: int

    def metrics(self) -> Iterator[Metric]:
        """Yield the metrics of all ways to match mentions."""
        name = f"corefud overlap{self.mark}"
        overlaps = self._statistic(name, Overlap, partial(overlap, least=self.least))
        for match, alike in _MATCHES.items():
            yield from self._matched(f"corefud-{match}{self.mark}", alike)
            yield Metric(
                f"corefud-{match}{self.mark}/mor", overlaps, mor, averages=(), undefined=0.0
            )

    def _matched(self, family: str, alike: Alike | None) -> Iterator[Metric]:
        """Yield the metrics of one way to match mentions, but for overlap."""
        count = Clustered(partial(sides, alike=alike, least=self.least), general.shares)
        statistic = self._statistic(family.replace("-", " ", 1), Shares, count)
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

    def _statistic(
        self, name: str, columns: type[object], count: Callable[..., Tally]
    ) -> Statistic:
        return Statistic(name, _LISTS, columns, self.project, count, reads=_READS)


_LISTS = ("mentions", "entities")
_READS = (*_LISTS, "tokens")
_MATCHES: Mapping[str, Alike | None] = {
    "exact": None, "partial": part_with_head, "head": same_head,
}  # fmt: skip
_RATIOS: tuple[tuple[str, Ratio], ...] = (
    ("muc", general.muc), ("bcub", general.b3), ("ceafe", general.ceafe),
    ("ceafm", general.ceafm), ("lea", general.lea),
)  # fmt: skip
_KEPT = tuple(Mode("", bounds, 1).metrics())
_DROPPED = tuple(Mode("-no-singletons", pieces, 2).metrics())
_WARNINGS = (
    "MUC is 0 where neither side has a link, and counts so in the average",
    "a record has no empty words: of data with zeros the program gives other figures",
)


def _official(match: str) -> Protocol:
    """Return what the program does if it is not told to keep singletons."""
    family = f"corefud-{match}-no-singletons"
    return Protocol(
        family,
        tuple(metric.name for metric in _DROPPED if metric.name.startswith(f"{family}/")),
        f"words, without singletons: {match}",
        reference=f"corefud-scorer 1.2, --match {match}",
        warnings=_WARNINGS,
    )


METRICS = (*_KEPT, *_DROPPED)
PROTOCOLS = (
    Protocol(
        "corefud",
        tuple(metric.name for metric in _KEPT),
        "words of outer bounds, with singletons: exact, partial, head",
        reference="corefud-scorer 1.2, --keep-singletons, --match exact, partial-corefud and head",
        warnings=_WARNINGS,
    ),
    *map(_official, _MATCHES),
)
