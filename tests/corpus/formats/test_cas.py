"""UIMA CAS, read and written: XMI with its type system, and JSON."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

import cassis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    Link,
    Mention,
    Relation,
    Trigger,
    Value,
)
from glose.corpus.errors import GloseError, InputError
from glose.corpus.formats import cas_layers, table, trial
from glose.corpus.formats.cas import JSON, XMI
from glose.corpus.formats.cas_fitting import Targets, fitted
from glose.corpus.formats.cas_layers import Layers
from glose.corpus.formats.cas_opening import is_name
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.specimens import GAO, KASSA, SPECIMENS, document

NAMED, TOKEN, SENTENCE = cas_layers.NAMED, cas_layers.TOKEN, cas_layers.SENTENCE
ANNOTATION, TOP, BASE, STRING = (
    "uima.tcas.Annotation", "uima.cas.TOP", "uima.cas.AnnotationBase", "uima.cas.String",
)  # fmt: skip
#: Types by name: what is above them, and their features with range and type of elements.
Types = Mapping[str, tuple[str, dict[str, tuple[str, ...]]]]
WORD, FLAG = (STRING,), ("uima.cas.Boolean",)
TYPES: Types = {
    NAMED: (ANNOTATION, {"value": WORD, "identifier": WORD}),
    f"{cas_layers.CORE}.ner.type.Person": (NAMED, {}),
    TOKEN: (ANNOTATION, {}),
    SENTENCE: (ANNOTATION, {"id": WORD}),
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency": (
        ANNOTATION, {"Governor": (TOKEN,), "Dependent": (TOKEN,)},
    ),
    "webanno.custom.Span": (ANNOTATION, {"kind": WORD, "note": WORD, "sure": FLAG}),
    "webanno.custom.Bare": (ANNOTATION, {}),
    "webanno.custom.Arc": (
        ANNOTATION, {"Governor": (ANNOTATION,), "Dependent": (ANNOTATION,), "label": WORD},
    ),
    "webanno.custom.FightWhoLink": (TOP, {"role": WORD, "target": (ANNOTATION,)}),
    "webanno.custom.Fight": (
        ANNOTATION, {"who": ("uima.cas.FSArray", "webanno.custom.FightWhoLink"), "polarity": WORD},
    ),
    "webanno.custom.RefLink": (
        ANNOTATION, {"next": ("webanno.custom.RefLink",), "referenceType": WORD},
    ),
    "webanno.custom.RefChain": (BASE, {"first": ("webanno.custom.RefLink",)}),
    "webanno.custom.Genre": (BASE, {"value": WORD, "tone": WORD}),
    "de.unihd.dbs.uima.types.heideltime.Timex3": (
        ANNOTATION, {"timexType": WORD, "timexValue": WORD, "timexMod": WORD},
    ),
}  # fmt: skip
TEXT = "Kassa a vu Gao."


def system(types: Types = TYPES) -> str:
    """Return a type system as UIMA writes it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>'
        + "".join(_type(name, above, own) for name, (above, own) in types.items())
        + "</types></typeSystemDescription>"
    )


def _type(name: str, above: str, own: Mapping[str, tuple[str, ...]]) -> str:
    features = "".join(
        f"<featureDescription><name>{feature}</name><rangeTypeName>{ranges[0]}</rangeTypeName>"
        + "".join(f"<elementType>{element}</elementType>" for element in ranges[1:])
        + "</featureDescription>"
        for feature, ranges in own.items()
    )
    parts = f"<name>{name}</name><supertypeName>{above}</supertypeName>"
    return f"<typeDescription>{parts}<features>{features}</features></typeDescription>"


def structure(name: str, number: int, **features: object) -> str:
    """Return a feature structure of a type; `at=(0, 5)` is short for begin and end."""
    package, _, short = name.rpartition(".")
    if "at" in features:
        features["begin"], features["end"] = features.pop("at")  # type: ignore[misc]  # a pair
    if "role" not in features:
        features["sofa"] = 1
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in features.items())
    space = f'xmlns:t="http:///{package.replace(".", "/")}.ecore"'
    return f'<t:{short} {space} xmi:id="{number}"{said}/>'


