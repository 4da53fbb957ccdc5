"""What readers share: bytes, lines, XML that is safe, archives, the shape of JSON, rejects."""

from __future__ import annotations

import gzip
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.formats import inputs, markup, peeking, staging
from glose.corpus.formats.rejects import MalformedError, Rejects

BOMB = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "{}"><!ENTITY c "{}">]><a>&c;</a>"""
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file://{}">]><a>&b;</a>'


class TestLines:
    def test_they_end_at_lf_and_cr_lf_only(self, tmp_path: Path) -> None:
        (tmp_path / "c").write_bytes("\ufeffa\u2028b\r\nc\x0bd\n\nlast".encode())

        assert list(inputs.lines(tmp_path / "c")) == [
            (1, "a\u2028b"),
            (2, "c\x0bd"),
            (3, ""),
            (4, "last"),
        ]

    def test_what_is_no_utf8_names_its_line(self, tmp_path: Path) -> None:
        (tmp_path / "c").write_bytes(b"a\nb\xff\n")

        with pytest.raises(InputError, match=r"c:2: byte 1 is not UTF-8; save the file as UTF-8"):
            list(inputs.lines(tmp_path / "c"))

    @given(st.lists(st.text("aé\u2028\U0001f600"), min_size=1), st.integers(1, 9))
    def test_however_they_are_read_they_are_the_same(self, wanted: list[str], size: int) -> None:
        with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            path = Path(folder, "c")
            path.write_bytes("".join(f"{line}\n" for line in wanted).encode())
            patch.setattr(inputs, "_BLOCK", size)

            assert [line for _, line in inputs.lines(path)] == wanted

    def test_packed_files_are_read(self, tmp_path: Path) -> None:
        (tmp_path / "c.gz").write_bytes(gzip.compress(b"a\n"))

        assert list(inputs.lines(tmp_path / "c.gz")) == [(1, "a")]
        assert inputs.text(tmp_path / "c.gz") == "a\n"

    def test_a_file_that_is_far_too_large_is_not_held(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(inputs, "LARGEST", 10)
        (tmp_path / "c.gz").write_bytes(gzip.compress(b"a" * 11))

        with pytest.raises(GloseError, match="expected a smaller file"):
            inputs.content(tmp_path / "c.gz")

    def test_nor_is_a_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(inputs, "LONGEST", 10)
        monkeypatch.setattr(inputs, "_BLOCK", 1)
        (tmp_path / "c").write_bytes(b"a\n" + b"b" * 11)

        with pytest.raises(InputError, match="c:2: a line of more than"):
            list(inputs.lines(tmp_path / "c"))


class TestFiles:
    def test_of_a_folder_at_any_depth_without_hidden_ones(self, tmp_path: Path) -> None:
        for name in ("b.ann", "a/c.ann", ".git/d.ann", ".e.ann", "f.txt"):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.touch()

        found = inputs.files(tmp_path, ".ann")
        assert [inputs.identifier(path, tmp_path) for path in found] == ["b", "a/c"]

    def test_a_file_is_itself(self, tmp_path: Path) -> None:
        assert inputs.files(tmp_path / "c.x", ".ann") == [tmp_path / "c.x"]

    @given(st.text(min_size=1))
    def test_no_id_leads_out_of_a_folder(self, name: str) -> None:
        try:
            safe = inputs.safe(name)
        except UnicodeEncodeError:
            return
        path = Path("/a/b") / safe
        assert path.is_relative_to("/a/b")
        assert ".." not in path.parts
        assert "\0" not in safe

    @given(st.lists(st.text("a./%:\\ ", min_size=1), min_size=2, max_size=2, unique=True))
    def test_two_ids_are_two_paths(self, names: list[str]) -> None:
        assert inputs.safe(names[0]) != inputs.safe(names[1])


class TestArchives:
    def test_members_are_read_in_order(self, tmp_path: Path) -> None:
        with ZipFile(tmp_path / "c.zip", "w") as archive:
            for name in ("b.json", "a.json", "x.txt", "../../e.json"):
                archive.writestr(name, "{}")

        found = [name for name, _ in inputs.members(tmp_path / "c.zip", ".json")]
        assert found == ["a.json", "b.json"]
        assert sorted(path.name for path in tmp_path.iterdir()) == ["c.zip"]

    def test_a_bomb_is_refused(self, tmp_path: Path) -> None:
        with ZipFile(tmp_path / "c.zip", "w", ZIP_DEFLATED) as archive:
            archive.writestr("a.json", b"0" * 30_000_000)

        with pytest.raises(GloseError, match=r"c\.zip: a\.json: .*a bomb\?"):
            list(inputs.members(tmp_path / "c.zip", ".json"))


class TestXml:
    def test_entities_are_not_expanded(self) -> None:
        content = BOMB.format("x" * 10, "&b;" * 10).encode()

        with pytest.raises(InputError, match="the entity &c; is not expanded"):
            markup.root(content, Place("c.xml"))

    def test_files_are_not_read(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("secret")

        with pytest.raises(InputError, match="the entity &b; is not expanded"):
            markup.root(OUTSIDE.format(tmp_path / "secret").encode(), Place("c.xml"))

    def test_nor_where_elements_are_streamed(self) -> None:
        content = BOMB.format("x" * 10, "&b;" * 10).encode()

        with pytest.raises(InputError, match="entity"):
            list(markup.elements(content, "a", Place("c.xml")))

    def test_a_dtd_that_is_named_is_not_loaded(self) -> None:
        content = b'<!DOCTYPE a SYSTEM "no-such.dtd"><a>b &amp; c</a>'

        assert markup.root(content, Place("c.xml")).text == "b & c"

    @pytest.mark.parametrize("content", [b"", b"<a>", b"\xff\xfe", b"{}"])
    def test_what_is_no_xml_is_one_line(self, content: bytes) -> None:
        with pytest.raises(InputError, match=r"c\.xml(:\d+)?: not well-formed XML"):
            markup.root(content, Place("c.xml"))

    def test_elements_come_whole_and_in_any_namespace(self) -> None:
        content = b'<r xmlns="urn:x"><d>a<e/>b</d><other/><d>c</d></r>'
        found = ["".join(e.itertext()) for e in markup.elements(content, "d", Place("c.xml"))]

        assert found == ["ab", "c"]

    def test_names_are_local(self) -> None:
        root = markup.root(b'<x:r xmlns:x="urn:x"><!-- a --></x:r>', Place("c.xml"))

        assert [markup.local(element) for element in root.iter()] == ["r", ""]


class TestPeeking:
    @given(
        st.dictionaries(
            st.text(max_size=5),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=3), inner, max_size=3)
                ),
                max_leaves=8,
            ),
            max_size=5,
        ),
        st.booleans(),
        st.booleans(),
    )
    def test_the_keys_of_an_object_are_found(
        self, value: dict[str, object], listed: bool, spaced: bool
    ) -> None:
        plain = {json.dumps(key, ensure_ascii=False)[1:-1]: part for key, part in value.items()}
        text = json.dumps([value] if listed else value, ensure_ascii=False, indent=spaced or None)
        found = peeking.keys(text.encode("utf-8", "surrogatepass"))

        assert list(found) == list(plain)
        assert peeking.is_list(text.encode("utf-8", "surrogatepass")) == listed

    @given(st.binary(max_size=60))
    def test_anything_may_be_looked_at(self, head: bytes) -> None:
        assert isinstance(peeking.keys(head), dict)

    @given(st.integers(0, 60))
    def test_what_is_cut_off_has_the_keys_before(self, size: int) -> None:
        whole = b'{"id": "a", "data": {"text": "b"}, "list": [1, {"c": 2}], "x": null}'
        found = list(peeking.keys(whole[:size]))

        assert found == ["id", "data", "list", "x"][: len(found)]


class TestRejects:
    def test_what_is_malformed_is_set_aside(self, tmp_path: Path) -> None:
        rejects = Rejects(tmp_path / "r.jsonl")
        with rejects.aside(Place("c.ann", 3), "x" * 5000):
            raise MalformedError("no tab")
        rejects.write()
        [line] = (tmp_path / "r.jsonl").read_text().splitlines()

        assert json.loads(line) == {
            "file": "c.ann",
            "line": 3,
            "document": None,
            "reason": "no tab",
            "content": "x" * 2000,
        }

    def test_without_a_place_for_it_it_ends_the_run(self) -> None:
        with (
            pytest.raises(InputError, match=r"c\.ann:3: no tab \(--rejects FILE sets"),
            Rejects().aside(Place("c.ann", 3)),
        ):
            raise MalformedError("no tab")

    def test_other_errors_are_not_swallowed(self, tmp_path: Path) -> None:
        with pytest.raises(KeyError), Rejects(tmp_path / "r").aside(Place("c")):
            raise KeyError


class TestStaging:
    def test_a_folder_that_is_not_empty_is_not_touched(self, tmp_path: Path) -> None:
        (tmp_path / "c").mkdir()
        (tmp_path / "c" / "mine").touch()

        with (
            pytest.raises(GloseError, match="this folder is not empty; expected a new one"),
            staging.staged(tmp_path / "c", folder=True),
        ):
            pass
        assert (tmp_path / "c" / "mine").is_file()

    def test_a_file_is_replaced_when_the_new_one_is_whole(self, tmp_path: Path) -> None:
        (tmp_path / "c").write_text("old")
        with staging.staged(tmp_path / "c", folder=False) as draft:
            draft.write_text("new")
            assert (tmp_path / "c").read_text() == "old"

        assert [path.read_text() for path in tmp_path.iterdir()] == ["new"]

    @pytest.mark.parametrize(
        ("folder", "message"), [(True, "this is a file"), (False, "this is a folder")]
    )
    def test_the_wrong_kind_is_refused(self, tmp_path: Path, folder: bool, message: str) -> None:
        (tmp_path / "c").touch() if folder else (tmp_path / "c").mkdir()

        with (
            pytest.raises(GloseError, match=message),
            staging.staged(tmp_path / "c", folder=folder),
        ):
            pass


def test_what_is_no_file_gets_the_bytes_and_keeps_its_name(tmp_path: Path) -> None:
    pipe = tmp_path / "c"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(pipe.read_bytes)
        with staging.staged(pipe, folder=False) as draft:
            draft.write_bytes(b"new")
        assert reading.result(10) == b"new"

    assert [path.is_fifo() for path in tmp_path.iterdir()] == [True]
