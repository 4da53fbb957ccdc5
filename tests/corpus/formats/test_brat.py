"""brat: what each line becomes, what is wrong, and two real corpora there and back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from glose.corpus.document import (
    Attribute,
    Document,
    Entity,
    EventCluster,
    Link,
    Mention,
    Status,
    Value,
)
from glose.corpus.errors import GloseError
from glose.corpus.formats import table, trial
from glose.corpus.formats.bionlp import FORMAT as BIONLP
from glose.corpus.formats.brat import FORMAT
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import SPECIMENS, document, mention

TEXT = "Kassa a visité Gao.\nMopti et Gao ont été bombardées mardi."


def read(folder: Path, *lines: str, text: str = TEXT, **options: str) -> tuple[Document, Task]:
    """Return the document of a text and of lines with two blanks for a tab, and what was told."""
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_bytes(text.encode())
    content = "".join(line.replace("  ", "\t") + "\n" for line in lines)
    (folder / "a.ann").write_bytes(content.encode())
    task = Task(options, Rejects(folder / "rejects"))
    [found] = FORMAT.read(folder, task)
    return found, task


def again(folder: Path, found: Document) -> list[str]:
    """Return the lines that a document is written as, with two blanks for a tab."""
    FORMAT.write(folder / "out", [found])
    return (folder / "out" / "a.ann").read_text(encoding="utf-8").replace("\t", "  ").splitlines()


SPANS = ("T1  PER 0 5  Kassa", "T2  GPE 15 18  Gao", "T3  GPE 20 25  Mopti")
EVENT = ("T4  Visit 8 14  visité", "E1  Visit:T4 Who:T1 Place:T2 Place2:T3")


class TestThereAndBack:
    """Each line is read and written again as it was."""

    @pytest.mark.parametrize(
        "lines",
        [
            pytest.param(SPANS, id="spans"),
            pytest.param(("T1  GPE 15 18;29 32  Gao Gao",), id="a span in pieces"),
            pytest.param(("T1  GPE 15 19;20 25  Gao. Mopti",), id="a span over a line end"),
            pytest.param((*SPANS, "R1  Near Arg1:T2 Arg2:T3"), id="a relation"),
            pytest.param((*SPANS, *EVENT), id="an event with two fillers of a role"),
            pytest.param(
                (*SPANS, *EVENT, "E2  Visit:T4 After:E1"),
                id="a trigger of two, an event as filler",
            ),
            pytest.param((*SPANS, "*  Equiv T2 T3"), id="coreference"),
            pytest.param((*SPANS, "*  Alias T1 T2 T3"), id="another group"),
            pytest.param((SPANS[0], "A1  Negated T1"), id="an attribute that is there or not"),
            pytest.param((SPANS[0], "A1  Sure T1 low"), id="an attribute with a value"),
            pytest.param(
                (*SPANS, *EVENT, "A1  polarity E1 Negative"), id="a property of an event"
            ),
            pytest.param((SPANS[0], "A1  level T1 NAM"), id="a level"),
            pytest.param((SPANS[0], "A1  value T1 number:1"), id="a value"),
            pytest.param((SPANS[1], "N1  Reference T2 wd:Q1  Gao"), id="a normalisation"),
            pytest.param((SPANS[0], "#1  AnnotatorNotes T1  is it he?"), id="a note"),
            pytest.param(
                (*SPANS, "R1  Near Arg1:T2 Arg2:T3", "A1  Sure R1 low"), id="on a relation"
            ),
        ],
    )
    def test_line_by_line(self, tmp_path: Path, lines: tuple[str, ...]) -> None:
        found, task = read(tmp_path / "in", *lines)

        assert task.rejects.found == []
        assert sorted(again(tmp_path, found)) == sorted(lines)

    def test_an_old_modification_is_an_attribute(self, tmp_path: Path) -> None:
        found, _ = read(tmp_path / "in", *SPANS, *EVENT, "M1  Speculation E1")

        assert found.events[0].attrs == (Attribute("Speculation", "true"),)


class TestReading:
    def test_a_trigger_is_no_mention(self, tmp_path: Path) -> None:
        found, _ = read(tmp_path / "in", *SPANS, *EVENT)

        assert [m.id for m in found.mentions] == ["T1", "T2", "T3"]
        assert [(a.role, a.ref) for a in found.events[0].args] == [
            ("Who", "T1"), ("Place", "T2"), ("Place", "T3"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "line",
        ["R1  Near Arg1:T1 Arg2:T4", "A1  Sure T4 low", "E2  Visit:T4 Of:T4", "*  Equiv T4 T1"],
    )
    def test_a_trigger_that_something_else_is_about_is_a_mention_too(
        self, tmp_path: Path, line: str
    ) -> None:
        found, _ = read(tmp_path / "in", *SPANS, *EVENT, line)

        assert "T4" in [m.id for m in found.mentions]

    def test_roles_with_numbers_that_do_not_count_stay(self, tmp_path: Path) -> None:
        event = "E1  Visit:T4 Site2:T1 Place3:T2"
        found, _ = read(tmp_path / "in", *SPANS, EVENT[0], event)

        assert [a.role for a in found.events[0].args] == ["Site2", "Place3"]

    def test_normalisations_are_links_with_the_name_of_the_entry(self, tmp_path: Path) -> None:
        [gao] = read(tmp_path / "in", SPANS[1], "N1  Reference T2 wd:Q1  Gao city")[0].mentions

        assert gao.links == (Link("wd", "Q1"),)
        assert gao.attrs == (Attribute("wd:Q1", "Gao city"),)

    def test_a_value_needs_to_be_one(self, tmp_path: Path) -> None:
        lines = ("A1  value T1 high", "A2  value T2 number:2", "A3  value.anchor T2 T9")
        kassa, gao = read(tmp_path / "in", *SPANS[:2], *lines)[0].mentions

        assert (kassa.value, kassa.attrs) == (None, (Attribute("value", "high"),))
        assert (gao.value, gao.attrs) == (Value("number:2"), (Attribute("value.anchor", "T9"),))

    def test_equivalences_that_share_a_member_are_one(self, tmp_path: Path) -> None:
        lines = ("*  Equiv T1 T2", "*  Equiv T3 T2")
        found, task = read(tmp_path / "in", *SPANS, *lines)

        assert found.entities == (Entity("equiv-1", "PER", mentions=("T1", "T2", "T3")),)
        assert "Equiv lines that share a member are read as one" in task.losses.notes

    def test_equivalences_of_events_are_clusters(self, tmp_path: Path) -> None:
        found, _ = read(
            tmp_path / "in", EVENT[0], "E1  Visit:T4", "E2  Visit:T4", "*  Equiv E1 E2"
        )

        assert found.event_clusters == (EventCluster("equiv-1", ("E1", "E2")),)

    def test_what_a_document_has_was_annotated(self, tmp_path: Path) -> None:
        found, _ = read(tmp_path / "in", *SPANS, *EVENT)

        assert found.status.annotated == ("mentions", "events")

    def test_a_text_without_annotations_was_not_annotated(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Gao")
        (tmp_path / "b.ann").touch()
        (tmp_path / "b.txt").write_text("Gao")
        found = list(FORMAT.read(tmp_path))

        assert [d.status.annotated for d in found] == [(), ("mentions",)]

    def test_one_file_is_read_with_the_one_beside_it(self, tmp_path: Path) -> None:
        read(tmp_path, SPANS[0])
        path = tmp_path / "a.ann"

        assert table.name_of(path) == "brat"
        assert [d.id for d in FORMAT.read(path)] == ["a"]

    def test_cr_lf_counts_as_one_or_as_two(self, tmp_path: Path) -> None:
        text = TEXT.replace("\n", "\r\n")
        one, _ = read(tmp_path / "one", SPANS[2], text=text)
        two, _ = read(tmp_path / "two", "T3  GPE 21 26  Mopti", text=text, newlines="two")

        assert one.mentions == two.mentions

    def test_utf16(self, tmp_path: Path) -> None:
        found, _ = read(tmp_path, "T1  GPE 3 6  Gao", text="😀 Gao", unit="utf16")

        assert found.mentions[0].text == "Gao"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T1  GPE 0 3  Gao", "T1: the text has 'Kas' there, not 'Gao'"),
        ("T1  GPE 90 93  Gao", r"T1: offset 90 is outside the text \(0 to 58\)"),
        ("T1  GPE 3 3  ", "T1: the span 3 to 3 is empty"),
        ("T1  GPE x 3  Gao", "expected a type, then START END"),
        ("T1  GPE 0 3", "expected T1, TYPE START END, TEXT, with tabs"),
        ("T1 GPE 0 3 Gao", "with tabs"),
        ("Tü!  GPE 15 18  Gao", "is no id; expected one such as T1"),
        ("X1  GPE", "expected a line that begins with T, E, R"),
        ("E1  Visit:T9", "E1 refers to T9, which is not there"),
        ("E1  Visit", "Visit: expected NAME:ID"),
        ("R1  Near Arg1:T9", "R1 refers to T9, which is not there"),
        ("*  Equiv T8 T9", "Equiv: T8 is not there"),
        ("A1  Negated", "expected a name, an id, and one value or none"),
        ("A1  Negated T9", "Negated is on T9, which is not there"),
        ("N1  Reference T9 a:b  c", "expected one of a span that is there"),
        ("N1  Reference T9 ab  c", "expected Reference, an id, and BASE:ENTRY"),
        ("#1  Note  x", "expected a type and the id that the note is on"),
    ],
)
def test_a_wrong_line_is_rejected_with_its_place(tmp_path: Path, line: str, reason: str) -> None:
    _, task = read(tmp_path / "in", "", line)
    [rejected] = task.rejects.found

    assert rejected.line == 2
    assert re.search(reason, rejected.reason), rejected.reason


class TestWhatIsWrong:
    def test_an_id_that_is_used_twice(self, tmp_path: Path) -> None:
        found, task = read(tmp_path, SPANS[0], SPANS[0])

        assert len(found.mentions) == 1
        assert task.rejects.found[0].reason == "the id T1 is used twice; expected once"

    def test_what_hangs_on_what_is_wrong_goes_too(self, tmp_path: Path) -> None:
        lines = ("E1  Visit:T9", "E2  Visit:T4 After:E1", "R1  Near Arg1:E2 Arg2:T1")
        found, task = read(tmp_path, *SPANS, EVENT[0], *lines)

        assert (found.events, found.relations) == ((), ())
        assert [r.line for r in task.rejects.found] == [5, 6, 7]

    def test_the_unit_in_which_it_would_be_right_is_told(self, tmp_path: Path) -> None:
        _, task = read(tmp_path, "T1  GPE 3 6  Gao", text="😀 Gao")

        assert "right in utf16; if all are, --option unit='utf16'" in task.rejects.found[0].reason

    def test_annotations_without_text(self, tmp_path: Path) -> None:
        (tmp_path / "a.ann").touch()

        with pytest.raises(GloseError, match=r"a\.ann: no a\.txt beside it; expected its text"):
            list(FORMAT.read(tmp_path))

    def test_two_layers_of_a_document(self, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match="document d1 comes twice; expected each"):
            FORMAT.write(tmp_path / "out", [document("d1"), document("d1")])


class TestWriting:
    def test_a_line_end_at_the_end_of_a_span_is_left_out(self, tmp_path: Path) -> None:
        made = document("a", "Gao\nMopti", mentions=(Mention("m1", "GPE", 0, 4, text="Gao\n"),))

        assert again(tmp_path, made) == ["T1  GPE 0 3  Gao"]

    def test_ids_that_brat_could_have_given_stay(self, tmp_path: Path) -> None:
        text = "Gao, Mopti, Kidal"
        names = (("m1", "Gao"), ("T1", "Mopti"), ("T7", "Kidal"))
        made = document(
            "a", text, mentions=tuple(mention(i, "GPE", w, text=text) for i, w in names)
        )

        assert [line.split()[0] for line in again(tmp_path, made)] == ["T2", "T1", "T7"]

    @pytest.mark.parametrize(
        ("form", "annotated", "back", "files"),
        [
            pytest.param(FORMAT, (), (), [".txt"], id="not annotated"),
            pytest.param(FORMAT, ("labels",), (), [".txt"], id="nothing that brat has"),
            pytest.param(FORMAT, ("mentions",), ("mentions",), [".ann", ".txt"], id="none there"),
            pytest.param(FORMAT, ("events",), ("mentions",), [".ann", ".txt"], id="no events"),
            pytest.param(BIONLP, (), (), [".txt"], id="BioNLP-ST, not annotated"),
            pytest.param(
                BIONLP, ("mentions",), ("mentions",), [".a1", ".a2", ".txt"], id="BioNLP-ST"
            ),
        ],
    )
    def test_what_was_not_annotated_is_a_text_alone(
        self,
        tmp_path: Path,
        form: Format,
        annotated: tuple[str, ...],
        back: tuple[str, ...],
        files: list[str],
    ) -> None:
        form.write(tmp_path / "out", [document("a", status=Status(annotated=annotated))])

        assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == files
        assert [found.status.annotated for found in form.read(tmp_path / "out")] == [back]

    def test_what_is_there_is_written_whatever_the_status_says(self, tmp_path: Path) -> None:
        losses = trial.write(FORMAT, [SPECIMENS["mentions"], document("d2")], tmp_path / "out")

        assert SPECIMENS["mentions"].status.annotated == ()
        assert (tmp_path / "out" / "d1.ann").stat().st_size
        assert [number for note, number in losses.notes.items() if "have no .ann" in note] == [1]

    def test_ids_are_paths_below_the_folder_and_no_others(self, tmp_path: Path) -> None:
        FORMAT.write(tmp_path / "out", [document("a/b"), document("../c")])
        found = [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.txt")]

        assert sorted(found) == ["out/%2E%2E/c.txt", "out/a/b.txt"]


#: How many lines of the source are wrong (spans whose words are not those of the text, a note on
#: nothing, and what refers to these), and how many have a tab after words that have none.
ROUND = [
    pytest.param("fr-litbank", "brat", 5 + 11, 2, id="fr-litbank"),
    pytest.param("litbank", "entities/brat", 0, 0, id="litbank entities"),
    pytest.param("litbank", "coref/brat", 0, 0, id="litbank coreference"),
    pytest.param("litbank", "events/brat", 1, 0, id="litbank events"),
]


def lines_of(folder: Path) -> Counter[tuple[str, str]]:
    """Return the file and the text of each line of standoff below a folder, but blank ones."""
    return Counter(
        (path.relative_to(folder).as_posix(), line)
        for path in sorted(folder.rglob("*.ann"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.strip()
    )


@pytest.mark.parametrize(("corpus", "folder", "wrong", "tabs"), ROUND)
def test_real_corpora_come_back_annotation_by_annotation(
    data: Callable[[str], Path], tmp_path: Path, corpus: str, folder: str, wrong: int, tabs: int
) -> None:
    """But for the lines of the source that are wrong, each of which is named."""
    source = data(corpus) / folder
    task = Task({}, Rejects(tmp_path / "rejects"))
    FORMAT.write(tmp_path / "out", FORMAT.read(source, task))
    before, after = lines_of(source), lines_of(tmp_path / "out")
    named = Counter(
        (Path(r.file).relative_to(source).as_posix(), r.content or "") for r in task.rejects.found
    )
    other = before - named - after
    respelt = Counter((file, line.rstrip("\t")) for file, line in other)

    assert (sum(named.values()), sum(respelt.values())) == (wrong, tabs)
    assert named <= before
    assert after == before - named - other + respelt
