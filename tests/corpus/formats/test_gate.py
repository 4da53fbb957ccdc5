"""GATE XML: nodes in the text, annotation sets, features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from glose.corpus.document import Attribute, Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import gate, table
from glose.corpus.formats.declaration import Task

SAMPLE = Path(__file__).parent / "samples" / "gate.xml"


def read(**options: str) -> Document:
    (found,) = gate.FORMAT.read(SAMPLE, Task(options))
    return found


def test_spans_are_where_the_nodes_stand_whatever_their_ids() -> None:
    """The ids of nodes count in UTF-16: the emoji is two of them."""
    found = read()
    assert found.text == "😀 Kassa à Gao & Kidal."
    assert [(m.id, m.type, m.start, m.end, m.text) for m in found.mentions] == [
        ("a5", "Person", 2, 7, "Kassa"),
        ("a7", "Location", 10, 13, "Gao"),
    ]


def test_features_and_the_name_of_the_set_are_attributes() -> None:
    person, place = read().mentions
    assert person.attrs == (Attribute("trust", "1.0"),)
    assert place.attrs == (Attribute("set", "Key"),)
    assert read().extra == (Attribute("source", "agence"),)


def test_tokens_and_sentences_are_no_mentions() -> None:
    found = read()
    assert found.tokens == ((0, 1), (2, 7))
    assert [(s.type, s.start, s.end) for s in found.segments] == [("sentence", 0, 22)]


@pytest.mark.parametrize(
    ("sets", "types"),
    [("Key", ["Location"]), ("", ["Person"]), ("Original markups", ["p"]), ("none", [])],
)
def test_sets_can_be_chosen(sets: str, types: list[str]) -> None:
    found = read(set=sets)
    assert [m.type for m in found.mentions] == types
    assert not any(a.name == "set" for m in found.mentions for a in m.attrs)


def test_annotations_without_words_are_counted() -> None:
    task = Task(counted=True)
    list(gate.FORMAT.read(SAMPLE, task))
    assert [(r.kind, r.dropped) for r in task.losses.rows()] == [("annotations without words", 1)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('EndNode="14"', 'EndNode="99"', "no node is called 99", id="a lost node"),
        pytest.param('EndNode="14"', 'EndNode="0"', "ends before it begins", id="backwards"),
        pytest.param("TextWithNodes", "Text", "no TextWithNodes", id="no text"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    content = SAMPLE.read_text(encoding="utf-8").replace(old, new)
    (tmp_path / "c.xml").write_text(content, encoding="utf-8")
    with pytest.raises(GloseError, match=message):
        list(gate.FORMAT.read(tmp_path / "c.xml"))


def test_a_real_corpus_has_the_annotations_of_its_files(data: Callable[[str], Path]) -> None:
    """Forty tweets; gold is the set `merged`: 65 organisations, 57 places, 7 people."""
    folder = data("btc-e") / "e.gatexml"
    found = list(gate.FORMAT.read(folder, Task({"set": "merged"})))
    tokens = list(gate.FORMAT.read(folder, Task({"set": "Key"})))

    assert table.name_of(folder) == "gate"
    assert Counter(m.type for d in found for m in d.mentions) == {
        "Organization": 65,
        "Location": 57,
        "Person": 7,
    }
    assert (len(found), sum(len(d.tokens) for d in tokens)) == (40, 950)
    assert sum(s.type == "sentence" for d in tokens for s in d.segments) == 63
