"""What holds for every format of the table, without a test of its own.

A format that is only read needs a sample of ours in tests/corpus/formats/samples: NAME with any
suffix, or a folder of that name.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.corpus.damage import damaged, damages

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import table, trial
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.losses import Losses, Row
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import SPECIMENS, hostile
from glose.corpus.formats.structures import STRUCTURES
from glose.corpus.formats.trial import Recorder
from glose.corpus.testing import documents

SAMPLES = Path(__file__).parent / "samples"
WRITTEN = [name for name, found in table.FORMATS.items() if found.writer]
ONLY_READ = [name for name in table.FORMATS if name not in WRITTEN]
#: How many damaged files each reader is given; more by hand, for an hour.
FUZZ = int(os.environ.get("GLOSE_FUZZ", "30"))
#: To make a failing document small takes minutes, and is done on demand.
PHASES = [phase for phase in Phase if phase is not Phase.shrink or "GLOSE_SHRINK" in os.environ]
#: What damage is made of, beside bytes that are there already.
DIRT = [
    b"\0", b"\xff", b"\t", b"\n", b"\r\n", b" ", b"{}", b"[]", b"-1", b"9" * 20, b'"', b"<", b">",
    b"&x;", b"null", b"true", b"0", b"1.5", b"NaN", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b":",
    b";", b"|", b"_", b"*", b"#", b"T1", b"e1", b"1", b"()", b"[", b"}", b"\xef\xbb\xbf", b"1e999",
]  # fmt: skip


def place(folder: Path, name: str) -> Path:
    """Return a path that the format would have."""
    return trial.place(table.FORMATS[name], folder)


def write(name: str, given_: list[Document], path: Path) -> Recorder:
    """Write documents, and return what was told."""
    return trial.write(table.FORMATS[name], given_, path, name)


def read(name: str, path: Path) -> list[Document]:
    """Return the documents of a path; nothing may be rejected."""
    return list(table.FORMATS[name].read(path))


def rows(losses: Losses) -> dict[str, Row]:
    return {row.kind: row for row in losses.rows()}


def unexplained(name: str, losses: Recorder, back: list[Document]) -> Counter[str]:
    """Return what came back otherwise than it was to be written."""
    return trial.unexplained(table.FORMATS[name], losses, back)


def sample(name: str, folder: Path, every: int = 1) -> Path:
    """Return a file or folder of a format: written by it, or else one of the samples.

    `every` leaves out documents: 8 takes one of eight.
    """
    if name in WRITTEN:
        path = place(folder, name)
        write(name, [*islice(_distinct(), 1, None, every), hostile()], path)
        return path
    found = sorted(SAMPLES.glob(f"{name}.*")) + [p for p in [SAMPLES / name] if p.is_dir()]
    assert found, f"no sample of {name} in {SAMPLES}"
    return found[0]


def _distinct() -> Iterator[Document]:
    for number, document in enumerate(SPECIMENS.values(), start=1):
        yield replace(document, id=f"d{number}")


@pytest.mark.parametrize("name", WRITTEN)
@settings(max_examples=15, phases=PHASES)
@given(given_=st.lists(documents(), min_size=1, max_size=3, unique_by=lambda d: d.id))
def test_what_is_not_told_to_be_lost_comes_back(name: str, given_: list[Document]) -> None:
    with TemporaryDirectory() as folder:
        path = place(Path(folder), name)
        losses = write(name, given_, path)
        back = read(name, path)

    assert unexplained(name, losses, back) == Counter()
    told = rows(losses).get("texts")
    if told and told.kept == told.there == len(given_):
        assert sorted(d.text or "" for d in back) == sorted(d.text or "" for d in given_)


@pytest.mark.parametrize("name", WRITTEN)
@settings(max_examples=10, phases=PHASES)
@given(given_=documents())
def test_kept_changed_and_dropped_are_what_was_there(name: str, given_: Document) -> None:
    with TemporaryDirectory() as folder:
        losses = write(name, [given_], place(Path(folder), name))

    for row in losses.rows():
        assert row.kept + row.changed + row.dropped == row.there
        assert sum(reason.count for reason in row.reasons) == row.changed + row.dropped


@pytest.mark.parametrize("kind", STRUCTURES)
@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_declared_is_true(tmp_path: Path, name: str, kind: str) -> None:
    """What a format holds is kept and comes back; what it does not hold is told to be lost."""
    found = table.FORMATS[name]
    losses = write(name, [SPECIMENS[kind]], place(tmp_path, name))
    row = rows(losses)[kind]

    if kind in found.holds:
        assert (row.kept, row.there) == (row.there, row.there)
    elif kind not in found.partly:
        assert row.kept == 0
    assert unexplained(name, losses, read(name, place(tmp_path, name))) == Counter()


@pytest.mark.parametrize("name", WRITTEN)
def test_hostile_characters_stay_where_they_are(tmp_path: Path, name: str) -> None:
    path = place(tmp_path, name)
    losses = write(name, [hostile()], path)

    assert unexplained(name, losses, read(name, path)) == Counter()
    if "mentions" in table.FORMATS[name].holds:
        assert rows(losses)["mentions"].kept == len(hostile().mentions)


@pytest.mark.parametrize("name", WRITTEN)
def test_cr_lf_line_ends_change_nothing(tmp_path: Path, name: str) -> None:
    path = place(tmp_path, name)
    losses = write(name, [hostile()], path)
    if not all(map(turned, files(path))):
        return
    assert unexplained(name, losses, read(name, path)) == Counter()


def files(path: Path) -> list[Path]:
    return sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]


def turned(path: Path) -> bool:
    """Give a file CR LF line ends; say if it is text at all."""
    content = path.read_bytes()
    if b"\0" in content:
        return False
    path.write_bytes(content.replace(b"\n", b"\r\n"))
    return True


@pytest.mark.parametrize("name", WRITTEN)
def test_a_run_that_fails_leaves_nothing(tmp_path: Path, name: str) -> None:
    def failing() -> Iterator[Document]:
        yield hostile()
        raise GloseError("the input is at fault")

    with pytest.raises(GloseError, match="the input is at fault"):
        table.FORMATS[name].write(place(tmp_path, name), failing())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_documents_are_the_same_bytes(tmp_path: Path, name: str) -> None:
    made = []
    for part in ("a", "b"):
        (tmp_path / part).mkdir()
        path = sample(name, tmp_path / part)
        made.append([file.read_bytes() for file in files(path)])

    assert made[0] == made[1]


@pytest.mark.parametrize("name", table.FORMATS)
def test_a_sample_is_recognised_as_no_other_format(tmp_path: Path, name: str) -> None:
    path = sample(name, tmp_path)
    head = b"" if path.is_dir() else path.read_bytes()[: table.HEAD]
    fitting = [other for other, found in table.FORMATS.items() if found.detect(path, head)]

    assert fitting == [name]
    assert table.name_of(path) == name


@pytest.mark.parametrize("name", ONLY_READ)
def test_a_sample_is_read_whole(name: str, tmp_path: Path) -> None:
    assert read(name, sample(name, tmp_path))


damage = damages(DIRT, 40, 4)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp
    return {name: sample(name, folder("samples"), every=6) for name in table.FORMATS}


@pytest.mark.parametrize("name", table.FORMATS)
@settings(max_examples=FUZZ, phases=PHASES)
@given(how=damage, which=st.floats(0, 1, exclude_max=True), aside=st.booleans())
def test_a_damaged_file_is_an_error_of_ours(
    samples: dict[str, Path],
    name: str,
    how: list[tuple[str, float, int, bytes]],
    which: float,
    *,
    aside: bool,
) -> None:
    found = table.FORMATS[name]
    with TemporaryDirectory() as folder:
        path = copied(samples[name], Path(folder), which, how)
        task = Task({}, Rejects(Path(folder) / "rejects") if aside else None)
        consume(found, path, task)


def copied(
    source: Path, folder: Path, which: float, how: list[tuple[str, float, int, bytes]]
) -> Path:
    """Return a copy of a sample in which one file is damaged."""
    every = files(source)
    hurt = every[int(which * len(every))]
    for file in every:
        target = folder / source.name / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        content = file.read_bytes()
        target.write_bytes(damaged(content, how) if file == hurt else content)
    return folder / source.name


def consume(found: Format, path: Path, task: Task) -> None:
    """Read all of a path, and recognise it; an error of ours is as good as none."""
    with suppress(GloseError):
        table.name_of(path)
    try:
        for _ in found.read(path, task):
            pass
    except GloseError as error:
        assert "\n" not in str(error)  # noqa: PT017  # one line, as a person reads it
