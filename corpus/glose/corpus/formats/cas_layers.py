"""Which types of a CAS are which lists of a record: the layer map, and what types tell themselves.

A map is a TOML file. What it does not name is found out from the type system, as INCEpTION makes
it: a relation has Governor and Dependent, a slot is an array of links with a role and a target, a
chain has a first link, what has no place in the text is said of the document.

ignore = ["webanno.custom.Draft"]

[[mentions]]
type = "webanno.custom.Span"
label = "kind"                        # the feature with the type; or `as` for one type of all
link = "concept"                      # the feature with an entry of a knowledge base

[[events]]
type = "webanno.custom.Attack"
as = "Conflict.Attack"
arguments = ["participants", "place"] # slots, and features that refer to a span

[[relations]]
type = "webanno.custom.Relation"
label = "value"
roles = ["Whole", "Part"]             # of source and target
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from glose.corpus.errors import GloseError
from glose.corpus.formats import inputs
from glose.corpus.formats.cas_opening import is_name, is_type
from glose.corpus.formats.facts import ENDS
from glose.corpus.forms import shown

#: Packages of DKPro Core and of INCEpTION.
CORE = "de.tudarmstadt.ukp.dkpro.core.api"
CUSTOM = "webanno.custom"
ANNOTATION, BASE, DOCUMENT = (
    "uima.tcas.Annotation", "uima.cas.AnnotationBase", "uima.tcas.DocumentAnnotation",
)  # fmt: skip
NAMED = f"{CORE}.ner.type.NamedEntity"
METADATA, FIELD = (
    f"{CORE}.metadata.type.DocumentMetaData",
    f"{CORE}.metadata.type.MetaDataStringField",
)
SENTENCE, TOKEN, DIV, PARAGRAPH, HEADING = (
    f"{CORE}.segmentation.type.{name}"
    for name in ("Sentence", "Token", "Div", "Paragraph", "Heading")
)
CHAIN, LINK = f"{CORE}.coref.type.CoreferenceChain", f"{CORE}.coref.type.CoreferenceLink"
EVENT, SLOT = f"{CUSTOM}.Event", f"{CUSTOM}.EventArgumentsLink"
RELATION, EVENTS, LABEL = (
    f"{CUSTOM}.{name}" for name in ("Relation", "EventRelation", "DocumentLabel")
)
#: Features that say what a span is, the first that there is.
KINDS = ("value", "label", "kind", "category", "entity")
#: Features that cannot be made, as all have them, or as cassis calls them something else.
KEPT = frozenset({"sofa", "begin", "end", "type", "self", "type_", "self_", "id"})
#: Layers of words, syntax and layout, which a record has no place for.
LINGUISTIC = (
    f"{CORE}.lexmorph.", f"{CORE}.syntax.", f"{CORE}.segmentation.", f"{CORE}.phonetics.",
    f"{CORE}.transform.", f"{CORE}.anomaly.", "org.dkpro.core.api.xml.",
    "org.dkpro.core.api.pdf.", "de.tudarmstadt.ukp.inception.pdf",
)  # fmt: skip
#: What programs keep for themselves.
BOOKKEEPING = (
    f"{CORE}.metadata.", "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "de.tudarmstadt.ukp.inception.api.type.", "de.tudarmstadt.ukp.dkpro.core.performance.",
)  # fmt: skip


class _Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"fixed": "as"}):
    """A type. What it is called is in the feature `label`, else `fixed`, else its short name."""

    type: str
    label: str | None = None
    fixed: str | None = None

    def named(self, structure: Any) -> str:  # noqa: ANN401  # a feature structure of cassis
        """Return what a feature structure of this layer is called."""
        found = getattr(structure, self.label, None) if self.label else None
        short = str(structure.type.name).rsplit(".", 1)[-1]
        return found if found and isinstance(found, str) else self.fixed or short


class Mentions(_Layer, frozen=True):
    """Spans; `link`, `level` and `norm` are features with a link, a level, a normalised value."""

    link: str | None = None
    level: str | None = None
    norm: str | None = None


class Events(_Layer, frozen=True):
    """Spans that trigger events; `role` and `target` are features of the links of slots."""

    arguments: tuple[str, ...] = ()
    role: str = "role"
    target: str = "target"


class Relations(_Layer, frozen=True):
    """Arcs between two spans."""

    source: str = "Governor"
    target: str = "Dependent"
    roles: tuple[str, str] = ENDS


class Chains(_Layer, frozen=True):
    """Coreference: links of which each knows the next. `label` is of links: the type of a span."""

    first: str = "first"
    next: str = "next"


class Segments(_Layer, frozen=True):
    """Parts of the text."""


class Labels(_Layer, frozen=True):
    """Classes of the document; `scheme` is the feature that says of which scheme."""

    scheme: str | None = None


Layer: TypeAlias = Mentions | Events | Relations | Chains | Segments | Labels


class Layers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A map: the layers of each list, and types that are passed over."""

    mentions: tuple[Mentions, ...] = ()
    events: tuple[Events, ...] = ()
    relations: tuple[Relations, ...] = ()
    chains: tuple[Chains, ...] = ()
    segments: tuple[Segments, ...] = ()
    labels: tuple[Labels, ...] = ()
    ignore: tuple[str, ...] = ()

    def all(self) -> Iterator[Layer]:
        """Yield the layers of all lists."""
        for name in ("mentions", "events", "relations", "chains", "segments", "labels"):
            yield from getattr(self, name)


