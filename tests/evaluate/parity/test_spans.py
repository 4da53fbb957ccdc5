"""Our figures of mentions beside those of conlleval, seqeval, nervaluate, HIPE and others.

Each corpus is scored through files, as records with every mention and (`flat`) as tags hold them;
what a tool was given as tags must be the same for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from math import isnan

import pytest
from tests.evaluate.parity.compared import (
    CORPORA,
    Compared,
    Exempt,
    Printed,
    Programs,
    Scored,
    refuse_difference,
)
from tests.evaluate.parity.records import SEEDS, View, expected

from glose.evaluate.results import Average, Score, System

SEMEVAL = {"strict": "strict", "exact": "exact", "partial": "partial", "ent_type": "type"}
HIPE = {"strict": "strict", "ent_type": "fuzzy", "exact": "exact", "partial": "partial"}
FIVE = ("correct", "incorrect", "partial", "missed", "spurious")
FIGURES = ("precision", "recall", "f1")


def found(
    system: System, metric: str, average: Average = "micro", type_: str | None = None
) -> Score:
    score = system.find(metric, average, type_)
    assert score is not None, (metric, average, type_)
    return score


def three(figure: str, score: Score, theirs: Iterable[float | None]) -> Iterator[Compared]:
    for name, wanted in zip(FIGURES, theirs, strict=True):
        yield Compared(f"{figure} {name}", getattr(score, name), wanted)


def counted(figure: str, score: Score, theirs: Printed) -> Iterator[Compared]:
    """Yield the five counts and the two totals."""
    for name in FIVE:
        yield Compared(f"{figure} {name}", score.counts[name], theirs[name])
    yield Compared(f"{figure} actual", score.predicted, theirs["actual"])
    yield Compared(f"{figure} possible", score.gold, theirs["possible"])


def types(system: System, metric: str) -> str:
    return " ".join(str(score.type) for score in system.types(metric))


def seqeval(system: System, theirs: Printed) -> Iterator[Compared]:
    """Tags that come from spans are always valid, so both modes have the same figures."""
    for mode in sorted(theirs.keys() - {"accuracy"}):
        names = {name for name in theirs[mode] if not name.endswith(" avg")}
        yield Compared(f"{mode} types", types(system, "conll/chunk"), " ".join(sorted(names)))
        for name, row in theirs[mode].items():
            if name in names:
                score = found(system, "conll/chunk", type_=name)
                yield Compared(f"{mode} {name} support", score.gold, row["support"])
            else:
                score = found(system, "conll/chunk", name.removesuffix(" avg"))
            shares = (row["precision"], row["recall"], row["f1-score"])
            # Of no types at all the macro average is NaN.
            yield from three(f"{mode} {name}", score, (None if isnan(x) else x for x in shares))
    if "accuracy" in theirs:
        accuracy = found(system, "conll/chunk").extras["accuracy"]
        yield Compared("accuracy", accuracy, theirs["accuracy"])


def conlleval(system: System, theirs: Printed) -> Iterator[Compared]:
    """Every line that it prints, letter by letter."""
    wanted = [line.strip() for line in theirs["raw"]]
    for number, (ours, line) in enumerate(zip(printed(system), wanted, strict=True)):
        yield Compared(f"line {number}", ours, line)


def printed(system: System) -> Iterator[str]:
    """Yield what conlleval prints."""
    micro = found(system, "conll/chunk")
    accuracy = micro.extras["accuracy"]
    assert accuracy is not None
    yield (
        f"processed {micro.counts['tokens']:.0f} tokens with {micro.gold:.0f} phrases; "
        f"found: {micro.predicted:.0f} phrases; correct: {micro.correct:.0f}."
    )
    yield f"accuracy: {100 * accuracy:6.2f}%; {percent(micro)}"
    for score in system.types("conll/chunk"):
        yield f"{score.type}: {percent(score)}  {score.predicted:.0f}"


def percent(score: Score) -> str:
    p, r, f1 = (100 * (getattr(score, name) or 0.0) for name in FIGURES)
    return f"precision: {p:6.2f}%; recall: {r:6.2f}%; FB1: {f1:6.2f}"


def seqscore(system: System, theirs: Printed) -> Iterator[Compared]:
    micro = found(system, "conll/chunk")
    correct, predicted, gold = micro.correct or 0, micro.predicted or 0, micro.gold or 0
    yield from three("all", micro, [theirs[each] for each in "prf"])
    yield Compared("tp", correct, theirs["tp"])
    yield Compared("fp", predicted - correct, theirs["fp"])
    yield Compared("fn", gold - correct, theirs["fn"])
    yield Compared("accuracy", micro.extras["accuracy"], theirs["acc"])
    yield Compared("types", types(system, "conll/chunk"), " ".join(sorted(theirs["types"])))
    for name, row in theirs["types"].items():
        yield from three(name, found(system, "conll/chunk", type_=name), row)


def nervaluate(system: System, theirs: Printed, prefix: str = "") -> Iterator[Compared]:
    """Figures and the five counts, of all types and of each."""
    for name, schemas in [(None, theirs["overall"]), *theirs["types"].items()]:
        for schema, row in schemas.items():
            score = found(system, f"semeval2013/{prefix}{SEMEVAL[schema]}", type_=name)
            yield from counted(f"{name} {schema}", score, row)
            yield from three(f"{name} {schema}", score, [row[each] for each in FIGURES])


def nervaluate_tags(system: System, theirs: Printed) -> Iterator[Compared]:
    return nervaluate(system, theirs, "flat-")


def spacy(system: System, theirs: Printed) -> Iterator[Compared]:
    for metric, entry, prefix in (
        ("spacy/spans", "all_spans", "sc"),
        ("spacy/spans-unlabeled", "all_unlabeled", "sc"),
        ("spacy/ents", "flat", "ents"),
    ):
        printed = theirs[entry]
        yield from three(entry, found(system, metric), [printed[f"{prefix}_{x}"] for x in "prf"])
        for name, row in (printed.get(f"{prefix}_per_type") or {}).items():
            score = found(system, metric, type_=name)
            yield from three(f"{entry} {name}", score, [row[each] for each in "prf"])


def hipe(system: System, theirs: Printed) -> Iterator[Compared]:
    """Micro and by document with the spread, of all types and of each; the two macro means."""
    for name, regimes in [(None, theirs["nerc"]), *theirs["nerc_types"].items()]:
        for regime, row in regimes.items():
            metric, figure = f"hipe2022/{HIPE[regime]}", f"{name} {regime}"
            micro = found(system, metric, type_=name)
            yield from counted(figure, micro, row)
            yield from three(figure, micro, [row[f"{x}_micro"] for x in ("P", "R", "F1")])
            mean = found(system, metric, "macro-document", name)
            keys = [f"{each}_macro_doc" for each in ("P", "R", "F1")]
            yield from three(f"{figure} by document", mean, [row[key] for key in keys])
            for key, spread in zip(keys, mean.extras.values(), strict=True):
                yield Compared(f"{figure} {key}_std", spread, row[f"{key}_std"])
            if name is None:
                yield from hipe_macro(system, metric, row)


def hipe_macro(system: System, metric: str, row: Printed) -> Iterator[Compared]:
    """Yield the means over types; of none the scorer prints 0, ours are undefined."""
    again = {"F1_macro": "F1_macro (recomputed from P & R)"}
    averages: tuple[tuple[Average, Mapping[str, str]], ...] = (
        ("macro", {}), ("macro-of-means", again),
    )  # fmt: skip
    for average, other in averages:
        keys = [other.get(key, key) for key in ("P_macro", "R_macro", "F1_macro")]
        theirs = (row[key] if system.types(metric) else None for key in keys)
        yield from three(f"{metric} {average}", found(system, metric, average), theirs)


def brateval(system: System, theirs: Printed) -> Iterator[Compared]:
    """Each row of its tables as it prints it: counts, and figures with four decimals."""
    for span in ("exact", "overlap"):
        metric = f"brat/entities-{span}"
        lines = (line.split("|") for line in theirs[f"CompareEntities_{span}"])
        rows = {row[0]: row[1:] for row in lines if len(row) == 7 and row[0]}
        names = " ".join(name for name in rows if name != "all")
        yield Compared(f"{span} types", types(system, metric), names)
        for name, row in rows.items():
            score = found(system, metric, type_=None if name == "all" else name)
            ours = [f"{score.counts[key]:.0f}" for key in ("tp", "fp", "fn")]
            ours += [four_decimals(getattr(score, each)) for each in FIGURES]
            for number, (mine, wanted) in enumerate(zip(ours, row, strict=True)):
                yield Compared(f"{span} {name} {number}", mine, wanted)


def four_decimals(figure: float) -> str:
    """Return a number as `String.format("%1.4f")` of Java prints it: half is rounded up."""
    return str(Decimal(repr(figure)).quantize(Decimal("0.0001"), ROUND_HALF_UP))


def dai(system: System, theirs: Printed) -> Iterator[Compared]:
    """Every figure: by type and both averages, of all and of some sentences, and of mentions."""
    for key, wanted in theirs.items():
        name, figure = key.rsplit("-", 1)
        metric = "discontinuous/mentions"
        for prefix, other in (("sentences_with_disc-", "sentences"), ("disc-mention-", "only")):
            if name.startswith(prefix):
                name, metric = name.removeprefix(prefix), f"discontinuous/{other}"
        if name == "micro":
            score = found(system, metric)
        elif name == "macro":
            score = found(system, metric, "macro")
        else:
            score = found(system, metric, type_=name)
        yield Compared(key, getattr(score, figure), wanted)


#: Of each tool the protocol, and the figures that are compared.
COMPARED: Programs = {
    "conlleval.pl 2004-01-26": ("conll", conlleval),
    "seqeval 1.2.2": ("conll", seqeval),
    "seqscore 0.9.0": ("conll", seqscore),
    "nervaluate 1.2.1 all_spans": ("semeval2013", nervaluate),
    "nervaluate 1.2.1 flat": ("semeval2013", nervaluate_tags),
    "HIPE-scorer": ("hipe2022", hipe),
    "spaCy 3.8.18": ("spacy", spacy),
    "brateval 0.3.2": ("brat", brateval),
    "xdai discontinuous NER": ("discontinuous", dai),
}

#: The tools that were given tags.
TAGS = (
    "conlleval.pl 2004-01-26", "seqeval 1.2.2", "seqscore 0.9.0", "nervaluate 1.2.1 flat",
    "HIPE-scorer",
)  # fmt: skip


#: What is not the same, and why.
EXCEPTIONS = (
    Exempt(
        "spaCy 3.8.18", "edge/empty_both", ".*",
        "spaCy has no figures where nothing is on either side, and 0 where nothing is on one; "
        "here both are 0",
    ),
)  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_every_tool_was_run_on_the_seeds(seed: str) -> None:
    assert set(COMPARED) <= set(expected(seed))


@pytest.mark.parametrize(
    ("tool", "corpus"),
    [(tool, corpus) for tool in COMPARED for corpus in CORPORA if tool in expected(corpus)],
)
def test_figures(tool: str, corpus: str, scored: Scored) -> None:
    protocol, compared = COMPARED[tool]
    figures = list(compared(scored(corpus, protocol), expected(corpus)[tool]))
    if any((each.tool, each.corpus) == (tool, corpus) for each in EXCEPTIONS):
        assert {(row.ours, row.theirs) for row in figures} == {(0.0, None)}
    else:
        refuse_difference(figures)


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("tool", TAGS)
def test_figures_of_tags_are_those_of_the_flat_records(
    tool: str, corpus: str, scored: Scored
) -> None:
    protocol, compared = COMPARED[tool]
    flat: View = "flat"
    refuse_difference(compared(scored(corpus, protocol, flat), expected(corpus)[tool]))


@pytest.mark.parametrize("corpus", CORPORA)
def test_flat_spans_in_the_order_of_their_ids_are_as_tags_of_these_corpora(
    corpus: str, scored: Scored
) -> None:
    found = scored(corpus, "semeval2013", "flat")
    refuse_difference(nervaluate(found, expected(corpus)["nervaluate 1.2.1 flat"]))


@pytest.mark.parametrize("corpus", SEEDS)
def test_the_best_pairs_are_at_least_as_many_as_those_of_brateval(
    corpus: str, scored: Scored
) -> None:
    best = found(scored(corpus, "relaxed"), "entity/overlap").correct
    greedy = found(scored(corpus, "brat"), "brat/entities-overlap").correct
    assert best is not None
    assert greedy is not None
    assert best >= greedy
