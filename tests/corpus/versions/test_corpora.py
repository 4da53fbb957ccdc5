"""Two versions of a file made one: of records, and of a sheet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from glose.cli import commands
from glose.corpus import jsonl
from glose.corpus.document import Document, Mention
from glose.corpus.errors import GloseError
from glose.corpus.testing import documents
from glose.corpus.versions import corpora, sheets
from glose.corpus.versions.corpora import Outcome, Side, Wanted

TEXT = "Alep et Homs"
ALEP = Mention("m1", "GPE", 0, 4, text="Alep")
HOMS = Mention("m2", "GPE", 8, 12, text="Homs")
WANTED = Wanted("gold.jsonl")


def plain(name: str, *mentions: Mention) -> Document:
    return Document(id=name, layer="gold", text=TEXT, mentions=mentions)


def line(document: Document) -> bytes:
    return jsonl.encode(document) + b"\n"


def three(folder: Path, *contents: bytes) -> tuple[Path, Path, Path]:
    """Write base, ours and theirs."""
    paths = [folder / name for name in ("base.jsonl", "ours.jsonl", "theirs.jsonl")]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths[0], paths[1], paths[2]


def merged(folder: Path, *contents: bytes, how: Wanted = WANTED) -> tuple[bytes, Outcome]:
    """Return the merge of the contents of three files."""
    outcome = Outcome()
    return b"".join(corpora.lines(three(folder, *contents), how, outcome)), outcome


def run(*words: object) -> Result:
    """Run a command of `glose corpus`."""
    return CliRunner().invoke(commands, ["corpus", *map(str, words)])


BOTH = plain("d1", ALEP, HOMS)
MINE = plain("d1", replace(ALEP, type="LOC"), HOMS)
YOURS = plain("d1", ALEP, replace(HOMS, type="LOC"))
OTHERS = plain("d1", replace(ALEP, type="ORG"), HOMS)


def test_records_of_both_sides_arrive(tmp_path: Path) -> None:
    d2, d3, d4 = (line(plain(name)) for name in ("d2", "d3", "d4"))
    found, outcome = merged(tmp_path, line(BOTH) + d2, line(MINE) + d3, line(YOURS) + d2 + d4)

    assert found == line(plain("d1", *MINE.mentions[:1], *YOURS.mentions[1:])) + d3 + d4
    assert (outcome.documents, outcome.both, outcome.conflicts) == (3, 1, [])


def test_records_are_passed_through_as_bytes(tmp_path: Path) -> None:
    """Also those in another form, and those that break a rule: one side alone answers for them."""
    odd = b'{"id": "d2", "layer":"gold", "mentions": [{"id": 3}]}\n'
    found, _ = merged(tmp_path, line(BOTH), line(MINE) + odd, line(BOTH))

    assert found == line(MINE) + odd


def test_conflicts_stand_between_marks(tmp_path: Path) -> None:
    found, outcome = merged(
        tmp_path, line(BOTH), line(MINE), line(OTHERS), how=Wanted("gold.jsonl", marks=9)
    )

    assert found == (
        b"<<<<<<<<< ours\n" + line(MINE) + b"=========\n" + line(OTHERS) + b">>>>>>>>> theirs\n"
    )
    assert [c.what for c in outcome.conflicts] == ["mention m1"]


@pytest.mark.parametrize(("take", "expected"), [("ours", MINE), ("theirs", OTHERS)])
def test_conflicts_can_be_decided_for_a_side(
    tmp_path: Path, take: Side, expected: Document
) -> None:
    found, outcome = merged(
        tmp_path, line(BOTH), line(MINE), line(OTHERS), how=Wanted("gold.jsonl", take)
    )

    assert found == line(expected)
    assert len(outcome.conflicts) == 1


def test_a_deleted_record_that_changed_there_is_a_conflict(tmp_path: Path) -> None:
    found, _ = merged(tmp_path, line(BOTH), b"", line(MINE))

    assert found == b"<<<<<<< ours\n=======\n" + line(MINE) + b">>>>>>> theirs\n"


def test_layers_of_one_document_are_two_records(tmp_path: Path) -> None:
    anna, other = (line(replace(document, layer="anna")) for document in (BOTH, YOURS))
    found, _ = merged(tmp_path, line(BOTH) + anna, line(MINE) + anna, line(BOTH) + other)

    assert found == line(MINE) + other


def test_files_that_are_not_sorted_keep_their_order(tmp_path: Path) -> None:
    d1, d2, d3 = (line(plain(name)) for name in ("d1", "d2", "d3"))
    found, _ = merged(tmp_path, d3 + d1, d3 + d1, d3 + d2 + d1)

    assert found == d3 + d2 + d1


def test_new_ids_of_theirs_are_told(tmp_path: Path) -> None:
    base, mine = plain("d1"), plain("d1", ALEP)
    paths = three(tmp_path, line(base), line(mine), line(plain("d1", replace(HOMS, id="m1"))))
    done = run("merge", *paths, "-o", paths[1])

    assert done.exit_code == 0
    assert "d1: m1 of theirs is m2 now, as ours has another m1" in done.stderr
    assert paths[1].read_bytes() == line(BOTH)


@settings(max_examples=15)
@given(st.lists(documents(), max_size=3, unique_by=lambda d: d.id), st.data())
def test_a_file_that_did_not_change_says_nothing(
    tmp_path_factory: pytest.TempPathFactory, base: list[Document], data: st.DataObject
) -> None:
    other = data.draw(st.lists(documents(), max_size=3, unique_by=lambda d: d.id))
    folder = tmp_path_factory.mktemp("merge")
    a, b = (b"".join(map(line, sorted(one, key=lambda d: d.id))) for one in (base, other))

    assert merged(folder, a, b, a)[0] == b
    assert merged(folder, a, a, b)[0] == b
    assert merged(folder, a, b, b)[0] == b


# --------------------------------------------------------------------------------------------
# Sheets
# --------------------------------------------------------------------------------------------


def test_sheets_are_merged(tmp_path: Path) -> None:
    found, outcome = merged(tmp_path, *(sheets.encode(d) for d in (BOTH, MINE, YOURS)))

    assert found == sheets.encode(plain("d1", *MINE.mentions[:1], *YOURS.mentions[1:]))
    assert (outcome.documents, outcome.both, outcome.conflicts) == (1, 1, [])


def test_only_what_is_to_be_decided_stands_between_marks(tmp_path: Path) -> None:
    found, _ = merged(tmp_path, *(sheets.encode(d) for d in (BOTH, MINE, OTHERS)))

    assert found.decode().splitlines() == [
        'schema "doc/1"',
        'id "d1"',
        'layer "gold"',
        'text "Alep et Homs"',
        "text_sha256 null",
        "<<<<<<< ours",
        'mention {"id":"m1","type":"LOC","start":0,"end":4,"text":"Alep"}',
        "=======",
        'mention {"id":"m1","type":"ORG","start":0,"end":4,"text":"Alep"}',
        ">>>>>>> theirs",
        'mention {"id":"m2","type":"GPE","start":8,"end":12,"text":"Homs"}',
    ]


def test_a_sheet_that_is_new_on_both_sides_is_merged(tmp_path: Path) -> None:
    mine, yours = (sheets.encode(plain("d1", mention)) for mention in (ALEP, HOMS))

    assert merged(tmp_path, b"", mine, yours)[0] == sheets.encode(BOTH)


# --------------------------------------------------------------------------------------------
# The command
# --------------------------------------------------------------------------------------------


def test_the_command_prints_the_merge(tmp_path: Path) -> None:
    paths = three(tmp_path, line(BOTH), line(MINE), line(YOURS))
    done = run("merge", *paths)

    assert done.exit_code == 0
    assert done.stdout_bytes == line(plain("d1", *MINE.mentions[:1], *YOURS.mentions[1:]))
    assert "1 of 1 document changed on both sides, 0 conflicts" in done.stderr


def test_the_command_tells_conflicts_and_ends_with_one(tmp_path: Path) -> None:
    paths = three(tmp_path, line(BOTH), line(MINE), line(OTHERS))
    done = run("merge", *paths, "-o", paths[1], "--json", tmp_path / "told.json")
    told = json.loads((tmp_path / "told.json").read_text())

    assert done.exit_code == 1
    assert "conflict: d1 (gold): mention m1: changed differently on both sides" in done.stderr
    assert '  theirs m1 ORG "Alep" 0-4' in done.stderr
    assert b"<<<<<<< ours\n" in paths[1].read_bytes()
    assert told["conflicts"] == [
        {
            "document": "d1", "layer": "gold", "what": "mention m1",
            "why": "changed differently on both sides", "base": 'm1 GPE "Alep" 0-4',
            "ours": 'm1 LOC "Alep" 0-4', "theirs": 'm1 ORG "Alep" 0-4',
        }
    ]  # fmt: skip


def test_a_conflict_that_is_decided_ends_with_zero(tmp_path: Path) -> None:
    paths = three(tmp_path, line(BOTH), line(MINE), line(OTHERS))
    done = run("merge", *paths, "-o", tmp_path / "out.jsonl", "--take", "theirs")

    assert done.exit_code == 0
    assert "decided for theirs: d1 (gold): mention m1" in done.stderr
    assert (tmp_path / "out.jsonl").read_bytes() == line(OTHERS)


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        pytest.param([b"", b"x\n", b""], r"gold.jsonl:1: no record", id="no JSON"),
        pytest.param([b"", b"", b'{"a":1}\n'], "gold.jsonl:1: no record", id="no id"),
        pytest.param(
            [b"", b"\n<<<<<<< ours\n", b""],
            "gold.jsonl:2: a conflict of a merge that nobody decided",
            id="a conflict before",
        ),
        pytest.param(
            [b"", line(BOTH) * 2, b""], "gold.jsonl:2: d1: comes twice in layer gold", id="twice"
        ),
        pytest.param(
            [line(BOTH), line(MINE).replace(b'"end":4', b'"end":40'), line(YOURS)],
            "gold.jsonl:1: d1: mention m1: end 40 is past the end",
            id="a rule that a side breaks",
        ),
    ],
)
def test_what_is_no_corpus_is_told(tmp_path: Path, contents: list[bytes], message: str) -> None:
    with pytest.raises(GloseError, match=message):
        merged(tmp_path, *contents)


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    done = run("merge", *[tmp_path / "no.jsonl"] * 3)

    assert "no.jsonl: cannot be read (No such file or directory)" in str(done.exception)


def test_nothing_is_written_where_a_side_is_wrong(tmp_path: Path) -> None:
    paths = three(tmp_path, b"", b"x\n", b"")
    run("merge", *paths, "-o", paths[1])

    assert paths[1].read_bytes() == b"x\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in paths)
