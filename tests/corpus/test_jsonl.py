"""Reading and writing records: a stream, canonical bytes, one clear line for what is wrong."""

from __future__ import annotations

import gzip
import io
import json
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from glose.corpus import jsonl
from glose.corpus.document import Document, Mention, Segment, fingerprint
from glose.corpus.errors import GloseError, InputError

EXAMPLE = Path(__file__).parent / "data" / "example.jsonl"


def made(ident: str, text: str = "Paris") -> Document:
    """Return a small valid document."""
    return Document(id=ident, layer="gold", text=text, text_sha256=fingerprint(text))


def dumped(*documents: Document) -> bytes:
    """Return what is written for documents."""
    stream = io.BytesIO()
    jsonl.dump(documents, stream)
    return stream.getvalue()


def test_the_example_comes_back_byte_for_byte() -> None:
    assert dumped(*jsonl.read(EXAMPLE)) == EXAMPLE.read_bytes()


def test_every_key_is_written_in_the_order_of_the_example() -> None:
    example = json.loads(EXAMPLE.read_bytes())

    assert list(json.loads(jsonl.encode(made("d1")))) == list(example)


def test_records_are_sorted_by_id() -> None:
    documents = [made("b"), made("c"), made("a")]

    assert dumped(*documents) == dumped(made("a"), made("b"), made("c"))


def test_segments_and_mentions_are_sorted_by_start_then_longest_then_type_then_id() -> None:
    spans = [
        ("m4", "ORG", 0, 5),
        ("m3", "GPE", 0, 5),
        ("m2", "GPE", 0, 5),
        ("m1", "GPE", 0, 9),
        ("m0", "GPE", 6, 9),
    ]
    text = "Paris est"
    document = Document(
        id="d",
        text=text,
        segments=(Segment("g2", "sentence", 6, 9), Segment("g1", "sentence", 0, 5)),
        mentions=tuple(Mention(i, t, s, e, text=text[s:e]) for i, t, s, e in reversed(spans)),
    )
    written = json.loads(jsonl.encode(document))

    assert [m["id"] for m in written["mentions"]] == ["m1", "m2", "m3", "m4", "m0"]
    assert [s["id"] for s in written["segments"]] == ["g1", "g2"]


def test_accents_are_not_escaped_and_nothing_is_spaced() -> None:
    line = dumped(made("d", "été 🙂 مرحبا"))

    assert "été 🙂 مرحبا".encode() in line
    assert b'": ' not in line


def test_line_separators_inside_a_text_end_no_line() -> None:
    """U+2028, U+0085 and a lone form feed occur in real text."""
    document = made("d", "un\u2028deux\u0085trois\x0cquatre")

    assert list(jsonl.parse(io.BytesIO(dumped(document)), "x")) == [document]


def test_gzip_is_read_like_plain(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress(EXAMPLE.read_bytes()))

    assert list(jsonl.read(path)) == list(jsonl.read(EXAMPLE))


def test_blank_lines_are_skipped_and_a_bom_too() -> None:
    lines = io.BytesIO(b"\xef\xbb\xbf" + dumped(made("a")) + b"\n  \n" + dumped(made("b")))

    assert [d.id for d in jsonl.parse(lines, "x")] == ["a", "b"]


def test_a_sparse_record_is_annotated_where_it_has_a_list() -> None:
    (document,) = jsonl.parse([b'{"id":"d1","events":[]}'], "folder/sys.v2.jsonl")

    assert document.status.annotated == ("events",)
    assert document.layer == "sys"
    assert document.text is None


