"""Coreference with other conventions, on request: mentions that are alike, no singletons.

The metrics are those of coreference.py, under the name of the variant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

from glose.evaluate.families.coreference import LAYERS, Variant
from glose.evaluate.likeness import part_with_head, same_head

_MATCHES = (("", None), ("-partial", part_with_head), ("-head", same_head))
_SINGLETONS = (("", True), ("-no-singletons", False))
VARIANTS = tuple(
    Variant(f"{name}{match}{suffix}", *layer, alike, singletons)
    for (name, layer), (match, alike), (suffix, singletons) in product(
        LAYERS.items(), _MATCHES, _SINGLETONS
    )
    if match or suffix
)

#: What to know of variants that are easily taken for the score of a task, which has a program.
WARNINGS: Mapping[str, tuple[str, ...]] = {
    name: (f"equal spans are one mention whatever their heads; to CRAC they are not: {program}",)
    for name, program in (
        ("coreference-head", "corefud-head, -p corefud"),
        ("coreference-head-no-singletons", "-p corefud-head-no-singletons"),
    )
}
METRICS = tuple(metric for variant in VARIANTS for metric in variant.metrics())
PROTOCOLS = tuple(
    replace(variant.protocol(), warnings=WARNINGS.get(variant.name, ())) for variant in VARIANTS
)
