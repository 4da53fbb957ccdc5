/**
 * The grammar of keys: what a key means where, as a table and as functions without state of their
 * own. Nothing here knows the DOM; an event is `{key, code, ctrl, shift, alt, meta}`.
 *
 * Signs are taken as typed, wherever the keyboard has them, and letters by what they print (by
 * their place where the keyboard prints no Latin ones). The digits of an AZERTY keyboard need
 * no Shift, save 6, whose key prints `-`.
 */

import { RESERVED, bindings as keysOf, keyOf } from "./bindings.js";

/** @import {Bindings} from "./bindings.js" */
/** @import {FrameList, Schema} from "./types.js" */

/**
 * @typedef {{key: string, code: string, ctrl: boolean, shift: boolean, alt: boolean,
 *   meta: boolean}} Press
 * @typedef {"text" | "card" | "armed" | "event" | "hint" | "same"} Mode  no card; a card is open;
 *   a role waits for its filler; after `e`; after `f`; identical strings are offered
 * @typedef {{list: FrameList, type: string}} FrameKind
 * @typedef {{name: string, argument: any}} Command
 * @typedef {object} Row  of the table that `?` and the palette show
 * @property {string} name  of the command
 * @property {string[]} strokes  as `stroke` says them; empty if the schema or a digit says it
 * @property {string} keys  for people
 * @property {string} title
 * @property {string} group
 * @property {Mode[]} modes  where it holds
 *
 * @typedef {object} State  of the two-key sequences
 * @property {Mode} mode
 * @property {FrameKind | null} frame  what the open card is of
 * @property {string} typed  letters of a hint so far
 * @property {Mode} back  the mode after the sequence
 */

/** @type {Mode[]} */
const WRITING = ["text", "card", "armed"];
/** @type {Mode[]} */
const ALL = [...WRITING, "event", "hint", "same"];

/** What has a key, by the group under which it is shown. */
const GROUPS = {
  Mark: [
    row(
      "mark",
      [],
      "type letter",
      "Mark the selection or word, or give the picked mention the type",
    ),
    row("addPiece", ["+"], "+", "Add the selection as a piece"),
    row("shrinkEnd", ["["], "[", "Move the right border one word to the left"),
    row("growEnd", ["]"], "]", "Move the right border one word to the right"),
    row("growStart", ["{"], "{", "Move the left border one word to the left"),
    row("shrinkStart", ["}"], "}", "Move the left border one word to the right"),
    row("takeSelection", ["|"], "|", "Give what is picked the borders of the selection"),
    row("same", ["*"], "*", "Same again: offer all identical strings"),
    row("repeat", ["."], ".", "Repeat the last action"),
    row(
      "remove",
      ["backspace", "delete"],
      "Backspace, Delete",
      "Delete the picked item, or refuse the suggestion",
    ),
  ],
  Events: [
    row(
      "event",
      [RESERVED.event],
      "e, then a type letter",
      "Make the selection or word the trigger of an event",
    ),
    row(
      "fill",
      [],
      "role letter",
      "Fill a role of the open event with the selection, mention or word",
      ["card"],
    ),
    row("arm", [], "Shift+role letter", "Choose the role first, then its filler", ["card"]),
    row(
      "candidate",
      [],
      "1 to 9",
      "Fill a role with the suggested filler of that number",
      ["card"],
    ),
    row(
      "attribute",
      [],
      "attribute letter",
      "Go through the values of an attribute of the open event",
      ["card"],
    ),
    row(
      "duplicate",
      [RESERVED.duplicate],
      "Shift+E",
      "Duplicate the open event",
      ["card", "armed"],
    ),
  ],
  Entities: [
    row("link", [], "1 to 9", "Put the picked mention into the entity of that number", ["text"]),
    row("chooseChain", ["="], "=", "Choose an entity for the picked mention by typing"),
    row("unlink", ["-"], "-", "Take the picked mention out of its entity"),
  ],
  Review: [
    row("accept", ["enter"], "Enter", "Accept the suggestion, or choose what is picked"),
    row("next", ["tab"], "Tab", "Next mention or suggestion"),
    row("previous", ["shift+tab"], "Shift+Tab", "Previous mention or suggestion"),
    row("nextLeft", [">"], ">", "Next thing left to do"),
    row("previousLeft", ["<"], "<", "Previous thing left to do"),
    row("flag", ["!"], "!", "Flag it, or take the flag off"),
    row("comment", [";"], ";", "Comment on it"),
  ],
  Move: [
    row("jump", [RESERVED.jump], "f, then two letters", "Jump to a word"),
    row("leave", ["escape"], "Esc", "Close the card, then drop the selection"),
  ],
  Document: [
    row("undo", ["ctrl+z"], "Ctrl+Z", "Undo", ALL),
    row("redo", ["ctrl+shift+z", "ctrl+y"], "Ctrl+Shift+Z, Ctrl+Y", "Redo", ALL),
    row("done", ["ctrl+enter"], "Ctrl+Enter", "Document done, open the next", ALL),
    row("palette", ["ctrl+k"], "Ctrl+K", "Find every command by typing", ALL),
    row("help", ["?"], "?", "Show the keys"),
  ],
  "Same again": [
    row("sameAll", ["enter"], "Enter", "Mark all that are chosen", ["same"]),
    row("sameToggle", ["space"], "Space", "Choose it or not", ["same"]),
    row("sameNext", ["tab", "arrowdown", "arrowright"], "Tab", "Next", ["same"]),
    row("samePrevious", ["shift+tab", "arrowup", "arrowleft"], "Shift+Tab", "Previous", ["same"]),
    row("cancel", ["escape"], "Esc", "Leave it", ["event", "hint", "same"]),
  ],
};

