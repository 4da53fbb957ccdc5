"""The report in a browser: what can be chosen is shown, on a phone, on paper, light and dark.

GLOSE_SCREENSHOTS=docs pytest tests/evaluate/pages keeps the pictures of the sample's report.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.annotate.e2e.pictures import smaller

from glose.corpus.document import Document
from glose.corpus.jsonl import decode
from glose.evaluate.plan import Options
from glose.evaluate.reporting import Extent, report

Open = Callable[..., Page]
ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "corpus" / "samples"
#: The text of gold, and that of the first system beside it.
GOLD, OTHER = "#sides section:nth-child(1)", "#sides section:nth-child(2)"
NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"

#: Resolves when no colour is on its way to another: axe would look at one between the two.
CHANGED = "() => Promise.allSettled(document.getAnimations().map((one) => one.finished))"


def worse(line: str) -> str:
    """Return the record of a document with every third mention gone and every fourth renamed."""
    record = json.loads(line)
    used = {a["ref"] for e in record["events"] for a in e["args"]}
    used |= {ref for each in record["entities"] for ref in each["mentions"]}
    record["mentions"] = [
        {**mention, "type": "ORG" if number % 4 == 1 else mention["type"]}
        for number, mention in enumerate(record["mentions"])
        if number % 3 or mention["id"] in used
    ]
    record["events"] = [{**e, "args": e["args"][1:]} for e in record["events"][1:]]
    record["relations"] = []
    return json.dumps(record, ensure_ascii=False)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of the sample: the second annotator, and one who errs often."""
    folder = tmp_path_factory.mktemp("sample")
    second = (SAMPLE / "second.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = {json.loads(line)["id"] for line in second}
    gold = [
        line
        for line in (SAMPLE / "gold.jsonl").read_text(encoding="utf-8").splitlines()
        if json.loads(line)["id"] in wanted
    ]
    lines = {"gold": gold, "second": second, "hasty": map(worse, gold)}
    for name, each in lines.items():
        (folder / f"{name}.jsonl").write_text("\n".join(each) + "\n", encoding="utf-8")
    systems = [folder / "second.jsonl", folder / "hasty.jsonl"]
    options = Options(protocols=("default", "coreference/conll", "times"))
    return report(
        folder / "gold.jsonl", systems, by=("agency", "length"), title="The sample",
        options=options, humans=systems[:1],
    )  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """A report in which every name and text would like to be a script."""
    value, links = {"norm": f"x:{NASTY}"}, [{"kb": NASTY, "id": NASTY}]
    mention = {"id": "m1", "type": NASTY, "start": 0, "end": 9, "text": NASTY[:9], "value": value,
               "links": links}  # fmt: skip
    record = {"id": "d1", "text": NASTY, "language": "fr", "mentions": [mention]}
    args = [{"role": NASTY, "value": NASTY}]
    event = {"id": "e1", "type": NASTY, "triggers": [{"start": 0, "end": 9}], "args": args}
    gold, other = tmp_path / "gold.jsonl", tmp_path / "<b>crf.jsonl"
    entity = {"id": "n1", "type": NASTY, "name": NASTY, "mentions": ["m1"]}
    relation = {"id": "r1", "type": NASTY, "args": [{"role": NASTY, "ref": "m1"}, *args]}
    lists = {"events": [event], "entities": [entity], "relations": [relation]}
    gold.write_text(json.dumps({**record, **lists}) + "\n")
    empty = dict.fromkeys(lists, ())
    other.write_text(json.dumps({**record, "mentions": [], **empty}) + "\n")
    return report(gold, [other, gold], by=("language",), title=NASTY)


def faults(page: Page) -> list[str]:
    """Return what axe finds, one line each, light and dark."""
    lines = []
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(CHANGED)
        lines += [
            f"{scheme}: {one['id']}: {node['html'][:140]}"
            for one in Axe().run(page).response["violations"]
            for node in one["nodes"]
        ]
    return lines


@pytest.mark.parametrize("width", [1200, 390])
def test_axe_finds_no_fault(show: Open, sample: str, width: int) -> None:
    page = show(sample, width)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.locator("[data-pick=layer]").select_option("coreference")
    page.locator("[data-pick=system]").select_option(label="all systems")
    page.locator(".group").first.click()

    assert faults(page) == []


@pytest.mark.parametrize("width", [1200, 390])
@pytest.mark.parametrize("layer", ["entity", "argument", "coreference", "value"])
def test_nothing_but_tables_is_wider_than_the_page(
    show: Open, sample: str, width: int, layer: str
) -> None:
    page = show(sample, width)
    page.locator("[data-pick=layer]").select_option(layer)
    page.locator("[data-pick=system]").select_option(label="all systems")

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_paper_shows_everything_within_its_width(show: Open, sample: str) -> None:
    page = show(sample, 720)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.evaluate("document.documentElement.scrollWidth") == 720
    assert page.locator("details:not([open])").count() == 0


#: The headings after which a page of paper may end.
LOOSE = """() => [...document.querySelectorAll("h2, h3, h4, summary, figcaption")]
  .filter((each) => getComputedStyle(each).breakAfter !== "avoid")
  .map((each) => each.outerHTML)"""

#: How high the figures of each scale are on paper, in pixels.
HEIGHTS = """() => [...document.querySelectorAll(".scale")].map((each) =>
  parseFloat(getComputedStyle(each).fontSize) * each.clientWidth / each.viewBox.baseVal.width)"""


def test_no_heading_ends_a_page_of_paper(show: Open, sample: str) -> None:
    page = show(sample, 720)
    page.emulate_media(media="print")

    assert page.evaluate(LOOSE) == []


def test_the_figures_of_a_scale_are_legible_on_paper(show: Open, sample: str) -> None:
    """They are 7 points high at least."""
    page = show(sample, 720)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    heights = page.evaluate(HEIGHTS)

    assert len(heights) > 10
    assert min(heights) > 7 * 96 / 72


#: How dark the samples of the legend of kinds are, from 0 to 255, and what patterns they have.
GREYS = """each => {
  const { backgroundColor, backgroundImage } = getComputedStyle(each);
  const [red, green, blue, alpha = 1] = backgroundColor.match(/[\\d.]+/g).map(Number);
  const paper = matchMedia("(prefers-color-scheme: dark)").matches ? 23 : 255;
  const grey = 0.299 * red + 0.587 * green + 0.114 * blue;
  return [Math.round(alpha * grey + (1 - alpha) * paper), backgroundImage];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_kinds_of_mistakes_differ_without_colour(
    show: Open, sample: str, scheme: Literal["light", "dark"]
) -> None:
    """Two kinds differ by their pattern, or else by 40 of 255 shades of grey at least."""
    page = show(sample)
    page.emulate_media(color_scheme=scheme)
    found = [each.evaluate(GREYS) for each in page.locator("#anatomy ~ .legend i").all()[:7]]
    plain = sorted(grey for grey, pattern in found if pattern == "none")

    assert len({pattern for _, pattern in found if pattern != "none"}) == 7 - len(plain) == 5
    assert plain[1] - plain[0] > 40


def test_no_text_becomes_an_element(show: Open, hostile: str) -> None:
    """The fixture sees dialogs and requests."""
    page = show(hostile)
    layers = page.locator("[data-pick=layer] option").all_inner_texts()
    for layer in layers:
        page.locator("[data-pick=layer]").select_option(layer)

    assert set(layers) > {"relation", "link", "value", "coreference"}
    assert page.locator("img").count() == 0
    assert page.locator("script:not([type])").count() == 1
    assert page.locator(GOLD).inner_text().count("alert(1)") >= 2


def test_the_text_of_both_sides_is_the_document(show: Open, sample: str) -> None:
    page = show(sample)
    wanted = json.loads(page.locator("#leaves").inner_text())["documents"][0]["text"]
    page.evaluate("for (const each of document.querySelectorAll('.tag')) each.remove()")

    texts = page.locator("#sides .text").evaluate_all("all => all.map(each => each.textContent)")
    assert texts == [wanted, wanted]


def test_offsets_are_code_points(show: Open, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    mention = {"id": "m1", "type": "ORG", "start": 2, "end": 5}
    gold.write_text(json.dumps({"id": "d", "text": "🙂 FLL 🙂", "mentions": [mention]}) + "\n")
    page = show(report(gold, [gold], options=Options(protocols=("entity/strict",))))

    assert page.locator(f"{GOLD} .item").all_inner_texts() == ["FLL"]


def test_a_kind_is_filtered(show: Open, sample: str) -> None:
    page = show(sample)
    page.locator("[data-pick=system]").select_option(label="hasty")
    page.locator("[data-pick=kind]").select_option("missed")

    tags = page.locator(f"{GOLD} .tag").all_inner_texts()
    assert tags
    assert all(tag.endswith(": missed") for tag in tags)
    assert page.locator(f"{OTHER} .tag").count() == 0


def test_a_type_is_filtered(show: Open, sample: str) -> None:
    page = show(sample)
    page.locator("[data-pick=type]").select_option("PER")

    assert all("PER" in tag for tag in page.locator(f"{GOLD} .tag.off").all_inner_texts())
    assert set(page.locator(f"{GOLD} .tag:not(.off)").all_inner_texts()) == {"PER"}


def test_next_and_previous_step_through_the_documents(show: Open, sample: str) -> None:
    page = show(sample)
    first = page.locator("#here").inner_text()
    expect(page.locator("#back")).to_be_disabled()
    page.locator("#next").click()
    second = page.locator("#here").inner_text()
    page.locator("#back").click()

    assert second != first
    assert page.locator("#here").inner_text() == first


def test_a_mistake_leads_to_its_document(show: Open, sample: str) -> None:
    page = show(sample)
    page.locator("[data-field=system]").select_option("hasty")
    entry = page.locator("#list li").last
    where = entry.locator(".what").inner_text()
    entry.get_by_role("link", name="in the document").click()

    assert page.locator("#here").inner_text().split(":")[0] in where
    assert page.locator(f"{OTHER} h3").inner_text() == "hasty"


#: Goes to each mistake that the page lists, and returns those to which it does not lead: the
#: document, the kind, and a place among as many mistakes as the list of documents says.
ASTRAY = """() => {
  const all = JSON.parse(document.getElementById("data").textContent);
  return all.filter((mistake) => {
    dispatchEvent(new CustomEvent("leaf", { detail: mistake }));
    const [at, here] = ["at", "here"].map((id) => document.getElementById(id).textContent);
    const chosen = document.querySelector("[data-pick=document]").selectedOptions[0].textContent;
    const [, id, wrong] = chosen.match(/^(.*) [(]([0-9]+) wrong[)]$/);
    return !(id === mistake.document && at.includes(` of ${wrong}: `) && at.endsWith(mistake.kind)
      && here.endsWith(`${wrong} wrong`) && document.querySelector(".now"));
  });
}"""


def test_every_mistake_is_found_in_its_document(show: Open, sample: str) -> None:
    page = show(sample)

    assert page.evaluate(ASTRAY) == []


def test_a_mistake_is_marked_on_both_sides_and_in_sight(show: Open, sample: str) -> None:
    page = show(sample)
    page.locator("[data-field=system]").select_option("hasty")
    page.locator("[data-field=kind]").select_option("wrong type")
    page.locator("#list li").last.get_by_role("link", name="in the document").click()

    expect(page.locator(f"{GOLD} .now")).to_be_in_viewport()
    expect(page.locator(f"{OTHER} .now")).to_be_in_viewport()
    expect(page.locator("#wrong")).to_be_focused()
    assert page.locator(".now").count() == 2
    assert page.url.endswith("#documents")


def test_a_page_of_fewer_documents_says_so(show: Open, tmp_path: Path) -> None:
    line = (SAMPLE / "second.jsonl").read_text(encoding="utf-8").splitlines()[:3]
    (tmp_path / "gold.jsonl").write_text("\n".join(line) + "\n", encoding="utf-8")
    options = Options(protocols=("entity/strict",))
    text = report(
        tmp_path / "gold.jsonl",
        [tmp_path / "gold.jsonl"],
        extent=Extent(documents=2),
        options=options,
    )

    assert "The first 2 of 3 documents are in this page" in show(text).locator("main").inner_text()


SCENE = "Anna Berg est à Hama le 3 mai. Elle y reste, dit Carl Dahl."
PLACES = {"anna": (0, 9), "hama": (16, 20), "mai": (24, 29), "elle": (31, 35), "y": (36, 37),
          "carl": (49, 58)}  # fmt: skip


def scene(path: Path, clusters: list[str], near: str, norm: str, entry: str) -> Path:
    """Write one document with clusters, a relation, a value and a link."""
    mentions: list[dict[str, object]] = [
        {"id": name, "type": "PER", "start": start, "end": end}
        for name, (start, end) in PLACES.items()
    ]
    mentions[1]["links"] = [{"kb": "kb", "id": entry}]
    mentions[2]["value"] = {"norm": norm}
    args = [{"role": "who", "ref": near}, {"role": "where", "ref": "hama"}]
    entities = [
        {"id": f"e{number}", "type": "PER", "mentions": names.split()}
        for number, names in enumerate(clusters)
    ]
    lists = {"entities": entities, "relations": [{"id": "r1", "type": "In", "args": args}]}
    record = {"id": "d1", "text": SCENE, "language": "fr", "mentions": mentions, **lists}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def scenes(tmp_path: Path) -> str:
    """The report of one document, of a system that is right and one that errs in every layer."""
    clusters = ["anna elle", "hama y", "carl"]
    gold = scene(tmp_path / "gold.jsonl", clusters, "anna", "date:05-03", "Q1")
    right = scene(tmp_path / "right.jsonl", clusters, "anna", "date:05-03", "Q1")
    wrong = ["anna", "hama y elle"]
    other = scene(tmp_path / "wrong.jsonl", wrong, "carl", "date:05-04", "Q2")
    options = Options(protocols=("entities", "coreference/conll"))
    return report(gold, [other, right], options=options)


def tags(page: Page, layer: str, side: str) -> list[str]:
    """Return what stands before spans in a layer, on one side."""
    page.locator("[data-pick=layer]").select_option(layer)
    return page.locator(f"{side} .tag").all_inner_texts()


@pytest.mark.parametrize(
    ("layer", "gold", "other"),
    [
        ("coreference", ["#1", "#2", "#1: wrong cluster", "#2", "#3: missed"],
         ["#1", "#2", "#2: wrong cluster", "#2"]),
        ("relation", ["#1 In who: missed", "#1 In where: missed"],
         ["+1 In where: spurious", "+1 In who: spurious"]),
        ("link", ["kb:Q1: wrong entry"], ["kb:Q2: wrong entry"]),
        ("value", ["date:05-03: wrong value"], ["date:05-04: wrong value"]),
    ],
)  # fmt: skip
def test_what_differs_is_marked_on_both_sides(
    show: Open, scenes: str, layer: str, gold: list[str], other: list[str]
) -> None:
    page = show(scenes)

    assert tags(page, layer, GOLD) == gold
    assert tags(page, layer, OTHER) == other


def test_all_systems_stand_beside_gold_and_are_named_where_they_err(
    show: Open, scenes: str
) -> None:
    page = show(scenes)
    page.locator("[data-pick=system]").select_option(label="all systems")

    assert tags(page, "coreference", GOLD)[2] == "#1: wrong cluster (wrong)"
    assert page.locator("#sides h3").all_inner_texts() == ["gold", "wrong", "right"]
    assert (
        page.locator("#here").inner_text() == "d1: wrong 3 right, 2 wrong; right 5 right, 0 wrong"
    )


def test_clusters_are_listed_below_the_text(show: Open, scenes: str) -> None:
    page = show(scenes)
    tags(page, "coreference", GOLD)

    assert page.locator(f"{GOLD} .groups li").all_inner_texts() == [
        "#1 Anna BergAnna Berg · Elle — wrong cluster", "#2 HamaHama · y",
        "#3 Carl DahlCarl Dahl — missed",
    ]  # fmt: skip


def test_a_relation_is_listed_with_its_roles(show: Open, scenes: str) -> None:
    page = show(scenes)
    tags(page, "relation", GOLD)

    assert page.locator(f"{GOLD} .groups li").inner_text() == (
        "#1 Inwho: Anna Berg, where: Hama — missed"
    )


def test_a_name_marks_its_cluster_on_both_sides_by_the_keyboard(show: Open, scenes: str) -> None:
    page = show(scenes)
    tags(page, "coreference", GOLD)
    head = page.locator(f"{GOLD} .group", has_text="#2")
    head.focus()
    page.keyboard.press("Enter")

    assert page.locator(f"{GOLD} .text .item.lit").all_inner_texts() == ["Hama", "y"]
    assert page.locator(f"{OTHER} .text .item.lit").all_inner_texts() == ["Hama", "Elle", "y"]
    assert head.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Enter")
    assert page.locator(".lit").count() == 0


def test_a_mistake_leads_to_the_next_by_the_keyboard(show: Open, scenes: str) -> None:
    page = show(scenes)
    tags(page, "coreference", GOLD)
    page.locator("#wrong").focus()
    found = []
    for _ in range(4):
        page.keyboard.press("Enter")
        found.append(page.locator("#at").inner_text())
        expect(page.locator(".now").first).to_be_in_viewport()

    assert page.locator(".now").count() == 1
    assert found == [
        "1 of 2: #1: wrong cluster", "2 of 2: #3: missed", "1 of 2: #1: wrong cluster",
        "2 of 2: #3: missed",
    ]  # fmt: skip


def test_what_has_no_place_is_a_mistake_too(show: Open, tmp_path: Path) -> None:
    """An argument may be a mere value, which stands below the text."""
    gold, other = tmp_path / "gold.jsonl", tmp_path / "other.jsonl"
    for path, value in ((gold, "lundi"), (other, "mardi")):
        args = [{"role": "Date", "value": value}]
        event = {"id": "v1", "type": "A", "triggers": [{"start": 0, "end": 4}], "args": args}
        path.write_text(json.dumps({"id": "d1", "text": "Anna", "events": [event]}) + "\n")
    page = show(report(gold, [other]))
    page.locator("[data-pick=layer]").select_option("argument")
    page.locator("#wrong").click()

    assert page.locator("#here").inner_text() == "d1: 0 right, 2 wrong"
    assert page.locator("#at").inner_text() == "1 of 2: Date: lundi — missed"


def test_there_is_no_next_mistake_where_all_is_right(show: Open, scenes: str) -> None:
    page = show(scenes)
    page.locator("[data-pick=system]").select_option(label="right")

    expect(page.locator("#wrong")).to_be_disabled()


def test_kinds_are_those_of_the_layer(show: Open, scenes: str) -> None:
    page = show(scenes)
    tags(page, "coreference", GOLD)
    page.locator("[data-pick=kind]").select_option("wrong cluster")

    assert page.locator(f"{GOLD} .tag").all_inner_texts() == ["#1: wrong cluster"]
    assert page.locator("#here").inner_text() == "d1: 0 right, 1 wrong"


def test_a_system_without_a_layer_says_so(show: Open, tmp_path: Path) -> None:
    gold = scene(tmp_path / "gold.jsonl", ["anna elle"], "anna", "date:05-03", "Q1")
    bare = json.loads(gold.read_text()) | {"entities": [], "status": {"annotated": ["mentions"]}}
    (tmp_path / "bare.jsonl").write_text(json.dumps(bare) + "\n")
    options = Options(protocols=("entity/strict",))
    page = show(report(gold, [tmp_path / "bare.jsonl", gold], options=options))
    tags(page, "coreference", GOLD)

    assert "bare has no such annotations here" in page.locator(OTHER).inner_text()


def test_paper_has_the_names_of_clusters(show: Open, scenes: str) -> None:
    page = show(scenes)
    tags(page, "coreference", GOLD)
    page.emulate_media(media="print")

    expect(page.locator(f"{GOLD} .group").first).to_be_visible()
    expect(page.locator("#wrong")).to_be_hidden()


def test_a_suspect_leads_to_its_place(show: Open, sample: str) -> None:
    page = show(sample)
    link = page.locator("#audit ~ ol a").last
    wanted = link.get_attribute("data-leaf"), link.get_attribute("data-layer")
    link.click()

    assert page.locator("#here").inner_text().split(":")[0] == wanted[0]
    assert page.locator("[data-pick=layer]").input_value() == wanted[1]
    expect(page.locator(".now").first).to_be_in_viewport()


def test_a_picture_of_it_shows_something(show: Open, sample: str) -> None:
    """A picture is kept where one is wanted: of `make eval`'s report, if there is one."""
    built = ROOT / "build" / "eval" / "report.html"
    folder = os.environ.get("GLOSE_SCREENSHOTS")
    text = built.read_text(encoding="utf-8") if folder and built.exists() else sample
    page = show(text, 1100, 860)
    page.locator("[data-pick=layer]").select_option("coreference")
    page.locator("[data-pick=system]").select_option(index=1)
    for name, place in (
        ("report", "h1"),
        ("report-repairs", "#repairs"),
        ("report-buckets", "#buckets"),
        ("report-documents", "#documents"),
    ):
        page.locator(place).evaluate("each => each.scrollIntoView()")
        picture = page.screenshot(animations="disabled", caret="hide")
        assert len(picture) > 20_000
        if folder:
            (Path(folder) / f"{name}.png").write_bytes(smaller(picture))


def test_the_sample_is_decoded(sample: str) -> None:
    """What was made worse is still a record."""
    gold = (SAMPLE / "gold.jsonl").read_text(encoding="utf-8").splitlines()[0]

    assert isinstance(decode(worse(gold).encode()), Document)
