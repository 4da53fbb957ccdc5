/** What kind of value words look like; French and English. */

/** A pattern for any of some words, which are separated by white space. @param {string} words */
const any = (words) => `(?:${words.trim().split(/\s+/u).join("|")})`;

const NUMERAL = any(`
  une? deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
  vingts? trente quarante cinquante soixante cents? mille millions? dizaines? centaines? milliers?
  one two three four five seven eight nine ten twenty hundreds? thousands?`);
const LARGE = any("mille millions? milliards? thousand billions?");
const SOME = `${NUMERAL}(?:[\\s-](?:et[\\s-])?${NUMERAL})*`;
const OFTEN = any(
  "chaque tous\\sles toutes\\sles fois\\spar every each hebdomadaires? quotidien\\w*",
);
const OF_THE_DAY = any(`
  nuit matin matinée soir soirée midi minuit aube night morning evening noon`);
const MONEY = any("euros? dollars? livres? roubles? francs? yuans?");
const UNIT = any(`
  secondes? minutes? heures? jours? journées? semaines? mois ans? années? siècles?
  seconds? hours? days? weeks? months? years?`);
const DAY = any(`
  lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd['’]hui demain veille lendemain
  janvier février mars avril mai juin juillet août septembre octobre novembre décembre
  semaine week-end mois année an printemps été automne hiver monday tuesday wednesday thursday friday saturday sunday yesterday today
  tomorrow january february april june july october november december`);

const NUMBER = new RegExp(`^(?:\\d[\\d\\s.,/]*|${SOME})(?:\\s${LARGE})?$`, "iu");
const YEAR = "^(?:1[5-9]|20)\\d\\d$";

/** Kinds of value and how they look; the first that fits is meant. @type {[string, RegExp][]} */
const LOOKS = [
  ["set", new RegExp(`\\b${OFTEN}(?!\\p{L})`, "iu")],
  ["time", new RegExp(`\\d\\s?h(?:eures?)?\\b|\\d:\\d\\d|\\b${OF_THE_DAY}(?!\\p{L})`, "iu")],
  ["percent", /%|\bpour cent\b|\bpercent\b/iu],
  ["money", new RegExp(`[€$£]|\\b${MONEY}(?!\\p{L})`, "iu")],
  ["duration", new RegExp(`^[\\p{L}\\d,-]+(?:\\s[\\p{L}\\d]+)?\\s${UNIT}$`, "iu")],
  ["date", new RegExp(`\\b${DAY}(?!\\p{L})|${YEAR}|\\d+[/.]\\d+[/.]\\d+`, "iu")],
  ["number", NUMBER],
];

/**
 * The kind of value that words look like (`date`, `number` …), or null.
 * @param {string} words
 */
export function kindOf(words) {
  return LOOKS.find(([, look]) => look.test(words))?.[0] ?? null;
}

/** Whether words are a number and nothing else. @param {string} words */
export function isNumber(words) {
  return NUMBER.test(words);
}
