/**
 * The local copy of a record: what the server has said, with what waits on top. Every method does
 * its work at once and tells what has changed and what is to be written.
 */

import { inverse, net } from "../core/changes.js";
import { Rec } from "../core/record.js";
import { Journal } from "./journal.js";
import { Waiting } from "./waiting.js";

/** @import {Change, Covering, Entry, Operation} from "../core/types.js" */
/** @import {Conflict} from "../core/merge.js" */
/** @import {Choice, Tools} from "../core/resolving.js" */
/** @import {Snapshot} from "./api.js" */
/** @import {Row} from "./outbox.js" */

/**
 * @typedef {object} Effect
 * @property {Change[]} changes  of the record, one an item
 * @property {Row[]} put  to be written
 * @property {Row[]} remove
 * @property {Row[]} aside  taken out because they rest on something that was given up
 * @property {Conflict[]} conflicts  that are new
 */

/** One record in one tab. */
export class Ledger {
  /**
   * @param {Snapshot} snapshot
   * @param {Covering} text
   * @param {readonly Entry[]} entries  of the journal since the oldest base of the rows
   * @param {{user: string, rows: Row[]}} own
   */
  constructor(snapshot, text, entries, { user, rows }) {
    this.user = user;
    this.text = text;
    this.waiting = new Waiting(rows);
    this.rec = new Rec(snapshot.items, text);
    this.journal = new Journal(snapshot.revision);
    this.journal.precede(entries.filter(({ revision }) => revision <= snapshot.revision));
  }

  get revision() {
    return this.journal.revision;
  }

  /**
   * Put what waits on top of the snapshot; what the journal has already is not put twice.
   *
   * @param {readonly Entry[]} entries  that came after the snapshot, and any before
   * @returns {Effect}
   */
  begin(entries) {
    const { rows } = this.waiting;
    this.waiting.rows = [];
    return this.#replay(() => {
      this.waiting.rows = rows;
      return this.#learn(entries);
    });
  }

  /** An edit of this tab. @param {Row} row */
  add(row) {
    this.waiting.rows.push(row);
    this.rec.apply(row.operation.changes);
  }

  /**
   * The server has taken the next operation, and nothing else came between.
   *
   * @param {Operation} operation
   * @param {{user: string, at: string}} by
   * @returns {Row[]} to be removed
   */
  accept(operation, by) {
    this.journal.add([{ ...operation, revision: this.revision + 1, ...by }]);
    return this.waiting.take(new Set([operation.id]));
  }

  /**
   * Entries of others, and of ours whose acknowledgement was lost.
   *
   * @param {readonly Entry[]} entries
   * @returns {Effect | null} null if nothing is new
   */
  reconcile(entries) {
    const isNews = entries.some(({ revision }) => revision > this.revision);
    return isNews ? this.#replay(() => this.#learn(entries)) : null;
  }

  /**
   * Take out an operation that will not be sent, with what rests on it.
   *
   * @param {Operation} operation
   * @returns {Effect}
   */
  withdraw({ id }) {
    const effect = this.#replay(() => [], id);
    const ids = new Set([id, ...this.waiting.resting(id).map(({ operation }) => operation.id)]);
    const taken = this.waiting.take(ids);
    const aside = taken.filter(({ operation }) => operation.id !== id && operation.of !== id);
    return { ...effect, remove: [...effect.remove, ...taken], aside };
  }

  /**
   * Put an operation that was held back through.
   *
   * @param {Conflict} conflict
   * @param {Choice} choice "mine" or "both"
   * @param {Tools} tools
   * @returns {Effect}
   */
  insist(conflict, choice, tools) {
    /** @type {{put: Row[], remove: Row[]}} */
    let moved = { put: [], remove: [] };
    const { revision } = this;
    const effect = this.#replay(() => {
      moved = this.waiting.resolve(conflict, choice, this.rec, { ...tools, revision });
      return [];
    });
    const touched = new Set([...moved.put, ...effect.put]);
    const put = this.waiting.rows.filter((row) => touched.has(row));
    return { ...effect, put, remove: [...moved.remove, ...effect.remove] };
  }

  /**
   * Put operations of long ago, or of another tab, after all that waits.
   *
   * @param {Row[]} rows
   * @returns {Effect}
   */
  again(rows) {
    const effect = this.#replay(() => {
      this.waiting.rows.push(...rows);
      return [];
    });
    const put = this.waiting.rows.filter((row) => rows.includes(row) || effect.put.includes(row));
    return { ...effect, put };
  }

  /**
   * Start again from what the server has: it is not what its journal led us to believe.
   *
   * @param {Snapshot} snapshot
   * @param {readonly Entry[]} entries  the whole journal
   * @returns {Effect}
   */
  reset(snapshot, entries) {
    this.rec = new Rec(snapshot.items, this.text);
    this.journal = new Journal(snapshot.revision);
    this.journal.precede(entries.filter(({ revision }) => revision <= snapshot.revision));
    return this.begin(entries);
  }

  /** @param {readonly Entry[]} entries @returns {Change[]} */
  #learn(entries) {
    return this.journal.add(entries).flatMap(({ changes }) => changes);
  }

  /**
   * Take back what waits, let something happen, put what waits on top again.
   *
   * @param {() => Change[]} happen
   * @param {string} [held]  an operation to hold back
   * @returns {Effect}
   */
  #replay(happen, held) {
    const back = inverse(this.waiting.changes);
    const known = new Set(this.waiting.conflicts.map(({ operation }) => operation.id));
    const between = [...back, ...happen()];
    this.rec.apply(net(between));
    const arrived = this.waiting.take(new Set(this.journal.entries.map(({ id }) => id)));
    const entries = [...this.journal.since(this.waiting.base), this.#present()];
    const { user } = this;
    const { put, remove } = this.waiting.rebase(entries, this.revision, { held, user });
    const forward = this.waiting.changes;
    this.rec.apply(forward);
    const conflicts = this.waiting.conflicts.filter(({ operation }) => !known.has(operation.id));
    const changes = net([...between, ...forward]);
    return { changes, put, remove: [...arrived, ...remove], aside: [], conflicts };
  }

  /** What is there now of all that waiting operations change, as if it had come just now. */
  #present() {
    const changes = net(
      this.waiting.rows.flatMap(({ operation }) => operation.changes)
        .map(({ list, id, before }) => ({ list, id, before, after: this.rec.get(list, id) })),
    );
    return { changes };
  }
}
