"""JSON of any shape by a mapping file: what is found where, what is wrong, and back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from glose.corpus.document import Attribute, Document, Status
from glose.corpus.errors import GloseError
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.mapped import FORMAT
from glose.corpus.formats.mapping import at, put
from glose.corpus.formats.rejects import Rejects

PAGE = Path(__file__).parents[3] / "docs" / "formats.md"
MAPPING = re.findall(r"```toml\n(.*?)```", PAGE.read_text(), re.DOTALL)[0]
#: An object of the shape that the manual maps.
OBJECT = {
    "uid": "d-7",
    "lang": "fr",
    "headline": "Visite",
    "topic": ["politics", "travel"],
    "content": {"body": "😀 Kassa est à Gao."},
    "entities": [
        {"n": 1, "from": 3, "to": 7, "label": "PER", "surface": "Kassa", "confidence": 0.5},
        {"n": 2, "from": 15, "to": 17, "label": "GPE", "surface": "Gao"},
    ],
    "relations": [{"label": "In", "head": 1, "tail": 2}],
}


def read(folder: Path, mapping: str, *objects: object) -> tuple[list[Document], list[str]]:
    """Return the documents of objects, and the reasons for which something was rejected."""
    (folder / "m.toml").write_text(mapping)
    (folder / "c.json").write_text("".join(json.dumps(item) + "\n" for item in objects))
    task = Task({"mapping": str(folder / "m.toml")}, Rejects(folder / "rejects"))
    found = list(FORMAT.read(folder / "c.json", task))
    return found, [rejected.reason for rejected in task.rejects.found]


class TestTheManual:
    @pytest.fixture
    def document(self, tmp_path: Path) -> Document:
        [found], rejected = read(tmp_path, MAPPING, OBJECT)
        assert rejected == []
        return found

    def test_text_and_what_is_about_it(self, document: Document) -> None:
        assert (document.id, document.language, document.meta.title) == ("d-7", "fr", "Visite")
        assert [(label.scheme, label.value) for label in document.labels] == [
            ("topic", "politics"),
            ("topic", "travel"),
        ]

    def test_spans_in_utf16_with_the_last_character(self, document: Document) -> None:
        assert [(m.type, m.start, m.text) for m in document.mentions] == [
            ("PER", 2, "Kassa"),
            ("GPE", 14, "Gao"),
        ]
        assert document.mentions[0].attrs == (Attribute("confidence", "0.5"),)

    def test_relations_by_the_ids_of_the_source(self, document: Document) -> None:
        [relation] = document.relations
        refs = {a.role: a.ref for a in relation.args}

        assert refs == {"Agent": document.mentions[0].id, "Patient": document.mentions[1].id}

    @pytest.mark.parametrize(
        ("without", "annotated"),
        [
            ({}, ("mentions", "relations", "labels")),
            ({"topic": None}, ("mentions", "relations")),
            ({"topic": []}, ("mentions", "relations", "labels")),
            ({"topic": None, "relations": None}, ("mentions",)),
            ({"topic": None, "relations": None, "entities": []}, ("mentions",)),
            ({"topic": None, "relations": None, "entities": None}, ()),
        ],
    )
    def test_what_was_annotated_is_what_stands_where_the_mapping_says(
        self, tmp_path: Path, without: dict[str, Any], annotated: tuple[str, ...]
    ) -> None:
        left = {key: value for key, value in OBJECT.items() if without.get(key, 0) is not None}
        found, rejected = read(tmp_path, MAPPING, OBJECT | without, left | without)

        assert [one.status.annotated for one in found] == [annotated] * 2
        assert rejected == []

    @pytest.mark.parametrize(
        "annotated", [("mentions", "relations"), ("mentions", "relations", "labels")]
    )
    def test_what_was_annotated_comes_back(
        self, document: Document, tmp_path: Path, annotated: tuple[str, ...]
    ) -> None:
        bare = replace(document, labels=(), status=Status(annotated=annotated))
        FORMAT.write(tmp_path / "out.json", [bare], Task({"mapping": str(tmp_path / "m.toml")}))
        [back], _ = read(tmp_path, MAPPING, json.loads((tmp_path / "out.json").read_text()))

        assert back.status.annotated == annotated

    def test_the_same_shape_is_written(self, document: Document, tmp_path: Path) -> None:
        path = tmp_path / "out.json"
        FORMAT.write(path, [document], Task({"mapping": str(tmp_path / "m.toml")}))
        back, rejected = read(tmp_path, MAPPING, json.loads(path.read_text()))
        written = json.loads(path.read_text())

        assert rejected == []
        assert back[0].mentions == document.mentions
        assert [(e["from"], e["to"]) for e in written["entities"]] == [(3, 7), (15, 17)]
        assert written["content"] == OBJECT["content"]


@pytest.mark.parametrize(
    ("mapping", "value", "found"),
    [
        pytest.param(
            '[[spans]]\nlist="s"\nstart=0\nend=1\ntype=2',
            {"text": "à Gao", "s": [[2, 5, "GPE"]]},
            ["GPE Gao"],
            id="items that are lists",
        ),
        pytest.param(
            '[[spans]]\nlist="s"\nstart="a"\nlength="n"\nas="X"',
            {"text": "à Gao", "s": [{"a": 2, "n": 3}]},
            ["X Gao"],
            id="lengths, and a type for all",
        ),
        pytest.param(
            '[[spans]]\nlist="s"\npieces="p"\ntype="t"',
            {"text": "à b c", "s": [{"p": [[0, 1], [4, 5]], "t": "X"}]},
            ["X à c"],
            id="pieces",
        ),
        pytest.param(
            '[[spans]]\nlist="a"\nstart=0\nend=1\nas="A"\n[[spans]]\nlist="b.c"\nstart=0\nend=1\nas="B"',
            {"text": "ab", "a": [[0, 1]], "b": {"c": [[1, 2]]}},
            ["A a", "B b"],
            id="two lists",
        ),
        pytest.param(
            'unit="bytes"\n[[spans]]\nlist="s"\nstart=0\nend=1\nas="X"',
            {"text": "à Gao", "s": [[3, 6]]},
            ["X Gao"],
            id="bytes",
        ),
        pytest.param(
            'unit="graphemes"\n[[spans]]\nlist="s"\nstart=0\nend=1\nas="X"',
            {"text": "e\u0301 Gao", "s": [[2, 5]]},
            ["X Gao"],
            id="graphemes",
        ),
        pytest.param(
            '[[spans]]\nlist="s"\nstart=0\nend=1\nas="X"', {"text": "a"}, [], id="no list"
        ),
    ],
)
def test_spans(tmp_path: Path, mapping: str, value: object, found: list[str]) -> None:
    [document], rejected = read(tmp_path, mapping, value)

    assert [f"{m.type} {m.text}" for m in document.mentions] == found
    assert rejected == []


def test_relations_by_number_count_over_all_lists_and_what_is_wrong(tmp_path: Path) -> None:
    mapping = (
        '[[spans]]\nlist="s"\nstart=0\nend=1\nas="X"\n[[spans]]\nlist="t"\nstart=0\nend=1\nas="Y"\n'
        '[[relations]]\nlist="r"\nas="R"\nby="number"\nargs={A=0,B=1}'
    )
    value = {"text": "abc", "s": [[0, 1], [2, 2]], "t": [[1, 2]], "r": [[0, 2], [0, 1]]}
    [document], rejected = read(tmp_path, mapping, value)

    assert [[a.ref for a in r.args] for r in document.relations] == [["m1", "m2"]]
    assert rejected == [
        "the span 2 to 2 is empty; expected start < end",
        "1: no span has the number 1",
    ]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({}, "content.body: is not there; expected a string"),
        ({"content": {"body": ["a"]}}, r"content.body: found .*; expected a string"),
        (OBJECT | {"entities": 3}, "entities: found 3; expected a list"),
        (OBJECT | {"entities": ["x"]}, "from: is not there; expected a whole number"),
        (OBJECT | {"entities": [{"from": True}]}, "from: found True; expected a whole number"),
        (OBJECT | {"entities": [{"from": 0, "to": 99, "label": "X"}]}, "offset 100 is outside"),
        (OBJECT | {"entities": [{"from": 0, "to": 1}]}, "label: is not there"),
        (
            OBJECT | {"entities": [{"from": 2, "to": 6, "label": "X", "surface": "Kassa"}]},
            r"there, not 'Kassa' \(right in code points; if all are, unit = 'code points' reads",
        ),
        (OBJECT | {"entities": OBJECT["entities"] * 2}, "the id 1 is used twice"),  # type: ignore[operator]  # a list
        (OBJECT | {"relations": [{"label": "In", "head": 9}]}, "head: no span has the id 9"),
        ([], "no JSON object"),
    ],
)
def test_what_is_malformed_is_told(tmp_path: Path, value: object, reason: str) -> None:
    _, rejected = read(tmp_path, MAPPING, OBJECT, value)

    assert re.search(reason, rejected[0]), rejected[0]


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("text = ", "no mapping"),
        ("texts = 'a'", "unknown field `texts`"),
        ("unit = 'chars'", "Invalid enum value 'chars'"),
        (
            "[[spans]]\nlist='s'\nstart=0\ntype=1",
            "spans of s: expected start, and end or length; or",
        ),
        (
            "[[spans]]\nlist='s'\nstart=0\nend=1\nlength=2\ntype=1",
            "expected start, and end or length",
        ),
        ("[[spans]]\nlist='s'\nstart=0\nend=1", "spans of s: expected type, or as"),
        (
            "[[spans]]\nlist='s'\nstart=0\nend=1\ntype=2\n[[relations]]\nlist='r'\ntype=0\nargs={A=1}",
            "relations: spans have no id; expected one, or by = 'number'",
        ),
    ],
)
def test_a_mapping_that_is_none(tmp_path: Path, mapping: str, message: str) -> None:
    with pytest.raises(GloseError, match=message) as caught:
        read(tmp_path, mapping, OBJECT)
    assert "\n" not in str(caught.value)


def test_a_list_is_read_as_lines_are(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text(
        '[{"id": "a", "text": "b", "annotations": []}, {"text": "c"}]'
    )

    assert [(d.id, d.text) for d in FORMAT.read(tmp_path / "c.json")] == [("a", "b"), ("c-2", "c")]


@pytest.mark.parametrize("where", ["a", "a.b", "a.b.c", 0])
def test_what_is_put_somewhere_is_there(where: str | int) -> None:
    target: Any = [] if isinstance(where, int) else {}
    put(target, where, 7)

    assert at(target, where) == 7
