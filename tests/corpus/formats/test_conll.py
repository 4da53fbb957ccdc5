"""Column files: schemes, layouts, what is told of them, and what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from glose.corpus.document import Document, Mention, Segment, fingerprint
from glose.corpus.errors import GloseError
from glose.corpus.formats import conll, table
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.tagging import SCHEMES, Chunk, Chunker, tags

FORMAT = conll.FORMAT


def read(path: Path, content: str, **options: str) -> tuple[list[Document], Task]:
    """Return the documents of a file of that content, and what was told."""
    path.write_text(content, encoding="utf-8", newline="")
    task = Task(options, Rejects(path.with_name("rejects.jsonl")))
    return list(FORMAT.read(path, task)), task


def found(document: Document) -> list[str]:
    """Return the mentions of a document as `TYPE words`."""
    return [f"{m.type} {m.text}" for m in document.mentions]


@pytest.mark.parametrize(
    ("given_", "chunks", "scheme"),
    [
        pytest.param("B-A I-A O B-B", ["A 0 2", "B 3 4"], "IOB2", id="IOB2"),
        pytest.param("B-A B-A", ["A 0 1", "A 1 2"], "IOB2", id="IOB2 parts neighbours"),
        pytest.param("I-A B-A I-A O I-B", ["A 0 1", "A 1 3", "B 4 5"], "IOB1", id="IOB1"),
        pytest.param("I-A I-A I-B", ["A 0 2", "B 2 3"], "IO:", id="IO: another type begins anew"),
        pytest.param("A A O B", ["A 0 2", "B 3 4"], "IO:", id="types without prefix are IO"),
        pytest.param("B-A E-A S-A", ["A 0 2", "A 2 3"], "IOBES", id="IOBES"),
        pytest.param("B-A L-A U-A", ["A 0 2", "A 2 3"], "BILOU", id="BILOU is IOBES"),
        pytest.param("U-A O", ["A 0 1"], "BILOU", id="BILOU whose mentions are one token each"),
        pytest.param("B_A M_A E_A W_B", ["A 0 3", "B 3 4"], "BMEWO", id="BMEWO with underscores"),
        pytest.param("B-A M-A E-A S-B", ["A 0 3", "B 3 4"], "BMES", id="BMES"),
        pytest.param("B-A O I-B", ["A 0 1", "B 2 3"], "but for 1 I- that", id="I- that begins"),
        pytest.param("U-A L-B", ["A 0 1", "B 1 2"], "but for 1 L- that", id="L- that begins"),
        pytest.param("B-X-Y I-X-Y", ["X-Y 0 2"], "IOB2", id="types may have hyphens"),
        pytest.param("O O", [], "", id="nothing"),
    ],
)
def test_chunks(given_: str, chunks: list[str], scheme: str) -> None:
    chunker = Chunker()
    made = [f"{c.type} {c.start} {c.end}" for c in chunker.chunks(given_.split())]

    assert made == chunks
    assert scheme in chunker.scheme


@st.composite
def chunked(draw: st.DrawFn) -> list[Chunk]:
    """Return chunks that do not overlap, in the order of the text."""
    bounds = sorted(draw(st.sets(st.integers(0, 9), max_size=8)))
    return [
        Chunk(start, end, draw(st.sampled_from(["A", "B-C"])))
        for start, end in pairwise(bounds)
        if draw(st.booleans())
    ]


@pytest.mark.parametrize("scheme", [name for name in SCHEMES if name != "IO"])
@given(chunks=chunked())
def test_every_scheme_but_io_comes_back(scheme: str, chunks: list[Chunk]) -> None:
    assert list(Chunker().chunks(tags(9, chunks, scheme))) == chunks


@given(chunks=chunked())
def test_io_has_every_token_that_is_in_a_mention(chunks: list[Chunk]) -> None:
    tagged = tags(9, chunks, "IO")
    inside = {n for c in chunks for n in range(c.start, c.end)}

    assert {n for n, tag in enumerate(tagged) if tag != "O"} == inside
    assert not any(tag.startswith("B-") for tag in tagged)


class TestReading:
    def test_conll_2003(self, tmp_path: Path) -> None:
        first = "Kassa NNP B-NP B-PER\nparle VBZ B-VP O\n"
        second = "À IN B-PP O\nGao NNP B-NP B-LOC\n"
        content = f"-DOCSTART- -X- -X- O\n\n{first}\n{second}"
        [document], task = read(tmp_path / "c.conll", content)

        assert document.text == "Kassa parle\nÀ Gao"
        assert found(document) == ["PER Kassa", "LOC Gao"]
        assert [(s.start, s.end) for s in document.segments] == [(0, 11), (12, 17)]
        assert [row.kind for row in task.losses.rows()] == ["other columns"]

    def test_only_mentions_were_annotated(self, tmp_path: Path) -> None:
        [document], _ = read(tmp_path / "c.conll", "Gao\tO\n")

        assert document.status.annotated == ("mentions",)

    @pytest.mark.parametrize(
        ("options", "mentions"),
        [
            pytest.param({}, ["LOC Gao"], id="the last column, as by default"),
            pytest.param({"column": "2"}, ["PER Kassa"], id="a column from the left"),
            pytest.param({"column": "-2"}, ["PER Kassa"], id="and from the right"),
            pytest.param({"column": "2,3"}, ["PER Kassa", "LOC Gao"], id="several"),
            pytest.param({"words": "3", "column": "2"}, ["PER O"], id="tokens in another"),
        ],
    )
    def test_columns(self, tmp_path: Path, options: dict[str, str], mentions: list[str]) -> None:
        [document], _ = read(tmp_path / "c.conll", "Kassa\tB-PER\tO\nGao\tO\tB-LOC\n", **options)

        assert found(document) == mentions

    def test_two_columns_of_tags_may_nest(self, tmp_path: Path) -> None:
        content = "mairie\tB-ORG\tO\nde\tI-ORG\tO\nGao\tI-ORG\tB-LOC\n"
        [document], _ = read(tmp_path / "c.conll", content, column="2,3")

        assert found(document) == ["ORG mairie de Gao", "LOC Gao"]

    def test_a_hash_is_a_comment_only_without_columns(self, tmp_path: Path) -> None:
        content = "# id = 7\n#gao\tB-LOC\n# a note\n#\tO\n"
        [document], _ = read(tmp_path / "c.conll", content)

        assert document.text == "#gao #"

    def test_tabs_keep_spaces_and_nbsp_in_tokens(self, tmp_path: Path) -> None:
        [document], _ = read(tmp_path / "c.conll", "200\u00a0000\tB-NUM\n1 000\tB-NUM\n")

        assert found(document) == ["NUM 200\u00a0000", "NUM 1 000"]

    def test_sentences_may_be_documents(self, tmp_path: Path) -> None:
        made, _ = read(tmp_path / "c.conll", "a\tO\n\nb\tO\n\n\nc\tO\n", documents="sentences")

        assert [(d.id, d.text) for d in made] == [("c-1", "a"), ("c-2", "b"), ("c-3", "c")]

    def test_a_docstart_may_name_its_document(self, tmp_path: Path) -> None:
        content = "-DOCSTART- (gao)\tO\n\na\tO\n\n-DOCSTART-\tO\n\nb\tO\n"
        made, _ = read(tmp_path / "c.conll", content)

        assert [d.id for d in made] == ["gao", "c-2"]

    def test_a_document_that_has_a_name_and_no_token(self, tmp_path: Path) -> None:
        content = "-DOCSTART- (a b)\tO\n\n-DOCSTART-\tO\n\n-DOCSTART- (c (d))\tO\n\ne\tO\n"
        made, _ = read(tmp_path / "c.conll", content)

        assert [(d.id, d.text) for d in made] == [("a b", ""), ("c (d)", "e")]

    def test_a_file_without_b_says_so(self, tmp_path: Path) -> None:
        _, task = read(tmp_path / "c.conll", "Gao I-LOC\nMopti I-LOC\n")

        assert list(task.losses.notes) == [
            "tags are IO: neighbours of one type are read as one mention"
        ]

    def test_a_folder_is_read_as_one_corpus(self, tmp_path: Path) -> None:
        for name in ("b", "a/c"):
            path = tmp_path / f"{name}.conll"
            path.parent.mkdir(exist_ok=True)
            path.write_text("Gao\tB-LOC\n")

        assert [d.id for d in FORMAT.read(tmp_path)] == ["b", "a/c"]


class TestWhatIsWrong:
    def test_a_line_of_other_columns_is_rejected_with_its_place(self, tmp_path: Path) -> None:
        [document], task = read(tmp_path / "c.conll", "Gao\tB-LOC\nfin\n.\tO\n")

        assert document.text == "Gao ."
        assert [(r.line, r.reason) for r in task.rejects.found] == [
            (2, "1 columns; expected 2, as on the first line")
        ]

    def test_without_a_place_for_rejects_it_ends_the_run(self, tmp_path: Path) -> None:
        path = tmp_path / "c.conll"
        path.write_text("Gao\tB-LOC\nfin\n")

        with pytest.raises(GloseError, match=r"c\.conll:2: 1 columns; expected 2.*--rejects FILE"):
            list(FORMAT.read(path))

    @pytest.mark.parametrize("column", ["0", "x", "", "2,"])
    def test_a_column_is_a_number(self, tmp_path: Path, column: str) -> None:
        with pytest.raises(GloseError, match="expected numbers of columns, from 1 or from -1"):
            read(tmp_path / "c.conll", "a\tO\n", column=column)

    def test_a_column_that_no_line_has(self, tmp_path: Path) -> None:
        _, task = read(tmp_path / "c.conll", "a\tO\n", column="5")

        assert "--option column and words name others" in task.rejects.found[0].reason

    def test_fewer_than_two_columns_are_not_written(self, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match="expected 2 or more"):
            FORMAT.write(tmp_path / "c.conll", [made("Gao")], Task({"columns": "1"}))

    def test_an_unknown_scheme(self, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match="scheme=IOB3: expected one of IOB2, IOB1, IO, IOBES"):
            FORMAT.write(tmp_path / "c.conll", [made("Gao")], Task({"scheme": "IOB3"}))


def made(text: str, *mentions: Mention, **fields: object) -> Document:
    """Return a document without tokens."""
    document = Document(id="d1", layer="gold", text=text, text_sha256=fingerprint(text))
    return replace(document, mentions=mentions, **fields)


def written(tmp_path: Path, document: Document, **options: str) -> list[str]:
    """Return the lines of tokens that a document is written as."""
    FORMAT.write(tmp_path / "c.conll", [document], Task(options))
    return (tmp_path / "c.conll").read_text(encoding="utf-8").splitlines()[2:]


class TestWriting:
    def test_four_columns_as_in_2003(self, tmp_path: Path) -> None:
        document = made("Gao", Mention("m1", "LOC", 0, 3, text="Gao"))
        lines = written(tmp_path, document, columns="4", separator="space")

        assert lines == ["Gao -X- -X- B-LOC", ""]

    def test_a_token_is_cut_where_a_mention_ends(self, tmp_path: Path) -> None:
        document = made("pro-Kassa", Mention("m1", "PER", 4, 9, text="Kassa"))

        assert written(tmp_path, document) == ["pro-\tO", "Kassa\tB-PER", ""]

    def test_white_space_at_the_end_of_a_mention_is_left_out(self, tmp_path: Path) -> None:
        document = made("Gao ou", Mention("m1", "LOC", 0, 4, text="Gao "))

        assert written(tmp_path, document) == ["Gao\tB-LOC", "ou\tO", ""]

    def test_a_sentence_that_would_cut_a_mention_goes(self, tmp_path: Path) -> None:
        halves = (Segment("s1", "sentence", 0, 3), Segment("s2", "sentence", 4, 9))
        document = made("Gao Mopti", Mention("m1", "LOC", 0, 9, text="Gao Mopti"), segments=halves)

        assert written(tmp_path, document) == ["Gao\tB-LOC", "Mopti\tI-LOC", ""]

    def test_lines_are_sentences_where_there_are_none(self, tmp_path: Path) -> None:
        assert written(tmp_path, made("a\nb")) == ["a\tO", "", "b\tO", ""]

    def test_io_makes_neighbours_one_and_says_so(self, tmp_path: Path) -> None:
        pair = (Mention("m1", "LOC", 0, 3, text="Gao"), Mention("m2", "LOC", 4, 9, text="Mopti"))
        task = Task({"scheme": "IO"}, counted=True)
        FORMAT.write(tmp_path / "c.conll", [made("Gao Mopti", *pair)], task)
        [row] = [row for row in task.losses.rows() if row.kind == "mentions"]

        assert (row.kept, row.changed, row.dropped) == (0, 1, 1)

    @pytest.mark.parametrize("parted", [True, False], ids=["sentences", "lines of the text"])
    def test_io_parts_neighbours_of_two_sentences(self, tmp_path: Path, *, parted: bool) -> None:
        halves = (Segment("s1", "sentence", 0, 3), Segment("s2", "sentence", 4, 9))
        pair = (Mention("m1", "LOC", 0, 3, text="Gao"), Mention("m2", "LOC", 4, 9, text="Mopti"))
        document = made("Gao\nMopti", *pair, segments=halves if parted else ())
        task = Task({"scheme": "IO"}, counted=True)
        FORMAT.write(tmp_path / "c.conll", [document], task)
        [back] = FORMAT.read(tmp_path / "c.conll")

        assert [row.kind for row in task.losses.rows() if row.changed or row.dropped] == []
        assert (back.text, found(back)) == ("Gao\nMopti", ["LOC Gao", "LOC Mopti"])
        assert len(back.segments) == 2

    def test_a_token_that_looks_like_a_border_is_cut(self, tmp_path: Path) -> None:
        document = made("-DOCSTART-x", tokens=((0, 11),))

        assert written(tmp_path, document) == ["-\tO", "DOCSTART-x\tO", ""]


class TestRecognising:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            pytest.param("c.conllu", "Gao\tB-LOC\nfin\tO\n", id="IOB in a file called .conllu"),
            pytest.param("c.txt", "Gao I-LOC\nfin O\n", id="IO without B-"),
            pytest.param("c", "a N x O\n\nb N x U-LOC\n", id="four columns and BILOU"),
            pytest.param("c", "-DOCSTART- -X- O O\n\na N x O\n", id="CoNLL-2003"),
        ],
    )
    def test_by_content(self, tmp_path: Path, name: str, content: str) -> None:
        (tmp_path / name).write_text(content)

        assert table.name_of(tmp_path / name) == "conll"

    @pytest.mark.parametrize(
        "content", ["1\tGao\tGao\tPROPN\t_\t_\t0\troot\t_\t_\n", "a O\nb\n", "{}", "", "O\nO\n"]
    )
    def test_what_it_is_not(self, content: str) -> None:
        assert not FORMAT.detect(Path("c"), content.encode())


CORPORA = [
    pytest.param("wnut17", "emerging.dev.conll", 15_733, 836, {"person": 470}, id="wnut17 dev"),
    pytest.param("wnut17", "emerging.test.annotated", 23_394, 1_079, {"group": 165}, id="test"),
    pytest.param("btc-e", "e.conll", 3_981, 325, {"ORG": 122, "LOC": 144, "PER": 59}, id="btc"),
    pytest.param("europeana-ner-fr", "enp_FR.bnf.bio", 205_916, 9_836, {}, id="europeana: IO"),
]


@pytest.mark.parametrize(("corpus", "file", "tokens", "mentions", "types"), CORPORA)
def test_real_corpora_have_the_counts_of_their_makers(
    data: Callable[[str], Path],
    corpus: str,
    file: str,
    tokens: int,
    mentions: int,
    types: dict[str, int],
) -> None:
    [document] = table.FORMATS[table.name_of(data(corpus) / file)].read(data(corpus) / file)

    assert (len(document.tokens), len(document.mentions)) == (tokens, mentions)
    for type_, number in types.items():
        assert sum(m.type == type_ for m in document.mentions) == number


@pytest.mark.parametrize(("corpus", "file"), [case.values[:2] for case in CORPORA])
def test_real_corpora_come_back(
    data: Callable[[str], Path], tmp_path: Path, corpus: str, file: str
) -> None:
    """But for tokens that have white space inside, as three of Broad Twitter have."""
    [before] = FORMAT.read(data(corpus) / file)
    FORMAT.write(tmp_path / "c.conll", [before])
    [after] = FORMAT.read(tmp_path / "c.conll")
    words = [found(document) for document in (before, after)]

    assert words[0] == words[1]
    assert abs(len(after.tokens) - len(before.tokens)) <= 3
