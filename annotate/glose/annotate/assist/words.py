"""French words by what they do in a phrase, each as one letter: the alphabet of `phrases`.

There is no tagger: small words are listed, the rest goes by its ending and the lexicons of the
extractors. What a letter stands for is said where it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from glose.annotate.french.countries import known
from glose.annotate.french.currencies import CURRENCIES
from glose.annotate.french.lexicon import MONTHS, PARTS, UNITS, WEEKDAYS
from glose.annotate.french.nouns import noun_type
from glose.annotate.french.numerals import COLLECTIVES, number

#: A letter and the words that it stands for.
_SMALL: Mapping[str, str] = {
    "l": "le la les l' au aux",
    "1": "un une",
    "D": "de d'",
    "U": "du",
    "S": "des",
    "d": "ce cet cette ces son sa ses leur leurs mon ma mes ton ta tes notre nos votre vos "
    "plusieurs aucun aucune tout toute certains certaines",
    "Q": "quelques quelque",
    "j": "chaque",
    "J": "tous toutes",
    "@": "à vers",
    "p": "(",
    "e": "et ou",
    "x": "est",
    "h": "h",
    "z": "demi demie",
    "I": "intérieur défense justice finances économie santé affaires",
    "%": "%",
    "f": "fois",
    "F": "début fin mi milieu courant",
    "T": "dernier dernière derniers dernières prochain prochaine prochains prochaines passé "
    "passée suivant suivante précédent précédente",
    "b": "premier première premiers premières grand grande grands grandes petit petite petits "
    "petites haut haute hauts hautes nouveau nouvel nouvelle nouveaux ancien ancienne "
    "anciens anciennes jeune jeunes vieux vieille vieilles gros grosse autre autres principal "
    "principale principaux principales futur future vaste vastes simple simples double",
    "g": "mont monts lac lacs mer mers col golfe cap fleuve île îles oued wadi rio",
    "v": "a ai as ont avons avez avait avaient eu ayant avoir sont suis sommes êtes était étaient "
    "été étant être fut furent sera seront serait seraient soit soient va vont doit doivent peut "
    "peuvent pourrait pourraient veut veulent fait font faire dit dits accuse accusent appelle "
    "rappelle révèle mène cite tué tuée tués tuées",
    "a": "armé armée armés armées uni unie unis unies civil civile civils civiles habité habités "
    "habitée habitées allié alliée alliés alliées libre libres civique civiques citoyen citoyens "
    "citoyenne citoyennes nord sud ouest occupé occupés occupée occupées rouge noir blanc libéré "
    "voisin voisine voisins voisines spécial spéciale spéciaux spéciales levantin levantine "
    "bleu bleue bleus bleues mixte mixtes commun commune communs communes étranger étrangère "
    "étrangers étrangères paysan paysanne paysans paysannes",
    "n": "frontière frontières rivière rivières fer enfer hiver danger leader leaders nouvelles",
    ".": "qui que qu' dont où y en ne n' pas plus moins se s' il elle ils elles on je nous vous "
    "c' j' m' t' lui eux celui-ci celle-ci dans par pour sur sous avec sans contre selon depuis "
    "pendant après avant entre chez dès lors ainsi aussi très encore déjà mais donc or ni "
    "car comme si quand lorsque puis alors ici là hier demain aujourd'hui ensuite jusqu' malgré "
    "parmi près environ presque trop peu bien mal non oui désormais toujours jamais afin outre "
    "hors voici voilà devant derrière durant m. mm. mme mgr dr",
}
_LETTERS: Mapping[str, str] = {
    **{word: letter for letter, words in _SMALL.items() for word in words.split()},
    **dict.fromkeys(WEEKDAYS, "W"),
    **dict.fromkeys(MONTHS, "M"),
    **dict.fromkeys((*PARTS, "journée"), "P"),
    **{form: "Y" for unit in UNITS for form in (unit, f"{unit}s") if unit != "nuit"},
    **{form: "q" for one in COLLECTIVES for form in (one, f"{one}s")},
    **dict.fromkeys(("million", "millions", "milliard", "milliards"), "q"),
    **{form.lower(): "k" for one in CURRENCIES for form in (one, f"{one}s")},
}
_BEFORE_NAMES = re.compile(r"(?:al|el|as|ad|ar|at|az|an|ash|ben|bin|ibn|ould|ter|abou)-\w")
_ORDINAL = re.compile(r"\w+ièmes?")
_CALENDAR_DAY = re.compile(r"1er")
_VERB = re.compile(
    r"\w+(?:(?<![mdcg])ent|ait|aient|eront|irent|ons|ez|(?<!i)er|(?<=[tsrnlhdc])ir|oir|quer|fier)"
)
_ADJECTIVE = re.compile(
    r"\w{2,}(?:ien|ienne|éen|éenne|ais|aise|ois|oise|ain|aine|ique|aire|[inaort]al|[iaorntv]ale|aux"
    r"|el|elle|if|ive|able|ible|iste|eux|euse|ier|ière|oire|ane|antin|antine|esque)s?"
)
_LONGEST = 40


@lru_cache(maxsize=65_536)
def letter(word: str) -> str:
    """Return the letter of a word as it is written; `.` for what no phrase goes over.

    Capitals: `C` name, `O` a noun with a capital, `A` acronym, `K` article (`Le Caire`), `R` a
    word in a script without cases, `I` what a ministry is of. Small: `n` noun or what may be one,
    `a` adjective, `b` adjective before its noun, `g` what may be a part of a place's name, `#`
    number, `v` verb. The others are those of the list of small words.
    """
    lowered = word.lower().replace("’", "'")
    first = word[0]
    if first.isdigit():
        return "#" if number(lowered) is not None or _CALENDAR_DAY.fullmatch(lowered) else "."
    if not first.isalpha() or len(word) > _LONGEST:
        return _LETTERS.get(word, ".")
    if first.isupper():
        return _capital(word, lowered)
    if lowered == word.upper():
        return "R"
    return _small(lowered)


def _capital(word: str, lowered: str) -> str:
    small = _LETTERS.get(lowered, "n")
    if small == "l":
        return small if word.endswith(("'", "’")) else "K"
    if word.isupper() and len(word) > 1:
        return "A"
    if small not in "an" and not word.isupper():
        return small
    if number(lowered) is not None:
        return "#"
    return "O" if noun_type(lowered) or lowered in _HEADS else "C"


def _small(lowered: str) -> str:
    found = _LETTERS.get(lowered)
    if found is not None:
        return found
    if _BEFORE_NAMES.match(lowered):
        return "C"
    if number(lowered) is not None:
        return "#"
    if _ORDINAL.fullmatch(lowered):
        return "b"
    if known(lowered) or _ADJECTIVE.fullmatch(lowered):
        return "a"
    return "v" if _VERB.fullmatch(lowered) and not noun_type(lowered) else "n"


#: Nouns that begin the names of organisations and states, beside those of the lexicon.
_HEADS = frozenset(
    ("programme", "compagnie", "droits", "haut", "bureau", "ligue", "société", "centre", "fonds")
)
