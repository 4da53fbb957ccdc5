"""`glose corpus duplicates`, and `split --by near-duplicates`, as they are called."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.corpus.duplicates.stories import corpus, document

from glose.cli import commands
from glose.corpus import jsonl, manifest
from glose.corpus.document import Document
from glose.corpus.duplicates import listing
from glose.corpus.duplicates.groups import find
from glose.corpus.errors import GloseError

STORY = [f"Mot{number}" for number in range(30)]
Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Return a function that calls glose."""
    return lambda *words: CliRunner().invoke(commands, [str(word) for word in words])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a corpus in which an alert and a later dispatch of one story lie across splits."""
    documents = [
        document("alert", STORY[:15]),
        document("later", ["BEYROUTH", *STORY, "fin"]),
        document("other", ["rien", "de", "tout", "cela", "ici"]),
    ]
    jsonl.write(tmp_path / "documents.jsonl", documents)
    splits = {"train": ["later", "other"], "test": ["alert"]}
    manifest.write(tmp_path, manifest.of(tmp_path, splits=splits))
    return tmp_path


def test_groups_are_listed_with_what_they_share(run: Run, small: Path) -> None:
    done = run("corpus", "duplicates", small)

    assert done.stdout.splitlines() == [
        "2 documents: alert (test), later (train)",
        "  alert in later: 100% of it, similarity 0.39; 15 words in one run: "
        + " ".join(STORY[:15]),
    ]
    assert done.stderr == (
        "2 of 3 documents in 1 group; 1 of them lies across splits:"
        " `glose corpus split --by near-duplicates` keeps them together\n"
    )


def test_json_has_the_places_of_what_is_shared(run: Run, small: Path) -> None:
    found = json.loads(run("corpus", "duplicates", small, "--json").stdout)
    [group] = found["groups"]
    [link] = group["links"]
    texts = {one.id: one.text or "" for one in manifest.documents(small)}

    assert (found["documents"], found["share"], group["splits"]) == (3, 0.5, ["test", "train"])
    assert link["shared"]["words"] == 15
    assert {texts[link[side]][slice(*link["shared"][side])] for side in ("shorter", "longer")} == {
        " ".join(STORY[:15])
    }


def test_no_near_duplicates(run: Run, small: Path) -> None:
    jsonl.write(small / "one.jsonl", [document("a", STORY)])
    done = run("corpus", "duplicates", small / "one.jsonl")

    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "1 document, no near-duplicates\n"


def test_a_long_passage_is_cut_in_the_middle(run: Run, tmp_path: Path) -> None:
    jsonl.write(tmp_path / "c.jsonl", [document(name, STORY * 3) for name in "ab"])
    [_, line] = run("corpus", "duplicates", tmp_path / "c.jsonl").stdout.splitlines()

    assert line.startswith("  a in b: 100% of it, similarity 1.00; 90 words in one run: Mot0 Mot1")
    assert "[…]" in line
    assert len(line) < 200


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        pytest.param(["none.jsonl"], 1, "no such file", id="a missing file"),
        pytest.param(["pyproject.toml"], 1, "pyproject.toml:1:", id="no records"),
        pytest.param(["pyproject.toml", "--share", "0"], 2, "0<x<=1", id="no share"),
    ],
)
def test_faults_are_one_line(run: Run, words: list[str], code: int, message: str) -> None:
    done = run("corpus", "duplicates", *words)

    assert done.exit_code == code
    assert message in f"{done.stderr}{done.exception}"
    assert isinstance(done.exception, (GloseError, SystemExit))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_story_leaks_from_train_to_test(run: Run, tmp_path: Path, seed: int) -> None:
    stories = corpus(300, 11, copied=0.5)
    jsonl.write(tmp_path / "documents.jsonl", sorted((s.document for s in stories), key=_id))
    run("corpus", "split", tmp_path, "--by", "near-duplicates", "--seed", seed)
    splits = manifest.splits_of(tmp_path)
    of = {id_: name for name, ids in splits.items() for id_ in ids}
    told = {(story.number, of[story.document.id]) for story in stories}

    assert len(told) == 300
    assert [abs(len(splits[n]) - share * len(stories)) < 3 for n, share in SHARES] == [True] * 3
    assert "across" not in run("corpus", "duplicates", tmp_path).stderr


SHARES = (("train", 0.8), ("dev", 0.1), ("test", 0.1))


def _id(document: Document) -> str:
    return document.id


def test_without_texts_near_duplicates_are_not_found_and_it_is_said(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "c.jsonl").write_text('{"id": "a"}\n')
    done = run("corpus", "split", tmp_path / "c.jsonl", "--by", "near-duplicates")

    assert done.exit_code == 1
    assert "no document has a text" in str(done.exception)


def test_a_list_beside_the_corpus_is_the_same_every_time(tmp_path: Path) -> None:
    stories = [story.document for story in corpus(40, 3, copied=1)]
    written = []
    for documents in (stories, stories[::-1]):
        found = listing.Found(find(documents), len(documents), 0.5)
        listing.write(tmp_path, found)
        written.append((tmp_path / listing.NAME).read_bytes())

    assert written[0] == written[1]
    assert json.loads(written[0])["documents"] == len(stories)


def test_where_nothing_was_found_an_earlier_list_goes(tmp_path: Path) -> None:
    (tmp_path / listing.NAME).write_text("{}")
    listing.write(tmp_path, listing.Found([], 3, 0.5))

    assert list(tmp_path.iterdir()) == []