def xmi(*structures: str, text: str = TEXT) -> str:
    """Return an XMI file of a text; the feature structures are numbered from 2."""
    sofa = quoteattr(text, {"\n": "&#10;", "\r": "&#13;"})
    members = " ".join(str(number) for number in range(2, len(structures) + 2))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
        'xmlns:cas="http:///uima/cas.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>'
        + "".join(structures)
        + f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" '
        f'sofaString={sofa}/><cas:View sofa="1" members="{members}"/></xmi:XMI>'
    )


def numbered(*made: tuple[str, dict[str, object]]) -> list[str]:
    return [structure(name, n, **features) for n, (name, features) in enumerate(made, start=2)]


def at(start: int, end: int, **features: object) -> dict[str, object]:
    return {"at": (start, end), **features}


def custom(name: str) -> str:
    return f"webanno.custom.{name}"


def placed(folder: Path, content: str, types: str | None = None) -> Path:
    """Write a file with its type system beside it."""
    (folder / "TypeSystem.xml").write_text(types or system())
    (folder / "a.xmi").write_bytes(content.encode("utf-8", "surrogatepass"))
    return folder / "a.xmi"


def read(folder: Path, content: str, task: Task | None = None, **options: str) -> Document:
    (found,) = XMI.read(placed(folder, content), task or Task(options))
    return found


def spans(found: Document) -> list[tuple[str, ...]]:
    """Return type, words and attributes of the mentions of a document."""
    return [(m.type, m.text, *(f"{a.name}={a.value}" for a in m.attrs)) for m in found.mentions]


TWO = ((NAMED, at(0, 5, value="PER")), (NAMED, at(11, 14, value="GPE")))


@pytest.mark.parametrize(
    ("made", "mentions"),
    [
        pytest.param((NAMED, at(0, 5, value="PER")), [("PER", "Kassa")], id="a named entity"),
        pytest.param((NAMED, at(0, 5)), [("NamedEntity", "Kassa")], id="one without a value"),
        pytest.param(
            (f"{cas_layers.CORE}.ner.type.Person", at(0, 5)), [("Person", "Kassa")],
            id="a type below it",
        ),
        pytest.param((custom("Span"), at(0, 5, kind="PER")), [("PER", "Kassa")], id="a layer"),
        pytest.param((custom("Bare"), at(0, 5)), [("Bare", "Kassa")], id="one without features"),
        pytest.param(
            (custom("Span"), at(11, 14, kind="GPE", note="a < b", sure="true")),
            [("GPE", "Gao", "note=a < b", "sure=true")],
            id="features are attributes",
        ),
        pytest.param((TOKEN, at(0, 5)), [], id="words are none"),
    ],
)  # fmt: skip
def test_annotations_of_span_layers_are_mentions(
    tmp_path: Path, made: tuple[str, dict[str, object]], mentions: list[tuple[str, ...]]
) -> None:
    assert spans(read(tmp_path, xmi(*numbered(made)))) == mentions


@pytest.mark.parametrize(
    ("identifier", "links", "attributes"),
    [
        ("http://www.wikidata.org/entity/Q90", [Link("wikidata", "Q90")], 0),
        ("geonames:2988507", [Link("geonames", "2988507")], 0),
        ("http://example.org/x#1", [Link("iri", "http://example.org/x#1")], 0),
        ("Q90", [], 1),
    ],
)
def test_identifiers_are_links(
    tmp_path: Path, identifier: str, links: list[Link], attributes: int
) -> None:
    made = (NAMED, at(0, 5, value="PER", identifier=identifier))
    (mention,) = read(tmp_path, xmi(*numbered(made))).mentions

    assert (list(mention.links), len(mention.attrs)) == (links, attributes)


def test_a_relation_goes_from_its_governor_to_its_dependent(tmp_path: Path) -> None:
    arc = (custom("Arc"), at(11, 14, Governor=2, Dependent=3, label="visits"))
    found = read(tmp_path, xmi(*numbered(*TWO, arc)))

    (relation,) = found.relations
    assert (relation.type, [a.role for a in relation.args]) == ("visits", ["Arg1", "Arg2"])
    assert [m.text for a in relation.args for m in found.mentions if m.id == a.ref] == [
        "Kassa", "Gao",
    ]  # fmt: skip


