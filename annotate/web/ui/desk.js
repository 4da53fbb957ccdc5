// The desk: what is open, what is picked, what is armed. Panels draw from it; commands change it.
// Annotations live in the session's record; the desk holds only where a person is.

import { listed } from "../core/chains.js";
import { maker } from "../core/ids.js";
import { Refusal } from "../core/refusal.js";
import { fits } from "../core/schema.js";
import { decidedAlike } from "../core/twins.js";
import { Letters } from "./letters.js";
import { Review } from "./review.js";
import { told } from "./telling.js";

/** @import { Change, FrameList, Layer, Pair, Schema, Tools } from "../core/types.js" */
/** @import { Session } from "../sync/session.js" */

/**
 * @typedef {object} Row a document in the list
 * @property {string} id
 * @property {string} title
 * @property {string | null} date
 * @property {number} size
 * @property {string | null} state
 * @property {number} revision
 * @property {Record<string, number>} counts
 * @property {number} flags
 * @property {number} suggested
 *
 * @typedef {object} Project
 * @property {string} name
 * @property {string} user
 * @property {{name: string, kind: string, user: string | null}[]} layers
 * @property {string} layer
 * @property {Schema} schema
 * @property {string} guidelines
 * @property {boolean} links
 * @property {string[]} annotated
 *
 * @typedef {object} At where a person is
 * @property {Pair | null} range what is selected, in code points
 * @property {Pair | null} word the word or character that the caret is on
 * @property {string | null} picked the annotation in hand
 * @property {string | null} held the one that was in hand before the caret moved: pieces go to it
 * @property {string | null} frame the active card
 * @property {{role: string, replaces: {ref: string | null, value: string | null} | null} | null} armed
 * @property {string | null} ghost the suggestion in hand, as layer/id
 * @property {"text" | "event" | "hint" | "same"} mode of the keys, for those that take two or a list
 */

/** @type {At} */
const NOWHERE = {
  range: null,
  word: null,
  picked: null,
  held: null,
  frame: null,
  armed: null,
  ghost: null,
  mode: "text",
};

/**
 * @typedef {{norm: string, mod: string | null, unit: string | null, anchor: string | null}} Value
 */
/** @typedef {{digit: number, role: string, words: string, filler: any}} Offer */

/** Nothing is drawn by the desk itself: it says "look" when a panel may look different. */
export class Desk extends EventTarget {
  /** @type {Row[]} */
  documents = [];
  /** @type {Session | null} */
  session = null;
  /** @type {any} what the server said of the document: tokens, sentences, phrases, meta … */
  page = null;
  /** @type {Layer[]} layers of suggestions */
  suggestions = [];
  /** @type {string | null} of the document */
  id = null;
  /** @type {At} */
  at = { ...NOWHERE };
  /** What panels remember: searches, what is folded out. */
  find = {
    documents: { text: "", kind: /** @type {import("./documents.js").Kind} */ ("all") },
    chains: "",
  };
  /** What is folded out among the chains. */
  open = {
    chain: /** @type {string | null} */ (null),
    cluster: /** @type {string | null} */ (null),
    split: /** @type {string[]} */ ([]),
  };
  tab = "events";
  guide = false;
  /** Values that the grammar of times and numbers offers for a mention. */
  values = {
    id: /** @type {string | null} */ (null),
    words: "",
    list: /** @type {Value[]} */ ([]),
    fault: "",
    /** Whether the answer is under way, and whether Enter has been pressed meanwhile. */
    asking: false,
    wanted: false,
  };
  /** Identical strings that are offered. @type {import("./doing/same.js").Again | null} */
  again = null;
  /** The history that is shown. */
  past = {
    item: /** @type {string | null} */ (null),
    entries: /** @type {import("../core/types.js").Entry[]} */ ([]),
    fault: "",
  };
  /** Chains by their last use, latest first. @type {string[]} */
  recent = [];
  /** What "repeat" does. @type {{name: string, argument: unknown} | null} */
  last = null;
  /** Letters of a hint so far, and the words they lead to. */
  hints = { typed: "", words: /** @type {Map<string, Pair>} */ (new Map()) };
  /** How often the record has changed since the app began. */
  edits = 0;
  undoable = false;
  redoable = false;
  /** @type {import("./ghosts.js").Ghost[]} */
  ghosts = [];
  /** @type {Offer[]} */
  offers = [];
  /** @type {{kind: string, count: number, words: string}[]} what is left to do */
  left = [];
  /** How far suggestions have been gone through. */
  review = new Review();
  /** What could not be done just now, and why. */
  refusal = { words: "" };
  /** @type {import("../core/todo.js").Left[]} */
  todo = [];
  /** The id of what is to have the focus once it is drawn. @type {string | null} */
  focus = null;
  fault = "";
  #told = false;

