"""HTML becomes blocks: all of its text once, in order, each with its XPath."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.building.fragments import is_markup, walked
from glose.corpus.building.rejections import RejectError


def found(markup: str) -> list[tuple[str, str]]:
    """Return type and text of the blocks of some HTML."""
    blocks = walked(markup).blocks
    return [(part.type, blocks.text[part.start : part.end]) for part in blocks.parts]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("Un mot", [("paragraph", "Un mot")], id="loose text"),
        pytest.param("Un<p>Deux</p>trois", [("paragraph", t) for t in ("Un", "Deux", "trois")],
                     id="around a paragraph"),
        pytest.param("<p>Un <b>gras</b>\n  mot</p>", [("paragraph", "Un gras mot")],
                     id="what runs on, with single blanks"),
        pytest.param("<p>Dit-il&nbsp;: «&#8239;oui&#8239;»</p>",
                     [("paragraph", "Dit-il\u00a0: «\u202foui\u202f»")], id="no-break spaces"),
        pytest.param("<p>Un<br/>deux</p>", [("paragraph", "Un\ndeux")], id="a break"),
        pytest.param("<h3>Un</h3>", [("heading", "Un")], id="a heading"),
        pytest.param("<ul><li>a<li><p>b</p></ul>", [("item", "a"), ("item", "b")], id="a list"),
        pytest.param("<blockquote><p>Un</p></blockquote>", [("quote", "Un")], id="a quotation"),
        pytest.param("<figure><figcaption>Un</figcaption></figure>", [("caption", "Un")],
                     id="a caption"),
        pytest.param("<pre>a\n  b</pre>", [("code", "a\n  b")], id="verbatim text"),
        pytest.param("<table><tr><th>a<th>b<tr><td>c<td></table>", [("table", "a\tb\nc")],
                     id="a table"),
        pytest.param("<table><caption>x</caption><tr><td>a</table>",
                     [("caption", "x"), ("table", "a")], id="the caption of a table"),
        pytest.param("<table><tr><td><p>Un</p><p>Deux</p></table>",
                     [("paragraph", "Un"), ("paragraph", "Deux")], id="a table that lays out"),
        pytest.param("<script>x</script><style>y</style><p>Un</p>", [("paragraph", "Un")],
                     id="no scripts"),
        pytest.param("<html><head><title>x</title></head><body><p>Un</body></html>",
                     [("paragraph", "Un")], id="a whole page"),
        pytest.param("<?xml version='1.0' encoding='x'?><p>Un</p>", [("paragraph", "Un")],
                     id="a declaration, which is not believed"),
        pytest.param("", [], id="nothing"),
        pytest.param("<p> \n </p><div></div>", [], id="white space"),
        pytest.param("1 < 2 & 3", [("paragraph", "1 < 2 & 3")], id="signs that are no markup"),
    ],
)  # fmt: skip
def test_blocks(markup: str, expected: list[tuple[str, str]]) -> None:
    assert found(markup) == expected


def test_each_block_says_where_it_stands() -> None:
    parts = walked("<p>Un</p><div>x<p>Deux</p></div><p>Trois</p>", "row=3").blocks.parts

    assert [part.src for part in parts] == [
        "row=3; xpath=/html/body/p[1]",
        "row=3; xpath=/html/body/div",
        "row=3; xpath=/html/body/div/p",
        "row=3; xpath=/html/body/p[2]",
    ]


def test_what_has_no_text_is_named() -> None:
    assert walked("<img src=a><video></video><iframe></iframe>").left == [
        "image",
        "video",
        "embedded page",
    ]


def test_what_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(RejectError, match="200 deep"):
        walked("<div>" * 250 + "a")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("<p>a</p>", True), ("a &eacute;", True), ("a <b>", True), ("1 < 2", False), ("A&B", False)],
)  # fmt: skip
def test_markup_is_told_from_text(text: str, *, expected: bool) -> None:
    assert is_markup(text) is expected


TAGS = st.sampled_from(
    ["<p>", "</p>", "<li>", "<ul>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<h1>", "<br>",
     "<div>", "</div>", "<b>", "</b>", "<blockquote>", "</blockquote>", "<pre>", "</pre>"]
)  # fmt: skip
WORDS = st.integers(0, 99).map("w{}".format)


@given(st.lists(TAGS | WORDS, max_size=30))
def test_no_word_is_lost_or_doubled_whatever_the_tags(pieces: list[str]) -> None:
    """A table may move what stands in it but not in a cell; words stay."""
    wanted = sorted(piece for piece in pieces if piece[0] == "w")
    blocks = walked(" ".join(pieces)).blocks

    assert sorted(blocks.text.split()) == wanted
    assert [p.end < q.start for p, q in zip(blocks.parts, blocks.parts[1:], strict=False)] == (
        [True] * (len(blocks.parts) - 1 if blocks.parts else 0)
    )