def test_what_has_slots_is_an_event_with_arguments(tmp_path: Path) -> None:
    links = [
        (custom("FightWhoLink"), {"role": role, "target": n}) for role, n in (("a", 2), ("b", 3))
    ]
    fight = (custom("Fight"), at(6, 10, who="4 5", polarity="Negative"))
    found = read(tmp_path, xmi(*numbered(*TWO, *links, fight)))

    (event,) = found.events
    assert (event.type, event.triggers[0].text, event.polarity) == ("Fight", "a vu", "Negative")
    assert [(a.role, a.ref) for a in event.args] == [("a", "m1"), ("b", "m2")]
    assert "events" in found.status.annotated


def test_chains_are_entities_and_their_links_the_mentions_of_the_same_span(tmp_path: Path) -> None:
    links: list[tuple[str, dict[str, object]]] = [
        (custom("RefLink"), at(0, 5, referenceType="nam", next=5)),
        (custom("RefLink"), at(6, 10, referenceType="nom", next=4)),
    ]
    chain: tuple[str, dict[str, object]] = (custom("RefChain"), {"first": 4})
    found = read(tmp_path, xmi(*numbered(*TWO, *links, chain)))

    assert sorted(spans(found)) == [("GPE", "Gao"), ("PER", "Kassa"), ("nom", "a vu")]
    (entity,) = found.entities
    assert sorted(m.text for m in found.mentions if m.id in entity.mentions) == ["Kassa", "a vu"]


def test_a_layer_of_the_document_is_labels(tmp_path: Path) -> None:
    found = read(tmp_path, xmi(*numbered((custom("Genre"), {"value": "news", "tone": "grave"}))))

    said = {(label.scheme, label.value) for label in found.labels}
    assert said == {("Genre", "news"), ("Genre.tone", "grave")}


def test_times_of_heideltime_have_values(tmp_path: Path) -> None:
    name = "de.unihd.dbs.uima.types.heideltime.Timex3"
    made = (name, at(0, 5, timexType="DATE", timexValue="2031-03", timexMod="START"))
    (mention,) = read(tmp_path, xmi(*numbered(made))).mentions

    assert (mention.type, mention.value) == ("TIMEX3.DATE", Value("date:2031-03", "START"))


def test_syntax_is_told_and_not_read(tmp_path: Path) -> None:
    name = "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency"
    words = ((TOKEN, at(0, 5)), (TOKEN, at(6, 7)), (SENTENCE, at(0, 15, id="s-1")))
    task = Task()
    found = read(tmp_path, xmi(*numbered(*words, (name, at(6, 7, Governor=2, Dependent=3)))), task)

    assert (found.tokens, found.relations) == (((0, 5), (6, 7)), ())
    assert [(s.id, s.type) for s in found.segments] == [("s-1", "sentence")]
    (row,) = task.losses.rows()
    assert (row.kind, row.dropped) == ("other annotations", 1)


# --------------------------------------------------------------------------------------------
# Offsets
# --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end", "unit", "words"),
    [
        pytest.param("😀 Gao", 3, 6, "utf16", "Gao", id="an emoji is two"),
        pytest.param("😀 Gao", 2, 5, "code points", "Gao", id="or one, if that is told"),
        pytest.param("a\r\nGao", 3, 6, "utf16", "Gao", id="CR LF is two, and becomes one"),
        pytest.param("Zoe\u0301 🇫🇷 دوما", 10, 14, "utf16", "دوما", id="marks and flags"),
        pytest.param("«\u00a0Gao\u202f»", 2, 5, "utf16", "Gao", id="no-break spaces"),
    ],
)
def test_offsets_are_utf16(
    tmp_path: Path, text: str, start: int, end: int, unit: str, words: str
) -> None:
    made = (NAMED, at(start, end, value="GPE"))
    found = read(tmp_path, xmi(*numbered(made), text=text), unit=unit)

    assert spans(found) == [("GPE", words)]


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (1, 3, r"a\.xmi: .*NamedEntity 2: offset 1 is inside a character"),
        (0, 99, r"offset 99 is outside the text \(0 to 6\)"),
        (3, 3, "the span 3 to 3 is empty"),
        (-1, 3, "offset -1 is outside"),
    ],
)
def test_what_is_no_place_is_set_aside(tmp_path: Path, start: int, end: int, message: str) -> None:
    content = xmi(*numbered((NAMED, at(start, end)), (NAMED, at(3, 6))), text="😀 Gao")
    with pytest.raises(InputError, match=message):
        read(tmp_path, content)

    aside = Task({}, Rejects(tmp_path / "rejects"))
    assert spans(read(tmp_path, content, aside)) == [("NamedEntity", "Gao")]
    assert len(aside.rejects.found) == 1


