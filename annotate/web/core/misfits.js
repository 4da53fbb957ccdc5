/** Roles that an item would not fit any more if it had another type. */

import { Refusal } from "./refusal.js";
import { fits, frameType } from "./schema.js";

/** @import {Draft} from "./draft.js" */
/** @import {Schema} from "./types.js" */

/**
 * The role that an item of another type could not fill any more, as "Actor of ASSAULT", or null.
 * @param {Draft} draft
 * @param {string} id
 * @param {string} list
 * @param {string} type
 * @param {Schema} schema
 * @returns {string | null}
 */
export function misfit(draft, id, list, type, schema) {
  for (const [home, key] of draft.referrers(id)) {
    if (home !== "events" && home !== "relations" && home !== "templates") continue;
    const frame = draft.get(home, key);
    const roles = frame ? frameType(schema, home, frame.type)?.roles : null;
    const arg = frame?.args.find(
      (one) => one.ref === id && roles?.[one.role] && !fits(roles[one.role], list, type),
    );
    if (arg) return `${arg.role} of ${frame?.type}`;
  }
  return null;
}

/**
 * @param {Draft} draft
 * @param {string} id
 * @param {string} list
 * @param {string} type
 * @param {Schema} schema
 */
export function refuseMisfit(draft, id, list, type, schema) {
  const where = misfit(draft, id, list, type, schema);
  if (where) throw new Refusal(`It is ${where}, which ${type} does not fit; empty that first`);
}
