from __future__ import annotations

from dataclasses import replace

import pytest
from tests.corpus.building.pdf.writer import A4, Line, Page, column, pdf

from glose.corpus.building.pdf import layout
from glose.corpus.building.pdf.layout import Layout

#: Lines of about equal length, as justified text has them.
PROSE = """\
Le gouvernement a annoncé mercredi la création d'une
commission chargée d'enquêter sur les causes du feu
qui a ravagé un entrepôt du port dans la nuit, selon
un bilan provisoire communiqué par la préfecture aux
journalistes qui attendaient devant ses portes."""
WHOLE = " ".join(PROSE.split("\n"))
NARROW = """\
Les syndicats ont appelé
à une journée de grève à
la veille des pourparlers
avec la direction, qui ne
veut rien céder encore à
ce jour."""
OTHER = """\
La direction du port fait
savoir que rien ne sera à
décider avant la fin d'un
mois qui sera long, comme
les autres avant lui, dit
un proche."""


def read(*pages: Page | list[Line]) -> Layout:
    return layout.parse(pdf(pages))


def texts(*pages: Page | list[Line]) -> list[str]:
    return [paragraph.text for paragraph in read(*pages).paragraphs]


def flat(text: str) -> str:
    return " ".join(text.split())


def wide(text: str, top: float, size: float = 10) -> list[Line]:
    return column(text, x=60, top=top, size=size)


