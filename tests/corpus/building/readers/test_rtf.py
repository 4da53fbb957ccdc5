from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.building.office.packing import blocks, draft

from glose.corpus.building.office.rtf import Reading
from glose.corpus.building.rejections import RejectError

FONTS = (
    rb"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Cyr;}{\f2\fcharset2 Symbol;}"
    rb"{\f3\fcharset128 Mincho;}{\f4\cpg1253 Grec;}"
    rb"{\f5\fcharset2 Wingdings;}}"
)
STYLES = (
    rb"{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\s2\sbasedon1 Chapo;}{\s3 Title;}"
    rb"{\s4\outlinelevel1 Plan;}{\*\cs5 Car;}{\s6\sbasedon6 Boucle;}{\s7 Quote;}{\s8 toc 1;}}"
)


def rtf(body: str | bytes, first: bytes = rb"\ansi\ansicpg1252\deff0") -> bytes:
    written = body if isinstance(body, bytes) else body.encode("ascii")
    return rb"{\rtf1" + first + FONTS + STYLES + b"\n" + written + b"}"


def text(folder: Path, body: str | bytes, first: bytes = rb"\ansi\ansicpg1252") -> str:
    return draft(folder, rtf(body, first), "rtf").text


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param(r"un \b mot\b0  fini", "un mot fini", id="the blank after a word is its own"),
        pytest.param("un\r\n mot", "un mot", id="line ends of the file"),
        pytest.param(r"\'e9t\'e9", "été", id="bytes of Windows-1252"),
        pytest.param(r"\'80 \'9c", "€ œ", id="its upper part"),
        pytest.param(b"\\f0 \xe9t\xe9", "été", id="bytes as they are"),
        pytest.param(r"\u233?t\u233?", "été", id="Unicode with a stand-in"),
        pytest.param(r"\u233\'e9t\u233\'e9", "été", id="a byte stands in"),
        pytest.param(r"\uc0\u233t\u233", "été", id="nothing stands in"),
        pytest.param(r"\uc2\u233\'c3\'a9t", "ét", id="two bytes stand in"),
        pytest.param(r"{\uc0 \u233}\u233?t", "éét", id="the number is that of the group"),
        pytest.param(r"\u233{}?", "é?", id="a group ends what stands in"),
        pytest.param(r"\uc1\u8364\'80\u-3913?", "€\uf0b7", id="a negative number"),
        pytest.param(r"\u-10179?\u-8704?", "😀", id="two halves"),
        pytest.param(r"\u55357?\u56832?", "😀", id="two positive halves"),
        pytest.param(r"a\u-10179?b", "a\ufffdb", id="half a character"),
        pytest.param(r"\u233 ?t", "ét", id="a blank after the number"),
        pytest.param(r"\u99999999?", chr(99_999_999 % 0x10000), id="too large"),
        pytest.param(r"{\f1 \'cc\'ee\'f1\'ea\'e2\'e0}", "Москва", id="bytes of a Cyrillic font"),
        pytest.param(r"{\f4 \'e1\'e2}", "αβ", id="a code page of a font"),
        pytest.param(r"{\f3 \'93\'fa\'96\'7b}", "日本", id="two bytes make a character"),
        pytest.param(b"{\\f3 \\'93\xfa\\'96{}}", "日\ufffd", id="half of two bytes"),
        pytest.param(r"{\f2 \'b7}\tab a", "•\ta", id="the font Symbol"),
        pytest.param(r"{\f5 \'fc}\tab a", "\uf0fc\ta", id="a font of other signs"),
        pytest.param(r"a{\nonesttables b}", "a", id="what older programs show of nested tables"),
        pytest.param(r"{\f1 \'cc\plain\f0 \'e9}", "Мé", id="plain ends a font"),
        pytest.param(r"\f99 \'e9", "é", id="a font that is not there"),
        pytest.param(r"a\~b\_c\-d", "a\u00a0b\u2011cd", id="signs of spacing"),
        pytest.param(r"\{a\\b\}", r"{a\b}", id="signs of RTF itself"),
        pytest.param(r"\lquote a\rquote  \endash  \bullet", "‘a’ – •", id="words for signs"),
        pytest.param(r"a\line b\tab c", "a\nb\tc", id="breaks and tabs"),
        pytest.param(r"a{\v b}c", "ac", id="hidden"),
        pytest.param(r"a{\deleted b}{\revised c}", "ac", id="changes"),
        pytest.param(r"a{\*\inconnu b{c}}d", "ad", id="what is not known and marked"),
        pytest.param(r"a{\inconnu b}c", "abc", id="what is not known and not marked"),
        pytest.param(r"{\*\cs5 a}b", "ab", id="a style of characters"),
        pytest.param(r"{\pict\wmetafile8 0102}a", "a", id="a picture"),
        pytest.param(rb"{\pict\bin5 }{}}}a}b", "b", id="bytes that are no RTF"),
        pytest.param(r"{\header h}{\footerl f}a", "a", id="headers and footers"),
        pytest.param(
            r'{\field{\*\fldinst HYPERLINK "x"}{\fldrslt l\'e0}}', "là", id="a field"
        ),
        pytest.param(r"{\field{\fldinst PAGE}{\fldrslt 7}}", "7", id="an old field"),
        pytest.param(r"{\upr{ete}{\*\ud{\u233?t\u233?}}}", "été", id="in Unicode too"),
        pytest.param(r"a{\xe{b}}{\tc c}{\*\bkmkstart d}e", "ae", id="marks of indexes"),
        pytest.param(
            r"a{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt b}}{\shprslt b}}", "ab",
            id="a text box once",
        ),
        pytest.param(r"{\*\annotation c}{\annotation d}a", "a", id="comments"),
        pytest.param(r"{a{b{c}}}", "abc", id="groups"),
        pytest.param(r"a}}}b", "a", id="what follows the end"),
    ],
)  # fmt: skip
def test_characters(tmp_path: Path, body: str | bytes, found: str) -> None:
    assert text(tmp_path, body) == found


