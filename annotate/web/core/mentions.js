/** Marking spans, and moving their borders. */

import { Draft } from "./draft.js";
import { levelOf } from "./guess.js";
import { mention as made } from "./items.js";
import { Refusal } from "./refusal.js";
import { mentionType } from "./schema.js";
import { alike, join, pieces, stretched, whole } from "./spans.js";

/** @import {Rec} from "./record.js" */
/** @import {Change, LooseSpan, Mention, Tools, Trigger} from "./types.js" */

/**
 * A new mention, in no chain; nothing if the same is marked already.
 * @param {Rec} rec
 * @param {LooseSpan & {type: string, level?: string | null}} wanted  without level: a guess
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function mark(rec, wanted, tools) {
  const draft = new Draft(rec);
  marked(draft, wanted, tools);
  return draft.changes();
}

/**
 * The mention of a draft that has this span and type, made where there is none.
 * @param {Draft} draft
 * @param {LooseSpan & {type: string, level?: string | null}} wanted
 * @param {Tools} tools
 * @returns {Mention}
 */
export function marked(draft, wanted, { schema, id }) {
  const { type } = wanted;
  if (!mentionType(schema, type)) throw new Refusal(`The schema has no mentions of type ${type}`);
  const span = whole(draft.text, wanted);
  const known = mentionsOver(draft, span).find((one) => one.type === type);
  if (known) return known;
  const level = wanted.level ?? levelOf(draft.rec, schema, type, span.text);
  return draft.put("mentions", made({ ...span, id: id("m"), type, level }));
}

/**
 * The mentions that cover exactly this span, pieces and all.
 * @param {Draft} draft
 * @param {LooseSpan} span
 */
export function mentionsOver(draft, span) {
  const [first, last] = [pieces(span)[0], pieces(span).at(-1)];
  const known = draft.rec.mentionsAt(first[0], last?.[1] ?? first[1]);
  const current = known.flatMap((one) => draft.get("mentions", one.id) ?? []);
  return [...current, ...draft.fresh("mentions")].filter((one) => alike(one, span));
}

/**
 * Other outer bounds for a mention, or for a trigger of an event or relation.
 * @param {Rec} rec
 * @param {string} id
 * @param {{start: number, end: number}} bounds
 * @param {number} [trigger]  which one, if it has several
 * @returns {Change[]}
 */
export function resize(rec, id, { start, end }, trigger = 0) {
  if (start >= end) throw new Refusal("There would be nothing left");
  return respan(rec, id, trigger, (span) => stretched(rec.text, span, start, end));
}

/**
 * One more piece for a mention or trigger, which then is discontinuous unless they touch.
 * @param {Rec} rec
 * @param {string} id
 * @param {{start: number, end: number}} piece
 * @param {number} [trigger]
 * @returns {Change[]}
 */
export function addPiece(rec, id, { start, end }, trigger = 0) {
  whole(rec.text, { start, end });
  return respan(rec, id, trigger, (span) => ({
    ...join(rec.text, [...pieces(span), [start, end]]),
    head: span.head,
  }));
}

/**
 * @param {Rec} rec
 * @param {string} id
 * @param {number} number
 * @param {(span: Trigger) => Trigger} change
 */
function respan(rec, id, number, change) {
  const draft = new Draft(rec);
  const list = rec.home(id);
  if (list === "mentions") {
    const before = /** @type {Mention} */ (rec.get(list, id));
    draft.put(list, { ...before, ...change(before) });
    return draft.changes();
  }
  const frame = list === "events" || list === "relations" ? rec.get(list, id) : null;
  const trigger = frame?.triggers[number];
  if (!frame || !trigger || (list !== "events" && list !== "relations")) {
    throw new Refusal("Pick a mention or an event first");
  }
  const triggers = frame.triggers.with(number, change(trigger));
  // Both lists have triggers; which one it is does not matter here.
  draft.put(/** @type {"events"} */ (list), /** @type {any} */ ({ ...frame, triggers }));
  return draft.changes();
}
