"""W3C Web Annotation: what pages of others have, and what ours become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import table
from glose.corpus.formats.specimens import SPECIMENS

TEXT = "😀 Kassa a fui Gao, et Gao brûle."
Json = dict[str, Any]


def position(start: int, end: int) -> Json:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: str, prefix: str = "", suffix: str = "") -> Json:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def annotation(selector: object, body: object = "tag", name: str = "#a1") -> Json:
    return {
        "id": name, "type": "Annotation", "body": body,
        "target": {"source": "d1.txt", "selector": selector},
    }  # fmt: skip


def read(folder: Path, *annotations: Json) -> Document:
    (folder / "d1.txt").write_bytes(TEXT.encode())
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "items": annotations}
    (folder / "d1.jsonld").write_text(json.dumps(page), "utf-8")
    (found,) = table.recognised(folder).read(folder)
    return found


@pytest.mark.parametrize(
    "selector",
    [
        position(2, 7),
        [position(2, 7), quote("Kassa")],
        quote("Kassa"),
        quote("Kassa", prefix="😀 ", suffix=" a"),
    ],
)
def test_a_place_and_a_quotation_mean_the_same(tmp_path: Path, selector: object) -> None:
    (found,) = read(tmp_path, annotation(selector)).mentions

    assert (found.id, found.start, found.end, found.text) == ("a1", 2, 7, "Kassa")


def test_bodies_are_types_links_and_attributes(tmp_path: Path) -> None:
    body = [
        {"type": "TextualBody", "value": "sure", "purpose": "commenting"},
        {"type": "TextualBody", "value": "PER", "purpose": "tagging"},
        "http://www.wikidata.org/entity/Q1",
        {"type": "SpecificResource", "source": "wikidata:Q2"},
    ]
    (found,) = read(tmp_path, annotation(position(2, 7), body)).mentions

    assert found.type == "PER"
    assert [(a.name, a.value) for a in found.attrs] == [("commenting", "sure")]
    assert [(x.kb, x.id) for x in found.links] == [
        ("http", "//www.wikidata.org/entity/Q1"), ("wikidata", "Q2"),
    ]  # fmt: skip


def test_an_annotation_of_two_others_is_a_relation(tmp_path: Path) -> None:
    both = [annotation(position(2, 7)), annotation(position(14, 17), name="#a2")]
    tag = {"type": "TextualBody", "value": "fled"}
    found = read(tmp_path, {"id": "#r1", "body": tag, "target": ["#a1", "#a2"]}, *both)

    (relation,) = found.relations
    assert (relation.id, relation.type) == ("r1", "fled")
    assert [a.ref for a in relation.args] == ["a1", "a2"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (annotation([position(2, 7), quote("Kasso")]), "not 'Kasso'"),
        (annotation(position(2, 70)), "outside the text"),
        (annotation(quote("Gao")), "Gao is not there just once"),
        (annotation({"type": "XPathSelector", "value": "/p"}), "expected one of them"),
        ({"id": "#r", "target": ["#a8", "#a9"]}, "two annotations of the page"),
        ({"id": "#r"}, "target"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, wrong: Json, reason: str) -> None:
    with pytest.raises(GloseError, match=reason):
        read(tmp_path, wrong)


def test_an_annotation_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    read(tmp_path, annotation(position(2, 7), "tag"))
    page = tmp_path / "d1.jsonld"
    page.write_bytes(page.read_bytes().replace(b'"tag"', b'"t\xffg"'))
    with pytest.raises(GloseError, match=r"d1\.jsonld: byte \d+ is not UTF-8; save the file as"):
        list(table.recognised(tmp_path).read(tmp_path))


def test_a_page_without_its_text_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "d2.jsonld").write_text('{"items": []}')
    with pytest.raises(GloseError, match=r"no d2\.txt beside it"):
        list(table.recognised(tmp_path).read(tmp_path))


def test_what_is_written_has_both_selectors(tmp_path: Path) -> None:
    found = SPECIMENS["relations"]
    table.find("web-annotation").write(tmp_path / "out", [found])
    page = json.loads((tmp_path / "out" / "d1.jsonld").read_text("utf-8"))
    text = (tmp_path / "out" / "d1.txt").read_text("utf-8")

    mentions = [item for item in page["items"] if item["motivation"] == "classifying"]
    for item in mentions:
        place, quoted = item["target"]["selector"]
        assert text[place["start"] : place["end"]] == quoted["exact"]
        assert f"{quoted['prefix']}{quoted['exact']}{quoted['suffix']}" in text
    assert len(mentions) == len(found.mentions)
