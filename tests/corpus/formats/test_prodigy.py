"""Prodigy: what its database gives out, and what ours become."""

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
from glose.corpus.formats.specimens import SPECIMENS

TEXT = "😀 Kassa a fui Gao."
Json = dict[str, Any]
TOKENS = [
    {"text": "😀", "start": 0, "end": 1, "id": 0, "ws": True},
    {"text": "Kassa", "start": 2, "end": 7, "id": 1, "ws": True},
    {"text": "a", "start": 8, "end": 9, "id": 2, "ws": True},
    {"text": "fui", "start": 10, "end": 13, "id": 3, "ws": True},
    {"text": "Gao", "start": 14, "end": 17, "id": 4, "ws": False},
    {"text": ".", "start": 17, "end": 18, "id": 5, "ws": False},
]
KASSA = {"start": 2, "end": 7, "token_start": 1, "token_end": 1, "label": "PER"}
GAO = {"start": 14, "end": 17, "token_start": 4, "token_end": 4, "label": "GPE"}
TASK = {
    "text": TEXT, "_input_hash": -17, "_task_hash": 3, "tokens": TOKENS, "spans": [KASSA, GAO],
    "answer": "accept", "meta": {"source": "agence", "page": 2}, "_view_id": "ner_manual",
}  # fmt: skip


def write(folder: Path, *lines: Json) -> Path:
    path = folder / "annotations.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def read(path: Path, **options: str) -> list[Document]:
    return list(table.recognised(path).read(path, Task(options)))


def related(document: Document) -> list[tuple[str, ...]]:
    words = {m.id: m.text for m in document.mentions}
    return [(r.type, *(words[a.ref or ""] for a in r.args)) for r in document.relations]


def test_a_task_with_an_answer(tmp_path: Path) -> None:
    (document,) = read(write(tmp_path, TASK))

    assert document.id == "-17"
    assert [(m.type, m.text) for m in document.mentions] == [("PER", "Kassa"), ("GPE", "Gao")]
    assert len(document.tokens) == len(TOKENS)
    assert document.meta.source == "agence"
    assert [(a.name, a.value) for a in document.extra] == [("page", "2")]


@pytest.mark.parametrize(
    ("relation", "found"),
    [
        pytest.param(
            {"head": 3, "child": 1, "head_span": KASSA, "child_span": GAO, "label": "fled"},
            ("fled", "Kassa", "Gao"), id="spans count, and not tokens",
        ),
        pytest.param({"head": 1, "child": 4, "label": "a"}, ("a", "Kassa", "Gao"), id="tokens"),
        pytest.param({"head": 3, "child": 4, "label": "a"}, ("a", "fui", "Gao"), id="bare token"),
    ],
)  # fmt: skip
def test_relations(tmp_path: Path, relation: Json, found: tuple[str, ...]) -> None:
    assert related(read(write(tmp_path, TASK | {"relations": [relation]}))[0]) == [found]


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_what_was_not_accepted_is_not_annotated(tmp_path: Path, answer: str) -> None:
    (document,) = read(write(tmp_path, TASK | {"answer": answer}))

    assert (document.mentions, document.status.annotated) == ((), ())
    assert document.status.state == answer


def test_annotators_are_layers_if_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, TASK | {"_annotator_id": "ner-a"}, TASK | {"_annotator_id": "ner-b"})

    assert [d.layer for d in read(path)] == ["gold", "gold"]
    assert [d.layer for d in read(path, annotators="yes")] == ["ner-a", "ner-b"]


@pytest.mark.parametrize(
    ("more", "classes"),
    [
        ({"accept": ["war", "flight"], "options": []}, ["war", "flight"]),
        ({"label": "war"}, ["war"]),
    ],
)
def test_classes(tmp_path: Path, more: Json, classes: list[str]) -> None:
    (document,) = read(write(tmp_path, TASK | more))

    assert [(x.scheme, x.value) for x in document.labels] == [("category", c) for c in classes]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"spans": [KASSA | {"end": 99}]}, "outside the text"),
        ({"spans": [KASSA | {"text": "Kasa"}]}, "not 'Kasa'"),
        ({"tokens": [TOKENS[1] | {"start": 1}]}, "not 'Kassa'"),
        ({"relations": [{"head": 17, "child": 1}]}, "token 17"),
        ({"text": 3}, "Expected `str`"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, more: Json, reason: str) -> None:
    with pytest.raises(GloseError, match=reason):
        list(table.find("prodigy").read(write(tmp_path, TASK | more)))


def written(folder: Path, document: Document) -> Json:
    path = folder / "c.prodigy.jsonl"
    table.find("prodigy").write(path, [document])
    line: Json = json.loads(path.read_text("utf-8"))
    return line


def test_token_end_is_that_of_the_last_token(tmp_path: Path) -> None:
    line = written(tmp_path, SPECIMENS["relations"])
    for span in line["spans"]:
        first, last = line["tokens"][span["token_start"]], line["tokens"][span["token_end"]]
        assert (first["start"], last["end"]) == (span["start"], span["end"])
    (relation,) = line["relations"]
    assert relation["head"] == relation["head_span"]["token_end"]


def test_tokens_are_made_for_relations_alone(tmp_path: Path) -> None:
    bare = {kind: replace(SPECIMENS[kind], tokens=()) for kind in ("mentions", "relations")}

    assert "tokens" not in written(tmp_path, bare["mentions"])
    assert written(tmp_path, bare["relations"])["tokens"]
