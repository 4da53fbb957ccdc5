/** The likeliest type and level of words that are marked without saying which. */

import { mentionFillers, mentionType, within } from "./schema.js";

/** @import {Rec} from "./record.js" */
/** @import {Mention, Role, Schema} from "./types.js" */

const PRONOUNS = new Set(
  ("il ils elle elles lui leur eux qui que lequel laquelle lesquels lesquelles nous celui-ci " +
    "celle-ci ceux-ci celles-ci ceux celui celle je tu vous he she they it him her them who we")
    .split(" "),
);

/** What words are about, tried in this order: a kind of value, and how it looks. */
const LOOKS = /** @type {const} */ ([
  ["set", /\b(?:chaque|tous les|toutes les|fois par|every|each|hebdomadaires?|quotidien\w*)(?!\p{L})/iu],
  ["time", /\d\s?h(?:eures?)?\b|\d:\d\d|\b(?:nuit|matin|matinée|soir|soirée|midi|minuit|aube|night|morning|evening|noon)(?!\p{L})/iu],
  ["percent", /%|\bpour cent\b|\bpercent\b/iu],
  ["money", /[€$£]|\b(?:euros?|dollars?|livres?|roubles?|francs?|yuans?)(?!\p{L})/iu],
  ["duration", /^(?:\p{L}+|\d+) (?:secondes?|minutes?|heures?|jours?|journées?|semaines?|mois|ans?|années?|siècles?|seconds?|hours?|days?|weeks?|months?|years?)$/iu],
  ["date", /\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|hier|aujourd['’]hui|demain|veille|lendemain|semaine|mois|année|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow|january|february|april|june|july|october|november|december)(?!\p{L})|^(?:1[5-9]|20)\d\d$|\d+[/.]\d+[/.]\d+/iu],
  ["number", /^[\d][\d\s.,/]*$|^(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|mille|millions?|dizaines?|centaines?|milliers?)(?!\p{L})[\s-]?\S*$/iu],
]);

/**
 * The kind of value that words look like (`date`, `number` …), or null.
 * @param {string} words
 */
export function kindOf(words) {
  return LOOKS.find(([, look]) => look.test(words))?.[0] ?? null;
}

/**
 * NAM for what begins with a capital or digit-free acronym, PRO for pronouns, else NOM; null
 * if the type has no such level. Equal words elsewhere in the document decide first.
 * @param {Rec} rec
 * @param {Schema} schema
 * @param {string} type
 * @param {string} words
 * @returns {string | null}
 */
export function levelOf(rec, schema, type, words) {
  const levels = mentionType(schema, type)?.levels ?? [];
  if (!levels.length) return null;
  const before = rec.all("mentions").find((one) => one.text === words && one.type === type);
  const guess = before?.level ?? looks(words);
  return levels.includes(guess) ? guess : null;
}

/** @param {string} words */
function looks(words) {
  if (PRONOUNS.has(words.toLowerCase())) return "PRO";
  return /^\p{Lu}/u.test(words) ? "NAM" : "NOM";
}

/**
 * The likeliest type of mention for words that fill a role, or null if it takes no mentions:
 * that of equal words in the document, of words that begin alike, by how they look, or the one
 * that fills the role most often so far; else the first that the schema names.
 * @param {Rec} rec
 * @param {Schema} schema
 * @param {Role} role
 * @param {string} words
 * @param {string} [name]  the role's name, to ask how it has been filled
 * @returns {string | null}
 */
export function typeFor(rec, schema, role, words, name) {
  const types = mentionFillers(schema, role);
  if (types.length < 2) return types[0] ?? null;
  return (
    likeWords(rec, types, words) ??
    likeValue(schema, types, words) ??
    likeName(types, words) ??
    (name ? likeBefore(rec, types, name, words) : null) ??
    types[0]
  );
}

/** @param {Rec} rec @param {string[]} types @param {string} words */
function likeWords(rec, types, words) {
  const fitting = rec.all("mentions").filter((one) => within(one.type, types));
  const lower = words.toLowerCase();
  const first = head(lower);
  const tests = [
    (/** @type {Mention} */ one) => one.text === words,
    (/** @type {Mention} */ one) => one.text.toLowerCase() === lower,
    (/** @type {Mention} */ one) => first !== "" && head(one.text.toLowerCase()) === first,
  ];
  for (const test of tests) {
    const type = commonest(fitting.filter(test).map((one) => one.type));
    if (type) return type;
  }
  return null;
}

/** The word that a phrase hangs on, roughly: its first, without a plural, unless a number. @param {string} words */
function head(words) {
  const first = words.split(/[\s'’]/u).find((word) => word.length > 2 && !kindOf(word));
  return first?.replace(/[sx]$/u, "") ?? "";
}

/** @param {Schema} schema @param {string[]} types @param {string} words */
function likeValue(schema, types, words) {
  const kind = kindOf(words);
  if (!kind) return null;
  return types.find((type) => mentionType(schema, type)?.values.includes(kind)) ?? null;
}

/** Acronyms are organisations where the schema has any. @param {string[]} types @param {string} words */
function likeName(types, words) {
  if (!/^\p{Lu}[\p{Lu}\d-]+$/u.test(words)) return null;
  return types.find((type) => /^ORG/iu.test(type)) ?? null;
}

/** @param {Rec} rec @param {string[]} types @param {string} role @param {string} words */
function likeBefore(rec, types, role, words) {
  const named = looks(words) === "NAM";
  const found = rec
    .all("events")
    .flatMap((event) => event.args.filter((arg) => arg.role === role))
    .flatMap((arg) => (arg.ref && rec.get("mentions", arg.ref)) || [])
    .filter((one) => within(one.type, types) && (looks(one.text) === "NAM") === named);
  return commonest(found.map((one) => one.type));
}

/** @param {string[]} names @returns {string | null} */
function commonest(names) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
