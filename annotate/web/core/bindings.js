/**
 * Which key chooses what: the keys of the schema, with collisions resolved.
 *
 * Letters are said as they are typed, so `A` is Shift+a. An entry keeps its key if that is a
 * free letter; else it gets the next free letter of its name, then of the alphabet.
 */

import { attributesOf } from "./attributes.js";

/** @import {FrameList, Schema} from "./types.js" */

/** Letters that mean something of their own wherever types can be chosen. */
export const RESERVED = Object.freeze({ event: "e", jump: "f", duplicate: "E" });
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/**
 * @typedef {object} Card  keys while the card of an event, relation or template is open
 * @property {Map<string, string>} role  key -> role
 * @property {Map<string, string>} attribute  key -> attribute
 * @property {Map<string, string>} mention  key -> type of mention
 *
 * @typedef {object} Bindings  keys -> what they choose; `keyOf` turns a map round
 * @property {Map<string, string>} mention  without a card
 * @property {Map<string, string>} event  after `e`; holds templates and relations too
 * @property {Map<string, {list: FrameList, type: string}>} frame  the same, with their lists
 * @property {(type: string, list?: FrameList) => Map<string, string>} role
 * @property {(type: string, list?: FrameList) => Map<string, string>} attribute
 * @property {(type: string, list?: FrameList) => Card} card
 */

/**
 * The keys of a schema.
 * @param {Schema} schema
 * @returns {Bindings}
 */
export function bindings(schema) {
  const frame = frames(schema);
  /** @type {Map<string, Card>} */
  const cards = new Map();
  /** @param {string} type @param {FrameList} [list] @returns {Card} */
  const card = (type, list = "events") => {
    const place = `${list} ${type}`;
    const known = cards.get(place) ?? cardOf(schema, list, type);
    cards.set(place, known);
    return known;
  };
  return {
    mention: assigned(keyed(schema.mentions), reserved(), true),
    event: new Map([...frame].map(([key, { type }]) => [key, type])),
    frame,
    role: (type, list) => card(type, list).role,
    attribute: (type, list) => card(type, list).attribute,
    card,
  };
}

/**
 * The key of something in a map of keys, or "".
 * @param {Map<string, string>} map
 * @param {string} name
 */
export function keyOf(map, name) {
  return [...map].find(([, one]) => one === name)?.[0] ?? "";
}

/** @returns {Set<string>} */
function reserved() {
  return new Set(Object.values(RESERVED));
}

/** @param {Schema} schema @param {FrameList} list @param {string} type @returns {Card} */
function cardOf(schema, list, type) {
  const used = reserved();
  const names = attributesOf(schema, list);
  const attributes = Object.fromEntries(names.map((name) => [name, schema.attributes[name]]));
  // Shift+letter arms a role: so they have lower case letters, and take both cases of them.
  // One without a key of its own leaves attributes theirs, so that these are the same everywhere.
  const kept = new Set(Object.values(attributes).map(({ key }) => key));
  const role = assigned(keyed(schema[list][type]?.roles ?? {}), used, false, kept);
  for (const key of role.keys()) used.add(key.toUpperCase());
  // Types of mention have the letters that they have without a card, but for those of roles.
  const own = [...assigned(keyed(schema.mentions), reserved(), true)];
  const steady = own.filter(([key]) => !used.has(key));
  for (const [key] of steady) used.add(key);
  const attribute = assigned(keyed(attributes), used, true);
  const displaced = own.filter((one) => !steady.includes(one));
  const moved = assigned(displaced.map(([, name]) => [name, ""]), used, true);
  return { role, attribute, mention: new Map([...steady, ...moved]) };
}

/** @param {Schema} schema @returns {Map<string, {list: FrameList, type: string}>} */
function frames(schema) {
  const used = new Set();
  /** @type {Map<string, {list: FrameList, type: string}>} */
  const found = new Map();
  for (const list of /** @type {FrameList[]} */ (["events", "templates", "relations"])) {
    for (const [key, type] of assigned(keyed(schema[list]), used, true))
      found.set(key, { list, type });
  }
  return found;
}

/**
 * Names with the keys that they want. Subtypes (PER.Group) have that of their type, which goes
 * through them, so they are left out.
 * @param {{[name: string]: {key: string}}} entries
 * @returns {[string, string][]}
 */
function keyed(entries) {
  const names = Object.keys(entries);
  const above = (/** @type {string} */ name) =>
    names.some(
      (other) => name.startsWith(`${other}.`) && entries[other].key === entries[name].key,
    );
  return names.filter((name) => !above(name)).map((name) => [name, entries[name].key]);
}

/**
 * A key for each name; those that can have what they want get it, then the others choose.
 * @param {[string, string][]} wanted
 * @param {Set<string>} used  grows
 * @param {boolean} upper  whether upper case letters may be used
 * @param {Set<string>} [kept]  letters that are chosen only if there is no other
 * @returns {Map<string, string>}
 */
function assigned(wanted, used, upper, kept = new Set()) {
  /** @type {Map<string, string>} */
  const keys = new Map();
  for (const [name, key] of wanted) {
    const letter = /^[a-z]$/u.test(key) || (upper && /^[A-Z]$/u.test(key));
    if (letter && !used.has(key)) keys.set(name, key);
    if (letter) used.add(key);
  }
  // Short names choose first, and their first letter if they can: Attacker, before Time-After.
  const left = wanted.map(([name]) => name).filter((name) => !keys.has(name));
  left.sort((a, b) => a.length - b.length);
  const letters = (/** @type {string} */ name) => name.toLowerCase() + LETTERS;
  for (const name of left) choose(keys, name, name[0].toLowerCase(), used, kept);
  for (const name of left) choose(keys, name, letters(name), used, kept);
  for (const name of left) choose(keys, name, letters(name), used);
  for (const name of upper ? left : []) choose(keys, name, letters(name).toUpperCase(), used);
  return new Map(wanted.flatMap(([name]) => pair(keys.get(name), name)));
}

/** @param {string | undefined} key @param {string} name @returns {[string, string][]} */
function pair(key, name) {
  return key === undefined ? [] : [[key, name]];
}

/**
 * The first of some letters that is free, unless the name has a key.
 * @param {Map<string, string>} keys
 * @param {string} name
 * @param {string} letters
 * @param {Set<string>} used  grows
 * @param {Set<string>} [kept]  not free either
 */
function choose(keys, name, letters, used, kept = new Set()) {
  const free = [...letters].find(
    (letter) => /^[a-z]$/iu.test(letter) && !used.has(letter) && !kept.has(letter),
  );
  if (keys.has(name) || free === undefined) return;
  keys.set(name, free);
  used.add(free);
}
