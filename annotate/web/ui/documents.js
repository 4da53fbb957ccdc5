// The documents of the project in queue order: state, what is half done, search, progress.

import { button, draw, h } from "./element.js";

/** @import { Desk, Row } from "./desk.js" */

/** @typedef {"all" | "open" | "half" | "done" | "flagged"} Kind */

/** Of very many documents those around the open one are drawn. */
const DRAWN = 300;

/** @type {Record<Kind, {title: string, has: (row: Row) => boolean}>} */
export const KINDS = {
  all: { title: "All", has: () => true },
  open: { title: "To do", has: (row) => row.state !== "done" },
  half: { title: "Half done", has: (row) => stateOf(row) === "half" },
  done: { title: "Done", has: (row) => row.state === "done" },
  flagged: { title: "Flagged", has: (row) => row.flags > 0 },
};

/**
 * Return where a document stands: nothing is there, something is, it is done. One in which
 * everything was undone is as it was before.
 * @param {Row} row
 * @returns {"none" | "half" | "done"}
 */
export function stateOf(row) {
  if (row.state === "done") return "done";
  const something = Object.values(row.counts).some((count) => count > 0);
  return row.state !== null || something ? "half" : "none";
}

/**
 * Keep what is suggested in the open document true to what is left to do in it.
 * @param {Desk} desk
 */
export function recount(desk) {
  const row = desk.editable ? desk.documents.find((one) => one.id === desk.id) : undefined;
  if (row) row.suggested = desk.todo.filter((one) => one.kind === "suggestion").length;
}

const STATES = { none: "not begun", half: "half done", done: "done" };

/** @param {HTMLElement} element @param {Desk} desk */
export function drawDocuments(element, desk) {
  const wanted = desk.find.documents;
  const found = desk.documents.filter(
    (row) => KINDS[wanted.kind].has(row) && matches(row, wanted.text),
  );
  const from = Math.max(0, found.findIndex((row) => row.id === desk.id) - DRAWN / 2);
  const rows = found.slice(from, from + DRAWN);
  const left = found.length - rows.length;
  draw(
    element,
    header(desk),
    rows.length === 0 ? h("p", { class: "none" }, nothing(desk)) : null,
    h(
      "ol",
      { "aria-label": "Documents in the order of the queue" },
      ...rows.map((row) => line(row, desk)),
    ),
    left === 0 ? null : h("p", { class: "none" }, `${left} more: find them by title, id or date`),
  );
}

/** @param {Desk} desk */
function nothing(desk) {
  return desk.documents.length === 0
    ? "This project has no documents."
    : "No document is like that.";
}

/** @param {Row} row @param {string} text */
function matches(row, text) {
  const folded = (/** @type {string} */ words) =>
    words.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const about = folded(`${row.title} ${row.id} ${row.date ?? ""}`);
  return folded(text)
    .split(/\s+/u)
    .every((word) => about.includes(word));
}

/** @param {Desk} desk */
function header(desk) {
  const done = desk.documents.filter((row) => row.state === "done").length;
  return h(
    "header",
    {},
    h(
      "h2",
      {},
      "Documents",
      h("span", { class: "soft" }, `${done} of ${desk.documents.length} done`),
    ),
    meter(desk.documents),
    h("input", {
      type: "search",
      class: "find",
      placeholder: "Find a document",
      "aria-label": "Find a document",
      "data-input": "findDocuments",
      value: desk.find.documents.text,
    }),
    h(
      "div",
      { class: "states", role: "group", "aria-label": "Which documents" },
      ...Object.entries(KINDS).map(([kind, { title }]) =>
        button(
          "listDocuments",
          kind,
          { "aria-pressed": String(desk.find.documents.kind === kind) },
          title,
        ),
      ),
    ),
  );
}

/** @param {readonly Row[]} rows */
function meter(rows) {
  const done = rows.filter((row) => stateOf(row) === "done").length;
  const half = rows.filter((row) => stateOf(row) === "half").length;
  const total = Math.max(1, rows.length);
  const says = `${done} done, ${half} half done, ${rows.length - done - half} not begun`;
  const part = (
    /** @type {string} */ name,
    /** @type {number} */ from,
    /** @type {number} */ width,
  ) => shape("rect", { class: name, x: from, y: 0, width, height: 4 });
  return h(
    "div",
    { class: "meter", role: "img", "aria-label": says, title: says },
    svg(`0 0 ${total} 4`, part("done", 0, done), part("half", done, half)),
  );
}

/** @param {Row} row @param {Desk} desk */
function line(row, desk) {
  const state = stateOf(row);
  const current = row.id === desk.id;
  return h(
    "li",
    { "data-key": row.id },
    button(
      "open",
      row.id,
      { "aria-current": current ? "true" : null },
      mark(state),
      h("span", { class: "title" }, row.title || row.id),
      h("span", { class: "about" }, ...about(row, state)),
    ),
  );
}

/** @param {Row} row @param {"none" | "half" | "done"} state @returns {(HTMLElement | string)[]} */
function about(row, state) {
  const events = row.counts["events"] ?? 0;
  const mentions = row.counts["mentions"] ?? 0;
  const parts = [row.date, STATES[state]];
  if (events + mentions > 0) parts.push(`${many(events, "event")}, ${many(mentions, "mention")}`);
  const open = [];
  if (row.suggested > 0) open.push(`${row.suggested} suggested`);
  if (row.flags > 0) open.push(many(row.flags, "flag"));
  const said = parts.filter((part) => part !== null && part !== "").join(" · ");
  return open.length === 0 ? [said] : [`${said} · `, h("b", {}, open.join(", "))];
}

/** @param {number} count @param {string} noun */
export function many(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** @param {"none" | "half" | "done"} state */
function mark(state) {
  const picture = svg(
    "0 0 12 12",
    state === "half" ? shape("path", { class: "fill", d: "M6 1a5 5 0 0 1 0 10z" }) : null,
    shape("circle", { cx: 6, cy: 6, r: 5 }),
    state === "done" ? shape("path", { d: "M3.4 6.2l1.9 1.9 3.4-4" }) : null,
  );
  picture.setAttribute("class", `state is-${state}`);
  return picture;
}

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} box @param {...(Element | null)} shapes @returns {SVGElement} */
export function svg(box, ...shapes) {
  const element = shape("svg", {
    viewBox: box,
    "aria-hidden": "true",
    preserveAspectRatio: "none",
  });
  element.append(...shapes.filter((each) => each !== null));
  return element;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @returns {SVGElement}
 */
export function shape(tag, attributes) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, String(value));
  return element;
}
