"""Mail: messages and mailboxes, with charsets, quotations, signatures and attachments."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.building.readers.reading import SAMPLES, laid, only, read, stated

from glose.corpus.building.mailparts import unflowed
from glose.corpus.building.readers.mail import document
from glose.corpus.building.rejections import Rejection
from glose.corpus.document import Date

HEAD = b"MIME-Version: 1.0\nFrom: a@b.example\n"


def message(tmp_path: Path, content: bytes, name: str = "a.eml") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_mailbox_gives_a_document_for_each_message_with_text() -> None:
    found = read(SAMPLES / "mail.mbox")
    lost = [(one.place, one.reason) for one in found if isinstance(one, Rejection)]

    assert [made.own for made in stated(SAMPLES / "mail.mbox")] == [
        "1@alm.example",
        "2@alm.example",
    ]
    assert lost == [("message 3", "a message without text; it has attachment image/jpeg")]


def test_a_message_states_its_headers() -> None:
    made = stated(SAMPLES / "mail.mbox")[0]
    meta = made.document.meta

    assert (meta.title, meta.author) == ("Dépêche sur Douma", "Nadia Sorèl")
    assert meta.date == Date(2018, 3, 14, "09:05:00+01:00")
    assert made.left == ("attachment image/png",)
    assert ("To", "desk@alm.example") in [(a.name, a.value) for a in made.document.extra]


def test_plain_text_is_told_from_what_it_quotes_and_the_signature() -> None:
    assert laid(stated(SAMPLES / "mail.mbox")[0].document) == [
        ("paragraph", "Douze civils ont été tués mercredi à Douma.", "message=1; part=1.1"),
        ("paragraph", "Jean a écrit :", "message=1; part=1.1"),
        ("quote", "> Que se passe-t-il ce soir ?\n>> Rien.", "message=1; part=1.1"),
        ("paragraph", "From la table.", "message=1; part=1.1"),
        ("signature", "-- \nNadia", "message=1; part=1.1"),
    ]


def test_html_is_read_where_there_is_no_plain_text() -> None:
    made = stated(SAMPLES / "mail.mbox")[1]

    assert made.document.meta.title == "Rien de neuf"
    assert made.left == ("image",)
    assert laid(made.document) == [
        ("paragraph", "Bonjour à tous.", "message=2; part=1; xpath=/html/body/p"),
        ("quote", "Texte cité", "message=2; part=1; xpath=/html/body/blockquote/p"),
    ]


def test_a_message_in_a_file_is_called_as_its_file() -> None:
    made = only(SAMPLES / "mail.eml")

    assert made.own is None
    assert made.document.text == (
        "Douze civils ont été tués mercredi à Douma.\n\nLe conseil se réunit."
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(b"\nUn.", "Un.", id="no type is plain text"),
        pytest.param("\nété".encode("cp1252"), "été", id="no charset is told by its looks"),
        pytest.param(b"Content-Type: text/plain; charset=utf-8\n\n\xe9t\xe9", "été",
                     id="a wrong charset"),
        pytest.param(b"Content-Type: text/plain; charset=klingon\n\nUn", "Un",
                     id="an unknown charset"),
        pytest.param(b"Content-Type: text/plain; charset=utf\0-8\n\nUn", "Un",
                     id="a charset with a NUL"),
        pytest.param(b"Content-Type: text/plain; charset=undefined\n\nUn", "Un",
                     id="a codec that is no charset"),
        pytest.param(b"Content-Type: text/plain; charset=utf-16le\n\n"
                     + "été".encode("utf-16le"), "été", id="UTF-16"),
        pytest.param(b"Content-Transfer-Encoding: base64\n\nVW4=!", "Un", id="base64 with dirt"),
        pytest.param(b"Content-Transfer-Encoding: quoted-printable\n\nUn=2", "Un=2",
                     id="quoted-printable that is cut"),
        pytest.param(b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nUn\n--x\n\nDeux",
                     "Un\n\nDeux", id="parts that do not end"),
        pytest.param(b"Content-Type: multipart/related; boundary=x\n\n--x\n"
                     b"Content-Type: text/html\n\n<p>Un</p>\n--x\n"
                     b"Content-Type: image/gif\n\nGIF\n--x--", "Un",
                     id="a page with its pictures"),
    ],
)  # fmt: skip
def test_text(tmp_path: Path, content: bytes, text: str) -> None:
    assert only(message(tmp_path, HEAD + content)).document.text == text


@pytest.mark.parametrize(
    ("header", "title"),
    [
        pytest.param(b"Subject: =?utf-8?q?D=C3=A9j=C3=A0?= =?utf-8?q?_vu?=", "Déjà vu", id="two"),
        pytest.param(b"Subject: D\xc3\xa9j\xc3\xa0 vu", "Déjà vu", id="bytes of UTF-8"),
        pytest.param(b"Subject: D\xe9j\xe0 vu ici", "Déjà vu ici", id="bytes of Windows-1252"),
        pytest.param(b"Subject: =?klingon?q?abc?=", "abc", id="an unknown charset"),
        pytest.param(b"Subject: =?utf-8?b?!!!?=", "=?utf-8?b?!!!?=", id="no base64"),
    ],
)
def test_subject(tmp_path: Path, header: bytes, title: str) -> None:
    path = message(tmp_path, HEAD + header + b"\n\nUn.")

    assert only(path).document.meta.title == title


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(
            b"Titre: Raids\nDate: 14 mars 2018\n\nUn.", "a.txt", id="a text with a header"
        ),
        pytest.param(b"From Paris with love\n\nUn.", "a.txt", id="a text that begins with From"),
    ],
)
def test_a_text_is_no_mail(tmp_path: Path, content: bytes, name: str) -> None:
    made = only(message(tmp_path, content, name))

    assert made.document.provenance.format == "text/plain"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(HEAD + b"\n", "a message without text", id="no body"),
        pytest.param(
            HEAD + b"Content-Type: application/pdf\n\nx", "it has attachment", id="attachments"
        ),
        pytest.param(
            HEAD + b"Content-Type: text/plain\n\n\0\1\2\3", "binary", id="what is no text"
        ),
    ],
)
def test_a_message_without_text_is_rejected(tmp_path: Path, content: bytes, reason: str) -> None:
    (found,) = read(message(tmp_path, content))

    assert isinstance(found, Rejection)
    assert reason in found.reason


def test_a_blank_line_above_a_message_is_passed_over(tmp_path: Path) -> None:
    """As some programs have it that show the source of a message."""
    path = message(tmp_path, b"   \r\n" + HEAD + b"\nUn.", "a.txt")

    assert only(path).document.provenance.format == "message/rfc822"


def test_parts_that_stand_too_deep_are_refused(tmp_path: Path) -> None:
    inner = b"Content-Type: text/plain\n\nUn"
    for number in range(60):
        mark = b"b%d" % number
        inner = (
            b"Content-Type: multipart/mixed; boundary=" + mark + b"\n\n--" + mark + b"\n" + inner
            + b"\n--" + mark + b"--\n"
        )  # fmt: skip
    (found,) = read(message(tmp_path, HEAD + inner))

    assert isinstance(found, Rejection)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("Un \ndeux", "Un deux", id="a line that flows on"),
        pytest.param("Un\ndeux", "Un\ndeux", id="one that does not"),
        pytest.param("Un \n> deux", "Un \n> deux", id="not into a quotation"),
        pytest.param("> Un \n> deux", "> Un deux", id="within a quotation"),
        pytest.param("> Un \n>> deux", "> Un \n>> deux", id="not into a deeper one"),
        pytest.param(" >Un", ">Un", id="a blank that stuffs"),
        pytest.param("Un \n-- \nX", "Un \n-- \nX", id="not into a signature"),
    ],
)
def test_flowed_text(written: str, text: str) -> None:
    assert unflowed(written, delete=False) == text


def test_blanks_that_only_let_flow_on_go() -> None:
    assert unflowed("Un mot cou \npé", delete=True) == "Un mot coupé"


LINES = st.text("abé> .-", max_size=12)


@given(st.lists(LINES, min_size=1, max_size=6), st.sampled_from(["quoted-printable", "base64"]))
def test_what_is_sent_is_what_is_read(lines: list[str], encoding: str) -> None:
    """Nothing but white space is lost on the way through a message."""
    sent = EmailMessage()
    sent.set_content("\n".join(lines) + "\nfin", cte=encoding)

    assert document(sent.as_bytes(), "").text.split() == " ".join([*lines, "fin"]).split()
