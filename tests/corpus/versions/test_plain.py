"""What `git diff` shows of a corpus: lines with words, that miss nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from glose.cli import commands
from glose.corpus import jsonl
from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    Label,
    Mention,
    Meta,
    Segment,
    Status,
    Trigger,
)
from glose.corpus.testing import documents
from glose.corpus.versions import plain, sheets

TEXT = "L'armée a tué\u00a0: 12 civils.\n"
DOCUMENT = Document(
    id="d1",
    layer="gold",
    language="fr",
    text=TEXT,
    meta=Meta(title="Un titre"),
    segments=(Segment("g1", "title", 0, 27),),
    mentions=(
        Mention("m1", "ORG", 2, 7, text="armée", level="NOM"),
        Mention("m2", "PER", 16, 25, text="12 civils", head=(19, 25)),
    ),
    entities=(Entity("e1", "ORG", mentions=("m1",)),),
    events=(
        Event("v1", "ASSAULT", (Trigger(10, 13, text="tué"),),
              (Argument("Actor", "m1"),
               Argument("Recipient", "m2", attrs=(Attribute("sure", "no"),)),
               Argument("Date", value="un jour")), "Positive", attrs=(Attribute("a", "b c"),)),
    ),
    labels=(Label("topic", "war", "v1", 0.5),),
    status=Status("done", ("mentions", "events")),
    extra=(Attribute("k", "v"),),
)  # fmt: skip


def test_a_document_in_words() -> None:
    assert list(plain.lines(DOCUMENT)) == [
        "d1 layer=gold language=fr",
        "  | L'armée a tué\u00a0: 12 civils.",
        "  text_sha256 null",
        '  meta.title "Un titre"',
        "  segment g1 title 0-27",
        '  mention m1 ORG "armée" 2-7 level=NOM',
        '  mention m2 PER "12 civils" 16-25 head=19-25',
        '  entity e1 ORG mentions=[m1:"armée"]',
        (
            '  event v1 ASSAULT at "tué" 10-13 Actor=m1:"armée"'
            ' Recipient=m2:"12 civils" (@sure=no) Date="un jour" polarity=Positive @a="b c"'
        ),
        '  label scheme=topic value=war target=v1:"tué" score=0.5',
        "  status.state done",
        '  status.annotated ["mentions","events"]',
        "  extra @k=v",
    ]


@given(documents(), documents())
def test_what_differs_is_shown_otherwise(one: Document, other: Document) -> None:
    same = jsonl.encode(one) == jsonl.encode(other)

    assert (list(plain.lines(one)) == list(plain.lines(other))) == same


@given(documents(), st.data())
def test_one_field_that_differs_is_shown(document: Document, data: st.DataObject) -> None:
    """Each field of a document is exchanged for that of another one."""
    other = data.draw(documents(st.just(document.text or "")))
    name = data.draw(st.sampled_from(Document.__struct_fields__))
    changed = replace(document, **{name: getattr(other, name)})
    same = jsonl.encode(changed) == jsonl.encode(document)

    assert (list(plain.lines(changed)) == list(plain.lines(document))) == same


@given(documents())
def test_a_line_is_a_line(document: Document) -> None:
    """Only LF ends a line of a diff, so that none may stand in what is shown."""
    assert not any("\n" in line or "\r" in line for line in plain.lines(document))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b'{"id":\n\xff\xfe\n', id="neither JSON nor text"),
        pytest.param(b'<<<<<<< ours\n{"a":1}\n', id="a conflict"),
        pytest.param(sheets.HEAD + b'd1"\nmentoin\n', id="a sheet with a mistake"),
    ],
)
def test_what_is_no_record_is_shown_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(content)
    done = CliRunner().invoke(commands, ["corpus", "textconv", str(tmp_path / "a.jsonl")])

    assert done.exit_code == 0
    assert done.stdout == content.decode("utf-8", "replace")


@pytest.mark.parametrize("name", ["gold.jsonl", "d1.gold.glose"])
def test_a_file_of_either_form_is_shown(tmp_path: Path, name: str) -> None:
    line = jsonl.encode(DOCUMENT) + b"\n"
    (tmp_path / name).write_bytes(sheets.encode(DOCUMENT) if "glose" in name else line * 2)
    shown = list(plain.of_path(tmp_path / name))

    assert shown.count("d1 layer=gold language=fr") == (1 if "glose" in name else 2)
    assert '  mention m1 ORG "armée" 2-7 level=NOM' in shown