# --------------------------------------------------------------------------------------------
# The layer map
# --------------------------------------------------------------------------------------------

MAP = """
ignore = ["webanno.custom.Bare"]
[[mentions]]
type = "webanno.custom.Span"
label = "note"
level = "kind"
[[events]]
type = "webanno.custom.Fight"
as = "Conflict.Attack"
arguments = ["who"]
[[relations]]
type = "webanno.custom.Arc"
label = "label"
roles = ["Visitor", "Place"]
"""


def test_a_map_says_what_types_are(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(MAP)
    made = (
        (custom("Span"), at(0, 5, kind="NAM", note="PER")),
        (custom("Bare"), at(0, 5)),
        (custom("Fight"), at(6, 10)),
        (custom("Arc"), at(6, 10, Governor=2, Dependent=4, label="in")),
    )
    found = read(tmp_path, xmi(*numbered(*made)), layers=str(tmp_path / "map.toml"))

    assert [(m.type, m.level) for m in found.mentions] == [("PER", "NAM")]
    assert [e.type for e in found.events] == ["Conflict.Attack"]
    assert [a.role for r in found.relations for a in r.args] == ["Visitor", "Place"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[mentions]]\nlabel = 'a'", "map.toml: no layer map .*missing required field `type`"),
        ("[[spans]]\ntype = 'a.B'", "unknown field `spans`"),
        ("type = ", "no layer map"),
        ("[[mentions]]\ntype = 'a b'", "'a b' is no name of a type"),
        ("[[mentions]]\ntype = 'a.B'\nlabel = 'x=1'", "'x=1' of a.B is no name of a feature"),
        ("[[events]]\ntype = 'a.B'\narguments = ['__class__']", "__class__ of a.B is no name"),
        ("[[mentions]]\ntype='a.B'\n[[events]]\ntype='a.B'", "the type a.B is named twice"),
        (
            "[[mentions]]\ntype = 'webanno.custom.Span'\nlabel = 'label'",
            r"feature label of webanno.custom.Span, which has not \(it has: kind, note, sure\)",
        ),
    ],
)
def test_a_wrong_map_is_told(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "map.toml").write_text(content)
    made = numbered((custom("Span"), at(0, 5)))
    with pytest.raises(GloseError, match=message):
        read(tmp_path, xmi(*made), layers=str(tmp_path / "map.toml"))


@pytest.mark.parametrize("form", [XMI, JSON])
def test_a_map_says_where_to_write(tmp_path: Path, form: Format) -> None:
    (tmp_path / "map.toml").write_text(
        "[[mentions]]\ntype = 'my.Person'\nas = 'PER'\n"
        "[[mentions]]\ntype = 'my.Span'\nlabel = 'kind'\n"
    )
    options = {"layers": str(tmp_path / "map.toml")}
    given = document("d1", mentions=(KASSA, GAO))
    form.write(tmp_path / "c", [given], Task(options))
    (back,) = form.read(tmp_path / "c", Task(options))

    assert spans(back) == [("PER", "Kassa"), ("GPE", "Gao")]
    content = next((tmp_path / "c").glob("d1.*")).read_text()
    assert "Person" in content
    assert "NamedEntity" not in content


