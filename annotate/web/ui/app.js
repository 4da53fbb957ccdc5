// The app: it opens documents, runs commands and has everything drawn that may have changed.

import { fillers } from "../core/candidates.js";
import { LISTS } from "../core/items.js";
import { Numbering } from "../core/numbering.js";
import { Refusal } from "../core/refusal.js";
import { Failure } from "../sync/api.js";
import { Session } from "../sync/session.js";
import { drawAgain } from "./againbar.js";
import { drawHeading, drawLegend, drawRefusal, drawStatus, drawTop } from "./chrome.js";
import { COMMANDS } from "./commands.js";
import { asked, offer } from "./doing/valuing.js";
import { past } from "./doing/screen.js";
import { drawDocuments, recount } from "./documents.js";
import { byId, draw, h } from "./element.js";
import { ghostsOf } from "./ghosts.js";
import { drawGuide } from "./guide.js";
import { Pointer } from "./pointer.js";
import { remaining } from "./remaining.js";
import { Reader } from "./reader.js";
import { drawPanel } from "./tabs.js";

/** @import { Change } from "../core/types.js" */
/** @import { Api } from "../sync/api.js" */
/** @import { Desk } from "./desk.js" */

/** Commands that say nothing and end nothing: they come along with others. */
const QUIET = new Set([
  "hideBar",
  "offerTypes",
  "offerActs",
  "hint",
  "findDocuments",
  "findChains",
]);
/** Commands of which the review of suggestions consists. */
const REVIEWING = new Set(["next", "previous", "accept", "remove", "acceptGhost", "refuseGhost"]);

