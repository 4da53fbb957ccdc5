// What annotations are called in panels, messages and labels: by their words, not by their ids.

/** @import { Rec } from "../core/record.js" */
/** @import { Entity, Event, Item, List, Mention } from "../core/types.js" */

const LONG = 60;

/**
 * Return words in one line, with an ellipsis where they are too many.
 * @param {string} words
 * @param {number} [most]
 */
export function shortened(words, most = LONG) {
  const line = words.replaceAll(/\s+/gu, " ").trim();
  const points = [...line];
  return points.length > most ? `${points.slice(0, most - 1).join("")}…` : line;
}

/**
 * Return a name that may be broken where its words meet: PerpetratorOrganisation.
 * @param {string} name
 * @returns {(Node | string)[]}
 */
export function breakable(name) {
  const parts = name.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=[-.])/u);
  return parts.flatMap((part, at) => (at === 0 ? [part] : [document.createElement("wbr"), part]));
}

/** Return words in the quotation marks of this app. @param {string} words */
export function quoted(words) {
  return `«\u00a0${shortened(words)}\u00a0»`;
}

/**
 * Return the words of an item, without marks.
 * @param {Rec} rec
 * @param {List} list
 * @param {any} item
 * @returns {string}
 */
export function wordsOf(rec, list, item) {
  if (list === "mentions") return item.text;
  if (list === "events" || list === "relations") return triggerWords(item) || item.type;
  if (list === "entities") return nameOf(rec, item);
  if (list === "event_clusters") return clusterName(rec, item);
  if (list === "labels") return `${item.scheme}: ${item.value}`;
  return item.text ?? item.type ?? item.id ?? list;
}

/** @param {{triggers: {text: string}[]}} item */
function triggerWords(item) {
  return item.triggers.map((trigger) => trigger.text).join(" + ");
}

/**
 * Return the name of a chain: as given, or else its longest name, or else its first mention.
 * @param {Rec} rec
 * @param {Entity} entity
 */
export function nameOf(rec, entity) {
  if (entity.name) return entity.name;
  const mentions = entity.mentions.flatMap((id) => rec.get("mentions", id) ?? []);
  const named = mentions.filter((one) => one.level === "NAM");
  const best = (named.length > 0 ? named : mentions.slice(0, 1)).sort(longer)[0];
  return best?.text ?? entity.id;
}

/** @param {Mention} one @param {Mention} other */
function longer(one, other) {
  return other.end - other.start - (one.end - one.start);
}

/** @param {Rec} rec @param {{events: string[]}} cluster */
function clusterName(rec, cluster) {
  const first = cluster.events.flatMap((id) => rec.get("events", id) ?? [])[0];
  return first === undefined ? "no events" : triggerWords(first) || first.type;
}

/**
 * Return what an id names: its list, type, words and, of times and numbers, value.
 * @param {Rec} rec
 * @param {string} id
 * @returns {{list: List, type: string, words: string, value: string | null} | null}
 */
export function named(rec, id) {
  const list = rec.home(id);
  const item = list === null ? null : rec.get(list, id);
  if (list === null || item === null) return null;
  const type = "type" in item ? item.type : "";
  const value = list === "mentions" ? (/** @type {Mention} */ (item).value?.norm ?? null) : null;
  return { list, type, words: wordsOf(rec, list, item), value };
}

/**
 * Return a normalised value as it is read: without its kind.
 * @param {string} norm as "date:2031-03-14"
 */
export function valueWords(norm) {
  return norm.replace(/^[a-z]+:/u, "");
}

/**
 * Return where an item stands in the text, or null.
 * @param {Rec} rec
 * @param {string} id
 * @returns {[number, number] | null}
 */
export function placeOf(rec, id) {
  const list = rec.home(id);
  const item = /** @type {any} */ (list === null ? null : rec.get(list, id));
  if (item === null) return null;
  if (typeof item.start === "number") return [item.start, item.end];
  if (item.triggers?.length > 0) return [item.triggers[0].start, item.triggers[0].end];
  const first = item.mentions?.[0] ?? item.events?.[0] ?? item.args?.[0]?.ref ?? null;
  return first === null || first === id ? null : placeOf(rec, first);
}

/**
 * Return a frame in one line: its fillers in the order of its roles.
 * @param {Rec} rec
 * @param {{args: Event["args"]}} frame
 */
export function summary(rec, frame) {
  return frame.args
    .map((arg) => (arg.ref === null ? (arg.value ?? "") : (named(rec, arg.ref)?.words ?? arg.ref)))
    .map((words) => shortened(words, 28))
    .join(" · ");
}

/** @typedef {Item} Named */
