"""`glose evaluate report`: what the page shows is what the other commands compute."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glose.corpus import jsonl
from glose.corpus.document import Document, Mention, Status, fingerprint
from glose.evaluate import reporting
from glose.evaluate.commands import group

TEXT = "Anna Berg a vu Carl Dahl à Hama"


def layer(path: Path, *types: str | None) -> Path:
    """Write three documents with the mentions Anna Berg, Carl Dahl and Hama of these types."""
    spans = [(0, 9), (15, 24), (27, 31)]
    mentions = tuple(
        Mention(f"m{start}", name, start, end, text=TEXT[start:end])
        for name, (start, end) in zip(types, spans, strict=True)
        if name
    )
    jsonl.write(
        path,
        [
            Document(
                id=f"d{number}", layer=path.stem, text=TEXT, text_sha256=fingerprint(TEXT),
                mentions=mentions, status=Status("done", ("mentions",)),
            )
            for number in range(3)
        ],
    )  # fmt: skip
    return path


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return gold and two systems: one with a wrong type, one that misses a mention."""
    return [
        layer(tmp_path / "gold.jsonl", "PER", "PER", "GPE"),
        layer(tmp_path / "a.jsonl", "PER", "ORG", "GPE"),
        layer(tmp_path / "b.jsonl", "PER", None, "GPE"),
    ]


def run(*arguments: str | Path) -> Result:
    """Run a command of the group."""
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


def written(files: Sequence[Path], *options: str) -> str:
    """Return the page that the command writes."""
    target = files[0].with_name("out.html")
    result = run("report", *files, "-o", target, *options)
    assert result.exit_code == 0, result.output
    return target.read_text()


def mistakes(page: str) -> list[dict[str, object]]:
    """Return the mistakes embedded in a page."""
    found = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    rows: list[dict[str, object]] = json.loads(found[1])
    return rows


def test_the_scores_are_those_of_the_score_command(files: list[Path]) -> None:
    page = written(files)
    told = json.loads(run("score", *files, "--json", "-").stdout)

    assert told["signature"] in page.replace("&#39;", "'")
    assert [s["scores"][0]["f1"] for s in told["systems"]] == [pytest.approx(2 / 3), 0.8]
    assert "66.7" in page
    assert "80.0" in page


def test_every_mistake_of_every_system_is_there(files: list[Path]) -> None:
    rows = mistakes(written(files))

    assert [(row["system"], row["kind"]) for row in rows] == [
        *[("a", "wrong type")] * 3, *[("b", "missed")] * 3,
    ]  # fmt: skip


def test_a_limit_cuts_the_list_and_not_the_counts(files: list[Path]) -> None:
    page = written(files, "--limit", "1")

    assert [row["system"] for row in mistakes(page)] == ["a", "b"]
    assert "3 missed" in page


def test_two_systems_are_compared(files: list[Path]) -> None:
    assert 'id="differences"' in written(files)


def test_one_system_is_not_compared(files: list[Path]) -> None:
    assert 'id="differences"' not in written(files[:2])


def test_buckets_are_shown_where_they_are_asked_for(files: list[Path]) -> None:
    assert "entity/strict by language" in written(files, "--by", "language")


def test_the_same_files_give_the_same_page(files: list[Path]) -> None:
    assert written(files) == written(files)


def test_nothing_is_written_where_the_gold_is_at_fault(files: list[Path]) -> None:
    files[0].write_text("{\n")
    result = run("report", *files, "-o", files[0].with_name("out.html"))

    assert result.exit_code == 1
    assert not files[0].with_name("out.html").exists()


def test_gold_may_be_a_corpus_folder(files: list[Path]) -> None:
    """Then its gold.jsonl is meant."""
    told = json.loads(run("score", files[0].parent, files[2], "--json", "-").stdout)

    assert told["systems"][0]["scores"][0]["f1"] == 0.8


def test_buckets_of_single_items_are_shown_too(files: list[Path]) -> None:
    page = written(files, "--by", "seen", "--train", str(files[0]))

    assert "entity/strict by seen" in page


def test_repairs_of_each_system_are_shown(files: list[Path]) -> None:
    """What the third mention of b would give is what `repairs` says."""
    page = written(files)
    told = json.loads(
        run("repairs", files[0], files[2], "-p", "entity/strict", "--json", "-").stdout
    )
    kinds = {each["kind"]: each for each in told["layers"][0]["kinds"]}
    gain = 100 * (kinds["missed"]["alone"]["entity/strict"] - 0.8)

    assert 'id="repairs"' in page
    assert f">+{gain:.1f}</text>" in page


@pytest.fixture
def agreeing(files: list[Path]) -> list[Path]:
    """Return gold and two systems that both have Carl Dahl as an ORG."""
    return [*files[:2], layer(files[0].with_name("c.jsonl"), "PER", "ORG", "GPE")]


def test_suspects_of_gold_are_shown(agreeing: list[Path]) -> None:
    page = written(agreeing)
    told = json.loads(run("audit", *agreeing, "--folds", "0", "--json", "-").stdout)

    assert told["found"] == 3
    assert page.count('data-layer="entity"') == 3
    assert "The 3 likeliest of 3 places" in page
    assert all(line in page for line in told["suspects"][0]["evidence"])


def test_as_many_suspects_as_are_wanted(agreeing: list[Path]) -> None:
    page = written(agreeing, "--suspects", "1")

    assert "The 1 likeliest of 3 places" in page
    assert page.count('data-layer="entity"') == 1


def test_without_suspects_there_is_no_audit(files: list[Path]) -> None:
    assert 'id="audit"' not in written(files, "--suspects", "0")


def test_the_model_of_the_audit_speaks_only_if_it_is_asked(files: list[Path]) -> None:
    assert "too few documents or labels for a model" not in written(files)
    assert "too few documents or labels for a model" in written(files, "--folds", "2")


def test_an_audit_of_some_documents_says_so(
    agreeing: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "AUDITED", 2)
    page = written(agreeing)

    assert (
        "likeliest of 2 places at which gold may be wrong, in the first 2 of 3 documents" in page
    )


def test_people_stand_beside_the_systems(files: list[Path]) -> None:
    """People have F1 of 0.8, so that 2/3 is 83.3 % of it."""
    page = written(files[:2], "--human", str(files[2]))

    assert re.search(r"<td>80\.0</td><td class=\"left\">83\.3 <small>", page)
    assert page.count('<path class="person"') >= 1
    assert "F1 of people by the same metric (b)" in page


def test_without_people_there_is_nothing_about_them(files: list[Path]) -> None:
    page = written(files)

    assert "human F1" not in page
    assert '<path class="person"' not in page


def test_a_system_that_cannot_be_repaired_by_a_metric_is_left_out(files: list[Path]) -> None:
    """Labels have no kinds of errors."""
    target = files[0].with_name("labels.jsonl")
    record = {"id": "d0", "text": TEXT, "labels": [{"scheme": "s", "value": "v"}]}
    target.write_text(json.dumps(record) + "\n")
    page = written([target, target], "-p", "label/value")

    assert 'id="repairs"' not in page
