"""French words before a full stop, and what they say about the sentence."""

from __future__ import annotations

_OPEN = """
    adj al alin amb ann approx art av avr bd bot boul ca capt cdt cf chap chim cne col coll déc
    dép dir dr drs ed éd env exc fam fém fév févr fg fig gal gén géogr hon ib ibid imp inf janv jeu
    jr juil lt ltt lun m masc mgr min mlle mlles mm mme mmes mr mrs ms n nov oct op p phys pl
    plur pp pr prof prs qq qqn réf ref resp rev rte sam sgt sing st ste stes sts sup syn tél
    trad vol vs zool
"""
_EITHER = """
    cap cie co corp dim e.a etc ex h hab hist inc j.-c jc ltd mar math me mer no s sept sq sqq
    ss suiv svp ven
"""
_OPENERS = """
    a à alors an après au aucun aucune auparavant aujourd aussi aux avant avec c ça car ce ceci
    cela cependant certaines certains ces cet cette chaque chez cinq comme contre d dans de
    demain depuis des dès deux dimanche dix donc du elle elles en enfin ensuite entre et face
    grâce he hier huit il ils in interrogé interrogée it j je jeudi l la le les leur leurs lors
    lundi ma mais malgré mardi mercredi mes mon neuf ni nos notre nous on or ou où outre par
    parallèlement parmi pendant plusieurs pour pourtant puis quand quatre que quelques qui quoi
    sa samedi sans selon sept ses she si six son sous sur ta tes the they ton tous tout toute
    toutefois toutes trois tu un une vendredi vers vos votre vous
"""

#: Always followed by what they belong to: the full stop never ends the sentence.
OPEN = frozenset(_OPEN.split())
#: May end a sentence, as words or at the end of a time or sum: what follows tells.
EITHER = frozenset(_EITHER.split())
#: Words that open sentences and are hardly ever names; in lower case.
OPENERS = frozenset(_OPENERS.split())