class TestParagraphs:
    def test_lines_become_a_paragraph(self) -> None:
        assert texts(wide(PROSE, 760)) == [WHOLE]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            pytest.param(PROSE, "\n" + PROSE, id="a gap"),
            pytest.param(PROSE, "  " + PROSE, id="an indent"),
            pytest.param(PROSE, PROSE, id="room in the last line"),
            pytest.param("Le premier point.", "Le second point.", id="two short lines"),
        ],
    )
    def test_a_paragraph_ends(self, first: str, second: str) -> None:
        found = texts(wide(f"{PROSE}\n\n{first}\n{second}", 760))

        assert found == [WHOLE, flat(first), flat(second)]

    @pytest.mark.parametrize(
        "lines",
        [
            pytest.param(["une ligne courte", PROSE.lower()], id="ragged, in small letters"),
            pytest.param(["Il parle de M.", PROSE.lower()], id="a full stop, a small letter"),
        ],
    )
    def test_a_paragraph_goes_on(self, lines: list[str]) -> None:
        assert len(texts(wide("\n".join(lines), 760))) == 1

    def test_words_that_are_divided_are_joined(self) -> None:
        lines = "La commission inter-\nnationale ira aux États-\nUnis avec un porte-\nparole."
        joined = "La commission internationale ira aux États-Unis avec un porte-parole."

        assert texts(wide(lines, 760)) == [joined]

    def test_items_are_apart(self) -> None:
        items = "• un point\n• un autre qui est\n  long\n• le dernier"
        found = read(wide(f"{PROSE}\n\n{items}", 760)).paragraphs

        assert [(p.type, p.text) for p in found[1:]] == [
            ("item", "• un point"), ("item", "• un autre qui est long"), ("item", "• le dernier")
        ]  # fmt: skip

    def test_a_paragraph_goes_on_overleaf(self) -> None:
        lines = wide(PROSE, 760)
        below = [replace(line, y=760 - 12 * n) for n, line in enumerate(lines[3:])]
        found = read(lines[:3], below).paragraphs

        assert [(p.text, p.first, p.last) for p in found] == [(WHOLE, 1, 2)]

    def test_a_paragraph_that_is_over_does_not(self) -> None:
        found = read(wide(PROSE, 760), wide(PROSE, 760)).paragraphs

        assert [(p.text, p.first, p.last) for p in found] == [(WHOLE, 1, 1), (WHOLE, 2, 2)]

    def test_headings_are_larger_or_bold(self) -> None:
        page = [
            *wide("Un incendie au port", 780, size=18),
            *wide(PROSE, 740),
            Line(60, 660, "Les secours", bold=True),
            *wide(PROSE, 640),
            *wide("La suite", 560, size=12),
            *wide(PROSE, 540),
        ]
        found = read(page).paragraphs

        assert [(p.type, p.text) for p in found if p.text != WHOLE] == [
            ("title", "Un incendie au port"), ("heading", "Les secours"), ("heading", "La suite")
        ]  # fmt: skip

    def test_a_heading_below_text_is_no_title(self) -> None:
        page = [*wide(PROSE, 760), *wide("La suite", 640, size=14), *wide(PROSE, 600)]

        assert [p.type for p in read(page).paragraphs] == ["paragraph", "heading", "paragraph"]

    def test_footnotes_do_not_interrupt(self) -> None:
        text = PROSE.replace("un entrepôt", "un silo (1)")
        lines = wide(text, 200)
        note = [Line(60, 100, "1 Une note en bas de la page.", 8)]
        below = [replace(line, y=760 - 12 * n) for n, line in enumerate(lines[3:])]
        found = read([*lines[:3], *note], below).paragraphs

        assert [(p.type, p.text) for p in found] == [
            ("paragraph", flat(text)), ("note", "1 Une note en bas de la page.")
        ]  # fmt: skip

    def test_a_note_goes_on_overleaf(self) -> None:
        first = [
            *wide(PROSE.replace("feu", "feu (1)"), 200),
            Line(60, 100, "1 Une note qui est", 8),
        ]
        second = [*wide(PROSE, 760), Line(60, 100, "longue.", 8)]
        found = read(first, second).paragraphs

        assert [(p.type, p.text) for p in found][1:] == [
            ("note", "1 Une note qui est longue."), ("paragraph", WHOLE)
        ]  # fmt: skip

    def test_small_lines_that_nothing_refers_to_are_no_notes(self) -> None:
        found = read([*wide(PROSE, 760), Line(60, 100, "1 octet = 8 bits", 8)]).paragraphs

        assert [p.type for p in found] == ["paragraph", "paragraph"]

    @pytest.mark.parametrize(
        ("number", "text"),
        [
            pytest.param("1", "Le ministre est parti.", id="the number of a note of the page"),
            pytest.param("2", "Le ministre2 est parti.", id="another number stays"),
        ],
    )
    def test_the_number_of_a_note_leaves_the_text(self, number: str, text: str) -> None:
        self.check("Le ministre", number, text)

    def test_an_exponent_stays(self) -> None:
        self.check("Sur 9000 km", "1", "Sur 9000 km1 est parti.")

    def check(self, before: str, number: str, text: str) -> None:
        page = [
            Line(60, 760, before), Line(126, 764, number, 6), Line(133, 760, "est parti."),
            *wide(PROSE, 730), Line(60, 100, "1 Une note en bas de la page.", 7),
        ]  # fmt: skip

        assert texts(page)[0] == text

    def test_notes_as_large_as_the_text_are_known_by_their_numbers(self) -> None:
        page = [
            Line(60, 760, "Le ministre"), Line(126, 764, "1", 6), Line(130, 760, ", dit-on."),
            *wide("1. un point\n2. un autre", 720),
            Line(60, 100, "1 Une note en bas de la page."),
        ]  # fmt: skip
        found = read(page).paragraphs

        assert [(p.type, p.text) for p in found] == [
            ("paragraph", "Le ministre, dit-on."), ("item", "1. un point"),
            ("item", "2. un autre"), ("note", "1 Une note en bas de la page."),
        ]  # fmt: skip

    def test_a_large_initial_opens_its_word(self) -> None:
        page = [
            Line(60, 740, "L", 36),
            Line(83, 757, "es pompiers ont lutté toute"),
            Line(83, 745, "la nuit contre le feu qui a"),
            Line(60, 729, "ravagé un entrepôt du port, là"),
            Line(60, 717, "où les cuves sont les autres."),
        ]
        assert texts(page)[0].startswith("Les pompiers ont lutté toute la nuit contre le feu")


