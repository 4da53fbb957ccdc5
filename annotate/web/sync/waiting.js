/** What of one record the server has not acknowledged: in order, and what of it is held back. */

import { rebase } from "../core/merge.js";
import { resolved } from "../core/resolving.js";

/** @import {Change, Operation} from "../core/types.js" */
/** @import {Circumstances, Conflict, Made} from "../core/merge.js" */
/** @import {Rec} from "../core/record.js" */
/** @import {Choice, Tools} from "../core/resolving.js" */
/** @import {Batch, Row} from "./outbox.js" */

/** Rows in the order in which they are sent; held rows keep their place and are passed over. */
export class Waiting {
  /** @type {Conflict[]} */
  conflicts = [];
  /** @type {Map<string, string>} held operations, and the one on which each rests */
  #held = new Map();

  /** @param {Row[]} rows */
  constructor(rows) {
    this.rows = rows;
  }

  /** The rows that can be sent. */
  get ready() {
    return this.rows.filter(({ operation }) => !this.#held.has(operation.id));
  }

  /** @returns {Operation[]} */
  get operations() {
    return this.ready.map(({ operation }) => operation);
  }

  /** What the rows that can be sent do, in order. @returns {Change[]} */
  get changes() {
    return this.operations.flatMap(({ changes }) => changes);
  }

  /** The oldest revision on which anything rests; Infinity if nothing waits. */
  get base() {
    return Math.min(...this.rows.map(({ operation }) => operation.base));
  }

  /** @param {string} id of an operation @returns {Row | undefined} */
  find(id) {
    return this.rows.find(({ operation }) => operation.id === id);
  }

  /** @param {ReadonlySet<string>} ids of operations @returns {Row[]} what was taken out */
  take(ids) {
    const taken = this.rows.filter(({ operation }) => ids.has(operation.id));
    this.rows = this.rows.filter(({ operation }) => !ids.has(operation.id));
    this.conflicts = this.conflicts.filter(({ operation }) => !ids.has(operation.id));
    for (const id of ids) this.#held.delete(id);
    return taken;
  }

  /** What rests on an operation. @param {string} id @returns {Row[]} */
  resting(id) {
    return this.rows.filter(({ operation }) => this.#held.get(operation.id) === id);
  }

  /**
   * Move everything onto a newer state of the record.
   *
   * @param {readonly Made[]} entries  since the oldest base
   * @param {number} revision
   * @param {Circumstances} [circumstances]
   * @returns {Required<Pick<Batch, "put" | "remove">>} what is to be written
   */
  rebase(entries, revision, circumstances = {}) {
    const pending = this.rows.map(({ operation }) => operation);
    const { operations, conflicts, dependents, settled } = rebase(pending, entries, circumstances);
    const remove = this.take(new Set(settled.map(({ id }) => id)));
    this.conflicts = conflicts;
    const { held: named } = circumstances;
    this.#held = new Map([
      ...(named === undefined ? [] : [/** @type {const} */ ([named, named])]),
      ...conflicts.map(({ operation: { id } }) => /** @type {const} */ ([id, id])),
      ...dependents.map(({ operation: { id }, on }) => /** @type {const} */ ([id, on])),
    ]);
    const moved = operations.map((operation) => ({ operation, base: revision }));
    const held = [...conflicts, ...dependents].map(({ operation }) =>
      ({ operation, base: operation.base }));
    return { put: [...moved, ...held].flatMap((one) => this.#replace(one)), remove };
  }

  /** @param {{operation: Operation, base: number}} moved @returns {Row[]} */
  #replace({ operation, base }) {
    const row = this.find(operation.id);
    if (!row || row.operation === operation) return [];
    row.operation = { ...operation, base };
    return [row];
  }

  /**
   * Put a held operation, as it was resolved, and what rests on it at the end.
   *
   * @param {Conflict} conflict
   * @param {Choice} choice
   * @param {Rec} rec  as it is now
   * @param {Tools & {revision: number}} tools
   * @returns {Required<Pick<Batch, "put" | "remove">>}
   */
  resolve(conflict, choice, rec, tools) {
    const { id } = conflict.operation;
    const resting = this.resting(id).filter((row) => row.operation.id !== id);
    const operation = resolved(conflict, choice, rec, tools);
    const remove = this.take(new Set([id, ...resting.map((row) => row.operation.id)]));
    const { record, tab } = remove[0];
    const base = tools.revision;
    const first = operation ? [{ record, tab, operation: { ...operation, base } }] : [];
    const put = [...first, ...resting.map((row) => ({ ...row, seq: undefined }))];
    this.rows.push(...put);
    return { put, remove };
  }
}
