from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.building.office.packing import blocks, docx, draft, p, relations, zipped

from glose.corpus.building.readers import docx as reader
from glose.corpus.building.rejections import RejectError

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>{more}</w:style>'
    for id_, name, more in (
        ("Titre", "Title", ""), ("Titre1", "heading 1", ""), ("Citation", "Quote", ""),
        ("Chapo", "Chapo", '<w:basedOn w:val="Titre1"/>'), ("TM1", "toc 1", ""),
        ("Plan", "Plan", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("Puces", "List Bullet", ""), ("Boucle", "Boucle", '<w:basedOn w:val="Boucle"/>'),
        ("Liste", "Liste", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'),
    )
)  # fmt: skip


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{t(text)}</w:r>"


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(text: str) -> str:
    return f"<w:drawing><wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx></w:drawing>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        pytest.param(run("un ") + run("mot", "<w:b/>"), "un mot", id="two runs"),
        pytest.param("<w:r><w:t> un mot </w:t></w:r>" + run(" là"), "un mot là", id="no preserve"),
        pytest.param(run("«\u00a0a\u202f!"), "«\u00a0a\u202f!", id="no-break spaces stay"),
        pytest.param(f"<w:r>{t('a')}<w:tab/>{t('b')}</w:r>", "a\tb", id="a tab"),
        pytest.param(f"<w:r>{t('a')}<w:br/>{t('b')}</w:r>", "a\nb", id="a line break"),
        pytest.param(f"<w:r>{t('a')}<w:br/><w:br/>{t('b')}</w:r>", "a\nb", id="no blank line"),
        pytest.param(f"<w:r>{t('a')}<w:noBreakHyphen/>{t('b')}</w:r>", "a\u2011b", id="U+2011"),
        pytest.param(f"<w:r>{t('a')}<w:softHyphen/>{t('b')}</w:r>", "ab", id="a soft hyphen"),
        pytest.param('<w:r><w:sym w:font="X" w:char="20AC"/></w:r>', "€", id="a sign"),
        pytest.param('<w:r><w:sym w:font="Symbol" w:char="F0DA"/></w:r>', "∨", id="of Symbol"),
        pytest.param('<w:r><w:sym w:font="Wing" w:char="00FC"/></w:r>', "\uf0fc", id="of another"),
        pytest.param(run("a") + '<w:r><w:sym w:char="x"/></w:r>', "a", id="no sign"),
        pytest.param(f"<w:hyperlink>{run('un lien')}</w:hyperlink>", "un lien", id="a link"),
        pytest.param(f"<w:ins>{run('un ajout')}</w:ins>", "un ajout", id="an insertion"),
        pytest.param(f"a<w:moveTo>{run('là')}</w:moveTo>", "là", id="moved to"),
        pytest.param(
            run("a") + f"<w:del><w:r><w:delText>b</w:delText></w:r>{run('c')}</w:del>", "a",
            id="a deletion",
        ),
        pytest.param(run("a") + f"<w:moveFrom>{run('b')}</w:moveFrom>", "a", id="moved from"),
        pytest.param(run("a") + run("b", "<w:vanish/>"), "a", id="hidden"),
        pytest.param(run("a", '<w:vanish w:val="0"/>'), "a", id="not hidden"),
        pytest.param(
            f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>', "7", id="a simple field"
        ),
        pytest.param(field("HYPERLINK x", run("là")), "là", id="a field"),
        pytest.param(
            field(f"IF {'</w:instrText></w:r>' + field('A', run('no')) + '<w:r><w:instrText>'}",
                  run("yes")), "yes", id="a field in an instruction",
        ),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("a"), "a", id="an end alone"
        ),
        pytest.param(
            f"<w:ruby><w:rt>{run('lu')}</w:rt><w:rubyBase>{run('mot')}</w:rubyBase></w:ruby>",
            "mot", id="what is written, not how it is read",
        ),
        pytest.param("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "x+1", id="a formula"),
        pytest.param(
            f"<w:sdt><w:sdtContent>{run('a')}</w:sdtContent></w:sdt>", "a", id="a control"
        ),
        pytest.param(
            run("a") + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + run("Cliquez ici") + "</w:sdtContent></w:sdt>", "a", id="a placeholder",
        ),
    ],
)  # fmt: skip
def test_a_paragraph(tmp_path: Path, runs: str, text: str) -> None:
    assert draft(tmp_path, docx(f"<w:p>{runs}</w:p>"), "docx").text == text


@pytest.mark.parametrize(
    ("style", "type_"),
    [
        ("", "paragraph"), ("Titre", "title"), ("Titre1", "heading"), ("Chapo", "heading"),
        ("Plan", "heading"), ("Citation", "quote"), ("Puces", "item"), ("Liste", "item"),
        ("Boucle", "paragraph"), ("Inconnu", "paragraph"),
    ],
)  # fmt: skip
def test_a_style_gives_the_type(tmp_path: Path, style: str, type_: str) -> None:
    found = draft(tmp_path, docx(p("a", style), styles=STYLES), "docx")

    assert blocks(found) == [(type_, "a")]


