"""Pictures of pages with 256 colours at most, which makes them a third as large."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOURS = 256


def smaller(png: bytes) -> bytes:
    """Return a picture with a palette, of one in RGB of 8 bits as browsers make it."""
    pixels = _read(png)
    flat = pixels.reshape(-1, 3)
    colours, index, counts = np.unique(flat, axis=0, return_inverse=True, return_counts=True)
    palette = colours[np.argsort(-counts)[:_COLOURS]]
    apart = ((colours[:, None].astype(int) - palette[None].astype(int)) ** 2).sum(axis=2)
    nearest = apart.argmin(axis=1).astype(np.uint8)
    rows = nearest[index.reshape(-1)].reshape(pixels.shape[:2])
    return _written(rows, palette.astype(np.uint8))


def _read(png: bytes) -> Pixels:
    """Return rows of pixels of red, green and blue."""
    chunks = list(_chunks(png))
    width, height, depth, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    channels = {2: 3, 6: 4}[kind]
    if depth != 8:
        raise ValueError(f"found {depth} bits; expected 8")
    data = zlib.decompress(b"".join(content for name, content in chunks if name == b"IDAT"))
    lines = np.frombuffer(data, np.uint8).reshape(height, 1 + width * channels)
    rows = np.zeros((height, width * channels), np.uint8)
    above = np.zeros(width * channels, np.uint8)
    for at, line in enumerate(lines):
        above = rows[at] = _unfiltered(int(line[0]), line[1:], above, channels)
    return rows.reshape(height, width, channels)[:, :, :3]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        yield name, png[at + 8 : at + 8 + length]
        at += 12 + length


def _unfiltered(kind: int, line: Pixels, above: Pixels, step: int) -> Pixels:
    """Return a row from what was written instead of it (PNG, section 9)."""
    if kind == 0:
        return line
    if kind == 2:
        return line + above
    if kind == 1:
        sums = np.add.accumulate(line.reshape(-1, step), axis=0, dtype=np.uint8)
        found: Pixels = sums.reshape(-1)
        return found
    row = np.zeros_like(line)
    for at, (value, up) in enumerate(zip(line.tolist(), above.tolist(), strict=True)):
        left = int(row[at - step]) if at >= step else 0
        corner = int(above[at - step]) if at >= step else 0
        guess = (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
        row[at] = (value + guess) % 256
    return row


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def _written(rows: Pixels, palette: Pixels) -> bytes:
    height, width = rows.shape
    lines = np.hstack([np.zeros((height, 1), np.uint8), rows])
    return b"".join(
        [
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette.tobytes()),
            _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
