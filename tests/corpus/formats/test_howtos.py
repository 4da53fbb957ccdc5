"""The how-tos of docs/formats.md are run as they stand there, on files such as they are about."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

import glose.corpus

PAGE = Path(__file__).parents[3] / "docs" / "formats.md"
GLOSE = Path(sys.executable).with_name("glose")
SAMPLES = Path(__file__).parent / "samples"
HOWTOS = re.findall(r"^## (From .*)$", PAGE.read_text(), re.MULTILINE)


def section(name: str) -> str:
    return PAGE.read_text().split(f"## {name}\n")[1].split("\n## ")[0]


def blocks(name: str, language: str) -> list[str]:
    """Return the lines of the blocks of a how-to in a language."""
    found = re.findall(rf"```{language}\n(.*?)```", section(name), re.DOTALL)
    return [line for block in found for line in block.splitlines()]


# --------------------------------------------------------------------------------------------
# Files
# --------------------------------------------------------------------------------------------

TEXT = "Le chef Kassa a quitté Gao mardi. Il a fui vers le nord et le sud. \n"
ANNOTATED = """\
T1	PER 0 13	Le chef Kassa
T2	GPE 23 26	Gao
T3	DATE 27 32	mardi
T4	PER 34 36	Il
T5	Movement 16 22	quitté
T6	Flight 39 42	fui
T7	LOC 48 55;62 65	le nord sud
E1	Movement:T5 Agent:T1 Origin:T2
E2	Flight:T6 Agent:T4 Destination:T7 Cause:E1
A1	polarity E1 Positive
A2	certainty T3 high
N1	Reference T2 Wikidata:Q189723	Gao
*	Equiv T1 T4
R1	When Arg1:E1 Arg2:T3
#1	AnnotatorNotes T7	two places?
T8	GPE 23 99	Gao
"""


TOKENS = """\
-DOCSTART- O

Kassa B-PER
a O
quitté O
Gao B-LOC
. O

Le O
maire B-PER
de I-PER
Mopti I-PER
reste O
. O

-DOCSTART- O

