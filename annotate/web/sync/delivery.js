/** How what waits reaches the server, one operation after another, and what becomes of each. */

import { Failure } from "./api.js";
import { Connection } from "./connection.js";
import { Keeper, RESTED } from "./keeper.js";

/** @import {Entry, Operation} from "../core/types.js" */
/** @import {Answer} from "./api.js" */
/** @import {Home} from "./home.js" */
/** @import {Effect, Ledger} from "./ledger.js" */

/** @typedef {{document: string, layer: string, user: string}} Which */
/** @typedef {(event: string, detail: unknown) => void} Tell */

/** The way from one ledger to the server; `tell` hears of everything that happens. */
export class Delivery {
  /** @type {Promise<unknown>} what the server says is taken in one at a time */
  #turn = Promise.resolve();
  /** @type {Promise<void> | null} */
  #sending = null;
  #stop = new AbortController();
  /** The operation for which the record was fetched again. */
  #astray = "";

  /**
   * @param {Home} place
   * @param {Keeper} keeper
   * @param {Ledger} ledger
   * @param {Which} which
   * @param {Tell} tell
   */
  constructor({ api, tab }, keeper, ledger, which, tell) {
    this.api = api;
    this.tab = tab;
    this.keeper = keeper;
    this.ledger = ledger;
    this.which = which;
    this.tell = tell;
    this.out = ""; // why the server lets nobody in
    this.connection = new Connection(() => void this.#again());
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  inTurn(work) {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {}); // who asked for this turn sees how it failed
    return done;
  }

  /** Send until nothing is left or the server is gone. @returns {Promise<void>} */
  send() {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
      // An edit may have come while the turn was given back.
      if (this.#next && !this.connection.isWaiting) void this.send();
    });
    return this.#sending;
  }

  /** Send nothing more, as another session takes over. @returns {Promise<void>} */
  async stop() {
    this.#stop.abort();
    this.connection.close();
    await this.#sending;
    await this.keeper.written;
  }

  /** Learn what others did; rejects with a Failure. @returns {Promise<void>} */
  async fetch() {
    const { document, layer } = this.which;
    const since = this.ledger.revision;
    const { entries } = await this.api.history(document, layer, { since });
    const effect = this.ledger.reconcile(entries);
    if (effect) this.take(effect);
  }

  /** Catch up if the server is there; if it is, what waits is sent. */
  async attend() {
    if (this.#stop.signal.aborted) return;
    try {
      await this.inTurn(() => this.fetch());
    } catch (error) {
      return this.#lose(failed(error));
    }
    if (this.#stop.signal.aborted) return;
    this.#reach();
    void this.send();
  }

  /** Try again: where nothing can be sent, asking shows whether the server is back. */
  #again() {
    return this.#next ? this.send() : this.attend();
  }

  /** The server has answered. */
  #reach() {
    const wasGone = this.connection.trouble !== "" || this.out !== "";
    this.connection.up();
    this.out = "";
    if (wasGone) this.tell("moved", {});
  }

  /**
   * An edit where nothing can be kept: it is made once the server has it.
   *
   * @param {Operation} made
   * @returns {Promise<boolean>}
   */
  async make(made) {
    const operation = { ...made, base: this.ledger.revision };
    const answer = this.ledger.waiting.rows.length
      ? refusal("earlier edits still wait")
      : await this.#post(operation);
    if (answer.kind === "accepted" && answer.revision === this.ledger.revision + 1) {
      this.ledger.add(this.keeper.row(operation));
      this.tell("taken", {});
      this.tell("change", { changes: operation.changes, origin: "here" });
      await this.#accept(operation, answer.revision);
      return true;
    }
    await this.attend();
    const isThere = this.ledger.journal.entries.some(({ id }) => id === operation.id);
    const what = "what" in answer ? answer.what : "somebody else was quicker";
    if (!isThere) this.tell("refused", { operation, what, dependents: [] });
    return isThere;
  }

  /** @param {Effect} effect @param {string} [what] why rows were set aside */
  take({ changes, put, remove, aside, conflicts }, what = RESTED) {
    this.keeper.write({ put, remove });
    this.tell("taken", {});
    if (changes.length) this.tell("change", { changes, origin: "there" });
    for (const conflict of conflicts) this.tell("conflict", conflict);
    if (aside.length) this.#setAside(aside.map(({ operation }) => operation), what);
    this.tell("moved", {});
  }

