/** Items with other references than they had. Pure. */

import { references } from "./references.js";

/** @import {Change, Item} from "./types.js" */

/**
 * The ids that a change makes its item refer to anew.
 *
 * @param {Change} change
 * @returns {string[]}
 */
export function added({ list, before, after }) {
  const old = new Set(before ? references(list, before) : []);
  return (after ? references(list, after) : []).filter((id) => !old.has(id));
}

/**
 * The item without its references to an id; null if nothing of it is left (a label of that item,
 * a chain of that mention).
 *
 * @param {string} list
 * @param {Item} item
 * @param {string} id
 * @returns {Item | null}
 */
export function without(list, item, id) {
  if (list === "labels") return null;
  const left = replaced(item, (found) => (found === id ? null : found));
  const { mentions, name, events } = /** @type {any} */ (left);
  if (list === "entities" && mentions.length === 0 && !name) return null;
  return list === "event_clusters" && events.length === 0 ? null : left;
}

/**
 * The item with the ids that it refers to, and its own, replaced.
 *
 * @param {Item} item
 * @param {(id: string) => string | null} rename null takes the reference out
 * @returns {Item}
 */
export function replaced(item, rename) {
  /** @type {any} */
  const copy = { ...item };
  if (copy.id) copy.id = rename(copy.id) ?? copy.id;
  if (copy.args) copy.args = copy.args.map(filler(rename)).filter(Boolean);
  for (const name of ["mentions", "events"]) {
    if (copy[name]) copy[name] = [...new Set(copy[name].map(rename))].filter(Boolean);
  }
  for (const name of ["target", "item"]) {
    if (copy[name]) copy[name] = rename(copy[name]);
  }
  if (copy.value?.anchor) copy.value = { ...copy.value, anchor: rename(copy.value.anchor) };
  return copy;
}

/** @param {(id: string) => string | null} rename */
function filler(rename) {
  return (/** @type {{ref?: string | null}} */ argument) => {
    if (!argument.ref) return argument;
    const ref = rename(argument.ref);
    return ref === null ? null : { ...argument, ref };
  };
}
