"""Rich ERE: mentions, hoppers, realis of arguments; a document of our own in the form of LDC."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from glose.corpus.document import Attribute, Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import ere
from glose.corpus.formats.declaration import Task

SAMPLE = Path(__file__).parent / "samples" / "ere"
NAME = "ALM_0007.rich_ere.xml"


@pytest.fixture
def found() -> Document:
    (document,) = ere.FORMAT.read(SAMPLE)
    return document


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "c")
    return tmp_path / "c" / "ere" / NAME


def test_the_text_is_the_source_with_its_tags(found: Document) -> None:
    source = (SAMPLE / "source" / "ALM_0007.xml").read_text(encoding="utf-8")
    assert (found.id, found.text) == ("ALM_0007", source)


def test_mentions_have_heads_and_levels(found: Document) -> None:
    text = found.text or ""
    heads = [text[slice(*m.head)] if m.head else None for m in found.mentions]
    assert [(m.type, m.text, m.level) for m in found.mentions] == [
        ("PER", "Le maire Kassa", "NOM"),
        ("PER", "Il", "PRO"),
        ("PER", "12 hommes d'A&amp;B", "NOM"),
        ("PER", "l'", "PRO"),
        ("GPE", "Gao", "NAM"),
        ("PER", "Awa", "NAM"),
        ("weapon", "fusil", None),
    ]
    assert heads == ["maire", None, "hommes", None, None, None, None]


def test_entities_have_their_specificity(found: Document) -> None:
    assert [(e.id, e.mentions) for e in found.entities][:2] == [
        ("ent-1", ("m-1", "m-2")),
        ("ent-2", ("m-3", "m-6")),
    ]
    assert found.entities[1].attrs == (Attribute("specificity", "nonspecific"),)


def test_arguments_have_a_realis_of_their_own(found: Document) -> None:
    first, second = found.events
    assert [(a.role, a.ref, a.attrs[0].value) for a in first.args] == [
        ("agent", "m-1", "true"),
        ("victim", "m-3", "true"),
        ("instrument", "f-1", "true"),
    ]
    assert [a.attrs[0].value for a in second.args] == ["false"]
    assert (first.type, first.modality, second.modality) == ("life.die", "Actual", "Other")
    assert [t.text for e in found.events for t in e.triggers] == ["tué", "frappé"]


def test_a_hopper_is_a_cluster(found: Document) -> None:
    assert [(c.id, c.events) for c in found.event_clusters] == [("h-1", ("em-1", "em-2"))]


def test_relations_have_triggers(found: Document) -> None:
    (relation,) = found.relations
    assert (relation.type, [t.text for t in relation.triggers]) == ("physical.locatednear", ["à"])
    assert [(a.role, a.ref) for a in relation.args] == [("entity", "m-1"), ("place", "m-4")]


def test_the_text_may_be_anywhere(copy: Path, tmp_path: Path, found: Document) -> None:
    shutil.move(copy.parent.parent / "source", tmp_path / "texts")
    with pytest.raises(GloseError, match="--option source="):
        list(ere.FORMAT.read(copy))
    (other,) = ere.FORMAT.read(copy, Task({"source": str(tmp_path / "texts")}))
    assert other.mentions == found.mentions


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("<mention_text>Gao", "<mention_text>Mopti", "not 'Mopti'", id="words"),
        pytest.param('filler_id="f-1"', 'filler_id="f-9"', "f-9, which is no", id="a filler"),
        pytest.param('length="2"', 'length="x"', "are no numbers", id="no number"),
        pytest.param('length="2"', 'length="0"', "is empty", id="empty"),
    ],
)
def test_what_is_wrong_is_told(copy: Path, old: str, new: str, message: str) -> None:
    content = copy.read_text(encoding="utf-8")
    copy.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GloseError, match=message):
        list(ere.FORMAT.read(copy))
