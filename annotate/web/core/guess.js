/** The likeliest type and level of words that are marked without saying which. */

import { commonest, fillersOf, head } from "./evidence.js";
import { isNumber, kindOf } from "./looks.js";
import { isNationality, plainly } from "./nouns.js";
import { mentionFillers, mentionType, within } from "./schema.js";

/** @import {Rec} from "./record.js" */
/** @import {Role, Schema} from "./types.js" */

const PRONOUNS = new Set(
  (
    "il ils elle elles lui leur eux qui que lequel laquelle lesquels lesquelles nous celui-ci " +
    "celle-ci ceux-ci celles-ci ceux celui celle je tu vous he she they it him her them who we"
  ).split(" "),
);

/**
 * NAM for what begins with a capital and for nationalities, PRO for pronouns, else NOM; null if
 * the type has no such level. Equal words elsewhere in the document decide first.
 * @param {Rec} rec
 * @param {Schema} schema
 * @param {string} type
 * @param {string} words
 * @returns {string | null}
 */
export function levelOf(rec, schema, type, words) {
  const levels = mentionType(schema, type)?.levels ?? [];
  if (!levels.length) return null;
  const before = commonest(rec.evidence.of("level", `${type} ${words}`), () => true);
  const guess = before ?? looks(words);
  return levels.includes(guess) ? guess : null;
}

/** @param {string} words */
function looks(words) {
  if (PRONOUNS.has(words.toLowerCase())) return "PRO";
  const counted = isNumber(words.split(" ")[0]) && /\p{L}/u.test(words);
  return (/^\p{Lu}/u.test(words) && !counted) || isNationality(words) ? "NAM" : "NOM";
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
  const lower = words.toLowerCase();
  const fits = (/** @type {string} */ type) => within(type, types);
  return (
    commonest(rec.evidence.of("is", words), fits) ??
    commonest(rec.evidence.of("lower", lower), fits) ??
    (head(lower) ? commonest(rec.evidence.of("head", head(lower)), fits) : null)
  );
}

/** @param {Schema} schema @param {string[]} types @param {string} words */
function likeValue(schema, types, words) {
  const kind = kindOf(words);
  if (!kind) return null;
  return types.find((type) => mentionType(schema, type)?.values.includes(kind)) ?? null;
}

/** @param {string[]} types @param {string} words */
function likeName(types, words) {
  const beginning = plainly(words);
  return (beginning && types.find((type) => type.startsWith(beginning))) || null;
}

/** @param {Rec} rec @param {string[]} types @param {string} role @param {string} words */
function likeBefore(rec, types, role, words) {
  const named = looks(words) === "NAM";
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { type, text } of fillersOf(rec, role)) {
    if ((looks(text) === "NAM") === named) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return commonest(counts, (type) => within(type, types));
}
