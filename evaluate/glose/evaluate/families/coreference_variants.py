"""Coreference with other conventions, on request: mentions that are alike, no singletons.

The metrics are those of coreference.py, under the name of the variant.
"""

from __future__ import annotations

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
METRICS = tuple(metric for variant in VARIANTS for metric in variant.metrics())
PROTOCOLS = tuple(variant.protocol() for variant in VARIANTS)