def test_a_sparse_record_gets_the_text_of_its_spans() -> None:
    line = '{"id":"d1","text":"à Douma","mentions":[{"id":"m1","type":"GPE","start":2,"end":7}]}'
    (document,) = jsonl.parse([line], "sys.jsonl")

    assert document.mentions[0].text == "Douma"
    assert document.text_sha256 == fingerprint("à Douma")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(b'{"id":', "truncated", id="a truncated line"),
        pytest.param(b"[1]", "found a list; expected one record a line (jq", id="a list"),
        pytest.param(b'{"id":1}', "id: found a whole number; expected", id="a number as id"),
        pytest.param(b'{"id":"a","titel":1}', "unknown key 'titel'", id="a typo in a key"),
        pytest.param(b'{"id":"\xff"}', "not UTF-8", id="Latin-1 bytes"),
        pytest.param(b"\x00\x01\x02", "binary data", id="a binary file"),
        pytest.param(b">>>>>>> b", "a conflict of a merge that nobody", id="a mark of git"),
        pytest.param(b'{"id":"a"}{"id":"b"}', "trailing characters", id="two records on a line"),
        pytest.param(b'{"id":"a","labels":[{"scheme":"","score":NaN}]}', "invalid", id="NaN"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named(line: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        list(jsonl.parse([dumped(made("a")), line], "c.jsonl"))

    assert str(caught.value).startswith("c.jsonl:2: ")
    assert message in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_long_bad_line_is_not_echoed() -> None:
    with pytest.raises(InputError) as caught:
        list(jsonl.parse([b"x" * 1_000_000], "c.jsonl"))

    assert len(str(caught.value)) < 200


def test_a_broken_gzip_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress(random.Random(1).randbytes(100_000))[:5000])

    with pytest.raises(GloseError, match=r"c\.jsonl\.gz"):
        list(jsonl.read(path))


def test_nothing_is_written_where_a_document_fails(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(b"old")

    def broken() -> Iterator[Document]:
        yield made("a")
        raise GloseError("the source ended")

    with pytest.raises(GloseError, match="the source ended"):
        jsonl.write(path, broken())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_reading_holds_one_document_at_a_time(tmp_path: Path) -> None:
    """Reading a file takes a small part of its size in memory."""
    path = tmp_path / "c.jsonl"
    jsonl.write(path, (made(f"d{i:06}", "Paris " * 500) for i in range(2000)))
    tracemalloc.start()
    count = sum(1 for _ in jsonl.read(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 2000
    assert peak < path.stat().st_size / 10


def test_a_byte_that_is_not_utf8_is_counted_from_the_beginning_of_the_line() -> None:
    line = jsonl.encode(made("d1")).replace(b"Paris", b"Par\xe9s")

    with pytest.raises(InputError, match=f"byte {line.index(0xE9)} of the line is not UTF-8"):
        list(jsonl.parse([line], "c.jsonl"))


def test_a_long_key_is_not_echoed() -> None:
    with pytest.raises(InputError) as caught:
        list(jsonl.parse([f'{{"id":"a","{"k" * 5000}":1}}'], "c.jsonl"))

    assert len(str(caught.value)) < 300


def test_binary_data_is_called_that() -> None:
    with pytest.raises(InputError, match=r"c\.jsonl:1: binary data; expected one JSON record"):
        list(jsonl.parse([b"\x7fELF\x00\xff"], "c.jsonl"))


def test_what_is_written_is_completed(tmp_path: Path) -> None:
    sparse = Document(id="a", layer="gold", text="à Gao", mentions=(Mention("m1", "GPE", 2, 5),))
    jsonl.write(tmp_path / "c.jsonl", [sparse])

    (found,) = jsonl.read(tmp_path / "c.jsonl")

    assert (found.mentions[0].text, found.text_sha256) == ("Gao", fingerprint("à Gao"))


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        pytest.param(
            Document(id="a", layer="x", text="Gao", mentions=(Mention("m1", "GPE", 0, 9),)),
            "a: mention m1: end 9 is past the end of the text (3); expected 0 <= start < end <= 3",
            id="a wrong offset",
        ),
        pytest.param(
            Document(id="a", text="Gao"),
            "a: layer: empty; expected its name, such as 'gold'",
            id="no layer",
        ),
        pytest.param(
            Document(id="a", layer="x", text="a\ud800"),
            "a: text: a lone surrogate at 1; expected whole characters",
            id="a lone surrogate",
        ),
    ],
)
def test_what_would_be_refused_is_not_written(
    tmp_path: Path, document: Document, fault: str
) -> None:
    path = tmp_path / "c.jsonl"

    with pytest.raises(InputError) as caught:
        jsonl.write(path, [made("z"), document])
    assert str(caught.value) == f"{path}: {fault}"
    assert list(tmp_path.iterdir()) == []


def test_items_without_id_get_one_that_is_free() -> None:
    line = (
        '{"id":"a","mentions":[{"type":"GPE","start":0,"end":3},'
        '{"id":"m1","type":"GPE","start":4,"end":5}],"events":[{"type":"ASSAULT"}]}'
    )
    (document,) = jsonl.parse([line], "c.jsonl")

    assert [mention.id for mention in document.mentions] == ["m2", "m1"]
    assert [event.id for event in document.events] == ["v1"]
    assert document.status.annotated == ("mentions", "events")


def test_a_record_without_id_gets_none() -> None:
    with pytest.raises(InputError, match="id"):
        list(jsonl.parse(['{"mentions":[{"type":"GPE","start":0,"end":3}]}'], "c.jsonl"))


def test_a_line_without_end_is_refused_and_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 1 << 20)
    (tmp_path / "c.jsonl").write_bytes(jsonl.encode(made("a")) + b"\n" + b"x" * (2 << 20))

    with pytest.raises(InputError, match=r"c\.jsonl:2: a line of more than 1 MiB"):
        list(jsonl.read(tmp_path / "c.jsonl"))


def test_a_mistyped_key_of_an_item_is_named_with_what_was_meant() -> None:
    line = '{"id":"a","mentions":[{"typ":"GPE","start":0,"end":3}]}'

    with pytest.raises(InputError) as caught:
        list(jsonl.parse([line], "c.jsonl"))
    assert str(caught.value) == "c.jsonl:1: mentions[0]: unknown key 'typ'; did you mean 'type'?"


def test_a_document_that_comes_twice_in_a_layer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GloseError, match="document a comes twice in layer gold"):
        jsonl.write(tmp_path / "c.jsonl", [made("a"), made("b"), made("a")])
    assert list(tmp_path.iterdir()) == []


