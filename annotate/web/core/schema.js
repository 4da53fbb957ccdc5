/** What a schema allows, and what it calls things (docs/schema.md). */

import { FIELDS } from "./items.js";

/** @import {FrameList, FrameType, MentionType, Role, Schema} from "./types.js" */

export { bindings } from "./bindings.js";

/** Fillers that are no type. */
export const EVENT = "event";
export const VALUE = "value";
export const SEGMENT = "segment";

/**
 * Whether a dotted type is one of some types, or below one.
 * @param {string} type
 * @param {readonly string[]} types
 */
export function within(type, types) {
  return types.some((other) => type === other || type.startsWith(`${other}.`));
}

/**
 * The entry of a table, if it has one of that name.
 * @template T
 * @param {{[name: string]: T}} table
 * @param {string} name
 * @returns {T | null}
 */
export function entry(table, name) {
  return Object.hasOwn(table, name) ? table[name] : null;
}

/** @param {Schema} schema @param {string} type @returns {MentionType | null} */
export function mentionType(schema, type) {
  return entry(schema.mentions, type);
}

/** @param {Schema} schema @param {FrameList} list @param {string} type @returns {FrameType | null} */
export function frameType(schema, list, type) {
  return entry(schema[list], type);
}

/**
 * The roles of a type of event, relation or template, in the order of the schema.
 * @param {Schema} schema
 * @param {FrameList} list
 * @param {string} type
 * @returns {[string, Role][]}
 */
export function rolesOf(schema, list, type) {
  return Object.entries(frameType(schema, list, type)?.roles ?? {});
}

/**
 * Whether an item of a list and type may fill a role.
 * @param {Role} role
 * @param {string} list
 * @param {string} type
 */
export function fits(role, list, type) {
  return (list === "events" && role.fillers.includes(EVENT)) || within(type, role.fillers);
}

/** The types of mention that may fill a role, in the order of its fillers. @param {Schema} schema @param {Role} role */
export function mentionFillers(schema, role) {
  return role.fillers.filter((type) => Object.hasOwn(schema.mentions, type));
}

/**
 * A type of mention with the types below it, in the order of the schema.
 * @param {Schema} schema
 * @param {string} type
 */
export function family(schema, type) {
  return Object.keys(schema.mentions).filter((other) => within(other, [type]));
}

/** Whether mentions of a type form entities. @param {Schema} schema @param {string} type */
export function forms(schema, type) {
  return mentionType(schema, type)?.entity ?? true;
}

/**
 * The names of the attributes that the items of a list may have, in the order of the schema.
 * @param {Schema} schema
 * @param {string} list
 */
export function attributesOf(schema, list) {
  return Object.keys(schema.attributes).filter((name) => schema.attributes[name].on.includes(list));
}

/**
 * What an item has as attribute, or null.
 * @param {string} list
 * @param {{attrs: {name: string, value: string}[]}} item
 * @param {string} name
 * @returns {string | null}
 */
export function attributeOf(list, item, name) {
  const field = FIELDS.find((one) => one === name);
  if (list === "events" && field) {
    return /** @type {{[name: string]: any}} */ (item)[field] ?? null;
  }
  return item.attrs.find((one) => one.name === name)?.value ?? null;
}

/**
 * The value after this one, as a key that is pressed again chooses it; after the last, none.
 * @param {Schema} schema
 * @param {string} name
 * @param {string | null} value
 * @returns {string | null}
 */
export function nextValue(schema, name, value) {
  const values = Object.keys(entry(schema.attributes, name)?.values ?? {});
  return values[value === null ? 0 : values.indexOf(value) + 1] ?? null;
}