class TestColumns:
    def test_two_columns_are_read_one_after_the_other(self) -> None:
        page = [*column(NARROW, x=60), *column(OTHER, x=230)]

        assert texts(page) == [flat(NARROW), flat(OTHER)]

    def test_in_whatever_order_they_are_drawn(self) -> None:
        left, right = column(NARROW, x=60), column(OTHER, x=230)
        across = [line for pair in zip(left, right, strict=True) for line in pair]

        assert texts(across) == texts([*right, *left]) == [flat(NARROW), flat(OTHER)]

    def test_three_columns(self) -> None:
        page = [*column(NARROW, x=40), *column(OTHER, x=210), *column(NARROW, x=380)]

        assert texts(page) == [flat(NARROW), flat(OTHER), flat(NARROW)]

    def test_what_stands_across_parts_them(self) -> None:
        title = Line(60, 800, "Un incendie au port fait douze morts", 14)
        across = Line(60, 660, "Ce qui suit traverse les deux colonnes de la page.", 10)
        page = [
            *column(NARROW, x=60, top=770), *column(OTHER, x=230, top=770), across, title,
            *column(OTHER, x=60, top=630), *column(NARROW, x=230, top=630),
        ]  # fmt: skip

        assert texts(page) == [
            title.text, flat(NARROW), flat(OTHER), across.text, flat(OTHER), flat(NARROW)
        ]  # fmt: skip

    def test_a_column_of_one_line_is_known_from_other_pages(self) -> None:
        full = [*column(NARROW, x=60), *column(OTHER, x=230)]
        last = [*column(NARROW, x=60), Line(230, 760, "Fin de la colonne.")]

        assert texts(full, last)[2:] == [flat(NARROW), "Fin de la colonne."]

    def test_what_stands_below_balanced_columns_is_read_after_both(self) -> None:
        below = [Line(60, 660, "Tableau"), Line(60, 646, "Brest 12")]
        page = [*column(NARROW, x=60), *column(OTHER, x=230), *below]

        assert texts(page)[:2] == [flat(NARROW), flat(OTHER)]

    def test_a_column_that_is_longer_than_the_other_goes_on(self) -> None:
        longer = f"{NARROW}\n\n{OTHER}"
        page = [*column(longer, x=60), *column(OTHER, x=230)]

        assert texts(page) == [flat(NARROW), flat(OTHER), flat(OTHER)]

    def test_a_table_is_read_row_by_row(self) -> None:
        rows = [("Paris", "12"), ("Lyon", "7"), ("Lille", "30"), ("Metz", "4")]
        page = [
            line
            for n, (city, count) in enumerate(rows)
            for line in (Line(60, 760 - 14 * n, city), Line(300, 760 - 14 * n, count))
        ]

        found = read([*page, *wide(PROSE, 680)]).paragraphs

        assert [(p.type, p.text) for p in found] == [
            ("table", "Paris\t12\nLyon\t7\nLille\t30\nMetz\t4"), ("paragraph", WHOLE)
        ]  # fmt: skip


