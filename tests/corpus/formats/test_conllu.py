"""CoNLL-U with the coreference of CorefUD, read and written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from glose.corpus.document import Argument, Document, Entity, Link, Mention, Relation
from glose.corpus.errors import InputError
from glose.corpus.formats import comparison
from glose.corpus.formats.conllu import FORMAT
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import document, span

HEADER = "# newdoc id = d1\n# global.Entity = GRP-etype-infstat-minspan-identity\n"


def rows(*lines: str) -> str:
    """Return rows of CoNLL-U from `number form misc`."""
    columns = (line.split(" ") for line in lines)
    return "".join(f"{n}\t{form}" + "\t_" * 7 + f"\t{misc}\n" for n, form, misc in columns)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Document]:
    def reader(*lines: str, header: str = HEADER) -> Document:
        path = tmp_path / "a.conllu"
        path.write_text(header + rows(*lines) + "\n", encoding="utf-8")
        (found,) = FORMAT.read(path)
        return found

    return reader


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param(["1 a _", "2 b _"], "a b", id="a space where nothing is said"),
        pytest.param(["1 l' SpaceAfter=No", "2 eau _"], "l'eau", id="no space"),
        pytest.param(["1 a SpacesAfter=\\s\\n\\t", "2 b _"], "a \n\tb", id="white space as it is"),
        pytest.param(["1 a SpacesBefore=\\n"], "\na", id="before the first word"),
        pytest.param(["1 a SpacesAfter=\\n"], "a\n", id="after the last, if it is stated"),
        pytest.param(["1-2 du _", "1 de _", "2 le _", "3 roi _"], "du roi", id="two words as one"),
        pytest.param(["1 a _", "1.1 x _", "2 b _"], "a b", id="an empty node is not written"),
    ],
)
def test_the_text_is_what_the_rows_say(
    read: Callable[..., Document], lines: list[str], text: str
) -> None:
    assert read(*lines).text == text


@pytest.mark.parametrize(
    ("lines", "mentions"),
    [
        pytest.param(
            ["1 le Entity=(1-person-new-2", "2 roi Entity=(2-place)1)"],
            [("person", "le roi"), ("place", "roi")],
            id="nested, closed at one word",
        ),
        pytest.param(
            ["1 a Entity=(1-person(2-place", "2 b Entity=1)", "3 c Entity=2)"],
            [("place", "a b c"), ("person", "a b")],
            id="crossing",
        ),
        pytest.param(
            ["1 a Entity=(1[1/2]-person)", "2 b _", "3 c Entity=(1[2/2]-person)"],
            [("person", "a c")],
            id="in two pieces",
        ),
        pytest.param(
            ["1-2 du _", "1 de _", "2 le Entity=(1-person", "3 roi Entity=1)"],
            [("person", "du roi")],
            id="a word inside a written one takes all of it",
        ),
        pytest.param(
            ["1-2 year's _", "1 year Entity=(1-time)", "2 's _"],
            [("time", "year")],
            id="but not if it is written there",
        ),
        pytest.param(["1 a _", "1.1 x Entity=(1-person)"], [], id="of an empty node"),
        pytest.param(["1 a Entity=(1-)"], [("MENTION", "a")], id="without a type"),
    ],
)
def test_brackets_are_mentions(
    read: Callable[..., Document], lines: list[str], mentions: list[tuple[str, str]]
) -> None:
    assert [(m.type, m.text) for m in read(*lines).mentions] == mentions


def test_fields_are_what_the_header_declares(read: Callable[..., Document]) -> None:
    found = read(
        "1 la Entity=(7-place-acc:inf-2,3-Saint%2DLouis_%28Sénégal%29",
        "2 ville _",
        "3 x Entity=7)",
    ).mentions[0]

    assert found.head == (3, 10)
    assert found.links == (Link("wikipedia", "Saint-Louis_(Sénégal)"),)
    assert [(a.name, a.value) for a in found.attrs] == [("infstat", "acc:inf")]


def test_mentions_with_one_id_are_one_entity(read: Callable[..., Document]) -> None:
    found = read("1 elle Entity=(3-person)", "2 la Entity=(3-person)", "3 ville Entity=(9-place)")

    assert found.entities == (
        Entity("e3", "person", mentions=("m1", "m2")),
        Entity("e9", "place", mentions=("m3",)),
    )


def test_bridging_and_split_antecedents_are_relations(read: Callable[..., Document]) -> None:
    found = read(
        "1 lui Entity=(1-person)",
        "2 elle Entity=(2-person)",
        "3 main Entity=(3-object)|Bridge=1<3:part",
        "4 ils Entity=(4-person)|SplitAnte=1<4,2<4",
    )

    assert [(r.type, [a.ref for a in r.args]) for r in found.relations] == [
        ("bridge.part", ["m3", "e1"]),
        ("split_antecedent", ["m4", "e1", "e2"]),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("1\ta\n", "a.conllu:1: 2 columns; expected 10", id="columns"),
        pytest.param(rows("x a _"), "expected a number and a word", id="number"),
        pytest.param(rows("1 a Entity=1)"), "'1\\)' closes what is not open", id="closed"),
        pytest.param(rows("1 a Entity=(1-b"), "opened and never closed", id="open"),
        pytest.param(rows("1 a Entity=x"), "expected brackets", id="no bracket"),
        pytest.param(rows("1 a Entity=(1-a-1-o-p-q)"), "has 6 fields", id="fields"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(content)

    with pytest.raises(InputError, match=message):
        list(FORMAT.read(path))


def test_what_is_wrong_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(rows("1 a _", "2 b Entity=9)", "3 c Entity=(1-x)"))
    task = Task(rejects=Rejects(tmp_path / "rejects"))
    (found,) = FORMAT.read(path, task)

    assert [m.text for m in found.mentions] == ["c"]
    assert [r.line for r in task.rejects.found] == [2]


def _pieces(name: str, *words: str) -> Mention:
    return Mention(name, "PER", **span("a b c d e", *words))  # type: ignore[arg-type]  # fields


@pytest.mark.parametrize(
    ("mentions", "kept"),
    [
        pytest.param([_pieces("m1", "a b"), _pieces("m2", "b c")], 1, id="two that cross"),
        pytest.param([_pieces("m1", "a b c"), _pieces("m2", "b")], 2, id="two that nest"),
        pytest.param([_pieces("m1", "a", "c"), _pieces("m2", "b", "d")], 1, id="interleaved"),
        pytest.param([_pieces("m1", "a", "c"), _pieces("m2", "d")], 2, id="one after another"),
    ],
)
def test_mentions_of_one_entity_that_brackets_confuse(
    tmp_path: Path, mentions: list[Mention], kept: int
) -> None:
    entity = Entity("e1", "PER", mentions=tuple(m.id for m in mentions))
    given = document("d1", "a b c d e", mentions=tuple(mentions), entities=(entity,))
    FORMAT.write(tmp_path / "a.conllu", [given])
    (found,) = FORMAT.read(tmp_path / "a.conllu")

    assert len(found.mentions) == kept


def test_a_relation_of_another_kind_is_told_to_be_lost(tmp_path: Path) -> None:
    ends = (Argument("Arg1", ref="m1"), Argument("Arg2", ref="m2"))
    kinds = ("bridge.part", "Located")
    given = document(
        "d1",
        "a b c d e",
        mentions=(_pieces("m1", "a"), _pieces("m2", "b")),
        relations=tuple(Relation(f"r{n}", kind, ends) for n, kind in enumerate(kinds)),
    )
    task = Task(counted=True)
    FORMAT.write(tmp_path / "a.conllu", [given], task)
    (found,) = FORMAT.read(tmp_path / "a.conllu")

    assert [r.type for r in found.relations] == ["bridge.part"]
    rows_ = {row.kind: row for row in task.losses.rows()}
    assert (rows_["relations"].dropped, rows_["relations"].changed) == (1, 1)


def test_gum_has_its_counts_and_comes_back(tmp_path: Path, data: Callable[[str], Path]) -> None:
    found = list(FORMAT.read(data("gum-news") / "dep"))
    FORMAT.write(tmp_path / "a.conllu", found)
    back = list(FORMAT.read(tmp_path / "a.conllu"))

    assert len(found) == 10
    assert sum(len(d.mentions) for d in found) == 1998
    assert sum(len(d.entities) for d in found) == 1081
    assert sum(len(d.tokens) for d in found) == 6772
    for before, after in zip(found, back, strict=True):
        assert comparison.missing(before, after) == comparison.missing(after, before) == {}
