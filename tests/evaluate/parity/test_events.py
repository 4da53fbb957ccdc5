"""Our figures of events and arguments beside those of TextEE, OneIE, DyGIE++ and others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from tests.evaluate.parity.conftest import Scored
from tests.evaluate.parity.records import EDGES, SEEDS, Record, Small, expected, record, small

from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.results import Average, System
from glose.evaluate.scoring import score

CORPORA = [*SEEDS, *(f"edge/{name}" for name in EDGES)]

#: From the keys of each tool's figures to our metrics.
TEXTEE = {
    "trigger_id": "trigger-identification",
    "trigger_cls": "trigger-classification",
    "argument_id": "argument-identification",
    "argument_cls": "argument-classification",
    "argument_attached_id": "argument-attached-identification",
    "argument_attached_cls": "argument-attached-classification",
}
ONEIE = {
    "entity": "entity",
    "mention": "mention",
    "trigger": "trigger",
    "trigger_id": "trigger-identification",
    "role": "role",
    "role_id": "role-identification",
}
DYGIE = {
    "trig_id": "trigger-identification",
    "trig_class": "trigger",
    "arg_id": "argument-identification",
    "arg_class": "argument",
}
GENARG = {
    "Role identification": "role-identification",
    "Role": "role",
    "Coref Role identification": "coref-role-identification",
    "Coref Role": "coref-role",
}


def figures(
    system: System, metric: str, average: Average = "micro", type_: str | None = None
) -> list[float]:
    """Return P, R and F1; of a type that does not occur, 0 as it is printed."""
    told = system.find(metric, average, type_)
    if told is None:
        return [0.0] * 3
    found = [told.precision, told.recall, told.f1]
    return [each for each in found if each is not None]


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("task", ["E2E", "ED", "EAE"])
def test_textee(scored: Scored, corpus: str, task: str) -> None:
    theirs = expected(corpus)[f"TextEE scorer {task}"]
    system = scored(corpus, "textee")
    prefix = "textee/eae-" if task == "EAE" else "textee/"
    for key, wanted in theirs.items():
        told = system.find(prefix + TEXTEE[key])
        assert told is not None
        found = [told.predicted, told.gold, told.correct]
        assert found == [wanted["pred_num"], wanted["gold_num"], wanted["match_num"]], key
        assert [100 * each for each in figures(system, prefix + TEXTEE[key])] == pytest.approx(
            [wanted["precision"], wanted["recall"], wanted["f1"]], abs=1e-9
        )


@pytest.mark.parametrize("corpus", CORPORA)
def test_oneie(scored: Scored, corpus: str) -> None:
    theirs = expected(corpus)["OneIE score_graphs (TextEE copy)"]
    system = scored(corpus, "ace")
    for key, name in ONEIE.items():
        wanted = [theirs[key][each] for each in ("prec", "rec", "f")]
        assert figures(system, f"ace/oneie-{name}") == pytest.approx(wanted, abs=1e-9), key


@pytest.mark.parametrize("corpus", CORPORA)
def test_dygie(scored: Scored, corpus: str) -> None:
    theirs = expected(corpus)["DyGIE++ EventMetrics"]
    system = scored(corpus, "ace")
    for key, name in DYGIE.items():
        wanted = [theirs[f"{key}_{each}"] for each in ("precision", "recall", "f1")]
        assert figures(system, f"ace/dygie-{name}") == pytest.approx(wanted, abs=1e-9), key


@pytest.mark.parametrize("corpus", CORPORA)
def test_omnievent(scored: Scored, corpus: str) -> None:
    theirs = expected(corpus)["OmniEvent"]
    system = scored(corpus, "omnievent")
    found = [100 * each for each in figures(system, "omnievent/trigger")]
    wanted = [theirs["unified_ED"][each] for each in ("precision", "recall", "micro_f1")]
    assert found == pytest.approx(wanted, abs=1e-9)
    found = figures(system, "omnievent/argument")
    assert found == pytest.approx(theirs["seq2seq_overall_args"], abs=1e-9)


@pytest.mark.parametrize("corpus", CORPORA)
def test_metametric(scored: Scored, corpus: str) -> None:
    theirs = expected(corpus)["metametric event_extraction_suite"]
    system = scored(corpus, "metametric")
    for level in ("identification", "classification"):
        for what in ("trigger", "argument"):
            found = figures(system, f"metametric/{what}-{level}", "macro-document")
            wanted = [theirs[f"{what}_{level}-{each}"] for each in ("precision", "recall", "f1")]
            assert found == pytest.approx(wanted, abs=1e-9)


def printed(system: System, mode: str) -> dict[str, list[float]]:
    """Return what gen-arg prints in a mode."""
    prefix = "wikievents/head-" if mode.startswith("head") else "wikievents/"
    return {
        key: [round(100 * each, 2) for each in figures(system, prefix + name)]
        for key, name in GENARG.items()
        if mode.endswith("coref") or not key.startswith("Coref")
    }


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("mode", ["span", "span_coref"])
def test_wikievents(scored: Scored, corpus: str, mode: str) -> None:
    theirs = expected(corpus)["gen-arg genie/scorer.py"][mode]
    assert printed(scored(corpus, "wikievents"), mode) == theirs


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("mode", ["head", "head_coref"])
def test_wikievents_with_the_heads_of_its_own_rule(tmp_path: Path, corpus: str, mode: str) -> None:
    gold, predicted = (saved(tmp_path, corpus, side, climbed) for side in ("gold", "pred"))
    options = Options(protocols=("wikievents",), sampling=Sampling(0))
    system = score(gold, [predicted], options=options).systems[0]
    assert printed(system, mode) == expected(corpus)["gen-arg genie/scorer.py"][mode]


def test_wikievents_with_other_heads(scored: Scored) -> None:
    """The records have the first word whose head lies outside: not what gen-arg takes."""
    assert printed(scored("seed1", "wikievents"), "head_coref") == {
        "Role identification": [74.15, 47.2, 57.68],
        "Role": [63.07, 40.14, 49.06],
        "Coref Role identification": [75.28, 47.92, 58.56],
        "Coref Role": [63.92, 40.69, 49.72],
    }


def climbed(item: Small) -> Record:
    """Return a record whose heads are those to which its first word leads inside a mention."""
    found = record(item)
    words = {start: number for number, (start, _) in enumerate(found["tokens"])}
    for mention in found["mentions"]:
        inside = [n for s, n in words.items() if mention["start"] <= s < mention["end"]]
        head = inside[0]
        while item["heads"][head] in inside and item["heads"][head] != head:
            head = item["heads"][head]
        mention["head"] = found["tokens"][head]
    return found


def bare(item: Small) -> Record:
    """Return a record without tokens and sentences."""
    return {**record(item), "tokens": [], "segments": []}


def saved(folder: Path, corpus: str, side: str, make: Callable[[Small], Record]) -> Path:
    path = folder / f"{side}.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(make(s)) + b"\n" for s in small(corpus, side)))
    return path


@pytest.mark.parametrize("corpus", CORPORA)
def test_words_and_sentences_are_found_without_tokens_and_segments(
    tmp_path: Path, scored: Scored, corpus: str
) -> None:
    gold, predicted = (saved(tmp_path, corpus, side, bare) for side in ("gold", "pred"))
    options = Options(protocols=("omnievent", "rams"), sampling=Sampling(0))
    found = score(gold, [predicted], options=options).systems[0]
    whole = (*scored(corpus, "omnievent").scores, *scored(corpus, "rams").scores)
    assert found.scores == whole


@pytest.mark.parametrize("corpus", CORPORA)
def test_rams(scored: Scored, corpus: str) -> None:
    theirs = expected(corpus)["RAMS scorer (public copy)"]
    system = scored(corpus, "rams")
    wanted = [
        theirs["printed_precision_is_recall"],
        theirs["printed_recall_is_precision"],
        theirs["f1"],
    ]
    found = [round(100 * each, 4) for each in figures(system, "rams/printed")]
    assert found == wanted
    right = [round(100 * each, 4) for each in figures(system, "rams/argument")]
    assert right == [wanted[1], wanted[0], wanted[2]]
    told = system.find("rams/printed")
    assert told is not None
    totals = [*told.counts.values(), round(found[2], 2)]
    assert totals == theirs["total_correct_missing_overpred_f1"]


@pytest.mark.parametrize("corpus", CORPORA)
def test_rams_by_distance(scored: Scored, corpus: str) -> None:
    theirs = expected(corpus)["RAMS scorer (public copy)"]["distance"]
    system = scored(corpus, "rams")
    found = []
    for distance, *_ in theirs:
        told = system.find("rams/printed-distance", "micro", distance)
        predicted = str(int(told.gold or 0)) if told else "0"
        shares = figures(system, "rams/printed-distance", "micro", distance)
        found.append([distance, predicted, *(f"{100 * each:.1f}" for each in shares)])
    assert found == theirs
