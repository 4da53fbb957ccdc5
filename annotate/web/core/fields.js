/**
 * Items of a record compared and merged field by field. Pure.
 *
 * A field is a scalar, or a collection whose elements have names of their own: an argument is
 * its role and filler, an attribute its name, a link its entry, a trigger its place. What stands
 * or falls together (the borders of a span and its text) is one field.
 *
 * @typedef {import("./types.js").Item} Item
 * @typedef {Record<string, unknown>} Fields
 * @typedef {{item: Item | null, clashes: string[]}} Merged `clashes` names the fields that both
 *   sides changed, differently; `item` has our side of those; "" stands for the whole item
 */

/** @type {Readonly<Record<string, readonly string[]>>} fields that make up one, by list */
const SPANS = {
  mentions: ["start", "end", "fragments", "text", "head"],
  comments: ["start", "end"],
};

/** @type {Readonly<Record<string, (element: any) => unknown>>} what an element is named by */
const COLLECTIONS = {
  args: ({ role, ref = null, value = null }) => [role, ref, value],
  attrs: ({ name }) => name,
  links: ({ kb, id }) => [kb, id],
  triggers: ({ start, end, fragments = [] }) => [start, end, fragments],
  mentions: (id) => id,
  events: (id) => id,
  evidence: (id) => id,
  annotated: (list) => list,
};

/** @param {unknown} value */
const isEmpty = (value) =>
  value === undefined || value === null || value === false ||
  (Array.isArray(value) && value.length === 0);

/** @param {unknown} value @returns {value is Fields} */
const isObject = (value) => typeof value === "object" && value !== null;

/**
 * Whether two items, or parts of them, say the same; a key that is left out says as much as
 * its default (null, [] or false).
 *
 * @param {unknown} one
 * @param {unknown} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (one === other || (isEmpty(one) && isEmpty(other))) return true;
  if (!isObject(one) || !isObject(other)) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (Array.isArray(one) && one.length !== other.length) return false;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) =>
    same(one[name], other[name]),
  );
}

/**
 * One item out of three: as it was, as we made it, as it is now by what others did.
 *
 * @param {string} list
 * @param {Item | null} before
 * @param {Item | null} ours
 * @param {Item | null} theirs
 * @returns {Merged}
 */
export function merge(list, before, ours, theirs) {
  if (same(before, theirs) || same(ours, theirs)) return { item: ours, clashes: [] };
  if (same(before, ours)) return { item: theirs, clashes: [] };
  if (ours === null || theirs === null) return { item: ours, clashes: [""] };
  /** @type {string[]} */
  const clashes = [];
  const item = mergeFields(before ?? {}, ours, theirs, clashes, SPANS[list] ?? []);
  return { item: /** @type {Item} */ (item), clashes };
}

/**
 * @param {Fields} before
 * @param {Fields} ours
 * @param {Fields} theirs
 * @param {string[]} clashes filled with the names of fields
 * @param {readonly string[]} span the fields that make up one
 * @returns {Fields}
 */
function mergeFields(before, ours, theirs, clashes, span) {
  /** @type {Fields} */
  const merged = {};
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
    merged[name] = span.includes(name)
      ? undefined
      : mergeValue(name, before[name], ours[name], theirs[name], clashes);
  }
  const [b, o, t] = [before, ours, theirs].map((side) => pick(side, span));
  return Object.assign(merged, mergeValue("span", b, o, t, clashes));
}

/** @param {Fields} item @param {readonly string[]} names @returns {Fields} */
function pick(item, names) {
  const there = names.filter((name) => name in item);
  return Object.fromEntries(there.map((name) => [name, item[name]]));
}

/**
 * @param {string} name
 * @param {unknown} before
 * @param {unknown} ours
 * @param {unknown} theirs
 * @param {string[]} clashes
 * @returns {unknown}
 */
function mergeValue(name, before, ours, theirs, clashes) {
  if (same(before, ours)) return theirs;
  if (same(before, theirs) || same(ours, theirs)) return ours;
  if (Array.isArray(ours) && Array.isArray(theirs) && name in COLLECTIONS) {
    return mergeCollection(name, Array.isArray(before) ? before : [], ours, theirs, clashes);
  }
  clashes.push(name);
  return ours;
}

/**
 * Theirs, without what we took out, with what we put in; in their order, ours at the end.
 *
 * @param {string} name
 * @param {unknown[]} before
 * @param {unknown[]} ours
 * @param {unknown[]} theirs
 * @param {string[]} clashes
 * @returns {unknown[]}
 */
function mergeCollection(name, before, ours, theirs, clashes) {
  const [b, o, t] = named(name, [before, ours, theirs]);
  if (name === "triggers" && isMovedTwice(b, o, t)) {
    clashes.push(name);
    return ours;
  }
  /** @type {unknown[]} */
  const merged = [];
  for (const element of new Set([...t.keys(), ...o.keys()])) {
    const kept = mergeElement(name, b.get(element), o.get(element), t.get(element), clashes);
    if (kept !== undefined) merged.push(kept);
  }
  return merged;
}

/**
 * Each side's elements by name; by all that they say where two of a side share a name.
 *
 * @param {string} name
 * @param {unknown[][]} sides
 * @returns {Map<string, unknown>[]}
 */
function named(name, sides) {
  /** @param {(element: unknown) => unknown} nameOf */
  const by = (nameOf) =>
    sides.map((side) => new Map(side.map((one) => [JSON.stringify(nameOf(one)), one])));
  const maps = by(COLLECTIONS[name]);
  return maps.every((map, i) => map.size === sides[i].length) ? maps : by((element) => element);
}

/**
 * Whether both sides put something else in the place of the same element.
 *
 * @param {Map<string, unknown>} before
 * @param {Map<string, unknown>} ours
 * @param {Map<string, unknown>} theirs
 */
function isMovedTwice(before, ours, theirs) {
  const gone = [...before.keys()].some((name) => !ours.has(name) && !theirs.has(name));
  /** @param {Map<string, unknown>} side @param {Map<string, unknown>} other */
  const isNew = (side, other) =>
    [...side.keys()].some((name) => !before.has(name) && !other.has(name));
  return gone && isNew(ours, theirs) && isNew(theirs, ours);
}

/**
 * One element of a collection; undefined = it is not there.
 *
 * @param {string} name
 * @param {unknown} before
 * @param {unknown} ours
 * @param {unknown} theirs
 * @param {string[]} clashes
 * @returns {unknown}
 */
function mergeElement(name, before, ours, theirs, clashes) {
  if (same(before, ours)) return theirs;
  if (same(before, theirs) || same(ours, theirs)) return ours;
  if (isObject(ours) && isObject(theirs)) {
    const from = isObject(before) ? before : {};
    return mergeFields(from, ours, theirs, clashes, []);
  }
  clashes.push(name);
  return ours;
}
