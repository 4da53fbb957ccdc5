// The guidelines, and what the schema says of the type in hand, beside the text.

import { button, draw, h } from "./element.js";
import { markdown } from "./markdown.js";
import { described } from "./theme.js";

/** @import { Desk } from "./desk.js" */

/** @type {{source: string, nodes: HTMLElement[]}} the guidelines are long: they are read once */
let kept = { source: "", nodes: [] };

/** @param {HTMLElement} element @param {Desk} desk */
export function drawGuide(element, desk) {
  element.classList.toggle("open", desk.guide);
  const open = desk.guide ? prose(desk.project.guidelines) : null;
  const strip = h(
    "div",
    { class: "strip" },
    h("p", {}, ...saying(desk)),
    button(
      "guidelines",
      null,
      { class: "plain", "aria-expanded": String(desk.guide) },
      "Guidelines",
    ),
  );
  draw(element, strip, open);
}

/** @param {string} source */
function prose(source) {
  if (kept.source !== source) kept = { source, nodes: markdown(source, 3) };
  const text = source.trim() === "" ? [h("p", {}, "This project has no guidelines.")] : kept.nodes;
  return h(
    "div",
    {
      class: "prose",
      tabindex: "0",
      role: "region",
      "aria-label": "Guidelines",
      "data-key": "prose",
    },
    ...text.map((node) => node.cloneNode(true)),
  );
}

/** @param {Desk} desk @returns {(Node | string)[]} */
function saying(desk) {
  const subject = subjectOf(desk);
  if (subject === null) return [h("span", { class: "soft" }, desk.schema.description)];
  const about = described(desk.schema, subject.list, subject.type);
  return [
    h("span", { class: "type", "data-hue": `${subject.list} ${subject.type}` }, subject.type),
    " ",
    about?.description ?? "is not in the schema",
    ...roleSaying(desk, about),
  ];
}

/** @param {Desk} desk @param {any} about @returns {(Node | string)[]} */
function roleSaying(desk, about) {
  const role = desk.at.armed?.role ?? null;
  const told = role === null ? null : about?.roles?.[role];
  return told ? [". ", h("b", {}, role), " ", told.description] : [];
}

/** Return the type in hand: of the active card, or else of what is picked. @param {Desk} desk */
function subjectOf(desk) {
  const id = desk.at.frame ?? desk.at.picked;
  const list = id === null ? null : (desk.session?.rec.home(id) ?? null);
  const item = id === null || list === null ? null : desk.rec.get(list, id);
  return item !== null && list !== null && "type" in item ? { list, type: item.type } : null;
}