@pytest.mark.parametrize(
    ("properties", "type_"),
    [
        ('<w:numPr><w:numId w:val="2"/></w:numPr>', "item"),
        ('<w:numPr><w:numId w:val="0"/></w:numPr>', "paragraph"),
        ('<w:outlineLvl w:val="0"/>', "heading"),
        ('<w:outlineLvl w:val="9"/>', "paragraph"),
    ],
)
def test_properties_give_the_type(tmp_path: Path, properties: str, type_: str) -> None:
    body = f"<w:p><w:pPr>{properties}</w:pPr>{run('a')}</w:p>"

    assert blocks(draft(tmp_path, docx(body), "docx")) == [(type_, "a")]


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def test_a_table_is_one_block(tmp_path: Path) -> None:
    body = p("avant") + f"<w:tbl>{row(p('a'), p('b'))}{row(p(''), p('d'))}</w:tbl>" + p("après")

    assert blocks(draft(tmp_path, docx(body), "docx")) == [
        ("paragraph", "avant"), ("table", "a\tb\n\td"), ("paragraph", "après")
    ]  # fmt: skip


def test_a_table_of_paragraphs_is_read_cell_by_cell(tmp_path: Path) -> None:
    body = f"<w:tbl>{row(p('a') + p('b'), p('c'))}{row(p('d'), p('e'))}</w:tbl>"

    assert [text for _, text in blocks(draft(tmp_path, docx(body), "docx"))] == list("abcde")


def test_a_table_in_a_table(tmp_path: Path) -> None:
    inner = f"<w:tbl>{row(p('b'), p('c'))}</w:tbl>"
    body = f"<w:tbl>{row(p('a'), inner + p('d'))}</w:tbl>"

    assert [text for _, text in blocks(draft(tmp_path, docx(body), "docx"))] == ["a", "b\tc", "d"]


def test_a_deleted_row_is_left_out(tmp_path: Path) -> None:
    deleted = row(p("b")).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    found = draft(tmp_path, docx(f"<w:tbl>{row(p('a'))}{deleted}</w:tbl>"), "docx")

    assert (found.text, found.left) == ("a", ["tracked deletion"])


NOTES = (
    '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
    f'<w:footnote w:id="1">{p("Une note.")}{p("Sa suite.")}</w:footnote>'
)


def test_a_note_follows_its_paragraph(tmp_path: Path) -> None:
    body = f'<w:p>{run("un mot")}<w:r><w:footnoteReference w:id="1"/></w:r>{run(" là")}</w:p>'
    found = draft(tmp_path, docx(body + p("après"), notes=NOTES), "docx")

    assert blocks(found) == [
        ("paragraph", "un mot là"), ("note", "Une note.\nSa suite."), ("paragraph", "après")
    ]  # fmt: skip
    assert [part.src for part in found.parts or ()] == [
        "xpath=/document/body/p[1]", "part=word/footnotes.xml; xpath=/footnotes/footnote[2]",
        "xpath=/document/body/p[2]",
    ]  # fmt: skip


def test_a_note_in_a_table_follows_the_table(tmp_path: Path) -> None:
    cell = f'<w:p>{run("a")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    found = draft(tmp_path, docx(f"<w:tbl>{row(cell, p('b'))}</w:tbl>", notes=NOTES), "docx")

    assert blocks(found) == [("table", "a\tb"), ("note", "Une note.\nSa suite.")]


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(box("un cadre"), id="a drawing"),
        pytest.param(box("un cadre").replace("w:drawing", "w:pict"), id="an old one"),
        pytest.param(
            f"<mc:AlternateContent><mc:Choice>{box('un cadre')}</mc:Choice>"
            f"<mc:Fallback>{box('un cadre').replace('w:drawing', 'w:pict')}</mc:Fallback>"
            "</mc:AlternateContent>", id="both",
        ),
    ],
)  # fmt: skip
def test_a_text_box_follows_its_paragraph_once(tmp_path: Path, drawn: str) -> None:
    body = f"<w:p>{run('a')}<w:r>{drawn}</w:r>{run('b')}</w:p>"

    assert blocks(draft(tmp_path, docx(body), "docx")) == [
        ("paragraph", "ab"), ("paragraph", "un cadre")
    ]  # fmt: skip


def test_a_paragraph_whose_end_is_deleted_goes_on(tmp_path: Path) -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('un ')}</w:p>{p('mot')}"

    assert draft(tmp_path, docx(body), "docx").text == "un mot"


