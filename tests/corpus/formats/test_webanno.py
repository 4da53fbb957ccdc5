"""WebAnno TSV 3, read and written."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from glose.corpus.document import Document, Entity, Link
from glose.corpus.errors import InputError
from glose.corpus.formats import comparison
from glose.corpus.formats.conll2012 import FORMAT as CONLL_2012
from glose.corpus.formats.conllu import FORMAT as CONLLU
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import SPECIMENS
from glose.corpus.formats.webanno import FORMAT, SPANS
from glose.corpus.formats.webanno_cells import Cell, cells, escaped, unescaped

HEADER = "#FORMAT=WebAnno TSV 3.3\n"
TYPED = "#T_SP=x.Entity|note|value"
RELATED = f"{TYPED}\n#T_RL=x.Link|label|BT_x.Entity"


def file(layers: str, text: str, *rows: str) -> str:
    """Return a file of one sentence with rows of `address offsets word cell …`."""
    lines = "".join("\t".join(row.split(" ")) + "\t\n" for row in rows)
    return f"{HEADER}{layers}\n\n\n#Text={text}\n{lines}"


def read(folder: Path, content: str, **options: str) -> Document:
    path = folder / "a.tsv"
    path.write_text(content, encoding="utf-8")
    (found,) = FORMAT.read(path, Task(options))
    return found


def told(found: Document) -> list[tuple[str, ...]]:
    """Return type, words and attributes of the mentions of a document."""
    return [(m.type, m.text, *(f"{a.name}={a.value}" for a in m.attrs)) for m in found.mentions]


@pytest.mark.parametrize(
    ("rows", "mentions"),
    [
        pytest.param(["1-1 0-1 a _ LOC"], [("LOC", "a")], id="one word"),
        pytest.param(["1-1 0-1 a x\\_y LOC"], [("LOC", "a", "note=x_y")], id="escaped"),
        pytest.param(["1-1 0-1 a * *"], [("Entity", "a")], id="without a value"),
        pytest.param(
            ["1-1 0-1 a *[1] LOC[1]", "1-2 2-3 b *[1] LOC[1]"], [("LOC", "a b")], id="two words"
        ),
        pytest.param(
            ["1-1 0-1 a x[1]|*[2] LOC[1]|PER[2]", "1-2 2-3 b x[1] LOC[1]"],
            [("LOC", "a b", "note=x"), ("PER", "a")],
            id="stacked",
        ),
        pytest.param(
            ["1-1 0-1 a _ LOC[1]", "1-2 2-3 b _ LOC[2]"],
            [("LOC", "a"), ("LOC", "b")],
            id="neighbours",
        ),
        pytest.param(["1-1 0-1 a _ _"], [], id="none"),
        pytest.param(["1-1 0-1 a _ a\\|b"], [("a|b", "a")], id="a bar in a value"),
    ],
)
def test_cells_are_mentions(
    tmp_path: Path, rows: list[str], mentions: list[tuple[str, ...]]
) -> None:
    assert told(read(tmp_path, file(TYPED, "a b", *rows))) == mentions


def test_parts_of_tokens_are_mentions_and_no_tokens(tmp_path: Path) -> None:
    rows = ("1-1 0-5 abcde _ _", "1-1.1 1-3 bc _ LOC", "1-2 6-7 f _ _")
    found = read(tmp_path, file(TYPED, "abcde f", *rows))

    assert (told(found), found.tokens) == ([("LOC", "bc")], ((0, 5), (6, 7)))


def test_offsets_are_utf16(tmp_path: Path) -> None:
    rows = ("1-1 0-2 😀 _ _", "1-2 3-5 Łó _ LOC")

    assert told(read(tmp_path, file(TYPED, "😀 Łó", *rows))) == [("LOC", "Łó")]
    message = "a.tsv:7: .* there, not 'Łó' \\(right in code points"
    wrong = file(TYPED, "😀 Łó", rows[0], "1-2 2-4 Łó _ LOC")
    with pytest.raises(InputError, match=message):
        read(tmp_path, wrong)


def test_what_is_between_sentences_is_line_ends(tmp_path: Path) -> None:
    content = file(TYPED, "a", "1-1 0-1 a _ _") + "\n#Text=b\n2-1\t3-4\tb\t_\t_\t\n"
    found = read(tmp_path, content)

    assert found.text == "a\n\nb"
    assert [(s.start, s.end) for s in found.segments] == [(0, 1), (3, 4)]


def test_a_sentence_of_two_lines_and_one_that_is_escaped(tmp_path: Path) -> None:
    two = read(tmp_path, file(TYPED, "a\n#Text=b", "1-1 0-1 a _ _", "1-2 2-3 b _ LOC"))
    one = read(tmp_path, file(TYPED, "a\\nb", "1-1 0-1 a _ _", "1-2 2-3 b _ LOC"))

    assert two.text == one.text == "a\nb"


def test_relations_go_from_the_cell_to_the_row(tmp_path: Path) -> None:
    rows = ("1-1 0-1 a _ LOC in 1-2[7_0]", "1-2 2-3 b _|_ PER[7]|ORG[8] _ _")
    (relation,) = (found := read(tmp_path, file(RELATED, "a b", *rows))).relations
    words = {m.id: m.type for m in found.mentions}

    assert (relation.type, [words[a.ref or ""] for a in relation.args]) == ("in", ["PER", "LOC"])


@pytest.mark.parametrize(
    ("coreference", "entities", "relations"), [("Coref,Link", 1, 0), ("Coref", 0, 1)]
)
def test_relations_of_a_layer_of_coreference_are_entities(
    tmp_path: Path, coreference: str, entities: int, relations: int
) -> None:
    content = file(RELATED, "a b", "1-1 0-1 a _ LOC ana 1-2", "1-2 2-3 b _ LOC _ _")
    found = read(tmp_path, content, coreference=coreference)

    assert (len(found.entities), len(found.relations)) == (entities, relations)


def test_chains_are_entities(tmp_path: Path) -> None:
    layer = "#T_CH=x.CoreferenceLink|referenceRelation|referenceType"
    rows = ("1-1 0-1 a *->1-1 nam", "1-2 2-3 b *->2-1 nom", "1-3 4-5 c *->1-2 _")
    found = read(tmp_path, file(layer, "a b c", *rows))

    assert told(found) == [("nam", "a"), ("nom", "b"), ("MENTION", "c")]
    assert found.entities == (
        Entity("e1", "nam", mentions=("m1", "m3")),
        Entity("e2", "nom", mentions=("m2",)),
    )


@pytest.mark.parametrize(
    ("value", "link"),
    [
        ("http://www.wikidata.org/entity/Q1", Link("wikidata", "Q1")),
        ("geonames:7", Link("geonames", "7")),
    ],
)
def test_an_identifier_is_a_link(tmp_path: Path, value: str, link: Link) -> None:
    content = file("#T_SP=x.Entity|identifier|value", "a", f"1-1 0-1 a {value} LOC")

    assert read(tmp_path, content).mentions[0].links == (link,)


def test_words_syntax_and_slots_are_told_not_to_be_read(tmp_path: Path) -> None:
    pos = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue"
    slots = "#T_SP=x.Event|ROLE_x.Event:args_x.EventLink|x.Entity|value"
    path = tmp_path / "a.tsv"
    path.write_text(file(f"{pos}\n{slots}", "a", "1-1 0-1 a NOUN agent;time 1-1;1-1 Attack"))
    task = Task()
    (found,) = FORMAT.read(path, task)

    assert told(found) == [("Attack", "a")]
    assert [row.kind for row in task.losses.rows()] == ["other columns", "arguments"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        pytest.param("x 0-1 a _ _ _ _", "a.tsv:7: .*expected SENTENCE-TOKEN", id="address"),
        pytest.param("1-1 0-1 a _", "2 columns of annotations; expected 4", id="columns"),
        pytest.param("1-1 0-9 a _ _ _ _", "outside the text", id="offset"),
        pytest.param("1-1 0-1 b _ _ _ _", "the text has 'a' there", id="word"),
        pytest.param("1-1 0-1 a _ _ in 1-9", "1-9 has no annotation", id="relation"),
        pytest.param("1-1 0-1 a _ LOC in x", "expected a token such as 1-2", id="target"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, file(RELATED, "a", row))


def test_what_is_wrong_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(file(TYPED, "a b", "1-1 0-1 x _ LOC", "1-2 2-3 b _ LOC"))
    task = Task(rejects=Rejects(tmp_path / "rejects"))
    (found,) = FORMAT.read(path, task)

    assert told(found) == [("LOC", "b")]
    assert len(task.rejects.found) == 1


@pytest.mark.parametrize("text", ["a_b", "x|y", "[1]", "a->b", "\\", "*", "a;b", "\t\n"])
def test_what_is_escaped_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert list(cells(f"{escaped(text)}[3]")) == [Cell(text, "3", "")]


def test_a_file_is_written_as_inception_has_it(tmp_path: Path) -> None:
    FORMAT.write(tmp_path / "out", [SPECIMENS["links"]])
    lines = (tmp_path / "out" / "d1.tsv").read_text(encoding="utf-8").split("\n")

    assert lines[:6] == [
        "#FORMAT=WebAnno TSV 3.3",
        f"#T_SP={SPANS}|identifier|value",
        "",
        "",
        "#Text=Le général Kassa a visité la ville de Gao mardi et en est reparti.",
        "1-1\t0-2\tLe\t_\t_\t",
    ]
    assert "1-9\t38-41\tGao\thttp://www.wikidata.org/entity/Q189723\tGPE\t" in lines


@pytest.fixture
def gum(data: Callable[[str], Path]) -> Callable[[Format, str], list[Document]]:
    def found(format_: Format, folder: str) -> list[Document]:
        return sorted(format_.read(data("gum-news") / folder), key=lambda d: d.id)

    return found


def places(found: Document) -> dict[str, tuple[str, int, int]]:
    """Return type and place, without white space, of each mention."""
    return {m.id: (m.type, m.start, m.end) for m in comparison.squeezed(found).mentions}


def chains(found: Document) -> list[list[tuple[str, int, int]]]:
    """Return the entities of two mentions or more."""
    where = places(found)
    return sorted(
        sorted(where[name] for name in entity.mentions)
        for entity in found.entities
        if len(entity.mentions) > 1
    )


def test_gum_comes_back(tmp_path: Path, gum: Callable[[Format, str], list[Document]]) -> None:
    found = gum(FORMAT, "coref/gum/tsv")
    FORMAT.write(tmp_path / "out", found)
    back = sorted(FORMAT.read(tmp_path / "out"), key=lambda d: d.id)

    assert sum(len(d.mentions) for d in found) == 1998
    for before, after in zip(found, back, strict=True):
        assert comparison.missing(before, after) == comparison.missing(after, before) == {}


def test_gum_says_the_same_in_three_formats(
    gum: Callable[[Format, str], list[Document]],
) -> None:
    """Mentions, links and coreference are equal in all documents."""
    formats = (
        gum(CONLLU, "dep"),
        gum(CONLL_2012, "coref/gum/conll"),
        gum(FORMAT, "coref/gum/tsv"),
    )
    for same in zip(*formats, strict=True):
        texts, mentions, groups = (
            [comparison.squeezed(d).text for d in same],
            [sorted(places(d).values()) for d in same],
            [chains(d) for d in same],
        )
        assert texts[0] == texts[1] == texts[2]
        assert mentions[0] == mentions[1] == mentions[2]
        assert groups[0] == groups[1]
        assert groups[0] == groups[2]


def test_gum_xml_has_the_same_words_and_sentences_and_no_mentions(
    data: Callable[[str], Path], gum: Callable[[Format, str], list[Document]]
) -> None:
    """Its fourth form states layout and morphology only: there are no mentions to be equal."""
    for found in gum(CONLLU, "dep"):
        lines = (data("gum-news") / "xml" / f"{found.id}.xml").read_text().splitlines()
        words = [line.split("\t")[0] for line in lines if not line.startswith("<")]
        assert not any(line.startswith(("<entity", "<mention", "<coref")) for line in lines)
        assert [unescape(word) for word in words] == [
            (found.text or "")[a:b] for a, b in found.tokens
        ]
        sentences = sum(segment.type == "sentence" for segment in found.segments)
        assert sentences == sum(line.startswith("<s") and line[2] in " >" for line in lines)


def bridges(found: Document) -> list[tuple[tuple[str, int, int], list[tuple[str, int, int]]]]:
    """Return for each antecedent of bridging its anaphor and the chain that it is of."""
    where = places(found)
    chains_ = {e.id: e.mentions for e in found.entities}
    owners = {name: e.mentions for e in found.entities for name in e.mentions}
    pairs = []
    for relation in found.relations:
        anaphor, *antecedents = (argument.ref or "" for argument in relation.args)
        for name in antecedents:
            chain = chains_.get(name) or owners.get(name, (name,))
            pairs.append((where[anaphor], sorted(where[mention] for mention in chain)))
    return sorted(pairs)


def test_gum_has_the_same_bridging_in_two_formats(
    gum: Callable[[Format, str], list[Document]],
) -> None:
    """CoNLL-U has 72 bridges and one split antecedent; the other file has 74 links of all kinds.

    The two links `bridge:aggr` of that are the one relation to both antecedents.
    """
    first, second = gum(CONLLU, "dep"), gum(FORMAT, "coref/gum/tsv")

    assert [bridges(d) for d in first] == [bridges(d) for d in second]
    assert (sum(len(d.relations) for d in first), sum(len(d.relations) for d in second)) == (
        73,
        74,
    )