class TestTables:
    def rows(self, *texts: tuple[str, ...], top: float = 700) -> list[Line]:
        return [
            Line(60 + 120 * column, top - 14 * n, text)
            for n, row in enumerate(texts)
            for column, text in enumerate(row)
            if text
        ]

    def test_a_table_is_apart_from_what_surrounds_it(self) -> None:
        table = self.rows(("Ville", "Morts", "Blessés"), ("Brest", "12", "30"), ("Metz", "", "4"))
        found = read([*wide(PROSE, 770), *table, *wide(PROSE, 640)]).paragraphs

        assert [(p.type, p.text) for p in found] == [
            ("paragraph", WHOLE),
            ("table", "Ville\tMorts\tBlessés\nBrest\t12\t30\nMetz\t4"),
            ("paragraph", WHOLE),
        ]

    def test_one_wide_gap_makes_no_table(self) -> None:
        page = [*wide(PROSE, 760), Line(60, 660, "Le maire"), Line(300, 660, "A. Martin")]

        assert [p.type for p in read(page).paragraphs] == ["paragraph", "paragraph"]

    def test_gaps_in_different_places_make_no_table(self) -> None:
        lines = [
            Line(60, 760, "un deux trois"), Line(180, 760, "quatre cinq six sept"),
            Line(60, 748, "huit neuf dix onze douze treize"), Line(270, 748, "fin."),
        ]  # fmt: skip

        assert [p.type for p in read(lines).paragraphs] == ["paragraph"]


class TestRunning:
    def pages(self, count: int, header: str = "Le Journal du port") -> list[list[Line]]:
        return [
            [Line(60, 810, header), *wide(PROSE.replace("Le gouv", f"Le {n}e gouv"), 760),
             Line(280, 30, f"- {n} -")]
            for n in range(1, count + 1)
        ]  # fmt: skip

    @pytest.mark.parametrize("count", [2, 3, 4, 7])
    def test_titles_and_page_numbers_are_left_out(self, count: int) -> None:
        found = read(*self.pages(count))

        assert all(paragraph.text.startswith("Le") for paragraph in found.paragraphs)
        assert not any("Journal" in paragraph.text for paragraph in found.paragraphs)
        assert {(line.text, line.pages) for line in found.running} == {
            ("Le Journal du port", tuple(range(count))), ("- 1 -", tuple(range(count)))
        }  # fmt: skip

    def test_numbers_in_them_may_differ(self) -> None:
        pages = [
            [*wide(PROSE, 760), Line(60, 30, f"Rapport 2018, page {n} sur 9")] for n in (4, 5, 6)
        ]

        assert [line.text for line in read(*pages).running] == ["Rapport 2018, page 4 sur 9"]

    def test_left_and_right_pages_may_differ(self) -> None:
        pages = [
            [Line(60 + 300 * (n % 2), 810, ("Le Journal", "Le port")[n % 2]), *wide(PROSE, 760)]
            for n in range(6)
        ]

        assert {line.text for line in read(*pages).running} == {"Le Journal", "Le port"}

    def test_a_title_of_its_own_stays(self) -> None:
        pages = [
            [*wide("Le Journal du port", 800, size=20), *wide(PROSE, 740)],
            *self.pages(4)[1:],
        ]
        found = read(*pages)

        assert found.paragraphs[0].text == "Le Journal du port"
        assert [line.pages for line in found.running] == [(1, 2, 3), (1, 2, 3)]

    @pytest.mark.parametrize(
        "numbers", [["12", "40", "7"], ["1990", "1789", "2018"]], ids=["figures", "years"]
    )
    def test_numbers_that_count_no_pages_stay(self, numbers: list[str]) -> None:
        pages = [[*wide(PROSE, 760), Line(60, 600, number)] for number in numbers]

        assert read(*pages).running == []

    def test_a_single_page_has_no_running_title(self) -> None:
        found = read([Line(60, 810, "Le Journal"), *wide(PROSE, 760)])

        assert (found.paragraphs[0].text, found.running) == ("Le Journal", [])

    @pytest.mark.parametrize(
        ("above", "below", "left"),
        [
            pytest.param("11/23/26, 3:22 PM", "file:///tmp/a.html", 2, id="no title"),
            pytest.param("23/11/2026 15:22", "https://e.org/a?b=1", 2, id="French"),
            pytest.param("11/23/26, 3:22 PM", "e.org", 0, id="no address below"),
            pytest.param("Le 23/11/2026", "https://e.org/a", 0, id="another line above"),
        ],
    )
    def test_what_a_browser_prints_around_one_page_is_left_out(
        self, above: str, below: str, left: int
    ) -> None:
        outer = [Line(20, 820, above, 8), Line(20, 18, below, 8), Line(560, 18, "1/1", 8)]
        found = read([*outer, *wide(PROSE, 760)])

        assert len(found.running) == left
        assert ([p.text for p in found.paragraphs] == [WHOLE]) == bool(left)

    def test_what_a_browser_prints_has_a_title(self) -> None:
        above = [Line(20, 820, "11/23/26, 3:22 PM", 8), Line(250, 820, "Le Journal", 8)]
        below = [Line(20, 18, "https://e.org/a", 8), Line(560, 18, "1/1", 8)]
        found = read([*above, *wide(PROSE, 760), *below])

        assert [p.text for p in found.paragraphs] == [WHOLE]
        assert {(line.text, line.pages) for line in found.running} == {
            ("11/23/26, 3:22 PM Le Journal", (0,)), ("https://e.org/a 1/1", (0,))
        }  # fmt: skip

    def test_roman_numbers_count_too(self) -> None:
        pages = [[*wide(PROSE, 760), Line(290, 30, number)] for number in ("iii", "iv", "v")]

        assert [line.text for line in read(*pages).running] == ["iii"]

    def test_contents_are_left_out(self) -> None:
        contents = "Les faits ........ 3\nLes suites . . . . . . 12"
        found = read([*wide(contents, 760), *wide(PROSE, 700)])

        assert ([p.text for p in found.paragraphs], found.contents) == ([WHOLE], 2)


