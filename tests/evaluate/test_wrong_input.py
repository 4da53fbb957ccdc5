"""What is wrong with the files of agree, compare, power, gate and merge is told in one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from glose.corpus.errors import GloseError, InputError
from glose.corpus.formats import table
from glose.evaluate import ledger
from glose.evaluate.commands import group
from glose.evaluate.survey import survey

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]

ONE = "PER 3-12"


@pytest.fixture
def folder(record: Make, save: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of twelve documents in many layers, right and wrong, and go there."""
    monkeypatch.chdir(tmp_path)
    ids = [f"d{n:02}" for n in range(12)]
    for name in ("gold", "a", "b"):
        save(f"{name}.jsonl", *(record(each, ONE) for each in ids))
    save("empty.jsonl")
    save("blank.jsonl").write_text("\n\n", encoding="utf-8")
    save("other.jsonl", *(record(f"x{each}", ONE) for each in ids))
    save("half.jsonl", *(record(each, ONE, "LOC 34-42") for each in ids[:6]))
    save("bare.jsonl", *({"id": each} for each in ids))
    save("events.jsonl", *({"id": each, "events": []} for each in ids))
    save("twice.jsonl", record("d00", ONE), record("d00", ONE))
    save("text.jsonl", *({**record(each), "text": "Other"} for each in ids))
    bad = (f'{{"id":"{each}","mentions":[{{"start":NaN}}]}}\n' for each in ids)
    save("nan.jsonl").write_text("".join(bad), encoding="utf-8")
    deep = "[" * 20_000 + "]" * 20_000
    save("deep.jsonl").write_text(f'{{"extra":{deep},"id":"d00"}}\n', encoding="utf-8")
    for name in ("a", "b"):
        run("score", "gold.jsonl", f"{name}.jsonl", "--save-counts", f"{name}.counts")
    run("score", "gold.jsonl", "a.jsonl", "-p", "conll", "--save-counts", "conll.counts")
    run("score", "half.jsonl", "half.jsonl", "--save-counts", "half.counts")
    run("score", "half.jsonl", "half.jsonl", "--json", "half.json")
    saved = Path("a.counts").read_bytes()
    Path("cut.counts").write_bytes(saved[:-20])
    text = Path("a.jsonl").read_text(encoding="utf-8")
    Path("utf16.jsonl").write_text(text, encoding="utf-16")
    with ledger.written(Path("none.counts"), ledger.opened(Path("a.counts")).header):
        pass
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    """Return the exit code, and what is told: the last line is the one that counts."""
    try:
        done = CliRunner().invoke(group, words, catch_exceptions=False)
    except GloseError as error:
        return 1, str(error)
    return done.exit_code, done.stderr.strip()


