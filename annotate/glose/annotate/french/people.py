"""First names that are frequent in dispatches: a hint that a name is that of a person."""

from __future__ import annotations

_NAMES = """
abdallah abdel abdelaziz abdelkader abdou abdoulaye abdul abdullah abou adam adama ahmad ahmed
alain alassane albert alejandro alexandre alexeï ali alice alpha amadou amina amine amir ana anas
anatoli andrei andreï andrés angela anna anne antoine anton antonio antonov aung awa aïcha bachar
bachir bakary barack benjamin bernard boris boubacar brahim carlos catherine charles christian
christine claire claude daniel david denis diego dilma dimitri dmitri donald elena elias emma
emmanuel eric faisal farid fatima fatou fatoumata fayez felix fernando françois françoise
frédéric georges giorgi guillaume gustavo gérard habib hadja hama hamid hans hassan haïdar henri
hervé hosni hugo hussein hélène ibrahim ibrahima idriss igor ilham irina isabelle ismaël ismaïl
issa ivan jacob jacques jamal jan jean jeanne jens jimmy joao joe john jorge joseph josé juan
jules julie julien kadidia karim karine kemal khaled khalid khalifa kim kofi koumba laurent leyla
leïla lina louis luc luis lula mahamat mahmoud mamadou marc marco maria mariam marie marine mario
marta martin mary michel michèle miguel mikhaïl mohamed mohammad mohammed moussa mustafa nadia
nasser nathalie nicolas nikol nikolaï nour olga olivier omar oscar oumar ousmane pablo patrick
paul pavel pedro peter philippe pierre rachid rafael ramzan recep reza riad richard robert
roberto saad said salim salma salva samir samuel saïd selim serge sergueï seydou sofia sophie
soumaïla stefan sylvie tarek tareq theresa thomas tidiane tomas valentina valeri vera victor
viktor vitali vladimir volodymyr walid william xi yasser yaya yevgueni yonas youri youssef yves
zeinab zhang
"""

#: In lower case.
FIRST_NAMES = frozenset(_NAMES.split())
