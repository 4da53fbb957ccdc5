"""Web archives: the pages that were fetched are documents, whatever they are packed in."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from tests.corpus.building.readers.archives import archive, record
from tests.corpus.building.readers.reading import laid, only, read, stated

from glose.corpus.building import archives
from glose.corpus.building.drafts import Skipped
from glose.corpus.building.readers import declaration
from glose.corpus.building.rejections import Rejection

BODY = "Douze civils ont été tués mardi dans des raids aériens sur Douma, selon la ville."
PAGE = (
    "<html><head><title>Raids</title></head><body><article><h1>Raids sur Douma</h1>"
    f"<p>{BODY}</p><p>Le conseil se réunit jeudi pour en parler.</p></article></body></html>"
)


def written(tmp_path: Path, *records: bytes, name: str = "a.warc") -> Path:
    path = tmp_path / name
    path.write_bytes(b"".join(records))
    return path


def test_a_page_is_a_document(tmp_path: Path) -> None:
    made = only(written(tmp_path, record(PAGE.encode())))
    document = made.document

    assert made.own == "urn:uuid:00000000-0000-0000-0000-000000000001"
    assert document.meta.title == "Raids sur Douma"
    assert document.meta.url == "https://courrier.example/1"
    assert document.provenance.format == "application/warc; content=text/html"
    assert ("WARC-Date", "2018-03-14T09:05:00Z") in [(a.name, a.value) for a in document.extra]
    assert {src for _, _, src in laid(document)} == {f"record={made.own}"}


@pytest.mark.parametrize("packed", [False, True])
def test_all_records_are_read_packed_or_not(tmp_path: Path, *, packed: bool) -> None:
    """A packed archive is as many gzip members as records."""
    content = archive([PAGE.encode(), PAGE.encode()], packed=packed)
    path = written(tmp_path, content, name="a.warc.gz" if packed else "a.warc")

    assert len(stated(path)) == 2
    assert [one.what for one in read(path) if isinstance(one, Skipped)] == ["WARC warcinfo"]


def test_an_archive_that_is_packed_as_a_whole_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(record(PAGE.encode()) * 2), name="a.warc.gz")

    assert len(stated(path)) == 2


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        pytest.param("Content-Type: text/plain", b"Un mot.", "Un mot.", id="plain text"),
        pytest.param("Content-Type: text/plain; charset=windows-1252", b"\xe9t\xe9", "été",
                     id="the charset of the server"),
        pytest.param("Content-Type: text/plain; charset=iso-8859-1", "été".encode(), "été",
                     id="a charset that the server has not looked at"),
        pytest.param("Content-Type: text/plain; charset=utf-8", b"\xe9t\xe9 \xe0 Alep",
                     "été à Alep", id="a wrong charset"),
        pytest.param("Content-Type: text/plain\r\nTransfer-Encoding: chunked",
                     b"3\r\nUn \r\n4\r\nmot.\r\n0\r\n\r\n", "Un mot.", id="chunks"),
        pytest.param("Content-Type: text/plain\r\nContent-Encoding: gzip",
                     gzip.compress(b"Un mot."), "Un mot.", id="gzip"),
        pytest.param("Content-Type: Text/Plain;charset=\"UTF-8\"", "été".encode(), "été",
                     id="capitals and quotation marks"),
    ],
)  # fmt: skip
def test_what_was_fetched_is_unpacked(
    tmp_path: Path, headers: str, body: bytes, text: str
) -> None:
    assert only(written(tmp_path, record(body, headers))).document.text == text


@pytest.mark.parametrize(
    ("made", "what"),
    [
        pytest.param(record(b"GIF", "Content-Type: image/gif"), "image/gif", id="an image"),
        pytest.param(record(b"x", ""), "record without a type", id="no type"),
        pytest.param(
            record(PAGE.encode(), status="404 Not Found"), "HTTP status 404", id="an error"
        ),
        pytest.param(record(b"", type_="revisit"), "WARC revisit", id="a revisit"),
        pytest.param(record(b"a", type_="metadata"), "WARC metadata", id="metadata"),
    ],
)
def test_other_records_are_counted(tmp_path: Path, made: bytes, what: str) -> None:
    found = read(written(tmp_path, record(PAGE.encode()), made))

    assert [one.what for one in found if isinstance(one, Skipped)] == [what]


def test_text_that_others_made_of_pages_is_read(tmp_path: Path) -> None:
    """Common Crawl has it in records of the type `conversion`."""
    made = record(BODY.encode(), "Content-Type: text/plain", type_="conversion")

    assert only(written(tmp_path, made)).document.text == BODY


def test_a_page_without_an_article_is_rejected_and_the_others_are_read(tmp_path: Path) -> None:
    found = read(written(tmp_path, record(b"<html><body>x</body></html>"), record(PAGE.encode())))
    lost = [one for one in found if isinstance(one, Rejection)]

    assert [one.reason[:10] for one in lost] == ["no article"]
    assert (lost[0].place or "").startswith("record 1 urn:uuid:")
    assert (lost[0].place or "").endswith("https://courrier.example/1")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        pytest.param("Content-Encoding: br", b"x", "packed as br", id="brotli"),
        pytest.param(
            "Content-Encoding: gzip", gzip.compress(bytes(10_000_000)), "a bomb", id="bomb"
        ),
    ],
)
def test_a_page_that_cannot_be_unpacked_is_rejected(
    tmp_path: Path, headers: str, body: bytes, reason: str
) -> None:
    (found,) = read(written(tmp_path, record(body, f"Content-Type: text/html\r\n{headers}")))

    assert isinstance(found, Rejection)
    assert reason in found.reason


@pytest.mark.parametrize("cut", [1, 30, 100, 300])
def test_an_archive_that_is_cut_says_so(tmp_path: Path, cut: int) -> None:
    whole = record(PAGE.encode())
    found = read(written(tmp_path, whole + whole[:-cut]))

    assert len(found) == 2 or cut < 5
    assert all("\n" not in one.reason for one in found if isinstance(one, Rejection))


def test_a_wrong_length_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = record(PAGE.encode())
    length = re.search(rb"Content-Length: (\d+)", one)
    assert length
    wrong = one.replace(length[0], b"Content-Length: %d" % (int(length[1]) - 3))
    found = read(written(tmp_path, wrong, one))

    assert [(one.place, one.reason) for one in found if isinstance(one, Rejection)] == [
        ("record 1", "its length is wrong; is the file whole?")
    ]
    assert len(found) == 3
    assert capsys.readouterr().err == ""


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "SUSPECT", 10_000)
    packed = gzip.compress(record(bytes(5_000_000), "Content-Type: text/plain"))
    found = read(written(tmp_path, packed, name="a.warc.gz"))

    assert found
    assert all(isinstance(one, Rejection) and "a bomb" in one.reason for one in found)


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declaration, "find_spec", lambda _name: None)
    (found,) = read(written(tmp_path, record(PAGE.encode())))

    assert isinstance(found, Rejection)
    assert "pip install glose[web]" in found.reason


def test_arc_is_read(tmp_path: Path) -> None:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUn mot."
    version = b"1 0 X\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://a.arc 0.0.0.0 20180314090500 text/plain %d\n" % len(version)
    head += version + b"\n"
    line = b"https://courrier.example/1 1.2.3.4 20180314090500 text/plain %d\n" % len(body)
    found = stated(written(tmp_path, head + line + body + b"\n", name="a.arc"))

    assert [made.document.text for made in found] == ["Un mot."]
