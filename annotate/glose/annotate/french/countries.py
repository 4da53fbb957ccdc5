"""Countries with their adjective and their capital, as French dispatches write them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple


class Country(NamedTuple):
    """A country: its name, the stem of its adjective in lower case, its capital."""

    name: str
    adjective: str
    capital: str


#: Name, stem of the adjective (`syrien` for `syrienne` as well), capital.
_TABLE = (
    "Afghanistan/afghan/Kaboul", "Afrique du Sud/sud-africain/Pretoria",
    "Albanie/albanais/Tirana", "Algérie/algérien/Alger", "Allemagne/allemand/Berlin",
    "Angola/angolais/Luanda", "Arabie saoudite/saoudien/Ryad", "Argentine/argentin/Buenos Aires",
    "Arménie/arménien/Erevan", "Australie/australien/Canberra", "Autriche/autrichien/Vienne",
    "Azerbaïdjan/azerbaïdjanais/Bakou", "Bahreïn/bahreïni/Manama", "Bangladesh/bangladais/Dacca",
    "Belgique/belge/Bruxelles", "Bénin/béninois/Cotonou", "Birmanie/birman/Naypyidaw",
    "Bolivie/bolivien/La Paz", "Bosnie/bosnien/Sarajevo", "Brésil/brésilien/Brasilia",
    "Bulgarie/bulgare/Sofia", "Burkina Faso/burkinabè/Ouagadougou",
    "Burundi/burundais/Bujumbura", "Bélarus/bélarusse/Minsk", "Cambodge/cambodgien/Phnom Penh",
    "Cameroun/camerounais/Yaoundé", "Canada/canadien/Ottawa",
    "Centrafrique/centrafricain/Bangui", "Chili/chilien/Santiago", "Chine/chinois/Pékin",
    "Chypre/chypriote/Nicosie", "Colombie/colombien/Bogota", "Congo/congolais/Kinshasa",
    "Corée du Nord/nord-coréen/Pyongyang", "Corée du Sud/sud-coréen/Séoul",
    "Côte d'Ivoire/ivoirien/Abidjan", "Croatie/croate/Zagreb", "Cuba/cubain/La Havane",
    "Danemark/danois/Copenhague", "Djibouti/djiboutien/Djibouti", "Egypte/égyptien/Le Caire",
    "Equateur/équatorien/Quito", "Erythrée/érythréen/Asmara", "Espagne/espagnol/Madrid",
    "Estonie/estonien/Tallinn", "Etats-Unis/américain/Washington",
    "Ethiopie/éthiopien/Addis-Abeba", "Finlande/finlandais/Helsinki", "France/français/Paris",
    "Gabon/gabonais/Libreville", "Géorgie/géorgien/Tbilissi", "Ghana/ghanéen/Accra",
    "Grèce/grec/Athènes", "Guatemala/guatémaltèque/Guatemala", "Guinée/guinéen/Conakry",
    "Haïti/haïtien/Port-au-Prince", "Honduras/hondurien/Tegucigalpa",
    "Hongrie/hongrois/Budapest", "Inde/indien/New Delhi", "Indonésie/indonésien/Jakarta",
    "Irak/irakien/Bagdad", "Iran/iranien/Téhéran", "Irlande/irlandais/Dublin",
    "Israël/israélien/Jérusalem", "Italie/italien/Rome", "Japon/japonais/Tokyo",
    "Jordanie/jordanien/Amman", "Kazakhstan/kazakh/Astana", "Kenya/kényan/Nairobi",
    "Kirghizstan/kirghiz/Bichkek", "Kosovo/kosovar/Pristina", "Koweït/koweïtien/Koweït",
    "Laos/laotien/Vientiane", "Lettonie/letton/Riga", "Liban/libanais/Beyrouth",
    "Liberia/libérien/Monrovia", "Libye/libyen/Tripoli", "Lituanie/lituanien/Vilnius",
    "Macédoine du Nord/macédonien/Skopje", "Madagascar/malgache/Antananarivo",
    "Malaisie/malaisien/Kuala Lumpur", "Malawi/malawite/Lilongwe", "Mali/malien/Bamako",
    "Maroc/marocain/Rabat", "Mauritanie/mauritanien/Nouakchott", "Mexique/mexicain/Mexico",
    "Moldavie/moldave/Chisinau", "Mongolie/mongol/Oulan-Bator",
    "Monténégro/monténégrin/Podgorica", "Mozambique/mozambicain/Maputo",
    "Namibie/namibien/Windhoek", "Népal/népalais/Katmandou", "Nicaragua/nicaraguayen/Managua",
    "Niger/nigérien/Niamey", "Nigeria/nigérian/Abuja", "Norvège/norvégien/Oslo",
    "Oman/omanais/Mascate", "Ouganda/ougandais/Kampala", "Ouzbékistan/ouzbek/Tachkent",
    "Pakistan/pakistanais/Islamabad", "Palestine/palestinien/Ramallah", "Panama/panaméen/Panama",
    "Paraguay/paraguayen/Asuncion", "Pays-Bas/néerlandais/La Haye", "Pérou/péruvien/Lima",
    "Philippines/philippin/Manille", "Pologne/polonais/Varsovie", "Portugal/portugais/Lisbonne",
    "Qatar/qatari/Doha", "République dominicaine/dominicain/Saint-Domingue",
    "République tchèque/tchèque/Prague", "Roumanie/roumain/Bucarest",
    "Royaume-Uni/britannique/Londres", "Russie/russe/Moscou", "Rwanda/rwandais/Kigali",
    "Salvador/salvadorien/San Salvador", "Sénégal/sénégalais/Dakar", "Serbie/serbe/Belgrade",
    "Sierra Leone/sierra-léonais/Freetown", "Slovaquie/slovaque/Bratislava",
    "Slovénie/slovène/Ljubljana", "Somalie/somalien/Mogadiscio", "Soudan/soudanais/Khartoum",
    "Soudan du Sud/sud-soudanais/Juba", "Sri Lanka/sri-lankais/Colombo",
    "Suède/suédois/Stockholm", "Suisse/suisse/Berne", "Syrie/syrien/Damas",
    "Tadjikistan/tadjik/Douchanbé", "Taïwan/taïwanais/Taipei", "Tanzanie/tanzanien/Dodoma",
    "Tchad/tchadien/N'Djamena", "Thaïlande/thaïlandais/Bangkok", "Togo/togolais/Lomé",
    "Tunisie/tunisien/Tunis", "Turkménistan/turkmène/Achgabat", "Turquie/turc/Ankara",
    "Ukraine/ukrainien/Kiev", "Uruguay/uruguayen/Montevideo", "Venezuela/vénézuélien/Caracas",
    "Vietnam/vietnamien/Hanoï", "Yémen/yéménite/Sanaa", "Zambie/zambien/Lusaka",
    "Zimbabwe/zimbabwéen/Harare",
)  # fmt: skip
COUNTRIES: tuple[Country, ...] = tuple(Country(*line.split("/")) for line in _TABLE)

#: Other spellings of names and capitals, each with the name of its country.
_NAMES: Mapping[str, str] = {
    "rdc": "Congo", "république démocratique du congo": "Congo", "usa": "Etats-Unis",
    "états-unis": "Etats-Unis", "égypte": "Egypte", "éthiopie": "Ethiopie",
    "érythrée": "Erythrée", "équateur": "Equateur", "biélorussie": "Bélarus",
    "myanmar": "Birmanie", "république centrafricaine": "Centrafrique",
    "grande-bretagne": "Royaume-Uni", "israel": "Israël",
}  # fmt: skip
_CAPITALS: Mapping[str, str] = {
    "riyad": "Arabie saoudite", "kyiv": "Ukraine", "le caire": "Egypte",
}  # fmt: skip
#: Forms of adjectives that are made by no rule.
_ADJECTIVES: Mapping[str, str] = {
    "turque": "Turquie", "turques": "Turquie", "grecque": "Grèce", "grecques": "Grèce",
    "anglais": "Royaume-Uni", "anglaise": "Royaume-Uni", "anglaises": "Royaume-Uni",
}  # fmt: skip
_ENDINGS = ("", "s", "e", "es", "ne", "nes")

Known = tuple[str, str]


def known(words: str) -> Known | None:
    """Return what words are, `name`, `adjective` or `capital`, and of which country; else `None`.

    Where a name is an adjective as well, as `suisse`, the capital letter decides.

    >>> known("russes"), known("Damas")
    (('adjective', 'Russie'), ('capital', 'Syrie'))
    """
    form = words.lower().replace("’", "'")
    small = words[:1].islower()
    first, second = (_adjectives(), _places()) if small else (_places(), _adjectives())
    return first.get(form) or second.get(form)


@cache
def _places() -> dict[str, Known]:
    """Return the names and capitals in lower case; a country comes before a capital."""
    return {
        **{one.capital.lower(): ("capital", one.name) for one in COUNTRIES},
        **{form: ("capital", name) for form, name in _CAPITALS.items()},
        **{one.name.lower(): ("name", one.name) for one in COUNTRIES},
        **{form: ("name", name) for form, name in _NAMES.items()},
    }


@cache
def _adjectives() -> dict[str, Known]:
    made = {
        one.adjective + ending: ("adjective", one.name) for one in COUNTRIES for ending in _ENDINGS
    }
    return {**made, **{form: ("adjective", name) for form, name in _ADJECTIVES.items()}}
