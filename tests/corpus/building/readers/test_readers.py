"""Every reader: its sample is told by its content, and no damage makes more than an error of ours.

A new kind is tried here as soon as it stands in the table and has a sample in `samples`.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pyarrow import parquet
from tests.corpus.building.office.packing import chapter, docx, epub, odt, p
from tests.corpus.building.readers.archives import archive
from tests.corpus.building.readers.reading import SAMPLES, read, stated
from tests.corpus.damage import damaged, damages

from glose.corpus import rules
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Skipped
from glose.corpus.building.readers import table
from glose.corpus.building.reading import Made
from glose.corpus.building.rejections import Rejection
from glose.corpus.building.sources import find

#: How many damaged files each reader is given; more by hand, for an hour.
FUZZ = int(os.environ.get("GLOSE_FUZZ", "25"))
PHASES = [phase for phase in Phase if phase is not Phase.shrink or "GLOSE_SHRINK" in os.environ]

PAGE = (
    "<html><head><title>Raids</title></head><body><h1>Raids</h1><p>Douze civils ont été tués"
    " mercredi dans des raids.</p><p>Le conseil se réunit jeudi pour en parler.</p></body></html>"
).encode()

#: The sample of each kind: a file of `samples`, or what is made here; and what it is called.
FILES = {
    "newsml-g2": "newsml-g2.xml", "nitf": "nitf.xml", "feed": "rss.xml", "ninjs": "ninjs.json",
    "tei": "tei.xml", "mbox": "mail.mbox", "eml": "mail.eml", "json": "table.json",
    "jsonl": "table.jsonl", "csv": "table.csv", "tsv": "table.tsv",
}  # fmt: skip
MADE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "warc": ("a.warc", lambda path: path.write_bytes(archive([PAGE, PAGE]))),
    "parquet": (
        "a.parquet",
        lambda path: parquet.write_table(pa.table({"id": [1, 2], "text": ["Un", "Deux"]}), path),
    ),
    "docx": ("a.docx", lambda path: path.write_bytes(docx(p("Douze civils tués.")))),
    "odt": ("a.odt", lambda path: path.write_bytes(odt("<text:p>Douze civils tués.</text:p>"))),
    "epub": ("a.epub", lambda path: path.write_bytes(epub({"a": chapter("<p>Douze.</p>")}))),
    "html": ("a.html", lambda path: path.write_bytes(PAGE)),
    "markdown": ("a.md", lambda path: path.write_text("# Raids\n\nDouze civils tués.")),
    "text": ("a.txt", lambda path: path.write_text("Titre: Raids\n\nDouze civils tués. (afp)")),
}
KINDS = [*FILES, *MADE]
#: Kinds that a suffix tells, since no content can.
BY_SUFFIX = ("json", "jsonl", "csv", "tsv", "markdown", "text")


def sample(name: str, folder: Path) -> Path:
    """Return a file of a kind."""
    if name in FILES:
        return SAMPLES / FILES[name]
    called, make = MADE[name]
    make(folder / called)
    return folder / called


@pytest.mark.parametrize("name", KINDS)
def test_a_sample_is_told_by_its_content(name: str, tmp_path: Path) -> None:
    source = sample(name, tmp_path)
    path = source if name in BY_SUFFIX else tmp_path / "a.dat"
    path.write_bytes(source.read_bytes())

    assert table.recognised(Content(path, path.name)) is table.READERS[name]


@pytest.mark.parametrize("name", KINDS)
def test_the_documents_of_a_sample_keep_the_rules(name: str, tmp_path: Path) -> None:
    made = stated(sample(name, tmp_path))

    assert made
    assert [fault for one in made for fault in rules.faults(one.document)] == []
    assert all(one.document.provenance.file_sha256 for one in made)


@pytest.mark.parametrize("name", KINDS)
def test_every_word_is_in_one_block_and_one_sentence(name: str, tmp_path: Path) -> None:
    for made in stated(sample(name, tmp_path)):
        text = made.document.text or ""
        segments = made.document.segments
        sentences = [s for s in segments if s.type == "sentence"]
        # A dateline that was found in a paragraph is a part of it, and comes from nowhere else;
        # the blocks of a book stand in chapters.
        datelines = {s.type for s in segments if s.type == "dateline" and not s.src}
        found = {"sentence", "chapter"} | datelines
        blocks = [s for s in segments if s.type not in found]
        for parts in (sentences, blocks):
            words = [word for s in parts for word in text[s.start : s.end].split()]
            assert words == text.split()


@pytest.mark.parametrize("name", KINDS)
def test_packed_or_in_an_archive_it_is_the_same(name: str, tmp_path: Path) -> None:
    plain = sample(name, tmp_path)
    packed = tmp_path / f"{plain.name}.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    with ZipFile(tmp_path / "all.zip", "w") as archive_:
        archive_.writestr(plain.name, plain.read_bytes())
    (member,), _ = find([str(tmp_path / "all.zip")], tmp_path / "out")
    content = Content(member.path, member.name, member.member)

    assert [one.document.text for one in stated(packed)] == [
        one.document.text for one in stated(plain)
    ]
    assert content.data() == plain.read_bytes()
    assert table.recognised(content) is table.READERS[name]


@pytest.mark.parametrize("name", KINDS)
def test_cr_lf_line_ends_change_no_word(name: str, tmp_path: Path) -> None:
    plain = sample(name, tmp_path)
    if name in {"docx", "epub", "odt", "parquet", "warc"}:  # where a byte more is another file
        return
    turned = tmp_path / f"turned{plain.suffix}"
    turned.write_bytes(plain.read_bytes().replace(b"\n", b"\r\n"))

    assert [(one.document.text or "").split() for one in stated(turned)] == [
        (one.document.text or "").split() for one in stated(plain)
    ]


DIRT = [
    b"\0", b"\xff", b"\t", b"\n", b"\r\n", b" ", b"{}", b"[]", b"-1", b"9" * 20, b'"', b"<", b">",
    b"&x;", b"null", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b":", b";", b"=?utf-8?b?", b"--x", b"=",
    b"</p>", b"<![CDATA[", b"]]>", b"<!--", b"1e999", b"\\ud800", b"&#0;", b"&#xd800;",
]  # fmt: skip
damage = damages(DIRT, 60, 5)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("samples")
    return {name: sample(name, folder).read_bytes() for name in KINDS}


@pytest.mark.parametrize("name", KINDS)
@settings(
    max_examples=FUZZ, phases=PHASES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(how=damage)
def test_a_damaged_file_is_read_or_told_in_one_line(
    samples: dict[str, bytes], name: str, how: list[tuple[str, float, int, bytes]]
) -> None:
    suffix = (table.READERS[name].suffixes or (".txt",))[0]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(damaged(samples[name], how))
        found = read(path)

    assert found
    for one in found:
        if isinstance(one, Made):
            assert list(rules.faults(one.document)) == []
        else:
            said = one.reason if isinstance(one, Rejection) else one.what
            assert isinstance(one, Rejection | Skipped)
            assert "\n" not in said
