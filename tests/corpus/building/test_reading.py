"""One source becomes one record: text, metadata, segments, language and provenance."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus import rules
from glose.corpus.building.reading import Made, read
from glose.corpus.building.rejections import RejectError, Rejection
from glose.corpus.building.settings import Files, Rules
from glose.corpus.building.sources import Source
from glose.corpus.document import Attribute, Date, Document, Meta

BODY = "Douze civils ont été tués mardi dans des raids aériens sur Douma."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def document(
    folder: Path, content: str | bytes, name: str = "a.txt", known: Rules | None = None
) -> Document:
    """Return the document of a file with that content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = read(Source(path, name), "a", known or Rules())
    if isinstance(found, Rejection):
        raise RejectError(found.reason)
    assert isinstance(found, Made)
    return found.document


@pytest.mark.parametrize(
    ("content", "meta"),
    [
        pytest.param(BODY, Meta(), id="nothing stated"),
        pytest.param(
            f" date 2018-03 {BODY} (afp)",
            Meta(agency="afp", date=Date(2018, 3), date_basis="published"),
            id="an inline header and a credit",
        ),
        pytest.param(
            "Titre: Raids\nDate: 14 mars 2018\nSource: Le Courrier\nAuteur: J. M.\nLieu: Alep\n"
            f"Agence: ALM\nURL: https://e.org/a\nLicence: CC0-1.0\n\n{BODY}",
            Meta(
                title="Raids",
                source="Le Courrier",
                agency="alm",
                author="J. M.",
                url="https://e.org/a",
                date=Date(2018, 3, 14),
                date_basis="published",
                place="Alep",
                rights="CC0-1.0",
            ),
            id="lines of keys",
        ),
        pytest.param(
            f"---\ntitle: Raids\ndate: 2018-03-14\n---\n{BODY}\n\nALM/Le Courrier",
            Meta(
                title="Raids",
                source="Le Courrier",
                agency="alm",
                date=Date(2018, 3, 14),
                date_basis="published",
            ),
            id="front matter and a credit with a source",
        ),
        pytest.param(
            f"Date: mars 2018\n\nRaids\n\nBEYROUTH, 14 mars (AFP) - {BODY}",
            Meta(
                title="Raids",
                agency="afp",
                place="Beyrouth",
                date=Date(2018, 3, 14),
                date_basis="published",
            ),
            id="a dateline makes the date of a header more precise",
        ),
        pytest.param(
            f"BEYROUTH, 14 mars 2018 (AFP) - {BODY}",
            Meta(agency="afp", place="Beyrouth", date=Date(2018, 3, 14), date_basis="dateline"),
            id="a dateline alone",
        ),
    ],
)
def test_metadata(folder: Path, content: str, meta: Meta) -> None:
    assert document(folder, content).meta == meta


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(f"\n\n {BODY} \n\n", BODY, id="outer white space goes"),
        pytest.param(f"{BODY}\r\n\r\n\r\nFin.", f"{BODY}\n\n\nFin.", id="blank lines stay"),
        pytest.param(f" date 2018-03 {BODY} (afp)", BODY, id="header and credit go"),
        pytest.param(f"Titre: Raids\n\n{BODY}", BODY, id="so does a title in a header"),
        pytest.param(
            f"BEYROUTH (AFP) - {BODY}", f"BEYROUTH (AFP) - {BODY}", id="a dateline stays"
        ),
        pytest.param(f"Bilan: 12\n\n{BODY}", f"Bilan: 12\n\n{BODY}", id="unknown keys stay"),
    ],
)
def test_text(folder: Path, content: str, text: str) -> None:
    assert document(folder, content).text == text


@pytest.mark.parametrize(
    ("content", "extra"),
    [
        pytest.param("Date: hier\n\n", ("Date", "hier"), id="a date that is none"),
        pytest.param("Source: A\nJournal: B\n\n", ("Journal", "B"), id="a second source"),
        pytest.param("Rubrique: Monde\n\n", ("Rubrique", "Monde"), id="a key without a field"),
        pytest.param("Langue: klingon\n\n", ("Langue", "klingon"), id="a language that is none"),
        pytest.param("---\nfoo: bar\n---\n", ("foo", "bar"), id="an unknown key of YAML"),
    ],
)
def test_what_has_no_field_is_kept(folder: Path, content: str, extra: tuple[str, str]) -> None:
    assert Attribute(*extra) in document(folder, content + BODY).extra


@pytest.mark.parametrize(
    ("content", "known", "language"),
    [
        pytest.param(BODY * 2, Rules(), "fr", id="identified"),
        pytest.param("Non.", Rules(), None, id="not in a very short text"),
        pytest.param("Non.", Rules(language="fr"), "fr", id="of the configuration"),
        pytest.param(f"Langue: anglais\n\n{BODY}", Rules(language="fr"), "en", id="of the header"),
    ],
)
def test_language(folder: Path, content: str, known: Rules, language: str | None) -> None:
    assert document(folder, content, known=known).language == language


