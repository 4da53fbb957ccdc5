"""Mail: messages in .eml files and in mailboxes, with what they quote and how they are signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr

from glose.corpus.building import archives, fragments, mailparts
from glose.corpus.building.blocks import blocks
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Blocks, Draft, Lost
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

#: Headers that go to `extra`.
KEPT = (
    "From", "To", "Cc", "Reply-To", "Message-ID", "In-Reply-To", "References", "List-Id",
    "Newsgroups", "Keywords",
)  # fmt: skip

_HEADER = rb"[!-9;-~]+:[^\n]*\n"
_FOLDED = rb"(?:[ \t][^\n]*\n)*"
_BOX = re.compile(rb"From [^\n]{5,200}\n" + _HEADER)
_MESSAGE = re.compile(rb"(?>(?:" + _HEADER + _FOLDED + rb")+)")
#: Headers that a machine wrote: without one of them it is a text with a header.
_MACHINE = re.compile(
    rb"^(?:message-id|mime-version|received|return-path|delivered-to|content-transfer-encoding"
    rb"|x-mailer):",
    re.IGNORECASE | re.MULTILINE,
)
#: The line that opens a message in a mailbox: an address and a date.
_OPENING = re.compile(rb"From \S+.*\d{4}\s*(?:[+-]\d{4}\s*)?$")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_QUOTED = re.compile(r"[ \t]*>")
_SIGNATURE = re.compile(r"(?:^|(?<=\n))-- ?\n")


def is_mailbox(content: Content) -> bool:
    """Say if a source is a mailbox: a line `From …`, and a header below."""
    return bool(_BOX.match(_start(content)))


def is_message(content: Content) -> bool:
    """Say if a source is a message: it begins with headers, one of which a machine wrote."""
    found = _MESSAGE.match(_start(content))
    called = content.suffix in EML.suffixes
    return bool(found and (called or _MACHINE.search(found[0])))


def _start(content: Content) -> bytes:
    return content.head.replace(b"\r\n", b"\n").lstrip()


def read_message(content: Content, _rules: Rules) -> Iterator[Draft]:
    """Yield the one document of a message."""
    yield document(content.data().lstrip(), "")


def read_mailbox(content: Content, _rules: Rules) -> Iterator[Draft | Lost]:
    """Yield the documents of the messages in a mailbox."""
    for number, data in enumerate(_messages(content), start=1):
        try:
            draft = document(data, f"message={number}; ")
        except RejectError as error:
            yield Lost(f"message {number}", str(error))
            continue
        draft.place = f"message {number}"
        draft.id = next(
            (a.value.strip("<> ") for a in draft.extra if a.name == "Message-ID"), None
        )
        yield draft


def _messages(content: Content) -> Iterator[bytes]:
    """Yield the messages of a mailbox, which a line `From …` below a blank one opens."""
    lines: list[bytes] = []
    size, blank = 0, True
    with content.stream() as stream:
        for line in iter(lambda: stream.readline(1 << 20), b""):
            if blank and _OPENING.match(line):
                if lines:
                    yield _ESCAPED.sub(rb"\1", b"".join(lines))
                lines, size = [], 0
            else:
                lines.append(line)
                size += len(line)
            if size > archives.LARGEST:
                raise RejectError(f"a message of more than {archives.LARGEST} bytes")
            blank = not line.strip()
    if lines:
        yield _ESCAPED.sub(rb"\1", b"".join(lines))


def document(data: bytes, before: str) -> Draft:
    """Return the draft of a message; raise `RejectError` if it has no text."""
    try:
        message = message_from_bytes(data)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise RejectError(f"no message ({error}); expected headers and a body") from error
    body = mailparts.body(message)
    found = Blocks()
    left = body.left
    for number, part in body.parts:
        if part.get_content_type() == "text/html":
            walk = fragments.walked(mailparts.text(part), f"{before}part={number}")
            found.extend(walk.blocks)
            left += walk.left
        else:
            _plain(found, part, f"{before}part={number}")
    if not found:
        has = f"; it has {', '.join(left)}" if left else ""
        raise RejectError(f"a message without text{has}")
    draft = found.draft()
    draft.left = left
    _describe(draft, message)
    return draft


def _plain(found: Blocks, part: Message, src: str) -> None:
    """Add the blocks of plain text: what is quoted and the signature are told from the rest."""
    text = mailparts.text(part)
    flowed, delete = mailparts.is_flowed(part)
    if flowed:
        text = mailparts.unflowed(text, delete=delete)
    signature = _SIGNATURE.search(text)
    end = signature.start() if signature else len(text)
    for start, stop in blocks(text[:end]):
        for type_, run in _runs(text[start:stop]):
            found.add(type_, run, src)
    found.add("signature", text[end:], src)


def _runs(block: str) -> Iterator[tuple[str, str]]:
    """Yield the runs of lines of a block that are quoted, or are not."""
    run: list[str] = []
    quoted = False
    for line in block.split("\n"):
        if run and bool(_QUOTED.match(line)) != quoted:
            yield "quote" if quoted else "paragraph", "\n".join(run)
            run = []
        quoted = bool(_QUOTED.match(line))
        run.append(line)
    yield "quote" if quoted else "paragraph", "\n".join(run)


def _describe(draft: Draft, message: Message) -> None:
    draft.tell("title", mailparts.header(message, "Subject"), "Subject")
    written = mailparts.header(message, "From")
    name, address = parseaddr(written)
    draft.tell("author", name or address or written, "From")
    draft.tell("date", mailparts.header(message, "Date"), "Date")
    draft.tell("language", mailparts.header(message, "Content-Language"), "Content-Language")
    for key in KEPT:
        for value in mailparts.headers(message, key):
            draft.tell("", value, key)


EML = Reader("a message of mail", "message/rfc822", (".eml",), is_message, read_message)
MBOX = Reader("a mailbox", "application/mbox", (".mbox",), is_mailbox, read_mailbox)
