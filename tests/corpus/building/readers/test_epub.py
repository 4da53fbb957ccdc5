from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.corpus.building.office.packing import blocks, chapter, draft, drafts, epub, zipped

from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

ONE = chapter("<h1>Un</h1><p>Le premier chapitre.</p>")
TWO = chapter("<h1>Deux</h1><p>Le second chapitre.</p>")
STATED = (
    "<dc:title>Un livre</dc:title><dc:creator>A. Martin</dc:creator><dc:creator>B. Petit"
    "</dc:creator><dc:language>fr</dc:language><dc:date>2018-03-14</dc:date>"
    '<dc:date opf:event="modification">2019</dc:date><dc:rights>CC0</dc:rights>'
)


def one(folder: Path, body: str, attributes: str = "") -> list[tuple[str, str]]:
    """Return the blocks of a book of one chapter."""
    return blocks(draft(folder, epub({"un": chapter(body, attributes)}), "epub"))


def test_a_book_is_one_document(tmp_path: Path) -> None:
    found = draft(tmp_path, epub({"un": ONE, "deux": TWO}, STATED), "epub")

    assert found.text == "Un\n\nLe premier chapitre.\n\nDeux\n\nLe second chapitre."
    assert [(span.src, found.text[span.start : span.end]) for span in found.spans] == [
        ("part=OEBPS/un.xhtml", "Un\n\nLe premier chapitre."),
        ("part=OEBPS/deux.xhtml", "Deux\n\nLe second chapitre."),
    ]
    assert (found.parts or [])[3].src == "part=OEBPS/deux.xhtml; xpath=/html/body/p"
    assert found.meta == {
        "title": "Un livre", "author": "A. Martin, B. Petit", "rights": "CC0",
    }  # fmt: skip
    assert (found.date and found.date.day, found.basis) == (14, "published")


def test_a_chapter_may_be_one(tmp_path: Path) -> None:
    rules = replace(Rules(), epub="chapter")
    found = drafts(tmp_path, epub({"un": ONE, "deux": TWO}, STATED), "epub", rules)

    assert [(d.place, d.text.split("\n")[0]) for d in found] == [
        ("chapter 1", "Un"), ("chapter 2", "Deux")
    ]  # fmt: skip
    assert found[1].meta == {
        "title": "Deux", "source": "Un livre", "author": "A. Martin, B. Petit", "rights": "CC0",
    }  # fmt: skip
    assert (found[1].parts or [])[0].start == 0


def test_the_spine_gives_the_order(tmp_path: Path) -> None:
    spine = '<itemref idref="deux" linear="no"/><itemref idref="un"/><itemref idref="absent"/>'
    found = draft(tmp_path, epub({"un": ONE, "deux": TWO}, spine=spine), "epub")

    assert [text for type_, text in blocks(found) if type_ == "heading"] == ["Un", "Deux"]


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        pytest.param("nav", "", id="the navigation"),
        pytest.param("cover", "", id="the cover of the guide"),
        pytest.param("x", 'epub:type="cover"', id="a cover by its type"),
        pytest.param("x", 'epub:type="frontmatter toc"', id="a table of contents by its type"),
    ],
)
def test_what_is_no_chapter_is_left_out(tmp_path: Path, name: str, attributes: str) -> None:
    found = draft(tmp_path, epub({name: chapter("<p>non</p>", attributes), "un": ONE}), "epub")

    assert found.text == "Un\n\nLe premier chapitre."
    assert found.left[0] in {"cover", "table of contents"}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param("<p>a<br/>b</p>", [("paragraph", "a\nb")], id="a line break"),
        pytest.param("<div>a<p>b</p>c</div>", [("paragraph", x) for x in "abc"], id="loose text"),
        pytest.param("<ul><li>a</li><li>b</li></ul>", [("item", x) for x in "ab"], id="a list"),
        pytest.param(
            "<table><tr><td>a</td><td>b</td></tr></table>", [("table", "a\tb")], id="a table"
        ),
        pytest.param("<p>a&nbsp;b&eacute;</p>", [("paragraph", "a\u00a0bé")], id="entities"),
        pytest.param("<p>a &lt;b&gt; &amp;c</p>", [("paragraph", "a <b> &c")], id="of XML"),
        pytest.param(
            '<p>un mot<sup><a epub:type="noteref" href="#n">1</a></sup> là</p>'
            '<aside epub:type="footnote"><p>Une note.</p></aside>',
            [("paragraph", "un mot là"), ("note", "Une note.")], id="a note",
        ),
        pytest.param(
            '<p>un<span role="doc-pagebreak">12</span> mot</p>', [("paragraph", "un mot")],
            id="a page number",
        ),
        pytest.param(
            "<p>a</p><p hidden='hidden'>b</p><script>c</script><nav epub:type='toc'>d</nav>",
            [("paragraph", "a")], id="hidden",
        ),
        pytest.param("<p>a<b>b</p>", [("paragraph", "ab")], id="no XML"),
        pytest.param("<p>a &autre; b</p>", [("paragraph", "a &autre; b")], id="no entity"),
        pytest.param("<!-- c --><p>a</p>", [("paragraph", "a")], id="a comment"),
    ],
)  # fmt: skip
def test_a_chapter(tmp_path: Path, body: str, found: list[tuple[str, str]]) -> None:
    assert one(tmp_path, body) == found


def test_an_old_charset_is_read(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + chapter("<p>été</p>")
    data = epub({"un": ONE}, parts={"OEBPS/un.xhtml": text.encode("latin-1")})

    assert draft(tmp_path, data, "epub").text == "été"


def lock(uri: str) -> str:
    return (
        f"<encryption><EncryptedData><CipherReference URI='{uri}'/></EncryptedData></encryption>"
    )


def test_a_font_may_be_encrypted(tmp_path: Path) -> None:
    data = epub({"un": ONE}, parts={"META-INF/encryption.xml": lock("OEBPS/a.ttf")})

    assert draft(tmp_path, data, "epub").text == "Un\n\nLe premier chapitre."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(epub({"un": chapter("")}), "no text in its chapters", id="empty"),
        pytest.param(epub({}), "no text in its chapters", id="no chapters"),
        pytest.param(
            zipped({"META-INF/container.xml": "<container/>"}), "names no package", id="no package"
        ),
        pytest.param(
            epub({"un": ONE}, parts={"META-INF/encryption.xml": lock("OEBPS/un.xhtml")}), "DRM",
            id="encrypted",
        ),
        pytest.param(
            epub({}, parts={"OEBPS/content.opf": "<package>"}), "well-formed", id="broken"
        ),
        pytest.param(
            epub({"../../un": ONE}).replace(b"OEBPS/../../un", b"OEBPS/../../no"), "is missing",
            id="a chapter that leads out",
        ),
        pytest.param(
            epub({"un": "<!DOCTYPE html [<!ENTITY x 'y'>]>" + chapter("<p>&x;</p>")}),
            "the entity &x; is not expanded", id="an entity of its own",
        ),
        pytest.param(epub({"un": chapter("<div>" * 400)}), "deep", id="nested deeply"),
        pytest.param(epub({"un": chapter(f"<p>{'x' * 9_000_000}</p>")}), "a bomb", id="a bomb"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_rejected(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(RejectError, match=said):
        draft(tmp_path, data, "epub")
