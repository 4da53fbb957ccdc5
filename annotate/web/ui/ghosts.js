// Suggestions of other layers that are still open, as the text and the panel show them.

import { disagreements, open } from "../core/suggestions.js";
import { united } from "../core/twins.js";
import { button, h } from "./element.js";
import { shortened } from "./naming.js";

/** @import { Layer, List, Mention, Trigger } from "../core/types.js" */
/** @import { Rec } from "../core/record.js" */
/** @import { Desk } from "./desk.js" */

/**
 * @typedef {object} Ghost
 * @property {string} id layer/id
 * @property {string} layer
 * @property {string[]} layers all that suggest just that
 * @property {string[]} twins the ids of the same in other layers
 * @property {string} key its id in the layer
 * @property {List} list
 * @property {any} item
 * @property {string} type
 * @property {string} words
 * @property {(Trigger | Mention)[]} places in the text; none if it is drawn nowhere
 * @property {string | null} frame the suggestion that brings this one along
 */

/** @param {Rec} rec @param {Layer[]} layers @returns {Ghost[]} */
export function ghostsOf(rec, layers) {
  const words = new Map(layers.map((layer) => [layer.name, wordsIn(layer)]));
  return united(open(rec, layers), layers).map((ghost) => {
    const item = /** @type {any} */ (ghost.item);
    const places =
      ghost.list === "mentions"
        ? [item]
        : ghost.list === "events" || ghost.list === "relations"
          ? item.triggers
          : [];
    return {
      ...ghost,
      item,
      type: item.type ?? item.scheme ?? ghost.list,
      places,
      words: words.get(ghost.layer)?.(ghost.list, item) ?? "",
    };
  });
}

/** @type {Record<string, string>} */
const DIFFER = {
  missing: "Not all systems have this",
  type: "Systems give it different types",
  arguments: "Systems fill its roles differently",
};

/**
 * Return where layers of suggestions differ and nobody has decided yet, as things left to do.
 * @param {readonly Ghost[]} ghosts
 * @param {Layer[]} layers
 * @returns {any[]}
 */
export function differences(ghosts, layers) {
  if (layers.length < 2) return [];
  const open = new Set(
    ghosts.flatMap(({ list, places: [span] }) => (span ? `${list} ${span.start}` : [])),
  );
  return disagreements(layers)
    .filter(({ list, start }) => open.has(`${list} ${start}`))
    .map(({ start, end, what }) => ({
      kind: "disagreement",
      start,
      end,
      id: `${start} ${end}`,
      what: DIFFER[what] ?? "Systems differ",
    }));
}

/** Return a function that says what suggestions of a layer are called. @param {Layer} layer */
function wordsIn(layer) {
  const known = new Map();
  for (const one of layer.items.mentions ?? []) known.set(one.id, one.text);
  for (const one of layer.items.events ?? [])
    known.set(one.id, one.triggers.map(({ text }) => text).join(" + ") || one.type);
  const all = (/** @type {string[]} */ ids) => ids.map((id) => known.get(id) ?? id).join(" = ");
  return (/** @type {List} */ list, /** @type {any} */ item) => {
    if (list === "mentions" || list === "events") return known.get(item.id) ?? "";
    if (list === "entities") return item.name ?? all(item.mentions);
    if (list === "event_clusters") return all(item.events);
    if (list === "labels") return `${item.scheme}: ${item.value}`;
    return item.args
      .map((/** @type {any} */ arg) => `${arg.role} ${known.get(arg.ref) ?? arg.value ?? ""}`)
      .join(", ");
  };
}

const SHOWN = 40;

/**
 * The suggestion in hand, suggested frames, and what stands nowhere in the text.
 * @param {Desk} desk
 * @returns {HTMLElement[]}
 */