/** Every command that has a key. @type {readonly Row[]} */
export const TABLE = Object.freeze(
  Object.entries(GROUPS).flatMap(([group, rows]) => rows.map((one) => ({ ...one, group }))),
);

/** Keys that the text pane takes itself (text/caret.js), for `?`. */
export const MOVES = Object.freeze([
  { keys: "arrows", title: "Move by words" },
  { keys: "Shift+arrows", title: "Select words" },
  { keys: "Ctrl+arrows", title: "Move by sentences" },
  { keys: "Alt+arrows", title: "Move by characters" },
  { keys: "PageUp, PageDown", title: "Scroll" },
]);

/**
 * @param {string} name
 * @param {string[]} strokes
 * @param {string} keys
 * @param {string} title
 * @param {Mode[]} [modes]
 */
function row(name, strokes, keys, title, modes = WRITING) {
  return { name, strokes, keys, title, modes };
}

/** @type {Map<string, string>} mode and stroke -> command */
const FIXED = new Map(
  TABLE.flatMap(({ name, strokes, modes }) =>
    modes.flatMap((mode) =>
      strokes.map((one) => /** @type {[string, string]} */ ([`${mode} ${one}`, name])),
    ),
  ),
);
const SIGNS = new Set(TABLE.flatMap((one) => one.strokes.filter((key) => /^[^\w\s]$/u.test(key))));

/**
 * A key as one word: `a`, `A`, `7`, `[`, `enter`, `shift+tab`, `ctrl+shift+z`; null for what is no
 * key by itself (Shift, a dead key) or is left to the browser (Alt+letter).
 * @param {Press} press
 * @returns {string | null}
 */
export function stroke({ key, code, ctrl, shift, alt, meta }) {
  // AltGr, with which signs are typed on many keyboards, arrives as Ctrl+Alt or (Mac) as Alt.
  const graph = key.length === 1 && alt && (ctrl || SIGNS.has(key));
  const control = !graph && (ctrl || meta);
  if (alt && !graph) return null;
  const name = key.length === 1 ? character(key, code, shift) : named(key);
  if (name === null) return null;
  const held = [control ? "ctrl" : "", shift && (control || name.length > 1) ? "shift" : ""];
  return [...held.filter(Boolean), control ? name.toLowerCase() : name].join("+");
}

/** @param {string} key @param {string} code @param {boolean} shift @returns {string | null} */
function character(key, code, shift) {
  if (key === " ") return "space";
  const digit = /^Digit([1-9])$/u.exec(code)?.[1];
  if (/\d/u.test(key) || SIGNS.has(key)) return key;
  if (digit && !shift) return digit;
  // Caps Lock does not count, and neither does a keyboard that prints other letters.
  const letter = /^[a-z]$/iu.test(key) ? key : /^Key([A-Z])$/u.exec(code)?.[1];
  if (!letter) return null;
  return shift ? letter.toUpperCase() : letter.toLowerCase();
}

/** Keys that do nothing by themselves. */
const STILL = new Set(
  "Shift Control Alt Meta AltGraph CapsLock Dead Process Unidentified".split(" "),
);

/** @param {string} key @returns {string | null} */
function named(key) {
  return STILL.has(key) ? null : key.toLowerCase();
}

/**
 * What a key does, or null if it does nothing here.
 * @param {Mode} mode
 * @param {Press} press
 * @param {Bindings} bindings
 * @param {string | FrameKind | null} [frame]  what the open card is of; a string: of events
 * @returns {Command | null}
 */
export function command(mode, press, bindings, frame = null) {
  const key = stroke(press);
  if (key === null) return null;
  const kind =
    typeof frame === "string" ? { list: /** @type {FrameList} */ ("events"), type: frame } : frame;
  const fixed = FIXED.get(`${mode} ${key}`);
  if (fixed) return { name: fixed, argument: null };
  if (mode === "event") return after(bindings, key);
  if (mode === "hint")
    return /^[a-z]$/iu.test(key) ? { name: "hint", argument: key.toLowerCase() } : null;
  if (mode === "same") return null;
  if (/^[1-9]$/u.test(key)) {
    return { name: mode === "text" ? "link" : "candidate", argument: Number(key) };
  }
  return mode === "text" || !kind
    ? said("mark", bindings.mention, key)
    : onCard(bindings, kind, key);
}

