"""Entity linking: mentions with their entries, as sets and by overlap (docs/metrics/links.md)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence

from glose.evaluate import matching
from glose.evaluate.counts import Shared, Statistic, Tally, sets
from glose.evaluate.families.events import same
from glose.evaluate.linked import Entry, Linked, linked
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Pieces, Span
from glose.evaluate.protocol import Protocol


def is_linked(mention: Linked) -> bool:
    """Tell whether a mention has an entry."""
    return mention.entry is not None


def is_nil(mention: Linked) -> bool:
    """Tell whether a mention is said to have none."""
    return mention.nil


def _told(mention: Linked) -> bool:
    return is_linked(mention) or is_nil(mention)


def _keyed(
    name: str, key: Callable[[Linked], Hashable], kept: Callable[[Linked], bool]
) -> Statistic:
    """Return a comparison of the sets of keys of the mentions that are kept."""

    def count(gold: Sequence[Linked], predicted: Sequence[Linked]) -> Tally:
        wanted, found = ([(m.type, key(m)) for m in side if kept(m)] for side in (gold, predicted))
        return sets(wanted, found)

    return Statistic(name, ("mentions",), Shared, linked, count)


def _overlap(gold: Sequence[Linked], predicted: Sequence[Linked]) -> Tally:
    """Return the counts of mentions of one entry that overlap, one to one (matching.spans)."""
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
    wanted, found = _by_entry(gold), _by_entry(predicted)
    for entry in wanted.keys() | found.keys():
        matched = matching.spans(wanted.get(entry, []), found.get(entry, []))
        pairs = [(span, span) for span in matched.equal]
        pairs += matched.typed + matched.moved + matched.both
        for (of_gold, _), (of_predicted, _) in pairs:
            rows[of_predicted][0] += 1
            rows[of_gold][2] += 1
    for column, side in ((1, found), (3, wanted)):
        for name, number in Counter(name for spans in side.values() for name, _ in spans).items():
            rows[name][column] += number
    tally: Tally = {name: tuple(row) for name, row in rows.items()}
    tally[None] = tuple(map(sum, zip(*tally.values(), strict=True))) or (0,) * 4
    return tally


def _candidates(gold: Sequence[Linked], predicted: Sequence[Linked]) -> Tally:
    """Return the counts of gold entries that are among the candidates for their place."""
    given: dict[Pieces, set[Entry]] = defaultdict(set)
    for mention in predicted:
        given[mention.pieces] |= mention.candidates
    wanted = {(m.type, m.pieces, m.entry) for m in gold if m.entry is not None}
    right = {pieces for _, pieces, entry in wanted if entry in given.get(pieces, ())}
    guessed = {(m.type, m.pieces) for m in predicted if m.candidates}
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
    for type_, pieces in guessed | {(None, pieces) for _, pieces in guessed}:
        rows[type_][0] += pieces in right
        rows[type_][1] += 1
    for type_, pieces, entry in wanted | {(None, *each[1:]) for each in wanted}:
        rows[type_][2] += entry in given.get(pieces, ())
        rows[type_][3] += 1
    return {None: (0,) * 4, **{name: tuple(row) for name, row in rows.items()}}


def _by_entry(mentions: Sequence[Linked]) -> dict[Entry, list[Span]]:
    found: dict[Entry, list[Span]] = defaultdict(list)
    for mention in mentions:
        if mention.entry is not None:
            found[mention.entry].append((mention.type, mention.pieces))
    return found


METRICS = tuple(
    Metric(statistic.name, statistic, same)
    for statistic in (
        _keyed("link/mention", lambda m: m.pieces, is_linked),
        _keyed("link/strict", lambda m: (m.pieces, m.entry), is_linked),
        _keyed("link/typed", lambda m: (m.pieces, m.type, m.entry), is_linked),
        Statistic("link/overlap", ("mentions",), Shared, linked, _overlap),
        Statistic("link/candidates", ("mentions",), Shared, linked, _candidates),
        _keyed("link/nil", lambda m: m.pieces, is_nil),
        _keyed("link/all", lambda m: (m.pieces, m.entry), _told),
        _keyed("link/document", lambda m: m.entry, is_linked),
    )
)
PROTOCOLS = (Protocol("links", tuple(metric.name for metric in METRICS), "set, overlap 1:1"),)