#: What types are that have a meaning of their own everywhere.
BUILT_IN = Layers(
    mentions=(Mentions(NAMED, "value", link="identifier", level="level", norm="norm"),),
    events=(Events(EVENT, "value", arguments=("arguments",)),),
    relations=(Relations(RELATION, "label"), Relations(EVENTS, "label")),
    chains=(Chains(CHAIN, "referenceType"),),
    segments=(
        Segments(SENTENCE, fixed="sentence"),
        Segments(PARAGRAPH, fixed="paragraph"),
        Segments(HEADING, fixed="heading"),
        Segments(DIV, "divType", "div"),
    ),
    labels=(Labels(LABEL, "value", scheme="scheme"),),
)


def load(name: str | None) -> Layers:
    """Return the map of a file, or one that is empty; raise `GloseError` where it is none."""
    if name is None:
        return Layers()
    path = Path(name)
    try:
        found = msgspec.convert(tomllib.loads(inputs.text(path)), Layers)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise GloseError(f"{path}: no layer map ({error}); docs/formats.md shows one") from error
    types = [layer.type for layer in found.all()]
    if twice := next((one for one in types if types.count(one) > 1), None):
        raise GloseError(f"{path}: the type {shown(twice)} is named twice; expected one layer")
    for layer in found.all():
        _checked(path, layer)
    return found


def _checked(path: Path, layer: Layer) -> None:
    """Refuse names that are none: they become names in Python."""
    if not is_type(layer.type):
        raise GloseError(f"{path}: {shown(layer.type)} is no name of a type")
    wrong = next((name for name in features(layer) if not is_name(name)), None)
    if wrong is not None:
        raise GloseError(f"{path}: {shown(wrong)} of {layer.type} is no name of a feature")


def features(layer: Layer) -> Iterator[str]:
    """Yield the features that a layer names, but for those of links."""
    plain = msgspec.structs.asdict(layer)
    names = ["label", "link", "level", "norm", "scheme"]
    names += ["source", "target"] if isinstance(layer, Relations) else []
    names += ["first"] if isinstance(layer, Chains) else []
    chained = isinstance(layer, Chains)
    yield from (plain[key] for key in names if plain.get(key) and not (chained and key == "label"))
    yield from plain.get("arguments", ())


