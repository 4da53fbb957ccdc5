"""Sentences of tokens as a text, and spans of tokens as offsets."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.formats.laying import Laid, lay
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.words import Draft

WORDS = st.text("aé\U0001f600.", min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("tokens", "text", "stands", "laid"),
    [
        pytest.param(["L'", "eau", "."], "L'eau.", True, "L'eau.", id="a text has its own blanks"),
        pytest.param(["a", "b"], " a\tb ", True, "a\tb", id="white space around it is none of it"),
        pytest.param(["a", "b"], "a c", False, "a b", id="another text is not taken"),
        pytest.param(["a", "b"], "", False, "a b", id="without a text there are blanks"),
        pytest.param(["a b", ""], "a b", False, "a_b _", id="a token is one word, and not empty"),
    ],
)
def test_tokens_are_laid_as_in_their_text(
    tokens: list[str], text: str, stands: bool, laid: str
) -> None:
    draft = Draft()
    assert (lay(draft, tokens, text), draft.text) == (stands, laid)


@given(st.lists(st.lists(WORDS, min_size=1), min_size=1))
def test_every_token_stands_where_its_offsets_say(sentences: list[list[str]]) -> None:
    laid = Laid(sentences)
    document = laid.document()
    text = document.text or ""
    assert [text[a:b] for a, b in document.tokens] == [w for own in sentences for w in own]
    assert [text[s.start : s.end] for s in document.segments] == [" ".join(o) for o in sentences]
    for number, own in enumerate(sentences):
        start, end = laid.pair(0, len(own), "".join(own), number)
        assert text[start:end] == " ".join(own)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        pytest.param((1, 1), "tokens 1 to 1; expected some of 0 to 3", id="an empty span"),
        pytest.param((0, 4), "tokens 0 to 4; expected some of 0 to 3", id="beyond the end"),
        pytest.param((0, 1, "b"), "tokens 0 to 1 are 'a', not 'b'", id="other words"),
        pytest.param((0, 1, None, 2), "sentence 2; expected one of 2, from 0", id="no sentence"),
        pytest.param((0, 2, None, 1), "tokens 0 to 2; expected some of 0 to 1", id="of another"),
    ],
)
def test_what_is_no_span_of_tokens_is_told(place: tuple[Any, ...], message: str) -> None:
    with pytest.raises(MalformedError, match=message):
        Laid([["a", "b"], ["c"]]).pair(*place)
