/** Looking names up in the tables of a schema, which come as plain objects. */

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
