// The borders of what is picked, by mouse: moved by a word, or taken from the selection.

import { Refusal } from "../../core/refusal.js";
import { resize } from "../../core/transitions.js";
import { grown } from "../../core/words.js";

/** @import { App } from "../app.js" */
/** @import { Desk } from "../desk.js" */

/** @type {Record<string, (app: App, argument: any, value: any) => unknown>} */
export const BORDERING = {
  moveBorder: moved,
  takeSelection: (app, id) => taken(app, id),
};

/**
 * @param {App} app
 * @param {{id: string, side: "start" | "end", by: 1 | -1}} argument by 1 it grows
 */
function moved({ desk }, { id, side, by }) {
  const span = spanOf(desk, id);
  const next = span === null ? null : grown(desk.page.tokens, span, side, by);
  if (next === null || desk.do("resize", resize(desk.rec, id, next)).length === 0)
    throw new Refusal("It cannot move further");
}

/**
 * What is picked, or the trigger of the open card, gets the span of the selection.
 * @param {App} app @param {string | null} id
 */
function taken({ desk }, id) {
  const { range } = desk.at;
  if (range === null) throw new Refusal("Select the words that it should have first");
  const target = id ?? overlapped(desk) ?? holder(desk);
  if (target === null) throw new Refusal("Pick a mention or open an event first");
  const [start, end] = range;
  const done = desk.do("resize", resize(desk.rec, target, { start, end }));
  if (done.length === 0) desk.say("It covers just that already");
  const mention = desk.rec.get("mentions", target) !== null;
  desk.look({ range: null, picked: mention ? target : desk.at.picked });
}

/** What was in hand when words were selected. @param {Desk} desk */
function inHand(desk) {
  const { picked, held, frame } = desk.at;
  return [picked, held, frame].flatMap((id) =>
    id === null || spanOf(desk, id) === null ? [] : [id],
  );
}

/** @param {Desk} desk */
function holder(desk) {
  return inHand(desk)[0] ?? null;
}

/** Return what was in hand and has words in common with the selection. @param {Desk} desk */
export function overlapped(desk) {
  const { range } = desk.at;
  if (range === null) return null;
  const meets = (/** @type {string} */ id) => {
    const span = spanOf(desk, id);
    return span !== null && span.start < range[1] && range[0] < span.end;
  };
  return inHand(desk).find(meets) ?? null;
}

/** @param {Desk} desk @param {string} id @returns {{start: number, end: number} | null} */
export function spanOf(desk, id) {
  return (
    desk.rec.get("mentions", id) ??
    desk.rec.get("events", id)?.triggers[0] ??
    desk.rec.get("relations", id)?.triggers[0] ??
    null
  );
}
