// All keys, from the real bindings, those of the open card first.

import { MOVES, shown } from "../core/keys.js";
import { showDialog } from "./dialog.js";
import { h, kbd } from "./element.js";

/** @import { Desk } from "./desk.js" */

/** Keys of the page itself, which hold wherever the focus is. */
const PAGE_KEYS = [
  { keys: "F6", title: "Next pane: text, annotations, documents", group: "Move" },
  { keys: "Shift+F6", title: "Previous pane", group: "Move" },
  { keys: "Click", title: "Pick what is marked, or put the caret on a word", group: "Mouse" },
  { keys: "Double click", title: "Select the phrase; once more, the larger one", group: "Mouse" },
  { keys: "Triple click", title: "Select the sentence", group: "Mouse" },
  { keys: "Drag", title: "Select whole words; with Alt, characters", group: "Mouse" },
];

/** @param {Desk} desk */
export function showHelp(desk) {
  const rows = [
    ...shown(desk.schema, desk.cardType),
    ...MOVES.map((move) => ({ ...move, group: "Move" })),
    ...PAGE_KEYS,
  ];
  const groups = new Map();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  const kind = desk.cardType;
  const note =
    kind === null
      ? "Letters hold while the text has the focus."
      : `Letters hold while the text has the focus; these are those with the ${kind.type} card open.`;
  showDialog({
    name: "keys-help",
    title: "Keys",
    body: [
      h("p", { class: "soft" }, note),
      h("div", { class: "help" }, ...[...groups].map(([group, of]) => section(group, of))),
    ],
  });
}

/** @param {string} group @param {{keys: string, title: string}[]} rows */
function section(group, rows) {
  return h(
    "section",
    {},
    h("h3", {}, group),
    h(
      "dl",
      {},
      ...rows.flatMap(({ keys, title }) => [h("dt", {}, kbd(keys)), h("dd", {}, title)]),
    ),
  );
}
