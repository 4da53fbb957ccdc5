"""Folders: which format they are of, where no format knows them as its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from glose.corpus.errors import GloseError
from glose.corpus.formats import table

COLUMNS = "Hama\tB-GPE\nbrûle\tO\n"
BRACKETS = "#begin document (d); part 000\nd 0 0 Hama - - - - - - (1)\n\n#end document\n"
CHAINS = "# begin document d\n0\tHama\t(a-1)\n1\tbrûle\t_\n\n# end document\n"
ABSTRACT = "1|t|Hama brûle\n1|a|\n1\t0\t4\tHama\tGPE\n"


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"a.conll": COLUMNS, "b.conll": COLUMNS}, "conll"),
        ({"a.conll": BRACKETS, "sub/b.conll": BRACKETS}, "conll-2012"),
        ({"a.conll": CHAINS}, "conll-2012"),
        ({"a.conll": COLUMNS, "README.md": "# Corpus\n", "LICENSE": "Free.\n"}, "conll"),
        ({"a.conll": COLUMNS, ".hidden.conll": BRACKETS}, "conll"),
    ],
)
def test_a_folder_is_what_its_files_are(tmp_path: Path, files: dict[str, str], name: str) -> None:
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content)

    assert table.name_of(tmp_path) == name
    texts = [each.text for each in table.FORMATS[name].read(tmp_path)]
    assert len(texts) == sum(path.endswith(".conll") and path[0] != "." for path in files)


@pytest.mark.parametrize(
    "files",
    [{}, {"README.md": "# Corpus\n"}, {"a.conll": COLUMNS, "b.conll": BRACKETS}, {"a": "Hama"}],
)
def test_a_folder_of_nothing_or_of_several_formats_is_to_be_named(
    tmp_path: Path, files: dict[str, str]
) -> None:
    for path, content in files.items():
        (tmp_path / path).write_text(content)

    with pytest.raises(GloseError, match="its format is not recognised; name it with --from"):
        table.name_of(tmp_path)


def test_a_format_of_single_files_reads_those_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.pubtator").write_text(ABSTRACT)

    found = table.recognised(tmp_path)
    assert [one.id for one in found.read(tmp_path)] == ["1"]