def test_what_is_known_of_a_file_fills_what_it_does_not_state(folder: Path) -> None:
    known = Rules(files=(Files("*.txt", source="X", rights="CC0-1.0"), Files("*", source="Y")))
    meta = document(folder, f"Source: Z\n\n{BODY}", known=known).meta

    assert (meta.source, meta.rights) == ("Z", "CC0-1.0")


def test_provenance(folder: Path) -> None:
    content = "Déjà vu à Alep.".encode("cp1252")
    provenance = document(folder, content).provenance

    assert provenance.file == "a.txt"
    assert provenance.file_sha256 == sha256(content).hexdigest()
    assert provenance.format == "text/plain; charset=windows-1252"
    assert (provenance.converter or "").startswith("glose ")


@pytest.mark.parametrize(
    ("content", "name", "format_"),
    [
        pytest.param(BODY, "a.txt", "text/plain", id="text"),
        pytest.param(BODY, "a.html", "text/plain", id="text whatever its suffix says"),
        pytest.param(f"<html><body><p>{BODY}</p></body></html>", "a.txt", "text/html", id="HTML"),
        pytest.param(f"<p>{BODY}</p>", "a.htm", "text/html", id="a fragment, by its suffix"),
        pytest.param(f"<p>{BODY}</p>", "a.txt", "text/plain", id="but not without it"),
        pytest.param(
            f"<!-- x --><!DOCTYPE html><html><body><p>{BODY}</p></body></html>",
            "a",
            "text/html",
            id="HTML after a comment",
        ),
    ],
)
def test_format(folder: Path, content: str, name: str, format_: str) -> None:
    assert document(folder, content, name).provenance.format == format_


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        pytest.param("", "a.txt", "empty", id="an empty file"),
        pytest.param(" \n\u00a0", "a.txt", "empty", id="white space"),
        pytest.param("Titre: X\nDate: 2018\n", "a.txt", "no text below", id="a header alone"),
        pytest.param("(afp)", "a.txt", "no text below", id="a credit alone"),
        pytest.param("\0", "a.png", r"expected a document \(docs/documents.md", id="no kind"),
        pytest.param("a = 1", "a.toml", "of this kind is not read; docs/documents.md", id="other"),
        pytest.param("id a", "a.gold.glose", "`glose corpus pack` reads them", id="a sheet"),
        pytest.param("<?xml version='1.0'?><x/>", "a", "xml of this kind is not", id="XML"),
        pytest.param(b"\0\1\2", "a.txt", "binary", id="binary"),
    ],
)
def test_document_is_refused(folder: Path, content: str | bytes, name: str, reason: str) -> None:
    with pytest.raises(RejectError, match=reason):
        document(folder, content, name)


def test_html_article_has_its_credit_taken_out(folder: Path) -> None:
    page = f"<html><body><h1>Raids</h1><p>{BODY}</p><p>{BODY} Oui.</p><p>(Corvus)</p>"
    found = document(folder, page, "a.html")

    assert (found.meta.title, found.meta.agency) == ("Raids", "corvus")
    assert found.text == f"Raids\n\n{BODY}\n\n{BODY} Oui."


def test_state_says_that_nothing_is_annotated(folder: Path) -> None:
    found = document(folder, BODY)

    assert (found.layer, found.status.state, found.status.annotated) == ("text", "raw", ())


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.text(
    "aB. \n\r:-«»()/,é12\u00a0<>", max_size=80
)


@given(TEXTS)
def test_any_text_keeps_the_rules_of_the_record_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(text.encode())
    (found,) = read(Source(path, "any.txt"), "any", Rules(language="fr"))

    if isinstance(found, Made):
        assert list(rules.faults(found.document)) == []
        encoded = msgspec.json.encode(found.document)
        assert msgspec.json.decode(encoded, type=Document) == found.document


@pytest.mark.parametrize(
    ("content", "title"),
    [
        pytest.param(f"# Raids sur Douma\n\n{BODY}", "Raids sur Douma", id="a mark"),
        pytest.param(f"## Raids ##\n\n{BODY}", "Raids", id="marks at both ends"),
        pytest.param(f"Raids\n\n{BODY}", "Raids", id="no mark"),
        pytest.param(f"#\n\n{BODY}", "#", id="a mark alone"),
    ],
)
def test_title_of_markdown_is_without_its_marks(folder: Path, content: str, title: str) -> None:
    found = document(folder, content, "a.md")

    assert (found.meta.title, found.text) == (title, content.strip())