  /** @param {Operation[]} operations the first one, and what rests on it @param {string} what */
  #setAside(operations, what) {
    const [operation, ...dependents] = operations;
    this.keeper.setAside(operations, what);
    this.tell("refused", { operation, what, dependents });
  }

  get #next() {
    return this.#stop.signal.aborted ? undefined : this.ledger.waiting.ready[0];
  }

  async #sendAll() {
    if (!this.#next) return;
    await this.tab.alone(`glose send ${this.keeper.record}`, async () => {
      let isOpen = true;
      while (isOpen) isOpen = await this.inTurn(() => this.#sendNext());
    });
  }

  /** @returns {Promise<boolean>} whether to go on */
  async #sendNext() {
    await this.keeper.written;
    const row = this.#next;
    if (!row) return false;
    row.operation = { ...row.operation, base: this.ledger.revision };
    const { operation } = row;
    try {
      await this.#hear(operation, await this.#post(operation));
      return true;
    } catch (error) {
      this.#lose(failed(error));
      return false;
    }
  }

  /** @param {Operation} operation @returns {Promise<Answer>} */
  #post(operation) {
    return this.api.send(this.which.document, this.which.layer, operation, this.#stop.signal);
  }

  /** @param {Operation} operation @param {Answer} answer */
  async #hear(operation, answer) {
    if (answer.kind === "offline" || answer.kind === "failed" || answer.kind === "login") {
      throw new Failure(answer.kind, answer.what);
    }
    this.connection.up();
    this.out = "";
    if (answer.kind === "accepted") await this.#accept(operation, answer.revision);
    else if (answer.kind === "conflict") await this.#move(operation, answer.entries);
    else await this.#refuse(operation, answer.what);
  }

  /** @param {Operation} operation @param {number} revision */
  async #accept(operation, revision) {
    const { ledger, keeper } = this;
    if (revision === ledger.revision + 1) {
      const by = { user: this.which.user, at: new Date().toISOString() };
      keeper.write({ remove: ledger.accept(operation, by) });
    } else {
      await this.fetch(); // others came before; ours is among what they did
      if (ledger.waiting.find(operation.id)) await this.#reload();
    }
    this.tab.tell({ kind: "saved", record: keeper.record, revision: ledger.revision });
    this.tell("saved", { waiting: ledger.waiting.rows.length });
    this.tell("moved", {});
  }

  /** @param {Operation} operation @param {Entry[]} entries that it came too late for */
  async #move({ id }, entries) {
    const effect = this.ledger.reconcile(entries);
    if (effect) return this.take(effect);
    if (this.#astray === id) throw new Failure("failed", "the server and this page disagree");
    this.#astray = id;
    await this.#reload();
  }

  /** @param {Operation} operation @param {string} what */
  async #refuse(operation, what) {
    await this.fetch(); // it may be there by an answer that was lost
    if (this.ledger.waiting.find(operation.id)?.operation !== operation) return;
    const effect = this.ledger.withdraw(operation);
    this.take({ ...effect, aside: [] });
    this.#setAside([operation, ...effect.aside.map((row) => row.operation)], what);
    this.tell("moved", {});
  }

  /** Start again from a fresh snapshot. */
  async #reload() {
    const { document, layer } = this.which;
    const snapshot = await this.api.document(document, layer);
    const { entries } = await this.api.history(document, layer);
    this.take(this.ledger.reset(snapshot, entries));
    this.tell("reload", {});
  }

  /** @param {Failure} failure */
  #lose({ kind, message: what }) {
    if (this.#stop.signal.aborted) return;
    this.out = kind === "login" ? what : "";
    this.connection.down(this.out ? "" : what);
    const waiting = this.ledger.waiting.rows.length;
    this.tell(this.out ? "login" : "offline", { what, waiting });
    this.tell("moved", {});
  }
}

/** @param {string} what @returns {Answer} */
const refusal = (what) => ({ kind: "refused", what });

/** @param {unknown} error @returns {Failure} */
function failed(error) {
  if (error instanceof Failure) return error;
  throw error;
}
