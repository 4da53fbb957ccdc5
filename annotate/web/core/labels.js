/** What items are called, for labels, lists and screen readers. */

import { FRAMES } from "./items.js";

/** @import {Rec} from "./record.js" */
/** @import {Argument, Entity, Frame} from "./types.js" */

const KINDS = Object.freeze({
  mentions: "mention",
  entities: "entity",
  relations: "relation",
  events: "event",
  event_clusters: "cluster",
  templates: "template",
  labels: "label",
  status: "document",
  comments: "comment",
  decisions: "decision",
});

/**
 * What an item is and what it is to others, as "mention GPE, Actor of ASSAULT bombardé".
 * @param {Rec} rec
 * @param {string} id
 * @returns {string}
 */
export function title(rec, id) {
  const list = rec.home(id);
  const item = list ? rec.get(list, id) : null;
  if (!list || !item) return "";
  const type = "type" in item ? ` ${item.type}` : "";
  const level = "level" in item && item.level ? ` ${item.level}` : "";
  return [`${KINDS[list]}${type}${level}`, ...roles(rec, id), ...chained(rec, id)].join(", ");
}

/** The roles that an item fills. @param {Rec} rec @param {string} id @returns {string[]} */
export function roles(rec, id) {
  return rec.referrers(id).flatMap(([home, key]) => {
    const list = FRAMES.find((one) => one === home);
    const frame = list ? /** @type {Frame | null} */ (rec.get(list, key)) : null;
    const args = frame?.args.filter((arg) => arg.ref === id) ?? [];
    return args.map((arg) => `${arg.role} of ${called(rec, key)}`);
  });
}

/** @param {Rec} rec @param {string} id @returns {string[]} */
function chained(rec, id) {
  const entity = rec.entityOf(id);
  return entity ? [`entity ${called(rec, entity.id)}`] : [];
}

/**
 * The short name of an item: the words of a mention, the name or best mention of an entity, type
 * and trigger of an event.
 * @param {Rec} rec
 * @param {string} id
 * @returns {string}
 */
export function called(rec, id) {
  const list = rec.home(id);
  const item = list ? /** @type {any} */ (rec.get(list, id)) : null;
  if (!item) return "";
  if (list === "mentions") return item.text;
  if (list === "entities") return entityName(rec, item);
  if (list === "event_clusters")
    return item.events.map((/** @type {string} */ one) => called(rec, one)).join(", ");
  const words = item.triggers?.[0]?.text ?? "";
  return [item.type ?? item.value ?? item.text ?? "", words].filter(Boolean).join(" ");
}

/**
 * What an entity is called: its name, else its longest name in the text, else its first mention.
 * @param {Rec} rec
 * @param {Entity} entity
 * @returns {string}
 */
export function entityName(rec, entity) {
  if (entity.name) return entity.name;
  const mentions = entity.mentions.flatMap((id) => rec.get("mentions", id) ?? []);
  const names = mentions.filter((one) => one.level === "NAM");
  const longest = names.toSorted((a, b) => b.text.length - a.text.length)[0];
  return (longest ?? mentions[0])?.text ?? "";
}

/**
 * What fills a role, for a slot of a card.
 * @param {Rec} rec
 * @param {Argument} arg
 */
export function filler(rec, arg) {
  return arg.ref === null ? (arg.value ?? "") : called(rec, arg.ref);
}
