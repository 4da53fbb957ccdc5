// What happened to the document, or to the annotation in hand, latest first, each to be taken back.

import { button, h } from "./element.js";
import { named, quoted } from "./naming.js";
import { told } from "./telling.js";

/** @import { Entry } from "../core/types.js" */
/** @import { Desk } from "./desk.js" */

const DRAWN = 200;

/** @param {Desk} desk @returns {HTMLElement[]} */
export function historyPanel(desk) {
  const { entries, item, fault } = desk.past;
  const undone = new Set(standing(entries));
  const subject = item === null ? null : named(desk.rec, item);
  return [
    h(
      "div",
      { class: "section", "data-key": "of" },
      h(
        "header",
        {},
        h("h2", {}, item === null ? "The document" : quoted(subject?.words ?? "what was deleted")),
        item === null
          ? null
          : button("showHistory", null, { class: "bare small push" }, "The whole document"),
      ),
    ),
    fault === "" ? null : h("p", { class: "fault", "data-key": "fault" }, fault),
    desk.session !== null && desk.session.waiting > 0
      ? h(
          "p",
          { class: "soft", "data-key": "waiting" },
          `${desk.session.waiting} edits are not saved yet and not in this list.`,
        )
      : null,
    entries.length === 0 && fault === ""
      ? h("p", { class: "soft", "data-key": "none" }, "Nothing has happened yet.")
      : null,
    h(
      "ol",
      { class: "log", "data-key": "log" },
      ...[...entries]
        .reverse()
        .slice(0, DRAWN)
        .map((entry) => line(desk, entry, undone)),
    ),
  ].filter((each) => each !== null);
}

/** Return the ids of operations that are undone by now. @param {readonly Entry[]} entries */
function standing(entries) {
  const undone = new Set();
  for (const { verb, of } of entries) {
    if (verb === "undo") undone.add(of);
    if (verb === "redo") undone.delete(of);
  }
  return undone;
}

/** @param {Desk} desk @param {Entry} entry @param {Set<string | null>} undone */
function line(desk, entry, undone) {
  const gone = undone.has(entry.id);
  const plain = entry.verb !== "undo" && entry.verb !== "redo" && entry.verb !== "import";
  return h(
    "li",
    { class: gone ? "undone" : null, "data-key": entry.id },
    h("span", { class: "what" }, told(entry.verb, entry.changes, desk.rec)),
    desk.editable && plain && !gone
      ? button("takeBack", entry.id, { class: "bare small" }, "Undo")
      : h("span"),
    h("span", { class: "when" }, `${entry.user} · ${when(entry.at)} · ${entry.revision}`),
  );
}

/**
 * Return a moment as it is read here: today by its time, else with its day.
 * @param {string} at in UTC
 */
function when(at) {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  const today = moment.toDateString() === new Date().toDateString();
  const time = moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return today ? time : `${moment.toLocaleDateString()} ${time}`;
}
