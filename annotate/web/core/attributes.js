/** Attributes: which there are, what an item has, and what comes next. */

import { entry } from "./entry.js";
import { FIELDS } from "./items.js";

/** @import {Schema} from "./types.js" */

/**
 * The names of the attributes that the items of a list may have, in the order of the schema.
 * @param {Schema} schema
 * @param {string} list
 */
export function attributesOf(schema, list) {
  return Object.keys(schema.attributes).filter((name) =>
    schema.attributes[name].on.includes(list),
  );
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