class Plan:
    """What each type of a CAS is: by the map, else by the type system."""

    def __init__(self, given: Layers, cas: Any) -> None:  # noqa: ANN401  # cassis is not followed
        self._system = cas.typesystem
        self._ignored = frozenset(given.ignore)
        self._given = {layer.type: layer for layer in given.all()}
        # Layers of a project may be called as ours are, and be others.
        core = (layer for layer in BUILT_IN.all() if layer.type.startswith(CORE))
        self._known = {layer.type: layer for layer in core}
        self._found: dict[str, Layer | None] = {}
        self._links = {
            feature.rangeType.name
            for type_ in self._system.get_types()
            for feature in type_.all_features
            if feature.name == "first" and self._is_chain(type_)
        }

    def of(self, type_: Any) -> Layer | None:  # noqa: ANN401  # a type of cassis
        """Return the layer of a type; `None` if it is none of its own."""
        name = type_.name
        if name not in self._found:
            self._found[name] = None if name in self._ignored else self._layer(type_)
        return self._found[name]

    def passed_over(self, name: str) -> bool:
        """Whether there is nothing to tell of a type that is no layer."""
        kept = (*BOOKKEEPING, "uima.")
        return name in self._ignored or name in self._links or name.startswith(kept)

    def _layer(self, type_: Any) -> Layer | None:  # noqa: ANN401  # as above
        names = lineage(type_)
        for table in (self._given, self._known):
            found = next((table[name] for name in names if name in table), None)
            if found is not None:
                return self._agreed(found, type_) if table is self._given else found
        if {DOCUMENT, TOKEN} & set(names) or type_.name.startswith((*LINGUISTIC, *BOOKKEEPING)):
            return None
        if type_.name in self._links or type_.name.startswith("uima."):
            return None
        return self._inferred(type_, names)

    @staticmethod
    def _agreed(layer: Layer, type_: Any) -> Layer:  # noqa: ANN401  # as above
        there = {feature.name for feature in type_.all_features}
        wrong = next((name for name in features(layer) if name not in there), None)
        if wrong is not None:
            known = ", ".join(sorted(there - {"sofa", "begin", "end"})) or "none"
            what = f"the layer map names the feature {shown(wrong)} of {type_.name}, which has not"
            raise GloseError(f"{what} (it has: {known})")
        return layer

    def _inferred(self, type_: Any, names: list[str]) -> Layer | None:  # noqa: ANN401  # as above
        there = {feature.name: feature for feature in type_.all_features}
        label = next((name for name in KINDS if name in there), None)
        if self._is_chain(type_):
            return Chains(type_.name, "referenceType")
        if {"Governor", "Dependent"} <= there.keys():
            return Relations(type_.name, label)
        if ANNOTATION in names:
            slots = tuple(name for name, one in there.items() if self.is_slot(one))
            if slots:
                return Events(type_.name, label, arguments=slots)
            fields = {"link": "identifier", "level": "level", "norm": "norm"}
            own = {key: name for key, name in fields.items() if name in there}
            return Mentions(type_.name, label, **own)
        scheme = "scheme" if "scheme" in there else None
        return Labels(type_.name, label, scheme=scheme) if BASE in names else None

    def is_slot(self, feature: Any) -> bool:  # noqa: ANN401  # a feature of cassis
        """Whether a feature is an array of links with a role and a target."""
        return {"role", "target"} <= self._features_of(feature.elementType)

    def _is_chain(self, type_: Any) -> bool:  # noqa: ANN401  # as above
        ranges = {feature.name: feature.rangeType for feature in type_.all_features}
        return "next" in self._features_of(ranges.get("first"))

    def _features_of(self, type_: Any) -> set[str]:  # noqa: ANN401  # as above
        # What a feature refers to is not always the type itself, and then has no features.
        if type_ is None or not self._system.contains_type(type_.name):
            return set()
        return {feature.name for feature in self._system.get_type(type_.name).all_features}


def lineage(type_: Any) -> list[str]:  # noqa: ANN401  # a type of cassis
    """Return the name of a type and of those above it."""
    found = []
    while type_ is not None:
        found.append(type_.name)
        type_ = type_.supertype
    return found
