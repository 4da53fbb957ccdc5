"""Bytes to text: BOM, then what is declared, then strict UTF-8, then chardet's guess."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glose.corpus.building.rejections import RejectError

#: Longest first: the BOM of UTF-32-LE begins with that of UTF-16-LE.
BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
#: What old French files are in.
FRENCH = ("windows-1252", "iso8859-15", "mac-roman", "cp850")
#: Below this confidence chardet guesses: five letters of French come out as Hungarian.
GUESS = 0.1
SAMPLE = 200_000
#: Charsets that fit anything and are declared without a look: bytes that are UTF-8 go before them.
UNSEEN = frozenset(
    ("iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii")
)

#: What a message expects where no kind fits.
KINDS = "a document (docs/documents.md lists the kinds)"

_MAGIC = (
    (b"%PDF", "a PDF file"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"), (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"), (b"PK\x03\x04", "a zip archive inside an archive"),
    (b"\x1f\x8b", "a gzip file inside an archive"), (b"\x7fELF", "a program"),
)  # fmt: skip
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
#: Bytes above ASCII that French uses in Windows-1252, and those that it does not.
_NOT_FRENCH = re.compile(
    rb"[^\x00-\x7f%s]"
    % "ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŸŒÆàâäçèéêëîïôöùûüÿœæ«»‹›“”‘’…–—€°²³·• §©®".encode("cp1252")
)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text of some bytes, without BOM and with LF line ends, and its charset.

    `declared` is what the document itself says (HTML does); it is believed where it fits.
    Raises `RejectError` for what is not text.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise RejectError(f"{what}; expected {KINDS}")
    for charset in _charsets(data, declared):
        try:
            text = data.decode(charset)
        except (ValueError, LookupError):  # what is declared may be no charset at all
            continue
        return _clean(text), charset.lower().removesuffix("-sig")
    raise RejectError("no charset fits these bytes; expected text, best in UTF-8")


def legible(head: bytes) -> bytes:
    """Return first bytes in UTF-8 without byte order mark, if a mark says what they are in.

    Others are returned as they are: ASCII in them can be found all the same.
    """
    for bom, charset in BOMS:
        if head.startswith(bom):
            return head.decode(charset, "ignore").encode()
    return head


def _charsets(data: bytes, declared: str | None) -> Iterator[str]:
    """Yield the charsets to try, the surest first."""
    for bom, charset in BOMS:
        if data.startswith(bom):
            yield charset
            return
    wide = (declared or "").lower().startswith(("utf-16", "utf-32"))
    if declared and declared.lower() in UNSEEN and _HIGH.search(data):
        yield "utf-8"
    if declared and (wide or b"\0" not in data):
        yield (
            "windows-1252" if declared.lower() in {"iso-8859-1", "latin-1", "latin1"} else declared
        )
    yield "utf-8"
    yield from _guesses(data)


def _guesses(data: bytes) -> Iterator[str]:
    """Yield what the first bytes that are not ASCII, and those around them, could be in."""
    import chardet

    high = _HIGH.search(data)
    start = max(0, high.start() - SAMPLE // 2) if high else 0
    start -= start % 4  # keeps the units of UTF-16 and UTF-32 whole
    sample = data[start : start + SAMPLE]
    if _looks_french(sample):
        yield FRENCH[0]
    guess = chardet.detect(sample)
    if guess["encoding"] is None:
        return
    unsure = guess["confidence"] < GUESS or guess["language"] == "fr"
    if unsure and b"\0" not in sample:
        yield chardet.detect(sample, include_encodings=FRENCH)["encoding"] or FRENCH[0]
    yield guess["encoding"]


def _looks_french(sample: bytes) -> bool:
    """Say if bytes are mostly ASCII, and the others letters and signs of French in Windows-1252.

    On little text this is surer than chardet, which takes `été` in it for Hungarian or Hebrew.
    """
    few = len(_HIGH.findall(sample)) * 3 <= len(sample)
    return few and b"\0" not in sample and not _NOT_FRENCH.search(sample)


def _clean(text: str) -> str:
    """Return the text with LF line ends and no BOM; refuse what is binary."""
    if "\0" in text:
        raise RejectError(f"binary (it holds NUL); expected {KINDS}")
    if len(_CONTROL.findall(text[:SAMPLE])) * 50 > min(len(text), SAMPLE):
        raise RejectError(f"binary (too many control characters); expected {KINDS}")
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
