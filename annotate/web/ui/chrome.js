// The lines above and below: the project, its layers, what can be undone, whether all is saved, the
// legend of types with their letters, the heading of the document.

import { button, draw, h } from "./element.js";
import { armedWords } from "./cards.js";

/** @import { Desk } from "./desk.js" */

/** @param {HTMLElement} element @param {Desk} desk */
export function drawTop(element, desk) {
  const keyed = (/** @type {string} */ words, /** @type {string} */ keys) => [
    words,
    h("kbd", {}, keys),
  ];
  draw(
    element,
    button(
      "toggleDocuments",
      null,
      {
        class: "plain",
        "aria-controls": "documents",
        "aria-expanded": String(!document.body.classList.contains("no-documents")),
      },
      "Documents",
    ),
    h("span", { class: "name" }, desk.project.name),
    layers(desk),
    h("span", { class: "gap" }),
    button("undo", null, { disabled: !desk.undoable }, ...keyed("Undo", "Ctrl+Z")),
    button("redo", null, { disabled: !desk.redoable }, ...keyed("Redo", "Ctrl+Y")),
    h("span", { class: "bar" }),
    button(
      "previousLeft",
      null,
      { title: "The thing left to do before this one" },
      ...keyed("Previous", "<"),
    ),
    button("nextLeft", null, { title: "The next thing left to do" }, ...keyed("Next to do", ">")),
    h("span", { class: "bar" }),
    button("palette", null, { class: "plain" }, ...keyed("Commands", "Ctrl+K")),
    button("help", null, { class: "plain", "aria-label": "Keys" }, ...keyed("Keys", "?")),
  );
}

/** @param {Desk} desk */
function layers(desk) {
  const kinds = { work: "", reference: ", read only", suggestions: ", suggestions" };
  return h(
    "label",
    {},
    h("span", { class: "wide-only" }, "Layer"),
    h(
      "select",
      { "aria-label": "Layer", "data-change": "layer" },
      ...desk.project.layers.map((layer) =>
        h(
          "option",
          { value: layer.name, selected: layer.name === desk.layer },
          `${layer.name}${/** @type {Record<string, string>} */ (kinds)[layer.kind] ?? ""}`,
        ),
      ),
    ),
  );
}

/** @param {HTMLElement} element @param {Desk} desk */
export function drawHeading(element, desk) {
  const { page } = desk;
  element.hidden = page === null;
  if (page === null) return;
  const state = desk.rec.status.state;
  const about = [
    dated(page.meta?.date),
    page.meta?.agency,
    page.meta?.place,
    desk.editable ? null : "read only",
  ];
  draw(
    element,
    h(
      "h1",
      {},
      page.meta?.title || desk.documents.find((row) => row.id === desk.id)?.title || page.id,
    ),
    h(
      "span",
      { class: "soft" },
      about.filter((part) => part !== null && part !== undefined && part !== "").join(" · "),
    ),
    desk.editable
      ? h(
          "span",
          { class: "acts" },
          state === "done"
            ? button("reopen", null, { class: "plain" }, "Done: open again")
            : button("done", null, { class: "main" }, "Done, next ", h("kbd", {}, "Ctrl+Enter")),
        )
      : null,
  );
}

/** @param {{year: number, month: number | null, day: number | null} | null | undefined} date */
export function dated(date) {
  if (date === null || date === undefined) return null;
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return [
    String(date.year),
    date.month === null ? null : two(date.month),
    date.day === null ? null : two(date.day),
  ]
    .filter((part) => part !== null)
    .join("-");
}

/**
 * The types with their letters, so that the list never scrolls away.
 * @param {HTMLElement} element
 * @param {Desk} desk
 */
export function drawLegend(element, desk) {
  element.hidden = desk.session === null || !desk.editable;
  if (element.hidden) return;
  const asked = desk.mode === "event";
  draw(
    element,
    h("span", { class: "what" }, "Mention:"),
    ...mentionButtons(desk),
    button(
      "event",
      null,
      {
        class: "plain",
        title: "Make the selected words an event",
        "aria-expanded": String(asked),
      },
      h("kbd", {}, "e"),
      "event…",
    ),
    asked
      ? h(
          "div",
          { class: "over", role: "group", "aria-label": "Types of events" },
          h("span", { class: "what" }, "Event:"),
          ...frameButtons(desk),
          button("cancel", null, { class: "bare" }, "Cancel ", h("kbd", {}, "Esc")),
        )
      : null,
  );
}

/**
 * Subtypes stand in the palette and in the card of what is picked: there may be dozens.
 * @param {Desk} desk
 * @param {string} type
 */
function leads(desk, type) {
  const above = type.slice(0, Math.max(0, type.lastIndexOf(".")));
  return !Object.hasOwn(desk.schema.mentions, above);
}

/** @param {Desk} desk */
export function mentionButtons(desk) {
  const card = desk.cardType;
  return Object.entries(desk.schema.mentions)
    .filter(([type]) => leads(desk, type))
    .map(([type, about]) =>
      button(
        "mark",
        type,
        { title: about.description, "data-hue": `mentions ${type}`, "data-key": type },
        h("kbd", {}, desk.letters.mention(type, card) || "\u00a0"),
        h("span", { class: "type" }, type),
      ),
    );
}

/** @param {Desk} desk */
export function frameButtons(desk) {
  return [...desk.letters.bindings.frame].map(([letter, { list, type }]) =>
    button(
      "trigger",
      { list, type },
      {
        title: desk.schema[list][type]?.description,
        "data-hue": `${list} ${type}`,
        "data-key": `${list} ${type}`,
      },
      h("kbd", {}, letter),
      h("span", { class: "type" }, type),
    ),
  );
}

/** @param {HTMLElement} element @param {Desk} desk */
export function drawStatus(element, desk) {
  const { state, text, open } = desk.saving;
  draw(
    element,
    button(
      "saving",
      null,
      {
        class: `saved ${state}`,
        "aria-label": `Saving: ${text}`,
        title: text,
        "data-key": "saved",
      },
      text,
    ),
    h("span", { class: "now", "data-key": "now" }, now(desk)),
    open > 0
      ? button("conflicts", null, { class: "main" }, open === 1 ? "Choose" : `Choose (${open})`)
      : null,
    ...left(desk),
  );
}

/** What each bar was last drawn from. @type {WeakMap<HTMLElement, object>} */
const DRAWN = new WeakMap();

/**
 * Show what could not be done; the same refusal once more is read out once more.
 * @param {HTMLElement} element
 * @param {Desk} desk
 */
export function drawRefusal(element, { refusal }) {
  if (DRAWN.get(element) === refusal) return;
  DRAWN.set(element, refusal);
  element.replaceChildren(refusal.words);
}

/** @param {Desk} desk */
function now(desk) {
  const armed = armedWords(desk);
  if (armed !== null) return armed;
  if (desk.mode === "event") return "Which event? Press its letter";
  if (desk.mode === "hint") return "Type the two letters at a word";
  return desk.announcer.last;
}

/** What is left to do in the document. @param {Desk} desk */
function left(desk) {
  return desk.left.map(({ kind, count, words }) =>
    button("nextLeft", kind, { class: "soft", "data-key": kind }, `${count} ${words}`),
  );
}
