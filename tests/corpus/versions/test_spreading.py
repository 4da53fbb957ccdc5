"""A file of records as a folder of sheets, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from glose.cli import commands
from glose.corpus import jsonl, manifest
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.testing import documents
from glose.corpus.versions import spreading

SAMPLE = Path(__file__).parents[3] / "corpus" / "samples" / "gold.jsonl"


def run(*words: object) -> Result:
    """Run a command of `glose corpus`."""
    return CliRunner().invoke(commands, ["corpus", *map(str, words)])


def plain(name: str, layer: str = "gold") -> Document:
    return Document(id=name, layer=layer, text="a")


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@settings(max_examples=25)
@given(st.lists(documents(), min_size=1, max_size=4, unique_by=lambda d: d.id))
def test_pack_undoes_spread(
    tmp_path_factory: pytest.TempPathFactory, given_: list[Document]
) -> None:
    folder = tmp_path_factory.mktemp("spread")
    jsonl.write(folder / "a.jsonl", given_)
    spreading.spread(folder / "a.jsonl", folder / "sheets")
    jsonl.write(folder / "b.jsonl", spreading.pack(folder / "sheets"), check=False)

    assert (folder / "b.jsonl").read_bytes() == (folder / "a.jsonl").read_bytes()


def test_the_sample_comes_back_as_the_same_bytes(tmp_path: Path) -> None:
    assert run("spread", SAMPLE, "-o", tmp_path / "sheets").exit_code == 0
    assert run("pack", tmp_path / "sheets", "-o", tmp_path / "back.jsonl").exit_code == 0
    assert (tmp_path / "back.jsonl").read_bytes() == SAMPLE.read_bytes()


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        pytest.param(["a"], ["a.gold.glose"], id="a name"),
        pytest.param(["2031/a"], ["2031/a.gold.glose"], id="a path"),
        pytest.param(["../a"], ["%2E%2E/a.gold.glose"], id="a path that would lead out"),
        pytest.param(["A", "a"], ["A.gold.glose", "a.gold"], id="only case differs"),
    ],
)
def test_where_a_sheet_stands(tmp_path: Path, ids: list[str], expected: list[str]) -> None:
    jsonl.write(tmp_path / "a.jsonl", map(plain, ids))
    spreading.spread(tmp_path / "a.jsonl", tmp_path / "s")

    assert [name.split("~")[0] for name in names(tmp_path / "s")] == [
        name.split("~")[0] for name in expected
    ]
    assert [d.id for d in spreading.pack(tmp_path / "s")] == ids


def test_a_long_name_is_cut_and_stays_another(tmp_path: Path) -> None:
    ids = ["x" * 400, "x" * 401]
    jsonl.write(tmp_path / "a.jsonl", map(plain, ids))
    spreading.spread(tmp_path / "a.jsonl", tmp_path / "s")

    assert sorted(d.id for d in spreading.pack(tmp_path / "s")) == ids


def test_layers_stand_beside_each_other(tmp_path: Path) -> None:
    for layer in ("gold", "b.c"):
        jsonl.write(tmp_path / f"{layer}.jsonl", [plain("d1", layer)])
        spreading.spread(tmp_path / f"{layer}.jsonl", tmp_path / "s", prune=True)

    assert names(tmp_path / "s") == ["d1.b%2Ec.glose", "d1.gold.glose"]


def test_spreading_again_writes_what_changed(tmp_path: Path) -> None:
    given_ = list(jsonl.read(SAMPLE))
    spreading.spread(SAMPLE, tmp_path / "s")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "s").iterdir()}
    changed = replace(given_[3], language="en")
    jsonl.write(tmp_path / "gold.jsonl", [*given_[:3], changed, *given_[4:]])
    done = spreading.spread(tmp_path / "gold.jsonl", tmp_path / "s")

    assert (done.written, done.same) == (1, 59)
    assert sum(p.stat().st_mtime_ns != before[p] for p in (tmp_path / "s").iterdir()) == 1


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Return a file with d1 alone, beside a folder in which d1 and d2 were spread."""
    jsonl.write(tmp_path / "gold.jsonl", [plain("d1"), plain("d2")])
    run("spread", tmp_path / "gold.jsonl", "-o", tmp_path / "s")
    (tmp_path / "s" / "README.md").write_text("ours")
    jsonl.write(tmp_path / "gold.jsonl", [plain("d1")])
    return tmp_path / "gold.jsonl"


def test_what_the_file_lacks_is_told_and_left(two: Path) -> None:
    done = run("spread", two, "-o", two.parent / "s")

    said = f"1 sheet (d2.gold.glose) of documents that {two} does not have; --prune deletes them"
    assert done.stderr.splitlines() == [
        f"warning: {two.parent / 's'}: {said}",
        f"1 document -> {two.parent / 's'} (0 written, 1 as they were, 0 deleted)",
    ]
    assert names(two.parent / "s") == ["README.md", "d1.gold.glose", "d2.gold.glose"]


