/** Operations that the server has not acknowledged, kept by the browser through anything. */

/** @import {Operation} from "../core/types.js" */

/**
 * @typedef {object} Row  an operation that waits
 * @property {number} [seq]  its place in the order; given before it is stored (keeper.js)
 * @property {string} record  whose: project, user, layer and document (see `address`)
 * @property {string} tab  the tab that sends it
 * @property {Operation} operation
 *
 * @typedef {object} Refusal  an operation that was set aside
 * @property {number} [seq]
 * @property {string} record
 * @property {Operation} operation
 * @property {string} what  why, as the server said it
 * @property {string} at  when, ISO 8601
 *
 * @typedef {object} Batch  what is written together, or not at all
 * @property {Row[]} [put]
 * @property {Row[]} [remove]
 * @property {Refusal[]} [refuse]
 * @property {Refusal[]} [forget]
 */

const NAME = "glose edits";
const STORES = ["pending", "refused"];

/**
 * The name of a record over all projects and users of this browser.
 *
 * @param {{name: string, id?: string, user: string}} project
 * @param {string} layer
 * @param {string} document
 */
export function address(project, layer, document) {
  return [...owner(project), layer, document].join("\n");
}

/** What an address says. @param {string} record @returns {{layer: string, document: string}} */
export function parts(record) {
  const [, , layer, document] = record.split("\n");
  return { layer, document };
}

/** @param {{name: string, id?: string, user: string}} project */
const owner = ({ name, id, user }) => [id ?? name, user];

/** Two stores of one IndexedDB database: what waits, and what was set aside. */
export class Outbox {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
    // Another tab has a newer version of the app: do not stand in its way.
    database.onversionchange = () => database.close();
  }

  /**
   * Rejects with a DOMException where the browser keeps nothing: private windows, a full disk.
   *
   * @param {string} [name]
   * @returns {Promise<Outbox>}
   */
  static async open(name = NAME) {
    if (typeof indexedDB === "undefined") throw new DOMException("it has no IndexedDB");
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      for (const store of STORES) {
        const made = request.result.createObjectStore(store, { keyPath: ["seq", "operation.id"] });
        made.createIndex("record", "record");
      }
    };
    return new Outbox(await outcome(request));
  }

  /** What waits for a record, in order. @param {string} record @returns {Promise<Row[]>} */
  rows(record) {
    return this.#all("pending", IDBKeyRange.only(record));
  }

  /** What was set aside of a record. @param {string} record @returns {Promise<Refusal[]>} */
  refused(record) {
    return this.#all("refused", IDBKeyRange.only(record));
  }

  /**
   * What waits for any record of a project and its user.
   *
   * @param {{name: string, id?: string, user: string}} project
   * @returns {Promise<Row[]>}
   */
  everything(project) {
    const prefix = `${owner(project).join("\n")}\n`;
    return this.#all("pending", IDBKeyRange.bound(prefix, `${prefix}\uffff`));
  }

  /**
   * Write all of it; it is on the disk when this resolves.
   *
   * @param {Batch} batch
   * @returns {Promise<void>}
   */
  async write({ put = [], remove = [], refuse = [], forget = [] }) {
    const work = this.database.transaction(STORES, "readwrite", { durability: "strict" });
    const done = completed(work);
    const [pending, refused] = STORES.map((name) => work.objectStore(name));
    for (const row of remove) pending.delete(keyOf(row));
    for (const row of put) pending.put(row);
    for (const refusal of refuse) refused.put(refusal);
    for (const refusal of forget) refused.delete(keyOf(refusal));
    work.commit(); // now, lest the page ends before the browser finds that no more will come
    await done;
  }

  /**
   * @param {string} store
   * @param {IDBKeyRange} range
   * @returns {Promise<any[]>}
   */
  async #all(store, range) {
    const work = this.database.transaction(store);
    const rows = await outcome(work.objectStore(store).index("record").getAll(range));
    return rows.sort((a, b) => a.seq - b.seq);
  }
}

/** @param {Row | Refusal} row @returns {[number, string]} */
const keyOf = ({ seq = 0, operation }) => [seq, operation.id];

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function outcome(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} work @returns {Promise<void>} */
function completed(work) {
  return new Promise((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onabort = () => reject(work.error ?? new DOMException("given up", "AbortError"));
  });
}