def test_what_the_map_has_no_layer_for_is_told(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text("[[mentions]]\ntype = 'my.Person'\nas = 'PER'\n")
    task = Task({"layers": str(tmp_path / "map.toml")}, counted=True)
    XMI.write(tmp_path / "c", [document("d1", mentions=(KASSA, GAO))], task)
    (row,) = (row for row in task.losses.rows() if row.kind == "mentions")

    assert (row.kept, row.dropped) == (1, 1)
    assert "the layer map has no layer for it" in row.reasons[0].reason


# --------------------------------------------------------------------------------------------
# Files
# --------------------------------------------------------------------------------------------


def packed(path: Path | io.BytesIO, content: Mapping[str, str | bytes]) -> Path | io.BytesIO:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def inner(user: str, value: str) -> bytes:
    """Return the archive that INCEpTION makes of what a user annotated."""
    stream = io.BytesIO()
    made = xmi(*numbered((NAMED, at(0, 5, value=value))))
    packed(stream, {f"{user}.xmi": made, "TypeSystem.xml": system()})
    return stream.getvalue()


PROJECT: Mapping[str, str | bytes] = {
    "exportedproject.json": "{}",
    "source/a.txt": TEXT,
    "annotation/a.txt/ana.zip": inner("ana", "PER"),
    "annotation/a.txt/bob.zip": inner("bob", "ORG"),
    "annotation/a.txt/INITIAL_CAS.zip": inner("INITIAL_CAS", "NO"),
    "curation/a.txt/CURATION_USER.zip": inner("CURATION_USER", "LOC"),
}


@pytest.mark.parametrize("unpacked", [True, False])
@pytest.mark.parametrize(
    ("options", "layers"),
    [
        ({}, {("ana", "PER"), ("bob", "ORG"), ("CURATION_USER", "LOC")}),
        ({"annotator": "bob"}, {("bob", "ORG")}),
    ],
)
def test_a_project_is_a_layer_for_each_annotator(
    tmp_path: Path, options: dict[str, str], layers: set[tuple[str, str]], *, unpacked: bool
) -> None:
    packed(tmp_path / "p.zip", PROJECT)
    path = tmp_path / "p.zip"
    if unpacked:
        path = tmp_path / "p"
        ZipFile(tmp_path / "p.zip").extractall(path)
    found = list(XMI.read(path, Task(options)))

    assert {one.id for one in found} == {"a.txt"}
    assert {(one.layer, one.mentions[0].type) for one in found} == layers


def test_an_archive_of_an_exported_document_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "e.zip").write_bytes(inner("ana", "PER"))

    assert table.name_of(tmp_path / "e.zip") == "cas"
    assert [one.id for one in XMI.read(tmp_path / "e.zip")] == ["ana"]


def test_an_archive_of_json_is_recognised(tmp_path: Path) -> None:
    JSON.write(tmp_path / "c", [SPECIMENS["mentions"]])
    content = (tmp_path / "c/d1.json").read_bytes()
    packed(
        tmp_path / "p.zip", {"annotation/a.txt/ana.json": content, "exportedproject.json": "{}"}
    )

    assert table.name_of(tmp_path / "p.zip") == "cas-json"
    assert [(one.id, one.layer) for one in JSON.read(tmp_path / "p.zip")] == [("a.txt", "ana")]


def test_without_a_type_system_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.xmi").write_text(xmi())
    with pytest.raises(InputError, match=r"no TypeSystem.xml beside it; .*--option types=FILE"):
        list(XMI.read(tmp_path / "a.xmi"))

    (tmp_path / "other.xml").write_text(system())
    named = Task({"types": str(tmp_path / "other.xml")})
    assert [one.text for one in XMI.read(tmp_path / "a.xmi", named)] == [TEXT]


# --------------------------------------------------------------------------------------------
# What is hostile
# --------------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "declared", [BOMB, FILE, '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">']
)
@pytest.mark.parametrize("which", ["text", "types"])
def test_a_dtd_is_refused(tmp_path: Path, declared: str, which: str) -> None:
    def with_dtd(content: str) -> str:
        return content.replace("?>", f"?>{declared}", 1).replace(TEXT, "&c;")

    content = with_dtd(xmi()) if which == "text" else xmi()
    types = with_dtd(system()) if which == "types" else system()
    with pytest.raises(InputError, match=r"has a DTD; expected none|not well-formed XML"):
        list(XMI.read(placed(tmp_path, content, types)))


def evil(folder: Path) -> list[str]:
    """Return names that are code where a program is made of them."""
    write = f"open({str(folder / 'done')!r}, 'w')"
    return [
        f"a={write}",
        f"a=({write}), b",
        f"a:{write}",
        "a\nb",
        "a b",
        "class",
        "__init__",
        "e\u0301",
    ]


