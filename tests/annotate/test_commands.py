"""The commands of `glose annotate`, as a user calls them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from glose.annotate.commands import shown
from glose.cli import commands
from glose.corpus import jsonl, manifest
from glose.corpus.document import Document
from glose.corpus.errors import GloseError


def glose(*words: object) -> str:
    """Run a command and return what it prints on standard output."""
    result = CliRunner().invoke(commands, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def folder(tmp_path: Path, gold: list[Document]) -> Path:
    """A corpus folder with documents, gold and splits."""
    path = tmp_path / "corpus"
    jsonl.write(path / "gold.jsonl", gold)
    splits = {"train": [one.id for one in gold[:8]], "test": [one.id for one in gold[8:]]}
    found = manifest.of(path, name="tiny", splits=splits)
    manifest.write(path, found)
    return path


def test_train_and_run(folder: Path, tmp_path: Path, gold: list[Document]) -> None:
    model, out = tmp_path / "model", tmp_path / "out.jsonl"
    glose("annotate", "train", "rules", folder, "-o", model, "--split", "train")
    glose(
        "annotate",
        "run",
        f"rules:{model}",
        folder,
        "-o",
        out,
        "--split",
        "test",
        "--layer",
        "mine",
    )

    assert [(one.id, one.layer) for one in jsonl.read(out)] == [
        (one.id, "mine") for one in gold[8:]
    ]


def test_run_on_a_file(corpus: Path, tmp_path: Path) -> None:
    glose("annotate", "run", "rules", corpus, "-o", tmp_path / "out.jsonl")

    assert len(list(jsonl.read(tmp_path / "out.jsonl"))) == 12


def test_nothing_is_printed_on_standard_output(corpus: Path, tmp_path: Path) -> None:
    assert glose("annotate", "run", "rules", corpus, "-o", tmp_path / "out.jsonl") == ""


def test_extractors_are_listed() -> None:
    lines = glose("annotate", "extractors").splitlines()

    assert [line.split("[")[0].split(":")[0] for line in lines] == ["rules", "crf", "command"]


def test_extractors_as_json() -> None:
    found = json.loads(glose("annotate", "extractors", "--json"))

    assert {name: row["trains"] for name, row in found.items()} == {
        "rules": True, "crf": True, "command": False,
    }  # fmt: skip


def test_an_unknown_extractor_is_told(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(GloseError, match="no extractor is called 'crv'; did you mean 'crf'"):
        glose("annotate", "run", "crv", corpus, "-o", tmp_path / "out.jsonl")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["annotate", "--help"], id="help"),
        pytest.param(["annotate", "extractors"], id="the list of extractors"),
    ],
)
def test_heavy_packages_wait_until_they_are_used(words: list[str]) -> None:
    code = (
        "import sys\nfrom glose.cli import commands\n"
        f"commands({words!r}, standalone_mode=False)\n"
        "heavy = {'numpy', 'sklearn', 'pycrfsuite', 'datasets'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_a_trained_model_is_applied_without_scikit_learn(corpus: Path, tmp_path: Path) -> None:
    """Weights are read from JSON, so applying a model is as quick as it can be."""
    glose("annotate", "train", "crf", corpus, "-o", tmp_path / "model")
    words = [
        "annotate",
        "run",
        f"crf:{tmp_path / 'model'}",
        str(corpus),
        "-o",
        str(tmp_path / "o.jsonl"),
    ]
    code = (
        "import sys\nfrom glose.cli import commands\n"
        f"commands({words!r}, standalone_mode=False)\n"
        "sys.exit('sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("options", "learnt"),
    [
        pytest.param([], 8, id="the train split by default"),
        pytest.param(["--split", "test"], 4, id="another split"),
        pytest.param(["--split", "all"], 12, id="every document"),
    ],
)
def test_no_test_document_is_learnt_by_accident(
    folder: Path, tmp_path: Path, gold: list[Document], options: list[str], learnt: int
) -> None:
    glose("annotate", "train", "rules", folder, "-o", tmp_path / "model", *options)
    header = json.loads((tmp_path / "model" / "model.json").read_text())

    assert len(gold) == 12
    assert header["documents"] == learnt


def test_a_run_is_begun_anew_or_gone_on_with_but_not_both(corpus: Path, tmp_path: Path) -> None:
    words = ["annotate", "run", "rules", corpus, "-o", tmp_path / "o.jsonl", "--resume"]
    done = CliRunner().invoke(commands, [str(word) for word in [*words, "--restart"]])

    assert done.exit_code == 2
    assert "give one of them" in done.output


def test_a_program_that_is_mended_goes_on_or_begins_anew(corpus: Path, tmp_path: Path) -> None:
    """Fail, fix, run: the message names both ways on, and `--restart` is one of them."""
    script, out = tmp_path / "ext.py", tmp_path / "out.jsonl"
    body = "import sys, json\nfor number, line in enumerate(sys.stdin):\n"
    answer = '    print(json.dumps({"id": json.loads(line)["id"], "mentions": []}), flush=True)\n'
    words = ("annotate", "run", f"command:{sys.executable} {script}", corpus, "-o", out)
    script.write_text(body + "    if number == 3: sys.exit('no')\n" + answer)
    with pytest.raises(GloseError, match=r"3 finished .*--resume, or begin anew with --restart"):
        glose(*words)
    script.write_text(body + answer)
    with pytest.raises(GloseError, match="--resume, or begin anew with --restart"):
        glose(*words)
    glose(*words, "--restart")

    made = f"command:{sys.executable} {script}"
    assert {(one.layer, one.extra[0].value) for one in jsonl.read(out)} == {("ext", made)}


class Screen(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("options", "seen"),
    [
        pytest.param([], "12/12", id="all documents of a file"),
        pytest.param(["--split", "test"], "4/4", id="those of a split"),
    ],
)
def test_a_terminal_shows_how_far_a_run_is(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], seen: str
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    words = ["annotate", "run", "rules", str(folder), "-o", str(tmp_path / "o.jsonl"), *options]
    commands(words, standalone_mode=False)

    assert seen in screen.getvalue()


def test_a_pipe_shows_a_count(gold: list[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    """How many documents a pipe will bring is not known before its end."""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    passed = list(shown(iter(gold), None, "rules"))

    assert passed == gold
    assert "12" in screen.getvalue()


def test_nothing_to_annotate_is_the_fault_of_the_input(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")

    with pytest.raises(GloseError, match="no document to annotate"):
        glose("annotate", "run", "rules", tmp_path / "empty.jsonl", "-o", tmp_path / "out.jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["empty.jsonl"]
