"""Three dispatches of ours, what a system suggests on one and what somebody else marked on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from glose.corpus import schema as schemas
from glose.corpus.document import (
    Argument,
    Date,
    Document,
    Entity,
    Event,
    Mention,
    Meta,
    Status,
    Trigger,
)
from glose.corpus.jsonl import completed

TEXTS = {
    "d1": "Des frappes de l'armée valdore ont tué douze civils vendredi à Sarmine, "
    "selon l'OLL.\n\n"
    "L'armée valdore dément. Sarmine est assiégée depuis mars.\n",
    "d2": "Mardi, le Front libre a bombardé le port de Sarmine, tuant trois marins.\n\n"
    "La marine valdore a promis de riposter à Sarmine.\n",
    "d3": "Les ministres valdore et tarque de la Défense se sont rencontrés lundi à Genève.\n",
}
GUIDELINES = """# Rules

Mark *every* name. See `plover` for the types.

## Triggers

1. The shortest words.
2. No auxiliary:
   - not `ont tué`
   - but **tué**

| type | mark it for |
|---|---|
| `ASSAULT` | bombing, shooting |

<script>window.hacked = true</script>
"""
LINKS = (
    "Q1\tSarmine\tSarmin\ttown in Valdoria\nQ2\tValdoria\tvaldore\tcountry\n"
    "Q3\tSarmine-le-Vieux\t\tvillage\n"
)
RICH = """
name = "rich"
version = "1"
description = "Everything that a schema can have."

[mentions.PER]
description = "a person"
colour = "#c2410c"
key = "p"
levels = ["NAM", "NOM"]

[mentions.ORG]
description = "an organisation"
colour = "#1d4ed8"
key = "o"

[mentions.DATE]
description = "a day"
colour = "#a16207"
key = "d"
values = ["date"]
entity = false

[roles.Attacker]
description = "who attacks"
key = "a"
fillers = ["PER", "ORG"]
min = 1
max = 1

[roles.Target]
description = "who is attacked"
key = "t"
fillers = ["PER", "ORG", "event"]

[roles.Weapon]
description = "what with"
key = "w"
fillers = ["value"]
values = ["gun", "bomb"]

[roles.Reason]
description = "why"
key = "r"
fillers = ["value"]

[roles.Worker]
description = "who works"
key = "o"
fillers = ["PER"]

[roles.Employer]
description = "for whom"
key = "e"
fillers = ["ORG"]

[events.ATTACK]
description = "an attack"
colour = "#b91c1c"
key = "k"
roles = ["Attacker", "Target", "Weapon", "Reason"]

[events.MEET]
description = "a meeting"
colour = "#0e7490"
key = "m"
roles = ["Target"]

[relations.WorksFor]
description = "employment"
colour = "#7e22ce"
key = "r"
roles = ["Worker", "Employer"]

[templates.Incident]
description = "the whole incident"
colour = "#475569"
key = "i"
roles = ["Attacker", "Weapon"]

[attributes.polarity]
description = "whether it is denied"
on = ["events"]
key = "y"
values.Positive = "it is affirmed"
values.Negative = "it is denied"

[attributes.note]
description = "anything"
on = ["events"]
key = "n"

[attributes.sure]
description = "whether one is sure"
on = ["mentions"]
key = "s"
values.yes = "sure"
values.no = "not sure"

[labels.topic]
description = "what it is about"
values.war = "fighting"
values.talks = "diplomacy"

[labels.keyword]
description = "any word"
"""


def schema(name: str) -> bytes:
    """Return the source of a schema."""
    return RICH.encode() if name == "rich" else schemas.content(name)


def documents() -> Iterator[Document]:
    """Yield the dispatches as nobody has annotated them."""
    for number, (name, text) in enumerate(TEXTS.items()):
        meta = Meta(title=f"Dispatch {number + 1}", date=Date(2031, 3, 14))
        yield completed(Document(id=name, language="fr", text=text, meta=meta), "ana")


def span(document: str, words: str, nth: int = 0) -> tuple[int, int]:
    """Return where words stand in a text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXTS[document].index(words, start + 1)
    return start, start + len(words)


def suggestions(schema: str) -> Iterator[Document]:
    """Yield what a system says of d2: two frames, of which the first has a wrong Recipient."""
    if schema != "plover":
        return
    mentions = (
        Mention("m1", "DATE", *span("d2", "Mardi")),
        Mention("m2", "ORG", *span("d2", "Front libre"), level="NAM"),
        Mention("m3", "FAC", *span("d2", "port de Sarmine"), level="NOM"),
        Mention("m4", "ORG", *span("d2", "marine valdore"), level="NOM"),
        Mention("m5", "GPE", *span("d2", "Sarmine", 1), level="NAM"),
    )
    arguments = [("Actor", "m2"), ("Recipient", "m4"), ("Location", "m3"), ("Date", "m1")]
    events = (
        Event(
            "v1", "ASSAULT", (Trigger(*span("d2", "bombardé")),),
            tuple(Argument(role, ref=ref) for role, ref in arguments), modality="Actual",
        ),
        Event(
            "v2", "THREATEN", (Trigger(*span("d2", "riposter")),),
            (Argument("Actor", ref="m4"),), modality="Other",
        ),
    )  # fmt: skip
    entity = Entity("e1", "ORG", None, ("m2", "m4"))
    yield annotated("d2", "crf", mentions, events, (entity,))


def reference(schema: str) -> Iterator[Document]:
    """Yield what bo marked on d3, which ana can read and not change."""
    kind = "GPE" if schema == "plover" else "ORG"
    level = "NAM" if schema == "plover" else None
    yield annotated("d3", "bo", (Mention("m1", kind, *span("d3", "Genève"), level=level),))


def annotated(
    document: str,
    layer: str,
    mentions: tuple[Mention, ...],
    events: tuple[Event, ...] = (),
    entities: tuple[Entity, ...] = (),
) -> Document:
    """Return a dispatch with annotations of a layer."""
    bare = next(one for one in documents() if one.id == document)
    status = Status("done", ("mentions", "entities", "events"))
    whole = msgspec.structs.replace(
        bare, layer=layer, mentions=mentions, events=events, entities=entities, status=status
    )
    return completed(whole, layer)


def links(path: Path) -> Path:
    """Write what mentions can be linked to; return the path."""
    path.write_text(LINKS, encoding="utf-8")
    return path
