"""Words that name political and conflict events, by their PLOVER type, matched by their beginning.

Written for the tagger as a hint among others: which of them is an event, and of which type, it
learns from the corpus.
"""

from __future__ import annotations

from collections.abc import Mapping

from glose.annotate.french.prefixes import Prefixes

_TRIGGERS: Mapping[str, str] = {
    # People, not what they do.
    "": (
        "combattant manifestant attaquant militant protestant signataire défenseur négociateur "
        "médiateur visiteur tireur bombardier masse commerçant guerrier conférence guérilla"
    ),
    "ASSAULT": (
        "attaqu assaut attentat bombard frapp tir tué tuer tuant tuent bless mort décès "
        "assassin massacr exécut combat affront offensi raid explos explosi enlevé enlevée "
        "enlever enlèv kidnapp captur tortur viol incendi incendié pill abatt abattu détrui "
        "pilonn accroch embuscad fusillad visé viser visant ciblé cibler heurt égorg décapit "
        "décim mitraill hostilit guerr putsch coup périr péri agress saccag victim tuerie "
        "fauch fauché meurtr battu battre lynch poignard viole violent pris-otage saccage "
        "détruire détruit abattre incursion offensive"
    ),
    "ACCUSE": (
        "accus condamn dénonc critiqu reproch blâm plaint plainte enquêt imput déplor fustig "
        "poursuit protesté incrimin mettre cause soupçonn stigmatis procès accablé "
        "porté-plainte"
    ),
    "REJECT": (
        "rejet refus exclu exclur veto décliné décliner opposé opposer repouss quitt claqu "
        "boud bloqu démenti réfut ni rompu rompre violé violation"
    ),
    "THREATEN": (
        "menac ultimatum averti avertir avertissement mis garde prévenu prévenir prévient "
        "chantage intimid"
    ),
    "REQUEST": (
        "demand appel exig réclam exhort pri pressé suppli sollicit invit requ requête "
        "revendi plaid somm sommé"
    ),
    "AGREE": (
        "accord accept promi promis promett engag convenu consenti pacte compromis entente "
        "consensus propos offre feu-vert avalis adopt"
    ),
    "CONSULT": (
        "rencontr négoci pourparler discut discussion réunion réuni visit médiat entreti "
        "entretenu consult dialog sommet conféren téléphon recev reçu reçoi rendu tractat "
        "conversation accueilli concertation tête-à-tête audience"
    ),
    "SUPPORT": (
        "soutien souten soutenu salu félicit approuv défend défendu reconn ratifi sign appuy "
        "appui loué rendu hommage soulign applaudi endoss parrain"
    ),
    "CONCEDE": (
        "libér libérat relâch relax amnisti grâci levé lever levée concess céd cédé rouver "
        "rouvr assoupli concéd annul gracié élargi autoris relaxe élargissement dégel"
    ),
    "COOPERATE": (
        "coopér coopérat patrouill échang conjoint extrad collabor partag rapatri commerc "
        "remis extradé extrader partagé partager"
    ),
    "AID": (
        "aid aide assist livr livrais distribu acheminé acheminer achemin don donn financ "
        "secour accueill asile hébergé fourni fournir formé vers évacuer ravitaill parach "
        "soign déblo contribu subvention accueillir parrainage"
    ),
    "RETREAT": (
        "retrait retir repli replié replier évacu cessez-le-feu trêve rendu reddit démobilis "
        "désarm capitul dépos quitté abandonn recul part partir parti partent parte départ "
        "quitter retirer"
    ),
    "PROTEST": (
        "manifest défil grèv émeut protest rassembl march sit-in boycott soulèv mutin révolt "
        "barricad bloqué grévist cortège"
    ),
    "SANCTION": (
        "sanction embargo expuls suspend suspendu suspens rappel rappelé gel gelé interdict "
        "rompre rupture boycott restrict exclusion sanctionn embargos"
    ),
    "MOBILIZE": (
        "déploy déploi mobilis mass massé exercic manœuvr alert siège assiég assiégé bloc "
        "blocus encercl renfort recrut patrouille posit concentr état-d'urgence envoy envoi "
        "dépêch exercices manœuvre amass"
    ),
    "COERCE": (
        "arrêt arrest détent détenu détenir détien emprisonn saisi saisir interdi interdit "
        "interdire censur couvre-feu déport perquisit incarcér expuls inculp écrou "
        "interpell garde-à-vue coupé dispers confisqu ferm réprim répress contrôl pris prise "
        "rafl verdict capturé exil bann dissou censure couvre"
    ),
}

_INDEX = Prefixes(_TRIGGERS)


def trigger_type(word: str) -> str | None:
    """Return the event type that a word suggests, or `None`.

    >>> trigger_type("bombardements"), trigger_type("sanctions"), trigger_type("table")
    ('ASSAULT', 'SANCTION', None)
    """
    return _INDEX.find(word, spare=6)
