"""Layers are paired by id, sorted or not, and what does not pair is never silent."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glose.corpus.errors import GloseError, InputError
from glose.evaluate import survey
from glose.evaluate.alignment import Policy, parts, rows

Save = Callable[..., Path]
LENIENT = Policy(missing="empty", extra="ignore")
names = st.lists(st.integers(0, 30).map(lambda n: f"d{n:02}"), unique=True, max_size=20)


def records(ids: Sequence[str]) -> list[dict[str, str]]:
    return [{"id": name} for name in ids]


def paired(
    gold: Path, *predicted: Path, policy: Policy = LENIENT, jobs: int = 1
) -> list[tuple[str, list[bool]]]:
    """Return the ids of gold in order, and which systems have each."""
    return [
        (row.id, [line is not None for line in row.predicted])
        for part in parts(gold, predicted, policy, jobs)
        for row in rows(part)
    ]


def test_sorted_files_are_paired_line_by_line(save: Save) -> None:
    gold, predicted = save("g.jsonl", *records("abcd")), save("p.jsonl", *records("bd"))
    assert paired(gold, predicted) == [
        ("a", [False]), ("b", [True]), ("c", [False]), ("d", [True]),
    ]  # fmt: skip


@pytest.mark.parametrize("jobs", [1, 2, 3])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gold=names.filter(bool), one=names, other=names, chance=st.randoms())
def test_pairs_are_the_ids_in_both_whatever_the_order(
    tmp_path_factory: pytest.TempPathFactory, jobs: int,
    gold: list[str], one: list[str], other: list[str], chance: random.Random,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("pairs")
    paths = []
    for number, ids in enumerate(
        (gold, sorted(one), sorted(other) if chance.random() > 0.5 else other)
    ):
        paths.append(folder / f"{number}.jsonl")
        paths[-1].write_text("".join(f'{{"id":"{name}"}}\n' for name in ids))
    found = paired(*paths, jobs=jobs)
    assert sorted(found) == [(name, [name in one, name in other]) for name in sorted(gold)]


@pytest.mark.parametrize("jobs", [2, 3, 7])
def test_sorted_files_are_cut_between_documents(
    save: Save, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(survey, "STRIDE", 2)
    ids = [f"d{n:02}" for n in range(20)]
    gold, predicted = save("g.jsonl", *records(ids)), save("p.jsonl", *records(ids[::3]))
    work = parts(gold, [predicted], LENIENT, jobs)
    assert len(work) == jobs
    assert [row.id for part in work for row in rows(part)] == ids
    assert paired(gold, predicted, jobs=jobs) == paired(gold, predicted)


def test_the_content_of_a_line_is_that_of_its_document(save: Save) -> None:
    gold = save("g.jsonl", {"id": "b", "x": 1}, {"id": "a", "x": 2})
    predicted = save("p.jsonl", {"id": "a", "x": 3}, {"id": "b", "x": 4})
    found = [
        (row.gold.content, row.predicted[0]) for row in rows(parts(gold, [predicted], Policy())[0])
    ]
    assert [(line, other and (other.number, other.content)) for line, other in found] == [
        (b'{"id":"b","x":1}\n', (2, b'{"id":"b","x":4}\n')),
        (b'{"id":"a","x":2}\n', (1, b'{"id":"a","x":3}\n')),
    ]


def test_a_compressed_file_is_read_as_it_is(save: Save, tmp_path: Path) -> None:
    gold = save("g.jsonl", *records("ba"))
    packed = tmp_path / "p.jsonl.gz"
    packed.write_bytes(gzip.compress(gold.read_bytes()))
    assert paired(gold, packed) == [("b", [True]), ("a", [True])]


def test_blank_lines_are_passed_over(save: Save, tmp_path: Path) -> None:
    gold = save("g.jsonl", *records("ab"))
    spaced = tmp_path / "p.jsonl"
    spaced.write_bytes(b'\n{"id":"a"}\n \n{"id":"b"}')
    assert paired(gold, spaced) == [("a", [True]), ("b", [True])]


@pytest.mark.parametrize("ids", ["abc", "cab"], ids=["sorted", "not sorted"])
def test_a_byte_order_mark_is_passed_over(save: Save, tmp_path: Path, ids: str) -> None:
    plain = save("g.jsonl", *records(ids))
    marked = tmp_path / "marked.jsonl"
    marked.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes())
    for files in ((plain, marked), (marked, plain)):
        found = [row for part in parts(files[0], [files[1]], Policy()) for row in rows(part)]
        assert [row.id for row in found] == list(ids)
        for row in found:
            assert [each and each.content for each in row.predicted] == [row.gold.content]


def test_only_the_documents_of_a_split_are_wanted(save: Save) -> None:
    gold, predicted = save("g.jsonl", *records("abc")), save("p.jsonl", *records("bc"))
    assert paired(gold, predicted, policy=Policy(wanted=frozenset("b"))) == [("b", [True])]


@pytest.mark.parametrize("gold", [pytest.param("abc", id="sorted"), pytest.param("cab", id="not")])
def test_what_a_system_lacks_may_be_left_out(save: Save, gold: str) -> None:
    files = save("g.jsonl", *records(gold)), save("p.jsonl", *records("ac"))
    found = paired(*files, policy=Policy(missing="ignore"))
    assert sorted(found) == [("a", [True]), ("c", [True])]


@pytest.mark.parametrize(
    ("gold", "predicted", "message"),
    [
        pytest.param("ab", "a", "p.jsonl: b: this document is missing; expected each gold "
                     "document once; score one split with --split", id="missing"),
        pytest.param("ba", "a", "p.jsonl: b: this document is missing", id="missing, unsorted"),
        pytest.param("ab", "cd", "a: this document is missing; no id is in both files ('a' and "
                     "'c'): a document without one is called by its file; convert both with the "
                     "same --option name=NAME", id="none of the same name"),
        pytest.param("cd", "ab", "p.jsonl:1: a: this document is not in ", id="nor here"),
        pytest.param("dc", "ab", "no id is in both files ('c' and 'a')", id="nor unsorted"),
        pytest.param("a", "ab", "p.jsonl:2: b: this document is not in ", id="extra"),
        pytest.param("bc", "abc", "p.jsonl:1: a: this document is not in ", id="extra, first"),
        pytest.param("ca", "cab", "p.jsonl:3: b: this document is not in ", id="extra, unsorted"),
        pytest.param("aab", "ab", "g.jsonl:2: a: this id came in line 1 already", id="twice"),
        pytest.param("ab", "abba", "p.jsonl:3: b: this id came in line 2 already", id="again"),
        pytest.param("", "a", "g.jsonl: no documents; expected the gold corpus", id="no gold"),
        pytest.param("a", "", "p.jsonl: no documents; expected predictions", id="no predictions"),
    ],
)  # fmt: skip
def test_what_does_not_pair_is_refused(
    save: Save, gold: str, predicted: str, message: str
) -> None:
    files = save("g.jsonl", *records(gold)), save("p.jsonl", *records(predicted))
    with pytest.raises(GloseError) as caught:
        paired(*files, policy=Policy())
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Anna B-PER\nva O\n\n", id="tokens"),
        pytest.param("-DOCSTART- (a)\tO\n\nAnna\tB-PER\n\n", id="a border of documents first"),
        pytest.param("# sent_id = 1\nAnna\tB-PER\nva\tO\n\n", id="a comment first"),
    ],
)
def test_a_column_file_is_to_be_converted_first(tmp_path: Path, content: str) -> None:
    path = tmp_path / "g.conll"
    path.write_text(content)
    with pytest.raises(InputError, match=r":1: this looks like conll; convert it first: glose "):
        paired(path, path)


def test_a_list_of_tasks_on_several_lines_is_to_be_converted_first(tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    path.write_text('[\n {"id": 1, "data": {"text": "Gao"}, "annotations": []}\n]\n')
    with pytest.raises(InputError, match=":1: this looks like label-studio; convert it first"):
        paired(path, path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b'{"id":"a"}\n{"id":', "g.jsonl:2: not a JSON record", id="truncated"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00", "g.jsonl:1: not a JSON record", id="binary"),
        pytest.param(b'{"id":"\xff"}', "g.jsonl:1: byte 0 of a string is not UTF-8", id="Latin 1"),
        pytest.param(b'{"id":3}', "g.jsonl:1: Expected `str`, got `int` - at `$.id`", id="number"),
        pytest.param(b'{"text":""}', "g.jsonl:1: Object missing required field `id`", id="no id"),
        pytest.param(b"3", "g.jsonl:1: Expected `object`, got `int`", id="no record"),
        pytest.param(b"[1]", "g.jsonl:1: found a list; expected one record a line", id="list"),
        pytest.param(b'[\n{"id":"a"}\n]\n', "g.jsonl:1: found a list", id="a long list"),
    ],
)
def test_a_line_that_is_no_record_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "g.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        paired(path, path)
    assert message in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GloseError, match=r"none\.jsonl: no such file; check the path"):
        paired(tmp_path / "none.jsonl")


def test_a_compressed_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id":"a"}\n')[:-6])
    with pytest.raises(GloseError, match=r"cannot be read to its end|is cut or damaged"):
        paired(path)
