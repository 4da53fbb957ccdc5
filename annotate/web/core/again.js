/** Marking many places at once. */

import { tie } from "./chains.js";
import { Draft } from "./draft.js";
import { marked } from "./mentions.js";

/** @import {Rec} from "./record.js" */
/** @import {Change, Mention, Pair, Tools} from "./types.js" */

/**
 * Mentions at all these places, in one operation. With the mention they are like they have its
 * level and value; with an entity (or a mention) they are linked to it.
 * @param {Rec} rec
 * @param {Pair[]} spans
 * @param {string | Mention} like  a type, or the mention they are like
 * @param {string | null} entity
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function sameAgain(rec, spans, like, entity, tools) {
  const draft = new Draft(rec);
  const model = typeof like === "string" ? { type: like } : like;
  const value = "value" in model && model.value?.anchor === null ? model.value : null;
  const level = "level" in model ? model.level : undefined;
  for (const [start, end] of spans) {
    const made = marked(draft, { start, end, type: model.type, level }, tools);
    if (value && !rec.get("mentions", made.id)) draft.put("mentions", { ...made, value });
    if (entity !== null && !draft.entityOf(made.id)) tie(draft, made.id, entity, tools);
  }
  return draft.changes();
}
