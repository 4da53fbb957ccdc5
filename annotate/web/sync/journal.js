/** What happened to a record, as far as this tab knows. */

/** @import {Entry} from "../core/types.js" */

/** Entries without a gap from some revision to the newest that is known. */
export class Journal {
  /** @type {Entry[]} */
  #entries = [];

  /** @param {number} revision  the newest; nothing before it is known yet */
  constructor(revision) {
    this.revision = revision;
  }

  /** All that is known, oldest first. @returns {readonly Entry[]} */
  get entries() {
    return this.#entries;
  }

  /** Whether every entry of the record is known. */
  get isWhole() {
    return this.#entries.length === this.revision;
  }

  /**
   * Learn what came since; what is known already is passed over.
   *
   * @param {readonly Entry[]} entries
   * @returns {Entry[]} what is new
   */
  add(entries) {
    const fresh = entries.filter(({ revision }) => revision > this.revision);
    this.#entries.push(...fresh);
    this.revision = fresh.at(-1)?.revision ?? this.revision;
    return fresh;
  }

  /** Learn what came before the first that is known. @param {readonly Entry[]} entries */
  precede(entries) {
    const first = this.revision - this.#entries.length;
    const known = first - (entries.length ? entries[0].revision - 1 : first);
    this.#entries = [...entries.slice(0, known), ...this.#entries];
  }

  /** @param {number} revision @returns {Entry[]} */
  since(revision) {
    return this.#entries.filter((entry) => entry.revision > revision);
  }
}
