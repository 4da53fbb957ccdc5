/** Items of a record: their keys, their defaults, and when two are the same. */

/** @import {Argument, Comment, Entity, Event, EventCluster, Items} from "./types.js" */
/** @import {List, Mention} from "./types.js" */
/** @import {Relation, Status, Template, Trigger} from "./types.js" */

/** The lists of a record, in the order in which it is written. @type {readonly List[]} */
export const LISTS = Object.freeze([
  "mentions",
  "entities",
  "relations",
  "events",
  "event_clusters",
  "templates",
  "labels",
  "status",
  "comments",
  "decisions",
]);

/** Lists of what has arguments. @type {readonly ["events", "relations", "templates"]} */
export const FRAMES = Object.freeze(["events", "relations", "templates"]);

/** Attributes of events that are fields of their own. */
export const FIELDS = Object.freeze(
  /** @type {const} */ (["polarity", "modality", "tense", "genericity"]),
);

/** The status of a record that nobody has worked on. @type {Readonly<Status>} */
export const UNTOUCHED = Object.freeze({ state: null, annotated: [], guideline: null });

/**
 * The key of an item in its list: its id; labels have `scheme|value|target`.
 * @template {List} L
 * @param {L} list
 * @param {Items[L]} item
 * @returns {string}
 */
export function keyOf(list, item) {
  if (list === "status") return "status";
  if ("scheme" in item) return `${item.scheme}|${item.value}|${item.target ?? ""}`;
  return "id" in item ? item.id : "";
}

/**
 * Whether two JSON values are the same, whatever the order of their keys.
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean}
 */
export function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = /** @type {Record<string, unknown>} */ (a);
  const right = /** @type {Record<string, unknown>} */ (b);
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => name in right && equal(left[name], right[name]))
  );
}

/** @param {Partial<Mention> & Trigger & {id: string, type: string}} fields @returns {Mention} */
export function mention({ id, type, start, end, fragments, text, head, ...rest }) {
  const { level = null, value = null, links = [], attrs = [] } = rest;
  return { id, type, start, end, fragments, text, head, level, value, links, attrs };
}

/** @param {Partial<Entity> & {id: string, type: string}} fields @returns {Entity} */
export function entity({ id, type, name = null, mentions = [], links = [], attrs = [] }) {
  return { id, type, name, mentions, links, attrs };
}

/** @param {Partial<Event> & {id: string, type: string}} fields @returns {Event} */
export function event({ id, type, triggers = [], args = [], attrs = [], ...fields }) {
  const { polarity = null, modality = null, tense = null, genericity = null } = fields;
  return { id, type, triggers, args, polarity, modality, tense, genericity, attrs };
}

/** @param {Partial<Relation> & {id: string, type: string}} fields @returns {Relation} */
export function relation({ id, type, args = [], triggers = [], evidence = [], attrs = [] }) {
  return { id, type, args, triggers, evidence, attrs };
}

/** @param {Partial<Template> & {id: string, type: string}} fields @returns {Template} */
export function template({ id, type, args = [], events = [], attrs = [] }) {
  return { id, type, args, events, attrs };
}

/** @param {Partial<EventCluster> & {id: string}} fields @returns {EventCluster} */
export function cluster({ id, events = [], attrs = [] }) {
  return { id, events, attrs };
}

/** @param {Partial<Argument> & {role: string}} fields @returns {Argument} */
export function argument({ role, ref = null, value = null, attrs = [] }) {
  return { role, ref, value, attrs };
}

/** @param {Partial<Comment> & {id: string, user: string}} fields @returns {Comment} */
export function comment({ id, user, target = null, start = null, end = null, ...rest }) {
  const { text = "", flag = false, resolved = false } = rest;
  return { id, target, start, end, text, flag, resolved, user };
}
