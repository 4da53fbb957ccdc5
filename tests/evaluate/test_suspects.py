"""Suspect arguments, clusters and relations of gold, and how many planted errors are found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.evaluate.planted import cut, mended, plant, precision, records, repeated, write

from glose.corpus.document import Document
from glose.corpus.schema import Schema, parse
from glose.evaluate.auditing import audit
from glose.evaluate.results import Item
from glose.evaluate.suspects import Accusations, Held, Suspect, Witness

SAMPLE = Path(__file__).parents[2] / "corpus" / "samples" / "gold.jsonl"
TEXT = "Anna hit Omar in Hama . She left Anna and Omar ."

#: Mentions by the words that they are called by here.
PLACES = {
    "Anna": ("PER", 0, 4), "Omar": ("PER", 9, 13), "Hama": ("GPE", 17, 21), "She": ("PER", 24, 27),
    "Anna2": ("PER", 33, 37), "Omar2": ("PER", 42, 46),
}  # fmt: skip

Audited = Callable[..., list[Suspect]]


def record(
    args: str = "", clusters: tuple[str, ...] = (), relations: tuple[str, ...] = (),
    types: dict[str, str] | None = None, number: int = 1,
) -> dict[str, Any]:  # fmt: skip
    """Return a record in which `hit` has the arguments that `Actor=Anna` writes."""
    mentions = [
        {"id": name, "type": (types or {}).get(name, kind), "start": a, "end": b, "level": "NAM"}
        for name, (kind, a, b) in PLACES.items()
    ]
    arguments = [dict(zip(("role", "ref"), each.split("="), strict=True)) for each in args.split()]
    entities = [
        {"id": f"e{n}", "type": "PER", "mentions": each.split()} for n, each in enumerate(clusters)
    ]
    related = []
    for n, each in enumerate(relations):
        name, *ends = each.split()
        parts = [dict(zip(("role", "ref"), end.split("="), strict=True)) for end in ends]
        related.append({"id": f"r{n}", "type": name, "args": parts})
    event = {"id": "v1", "type": "HIT", "triggers": [{"start": 5, "end": 8}], "args": arguments}
    return {
        "id": f"d{number}", "text": TEXT, "mentions": mentions, "entities": entities,
        "events": [event], "relations": related,
    }  # fmt: skip


@pytest.fixture
def audited(tmp_path: Path) -> Audited:
    """Give a function that audits records of gold by those of systems, without a model."""

    def found(
        layer: str, gold: list[dict[str, Any]], *systems: list[dict[str, Any]],
        schema: Schema | None = None,
    ) -> list[Suspect]:  # fmt: skip
        paths = []
        for number, each in enumerate((gold, *systems)):
            paths.append(tmp_path / f"{number}.jsonl")
            paths[-1].write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in each))
        suspects = audit(paths[0], paths[1:], folds=0, schema=schema).suspects
        return [each for each in suspects if each.layer == layer]

    return found


def told(suspect: Suspect) -> tuple[str, str | None, str | None, float]:
    names = (f"{x.name} {x.text}" if x else None for x in (suspect.gold, suspect.proposed))
    return suspect.kind, *names, round(suspect.score, 2)  # type: ignore[return-value]  # two names


@pytest.mark.parametrize(("gold", "systems", "expected"), [
    pytest.param("", ["Actor=Anna"] * 3, ("missing", None, "HIT: Actor Anna", 0.77),
                 id="three have an argument that gold has not"),
    pytest.param("Actor=Anna", ["Target=Anna"] * 2,
                 ("role", "HIT: Actor Anna", "HIT: Target Anna", 0.7), id="another role"),
    pytest.param("Actor=Anna", ["", ""], ("superfluous", "HIT: Actor Anna", None, 0.35),
                 id="two have the event without it"),
    pytest.param("", ["Place=Hama", "Place=Hama", ""], ("missing", None, "HIT: Place Hama", 0.47),
                 id="two of three"),
])  # fmt: skip
def test_arguments_by_systems(
    gold: str, systems: list[str], expected: tuple[Any, ...], audited: Audited
) -> None:
    (suspect,) = audited("argument", [record(gold)], *([record(each)] for each in systems))

    assert told(suspect) == expected


@pytest.mark.parametrize(("gold", "systems"), [
    pytest.param("Actor=Anna", ["Actor=Anna"] * 2, id="all agree"),
    pytest.param("", ["Actor=Anna", ""], id="one of two"),
    pytest.param("Actor=Anna", ["Actor=Anna2"] * 2, id="another mention of the entity"),
])  # fmt: skip
def test_no_suspect_arguments(gold: str, systems: list[str], audited: Audited) -> None:
    clusters = ("Anna Anna2",)
    files = ([record(each, clusters)] for each in systems)

    assert audited("argument", [record(gold, clusters)], *files) == []


def test_a_filler_of_other_bounds(audited: Audited) -> None:
    """What overlaps the filler of gold in the same role is a boundary, not one thing too much."""
    systems = [record("Actor=Anna") for _ in range(2)]
    for each in systems:
        each["mentions"][0]["end"] = 2
    (suspect,) = audited("argument", [record("Actor=Anna")], *([each] for each in systems))

    assert told(suspect) == ("boundary", "HIT: Actor Anna", "HIT: Actor An", 0.7)


def test_a_part_of_a_filler_is_not_missing(audited: Audited) -> None:
    """One system has the filler of gold: two have other bounds, which weighs half then."""
    systems = [record("Actor=Anna") for _ in range(3)]
    for each in systems[:2]:
        each["mentions"][0]["end"] = 2
    (suspect,) = audited("argument", [record("Actor=Anna")], *([each] for each in systems))

    assert told(suspect) == ("boundary", "HIT: Actor Anna", "HIT: Actor An", 0.23)
    assert suspect.evidence == ("2 of 3 systems have 'An' as Actor",)


def test_two_triggers_of_the_same_words_are_two_places(audited: Audited) -> None:
    """The systems are one witness for each event, and what is told says which event it is."""
    gold, system = record("Actor=Anna"), record("")
    for each in (gold, system):
        again = {**each["events"][0], "id": "v2", "triggers": [{"start": 28, "end": 31}]}
        each["text"] = each["text"].replace("left", "hit ")
        each["events"].append(again)
    found = audited("argument", [gold], [system], [system])

    assert [told(each) for each in found] == [("superfluous", "HIT: Actor Anna", None, 0.35)] * 2
    assert {each.gold.trigger for each in found if each.gold} == {"hit (5-8)", "hit (28-31)"}
    assert all(len(each.evidence) == 1 for each in found)


def test_two_mentions_at_one_place_are_one_filler(audited: Audited) -> None:
    """The same words speak once for it, and count each other place once."""
    gold = [record("Actor=Anna", number=n) for n in (1, 2, 3)] + [record("", number=4)]
    for each in gold:
        each["mentions"].append({**each["mentions"][0], "id": "again", "type": "ORG"})
    found = [each for each in audited("argument", gold) if each.document == "d4"]

    assert [(each.score, each.evidence) for each in found] == [
        (0.45, ("'hit' with 'Anna' is Actor in 3 of 3 other places",))
    ]


def test_a_witness_speaks_once_for_a_proposal() -> None:
    """What it says twice counts as it weighs most; another witness adds to it."""
    held = Held(Document(id="d1", text=TEXT), ())
    found = Accusations(held, "argument")
    sayings: list[tuple[Witness, float, str]] = [
        ("systems", 0.2, "a"), ("systems", 0.5, "b"), ("systems", 0.4, "c"), ("model", 0.1, "d"),
    ]  # fmt: skip
    for witness, weight, said in sayings:
        found.add("missing", None, Item("GPE", ((17, 21),), "Hama"), witness, weight, said)
    (suspect,) = found.suspects()

    assert (suspect.score, suspect.evidence) == (0.55, ("b", "d"))


def test_the_same_pair_treated_otherwise(audited: Audited) -> None:
    gold = [record("Actor=Anna", number=n) for n in (1, 2, 3)] + [record("", number=4)]
    (suspect,) = audited("argument", gold)

    assert told(suspect) == ("missing", None, "HIT: Actor Anna", 0.45)
    assert suspect.document == "d4"
    assert suspect.evidence == ("'hit' with 'Anna' is Actor in 3 of 3 other places",)


HEAD = 'name = "s"\nversion = "1"\ndescription = "d"\n'
LOOK = 'description = "d"\ncolour = "#c2410c"\n'
SCHEMA = parse(
    (
        HEAD
        + "".join(
            f'[mentions.{name}]\n{LOOK}key = "{name[0].lower()}"\n' for name in ("PER", "GPE")
        )
        + '[roles.Actor]\ndescription = "d"\nkey = "a"\nfillers = ["PER"]\nmin = 1\n'
        + f'[events.HIT]\n{LOOK}key = "h"\nroles = ["Actor"]\n'
    ).encode(),
    "schema.toml",
)


def test_the_schema_judges_an_event_without_a_trigger(audited: Audited) -> None:
    gold = record("Actor=Hama")
    gold["events"][0]["triggers"] = []
    (suspect,) = audited("argument", [gold], schema=SCHEMA)

    assert told(suspect) == ("filler type", "HIT: Actor Hama", None, 0.7)


@pytest.mark.parametrize(("args", "expected"), [
    ("Actor=Hama", ("filler type", "HIT: Actor Hama", None, 0.7)),
    ("", ("required role", "HIT hit", "HIT: Actor ", 0.7)),
])  # fmt: skip
def test_arguments_by_schema(args: str, expected: tuple[Any, ...], audited: Audited) -> None:
    (suspect,) = audited("argument", [record(args)], schema=SCHEMA)

    assert told(suspect) == expected


@pytest.mark.parametrize(("gold", "systems", "expected"), [
    pytest.param(("Anna", "She"), [("Anna She",)] * 2, ("separate", "PER She", "PER Anna", 0.7),
                 id="systems link two clusters"),
    pytest.param(("Anna She",), [("Anna", "She")] * 3, ("together", "PER Anna", "PER She", 0.38),
                 id="systems keep them apart"),
])  # fmt: skip
def test_clusters_by_systems(
    gold: tuple[str, ...], systems: list[tuple[str, ...]], expected: tuple[Any, ...],
    audited: Audited,
) -> None:  # fmt: skip
    files = ([record("", each)] for each in systems)
    found = audited("coreference", [record("", gold)], *files)

    assert told(found[0]) == expected


def test_names_that_are_the_same(audited: Audited) -> None:
    """Anna is two entities in one document and one in three; Omar is one in all four."""
    usual, odd = ("Anna Anna2", "Omar Omar2"), ("Anna", "Anna2", "Omar Omar2")
    gold = [record("", usual, number=n) for n in (1, 2, 3)] + [record("", odd, number=4)]
    (suspect,) = audited("coreference", gold)

    assert (suspect.document, suspect.kind) == ("d4", "separate")
    assert suspect.evidence == (
        "the name is the same; 7 of 8 pairs of equal names are in one cluster",
    )


def test_clusters_of_several_types(audited: Audited) -> None:
    gold = [record("", ("Anna Anna2 She",), number=n) for n in (1, 2, 3)]
    gold.append(record("", ("Anna Anna2 She",), types={"She": "GPE"}, number=4))
    (suspect,) = audited("coreference", gold)

    assert told(suspect)[:3] == ("mixed types", "GPE She", None)
    assert suspect.evidence == ("its cluster has 2 PER, 1 GPE; 3 of 4 clusters have one type",)


@pytest.mark.parametrize(("gold", "systems", "expected"), [
    pytest.param((), [("K a=Anna b=Omar",)] * 2, ("missing", None, "K a: Anna, b: Omar", 0.7),
                 id="missing"),
    pytest.param(("L a=Anna b=Omar",), [("K a=Anna b=Omar",)] * 2,
                 ("type", "L a: Anna, b: Omar", "K a: Anna, b: Omar", 0.7), id="type"),
    pytest.param(("K a=Anna b=Omar",), [()] * 2, ("superfluous", "K a: Anna, b: Omar", None, 0.35),
                 id="superfluous"),
])  # fmt: skip
def test_relations(
    gold: tuple[str, ...], systems: list[tuple[str, ...]], expected: tuple[Any, ...],
    audited: Audited,
) -> None:  # fmt: skip
    files = ([record("", (), each)] for each in systems)
    (suspect,) = audited("relation", [record("", (), gold)], *files)

    assert told(suspect) == expected


@pytest.mark.parametrize(("layer", "least"), [
    ("entity", 0.8), ("argument", 0.5), ("coreference", 0.7),
])  # fmt: skip
def test_planted_errors_are_among_the_first_ten(layer: str, least: float, tmp_path: Path) -> None:
    """One item in twenty of each layer is wrong; by chance, one suspect in ten would be."""
    gold, planted = plant(records(SAMPLE), 0.05, seed=1)
    found = audit(write(tmp_path / "gold.jsonl", gold), []).suspects

    assert precision(found, planted, layer, 10) >= least


def test_systems_find_planted_errors(tmp_path: Path) -> None:
    """Three systems that each err in one item of ten find most of what is wrong in gold."""
    true = records(SAMPLE)[:30]
    gold, planted = plant(true, 0.05, seed=1)
    systems = [
        write(tmp_path / f"{seed}.jsonl", plant(true, 0.1, seed)[0]) for seed in (11, 12, 13)
    ]
    found = audit(write(tmp_path / "gold.jsonl", gold), systems, folds=0).suspects

    for layer in ("entity", "argument", "coreference"):
        assert precision(found, planted, layer) >= 0.65


def test_cut_mentions_are_mended_by_the_same_words(tmp_path: Path) -> None:
    """Of mentions that lost a word and are whole in two other places, no system knowing them."""
    gold, planted = cut(records(SAMPLE), 0.05, seed=1)
    known = repeated(gold, planted, 2)
    found = audit(write(tmp_path / "gold.jsonl", gold), [], folds=0).suspects

    assert len(known) >= 10
    assert mended(found, known, len(planted)) >= 0.8


def test_systems_mend_cut_mentions(tmp_path: Path) -> None:
    """Three systems that each err in one item of ten: as many suspects as errors are looked at."""
    true = records(SAMPLE)
    gold, planted = cut(true, 0.05, seed=1)
    systems = [
        write(tmp_path / f"{seed}.jsonl", plant(true, 0.1, seed)[0]) for seed in (11, 12, 13)
    ]
    found = audit(write(tmp_path / "gold.jsonl", gold), systems, folds=0).suspects

    assert mended(found, planted) >= 0.7


def test_only_the_first_documents(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", records(SAMPLE)[:9])

    assert audit(gold, [], folds=0, documents=4).documents == 4