  /**
   * @param {Project} project
   * @param {import("./announce.js").Announcer} announcer
   */
  constructor(project, announcer) {
    super();
    this.project = project;
    this.schema = project.schema;
    this.layer = project.layer;
    this.announcer = announcer;
    this.letters = new Letters(project.schema);
    this.newId = maker(Math.random);
  }

  /** The record; only asked where a document is open. */
  get rec() {
    if (this.session === null) throw new Refusal("Open a document first");
    return this.session.rec;
  }

  /** What transitions need beside the record. @returns {Tools} */
  get tools() {
    return { schema: this.schema, id: this.newId, user: this.project.user };
  }

  /** Whether a person may change the layer. */
  get editable() {
    return this.session !== null && this.session.editable;
  }

  /** The mode of the keys. @returns {import("../core/keys.js").Mode} */
  get mode() {
    if (this.at.mode !== "text") return this.at.mode;
    if (this.at.armed !== null) return "armed";
    return this.at.frame === null ? "text" : "card";
  }

  /**
   * Of what list and type the active card is, or null.
   * @returns {{list: FrameList, type: string} | null}
   */
  get cardType() {
    const list = this.frameList;
    const frame =
      list === null || this.at.frame === null ? null : this.rec.get(list, this.at.frame);
    return list === null || frame === null ? null : { list, type: frame.type };
  }

  /** The list of the active frame, or null. @returns {FrameList | null} */
  get frameList() {
    const list = this.at.frame === null ? null : (this.session?.rec.home(this.at.frame) ?? null);
    return list === "events" || list === "relations" || list === "templates" ? list : null;
  }

  /** The active frame, or null. @returns {import("../core/types.js").Frame | null} */
  get frame() {
    const list = this.frameList;
    return list === null || this.at.frame === null ? null : this.rec.get(list, this.at.frame);
  }

  /** The mention in hand, or null. */
  get mention() {
    return this.at.picked === null || this.session === null
      ? null
      : this.rec.get("mentions", this.at.picked);
  }

  /** Chains in the order of their digits. */
  get chains() {
    return this.session === null ? [] : listed(this.rec, this.recent);
  }

  /** Whether all is saved, in words, and how much waits for a choice. */
  get saving() {
    if (this.session === null) return { state: "saved", text: "No document", open: 0 };
    const { conflicts, refused } = this.session;
    return { ...this.session.state, open: conflicts.length + refused.length };
  }

  /** Whether an annotation may fill the armed role. @param {string} id */
  mayFill(id) {
    const kind = this.cardType;
    const role =
      this.at.armed === null || kind === null
        ? null
        : this.schema[kind.list][kind.type]?.roles[this.at.armed.role];
    const list = this.rec.home(id);
    const item = list === null ? null : this.rec.get(list, id);
    return Boolean(
      role &&
      list &&
      item &&
      "type" in item &&
      id !== this.at.frame &&
      fits(role, list, item.type),
    );
  }

  /** @param {Partial<At>} place */
  look(place = {}) {
    this.at = { ...this.at, ...place };
    this.tell();
  }

  /** Have everything drawn that may look different, once for all changes of a moment. */
  tell() {
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() => {
      this.#told = false;
      this.dispatchEvent(new Event("look"));
    });
  }

  /** Leave everything that was in hand. */
  leave() {
    this.look({ ...NOWHERE, word: this.at.word });
  }

  /** @param {string} what one sentence, for the line below and the screen reader */
  say(what) {
    this.announcer.say(what);
    this.tell();
  }

  /** Forget what was said: something else is being done. */
  hush() {
    this.announcer.last = "";
    if (this.refusal.words !== "") this.refusal = { words: "" };
    this.tell();
  }

  /** Say what could not be done, where a person looks. @param {string} what one sentence */
  refuse(what) {
    // The bar in the text pane is read out by itself.
    this.announcer.last = what;
    this.refusal = { words: what };
    this.tell();
  }

  /**
   * Do changes, unless there are none; return those that were done.
   * @param {string} verb
   * @param {Change[]} changes
   * @returns {Change[]}
   */
  do(verb, changes) {
    if (changes.length === 0) return [];
    if (this.session === null || !this.editable)
      throw new Refusal("This layer is only for reading");
    void this.session.do(
      verb,
      verb === "accept" || verb === "refuse" ? decidedAlike(changes, this.ghosts) : changes,
    );
    this.dispatchEvent(new CustomEvent("done", { detail: changes }));
    this.say(told(verb, changes, this.rec));
    return changes;
  }
}
