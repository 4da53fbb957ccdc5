"""What a build made is told in lines that a person can act on."""

from __future__ import annotations

import sys

import pytest

from glose.corpus.building.progress import shown
from glose.corpus.building.summary import Summary

WHOLE = Summary(
    "out",
    documents=3,
    duplicates=[["a", "b", "c"]],
    languages={"en": 1, "fr": 2},
    layers={"gold": 2},
    splits={"train": 2, "test": 1},
    left={"image": 2, "attachment image/png": 1},
    moved={"sys.jsonl": "sys.jsonl.old"},
    unknown_keys={"Agent": 1, "Ville": 2},
    unknown_dates={"a": "31/02/2024"},
)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(
            "header keys not known: Ville (2 documents), Agent (1 document); they went to extra; "
            "docs/build.md says how to map them",
            id="unknown keys",
        ),
        "1 date was not understood: 31/02/2024 (a); extra has them as written",
        "left out, being no text: image (2), attachment image/png (1)",
        "same text: a b c",
        "2 documents have the text of another one; they were kept",
        "out/sys.jsonl does not fit the texts built now; it is called sys.jsonl.old now",
        "2 documents of layer gold -> out/gold.jsonl",
        "3 documents (en 1, fr 2) -> out/documents.jsonl",
        "splits: train 2, test 1",
    ],
)
def test_line_is_told(line: str) -> None:
    assert line in list(WHOLE.lines())


def test_plain_build_is_one_line() -> None:
    assert list(Summary("out", documents=1, languages={"fr": 1}).lines()) == [
        "1 document (fr 1) -> out/documents.jsonl"
    ]


def test_one_is_told_in_the_singular() -> None:
    summary = Summary("out", documents=2, duplicates=[["a", "b"]], layers={"gold": 1})

    assert list(summary.lines())[1:3] == [
        "1 document has the text of another one; it was kept",
        "1 document of layer gold -> out/gold.jsonl",
    ]


def test_many_equal_texts_do_not_fill_the_screen() -> None:
    summary = Summary("out", duplicates=[[f"a{n}", f"b{n}"] for n in range(100)])

    assert len(list(summary.lines())) == 12


@pytest.mark.parametrize("terminal", [True, False])
def test_bar_is_drawn_on_a_terminal_only(
    terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)

    assert list(shown(iter("abc"), 3, "build")) == ["a", "b", "c"]
    out, err = capsys.readouterr()
    assert (out, "build" in err) == ("", terminal)


def test_many_unknown_keys_are_counted() -> None:
    summary = Summary("out", unknown_keys={f"k{n}": 1 for n in range(12)})

    assert "k7 (1 document) and 2 more" in next(iter(summary.lines()))
