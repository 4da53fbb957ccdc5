"""MMAX2 is read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from glose.corpus.document import Argument, Attribute, Document, Entity, Relation
from glose.corpus.errors import GloseError
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.mmax2 import FORMAT
from glose.corpus.formats.rejects import Rejects

SAMPLE = Path(__file__).parent / "samples" / "mmax2"
WORDS, MARKABLES = "Basedata/visite_words.xml", "Markables/visite_coref_level.xml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "p"))


def read(path: Path, **options: str) -> Document:
    (found,) = FORMAT.read(path, Task(options))
    return found


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_markables_are_mentions_and_sentences(project: Path) -> None:
    found = read(project)

    assert found.id == "visite"
    assert found.text == "Le général visite Gao . Il en repart ."
    assert [(m.type, m.text) for m in found.mentions] == [
        ("coref", "Le général"),
        ("coref", "visite en repart"),
        ("coref", "Gao"),
        ("coref", "Il"),
    ]
    assert found.mentions[1].fragments == ((11, 17), (27, 36))
    assert found.mentions[0].attrs == (Attribute("form", "np"),)
    assert [(s.start, s.end) for s in found.segments] == [(0, 23), (24, 38)]


def test_classes_are_entities_and_pointers_relations(project: Path) -> None:
    found = read(project)
    ends = (Argument("Arg1", ref="m4"), Argument("Arg2", ref="m1"))

    assert found.entities == (
        Entity("e1", "coref", mentions=("m1", "m4")),
        Entity("e2", "coref", mentions=("m2",)),
    )
    assert found.relations == (Relation("r1", "antecedent", ends),)


def test_an_attribute_may_be_the_type(project: Path) -> None:
    types = [mention.type for mention in read(project, type="form").mentions]

    assert types == ["np", "coref", "coref", "pronoun"]


def test_levels_can_be_chosen(project: Path) -> None:
    assert read(project, levels="names").mentions == ()


def test_folders_may_be_named_otherwise(project: Path) -> None:
    (project / "Basedata").rename(project / "words")
    paths = "<common_paths><basedata_path>words/</basedata_path></common_paths>"
    (project / "common_paths.xml").write_text(paths)

    assert len(read(project).tokens) == 9


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        pytest.param(MARKABLES, 'span="word_6"', 'span="word_x"', ":5: span word_x", id="word"),
        pytest.param(MARKABLES, "word_1..word_2", "word_2..word_1", ":4: span", id="turned round"),
        pytest.param(MARKABLES, '"markable_3"', '"markable_2"', ":6: the id", id="id twice"),
        pytest.param(MARKABLES, '="markable_1"/', '="markable_9"/', "points to", id="pointer"),
        pytest.param(WORDS, ">Gao<", "> <", ":7: a word without text", id="empty word"),
        pytest.param(WORDS, "</words>", "", "not well-formed", id="no XML"),
        pytest.param("visite.mmax", "visite_words", "../x", "without folders", id="outside"),
        pytest.param("visite.mmax", "visite_words", "other", "no such file", id="no words"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    project: Path, file: str, old: str, new: str, message: str
) -> None:
    edit(project / file, old, new)

    with pytest.raises(GloseError, match=message):
        read(project)


def test_no_path_leads_out_of_the_project(project: Path) -> None:
    paths = "<common_paths><basedata_path>../../</basedata_path></common_paths>"
    (project / "common_paths.xml").write_text(paths)

    with pytest.raises(GloseError, match="leads out of the project"):
        read(project)


def test_what_is_wrong_is_set_aside_and_the_rest_goes_on(project: Path, tmp_path: Path) -> None:
    edit(project / MARKABLES, 'span="word_4"', 'span="word_40"')
    task = Task(rejects=Rejects(tmp_path / "rejects"))
    (found,) = FORMAT.read(project, task)

    assert len(found.mentions) == 3
    assert [reject.line for reject in task.rejects.found] == [6]


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GloseError, match=r"no \.mmax file"):
        list(FORMAT.read(tmp_path))
