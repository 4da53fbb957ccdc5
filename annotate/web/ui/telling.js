// What an operation did, in one sentence: for the history, the line below and the screen reader.

import { equal } from "../core/items.js";
import { named, quoted, shortened, wordsOf } from "./naming.js";

/** @import { Rec } from "../core/record.js" */
/** @import { Argument, Change, Comment } from "../core/types.js" */

/** @type {Record<string, string>} */
const NOUNS = {
  mentions: "mention",
  entities: "chain",
  relations: "relation",
  events: "event",
  event_clusters: "cluster",
  templates: "template",
  labels: "label",
  comments: "comment",
  decisions: "decision",
  status: "document",
};

/**
 * Return what changes did, as one sentence without a full stop.
 * @param {string} verb
 * @param {readonly Change[]} changes
 * @param {Rec} rec to find the words of what they refer to
 */
export function told(verb, changes, rec) {
  const change = leading(verb, changes);
  if (change === null) return verb;
  const said = tell(change, rec);
  if (verb === "undo" || verb === "redo")
    return `${verb === "undo" ? "Undid" : "Did again"}: ${said}`;
  if (verb === "import") return `Imported ${changes.length} annotations`;
  const others = changes.filter((one) => one !== change && one.list === change.list).length;
  return others > 0 ? `${capital(said)}, and ${others} more` : capital(said);
}

/**
 * Return what was undone or is done again.
 * @param {"undo" | "redo"} way
 * @param {readonly Change[]} changes as they were done at first
 * @param {Rec} rec
 */
export function retold(way, changes, rec) {
  const said = told("", changes, rec).replace(/^New mention/u, "marked");
  const words = said.charAt(0).toLowerCase() + said.slice(1);
  return `${way === "undo" ? "Undone" : "Done again"}: ${words}`;
}

/** @param {string} words */
function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The order in which lists are worth telling. */
const WEIGHT = [
  "events",
  "relations",
  "templates",
  "mentions",
  "event_clusters",
  "entities",
  "labels",
  "comments",
  "status",
  "decisions",
];

/** @param {string} verb @param {readonly Change[]} changes @returns {Change | null} */
function leading(verb, changes) {
  const first =
    verb === "mark" || verb === "same"
      ? ["mentions"]
      : verb === "accept" || verb === "refuse"
        ? WEIGHT
        : [];
  const order = [...first, ...WEIGHT];
  return [...changes].sort((a, b) => order.indexOf(a.list) - order.indexOf(b.list))[0] ?? null;
}

/** @param {Change} change @param {Rec} rec */
function tell(change, rec) {
  if (change.list === "status") return status(change);
  if (change.list === "decisions") return decision(change);
  if (change.list === "comments") return remark(change, rec);
  const item = /** @type {any} */ (change.after ?? change.before);
  const found = wordsOf(rec, change.list, item);
  const type = item.type ? ` ${item.type}` : "";
  // What has no words of its own is called by its type.
  const words = found === item.type ? "" : ` ${quoted(found)}`;
  if (change.before === null) return `new ${NOUNS[change.list]}${type}${words}`;
  if (change.after === null) return `deleted ${NOUNS[change.list]}${type}${words}`;
  return `${NOUNS[change.list]}${words || type}: ${differences(change, rec)}`;
}

/** @param {Change} change */
function status(change) {
  const state = /** @type {any} */ (change.after)?.state ?? null;
  return `document ${state ?? "not begun"}`;
}

/** @param {Change} change @param {Rec} rec */
function remark(change, rec) {
  const before = /** @type {Comment | null} */ (change.before);
  const after = /** @type {Comment | null} */ (change.after);
  const item = /** @type {Comment} */ (after ?? before);
  const noun = item.flag && item.text === "" ? "flag" : "comment";
  const on = item.target === null ? null : (named(rec, item.target)?.words ?? null);
  const range =
    item.start === null || item.end === null ? null : rec.text.slice(item.start, item.end);
  const place = on ?? range;
  const what = `${noun} on ${place === null ? "the document" : quoted(place)}`;
  if (before === null) return `new ${what}`;
  if (after === null) return `took away the ${what}`;
  return before.resolved === after.resolved
    ? `changed the ${what}`
    : `${after.resolved ? "resolved" : "opened"} the ${what}`;
}

/** @param {Change} change */
function decision(change) {
  const item = /** @type {any} */ (change.after ?? change.before);
  return `suggestion ${change.after === null ? "open again" : item.outcome}`;
}

/** @param {Change} change @param {Rec} rec */
function differences(change, rec) {
  const before = /** @type {Record<string, any>} */ (change.before);
  const after = /** @type {Record<string, any>} */ (change.after);
  const names = Object.keys(after).filter(
    (name) => !equal(before[name], after[name]) && name !== "text",
  );
  return names.map((name) => difference(name, before[name], after[name], rec)).join("; ");
}

/**
 * @param {string} name
 * @param {any} before
 * @param {any} after
 * @param {Rec} rec
 * @returns {string}
 */
function difference(name, before, after, rec) {
  if (name === "args") return argued(before, after, rec);
  if (name === "mentions" || name === "events") return membership(before, after, rec);
  if (name === "attrs") return attributes(before, after);
  if (name === "value") return `value ${after?.norm ?? "none"}`;
  if (Array.isArray(after)) return `${name} ${after.length} instead of ${before.length}`;
  return `${name} ${shown(before)} → ${shown(after)}`;
}

/** @param {unknown} value */
function shown(value) {
  return value === null || value === "" ? "none" : shortened(String(value), 40);
}

/** @param {Argument[]} before @param {Argument[]} after @param {Rec} rec */
function argued(before, after, rec) {
  const words = (/** @type {Argument} */ arg) =>
    `${arg.role} ${quoted(arg.ref === null ? (arg.value ?? "") : (named(rec, arg.ref)?.words ?? arg.ref))}`;
  return changed(before, after, words);
}

/** @param {string[]} before @param {string[]} after @param {Rec} rec */
function membership(before, after, rec) {
  return changed(before, after, (id) => quoted(named(rec, id)?.words ?? id));
}

/**
 * @param {{name: string, value: string}[]} before
 * @param {{name: string, value: string}[]} after
 */
function attributes(before, after) {
  return changed(before, after, (one) => `${one.name} ${one.value}`);
}

/**
 * @template T
 * @param {T[]} before
 * @param {T[]} after
 * @param {(one: T) => string} words
 */
function changed(before, after, words) {
  const gone = before.filter((one) => !after.some((other) => equal(one, other)));
  const come = after.filter((one) => !before.some((other) => equal(one, other)));
  const parts = [...come.map((one) => `+ ${words(one)}`), ...gone.map((one) => `− ${words(one)}`)];
  return parts.length === 0 ? "order" : parts.join(", ");
}