Anna B-PER
Keita I-PER
parle O
à O
Kidal B-LOC
"""


def conll(folder: Path) -> None:
    wrong = TOKENS.replace("maire B-PER", "maire O").replace("de I-PER", "de O")
    wrong = wrong.replace("Mopti I-PER", "Mopti B-LOC")
    pairs = zip(TOKENS.splitlines(), wrong.splitlines(), strict=True)
    both = (f"{one} {other.split()[-1]}" if other else "" for one, other in pairs)
    (folder / "gold.conll").write_text(TOKENS, "utf-8")
    (folder / "sys.conll").write_text(wrong, "utf-8")
    (folder / "both.conll").write_text("".join(f"{line}\n" for line in both), "utf-8")


def brat(folder: Path) -> None:
    (folder / "brat").mkdir()
    (folder / "brat/d1.txt").write_text(TEXT, "utf-8")
    (folder / "brat/d1.ann").write_text(ANNOTATED, "utf-8")


POS = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS"
NAMED = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


def described(name: str, *features: str) -> str:
    own = "".join(
        f"<featureDescription><name>{one}</name>"
        "<rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>"
        for one in features
    )
    above = "<supertypeName>uima.tcas.Annotation</supertypeName>"
    return (
        f"<typeDescription><name>{name}</name>{above}<features>{own}</features></typeDescription>"
    )


def packed(user: str, end: int) -> bytes:
    """Return what INCEpTION packs of the work of a user: a mention and two parts of speech."""
    marks = "".join(
        f'<pos:POS xmi:id="{n}" sofa="1" begin="{n}" end="{n + 1}" PosValue="X"/>' for n in (2, 3)
    )
    named = f'<ner:NamedEntity xmi:id="4" sofa="1" begin="0" end="{end}" value="PER"/>'
    content = (
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
        f'xmlns:pos="http:///{POS.removesuffix(".POS").replace(".", "/")}.ecore" '
        f'xmlns:ner="http:///{NAMED.rsplit(".", 1)[0].replace(".", "/")}.ecore" xmi:version="2.0">'
        f"{marks}{named}"
        '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="Kassa a fui."/>'
        '<cas:View sofa="1" members="2 3 4"/></xmi:XMI>'
    )
    types = described(POS, "PosValue") + described(NAMED, "value", "identifier")
    head = '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">'
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr(f"{user}.xmi", content)
        described_ = f"{head}<types>{types}</types></typeSystemDescription>"
        archive.writestr("TypeSystem.xml", described_)
    return stream.getvalue()


def inception(folder: Path) -> None:
    with ZipFile(folder / "project.zip", "w") as archive:
        archive.writestr("exportedproject.json", "{}")
        for user, end in (("ana", 5), ("bob", 7), ("INITIAL_CAS", 5)):
            archive.writestr(f"annotation/d1.txt/{user}.zip", packed(user, end))


def label_studio(folder: Path) -> None:
    for name, start in (("export", 3), ("old", 4)):
        value = {"start": start, "end": start + 3, "text": "Gao", "labels": ["GPE"]}
        region = {"id": "a1", "from_name": "label", "to_name": "text", "type": "labels"}
        done = {"completed_by": 1, "result": [region | {"value": value}]}
        task = {"id": 1, "data": {"text": "😀 «Gao »"}, "annotations": [done]}
        (folder / f"{name}.json").write_text(json.dumps([task], indent=1), "utf-8")


def ace(folder: Path) -> None:
    shutil.copytree(SAMPLES / "ace", folder / "ace")


FILES: dict[str, Callable[[Path], None]] = {
    "From CoNLL": conll,
    "From brat": brat,
    "From INCEpTION": inception,
    "From Label Studio": label_studio,
    "From ACE": ace,
}


# --------------------------------------------------------------------------------------------
# Commands
# --------------------------------------------------------------------------------------------


def run(line: str) -> tuple[int, str]:
    done = subprocess.run([GLOSE, *shlex.split(line)[1:]], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def ran(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, str]:
    """Run the commands of a how-to; return its name and all that they and their files say."""
    name = str(request.param)
    monkeypatch.chdir(tmp_path)
    FILES[name](tmp_path)
    said = []
    for line in blocks(name, "sh"):
        code, output = run(line)
        assert code == 0, f"{line}\n{output}"
        said.append(output)
    said += [path.read_text("utf-8") for path in sorted(tmp_path.glob("rejects*"))]
    return name, "\n".join(said)


@pytest.mark.parametrize("ran", HOWTOS, indirect=True)
def test_a_how_to_runs_and_says_what_it_shows(ran: tuple[str, str]) -> None:
    name, said = ran
    shown = [line for line in blocks(name, "text") if not line.startswith("glose: ")]

    assert [line for line in shown if line not in said] == []


def test_every_how_to_has_files() -> None:
    assert set(HOWTOS) == FILES.keys()


def test_offsets_of_old_exports_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    label_studio(tmp_path)
    code, output = run("glose corpus convert old.json x.jsonl")
    (shown,) = (line for line in blocks("From Label Studio", "text") if line.startswith("glose: "))

    assert code == 1
    assert shown in output


@pytest.mark.parametrize("ran", ["From CoNLL"], indirect=True)
def test_gold_and_a_system_in_columns_are_paired(ran: tuple[str, str]) -> None:
    names = ("gold", "sys", "expected", "found")
    one, other, third, fourth = (list(glose.corpus.load(f"{name}.jsonl")) for name in names)

    assert [d.id for d in one] == [d.id for d in other] == ["test-1", "test-2"]
    assert [d.mentions for d in third] == [d.mentions for d in one]
    assert [d.mentions for d in fourth] == [d.mentions for d in other]


@pytest.mark.parametrize("ran", ["From INCEpTION"], indirect=True)
def test_what_goes_back_to_inception_is_the_layer(ran: tuple[str, str]) -> None:
    there = list(glose.corpus.load("ana.jsonl"))
    back = list(glose.corpus.load("back"))

    assert [m.text for d in back for m in d.mentions] == ["Kassa"]
    assert [d.mentions for d in back] == [d.mentions for d in there]
    assert [d.layer for d in glose.corpus.load("all.jsonl")] == ["ana", "bob"]