@pytest.mark.parametrize("which", range(8))
def test_names_of_features_are_no_code(tmp_path: Path, which: int) -> None:
    name = evil(tmp_path)[which]
    types: Types = {"a.B": (ANNOTATION, {name: WORD})}
    with pytest.raises(InputError, match="is no name of a feature"):
        list(XMI.read(placed(tmp_path, xmi(), system(types))))

    described = {"a.B": {"%NAME": "a.B", "%SUPER_TYPE": ANNOTATION, name: {"%RANGE": STRING}}}
    content = {"%TYPES": described, "%FEATURE_STRUCTURES": [], "%VIEWS": {}}
    (tmp_path / "a.json").write_text(json.dumps(content))
    with pytest.raises(InputError, match="is no name of a feature"):
        list(JSON.read(tmp_path / "a.json"))
    assert not (tmp_path / "done").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("<a/>", "the root is a; expected xmi:XMI", id="another file"),
        pytest.param("<xmi:XMI", "not well-formed XML", id="cut off"),
        pytest.param(
            xmi().replace("sofaString", "other"), "unexpected keyword argument", id="no text"
        ),
        pytest.param(
            xmi(structure("a.Unknown", 2)), "Type with name .a.Unknown. not found", id="no type"
        ),
        pytest.param(
            xmi(structure(NAMED, 2, at=(0, 5), colour="red")),
            "unexpected keyword",
            id="no feature",
        ),
        pytest.param(
            xmi(structure(custom("Arc"), 2, at=(0, 5), Governor=7)), "KeyError: 7", id="dangling"
        ),
        pytest.param(
            xmi(structure(NAMED, 2, at=("a", 5))), "ValueError: invalid literal", id="no number"
        ),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        read(tmp_path, content)
    assert "\n" not in str(error.value)
    assert str(error.value).startswith(str(tmp_path / "a.xmi"))


CIRCLE = '{"a":{"%SUPER_TYPE":"b"},"b":{"%SUPER_TYPE":"a"}}'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "no JSON CAS: Expected `object`"),
        ("{", "no JSON CAS"),
        ('{"%TYPES":{},"%FEATURE_STRUCTURES":[],"%VIEWS":{}}', "no view has a text"),
        ('{"%TYPES":{"a":{}},"%FEATURE_STRUCTURES":[],"%VIEWS":{}}', "KeyError"),
        (
            f'{{"%TYPES":{CIRCLE},"%FEATURE_STRUCTURES":[],"%VIEWS":{{}}}}',
            "[Cc]ircular",
        ),
        ('{"%FEATURE_STRUCTURES":' + "[" * 100_000, "no JSON CAS"),
    ],
)  # fmt: skip
def test_json_that_is_wrong_is_one_line(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content if "STRUCTURES" in content else f'{content} "%FEATURE_STRUCTURES"')
    with pytest.raises(InputError, match=message):
        list(JSON.read(path))


def test_a_bomb_in_an_archive_is_refused(tmp_path: Path) -> None:
    packed(tmp_path / "b.zip", {"a.xmi": b" " * 64_000_000, "TypeSystem.xml": system()})
    with pytest.raises(GloseError, match=r"b.zip: a.xmi: .*a bomb\?"):
        list(XMI.read(tmp_path / "b.zip"))


def test_an_archive_in_an_archive_in_an_archive_is_not_opened(tmp_path: Path) -> None:
    stream = io.BytesIO()
    packed(
        stream,
        {"annotation/b/c.zip": inner("c", "PER"), "d.xmi": xmi(), "TypeSystem.xml": system()},
    )
    packed(tmp_path / "p.zip", {"annotation/a/b.zip": stream.getvalue()})

    assert [(one.id, one.layer) for one in XMI.read(tmp_path / "p.zip")] == [("a", "b")]


def test_a_chain_that_bites_its_tail_ends(tmp_path: Path) -> None:
    links = [(custom("RefLink"), at(n, n + 1, next=3 - n)) for n in range(2)]
    found = read(tmp_path, xmi(*numbered(links[0], links[1], (custom("RefChain"), {"first": 2}))))

    assert len(found.mentions) == 2


def test_without_the_library_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(GloseError, match=r"pip install 'glose\[cas\]'"):
        read(tmp_path, xmi())


# --------------------------------------------------------------------------------------------
# What is written
# --------------------------------------------------------------------------------------------


