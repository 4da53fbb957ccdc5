"""Running extractors: no gold is seen, nothing finished is lost, the same bytes every time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import pytest

from glose.annotate.extractors.prediction import bare, predicted
from glose.annotate.running import Settings, predictions, run
from glose.corpus import jsonl
from glose.corpus.document import Attribute, Document, Label, Mention
from glose.corpus.errors import GloseError

#: A run that breaks off.
BEGUN = Settings("a", extractor="command:python ext.py crash", corpus="0" * 64)


@dataclass
class Spy:
    """Remembers what it was given, and fails at one document if told to."""

    name: str = "spy"
    annotates: tuple[str, ...] = ("mentions",)
    fails: str | None = None
    seen: list[Document] = field(default_factory=list)

    def annotate(self, document: Document) -> Document:
        if document.id == self.fails:
            raise GloseError(f"{document.id}: no")
        self.seen.append(document)
        return predicted(document, self.name, self.annotates)


def test_no_annotation_reaches_an_extractor(tmp_path: Path, gold: list[Document]) -> None:
    """Every list, the status, the layer and the notes are gone; text and segments stay."""
    spy = Spy()
    noted = [
        msgspec.structs.replace(one, extra=(Attribute("note", "m1"),), labels=(Label("a", "b"),))
        for one in gold
    ]
    run(spy, noted, tmp_path / "out.jsonl", Settings())
    sample = spy.seen[0]

    assert sample == Document(
        id="d0", language="fr", text=gold[0].text, text_sha256=gold[0].text_sha256,
        meta=gold[0].meta, segments=gold[0].segments,
    )  # fmt: skip


def test_bare_documents_hold_no_word_of_the_gold(gold: list[Document]) -> None:
    assert b"ASSAULT" not in jsonl.encode(bare(gold[0]))


def test_predictions_are_whole_records_of_their_layer(
    tmp_path: Path, gold: list[Document]
) -> None:
    out = tmp_path / "out.jsonl"
    run(Spy(), gold, out, Settings(layer="mine"))

    assert {(one.layer, one.text is None, one.status.annotated) for one in jsonl.read(out)} == {
        ("mine", False, ("mentions",))
    }


def test_two_runs_write_the_same_bytes(tmp_path: Path, gold: list[Document]) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        run(Spy(), gold if name == "a.jsonl" else gold[::-1], tmp_path / name, Settings())

    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_nothing_is_left_beside_a_finished_run(tmp_path: Path, gold: list[Document]) -> None:
    run(Spy(), gold, tmp_path / "out.jsonl", Settings())

    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_run_that_breaks_off_keeps_what_was_finished(
    tmp_path: Path, gold: list[Document]
) -> None:
    with pytest.raises(GloseError, match=r"d3: no \(5 finished documents are in"):
        run(Spy(fails="d3"), gold, tmp_path / "out.jsonl", Settings())

    assert len(list(jsonl.read(tmp_path / "out.partial.jsonl"))) == 5


def test_a_run_that_breaks_off_at_once_leaves_nothing(
    tmp_path: Path, gold: list[Document]
) -> None:
    with pytest.raises(GloseError, match=r"^d0: no$"):
        run(Spy(fails="d0"), gold, tmp_path / "out.jsonl", Settings())

    assert list(tmp_path.iterdir()) == []


def test_resume_does_only_what_is_left(tmp_path: Path, gold: list[Document]) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(GloseError):
        run(Spy(fails="d3"), gold, out, Settings())
    spy = Spy()
    run(spy, gold, out, Settings(resume=True))

    assert len(spy.seen) == len(gold) - 5


def test_resume_does_a_line_anew_that_was_cut_off(tmp_path: Path, gold: list[Document]) -> None:
    out, partial = tmp_path / "out.jsonl", tmp_path / "out.partial.jsonl"
    with pytest.raises(GloseError):
        run(Spy(fails="d3"), gold, out, Settings())
    partial.write_bytes(partial.read_bytes()[:-20])

    assert run(Spy(), gold, out, Settings(resume=True)) == len(gold)


def test_a_broken_run_is_not_overwritten_unasked(tmp_path: Path, gold: list[Document]) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(GloseError):
        run(Spy(fails="d3"), gold, out, Settings())

    with pytest.raises(GloseError, match="go on with --resume, or begin anew with --restart"):
        run(Spy(), gold, out, Settings())


@pytest.mark.parametrize(
    ("second", "message"),
    [
        pytest.param(
            replace(BEGUN, layer="b"), "begun with layer 'a', not 'b'", id="another layer"
        ),
        pytest.param(
            replace(BEGUN, extractor="command:python ext.py"),
            "begun with extractor 'command:python ext.py crash', not 'command:python ext.py'",
            id="other arguments of the program",
        ),
        pytest.param(
            replace(BEGUN, corpus="1" * 64), "begun with another corpus; go on", id="corpus"
        ),
        pytest.param(
            replace(BEGUN, split="test"), "begun with split None, not 'test'", id="split"
        ),
    ],
)
def test_resume_refuses_another_run(
    tmp_path: Path, gold: list[Document], second: Settings, message: str
) -> None:
    """A file never mixes the answers of two extractors, or to two corpora."""
    out = tmp_path / "out.jsonl"
    with pytest.raises(GloseError):
        run(Spy(fails="d3"), gold, out, BEGUN)

    with pytest.raises(GloseError, match=message):
        run(Spy(), gold, out, replace(second, resume=True))


def test_resume_refuses_what_does_not_tell_its_run(tmp_path: Path, gold: list[Document]) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(GloseError):
        run(Spy(fails="d3"), gold, out, Settings())
    (tmp_path / "out.partial.json").unlink()

    with pytest.raises(GloseError, match="does not tell which run broke off"):
        run(Spy(), gold, out, Settings(resume=True))


def test_restart_begins_anew(tmp_path: Path, gold: list[Document]) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(GloseError):
        run(Spy(fails="d3"), gold, out, Settings())
    spy = Spy()
    run(spy, gold, out, Settings(layer="other", restart=True))

    assert len(spy.seen) == len(gold)
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_restart_needs_nothing_to_throw_away(tmp_path: Path, gold: list[Document]) -> None:
    assert run(Spy(), gold, tmp_path / "out.jsonl", Settings(restart=True)) == len(gold)


def test_predictions_tell_what_made_them(tmp_path: Path, gold: list[Document]) -> None:
    """The extractor with its argument stands in `extra`, nothing else and no time."""
    out = tmp_path / "out.jsonl"
    run(Spy(), gold, out, Settings(extractor="crf:build/crf"))

    assert {one.extra for one in jsonl.read(out)} == {(Attribute("extractor", "crf:build/crf"),)}


def test_resume_refuses_a_text_that_has_changed(tmp_path: Path, gold: list[Document]) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(GloseError):
        run(Spy(fails="d3"), gold, out, Settings())
    changed = [msgspec.structs.replace(one, text="x", text_sha256="0" * 64) for one in gold]

    with pytest.raises(GloseError, match="d0: its text has changed"):
        run(Spy(), changed, out, Settings(resume=True))


def test_a_document_without_text_is_refused(gold: list[Document]) -> None:
    with pytest.raises(GloseError, match="d0: no text"):
        list(predictions(Spy(), [msgspec.structs.replace(gold[0], text=None)], "spy"))


class Liar(Spy):
    """Answers with a span outside of the text."""

    def annotate(self, document: Document) -> Document:
        return predicted(document, "liar", ("mentions",), [Mention("m1", "PER", 0, 999, text="x")])


class Forger(Spy):
    """Answers with another text."""

    def annotate(self, document: Document) -> Document:
        return msgspec.structs.replace(predicted(document, "forger", ()), text="other")


def test_what_an_extractor_gets_wrong_is_told(gold: list[Document]) -> None:
    with pytest.raises(GloseError, match="extractor spy: d0: mention m1: end 999"):
        list(predictions(Liar(), gold, "spy"))


def test_an_extractor_may_not_change_the_text(gold: list[Document]) -> None:
    with pytest.raises(GloseError, match="d0: not a document that it was given"):
        list(predictions(Forger(), gold, "spy"))
