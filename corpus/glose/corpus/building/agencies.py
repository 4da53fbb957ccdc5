"""The news agencies that datelines and credits name."""

from __future__ import annotations

_KNOWN = """
    aap afp agi anadolu ani anp ansa ap apa aps ats ats-sda belga bloomberg bns bta cp dpa efe epa
    ina interfax irna isna itar-tass kcna keystone-ats kuna kyodo lusa map mena mti nna ntb pa
    panapress pap petra pti qna reuters ria ria-novosti rtr sana sipa spa sputnik tap tass tt
    ukrinform upi wafa wam xinhua yonhap
"""
_NOT_CREDITS = """
    applaudissements bis fin ndlr photo photos rires sic suite suivre vidéo video voir
"""

#: As `canonical` writes them; `glose.toml` may add to them.
KNOWN = frozenset({*_KNOWN.split(), "agence france-presse", "associated press"})
#: One word in parentheses at the very end that is no credit.
NOT_CREDITS = frozenset(_NOT_CREDITS.split())


def canonical(name: str) -> str:
    """Return the name of an agency as `meta.agency` holds it.

    >>> canonical(" AFP ")
    'afp'
    """
    return " ".join(name.split()).lower()
