"""Whether the words around a time speak of what has been or of what will be."""

from __future__ import annotations

import re

from glose.annotate.french.lexicon import GAP

PAST, FUTURE = "past", "future"

_SENTENCE_END = re.compile(rf"[.!?…](?={GAP}|\n|$|[»\"”])|\n")
#: How many characters of a sentence are looked at on each side; few have so many.
_FAR = 600

#: Words that end like a future or a conditional, and are none.
_NO_FUTURE = (
    "front|affront|opéra|caméra|choléra|entra|montra|rencontra|déclara|retira|tira|libéra|demeura|"
    "récupéra|prépara|sépara|était|avait|restait|entrait|montrait|tirait|retirait|libérait|opérait|"
    "demeurait|préparait|considérait|courait|mourait|assurait|ignorait|espérait|durait|figurait"
)
#: Not after `être`, `sera` and the like: `pourraient être déployés` is yet to come.
_TO_BE = "".join(
    f"(?<!{verb}{GAP})"
    for verb in ("être", "sera", "seront", "serait", "seraient", "soit", "soient")
)
_MOVED = "report|ajourn|prolong|fix"
_PLANS = "va|vont|doit|doivent|compte|comptent|prévoit|prévoient|prévue?s?|attendue?s?"
_ASKED = r"appel\w*|invit\w+|convoqu\w+|exhort\w+"
_AUXILIARIES = "a|ai|as|avons|avez|ont|avait|avaient|est|sont|était|étaient|fut|furent|avoir|ayant"
_INFINITIVE = r"(?!avoir|être)[a-zà-ÿ]{2,}(?:er|ir|re|oir)(?!\w)"
_CLITIC = rf"(?:ne{GAP}pas{GAP})?(?:(?:se|y|en|le|la|les|lui){GAP}|s['’])?"

#: Every cue with the tense it speaks for.
_CUES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})"), tense)
    for pattern, tense in (
        (rf"(?!(?:{_NO_FUTURE})(?!\w))[a-zà-ÿ]+r(?:a|ai|as|ons|ez|ont|ait|aient)(?!\w)", FUTURE),
        (rf"(?:{_PLANS})(?!\w)", FUTURE),
        (rf"(?:{_ASKED}){GAP}(?:\w+{GAP}){{0,3}}?(?:à|pour){GAP}", FUTURE),
        (rf"(?:{_MOVED})\w+(?!\w)", FUTURE),
        (rf"(?:à|de|pour|d['’]ici){GAP}{_CLITIC}{_INFINITIVE}", FUTURE),
        (rf"d['’]{_INFINITIVE}", FUTURE),
        (rf"(?:{_AUXILIARIES})(?!\w)", PAST),
        (r"[a-zà-ÿ]+[^r\W]ai(?:t|ent)(?!\w)", PAST),
        (rf"{_TO_BE}(?!{_MOVED}|appel)\w{{2,}}(?:é|ée|és|ées)(?!\w)", PAST),
    )
)
#: A participle directly before: `enlevés le 18 février`.
_PARTICIPLE = re.compile(
    rf"{_TO_BE}(?<!\w)(?!prévu|attendu|{_MOVED}|appel)[a-zà-ÿ]{{2,}}"
    rf"(?:é|ée|és|ées|is|ise|ises|it|ite|its|ites|us|ue|ues|erte?s?),?{GAP}"
    rf"(?:(?:le|la|dans{GAP}la|en|vers){GAP})?$"
)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around a span, roughly: from stop to stop, if near."""
    begin = max(0, start - _FAR)
    for stop in _SENTENCE_END.finditer(text, begin, start):
        begin = stop.end()
    far = min(len(text), end + _FAR)
    after = _SENTENCE_END.search(text, end, far)
    return begin, after.start() if after else far


def tense(text: str, start: int, end: int) -> str | None:
    """Return the tense of the nearest verb before the span, else after it; `None` without any.

    >>> sentence_ = "La trêve entrera en vigueur samedi"
    >>> tense(sentence_, 28, 34)
    'future'
    """
    begin, stop = sentence(text, start, end)
    before, after = text[begin:start], text[end:stop]
    if _PARTICIPLE.search(before):
        return PAST
    left = [(match.start(), tense_) for cue, tense_ in _CUES for match in cue.finditer(before)]
    if left:
        return max(left)[1]
    right = [(match.start(), tense_) for cue, tense_ in _CUES for match in cue.finditer(after)]
    return min(right)[1] if right else None
