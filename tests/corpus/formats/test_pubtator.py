"""PubTator: blocks of lines, concepts, and relations of concepts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from glose.corpus.document import Argument, Document, Entity, Link, Mention, Relation
from glose.corpus.errors import GloseError
from glose.corpus.formats import comparison, pubtator
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import document, mention
from glose.corpus.jsonl import canonical

TEXT = "Café et migraine\nLe café aggrave la migraine. Le thé non."
BLOCK = """\
7|t|Café et migraine
7|a|Le café aggrave la migraine. Le thé non.
7\t0\t4\tCafé\tChemical\tMESH:D003069
7\t8\t16\tmigraine\tDisease\tD008881|OMIM:157300
7\t20\t24\tcafé\tChemical\tMESH:D003069
7\t36\t44\tmigraine\tDisease\t-
7\tCID\tMESH:D003069\tD008881
"""


def read(path: Path, content: str, **options: str) -> list[Document]:
    path.write_text(content, encoding="utf-8", newline="")
    return list(pubtator.FORMAT.read(path, Task(options)))


@pytest.fixture
def found(tmp_path: Path) -> Document:
    return read(tmp_path / "c.txt", BLOCK)[0]


def test_title_and_abstract_are_one_text_and_two_segments(found: Document) -> None:
    assert (found.id, found.text) == ("7", TEXT)
    assert [(s.type, s.start, s.end) for s in found.segments] == [
        ("title", 0, 16),
        ("abstract", 17, len(TEXT)),
    ]


def test_identifiers_are_links_of_the_base_that_they_name(found: Document) -> None:
    mesh = (Link("MESH", "D003069"),)
    both = (Link("pubtator", "D008881"), Link("OMIM", "157300"))
    assert [m.links for m in found.mentions] == [mesh, both, mesh, ()]


def test_the_base_of_bare_identifiers_can_be_told(tmp_path: Path) -> None:
    found = read(tmp_path / "c.txt", BLOCK, kb="MESH")[0]
    assert {link.kb for m in found.mentions for link in m.links} == {"MESH", "OMIM"}


def test_a_relation_is_of_all_mentions_of_its_concepts(found: Document) -> None:
    members = {e.id: (e.type, e.mentions) for e in found.entities}
    (relation,) = found.relations

    assert relation.type == "CID"
    assert [members[a.ref or ""] for a in relation.args] == [
        ("Chemical", ("m1", "m3")),
        ("Disease", ("m2",)),
    ]


def test_a_concept_without_a_mention_is_an_entity_with_a_name(tmp_path: Path) -> None:
    found = read(tmp_path / "c.txt", BLOCK + "7\tNegative\tMESH:D003069\tD0\tNovel\n")[0]

    assert [(e.name, e.mentions) for e in found.entities if e.name] == [("D0", ())]
    assert [(a.name, a.value) for a in found.relations[1].attrs] == [("novelty", "Novel")]


def test_the_seventh_column_is_kept(tmp_path: Path) -> None:
    line = "7\t0\t16\tCafé et migraine\tDisease\tD1|D2\tCafé|migraine\n"
    found = read(tmp_path / "c.txt", BLOCK + line)[0]
    (whole,) = (m for m in found.mentions if m.end - m.start == 16)
    assert [(a.name, a.value) for a in whole.attrs] == [("parts", "Café|migraine")]


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        pytest.param("1|t|A\n1|a|B\n\n2|t|C\n", ["1", "2"], id="a blank line between"),
        pytest.param("1|t|A\n1|a|B\n2|t|C\n", ["1", "2"], id="none between"),
        pytest.param("1|t|A\n\n1|t|A\n", ["1", "1"], id="one document twice"),
        pytest.param("\ufeff1|t|A\r\n1|a|B\r\n", ["1"], id="a byte order mark and CR LF"),
        pytest.param("1|t|a|t|b\n1|a|\n", ["1"], id="bars in the text, nothing in the abstract"),
    ],
)
def test_a_line_of_text_begins_a_document(tmp_path: Path, given: str, ids: list[str]) -> None:
    assert [d.id for d in read(tmp_path / "c.txt", given)] == ids


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("7\t1\t5\tCafé\tX\t-", "not 'Café'", id="other words"),
        pytest.param("7\t0\t4", "3 columns", id="too few columns"),
        pytest.param("7\t0\t99\tCafé\tX\t-", "outside the text", id="past the end"),
        pytest.param("7\t4\t4\t\tX\t-", "is empty", id="an empty span"),
        pytest.param("7\tCID\tD1", "expected a mention", id="half a relation"),
        pytest.param("8\t0\t4\tCafé\tX\t-", "expected 7", id="another document"),
        pytest.param("7\t21\t26\tcafé\tX\t-", "right in bytes", id="bytes"),
    ],
)
def test_a_wrong_line_is_told_and_the_rest_goes_on(
    tmp_path: Path, line: str, message: str
) -> None:
    path = tmp_path / "c.txt"
    path.write_text(f"{BLOCK}{line}\n", encoding="utf-8")

    with pytest.raises(GloseError, match=message):
        list(pubtator.FORMAT.read(path))
    task = Task({}, Rejects(tmp_path / "rejects"))
    (found,) = pubtator.FORMAT.read(path, task)
    assert (len(found.mentions), [r.line for r in task.rejects.found]) == (4, [8])


def written(tmp_path: Path, given: Document, **options: str) -> tuple[str, Task]:
    task = Task(options, counted=True, name="pubtator")
    pubtator.FORMAT.write(tmp_path / "c.pubtator", [given], task)
    return (tmp_path / "c.pubtator").read_text(encoding="utf-8"), task


def test_what_was_read_is_written_as_it_was(tmp_path: Path, found: Document) -> None:
    content, task = written(tmp_path, found)
    assert content.strip() == BLOCK.strip()
    assert not any(row.changed or row.dropped for row in task.losses.rows())


def test_offsets_are_written_in_the_unit_that_is_asked_for(tmp_path: Path) -> None:
    given = document("d", "😀 Gao", mentions=(mention("m1", "GPE", "Gao", text="😀 Gao"),))
    content, _ = written(tmp_path, given, unit="utf16")
    assert "d\t3\t6\tGao\tGPE\t-" in content


def test_relations_of_what_is_no_concept_are_told_to_be_lost(tmp_path: Path) -> None:
    gao = mention("m1", "GPE", "Gao")
    twin = Entity("e2", "GPE", "Gao", links=(Link("kb", "1"),))
    given = document(
        "d",
        mentions=(gao,),
        entities=(Entity("e1", "GPE", mentions=("m1",), links=(Link("kb", "1"),)), twin),
        relations=(
            Relation("r1", "Same", (Argument("Arg1", ref="e1"), Argument("Arg2", ref="e2"))),
        ),
    )
    content, task = written(tmp_path, given)
    lost = {row.kind: row.dropped for row in task.losses.rows()}
    assert lost["relations"] == 1
    assert "Same" not in content


def test_a_number_as_the_type_of_a_relation_is_respelt(tmp_path: Path, found: Document) -> None:
    numbered = Relation("r1", "12", found.relations[0].args)
    given = canonical(
        Document(
            id="7",
            layer="gold",
            text=found.text,
            text_sha256=found.text_sha256,
            mentions=tuple(Mention(m.id, m.type, m.start, m.end, text=m.text, links=m.links)
                           for m in found.mentions),
            entities=found.entities,
            relations=(numbered,),
        )
    )  # fmt: skip
    content, _ = written(tmp_path, given)
    assert "7\t_12\t" in content


def test_a_real_corpus_comes_back_as_it_was(tmp_path: Path, data: Callable[[str], Path]) -> None:
    """NCBI disease, development set: 100 abstracts and 787 mentions, each with a concept."""
    source = data("ncbi-disease-pubtator") / "NCBIdevelopset_corpus.txt"
    found = list(pubtator.FORMAT.read(source))
    task = Task(counted=True, name="pubtator")
    pubtator.FORMAT.write(tmp_path / "c.pubtator", found, task)
    back = list(pubtator.FORMAT.read(tmp_path / "c.pubtator"))

    assert (len(found), sum(len(d.mentions) for d in found)) == (100, 787)
    assert all(m.links for d in found for m in d.mentions)
    assert not any(row.changed or row.dropped for row in task.losses.rows())
    assert [comparison.missing(a, b) for a, b in zip(found, back, strict=True)] == [{}] * 100
