"""What the app is told of texts and schemas, and that texts are kept ready within bounds."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from glose.annotate.app import views
from glose.annotate.app.views import Texts
from glose.corpus import schema
from glose.corpus.document import Document, Pair, Segment, fingerprint
from glose.corpus.tokens import tokenize


def text(name: str, content: str = "Gao. Goma.") -> Document:
    """Return a document of two sentences."""
    return Document(id=name, layer="text", text=content, text_sha256=fingerprint(content))


class Counted:
    """The tokeniser, counting how often it is asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        monkeypatch.setattr(views, "tokenize", self)

    def __call__(self, content: str) -> Sequence[Pair]:
        self.asked.append(content)
        return tokenize(content)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


def test_a_text_is_read_once(counted: Counted) -> None:
    texts = Texts()
    first, again = texts.of(text("d1")), texts.of(text("d1"))
    assert bytes(first) == bytes(again)
    assert len(counted.asked) == 1


def test_texts_that_are_too_many_are_dropped_the_oldest_first(counted: Counted) -> None:
    texts = Texts(2 * len(bytes(Texts().of(text("d1")))))
    counted.asked.clear()
    for name in ("d1", "d2", "d1", "d3", "d1", "d2"):
        texts.of(text(name))
    assert len(counted.asked) == 4, "d2 was read again, d1 was not"


def test_a_text_that_is_longer_than_what_is_kept_is_told_all_the_same() -> None:
    told = msgspec.json.decode(bytes(Texts(10).of(text("d1"))))
    assert told["text"] == "Gao. Goma."


def test_a_document_that_was_replaced_is_not_told_from_memory(counted: Counted) -> None:
    """Tests and programs may make another project in the same process."""
    texts = Texts()
    texts.of(text("d1"))
    told = msgspec.json.decode(bytes(texts.of(text("d1", "Hama."))))
    assert told["text"] == "Hama."


def test_tokens_of_the_record_are_taken_as_they_are(counted: Counted) -> None:
    document = msgspec.structs.replace(text("d1"), tokens=((0, 3), (5, 9)))
    told = msgspec.json.decode(bytes(Texts().of(document)))
    assert (told["tokens"], counted.asked) == ([[0, 3], [5, 9]], [])


def test_sentences_of_the_record_are_taken_as_they_are() -> None:
    whole = (Segment("g1", "sentence", 0, 10),)
    document = msgspec.structs.replace(text("d1"), segments=whole)
    assert msgspec.json.decode(bytes(Texts().of(document)))["sentences"] == [[0, 10]]


@pytest.mark.parametrize("name", sorted(schema.shipped()))
def test_every_shipped_schema_can_be_told(name: str) -> None:
    found = schema.load(name)
    told = msgspec.json.decode(msgspec.json.encode(views.schema(found)))
    assert [*told["mentions"]] == [*found.mentions]
    assert told["required"] == found.required


@pytest.mark.parametrize("name", sorted(schema.shipped()))
def test_every_role_of_a_schema_says_who_may_fill_it(name: str) -> None:
    told = views.schema(schema.load(name))
    frames = [
        frame for part in ("events", "relations", "templates") for frame in told[part].values()
    ]
    assert all(role["fillers"] for frame in frames for role in frame["roles"].values())
