"""Relations of a document that has none were looked for if those of another were found."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from glose.corpus.document import Document, Relation, Status
from glose.corpus.formats import table
from glose.corpus.formats.ends import between
from glose.corpus.formats.presence import filled
from glose.corpus.formats.specimens import document, mention

TEXT = "Kassa a quitté Gao"
TOKENS = TEXT.split()
RELATED = ["r"]
Json = dict[str, Any]


def textee(name: str, relations: list[str] | None) -> Json:
    spans = [(0, 1, "PER"), (3, 4, "GPE")]
    ends = [{"entity_id": f"e{at}", "role": f"Arg-{at}"} for at in (1, 2)]
    line: Json = {
        "doc_id": name, "wnd_id": f"{name}-0", "tokens": TOKENS, "event_mentions": [],
        "entity_mentions": [
            {"id": f"e{n}", "start": start, "end": end, "entity_type": type_}
            for n, (start, end, type_) in enumerate(spans, start=1)
        ],
    }  # fmt: skip
    found = [{"id": r, "relation_type": "At", "arguments": ends} for r in relations or ()]
    return line if relations is None else line | {"relation_mentions": found}


def dygie(name: str, relations: list[str] | None) -> Json:
    line: Json = {"doc_key": name, "sentences": [TOKENS], "ner": [[[0, 0, "PER"], [3, 3, "GPE"]]]}
    found = [[[0, 0, 3, 3, "At"] for _ in relations or ()]]
    return line if relations is None else line | {"relations": found}


def doccano(name: str, relations: list[str] | None) -> Json:
    spans = [
        {"id": n, "label": "X", "start_offset": start, "end_offset": start + 3}
        for n, start in enumerate((0, 15))
    ]
    line: Json = {"id": name, "text": TEXT, "entities": spans, "Comments": []}
    found = [{"id": 1, "from_id": 0, "to_id": 1, "type": "At"} for _ in relations or ()]
    return line if relations is None else line | {"relations": found}


def prodigy(name: str, relations: list[str] | None) -> Json:
    spans = [{"start": 0, "end": 5, "label": "PER"}, {"start": 15, "end": 18, "label": "GPE"}]
    line: Json = {"id": name, "text": TEXT, "spans": spans, "_task_hash": 1, "answer": "accept"}
    ends = {"head": 0, "child": 1, "head_span": spans[0], "child_span": spans[1], "label": "At"}
    return line if relations is None else line | {"relations": [ends for _ in relations or ()]}


LINES = {"textee": textee, "dygie": dygie, "doccano": doccano, "prodigy": prodigy}


def annotated(name: str, path: Path, *given: list[str] | None) -> list[bool]:
    """Return of each document of a file whether its relations were annotated."""
    lines = [LINES[name](f"d{n}", relations) for n, relations in enumerate(given)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return ["relations" in one.status.annotated for one in table.recognised(path).read(path)]


@pytest.mark.parametrize("name", LINES)
class TestRelations:
    def test_none_were_found_where_others_were(self, tmp_path: Path, name: str) -> None:
        assert annotated(name, tmp_path / "c", [], RELATED, []) == [True, True, True]

    def test_nobody_looked_where_no_document_has_any(self, tmp_path: Path, name: str) -> None:
        assert annotated(name, tmp_path / "c", [], []) == [False, False]

    def test_nobody_looked_where_the_key_is_not(self, tmp_path: Path, name: str) -> None:
        assert annotated(name, tmp_path / "c", None, RELATED) == [False, True]


def corpus() -> list[Document]:
    """Return a document with a relation, and one of which is stated that it has none."""
    mentions = (mention("m1", "PER", "Kassa", text=TEXT), mention("m2", "GPE", "Gao", text=TEXT))
    bare = document("b", TEXT, mentions=mentions)
    bare = replace(bare, status=Status(annotated=("mentions", "relations")))
    relations = (Relation("r1", "At", between("m1", "m2")),)
    return [replace(bare, id="a", relations=relations), bare]


@pytest.mark.parametrize("name", LINES)
def test_what_is_written_of_both_comes_back(tmp_path: Path, name: str) -> None:
    form = table.find(name)
    form.write(tmp_path / "c", corpus())

    assert ["relations" in d.status.annotated for d in form.read(tmp_path / "c")] == [True, True]


@pytest.mark.parametrize(
    ("line", "looked"),
    [
        pytest.param("1\tCID\tMESH:D1\tMESH:D2", True, id="a relation"),
        pytest.param("1\t0\t5\tKassa\tPER\tMESH:D1", False, id="a mention"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_all_documents_of_pubtator_are_looked_at(
    tmp_path: Path, line: str, *, looked: bool
) -> None:
    (tmp_path / "c.txt").write_text(f"1|t|Kassa\n{line}\n\n2|t|Gao\n")
    lists = ("mentions", "entities", "relations") if looked else ("mentions",)
    found = table.recognised(tmp_path / "c.txt").read(tmp_path / "c.txt")

    assert [one.status.annotated for one in found] == [lists, lists]


class TestFilled:
    @pytest.mark.parametrize(
        ("content", "found"),
        [
            pytest.param('{"a":[],"b":[1]}\n{"a":[3]}\n', {"a", "b"}, id="in several lines"),
            pytest.param('{"a":[[],[]],"b":[[],[1]]}\n', {"b"}, id="lists of lists"),
            pytest.param('{"a":null,"b":"x"}\n', set(), id="no lists"),
            pytest.param(
                '{"b":[1]}\n{"a":[\nno\n{"a":[1]}\n', {"a", "b"}, id="wrong lines between"
            ),
            pytest.param('[\n{"a":[]},\n{"a":[0, 1]}\n]\n', {"a"}, id="a list"),
            pytest.param("", set(), id="nothing"),
        ],
    )
    def test_keys(self, tmp_path: Path, content: str, found: set[str]) -> None:
        (tmp_path / "c").write_text(content)
        (tmp_path / "c.gz").write_bytes(gzip.compress(content.encode()))

        assert filled(tmp_path / "c", "a", "b") == found
        assert filled(tmp_path / "c.gz", "a", "b") == found

    def test_a_pipe_is_left_alone(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "c")

        assert filled(tmp_path / "c", "a") == set()
