"""The commands on projects, as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from glose.annotate.store.addresses import address
from glose.annotate.store.database import Database
from glose.annotate.store.project import Project
from glose.cli import commands
from glose.corpus import jsonl, manifest, schema
from glose.corpus.document import Document
from glose.corpus.errors import GloseError


def called(*words: object) -> Result:
    """Run a command; what it raises is raised here."""
    return CliRunner().invoke(commands, [str(word) for word in words], catch_exceptions=False)


def glose(*words: object) -> str:
    """Run a command that is to end well, and return what it prints on standard output."""
    result = called("annotate", *words)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def made(stores: str, corpus: Path) -> str:
    """A project with the dispatches as layer gold."""
    glose("import", stores, corpus, "--schema", "plover", "--user", "ana")
    return stores


def test_import_and_export_give_the_same_bytes(made: str, corpus: Path, tmp_path: Path) -> None:
    glose("export", made, "-o", tmp_path / "out.jsonl")

    assert (tmp_path / "out.jsonl").read_bytes() == corpus.read_bytes()


def test_import_says_what_it_did(stores: str, corpus: Path) -> None:
    first = called("annotate", "import", stores, corpus, "--schema", "plover").stderr
    second = called("annotate", "import", stores, corpus).stderr

    assert first.endswith(f"{corpus}: 12 new documents, 12 new records\n")
    assert second.endswith(f"{corpus}: 0 new documents, 0 new records, 12 that were there\n")


def test_the_schema_of_a_corpus_folder_is_taken(
    stores: str, tmp_path: Path, gold: list[Document]
) -> None:
    folder = tmp_path / "corpus"
    jsonl.write(folder / "gold.jsonl", gold)
    (folder / "schema.toml").write_bytes(schema.content("ace2005"))
    manifest.write(folder, manifest.of(folder))
    found = called("annotate", "import", stores, folder)

    assert "departures from the schema, such as d0: " in found.stderr


def test_without_a_schema_nothing_is_made(tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(GloseError, match="carries no schema; name one with --schema"):
        called("annotate", "import", tmp_path / "p.glose", corpus)

    assert not (tmp_path / "p.glose").exists()


def test_another_schema_than_the_project_has(made: str, corpus: Path) -> None:
    with pytest.raises(GloseError, match="its schema is plover, and another than muc4"):
        called("annotate", "import", made, corpus, "--schema", "muc4")


def test_a_file_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(GloseError, match="no such file"):
        called("annotate", "import", tmp_path / "p", tmp_path / "x.jsonl", "--schema", "muc4")

    assert not (tmp_path / "p").exists()


def test_a_layer_gets_another_name_and_back(made: str, corpus: Path, tmp_path: Path) -> None:
    glose("import", made, corpus, "--layer", "ben", "--kind", "reference")
    glose("export", made, "-o", tmp_path / "out.jsonl", "--layer", "ben", "--as", "gold")

    assert (tmp_path / "out.jsonl").read_bytes() == corpus.read_bytes()


def test_export_of_a_state(made: str, tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    result = called("annotate", "export", made, "-o", out, "--state", "done")

    assert result.stderr == f"{out}: 12 documents, layer gold\n"


@pytest.mark.parametrize(
    "states",
    [["dnoe"], ["in-progress"], ["done", "dnoe"]],
    ids=["a typo", "none is in it", "a typo beside one that is there"],
)
def test_a_state_that_no_record_has_writes_nothing(
    made: str, tmp_path: Path, states: list[str]
) -> None:
    out = tmp_path / "o.jsonl"
    out.write_text("before")
    wanted = [word for state in states for word in ("--state", state)]

    with pytest.raises(GloseError, match=r"no record is in the state .* \(there are: done\)"):
        called("annotate", "export", made, "-o", out, *wanted)
    assert out.read_text() == "before"


def test_a_state_that_is_not_there_yet_beside_one_that_is(made: str, tmp_path: Path) -> None:
    states = ["--state", "done", "--state", "in-progress"]
    glose("export", made, "-o", tmp_path / "o.jsonl", *states)

    assert len(list(jsonl.read(tmp_path / "o.jsonl"))) == 12


@pytest.mark.parametrize("option", ["--as", "--layer"])
@pytest.mark.parametrize("name", ["a\nb", "a\u2028b", " ", "x" * 201])
def test_names_of_layers_are_names(made: str, tmp_path: Path, option: str, name: str) -> None:
    with pytest.raises(GloseError) as caught:
        called("annotate", "export", made, "-o", tmp_path / "o.jsonl", option, name)
    assert len(str(caught.value).splitlines()) == 1
    assert not (tmp_path / "o.jsonl").exists()


def test_a_layer_with_a_line_break_makes_no_project(tmp_path: Path, corpus: Path) -> None:
    words = [tmp_path / "p", corpus, "--schema", "plover", "--layer", "a\nb"]
    with pytest.raises(GloseError, match=r"--layer 'a.nb': no name"):
        called("annotate", "import", *words)
    assert not (tmp_path / "p").exists()


def test_export_asks_which_layer(made: str, corpus: Path, tmp_path: Path) -> None:
    glose("import", made, corpus, "--layer", "ben")

    with pytest.raises(GloseError, match=r"name a layer with --layer \(there are: gold, ben\)"):
        called("annotate", "export", made, "-o", tmp_path / "out.jsonl")


def test_export_never_overwrites_the_project(tmp_path: Path, corpus: Path) -> None:
    path = tmp_path / "p.jsonl"
    glose("import", path, corpus, "--schema", "plover")

    with pytest.raises(GloseError, match="this is an input too"):
        called("annotate", "export", path, "-o", path)


def test_the_log_has_a_line_an_operation(made: str) -> None:
    lines = glose("log", made, "--document", "d0").splitlines()

    assert len(lines) == 1
    assert lines[0].split("  ")[1:] == ["ana", "d0", "gold", "1", "import", "7 items"]


def test_the_log_of_a_layer_and_an_item(made: str) -> None:
    assert len(glose("log", made, "--layer", "gold").splitlines()) == 12
    assert len(glose("log", made, "--item", "m4").splitlines()) == 12
    assert glose("log", made, "--item", "m99") == ""


def test_the_log_as_json(made: str) -> None:
    entries = json.loads(glose("log", made, "--json"))["entries"]

    assert len(entries) == 12
    assert list(entries[0]) == [
        "document", "layer", "id", "base", "verb", "of", "note", "changes", "revision", "user",
        "at",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "what"),
    [(["--layer", "who"], "no layer who"), (["--document", "d99"], "no document d99")],
)
def test_the_log_of_what_there_is_not(made: str, words: list[str], what: str) -> None:
    with pytest.raises(GloseError, match=what):
        called("annotate", "log", made, *words)


def test_verify_tells_and_repairs(made: str) -> None:
    database = Database(address(made))
    with database.writing() as connection:
        connection.execute(text("DELETE FROM items WHERE key = 'm2' AND record_id = 1"))
    database.close()
    told, repaired = (
        called("annotate", "verify", made),
        called("annotate", "verify", made, "--repair"),
    )
    after = called("annotate", "verify", made)

    assert (told.exit_code, told.stdout) == (1, "d0 in layer gold: mentions m2: is missing\n")
    assert (repaired.exit_code, repaired.stdout) == (
        0, "d0 in layer gold: written anew from the journal\n",
    )  # fmt: skip
    assert (after.exit_code, after.stdout) == (0, "")


SPARSE = '{"id": "d0", "mentions": [{"type": "GPE", "start": 25, "end": 28}]}\n'


@pytest.mark.parametrize(
    ("name", "words", "kind"),
    [
        pytest.param("crf", [], "suggestions", id="predictions"),
        pytest.param("crf", ["--kind", "work"], "work", id="unless a kind is named"),
        pytest.param("ana", [], "work", id="unless the layer is there"),
    ],
)
def test_what_says_no_status_is_suggested(
    made: str, tmp_path: Path, name: str, words: list[str], kind: str
) -> None:
    with Project.open(made) as project:
        project.layer("ana")
    path = tmp_path / f"{name}.jsonl"
    path.write_text(SPARSE)
    glose("import", made, path, *words)
    with Project.open(made) as project:
        kinds = {layer.name: layer.kind for layer in project.layers()}
        mention = project.snapshot("d0", name).document.mentions[0]

    assert (kinds[name], mention.text) == (kind, "Gao")
