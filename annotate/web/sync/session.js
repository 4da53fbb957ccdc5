/**
 * One record that is being worked on: edits show at once, are kept by the browser, and reach the
 * server in order. Nothing that a person did is given up unless that person says so.
 */

import { net } from "../core/changes.js";
import { stacks, undoing } from "../core/history.js";
import { maker } from "../core/ids.js";
import { Text } from "../core/offsets.js";
import { Failure } from "./api.js";
import { claim } from "./claim.js";
import { Connection, describe } from "./connection.js";
import { home, uuid } from "./home.js";
import { Ledger } from "./ledger.js";
import { address } from "./outbox.js";

/** @import {Change, Entry, Operation} from "../core/types.js" */
/** @import {Draft, Stacks} from "../core/history.js" */
/** @import {Conflict} from "../core/merge.js" */
/** @import {Choice} from "../core/resolving.js" */
/** @import {Answer, Project, Snapshot} from "./api.js" */
/** @import {Home} from "./home.js" */
/** @import {Effect} from "./ledger.js" */
/** @import {Batch, Refusal, Row} from "./outbox.js" */

/**
 * @typedef {object} Kept  what the browser has of a record
 * @property {string} record
 * @property {string} user
 * @property {Row[]} rows
 * @property {Refusal[]} refused
 */

const RESTED = "it rests on an edit that was given up";

/**
 * Events, all with a `detail`: `change` {changes, origin: "here" | "there"}; `reload` {} (`rec` is
 * a new one); `saved` {waiting}; `offline` {what, waiting}; `login` {what}; `conflict` a Conflict;
 * `refused` {operation, what, dependents}; `unsafe` {what}; `state` {state, text} (connection.js).
 */
export class Session extends EventTarget {
  /** @type {Ledger} */
  #ledger;
  /** @type {Promise<unknown>} what the server says is taken in one at a time */
  #turn = Promise.resolve();
  /** @type {Promise<void>} */
  #written = Promise.resolve();
  /** @type {Promise<void> | null} */
  #sending = null;
  /** @type {Promise<void> | null} */
  #recalled = null;
  #isOut = false;
  #isClosed = false;
  /** The operation for which the record was fetched again. */
  #astray = "";
  #tools = { newId: maker(Math.random), segments: new Set() };
  /** @type {(() => void)[]} */
  #endings = [];

