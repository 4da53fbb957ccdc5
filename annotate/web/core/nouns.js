/**
 * Nouns and names whose type is plain, for schemas that call their types as most do (PER, ORG,
 * GPE, LOC, FAC, WEA); French and English.
 */

/** Types, by the beginning of their names, and the words with which their mentions begin. */
const HEADS = Object.freeze({
  ORG: `
    Front agence alliance armée armee army association autorité authority banque bank coalition
    comité commission committee company compagnie congrès conseil council court cour croissant
    croix-rouge diplomatie entreprise état-major fédération force forces gouvernement government
    groupe group junte ligue marine milice militia ministère ministry mission mouvement
    observatoire opposition organisation otan parlement parliament parti party police pouvoir
    présidence régime société syndicat tribunal troupe union unité`,
  PER: `
    agriculteur ambassadeur avocat blessé blesse captif casque chef civil civilian chauffeur
    combattant commandant coordinatrice député déplacé déserteur diplomate dirigeant dizaine
    émissaire enfant centaine child children citoyen étudiant étranger femme fighter fils
    général habitant homme humanitaire insurgé journaliste leader man manifestant marin membre
    men migrant militaire militant minister ministre mort mère millier officier officer opposant
    otage otages passager people personne père porte-parole président president prisonnier
    protester rebelle réfugié refugee responsable secrétaire soldat soldier spokesman survivant
    travailleur victime victim villageois voisin woman women`,
  GPE: `
    capitale capital cité city commune country département district localité gouvernorat
    municipalité nation pays province quartier région town village ville voisin état state`,
  LOC: `
    baie bord collines côte désert détroit est fleuve frontière border front forêt golfe île lac
    lake ligne massif mer mont montagne mountain nord north oasis ouest plaine plateau river
    rivière rive sea secteur south sud territoire vallée valley zone`,
  FAC: `
    aérodrome aéroport airport ambassade base bâtiment bridge bureau camp caserne centrale
    centre checkpoint clinique consulat école embassy gare hangar hôpital hospital immeuble
    maison marché mosquée palais pont port poste prison raffinerie route siège street terminal
    tunnel usine église`,
  WEA: `
    arme artillerie avion bombe canon char drone engin explosif fusil grenade hélicoptère mine
    missile mortier munition obus roquette tank weapon`,
});
/** @type {Map<string, string>} */
const TYPES = new Map(
  Object.entries(HEADS).flatMap(([type, words]) =>
    words
      .trim()
      .split(/\s+/u)
      .map((word) => /** @type {[string, string]} */ ([word, type])),
  ),
);
const NATIONALITY = new RegExp(
  "^(?:\\p{L}+(?:aise?s?|oise?s?|iens?|iennes?|éens?|éennes?|ish)|russes?|turcs?|turques?|" +
    "arabes?|britanniques?|grecs?|belges?|suisses?|afghane?s?|allemande?s?|espagnole?s?)$",
  "u",
);
const PRONOUN = /^(?:il|elle|ils|elles|lui|eux|qui|he|she|they|who|him|them)$/iu;

/**
 * The beginning of the name of the type that words plainly have, or null.
 * @param {string} words
 * @returns {string | null}
 */
export function plainly(words) {
  const [head, second] = words
    .split(/[\s'’]/u)
    .filter(
      (word) =>
        !/^\d|^(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\p{L}*aines?)$/u.test(word),
    );
  if (!head) return null;
  if (PRONOUN.test(words)) return "PER";
  const lower = head.toLowerCase();
  const type = TYPES.get(head) ?? TYPES.get(lower) ?? TYPES.get(lower.replace(/[sx]$/u, ""));
  if (type) return type;
  if (!second && isNationality(words)) return "GPE";
  return named(words, second !== undefined);
}

/** Whether words are an adjective of nationality, or its noun. @param {string} words */
export function isNationality(words) {
  return NATIONALITY.test(words);
}

/**
 * Acronyms are organisations, two capitalised words a person, one a place.
 * @param {string} words
 * @param {boolean} several
 */
function named(words, several) {
  if (/^\p{Lu}[\p{Lu}\d-]+$/u.test(words)) return "ORG";
  if (several) return /^\p{Lu}[\p{Ll}-]\S*(?:\s\p{Lu}\S*)+$/u.test(words) ? "PER" : null;
  return /^\p{Lu}\p{Ll}/u.test(words) ? "GPE" : null;
}
