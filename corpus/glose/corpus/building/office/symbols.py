"""The characters that the font Symbol shows, by the bytes of its own encoding."""

from __future__ import annotations

_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"
_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
_LAST = "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_CODES = (*range(0x20, 0x7F), *range(0xA0, 0xF0), *range(0xF1, 0xFF))
_TABLE = dict(zip(_CODES, _LOW + _SMALL + _HIGH + _LAST, strict=True))
#: Where Unicode puts the bytes of fonts of signs that it does not know.
PRIVATE = 0xF000


def sign(code: int, font: str) -> str:
    r"""Return the character of a code in a font of signs.

    Of fonts other than Symbol the meaning is not known: they keep a code point of their own.

    >>> sign(0xF0DA, "Symbol"), sign(0xFC, "Wingdings")
    ('∨', '\uf0fc')
    """
    byte = code - PRIVATE if PRIVATE <= code < PRIVATE + 0x100 else code
    if not 0x20 < byte < 0x100:
        return ""
    return _TABLE.get(byte, "") if font.strip().casefold() == "symbol" else chr(PRIVATE + byte)