/** @param {Bindings} bindings @param {string} key @returns {Command | null} */
function after(bindings, key) {
  const kind = bindings.frame.get(key);
  if (kind) return { name: "trigger", argument: kind };
  return /^[a-z\d]$/iu.test(key) ? { name: "cancel", argument: null } : null;
}

/**
 * @param {Bindings} bindings
 * @param {FrameKind} kind
 * @param {string} key
 * @returns {Command | null}
 */
function onCard(bindings, { list, type }, key) {
  const card = bindings.card(type, list);
  const lower = key.toLowerCase();
  return (
    said("fill", card.role, key) ??
    (key !== lower ? said("arm", card.role, lower) : null) ??
    said("attribute", card.attribute, key) ??
    said("mark", card.mention, key)
  );
}

/**
 * @param {string} name
 * @param {Map<string, string>} map
 * @param {string} key
 * @returns {Command | null}
 */
function said(name, map, key) {
  const argument = map.get(key);
  return argument === undefined ? null : { name, argument };
}

/** The state in which a document is opened. @returns {State} */
export function start() {
  return { mode: "text", frame: null, typed: "", back: "text" };
}

/**
 * What a key does, and the state after it. `e` and `f` wait for what follows: `event` and `jump`
 * come at once (to show the choices), then `trigger` with its type, `hint` with both letters, or
 * `cancel`. Opening and closing cards is for the caller, who sets `mode` and `frame`.
 * @param {State} state
 * @param {Press} event
 * @param {Bindings} bindings
 * @returns {{state: State, command: string | null, args: any}}
 */
export function press(state, event, bindings) {
  const found = command(state.mode, event, bindings, state.frame);
  if (!found) return { state, command: null, args: null };
  const { name, argument } = found;
  if (name === "hint") return hinted(state, argument);
  return { state: following(state, name, argument), command: name, args: argument };
}

/**
 * @param {State} state
 * @param {string} letter
 * @returns {{state: State, command: string | null, args: any}}
 */
function hinted(state, letter) {
  const typed = state.typed + letter;
  if (typed.length < 2) return { state: { ...state, typed }, command: null, args: null };
  return { state: { ...state, mode: state.back, typed: "" }, command: "hint", args: typed };
}

/** @param {State} state @param {string} name @param {any} argument @returns {State} */
function following(state, name, argument) {
  const back = WRITING.includes(state.mode) ? state.mode : state.back;
  if (name === "event") return { ...state, mode: "event", back };
  if (name === "jump") return { ...state, mode: "hint", typed: "", back };
  if (name === "same") return { ...state, mode: "same", back };
  if (name === "arm") return { ...state, mode: "armed", back: "card" };
  if (name === "trigger") return { ...state, mode: "card", frame: argument, back: "card" };
  if (name === "leave")
    return state.mode === "armed" ? { ...state, mode: "card" } : { ...start() };
  const over = ["cancel", "sameAll"].includes(name) || (state.mode === "armed" && name === "fill");
  return over ? { ...state, mode: state.mode === "armed" ? "card" : back, typed: "" } : state;
}

/**
 * The table with the keys of a schema in it: each type, role and attribute is a row of its own.
 * @param {Schema} schema
 * @param {FrameKind | null} [frame]  what the open card is of
 * @returns {{name: string, argument: any, keys: string, title: string, group: string}[]}
 */
export function shown(schema, frame = null) {
  const bound = keysOf(schema);
  const card = frame ? bound.card(frame.type, frame.list) : null;
  const fixed = TABLE.filter((one) => one.strokes.length > 0).map(
    ({ name, keys, title, group }) => ({
      name,
      argument: null,
      keys,
      title,
      group,
    }),
  );
  const roles = frame ? (schema[frame.list][frame.type]?.roles ?? {}) : {};
  return [
    ...listed("mark", "Types of mentions", card?.mention ?? bound.mention, schema.mentions),
    ...[...bound.frame].map(([key, { list, type }]) => ({
      name: "trigger",
      argument: { list, type },
      keys: `${RESERVED.event} ${spoken(key)}`,
      title: `${type}: ${schema[list][type].description}`,
      group: "Types of events",
    })),
    ...listed("fill", "Roles", card?.role ?? new Map(), roles),
    ...listed("attribute", "Attributes", card?.attribute ?? new Map(), schema.attributes),
    ...fixed,
  ];
}

/**
 * @param {string} name
 * @param {string} group
 * @param {Map<string, string>} map
 * @param {{[name: string]: {description: string}}} entries
 */
function listed(name, group, map, entries) {
  return [...map].map(([key, argument]) => ({
    name,
    argument,
    keys: spoken(key),
    title: `${argument}: ${entries[argument].description}`,
    group,
  }));
}

/** A key as people say it. @param {string} key */
export function spoken(key) {
  return /^[A-Z]$/u.test(key) ? `Shift+${key}` : key;
}

export { keyOf };