def test_a_document_may_come_in_two_layers() -> None:
    second = msgspec.structs.replace(made("a"), layer="second")

    assert len(dumped(made("a"), second).splitlines()) == 2


def test_what_is_called_gz_is_packed_and_always_the_same(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl.gz", tmp_path / "two.jsonl.gz"
    for path in (one, two):
        jsonl.write(path, [made("b"), made("a")])

    assert one.read_bytes() == two.read_bytes()
    assert gzip.decompress(one.read_bytes()) == dumped(made("a"), made("b"))
    assert [document.id for document in jsonl.read(one)] == ["a", "b"]


STATED = b'{"id": "d", "text": "Anna", "status": {"annotated": ["mentions"]}, "mentions": [%s]}'


def test_a_reader_leaves_lists_undecoded() -> None:
    line = STATED % b'{"id": "m", "type": "PER", "start": 0, "end": 4}'
    whole, some, none = (jsonl.reader(lists)(line) for lists in (jsonl.LISTS, ["mentions"], []))
    assert whole == jsonl.decode(line)
    assert some.mentions == whole.mentions
    assert (none.id, none.text, none.status) == (whole.id, whole.text, whole.status)
    with pytest.raises(TypeError, match="not iterable"):
        list(none.mentions)


def test_a_reader_decodes_a_sparse_record_whole() -> None:
    line = b'{"id": "d", "text": "Anna", "mentions": []}'
    assert jsonl.reader([])(line) == jsonl.decode(line)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(b'{"id": "d", "mentons": []}', "mentons", id="a key that is not known"),
        pytest.param(STATED % b'{"id": "m", "start": 0}', "type", id="a list that is read"),
        pytest.param(b'{"id": 3}', "id", id="another field"),
    ],
)
def test_a_reader_refuses_what_decode_refuses(line: bytes, message: str) -> None:
    said = []
    for decode in (jsonl.decode, jsonl.reader(["mentions"])):
        with pytest.raises(msgspec.ValidationError, match=message) as error:
            decode(line)
        said.append(str(error.value))
    assert said[0] == said[1]
