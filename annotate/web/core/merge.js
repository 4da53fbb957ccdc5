/**
 * Operations that were made on an older state of a record, moved onto the present one. Pure.
 *
 * Edits of different items, of different fields of one item and of different elements of one
 * collection pass by themselves; the same edit made twice is made once. Of what clashes neither
 * side is lost: the operation is held back, whole, until somebody has chosen (resolving.js).
 */

import { inverse, key } from "./changes.js";
import { merge, same } from "./fields.js";
import { added, replaced } from "./pointing.js";
import { references } from "./references.js";

/** @import {Change, Entry, Item, List, Operation} from "./types.js" */

/**
 * @typedef {object} Clash  one change that others' edits do not allow
 * @property {Change} change  ours
 * @property {List} list  of their item
 * @property {string} id  of their item
 * @property {Item | null} theirs  that item as it is now; null: they dropped it
 * @property {Item | null} was  that item as we knew it
 * @property {string[]} fields  what both changed
 * @property {"changed" | "dropped" | "needed" | "taken"} why  both changed it; they dropped it, or
 *   something that ours refers to; they refer to what ours drops; their chain has our mention
 */

/**
 * @typedef {object} Conflict  an operation that is held back, and why
 * @property {Operation} operation  as it was made, but for the ids of twins
 * @property {Change} change  the first of its changes that clashes
 * @property {Item | null} theirs  their side of that
 * @property {Clash[]} clashes
 */

/**
 * @typedef {object} Rebased
 * @property {Operation[]} operations  what can be sent, in order
 * @property {Conflict[]} conflicts  what somebody has to choose
 * @property {{operation: Operation, on: string}[]} dependents  what rests on a held operation
 * @property {Operation[]} settled  what need not be sent: its effect is there already
 */

/**
 * @typedef {Pick<Entry, "changes"> & Partial<Entry>} Made
 *
 * @typedef {object} Circumstances
 * @property {string} [held]  the id of an operation that is held back in any case
 * @property {Operation} [gone]  one that will never be sent
 * @property {string} [user]  whose operations these are: what this user marked twice stays twice
 */

/**
 * The operations as they are to be sent after the entries.
 *
 * @param {readonly Operation[]} pending  in the order in which they were made; their `before`s
 *   follow one from another
 * @param {readonly Made[]} entries  of the journal, after the oldest base
 * @param {Circumstances} [circumstances]
 * @returns {Rebased}
 */
export function rebase(pending, entries, circumstances = {}) {
  const rebasing = new Rebasing(entries, circumstances);
  for (const operation of pending) rebasing.take(operation);
  return rebasing.result;
}

/** The state of a record as far as entries and pending operations have changed it. */
class Rebasing {
  /** @type {Map<string, Item | null>} */
  #now = new Map();
  /** @type {Map<string, {list: List, id: string}>} the items of these */
  #items = new Map();
  /** @type {Map<string, Change>} what is not there, by id: the change that took it away */
  #absent = new Map();
  /** @type {Map<string, string>} items as a held operation would have had them: its id */
  #heldBack = new Map();
  /** @type {Map<string, string>} ids of ours that have a twin among theirs */
  #names = new Map();
  /** @type {Map<string, Operation>} operations that became nothing */
  #gone = new Map();

  /**
   * @param {readonly Made[]} entries
   * @param {Circumstances} circumstances
   */
  constructor(entries, { held, gone, user }) {
    /** @type {Rebased} */
    this.result = { operations: [], conflicts: [], dependents: [], settled: [] };
    this.held = held;
    if (gone) this.#gone.set(gone.id, gone);
    for (const { changes } of entries) changes.forEach((change) => this.#set(change));
    const others = entries.filter((entry) => user === undefined || entry.user !== user);
    const marked = others.flatMap(({ changes }) => changes.filter(isNewMention));
    this.twins = new Map(marked.map((change) => [place(change.after), change]));
  }

  /** @param {Change} change that is made, by them or by us */
  #set(change) {
    this.#now.set(key(change), change.after);
    this.#items.set(key(change), change);
    if (change.after === null) this.#absent.set(change.id, change);
    else this.#absent.delete(change.id);
  }

  /** @param {Operation} made */
  take(made) {
    const referring = this.#reference(made);
    if (referring === null) return this.#settle(made);
    const operation = changed(referring, made.changes.flatMap((change) => this.#renamed(change)));
    const moved = operation.changes.map((change) => this.#merge(change));
    const clashes = [...moved.flatMap(({ clash }) => clash), ...this.#crossings(moved)];
    const on = this.#rests(clashes);
    if (made.id === this.held || on || clashes.length) {
      return this.#hold(operation, moved, clashes, on);
    }
    const left = moved.map(({ change }) => change).filter((c) => !same(c.before, c.after));
    for (const change of left) this.#set(change);
    if (left.length === 0) this.#settle(made);
    else this.result.operations.push(changed(operation, left));
  }

  /**
   * The operation, with what it undoes or does again; null: both cancel each other.
   * @param {Operation} operation
   */
  #reference(operation) {
    const target = operation.of === null ? undefined : this.#gone.get(operation.of);
    if (!target) return operation;
    return operation.verb === "undo" ? null : { ...operation, verb: target.verb, of: null };
  }

  /** @param {Operation} operation */
  #settle(operation) {
    this.#gone.set(operation.id, operation);
    this.result.settled.push(operation);
  }

  /**
   * The change with the names of its twins; none if a twin does all that it says.
   * @param {Change} change
   * @returns {Change[]}
   */
  #renamed(change) {
    const twin = isNewMention(change) ? this.twins.get(place(change.after)) : undefined;
    if (twin && twin.id !== change.id && this.#at(twin) !== null) {
      this.#names.set(change.id, twin.id);
      return [];
    }
    if (this.#names.size === 0) return [change];
    const name = (/** @type {string} */ id) => this.#names.get(id) ?? id;
    const [before, after] = [change.before, change.after].map((item) =>
      item && replaced(item, name));
    return same([before, after], [change.before, change.after])
      ? [change]
      : [{ ...change, id: name(change.id), before, after }];
  }

  /** @param {Change} change */
  #at(change) {
    const found = this.#now.get(key(change));
    return found === undefined ? change.before : found;
  }

  /**
   * @param {Change} change
   * @returns {{change: Change, clash: Clash[]}}
   */
  #merge(change) {
    const theirs = this.#at(change);
    const { list, id } = change;
    const { item, clashes } = merge(list, change.before, change.after, theirs);
    /** @type {Clash[]} */
    const clash = clashes.length
      ? [{ change, list, id, theirs, was: change.before, fields: clashes,
           why: theirs === null ? "dropped" : "changed" }]
      : [];
    const isSame = same(theirs, change.before) && same(item, change.after);
    return { change: isSame ? change : { ...change, before: theirs, after: item }, clash };
  }

