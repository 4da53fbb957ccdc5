"""What a document is told apart by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from glose.corpus.document import Attribute, Date, Document, Meta
from glose.corpus.errors import GloseError
from glose.evaluate import buckets
from glose.evaluate.agreement.agree import agree
from glose.evaluate.agreement.choice import Choice
from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.results import Bucket
from glose.evaluate.scoring import score

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]


def dated(year: int, month: int | None = None, day: int | None = None) -> Document:
    return Document(id="d", text="", meta=Meta(date=Date(year, month, day)))


def told(name: str, value: str) -> Document:
    return Document(id="d", extra=(Attribute(name, value),))


@pytest.mark.parametrize(
    ("document", "field", "value"),
    [
        pytest.param(dated(2018, 3, 14), "date", "2018-03", id="a date is its month"),
        pytest.param(dated(2018), "date", "2018", id="or its year if no more is known"),
        pytest.param(dated(2018, 3), "year", "2018", id="a year"),
        pytest.param(Document(id="d"), "date", "(none)", id="no date"),
        pytest.param(Document(id="d"), "year", "(none)", id="no year"),
        pytest.param(Document(id="d", text="x" * 499), "length", "00000-00499", id="short"),
        pytest.param(Document(id="d", text="x" * 500), "length", "00500-00999", id="at a border"),
        pytest.param(Document(id="d", text="x" * 99_999), "length", "10000+", id="very long"),
        pytest.param(Document(id="d", meta=Meta(place="Lyon")), "place", "Lyon", id="place"),
        pytest.param(Document(id="d", meta=Meta(author="A. B.")), "author", "A. B.", id="author"),
        pytest.param(Document(id="d"), "split", "test", id="its split"),
        pytest.param(told("story", "flood"), "extra.story", "flood", id="a field of its own"),
        pytest.param(told("story", ""), "extra.story", "(none)", id="an empty one"),
        pytest.param(told("topic", "x"), "extra.story", "(none)", id="another one"),
        pytest.param(told("a.b", "x"), "extra.a.b", "x", id="with a point in its name"),
    ],
)
def test_of(document: Document, field: str, value: str) -> None:
    said = buckets.said(document, [field], {"d": "test"})
    assert buckets.of(said, [field]) == [Bucket(field, value)]


def test_a_type_is_no_bucket_of_documents() -> None:
    assert buckets.of(buckets.said(Document(id="d"), ["type"], {}), ["type"]) == []


@pytest.mark.parametrize("name", ["extra.", "extra", "extras.story", "story"])
def test_what_is_no_field_is_refused_with_those_that_there_are(name: str) -> None:
    for check in (buckets.check_cluster, lambda field: buckets.check([field])):
        with pytest.raises(GloseError, match=rf"{name}'; choose .*length, extra.NAME"):
            check(name)


def test_documents_are_not_clustered_by_type() -> None:
    with pytest.raises(GloseError, match="documents cannot be clustered by 'type'"):
        buckets.check_cluster("type")


def test_stories_are_resampled_together_and_saved(record: Make, save: Save) -> None:
    """Two documents each of three stories: as three documents that are twice as long."""
    golds = [
        record(f"d{n}", "PER 3-12", "LOC 34-42", extra=[{"name": "story", "value": "abc"[n % 3]}])
        for n in range(6)
    ]
    found = [record(f"d{n}", *["PER 3-12"] * (n % 3 > 0)) for n in range(6)]
    files = save("gold.jsonl", *golds), save("crf.jsonl", *found)
    options = Options(("entity/strict",), sampling=Sampling(99), cluster="extra.story")
    saved = files[0].with_name("counts")
    by = ("extra.story",)
    whole = score(files[0], [files[1]], by=by, options=options, save=saved)
    assert "3 clusters: intervals of fewer than 10" in whole.notes[-1]
    assert "|cluster:extra.story|" in whole.signature
    [a] = [s for s in whole.systems[0].scores if s.bucket == Bucket("extra.story", "a")]
    assert (a.recall, a.documents) == (0, 2)
    assert score(saved, [], by=by, options=options).systems == whole.systems

    three = [save(f"three-{n}.jsonl", *each[:3]) for n, each in enumerate((golds, found))]
    other = replace(options, cluster=None)
    alone = score(three[0], [three[1]], options=other).systems[0].scores[0]
    assert whole.systems[0].scores[0].interval == alone.interval


def test_layers_agree_by_story(record: Make, save: Save) -> None:
    paths = [
        save(
            f"{name}.jsonl",
            *(
                record(f"d{n}", *["PER 3-12"] * (n % 2 or full), extra=[
                    {"name": "story", "value": "ab"[n % 2]}])
                for n in range(4)
            ),
        )
        for name, full in (("one", 1), ("two", 0))
    ]  # fmt: skip
    choice = Choice(("entity/strict",), ("f1",), by=("extra.story",), sampling=Sampling(0))
    found = agree(paths, choice=choice)
    by = [found.find("entity/strict", "f1", bucket=Bucket("extra.story", x)) for x in "ab"]
    assert [each and each.value for each in by] == [0, 1]


@pytest.fixture
def story(record: Make, save: Save) -> Path:
    extra = [{"name": "story", "value": "flood"}]
    return save("g.jsonl", *(record(name, "PER 3-12", extra=extra) for name in "ab"))


@pytest.mark.parametrize(
    ("by", "told"),
    [
        pytest.param("extra.story", (), id="there"),
        pytest.param("length", (), id="all documents have a length"),
        pytest.param(
            "extra.stroy",
            ("no document has the field 'extra.stroy'; did you mean 'extra.story'?",), id="near",
        ),
        pytest.param("agency", ("no document has the field 'agency'",), id="nothing near"),
        pytest.param("distance", ("entity/strict: no item has a distance",), id="of arguments"),
    ],
)  # fmt: skip
def test_what_nothing_has_is_told(story: Path, by: str, told: tuple[str, ...]) -> None:
    options = Options(("entity/strict",), sampling=Sampling(0))
    assert score(story, [story], by=(by,), options=options).notes == told


def test_what_no_saved_count_has_is_told(story: Path, tmp_path: Path) -> None:
    options = Options(("entity/strict",), sampling=Sampling(0))
    saved = tmp_path / "s.counts"
    found = score(story, [story], by=("extra.stroy",), options=options, save=saved)
    assert len(found.notes) == 1
    [note] = score(saved, [], by=("extra.stroy",), options=options).notes
    assert note == "no document has the field 'extra.stroy'"
