/** What the browser keeps of one record, and what of it was set aside. */

/** @import {Operation} from "../core/types.js" */
/** @import {Home} from "./home.js" */
/** @import {Batch, Refusal, Row} from "./outbox.js" */

/** Why what rested on a refused operation is set aside with it. */
export const RESTED = "it rests on an edit that was given up";

/** Writes at once, in order. `trouble` says why the browser keeps nothing; "" = it does. */
export class Keeper {
  /** @type {Promise<void>} */
  #written = Promise.resolve();
  #last = 0;

  /**
   * @param {Home} place
   * @param {string} record
   * @param {Refusal[]} refused
   * @param {(what: string) => void} despair  called when the browser keeps nothing any more
   */
  constructor({ outbox, tab, trouble }, record, refused, despair) {
    this.outbox = outbox;
    this.tab = tab.id;
    this.trouble = trouble;
    this.record = record;
    this.refused = refused;
    this.despair = despair;
  }

  /** Settles when all that was handed over is on the disk. */
  get written() {
    return this.#written;
  }

  /** Go on counting after what was kept before. @param {Row[]} rows */
  follow(rows) {
    this.#last = Math.max(this.#last, ...rows.map(({ seq = 0 }) => seq));
  }

  /** @param {Operation} operation @returns {Row} */
  row(operation) {
    return { record: this.record, tab: this.tab, operation };
  }

  /** @param {Batch} batch */
  write(batch) {
    const { outbox } = this;
    const isNothing = Object.values(batch).every((rows) => rows.length === 0);
    if (outbox === null || isNothing) return;
    for (const row of [...(batch.put ?? []), ...(batch.refuse ?? [])]) row.seq ??= this.#next();
    const before = this.#written;
    const writing = outbox.write(batch).catch((error) => {
      if (!(error instanceof DOMException)) throw error;
      this.trouble = error.message || error.name;
      this.despair(this.trouble);
    });
    this.#written = before.then(() => writing);
  }

  /** A number greater than all before, of this page and of those before it. */
  #next() {
    this.#last = Math.max(this.#last + 1, Date.now());
    return this.#last;
  }

  /** @param {Operation[]} operations  the first, and what rests on it @param {string} what why */
  setAside(operations, what) {
    const { record } = this;
    const at = new Date().toISOString();
    const refuse = operations.map((operation, i) =>
      ({ record, operation, at, what: i === 0 ? what : RESTED }));
    this.refused.push(...refuse);
    this.write({ refuse });
  }

  /** @param {Refusal} refusal */
  forget(refusal) {
    this.refused = this.refused.filter((other) => other !== refusal);
    this.write({ forget: [refusal] });
  }
}
