"""What somebody who reads the figures should know first: a line each, for standard error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from glose.corpus.document import ANNOTATIONS
from glose.evaluate.metric import Metric
from glose.evaluate.pairing import annotated
from glose.evaluate.plan import Options
from glose.evaluate.protocols import abridged, find, metrics
from glose.evaluate.unpaired import Unpaired

#: With fewer documents than this, percentiles of resampled documents are too narrow to rely on.
FEW = 10


def few(documents: int, options: Options) -> Iterator[str]:
    """Say that intervals of so few documents are rough, where any are drawn."""
    if documents < FEW and options.sampling.samples:
        number = "1 document" if documents == 1 else f"{documents} documents"
        yield f"{number}: intervals of fewer than {FEW} are rough, and mostly too narrow"


def unpaired(found: Unpaired, names: Sequence[str], options: Options) -> Iterator[str]:
    """Say how many documents each system lacks or has too much, and what becomes of them."""
    out = "left out" if len(names) == 1 else "left out for all systems"
    for name, missing, extra in zip(names, found.missing, found.extra, strict=True):
        if missing:
            one = missing == 1
            lacks = "1 document of gold has" if one else f"{missing} documents of gold have"
            ignored = f"is {out}" if one else f"are {out}"
            empty = "counts as empty" if one else "count as empty"
            then = ignored if options.missing == "ignore" else empty
            yield f"{name}: {lacks} no predictions and {then}"
        if extra:
            over = "1 document is" if extra == 1 else f"{extra} documents are"
            yield f"{name}: {over} not in gold and passed over"


def unsaid(fields: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Say which fields no document has, and which of those that are known may be meant."""
    for name in fields:
        yield f"no document has the field {meant(name, known)}"


def meant(name: str, known: Iterable[str]) -> str:
    """Return a name that is not there, with the nearest one that is.

    >>> meant("PRE", ["GPE", "PER"]), meant("PRE", [])
    ("'PRE'; did you mean 'PER'?", "'PRE'")
    """
    near = get_close_matches(name, sorted(known), n=1)
    return f"{name!r}; did you mean {near[0]!r}?" if near else repr(name)


def clustered(clusters: int, alone: int, options: Options) -> Iterator[str]:
    """Say how many clusters are resampled, if they are few, and what is in none."""
    if options.sampling.samples and clusters < FEW:
        number = "1 cluster" if clusters == 1 else f"{clusters} clusters"
        yield f"{number}: intervals of fewer than {FEW} are rough, and mostly too narrow"
    if alone:
        number = "1 document has" if alone == 1 else f"{alone} documents have"
        yield f"{number} no {options.cluster}; each is taken for a cluster by itself"


def whole(metrics: Iterable[Metric]) -> Iterator[str]:
    """Say which metrics are of the corpus as a whole, so that nothing can be resampled."""
    names = dict.fromkeys(metric.name for metric in metrics if metric.statistic.finish)
    if names:
        found = ", ".join(abridged(names))
        yield f"{found}: counted over all documents at once; no intervals, means or buckets"


def warned(options: Options) -> Iterator[str]:
    """Say what is wrong with the figures of the programs whose protocols are asked for."""
    for name in dict.fromkeys(options.protocols):
        yield from find(name).warnings


def unscored(
    options: Options, gold: Path, predicted: Sequence[Path], names: Sequence[str]
) -> Iterator[str]:
    """Say which metrics of a flexible protocol are left out, and whose lists they lack."""
    wanted = metrics([protocol for protocol in map(find, options.protocols) if protocol.flexible])
    there = set(annotated(gold) or ())
    yield from _left_out(wanted, there, "gold", "")
    wanted = [metric for metric in wanted if there.issuperset(metric.statistic.lists)]
    for name, path in zip(names, predicted, strict=True):
        found = annotated(path)
        lists = set(ANNOTATIONS if found is None else found)
        yield from _left_out(wanted, lists, name, " in the predictions")


def _left_out(wanted: Sequence[Metric], there: set[str], name: str, where: str) -> Iterator[str]:
    left = [metric for metric in wanted if not there.issuperset(metric.statistic.lists)]
    if left:
        lists = dict.fromkeys(each for metric in left for each in metric.statistic.lists)
        lacking = ", ".join(each for each in lists if each not in there)
        out = ", ".join(abridged([metric.name for metric in left]))
        yield f"{name}: {lacking} not annotated{where}; {out} not scored"
