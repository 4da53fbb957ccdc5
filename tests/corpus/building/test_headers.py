"""What stands above a text is taken if it is certain, and left alone otherwise."""

from __future__ import annotations

import pytest

from glose.corpus.building.headers import KEYS, parse
from glose.corpus.building.rejections import RejectError


@pytest.mark.parametrize(
    ("text", "stated", "left"),
    [
        pytest.param(
            " date 2018-03 L'armée", {"date": "2018-03"}, "L'armée", id="an inline month"
        ),
        pytest.param("date 2018-03-14 Il", {"date": "2018-03-14"}, "Il", id="an inline day"),
        pytest.param("date 2018\nIl", {"date": "2018"}, "Il", id="an inline year and a line end"),
        pytest.param(
            "Titre: Raids\nDate: 14 mars 2018\n\nIl",
            {"Titre": "Raids", "Date": "14 mars 2018"},
            "\nIl",
            id="lines of keys and a blank line",
        ),
        pytest.param(
            "Titre : Syrie : la trêve\n\nIl",
            {"Titre": "Syrie : la trêve"},
            "\nIl",
            id="a blank before the colon, another colon in the value",
        ),
        pytest.param(
            "\n\nDATE: 2018\n\nIl", {"DATE": "2018"}, "\nIl", id="blank lines and capitals"
        ),
        pytest.param(
            "Date: 14 mars 2018\nRaids sur Douma\n\nIl",
            {"Date": "14 mars 2018"},
            "Raids sur Douma\n\nIl",
            id="a date needs no blank line",
        ),
        pytest.param(
            "Titre: Raids\nVille: Agen\nDate: 2018\n\nIl",
            {"Titre": "Raids", "Ville": "Agen", "Date": "2018"},
            "\nIl",
            id="a key that is not known among others",
        ),
        pytest.param(
            "Titre: Raids\nDate: 2018\nSource: X\nVille: Agen\n\nIl",
            {"Titre": "Raids", "Date": "2018", "Source": "X", "Ville": "Agen"},
            "\nIl",
            id="a key that is not known at the end",
        ),
        pytest.param(
            "Ville: Agen\nTitre: Raids\nDate: 2018\n\nIl",
            {"Ville": "Agen", "Titre": "Raids", "Date": "2018"},
            "\nIl",
            id="a key that is not known at the beginning, most are known",
        ),
        pytest.param(
            "Titre: Raids\nThème: guerre civile\n\nIl",
            {"Titre": "Raids", "Thème": "guerre civile"},
            "\nIl",
            id="a value in small letters",
        ),
        pytest.param(
            "Date: 14 mars 2018\nMoscou: les raids continuent\n\nIl",
            {"Date": "14 mars 2018"},
            "Moscou: les raids continuent\n\nIl",
            id="a title with a colon below a header that states none",
        ),
        pytest.param(
            "Date: 2018\nVille: Agen\nIl a dit",
            {"Date": "2018"},
            "Ville: Agen\nIl a dit",
            id="without a blank line, only what is known and dated",
        ),
        pytest.param(
            "---\ntitle: Raids\ndate: 2018-03\n---\nIl",
            {"title": "Raids", "date": "2018-03"},
            "Il",
            id="YAML front matter",
        ),
    ],
)
def test_header_is_taken(text: str, stated: dict[str, str], left: str) -> None:
    header = parse(text)

    assert (dict(header.stated), header.text) == (stated, left)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("L'armée russe a annoncé", id="no header"),
        pytest.param("date 2018-13 Il", id="an inline date that is none"),
        pytest.param("date 2018-03", id="an inline date with nothing after it"),
        pytest.param("La date 2018-03 est", id="a date within a sentence"),
        pytest.param("dates 2018-03 Il", id="another word"),
        pytest.param("Bilan: 12 morts\n\nIl", id="one key that is not known"),
        pytest.param("Bilan: 12\nLieu: Gao\n\nIl", id="half the keys known, but not the first"),
        pytest.param("Ville: Gao\nPays du jour: Mali\n\nIl", id="no key known"),
        pytest.param(
            "Page: deux\nMoscou: les raids vont continuer.\n\nIl", id="a sentence with a colon"
        ),
        pytest.param("Page: deux\nIl a dit ceci hier: rien\n\nIl", id="a key of many words"),
        pytest.param("Page: deux\nmoscou: rien\n\nIl", id="a key that begins small"),
        pytest.param(f"Page: deux\nNote: {'a' * 101}\n\nIl", id="a long value"),
        pytest.param("Titre: Raids\nVille: Gao\nIl a dit", id="unknown keys without a blank line"),
        pytest.param("Source: l'armée\nIl a dit", id="keys without a blank line or a date"),
        pytest.param("Date: hier\nIl a dit", id="nor with a date that is none"),
        pytest.param("Titre:\n\nIl", id="a key without a value"),
        pytest.param("Il a dit\nTitre: Raids\n\nIl", id="keys below the first line"),
        pytest.param("---\n\nIl a dit.\n\n---\nFin", id="rules between parts of a text"),
        pytest.param("---\nIl a dit.", id="a rule alone"),
        pytest.param("", id="nothing"),
    ],
)
def test_text_is_left_alone(text: str) -> None:
    header = parse(text)

    assert (header.stated, header.text) == ((), text)


def test_keys_may_be_added() -> None:
    assert parse("Desk: Monde\n\nIl", {**KEYS, "desk": ""}).stated == (("Desk", "Monde"),)


@pytest.mark.parametrize(
    ("block", "stated"),
    [
        pytest.param("a: b c", {"a": "b c"}, id="a plain scalar"),
        pytest.param("a: 'l''été: b' # x", {"a": "l'été: b"}, id="single quotes and a comment"),
        pytest.param(r'a: "b \"c\" \u00e9"', {"a": 'b "c" é'}, id="double quotes"),
        pytest.param("a: b # c", {"a": "b"}, id="a comment goes"),
        pytest.param("a: b#c", {"a": "b#c"}, id="a hash within a word stays"),
        pytest.param("a: [b, 'c']", {"a": "b, c"}, id="a list in brackets"),
        pytest.param("a:\n  - b\n  - c\nd: e", {"a": "b, c", "d": "e"}, id="a list of lines"),
        pytest.param("# x\na: ~\nb:\nc: null\nd: e", {"d": "e"}, id="nulls are not stated"),
        pytest.param("url: https://e.org/a", {"url": "https://e.org/a"}, id="a colon in a word"),
    ],
)
def test_front_matter_is_read(block: str, stated: dict[str, str]) -> None:
    assert dict(parse(f"---\n{block}\n---\nIl").stated) == stated


@pytest.mark.parametrize(
    "line",
    ["  b: c", "b: |", "b: &x c", "b: {c: d}", "b: c: d", "b: 'c", "just words", 'b: "\\q"'],
)
def test_front_matter_beyond_the_subset_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(RejectError, match="front matter, line 3"):
        parse(f"---\na: b\n{line}\n---\nIl")
