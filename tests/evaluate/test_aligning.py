"""Offsets for systems that quote."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluate.conftest import Record
from tests.evaluate.parity.records import record as generated
from tests.evaluate.parity.records import small

from glose.cli import commands
from glose.corpus.errors import GloseError
from glose.corpus.jsonl import read
from glose.evaluate.aligning import Manner, align
from glose.evaluate.folding import fold, folded
from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.quotations import Quotable
from glose.evaluate.quoting import Placing, Quote
from glose.evaluate.scoring import score

TEXT = "L’armée a attaqué Hama. À Hama, vendredi, le premier ministre Omar al-Bachir a nié."


@pytest.mark.parametrize(("quote", "way", "covered"), [
    pytest.param("Hama", "exact", "Hama", id="as it stands"),
    pytest.param("L'ARMÉE", "normalised", "L’armée", id="case and apostrophe"),
    pytest.param("le  premier\nministre", "normalised", "le premier ministre", id="white space"),
    pytest.param("L'arme\u0301e", "normalised", "L’armée", id="a letter in two code points"),
    pytest.param("Omar al–Bachir", "normalised", "Omar al-Bachir", id="another dash"),
    pytest.param('"vendredi"', "normalised", "vendredi", id="quotation marks around it"),
    pytest.param("vendredi.", "normalised", "vendredi", id="a full stop too many"),
    pytest.param("Omar al-Bashir", "fuzzy", "Omar al-Bachir", id="another spelling"),
    pytest.param("premiers ministres", "fuzzy", "premier ministre", id="another number"),
    pytest.param("le premier ... al-Bachir", "fuzzy", "le premier ministre Omar al-Bachir",
                 id="words left out"),
    pytest.param("atta", "exact", "atta", id="a part of a word"),
])  # fmt: skip
def test_a_quote_is_found(quote: str, way: str, covered: str) -> None:
    found = Quotable(TEXT).find(quote)

    assert found is not None
    start, end = found.places[0]
    assert (found.way, TEXT[start:end]) == (way, covered)


@pytest.mark.parametrize("quote", ["Damas", "", " ", "...", "le président Bachar el-Assad", "ma"])
def test_a_quote_that_is_nowhere(quote: str) -> None:
    assert Quotable(TEXT).find(quote) is None


def test_all_places_of_a_word_are_told() -> None:
    found = Quotable("ha Hama, Hama; Hamas").find("Hama")

    assert found is not None
    assert found.places == ((3, 7), (9, 13))


@given(st.text(max_size=60))
def test_folding_knows_where_it_came_from(text: str) -> None:
    """Each folded character comes from a place of the text, in its order."""
    found = folded(text)

    assert len(found.text) == len(found.starts) == len(found.ends)
    assert found.starts == sorted(found.starts)
    assert all(0 <= a < b <= len(text) for a, b in zip(found.starts, found.ends, strict=True))


@given(st.text(alphabet="ab é’«-", min_size=1, max_size=40), st.data())
def test_what_stands_in_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    found = Quotable(text).find(word)

    assert found is not None
    start, end = found.places[0]
    assert (
        fold(text[start:end]).strip(" \"'-") == fold(word).strip(" \"'-") or found.way == "fuzzy"
    )


def placed(text: str, *quotes: Quote) -> list[int | None]:
    """Return where the quotes of a list are placed."""
    found = Placing(Quotable(text)).listed(quotes)
    return [None if each is None else each.place[0] for each in found]


def quote(text: str, type_: str = "GPE", **hints: Any) -> Quote:  # noqa: ANN401  # each its own
    return Quote("mentions[0]", type_, text, **hints)


@pytest.mark.parametrize(("quotes", "starts"), [
    pytest.param([quote("a")], [0], id="the first place, if nothing tells"),
    pytest.param([quote("a"), quote("a")], [0, 4], id="what is given twice stands twice"),
    pytest.param([quote("a"), quote("a", "PER")], [0, 0], id="another type takes nothing away"),
    pytest.param([quote("b"), quote("a")], [2, 4], id="after what stands before it"),
    pytest.param([quote("a"), quote("b"), quote("a"), quote("c")], [0, 2, 4, 6], id="between"),
    pytest.param([quote("c"), quote("b"), quote("a")], [6, 2, 0],
                 id="a list in disorder tells nothing"),
    pytest.param([quote("a", start=7)], [8], id="the nearest to a hint"),
    pytest.param([quote("a", context="c a")], [8], id="within its context"),
    pytest.param([quote("a", context="x y z")], [0], id="a context that is nowhere"),
    pytest.param([quote("x")], [None], id="nowhere"),
])  # fmt: skip
def test_of_several_places(quotes: list[Quote], starts: list[int | None]) -> None:
    assert placed("a b a c a", *quotes) == starts


def test_of_several_places_the_one_near_is_taken() -> None:
    found = Placing(Quotable("a b a c a")).single(quote("a"), near=[8])

    assert found is not None
    assert (found.place, found.by, found.ambiguous) == ((8, 9), "near", True)


@pytest.mark.parametrize(("near", "start", "by"), [
    pytest.param(8, 20, "same sentence", id="farther, but in the sentence"),
    pytest.param(0, 0, "near", id="the place itself, where all are in one sentence"),
    pytest.param(24, 20, "same sentence", id="the end of the sentence"),
    pytest.param(30, 20, "near", id="no place in the sentence"),
])  # fmt: skip
def test_a_place_in_the_same_sentence_comes_first(near: int, start: int, by: str) -> None:
    """Sentences end at 6, 25 and 40."""
    ends = (25, 40) if near == 0 else (6, 25, 40)
    text = "lundi. Anna va à la lundi. Elle reste."
    found = Placing(Quotable(text), ends).single(quote("lundi"), near=[near])

    assert found is not None
    assert (found.place[0], found.by) == (start, by)


def test_of_several_places_in_the_sentence_the_nearest_is_taken() -> None:
    found = Placing(Quotable("a. a b a. a"), (2, 9, 11)).single(quote("a"), near=[5])

    assert found is not None
    assert (found.place[0], found.by) == (3, "same sentence")


def aligned(gold: Path, quotes: Path, **manner: Any) -> tuple[Any, Any]:  # noqa: ANN401  # each its own
    output = gold.with_name("out.jsonl")
    report = align(gold, quotes, output, manner=Manner(**manner))
    (document,) = read(output)
    return document, report


@pytest.fixture
def files(save: Callable[..., Path]) -> Callable[..., tuple[Path, Path]]:
    def make(**lists: object) -> tuple[Path, Path]:
        gold: Record = {"id": "d1", "text": TEXT, "mentions": [], "events": []}
        return save("gold.jsonl", gold), save("llm.jsonl", {"id": "d1", **lists})

    return make


def test_an_event_is_placed_whole(files: Callable[..., tuple[Path, Path]]) -> None:
    event = {
        "type": "Attack",
        "trigger": "attaqué",
        "args": [{"role": "Target", "text": "Hama"}, {"role": "Place", "text": "Alep"}],
    }
    document, report = aligned(*files(events=[event]))
    (found,) = document.events

    assert TEXT[found.triggers[0].start : found.triggers[0].end] == "attaqué"
    (segment,) = document.segments
    assert (segment.start, found.args[0].ref) == (18, segment.id)
    assert found.args[1].value == "Alep"
    assert [each["path"] for each in report.rejects] == ["events[0].args[1]"]
    assert document.status.annotated == ("events",)


@pytest.mark.parametrize("segments", [
    pytest.param([(0, 24), (25, 58)], id="sentences of the record"),
    pytest.param([], id="sentences by their full stops"),
])  # fmt: skip
def test_an_argument_is_in_the_sentence_of_its_trigger(
    segments: list[tuple[int, int]], save: Callable[..., Path]
) -> None:
    """The `lundi` before is nearer in characters."""
    text = "Anna a vu Hama un lundi. Elle vit de nouveau à Oran lundi."
    sentences = [
        {"id": f"s{start}", "type": "sentence", "start": start, "end": end}
        for start, end in segments
    ]
    event = {"type": "A", "trigger": "vit", "args": [{"role": "Date", "text": "lundi"}]}
    gold = save("gold.jsonl", {"id": "d1", "text": text, "segments": sentences, "events": []})
    document, report = aligned(gold, save("llm.jsonl", {"id": "d1", "events": [event]}))

    (found,) = [each for each in document.segments if each.type == "quote"]
    assert (found.start, dict(report.by)) == (text.rindex("lundi"), {"same sentence": 1})


def test_an_argument_is_the_mention_at_its_place(files: Callable[..., tuple[Path, Path]]) -> None:
    mentions = [{"id": "m7", "type": "GPE", "text": "Hama"}]
    event = {"type": "A", "trigger": "attaqué", "args": [{"role": "T", "text": "Hama"}]}
    document, _ = aligned(*files(mentions=mentions, events=[event]))

    assert document.events[0].args[0].ref == "m7"
    assert document.segments == ()


@pytest.mark.parametrize(("manner", "extra", "events"), [
    ("keep", ["unplaced:mention:GPE", "unplaced:trigger:A"], 1),
    ("drop", [], 0),
])  # fmt: skip
def test_what_has_no_place(
    manner: str, extra: list[str], events: int, files: Callable[..., tuple[Path, Path]]
) -> None:
    lists = {
        "mentions": [{"type": "GPE", "text": "Alep"}],
        "events": [{"type": "A", "trigger": "nul"}],
    }
    document, report = aligned(*files(**lists), unplaced=manner)

    assert ([each.name for each in document.extra], len(document.events)) == (extra, events)
    assert report.ways["not found"] == 2


def test_a_quote_may_stand_for_all_its_places(files: Callable[..., tuple[Path, Path]]) -> None:
    document, _ = aligned(*files(mentions=[{"type": "GPE", "text": "Hama"}]), every=True)

    assert [m.start for m in document.mentions] == [18, 26]
    assert len({m.id for m in document.mentions}) == 2


def test_what_has_offsets_keeps_them(files: Callable[..., tuple[Path, Path]]) -> None:
    document, report = aligned(*files(mentions=[{"type": "GPE", "start": 26, "end": 30}]))

    assert (document.mentions[0].start, sum(report.ways.values())) == (26, 0)


@pytest.mark.parametrize(("lists", "message"), [
    ({"mentions": 3}, r"mentions is 3: expected `array`, got `int`; write it like [{"),
    ({"mentions": ["Hama"]}, 'mentions[0] is "Hama": expected `object`, got `str`; write it '),
    ({"mentions": ["Hama"]}, '; write it like {"type": "GPE", "text": "Hama"}'),
    ({"mentions": [{"text": "a" * 99}]}, "…: object missing required field `type`; write it "),
    ({"mentions": [{"type": "GPE", "text": 3}]}, "mentions[0].text is 3: expected `str | null`"),
    ({"events": [{}]}, "events[0] is {}: object missing required field `type`"),
    ({"events": [{"type": "A", "trigger": 3}]}, 'write it like "attaqué" or {"text": "attaqué"}'),
    ({"events": [{"type": "A", "args": ["Hama"]}]}, 'events[0].args[0] is "Hama": expected'),
    ({"events": [{"type": "A", "args": [{"text": "Hama"}]}]}, "missing required field `role`"),
    ({"events": [{"type": "A", "args": {"T": "Hama"}}]}, 'write it like [{"role": "Target", '),
    ({"entities": [{"type": "A", "mentions": [3]}]}, 'write it like {"type": "GPE", "mentions"'),
    ({"extra": 3}, "extra is 3: expected `array`, got `int`"),
    ({"mentions": [{"type": "GPE", "end": 3}]}, "missing required field `start`"),
])  # fmt: skip
def test_what_is_no_record_is_refused(
    lists: dict[str, object], message: str, files: Callable[..., tuple[Path, Path]]
) -> None:
    with pytest.raises(GloseError, match=r"llm\.jsonl:1: d1") as caught:
        aligned(*files(**lists))

    assert message in str(caught.value)


@pytest.mark.parametrize("text", [None, ""])
def test_an_empty_quote_has_no_place(
    text: str | None, files: Callable[..., tuple[Path, Path]]
) -> None:
    _, report = aligned(*files(mentions=[{"type": "GPE", "text": text}]))

    assert [each["reason"] for each in report.rejects] == ["the quote is empty"]


def test_a_file_without_records_is_refused(files: Callable[..., tuple[Path, Path]]) -> None:
    gold, quotes = files()
    quotes.write_text("\n")
    with pytest.raises(GloseError, match=r"llm\.jsonl: no records; expected those that quote"):
        align(gold, quotes, gold.with_name("out.jsonl"))


def test_a_document_that_gold_has_not_is_refused_or_passed_over(
    files: Callable[..., tuple[Path, Path]],
) -> None:
    gold, quotes = files(mentions=[{"type": "GPE", "text": "vendredi"}])
    with quotes.open("a") as stream:
        stream.write('{"id": "d2", "mentions": []}\n')
    named = ["align", str(gold), str(quotes), "-o", str(gold.with_name("out.jsonl"))]
    refused, passed = (
        CliRunner().invoke(commands, ["evaluate", *named, *options])
        for options in ((), ("--extra", "ignore"))
    )

    assert (refused.exit_code, passed.exit_code) == (1, 0)
    assert "or say --extra ignore" in str(refused.exception)
    assert [each.id for each in read(gold.with_name("out.jsonl"))] == ["d1"]


def stripped(each: Record) -> Record:
    """Return a generated document as a system would quote it."""
    found: Any = generated(each)
    mentions = [{k: m[k] for k in ("id", "type", "text")} for m in found["mentions"]
                if not m["fragments"]]  # fmt: skip
    texts = {m["id"]: m["text"] for m in mentions}
    events = [
        {
            "type": event["type"],
            "trigger": event["triggers"][0]["text"],
            "args": [{"role": a["role"], "text": texts[a["ref"]]} for a in event["args"]
                     if a["ref"] in texts],
        }
        for event in found["events"]
    ]  # fmt: skip
    return {"id": found["id"], "mentions": mentions, "events": events}


def test_gold_that_is_quoted_is_gold_again(tmp_path: Path) -> None:
    """Of continuous mentions of two sets nearly all come back to their own places."""
    gold, quotes, output = (tmp_path / f"{name}.jsonl" for name in ("gold", "quotes", "out"))
    each = sorted(small("seed1", "gold")[:20], key=lambda d: d["id"])
    gold.write_bytes(b"".join(msgspec.json.encode(generated(d)) + b"\n" for d in each))
    quotes.write_bytes(b"".join(msgspec.json.encode(stripped(d)) + b"\n" for d in each))
    report = align(gold, quotes, output)
    options = Options(protocols=("quotes",), sampling=Sampling(0))
    (system,) = score(gold, [output], options=options).systems
    figures = {name: system.find(name) for name in system.metrics}

    assert not report.rejects
    assert figures["quote/mention"].precision == 1  # type: ignore[union-attr]  # it was scored
    assert (figures["quote/mention-placed"].precision or 0) > 0.95  # type: ignore[union-attr]  # so was it
    assert (figures["quote/trigger-placed"].precision or 0) > 0.7  # type: ignore[union-attr]  # so was it


def test_a_long_text_takes_no_square() -> None:
    """Four times the text and the quotes takes about four times as long, not sixteen."""

    def spent(size: int) -> float:
        words = [f"mot{n % 997} nom{n}" for n in range(size)]
        text = " ".join(words)
        start = process_time()
        Placing(Quotable(text)).listed([quote(each) for each in words])
        return process_time() - start

    spent(200)
    assert spent(8000) < 10 * max(spent(2000), 0.02)


def test_the_command(files: Callable[..., tuple[Path, Path]]) -> None:
    paths = files(mentions=[{"type": "GPE", "text": "Alep"}, {"type": "GPE", "text": "hama"}])
    output = paths[0].with_name("out.jsonl")
    done = CliRunner().invoke(
        commands,
        ["evaluate", "align", *map(str, paths), "-o", str(output)],
        catch_exceptions=False,
    )
    rejects = json.loads(output.with_name("out.rejects.jsonl").read_bytes())

    assert done.exit_code == 0
    assert "  not found        1" in done.stdout.splitlines()
    assert (rejects["quote"], rejects["reason"]) == ("Alep", "nothing like it in the text")


def test_the_json(files: Callable[..., tuple[Path, Path]]) -> None:
    paths = files(mentions=[{"type": "GPE", "text": "Hama"}])
    named = ["-o", str(paths[0].with_name("out.jsonl")), "--json", "-"]
    done = CliRunner().invoke(commands, ["evaluate", "align", *map(str, paths), *named])

    assert json.loads(done.stdout) == {
        "documents": 1, "quotes": 1, "ambiguous": 1, "rejects": [],
        "ways": {"exact": 1, "normalised": 0, "fuzzy": 0, "not found": 0},
        "decided by": {"first": 1},
    }  # fmt: skip


def test_the_output_is_no_input(files: Callable[..., tuple[Path, Path]]) -> None:
    paths = files(mentions=[])
    done = CliRunner().invoke(
        commands, ["evaluate", "align", *map(str, paths), "-o", str(paths[1])]
    )

    assert done.exit_code == 1
