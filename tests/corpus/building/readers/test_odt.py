from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.building.office.packing import blocks, draft, flat_odt, odt, zipped

from glose.corpus.building.rejections import RejectError


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def style(name: str, parent: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph"'
        f' style:parent-style-name="{parent}"/>'
    )


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        pytest.param("un\n   mot", "un mot", id="white space of the file"),
        pytest.param("un <text:span> mot</text:span>", "un mot", id="white space at a border"),
        pytest.param('un<text:s text:c="3"/>mot', "un   mot", id="blanks that are meant"),
        pytest.param("un<text:s/>mot", "un mot", id="one that is meant"),
        pytest.param('a<text:s text:c="99999999999"/>b', "a" + " " * 1000 + "b", id="too many"),
        pytest.param('a<text:s text:c="-1"/>b', "a b", id="no number"),
        pytest.param("a<text:tab/>b", "a\tb", id="a tab"),
        pytest.param("a <text:line-break/> b", "a \n b", id="a line break"),
        pytest.param("«\u00a0a\u202f!", "«\u00a0a\u202f!", id="no-break spaces stay"),
        pytest.param("<text:a>un lien</text:a>", "un lien", id="a link"),
        pytest.param("a<text:soft-page-break/>b", "ab", id="a page break"),
        pytest.param("<text:page-number>7</text:page-number>", "7", id="a field"),
        pytest.param(
            "<text:change-start/>un ajout<text:change-end/> là", "un ajout là", id="an insertion"
        ),
        pytest.param("un<text:change/> mot", "un mot", id="the place of a deletion"),
        pytest.param(
            "<text:ruby><text:ruby-base>mot</text:ruby-base><text:ruby-text>mo</text:ruby-text>"
            "</text:ruby>", "mot", id="what is written, not how it is read",
        ),
        pytest.param("a<text:hidden-text>b</text:hidden-text>", "a", id="hidden"),
    ],
)  # fmt: skip
def test_a_paragraph(tmp_path: Path, inside: str, text: str) -> None:
    assert draft(tmp_path, odt(p(inside)), "odt").text == text


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Standard", "paragraph"), ("Title", "title"), ("P1", "title"), ("P2", "quote"),
        ("Subtitle", "heading"), ("Preformatted_20_Text", "code"), ("P3", "paragraph"),
    ],
)  # fmt: skip
def test_a_style_gives_the_type(tmp_path: Path, name: str, type_: str) -> None:
    styles = style("P1", "Title") + style("P2", "Citation") + style("Citation", "Quotations")
    found = draft(tmp_path, odt(p("a", name), styles=styles + style("P3", "P3")), "odt")

    assert blocks(found) == [(type_, "a")]


def test_headings_lists_and_sections(tmp_path: Path) -> None:
    body = (
        "<text:section><text:h>Titre</text:h>"
        f"<text:list><text:list-item>{p('un')}<text:list><text:list-item>{p('deux')}"
        f"</text:list-item></text:list></text:list-item></text:list></text:section>{p('fin')}"
    )
    found = draft(tmp_path, odt(body), "odt")

    assert blocks(found) == [
        ("heading", "Titre"), ("item", "un"), ("item", "deux"), ("paragraph", "fin")
    ]  # fmt: skip
    assert (found.parts or [])[2].src == (
        "xpath=/document-content/body/text/section/list/list-item/list/list-item/p"
    )


