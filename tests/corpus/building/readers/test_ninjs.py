"""ninjs of versions 1 and 2: headline, body and what the item states."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.corpus.building.readers.reading import SAMPLES, laid, only, read, stated

from glose.corpus.building.drafts import Skipped
from glose.corpus.building.rejections import Rejection
from glose.corpus.document import Date


def item(tmp_path: Path, **keys: Any) -> Path:  # noqa: ANN401  # any value of JSON
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"uri": "u", "versioncreated": "2018-03-14T09:05:00Z"} | keys))
    return path


def test_items_of_a_file() -> None:
    found = read(SAMPLES / "ninjs.json")

    assert [type(one).__name__ for one in found] == ["Made", "Made", "Skipped", "Rejection"]
    assert [one.what for one in found if isinstance(one, Skipped)] == ["item of type picture"]
    assert [one.place for one in found if isinstance(one, Rejection)] == ["item 4"]


def test_an_item_of_version_1() -> None:
    made = stated(SAMPLES / "ninjs.json")[0]
    document = made.document

    assert made.own == "https://alm.example/items/1"
    assert made.left == ("other rendition of a body", "association main")
    assert (document.meta.author, document.meta.place, document.meta.source) == (
        "Nadia Sorel", "Beyrouth", "ALM",
    )  # fmt: skip
    assert document.meta.date == Date(2018, 3, 14, "09:05:00Z")
    assert laid(document) == [
        ("title", "Douze morts à Douma", "item=1; key=headline"),
        (
            "paragraph",
            "Douze civils ont été tués.",
            "item=1; key=body_html; xpath=/html/body/p[1]",
        ),
        ("heading", "Réactions", "item=1; key=body_html; xpath=/html/body/h2"),
        ("paragraph", "Le conseil se réunit.", "item=1; key=body_html; xpath=/html/body/p[2]"),
    ]


def test_an_item_of_version_2() -> None:
    document = stated(SAMPLES / "ninjs.json")[1].document
    extra = {a.name: a.value for a in document.extra}

    assert (document.language, document.meta.author) == ("en", "Ann Lowe")
    assert document.meta.date == Date(2018, 3, 13, "08:00:00+00:00")
    assert (extra["headline short"], extra["versioncreated"]) == (
        "Quiet", "2018-03-14T08:00:00+00:00",
    )  # fmt: skip
    assert document.text == "A quiet sea\n\nNothing happened."


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        pytest.param({"body_text": "Un.\n\nDeux."}, "Un.\n\nDeux.", id="text"),
        pytest.param({"body_xhtml": "<p>Un</p>", "body_text": "x"}, "Un", id="markup goes first"),
        pytest.param(
            {"body_text": "Un", "headline": "<b>T</b>"}, "T\n\nUn", id="a marked headline"
        ),
        pytest.param({"body_text": "Un", "title": "T"}, "T\n\nUn", id="a title for a headline"),
        pytest.param({"bodies": {"value": "Un"}}, "Un", id="a body that is no list"),
        pytest.param({"bodies": [{"value": ""}, {"value": "Deux"}]}, "Deux", id="an empty body"),
        pytest.param({"body_text": "1 < 2"}, "1 < 2", id="a sign, no markup"),
        pytest.param({"body_text": "Un", "headlines": 7, "subject": "x"}, "Un", id="wrong types"),
    ],
)
def test_text(tmp_path: Path, keys: dict[str, Any], text: str) -> None:
    made = only(item(tmp_path, **keys))

    assert (made.own, made.document.text) == (None, text)


def test_keys_of_version_3_have_capitals(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '{"uri": "u", "versionCreated": "2018-03-14T09:05:00Z", "copyrightNotice": "X",'
        ' "bodies": [{"contentType": "text/html", "value": "<p>Un</p>"}]}'
    )
    document = only(path).document

    assert (document.text, document.meta.rights) == ("Un", "X")
    assert document.meta.date == Date(2018, 3, 14, "09:05:00Z")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param('{"uri": "u", "versioncreated": "2018"', "no JSON: Expecting ", id="cut"),
        pytest.param('[{"uri": "u", "bodies": []}]', "no text; expected", id="no body"),
        pytest.param('[{"uri": "u", "bodies": []}, 3]', "no text", id="no object"),
        pytest.param('{"uri": "u", "body_text": "a \\ud800"}', "no JSON", id="half a character"),
        pytest.param('{"uri": "u", "bodies": ' + "[" * 100_000, "no JSON: too deep", id="deep"),
    ],
)
def test_broken_items_are_one_line(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "a.ninjs"
    path.write_text(content)
    found = read(path)[0]

    assert isinstance(found, Rejection)
    assert reason in found.reason
    assert "\n" not in found.reason