export class App {
  /** The last click on annotations, and what card was open before it. */
  clicked = { ids: "", frame: /** @type {string | null} */ (null), time: 0 };
  /** @type {(() => void)[]} */
  #after = [];
  #frame = 0;
  /** What the derived lists were computed from. */
  #known = {
    rec: /** @type {unknown} */ (null),
    edits: -1,
    frame: /** @type {string | null} */ (null),
    layers: /** @type {unknown} */ (null),
    armed: "",
  };
  /** What the list of documents was last drawn from. @type {unknown[]} */
  #listed = [];
  #numbering = new Numbering();
  #opening = 0;
  #selected = false;
  /** How many commands are being run, one by the other. */
  #running = 0;

  /** @param {Desk} desk @param {Api} api */
  constructor(desk, api) {
    this.desk = desk;
    this.api = api;
    this.parts = {
      top: byId("top"),
      documents: byId("documents"),
      heading: byId("heading"),
      legend: byId("legend"),
      text: byId("text"),
      refusal: byId("refusal"),
      again: byId("again"),
      guide: byId("guide"),
      panel: byId("panel"),
      tabs: byId("tabs"),
      board: byId("board"),
      status: byId("status"),
    };
    this.run = this.run.bind(this);
    this.reader = new Reader(this, this.parts.text);
    this.pointer = new Pointer(this, byId("float"));
    desk.addEventListener("look", () => this.draw());
    desk.addEventListener("done", (event) =>
      asked(this, /** @type {CustomEvent} */ (event).detail),
    );
  }

  /**
   * Run a command; what it refuses is said in the line below.
   * @param {string} name
   * @param {unknown} [argument]
   * @param {unknown} [value] of a field
   */
  run(name, argument = null, value = undefined) {
    const command = COMMANDS[name];
    if (command === undefined) throw new Error(`no command is called ${name}`);
    if (this.#running === 0 && !QUIET.has(name)) {
      this.desk.hush();
      if (!REVIEWING.has(name)) this.desk.review.act();
    }
    this.#running += 1;
    try {
      const done = command(this, argument, value);
      if (done instanceof Promise) done.catch((error) => this.refused(error));
    } catch (error) {
      this.refused(error);
    } finally {
      this.#running -= 1;
    }
  }

  /** Say what could not be done; a fault of ours goes on. @param {unknown} error */
  refused(error) {
    if (!(error instanceof Refusal || error instanceof Failure)) throw error;
    this.desk.refuse(error.message);
  }

  /** Fetch the list of documents. */
  async list() {
    const { documents } = await this.api.documents(this.desk.layer);
    this.desk.documents = documents;
    this.desk.tell();
  }

  /** Open a document in the layer of the moment. @param {string} id */
  async open(id) {
    const { desk, api } = this;
    const { layer, project } = desk;
    const opening = (this.#opening += 1);
    const [session, { layers }] = await Promise.all([
      Session.open({ document: id, layer, project }),
      api.suggestions(id),
    ]);
    // Of two that were asked for in quick succession the last is meant.
    if (opening !== this.#opening) {
      void session.close();
      return;
    }
    void desk.session?.close();
    this.#take(session, id, layers);
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    document.title = `${desk.page.meta?.title || id} · ${project.name}`;
    byId("scroll").scrollTop = 0;
    this.reader.open();
    this.reader.focus();
    this.afterDraw(() =>
      this.parts.documents
        .querySelector('[aria-current="true"]')
        ?.scrollIntoView({ block: "nearest" }),
    );
    if (desk.tab === "history") void past(this, null);
  }

  /** @param {Session} session @param {string} id @param {any[]} layers */
  #take(session, id, layers) {
    const { desk } = this;
    desk.session = session;
    desk.page = session.document;
    desk.id = id;
    desk.suggestions = layers.filter((one) => one.name !== desk.layer);
    desk.recent = [];
    desk.again = null;
    desk.hush();
    desk.review.end();
    desk.values = { id: null, words: "", list: [], fault: "", asking: false, wanted: false };
    desk.past = { item: null, entries: [], fault: "" };
    desk.open = { chain: null, cluster: null, split: [] };
    this.clicked = { ids: "", frame: null, time: 0 };
    desk.look({
      range: null,
      word: null,
      picked: null,
      held: null,
      frame: null,
      armed: null,
      ghost: null,
      mode: "text",
    });
    session.addEventListener("change", (event) =>
      this.#changed(session, /** @type {CustomEvent} */ (event).detail.changes),
    );
    session.addEventListener("reload", () => this.#changed(session, []));
    session.addEventListener("state", () => this.#standing(session));
    this.desk.edits += 1;
    this.#standing(session);
  }

  /** @param {Session} session @param {Change[]} changes */
  #changed(session, changes) {
    if (session !== this.desk.session) return;
    this.desk.edits += 1;
    this.#row(changes);
    this.desk.tell();
  }

  /**
   * Keep the line of the document in the list true without asking for the whole list.
   * @param {Change[]} changes
   */
  #row(changes) {
    const { desk } = this;
    const row = desk.documents.find((one) => one.id === desk.id);
    if (row === undefined || changes.length === 0) return;
    for (const list of LISTS) if (list !== "status") row.counts[list] = desk.rec.all(list).length;
    row.flags = desk.rec.all("comments").filter((one) => one.flag && !one.resolved).length;
    row.state = desk.rec.status.state;
    row.revision = Math.max(1, row.revision);
  }

  /** @param {Session} session */
  async #standing(session) {
    if (session !== this.desk.session) return;
    this.desk.tell();
    const { undo, redo } = await session.stacks();
    if (session !== this.desk.session) return;
    this.desk.undoable = undo !== null;
    this.desk.redoable = redo !== null;
    this.desk.tell();
    if (this.desk.tab === "history" && session.waiting === 0) void past(this, this.desk.past.item);
  }

  /** @param {string} name */
  async showLayer(name) {
    this.desk.layer = name;
    await this.list();
    if (this.desk.id !== null) await this.open(this.desk.id);
  }

  /** Whether single letters mean commands now. */
  inText() {
    const { activeElement } = document;
    return (
      activeElement === document.body ||
      activeElement === null ||
      this.parts.text.contains(activeElement)
    );
  }

  /** Do something once all is drawn. @param {() => void} act */
  afterDraw(act) {
    this.#after.push(act);
    this.draw();
  }

  /** Draw everything that may look different, once in a frame. */
  draw() {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.drawNow();
    });
  }

  drawNow() {
    const { desk, parts } = this;
    if (desk.session !== null) this.#derive();
    document.body.dataset["mode"] = desk.mode;
    const around = keyed(document.activeElement);
    drawTop(parts.top, desk);
    this.#list();
    drawHeading(parts.heading, desk);
    drawLegend(parts.legend, desk);
    drawGuide(parts.guide, desk);
    drawRefusal(parts.refusal, desk);
    drawAgain(parts.again, desk);
    drawPanel(parts.tabs, parts.board, desk);
    drawStatus(parts.status, desk);
    if (desk.session === null) draw(parts.text, nothing(desk));
    this.#unselect();
    this.reader.draw();
    this.pointer.draw();
    this.#focus();
    this.#refocus(around);
    for (const act of this.#after.splice(0)) act();
  }

  /** Words that were selected are so no longer once they have been used. */
  #unselect() {
    const { range } = this.desk.at;
    if (range === null && this.#selected && this.desk.again === null) this.reader.select(null);
    this.#selected = range !== null;
  }

  #focus() {
    const { desk } = this;
    if (desk.focus === null) return;
    document.getElementById(desk.focus)?.focus();
    desk.focus = null;
  }

  #list() {
    const { documents, id, find, edits } = this.desk;
    const listed = [documents, id, find.documents, edits];
    if (listed.every((one, at) => one === this.#listed[at])) return;
    this.#listed = listed;
    drawDocuments(this.parts.documents, this.desk);
  }

  /**
   * What had the focus may be gone: then what is around it has it, or the text.
   * @param {Element[]} around
   */
  #refocus(around) {
    if (around.length === 0 || document.activeElement !== document.body) return;
    const near = around.find((one) => one.isConnected);
    const next = near?.querySelector("button:not(:disabled), input, select") ?? null;
    if (next instanceof HTMLElement) next.focus();
    else this.reader.focus();
  }

  /** Work out what follows from the record, if it or the open card is another. */
  #derive() {
    const { desk } = this;
    const { rec } = desk;
    this.#forget();
    const armed = desk.at.armed?.role ?? "";
    const known = this.#known;
    const same =
      known.rec === rec && known.edits === this.desk.edits && known.layers === desk.suggestions;
    if (!same) {
      desk.ghosts = desk.editable ? ghostsOf(rec, desk.suggestions) : [];
      Object.assign(desk, remaining(desk, this.reader.paragraphs));
      recount(desk);
    }
    if (!same || known.frame !== desk.at.frame || known.armed !== armed)
      desk.offers = this.#offers(armed);
    this.#known = {
      rec,
      edits: this.desk.edits,
      frame: desk.at.frame,
      layers: desk.suggestions,
      armed,
    };
    if (desk.mention !== null && desk.values.id !== desk.mention.id)
      void this.#values(desk.mention.id);
  }

  /** What was in hand may be gone: somebody else, or an undo, has taken it. */
  #forget() {
    const { at, rec } = this.desk;
    const gone = (/** @type {string | null} */ id) => id !== null && rec.home(id) === null;
    if (gone(at.picked)) at.picked = null;
    if (gone(at.held)) at.held = null;
    if (gone(at.frame)) Object.assign(at, { frame: null, armed: null });
  }

  /** @param {string} id */
  async #values(id) {
    if ((this.desk.schema.mentions[this.desk.mention?.type ?? ""]?.values.length ?? 0) === 0)
      return;
    await offer(this, id).catch((error) => this.refused(error));
  }

  /** @param {string} armed a role, or "" @returns {import("./desk.js").Offer[]} */
  #offers(armed) {
    const { desk } = this;
    const { frame } = desk;
    if (frame === null || !desk.editable) {
      this.#numbering.close();
      return [];
    }
    const found = fillers(desk.rec, desk.rec.text, frame.id, desk.schema, desk.page);
    const trigger = "triggers" in frame ? frame.triggers.map(({ text }) => text).join(" ") : "";
    return this.#numbering
      .of(frame.id, trigger, found)
      .filter(({ role }) => armed === "" || role === armed)
      .sort((a, b) => a.digit - b.digit)
      .map(({ digit, role, text, ref, span }) => ({
        digit,
        role,
        words: text,
        filler: ref === null ? span : { ref },
      }));
  }
}

/**
 * Return what is around the focus, nearest first.
 * @param {Element | null} element
 * @returns {Element[]}
 */
function keyed(element) {
  const around = [];
  for (let at = element; at !== null && at !== document.body; at = at.parentElement) {
    if (at.hasAttribute("data-key") || at.id !== "") around.push(at);
  }
  return around;
}

/** @param {Desk} desk */
function nothing(desk) {
  const words =
    desk.fault !== ""
      ? desk.fault
      : desk.documents.length === 0
        ? "This project has no documents."
        : "Choose a document on the left.";
  return h("div", { class: "empty" }, h("h2", {}, desk.project.name), h("p", {}, words));
}
