/** What becomes of an operation that was held back, once somebody has chosen. Pure. */

import { key } from "./changes.js";
import { merge, same } from "./fields.js";
import { added, without } from "./pointing.js";

/** @import {Change, Item, List, Operation} from "./types.js" */
/** @import {Clash, Conflict} from "./merge.js" */

/**
 * @typedef {"mine" | "theirs" | "both"} Choice
 * @typedef {(list: List, id: string) => Item | null} Lookup  the record as it is now
 */

/** Lists of which both sides can stay: ours becomes an item of its own. */
const DOUBLES = Object.freeze({ mentions: "m", events: "v" });

/**
 * What can be chosen.
 *
 * @param {Conflict} conflict
 * @returns {Choice[]}
 */
export function choices({ clashes }) {
  return clashes.some(canDouble) ? ["mine", "theirs", "both"] : ["mine", "theirs"];
}

/**
 * The operation to send instead of the one that was held; null if there is nothing to send.
 *
 * @param {Conflict} conflict
 * @param {Choice} choice
 * @param {Lookup} lookup
 * @param {(prefix: string) => string} newId
 * @returns {Operation | null}
 */
export function resolved({ operation, clashes }, choice, lookup, newId) {
  if (choice === "theirs") return null;
  const doubled = new Set(choice === "both" ? clashes.filter(canDouble).map((c) => key(c)) : []);
  const draft = new Draft(lookup);
  for (const change of operation.changes) {
    if (doubled.has(key(change))) draft.double(change, newId);
    else draft.prefer(change);
  }
  for (const clash of clashes) draft.give(clash);
  const changes = draft.changes();
  return changes.length ? { ...operation, changes } : null;
}

/** @param {Clash} clash */
function canDouble({ change, list, why }) {
  return why === "changed" && change.after !== null && list in DOUBLES;
}

/** Changes of the present record, one for each item. */
class Draft {
  /** @type {Map<string, {list: List, id: string, after: Item | null}>} */
  #made = new Map();

  /** @param {Lookup} lookup */
  constructor(lookup) {
    this.lookup = lookup;
  }

  /** @param {List} list @param {string} id */
  #at(list, id) {
    const made = this.#made.get(key({ list, id }));
    return made ? made.after : this.lookup(list, id);
  }

  /** @param {List} list @param {string} id @param {Item | null} after */
  #set(list, id, after) {
    this.#made.set(key({ list, id }), { list, id, after });
  }

  /** Our side, where both changed the same. @param {Change} change */
  prefer({ list, id, before, after }) {
    this.#set(list, id, merge(list, before, after, this.#at(list, id)).item);
  }

  /** Our item beside theirs. @param {Change} change @param {(prefix: string) => string} newId */
  double({ list, after }, newId) {
    const id = newId(DOUBLES[/** @type {keyof typeof DOUBLES} */ (list)]);
    this.#set(list, id, /** @type {Item} */ ({ ...after, id }));
  }

  /** Make room for ours in what theirs is. @param {Clash} clash */
  give({ change, list, id, was, why }) {
    if (why === "dropped" && this.#at(list, id) === null) this.#set(list, id, was);
    if (why === "needed") this.#take(list, id, [change.id]);
    if (why === "taken") this.#take(list, id, added(change));
  }

  /** @param {List} list @param {string} id @param {string[]} references */
  #take(list, id, references) {
    for (const reference of references) {
      const item = this.#at(list, id);
      if (item) this.#set(list, id, without(list, item, reference));
    }
  }

  /** @returns {Change[]} */
  changes() {
    return [...this.#made.values()]
      .map(({ list, id, after }) => ({ list, id, before: this.lookup(list, id), after }))
      .filter(({ before, after }) => !same(before, after));
  }
}
