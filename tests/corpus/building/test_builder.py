"""A build turns sources into a folder: the same bytes each time, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest

from glose.corpus import jsonl, manifest, schema
from glose.corpus.building import sources, workers
from glose.corpus.building.builder import Options, build
from glose.corpus.building.readers import table, texts
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.rejections import Rejection
from glose.corpus.building.spool import Spool
from glose.corpus.document import Document, Mention, Status, fingerprint
from glose.corpus.errors import GloseError

ONE = "Douze civils ont été tués mardi dans des raids aériens sur Douma."
TWO = "Le régime a rejeté mercredi une demande de trêve de l'opposition."


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Two documents, and a file that is none."""
    return written(tmp_path / "raw", {"a.txt": ONE, "b.txt": TWO, "c.txt": ""})


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder, hidden ones as well."""
    return {path.name: path.read_bytes() for path in folder.glob("*")} if folder.exists() else {}


def annotated(id_: str, text: str) -> Document:
    """Return a record with one mention: the first word."""
    word = text.split(maxsplit=1)[0]
    return Document(
        id=id_,
        layer="gold",
        text=text,
        text_sha256=fingerprint(text),
        mentions=(Mention("m1", "NUM", 0, len(word), text=word),),
        status=Status("done", ("mentions",)),
    )


def layer(folder: Path, *documents: Document) -> Path:
    folder.mkdir(exist_ok=True)
    jsonl.write(folder / "gold.jsonl", documents)
    return folder / "gold.jsonl"


def ids(path: Path) -> list[str]:
    return [document.id for document in jsonl.read(path)]


def test_documents_are_written_in_the_order_of_their_ids(raw: Path, out: Path) -> None:
    build([str(raw / "b.txt"), str(raw / "a.txt")], out, Options())

    assert ids(out / "documents.jsonl") == ["a", "b"]


def test_document_that_cannot_be_read_is_noted_with_its_reason(raw: Path, out: Path) -> None:
    summary = build([str(raw)], out, Options())

    assert summary.rejected == [Rejection("c.txt", "empty; expected text")]
    assert json.loads((out / "rejects.jsonl").read_text()) == {
        "file": "c.txt",
        "place": None,
        "reason": "empty; expected text",
    }


def test_no_rejects_no_file(raw: Path, out: Path) -> None:
    build([str(raw / "a.txt")], out, Options())

    assert sorted(content(out)) == ["corpus.json", "documents.jsonl"]


def test_the_corpus_carries_its_schema(raw: Path, out: Path) -> None:
    build([str(raw / "a.txt")], out, Options(schema="plover"))

    assert (out / "schema.toml").read_bytes() == schema.content("plover")
    assert manifest.read(out).schema == manifest.Origin("plover", schema.load("plover").sha256)


def test_a_schema_that_cannot_be_read_ends_the_build_before_it_begins(
    raw: Path, out: Path
) -> None:
    (raw / "own.toml").write_text("name = 1")
    with pytest.raises(GloseError, match=r"own\.toml"):
        build([str(raw / "a.txt")], out, Options(schema=str(raw / "own.toml")))

    assert content(out) == {}


def test_rejects_of_an_earlier_build_do_not_stay(raw: Path, out: Path) -> None:
    build([str(raw)], out, Options())
    (raw / "c.txt").unlink()
    build([str(raw)], out, Options())

    assert "rejects.jsonl" not in content(out)


def test_fail_stops_with_nothing_written(raw: Path, out: Path) -> None:
    with pytest.raises(GloseError, match=r"c\.txt: empty"):
        build([str(raw)], out, Options(fail=True))

    assert content(out) == {}


def test_nothing_but_rejects_is_an_error_with_nothing_written(raw: Path, out: Path) -> None:
    with pytest.raises(GloseError, match=r"the only document .*: c\.txt: empty"):
        build([str(raw / "c.txt")], out, Options())

    assert not out.exists()


def test_a_folder_that_was_there_stays_where_a_build_fails(raw: Path, out: Path) -> None:
    out.mkdir()
    with pytest.raises(GloseError):
        build([str(raw / "c.txt")], out, Options())

    assert out.is_dir()

    assert content(out) == {}


def test_build_that_fails_leaves_the_earlier_one(raw: Path, out: Path) -> None:
    build([str(raw / "a.txt")], out, Options())
    before = content(out)

    with pytest.raises(GloseError):
        build([str(raw)], out, Options(fail=True))
    assert content(out) == before


def test_interrupted_build_leaves_the_earlier_one(
    raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([str(raw / "a.txt")], out, Options())
    before = content(out)

    def interrupted(task: workers.Task, spool: Spool) -> workers.Result:
        raise KeyboardInterrupt

    monkeypatch.setattr(workers, "perform", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build([str(raw)], out, Options())
    assert content(out) == before


def test_drafts_of_a_build_that_was_killed_are_removed(raw: Path, out: Path) -> None:
    written(out, {".documents.jsonl.12ab34cd.part": "half"})
    build([str(raw)], out, Options())

    assert sorted(content(out)) == ["corpus.json", "documents.jsonl", "rejects.jsonl"]


def test_build_again_gives_the_same_bytes(raw: Path, out: Path) -> None:
    build([str(raw)], out, Options())
    before = content(out)
    build([str(raw)], out, Options())

    assert content(out) == before


def test_number_of_processes_does_not_change_a_byte(raw: Path, tmp_path: Path) -> None:
    written(raw, {f"d{n}.txt": f"{ONE} Bilan numéro {n}." for n in range(20)})
    one = build([str(raw)], tmp_path / "one", Options(jobs=1, name="x"))
    two = build([str(raw)], tmp_path / "two", Options(jobs=2, name="x"))

    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert one.rejected == two.rejected


FEED = (
    "<rss><channel><item><guid>k</guid><title>Un</title></item>"
    "<item><guid>{own}</guid><title>Deux</title></item><item/></channel></rss>"
)


def test_a_file_gives_several_documents(raw: Path, out: Path) -> None:
    written(raw, {"f.xml": FEED.format(own="m"), "g.csv": f"text\n{ONE}\n{TWO}\n"})
    summary = build([str(raw)], out, Options())

    assert ids(out / "documents.jsonl") == ["a", "b", "g-1", "g-2", "k", "m"]
    assert [(one.file, one.place) for one in summary.rejected] == [
        ("c.txt", None),
        ("f.xml", "item 3"),
    ]


def test_an_id_that_two_files_have_is_that_of_neither(raw: Path, out: Path) -> None:
    written(raw, {"f.xml": FEED.format(own="m"), "g.xml": FEED.format(own="n")})
    build([str(raw)], out, Options())

    assert ids(out / "documents.jsonl") == ["a", "b", "f-k", "g-k", "m", "n"]


@pytest.mark.parametrize("jobs", [1, 3])
def test_documents_of_one_file_come_in_the_order_of_their_ids(
    raw: Path, out: Path, jobs: int
) -> None:
    rows = "".join(f"n{number:03},{ONE} {number}\n" for number in reversed(range(200)))
    written(raw, {"g.csv": f"id,text\n{rows}", "h.csv": f"id,text\nx,{TWO}\n"})
    build([str(raw)], out, Options(jobs=jobs))
    found = ids(out / "documents.jsonl")

    assert found == sorted(found)
    assert len(found) == 203


def test_a_layer_stands_on_a_document_of_several(raw: Path, out: Path) -> None:
    written(raw, {"g.csv": f"id,text\nx,{ONE}\ny,{TWO}\n"})
    gold = layer(out.parent / "gold", annotated("y", TWO))
    build([str(raw / "g.csv")], out, Options(layers={"gold": gold}))

    assert ids(out / "gold.jsonl") == ["y"]


def test_what_is_no_text_is_counted(raw: Path, out: Path) -> None:
    written(raw, {"g.csv": "text\n<p>Un<img/></p>\n<p>Deux<img/></p>\n"})

    assert build([str(raw)], out, Options()).left == {"image": 2}


def test_a_zip_archive_that_is_a_document_is_no_archive_of_documents(
    raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ZipFile(raw / "d.zip", "w") as archive:
        archive.writestr("own/part.txt", "x")
        archive.writestr("a.txt", ONE)
    own = Reader("own", "x/own", (), lambda content: "own/part.txt" in content.members, texts.read)
    monkeypatch.setattr(table, "READERS", {"own": own})
    found, _ = sources.find([str(raw / "d.zip")], out)

    assert [source.member for source in found] == [None]


def test_equal_texts_are_reported_and_kept(raw: Path, out: Path) -> None:
    written(raw, {"d.txt": f"\n{ONE}\r\n"})
    summary = build([str(raw)], out, Options())

    assert summary.duplicates == [["a", "d"]]
    assert ids(out / "documents.jsonl") == ["a", "b", "d"]


STORY = " ".join(f"mot{number}" for number in range(30))


def near(out: Path) -> list[list[str]]:
    """Return the groups in the list beside the corpus, none if there is no list."""
    path = out / "duplicates.json"
    found = json.loads(path.read_text())["groups"] if path.exists() else []
    return [group["documents"] for group in found]


@pytest.mark.parametrize("jobs", [1, 2])
def test_near_duplicates_are_reported_and_kept(raw: Path, out: Path, jobs: int) -> None:
    written(raw, {"d.txt": STORY, "e.txt": f"{STORY} et une suite", "f.txt": STORY[:80]})
    summary = build([str(raw)], out, Options(jobs=jobs))

    assert summary.near_duplicates == near(out) == [["d", "e", "f"]]
    assert ids(out / "documents.jsonl") == ["a", "b", "d", "e", "f"]
    assert any(
        line.startswith(f"3 near-duplicates in 1 group -> {out}/duplicates.json")
        for line in summary.lines()
    )


@pytest.mark.parametrize(
    ("share", "groups"),
    [
        pytest.param(0, [], id="none are looked for"),
        pytest.param(0.3, [["d", "e"]], id="a third in common"),
        pytest.param(0.5, [], id="half is too much"),
    ],
)
def test_how_near_is_told(raw: Path, out: Path, share: float, groups: list[list[str]]) -> None:
    other = " ".join(f"autre{number}" for number in range(20))
    written(raw, {"d.txt": STORY, "e.txt": f"{STORY[:80]} {other}"})
    summary = build([str(raw)], out, Options(share=share))

    assert summary.near_duplicates == near(out) == groups


def test_a_list_of_an_earlier_build_does_not_stay(raw: Path, out: Path) -> None:
    written(raw, {"d.txt": STORY, "e.txt": STORY})
    build([str(raw)], out, Options())
    (raw / "e.txt").unlink()
    build([str(raw)], out, Options())

    assert near(out) == []


def test_manifest_says_what_the_folder_holds(raw: Path, out: Path) -> None:
    build([str(raw)], out, Options(name="essai"))
    found = manifest.read(out)

    assert (found.name, found.documents, list(found.files)) == ("essai", 2, ["documents.jsonl"])


def test_summary_is_json(raw: Path, out: Path) -> None:
    summary = json.loads(build([str(raw)], out, Options()).json())

    assert summary["documents"] == 2
    assert summary["languages"] == {"fr": 2}
    assert summary["rejected"] == [
        {"file": "c.txt", "reason": "empty; expected text", "place": None}
    ]


def test_layer_stands_on_the_documents_built(raw: Path, out: Path) -> None:
    gold = layer(out.parent / "gold", annotated("a", ONE))
    build([str(raw)], out, Options(layers={"gold": gold}))
    built = next(jsonl.read(out / "documents.jsonl"))
    attached = next(jsonl.read(out / "gold.jsonl"))

    assert (attached.layer, attached.mentions[0].text) == ("gold", "Douze")
    assert attached.segments == built.segments
    assert attached.provenance == built.provenance


@pytest.mark.parametrize(
    ("record", "what"),
    [
        pytest.param(annotated("z", ONE), "z: no document of this id was built", id="its id"),
        pytest.param(
            annotated("a", ONE.replace("mardi", "lundi")),
            "a: its text differs from the text built at offset 26: 'lundi",
            id="its text",
        ),
        pytest.param(
            annotated("a", f"{ONE} Fin."), "at offset 65: ' Fin.' here, '' built", id="its end"
        ),
        pytest.param(annotated("c", "Vide."), r"it was rejected: empty", id="it was rejected"),
    ],
)
def test_layer_that_does_not_fit_is_an_error(
    raw: Path, out: Path, record: Document, what: str
) -> None:
    gold = layer(out.parent / "gold", record)

    with pytest.raises(GloseError, match=what):
        build([str(raw)], out, Options(layers={"gold": gold}))
    assert content(out) == {}


def test_layer_without_text_is_paired_by_its_hash(raw: Path, out: Path) -> None:
    record = msgspec.structs.replace(annotated("a", ONE), text=None, mentions=())
    build([str(raw)], out, Options(layers={"sys": layer(out.parent / "gold", record)}))

    assert next(jsonl.read(out / "sys.jsonl")).text == ONE


def test_words_of_spans_come_from_the_text_built(raw: Path, out: Path) -> None:
    """As a corpus has it that was published without its texts."""
    record = annotated("a", ONE)
    bare = tuple(msgspec.structs.replace(mention, text="") for mention in record.mentions)
    published = msgspec.structs.replace(record, text=None, mentions=bare)
    build([str(raw)], out, Options(layers={"gold": layer(out.parent / "gold", published)}))

    assert record.mentions
    assert next(jsonl.read(out / "gold.jsonl")).mentions == record.mentions


def test_layer_without_text_is_checked_by_its_hash(raw: Path, out: Path) -> None:
    record = msgspec.structs.replace(annotated("a", TWO), text=None, mentions=())
    sys = layer(out.parent / "gold", record)

    with pytest.raises(GloseError, match="text_sha256 is not that of the text built"):
        build([str(raw)], out, Options(layers={"sys": sys}))


def test_id_that_stands_twice_in_a_layer_is_an_error(raw: Path, out: Path) -> None:
    gold = layer(out.parent / "gold", annotated("a", ONE))
    gold.write_bytes(gold.read_bytes() * 2)

    with pytest.raises(GloseError, match="a: the id stands twice"):
        build([str(raw)], out, Options(layers={"gold": gold}))


def test_annotation_that_clashes_with_the_segments_built_is_an_error(raw: Path, out: Path) -> None:
    """The ids of a record are unique over all lists, and segments are called g1, g2."""
    record = annotated("a", ONE)
    mention = msgspec.structs.replace(record.mentions[0], id="g1")
    gold = layer(out.parent / "gold", msgspec.structs.replace(record, mentions=(mention,)))

    with pytest.raises(GloseError, match="a: on the document as it was built"):
        build([str(raw)], out, Options(layers={"gold": gold}))


@pytest.mark.parametrize("name", ["text", "documents", "rejects", "../x", "", "a b"])
def test_name_of_a_layer_is_checked(raw: Path, out: Path, name: str) -> None:
    gold = layer(out.parent / "gold", annotated("a", ONE))

    with pytest.raises(GloseError, match="no layer can be called"):
        build([str(raw)], out, Options(layers={name: gold}))


def splits(out: Path) -> dict[str, tuple[str, ...]]:
    return manifest.read(out).splits


def test_splits_of_a_file(raw: Path, out: Path, tmp_path: Path) -> None:
    written(tmp_path, {"s.json": '{"train": ["b"], "test": ["a"]}'})
    build([str(raw)], out, Options(splits=tmp_path / "s.json"))

    assert splits(out) == {"train": ("b",), "test": ("a",)}


def test_splits_beside_a_layer(raw: Path, out: Path, tmp_path: Path) -> None:
    gold = layer(tmp_path / "gold", annotated("a", ONE))
    written(tmp_path / "gold", {"splits.json": '{"train": ["b"]}'})
    build([str(raw)], out, Options(layers={"gold": gold}))

    assert splits(out) == {"train": ("b",)}


def test_splits_of_an_earlier_build_stay_for_the_documents_that_are_there(
    raw: Path, out: Path, tmp_path: Path
) -> None:
    written(tmp_path, {"s.json": '{"train": ["b"], "test": ["a"]}'})
    build([str(raw)], out, Options(splits=tmp_path / "s.json"))
    (raw / "b.txt").unlink()
    build([str(raw)], out, Options())

    assert splits(out) == {"train": (), "test": ("a",)}


def test_document_that_was_rejected_is_in_no_split(raw: Path, out: Path, tmp_path: Path) -> None:
    written(tmp_path, {"s.json": '{"train": ["b", "c"]}'})
    build([str(raw)], out, Options(splits=tmp_path / "s.json"))

    assert splits(out) == {"train": ("b",)}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param('{"train": ["z"]}', "z: no document of this id", id="an unknown id"),
        pytest.param('{"train": ["a"], "test": ["a"]}', "a: in train and in test", id="in two"),
        pytest.param("[1]", "no splits", id="no object"),
        pytest.param("{", "no splits", id="no JSON"),
    ],
)
def test_splits_that_do_not_fit_are_an_error(
    raw: Path, out: Path, tmp_path: Path, text: str, what: str
) -> None:
    written(tmp_path, {"s.json": text})

    with pytest.raises(GloseError, match=what):
        build([str(raw)], out, Options(splits=tmp_path / "s.json"))
    assert content(out) == {}


def test_layer_of_an_earlier_build_stays_where_it_fits(raw: Path, out: Path) -> None:
    gold = layer(out.parent / "gold", annotated("a", ONE))
    build([str(raw)], out, Options(layers={"gold": gold}))
    summary = build([str(raw)], out, Options())

    assert (summary.moved, "gold.jsonl" in content(out)) == ({}, True)


def test_layer_of_an_earlier_build_is_set_aside_where_it_does_not_fit(
    raw: Path, out: Path
) -> None:
    gold = layer(out.parent / "gold", annotated("a", ONE))
    build([str(raw)], out, Options(layers={"gold": gold}))
    before = content(out)["gold.jsonl"]
    written(raw, {"a.txt": TWO})
    summary = build([str(raw)], out, Options())

    assert summary.moved == {"gold.jsonl": "gold.jsonl.old"}
    assert content(out)["gold.jsonl.old"] == before
    assert list(manifest.read(out).files) == ["documents.jsonl"]


def test_what_is_set_aside_never_replaces_what_was(raw: Path, out: Path) -> None:
    written(out, {"gold.jsonl": "broken", "gold.jsonl.old": "older"})
    build([str(raw)], out, Options())

    assert content(out)["gold.jsonl.old"] == b"older"
    assert content(out)["gold.jsonl.old2"] == b"broken"


def test_progress_is_shown_on_a_terminal_only(
    raw: Path, out: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    build([str(raw)], out, Options())

    assert capfd.readouterr() == ("", "")
