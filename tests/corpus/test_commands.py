"""The commands of `glose corpus` that check, count, compare, split and convert."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from glose.corpus import jsonl, manifest
from glose.corpus.commands import group
from glose.corpus.document import Document, Mention, Status, fingerprint
from glose.corpus.errors import GloseError


def made(ident: str, text: str = "Gao !") -> Document:
    """Return a small valid document."""
    mention = Mention("m1", "GPE", 0, 3, text="Gao", level="NAM")
    return Document(
        id=ident,
        layer="gold",
        text=text,
        text_sha256=fingerprint(text),
        mentions=(mention,),
        status=Status(annotated=("mentions",)),
    )


def run(*arguments: object) -> Result:
    """Run a command of the group; what the user is to put right is raised."""
    done = CliRunner().invoke(group, [str(argument) for argument in arguments])
    if isinstance(done.exception, GloseError):
        raise done.exception
    return done


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a file of ten records."""
    path = tmp_path / "gold.jsonl"
    jsonl.write(path, [made(f"d{n}", f"Gao {n}") for n in range(10)])
    return path


class TestValidate:
    def test_right_files_print_nothing_and_exit_0(self, corpus: Path) -> None:
        done = run("validate", corpus, "--schema", "plover")

        assert (done.stdout, done.exit_code) == ("", 0)

    def test_the_summary_goes_to_standard_error(self, corpus: Path) -> None:
        assert run("validate", corpus).stderr == "1 file, 10 records: 0 errors, 0 warnings\n"

    def test_an_error_exits_1(self, corpus: Path) -> None:
        done = run("validate", corpus, corpus.parent / "no.jsonl")

        assert (done.stdout, done.exit_code) == (
            f"{corpus.parent}/no.jsonl: no such file; check the path\n", 1,
        )  # fmt: skip

    def test_a_warning_exits_0(self, tmp_path: Path) -> None:
        wide = replace(made("a"), mentions=(Mention("m1", "GPE", 0, 4, text="Gao "),))
        jsonl.write(tmp_path / "c.jsonl", [wide])

        done = run("validate", tmp_path / "c.jsonl")

        assert (done.stdout.count("warning:"), done.exit_code) == (1, 0)

    def test_json_says_the_same(self, tmp_path: Path) -> None:
        (tmp_path / "c.jsonl").write_text('{"id":"a"}\n')

        done = run("validate", "--json", tmp_path / "c.jsonl")
        said = json.loads(done.stdout)

        assert (said["problems"][0]["line"], said["errors"], done.exit_code) == (1, 2, 1)

    def test_sparse_records_may_be_allowed(self, tmp_path: Path) -> None:
        (tmp_path / "c.jsonl").write_text('{"id":"a"}\n')

        assert run("validate", "--sparse", tmp_path / "c.jsonl").exit_code == 0

    def test_an_unknown_schema_is_told(self, corpus: Path) -> None:
        with pytest.raises(GloseError, match="no schema is called 'plovr'"):
            run("validate", corpus, "--schema", "plovr")

    def test_a_file_is_required(self) -> None:
        assert run("validate").exit_code == 2


class TestStats:
    def test_a_table(self, corpus: Path) -> None:
        lines = run("stats", corpus).stdout.splitlines()

        assert lines[1].split() == ["documents", "10"]

    def test_json(self, corpus: Path) -> None:
        [said] = json.loads(run("stats", "--json", corpus).stdout)["files"]

        assert (said["totals"]["mentions"], said["by"]["level"]) == (10, {"NAM": 10})

    def test_a_wrong_file_is_told_with_its_line(self, tmp_path: Path) -> None:
        (tmp_path / "c.jsonl").write_text("oops\n")

        with pytest.raises(GloseError, match=r"c\.jsonl:1: not a JSON record"):
            run("stats", tmp_path / "c.jsonl")


