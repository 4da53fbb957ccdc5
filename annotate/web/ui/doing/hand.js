// What is in hand when a key is pressed: words that are selected, something that is picked, or the
// word under the caret.

import { inverse, net } from "../../core/changes.js";
import { Refusal } from "../../core/refusal.js";

/** @import { Rec } from "../../core/record.js" */
/** @import { Change, Pair } from "../../core/types.js" */
/** @import { Desk } from "../desk.js" */

/** Return the words in hand. @param {Desk} desk @returns {Pair} */
export function words(desk) {
  const found = desk.at.range ?? pickedPlace(desk) ?? desk.at.word;
  if (found === null) throw new Refusal("Select some words first");
  return found;
}

/** @param {Desk} desk @returns {Pair | null} */
function pickedPlace(desk) {
  const { picked } = desk.at;
  const mention = picked === null ? null : desk.rec.get("mentions", picked);
  if (mention !== null) return [mention.start, mention.end];
  const trigger = picked === null ? null : (desk.rec.get("events", picked)?.triggers[0] ?? null);
  return trigger === null ? null : [trigger.start, trigger.end];
}

/**
 * Return what would fill a role now: what is picked, or words.
 * @param {Desk} desk
 * @returns {{ref: string} | {start: number, end: number}}
 */
export function filler(desk) {
  const { picked, range } = desk.at;
  if (range === null && picked !== null && desk.rec.home(picked) !== null) return { ref: picked };
  const [start, end] = words(desk);
  return { start, end };
}

/**
 * Return the changes of several steps, each made on what the one before leaves; the record stays.
 * @param {Rec} rec
 * @param {...(() => Change[])} steps
 * @returns {Change[]}
 */
export function together(rec, ...steps) {
  /** @type {Change[]} */
  const all = [];
  try {
    for (const step of steps) {
      const changes = step();
      rec.apply(changes);
      all.push(...changes);
    }
  } finally {
    rec.apply(inverse(all));
  }
  return net(all);
}

/**
 * Return the ids of items of a list that changes make.
 * @param {readonly Change[]} changes
 * @param {string} list
 */
export function made(changes, list) {
  return changes
    .filter((change) => change.list === list && change.before === null)
    .map((change) => change.id);
}
