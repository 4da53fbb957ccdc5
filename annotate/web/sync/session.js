/**
 * One record that is being worked on: edits show at once, are kept by the browser, and reach the
 * server in order. Nothing that a person did is given up unless that person says so.
 */

import { net } from "../core/changes.js";
import { Past } from "../core/history.js";
import { maker } from "../core/ids.js";
import { Text } from "../core/offsets.js";
import { claim } from "./claim.js";
import { describe } from "./connection.js";
import { Delivery } from "./delivery.js";
import { home, uuid } from "./home.js";
import { Keeper } from "./keeper.js";
import { Ledger } from "./ledger.js";
import { deliver } from "./leftovers.js";
import { address } from "./outbox.js";

/** @import {Change, Entry} from "../core/types.js" */
/** @import {Draft, Stacks} from "../core/history.js" */
/** @import {Conflict} from "../core/merge.js" */
/** @import {Choice} from "../core/resolving.js" */
/** @import {Project, Snapshot} from "./api.js" */
/** @import {Home} from "./home.js" */
/** @import {Refusal, Row} from "./outbox.js" */

/**
 * @typedef {object} Kept  what the browser has of a record
 * @property {string} record
 * @property {string} user
 * @property {Row[]} rows
 * @property {Refusal[]} refused
 */

/**
 * Events, all with a `detail`: `change` {changes, origin: "here" | "there"}; `reload` {} (`rec` is
 * a new one); `saved` {waiting}; `offline` {what, waiting}; `login` {what}; `conflict` a Conflict;
 * `refused` {operation, what, dependents}; `unsafe` {what}; `state` {state, text} (connection.js).
 */
export class Session extends EventTarget {
  /** @type {Ledger} */
  #ledger;
  /** @type {Delivery} */
  #delivery;
  /** @type {Keeper} */
  #keeper;
  /** @type {Promise<void> | null} */
  #recalling = null;
  /** @type {Past | null} told of every edit; made anew when others have moved ours */
  #past = null;
  /** @type {(() => void)[]} */
  #endings = [];
  #isClosed = false;

  /** @param {Home} place @param {Kept} kept @param {Snapshot} snapshot @param {Entry[]} entries */
  constructor(place, { record, user, rows, refused }, snapshot, entries) {
    super();
    this.place = place;
    this.record = record;
    this.user = user;
    this.document = snapshot.document;
    this.layer = snapshot.layer;
    this.editable = snapshot.editable;
    this.text = new Text(snapshot.document.text);
    const segments = /** @type {{id: string}[]} */ (snapshot.document.segments ?? []);
    this.tools = { newId: maker(Math.random), segments: new Set(segments.map(({ id }) => id)) };
    this.#keeper = new Keeper(place, record, refused, (what) => this.#hear("unsafe", { what }));
    this.#keeper.follow(rows);
    this.#ledger = new Ledger(snapshot, this.text, entries, { user, rows });
    const which = { document: snapshot.document.id, layer: snapshot.layer, user };
    this.#delivery = new Delivery(place, this.#keeper, this.#ledger, which, this.#hear.bind(this));
    this.#listen();
    this.#delivery.take(this.#ledger.begin(entries));
    void this.#delivery.send();
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
    place.api.know(known);
    const session = await Session.#open(place, known, document, layer);
    await deliver(place, known, (which) =>
      Session.#open(place, known, which.document, which.layer));
    return session;
  }

  /**
   * @param {Home} place
   * @param {Project} project
   * @param {string} document
   * @param {string} layer
   */
  static async #open(place, project, document, layer) {
    const record = address(project, layer, document);
    const snapshot = await place.api.document(document, layer);
    await place.sessions.get(record)?.stop();
    const rows = await claim(place, record);
    const refused = (await place.outbox?.refused(record)) ?? [];
    const since = Math.min(snapshot.revision, ...rows.map(({ operation }) => operation.base));
    const { entries } = rows.length
      ? await place.api.history(document, layer, { since })
      : { entries: [] };
    const kept = { record, user: project.user, rows, refused };
    const session = new Session(place, kept, snapshot, entries);
    place.sessions.set(record, session);
    return session;
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
    return this.#keeper.refused;
  }

