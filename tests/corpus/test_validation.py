"""`validate` tells everything that is wrong with files and folders, a line for each thing."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from glose.corpus import jsonl, manifest, validation
from glose.corpus.document import Document, Event, Mention, Status, fingerprint
from glose.corpus.problems import Checks, Summary
from glose.corpus.schema import content, load
from glose.corpus.testing import documents

EXAMPLE = Path(__file__).parent / "data" / "example.jsonl"


def made(ident: str, text: str = "Gao !") -> Document:
    """Return a small valid document."""
    mention = Mention("m1", "GPE", 0, 3, text=text[:3])
    return Document(
        id=ident,
        layer="gold",
        text=text,
        text_sha256=fingerprint(text),
        mentions=(mention,),
        status=Status(annotated=("mentions",)),
    )


def line(ident: str = "a") -> bytes:
    """Return the canonical line of a small document."""
    return jsonl.encode(made(ident)) + b"\n"


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function from the bytes of a file to what is wrong with it, without the folder."""

    def tell(content: bytes, *, sparse: bool = False, schema: str | None = None) -> list[str]:
        path = tmp_path / "c.jsonl"
        path.write_bytes(content)
        checks = Checks(load(schema) if schema else None, sparse)
        found = validation.problems([path], checks, Summary())
        return [str(problem).removeprefix(f"{tmp_path}/") for problem in found]

    return tell


