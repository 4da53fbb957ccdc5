"""What is a licence, and what the Hub calls it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from glose.corpus.document import Document, Meta
from glose.corpus.errors import GloseError
from glose.corpus.publishing.licences import (
    KNOWN,
    Rights,
    addresses,
    identified,
    on_the_hub,
    reserved,
)


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("CC BY 4.0", "cc-by-4.0"),
        ("cc-by-nc-sa-3.0", "cc-by-nc-sa-3.0"),
        ("CC_BY_SA 4.0", "cc-by-sa-4.0"),
        ("https://creativecommons.org/licenses/by-nd/4.0/deed.fr", "cc-by-nd-4.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "cc0-1.0"),
        ("CC0", "cc0-1.0"),
        ("Apache-2.0", "apache-2.0"),
        ("Apache License 2.0", "apache-2.0"),
        ("Licence Ouverte 2.0", "etalab-2.0"),
        ("ODbL-1.0", "odbl"),
        ("MIT", "mit"),
        ("CC BY", None),
        ("CC BY 9.9", None),
        ("https://creativecommons.org/licenses/by/9.9/", None),
        ("for research only", None),
        ("", None),
    ],
)
def test_names_of_licences(stated: str, name: str | None) -> None:
    assert identified(stated) == name


@pytest.mark.parametrize("name", KNOWN)
def test_a_licence_is_known_by_its_own_name_and_keeps_no_rights(name: str) -> None:
    assert identified(name.upper()) == name
    assert not reserved(name)


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("all rights reserved", True),
        ("All Rights  Reserved.", True),
        ("Tous droits réservés", True),
        ("Tous droits de reproduction réservés", True),
        ("© Agence inventée 2031", True),
        ("(c) ALM", True),
        ("Copyright ALM", True),
        ("Reproduction interdite", True),
        ("CC BY 4.0", False),
        ("for research only", False),
        ("public domain", False),
    ],
)
def test_rights_that_are_kept(stated: str, kept: bool) -> None:
    assert reserved(stated) == kept


def rights(*stated: str | None) -> Rights:
    """Return what documents with such rights state."""
    found = Rights()
    for number, one in enumerate(stated):
        found.add(Document(id=f"d{number}", meta=Meta(rights=one)))
    return found


@pytest.mark.parametrize(
    ("stated", "licence", "message"),
    [
        pytest.param(["MIT", "CC0"], None, None, id="every one has a licence"),
        pytest.param(["MIT", None], "cc0-1.0", None, id="one is given for the others"),
        pytest.param(["MIT", None], None, "1 document names no licence in meta.rights (the first"
                     " is d1); name theirs with --license", id="none"),
        pytest.param([None, " "], None, "2 documents name no licence", id="blanks are none"),
        pytest.param(["MIT", "© ALM"], None, "1 document keeps all rights (d1 says '© ALM');"
                     " publish the corpus --without-text", id="rights are kept"),
        pytest.param(["© ALM", "© AGR"], "mit", "2 documents keep all rights", id="a licence that"
                     " is given is not for those"),
    ],
)  # fmt: skip
def test_what_may_be_published(
    stated: list[str | None], licence: str | None, message: str | None
) -> None:
    if message is None:
        rights(*stated).allow(licence)
        return
    with pytest.raises(GloseError) as raised:
        rights(*stated).allow(licence)
    assert message in str(raised.value)


def test_a_document_counts_once_in_however_many_layers() -> None:
    found = rights("MIT")
    found.add(Document(id="d0", meta=Meta(rights="MIT")))

    assert found.sources == {("", "MIT"): 1}


@pytest.mark.parametrize(
    ("stated", "card"),
    [
        pytest.param([], {}, id="none"),
        pytest.param(["Apache-2.0"], {"license": "apache-2.0"}, id="one"),
        pytest.param(["CC0", "CC0 1.0"], {"license": "cc0-1.0"}, id="one by two names"),
        pytest.param(["MIT", "CC0"], {"license": ["mit", "cc0-1.0"]}, id="two"),
        pytest.param(
            ["For Research only"],
            {"license": "other", "license_name": "for-research-only"},
            id="one that the Hub does not know",
        ),
        pytest.param(["???"], {"license": "other", "license_name": "other"}, id="no letter"),
        pytest.param(["a", "b"], {"license": "other"}, id="two that it does not know"),
    ],
)
def test_what_the_card_says(stated: Iterable[str], card: dict[str, object]) -> None:
    assert on_the_hub(stated) == card


def test_addresses() -> None:
    found = addresses(["CC BY 4.0", "cc-by-4.0", "for research"])

    assert found == ["https://creativecommons.org/licenses/by/4.0/", "for research"]
