"""`glose corpus convert`: the report, --strict, --rejects, --option, and what the errors say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from glose.corpus import jsonl
from glose.corpus.commands import group
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats.specimens import SPECIMENS

ANN = "T1\tGPE 0 3\tGao\nT2\tGPE 0 3\tGap\nR1\tIn Arg1:T1 Arg2:T2\n"

#: A file of a document that has no id, in each format that knows how to call it.
NAMELESS = [
    ("argilla", '[{"fields":{"text":"Gao"}}]'),
    ("conll", "Gao\tB-LOC\n"),
    ("conllu", "1\tGao\t_\t_\t_\t_\t0\t_\t_\t_\n\n"),
    ("doccano", '{"text":"Gao","label":[]}'),
    ("hipe", "TOKEN\tNE-COARSE-LIT\nGao\tB-LOC\n"),
    ("label-studio", '[{"data":{"text":"Gao"}}]'),
    ("mapped", '{"text":"Gao"}'),
    ("prodigy", '{"text":"Gao"}'),
    ("pubannotation", '{"text":"Gao","denotations":[]}'),
]


def run(*arguments: object) -> Result:
    """Run a conversion; what the user is to put right is raised."""
    done = CliRunner().invoke(group, ["convert", *map(str, arguments)])
    if isinstance(done.exception, GloseError):
        raise done.exception
    assert done.exception is None, done.exception
    return done


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Return a file of three records, with a nested mention, a link and two arguments."""
    kinds = ("nested mentions", "links", "values as arguments")
    made = [replace(SPECIMENS[kind], id=f"d{n}") for n, kind in enumerate(kinds)]
    jsonl.write(tmp_path / "gold.jsonl", made)
    return tmp_path / "gold.jsonl"


@pytest.fixture
def brat(tmp_path: Path) -> Path:
    """Return a folder of brat with a wrong span and a relation to it."""
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat" / "a.txt").write_text("Gao\n")
    (tmp_path / "brat" / "a.ann").write_text(ANN)
    return tmp_path / "brat"


class TestTheReport:
    def test_it_ends_the_conversion(self, records: Path, tmp_path: Path) -> None:
        lines = run(records, tmp_path / "out", "--to", "brat").stdout.splitlines()

        assert lines[0].split() == ["structure", "there", "kept", "changed", "dropped"]
        assert [line.split() for line in lines if line.startswith("values as arguments")] == [
            ["values", "as", "arguments", "1", "0", "0", "1"]
        ]
        assert "    1 dropped: brat cannot hold values as arguments" in lines

    def test_as_json(self, records: Path, tmp_path: Path) -> None:
        run(records, tmp_path / "out.conll", "--report", tmp_path / "r.json")
        report = json.loads((tmp_path / "r.json").read_text())
        [nested] = [row for row in report["rows"] if row["kind"] == "nested mentions"]

        assert (report["read"], report["write"], report["documents"]) == ("jsonl", "conll", 3)
        assert nested == {
            "kind": "nested mentions",
            "there": 1,
            "kept": 0,
            "changed": 0,
            "dropped": 1,
            "reasons": [
                {"what": "dropped", "count": 1, "reason": "conll cannot hold nested mentions"}
            ],
        }

    def test_it_adds_up(self, records: Path, tmp_path: Path) -> None:
        run(records, tmp_path / "out.conll", "--report", tmp_path / "r.json")

        for row in json.loads((tmp_path / "r.json").read_text())["rows"]:
            assert row["kept"] + row["changed"] + row["dropped"] == row["there"] > 0

    def test_what_loses_nothing_says_so_too(self, records: Path, tmp_path: Path) -> None:
        lines = run(records, tmp_path / "out.parquet").stdout.splitlines()[1:]

        assert all(line.split()[-2:] == ["0", "0"] for line in lines)


class TestStrict:
    def test_a_loss_is_an_error_and_nothing_is_written(
        self, records: Path, tmp_path: Path
    ) -> None:
        with pytest.raises(GloseError) as caught:
            run(records, tmp_path / "out.conll", "--strict")

        assert "not written, since --strict allows no loss: " in str(caught.value)
        assert "\n" not in str(caught.value)
        assert [path.name for path in tmp_path.iterdir()] == ["gold.jsonl"]

    def test_nor_is_a_folder(self, records: Path, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match="values as arguments: 1 dropped: brat cannot hold"):
            run(records, tmp_path / "out", "--to", "brat", "--strict")
        assert [path.name for path in tmp_path.iterdir()] == ["gold.jsonl"]

    def test_what_was_rejected_is_a_loss(self, brat: Path, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match="2 items rejected"):
            run(brat, tmp_path / "c.jsonl", "--strict", "--rejects", tmp_path / "r")
        assert not (tmp_path / "c.jsonl").exists()

    def test_without_loss_it_is_written(self, records: Path, tmp_path: Path) -> None:
        run(records, tmp_path / "out.parquet", "--strict")

        assert (tmp_path / "out.parquet").is_file()