class TestDirections:
    @pytest.mark.parametrize(
        ("rotate", "angle"), [(0, 0), (90, 90), (180, 180), (270, 270), (0, 90), (0, 270)]
    )
    def test_a_page_that_is_turned_reads_the_same(self, rotate: int, angle: int) -> None:
        width, height = A4

        def turned(line: Line) -> Line:
            place = {
                0: (line.x, line.y), 90: (width - line.y / 2, line.x),
                180: (width - line.x, height - line.y), 270: (line.y / 2, height - line.x),
            }[angle]  # fmt: skip
            return Line(*place, line.text, line.size, angle=angle)

        page = [*column(PROSE, leading=24), *column("\n\n" + PROSE, top=600, leading=24)]
        lines = [turned(line) for line in page] if angle in {90, 270} else (
            [turned(line) for line in column(PROSE + "\n\n" + PROSE)]
        )  # fmt: skip

        assert texts(Page(lines, rotate=rotate)) == [WHOLE, WHOLE]

    def test_writing_across_the_page_comes_last(self) -> None:
        mark = Line(200, 400, "ÉPREUVE", 40, angle=45)

        assert texts([mark, *wide(PROSE, 760)]) == [WHOLE, "ÉPREUVE"]


class TestStated:
    @pytest.mark.parametrize(
        ("info", "stated"),
        [
            pytest.param({"Title": " Un  feu "}, {"title": "Un feu"}, id="a title"),
            pytest.param({"Title": "Microsoft Word - a.doc"}, {}, id="the name of a file"),
            pytest.param({"Title": "rapport_v3.indd"}, {}, id="a suffix"),
            pytest.param({"Title": "Sans titre 1"}, {}, id="no title"),
            pytest.param({"Author": "Anne Martin"}, {"author": "Anne Martin"}, id="an author"),
            pytest.param({"CreationDate": "D:20180314"}, {"date": "2018-03-14"}, id="a date"),
            pytest.param({"CreationDate": "D:201803"}, {"date": "2018-03"}, id="a month"),
            pytest.param({"CreationDate": "hier"}, {}, id="no date"),
        ],
    )
    def test_what_a_file_states(self, info: dict[str, str], stated: dict[str, str]) -> None:
        assert layout.parse(pdf([wide(PROSE, 760)], info)).stated == stated


def test_ligatures_and_bullets_are_letters() -> None:
    assert texts([Line(60, 760, "Le fi\xad")])[0].startswith("Le fi")
