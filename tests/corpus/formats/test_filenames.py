"""The names of the files of documents in a folder, and how readers tell text from the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from glose.corpus.errors import GloseError, Place
from glose.corpus.formats import items, opening, table
from glose.corpus.formats.filenames import Stems
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.rejects import MalformedError, Rejects
from glose.corpus.formats.spans import placed
from glose.corpus.formats.specimens import SPECIMENS
from glose.corpus.rulers import Ruler


def test_a_document_has_its_files_in_its_folder(tmp_path: Path) -> None:
    stems = Stems(tmp_path, losses := Losses())
    assert stems.stem("2031/gao") == tmp_path / "2031" / "gao"
    assert (tmp_path / "2031").is_dir()
    assert (len(stems), dict(losses.notes)) == (1, {})


def test_an_id_that_is_no_file_name_is_respelt_and_told(tmp_path: Path) -> None:
    stem = Stems(tmp_path, losses := Losses()).stem("../a:b")
    assert stem.is_relative_to(tmp_path)
    assert dict(losses.notes) == {"ids of documents that are no file names were respelt": 1}


def test_a_document_that_comes_twice_is_refused(tmp_path: Path) -> None:
    stems = Stems(tmp_path, Losses())
    stems.stem("d1")
    with pytest.raises(GloseError, match="document d1 comes twice; expected each document once"):
        stems.stem("d1")


@pytest.mark.parametrize("name", ["brat", "bionlp", "webanno", "cas", "cas-json", "textee"])
def test_what_is_said_of_a_draft_names_the_path_that_was_meant(tmp_path: Path, name: str) -> None:
    form = table.FORMATS[name]
    found = SPECIMENS["mentions"]
    with pytest.raises(GloseError) as caught:
        form.write(tmp_path / "out", [found, found])

    expected = f"{tmp_path / 'out'}: document d1 comes twice; expected each document once"
    assert str(caught.value) == expected
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("keys", "wanted", "found"),
    [
        pytest.param(["id", "body"], None, "body", id="the only string that is no id"),
        pytest.param(["text", "body"], None, "text", id="text, if it is there"),
        pytest.param(["title", "body"], None, None, id="of two none"),
        pytest.param(["text", "id"], "id", "id", id="the one that is wanted, whatever it is"),
        pytest.param(["text"], "body", None, id="none, if the one that is wanted is not there"),
    ],
)
def test_the_key_of_the_text(keys: list[str], wanted: str | None, found: str | None) -> None:
    assert items.text_key(keys, wanted, {"id"}) == found


def test_what_is_malformed_is_set_aside_and_the_rest_is_made(tmp_path: Path) -> None:
    def half(number: int) -> int:
        if number % 2:
            raise MalformedError("odd")
        return number // 2

    rejects = Rejects(tmp_path / "rejects.jsonl")
    assert list(rejects.sound(Place("c.json", 3), [2, 3, 8], half)) == [1, 4]
    assert [(r.line, r.reason, r.content) for r in rejects.found] == [(3, "odd", "3")]


def test_a_misplaced_span_says_whose_it_is() -> None:
    assert placed(Ruler("Zoé a vu Gao"), (9, 12), "Gao", "span LOC") == (9, 12)
    with pytest.raises(MalformedError, match=r"^span LOC: offset 99 is outside the text"):
        placed(Ruler("Gao"), (0, 99), None, "span LOC")
    with pytest.raises(MalformedError, match=r"^offset 99 is outside the text"):
        placed(Ruler("Gao"), (0, 99))


def test_a_folder_opens_with_its_first_file(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_bytes(b"<b/>")
    (tmp_path / "a.txt").write_bytes(b"no XML")
    (tmp_path / "c.xml").write_bytes(b"<c/>")
    assert opening.within(tmp_path, b"", ".xml") == b"<b/>"
    assert opening.within(tmp_path, b"", ".tei") == b""
    assert opening.within(tmp_path / "c.xml", b"<c/>", ".xml") == b"<c/>"