Tell = Callable[..., list[str]]


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the line of a small document, written compactly after a change to its JSON."""
    data = json.loads(line())
    change(data)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def test_the_example_is_right() -> None:
    """It has lists that it does not say were annotated, of which it is warned."""
    [problem] = validation.problems([EXAMPLE], Checks(), Summary())

    assert problem.level == "warning"
    assert problem.what.startswith("status.annotated: does not name relations, event_clusters")


@given(st.lists(documents(), max_size=3, unique_by=lambda document: document.id))
@settings(deadline=None, max_examples=25)
def test_what_is_written_is_right(
    tmp_path_factory: pytest.TempPathFactory, corpus: list[Document]
) -> None:
    path = tmp_path_factory.mktemp("corpus") / "c.jsonl"
    jsonl.write(path, [*corpus, made("zzz")])

    found = validation.problems([path], Checks(), Summary())

    assert [str(problem) for problem in found if problem.level == "error"] == []


WRONG = [
    pytest.param(b"", "c.jsonl: the file is empty; expected one record a line", id="empty"),
    pytest.param(
        b"\n\n",
        "c.jsonl: only blank lines; expected one record a line",
        id="blank",
    ),
    pytest.param(
        line()[:200],
        "c.jsonl:1: not JSON (Input data was truncated); expected one record a line",
        id="a truncated line",
    ),
    pytest.param(
        b"\x7fELF\x00\x01" * 99 + b"\nx\n" * 99,
        "c.jsonl:1: binary data (a NUL at byte 4); expected one JSON record a line",
        id="a program",
    ),
    pytest.param(
        b"O\tB\n" * 1000,
        "c.jsonl: no line of the first 10 is a record (not JSON (JSON is malformed: invalid "
        "character (byte 0)); expected one record a line)",
        id="another format",
    ),
    pytest.param(
        "é".encode("latin-1"),
        "c.jsonl:1: not JSON (JSON is malformed: invalid character (byte 0)); "
        "expected one record a line",
        id="Latin-1 that is no JSON",
    ),
    pytest.param(
        line().replace(b"Gao !", "Gao\xe9".encode("latin-1")),
        "c.jsonl:1: byte 69 of the line is not UTF-8; save the file as UTF-8",
        id="Latin-1 inside a record",
    ),
    pytest.param(
        b"\xef\xbb\xbf" + line(),
        "c.jsonl:1: a byte order mark before the record; expected UTF-8 without one",
        id="a byte order mark",
    ),
    pytest.param(
        b"<<<<<<< ours\n",
        "c.jsonl:1: a conflict of a merge that nobody decided; keep one side and remove the marks",
        id="a conflict of git",
    ),
    pytest.param(
        b"[1, 2]\n",
        f"c.jsonl:1: {jsonl.LISTED}",
        id="a list",
    ),
    pytest.param(
        line().replace(b'"tokens"', b'"token"'),
        "c.jsonl:1: a: unknown key 'token'; did you mean 'tokens'?",
        id="an unknown key",
    ),
    pytest.param(
        line().replace(b'"start":0', b'"start":"0"'),
        "c.jsonl:1: a: mentions[0].start: found a string; expected a whole number",
        id="a string for a number",
    ),
    pytest.param(
        line().replace(b'"end":3', b'"end":9'),
        "c.jsonl:1: a: mention m1: end 9 is past the end of the text (5); "
        "expected 0 <= start < end <= 5",
        id="an offset past the end",
    ),
    pytest.param(
        changed(lambda data: data.pop("tokens")),
        "c.jsonl:1: a: without tokens; expected every key of the record",
        id="a missing key",
    ),
    pytest.param(
        changed(lambda data: data["mentions"][0].pop("head")),
        "c.jsonl:1: a: without mentions[].head; expected every key of the record",
        id="a missing inner key",
    ),
    pytest.param(
        changed(lambda data: [data.pop(key) for key in list(data)[6:15]]),
        "c.jsonl:1: a: without meta, segments, tokens, mentions, entities and 4 more; "
        "expected every key of the record",
        id="many missing keys",
    ),
    pytest.param(
        changed(lambda data: data.update(id=data.pop("id"))),
        "c.jsonl:1: a: warning: keys out of order; expected the order of the record",
        id="keys in another order",
    ),
    pytest.param(
        line().replace(b",", b", "),
        "c.jsonl:1: a: warning: not as a record is written (spaces, escapes, numbers); "
        "`glose corpus convert` does it",
        id="spaces",
    ),
    pytest.param(
        line().replace(b"\n", b"\r\n"),
        "c.jsonl:1: a: warning: the line ends in CR LF; expected LF",
        id="CR LF",
    ),
    pytest.param(
        line("a") + line("b")[:-1],
        "c.jsonl:2: b: warning: no LF at the end of the file; expected one after every record",
        id="no LF at the end",
    ),
    pytest.param(
        line("a") + b"\n" + line("b"),
        "c.jsonl:2: a blank line; expected one record a line",
        id="a blank line",
    ),
    pytest.param(
        line("b") + line("a"),
        "c.jsonl:2: a: warning: stands after 'b'; expected records sorted by id",
        id="records out of order",
    ),
    pytest.param(
        line("a") + line("a"),
        "c.jsonl:2: a: a second record of this id in layer 'gold'; expected one",
        id="an id twice",
    ),
]


@pytest.mark.parametrize(("content", "problem"), WRONG)
def test_wrong(told: Tell, content: bytes, problem: str) -> None:
    assert told(content) == [problem]


@pytest.mark.parametrize(("content", "problem"), WRONG[:9])
def test_a_file_that_is_none_gives_one_line(told: Tell, content: bytes, problem: str) -> None:
    assert len(told(content)) == 1


def test_mentions_out_of_order_are_told(told: Tell) -> None:
    later, first = Mention("m2", "GPE", 1, 3, text="ao"), made("a").mentions[0]
    document = replace(made("a"), mentions=(later, first))

    [problem] = told(msgspec.json.encode(document) + b"\n")

    assert problem == (
        "c.jsonl:1: a: warning: mentions out of order; "
        "expected them by start, then longest first, type, id"
    )


def test_reading_goes_on_after_a_bad_line(told: Tell) -> None:
    found = told(b"{\n" + line("a") + b"oops\n" + line("c") + b'{"id":3}\n' + line("b"))

    assert [problem.split(":")[1] for problem in found] == ["1", "3", "5", "6"]


def test_every_problem_of_a_record_is_told(told: Tell) -> None:
    assert len(told(changed(lambda data: data.update(layer="", text="x")))) == 3


def test_long_content_is_not_echoed(told: Tell) -> None:
    key = "k" * 5000

    [problem] = told(f'{{"id":"a","{key}":1}}\n'.encode())

    assert len(problem) < 300


def test_a_line_without_end_is_not_held(told: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 1 << 20)

    assert told(b"x" * (5 << 20)) == [
        "c.jsonl:1: a line of more than 1 MiB; expected one record a line"
    ]


def test_the_line_after_one_that_is_too_long_is_read(
    told: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 1 << 20)

    found = told(b"x" * (3 << 20) + b"\n" + line().replace(b'"end":3', b'"end":9'))

    assert [problem.split(":")[1] for problem in found] == ["1", "2"]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Twenty megabytes of records take less than two."""
    path = tmp_path / "c.jsonl"
    jsonl.write(path, (made(f"{n:05}", "Gao " * 2500) for n in range(2000)))
    tracemalloc.start()
    found = list(validation.problems([path], Checks(), Summary()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (found, peak < 2_000_000) == ([], True)


class TestSparse:
    def test_only_an_id_is_required(self, told: Tell) -> None:
        assert told(b'{"id":"a"}\n', sparse=True) == []

    def test_neither_order_nor_form_matters(self, told: Tell) -> None:
        assert told(b'{ "id": "b" }\n\n{"id":"a"}', sparse=True) == []

    def test_the_rules_hold(self, told: Tell) -> None:
        assert told(b'{"id":"a","tokens":[[3,3]]}\n', sparse=True) == [
            "c.jsonl:1: a: token 0: the span 3 to 3 is empty; expected 0 <= start < end"
        ]


def test_departures_from_a_schema_are_told(told: Tell) -> None:
    document = replace(
        made("a"),
        events=(Event("v1", "ASAULT"),),
        status=Status(annotated=("mentions", "events")),
    )

    assert told(jsonl.encode(document) + b"\n", schema="plover") == [
        "c.jsonl:1: a: event v1: the type ASAULT is not in the schema; did you mean 'ASSAULT'?"
    ]


def test_warnings_are_marked(told: Tell) -> None:
    mention = Mention("m1", "GPE", 0, 4, text="Gao ")
    content = jsonl.encode(replace(made("a"), mentions=(mention,))) + b"\n"

    assert told(content) == ["c.jsonl:1: a: warning: mention m1: white space at an end of 'Gao '"]


def test_packed_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress(line()))

    assert list(validation.problems([path], Checks(), Summary())) == []


def test_a_packed_file_that_is_cut_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress(line() * 9)[:-12])

    [*_, problem] = validation.problems([path], Checks(sparse=True), Summary())

    assert "cut or damaged (" in str(problem)


