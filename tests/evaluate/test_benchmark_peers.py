"""What the benchmarks give other scorers, what they read of them, and the errors they make."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import isnan
from pathlib import Path

import msgspec
import pytest
from benchmarks import programs, references, scorers
from benchmarks.converting import FORMATS, SIDES, Span, convert, flat, sides, tags
from benchmarks.measuring import measured
from benchmarks.perturbing import perturbed
from benchmarks.programs import (
    MissingError,
    Program,
    Run,
    nugget_scores,
    perl_printed,
    same,
    shown,
)
from tests.evaluate import invented
from tests.evaluate.parity.compared import Compared

from glose.corpus.document import Document
from glose.corpus.jsonl import decode, read
from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.results import System
from glose.evaluate.scoring import score

TEXT = "Anna Berg saw #Hama ."
GOLD = {
    "id": "d1", "text": TEXT,
    "mentions": [
        {"id": "m2", "type": "GPE", "start": 15, "end": 19, "links": [{"kb": "NIL", "id": "N1"}]},
        {"id": "m10", "type": "PER", "start": 0, "end": 9,
         "links": [{"kb": "wikidata", "id": "Q5"}]},
    ],
    "entities": [{"id": "e1", "type": "PER", "mentions": ["m10"]},
                 {"id": "e2", "type": "GPE", "mentions": ["m2"]}],
    "events": [
        {"id": "v1", "type": "SEE", "triggers": [{"start": 10, "end": 13}],
         "args": [{"role": "Actor", "ref": "m10"}, {"role": "Place", "value": "there"}]},
        {"id": "v2", "type": "SEE", "modality": "Actual",
         "triggers": [{"start": 0, "end": 13, "fragments": [[0, 4], [10, 13]]}]},
        {"id": "v3", "type": "SEE"},
    ],
    "event_clusters": [{"id": "h1", "events": ["v1", "v2", "v3"]}, {"id": "h2", "events": []}],
}  # fmt: skip
PREDICTED = {
    "id": "d1",
    "mentions": [{"id": "m1", "type": "PER", "start": 5, "end": 9}],
    "entities": [{"id": "e1", "type": "PER", "mentions": ["m1"]}],
}
HEAD = "\t".join(("O",) * 5)


@pytest.mark.parametrize(
    ("suffix", "gold", "predicted"),
    [
        pytest.param(
            "conll",
            "Anna\tB-PER\nBerg\tI-PER\nsaw\tO\n_Hama\tB-GPE\n.\tO\n\n",
            "Anna\tO\nBerg\tB-PER\nsaw\tO\n_Hama\tO\n.\tO\n\n",
            id="a word begins no line like a comment",
        ),
        pytest.param(
            "spans.jsonl",
            '[{"label": "GPE", "start": 3, "end": 3}, {"label": "PER", "start": 0, "end": 1}]\n',
            '[{"label": "PER", "start": 1, "end": 1}]\n',
            id="spans are in the order of their ids, ends inclusive",
        ),
        pytest.param(
            "hipe.tsv",
            "# hipe2022:document_id = d1\n"
            f"Anna\tB-PER\t{HEAD}\tQ5\t_\t_\nBerg\tI-PER\t{HEAD}\tQ5\t_\t_\n"
            f"saw\tO\t{HEAD}\t_\t_\t_\n_Hama\tB-GPE\t{HEAD}\tNIL\t_\t_\n.\tO\t{HEAD}\t_\t_\t_\n\n",
            "# hipe2022:document_id = d1\n"
            f"Anna\tO\t{HEAD}\t_\t_\t_\nBerg\tB-PER\t{HEAD}\t_\t_\t_\n"
            f"saw\tO\t{HEAD}\t_\t_\t_\n_Hama\tO\t{HEAD}\t_\t_\t_\n.\tO\t{HEAD}\t_\t_\t_\n\n",
            id="every word of a mention has its link",
        ),
        pytest.param(
            "chains",
            "#begin document (d1); part 000\nd1\t0\tw\t(0)\nd1\t1\tw\t-\nd1\t2\tw\t(1)\n\n"
            "#end document\n",
            "#begin document (d1); part 000\nd1\t0\tw\t-\nd1\t1\tw\t(0)\nd1\t2\tw\t-\n\n"
            "#end document\n",
            id="a mention of either side is a line of both",
        ),
        pytest.param(
            "events.jsonl",
            '{"doc_id": "d1", "wnd_id": "0", "events": [{"trigger": [2, 3, "SEE"], '
            '"arguments": [[0, 2, "Actor"]]}, {"trigger": [0, 3, "SEE"], "arguments": []}]}\n',
            '{"doc_id": "d1", "wnd_id": "0", "events": []}\n',
            id="an argument without a place is left out",
        ),
        pytest.param(
            "tbf",
            "#BeginOfDocument d1\n"
            "glose\td1\tv1\t10,13\tx\tSEE\tNOT_ANNOTATED\n"
            "glose\td1\tv2\t0,4;10,13\tx\tSEE\tActual\n"
            "@Coreference\th1\tv1,v2\n#EndOfDocument\n",
            "#BeginOfDocument d1\n#EndOfDocument\n",
            id="an event without a trigger is no nugget, one alone no cluster",
        ),
    ],
)
def test_formats(suffix: str, gold: str, predicted: str) -> None:
    both = sides(*(decode(json.dumps(each).encode()) for each in (GOLD, PREDICTED)))
    assert [FORMATS[suffix](side) for side in both] == [gold, predicted]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], ["O"] * 5, id="no mention, no tag"),
        pytest.param(
            [Span("A", 0, 2), Span("B", 2, 3)],
            ["B-A", "I-A", "B-B", "O", "O"],
            id="one begins where another ends",
        ),
        pytest.param(
            [Span("B", 0, 1), Span("A", 0, 3)],
            ["B-A", "I-A", "I-A", "O", "O"],
            id="the longest stays",
        ),
        pytest.param(
            [Span("A", 1, 3), Span("A", 0, 2)],
            ["B-A", "I-A", "O", "O", "O"],
            id="of equals the first in the text",
        ),
        pytest.param(
            [Span("B", 1, 2), Span("A", 1, 2)],
            ["O", "B-A", "O", "O", "O"],
            id="of equals in one place the first type by name",
        ),
    ],
)
def test_tags(spans: list[Span], expected: list[str]) -> None:
    assert tags(spans, 5) == expected
    assert all(one.last <= other.first for one, other in pairwise(flat(spans)))


@pytest.fixture
def records(tmp_path: Path) -> tuple[Path, Path]:
    """Write gold and predictions of invented documents to a folder."""
    paths = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    for path, layer in zip(paths, zip(*invented.pairs(60), strict=True), strict=True):
        invented.write(path, layer)
    return paths


def test_tags_of_files_have_the_chunks_that_conll_counts(
    records: tuple[Path, Path], tmp_path: Path
) -> None:
    convert(*records, tmp_path / "formats")
    gold, predicted = (chunks(tmp_path / "formats" / f"{side}.conll") for side in SIDES)
    options = Options(protocols=("conll",), sampling=Sampling(0))
    found = score(records[0], [records[1]], options=options).systems[0].find("conll/chunk")

    assert found is not None
    counts = (found.correct, found.gold, found.predicted)
    assert counts == (len(gold & predicted), len(gold), len(predicted))


def chunks(path: Path) -> set[tuple[int, int, str]]:
    """Return first line, length and type of what begins with B."""
    lines = path.read_text().split("\n")
    found = set()
    for number, line in enumerate(lines):
        name = line.partition("\tB-")[2]
        if name:
            rest = (other.partition("\t")[2] for other in lines[number + 1 :])
            length = next(n for n, tag in enumerate(rest) if tag != f"I-{name}")
            found.add((number, length, name))
    return found


def test_documents_in_another_order_are_refused(
    records: tuple[Path, Path], tmp_path: Path
) -> None:
    lines = records[1].read_bytes().splitlines(keepends=True)
    records[1].write_bytes(b"".join(reversed(lines)))
    with pytest.raises(SystemExit, match=r"predicted.jsonl: expected document d0, found d\d+"):
        convert(*records, tmp_path / "formats")


def documents(path: Path) -> list[Document]:
    return list(read(path))


def test_a_perturbed_document_keeps_the_rules_and_is_the_same_each_time(
    records: tuple[Path, Path], tmp_path: Path
) -> None:
    gold, copy = documents(records[0]), tmp_path / "copy.jsonl"
    copies = [perturbed(each) for each in gold]
    references.write(copy, copies)

    assert [each.id for each in read(copy)] == [each.id for each in gold]
    assert copies == [perturbed(each) for each in gold]
    assert copies != [perturbed(each, 2) for each in gold]


@pytest.mark.parametrize(
    "name", ["mentions", "entities", "relations", "events", "event_clusters", "labels"]
)
def test_every_list_is_perturbed(records: tuple[Path, Path], name: str) -> None:
    gold = documents(records[0])
    assert any(perturbed(each)[name] != msgspec.to_builtins(each)[name] for each in gold)


def test_spans_end_with_words_after_a_move_too(records: tuple[Path, Path]) -> None:
    ends = {
        (each.id, end) for each in documents(records[0]) for end in (b for _, b in each.tokens)
    }
    found = {
        (each.id, mention["end"])
        for each in documents(records[0])
        for mention in perturbed(each)["mentions"]
    }
    assert found <= ends


PERL = """version: 8.01