class TestSplit:
    def test_the_manifest_gets_the_splits(self, corpus: Path) -> None:
        run("split", corpus, "--train", 0.6, "--dev", 0.2, "--test", 0.2)

        splits = manifest.read(corpus.parent).splits
        assert {name: len(ids) for name, ids in splits.items()} == {
            "train": 6, "dev": 2, "test": 2,
        }  # fmt: skip

    def test_the_rest_of_the_manifest_is_kept(self, corpus: Path) -> None:
        manifest.write(corpus.parent, manifest.of(corpus.parent, name="mine", version="3"))

        run("split", corpus.parent)

        said = manifest.read(corpus.parent)
        assert (said.name, said.version) == ("mine", "3")

    def test_sizes_are_printed(self, corpus: Path) -> None:
        assert run("split", corpus).stdout.split() == ["train", "8", "dev", "1", "test", "1"]

    def test_json_lists_the_ids(self, corpus: Path) -> None:
        said = json.loads(run("split", corpus, "--json").stdout)

        assert sorted(name for ids in said.values() for name in ids) == [
            f"d{n}" for n in range(10)
        ]

    def test_shares_that_do_not_add_up_are_told(self, corpus: Path) -> None:
        with pytest.raises(GloseError, match=r"the shares of the splits add up to 1\.2"):
            run("split", corpus, "--train", 1)

    def test_a_part_without_documents_is_told(self, tmp_path: Path) -> None:
        jsonl.write(tmp_path / "c.jsonl", [made(f"d{n}", f"Gao {n}") for n in range(5)])

        done = run("split", tmp_path / "c.jsonl")

        assert done.exit_code == 0
        assert done.stderr == (
            "warning: test has no document; give it a larger share, or split more documents\n"
        )

    def test_earlier_splits_that_are_replaced_are_told(self, corpus: Path) -> None:
        first, same, other = (run("split", corpus, "--seed", seed).stderr for seed in (0, 0, 1))

        assert (first, same) == ("", "")
        assert other == "warning: the earlier splits (train 8, dev 1, test 1) are replaced\n"

    def test_what_is_split_is_valid(self, corpus: Path) -> None:
        run("split", corpus, "--by", "date")

        assert run("validate", corpus.parent).exit_code == 0


class TestDiff:
    @pytest.fixture
    def other(self, corpus: Path) -> Path:
        """Return a file with one mention less than the corpus."""
        path = corpus.parent / "new" / "gold.jsonl"
        first, *rest = jsonl.read(corpus)
        jsonl.write(path, [replace(first, mentions=()), *rest])
        return path

    def test_changes_are_lines(self, corpus: Path, other: Path) -> None:
        done = run("diff", corpus, other)

        assert (done.stdout, done.exit_code) == ("d0: mention removed: m1 GPE Gao 0-3\n", 0)

    def test_counts_go_to_standard_error(self, corpus: Path, other: Path) -> None:
        assert run("diff", corpus, other).stderr == "mention: 1 removed\n"

    def test_no_difference(self, corpus: Path) -> None:
        assert run("diff", corpus, corpus).output == "no difference\n"

    def test_json(self, corpus: Path, other: Path) -> None:
        said = json.loads(run("diff", "--json", corpus, other).stdout)

        assert said["counts"] == {"mention": {"removed": 1}}

    def test_folders_are_compared_by_layer(self, corpus: Path, other: Path) -> None:
        done = run("diff", corpus.parent, other.parent, "--layer", "gold")

        assert done.stdout.count("\n") == 1


class TestConvert:
    def test_there_and_back_is_the_same(self, corpus: Path, tmp_path: Path) -> None:
        run("convert", corpus, tmp_path / "c.parquet")
        run("convert", tmp_path / "c.parquet", tmp_path / "c.jsonl")

        assert (tmp_path / "c.jsonl").read_bytes() == corpus.read_bytes()

    def test_formats_may_be_named(self, corpus: Path, tmp_path: Path) -> None:
        run("convert", corpus, tmp_path / "c", "--from", "jsonl", "--to", "parquet")

        assert (tmp_path / "c").read_bytes()[:4] == b"PAR1"

    def test_a_misspelt_format_is_told(self, corpus: Path) -> None:
        with pytest.raises(GloseError, match="no format is called 'parket'; did you mean 'parq"):
            run("convert", corpus, "x", "--to", "parket")

    def test_a_wrong_record_leaves_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_text('{"id":"a"}\n{"id":""}\n')

        with pytest.raises(GloseError, match=r"a\.jsonl:2: "):
            run("convert", tmp_path / "a.jsonl", tmp_path / "b.parquet")

        assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom glose.corpus.commands import group\n"
        "heavy = {'numpy', 'datasets', 'pyarrow', 'trafilatura', 'msgspec', 'hypothesis'}\n"
        "print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.stdout == "set()\n", done.stderr


class TestPipes:
    """A pipe can be read once, and nothing can stand beside it."""

    @pytest.fixture
    def pipe(self, tmp_path: Path) -> Path:
        os.mkfifo(tmp_path / "pipe")
        return tmp_path / "pipe"

    def test_a_split_needs_a_place(self, pipe: Path) -> None:
        with pytest.raises(GloseError, match="a pipe; expected a file or a folder"):
            run("split", pipe)
        assert [path.name for path in pipe.parent.iterdir()] == ["pipe"]

    def test_a_format_cannot_be_recognised(self, pipe: Path) -> None:
        with pytest.raises(GloseError, match="name its format with --from"):
            run("convert", pipe, pipe.parent / "c.jsonl")


@pytest.mark.parametrize("share", ["-1", "1.5"])
def test_a_share_is_between_0_and_1(corpus: Path, share: str) -> None:
    assert run("split", corpus, "--train", share).exit_code == 2