def cell(inside: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{inside}</table:table-cell>"


def table(*rows: str) -> str:
    return (
        "<table:table>"
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        + "</table:table>"
    )


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param(
            table(cell(p("a")) + cell(p("b")), cell(p("c")) + "<table:covered-table-cell/>"),
            [("table", "a\tb\nc")], id="of data",
        ),
        pytest.param(
            table(cell(p("a") + p("b")) + cell(p("c"))),
            [("paragraph", text) for text in "abc"], id="of paragraphs",
        ),
        pytest.param(
            "<table:table><table:table-header-rows><table:table-row>" + cell(p("tête"))
            + "</table:table-row></table:table-header-rows><table:table-row>" + cell(p("a"))
            + "</table:table-row></table:table>", [("table", "tête\na")], id="with a head",
        ),
        pytest.param(
            table(cell(p("a"), 'table:number-columns-repeated="2"')), [("table", "a\ta")],
            id="repeated",
        ),
        pytest.param(table(cell("")), [], id="empty"),
    ],
)  # fmt: skip
def test_tables(tmp_path: Path, body: str, found: list[tuple[str, str]]) -> None:
    assert blocks(draft(tmp_path, odt(body + p("fin")), "odt")) == [*found, ("paragraph", "fin")]


def test_notes_and_frames_follow_their_paragraph(tmp_path: Path) -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        f"{p('Une note.')}{p('Sa suite.')}</text:note-body></text:note>"
    )
    frame = f"<draw:frame><draw:text-box>{p('un cadre')}</draw:text-box></draw:frame>"
    found = draft(tmp_path, odt(p(f"un {note}mot{frame}") + p("après")), "odt")

    assert blocks(found) == [
        ("paragraph", "un mot"), ("note", "Une note.\nSa suite."), ("paragraph", "un cadre"),
        ("paragraph", "après"),
    ]  # fmt: skip


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    deleted = f"<text:changed-region><text:deletion>{p('parti')}</text:deletion>"
    body = (
        f"<text:tracked-changes>{deleted}</text:changed-region></text:tracked-changes>"
        f"<text:table-of-content>{p('I. Un 3')}</text:table-of-content>"
        + p(
            f"a<office:annotation>{p('oui')}</office:annotation><draw:frame><draw:image/>"
            "</draw:frame>"
        )
    )
    found = draft(tmp_path, odt(body), "odt")

    assert (found.text, found.left) == (
        "a", ["tracked deletion", "table of contents", "comment", "image"]
    )  # fmt: skip


def test_properties_are_stated(tmp_path: Path) -> None:
    stated = (
        "<dc:title>Un titre</dc:title><meta:initial-creator>A. Martin</meta:initial-creator>"
        "<dc:creator>B. Petit</dc:creator><meta:creation-date>2018-03-14T10:00:00.5"
        "</meta:creation-date>"
    )
    stated += "<dc:date>2020-05-06T07:08:00</dc:date>"
    found = draft(tmp_path, odt(p("a"), stated), "odt")

    assert found.meta == {"title": "Un titre", "author": "A. Martin"}
    assert [(a.name, a.value) for a in found.extra] == [
        ("dc:date", "2020-05-06T07:08:00"), ("creation-date", "2018-03-14T10:00:00")
    ]  # fmt: skip
    assert found.date
    assert (found.date.day, found.basis) == (14, "created")


def test_plain_xml_is_read_too(tmp_path: Path) -> None:
    found = draft(tmp_path, flat_odt(p("un mot")), "odt")

    assert (found.text, (found.parts or [])[0].src) == ("un mot", "xpath=/document/body/text/p")


LOCKED = (
    '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(odt(""), "no text in its body", id="empty"),
        pytest.param(odt(p("a"), kind="spreadsheet"), "of the kind spreadsheet", id="a table"),
        pytest.param(
            odt(p("a"), **{"META-INF/manifest.xml": LOCKED}), "asks for a password", id="locked"
        ),
        pytest.param(odt("<text:p>"), "not well-formed XML", id="broken XML"),
        pytest.param(odt("<text:section>" * 300), "content.xml", id="nested deeply"),
        pytest.param(odt(p("x" * 9_000_000)), "a bomb", id="a bomb"),
        pytest.param(zipped({"mimetype": "", "content.xml": "<a/>"}), "unknown", id="no kind"),
        pytest.param(flat_odt("&bombe;"), "Entity 'bombe' not defined", id="an entity"),
    ],
)
def test_what_cannot_be_read_is_rejected(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(RejectError, match=said):
        draft(tmp_path, data, "odt")
