from __future__ import annotations

import zlib

import pytest

from glose.corpus.building.archives import SUSPECT
from glose.corpus.building.pdf import streams
from glose.corpus.building.rejections import RejectError

LARGE = bytes(SUSPECT + 1)


def stream(dictionary: str, content: bytes) -> bytes:
    return b"1 0 obj<<%s>>\nstream\r\n%s\nendstream endobj" % (dictionary.encode(), content)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(stream("/Filter/FlateDecode", zlib.compress(bytes(SUSPECT))), id="small"),
        pytest.param(
            stream("/Filter/FlateDecode/Subtype/Image", zlib.compress(LARGE)), id="image"
        ),
        pytest.param(
            stream("/Filter/FlateDecode/Type /EmbeddedFile", zlib.compress(LARGE)), id="attachment"
        ),
        pytest.param(stream("/Filter/LZWDecode", zlib.compress(LARGE)), id="another way to pack"),
        pytest.param(stream("/Filter/FlateDecode", b"no zlib"), id="broken"),
        pytest.param(b"endstream\nstream\n", id="no object"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_is_no_bomb_passes(data: bytes) -> None:
    streams.check(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(stream("/Filter/FlateDecode", zlib.compress(LARGE)), id="packed"),
        pytest.param(stream("/Filter/Fl", zlib.compress(LARGE)), id="a short name"),
        pytest.param(
            stream("/Filter[/FlateDecode /FlateDecode]", zlib.compress(zlib.compress(LARGE * 9))),
            id="packed twice",
        ),
        pytest.param(stream("/Filter/FlateDecode", zlib.compress(LARGE * 2)[:-9])[:-16], id="cut"),
        pytest.param(
            stream("/Filter/FlateDecode", zlib.compress(b"a"))
            + stream("/Filter/FlateDecode", zlib.compress(LARGE)),
            id="the second one",
        ),
    ],
)
def test_a_bomb_is_refused(data: bytes) -> None:
    with pytest.raises(RejectError, match="far larger than its packed size"):
        streams.check(data)