METRIC muc:

====== TOTALS =======
Identification of Mentions: Recall: (2 / 4) 50%\tPrecision: (2 / 3) 66.66%\tF1: 57.14%
--------------------------------------------------------------------------
Coreference: Recall: (0.5 / 2) 25%\tPrecision: (1 / 1) 100%\tF1: 40%
"""


def test_what_the_perl_scorer_prints_is_read_by_metric_and_line() -> None:
    assert perl_printed(Run(Path(), Path(), PERL)) == {
        "muc": {
            "Identification of Mentions": [2, 4, 50, 2, 3, 66.66, 57.14],
            "Coreference": [0.5, 2, 25, 1, 1, 100, 40],
        }
    }


EVMEVAL = """=======Final Mention Detection Results=========
                \t     Micro Average\t     Macro Average
      Attributes\tPrec  \tRec  \tF1   \tPrec  \tRec  \tF1
           plain\t9.00\t8.00\t7.00\t6.00\t5.00\t4.00
    mention_type\t1.00\t2.00\t3.00\t1.00\t2.00\tnan
   realis_status\t1.50\t2.50\t3.50\t1.00\t2.00\t3.00
mention_type+realis_status\t0.50\t0.25\t0.75\t1.00\t2.00\t3.00

=======Final Mention Coreference Results=========
Metric : bcub\tScore\t82.09
Metric : ceafm\tScore\t80.48 *
Overall Average CoNLL score\t72.89
"""


def test_what_evmeval_prints_is_read_by_what_must_be_equal() -> None:
    found = nugget_scores(EVMEVAL)
    keys = ("micro_p", "micro_r", "micro_f", "macro_p", "macro_r", "macro_f")

    assert found["plain"] == dict(zip(keys, (9.0, 8.0, 7.0, 6.0, 5.0, 4.0), strict=True))
    assert found["mention_type+realis_status"]["micro_f"] == 0.75
    assert isnan(found["mention_type"]["macro_f"])
    assert found["coref"] == {"bcub": 82.09, "ceafm": 80.48, "conll": 72.89}


@pytest.mark.parametrize(
    ("ours", "theirs", "equal"),
    [
        pytest.param(0.5, 0.5 + 1e-10, True, id="shares to a billionth"),
        pytest.param(0.5, 0.5 + 1e-8, False, id="and no further"),
        pytest.param(250000.0, 250000.0001, True, id="large sums to a billionth of them"),
        pytest.param(250000.0, 250001.0, False, id="counts are counts"),
        pytest.param(None, None, True, id="undefined is undefined"),
        pytest.param(None, 0.0, False, id="undefined is not 0"),
        pytest.param("12.30", "12.3", False, id="what is printed is text"),
    ],
)
def test_same(ours: float | str | None, theirs: float | str | None, equal: bool) -> None:
    assert same(Compared("f1", ours, theirs)) is equal


def test_what_differs_is_shown_and_added_up() -> None:
    wrong = Compared("r", 1.0, 0.5)
    one = shown([Compared("p", 1.0, 1.0), wrong])
    assert tuple(one) == (2, 1, (wrong,))
    assert tuple(one.plus(one)) == (4, 2, (wrong, wrong))


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (None, r"HIPE_SCORER does not say where it is \(hipe-eval/HIPE-scorer on GitHub"),
        ("/nowhere/at all", "HIPE_SCORER=/nowhere/at all is no folder"),
    ],
)
def test_a_program_that_is_missing_says_why(
    monkeypatch: pytest.MonkeyPatch, place: str | None, reason: str
) -> None:
    monkeypatch.delenv("HIPE_SCORER", raising=False)
    if place:
        monkeypatch.setenv("HIPE_SCORER", place)
    hipe = next(each for each in programs.PROGRAMS if each.home == "HIPE_SCORER")
    with pytest.raises(MissingError, match=reason):
        hipe.ready()


def test_a_command_is_measured_from_outside(tmp_path: Path) -> None:
    code = "import sys; print('said'); x = bytearray(64 << 20); sys.exit(3)"
    taken = measured(str(tmp_path / "output"), [sys.executable, "-c", code])

    assert (tmp_path / "output").read_text() == "said\n"
    assert taken["exit"] == 3
    assert taken["memory"] > 64
    assert taken["cpu"] > 0


PRINTED = json.dumps({"imported": 0.1, "loaded": 0.2, "printed": {"f1": 0.25}})


def compare(system: System, theirs: dict[str, float]) -> Iterator[Compared]:
    found = system.find("conll/chunk")
    assert found is not None
    yield Compared("f1", found.f1, theirs["f1"])


@pytest.fixture
def fake() -> Program:
    """Return a program that always prints the same figure."""
    seqeval = programs.PROGRAMS[0]
    return replace(
        seqeval,
        compare=compare,
        command=lambda _: [sys.executable, "-c", f"print({PRINTED!r})"],
        packages=(),
    )


def test_a_program_is_compared_on_copies_of_each_corpus(
    records: tuple[Path, Path], tmp_path: Path, fake: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    references.compared(records[0], tmp_path / "out", 2, [fake])
    row, *different = capsys.readouterr().out.splitlines()

    assert row.split() == ["gold", "seqeval", "classification_report", "conll", "2", "0"]
    assert [line.endswith("theirs 0.25") for line in different] == [True, True]


def test_the_table_tells_ratio_goal_and_what_is_not_equal(tmp_path: Path, fake: Program) -> None:
    folder = scorers.made(tmp_path / "files", 3)
    bench = scorers.Bench(folder, folder)
    ours = bench.ours("conll")
    row = scorers.other(bench, fake, "conll")

    assert 0 < (ours.imported or 0) < ours.cpu
    assert ">= 20 x ours" in row
    assert row.endswith("x: NO; 0 of 1 equal")
    assert [failed.partition(":")[0] for failed in bench.failed] == [fake.name]


def test_a_program_that_fails_is_told_in_its_line(tmp_path: Path, fake: Program) -> None:
    folder = scorers.made(tmp_path / "files", 1)
    broken = replace(fake, command=lambda _: [sys.executable, "-c", "raise SystemExit(7)"])
    with pytest.raises(MissingError, match="it ended with exit code 7"):
        scorers.other(scorers.Bench(folder, folder), broken, "conll")