  /**
   * What clashes between one item of ours and another of theirs.
   * @param {{change: Change}[]} moved
   * @returns {Clash[]}
   */
  #crossings(moved) {
    const changes = moved.map(({ change }) => change);
    const others = changes.some(canCross) ? this.#others(changes) : [];
    return changes.flatMap((change) => [
      ...this.#missing(change, changes),
      ...others.filter(isNeeded(change)).map((other) => clashing(change, other, "needed")),
      ...others.filter(isTaken(change)).map((other) => clashing(change, other, "taken")),
    ]);
  }

  /** Items that have changed, as they are after these changes. @param {Change[]} changes */
  #others(changes) {
    const own = new Map(changes.map((change) => [key(change), change]));
    return [...new Map([...this.#items, ...own])].flatMap(([name, { list, id }]) => {
      const change = own.get(name);
      const item = change ? change.after : this.#now.get(name);
      return item ? [{ list, id, theirs: item, was: item }] : [];
    });
  }

  /** @param {Change} change @param {Change[]} changes of the same operation @returns {Clash[]} */
  #missing(change, changes) {
    const made = new Set(changes.flatMap(({ id, after }) => (after ? [id] : [])));
    return added(change).flatMap((id) => {
      const dropped = made.has(id) ? undefined : this.#absent.get(id);
      if (!dropped) return [];
      const { list, before } = dropped;
      return [clashing(change, { list, id, theirs: null, was: before }, "dropped")];
    });
  }

  /**
   * The held operation that the clashes come from, if one of them does.
   * @param {Clash[]} clashes
   */
  #rests(clashes) {
    return clashes.map((clash) => this.#heldBack.get(key(clash))).find((id) => id !== undefined);
  }

  /**
   * @param {Operation} operation
   * @param {{change: Change}[]} moved
   * @param {Clash[]} clashes
   * @param {string | undefined} on
   */
  #hold(operation, moved, clashes, on) {
    for (const { change } of moved) this.#leave(change, on ?? operation.id);
    if (on) this.result.dependents.push({ operation, on });
    else if (clashes.length) {
      const [{ change, theirs }] = clashes;
      this.result.conflicts.push({ operation, change, theirs, clashes });
    }
  }

  /**
   * What a held operation would have changed stays as it is.
   * @param {Change} change
   * @param {string} by
   */
  #leave(change, by) {
    const { before: there } = change;
    this.#now.set(key(change), there);
    this.#items.set(key(change), change);
    this.#heldBack.set(key(change), by);
    if (there !== null) this.#absent.delete(change.id);
    else if (!this.#absent.has(change.id)) this.#absent.set(change.id, inverse([change])[0]);
  }
}

/**
 * The same object if nothing is different.
 * @param {Operation} operation
 * @param {Change[]} changes
 * @returns {Operation}
 */
function changed(operation, changes) {
  const isSame = changes.length === operation.changes.length &&
    changes.every((change, i) => change === operation.changes[i]);
  return isSame ? operation : { ...operation, changes };
}

/** @param {Change} change */
const isNewMention = ({ list, before, after }) =>
  list === "mentions" && before === null && after !== null;

/** All that a mention says but its id. @param {Item | null} item */
const place = (item) => JSON.stringify(Object.entries({ ...item, id: "" }).sort());

/** @typedef {{list: List, id: string, theirs: Item | null, was: Item | null}} Other */

/**
 * @param {Change} change
 * @param {Other} other
 * @param {Clash["why"]} why
 * @returns {Clash}
 */
const clashing = (change, { list, id, theirs, was }, why) =>
  ({ change, list, id, theirs, was, fields: [], why });

/** Whether other items may stand in the way of a change. @param {Change} change */
const canCross = ({ list, after }) => after === null || list === "entities";

/** @param {Change} change */
function isNeeded({ id, after }) {
  return (/** @type {Other} */ { list, theirs }) =>
    after === null && theirs !== null && references(list, theirs).includes(id);
}

/** A mention is in one entity at most. @param {Change} change */
function isTaken(change) {
  const ids = change.list === "entities" ? added(change) : [];
  return (/** @type {Other} */ { list, id, theirs }) =>
    list === "entities" && id !== change.id && theirs !== null &&
    references(list, theirs).some((mention) => ids.includes(mention));
}
