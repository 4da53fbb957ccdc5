"""`glose corpus build` on the command line: what it prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glose.corpus.building.commands import build_command
from glose.corpus.errors import GloseError

TEXT = "Douze civils ont été tués mardi dans des raids aériens sur Douma."


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(TEXT)
    (tmp_path / "raw" / "b.txt").write_bytes(b"\0")
    return tmp_path / "raw"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build_command, list(map(str, arguments)))


def test_rejects_are_told_on_standard_error_and_the_run_is_done(raw: Path, tmp_path: Path) -> None:
    result = run(raw, "-o", tmp_path / "out")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "rejected: b.txt: binary" in result.stderr
    assert "1 of 2 documents REJECTED" in result.stderr


def test_what_headers_state_and_no_field_holds_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for name in "ab":
        header = "Titre: Raids\nVille: Agen\nDate: 31/02/2024"
        (tmp_path / "raw" / f"{name}.txt").write_text(f"{header}\n\n{TEXT} {name}")
    result = run(tmp_path / "raw", "-o", tmp_path / "out")

    keys, dates, *_ = result.stderr.splitlines()
    assert keys.startswith("header keys not known: Ville (2 documents); they went to extra; ")
    assert dates.startswith("2 dates were not understood: 31/02/2024 (a), 31/02/2024 (b); ")


ITEM = (
    "<rss><channel><item><description>Un</description><pubDate>%s</pubDate></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("name", "content", "key", "date"),
    [
        pytest.param("a.csv", "text,Datum\nUn,32/13/2024\n", "Datum", "32/13/2024", id="CSV"),
        pytest.param("a.csv", "text,Datum\nUn,20240230\n", "Datum", "20240230", id="compact"),
        pytest.param("a.csv", "text,date\nUn,hier\n", "date", "hier", id="a known header"),
        pytest.param("a.json", '{"text": "Un", "x": {"y": "hier"}}', "x.y", "hier", id="JSON"),
        pytest.param("a.rss", ITEM % "Wed, 99 Mar 2024", "pubDate", "Wed, 99 Mar 2024", id="RSS"),
        pytest.param("a.txt", "Date: hier\n\nUn", "Date", "hier", id="a header"),
    ],
)  # fmt: skip
def test_a_date_that_was_not_understood_is_told_and_kept(
    tmp_path: Path, name: str, content: str, key: str, date: str
) -> None:
    (tmp_path / name).write_text(content)
    told = () if key.lower() in {"date", "pubdate"} else ("--column", f"date={key}")
    result = run(tmp_path / name, "-o", tmp_path / "out", "--json", *told)
    document = json.loads((tmp_path / "out" / "documents.jsonl").read_text())

    assert f"1 date was not understood: {date} (a); extra has them as written" in result.stderr
    assert json.loads(result.stdout)["unknown_dates"] == {"a": date}
    assert document["meta"]["date"] is None
    assert {"name": key, "value": date} in document["extra"]


def test_an_id_that_is_not_used_as_written_is_kept(tmp_path: Path) -> None:
    rows = "a4,Un\na4,Deux\n7,Trois\nx,Quatre\n,Cinq\n"
    (tmp_path / "g.csv").write_text(f"nr,text\n{rows}")
    result = run(tmp_path / "g.csv", "-o", tmp_path / "out", "--column", "id=nr")
    lines = (tmp_path / "out" / "documents.jsonl").read_text().splitlines()

    assert result.exit_code == 0
    assert {one["id"]: one["extra"] for one in map(json.loads, lines)} == {
        "d7": [{"name": "nr", "value": "7"}],
        "g-5": [],
        "g-a4-1": [{"name": "nr", "value": "a4"}],
        "g-a4-2": [{"name": "nr", "value": "a4"}],
        "x": [],
    }


def test_a_key_that_the_configuration_maps_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Titre: Raids\nVille: Agen\n\n{TEXT}")
    (tmp_path / "glose.toml").write_text('[build]\nkeys = { "Ville" = "place" }\n')
    config = tmp_path / "glose.toml"
    result = run(tmp_path / "a.txt", "-o", tmp_path / "out", "--config", config)

    assert "not known" not in result.stderr
    assert '"place":"Agen"' in (tmp_path / "out" / "documents.jsonl").read_text()


@pytest.mark.parametrize("name", ["taken", "taken/below"])
def test_a_file_is_no_folder_to_write_to(raw: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "taken").write_text(TEXT)
    result = run(raw, "-o", tmp_path / name)

    assert isinstance(result.exception, GloseError)
    assert f"{tmp_path / name}: a file stands there; name a folder" in str(result.exception)
    assert (tmp_path / "taken").read_text() == TEXT


def test_json_goes_to_standard_output(raw: Path, tmp_path: Path) -> None:
    summary = json.loads(run(raw, "-o", tmp_path / "out", "--json").stdout)

    assert (summary["documents"], summary["folder"]) == (1, str(tmp_path / "out"))


def test_configuration_alone_is_enough(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "glose.toml").write_text('[build]\nsources = ["raw"]\noutput = "out"\n')
    result = run("--config", tmp_path / "glose.toml")

    assert result.exit_code == 0
    assert (tmp_path / "out" / "documents.jsonl").is_file()


def test_command_line_goes_before_the_configuration(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "glose.toml").write_text('[build]\noutput = "no"\non-error = "fail"\nname = "n"\n')
    config = tmp_path / "glose.toml"
    result = run(raw, "-o", tmp_path / "out", "--config", config, "--on-error", "reject")

    assert result.exit_code == 0
    assert json.loads((tmp_path / "out" / "corpus.json").read_text())["name"] == "n"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        pytest.param([], "SOURCE is given neither", id="no source"),
        pytest.param(["x"], "--output is given neither", id="no output"),
        pytest.param(["x", "-o", "y", "--jobs", "0"], "--jobs", id="no process"),
        pytest.param(["x", "-o", "y", "--layer", "gold"], "expected NAME=FILE", id="half a layer"),
        pytest.param(
            ["x", "-o", "y", "--layer", "a=b", "--layer", "a=c"], "a second time", id="twice"
        ),
        pytest.param(["x", "-o", "y", "--on-error", "stop"], "reject", id="an unknown word"),
    ],
)
def test_command_line_at_fault_ends_with_2(arguments: list[str], what: str) -> None:
    result = run(*arguments)

    assert (result.exit_code, what in result.stderr) == (2, True)


def test_source_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    result = run(tmp_path / "none", "-o", tmp_path / "out")

    assert isinstance(result.exception, GloseError)
    assert str(result.exception).startswith(f"{tmp_path / 'none'}: ")


def test_heavy_packages_are_not_loaded_for_help() -> None:
    heavy = "{'chardet', 'trafilatura', 'py3langid', 'numpy', 'lxml'}"
    code = f"import sys, glose.corpus.commands; sys.exit(bool({heavy} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def table(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.csv").write_text(f"nr,corps\nk,{TEXT}\n")
    return folder


def test_columns_of_the_command_line_go_before_those_of_the_file(tmp_path: Path) -> None:
    raw = table(tmp_path / "raw")
    (tmp_path / "glose.toml").write_text(
        '[build]\ncolumns = { id = "none", text = "nr" }\n'
        '[[build.files]]\nmatch = "*.csv"\ncolumns = { text = "none" }\n'
    )
    options = ("--config", tmp_path / "glose.toml", "--column", "text=corps", "--column", "id=nr")
    result = run(raw, "-o", tmp_path / "out", *options)

    assert result.exit_code == 0
    assert '"id":"k"' in (tmp_path / "out" / "documents.jsonl").read_text()


@pytest.mark.parametrize(
    ("column", "what"),
    [
        ("text", "'text'; expected FIELD=NAME"),
        ("words=corps", "'words' is nothing that a column fills; expected one of agency, author"),
    ],
)
def test_a_column_that_cannot_be_is_a_mistake_of_the_command_line(
    tmp_path: Path, column: str, what: str
) -> None:
    result = run(table(tmp_path / "raw"), "-o", tmp_path / "out", "--column", column)

    assert result.exit_code == 2
    assert what in " ".join(result.stderr.split())


def test_a_column_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(GloseError, match="no column is called 'x'; there are: nr, corps"):
        CliRunner().invoke(
            build_command,
            [str(table(tmp_path / "raw")), "-o", str(tmp_path / "out"), "--column", "text=x"],
            catch_exceptions=False,
        )
