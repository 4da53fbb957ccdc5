// The right column: one panel at a time behind tabs, moved through with the arrow keys.

import { button, draw, h } from "./element.js";
import { commentsPanel } from "./comments.js";
import { eventsPanel } from "./events.js";
import { chainsPanel } from "./chains.js";
import { historyPanel } from "./history.js";
import { labelsPanel } from "./labels.js";
import { relationsPanel } from "./relations.js";

/** @import { Desk } from "./desk.js" */

/**
 * @typedef {object} Tab
 * @property {string} name
 * @property {string} title
 * @property {(desk: Desk) => HTMLElement[]} panel
 * @property {(desk: Desk) => boolean} has whether the schema has such
 * @property {(desk: Desk) => number | null} count
 */

/** @param {Record<string, unknown>} table */
const some = (table) => Object.keys(table).length > 0;

/** @type {readonly Tab[]} */
const TABS = [
  {
    name: "events",
    title: "Events",
    panel: eventsPanel,
    has: () => true,
    count: (desk) => desk.rec.all("events").length,
  },
  {
    name: "chains",
    title: "Chains",
    panel: chainsPanel,
    has: () => true,
    count: (desk) => desk.rec.all("entities").length,
  },
  {
    name: "relations",
    title: "Relations",
    panel: (desk) => relationsPanel(desk, "relations"),
    has: (desk) => some(desk.schema.relations),
    count: (desk) => desk.rec.all("relations").length,
  },
  {
    name: "templates",
    title: "Templates",
    panel: (desk) => relationsPanel(desk, "templates"),
    has: (desk) => some(desk.schema.templates),
    count: (desk) => desk.rec.all("templates").length,
  },
  {
    name: "labels",
    title: "Labels",
    panel: labelsPanel,
    has: (desk) => some(desk.schema.labels),
    count: (desk) => desk.rec.all("labels").length,
  },
  {
    name: "comments",
    title: "Comments",
    panel: commentsPanel,
    has: () => true,
    count: (desk) => desk.rec.all("comments").filter((one) => !one.resolved).length,
  },
  { name: "history", title: "History", panel: historyPanel, has: () => true, count: () => null },
];

/** Return the tabs of a schema. @param {Desk} desk */
export function tabsOf(desk) {
  return TABS.filter((tab) => tab.has(desk));
}

/** @param {HTMLElement} tabs @param {HTMLElement} board @param {Desk} desk */
export function drawPanel(tabs, board, desk) {
  const all = tabsOf(desk);
  const chosen = all.find((tab) => tab.name === desk.tab) ?? all[0];
  draw(tabs, ...all.map((tab) => head(desk, tab, tab === chosen)));
  board.setAttribute("aria-labelledby", `tab-${chosen?.name}`);
  if (desk.session === null) draw(board);
  else draw(board, ...(chosen?.panel(desk) ?? []));
}

/** @param {Desk} desk @param {Tab} tab @param {boolean} chosen */
function head(desk, tab, chosen) {
  const count = desk.session === null ? null : tab.count(desk);
  return button(
    "tab",
    tab.name,
    {
      role: "tab",
      id: `tab-${tab.name}`,
      "aria-selected": String(chosen),
      "aria-controls": "board",
      tabindex: chosen ? "0" : "-1",
      "data-key": tab.name,
    },
    tab.title,
    count === null || count === 0 ? null : h("span", { class: "count" }, String(count)),
  );
}
