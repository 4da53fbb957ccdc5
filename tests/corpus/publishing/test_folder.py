"""Publishing, as a user does it: what the folder holds, who opens it, and what is refused."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import datasets
import mlcroissant
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from glose.cli import commands
from glose.corpus import arrow, jsonl, manifest
from glose.corpus.document import Document, Mention, Meta, Status, fingerprint
from glose.corpus.errors import GloseError
from glose.corpus.publishing import texts
from glose.corpus.publishing.folder import Options, publish
from glose.corpus.testing import documents

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "corpus" / "samples"
TEXT = "Des frappes ont tué 🙂 douze civils à Sarmine."
Build = Callable[..., Path]
#: What mlcroissant calls of rdflib and pandas will not be there for ever.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:The inplace keyword"),
]


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let nothing reach the network, and keep what `datasets` caches out of the home."""

    def refuse(*_: object) -> None:
        raise OSError("there is no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()


def made(ident: str, layer: str = "gold", **meta: str) -> Document:
    """Return a document with a mention."""
    mention = Mention("m1", "PER", 22, 34, text=TEXT[22:34])
    return Document(
        id=ident,
        layer=layer,
        language="fr",
        text=TEXT,
        text_sha256=fingerprint(TEXT),
        meta=Meta(**{"rights": "CC BY 4.0", **meta}),  # type: ignore[arg-type]  # strings all
        mentions=(mention,),
        status=Status(annotated=("mentions",)),
    )


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Return a function that writes a corpus folder of files by name, and splits."""

    def write(splits: dict[str, list[str]] | None = None, **files: list[Document]) -> Path:
        folder = tmp_path / "corpus"
        folder.mkdir()
        for name, content in files.items():
            jsonl.write(folder / f"{name}.jsonl", content, check=False)
        manifest.write(folder, manifest.of(folder, name="essai", splits=splits))
        return folder

    return write


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample corpus as it is built."""
    folder = tmp_path_factory.mktemp("sample") / "corpus"
    config = SAMPLE / "glose.toml"
    done = CliRunner().invoke(
        commands, ["corpus", "build", "--config", str(config), "-o", str(folder)]
    )
    assert done.exit_code == 0
    return folder


def loaded(folder: Path, config: str) -> list[Document]:
    """Return what `datasets` gives of all splits of a configuration, by id."""
    found = datasets.load_dataset(str(folder), config)
    rows = [one for split in found.values() for one in arrow.from_dataset(split)]
    return sorted(rows, key=lambda document: document.id)


def front(folder: Path) -> dict[str, Any]:
    """Return the top of the card."""
    found: dict[str, Any] = yaml.safe_load((folder / "README.md").read_text().split("---\n")[1])
    return found


@pytest.fixture(scope="module")
def published(sample: Path) -> Path:
    """Return the sample corpus as it is published."""
    folder = sample.parent / "published"
    publish(sample, folder, Options())
    return folder


class TestTheSample:
    @pytest.mark.parametrize("layer", ["gold", "second"])
    def test_datasets_gives_the_same_records(
        self, sample: Path, published: Path, layer: str
    ) -> None:
        assert loaded(published, layer) == list(jsonl.read(sample / f"{layer}.jsonl"))

    def test_splits_are_those_of_the_corpus(self, sample: Path, published: Path) -> None:
        found = datasets.load_dataset(str(published))

        assert {name: tuple(rows["id"]) for name, rows in found.items()} == dict(
            manifest.splits_of(sample)
        )

    def test_glose_gives_the_same_bytes(
        self, sample: Path, published: Path, tmp_path: Path
    ) -> None:
        target = tmp_path / "gold.jsonl"
        done = CliRunner().invoke(
            commands, ["corpus", "convert", str(published), str(target), "--strict"]
        )

        assert done.exit_code == 0
        assert target.read_bytes() == (sample / "gold.jsonl").read_bytes()

    def test_the_loading_example_runs(
        self, sample: Path, published: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(published.parent)
        card = (published / "README.md").read_text()
        known: dict[str, Any] = {"print": lambda *_: None}
        for block in re.findall(r"```python\n(.*?)```", card, re.DOTALL):
            exec(block, known)

        assert known["documents"] == list(manifest.documents(sample, "train", layer="gold"))

    def test_croissant_is_valid_and_gives_the_records(self, sample: Path, published: Path) -> None:
        found = mlcroissant.Dataset(jsonld=published / "croissant.json")
        records = list(found.records("second/test"))
        expected = list(jsonl.read(sample / "second.jsonl"))

        assert not list(found.metadata.ctx.issues.errors)
        assert {one.id for one in found.metadata.record_sets} == {
            "gold/train", "gold/dev", "gold/test", "second/test",
        }  # fmt: skip
        assert [r["second/test/text"].decode() for r in records] == [d.text for d in expected]
        name = "second/test/mentions"
        assert [
            [(m[f"{name}/type"].decode(), m[f"{name}/start"], m[f"{name}/end"]) for m in r[name]]
            for r in records
        ] == [[(m.type, m.start, m.end) for m in d.mentions] for d in expected]

    def test_the_top_of_the_card(self, published: Path) -> None:
        top = front(published)

        assert (top["license"], top["language"]) == ("apache-2.0", ["fr"])
        assert top["size_categories"] == ["n<1K"]
        assert [one["config_name"] for one in top["configs"]] == ["gold", "second"]
        assert top["task_ids"] == ["named-entity-recognition", "coreference-resolution"]

    def test_the_card_counts_right(self, published: Path) -> None:
        card = (published / "README.md").read_text()

        assert "| `gold` | `train` | 36 | 6,043 | 1,268 | 515 | 444 |" in card
        assert "| La Dépêche des Lacs | Apache-2.0 | 3 |" in card
        assert "| `ASSAULT` | 170 | bombing" in card

    def test_the_schema_comes_along(self, sample: Path, published: Path) -> None:
        assert (published / "schema.toml").read_bytes() == (sample / "schema.toml").read_bytes()

    def test_the_same_corpus_is_the_same_bytes(
        self, sample: Path, published: Path, tmp_path: Path
    ) -> None:
        publish(sample, tmp_path / "published", Options())
        one, other = (
            {path.relative_to(home): path.read_bytes() for path in home.rglob("*.*")}
            for home in (published, tmp_path / "published")
        )

        assert one == other

    def test_hashes_are_those_of_the_files(self, published: Path) -> None:
        described = json.loads((published / "croissant.json").read_bytes())

        assert described["distribution"]
        for file in described["distribution"]:
            assert manifest.digest(published / file["contentUrl"]) == file["sha256"]


@settings(
    deadline=None,
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(given_=st.lists(documents(), min_size=1, max_size=3, unique_by=lambda d: d.id))
def test_any_documents_come_back(
    tmp_path_factory: pytest.TempPathFactory, given_: list[Document]
) -> None:
    home = tmp_path_factory.mktemp("any")
    jsonl.write(home / "any.jsonl", [replace(one, meta=Meta(rights="MIT")) for one in given_])
    publish(home / "any.jsonl", home / "out", Options())

    assert loaded(home / "out", "any") == list(jsonl.read(home / "any.jsonl"))
    assert mlcroissant.Dataset(jsonld=home / "out" / "croissant.json")


def test_a_corpus_that_has_changed_is_not_taken_for_the_one_before(tmp_path: Path) -> None:
    """Published to a folder of the same name: `datasets` has the earlier one in its cache."""
    for ident in ("a", "b"):
        home = tmp_path / ident
        jsonl.write(home / "gold.jsonl", [made(ident)])
        publish(home / "gold.jsonl", home / "out", Options())
        assert [one.id for one in loaded(home / "out", "gold")] == [ident]


def test_documents_in_no_split_are_in_one_of_their_own(build: Build, tmp_path: Path) -> None:
    corpus = build({"train": ["a"]}, gold=[made("a"), made("b")])
    publish(corpus, tmp_path / "out", Options())
    found = datasets.load_dataset(str(tmp_path / "out"))

    assert {name: rows["id"][:] for name, rows in found.items()} == {
        "train": ["a"],
        "unassigned": ["b"],
    }


@pytest.mark.parametrize(
    ("files", "configs"),
    [
        pytest.param({"documents": ["a", "b"], "gold": ["a", "b"]}, ["gold"], id="repeated"),
        pytest.param({"documents": ["a", "b"], "gold": ["a"]}, ["gold", "documents"], id="more"),
        pytest.param({"documents": ["a"]}, ["documents"], id="nothing else"),
        pytest.param({"zeta": ["a"], "gold": ["a"]}, ["gold", "zeta"], id="gold is first"),
    ],
)
def test_which_files_are_published(
    build: Build, tmp_path: Path, files: dict[str, list[str]], configs: list[str]
) -> None:
    corpus = build(**{n: [made(id_, n) for id_ in ids] for n, ids in files.items()})
    found = publish(corpus, tmp_path / "out", Options())

    assert list(found.counts) == configs
    assert [one["config_name"] for one in front(tmp_path / "out")["configs"]] == configs
    assert bool(found.left) == ("documents" in files and "documents" not in configs)


def test_only_layers_that_are_named(build: Build, tmp_path: Path) -> None:
    corpus = build(gold=[made("a")], second=[made("a", "second")])
    publish(corpus, tmp_path / "out", Options(layers=("second",)))

    assert [one["config_name"] for one in front(tmp_path / "out")["configs"]] == ["second"]


class TestWithoutText:
    def test_no_word_of_a_text_is_left(self, build: Build, tmp_path: Path) -> None:
        extra = made("a", rights="© ALM")
        publish(build(gold=[extra]), tmp_path / "out", Options(bare=True))
        [found] = loaded(tmp_path / "out", "gold")

        assert found == texts.without(extra)
        assert (found.text, found.mentions[0].text) == (None, "")
        assert found.text_sha256 == fingerprint(TEXT)
        for path in (tmp_path / "out").rglob("*.*"):
            assert b"civils" not in path.read_bytes()

    @pytest.mark.parametrize(
        "sources",
        [
            pytest.param([SAMPLE / "raw"], id="as the page says"),
            pytest.param(["--config", SAMPLE / "glose.toml"], id="with the settings"),
        ],
    )
    def test_whoever_has_the_sources_puts_it_back(
        self, sample: Path, tmp_path: Path, sources: list[str | Path]
    ) -> None:
        """Published without texts, read back, built on the sources, and published again."""
        publish(sample, tmp_path / "out", Options(bare=True))
        bare, again = tmp_path / "bare.jsonl", tmp_path / "again"
        steps: list[list[object]] = [
            ["convert", tmp_path / "out", bare],
            ["build", *sources, "--layer", f"gold={bare}", "-o", again],
            ["publish", again, "-o", tmp_path / "whole"],
        ]
        for step in steps:
            done = CliRunner().invoke(commands, ["corpus", *map(str, step)])
            assert done.exit_code == 0, done.output

        assert b"frappes" not in bare.read_bytes()
        assert list(jsonl.read(again / "gold.jsonl")) == [
            replace(document, extra=()) for document in jsonl.read(sample / "gold.jsonl")
        ]

    def test_it_is_told(self, build: Build, tmp_path: Path) -> None:
        publish(build(gold=[made("a")]), tmp_path / "out", Options(bare=True))

        assert "Texts, the words of spans and" in (tmp_path / "out" / "README.md").read_text()

    @pytest.mark.parametrize(
        ("licence", "top", "told"),
        [
            ("cc-by-4.0", "cc-by-4.0", "The annotation is under cc-by-4.0."),
            (None, None, "The annotation names no licence."),
        ],
    )
    def test_the_licence_is_that_of_the_annotation(
        self, build: Build, tmp_path: Path, licence: str | None, top: str | None, told: str
    ) -> None:
        corpus = build(gold=[made("a", rights="© ALM")])
        publish(corpus, tmp_path / "out", Options(licence, bare=True))
        card = (tmp_path / "out" / "README.md").read_text()

        assert front(tmp_path / "out").get("license") == top
        assert told in card
        assert "| none stated | © ALM | 1 |" in card

    def test_croissant_is_valid(self, build: Build, tmp_path: Path) -> None:
        publish(build(gold=[made("a")]), tmp_path / "out", Options(bare=True))
        found = mlcroissant.Dataset(jsonld=tmp_path / "out" / "croissant.json")
        [record] = found.records("gold/train")

        assert record["gold/train/text"] is None


@pytest.fixture
def run() -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(commands, ["corpus", "publish", *map(str, words)])


@pytest.mark.parametrize(
    ("rights", "options", "message"),
    [
        pytest.param(None, [], "names no licence in meta.rights", id="no licence"),
        pytest.param("© ALM", [], "keeps all rights", id="rights are kept"),
        pytest.param("© ALM", ["--license", "mit"], "keeps all rights", id="whatever is given"),
        pytest.param("MIT", ["--layer", "silver"], "no file of layer silver", id="no layer"),
        pytest.param("MIT", ["--agreement", "none.json"], "no such file", id="no agreement"),
    ],
)
def test_what_is_refused_leaves_nothing(
    build: Build, run: Callable[..., Result], tmp_path: Path, rights: str | None,
    options: list[str], message: str,
) -> None:  # fmt: skip
    document = replace(made("a"), meta=Meta(rights=rights))
    done = run(build(gold=[document]), "-o", tmp_path / "out", *options)

    assert (done.exit_code, isinstance(done.exception, GloseError)) == (1, True)
    assert message in str(done.exception)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus"]


def test_a_licence_for_those_without(
    build: Build, run: Callable[..., Result], tmp_path: Path
) -> None:
    bare = replace(made("a"), meta=Meta(source="ALM"))
    done = run(build(gold=[bare]), "-o", tmp_path / "out", "--license", "cc-by-4.0")

    assert done.exit_code == 0
    assert front(tmp_path / "out")["license"] == "cc-by-4.0"
    assert "| ALM | cc-by-4.0 | 1 |" in (tmp_path / "out" / "README.md").read_text()
    assert loaded(tmp_path / "out", "gold") == [bare]


def test_a_folder_that_has_something_is_left_alone(
    build: Build, run: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine")
    done = run(build(gold=[made("a")]), "-o", tmp_path / "out")

    assert "this folder is not empty" in str(done.exception)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]


def test_a_run_that_breaks_leaves_nothing(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("glose.corpus.publishing.card.written", broken)
    with pytest.raises(KeyboardInterrupt):
        publish(build(gold=[made("a")]), tmp_path / "out", Options())

    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus"]


def test_an_id_that_stands_twice_is_told(build: Build, tmp_path: Path) -> None:
    corpus = build(gold=[made("a")])
    (corpus / "gold.jsonl").write_bytes((corpus / "gold.jsonl").read_bytes() * 2)

    with pytest.raises(GloseError, match="a stands twice"):
        publish(corpus, tmp_path / "out", Options())


def test_names_that_are_markup_stay_text(build: Build, tmp_path: Path) -> None:
    hostile = made("a", source="<b>A|B</b>\n---\n# no", rights="CC | BY: {x}")
    publish(build(gold=[hostile]), tmp_path / "out", Options(name="a: [b]\n---\nc"))
    card = (tmp_path / "out" / "README.md").read_text()

    assert front(tmp_path / "out")["pretty_name"] == "a: [b] --- c"
    assert "| &lt;b>A\\|B&lt;/b> --- # no | CC \\| BY: {x} | 1 |" in card
    assert loaded(tmp_path / "out", "gold") == [hostile]


def near_corpus(build: Build) -> Path:
    corpus = build({"train": ["a"], "test": ["b"]}, gold=[made("a"), made("b")])
    group = {"documents": ["a", "b"], "links": []}
    (corpus / "duplicates.json").write_text(json.dumps({"groups": [group]}))
    return corpus


def test_near_duplicates_are_told(build: Build, tmp_path: Path) -> None:
    publish(near_corpus(build), tmp_path / "out", Options())

    assert (
        "2 documents are near-duplicates, in 1 group; 1 of them lies across splits."
        in (tmp_path / "out" / "README.md").read_text()
    )


FIGURES = {
    "signature": "glose:x",
    "documents": 12,
    "agreement": [
        {"unit": "mentions", "coefficient": "alpha-u", "kind": "all", "layers": ["a", "b"],
         "type": None, "value": 0.75, "bucket": None,
         "interval": {"level": 0.95, "value": [0.5, 0.9]}},
        {"unit": "mentions", "coefficient": "alpha-u", "kind": "all", "layers": ["a", "b"],
         "type": "PER", "value": 0.1, "bucket": None},
        {"unit": "triggers", "coefficient": "alpha-u", "value": None},
    ],
}  # fmt: skip


def test_agreement_is_told(build: Build, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(FIGURES))
    options = Options(agreement=tmp_path / "a.json")
    publish(build(gold=[made("a")]), tmp_path / "out", options)
    card = (tmp_path / "out" / "README.md").read_text()

    assert "Agreement of `a` and `b` on 12 documents:" in card
    assert re.findall(r"\| (?:mentions|triggers) \| al.*", card) == [
        "| mentions | alpha-u | 0.750 | 0.500 – 0.900 |"
    ]


WRONG = ["", "[]", "{", '{"agreement": 3}', '{"agreement": [{"unit": 1}]}']


@pytest.mark.parametrize("content", WRONG)
def test_agreement_that_is_none_is_told(build: Build, tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)

    with pytest.raises(GloseError, match="not what `glose evaluate agree --json` writes"):
        publish(build(gold=[made("a")]), tmp_path / "out", Options(agreement=tmp_path / "a.json"))
