// Buttons for the borders of a mention or trigger, on its card.

import { button, h } from "./element.js";
import { spanOf } from "./doing/bordering.js";

/** @import { Desk } from "./desk.js" */

/** @type {readonly ["start" | "end", 1 | -1, string, string][]} side, by (1 grows), sign, what it does */
const MOVES = [
  ["start", 1, "←", "Move the left border one word to the left"],
  ["start", -1, "→", "Move the left border one word to the right"],
  ["end", -1, "←", "Move the right border one word to the left"],
  ["end", 1, "→", "Move the right border one word to the right"],
];
const KEYS = ["{", "}", "[", "]"];

/** @param {Desk} desk @param {string} id of a mention, event or relation */
export function borders(desk, id) {
  if (!desk.editable || spanOf(desk, id) === null) return null;
  const buttons = MOVES.map(([side, by, sign, title], at) =>
    button(
      "moveBorder",
      { id, side, by },
      { class: "plain small", "aria-label": title, title: `${title} (${KEYS[at]})` },
      sign,
    ),
  );
  return h(
    "div",
    { class: "borders", role: "group", "aria-label": "Borders", "data-key": "borders" },
    h("span", { class: "soft small" }, "left"),
    ...buttons.slice(0, 2),
    h("span", { class: "soft small" }, "right"),
    ...buttons.slice(2),
    button(
      "takeSelection",
      id,
      {
        class: "plain small",
        title: "It gets the words that are selected in the text (|)",
        disabled: desk.at.range === null,
      },
      "Take the selection ",
      h("kbd", {}, "|"),
    ),
  );
}
