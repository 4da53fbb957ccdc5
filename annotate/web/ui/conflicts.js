// Edits that need a person: somebody else changed the same thing, or the server refused one.

import { choices } from "../core/resolving.js";
import { showDialog } from "./dialog.js";
import { button, h } from "./element.js";
import { named, quoted } from "./naming.js";
import { told } from "./telling.js";

/** @import { Clash, Conflict } from "../core/merge.js" */
/** @import { Item } from "../core/types.js" */
/** @import { App } from "./app.js" */
/** @import { Desk } from "./desk.js" */

/** @param {App} app */
export function showConflicts({ desk }) {
  const { session } = desk;
  if (session === null) return;
  const [conflict] = session.conflicts;
  const [refusal] = session.refused;
  if (conflict !== undefined) showConflict(desk, conflict, session.conflicts.length);
  else if (refusal !== undefined) showRefusal(desk, refusal);
}

/** What is saved, in words. @param {App} app */
export function showSaving(app) {
  const { desk } = app;
  if (desk.saving.open > 0) {
    showConflicts(app);
    return;
  }
  const { text, state } = desk.saving;
  const waiting = desk.session?.waiting ?? 0;
  const more =
    waiting === 0
      ? "Everything that you did in this document is on the server."
      : `${waiting} edits are kept in this browser and are sent as soon as the server answers. You can go on working, and close this page.`;
  showDialog({
    name: "saving",
    title: text,
    body: [
      h("p", {}, more),
      state === "unsafe"
        ? h(
            "p",
            { class: "fault" },
            "This browser keeps nothing, so each edit shows only once the server has it.",
          )
        : null,
    ].filter((each) => each !== null),
  });
}

/** @type {Record<Clash["why"], string>} */
const WHY = {
  changed: "Both of you changed it.",
  dropped: "Somebody deleted it while you changed it.",
  needed: "You deleted it, but somebody uses it now.",
  taken: "Somebody put the mention into another chain.",
};

/** @param {Desk} desk @param {Conflict} conflict @param {number} count */
function showConflict(desk, conflict, count) {
  const { operation, clashes } = conflict;
  const body = [
    h("p", {}, `Your edit: ${told(operation.verb, operation.changes, desk.rec)}.`),
    ...clashes.map((clash) => compare(desk, clash)),
  ];
  const words = { theirs: "Keep theirs", mine: "Take mine", both: "Keep both" };
  const acts = choices(conflict).map((choice) =>
    button(
      "resolveConflict",
      { id: operation.id, choice },
      { class: choice === "mine" ? "main" : "plain" },
      words[choice],
    ),
  );
  showDialog({
    name: "conflicts",
    title: count === 1 ? "An edit needs your choice" : `${count} edits need your choice`,
    body,
    acts,
  });
}

/** @param {Desk} desk @param {Clash} clash */
function compare(desk, clash) {
  const { change, theirs, fields, why } = clash;
  return h(
    "section",
    { class: "section" },
    h("p", {}, WHY[why]),
    h(
      "div",
      { class: "sides" },
      side(desk, "Theirs", theirs, fields),
      side(desk, "Yours", change.id === clash.id ? change.after : clash.was, fields),
    ),
  );
}

/** @param {Desk} desk @param {string} title @param {Item | null} item @param {string[]} fields */
function side(desk, title, item, fields) {
  const pairs =
    item === null ? [] : Object.entries(item).filter(([name, value]) => shownField(name, value));
  return h(
    "div",
    {},
    h("h3", {}, title),
    item === null
      ? h("p", {}, "deleted")
      : h(
          "dl",
          {},
          ...pairs.flatMap(([name, value]) => [
            h("dt", {}, name),
            h("dd", { class: fields.includes(name) ? "differs" : null }, said(desk, name, value)),
          ]),
        ),
  );
}

const HIDDEN = new Set(["id", "head", "start", "end", "fragments"]);

/** @param {string} name @param {unknown} value */
function shownField(name, value) {
  return !HIDDEN.has(name) && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** @param {Desk} desk @param {string} name @param {any} value @returns {string} */
function said(desk, name, value) {
  if (name === "args")
    return value
      .map((/** @type {any} */ arg) => `${arg.role} ${words(desk, arg.ref) ?? arg.value}`)
      .join(", ");
  if (name === "mentions" || name === "events")
    return value.map((/** @type {string} */ id) => words(desk, id) ?? id).join(", ");
  if (name === "triggers")
    return value.map((/** @type {any} */ one) => quoted(one.text)).join(", ");
  if (name === "attrs")
    return value.map((/** @type {any} */ one) => `${one.name} ${one.value}`).join(", ");
  if (name === "value") return value.norm;
  return Array.isArray(value)
    ? value
        .map((one) => (typeof one === "object" ? `${one.kb}:${one.id}` : String(one)))
        .join(", ")
    : String(value);
}

/** @param {Desk} desk @param {string | null} id */
function words(desk, id) {
  const found = id === null ? null : named(desk.rec, id);
  return found === null ? null : quoted(found.words);
}

/** @param {Desk} desk @param {{operation: any, what: string}} refusal */
function showRefusal(desk, { operation, what }) {
  const told_ = told(operation.verb, operation.changes, desk.rec);
  showDialog({
    name: "conflicts",
    title: "The server refused an edit",
    body: [
      h("p", {}, `${told_}.`),
      h("p", { class: "fault" }, what),
      h(
        "p",
        { class: "soft" },
        "It is kept in this browser until you decide; it is not in the record.",
      ),
    ],
    acts: [
      button("discard", operation.id, { class: "plain" }, "Give it up"),
      button("retry", operation.id, { class: "main" }, "Try once more"),
    ],
  });
}
