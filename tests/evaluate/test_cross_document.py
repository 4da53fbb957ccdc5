"""Coreference over documents: what is joined by name or link, end to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.errors import GloseError
from glose.evaluate.chains import Named, Place
from glose.evaluate.clusters import clusters, ranked
from glose.evaluate.contingency import contingency
from glose.evaluate.families.cross_document import METRICS as FOUND
from glose.evaluate.families.cross_document import counted, finished
from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.results import Score
from glose.evaluate.scoring import score
from glose.evaluate.significance import compare

Save = Callable[..., Path]
Record = dict[str, Any]

TEXT = "abcdefghij"
ALL = Options(protocols=("cross_document",), sampling=Sampling(20))


def document(name: str, **clusters: str) -> Record:
    """Return entities of letters: `Q1` is a link, `x1` is of this document, others are names."""
    letters = sorted("".join(clusters.values()))
    entities = []
    for number, (called, own) in enumerate(clusters.items()):
        entity: Record = {"id": f"N{number}", "type": "X", "mentions": [f"m{x}" for x in own]}
        if called.startswith("Q"):
            entity["links"] = [{"kb": "wikidata", "id": called}]
        elif not called.startswith("x"):
            entity["name"] = called
        entities.append(entity)
    places = ((x, TEXT.index(x)) for x in letters)
    mentions = [{"id": f"m{x}", "type": "X", "start": at, "end": at + 1} for x, at in places]
    return {"id": name, "text": TEXT, "mentions": mentions, "entities": entities}


def find(save: Save, gold: list[Record], predicted: list[Record], metric: str) -> Score:
    files = save("gold.jsonl", *gold), save("system.jsonl", *predicted)
    options = replace(ALL, protocols=(metric.partition("/")[0],))
    found = score(files[0], [files[1]], options=options).systems[0].find(metric)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param(
            [{"Q1": "ab"}, {"Q1": "a"}], [{"Q1": "ab"}, {"Q1": "a"}], (2, 2, 2), id="all right"
        ),
        pytest.param(
            [{"Q1": "ab"}, {"Q1": "a"}], [{"Q1": "ab"}, {"Q2": "a"}], (1, 1, 2), id="not joined"
        ),
        pytest.param(
            [{"Q1": "ab"}, {"Q2": "a"}], [{"Q1": "ab"}, {"Q1": "a"}], (1, 2, 1), id="joined"
        ),
        pytest.param(
            [{"x1": "ab"}, {"x1": "ab"}], [{"x1": "ab"}, {"x1": "ab"}], (2, 2, 2),
            id="without a name in each document by itself",
        ),
        pytest.param(
            [{"UN": "a"}, {"UN": "a"}], [{"Q1": "a"}, {"Q1": "a"}], (1, 1, 1),
            id="what clusters are called does not matter",
        ),
        pytest.param([{"Q1": "a"}, {}], [{}, {"Q1": "a"}], (0, 0, 0), id="nothing in common"),
        pytest.param([{}, {}], [{}, {}], (0, 0, 0), id="nothing at all"),
    ],
)  # fmt: skip
def test_links_of_muc_go_over_documents(
    save: Save, gold: list[dict[str, str]], predicted: list[dict[str, str]],
    wanted: tuple[int, int, int],
) -> None:  # fmt: skip
    one, other = (
        [document(f"d{n}", **each) for n, each in enumerate(side)] for side in (gold, predicted)
    )
    found = find(save, one, other, "cross_document/muc")
    assert (found.correct, found.predicted, found.gold) == wanted
    assert found.interval is None


def test_a_singleton_is_one_in_the_whole_corpus(save: Save) -> None:
    gold = [document("d0", Q1="a", Q2="b"), document("d1", Q1="a")]
    found = find(save, gold, gold, "cross_document-no-singletons/mention")
    assert (found.correct, found.gold) == (2, 2)


def test_clusters_of_events_are_joined_by_an_attribute(save: Save) -> None:
    def made(name: str, called: str) -> Record:
        trigger = {"start": 0, "end": 1}
        return {
            "id": name, "text": TEXT, "events": [{"id": "e", "type": "X", "triggers": [trigger]}],
            "event_clusters": [
                {"id": "H", "events": ["e"], "attrs": [{"name": "name", "value": called}]}
            ],
        }  # fmt: skip

    gold = [made("d0", "quake"), made("d1", "quake")]
    found = find(save, gold, [made("d0", "a"), made("d1", "b")], "event_cross_document/b3")
    assert (found.correct_precision, found.correct_recall) == (2, 1)


def corpus(save: Save) -> tuple[Path, Path, Path]:
    """Return gold and two systems of forty documents."""
    letters = "abcdefgh"
    gold, one, other = [], [], []
    for number in range(40):
        at = number % 5
        halves = {f"Q{number % 7}": letters[:at], f"Q{number % 3 + 10}": letters[at:]}
        gold.append(document(f"d{number:02}", **halves))
        one.append(document(f"d{number:02}", **{f"Q{number % 6}": letters[: at + 1]}))
        other.append(document(f"d{number:02}", Q1=letters[2:at], x=letters[at + 1 :]))
    return save("gold.jsonl", *gold), save("one.jsonl", *one), save("other.jsonl", *other)


def test_jobs_change_no_figure(save: Save) -> None:
    gold, one, _ = corpus(save)
    alone, many = (
        score(gold, [one], options=replace(ALL, jobs=jobs)).systems[0].scores for jobs in (1, 2)
    )
    assert alone == many
    assert {each.average for each in alone} == {"micro"}


def test_counts_that_were_saved_give_the_same(save: Save, tmp_path: Path) -> None:
    gold, one, _ = corpus(save)
    saved = tmp_path / "counts.jsonl"
    first = score(gold, [one], options=ALL, save=saved)
    again = score(saved, [], options=ALL)
    assert first.systems[0].scores == again.systems[0].scores


def test_it_is_said_that_there_are_no_intervals(save: Save) -> None:
    gold, one, _ = corpus(save)
    notes = score(gold, [one], options=ALL).notes
    assert notes == (
        "cross_document/*: counted over all documents at once; no intervals, means or buckets",
    )


def test_systems_are_not_compared_by_documents(save: Save) -> None:
    gold, one, other = corpus(save)
    with pytest.raises(GloseError, match="choose another metric"):
        compare(gold, [one, other], options=ALL)
    both = replace(ALL, protocols=("cross_document/muc", "coreference/muc"))
    found = compare(gold, [one, other], options=both)
    assert {each.metric for each in found.differences} == {"coreference/muc"}


placed = st.dictionaries(
    st.tuples(st.integers(0, 2), st.integers(0, 4)), st.integers(0, 3), max_size=12
)


@given(placed, placed)
def test_the_corpus_is_measured_as_if_it_were_one_document(
    gold: dict[tuple[int, int], int], predicted: dict[tuple[int, int], int]
) -> None:
    def chains(of: dict[tuple[int, int], int], page: int) -> list[Named]:
        found: dict[int, list[Place]] = {}
        for (where, at), name in sorted(of.items()):
            if where == page:
                found.setdefault(name, []).append(Place(((at, at + 1),), ()))
        return [Named(("name", str(name)), tuple(own)) for name, own in found.items()]

    sums: dict[str, float] = {}
    for page in range(3):
        for name, (number,) in counted(chains(gold, page), chains(predicted, page)).items():
            if name is not None:
                sums[name] = sums.get(name, 0) + number
    once = [
        [[place for place in of if of[place] == name] for name in sorted(set(of.values()))]
        for of in (gold, predicted)
    ]
    whole = contingency([ranked(*map(clusters, once))]).shares
    assert finished(sums, singletons=True) == pytest.approx([x.item() for x in whole], abs=1e-9)


def test_each_family_has_the_same_eight_metrics() -> None:
    families = {metric.name.partition("/")[0] for metric in FOUND}
    assert len(FOUND) == 8 * len(families) == 32
