"""The characters of RTF: bytes in the charset of their font, and Unicode with what stands in."""

from __future__ import annotations

import codecs

from glose.corpus.building.office.rtf_words import CHARSETS, FILES, PAGES, SIGN_FONT
from glose.corpus.building.office.symbols import sign

#: What stands in the place of the codec of a font of signs.
SIGNS = "signs"


class Characters:
    """Bytes that wait to be decoded, since a character may take two, and the charsets of fonts.

    `skip` counts the characters to come that stand in for a Unicode character, for programs that
    know none.
    """

    def __init__(self) -> None:
        self.skip = 0
        self._bytes = bytearray()
        self._file = FILES["ansi"]
        self._fonts: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._font = 0

    def text(self, text: str) -> None:
        """Take plain text, whose characters are bytes."""
        skipped = min(self.skip, len(text))
        self.skip -= skipped
        self._bytes += text[skipped:].encode("latin-1")

    def byte(self, byte: int) -> None:
        """Take one byte."""
        if not self.is_skipped():
            self._bytes.append(byte)

    def is_skipped(self) -> bool:
        """Whether the next character only stands in for one that was read."""
        self.skip, skipped = max(0, self.skip - 1), self.skip > 0
        return skipped

    def decoded(self, font: int | None) -> str:
        """Return the text of the bytes so far, in the charset of a font, and forget them."""
        if not self._bytes:
            return ""
        data, self._bytes = bytes(self._bytes), bytearray()
        codec = self._file if font is None else self._fonts.get(font, self._file)
        if codec == SIGNS:
            name = self._names.get(font or 0, "")
            return "".join(sign(byte, name) if byte > 0x20 else " " for byte in data)
        return data.decode(codec, "replace")

    def follow(self, word: str, number: int | None) -> None:
        """Follow a control word that says the charset of the file or of a font."""
        if word in FILES:
            self._file = FILES[word]
        elif word == "ansicpg":
            self._file = _codec(number) or self._file
        elif word == "f":
            self._font = number or 0
        elif word == "fcharset" and number == SIGN_FONT:
            self._fonts[self._font] = SIGNS
        elif word == "fcharset" and number in CHARSETS:
            self._fonts[self._font] = CHARSETS[number]
        elif word == "cpg" and _codec(number):
            self._fonts[self._font] = _codec(number) or self._file

    def name(self, name: str) -> None:
        """Take the name of the font that was described last."""
        self._names[self._font] = name.split(";", maxsplit=1)[0].strip()


def _codec(page: int | None) -> str | None:
    """Return the codec of a code page; `None` of one that Python has not."""
    name = PAGES.get(page or 0, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def whole(text: str) -> str:
    """Return a text with halves of characters joined; one that stands alone is U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