  /** The state, and a line that says it. */
  get state() {
    const others = [...this.place.sessions.values()].filter((other) => other !== this);
    const undecided = others.filter((other) => other.conflicts.length);
    return describe({
      waiting: this.waiting,
      elsewhere: others.reduce((sum, { waiting }) => sum + waiting, this.place.left),
      conflicts: this.conflicts.length,
      undecided: undecided.map((other) => other.document.id),
      refused: this.refused.length,
      trouble: this.#delivery.connection.trouble,
      out: this.#delivery.out,
      isSafe: this.#keeper.trouble === "",
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
    const { draft, why } = (await this.#recall()).undoing(entry);
    return { done: draft !== null && (await this.#make(draft)), why };
  }

  /** What undo and redo would do. @returns {Promise<Stacks>} */
  async stacks() {
    return (await this.#recall()).stacks();
  }

  /**
   * Settle a conflict; choices(conflict) of core/resolving.js says what there is to choose.
   *
   * @param {Conflict} conflict
   * @param {Choice} choice
   * @returns {Promise<void>}
   */
  async resolve({ operation: { id } }, choice) {
    await this.#delivery.inTurn(async () => {
      const conflict = this.conflicts.find(({ operation }) => operation.id === id);
      if (!conflict) return; // what they did since has settled it
      this.#delivery.take(
        choice === "theirs"
          ? this.#ledger.withdraw(conflict.operation)
          : this.#ledger.insist(conflict, choice, this.tools),
      );
    });
    void this.#delivery.send();
  }

  /** Make an operation that was set aside once more. @param {Refusal} refusal */
  async retry(refusal) {
    await this.#delivery.inTurn(async () => {
      this.#keeper.forget(refusal);
      this.#delivery.take(this.#ledger.again([this.#keeper.row(refusal.operation)]));
    });
    void this.#delivery.send();
  }

  /** Give up an operation that was set aside. @param {Refusal} refusal */
  async discard(refusal) {
    this.#keeper.forget(refusal);
    this.#hear("moved", {});
    await this.#keeper.written;
  }

  /** Learn what others did since; where the server is gone, an `offline` event. */
  async catchUp() {
    await this.#delivery.attend();
  }

  /** Take over what a tab that has ended left for this record. */
  async adopt() {
    await this.#recall();
    await this.catchUp();
    await this.#delivery.inTurn(async () => {
      const rows = await claim(this.place, this.record);
      const fresh = rows.filter(({ operation }) => !this.#ledger.waiting.find(operation.id));
      this.#delivery.take(this.#ledger.again(fresh));
    });
    void this.#delivery.send();
  }

  /** Resolves when all that can be sent has been acknowledged, or the server is found gone. */
  async settled() {
    await this.#delivery.send();
    await this.#keeper.written;
  }

  /** Tell no more; what waits is still sent. @returns {Promise<void>} when it is on the disk */
  async close() {
    this.#isClosed = true;
    for (const end of this.#endings.splice(0)) end();
    this.#rest();
    await this.#keeper.written;
  }

  /** Send no more: another session takes this record over. */
  async stop() {
    await this.close();
    await this.#delivery.stop();
    this.place.sessions.delete(this.record);
  }

  /** The next document could not be opened, and work goes on here. */
  #revive() {
    this.#isClosed = false;
    this.place.sessions.set(this.record, this);
    this.#listen();
  }

  #listen() {
    const look = () => {
      if (document.visibilityState === "visible") void this.catchUp();
    };
    document.addEventListener("visibilitychange", look);
    this.#endings.push(
      () => document.removeEventListener("visibilitychange", look),
      this.place.tab.listen(({ record, revision }) => {
        if (record === this.record && revision > this.revision) void this.catchUp();
      }),
    );
  }

  /** @param {Draft} draft @returns {Promise<boolean>} */
  async #make(draft) {
    if (draft.changes.length === 0) return false;
    if (this.#isClosed) this.#revive();
    const operation = { id: uuid(), base: this.revision, ...draft };
    if (this.#keeper.trouble) return this.#delivery.inTurn(() => this.#delivery.make(operation));
    const row = this.#keeper.row(operation);
    this.#ledger.add(row);
    this.#past?.add(operation, this.user);
    this.#keeper.write({ put: [row] });
    this.#hear("change", { changes: draft.changes, origin: "here" });
    this.#hear("moved", {});
    void this.#delivery.send();
    return true;
  }

  /** @param {"undo" | "redo"} verb */
  async #step(verb) {
    const { [verb]: draft, why } = await this.stacks();
    if (draft === null) return { done: false, why: why[verb] };
    return { done: await this.#make(draft), why: "" };
  }

  /** What happened to the record; the whole journal is fetched once. @returns {Promise<Past>} */
  async #recall() {
    if (!this.#ledger.journal.isWhole) await (this.#recalling ??= this.#learn());
    const { journal, waiting } = this.#ledger;
    this.#past ??= Past.of(journal.entries, waiting.operations, this.user);
    return this.#past;
  }

  async #learn() {
    try {
      const { entries } = await this.place.api.history(this.document.id, this.layer);
      this.#ledger.journal.precede(entries);
      this.#past = null;
    } finally {
      this.#recalling = null;
    }
  }

  /** @param {string} name @param {unknown} detail */
  #hear(name, detail) {
    if (name === "taken") this.#past = null;
    else if (name !== "moved") this.dispatchEvent(new CustomEvent(name, { detail }));
    else for (const session of this.place.sessions.values()) session.#stand();
    if (name === "moved" || name === "unsafe") this.#stand();
    this.#rest();
  }

  #stand() {
    if (this.waiting) addEventListener("beforeunload", this.#stay);
    else removeEventListener("beforeunload", this.#stay);
    if (!this.#isClosed) this.dispatchEvent(new CustomEvent("state", { detail: this.state }));
  }

  /** A closed session ends with what it had to send. */
  #rest() {
    if (!this.#isClosed || this.waiting) return;
    this.#delivery.connection.close();
    if (this.place.sessions.get(this.record) === this) this.place.sessions.delete(this.record);
  }

  /** @param {BeforeUnloadEvent} event */
  #stay = (event) => event.preventDefault();
}