  /** @param {Home} place @param {Kept} kept @param {Snapshot} snapshot @param {Entry[]} entries */
  constructor({ api, outbox, tab, trouble }, kept, snapshot, entries) {
    super();
    this.api = api;
    this.outbox = outbox;
    this.tab = tab;
    this.trouble = trouble;
    this.kept = kept;
    this.document = snapshot.document;
    this.layer = snapshot.layer;
    this.editable = snapshot.editable;
    this.text = new Text(snapshot.document.text);
    this.#ledger = new Ledger(snapshot, this.text, entries, kept.rows);
    this.connection = new Connection(() => void this.#send());
    this.#listen();
    this.#take(this.#ledger.begin(entries));
    void this.#send();
  }

  /**
   * Fetch a record; what waits for it is put on top and sent. Rejects with a Failure.
   *
   * @param {{document: string, layer: string, project?: Project}} which
   * @returns {Promise<Session>}
   */
  static async open({ document, layer, project }) {
    const place = await home();
    const known = project ?? (await place.api.project());
    const record = address(known, layer, document);
    const rows = await claim(place, record);
    const refused = (await place.outbox?.refused(record)) ?? [];
    const kept = { record, user: known.user, rows, refused };
    const snapshot = await place.api.document(document, layer);
    const since = Math.min(...rows.map(({ operation }) => operation.base));
    const { entries } = rows.length
      ? await place.api.history(document, layer, { since })
      : { entries: [] };
    return new Session(place, kept, snapshot, entries);
  }

  get rec() {
    return this.#ledger.rec;
  }

  get revision() {
    return this.#ledger.revision;
  }

  /** How many operations the server has not acknowledged. */
  get waiting() {
    return this.#ledger.waiting.rows.length;
  }

  /** What somebody has to choose. @returns {readonly Conflict[]} */
  get conflicts() {
    return this.#ledger.waiting.conflicts;
  }

  /** What was set aside: `retry` or `discard` it. @returns {readonly Refusal[]} */
  get refused() {
    return this.kept.refused;
  }

  /** The state, and a line that says it. */
  get state() {
    return describe({
      waiting: this.waiting,
      conflicts: this.conflicts.length,
      refused: this.refused.length,
      trouble: this.connection.trouble,
      isOut: this.#isOut,
      isSafe: this.trouble === "",
    });
  }

  /**
   * Make an edit. It shows at once, and is kept before it is sent; where the browser keeps
   * nothing, it shows when the server has it.
   *
   * @param {string} verb
   * @param {Change[]} changes
   * @param {{note?: string | null}} [options]
   * @returns {Promise<boolean>} whether it was made
   */
  do(verb, changes, { note = null } = {}) {
    return this.#make({ verb, of: null, note, changes: net(changes) });
  }

  /** @returns {Promise<{done: boolean, why: string}>} `why` not; "" = there is nothing to undo */
  undo() {
    return this.#step("undo");
  }

  /** @returns {Promise<{done: boolean, why: string}>} */
  redo() {
    return this.#step("redo");
  }

  /**
   * Undo one operation of the journal, be it the last or not.
   *
   * @param {Entry} entry
   * @returns {Promise<{done: boolean, why: string}>}
   */
  async takeBack(entry) {
    await this.#recall();
    const { journal, waiting } = this.#ledger;
    const { draft, why } = undoing(entry, journal.entries, waiting.operations, this.kept.user);
    return { done: draft !== null && (await this.#make(draft)), why };
  }

  /** What undo and redo would do. @returns {Promise<Stacks>} */
  async stacks() {
    await this.#recall();
    const { journal, waiting } = this.#ledger;
    return stacks(journal.entries, waiting.operations, this.kept.user);
  }

  /**
   * Settle a conflict; choices(conflict) of core/resolving.js says what there is to choose.
   *
   * @param {Conflict} conflict
   * @param {Choice} choice
   * @returns {Promise<void>}
   */
  async resolve({ operation: { id } }, choice) {
    await this.#inTurn(async () => {
      const conflict = this.conflicts.find(({ operation }) => operation.id === id);
      if (!conflict) return; // what they did since has settled it
      if (choice === "theirs") this.#take(this.#ledger.withdraw(conflict.operation), RESTED);
      else this.#take(this.#ledger.insist(conflict, choice, this.#tools));
    });
    void this.#send();
  }

  /** Make an operation that was set aside once more. @param {Refusal} refusal */
  async retry(refusal) {
    await this.#inTurn(async () => {
      this.#forget(refusal);
      this.#take(this.#ledger.again(this.#row(refusal.operation)));
    });
    void this.#send();
  }

  /** Give up an operation that was set aside. @param {Refusal} refusal */
  async discard(refusal) {
    this.#forget(refusal);
    this.#tell();
    await this.#written;
  }

  /** Learn what others did since. @returns {Promise<void>} */
  async catchUp() {
    await this.#inTurn(() => this.#fetch());
  }

  /** Resolves when all that can be sent has been acknowledged, or cannot be now. */
  async settled() {
    await this.#send();
    await this.#written;
  }

  /** Stop listening; what waits is sent before. @returns {Promise<void>} */
  async close() {
    await this.settled();
    this.#isClosed = true;
    for (const end of this.#endings.splice(0)) end();
  }

  #listen() {
    const catchUp = () => {
      if (document.visibilityState === "visible") void this.#attend();
    };
    document.addEventListener("visibilitychange", catchUp);
    this.#endings.push(
      () => document.removeEventListener("visibilitychange", catchUp),
      () => removeEventListener("beforeunload", this.#stay),
      () => this.connection.close(),
      this.tab.listen(({ record, revision }) => {
        if (record === this.kept.record && revision > this.revision) void this.#attend();
      }),
    );
  }

  /** Catch up if the server is there; if it is not, sending will find out. */
  async #attend() {
    const failure = await this.catchUp().catch(failed);
    if (failure) this.#lose(failure.kind, failure.message);
  }

  async #fetch() {
    const { id } = this.document;
    const { entries } = await this.api.history(id, this.layer, { since: this.revision });
    const effect = this.#ledger.reconcile(entries);
    if (effect) this.#take(effect);
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #inTurn(work) {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {}); // who asked for this turn sees how it failed
    return done;
  }

  /** @param {Draft} draft @returns {Promise<boolean>} */
  async #make(draft) {
    if (draft.changes.length === 0) return false;
    const operation = { id: uuid(), base: this.revision, ...draft };
    if (this.trouble) return this.#inTurn(() => this.#makeAtOnce(operation));
    const row = this.#row(operation);
    this.#ledger.add(row);
    this.#write({ put: [row] });
    this.#emit("change", { changes: draft.changes, origin: "here" });
    this.#tell();
    void this.#send();
    return true;
  }

  /** @param {Operation} operation @returns {Row} */
  #row(operation) {
    return { record: this.kept.record, tab: this.tab.id, operation };
  }

  /** @param {"undo" | "redo"} verb */
  async #step(verb) {
    const { [verb]: draft, why } = await this.stacks();
    if (draft === null) return { done: false, why: why[verb] };
    return { done: await this.#make(draft), why: "" };
  }

  /** Learn the whole journal, once. @returns {Promise<void>} */
  #recall() {
    if (this.#ledger.journal.isWhole) return Promise.resolve();
    this.#recalled ??= this.api
      .history(this.document.id, this.layer)
      .then(({ entries }) => this.#ledger.journal.precede(entries))
      .finally(() => (this.#recalled = null));
    return this.#recalled;
  }

  /** @returns {Promise<void>} */
  #send() {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
      // An edit may have come while the turn was given back.
      if (this.#canSend) void this.#send();
    });
    return this.#sending;
  }

  get #canSend() {
    return !this.#isClosed && !this.connection.isWaiting && this.#ledger.waiting.ready.length > 0;
  }

  async #sendAll() {
    if (!this.#ledger.waiting.ready.length || this.#isClosed) return;
    await this.tab.alone(`glose send ${this.kept.record}`, async () => {
      let isOpen = true;
      while (isOpen) isOpen = await this.#inTurn(() => this.#sendNext());
    });
  }

  /** @returns {Promise<boolean>} whether to go on */
  async #sendNext() {
    const row = this.#ledger.waiting.ready[0];
    if (!row) return false;
    await this.#written;
    row.operation = { ...row.operation, base: this.revision };
    const { operation } = row;
    try {
      await this.#hear(operation, await this.api.send(this.document.id, this.layer, operation));
      return true;
    } catch (error) {
      const { kind, message } = failed(error);
      this.#lose(kind, message);
      return false;
    }
  }

  /** @param {Operation} operation @param {Answer} answer */
  async #hear(operation, answer) {
    if (answer.kind === "offline" || answer.kind === "failed" || answer.kind === "login") {
      throw new Failure(answer.kind, answer.what);
    }
    this.connection.up();
    this.#isOut = false;
    if (answer.kind === "accepted") await this.#accept(operation, answer.revision);
    else if (answer.kind === "conflict") await this.#move(operation, answer.entries);
    else await this.#refuse(operation, answer.what);
  }

  /** @param {Operation} operation @param {number} revision */
  async #accept(operation, revision) {
    if (revision === this.revision + 1) {
      const by = { user: this.kept.user, at: new Date().toISOString() };
      this.#write({ remove: this.#ledger.accept(operation, by) });
    } else {
      await this.#fetch(); // others came before; ours is among what they did
      if (this.#ledger.waiting.find(operation.id)) await this.#reload();
    }
    this.tab.tell({ kind: "saved", record: this.kept.record, revision: this.revision });
    this.#emit("saved", { waiting: this.waiting });
    this.#tell();
  }

  /** @param {Operation} operation @param {Entry[]} entries that it came too late for */
  async #move({ id }, entries) {
    const effect = this.#ledger.reconcile(entries);
    if (effect) return this.#take(effect);
    if (this.#astray === id) throw new Failure("failed", "the server and this page disagree");
    this.#astray = id;
    await this.#reload();
  }

  /** @param {Operation} operation @param {string} what */
  async #refuse(operation, what) {
    await this.#fetch(); // it may be there by an answer that was lost
    if (this.#ledger.waiting.find(operation.id)?.operation !== operation) return;
    const effect = this.#ledger.withdraw(operation);
    this.#take({ ...effect, aside: [] });
    this.#setAside([operation, ...effect.aside.map((row) => row.operation)], what);
  }

  /** Start again from a fresh snapshot. */
  async #reload() {
    const { id } = this.document;
    const snapshot = await this.api.document(id, this.layer);
    const { entries } = await this.api.history(id, this.layer);
    this.#take(this.#ledger.reset(snapshot, entries));
    this.#emit("reload", {});
  }

  /** @param {import("./api.js").Kind} kind @param {string} what */
  #lose(kind, what) {
    this.connection.down(kind === "login" ? "" : what);
    this.#isOut = kind === "login";
    if (kind === "login") this.#emit("login", { what });
    else this.#emit("offline", { what, waiting: this.waiting });
    this.#tell();
  }

  /** Where nothing can be kept: the edit is made once the server has it. @param {Operation} made */
  async #makeAtOnce(made) {
    const operation = { ...made, base: this.revision };
    /** @type {Answer} */
    const answer = this.waiting
      ? { kind: "refused", what: "earlier edits still wait" }
      : await this.api.send(this.document.id, this.layer, operation);
    if (answer.kind === "accepted" && answer.revision === this.revision + 1) {
      this.#ledger.add(this.#row(operation));
      this.#emit("change", { changes: operation.changes, origin: "here" });
      await this.#accept(operation, answer.revision);
      return true;
    }
    await this.#fetch();
    const isThere = this.#ledger.journal.entries.some(({ id }) => id === operation.id);
    const what = "what" in answer ? answer.what : "somebody else was quicker";
    if (!isThere) this.#emit("refused", { operation, what, dependents: [] });
    return isThere;
  }

  /** @param {Effect} effect @param {string} [what] why rows were set aside */
  #take({ changes, put, remove, aside, conflicts }, what = "") {
    this.#write({ put, remove });
    if (changes.length) this.#emit("change", { changes, origin: "there" });
    for (const conflict of conflicts) this.#emit("conflict", conflict);
    if (aside.length) this.#setAside(aside.map(({ operation }) => operation), what);
    this.#tell();
  }

  /** @param {Operation[]} operations the first one, and what rests on it @param {string} what */
  #setAside(operations, what) {
    const at = new Date().toISOString();
    const { record } = this.kept;
    const refuse = operations.map((operation, i) => ({
      record, operation, at, what: i === 0 ? what : RESTED,
    }));
    this.kept.refused.push(...refuse);
    this.#write({ refuse });
    const [operation, ...dependents] = operations;
    this.#emit("refused", { operation, what, dependents });
    this.#tell();
  }

  /** @param {Refusal} refusal */
  #forget(refusal) {
    this.kept.refused = this.kept.refused.filter((other) => other !== refusal);
    this.#write({ forget: [refusal] });
  }

  /** @param {Batch} batch what the browser is to keep, and to keep no longer */
  #write(batch) {
    const { outbox } = this;
    const isNothing = Object.values(batch).every((rows) => rows.length === 0);
    if (outbox === null || isNothing) return;
    this.#written = this.#written.then(() => outbox.write(batch)).catch((error) => {
      if (!(error instanceof DOMException)) throw error;
      this.#despair(error.message);
    });
  }

  /** The browser keeps nothing any more. @param {string} what */
  #despair(what) {
    this.trouble = what;
    this.#emit("unsafe", { what });
    this.#tell();
  }

  #tell() {
    if (this.waiting) addEventListener("beforeunload", this.#stay);
    else removeEventListener("beforeunload", this.#stay);
    this.#emit("state", this.state);
  }

  /** @param {BeforeUnloadEvent} event */
  #stay = (event) => event.preventDefault();

  /** @param {string} name @param {unknown} detail */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @param {unknown} error @returns {Failure} */
function failed(error) {
  if (error instanceof Failure) return error;
  throw error;
}
