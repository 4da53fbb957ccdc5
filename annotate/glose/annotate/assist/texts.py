"""The texts of all documents of a project, read in one go."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from glose.annotate.store.tables import documents


class _Text(msgspec.Struct):
    text: str | None = None


_text = msgspec.json.Decoder(_Text)


def texts(connection: Connection, after: int = -1) -> Iterator[tuple[int, str, str]]:
    """Yield number, id and text of the documents with a number above one, in that order.

    A text never changes, and a document that comes later has a higher number.
    """
    wanted = select(documents.c.id, documents.c.name, documents.c.content)
    newer = wanted.where(documents.c.id > after).order_by(documents.c.id)
    for number, name, content in connection.execute(newer):
        yield number, name, _text.decode(content).text or ""
