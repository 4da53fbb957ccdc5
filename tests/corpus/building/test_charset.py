"""Bytes become the text that was meant, or are refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.building.charset import decode
from glose.corpus.building.rejections import RejectError

QUOTED = "Les combats ont été déclarés « près de Douma » — le général n’a rien précisé…"
PLAIN = "L'armée russe a annoncé qu'un accord avait été conclu à Alep, selon l'état-major."
SHORT = "été"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        pytest.param(QUOTED, "utf-8", id="UTF-8"),
        pytest.param(QUOTED, "utf-8-sig", id="UTF-8 with a BOM"),
        pytest.param(QUOTED, "utf-16", id="UTF-16 with a BOM"),
        pytest.param(QUOTED, "utf-16-le", id="UTF-16 without a BOM, little end first"),
        pytest.param(QUOTED, "utf-16-be", id="UTF-16 without a BOM, big end first"),
        pytest.param(QUOTED, "utf-32", id="UTF-32, whose BOM begins with that of UTF-16"),
        pytest.param(QUOTED, "cp1252", id="Windows-1252 with its own signs"),
        pytest.param(PLAIN, "latin-1", id="Latin-1"),
        pytest.param("Le cœur de la sœur", "iso8859-15", id="Latin-9 with its oe"),
        pytest.param(PLAIN, "cp850", id="the code page of DOS"),
        pytest.param(PLAIN, "mac-roman", id="old Macintosh"),
        pytest.param(SHORT, "cp1252", id="one word of Windows-1252"),
        pytest.param("L'armée a été vue à Alep.", "latin-1", id="one sentence of Latin-1"),
        pytest.param(
            "Министерство иностранных дел России заявило о соглашении.", "cp1251", id="Russian"
        ),
        pytest.param(
            "أعلنت وزارة الخارجية الروسية يوم الجمعة عن التوصل إلى اتفاق", "cp1256", id="Arabic"
        ),
        pytest.param("Nothing but ASCII.", "ascii", id="ASCII"),
    ],
)
def test_charset_is_found(text: str, charset: str) -> None:
    assert decode(text.encode(charset))[0] == text


def test_letters_far_into_a_text_decide_its_charset() -> None:
    """The sample that is looked at is where the letters are, not at the beginning."""
    text = "a" * 500_000 + " L'armée a été vue à Alep."

    assert decode(text.encode("cp1252"))[0] == text


@pytest.mark.parametrize(
    ("declared", "charset"),
    [
        pytest.param("windows-1251", "windows-1251", id="one that fits is believed"),
        pytest.param("utf-8", "windows-1252", id="one that does not fit is not"),
        pytest.param("no-such-charset", "windows-1252", id="one that does not exist is not"),
        pytest.param(
            "iso-8859-1", "windows-1252", id="Latin-1 means Windows-1252, as in browsers"
        ),
    ],
)
def test_declared_charset(declared: str, charset: str) -> None:
    assert decode("déjà vu".encode("cp1252"), declared)[1] == charset


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"a\r\nb", "a\nb", id="CR LF is one line end"),
        pytest.param(b"a\rb", "a\nb", id="CR alone is one as well"),
        pytest.param(b"a\r\n\rb\n", "a\n\nb\n", id="mixed line ends"),
        pytest.param(b"\xef\xbb\xbf\xef\xbb\xbfa", "a", id="a BOM that stands twice goes twice"),
        pytest.param("a\u00a0b\u2028c".encode(), "a\u00a0b\u2028c", id="other signs stay"),
        pytest.param("e\u0301".encode(), "e\u0301", id="combining marks are not composed"),
        pytest.param("👨‍👩‍👧".encode(), "👨‍👩‍👧", id="joined emoji stay joined"),
    ],
)
def test_text_is_touched_no_more_than_needed(data: bytes, text: str) -> None:
    assert decode(data)[0] == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"abc\0def", "NUL", id="NUL"),
        pytest.param(bytes(range(1, 9)) * 20, "control", id="control characters"),
        pytest.param(b"%PDF-1.7", "PDF", id="a PDF"),
        pytest.param(b"\x89PNG\r\n", "PNG", id="an image"),
        pytest.param(b"PK\x03\x04xx", "zip", id="a zip in an archive"),
        pytest.param(b"\xff\xfea", "charset", id="half a UTF-16 unit"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RejectError, match=reason):
        decode(data)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_it_is(text: str) -> None:
    expected = text.removeprefix("\ufeff").removeprefix("\ufeff")
    if text.encode()[:4] not in {b"%PDF", b"GIF8"}:
        assert decode(text.encode())[0] == expected


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """No other exception comes out, and no text holds what a record may not."""
    try:
        text, _ = decode(data)
    except RejectError:
        return
    assert "\0" not in text
    assert "\r" not in text
    text.encode()