def rich() -> Document:
    """Return a document of all that is written."""
    visit = Event(
        "v1", "Visit", (Trigger(17, 23),), (Argument("Who", "m1"), Argument("Cause", "v2")),
        polarity="Positive",
    )  # fmt: skip
    chain = Entity("e1", "GPE", mentions=("m2",))
    arc = Relation("r1", "in", (Argument("Arg1", "m1"), Argument("Arg2", "m2")))
    both = (Argument("Arg1", "v1"), Argument("Arg2", "v2"))
    named = replace(KASSA, attrs=(Attribute("note", "x"),), links=(Link("wikidata", "Q1"),))
    return document(
        "d1",
        language="fr",
        segments=SPECIMENS["segments"].segments + SPECIMENS["sentences"].segments[:0],
        mentions=(named, GAO),
        entities=(chain,),
        relations=(arc, Relation("r2", "before", both)),
        events=(visit, Event("v2", "Leave", (Trigger(58, 65),))),
        labels=SPECIMENS["labels"].labels,
    )


@pytest.fixture
def written(tmp_path: Path) -> cassis.Cas:
    XMI.write(tmp_path / "c", [rich()])
    with (tmp_path / "c/TypeSystem.xml").open("rb") as stream:
        types = cassis.load_typesystem(stream)
    with (tmp_path / "c/d1.xmi").open("rb") as stream:
        return cassis.load_cas_from_xmi(stream, typesystem=types)


def test_all_of_it_comes_back(tmp_path: Path) -> None:
    for form in (XMI, JSON):
        path = trial.place(form, tmp_path / form.suffixes[0])
        path.parent.mkdir()
        losses = trial.write(form, [rich()], path)
        assert sum(row.changed + row.dropped for row in losses.rows()) == 0
        assert not trial.unexplained(form, losses, form.read(path))


def misfits(cas: cassis.Cas) -> Iterator[str]:
    """Yield what is not of the range of its feature; that of cassis fails where one is `value`."""
    for one in cas.select_all_fs():
        for feature in one.type.all_features:
            value, range_ = getattr(one, feature.name), feature.rangeType.name
            if value is None or range_ in (cas_layers.SLOT, "uima.cas.Sofa"):
                continue
            plain = {STRING: str, "uima.cas.Integer": int}.get(range_)
            fits = isinstance(value, plain) if plain else is_below(cas, value, range_)
            if not fits:
                yield f"{one.type.name}.{feature.name}: {value!r} is no {range_}"


def is_below(cas: cassis.Cas, value: Any, range_: str) -> bool:  # noqa: ANN401  # of cassis
    return bool(cas.typesystem.is_instance_of(value.type.name, range_))


def test_it_is_as_its_types_say(written: cassis.Cas) -> None:
    assert len(written.select_all_fs()) > 20
    assert list(misfits(written)) == []


def test_types_of_dkpro_are_as_dkpro_has_them(written: cassis.Cas) -> None:
    with (files("cassis.resources") / "dkpro-core-types.xml").open("rb") as stream:
        core = cassis.load_typesystem(stream)
    # DocumentMetaData is not among the types that come with cassis.
    ours = [t for t in written.typesystem.get_types() if core.contains_type(t.name)]

    assert len(ours) > 4
    for type_ in ours:
        theirs = core.get_type(type_.name)
        ranges = {feature.name: feature.rangeType.name for feature in theirs.all_features}
        own = {
            f.name: f.rangeType.name for f in type_.all_features if f.name not in ("note", "norm")
        }
        assert type_.supertype.name == theirs.supertype.name
        assert own.items() <= ranges.items()


def test_slots_are_links_with_a_role_and_a_target(written: cassis.Cas) -> None:
    (event,) = (one for one in written.select(cas_layers.EVENT) if one.value == "Visit")
    feature = event.type.get_feature("arguments")

    assert (feature.rangeType.name, feature.elementType.name) == (
        "uima.cas.FSArray",
        cas_layers.SLOT,
    )
    assert feature.multipleReferencesAllowed is False
    assert [(one.role, one.target.get_covered_text()) for one in event.arguments.elements] == [
        ("Who", "Kassa"), ("Cause", "reparti"),
    ]  # fmt: skip


def test_a_relation_stands_where_its_target_does(written: cassis.Cas) -> None:
    for name in (cas_layers.RELATION, cas_layers.EVENTS):
        (relation,) = written.select(name)
        assert (relation.begin, relation.end) == (relation.Dependent.begin, relation.Dependent.end)


def test_there_is_one_annotation_of_the_document(written: cassis.Cas) -> None:
    (found,) = written.select(cas_layers.DOCUMENT)

    assert (found.begin, found.end, found.language) == (0, len(rich().text or ""), "fr")
    assert found.documentId == "d1"


