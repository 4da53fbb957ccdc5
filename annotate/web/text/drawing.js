// A block of text as DOM: text nodes, wrapped where spans cover them. Each wrapper draws one line
// of one span; each label is an empty element whose words the style sheet takes from attributes.

import { parted } from "../core/layout.js";

/** @import {Text} from "../core/offsets.js" */
/** @import {Cover, Layout, Part, Span} from "../core/layout.js" */
/** @import {Tones} from "./tones.js" */

// What comes first of these says in which direction a text runs.
const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}]/u;
const COUNT = new Intl.NumberFormat("en");

/**
 * What is needed to draw a block: where its line ends and empty lines begin (`tail`, in code
 * points), and whether it runs from right to left.
 * @typedef {{text: Text, layout: Layout, tail: number, leftward: boolean, tones: Tones}} Sheet
 */

/**
 * Return whether a text runs from right to left: its first letter says it.
 * @param {string} string
 */
export function leftward(string) {
  return RIGHT_TO_LEFT.test(LETTER.exec(string)?.[0] ?? "");
}

/**
 * What was drawn for the parts of a block: a node for each, by what it shows.
 * @typedef {Map<string, ChildNode>} Drawn
 */

/**
 * Draw a block; the nodes of parts that show the same as before stay.
 * @param {HTMLElement} block
 * @param {Sheet} sheet
 * @param {Drawn} before
 * @returns {Drawn}
 */
export function redraw(block, sheet, before) {
  const after = new Map(
    sheet.layout.parts.map((part) => {
      const key = shown(part);
      return [key, before.get(key) ?? drawn(part, sheet)];
    }),
  );
  for (const [key, node] of before) {
    if (!after.has(key)) node.remove();
  }
  // Both are in the order of the text, so what stays is met in its place.
  let place = block.firstChild;
  for (const node of after.values()) {
    if (node === place) place = place.nextSibling;
    else block.insertBefore(node, place);
  }
  return after;
}

/** A number for each span as it was when it was drawn. @type {WeakMap<Span, number>} */
const numbers = new WeakMap();
let drawnSpans = 0;

/** @param {Span} span */
function number(span) {
  const known = numbers.get(span);
  if (known !== undefined) return known;
  numbers.set(span, (drawnSpans += 1));
  return drawnSpans;
}

/** Return all that the look of a part depends on, as a string. @param {Part} part */
function shown({ start, end, covers, others, more }) {
  let key = `${start} ${end} ${more}`;
  for (const { span, lane, gap, piece } of covers)
    key += ` ${number(span)} ${lane} ${gap ? "gap" : (piece ?? "")}`;
  for (const { span } of others) key += ` ${number(span)}`;
  return key;
}

/** @param {Part} part @param {Sheet} sheet @returns {ChildNode} */
function drawn(part, sheet) {
  const string = sheet.text.slice(part.start, part.end);
  if (part.covers.length > 0) return wrapped(part, string, sheet);
  return part.start >= sheet.tail
    ? element("span", "feeds", string)
    : document.createTextNode(string);
}

/** @param {string} tag @param {string} name @param {...(Node | string)} children */
function element(tag, name, ...children) {
  const made = document.createElement(tag);
  made.className = name;
  made.append(...children);
  return made;
}

/**
 * Return the text of a part in the lines of its spans, the largest outside.
 * @param {Part} part
 * @param {string} string
 * @param {Sheet} sheet
 */
function wrapped(part, string, sheet) {
  const labels = part.covers.filter((cover) => cover.piece !== null && cover.span.kind !== "hit");
  /** @type {(Node | string)[]} */
  let inner = [...labels.map((cover) => label(cover, part, string, sheet)), string];
  if (part.more > 0) inner.unshift(mark(part, string, sheet));
  let wrapper = element("span", "");
  for (const cover of part.covers) {
    wrapper = element("span", line(cover, part, sheet.tones), ...inner);
    inner = [wrapper];
  }
  const picked = part.covers.filter((cover) => !cover.gap && cover.span.kind !== "hit");
  wrapper.dataset.ids = ids([...picked, ...part.others]);
  return wrapper;
}

/** @param {readonly Cover[]} covers */
function ids(covers) {
  return covers.map((cover) => cover.span.id).join(" ");
}

/** Return the classes of a line. @param {Cover} cover @param {Part} part @param {Tones} tones */
function line({ span, lane, gap }, part, tones) {
  if (span.kind === "hit") return "hit";
  const goes = part.end < span.end ? " goes-on" : "";
  return `line ${common(span, lane, tones)}${gap ? " between" : ""}${goes}`;
}

/** @param {Span} span @param {number} lane @param {Tones} tones */
function common(span, lane, tones) {
  const active = span.active ? " active" : "";
  return `${span.kind} lane${lane} ${tones.name(span.colour)}${active}`;
}

/**
 * Return the label of a piece. That of the first is a button that can have the focus and says to a
 * screen reader what the span is; those of other pieces and lines are for the eye.
 * @param {Cover} cover @param {Part} part @param {string} string of the part @param {Sheet} sheet
 */
function label({ span, lane, piece }, part, string, sheet) {
  const made = element(
    "i",
    `label ${common(span, lane, sheet.tones)} ${hanging(string, sheet.leftward)}`,
  );
  const count = span.fragments?.length ?? 0;
  made.dataset.label = count > 0 ? `${span.label} ${(piece ?? 0) + 1}/${count}` : span.label;
  made.dataset.id = span.id;
  if (span.role) made.dataset.role = span.role;
  if (part.start === parted(span)[0]?.[0]) named(made, span);
  else made.ariaHidden = "true";
  return made;
}

/**
 * Return the mark that says how many spans are not drawn; clicks on it go through the first.
 * @param {Part} part @param {string} string of the part @param {Sheet} sheet
 */
function mark({ others, more }, string, sheet) {
  const made = element(
    "i",
    `label more lane${sheet.layout.lines} ${hanging(string, sheet.leftward)}`,
  );
  const words = `${COUNT.format(more)} ${more === 1 ? "span" : "spans"} more here`;
  made.dataset.label = `+${more}`;
  if (others.length > 0) made.dataset.ids = ids(others);
  made.title = words;
  made.setAttribute("role", "button");
  made.tabIndex = -1;
  made.setAttribute("aria-label", words);
  return made;
}

/**
 * Return how a label hangs at its text. Where that runs against its block, a mark of direction
 * keeps the label at its first letter; before a digit or a quotation mark one would move text.
 * @param {string} string @param {boolean} left
 */
function hanging(string, left) {
  const other = /^\p{L}/u.test(string) && leftward(string) !== left;
  return `${other !== left ? "leftward" : "rightward"}${other ? " turned" : ""}`;
}

/** @param {HTMLElement} made @param {Span} span */
function named(made, span) {
  made.setAttribute("role", "button");
  made.tabIndex = -1;
  made.setAttribute("aria-label", span.title ?? `${span.kind}, ${span.label}`);
}
