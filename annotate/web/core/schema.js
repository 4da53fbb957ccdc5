/** What a schema allows, and what it calls things (docs/schema.md). */

import { entry } from "./entry.js";

/** @import {FrameList, FrameType, MentionType, Role, Schema} from "./types.js" */

export { attributeOf, attributesOf, nextValue } from "./attributes.js";
export { entry } from "./entry.js";
export { bindings } from "./bindings.js";

/** Fillers that are no type. */
export const EVENT = "event";
export const VALUE = "value";

/**
 * Whether a dotted type is one of some types, or below one.
 * @param {string} type
 * @param {readonly string[]} types
 */
export function within(type, types) {
  return types.some((other) => type === other || type.startsWith(`${other}.`));
}

/** @param {Schema} schema @param {string} type @returns {MentionType | null} */
export function mentionType(schema, type) {
  return entry(schema.mentions, type);
}

/**
 * @param {Schema} schema
 * @param {FrameList} list
 * @param {string} type
 * @returns {FrameType | null}
 */
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

/**
 * The types of mention that may fill a role, in the order of its fillers.
 * @param {Schema} schema
 * @param {Role} role
 */
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
