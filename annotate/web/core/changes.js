/**
 * What can be said of a list of changes without a record: its inverse, its net effect. Pure.
 *
 * @typedef {import("./types.js").Change} Change
 * @typedef {import("./types.js").Item} Item
 */
import { same } from "./fields.js";

/**
 * The name of the item that a change is about; lists and ids hold no line ends.
 *
 * @param {{list: string, id: string}} change
 * @returns {string}
 */
export function key({ list, id }) {
  return `${list}\n${id}`;
}

/**
 * The changes that take these back, last first.
 *
 * @param {readonly Change[]} changes
 * @returns {Change[]}
 */
export function inverse(changes) {
  return changes
    .map((change) => ({ ...change, before: change.after, after: change.before }))
    .reverse();
}

/**
 * One change for each item: from what was there before the first to what is there after the
 * last; items that end as they began are left out.
 *
 * @param {Iterable<Change>} changes in the order in which they happen
 * @returns {Change[]}
 */
export function net(changes) {
  /** @type {Map<string, Change>} */
  const found = new Map();
  for (const change of changes) {
    const first = found.get(key(change));
    found.set(key(change), first ? { ...change, before: first.before } : change);
  }
  return [...found.values()].filter(({ before, after }) => !same(before, after));
}
