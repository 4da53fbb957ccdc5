"""DocBin of spaCy, read and written."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
import spacy.tokens
from msgspec.structs import replace
from spacy.attrs import IDS
from spacy.vocab import Vocab

from glose.corpus.document import Attribute, Document, Label, Link, Mention, Meta, Segment
from glose.corpus.errors import GloseError, InputError
from glose.corpus.formats import trial
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.docbin import FORMAT
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import CITY, GAO, KASSA, SPECIMENS, document, hostile

TEXT = "Kassa \U0001f600 a vu Gao. Il part."


def doc(text: str = TEXT) -> spacy.tokens.Doc:
    """Return a document of words between spaces."""
    words = text.split(" ")
    return spacy.tokens.Doc(Vocab(), words=words, spaces=[*[True] * (len(words) - 1), False])


def saved(folder: Path, *docs: spacy.tokens.Doc, **options: Any) -> Path:  # noqa: ANN401  # of DocBin
    spacy.tokens.DocBin(docs=docs, store_user_data=True, **options).to_disk(folder / "a.spacy")
    return folder / "a.spacy"


def one(path: Path) -> Document:
    (found,) = FORMAT.read(path)
    return found


def back(folder: Path, given: Document, **options: str) -> spacy.tokens.Doc:
    """Return what spaCy reads of what was written."""
    FORMAT.write(folder / "b.spacy", [given], Task(options))
    (found,) = spacy.tokens.DocBin().from_disk(folder / "b.spacy").get_docs(Vocab())
    return found


def spans(found: Document) -> list[tuple[str, ...]]:
    return [(m.type, m.text, *(f"{a.name}={a.value}" for a in m.attrs)) for m in found.mentions]


def test_entities_and_groups_are_mentions(tmp_path: Path) -> None:
    made = doc()
    kassa = spacy.tokens.Span(made, 0, 1, label="PER", kb_id="Q42")
    made.ents = [kassa]
    made.spans["sc"] = [kassa, spacy.tokens.Span(made, 0, 2, label="GROUP")]
    made.spans["errors"] = [spacy.tokens.Span(made, 4, 5, label="GPE", span_id="x")]
    found = one(saved(tmp_path, made))

    assert [*sorted(spans(found)[:2]), *spans(found)[2:]] == [
        ("GROUP", "Kassa 😀"), ("PER", "Kassa"), ("GPE", "Gao.", "group=errors", "ent_id=x"),
    ]  # fmt: skip
    assert [m.links for m in found.mentions if m.type == "PER"] == [(Link("wikidata", "Q42"),)]


@pytest.mark.parametrize(
    ("kb_id", "links", "attributes"),
    [
        ("Q90", (Link("wikidata", "Q90"),), ()),
        ("geonames:12", (Link("geonames", "12"),), ()),
        ("paris", (), (Attribute("kb_id", "paris"),)),
        ("", (), ()),
    ],
)
def test_an_entry_is_a_link(
    tmp_path: Path, kb_id: str, links: tuple[Link, ...], attributes: tuple[Attribute, ...]
) -> None:
    made = doc()
    made.ents = [spacy.tokens.Span(made, 0, 1, label="PER", kb_id=kb_id)]
    (mention,) = one(saved(tmp_path, made)).mentions

    assert (mention.links, mention.attrs) == (links, attributes)


def test_sentences_are_those_of_starts_and_of_heads(tmp_path: Path) -> None:
    by_starts = doc()
    for token in by_starts:
        token.is_sent_start = token.i in (0, 5)
    by_heads = spacy.tokens.Doc(
        Vocab(), words=TEXT.split(" "), heads=[2, 2, 2, 2, 2, 6, 6], deps=["dep"] * 7
    )
    for made, attrs in ((by_starts, ["SENT_START"]), (by_heads, ["HEAD", "DEP"])):
        found = one(saved(tmp_path, made, attrs=attrs))
        words = [(found.text or "")[s.start : s.end] for s in found.segments]
        assert words == ["Kassa 😀 a vu Gao.", "Il part."]


def test_classes_and_user_data(tmp_path: Path) -> None:
    made = doc()
    made.cats = {"news": 1.0, "topic:war": 0.75, "sport": 0.0}
    made.user_data = {"id": "x/1", "title": "T", "n": 3, ("._.", "mood", None, None): "grave"}
    task = Task()
    made.user_data["._.", "tag", 0, 5] = "y"
    (found,) = FORMAT.read(saved(tmp_path, made), task)

    assert found.labels == (Label("category", "news"), Label("topic", "war"))
    assert (found.id, found.meta.title) == ("x/1", "T")
    assert set(found.extra) == {Attribute("n", "3"), Attribute("mood", "grave")}
    assert [(row.kind, row.dropped) for row in task.losses.rows()] == [("user data", 1)]


def test_documents_without_an_id_are_called_by_file_and_number(tmp_path: Path) -> None:
    assert [d.id for d in FORMAT.read(saved(tmp_path, doc(), doc("b")))] == ["a-1", "a-2"]


# --------------------------------------------------------------------------------------------
# What spaCy reads of what is written
# --------------------------------------------------------------------------------------------


def told(found: Any) -> list[tuple[str, str]]:  # noqa: ANN401  # spans of spaCy
    return [(span.text, span.label_) for span in found]


@pytest.mark.parametrize(
    ("form", "ents", "group"),
    [
        ("both", ["la ville de Gao"], ["la ville de Gao", "Gao"]),
        ("ents", ["la ville de Gao"], None),
        ("spans", [], ["la ville de Gao", "Gao"]),
    ],
)
def test_forms(tmp_path: Path, form: str, ents: list[str], group: list[str] | None) -> None:
    found = back(tmp_path, document("d1", mentions=(CITY, GAO)), form=form)

    assert [text for text, _ in told(found.ents)] == ents
    assert (told(found.spans["sc"]) if "sc" in found.spans else None) == (
        None if group is None else [(text, "GPE") for text in group]
    )


def test_spacy_reads_the_text_to_the_character(tmp_path: Path) -> None:
    found = back(tmp_path, hostile())

    assert found.text == hostile().text
    assert told(found.ents) == [(m.text, m.type) for m in hostile().mentions]
    assert [s.text.strip() for s in found.sents] == (hostile().text or "").strip().split("\n")


@pytest.mark.parametrize("text", ["", " ", "\n", " a", "a ", "a  b", "\t a\n\n b \u00a0c\r", "ab"])
def test_white_space_stays(tmp_path: Path, text: str) -> None:
    given = document("d1", text.replace("\r", ""))
    assert back(tmp_path, given).text == given.text
    assert one(tmp_path / "b.spacy").text == given.text


def test_a_mention_inside_of_a_word_cuts_it_and_that_is_told(tmp_path: Path) -> None:
    given = document("d1", "Kassagate", mentions=(Mention("m1", "PER", 0, 5, text="Kassa"),))
    losses = trial.write(FORMAT, [given], tmp_path / "b.spacy")
    (row,) = (row for row in losses.rows() if row.kind == "tokens")

    assert (row.kept, row.dropped) == (0, 1)
    assert "end where mentions" in row.reasons[0].reason
    assert spans(one(tmp_path / "b.spacy")) == [("PER", "Kassa")]


def test_links_and_metadata_are_where_spacy_has_them(tmp_path: Path) -> None:
    links = (Link("wikidata", "Q1"), Link("geonames", "2"))
    given = document("d1", mentions=(replace(KASSA, links=links),), meta=Meta(title="T"))
    found = back(tmp_path, given, form="ents")

    assert [span.kb_id_ for span in found.ents] == ["Q1"]
    assert found.user_data == {"id": "d1", "title": "T"}


def test_sentences_that_do_not_cover_the_text_are_kept(tmp_path: Path) -> None:
    text = "Un titre Kassa part. Fin"
    given = document("d1", text, segments=(Segment("s1", "sentence", 9, 20),))
    found = back(tmp_path, given)

    assert [sent.text for sent in found.sents] == ["Un titre", "Kassa part.", "Fin"]


# --------------------------------------------------------------------------------------------
# What is wrong
# --------------------------------------------------------------------------------------------


def tampered(folder: Path, **fields: Any) -> Path:  # noqa: ANN401  # of a DocBin
    """Write a file that spaCy itself would not write."""
    found = spacy.tokens.DocBin(attrs=["HEAD", "ENT_IOB", "SENT_START"], docs=[doc()])
    for name, value in fields.items():
        if name in IDS:
            found.tokens[0] = found.tokens[0].copy()
            found.tokens[0][0, found.attrs.index(IDS[name])] = value
        else:
            setattr(found, name, value)
    (folder / "t.spacy").write_bytes(found.to_bytes())
    return folder / "t.spacy"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"HEAD": 99}, "a value of HEAD is out of its range"),
        ({"HEAD": 2**64 - 1}, "a value of HEAD is out of its range"),
        ({"ENT_IOB": 9}, "a value of ENT_IOB is out of its range"),
        ({"SENT_START": 7}, "a value of SENT_START is out of its range"),
        ({"cats": []}, "lists are not of one length"),
        ({"ORTH": 12345}, "t.spacy: document 1: no document that spaCy reads: .*E018"),
        ({"span_groups": [b"\xc1"]}, "no document that spaCy reads"),
    ],
)
def test_what_spacy_would_not_check_is_refused(
    tmp_path: Path, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        list(FORMAT.read(tampered(tmp_path, **fields)))


def test_a_document_with_a_span_outside_of_it_is_set_aside(tmp_path: Path) -> None:
    long, short = doc("a b c d e f"), doc("a b")
    long.spans["sc"] = [spacy.tokens.Span(long, n, n + 1, label="X") for n in (0, 4)]
    found = spacy.tokens.DocBin(docs=[short, long])
    found.span_groups[0] = found.span_groups[1]
    found.to_disk(tmp_path / "a.spacy")
    with pytest.raises(InputError, match=r"document 1: no spans that spaCy reads: .*E035"):
        list(FORMAT.read(tmp_path / "a.spacy"))

    task = Task({}, Rejects(tmp_path / "rejects"))
    rest = [spans(one_) for one_ in FORMAT.read(tmp_path / "a.spacy", task)]
    assert rest == [[("X", "a"), ("X", "e")]]
    assert len(task.rejects.found) == 1


@pytest.mark.parametrize(
    "content", [b"", b"not zlib", zlib.compress(b"not msgpack"), zlib.compress(b"\x80")]
)
def test_another_file_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.spacy").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.spacy: no DocBin that spaCy reads: .*"):
        list(FORMAT.read(tmp_path / "a.spacy"))


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glose.corpus.formats.inputs.LARGEST", 1 << 20)
    (tmp_path / "a.spacy").write_bytes(zlib.compress(b"\0" * (1 << 22)))
    with pytest.raises(InputError, match="unpacked it is more than"):
        list(FORMAT.read(tmp_path / "a.spacy"))


def test_without_spacy_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, doc())
    monkeypatch.setitem(sys.modules, "spacy.tokens", None)
    with pytest.raises(GloseError, match=r"pip install 'glose\[spacy\]'"):
        list(FORMAT.read(path))


def test_the_specimens_are_enough_for_spacy(tmp_path: Path) -> None:
    """Every document can be opened by spaCy, whatever it states."""
    FORMAT.write(
        tmp_path / "b.spacy",
        [replace(given, id=f"d{n}") for n, given in enumerate(SPECIMENS.values())],
    )
    found = spacy.tokens.DocBin().from_disk(tmp_path / "b.spacy")

    assert len(list(found.get_docs(Vocab()))) == len(SPECIMENS)