def test_a_large_initial_opens_the_next_paragraph(tmp_path: Path) -> None:
    initial = f'<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>{run("L")}</w:p>'

    assert draft(tmp_path, docx(initial + p("es pompiers")), "docx").text == "Les pompiers"


@pytest.mark.parametrize(
    ("contents", "count"),
    [
        pytest.param(p("I. Un 3", "TM1") + p("II. Deux 4", "TM1"), 1, id="by style"),
        pytest.param(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('I. Un 3')}</w:sdtContent></w:sdt>", 1,
            id="by its control",
        ),
        pytest.param(
            "<w:p>" + field("TOC \\o", run("I. 3") + "</w:p><w:p>" + run("II.")) + "</w:p>",
            1, id="by its field, over paragraphs",
        ),
    ],
)  # fmt: skip
def test_contents_are_left_out(tmp_path: Path, contents: str, count: int) -> None:
    found = draft(tmp_path, docx(contents + p("le texte"), styles=STYLES), "docx")

    assert (found.text, found.left) == ("le texte", ["table of contents"] * count)


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('a')}<w:r><w:commentReference/></w:r><w:r><w:drawing/></w:r>"
        f"<w:del>{run('b')}</w:del>{run('c', '<w:vanish/>')}</w:p>"
    )

    assert draft(tmp_path, docx(body), "docx").left == [
        "comment", "image", "tracked deletion", "hidden text"
    ]  # fmt: skip


def test_properties_are_stated(tmp_path: Path) -> None:
    core = (
        "<dc:title>Un titre</dc:title><dc:creator>A. Martin</dc:creator><dc:language>en-US"
        "</dc:language><dcterms:created>2018-03-14T09:05:00Z</dcterms:created>"
    )
    found = draft(tmp_path, docx(p("Le titre", "Titre") + p("a"), core, styles=STYLES), "docx")

    assert found.meta == {"title": "Le titre", "author": "A. Martin"}
    assert found.date
    assert (found.date.year, found.date.month, found.basis) == (2018, 3, "created")
    assert [(a.name, a.value) for a in found.extra] == [
        ("title", "Un titre"), ("dc:language", "en-US"), ("created", "2018-03-14T09:05:00Z")
    ]  # fmt: skip


def test_the_main_part_may_have_any_name(tmp_path: Path) -> None:
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(officeDocument="/word/document2.xml"),
            "word/document2.xml": f'<w:document xmlns:w="urn:strict"><w:body>{p("a")}</w:body>'
            "</w:document>",
        }
    )

    assert draft(tmp_path, data, "docx").text == "a"


WHOLE = docx(p("a"))
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(OLD + b"\0" * 99, "save it as DOCX", id="old"),
        pytest.param(docx(""), "no text in its body", id="empty"),
        pytest.param(docx("<w:p>"), "not well-formed XML", id="broken XML"),
        pytest.param(docx("&bombe;"), "document.xml", id="an entity"),
        pytest.param(
            zipped({"[Content_Types].xml": "", "_rels/.rels": relations(officeDocument="xl/a")}),
            "a workbook of Office", id="a workbook",
        ),
        pytest.param(
            zipped({"[Content_Types].xml": "", "_rels/.rels": relations(officeDocument="ppt/a")}),
            "slides of Office", id="slides",
        ),
        pytest.param(zipped({"[Content_Types].xml": ""}), "document.xml is missing", id="no part"),
        pytest.param(
            zipped({"[Content_Types].xml": "",
                    "_rels/.rels": relations(officeDocument="../../../etc/passwd")}),
            "the part etc/passwd is missing", id="a part that leads out",
        ),
        pytest.param(docx("<w:p>" * 400), "document.xml", id="nested deeply"),
        pytest.param(docx(p("x" * 9_000_000)), "a bomb", id="a bomb"),
        pytest.param(WHOLE.replace(b"word/document.xml", b"word/documenT.xml"), "missing",
                     id="a name in small letters"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_rejected(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(RejectError, match=said):
        draft(tmp_path, data, "docx")


def test_a_damaged_part_is_told(tmp_path: Path) -> None:
    data = bytearray(docx(p("un texte assez long pour être comprimé " * 30)))
    at = data.index(b"word/document.xml") + 60
    data[at : at + 4] = b"\xff\xff\xff\xff"

    with pytest.raises(RejectError, match=r"the part word/document\.xml: the archive is broken"):
        draft(tmp_path, bytes(data), "docx")


def test_a_declaration_of_entities_is_no_way_in(tmp_path: Path) -> None:
    inside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    data = docx("", **{"word/document.xml": f"{inside}<document><body>&x;</body></document>"})

    with pytest.raises(RejectError, match="the entity &x; is not expanded"):
        draft(tmp_path, data, "docx")


def test_the_media_type_is_that_of_word() -> None:
    assert reader.READER.media.endswith("wordprocessingml.document")
