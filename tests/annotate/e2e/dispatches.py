"""Two dispatches of ours, with what is hard in them, and a schema that has everything."""

from __future__ import annotations

from pathlib import Path

from glose.corpus import jsonl
from glose.corpus.document import Date, Document, Meta, fingerprint

#: A flag is two code points, and a word of its own.
FLAG = "🇲🇱"
#: Right to left, emoji of several code points, a flag, letters with accents of their own.
TEXT = (
    "GAO, 5 mars 2031 (ALM) - Les Gardiens du Fleuve ont attaqué mardi le village de Bamba. "
    "Ils ont tué douze civils et trois soldats.\n\n"
    "Le groupe, dirigé par Moussa Diarra, a mis mercredi le feu au marché, a annoncé l'armée. "
    "Cette attaque est la première de l'année.\n\n"
    "قال الجيش إن المسلحين هاجموا مدينة غاو مساء الثلاثاء.\n\n"
    "« Courage 👩🏽‍🚒🇲🇱 à Gao », a écrit 👨‍👩‍👧‍👦 le Cafe\u0301 de Se\u0301gou à Moussa Diarra."
)
OTHER = "KIDAL, 6 mars 2031 (ALM) - Une patrouille a attaqué jeudi un camp près de Kidal."

SCHEMA = """
name = "frontier"
version = "1"
description = "Attacks and what is said of them."

[mentions.PER]
description = "a person or several"
colour = "#c2410c"
key = "p"

[mentions.ORG]
description = "a group or an army"
colour = "#1d4ed8"
key = "o"

[mentions.GPE]
description = "a town or country"
colour = "#15803d"
key = "g"

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

[roles.Victim]
description = "who is hurt"
key = "v"
fillers = ["PER"]

[roles.Place]
description = "where it happens"
key = "l"
fillers = ["GPE"]

[roles.Date]
description = "when it happens"
key = "d"
fillers = ["DATE"]

[roles.Speaker]
description = "who says it"
key = "s"
fillers = ["PER", "ORG"]
max = 1

[roles.Content]
description = "what is said to have happened"
key = "c"
fillers = ["event"]

[roles.Leader]
description = "who leads"
key = "h"
fillers = ["PER"]
max = 1

[roles.Group]
description = "who is led"
key = "g"
fillers = ["ORG"]
max = 1

[events.ATTACK]
description = "violence against people or things"
colour = "#b91c1c"
key = "a"
roles = ["Attacker", "Victim", "Place", "Date"]

[events.DEATH]
description = "somebody dies"
colour = "#7e22ce"
key = "d"
roles = ["Victim", "Place", "Date"]

[events.FIRE]
description = "something is set on fire"
colour = "#c2410c"
key = "f"
roles = ["Attacker", "Place", "Date"]

[events.STATEMENT]
description = "something is said"
colour = "#0e7490"
key = "s"
roles = ["Speaker", "Content"]

[relations.LEADS]
description = "a person leads a group"
colour = "#4d7c0f"
key = "l"
roles = ["Leader", "Group"]

[attributes.polarity]
description = "whether it is denied"
on = ["events"]
key = "y"
values.Positive = "it is affirmed"
values.Negative = "it is denied"

[attributes.tense]
description = "when it happens"
on = ["events"]
key = "t"
values.Past = "before"
values.Future = "after"

[labels.topic]
description = "what it is about"
colour = "#475569"
key = "t"
values.war = "fighting"
values.relief = "help"
"""

GUIDELINES = "# What to annotate\n\nEvery **attack**, with who did it and where.\n"


def bare(name: str, text: str, day: int, title: str | None = None) -> Document:
    """Return a dispatch of March 2031 that nobody has annotated."""
    return Document(
        id=name, layer="text", language="fr", text=text, text_sha256=fingerprint(text),
        meta=Meta(title=title, date=Date(2031, 3, day), date_basis="published"),
    )  # fmt: skip


def corpus(folder: Path, *documents: Document, schema: str = SCHEMA) -> Path:
    """Write a corpus folder with documents (ours, if none are named) and return it."""
    folder.mkdir()
    ours = (bare("n1", TEXT, 5, "Bamba attaquée"), bare("n2", OTHER, 6, "Un camp attaqué"))
    jsonl.write(folder / "documents.jsonl", documents or ours)
    (folder / "schema.toml").write_text(schema)
    (folder / "GUIDELINES.md").write_text(GUIDELINES)
    return folder
