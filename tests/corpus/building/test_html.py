"""Pages become the text of their article, with its no-break spaces, and what they state."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.corpus.building.dates import parse as date_of
from glose.corpus.building.html import Page, parse
from glose.corpus.building.rejections import RejectError

ONE = (
    "L'armée russe a annoncé vendredi qu'un accord avait été conclu avec les groupes armés à"
    " Douma, selon l'état-major."
)
TWO = "Le porte-parole du groupe, joint par téléphone, n'a pas voulu dire quand il serait signé."


def page(body: str = "", head: str = "", title: str = "<h1>Un accord à Douma</h1>") -> str:
    """Return a page with two paragraphs, menus around them, and what is given besides."""
    return (
        f"<!DOCTYPE html><html><head><title>Accord | Le Site</title>{head}</head><body>"
        "<nav><a href='/'>Accueil</a> <a href='/monde'>Monde</a></nav>"
        f"<main><article>{title}<p>{ONE}</p>{body}<p>{TWO}</p></article></main>"
        "<footer><p>Tous droits réservés</p></footer></body></html>"
    )


def blocks(markup: str) -> list[str]:
    return parse(markup).text.split("\n\n")


def test_text_is_the_title_and_the_paragraphs_of_the_article() -> None:
    assert blocks(page()) == ["Un accord à Douma", ONE, TWO]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param("<p>a&nbsp;b c d e</p>", "a\u00a0b c d e", id="a named entity"),
        pytest.param("<p>12&#8239;000 morts</p>", "12\u202f000 morts", id="a numbered entity"),
        pytest.param("<p>«\u00a0oui\u00a0» non</p>", "«\u00a0oui\u00a0» non", id="the sign"),
        pytest.param("<p><b>«&nbsp;oui</b>&nbsp;»</p>", "«\u00a0oui\u00a0»", id="around markup"),
    ],
)
def test_no_break_spaces_are_kept(inner: str, expected: str) -> None:
    assert blocks(page(inner))[2] == expected


def test_sign_that_stands_for_a_no_break_space_may_be_in_the_text() -> None:
    assert blocks(page("<p>⍽ et ⎵ et&nbsp;␣ ici</p>"))[2] == "⍽ et ⎵ et\u00a0␣ ici"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param("<p>un mot\n  coupé ici</p>", ["un mot coupé ici"], id="a wrapped line"),
        pytest.param("<p>a<br>b</p>", ["a\nb"], id="a break"),
        pytest.param("<ul><li>un</li><li>deux</li></ul>", ["un", "deux"], id="a list"),
        pytest.param("<p>un <b>mot</b> <i>là</i></p>", ["un mot là"], id="markup in a line"),
        pytest.param("<p>&nbsp;</p>", [], id="an empty paragraph"),
        pytest.param("<p>Ça va 👍 فريد</p>", ["Ça va 👍 فريد"], id="emoji and Arabic"),
        pytest.param("<p>a &lt; b &amp; c</p>", ["a < b & c"], id="entities"),
        pytest.param("<script>var a = 'x';</script>", [], id="a script"),
    ],
)
def test_blocks_of_a_page(inner: str, expected: list[str]) -> None:
    assert blocks(page(inner))[2:-1] == expected


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        pytest.param(page(), "Un accord à Douma", id="the only h1"),
        pytest.param(
            page(title="<h1>Un <em>accord</em>\n ici</h1>"), "Un accord ici", id="markup"
        ),
        pytest.param(
            page(title="<h1>Paix&nbsp;: oui</h1>"), "Paix\u00a0: oui", id="no-break space"
        ),
    ],
)
def test_title(markup: str, title: str) -> None:
    assert parse(markup).title == title


def test_page_without_heading_has_the_title_that_it_states() -> None:
    markup = page(title="", head="<meta property='og:title' content='Accord à Douma'>")

    assert parse(markup).title == "Accord à Douma"


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<meta name='author' content='Jeanne Martin'>", "author", "Jeanne Martin"),
        (
            "<link rel='canonical' href='https://example.org/a/b'>",
            "url",
            "https://example.org/a/b",
        ),
        ("<meta property='og:site_name' content='Le Courrier'>", "source", "Le Courrier"),
    ],
)
def test_what_a_page_states(head: str, field: str, value: str) -> None:
    assert getattr(parse(page(head=head)), field) == value


@pytest.mark.parametrize(
    ("head", "date"),
    [
        pytest.param(
            "<meta property='article:published_time' content='2018-03-14T10:30:00Z'>",
            "2018-03-14T10:30:00Z",
            id="a published time",
        ),
        pytest.param("<meta name='date' content='2018-03'>", "2018-03", id="a month stays one"),
        pytest.param(
            "<meta property='article:published_time' content='2031-05-20'>",
            "2031-05-20",
            id="a date to come, so that the result does not depend on today",
        ),
        pytest.param(
            '<script type=\'application/ld+json\'>{"@type": "NewsArticle",'
            ' "datePublished": "2018-03-14"}</script>',
            "2018-03-14",
            id="JSON-LD, by htmldate",
        ),
    ],
)
def test_date(head: str, date: str) -> None:
    assert parse(page(head=head)).dates[0] == date


def test_dates_can_be_read() -> None:
    found = parse(page("<time datetime='2018-03-14T10:30'>14 mars</time>"))

    assert all(date_of(date) for date in found.dates)


def test_page_without_a_date_has_none() -> None:
    assert parse(page()).dates == ()


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<html><body></body></html>", id="empty"),
        pytest.param("<html><body><nav><a href='/'>Accueil</a></nav></body></html>", id="a menu"),
        pytest.param("<html><body><script>x</script></body></html>", id="a script"),
        pytest.param("<html>", id="one tag"),
        pytest.param("<", id="not even that"),
        pytest.param("<html><body>" + "<div>" * 3000 + "x", id="too deep"),
    ],
)
def test_page_without_an_article_is_refused(markup: str) -> None:
    with pytest.raises(RejectError, match=r"no article|cannot be"):
        parse(markup)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f"<p>{ONE}</p>", id="a fragment"),
        pytest.param(f"<p>{ONE}", id="a tag that is not closed"),
        pytest.param(
            f"<?xml version='1.0' encoding='iso-8859-1'?><html><body><p>{ONE}</p></body></html>",
            id="XHTML whose declared charset was that of the bytes",
        ),
        pytest.param(
            f"<html><head><meta charset='iso-8859-1'></head><body><p>{ONE}</p></body></html>",
            id="HTML whose declared charset was that of the bytes",
        ),
    ],
)
def test_short_and_broken_pages(markup: str) -> None:
    assert blocks(markup) == [ONE]


def test_same_page_gives_the_same_article() -> None:
    first, second = (parse(page("<p>Encore un paragraphe de plus.</p>")) for _ in range(2))

    assert isinstance(first, Page)
    assert first == second


MARKUP = st.lists(
    st.sampled_from(
        ["<html>", "<body>", "<p>", "</p>", "<h1>", "</h1>", "<div>", "</div>", "<ul><li>", "<br>",
         "<table><tr><td>", "<!--", "-->", "<script>", "&nbsp;", "&#0;", "&#xD800;", ONE, "é", "<",
         "<blockquote>", "<a href='x'>", "<meta name='date' content='x'>", "]]>", "<?x"]
    ),
    max_size=30,
)  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(MARKUP)
def test_any_markup_is_a_page_or_refused(pieces: list[str]) -> None:
    """No other exception comes out, and no text holds what a record may not."""
    try:
        text = parse("".join(pieces)).text
    except RejectError:
        return
    text.encode()
    assert "\0" not in text
