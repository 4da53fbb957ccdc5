/** What is left to do in a record, and the next of it. */

import { FRAMES } from "./items.js";
import { rolesOf } from "./schema.js";
import { open } from "./suggestions.js";
import { united } from "./twins.js";

/** @import {Rec} from "./record.js" */
/** @import {Frame, Layer, Schema} from "./types.js" */
/** @typedef {"suggestion" | "flag" | "comment" | "role" | "value" | "empty"} Kind */

/**
 * @typedef {object} Left  one thing left to do
 * @property {Kind} kind  a suggestion to decide; a flag; a comment that is not resolved; a role
 *   without the fillers that it needs; a time or number without value; a paragraph without
 *   annotation
 * @property {number} start
 * @property {number} end
 * @property {string} id  of the ghost, comment or event; of a paragraph its place
 * @property {string} what  one sentence
 */

/**
 * All that is left, by place in the text.
 * @param {Rec} rec
 * @param {{schema: Schema, layers?: Layer[], blocks?: {start: number, end: number}[]}} about
 *   blocks: the paragraphs of the text
 * @returns {Left[]}
 */
export function left(rec, { schema, layers = [], blocks = [] }) {
  const all = [
    ...suggested(rec, layers),
    ...noted(rec),
    ...unfilled(rec, schema),
    ...unvalued(rec, schema),
    ...bare(rec, blocks),
  ];
  return all.sort((a, b) => a.start - b.start);
}

/**
 * The next thing after a place in the text, or the one before it; from the end it goes on at the
 * beginning. Null if nothing of that kind is left.
 * @param {Left[]} things  as `left` gives them
 * @param {number} from
 * @param {{kind?: Kind | null, back?: boolean}} [wanted]
 * @returns {Left | null}
 */
export function next(things, from, { kind = null, back = false } = {}) {
  const fitting = things.filter((one) => kind === null || one.kind === kind);
  if (back) return fitting.findLast((one) => one.start < from) ?? fitting.at(-1) ?? null;
  return fitting.find((one) => one.start > from) ?? fitting[0] ?? null;
}

/** How much of each kind is left. @param {Left[]} things @returns {{[kind in Kind]?: number}} */
export function counts(things) {
  /** @type {{[kind in Kind]?: number}} */
  const found = {};
  for (const { kind } of things) found[kind] = (found[kind] ?? 0) + 1;
  return found;
}

/** @param {Rec} rec @param {Layer[]} layers @returns {Left[]} */
function suggested(rec, layers) {
  return united(open(rec, layers), layers)
    .filter((one) => one.frame === null)
    .map(({ id, list, item, start }) => {
      const type = "type" in item ? item.type : list;
      const end = "end" in item && item.end ? item.end : start;
      return { kind: "suggestion", start, end, id, what: `Suggested: ${type}` };
    });
}

/** @param {Rec} rec @returns {Left[]} */
function noted(rec) {
  return rec
    .all("comments")
    .filter((one) => !one.resolved)
    .map((one) => {
      const kind = one.flag ? "flag" : "comment";
      const [start, end] = one.target ? placeOf(rec, one.target) : [one.start ?? 0, one.end ?? 0];
      return { kind, start, end, id: one.id, what: one.text || "Flagged" };
    });
}

/**
 * Where an item stands in the text.
 * @param {Rec} rec
 * @param {string} id
 * @returns {[number, number]}
 */
export function placeOf(rec, id) {
  const list = rec.home(id);
  const item = list ? /** @type {any} */ (rec.get(list, id)) : null;
  const span = list === "mentions" ? item : item?.triggers?.[0];
  if (span) return [span.start, span.end];
  const part =
    item?.mentions?.[0] ??
    item?.events?.[0] ??
    item?.args?.find((/** @type {any} */ arg) => arg.ref)?.ref;
  return part && part !== id && rec.home(part) === "mentions" ? placeOf(rec, part) : [0, 0];
}

/** @param {Rec} rec @param {Schema} schema @returns {Left[]} */
function unfilled(rec, schema) {
  return FRAMES.flatMap((list) =>
    rec.all(list).flatMap((frame) => {
      const [start, end] = placeOf(rec, frame.id);
      return missing(schema, list, frame).map((role) => ({
        kind: /** @type {Kind} */ ("role"),
        start,
        end,
        id: frame.id,
        what: `${frame.type} needs ${role}`,
      }));
    }),
  );
}

/** Mentions whose type has values, and that have none. @param {Rec} rec @param {Schema} schema */
function unvalued(rec, schema) {
  return rec
    .all("mentions")
    .filter(({ type, value }) => value === null && (schema.mentions[type]?.values.length ?? 0) > 0)
    .map(({ id, start, end, type, text }) => ({
      kind: /** @type {Kind} */ ("value"),
      start,
      end,
      id,
      what: `${type} ${text} has no value`,
    }));
}

/**
 * The roles of a frame that need more fillers.
 * @param {Schema} schema
 * @param {import("./types.js").FrameList} list
 * @param {Frame} frame
 */
export function missing(schema, list, frame) {
  return rolesOf(schema, list, frame.type)
    .filter(([name, { min }]) => frame.args.filter((arg) => arg.role === name).length < min)
    .map(([name]) => name);
}

/** @param {Rec} rec @param {{start: number, end: number}[]} blocks @returns {Left[]} */
function bare(rec, blocks) {
  const spans = [...rec.all("mentions"), ...rec.all("events").flatMap((one) => one.triggers)];
  const starts = spans.map((one) => one.start).sort((a, b) => a - b);
  let place = 0;
  /** @type {Left[]} */
  const found = [];
  for (const { start, end } of blocks) {
    while (place < starts.length && starts[place] < start) place += 1;
    const first = starts[place] ?? Infinity;
    if (first >= end)
      found.push({ kind: "empty", start, end, id: String(start), what: "Nothing is marked here" });
  }
  return found;
}
