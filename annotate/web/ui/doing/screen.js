// What is shown: panels, the palette, the keys, the guidelines, history, conflicts.

import { inverse } from "../../core/changes.js";
import { Refusal } from "../../core/refusal.js";
import { closeDialog, openDialog } from "../dialog.js";
import { showConflicts, showSaving } from "../conflicts.js";
import { showHelp } from "../help.js";
import { ghostsOf } from "../ghosts.js";
import { entries } from "../menu.js";
import { Palette, matching } from "../palette.js";
import { reviewed, startOf } from "../review.js";
import { tabsOf } from "../tabs.js";
import { retold } from "../telling.js";

/** @import { Change } from "../../core/types.js" */
/** @import { App } from "../app.js" */

/** @type {Record<string, (app: App, argument: any, value: any) => unknown>} */
export const SCREEN = {
  undo: (app) => step(app, "undo"),
  redo: (app) => step(app, "redo"),
  palette: (app) => {
    const all = entries(app);
    new Palette({
      title: "Commands",
      placeholder: "Do, find or open…",
      entries: (typed) => matching(all, typed),
    });
  },
  help: ({ desk }) => showHelp(desk),
  closeDialog: () => closeDialog(),
  guidelines: (app) => {
    app.desk.guide = !app.desk.guide;
    app.afterDraw(() => toType(app.desk));
  },
  tab: (app, name) => {
    app.desk.tab = name;
    if (name === "history") void past(app, app.desk.past.item);
    app.desk.tell();
  },
  nextTab: (app, by) => {
    const all = tabsOf(app.desk).map((tab) => tab.name);
    const at = all.indexOf(app.desk.tab) + by;
    app.run("tab", all[(at + all.length) % all.length]);
  },
  toggleDocuments: ({ desk }) => {
    document.body.classList.toggle("no-documents");
    desk.tell();
  },
  showHistory: (app, item) => {
    app.desk.tab = "history";
    void past(app, item ?? null);
  },
  takeBack: takenBack,
  saving: (app) => showSaving(app),
  conflicts: (app) => showConflicts(app),
  resolveConflict: resolved,
  retry: async (app, id) => {
    const refusal = app.desk.session?.refused.find(({ operation }) => operation.id === id);
    if (refusal !== undefined) await app.desk.session?.retry(refusal);
    again(app);
  },
  discard: async (app, id) => {
    const refusal = app.desk.session?.refused.find(({ operation }) => operation.id === id);
    if (refusal !== undefined) await app.desk.session?.discard(refusal);
    again(app);
  },
  offerTypes: ({ pointer }) => pointer.showTypes(),
  offerActs: ({ pointer }) => pointer.showActs(),
  hideBar: ({ pointer }) => pointer.hide(),
};

/**
 * Bring the place of the guidelines into sight where they speak of the type in hand.
 * @param {App["desk"]} desk
 */
function toType(desk) {
  const type = desk.cardType?.type ?? desk.mention?.type;
  const found = [...document.querySelectorAll(".prose code")].find(
    (code) => code.textContent === type,
  );
  found?.closest("tr, li, p")?.scrollIntoView({ block: "start" });
}

/** @param {App} app @param {"undo" | "redo"} way */
async function step({ desk }, way) {
  if (desk.session === null) throw new Refusal("Open a document first");
  const draft = (await desk.session.stacks())[way];
  const changes = draft?.changes ?? [];
  const said =
    draft === null ? "" : retold(way, way === "undo" ? inverse(changes) : changes, desk.rec);
  const { done, why } = await desk.session[way]();
  if (!done) throw new Refusal(why === "" ? `Nothing to ${way}` : `Not possible: ${why}`);
  else {
    const gone = (/** @type {string | null} */ id) =>
      id !== null && desk.rec.home(id) === null ? null : id;
    desk.look({
      picked: gone(desk.at.picked),
      held: gone(desk.at.held),
      frame: gone(desk.at.frame),
      armed: null,
    });
    reopened(desk, changes);
    desk.say(said);
  }
}

/**
 * A suggestion that is open again is in hand again.
 * @param {App["desk"]} desk
 * @param {readonly Change[]} changes
 */
function reopened(desk, changes) {
  const open = changes.filter(({ list, after }) => list === "decisions" && after === null);
  const ids = new Set(open.map(({ id }) => id));
  if (ids.size === 0) return;
  const [first] = reviewed(ghostsOf(desk.rec, desk.suggestions)).filter(({ id }) => ids.has(id));
  if (first === undefined) return;
  desk.review.at(startOf(first));
  desk.look({ ghost: first.id, picked: null });
}

/** Fetch what happened. @param {App} app @param {string | null} item */
export async function past({ desk, api }, item) {
  if (desk.id === null) return;
  const { entries } = await api.history(desk.id, desk.layer, item === null ? {} : { item });
  desk.past = { item, entries, fault: "" };
  desk.tell();
}

/** @param {App} app @param {string} id of an operation */
async function takenBack(app, id) {
  const { desk } = app;
  const entry = desk.past.entries.find((one) => one.id === id);
  if (entry === undefined || desk.session === null) throw new Refusal("It is not in the history");
  const { done, why } = await desk.session.takeBack(entry);
  if (!done) throw new Refusal(`Not possible: ${why || "it has changed since"}`);
  desk.say(retold("undo", entry.changes, desk.rec));
}

/** @param {App} app @param {{id: string, choice: "mine" | "theirs" | "both"}} argument */
async function resolved(app, { id, choice }) {
  const { session } = app.desk;
  const conflict = session?.conflicts.find(({ operation }) => operation.id === id);
  if (session !== null && conflict !== undefined) await session.resolve(conflict, choice);
  again(app);
}

/** Show the next choice, if there is one. @param {App} app */
function again(app) {
  app.desk.tell();
  if (openDialog()?.classList.contains("conflicts")) {
    if (app.desk.saving.open > 0) showConflicts(app);
    else closeDialog();
  }
}
