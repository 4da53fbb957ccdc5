"""`glose.toml` says what a build may be told, and a mistake in it is one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from glose.corpus.building.settings import Files, Rules, read, rules
from glose.corpus.errors import GloseError

WHOLE = """
[build]
sources = ["raw"]
output = "out"
on-error = "fail"
jobs = 2
layers = { gold = "gold.jsonl" }
agencies = ["ALM"]
keys = { "Desk" = "", "Organe" = "source" }
language = "fr"

[[build.files]]
match = "x/*"
source = "Le Courrier"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "glose.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    build = read(written(tmp_path, WHOLE))

    assert build.sources == (str(tmp_path / "raw"),)
    assert build.output == str(tmp_path / "out")
    assert build.layers == {"gold": str(tmp_path / "gold.jsonl")}


def test_agencies_and_keys_are_added_to_the_known_ones(tmp_path: Path) -> None:
    known = rules(read(written(tmp_path, WHOLE)))

    assert {"alm", "afp"} <= known.agencies
    assert (known.keys["desk"], known.keys["organe"], known.keys["titre"]) == (
        "",
        "source",
        "title",
    )


def test_empty_file_says_nothing(tmp_path: Path) -> None:
    assert rules(read(written(tmp_path, ""))) == Rules(keys=Rules().keys)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(
            "[build]\nsorces = []", "build: unknown key 'sorces'; did", id="an unknown key"
        ),
        pytest.param("[biuld]", "unknown key 'biuld'; did you", id="an unknown section"),
        pytest.param("[build]\njobs = 'x'", r"build\.jobs: found a string", id="a type"),
        pytest.param("[build]\njobs = 0", "jobs", id="a number out of range"),
        pytest.param(
            "[build]\non-error = 'stop'",
            "found 'stop'; expected fail or reject",
            id="a wrong word",
        ),
        pytest.param("[[build.files]]\nsource = 'x'", "required key 'match'", id="no match"),
        pytest.param("[build]\nkeys = {A = 'b'}", "'A' fills 'b'; expected agency", id="no field"),
        pytest.param(
            "[build]\ncolumns = {words = 'b'}", "'words' is nothing that a column", id="no column"
        ),
        pytest.param(
            "[[build.files]]\nmatch = '*'\ncolumns = {x = 'b'}", "'x' is nothing", id="of files"
        ),
        pytest.param("[build", "no TOML", id="no TOML"),
    ],
)
def test_mistake_is_one_line_with_its_place(tmp_path: Path, text: str, what: str) -> None:
    path = written(tmp_path, text)

    with pytest.raises(GloseError, match=what) as error:
        read(path)
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)


def test_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(GloseError, match="check the path"):
        read(tmp_path / "none.toml")


def test_first_entry_that_states_a_field_counts() -> None:
    known = Rules(files=(Files("a/*", source="A"), Files("*", source="B", rights="R")))

    assert known.known("a/x.txt") == {"source": "A", "rights": "R"}
    assert known.known("b.txt") == {"source": "B", "rights": "R"}
