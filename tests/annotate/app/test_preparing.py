"""From a corpus and a command line to a project with everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from glose.annotate.app.bringing import offered
from glose.annotate.app.preparing import Wishes, default_store, prepared
from glose.annotate.store.project import Project
from glose.corpus import jsonl, schema
from glose.corpus.document import ANNOTATIONS, UNSTATED, Document, Status
from glose.corpus.errors import GloseError


def bare(document: Document) -> Document:
    """Return a document as a corpus has it before anybody annotated it."""
    nothing: dict[str, tuple[()]] = dict.fromkeys(ANNOTATIONS, ())
    return msgspec.structs.replace(document, layer="text", status=Status("raw"), **nothing)


@pytest.fixture
def folder(tmp_path: Path, gold: list[Document], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus folder with documents, gold, schema and guidelines; the work is done beside it."""
    home = tmp_path / "news"
    home.mkdir()
    jsonl.write(home / "documents.jsonl", map(bare, gold))
    jsonl.write(home / "gold.jsonl", gold)
    (home / "schema.toml").write_bytes(schema.content("plover"))
    (home / "GUIDELINES.md").write_text("# How\n")
    monkeypatch.chdir(tmp_path)
    return home


@pytest.fixture
def run() -> Iterator[Run]:
    """What prepares a project as one start of the server does."""
    runner = Run()
    yield runner
    runner.end()


class Run:
    """One start of the server after another; only one project is open at a time."""

    def __init__(self) -> None:
        self.project: Project | None = None

    def __call__(self, corpus: Path | str, **wishes: object) -> Project:
        """Return the project; the one before is closed."""
        self.end()
        known = msgspec.convert({"corpus": str(corpus), "user": "ana"} | wishes, Wishes)
        self.project, _, _ = prepared(known)
        return self.project

    def end(self) -> None:
        """End the server."""
        if self.project is not None:
            self.project.close()
        self.project = None


def layers(project: Project) -> dict[str, str]:
    """Return the kinds of the layers."""
    return {layer.name: layer.kind for layer in project.layers()}


def begun(project: Project, layer: str) -> int:
    """Return on how many documents there is something in a layer."""
    return sum(row.revision > 0 for row in project.documents(layer))


def test_every_document_is_in_the_queue(folder: Path, run: Run) -> None:
    assert len(run(folder).documents("ana")) == 12


def test_a_project_that_cannot_be_prepared_is_closed(folder: Path, run: Run) -> None:
    """An open one would keep others out."""
    with pytest.raises(GloseError, match="no such list") as refused:
        run(folder, annotate="mention")
    assert refused.tb is not None  # as long as the traceback is held, so is what it leads to
    assert run(folder).name == "news"


def test_the_annotator_begins_with_nothing(folder: Path, run: Run) -> None:
    assert begun(run(folder), "ana") == 0


def test_what_others_did_is_there_to_look_at(folder: Path, run: Run) -> None:
    project = run(folder)
    assert layers(project) == {"ana": "work", "gold": "reference"}
    assert begun(project, "gold") == 12


def test_the_layer_is_the_users_unless_named(folder: Path, run: Run) -> None:
    assert layers(run(folder, layer="first"))["first"] == "work"


def test_the_project_stands_beside_the_corpus_under_its_name(folder: Path, run: Run) -> None:
    run(folder)
    assert (folder.parent / "news.glose.db").is_file()


@pytest.mark.parametrize("place", ["build", "build/deeper", "."])
def test_nothing_is_kept_where_builds_remove_it(tmp_path: Path, place: str) -> None:
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    (tmp_path / place / "corpus.json").write_text("{}")
    with pytest.raises(GloseError, match="--store"):
        default_store(tmp_path / "x.jsonl", tmp_path / place)


def test_the_schema_is_that_of_the_corpus(folder: Path, run: Run) -> None:
    assert run(folder).schema.name == "plover"


def test_the_schema_may_be_named(folder: Path, run: Run) -> None:
    assert run(folder, schema="muc4").schema.name == "muc4"


def test_without_a_schema_one_line_says_what_to_do(folder: Path, run: Run) -> None:
    (folder / "schema.toml").unlink()
    with pytest.raises(GloseError, match=r"name one with --schema \(such as ace2005"):
        run(folder)


def test_the_schema_of_a_project_stays(folder: Path, run: Run) -> None:
    run(folder)
    with pytest.raises(GloseError, match="has a schema of its own"):
        run(folder, schema="muc4")


def test_the_guidelines_are_those_beside_the_corpus(folder: Path, run: Run) -> None:
    assert run(folder).guidelines == "# How\n"


