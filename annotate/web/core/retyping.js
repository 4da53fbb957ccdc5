/** Giving items another type, and what follows from that. */

import { untie } from "./chains.js";
import { Draft } from "./draft.js";
import { retypeFrame } from "./frames.js";
import { misfit, refuseMisfit } from "./misfits.js";
import { levelOf } from "./guess.js";
import { Refusal } from "./refusal.js";
import { settle } from "./removal.js";
import { forms, mentionType } from "./schema.js";

/** @import {Rec} from "./record.js" */
/** @import {Change, Entity, Mention, Schema, Tools} from "./types.js" */

/**
 * Another type for a mention, event, relation, template or entity. A level or value that the new
 * type does not have goes; a mention that forms no entities leaves its chain; arguments whose role
 * the new type does not have, or that do not fit there, go.
 * @param {Rec} rec
 * @param {string} id
 * @param {string} type
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function retype(rec, id, type, tools) {
  const draft = new Draft(rec);
  const list = rec.home(id);
  if (list === "mentions") retypeMention(draft, id, type, tools.schema);
  else if (list === "entities") retypeEntity(draft, id, type, tools.schema);
  else if (list === "events" || list === "relations" || list === "templates") {
    refuseMisfit(draft, id, list, type, tools.schema);
    retypeFrame(draft, list, id, type, tools.schema);
  } else throw new Refusal("There is nothing here that has a type");
  return draft.changes();
}

/** @param {Draft} draft @param {string} id @param {string} type @param {Schema} schema */
function retypeMention(draft, id, type, schema) {
  const before = /** @type {Mention} */ (draft.get("mentions", id));
  const kind = mentionType(schema, type);
  if (!kind) throw new Refusal(`The schema has no mentions of type ${type}`);
  if (before.type === type) return;
  refuseMisfit(draft, id, "mentions", type, schema);
  const kept = before.level !== null && kind.levels.includes(before.level);
  const level = kept ? before.level : levelOf(draft.rec, schema, type, before.text);
  const norm = before.value?.norm.split(":")[0] ?? "";
  const value = kind.values.length && !kind.values.includes(norm) ? null : before.value;
  draft.put("mentions", { ...before, type, level, value });
  follow(draft, id, type, schema);
}

/**
 * A chain follows the type of its mentions once they all have it; where mentions of the type
 * form no entities, the mention leaves its chain.
 * @param {Draft} draft
 * @param {string} id
 * @param {string} type
 * @param {Schema} schema
 */
function follow(draft, id, type, schema) {
  const chain = draft.entityOf(id);
  if (!chain) return;
  if (!forms(schema, type)) {
    untie(draft, id);
    settle(draft, chain.id);
    return;
  }
  const all = chain.mentions.every((one) => draft.get("mentions", one)?.type === type);
  if (all && !misfit(draft, chain.id, "entities", type, schema)) {
    draft.put("entities", { ...chain, type });
  }
}

/** @param {Draft} draft @param {string} id @param {string} type @param {Schema} schema */
function retypeEntity(draft, id, type, schema) {
  if (!Object.hasOwn(schema.entities, type)) {
    throw new Refusal(`The schema has no entities of type ${type}`);
  }
  refuseMisfit(draft, id, "entities", type, schema);
  const before = /** @type {Entity} */ (draft.get("entities", id));
  draft.put("entities", { ...before, type });
}
