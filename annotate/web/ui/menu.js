// Everything that the palette finds: commands with their keys, types, roles, documents, tabs.

import { shown } from "../core/keys.js";
import { shortened, summary, wordsOf } from "./naming.js";
import { tabsOf } from "./tabs.js";

/** @import { App } from "./app.js" */
/** @import { Entry } from "./palette.js" */

/** Commands of the page that have no key. */
const KEYLESS = [
  ["guidelines", "Guidelines", "Show or hide the guidelines"],
  ["toggleDocuments", "Documents", "Show or hide the list of documents"],
  ["acceptAll", "Review", "Accept all suggestions in this document"],
  ["reopen", "Document", "Document is not done: open it again"],
  ["saving", "Document", "What is saved and what waits"],
  ["nextLeft", "Review", "Next thing left to do"],
];

/** Modes of two keys belong to keys alone. */
const LEFT_OUT = new Set(["sameAll", "sameToggle", "sameNext", "samePrevious", "cancel"]);

/** @param {App} app @returns {Entry[]} */
export function entries(app) {
  return [
    ...commands(app),
    ...events(app),
    ...keyless(app),
    ...roles(app),
    ...tabs(app),
    ...documents(app),
    ...layers(app),
  ];
}

/** @param {App} app @returns {Entry[]} */
function commands({ desk, run }) {
  const rows = shown(desk.schema, desk.cardType)
    .filter(({ name }) => !LEFT_OUT.has(name))
    .sort((a, b) => rank(a) - rank(b));
  return rows.map(({ name, argument, keys, title, group }) => {
    const [first = "", ...rest] = title.split(": ");
    return { group, title: first, about: rest.join(": "), keys, run: () => run(name, argument) };
  });
}

/**
 * Nearest to hand first: the open card, events, then the rest as it comes.
 * @param {{name: string}} row
 */
function rank({ name }) {
  const order = ["fill", "attribute", "trigger", "mark"];
  return order.includes(name) ? order.indexOf(name) : order.length;
}

/** @param {App} app @returns {Entry[]} */
function keyless({ run }) {
  return KEYLESS.map(([name = "", group = "", title = ""]) => ({
    group,
    title,
    run: () => run(name),
  }));
}

/** Roles of the open card, to be armed. @param {App} app @returns {Entry[]} */
function roles({ desk, run }) {
  const kind = desk.cardType;
  const all = kind === null ? {} : (desk.schema[kind.list][kind.type]?.roles ?? {});
  return Object.entries(all).map(([name, role]) => ({
    group: "Choose role",
    title: name,
    about: role.description,
    run: () => run("arm", name),
  }));
}

/** @param {App} app @returns {Entry[]} */
function tabs({ desk, run }) {
  return tabsOf(desk).map(({ name, title }) => ({
    group: "Panel",
    title,
    run: () => run("tab", name),
  }));
}

/** @param {App} app @returns {Entry[]} */
function events({ desk, run }) {
  if (desk.session === null) return [];
  return desk.rec.all("events").map((event) => ({
    group: "Event here",
    title: `${event.type} ${shortened(wordsOf(desk.rec, "events", event), 40)}`,
    about: summary(desk.rec, event),
    run: () => (event.id === desk.at.frame ? undefined : run("openCard", event.id)),
  }));
}

/** @param {App} app @returns {Entry[]} */
function documents({ desk, run }) {
  return desk.documents.map((row) => ({
    group: "Document",
    title: shortened(row.title || row.id, 70),
    about: [row.id, row.date].filter(Boolean).join(" "),
    run: () => run("open", row.id),
  }));
}

/** @param {App} app @returns {Entry[]} */
function layers({ desk, run }) {
  return desk.project.layers
    .filter(({ name }) => name !== desk.layer)
    .map(({ name, kind }) => ({
      group: "Layer",
      title: name,
      about: kind,
      run: () => run("layer", null, name),
    }));
}
