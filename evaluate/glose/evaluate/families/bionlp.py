"""The events of BioNLP-ST 2013 GE, task 1, as a2-evaluate counts them (docs/metrics/bionlp.md)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import same
from glose.evaluate.metric import Metric
from glose.evaluate.nesting import Nested, Rule, equal, nested
from glose.evaluate.protocol import Protocol

_SIMPLE = (
    "Gene_expression", "Transcription", "Protein_catabolism", "Localization",
    "Protein_modification", "Phosphorylation", "Ubiquitination", "Acetylation", "Deacetylation",
)  # fmt: skip
_REGULATION = ("Regulation", "Positive_regulation", "Negative_regulation")

#: The rows in which a class counts beside its own; `None` is ALL-TOTAL.
TOTALS: Mapping[str, tuple[str | None, ...]] = {
    **dict.fromkeys(_SIMPLE, ("SVT-TOTAL", "EVT-TOTAL", None)),
    "Binding": ("EVT-TOTAL", None),
    **dict.fromkeys(_REGULATION, ("REG-TOTAL", None)),
}


def _counted(name: str, rule: Rule) -> Statistic:
    """Return a count of the events that have an equal one on the other side."""

    def count(gold: Sequence[Nested], predicted: Sequence[Nested]) -> Tally:
        pairs = list(equal(gold, predicted, rule))
        wanted = _by_class(gold, {one for one, _ in pairs})
        found = _by_class(predicted, {other for _, other in pairs})
        rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
        for class_, totals in TOTALS.items():
            matched_gold, golds = wanted[class_]
            matched, answers = found[class_]
            # Of several answers to one event all but one are taken out of the account.
            again = max(0, matched - matched_gold)
            row = (matched - again, answers - again, matched_gold, golds)
            for into in (class_, *totals):
                rows[into] = [sum(each) for each in zip(rows[into], row, strict=True)]
        return {group: tuple(row) for group, row in rows.items()}

    return Statistic(name, ("mentions", "events"), Shared, nested, count)


def _by_class(events: Sequence[Nested], matched: set[int]) -> Mapping[str, tuple[int, int]]:
    """Return how many events of each class are matched, and how many there are."""
    all_ = Counter(event.type for event in events)
    some = Counter(events[number].type for number in matched)
    return {class_: (some[class_], all_[class_]) for class_ in TOTALS}


METRICS = tuple(
    Metric(statistic.name, statistic, same, averages=(), undefined=0.0)
    for statistic in (
        _counted("bionlp/strict", Rule()),
        _counted("bionlp/span", Rule(near=True)),
        _counted("bionlp/recursive", Rule(themes=True)),
        _counted("bionlp/span-recursive", Rule(near=True, themes=True)),
    )
)
PROTOCOLS = (
    Protocol(
        "bionlp",
        tuple(metric.name for metric in METRICS),
        "any equal event, duplicates taken out",
        reference="a2-evaluate.pl (BioNLP-ST 2013 GE, task 1)",
        warnings=(
            "a gold event is found if any answer equals it: matches are not one to one",
            "wrong answers that are given twice count twice, right ones once",
            "events of other classes than the thirteen of the task are left out",
        ),
    ),
)
