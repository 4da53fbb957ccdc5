"""Nouns of dispatches by the type of thing that they name, matched by their beginning."""

from __future__ import annotations

from collections.abc import Mapping

from glose.annotate.french.prefixes import Prefixes

_NOUNS: Mapping[str, str] = {
    "PER": (
        "civil soldat combattant militaire militant habitant manifestant opposant enfant "
        "femme homme personne otage prisonnier détenu réfugié déplacé migrant blessé mort "
        "victime étudiant journaliste ouvrier gréviste témoin diplomate ambassadeur ministre "
        "président porte-parole chef dirigeant responsable commandant général colonel "
        "émissaire envoyé médiateur négociateur secrétaire gouverneur maire préfet député "
        "sénateur juge procureur avocat médecin infirmier humanitaire volontaire villageois "
        "berger famille population gens foule jeune rebelle insurgé jihadiste djihadiste "
        "putschiste assaillant ravisseur mercenaire officier policier gendarme garde casque "
        "candidat syndicaliste évêque imam leader représentant délégué expert observateur "
        "premier frère fils père mère passager chauffeur pêcheur agriculteur éleveur proche "
        "membre ressortissant citoyen électeur"
    ),
    "ORG": (
        "armée force troupe milice police gouvernement régime pouvoir autorité parti "
        "mouvement groupe faction ministère présidence parlement assemblée sénat agence "
        "organisation ong syndicat coalition alliance union front conseil comité commission "
        "observatoire tribunal cour cabinet état-major brigade bataillon unité marine "
        "aviation junte opposition rébellion délégation mission association institution "
        "banque télévision radio journal chancellerie diplomatie gendarmerie garde-côte "
        "service kremlin rebelles convoi casques collectif fondation"
    ),
    "GPE": (
        "ville pays capitale village localité province région état république royaume commune "
        "gouvernorat département district voisin bourg bourgade métropole chef-lieu"
    ),
    "LOC": (
        "frontière zone secteur nord sud est ouest nord-est nord-ouest sud-est sud-ouest "
        "centre vallée plaine mont montagne mer lac fleuve rivière désert golfe détroit côte "
        "île presqu'île col plateau territoire quartier front enclave poche rive oasis massif "
        "forêt banlieue périphérie littoral canton sahel levant"
    ),
    "FAC": (
        "camp hôpital aéroport base pont port école ambassade consulat prison caserne poste "
        "palais mosquée église marché gare usine centrale barrage route rue place autoroute "
        "immeuble bâtiment maison résidence hôtel université dispensaire clinique entrepôt "
        "dépôt hangar bureau siège tunnel tour stade oléoduc gazoduc raffinerie aérodrome "
        "checkpoint quartier général cathédrale lycée locaux mine puits"
    ),
    "WEA": (
        "drone missile obus roquette bombe char blindé avion hélicoptère chasseur bombardier "
        "canon mortier fusil mine grenade arme artillerie munition explosif tank navire "
        "frégate sous-marin véhicule mitrailleuse lance-roquettes kalachnikov flotte batterie "
        "projectile pistolet"
    ),
}

_INDEX = Prefixes(_NOUNS)


def noun_type(word: str) -> str | None:
    """Return the mention type that a noun suggests, or `None`.

    >>> noun_type("soldats"), noun_type("armées"), noun_type("vérité")
    ('PER', 'ORG', None)
    """
    return _INDEX.find(word, spare=3)