export function ghostsPanel(desk) {
  const now = desk.ghosts.find((one) => one.id === desk.at.ghost) ?? null;
  const frames = desk.ghosts.filter(
    (one) => one !== now && one.places.length > 0 && one.list !== "mentions",
  );
  const others = desk.ghosts.filter((one) => one !== now && one.places.length === 0);
  const count = desk.ghosts.filter((one) => one.frame === null).length;
  if (count === 0) return [];
  return [
    h(
      "section",
      { class: "section", "data-key": "ghosts", "aria-label": "Suggestions" },
      h(
        "header",
        {},
        h("h2", {}, count === 1 ? "1 suggestion left" : `${count} suggestions left`),
        desk.editable
          ? button("next", null, { class: "bare small push" }, "next ", h("kbd", {}, "Tab"))
          : null,
        desk.editable ? button("acceptAll", null, { class: "bare small" }, "accept all") : null,
      ),
      now === null ? null : ghostCard(desk, now),
      ...frames.slice(0, SHOWN).map((ghost) => ghostLine(desk, ghost)),
      others.length === 0
        ? null
        : h(
            "details",
            { class: "ghosts", "data-key": "others" },
            h("summary", {}, `Chains and others: ${others.length}`),
            ...others.slice(0, SHOWN).map((ghost) => ghostLine(desk, ghost)),
          ),
    ),
  ];
}

/** @param {Desk} desk @param {Ghost} ghost */
function ghostCard(desk, ghost) {
  const args =
    ghost.list === "events" || ghost.list === "relations" || ghost.list === "templates"
      ? ghost.item.args
      : [];
  const layer = desk.suggestions.find((one) => one.name === ghost.layer);
  return h(
    "article",
    {
      class: "ghostly picked",
      "data-hue": `${ghost.list} ${ghost.type}`,
      "data-key": ghost.id,
      "aria-label": `Suggested ${ghost.type}`,
    },
    h(
      "div",
      {},
      h("span", { class: "type" }, ghost.type),
      " ",
      h("span", { class: "quote" }, shortened(ghost.words, 60)),
      " ",
      h("span", { class: "from" }, `by ${ghost.layers.join(", ")}`),
    ),
    args.length === 0
      ? null
      : h(
          "dl",
          { class: "ghost-args" },
          ...args.flatMap((/** @type {any} */ arg) => [
            h("dt", {}, arg.role),
            h("dd", { class: "quote" }, layer === undefined ? "" : argWords(layer, arg)),
          ]),
        ),
    acts(desk, ghost),
  );
}

/** @param {Layer} layer @param {{ref: string | null, value: string | null}} arg */
function argWords(layer, arg) {
  const mention = layer.items.mentions?.find((one) => one.id === arg.ref);
  const event = layer.items.events?.find((one) => one.id === arg.ref);
  return mention?.text ?? event?.triggers[0]?.text ?? arg.value ?? "";
}

/** @param {Desk} desk @param {Ghost} ghost */
function ghostLine(desk, ghost) {
  const words = [
    h("span", { class: "type small" }, ghost.type),
    " ",
    h("span", { class: "quote" }, shortened(ghost.words, 60)),
    " ",
    h("span", { class: "from" }, `by ${ghost.layers.join(", ")}`),
  ];
  return h(
    "div",
    { class: "ghost-line", "data-hue": `${ghost.list} ${ghost.type}`, "data-key": ghost.id },
    ghost.places.length > 0
      ? button("pick", { id: ghost.id }, { class: "grow", title: `by ${ghost.layers.join(", ")}` }, ...words)
      : h("span", { class: "grow", title: `by ${ghost.layers.join(", ")}` }, ...words),
    desk.editable
      ? button(
          "acceptGhost",
          ghost.id,
          { class: "bare small", "aria-label": `Accept ${ghost.type} ${ghost.words}` },
          "accept",
        )
      : null,
    desk.editable
      ? button(
          "refuseGhost",
          ghost.id,
          { class: "bare small", "aria-label": `Refuse ${ghost.type} ${ghost.words}` },
          "refuse",
        )
      : null,
  );
}

/** @param {Desk} desk @param {Ghost} ghost */
function acts(desk, ghost) {
  if (!desk.editable) return null;
  const now = ghost.id === desk.at.ghost;
  return h(
    "div",
    { class: "acts" },
    button(
      "acceptGhost",
      ghost.id,
      { class: now ? "main" : "plain small" },
      "Accept ",
      now ? h("kbd", {}, "Enter") : null,
    ),
    button(
      "refuseGhost",
      ghost.id,
      { class: now ? "plain" : "plain small" },
      "Refuse ",
      now ? h("kbd", {}, "Backspace") : null,
    ),
  );
}
