"""Damaged documents are told of and nothing else: of every kind of word processor and book."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from tests.corpus.building.office.packing import chapter, docx, epub, flat_odt, odt, p

from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft
from glose.corpus.building.readers import table
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

#: How many damaged files each reader is given; more by hand, for an hour.
FUZZ = int(os.environ.get("GLOSE_FUZZ", "30"))
#: What damage is made of, beside bytes that are there already.
DIRT = [
    b"", b"\0", b"<", b">", b"/>", b"</w:p>", b"</text:p>", b"&x;", b"&#0;", b"&eacute;", b'"',
    b"-1", b"99999999999", b"<w:tbl>", b"<w:tr/>", b"<w:fldChar w:fldCharType='begin'/>",
    b"<a:b/>", b"<w:footnoteReference w:id='1'/>",
    b"<table:table-row/>", b"<text:s text:c='x'/>", b"<p>",
    b"<!-- -->", b"<?a b?>", b"<![CDATA[x]]>", b"\xff", b"{", b"}", b"\\u", b"\\'", b"\\bin9 ",
]  # fmt: skip
_CELL = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}{p('c')}</w:tc></w:tr></w:tbl>"
_ODF = (
    '<text:h>Un</text:h><text:p text:style-name="Title">a<text:s text:c="2"/>b<text:note>'
    "<text:note-body><text:p>n</text:p></text:note-body></text:note></text:p><table:table>"
    "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    "</table:table>"
)
WHOLE: dict[str, bytes] = {
    "docx": docx(
        p("Un", "Titre") + _CELL + '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
        notes=f'<w:footnote w:id="1">{p("n")}</w:footnote>', core="<title>a</title>",
        styles='<w:style w:styleId="Titre"><w:name w:val="Title"/></w:style>',
    ),
    "odt": odt(_ODF, "<dc:title>a</dc:title>"),
    "flat": flat_odt(_ODF),
    "epub": epub({"nav": chapter("<nav>a</nav>"), "un": chapter("<h1>Un</h1><p>a<br/>b</p>")}),
    "rtf": (
        rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}"
        rb"{\stylesheet{\s1 heading 1;}}{\info{\title a}{\creatim\yr2018\mo3}}\pard\s1 a\par"
        rb"{\footnote n}{\f1 \'93\'fa}\u233?\trowd\intbl a\cell\row\pard"
        rb"{\field{\*\fldinst TOC}{\fldrslt b}}{\upr a{\*\ud b}}\par}"
    ),
}  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return some bytes with a few places overwritten, taken out or doubled."""
    found = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(found) + 1)
        size = chance.choice((0, 0, 1, 3, 30))
        found[at : at + size] = chance.choice([*DIRT, bytes(found[at : at + 40]) * 2])
    return bytes(found)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """Return an archive with one of its parts damaged, or gone."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as whole, ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        victim = chance.choice(whole.namelist())
        for name in whole.namelist():
            content = whole.read(name)
            if name != victim:
                archive.writestr(name, content)
            elif chance.random() < 0.9:
                archive.writestr(name, damaged(content, chance))
    return stream.getvalue()


@pytest.mark.parametrize("damage", [damaged, damaged_inside], ids=["bytes", "parts"])
@pytest.mark.parametrize("name", WHOLE)
def test_damage_is_told_and_nothing_else(
    tmp_path: Path, name: str, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    whole = WHOLE[name]
    if not whole.startswith(b"PK"):
        damage = damaged
    reader = table.READERS["odt" if name == "flat" else name]
    for seed in range(FUZZ):
        path = tmp_path / f"{seed}.bin"
        path.write_bytes(damage(whole, random.Random(seed)))
        content = Content(path, path.name)
        with suppress(RejectError):
            if reader.detect(content):
                found = list(reader.documents(content, Rules()))
                assert all(isinstance(draft, Draft) and draft.text for draft in found), seed
