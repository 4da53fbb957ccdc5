"""Licences as documents state them, and as the Hub and schema.org want them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.numbers import counted

_CC = "https://creativecommons.org/licenses"
#: What the Hub calls licences, with their addresses.
KNOWN = {
    "apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "mit": "https://opensource.org/license/mit",
    "bsd-2-clause": "https://opensource.org/license/bsd-2-clause",
    "bsd-3-clause": "https://opensource.org/license/bsd-3-clause",
    "gpl-3.0": "https://www.gnu.org/licenses/gpl-3.0.html",
    "lgpl-3.0": "https://www.gnu.org/licenses/lgpl-3.0.html",
    "gfdl": "https://www.gnu.org/licenses/fdl-1.3.html",
    "odbl": "https://opendatacommons.org/licenses/odbl/1-0/",
    "odc-by": "https://opendatacommons.org/licenses/by/1-0/",
    "pddl": "https://opendatacommons.org/licenses/pddl/1-0/",
    "etalab-2.0": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
} | {
    f"cc-{kind}-{version}": f"{_CC}/{kind}/{version}/"
    for kind in ("by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd")
    for version in ("2.0", "2.5", "3.0", "4.0")
}
#: Other names of some of them, with small letters and hyphens.
OTHERS = {
    "apache": "apache-2.0", "apache-license-2.0": "apache-2.0", "cc0": "cc0-1.0",
    "odbl-1.0": "odbl", "odc-by-1.0": "odc-by", "pddl-1.0": "pddl", "mit-license": "mit",
    "licence-ouverte-2.0": "etalab-2.0", "licence-ouverte": "etalab-2.0", "etalab": "etalab-2.0",
}  # fmt: skip

_ADDRESS = re.compile(r"creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)")
_ZERO = re.compile(r"creativecommons\.org/publicdomain/zero/1\.0")
_RESERVED = re.compile(
    r"©|\(c\)|copyright|rights?\s+reserved|droits\s+(?:de\s+\S+\s+)?réservés|réservés?\b"
    r"|reproduction\s+interdite",
    re.IGNORECASE,
)


def identified(stated: str) -> str | None:
    """Return what the Hub calls a licence, or `None` if it does not know it.

    >>> identified("CC BY-SA 4.0"), identified("https://creativecommons.org/licenses/by/3.0/fr/")
    ('cc-by-sa-4.0', 'cc-by-3.0')
    """
    name = "-".join(stated.lower().replace("_", " ").split())
    name = OTHERS.get(name, name)
    if name in KNOWN:
        return name
    if found := _ADDRESS.search(stated.lower()):
        name = f"cc-{found[1]}-{found[2]}"
        return name if name in KNOWN else None
    return "cc0-1.0" if _ZERO.search(stated.lower()) else None


def reserved(stated: str) -> bool:
    """Whether what is stated keeps all rights, and so is no licence.

    >>> reserved("© AFP"), reserved("tous droits réservés"), reserved("CC BY 4.0")
    (True, True, False)
    """
    return identified(stated) is None and bool(_RESERVED.search(stated))


@dataclass(slots=True)
class Rights:
    """What the documents of a corpus state; each counts once, in however many layers it is.

    `sources` counts documents by source and licence, "" where none is stated.
    """

    sources: Counter[tuple[str, str]] = field(default_factory=Counter)
    _seen: set[str] = field(default_factory=set)
    _first: dict[str, str] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Count a document."""
        if document.id in self._seen:
            return
        self._seen.add(document.id)
        rights = (document.meta.rights or "").strip()
        self.sources[document.meta.source or "", rights] += 1
        self._first.setdefault(rights, document.id)

    @property
    def stated(self) -> list[str]:
        """The licences that are stated, the most frequent first."""
        counts: Counter[str] = Counter()
        for (_, rights), number in self.sources.items():
            counts[rights] += number
        return [r for r, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if r]

    def allow(self, licence: str | None) -> None:
        """Raise `GloseError` if the texts may not be published; `licence` is of those without."""
        kept = [rights for rights in self.stated if reserved(rights)]
        if kept:
            number = sum(count for (_, r), count in self.sources.items() if r in kept)
            what = f"{counted(number, 'document')} {'keeps' if number == 1 else 'keep'} all rights"
            first = f"{self._first[kept[0]]} says {kept[0]!r}"
            raise GloseError(f"{what} ({first}); publish the corpus --without-text")
        bare = sum(count for (_, rights), count in self.sources.items() if not rights)
        if bare and licence is None:
            what = f"{counted(bare, 'document')} {'names' if bare == 1 else 'name'} no licence"
            raise GloseError(
                f"{what} in meta.rights (the first is {self._first['']}); name theirs with"
                " --license, or publish the corpus --without-text"
            )


def on_the_hub(stated: Iterable[str]) -> dict[str, object]:
    """Return what the top of a card says of licences."""
    names = list(stated)
    found = dict.fromkeys(identified(name) or "other" for name in names)
    if not found:
        return {}
    card: dict[str, object] = {"license": next(iter(found)) if len(found) == 1 else list(found)}
    unknown = [name for name in names if identified(name) is None]
    if len(unknown) == 1:
        card["license_name"] = (
            re.sub(r"[^a-z0-9.]+", "-", unknown[0].lower()).strip("-") or "other"
        )
    return card


def addresses(stated: Iterable[str]) -> list[str]:
    """Return the addresses of licences, or what they are called where none is known."""
    return list(dict.fromkeys(KNOWN.get(identified(name) or "", name) for name in stated))