@pytest.mark.parametrize(
    ("first", "body", "found"),
    [
        (rb"\mac", r"\'8et\'8e", "été"), (rb"\pc", r"\'82t\'82", "été"),
        (rb"\pca", r"\'82t\'82", "été"), (rb"\ansi\ansicpg1251", r"\'cc", "М"),
        (rb"\ansi\ansicpg65001", r"\'c3\'a9", "é"), (rb"\ansi\ansicpg99999", r"\'e9", "é"),
        (b"", r"\'e9", "é"),
    ],
)  # fmt: skip
def test_the_charset_of_the_file(tmp_path: Path, first: bytes, body: str, found: str) -> None:
    assert text(tmp_path, body, first) == found


@pytest.mark.parametrize(
    ("properties", "type_"),
    [
        ("", "paragraph"), (r"\s1 ", "heading"), (r"\s2 ", "heading"), (r"\s3 ", "title"),
        (r"\s4 ", "heading"), (r"\s6 ", "paragraph"), (r"\s7 ", "quote"), (r"\s99 ", "paragraph"),
        (r"\outlinelevel0 ", "heading"), (r"\outlinelevel9 ", "paragraph"),
        (r"{\listtext 1.\tab}", "item"), (r"{\pntext\'b7\tab}", "item"),
        (r"{\listtext\tab}", "paragraph"),
    ],
)  # fmt: skip
def test_a_paragraph_has_a_type(tmp_path: Path, properties: str, type_: str) -> None:
    found = draft(tmp_path, rtf(rf"\pard{properties} a\par \pard b\par"), "rtf")

    assert blocks(found) == [(type_, "a"), ("paragraph", "b")]
    assert [part.src for part in found.parts or ()] == ["paragraph=1", "paragraph=2"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param(
            r"\trowd\pard\intbl a\cell b\cell\row\trowd c\cell d\cell\row\pard e\par",
            [("table", "a\tb\nc\td"), ("paragraph", "e")], id="of data",
        ),
        pytest.param(
            r"\trowd\pard\intbl a\par b\cell c\cell\row\pard d\par",
            [("paragraph", x) for x in "abcd"], id="of paragraphs",
        ),
        pytest.param(r"\trowd\intbl a\cell b\cell\row", [("table", "a\tb")], id="at the end"),
        pytest.param(r"\intbl a\cell b", [("table", "a\tb")], id="that is cut short"),
    ],
)  # fmt: skip
def test_tables(tmp_path: Path, body: str, found: list[tuple[str, str]]) -> None:
    assert blocks(draft(tmp_path, rtf(body), "rtf")) == found


