/**
 * What one person can undo and do again in a record, from its journal. Pure.
 *
 * Both stacks follow from the journal and from what waits to be sent, so they are there after a
 * reload and know no limit. An import is a floor.
 */

import { inverse, key } from "./changes.js";
import { same } from "./fields.js";
import { references } from "./references.js";

/** @import {Change, Entry, Item, List, Operation} from "./types.js" */

export { inverse };

/**
 * @typedef {Pick<Operation, "verb" | "of" | "note" | "changes">} Draft  an operation without id
 * @typedef {{of: string, verb: string, changes: readonly Change[]}} Step  what was done last, of
 *   which operation
 * @typedef {{undo: Draft | null, redo: Draft | null, why: {undo: string, redo: string},
 *   depth: {undo: number, redo: number}}} Stacks  `why` says why there is none: "" = nothing left
 */

/**
 * What undo and redo would do now.
 *
 * @param {readonly Entry[]} entries  the journal of the record, in order
 * @param {readonly Operation[]} pending  what waits, in order; what the entries have is left out
 * @param {string} user
 * @returns {Stacks}
 */
export function stacks(entries, pending, user) {
  return Past.of(entries, pending, user).stacks();
}

/** What happened to a record since the last import; it can be told of more, one by one. */
export class Past {
  /** @type {Step[]} */
  #done = [];
  /** @type {Step[]} */
  #undone = [];
  /** @type {Map<string, {list: List, item: Item | null, user: string}>} */
  #last = new Map();

  /** @param {string} user  whose stacks are asked for */
  constructor(user) {
    this.user = user;
  }

  /**
   * @param {readonly Entry[]} entries  the journal of the record, in order
   * @param {readonly Operation[]} pending  what waits, in order; what entries have is left out
   * @param {string} user
   */
  static of(entries, pending, user) {
    const known = new Set(entries.map(({ id }) => id));
    const past = new Past(user);
    for (const entry of entries) past.add(entry, entry.user);
    for (const operation of pending) if (!known.has(operation.id)) past.add(operation, user);
    return past;
  }

  /** @param {Operation} operation the next one @param {string} user */
  add(operation, user) {
    if (operation.verb === "import") return this.#clear();
    for (const change of operation.changes) {
      this.#last.set(key(change), { list: change.list, item: change.after, user });
    }
    if (user === this.user) this.#move(operation);
  }

  /** @returns {Stacks} */
  stacks() {
    const [done, undone] = [this.#done.at(-1), this.#undone.at(-1)];
    const back = done ? this.#draft("undo", done) : { draft: null, why: "" };
    const again = undone ? this.#draft("redo", undone) : { draft: null, why: "" };
    return {
      undo: back.draft,
      redo: again.draft,
      why: { undo: back.why, redo: again.why },
      depth: { undo: this.#done.length, redo: this.#undone.length },
    };
  }

  /**
   * How to undo one operation, whoever made it, if what it did is still so.
   * @param {Operation} operation
   * @returns {{draft: Draft | null, why: string}}
   */
  undoing({ id, verb, of, changes }) {
    if (verb === "import") return { draft: null, why: "an import cannot be undone" };
    const back = verb === "undo" ? "redo" : "undo";
    return this.#draft(back, { of: of ?? id, verb, changes }, "");
  }

  #clear() {
    this.#done = [];
    this.#undone = [];
    this.#last.clear();
  }

  /** @param {Operation} operation */
  #move({ id, verb, of, changes }) {
    const step = { of: of ?? id, verb, changes };
    if (verb === "undo") {
      this.#done = this.#done.filter((other) => other.of !== of);
      this.#undone.push(step);
    } else if (verb === "redo") {
      this.#undone = this.#undone.filter((other) => other.of !== of);
      this.#done.push(step);
    } else {
      this.#done.push(step);
      this.#undone = [];
    }
  }

  /**
   * @param {"undo" | "redo"} verb
   * @param {Step} step
   * @param {string} but  references that this user made do not matter: they were undone before
   * @returns {{draft: Draft | null, why: string}}
   */
  #draft(verb, { of, changes }, but = this.user) {
    const why = changes.map((change) => this.#obstacle(change, but)).find(Boolean) ?? "";
    const back = inverse([...changes]);
    return { draft: why ? null : { verb, of, note: null, changes: back }, why };
  }

  /**
   * Why a change cannot be taken back; "" if it can.
   * @param {Change} change
   * @param {string} but
   */
  #obstacle(change, but) {
    const last = this.#last.get(key(change));
    const isOther = last && !same(last.item, change.after);
    if (isOther) return `${last.user} has changed ${change.id} since`;
    if (change.before !== null) return "";
    const by = this.#needing(change.id, but);
    return by ? `what ${by} has made since refers to ${change.id}` : "";
  }

  /** Who made another item refer to this one. @param {string} id @param {string} but  not who */
  #needing(id, but) {
    for (const { list, item, user } of this.#last.values()) {
      if (user !== but && item && references(list, item).includes(id)) return user;
    }
    return undefined;
  }
}
