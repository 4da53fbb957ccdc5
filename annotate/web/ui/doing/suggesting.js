// Suggestions taken over or refused, one by one or all.

import { Refusal } from "../../core/refusal.js";
import { accept, refuse } from "../../core/transitions.js";
import { shortened } from "../naming.js";
import { following } from "../review.js";
import { made, together } from "./hand.js";

/** @import { Change, Layer } from "../../core/types.js" */
/** @import { App } from "../app.js" */

/** @type {Record<string, (app: App, argument: any, value: any) => unknown>} */
export const SUGGESTING = {
  acceptGhost: (app, id, keys) => taken(app, id, keys === true),
  refuseGhost: refused,
  acceptAll: takenAll,
};

/**
 * @param {App} app
 * @param {string} id
 * @returns {{ghost: import("../ghosts.js").Ghost, layer: Layer}}
 */
function find({ desk }, id) {
  const ghost = desk.ghosts.find((one) => one.id === id);
  const layer = desk.suggestions.find((one) => one.name === ghost?.layer);
  if (ghost === undefined || layer === undefined) throw new Refusal("The suggestion is gone");
  return { ghost, layer };
}

/**
 * Take a suggestion over; if it was the one in hand, the next is in hand then. The card of a frame
 * opens, to be put right.
 * @param {App} app
 * @param {string} id
 * @param {boolean} keys whether by keyboard: then the text goes to the next as well
 */
function taken(app, id, keys) {
  const { desk, reader } = app;
  const { ghost, layer } = find(app, id);
  const inHand = desk.at.ghost === id;
  const changes = desk.do("accept", accept(desk.rec, layer, ghost.key, desk.tools));
  const own = decided(changes, id);
  const frame =
    ghost.list === "events" || ghost.list === "relations" || ghost.list === "templates";
  const span = ghost.places[0];
  const word =
    span === undefined ? desk.at.word : /** @type {[number, number]} */ ([span.start, span.end]);
  reader.select(null);
  if (frame && own !== null) {
    desk.tab = ghost.list;
    desk.review.frame = own;
    desk.look({ ghost: null, frame: own, picked: null, range: null, armed: null, word });
  } else
    desk.look({ ghost: null, picked: ghost.list === "mentions" ? own : null, range: null, word });
  desk.review.at(span?.start ?? desk.review.place);
  if (inHand) goOn(app, `Accepted ${ghost.type} ${shortened(ghost.words)}`, keys);
}

/**
 * Have the next open suggestion in hand, and say so.
 * @param {App} app
 * @param {string} done what was done with the one before
 * @param {boolean} show whether the text goes there
 */
function goOn({ desk, reader }, done, show) {
  const next = following(desk, 1);
  const [span] = next?.places ?? [];
  if (next === null || span === undefined) {
    desk.say(`${done}; no suggestion is left in the text`);
    return;
  }
  desk.review.at(span.start);
  desk.look({ ghost: next.id, picked: null });
  if (show) reader.show(span.start, span.end);
  desk.say(`${done}; next: ${next.type} ${shortened(next.words)}`);
}

/** Return what a suggestion has become. @param {readonly Change[]} changes @param {string} id */
function decided(changes, id) {
  const decision = changes.find(
    (change) => change.list === "decisions" && change.id === id,
  )?.after;
  const item =
    decision !== undefined && decision !== null && "item" in decision ? decision.item : null;
  return item ?? made(changes, "events")[0] ?? null;
}

/** @param {App} app @param {string} id */
function refused(app, id) {
  const { desk } = app;
  const { ghost, layer } = find(app, id);
  desk.do("refuse", refuse(desk.rec, layer, ghost.key));
  desk.review.at(ghost.places[0]?.start ?? desk.review.place);
  desk.look({ ghost: null, picked: null });
  goOn(app, `Refused ${ghost.type} ${shortened(ghost.words)}`, true);
}

/** All that is open in this document, as one edit: one undo takes all back. @param {App} app */
function takenAll({ desk }) {
  const { rec, tools } = desk;
  const order = [
    "events",
    "relations",
    "templates",
    "mentions",
    "entities",
    "event_clusters",
    "labels",
  ];
  const sorted = [...desk.ghosts].sort((a, b) => order.indexOf(a.list) - order.indexOf(b.list));
  const layers = new Map(desk.suggestions.map((layer) => [layer.name, layer]));
  let left = 0;
  const steps = sorted.map((ghost) => () => {
    const layer = layers.get(ghost.layer);
    if (layer === undefined || rec.get("decisions", ghost.id) !== null) return [];
    try {
      return accept(rec, layer, ghost.key, tools);
    } catch (error) {
      // One that does not fit stays open; the others do not wait for it.
      if (!(error instanceof Refusal)) throw error;
      left += 1;
      return [];
    }
  });
  desk.do("accept", together(rec, ...steps));
  if (left > 0) desk.say(`${left} could not be taken and are still open`);
  desk.look({ ghost: null });
}