def test_the_guidelines_may_be_named(folder: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.md"
    path.write_text("# Other\n")
    assert run(folder, guidelines=path).guidelines == "# Other\n"


def test_guidelines_that_changed_are_taken(folder: Path, run: Run) -> None:
    run(folder)
    (folder / "GUIDELINES.md").write_text("# Better\n")
    assert run(folder).guidelines == "# Better\n"
    assert run(folder / "../news.glose.db").guidelines == "# Better\n"


def test_a_second_start_brings_nothing_again(folder: Path, run: Run) -> None:
    run(folder)
    project = run(folder)
    assert len(project.documents("ana")) == 12
    assert [entry.revision for entry in project.history("d0", "gold")] == [1]


def test_new_documents_come_in_at_a_later_start(
    folder: Path, run: Run, gold: list[Document]
) -> None:
    jsonl.write(folder / "documents.jsonl", map(bare, gold[:3]))
    jsonl.write(folder / "gold.jsonl", gold[:3])
    run(folder)
    jsonl.write(folder / "documents.jsonl", map(bare, gold))
    jsonl.write(folder / "gold.jsonl", gold)
    project = run(folder)
    assert (len(project.documents("ana")), begun(project, "gold")) == (12, 12)


def test_gold_that_changed_is_a_layer_of_its_own(
    folder: Path, run: Run, gold: list[Document]
) -> None:
    """Nothing that was there is written over."""
    run(folder)
    changed = [msgspec.structs.replace(gold[0], mentions=(), events=(), entities=()), *gold[1:]]
    jsonl.write(folder / "gold.jsonl", changed)
    project = run(folder)
    assert layers(project) == {"ana": "work", "gold": "reference", "gold.2": "reference"}
    assert len(project.snapshot(gold[0].id, "gold").document.mentions) == 4


def test_a_text_that_changed_is_refused_in_one_line(
    folder: Path, run: Run, gold: list[Document]
) -> None:
    run(folder)
    text = "L.armée russe a bombardé Gao mardi."
    other = msgspec.structs.replace(gold[0], text=text, text_sha256=None)
    jsonl.write(folder / "documents.jsonl", [bare(other)])
    with pytest.raises(GloseError, match="its text is not that of the project"):
        run(folder)


def test_the_annotators_own_layer_is_gone_on_with(
    folder: Path, run: Run, gold: list[Document]
) -> None:
    mine = [msgspec.structs.replace(one, layer="ana") for one in gold[:2]]
    jsonl.write(folder / "ana.jsonl", mine)
    project = run(folder)
    assert (layers(project)["ana"], begun(project, "ana")) == ("work", 2)


def test_what_was_annotated_here_is_never_brought_over(
    folder: Path, run: Run, gold: list[Document]
) -> None:
    """As when the work is exported into the corpus, and the server started again."""
    mine = [msgspec.structs.replace(one, layer="ana") for one in gold[:2]]
    jsonl.write(folder / "ana.jsonl", mine)
    run(folder)
    jsonl.write(folder / "ana.jsonl", [msgspec.structs.replace(mine[0], status=UNSTATED), mine[1]])
    project = run(folder)
    assert len(project.history("d0", "ana")) == 1


def test_a_file_is_a_corpus_too(folder: Path, run: Run) -> None:
    project = run(folder / "gold.jsonl", schema="plover")
    assert layers(project) == {"ana": "work", "gold": "reference"}
    assert project.name == "gold"


def test_a_project_needs_nothing_else(folder: Path, run: Run) -> None:
    run(folder)
    assert len(run(folder.parent / "news.glose.db").documents("ana")) == 12


def test_a_project_has_no_other_store(folder: Path, run: Run) -> None:
    run(folder)
    with pytest.raises(GloseError, match="leave --store out"):
        run(folder.parent / "news.glose.db", store="x.db")


def test_both_databases_take_a_corpus(folder: Path, run: Run, stores: str) -> None:
    assert len(run(folder, store=stores).documents("ana")) == 12


def test_both_databases_are_opened_again(folder: Path, run: Run, stores: str) -> None:
    run(folder, store=stores)
    assert len(run(folder, store=stores).documents("ana")) == 12


def predictions(folder: Path, gold: list[Document], layer: str = "crf") -> Path:
    """Write what a system says of two documents, and return the file."""
    path = folder.parent / f"{layer}.jsonl"
    jsonl.write(path, [msgspec.structs.replace(one, layer=layer) for one in gold[:2]])
    return path


def test_suggestions_are_a_layer_of_their_own(
    folder: Path, run: Run, gold: list[Document]
) -> None:
    project = run(folder, suggestions=[predictions(folder, gold)])
    assert (layers(project)["crf"], begun(project, "crf")) == ("suggestions", 2)


def test_layers_of_suggestions_are_told_with_what_they_hold(
    folder: Path, run: Run, gold: list[Document]
) -> None:
    first = predictions(folder, gold)
    one = msgspec.structs.replace(gold[0], layer="rules", mentions=gold[0].mentions[:1])
    nothing: dict[str, tuple[()]] = dict.fromkeys(set(ANNOTATIONS) - {"mentions"}, ())
    jsonl.write(folder.parent / "rules.jsonl", [msgspec.structs.replace(one, **nothing)])
    items = sum(len(getattr(each, name)) for each in gold[:2] for name in ANNOTATIONS)

    project = run(folder, suggestions=[first, folder.parent / "rules.jsonl"])
    assert offered(project) == f"crf ({items} items in 2 documents), rules (1 item in 1 document)"


def test_no_suggestions_are_not_told(folder: Path, run: Run) -> None:
    assert offered(run(folder)) == ""


def test_the_same_suggestions_come_once(folder: Path, run: Run, gold: list[Document]) -> None:
    path = predictions(folder, gold)
    run(folder, suggestions=[path])
    assert "crf.2" not in layers(run(folder, suggestions=[path]))


def test_other_suggestions_of_a_system_are_another_layer(
    folder: Path, run: Run, gold: list[Document]
) -> None:
    """So that what was accepted or refused before still says what it was."""
    run(folder, suggestions=[predictions(folder, gold)])
    path = predictions(folder, [msgspec.structs.replace(one, events=()) for one in gold])
    assert layers(run(folder, suggestions=[path]))["crf.2"] == "suggestions"


def test_predictions_without_texts_may_become_more(folder: Path, run: Run) -> None:
    """A run over further documents goes on with the layer, since what was there is the same."""
    path = folder.parent / "own.jsonl"
    lines = [
        f'{{"id": "d{n}", "mentions": [{{"type": "GPE", "start": 8, "end": 13}}]}}\n'
        for n in range(3)
    ]
    path.write_text(lines[0])
    run(folder, suggestions=[path])
    path.write_text("".join(lines))
    project = run(folder, suggestions=[path])
    assert ("own.2" in layers(project), begun(project, "own")) == (False, 3)


def test_gold_is_no_suggestion(folder: Path, run: Run) -> None:
    with pytest.raises(GloseError, match="layer gold is in the project already"):
        run(folder, suggestions=[folder / "gold.jsonl"])


def test_links_are_kept_for_later_starts(folder: Path, run: Run) -> None:
    path = folder.parent / "places.tsv"
    path.write_text("Q1\tGao\n")
    run(folder, links=path)
    assert run(folder).setting("links") == str(path.resolve())


def test_a_list_of_links_that_is_not_there_is_told_at_once(folder: Path, run: Run) -> None:
    with pytest.raises(GloseError, match=r"none\.tsv: no such file"):
        run(folder, links=folder / "none.tsv")


def test_what_is_annotated_is_kept_in_the_order_of_the_record(folder: Path, run: Run) -> None:
    run(folder, annotate="events, mentions")
    assert run(folder).setting("annotated") == "mentions,events"


def test_a_list_that_no_record_has_cannot_be_annotated(folder: Path, run: Run) -> None:
    with pytest.raises(GloseError, match="--annotate event: no such list"):
        run(folder, annotate="event")


def test_a_reference_layer_is_not_worked_on(folder: Path, run: Run) -> None:
    run(folder)
    with pytest.raises(GloseError, match="layer gold is only to look at"):
        run(folder, layer="gold")


def test_the_layer_of_another_is_not_worked_on(folder: Path, run: Run) -> None:
    run(folder)
    with pytest.raises(GloseError, match="layer ana is ana's"):
        run(folder, user="ben", layer="ana")


def test_two_people_have_a_layer_each(folder: Path, run: Run) -> None:
    run(folder)
    assert layers(run(folder, user="ben")) == {"ana": "work", "gold": "reference", "ben": "work"}


def test_a_corpus_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    with pytest.raises(GloseError, match="no such file or folder; expected a corpus folder"):
        run(tmp_path / "none")


def test_a_store_that_is_none_is_one_line(folder: Path, run: Run) -> None:
    path = folder.parent / "notes.txt"
    path.write_text("my notes\n" * 100)
    with pytest.raises(GloseError, match=r"notes\.txt"):
        run(folder, store=str(path))
    assert path.read_text().startswith("my notes")


def test_a_failed_start_leaves_the_project_free(folder: Path, run: Run) -> None:
    with pytest.raises(GloseError):
        run(folder, annotate="nothing")
    assert len(run(folder).documents("ana")) == 12


def test_a_list_of_links_that_is_wrong_is_told_at_once(folder: Path, run: Run) -> None:
    path = folder / "places.tsv"
    path.write_text("Q1\tGao\nQ2\n")
    with pytest.raises(GloseError, match=r"places\.tsv:2: found 1 column"):
        run(folder, links=path)
    assert run(folder).setting("links") is None