def test_what_is_left_is_told_once_with_the_first_names(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    jsonl.write(gold, [plain(f"d{number}") for number in range(9)])
    run("spread", gold, "-o", tmp_path / "s")
    jsonl.write(gold, [plain("d0")])
    [warning, _] = run("spread", gold, "-o", tmp_path / "s").stderr.splitlines()

    names = "d1.gold.glose, d2.gold.glose, d3.gold.glose and 5 more"
    assert f"8 sheets ({names}) of documents that" in warning


def test_what_the_file_lacks_is_deleted_on_demand(two: Path) -> None:
    done = run("spread", two, "-o", two.parent / "s", "--prune")

    assert "(0 written, 1 as they were, 1 deleted)" in done.stderr
    assert names(two.parent / "s") == ["README.md", "d1.gold.glose"]


def test_records_in_another_form_are_told(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text('{"id": "d1", "text": "a"}\n')
    done = run("spread", tmp_path / "p.jsonl", "-o", tmp_path / "s")

    assert "1 record not in canonical form, as pack writes it" in done.stderr
    assert names(tmp_path / "s") == ["d1.p.glose"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("", "no record; expected one document a line", id="an empty file"),
        pytest.param("{\n", "gold.jsonl:1: not a JSON record", id="no JSON"),
        pytest.param('{"id":""}\n', "gold.jsonl:1: id: '' is no name", id="a rule that is broken"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "gold.jsonl").write_text(content)

    with pytest.raises(GloseError, match=message):
        spreading.spread(tmp_path / "gold.jsonl", tmp_path / "s")


def test_nothing_is_changed_by_a_file_that_is_wrong_at_its_end(two: Path) -> None:
    jsonl.write(two, [replace(plain("d1"), language="fr")])
    two.write_bytes(two.read_bytes() + b"{")
    done = run("spread", two, "-o", two.parent / "s", "--prune")

    assert done.exit_code == 1
    assert [d.language for d in spreading.pack(two.parent / "s")] == [None, None]
    assert sorted(p.name for p in two.parent.iterdir()) == ["gold.jsonl", "s"]


def test_a_document_that_comes_twice_in_a_file_is_told(tmp_path: Path) -> None:
    line = jsonl.encode(replace(plain("d1"), text_sha256=None))
    (tmp_path / "gold.jsonl").write_bytes(line + b"\n" + line + b"\n")

    with pytest.raises(
        GloseError, match="document d1 comes twice in layer gold; expected each document once"
    ):
        spreading.spread(tmp_path / "gold.jsonl", tmp_path / "s")


def test_a_wrong_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(GloseError, match="no sheets"):
        list(spreading.pack(tmp_path / "empty"))
    with pytest.raises(GloseError, match="no such folder"):
        list(spreading.pack(tmp_path / "none"))
    with pytest.raises(GloseError, match="expected a folder"):
        spreading.spread(SAMPLE, SAMPLE)


def test_a_document_that_comes_twice_is_told(tmp_path: Path) -> None:
    spreading.spread(SAMPLE, tmp_path / "s")
    sheet = tmp_path / "s" / "depeche-001.gold.glose"
    (tmp_path / "s" / "copy.glose").write_bytes(sheet.read_bytes())
    done = run("pack", tmp_path / "s", "-o", tmp_path / "a.jsonl")

    assert "document depeche-001 comes twice in layer gold" in str(done.exception)
    assert not (tmp_path / "a.jsonl").exists()


def test_a_corpus_that_was_packed_is_counted_anew(tmp_path: Path) -> None:
    jsonl.write(tmp_path / "gold.jsonl", [plain("d1"), plain("d2")])
    manifest.write(tmp_path, manifest.of(tmp_path, name="c", splits={"train": ["d1"]}))
    spreading.spread(tmp_path / "gold.jsonl", tmp_path / "s")
    (tmp_path / "s" / "d2.gold.glose").unlink()
    run("pack", tmp_path / "s", "-o", tmp_path / "gold.jsonl")
    assert run("validate", tmp_path).exit_code == 1
    done = run("manifest", tmp_path)

    assert done.stderr == "1 document in 1 file\n"
    assert run("validate", tmp_path).exit_code == 0
    assert manifest.read(tmp_path).splits == {"train": ("d1",)}


def test_a_spread_folder_is_a_format(tmp_path: Path) -> None:
    run("spread", SAMPLE, "-o", tmp_path / "s")
    run("convert", tmp_path / "s", tmp_path / "back.jsonl")
    run("convert", SAMPLE, tmp_path / "t.glose")

    assert (tmp_path / "back.jsonl").read_bytes() == SAMPLE.read_bytes()
    assert names(tmp_path / "t.glose") == names(tmp_path / "s")


def test_a_sheet_that_is_wrong_is_set_aside(tmp_path: Path) -> None:
    run("spread", SAMPLE, "-o", tmp_path / "s")
    sheet = tmp_path / "s" / "depeche-002.gold.glose"
    sheet.write_text(sheet.read_text() + "<<<<<<< ours\n")
    rejects = tmp_path / "rejects.jsonl"
    done = run("convert", tmp_path / "s", tmp_path / "back.jsonl", "--rejects", rejects)

    assert "59 documents" in done.stderr
    assert "a conflict of a merge that nobody decided" in rejects.read_text()
