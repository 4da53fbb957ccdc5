"""git itself shows and merges corpora: real repositories, with both sides changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from glose.corpus import jsonl
from glose.corpus.document import Argument, Document, Event, Mention, Trigger
from glose.corpus.versions import spreading

TEXT = "Alep et Homs\nUn « village » bombardé"
GLOSE = str(Path(sys.executable).with_name("glose"))
BASE = [
    Document(
        id=f"d{number}",
        layer="gold",
        language="fr",
        text=TEXT,
        mentions=(
            Mention("m1", "GPE", 0, 4, text="Alep"),
            Mention("m2", "GPE", 8, 12, text="Homs"),
            Mention("m3", "LOC", 18, 25, text="village"),
        ),
    )
    for number in range(1, 4)
]
EVENT = Event("v1", "ASSAULT", (Trigger(28, 36, text="bombardé"),), (Argument("Place", "m2"),))

Edit = Callable[[Document], Document]


def typed(name: str, type_: str) -> Edit:
    """Return an edit that gives a mention another type."""

    def edit(document: Document) -> Document:
        mentions = (replace(m, type=type_) if m.id == name else m for m in document.mentions)
        return replace(document, mentions=tuple(mentions))

    return edit


def deleted(document: Document) -> Document:
    return replace(document, mentions=tuple(m for m in document.mentions if m.id != "m2"))


def bombed(document: Document) -> Document:
    return replace(document, events=(EVENT,))


class Repository:
    """A repository with a corpus in both forms."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.git("init", "--quiet", "--initial-branch=main")
        self.run(GLOSE, "corpus", "git", "--install")
        self.commit("main")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program in the repository, without the configuration of whoever runs the tests."""
        people = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip  # noqa: E501
        clean = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        # git may not find glose on the path: it was told where it is.
        environment = os.environ | people | clean | {"PATH": os.defpath, "GIT_EDITOR": "true"}
        return subprocess.run(words, cwd=self.top, env=environment, capture_output=True, text=True)

    def git(self, *words: str, fails: bool = False) -> str:
        """Return what git prints."""
        done = self.run("git", *words)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def commit(self, branch: str, *edits: tuple[str, Edit]) -> None:
        """Commit edits of documents on a branch, which begins at main if it is new."""
        if branch != "main" and not self.git("branch", "--list", branch):
            self.git("branch", branch, "main")
        if edits:
            self.git("checkout", "--quiet", branch)
        given = {document.id: document for document in self.records()}
        for name, edit in edits:
            given[name] = edit(given[name])
        jsonl.write(self.top / "gold.jsonl", given.values())
        spreading.spread(self.top / "gold.jsonl", self.top / "sheets")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", branch)

    def records(self) -> list[Document]:
        path = self.top / "gold.jsonl"
        return list(jsonl.read(path)) if path.exists() else BASE

    def types(self, name: str) -> list[str]:
        """Return the types of the mentions of a document, in both forms."""
        [one] = [d for d in self.records() if d.id == name]
        [other] = [d for d in spreading.pack(self.top / "sheets") if d.id == name]
        assert jsonl.encode(one) == jsonl.encode(other)
        return [mention.type for mention in one.mentions]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


@pytest.fixture
def both(repository: Repository) -> Repository:
    """Two branches that changed different annotations of one document, and one each of others."""
    repository.commit("ours", ("d1", typed("m1", "X")), ("d2", typed("m1", "X")))
    repository.commit("theirs", ("d1", typed("m2", "Y")), ("d3", typed("m1", "Y")))
    return repository


@pytest.fixture
def torn(repository: Repository) -> Repository:
    """Two branches that changed the same annotation, and others as well."""
    repository.commit("ours", ("d1", typed("m1", "X")), ("d2", deleted))
    repository.commit("theirs", ("d1", typed("m1", "Y")), ("d1", typed("m3", "Y")), ("d2", bombed))
    return repository


def all_arrived(repository: Repository) -> None:
    assert repository.types("d1") == ["X", "Y", "LOC"]
    assert repository.types("d2") == ["X", "GPE", "LOC"]
    assert repository.types("d3") == ["Y", "GPE", "LOC"]
    assert repository.git("status", "--porcelain") == ""


def test_merge(both: Repository) -> None:
    both.git("checkout", "--quiet", "ours")
    both.git("merge", "theirs")

    all_arrived(both)


def test_rebase(both: Repository) -> None:
    both.git("checkout", "--quiet", "theirs")
    both.git("rebase", "ours")

    all_arrived(both)


def test_cherry_pick(both: Repository) -> None:
    both.git("checkout", "--quiet", "ours")
    both.git("cherry-pick", "theirs")

    all_arrived(both)


def test_without_the_driver_git_does_not_merge_them(both: Repository) -> None:
    """A record is a line to git: two edits of one document are a conflict."""
    both.git("checkout", "--quiet", "ours")
    both.run(GLOSE, "corpus", "git", "--remove")
    both.git("commit", "--quiet", "--all", "--message", "without")

    assert "CONFLICT (content): Merge conflict in gold.jsonl" in both.git(
        "merge", "theirs", fails=True
    )


def test_merge_of_what_was_merged_crosswise(both: Repository) -> None:
    """Two bases, which git merges first: then there is no place for marks."""
    for branch, other in (("one", "ours"), ("two", "theirs")):
        both.git("checkout", "--quiet", "-b", branch, other)
        both.git("merge", "theirs" if other == "ours" else "ours")
    both.commit("one", ("d1", typed("m3", "A")))
    both.commit("two", ("d2", typed("m3", "B")))
    both.git("merge", "one")

    assert both.types("d1") == ["X", "Y", "A"]
    assert both.types("d2") == ["X", "GPE", "B"]


def test_conflicts_are_told_by_document_and_id(torn: Repository) -> None:
    torn.git("checkout", "--quiet", "ours")
    told = torn.git("merge", "theirs", fails=True)

    for name in ("gold.jsonl", "sheets/d1.gold.glose"):
        assert f"CONFLICT (content): Merge conflict in {name}" in told
        assert (
            f"{name}: conflict: d1 (gold): mention m1: changed differently on both sides" in told
        )
    assert '  ours   m1 X "Alep" 0-4\n  theirs m1 Y "Alep" 0-4\n' in told
    assert "d2 (gold): event v1: refers to m2, which ours deleted" in told
    assert torn.git("diff", "--name-only", "--diff-filter=U").split() == [
        "gold.jsonl", "sheets/d1.gold.glose", "sheets/d2.gold.glose",
    ]  # fmt: skip


def test_a_conflict_is_decided_by_hand(torn: Repository) -> None:
    torn.git("checkout", "--quiet", "ours")
    torn.git("merge", "theirs", fails=True)
    for path in (torn.top / "gold.jsonl", *(torn.top / "sheets").iterdir()):
        path.write_text(without_theirs(path.read_text()))
    torn.git("add", "--all")
    torn.git("commit", "--no-edit")

    assert torn.types("d1") == ["X", "GPE", "Y"]
    assert torn.types("d2") == ["GPE", "LOC"]


def without_theirs(text: str) -> str:
    """Return a text in which each conflict is decided for ours."""
    kept, skip = [], False
    for line in text.splitlines(keepends=True):
        skip = line.startswith("=======") or (skip and not line.startswith(">>>>>>>"))
        if not skip and not line.startswith(("<<<<<<<", ">>>>>>>")):
            kept.append(line)
    return "".join(kept)


def test_a_conflict_of_a_rebase_can_be_left(torn: Repository) -> None:
    torn.git("checkout", "--quiet", "theirs")
    torn.git("rebase", "ours", fails=True)
    torn.git("rebase", "--abort")

    assert torn.types("d1") == ["Y", "GPE", "Y"]


def test_diff_shows_words(both: Repository) -> None:
    shown = both.git("diff", "main", "ours", "--", "gold.jsonl")

    assert '\n-  mention m1 GPE "Alep" 0-4\n+  mention m1 X "Alep" 0-4\n' in shown
    assert shown.count("\n-") - shown.count("\n--") == 2
    assert "@@ d1 layer=gold language=fr" in both.git(
        "diff", "-U0", "main", "ours", "--", "gold.jsonl"
    )


def test_diff_of_a_sheet_is_one_line(both: Repository) -> None:
    shown = both.git("diff", "--numstat", "main", "ours", "--", "sheets")

    assert shown == "1\t1\tsheets/d1.gold.glose\n1\t1\tsheets/d2.gold.glose\n"


def test_other_files_of_the_suffix_are_merged_line_by_line(repository: Repository) -> None:
    rejects = repository.top / "rejects.jsonl"
    rejects.write_text('{"a":1}\n{"b":1}\n{"c":1}\n{"d":1}\n{"e":1}\n')
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "rejects")
    for branch, old in (("one", "a"), ("two", "e")):
        repository.git("checkout", "--quiet", "-b", branch, "main")
        rejects.write_text(rejects.read_text().replace(f'"{old}":1', f'"{old}":2'))
        repository.git("commit", "--quiet", "--all", "--message", branch)
    repository.git("merge", "one")

    assert rejects.read_text() == '{"a":2}\n{"b":1}\n{"c":1}\n{"d":1}\n{"e":2}\n'


def test_records_that_cannot_be_told_apart_are_merged_line_by_line(
    repository: Repository,
) -> None:
    """Nothing of theirs is lost, and git says what there is to do."""
    path = repository.top / "twice.jsonl"
    path.write_text('{"id":"a"}\n{"id":"a"}\n{"id":"c"}\n{"id":"d"}\n')
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "twice")
    for branch, name in (("one", "b"), ("two", "e")):
        repository.git("checkout", "--quiet", "-b", branch, "main")
        text = path.read_text()
        path.write_text('{"id":"b"}\n' + text if name == "b" else text + '{"id":"e"}\n')
        repository.git("commit", "--quiet", "--all", "--message", branch)
    told = repository.git("merge", "one")

    assert "twice.jsonl:2: a: comes twice in layer ''" in told
    assert "; merged line by line\n" in told
    assert path.read_text().count("\n") == 6


# --------------------------------------------------------------------------------------------
# Setting it up
# --------------------------------------------------------------------------------------------


def test_it_is_set_up_once(repository: Repository) -> None:
    attributes = repository.top / ".gitattributes"
    before = attributes.read_text(), (repository.top / ".git" / "config").read_text()
    done = repository.run(GLOSE, "corpus", "git", "--install")

    assert done.stderr == "git knows how to show and merge corpora here\n"
    assert (attributes.read_text(), (repository.top / ".git" / "config").read_text()) == before


def test_what_is_missing_in_a_clone_is_told(repository: Repository, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", ".", "clone")
    repository.top = clone
    done = repository.run(GLOSE, "corpus", "git")

    assert done.returncode == 1
    assert done.stderr == "not set up here; --install does it\n"
    assert "git config merge.glose.driver" in done.stdout
    assert ".gitattributes" not in done.stdout


def test_other_lines_of_attributes_stay(repository: Repository) -> None:
    attributes = repository.top / ".gitattributes"
    attributes.write_text("*.png binary")
    repository.run(GLOSE, "corpus", "git", "--install", "data/*.jsonl")

    assert attributes.read_text() == "*.png binary\ndata/*.jsonl merge=glose diff=glose\n"
    repository.run(GLOSE, "corpus", "git", "--remove")
    assert attributes.read_text() == "*.png binary\n"
    assert "glose" not in (repository.top / ".git" / "config").read_text()


def test_a_place_without_repository_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [GLOSE, "corpus", "git", "--install"],
        cwd=tmp_path, env=os.environ | {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)},
        capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr == (
        "glose: .: fatal: not a git repository (or any of the parent directories): .git\n"
    )
