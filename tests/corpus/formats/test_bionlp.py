"""BioNLP-ST: what is given and what is to be found stand in two files."""

from __future__ import annotations

from pathlib import Path

import pytest

from glose.corpus.formats import table
from glose.corpus.formats.bionlp import FORMAT

TEXT = "Fos binds Jun and not Max.\n"
A1 = "T1\tProtein 0 3\tFos\nT2\tProtein 10 13\tJun\nT3\tProtein 22 25\tMax\n"
A2 = (
    "T4\tBinding 4 9\tbinds\n"
    "T5\tRegulation 18 21\tnot\n"
    "E1\tBinding:T4 Theme:T1 Theme2:T2\n"
    "E2\tBinding:T4 Theme:T1 Theme2:T3\n"
    "E3\tRegulation:T5 Theme:E2\n"
    "*\tEquiv T1 T2\n"
    "M1\tNegation E2\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one document: two events on one trigger, and one of an event."""
    (tmp_path / "in").mkdir()
    for suffix, content in ((".txt", TEXT), (".a1", A1), (".a2", A2)):
        (tmp_path / "in" / f"d{suffix}").write_text(content)
    return tmp_path / "in"


def test_both_files_are_one_document(folder: Path) -> None:
    [document] = FORMAT.read(folder)

    assert [m.id for m in document.mentions] == ["T1", "T2", "T3"]
    assert [(e.id, [a.ref for a in e.args]) for e in document.events] == [
        ("E1", ["T1", "T2"]),
        ("E2", ["T1", "T3"]),
        ("E3", ["E2"]),
    ]
    assert document.provenance.format == "bionlp"


def test_both_files_come_back_as_they_were(folder: Path, tmp_path: Path) -> None:
    FORMAT.write(tmp_path / "out", FORMAT.read(folder))

    assert (tmp_path / "out" / "d.a1").read_text() == A1
    assert sorted((tmp_path / "out" / "d.a2").read_text().splitlines()) == sorted(A2.splitlines())
    assert (tmp_path / "out" / "d.txt").read_text() == TEXT


def test_what_is_given_may_stand_alone(folder: Path) -> None:
    (folder / "d.a2").unlink()
    [document] = FORMAT.read(folder)

    assert (len(document.mentions), document.events) == (3, ())


@pytest.mark.parametrize("path", ["", "d.a1", "d.a2"])
def test_it_is_recognised(folder: Path, path: str) -> None:
    assert table.name_of(folder / path) == "bionlp"
