"""What is seldom meant, though it breaks no rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.cautions import cuts, warnings
from glose.corpus.document import (
    ANNOTATIONS,
    Argument,
    Document,
    Event,
    EventCluster,
    Label,
    Mention,
    Status,
    Trigger,
    fingerprint,
)

EVERY = Status(annotated=ANNOTATIONS)


def marked(text: str, start: int, end: int) -> Document:
    """Return a document with one mention."""
    mention = Mention("m1", "X", start, end, text=text[start:end])
    return Document(
        id="d",
        layer="gold",
        text=text,
        text_sha256=fingerprint(text),
        mentions=(mention,),
        status=EVERY,
    )


@pytest.mark.parametrize(
    ("document", "warning"),
    [
        pytest.param(
            marked("le boulevard ", 3, 13),
            "mention m1: white space at an end of 'boulevard '",
            id="a space at the end of a mention",
        ),
        pytest.param(
            marked("\u00a0Gao", 0, 4),
            "mention m1: white space at an end of '\\xa0Gao'",
            id="a no-break space at the start of a mention",
        ),
        pytest.param(
            marked("👍🏽 oui", 0, 1),
            "mention m1: '👍' cuts a character in two (a letter and its accent, or an emoji)",
            id="a thumb without its skin",
        ),
        pytest.param(
            Document(id="d", text="a\ufeffb", text_sha256=""),
            "text: a byte order mark at 1; were files joined?",
            id="a byte order mark inside the text",
        ),
        pytest.param(
            Document(id="d", text="a"),
            "text_sha256: null; other layers cannot be checked against this text",
            id="a text without hash",
        ),
        pytest.param(
            Document(
                id="d", events=(Event("v1", "X", args=(Argument("a", "v1"),)),), status=EVERY
            ),
            "event v1: is an argument of itself",
            id="an event that is its own argument",
        ),
        pytest.param(
            Document(
                id="d",
                events=(Event("v1", "X"),),
                event_clusters=(EventCluster("h1", ("v1",)), EventCluster("h2", ("v1",))),
                status=EVERY,
            ),
            "event v1: is in 2 clusters; scores of chains expect one",
            id="an event in two clusters",
        ),
        pytest.param(
            Document(
                id="d",
                text=" a",
                text_sha256="",
                events=(Event("v1", "X", (Trigger(0, 2, text=" a"),)),),
                status=EVERY,
            ),
            "event v1: trigger 0: white space at an end of ' a'",
            id="a space at the start of a trigger",
        ),
        pytest.param(
            Document(
                id="d",
                events=(Event("v1", "X"),),
                labels=(Label("a", "b"),),
                status=Status(annotated=("mentions", "labels")),
            ),
            "status.annotated: does not name events, which the record has; "
            "a scorer takes them as not annotated",
            id="events that are not said to be annotated",
        ),
    ],
)
def test_warning(document: Document, warning: str) -> None:
    assert list(warnings(document)) == [warning]


def test_marked_fragments_are_tried_one_by_one() -> None:
    mention = Mention("m1", "X", 0, 5, fragments=((0, 2), (4, 5)), text="a  c")
    document = Document(id="d", text="a b c", text_sha256="", mentions=(mention,), status=EVERY)

    assert list(warnings(document)) == ["mention m1: white space at an end of 'a '"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        pytest.param("e\u0301t", [1], id="an accent of its own"),
        pytest.param("🇫🇷🇩🇪", [1, 3], id="two flags"),
        pytest.param("👩‍🌾!", [1, 2], id="a farmer is three code points"),
        pytest.param("كَتَ", [1, 3], id="Arabic vowel signs"),
        pytest.param("l'été", [], id="an apostrophe cuts nothing"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_cuts(text: str, inside: list[int]) -> None:
    assert [at for at in range(len(text) + 1) if cuts(text, at)] == inside


@given(st.text())
def test_the_ends_of_a_text_cut_nothing(text: str) -> None:
    assert not cuts(text, 0)
    assert not cuts(text, len(text))


@given(st.text("abcdefé ,.’", min_size=1).filter(lambda text: text == text.strip()))
def test_plain_letters_give_no_warning(text: str) -> None:
    assert list(warnings(marked(text, 0, len(text)))) == []
