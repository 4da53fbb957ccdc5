"""Coreference as in CoNLL-2012, read and written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from glose.corpus.document import Document, Entity, Link
from glose.corpus.errors import InputError
from glose.corpus.formats import comparison
from glose.corpus.formats.conll2012 import FORMAT
from glose.corpus.formats.conllu import FORMAT as CONLLU
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.specimens import SPECIMENS


def read(folder: Path, content: str, **options: str) -> list[Document]:
    """Return the documents of a file with this content."""
    path = folder / "a.conll"
    path.write_text(content, encoding="utf-8")
    return list(FORMAT.read(path, Task(options)))


def file(*rows: str) -> str:
    """Return a document of rows of `word brackets`, with all columns of 2012."""
    cells = (row.split(" ") for row in rows)
    lines = "".join(f"d1 0 {n} {w} - * - - - - * {b}\n" for n, (w, b) in enumerate(cells))
    return f"#begin document (d1); part 000\n{lines}\n#end document\n"


@pytest.mark.parametrize(
    ("rows", "chains"),
    [
        pytest.param(["le (1", "roi 1)"], [["le roi"]], id="two words"),
        pytest.param(["le (1|(2)", "roi 1)", "lui (1)"], [["le roi", "lui"], ["le"]], id="nested"),
        pytest.param(["a (1", "b (2", "c 1)", "d 2)"], [["a b c"], ["b c d"]], id="crossing"),
        pytest.param(["a (1|(1", "b 1)", "c 1)"], [["a b c", "a b"]], id="inside its own chain"),
        pytest.param(["a -", "b _"], [], id="none"),
    ],
)
def test_brackets_are_chains(tmp_path: Path, rows: list[str], chains: list[list[str]]) -> None:
    (found,) = read(tmp_path, file(*rows))
    words = {mention.id: mention.text for mention in found.mentions}

    assert [[words[name] for name in entity.mentions] for entity in found.entities] == chains


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("#begin document (bn/a/b); part 000", "bn/a/b"),
        ("#begin document (bn/a/b); part 003", "bn/a/b.3"),
        ("#begin document (x (y))", "x (y)"),
        ("# begin document GUM_a", "GUM_a"),
    ],
)
def test_a_document_is_called_as_it_begins(tmp_path: Path, line: str, name: str) -> None:
    assert read(tmp_path, f"{line}\nx 0 0 mot - -\n")[0].id == name


def test_brackets_of_gum_have_types_and_links(tmp_path: Path) -> None:
    content = (
        "# begin document d\n0\tla\t(place-3-Saint%2DLouis\n1\tville\tplace-3-Saint%2DLouis)\n"
    )
    (found,) = read(tmp_path, content)

    assert found.mentions[0].type == "place"
    assert found.mentions[0].links == (Link("wikipedia", "Saint-Louis"),)
    assert found.entities == (Entity("e3", "place", mentions=("m1",)),)
    assert found.segments == ()


def test_the_column_of_words_can_be_named(tmp_path: Path) -> None:
    content = "#begin document (d)\n0\tx\tmot\ty\tz\t(1)\n"

    assert read(tmp_path, content, words="3")[0].text == "mot"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("d 0 0 a - -\n", "a.conll:1: .* before a #begin document", id="no document"),
        pytest.param(file("a 1)"), "a.conll:2: '1\\)' closes what is not open", id="closed"),
        pytest.param(file("a (1"), "opened and never closed", id="open"),
        pytest.param("#begin document (d)\na\n", "expected a word in column 2", id="columns"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, content)


def test_types_are_told_to_be_lost(tmp_path: Path) -> None:
    task = Task(counted=True)
    FORMAT.write(tmp_path / "a.conll12", [SPECIMENS["entities"]], task)
    rows = {row.kind: row for row in task.losses.rows()}

    assert rows["types of mentions"].dropped == 3
    assert (rows["entities"].kept, rows["mentions"].kept) == (1, 3)


def test_litbank_has_its_counts_and_comes_back(
    tmp_path: Path, data: Callable[[str], Path]
) -> None:
    found = list(FORMAT.read(data("litbank") / "coref" / "conll"))
    FORMAT.write(tmp_path / "a.conll12", found)
    back = list(FORMAT.read(tmp_path / "a.conll12"))

    assert len(found) == 12
    assert sum(len(document.mentions) for document in found) == 3327
    for before, after in zip(found, back, strict=True):
        difference = comparison.missing(before, after, spaces=False)
        assert difference == comparison.missing(after, before, spaces=False) == {}


def spans(found: Document) -> list[tuple[str, int, int]]:
    """Return the mentions of a document, by their places without white space."""
    bare = comparison.squeezed(found)
    return sorted((m.type, m.start, m.end) for m in bare.mentions)


def chains(found: Document) -> list[list[tuple[int, int]]]:
    bare = comparison.squeezed(found)
    places = {m.id: (m.start, m.end) for m in bare.mentions}
    return sorted(sorted(places[name] for name in entity.mentions) for entity in bare.entities)


def links(found: Document) -> list[tuple[int, int, str]]:
    bare = comparison.squeezed(found)
    return sorted((m.start, m.end, link.id) for m in bare.mentions for link in m.links)


@pytest.fixture
def gum(data: Callable[[str], Path]) -> Callable[[Format, str], list[Document]]:
    def found(format_: Format, folder: str) -> list[Document]:
        return sorted(format_.read(data("gum-news") / folder), key=lambda d: d.id)

    return found


def test_gum_says_the_same_in_conll_u_and_in_brackets(
    gum: Callable[[Format, str], list[Document]],
) -> None:
    for first, second in zip(gum(CONLLU, "dep"), gum(FORMAT, "coref/gum/conll"), strict=True):
        assert comparison.squeezed(first).text == comparison.squeezed(second).text
        assert spans(first) == spans(second)
        assert chains(first) == chains(second)
        assert links(first) == links(second)
