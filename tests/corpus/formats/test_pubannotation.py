"""PubAnnotation: what its files have, and what ours become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import table
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import SPECIMENS

TEXT = "😀 Le général Kassa et Ida ont fui Gao."
Json = dict[str, Any]


def bounds(word: str) -> Json:
    return {"begin": TEXT.index(word), "end": TEXT.index(word) + len(word)}


def denotation(name: str, obj: str, *words: str) -> Json:
    spans = [bounds(word) for word in words]
    return {"id": name, "span": spans if len(spans) > 1 else spans[0], "obj": obj}


PEOPLE = [
    denotation("T1", "PER", "Le général", "Kassa"), denotation("T2", "PER", "Ida"),
    denotation("T3", "GPE", "Gao"),
]  # fmt: skip


def write(folder: Path, **more: object) -> Path:
    path = folder / "PubMed-17.json"
    item = {"text": TEXT, "sourcedb": "PubMed", "sourceid": "17", "denotations": PEOPLE}
    path.write_text(json.dumps(item | more), "utf-8")
    return path


def read(path: Path, **options: str) -> list[Document]:
    return list(table.recognised(path).read(path, Task(options)))


def said(subject: str, pred: str, obj: object) -> Json:
    return {"id": f"A-{pred}", "subj": subject, "pred": pred, "obj": obj}


def test_a_span_may_be_a_bag_of_pieces(tmp_path: Path) -> None:
    (found,) = read(write(tmp_path))

    assert found.id == "PubMed:17"
    assert {(m.id, m.type, m.text) for m in found.mentions} == {
        ("T1", "PER", "Le général Kassa"), ("T2", "PER", "Ida"), ("T3", "GPE", "Gao"),
    }  # fmt: skip


def test_a_span_may_be_a_chain_of_pieces(tmp_path: Path) -> None:
    pieces = [denotation("T1", "PER", "Kassa"), denotation("T9", "_FRAGMENT", "Le général")]
    chain = {"subj": "T1", "pred": "_lexicallyChainedTo", "obj": "T9"}
    (found,) = read(write(tmp_path, denotations=pieces, relations=[chain]))

    assert [(m.type, m.text, len(m.fragments)) for m in found.mentions] == [
        ("PER", "Le général Kassa", 2)
    ]


def test_relations_attributes_modifications_and_blocks(tmp_path: Path) -> None:
    relations = [
        {"id": "R1", "subj": "T1", "pred": "fled", "obj": "T3"},
        {"id": "R2", "subj": "T2", "pred": "coreferenceOf", "obj": "T1"},
        {"id": "R3", "subj": "T3", "pred": "in", "obj": "B1"},
    ]
    attributes = [said("T3", "link", "wikidata:Q189723"), said("T3", "big", obj=False),
                  said("R1", "sure", 0.5)]  # fmt: skip
    modifications = [{"id": "M1", "pred": "Negation", "obj": "R1"}]
    blocks = [{"id": "B1", "span": {"begin": 0, "end": len(TEXT)}, "obj": "sentence"}]
    (found,) = read(
        write(
            tmp_path, relations=relations, attributes=attributes, modifications=modifications,
            blocks=blocks,
        )
    )  # fmt: skip

    fled, within = found.relations
    assert [(a.role, a.ref) for a in fled.args] == [("Arg1", "T1"), ("Arg2", "T3")]
    assert [(a.name, a.value) for a in fled.attrs] == [("sure", "0.5"), ("Negation", "true")]
    assert [a.ref for a in within.args] == ["T3", "B1"]
    assert [set(e.mentions) for e in found.entities] == [{"T1", "T2"}]
    (gao,) = (m for m in found.mentions if m.id == "T3")
    assert [(x.kb, x.id) for x in gao.links] == [("wikidata", "Q189723")]
    assert [(a.name, a.value) for a in gao.attrs] == [("big", "false")]
    assert [s.type for s in found.segments] == ["sentence"]


def test_projects_are_layers_and_a_folder_is_one_corpus(tmp_path: Path) -> None:
    tracks = [{"project": "a", "denotations": PEOPLE}, {"project": "b", "denotations": []}]
    write(tmp_path, tracks=tracks)
    (tmp_path / "other.json").write_text(json.dumps({"text": "b", "denotations": []}))

    assert [(d.layer, len(d.mentions)) for d in read(tmp_path)] == [
        ("a", 3),
        ("b", 0),
        ("gold", 0),
    ]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"denotations": [{"id": "T1", "span": {"begin": 3, "end": 99}, "obj": "X"}]}, "outside"),
        ({"denotations": [{"id": "T1", "span": [], "obj": "X"}]}, "no span"),
        ({"relations": [{"pred": "a", "subj": "T1", "obj": "T7"}]}, "T7 is nothing"),
        ({"attributes": [said("T8", "a", "b")]}, "T8 is nothing"),
        (
            {"relations": [{"pred": "_lexicallyChainedTo", "subj": "T1", "obj": "T1"}]},
            "no further",
        ),
    ],
)
def test_what_is_wrong_is_rejected_alone(tmp_path: Path, more: Json, reason: str) -> None:
    path = write(tmp_path, **more)
    rejects = Rejects(tmp_path / "r")

    assert len(list(table.recognised(path).read(path, Task({}, rejects)))) == 1
    assert [reason in one.reason for one in rejects.found] == [True]
    with pytest.raises(GloseError, match=reason):
        read(path)


@pytest.mark.parametrize("name", ["d1", "PubMed:17", "glose:d1"])
def test_ids_name_their_database(tmp_path: Path, name: str) -> None:
    path = tmp_path / "c.pubannotation.json"
    table.find("pubannotation").write(path, [replace(SPECIMENS["mentions"], id=name)])
    (item,) = json.loads(path.read_text("utf-8"))

    assert item["sourcedb"] == ("PubMed" if name == "PubMed:17" else "glose")
    assert [d.id for d in read(path)] == [name]