def told(losses: trial.Recorder) -> dict[str, tuple[int, int, int]]:
    return {row.kind: (row.kept, row.changed, row.dropped) for row in losses.rows()}


@pytest.mark.parametrize(
    ("kind", "fields", "fate", "reason"),
    [
        pytest.param(
            "values",
            {"value": Value("date:2031-03-04", anchor="m2")},
            (0, 1, 0),
            "a time is anchored to the time of the document at most",
            id="a time anchored to another",
        ),
        pytest.param(
            "links",
            {"links": (Link("wikidata", "Q1"), Link("wikidata", "Q2"))},
            (1, 0, 1),
            "a span has one link, without a score",
            id="two links",
        ),
        pytest.param(
            "attributes of mentions",
            {"attrs": (Attribute("wikidata:Q1", "yes"),)},
            (0, 1, 0),
            "the layer has no feature for it, or features have names of their own",
            id="a name that no feature has",
        ),
    ],
)
def test_a_loss_has_its_own_reason(
    tmp_path: Path, kind: str, fields: dict[str, Any], fate: tuple[int, int, int], reason: str
) -> None:
    made = document("d1", mentions=(replace(KASSA, **fields), GAO))
    losses = trial.write(table.FORMATS["cas"], [made], tmp_path / "c", "cas")

    assert told(losses)[kind] == fate
    [row] = [row for row in losses.rows() if row.kind == kind]
    assert [found.reason for found in row.reasons] == [reason]


@pytest.mark.parametrize(
    ("attributes", "names"),
    [
        (["note"], ["note"]),
        (["a b", "9x", "begin", "value", "class"], ["a_b", "x", "x_begin", "x_value", "x_class"]),
        (["note", "note"], ["note"]),
        (["modalité"], ["modalité"]),
        (["_", "type", "norm"], ["x_", "x_type", "x_norm"]),
        (["௰", "n²", "a৴b"], ["x_", "n2", "a_b"]),
    ],
)
def test_attributes_are_features_of_a_name(
    tmp_path: Path, attributes: Iterable[str], names: list[str]
) -> None:
    attrs = tuple(Attribute(name, "1") for name in attributes)
    XMI.write(tmp_path / "c", [document("d1", mentions=(replace(GAO, attrs=attrs),))])
    (back,) = XMI.read(tmp_path / "c")

    assert sorted(a.name for a in back.mentions[0].attrs) == sorted(names)


@given(st.text(max_size=8))
def test_any_attribute_has_a_name(name: str) -> None:
    given_ = document("d1", mentions=(replace(GAO, attrs=(Attribute(name, "1"),)),))
    [[attribute]] = [
        m.attrs for m in fitted(given_, Targets(Layers()), Losses(), xml=False).mentions
    ]

    assert is_name(attribute.name)


def test_mentions_of_one_span_and_type_are_told_apart_by_their_order(tmp_path: Path) -> None:
    twins = tuple(replace(GAO, id=f"m{n}", attrs=(Attribute("n", str(n)),)) for n in (1, 2))
    given = document("d1", mentions=twins, entities=(Entity("e1", "GPE", mentions=("m2",)),))
    losses = trial.write(XMI, [given], tmp_path / "c")

    assert told(losses)["entities of one mention"] == (0, 1, 0)
    assert not trial.unexplained(XMI, losses, XMI.read(tmp_path / "c"))


def test_control_characters_are_told(tmp_path: Path) -> None:
    given = document("d1", "Gao\x01 \x1b!", mentions=(Mention("m1", "GPE", 0, 3, text="Gao"),))
    losses = trial.write(XMI, [given], tmp_path / "c")
    (back,) = XMI.read(tmp_path / "c")

    assert told(losses)["texts"] == (0, 1, 0)
    assert back.text == "Gao\ufffd \ufffd!"
    JSON.write(tmp_path / "j", [given])
    assert [one.text for one in JSON.read(tmp_path / "j")] == [given.text]


def test_a_document_of_two_layers_is_refused(tmp_path: Path) -> None:
    twice = [rich(), replace(rich(), layer="other")]
    with pytest.raises(GloseError, match="document d1 comes in several layers"):
        XMI.write(tmp_path / "c", twice)
