/** What becomes of an operation that was held back, once somebody has chosen. Pure. */

import { key } from "./changes.js";
import { merge, same } from "./fields.js";
import { added, without } from "./pointing.js";
import { references } from "./references.js";

/** @import {Change, Item, List, Operation} from "./types.js" */
/** @import {Clash, Conflict} from "./merge.js" */
/** @import {Rec} from "./record.js" */

/** @typedef {"mine" | "theirs" | "both"} Choice */

/** @typedef {{newId: (prefix: string) => string, segments: ReadonlySet<string>}} Tools */

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
 * @param {Rec} rec  as it is now
 * @param {Tools} tools
 * @returns {Operation | null}
 */
export function resolved({ operation, clashes }, choice, rec, { newId, segments }) {
  if (choice === "theirs") return null;
  const doubled = new Set(choice === "both" ? clashes.filter(canDouble).map((c) => key(c)) : []);
  const draft = new Draft(rec);
  for (const clash of clashes) draft.restore(clash);
  for (const change of operation.changes) {
    if (doubled.has(key(change))) draft.double(change, newId);
    else draft.prefer(change);
  }
  for (const change of draft.changes()) draft.yield(change, segments);
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

  /** @param {Rec} rec */
  constructor(rec) {
    this.rec = rec;
  }

  /** @param {List} list @param {string} id @returns {Item | null} */
  #at(list, id) {
    const made = this.#made.get(key({ list, id }));
    return made ? made.after : this.rec.get(list, id);
  }

  /** @param {List} list @param {string} id @param {Item | null} after */
  #set(list, id, after) {
    this.#made.set(key({ list, id }), { list, id, after });
  }

  /** @param {string} id */
  #isThere(id) {
    const made = [...this.#made.values()].find((item) => item.id === id);
    return made ? made.after !== null : this.rec.home(id) !== null;
  }

  /** What ours refers to, and they dropped, is there again. @param {Clash} clash */
  restore({ change, list, id, was, why }) {
    const isOther = key({ list, id }) !== key(change);
    if (why === "dropped" && isOther && this.#at(list, id) === null) this.#set(list, id, was);
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

  /**
   * Nothing refers to what is not there; a mention of our chain is in no other.
   *
   * @param {Change} change
   * @param {ReadonlySet<string>} segments  ids that are there although no list has them
   */
  yield(change, segments) {
    const { list, id, after } = change;
    for (const other of after ? references(list, after) : []) {
      if (!segments.has(other) && !this.#isThere(other)) this.#take(list, id, other);
    }
    for (const [home, other] of after ? [] : this.rec.referrers(id)) this.#take(home, other, id);
    for (const mention of list === "entities" ? added(change) : []) {
      const other = this.rec.entityOf(mention);
      if (other && other.id !== id) this.#take(list, other.id, mention);
    }
  }

  /** @param {List} list @param {string} id @param {string} reference */
  #take(list, id, reference) {
    const item = this.#at(list, id);
    if (item) this.#set(list, id, without(list, item, reference));
  }

  /** @returns {Change[]} */
  changes() {
    return [...this.#made.values()]
      .map(({ list, id, after }) => ({ list, id, before: this.rec.get(list, id), after }))
      .filter(({ before, after }) => !same(before, after));
  }
}