def test_a_note_follows_its_paragraph(tmp_path: Path) -> None:
    body = r"un mot{\super\chftn}{\footnote\pard\s1 Une note.\par Sa suite.} l\'e0\par apr\'e8s"
    found = draft(tmp_path, rtf(body), "rtf")

    assert blocks(found) == [
        ("paragraph", "un mot là"), ("note", "Une note.\nSa suite."), ("paragraph", "après")
    ]  # fmt: skip
    assert (found.parts or [])[1].src == "note=1"


def test_contents_are_left_out(tmp_path: Path) -> None:
    body = r"{\field{\*\fldinst TOC \\o}{\fldrslt I. Un 3\par}}le texte\par\pard\s8 II. 4\par"
    found = draft(tmp_path, rtf(body), "rtf")

    assert (found.text, found.left) == ("le texte", ["table of contents"])


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    found = draft(tmp_path, rtf(r"a{\pict 00}{\object{\result o}}{\v b}{\deleted c}"), "rtf")

    assert found.left == ["image", "embedded object", "hidden text", "tracked deletion"]


def test_properties_are_stated(tmp_path: Path) -> None:
    info = (
        r"{\info{\title Un \'e9t\'e9}{\author A. Martin}{\creatim\yr2018\mo3\dy4\hr9}"
        r"{\revtim\yr2019}{\doccomm Rien}}"
    )
    found = draft(tmp_path, rtf(info + "a"), "rtf")

    assert found.meta == {"title": "Un été", "author": "A. Martin"}
    assert found.date
    assert (found.date.year, found.date.day, found.basis) == (2018, 4, "created")
    assert [(a.name, a.value) for a in found.extra] == [
        ("doccomm", "Rien"), ("creatim", "2018-03-04")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(rtf(""), "no text in it", id="empty"),
        pytest.param(rtf("a")[:-1], "inside of 1 group;", id="cut short"),
        pytest.param(rtf("{" * 20_000), "more than 10000 deep", id="nested deeply"),
        pytest.param(rb"{\rtf1 a\bin99999}", "inside of 1 group;", id="more bytes than there are"),
        pytest.param(rb"{\rtf1 a" + b"\\", "inside of 1 group;", id="a backslash at the end"),
    ],
)
def test_what_cannot_be_read_is_rejected(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(RejectError, match=said):
        draft(tmp_path, data, "rtf")


PIECES = st.sampled_from(
    (rb"{", rb"}", rb"\par ", rb"\u233?", rb"\'e9", rb"\uc0 ", rb"\uc2 ", rb"\f1 ", rb"\f3 ", b"a",
     rb"\*", rb"\footnote ", rb"\fonttbl", rb"\stylesheet ", rb"\cell ", rb"\row ", rb"\intbl ",
     rb"\upr", rb"\ud", rb"\bin3 ", b"\\", rb"\u-9999999999 ", rb"\v ", rb"\field", rb"\fldinst ",
     rb"\fldrslt ", rb"\info", rb"\title ", rb"\creatim", rb"\yr0 ", rb"\s99999999 ", b"\xff",
     rb"\listtext ", rb"\plain ", rb"\ansicpg-1 ", rb"\cpg0 ", rb"\fcharset128 ", b"\0", b"\n")
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40))
def test_any_words_in_any_order_are_read_or_refused(pieces: list[bytes]) -> None:
    reading = Reading(rb"{\rtf1" + b"".join(pieces) + b"}")
    try:
        reading.read()
    except RejectError as error:
        assert "group" in str(error)  # noqa: PT017  # both ways are right
    for part in reading.flow.draft().parts or ():
        assert part.start < part.end


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}\\")))
def test_all_of_unicode_comes_through(written: str) -> None:
    units = written.encode("utf-16-le")
    numbers = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    body = "".join(rf"\u{number - 0x10000 if number > 0x7FFF else number}?" for number in numbers)
    reading = Reading(rb"{\rtf1 " + body.encode() + b"}")
    reading.read()

    assert reading.flow.draft().text == written.strip(" ").strip()