CASES = {
    "agree gold.jsonl none.jsonl": "none.jsonl: no such file; check the path",
    "agree gold.jsonl empty.jsonl": "empty.jsonl: no documents; expected a layer of the corpus",
    "agree empty.jsonl gold.jsonl": "empty.jsonl: no documents; expected a layer of the corpus",
    "agree gold.jsonl blank.jsonl": "blank.jsonl: no documents; expected a layer of the corpus",
    "agree gold.jsonl gold.jsonl": "gold.jsonl: this layer is named twice; name each file once",
    "agree gold.jsonl a.jsonl --system a.jsonl": "a.jsonl: this layer is named twice",
    "agree gold.jsonl other.jsonl": "other.jsonl: d00: this document is missing; expected each",
    "agree gold.jsonl other.jsonl --missing ignore": (
        "gold.jsonl, other.jsonl: no document to compare; expected the same ids in two or more"
    ),
    "agree gold.jsonl half.jsonl": "half.jsonl: d06: this document is missing",
    "agree gold.jsonl bare.jsonl": (
        "nothing to compare: annotated (status.annotated of the first documents) are mentions in "
        "gold.jsonl; no list in bare.jsonl; expected mentions or events or labels in all of them"
    ),
    "agree gold.jsonl events.jsonl -u mentions": (
        "are mentions in gold.jsonl; events in events.jsonl; expected mentions in all of them"
    ),
    "agree gold.jsonl twice.jsonl": "twice.jsonl:2: d00: this id came in line 1 already",
    "agree gold.jsonl text.jsonl": "text.jsonl:1: d00: the text is not that of gold.jsonl",
    "agree gold.jsonl nan.jsonl": "nan.jsonl:1: not a JSON record (",
    "agree gold.jsonl a.jsonl -p conl": "no protocol is called 'conl'; did you mean 'conll'?",
    "agree gold.jsonl a.jsonl -p hipe2022": "hipe2022/strict: needs gold, so layers cannot be",
    "agree gold.jsonl a.jsonl -p cross_document": (
        "cross_document/mention: counts all documents at once, so layers cannot be compared by it"
    ),
    "compare gold.jsonl a.jsonl none.jsonl": "none.jsonl: no such file; check the path",
    "compare gold.jsonl a.jsonl a.jsonl": "a.jsonl: this system is named twice; name two that",
    "compare gold.jsonl a.jsonl empty.jsonl": "empty.jsonl: no documents; expected predictions",
    "compare empty.jsonl a.jsonl b.jsonl": "empty.jsonl: no documents; expected the gold corpus",
    "compare gold.jsonl a.jsonl deep.jsonl": "deep.jsonl:1: values within values without end",
    "compare gold.jsonl a.jsonl other.jsonl": "other.jsonl: d00: this document is missing",
    "compare half.jsonl a.jsonl b.jsonl": "a.jsonl:7: d06: this document is not in half.jsonl",
    "compare gold.jsonl a.jsonl half.jsonl": "half.jsonl: d06: this document is missing",
    "compare gold.jsonl a.jsonl bare.jsonl": "bare.jsonl: nothing to score: its first document",
    "compare gold.jsonl a.jsonl nan.jsonl": "nan.jsonl:1: not a JSON record (",
    "compare gold.jsonl a.jsonl b.jsonl -m entity/strikt": "did you mean 'entity/strict'?",
    "compare gold.jsonl a.jsonl b.jsonl -m cross_document/b3": "over all documents at once, so",
    "compare gold.jsonl a.jsonl b.jsonl --average weighted": "no average 'weighted' (there are:",
    "compare a.counts": (
        "a.counts: one system (a); expected two or more (glose evaluate merge puts saved counts"
    ),
    "compare a.counts b.counts": "a.counts: saved counts stand alone, for GOLD and PREDICTED",
    "compare gold.jsonl a.counts b.counts": "a.counts: saved counts stand alone",
    "score gold.jsonl a.counts": "a.counts: saved counts stand alone",
    "compare none.counts": "none.counts: one system (a)",
    "score none.counts": "none.counts: no documents in these counts; count again",
    "score nowhere.counts": "nowhere.counts: no such file; check the path",
    "score gold.jsonl utf16.jsonl": "utf16.jsonl:1: this looks like UTF-16; save it as UTF-8",
    "score cut.counts": "cut.counts:14: no line of counts (Input data was truncated); count again",
    "power gold.jsonl b.jsonl b.jsonl": "b.jsonl: this system is named twice",
    "power gold.jsonl a.jsonl none.jsonl": "none.jsonl: no such file; check the path",
    "gate gold.jsonl none.jsonl --min f1=1": "none.jsonl: no such file; check the path",
    "gate gold.jsonl empty.jsonl --min f1=1": "empty.jsonl: no documents; expected predictions",
    "gate gold.jsonl a.counts --min f1=1": "a.counts: saved counts stand alone",
    "gate gold.jsonl a.jsonl --min conll/chunk:f1=1": (
        "conll/chunk is not scored; choose it with -p conll/chunk"
    ),
    "gate gold.jsonl a.jsonl --min entity/strict:weighted:f1=1": (
        "entity/strict: no average 'weighted' (there are: micro, macro)"
    ),
    "gate gold.jsonl a.jsonl --no-worse-than none": "none: no such file; check the path",
    "gate gold.jsonl a.jsonl --no-worse-than gold.jsonl": "gold.jsonl: neither counts (score",
    "gate gold.jsonl a.jsonl --no-worse-than half.json": "half.json: scored on other gold",
    "gate gold.jsonl a.jsonl --no-worse-than half.counts": "half.counts: d00: gold is not what",
    "gate gold.jsonl a.jsonl --no-worse-than conll.counts": "conll.counts: no counts of entity",
    "gate gold.jsonl a.jsonl --no-worse-than cut.counts": "cut.counts:14: no line of counts",
    "merge a.counts none -o x": "none: no such file; check the path",
    "merge a.counts a.jsonl -o x": "a.jsonl: no counts; expected a file that score --save-counts",
    "merge a.counts empty.jsonl -o x": "empty.jsonl: no counts; expected a file that score",
    "merge a.counts a.counts -o x": "a.counts: d00: a has this document already, from a.counts",
    "merge a.counts conll.counts -o x": "conll.counts: counted with protocols conll, a.counts",
    "merge a.counts half.counts -o x": "half.counts: d00: gold is not what it is in a.counts",
    "merge b.counts cut.counts -o x": "cut.counts:14: no line of counts",
    "merge a.counts b.counts -o b.counts": "b.counts: this is an input too; name another file",
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", CASES)
def test_what_is_wrong_is_one_line(words: str) -> None:
    code, told = run(*words.split())
    assert code == 1
    assert CASES[words] in told
    assert "\n" not in told


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("agree gold.jsonl", "expected two LAYERs or more: files of the same documents"),
        ("agree gold.jsonl a.jsonl -u f2", "'f2' is not one of 'f1', 'mention-tokens'"),
        ("agree gold.jsonl a.jsonl --level nan", "nan is no level; expected one between 0 and 1"),
        ("compare gold.jsonl a.jsonl", "expected at least two predictions files beside GOLD"),
        ("compare gold.jsonl a.jsonl b.jsonl --level nan", "nan is no level"),
        ("power gold.jsonl a.jsonl b.jsonl --difference nan", "nan is no difference; expected"),
        ("power gold.jsonl a.jsonl b.jsonl --power nan", "nan is no level"),
        ("gate gold.jsonl a.jsonl", "expected --min or --no-worse-than, else there is nothing"),
        ("gate gold.jsonl a.jsonl --min f1=nan", "'f1=nan': 'nan' is no share; expected 0 to 1"),
        ("gate gold.jsonl a.jsonl --min f2=0.5", "no figure is called 'f2'; expected one of"),
        ("gate gold.jsonl a.jsonl --min f1=1 --alpha nan", "nan is no level"),
        ("merge -o x", "Missing argument 'COUNTS...'"),
    ],
)
def test_what_is_wrong_with_the_command_line_is_its_last_line(words: str, told: str) -> None:
    code, shown = run(*words.split())
    assert code == 2
    assert told in shown.splitlines()[-1]


def test_formats_are_told_apart_by_the_head_of_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of a gigabyte must not be searched by every format."""
    sizes: list[int] = []

    def detect(_: Path, head: bytes) -> bool:
        sizes.append(len(head))
        return False

    asked = replace(table.FORMATS["brat"], detect=detect)
    monkeypatch.setattr(table, "formats", lambda: {"brat": asked})
    path = tmp_path / "long.jsonl"
    path.write_bytes(b"a" * (table.HEAD + 1))
    with pytest.raises(InputError, match="not a JSON record"):
        survey(path)
    assert sizes == [table.HEAD]