def test_a_missing_file_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    summary = Summary()

    found = list(validation.problems([tmp_path / "no.jsonl", EXAMPLE], Checks(), summary))

    assert [p.what for p in found if p.level == "error"] == ["no such file; check the path"]
    assert summary == Summary(files=2, documents=1, errors=1, warnings=1)


def test_the_summary_reads_as_a_sentence() -> None:
    assert str(Summary(2, 1, 0, 3)) == "2 files, 1 record: 0 errors, 3 warnings"


@pytest.mark.parametrize("content", [b"", line(), b'{"id":3}\n{}\n' + line()])
def test_json_is_one_object(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(content)
    summary = Summary()
    found = validation.problems([path], Checks(), summary)

    said = json.loads("".join(validation.as_json(found, summary)))

    assert len(said["problems"]) == said["errors"] + said["warnings"]


class TestFolders:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Return a corpus folder with two layers, splits and a manifest."""
        folder = tmp_path / "news"
        jsonl.write(folder / "gold.jsonl", [made("a"), made("b")])
        jsonl.write(folder / "ann.jsonl", [replace(made("a"), layer="ann")])
        manifest.write(folder, manifest.of(folder, splits={"train": ["a"], "test": ["b"]}))
        return folder

    def told(self, folder: Path, schema: str | None = None) -> list[str]:
        """Return what is wrong with a folder, without its path."""
        checks = Checks(load(schema) if schema else None)
        found = validation.problems([folder], checks, Summary())
        return [str(problem).removeprefix(f"{folder}/") for problem in found]

    def stated(self, folder: Path, **changes: object) -> None:
        """Write the manifest of a folder with changes."""
        manifest.write(folder, replace(manifest.read(folder), **changes))

    def test_a_right_one(self, folder: Path) -> None:
        assert self.told(folder) == []

    def test_without_files(self, tmp_path: Path) -> None:
        assert str(*validation.problems([tmp_path], Checks(), Summary())) == (
            f"{tmp_path}: no *.jsonl in this folder; expected a corpus"
        )

    def test_without_manifest(self, folder: Path) -> None:
        (folder / "corpus.json").unlink()

        assert self.told(folder) == [
            "corpus.json: no such file; `glose corpus build` or `split` writes it"
        ]

    def test_a_file_that_has_changed(self, folder: Path) -> None:
        jsonl.write(folder / "ann.jsonl", [replace(made("b"), layer="ann")])

        [problem] = self.told(folder)

        assert problem.startswith("corpus.json: files: ann.jsonl has changed: its sha256 is ")

    def test_a_file_that_is_gone(self, folder: Path) -> None:
        (folder / "ann.jsonl").unlink()

        assert self.told(folder) == ["corpus.json: files: ann.jsonl is not in the folder"]

    def test_a_file_that_is_not_listed(self, folder: Path) -> None:
        jsonl.write(folder / "new.jsonl", [replace(made("a"), layer="new")])

        assert self.told(folder) == [
            "corpus.json: files: new.jsonl is not listed; `glose corpus build` or `split` lists it"
        ]

    def test_wrong_counts(self, folder: Path) -> None:
        self.stated(folder, documents=7)

        assert self.told(folder) == ["corpus.json: documents: found 7; expected 2"]

    def test_wrong_counts_of_a_file(self, folder: Path) -> None:
        files = manifest.read(folder).files
        gold = replace(files["gold.jsonl"], counts={"mentions": 9})
        self.stated(folder, files=files | {"gold.jsonl": gold})

        assert self.told(folder) == [
            "corpus.json: files: gold.jsonl is not counted right; expected {'mentions': 2}"
        ]

    def test_an_unknown_id_in_a_split(self, folder: Path) -> None:
        self.stated(folder, splits={"train": ("a", "b", "x")})

        assert self.told(folder) == ["corpus.json: splits.train: x is no document of the corpus"]

    def test_an_id_in_two_splits(self, folder: Path) -> None:
        self.stated(folder, splits={"train": ("a", "b"), "test": ("b",)})

        assert self.told(folder) == [
            "corpus.json: splits.test: b is in train too; expected in one"
        ]

    def test_a_document_in_no_split_is_a_warning(self, folder: Path) -> None:
        self.stated(folder, splits={"train": ("a",)})

        assert self.told(folder) == ["corpus.json: warning: splits: 1 document is in none"]

    def test_licences_that_the_documents_do_not_have(self, folder: Path) -> None:
        self.stated(folder, licences={"afp": ("CC0-1.0",)})

        assert self.told(folder) == [
            "corpus.json: licences: not those of the documents (meta.source and meta.rights)"
        ]

    def test_another_version_of_the_schema_is_a_warning(self, folder: Path) -> None:
        self.carrying(folder, b"# older\n" + content("plover"))

        assert (
            "corpus.json: warning: schema: the corpus was made with another version of plover"
            in (self.told(folder, "plover"))
        )

    def carrying(self, folder: Path, schema: bytes) -> None:
        """Let a folder carry a schema, and its manifest name it."""
        (folder / "schema.toml").write_bytes(schema)
        manifest.write(folder, manifest.renewed(folder, manifest.read(folder)))

    def test_the_schema_that_a_folder_carries_is_applied(self, folder: Path) -> None:
        assert self.told(folder) == []

        self.carrying(folder, content("muc4"))

        told = self.told(folder)[0]

        assert told.startswith("ann.jsonl:1: a: mention m1: the type GPE is not in the schema")

    def test_a_schema_that_has_changed(self, folder: Path) -> None:
        self.carrying(folder, content("plover"))
        (folder / "schema.toml").write_bytes(content("plover") + b"# edited\n")

        assert any(
            "schema: schema.toml has changed: its sha256 is" in t for t in self.told(folder)
        )

    def test_a_schema_that_is_gone(self, folder: Path) -> None:
        self.carrying(folder, content("plover"))
        (folder / "schema.toml").unlink()

        assert self.told(folder) == [
            "corpus.json: schema: schema.toml of plover is not in the folder"
        ]

    def test_a_schema_that_is_not_named(self, folder: Path) -> None:
        (folder / "schema.toml").write_bytes(content("plover"))

        assert "corpus.json: schema: none is named, but schema.toml is in the folder" in (
            self.told(folder)
        )

    def test_layers_with_other_texts(self, folder: Path) -> None:
        jsonl.write(folder / "ann.jsonl", [replace(made("a", "Gao ?"), layer="ann")])
        manifest.write(folder, manifest.renewed(folder, manifest.read(folder)))

        assert self.told(folder) == [
            "gold.jsonl: a: the text is not that in ann.jsonl; expected the same in every layer"
        ]

    def test_problems_of_its_files_are_told(self, folder: Path) -> None:
        with (folder / "gold.jsonl").open("ab") as stream:
            stream.write(b"oops\n")

        assert self.told(folder)[0].startswith("gold.jsonl:3: not JSON")


def test_the_form_is_an_error_where_a_manifest_vouches_for_it(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_bytes(line().replace(b",", b", "))
    told = [problem.level for problem in validation.problems([tmp_path], Checks(), Summary())]
    manifest.write(tmp_path, manifest.of(tmp_path))

    found = list(validation.problems([tmp_path], Checks(), Summary()))

    assert "warning" in told
    assert [(problem.level, "not as a record" in problem.what) for problem in found] == [
        ("error", True)
    ]
