"""UIMA CAS from XMI or JSON, opened by dkpro-cassis once it is known to be harmless.

What cassis is given has no DTD and no text. Names become parts of Python code there, so that only
names may pass. Offsets stay as they were written: cassis would turn those that are no place into
others, with a mere warning, where a `Ruler` refuses them.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from keyword import iskeyword
from typing import Any
from unicodedata import is_normalized

import msgspec

from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.formats import markup
from glose.corpus.formats.markup import Element
from glose.corpus.forms import shown

#: The view that holds the text of a document.
VIEW = "_InitialView"

_SOFA = "{http:///uima/cas.ecore}Sofa"
_ID, _TYPE, _TEXT = "%ID", "%TYPE", "sofaString"
#: What cassis raises where it takes for granted what is not so.
_FAULTS = (
    ArithmeticError, AttributeError, LookupError, RecursionError, RuntimeError, SyntaxError,
    TypeError, ValueError,
)  # fmt: skip
#: What cassis itself has in every feature structure.
_TAKEN = frozenset({"xmiID", "get", "set", "get_covered_text"})
_TYPE_NAME = re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)*(?:\[\])?")


@dataclass(frozen=True, slots=True)
class Opened:
    """A CAS whose offsets are as they were written, with its text as it was written.

    `views` are the names of other views that have a text, or members.
    """

    cas: Any
    text: str
    views: tuple[str, ...] = ()


def cassis() -> Element:
    """Return the library; raise `GloseError` where it is not installed."""
    try:
        import cassis as found
    except ImportError as error:
        what = "UIMA CAS needs dkpro-cassis, which is not installed; pip install 'glose[cas]'"
        raise GloseError(what) from error
    return found


def is_name(name: object) -> bool:
    """Whether a feature may be called so.

    >>> is_name("value"), is_name("a=1, b"), is_name("class")
    (True, False, False)
    """
    return (
        isinstance(name, str)
        and name.isidentifier()
        and name[0] != "_"
        and name not in _TAKEN
        and not iskeyword(name)
        and is_normalized("NFKC", name)
    )


def is_type(name: object) -> bool:
    """Whether a type may be called so: names with dots between."""
    return isinstance(name, str) and bool(_TYPE_NAME.fullmatch(name))


def of_xmi(data: bytes, types: bytes, place: Place, described: Place) -> Opened:
    """Return the CAS of an XMI file, with the bytes of its type system and where these are from.

    Raises `InputError`.
    """
    from lxml import etree

    root = markup.root(data, place)
    if markup.local(root) != "XMI":
        raise InputError(place, f"the root is {shown(markup.local(root))}; expected xmi:XMI")
    _undeclared(root, place)
    texts = {sofa.get("sofaID"): sofa.attrib.pop(_TEXT, None) for sofa in root.iter(_SOFA)}
    system = _types(types, described)
    with _told(place):
        bare = BytesIO(etree.tostring(root, encoding="utf-8"))
        found = cassis().load_cas_from_xmi(bare, typesystem=system)
    return _opened(found, texts, place)


def of_json(data: bytes, place: Place) -> Opened:
    """Return the CAS of a file of JSON CAS 0.4. Raises `InputError`."""
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Json)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(place, f"no JSON CAS: {error}") from error
    for name, given in found.types.items():
        features = (key for key in given if not key.startswith("%"))
        _named(name, features, place)
    structures = found.structures
    every = structures.values() if isinstance(structures, dict) else structures
    texts = {
        one.get("sofaID"): one.pop(_TEXT, None)
        for one in every
        if one.get(_TYPE) == "uima.cas.Sofa"
    }
    with _told(place):
        loaded = cassis().load_cas_from_json(msgspec.json.encode(found).decode())
    return _opened(loaded, texts, place)


class _View(msgspec.Struct, rename={"members": "%MEMBERS", "sofa": "%SOFA"}):
    members: list[int]
    sofa: int | None = None


class _Json(
    msgspec.Struct,
    rename={"types": "%TYPES", "structures": "%FEATURE_STRUCTURES", "views": "%VIEWS"},
):
    types: dict[str, dict[str, Any]]
    structures: list[dict[str, Any]] | dict[str, dict[str, Any]]
    views: dict[str, _View]


@lru_cache(maxsize=4)
def _types(data: bytes, place: Place) -> Element:
    root = markup.root(data, place)
    _undeclared(root, place)
    if markup.local(root) != "typeSystemDescription":
        what = f"the root is {shown(markup.local(root))}; expected typeSystemDescription"
        raise InputError(place, what)
    for found in root.iter("{*}typeDescription"):
        features = (one.text for one in found.iterfind("{*}features/*/{*}name"))
        _named(found.findtext("{*}name"), features, place)
    with _told(place):
        return cassis().load_typesystem(BytesIO(data))


def _undeclared(root: Element, place: Place) -> None:
    """Refuse a DTD: the entities that it declares are expanded in attributes."""
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise InputError(place, "has a DTD; expected none, as UIMA writes none")


def _named(name: object, features: Iterator[object], place: Place) -> None:
    if not is_type(name.strip() if isinstance(name, str) else name):
        raise InputError(place, f"{shown(str(name))} is no name of a type")
    for feature in features:
        if not is_name(feature.strip() if isinstance(feature, str) else feature):
            what = f"{shown(str(feature))} of {name} is no name of a feature that can be read"
            raise InputError(place, what)


@contextmanager
def _told(place: Place) -> Iterator[None]:
    """Turn what cassis raises into one line."""
    library = cassis()
    faults = (*_FAULTS, library.typesystem.TypeNotFoundError)
    with warnings.catch_warnings():
        # It warns of features that two types define alike, and of those it has another name for.
        warnings.simplefilter("ignore")
        try:
            yield
        except faults as error:
            said = " ".join(str(error).split())[:300]
            what = f"no UIMA CAS that dkpro-cassis reads: {type(error).__name__}: {said}"
            raise InputError(place, what) from error


def _opened(cas: Element, texts: dict[Element, Element], place: Place) -> Opened:
    names = [view.sofa.sofaID for view in cas.views]
    full = [name for name in names if isinstance(texts.get(name), str)]
    if not full:
        raise InputError(place, "no view has a text (sofaString); expected one")
    name = VIEW if VIEW in full else full[0]
    others = tuple(n for n in names if n != name and (n in full or _members(cas, n)))
    return Opened(cas.get_view(name), texts[name], others)


def _members(cas: Element, name: str) -> bool:
    return bool(cas.get_view(name).select_all_fs())
