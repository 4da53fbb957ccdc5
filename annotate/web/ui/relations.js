// Relations and templates: cards like those of events, and a way to begin one.

import { pickedCard } from "./picked.js";
import { h } from "./element.js";
import { cards, openCard } from "./events.js";

/** @import { Desk } from "./desk.js" */

/** @param {Desk} desk @param {"relations" | "templates"} list @returns {HTMLElement[]} */
export function relationsPanel(desk, list) {
  const frames = desk.rec.all(list);
  const noun = list === "relations" ? "relation" : "template";
  return [
    openCard(desk, list, frames),
    pickedCard(desk),
    desk.editable
      ? h(
          "div",
          { class: "form line", "data-key": "new" },
          h(
            "label",
            { class: "grow" },
            h("span", { class: "soft" }, `New ${noun}`),
            h(
              "select",
              {
                "data-change": `new${noun === "relation" ? "Relation" : "Template"}`,
                "data-force": true,
                "aria-label": `New ${noun}`,
              },
              h("option", { value: "" }, "choose its type"),
              ...Object.keys(desk.schema[list]).map((type) => h("option", { value: type }, type)),
            ),
          ),
        )
      : null,
    frames.length === 0 ? h("p", { class: "soft", "data-key": "none" }, empty(list)) : null,
    ...cards(desk, list, frames),
  ].filter((each) => each !== null);
}

/** @param {"relations" | "templates"} list */
function empty(list) {
  return list === "relations"
    ? "No relations yet. Choose a type, then fill its roles like those of an event."
    : "No templates yet. A template is a frame of the whole document.";
}
