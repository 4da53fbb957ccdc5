"""What a corpus holds, counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.corpus import jsonl, manifest, statistics
from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    EventCluster,
    Label,
    Mention,
    Relation,
    Segment,
    Status,
    Template,
    Trigger,
    Value,
)
from glose.corpus.errors import GloseError
from glose.corpus.testing import documents

DOCUMENT = Document(
    id="d",
    layer="gold",
    language="fr",
    text="Douze civils d'Alep",
    segments=(Segment("g1", "title", 0, 19),),
    mentions=(
        Mention("m1", "PER", 0, 19, level="NOM"),
        Mention("m2", "NUM", 0, 5, value=Value("number:12")),
        Mention("m3", "GPE", 15, 19, level="NAM", fragments=((15, 16), (18, 19))),
    ),
    entities=(
        Entity("e1", "PER", mentions=("m1", "m2")),
        Entity("e2", "GPE", mentions=("m3",)),
        Entity("e3", "ORG", "ONU"),
    ),
    relations=(Relation("r1", "FROM", (Argument("a", "m1"), Argument("b", "m3"))),),
    events=(
        Event(
            "v1",
            "ASSAULT",
            (Trigger(0, 5), Trigger(6, 12, fragments=((6, 7), (9, 12)))),
            (Argument("Recipient", "m1"), Argument("Recipient", "v2")),
            polarity="Negative",
            attrs=(Attribute("reported", "yes"),),
        ),
        Event("v2", "AID"),
    ),
    event_clusters=(EventCluster("h1", ("v1",)),),
    templates=(Template("t1", "Visit", (Argument("Place", value="Alep"),)),),
    labels=(Label("topic", "war"),),
    status=Status(annotated=("mentions",)),
)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("documents", 1), ("characters", 19), ("tokens", 4), ("segments", 1), ("mentions", 3),
        ("nested mentions", 2), ("discontinuous mentions", 1), ("values", 1), ("links", 0),
        ("entities", 3), ("chains", 1), ("singletons", 1), ("mentions in entities", 3),
        ("relations", 1), ("events", 2), ("triggers", 2), ("discontinuous triggers", 1),
        ("events without trigger", 1), ("event clusters", 1), ("templates", 1), ("labels", 1),
        ("arguments", 5), ("events as arguments", 1),
    ],
)  # fmt: skip
def test_total(name: str, number: int) -> None:
    assert statistics.of([DOCUMENT]).totals[name] == number


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("layer", {"gold": 1}),
        ("language", {"fr": 1}),
        ("annotated", {"mentions": 1}),
        ("segment type", {"title": 1}),
        ("mention type", {"PER": 1, "NUM": 1, "GPE": 1}),
        ("level", {"NOM": 1, "NAM": 1, "none": 1}),
        ("value kind", {"number": 1}),
        ("entity type", {"PER": 1, "GPE": 1, "ORG": 1}),
        ("relation type", {"FROM": 1}),
        ("event type", {"ASSAULT": 1, "AID": 1}),
        ("event attribute", {"polarity=Negative": 1, "reported=yes": 1}),
        ("role", {"Recipient": 2, "a": 1, "b": 1, "Place": 1}),
        ("template type", {"Visit": 1}),
        ("label", {"topic=war": 1}),
    ],
)
def test_counts_by(name: str, counts: dict[str, int]) -> None:
    assert dict(statistics.of([DOCUMENT]).by[name]) == counts


@pytest.mark.parametrize(
    ("spans", "deepest"),
    [
        pytest.param([], 0, id="no mention"),
        pytest.param([(0, 2), (2, 4)], 0, id="mentions side by side"),
        pytest.param([(0, 3), (2, 5)], 0, id="crossing mentions are in none"),
        pytest.param([(0, 9), (1, 5), (1, 2), (6, 8)], 2, id="one in one in one"),
        pytest.param([(0, 3), (0, 3)], 1, id="two of the same span"),
    ],
)
def test_deepest(spans: list[tuple[int, int]], deepest: int) -> None:
    mentions = tuple(Mention(f"m{n}", "X", *span) for n, span in enumerate(spans))

    assert statistics.of([Document(id="d", mentions=mentions)]).deepest == deepest


def test_tokens_of_the_record_go_before_our_own() -> None:
    document = Document(id="d", text="a b c", tokens=((0, 5),))

    totals = statistics.of([document]).totals

    assert (totals["tokens"], totals["tokens by glose"]) == (1, 0)


def test_tokens_of_our_own_are_said_to_be() -> None:
    stated = Document(id="d", text="a b c", tokens=((0, 5),))

    totals = statistics.of([stated, Document(id="e", text="a b")]).totals

    assert (totals["tokens"], totals["tokens by glose"]) == (3, 2)


def test_splits_are_counted() -> None:
    corpus = [Document(id="a"), Document(id="b"), Document(id="c")]

    assert statistics.of(corpus, {"a": "train", "b": "train"}).by["split"] == {
        "train": 2, "none": 1,
    }  # fmt: skip


@given(st.lists(documents(), max_size=4), st.integers(0, 4))
@settings(deadline=None, max_examples=30)
def test_counts_add_up(corpus: list[Document], at: int) -> None:
    whole, first, second = (
        statistics.of(part).totals for part in (corpus, corpus[:at], corpus[at:])
    )

    assert whole == first + second


class TestPaths:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Return a corpus folder with two files and a split."""
        jsonl.write(tmp_path / "gold.jsonl", [Document(id="a", layer="gold", text="a")])
        jsonl.write(tmp_path / "ann.jsonl", [Document(id="a", layer="ann", text="a")])
        manifest.write(tmp_path, manifest.of(tmp_path, splits={"test": ["a"]}))
        return tmp_path

    def test_a_folder_is_a_column_for_each_file(self, folder: Path) -> None:
        names = [Path(name).name for name, _ in statistics.of_path(folder)]

        assert names == ["ann.jsonl", "gold.jsonl"]

    def test_the_splits_of_a_file_are_those_beside_it(self, folder: Path) -> None:
        [(_, found)] = statistics.of_path(folder / "gold.jsonl")

        assert found.by["split"] == {"test": 1}

    def test_an_empty_folder_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match=r"no \*\.jsonl in this folder"):
            list(statistics.of_path(tmp_path))


def test_rows_are_the_most_frequent_first() -> None:
    mentions = [Mention(f"m{n}", kind, n, n + 1) for n, kind in enumerate("BAACC")]
    found = statistics.of([Document(id="a", mentions=tuple(mentions))])

    assert list(found.plain()["by"]["mention type"]) == ["A", "C", "B"]  # type: ignore[index]  # plain JSON


def test_a_file_without_records_has_no_statistics(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").touch()

    with pytest.raises(GloseError, match=r"c\.jsonl: no record in it; expected one at least"):
        list(statistics.of_path(tmp_path / "c.jsonl"))
