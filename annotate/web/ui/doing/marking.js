// Marking words, and putting right what is marked: type, borders, pieces, level, attributes.

import { Refusal } from "../../core/refusal.js";
import { addPiece, mark, remove, resize, retype, setAttribute } from "../../core/transitions.js";
import { grown } from "../../core/words.js";
import { made, words } from "./hand.js";

/** @import { App } from "../app.js" */

/** @type {Record<string, (app: App, argument: any, value: any) => unknown>} */
export const MARKING = {
  mark: markWords,
  addPiece: (app) => pieceAdded(app),
  shrinkEnd: (app) => moved(app, "end", -1),
  growEnd: (app) => moved(app, "end", 1),
  growStart: (app) => moved(app, "start", 1),
  shrinkStart: (app) => moved(app, "start", -1),
  remove: removePicked,
  removeItem: (app, id) => removeItem(app, id),
  retypeTo: (app, id, type) =>
    app.desk.do("retype", retype(app.desk.rec, id, type, app.desk.tools)),
  setAttribute: (app, { id, name, value }) =>
    app.desk.do("attribute", setAttribute(app.desk.rec, id, name, value, app.desk.tools)),
  attributeText: (app, { id, name }, value) =>
    app.desk.do(
      "attribute",
      setAttribute(app.desk.rec, id, name, value.trim() || null, app.desk.tools),
    ),
  repeat: ({ desk, run }) => {
    if (desk.last === null) throw new Refusal("There is nothing to repeat yet");
    run(desk.last.name, desk.last.argument);
  },
};

/** @param {App} app @param {string} type */
function markWords({ desk }, type) {
  desk.last = { name: "mark", argument: type };
  const { mention } = desk;
  if (mention !== null && desk.at.range === null) {
    if (desk.do("retype", retype(desk.rec, mention.id, type, desk.tools)).length === 0)
      desk.say(`It is ${type} already`);
    return;
  }
  const [start, end] = words(desk);
  const changes = desk.do("mark", mark(desk.rec, { start, end, type }, desk.tools));
  const [id] = made(changes, "mentions");
  const known = desk.rec.mentionsAt(start, end).find((one) => one.type === type);
  if (id === undefined) desk.say("It is marked already");
  desk.look({ picked: id ?? known?.id ?? null, range: null, ghost: null });
}

/**
 * The words in hand become a piece of the picked mention, or of the trigger of the open card.
 * @param {App} app
 */
function pieceAdded({ desk }) {
  const { range, word, picked, held, frame } = desk.at;
  const piece = range ?? word;
  const target = picked ?? held ?? frame;
  if (piece === null) throw new Refusal("Select the words of the piece first");
  if (target === null)
    throw new Refusal("Pick a mention or open an event first, then select the piece");
  const [start, end] = piece;
  const done = desk.do("piece", addPiece(desk.rec, target, { start, end }));
  if (done.length === 0) desk.say("It covers that already");
  desk.look({ range: null, picked: desk.rec.get("mentions", target) === null ? null : target });
}

/** @param {App} app @param {"start" | "end"} side @param {1 | -1} by */
function moved({ desk, reader }, side, by) {
  const { tokens } = desk.page;
  const { range, picked, frame } = desk.at;
  if (range !== null) {
    const next = grown(tokens, { start: range[0], end: range[1] }, side, by);
    if (next === null) throw new Refusal("It cannot move further");
    desk.look({ range: [next.start, next.end] });
    reader.select([next.start, next.end]);
    return;
  }
  const id = picked ?? frame;
  const span = id === null ? null : spanOf(desk, id);
  if (id === null || span === null) throw new Refusal("Pick a mention or an event first");
  const next = grown(tokens, span, side, by);
  if (next === null) throw new Refusal("It cannot move further");
  if (desk.do("resize", resize(desk.rec, id, next)).length === 0)
    throw new Refusal("It cannot move further");
}

/** @param {App["desk"]} desk @param {string} id @returns {{start: number, end: number} | null} */
function spanOf(desk, id) {
  return (
    desk.rec.get("mentions", id) ??
    desk.rec.get("events", id)?.triggers[0] ??
    desk.rec.get("relations", id)?.triggers[0] ??
    null
  );
}

/**
 * Delete what is picked, refuse the suggestion in hand, or delete the event of the open card.
 * @param {App} app
 */
function removePicked(app) {
  const { desk } = app;
  const { ghost, picked, frame, range, armed } = desk.at;
  if (armed !== null && armed.replaces !== null && frame !== null) {
    app.run("takeOut", { frame, role: armed.role, ...armed.replaces });
    return;
  }
  if (ghost !== null) {
    app.run("refuseGhost", ghost);
    return;
  }
  if (range !== null)
    throw new Refusal(
      "Words are selected, nothing is picked: Backspace deletes annotations, never text",
    );
  if (desk.review.guards(desk.at)) throw new Refusal("Nothing suggested is picked");
  const id = picked ?? frame;
  if (id === null) throw new Refusal("Pick something first");
  removeItem(app, id);
}

/** @param {App} app @param {string} id */
function removeItem({ desk }, id) {
  desk.do("delete", remove(desk.rec, id));
  if (desk.at.picked === id) desk.look({ picked: null });
  if (desk.at.frame === id) desk.look({ frame: null, armed: null });
}