class TestRejects:
    def test_they_have_file_line_reason_and_content(self, brat: Path, tmp_path: Path) -> None:
        done = run(brat, tmp_path / "c.jsonl", "--rejects", tmp_path / "r.jsonl")
        found = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]

        assert [(r["file"], r["line"], r["reason"]) for r in found] == [
            (str(brat / "a.ann"), 2, "T2: the text has 'Gao' there, not 'Gap'"),
            (str(brat / "a.ann"), 3, "R1 refers to T2, which is not there"),
        ]
        assert found[0]["content"] == "T2\tGPE 0 3\tGap"
        assert "rejected: 2 items" in done.stdout

    def test_the_rest_goes_on(self, brat: Path, tmp_path: Path) -> None:
        run(brat, tmp_path / "c.jsonl", "--rejects", tmp_path / "r.jsonl")
        [document] = jsonl.read(tmp_path / "c.jsonl")

        assert [mention.id for mention in document.mentions] == ["T1"]

    def test_without_them_the_first_ends_it(self, brat: Path, tmp_path: Path) -> None:
        with pytest.raises(GloseError, match=r"a\.ann:2: T2: .*\(--rejects FILE sets such"):
            run(brat, tmp_path / "c.jsonl")
        assert not (tmp_path / "c.jsonl").exists()

    def test_wrong_records_go_there_too(self, records: Path, tmp_path: Path) -> None:
        with records.open("a") as stream:
            stream.write('{"id": "d9", "mentoins": []}\n')
        run(records, tmp_path / "c.parquet", "--rejects", tmp_path / "r.jsonl")
        [rejected] = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]

        assert (rejected["line"], "mentoins" in rejected["reason"]) == (4, True)

    def test_a_document_that_breaks_a_rule(self, brat: Path, tmp_path: Path) -> None:
        """The reader hands it over, and the core refuses it."""
        (brat / "a.ann").write_text("T1\tGPE 0 3\tGao\n")
        (brat / "b.txt").write_text("Gao")
        (brat / "b.ann").write_text("")
        (brat / "\tc.txt").write_text("Gao")
        (brat / "\tc.ann").write_text("")
        run(brat, tmp_path / "c.jsonl", "--rejects", tmp_path / "r.jsonl")
        [rejected] = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]

        assert "is no name; expected printable characters" in rejected["reason"]
        assert [d.id for d in jsonl.read(tmp_path / "c.jsonl")] == ["a", "b"]


class TestOptions:
    def read(self, source: Path, target: Path, *options: str) -> Document:
        pairs = [part for option in options for part in ("--option", option)]
        run(source, target, *pairs)
        [document] = jsonl.read(target)
        return document

    @pytest.fixture
    def single(self, tmp_path: Path) -> Path:
        (tmp_path / "c.conll").write_text("Gao\tB-LOC\n")
        return tmp_path / "c.conll"

    def test_the_layer_is_gold_or_what_is_said(self, single: Path, tmp_path: Path) -> None:
        assert self.read(single, tmp_path / "a.jsonl").layer == "gold"
        assert self.read(single, tmp_path / "b.jsonl", "layer=crf").layer == "crf"

    def test_what_was_annotated_can_be_said(self, single: Path, tmp_path: Path) -> None:
        document = self.read(single, tmp_path / "a.jsonl", "annotated=mentions, entities")

        assert document.status.annotated == ("mentions", "entities")

    @pytest.mark.parametrize(("name", "content"), NAMELESS)
    def test_a_document_without_an_id_is_called_as_its_file_or_what_is_said(
        self, tmp_path: Path, name: str, content: str
    ) -> None:
        (tmp_path / "sys").write_text(content)
        ids = []
        for option in ("layer=crf", "name=test"):
            run(tmp_path / "sys", tmp_path / "a.jsonl", "--from", name, "--option", option)
            ids += [document.id for document in jsonl.read(tmp_path / "a.jsonl")]

        assert ids in (["sys", "test"], ["sys-1", "test-1"])

    def test_an_id_that_is_stated_stays(self, tmp_path: Path) -> None:
        (tmp_path / "c.conll").write_text("-DOCSTART- (gao)\tO\n\nGao\tB-LOC\n")

        assert self.read(tmp_path / "c.conll", tmp_path / "a.jsonl", "name=test").id == "gao"

    @pytest.mark.parametrize(
        ("source", "option", "message"),
        [
            ("", "name=test", "--option name=test: names the documents of one file; "),
            ("c.conll", "name= ", "expected a name for documents without an id"),
        ],
    )
    def test_a_name_is_of_one_file(
        self, single: Path, tmp_path: Path, source: str, option: str, message: str
    ) -> None:
        assert single.parent == tmp_path
        with pytest.raises(GloseError, match=message):
            run(tmp_path / source, tmp_path / "a.jsonl", "--from", "conll", "--option", option)

    def test_one_side_only(self, single: Path, tmp_path: Path) -> None:
        run(single, tmp_path / "d.conll", "--option", "to.scheme=IOBES")

        assert (tmp_path / "d.conll").read_text().splitlines()[2] == "Gao\tS-LOC"

    @pytest.mark.parametrize(
        ("option", "message"),
        [
            ("colum=3", r"--option colum: no such option; did you mean 'column'\? \(there are: "),
            ("column", "--option column: expected NAME=VALUE"),
            ("to.layer=x", "--option layer: no such option"),
            ("of.column=3", "--option column: no such option"),
            ("scheme=IOB", "--option scheme=IOB: expected one of IOB2"),
        ],
    )
    def test_what_is_none(self, single: Path, tmp_path: Path, option: str, message: str) -> None:
        with pytest.raises(GloseError, match=message):
            run(single, tmp_path / "d.conll", "--option", option)


def test_a_record_without_text_cannot_go_where_text_is_needed(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text('{"id":"d1","mentions":[]}\n')

    with pytest.raises(GloseError, match=r"document d1 has no text; .* since conll needs it"):
        run(tmp_path / "p.jsonl", tmp_path / "p.conll")


def test_what_no_format_fits_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.xyz").write_text("nothing in particular")

    with pytest.raises(GloseError, match="its format is not recognised; name it with --from"):
        run(tmp_path / "c.xyz", tmp_path / "d.jsonl")
