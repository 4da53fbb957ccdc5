// Going from one thing to the next: mentions and suggestions, words by two letters, what is left.

import { labels } from "../../core/hints.js";
import { Refusal } from "../../core/refusal.js";
import { next as nextLeft } from "../../core/todo.js";
import { named, placeOf, shortened } from "../naming.js";
import { following, startOf } from "../review.js";

/** @import { Pair } from "../../core/types.js" */
/** @import { App } from "../app.js" */

/** @type {Record<string, (app: App, argument: any, value: any) => unknown>} */
export const MOVING = {
  next: (app) => stepped(app, 1),
  previous: (app) => stepped(app, -1),
  nextLeft: (app, kind) => leftStep(app, kind, false),
  previousLeft: (app, kind) => leftStep(app, kind, true),
  jump: jump,
  hint: hinted,
  cancel: ({ desk, reader, run }) => {
    reader.pane?.clearHints();
    if (desk.again !== null) run("sameCancel");
    run("hideBar");
    desk.look({ mode: "text" });
  },
  leave: left,
  pick: (app, { id, ids, at }) => picked(app, id, ids ?? [id], at ?? null),
  letGo: ({ desk, reader, run }) => {
    reader.select(null);
    run("hideBar");
    desk.look({ picked: null, held: null, ghost: null });
  },
  accept: accepted,
};

/** @typedef {{id: string, start: number, end: number, ghost: boolean}} Stop */

/** Return what Tab goes through, in the order of the text. @param {App} app @returns {Stop[]} */
function stops({ desk }) {
  const armed = desk.at.armed !== null;
  const mentions = desk.rec
    .all("mentions")
    .map(({ id, start, end }) => ({ id, start, end, ghost: false }));
  const events = desk.rec
    .all("events")
    .flatMap(({ id, triggers: [span] }) =>
      span === undefined ? [] : [{ id, start: span.start, end: span.end, ghost: false }],
    );
  // A frame brings what fills it, so that is no stop of its own.
  const ghosts = desk.ghosts.flatMap(({ id, frame, places: [span] }) =>
    span === undefined || frame !== null
      ? []
      : [{ id, start: span.start, end: span.end, ghost: true }],
  );
  const all = armed
    ? [...mentions, ...events].filter(({ id }) => desk.mayFill(id))
    : [...mentions, ...events, ...ghosts];
  return all.sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
}

/** @param {App} app @param {1 | -1} by */
function stepped(app, by) {
  const { desk } = app;
  if (desk.at.armed === null && desk.review.goesOn(desk.at)) {
    const ghost = following(desk, by);
    const end = ghost?.places[0]?.end;
    if (ghost !== null && end !== undefined) {
      arrived(app, { id: ghost.id, start: startOf(ghost), end, ghost: true });
      return;
    }
  }
  const all = stops(app);
  if (all.length === 0)
    throw new Refusal(
      desk.at.armed === null ? "Nothing is marked here yet" : "Nothing that is marked fits",
    );
  const now = all.findIndex(({ id }) => id === (desk.at.ghost ?? desk.at.picked));
  const at = now >= 0 ? now + by : fromCaret(app, all, by);
  const stop = all[(at + all.length) % all.length];
  if (stop !== undefined) arrived(app, stop);
}

/** @param {App} app @param {Stop[]} all @param {1 | -1} by */
function fromCaret({ desk }, all, by) {
  const place = desk.at.range?.[0] ?? desk.at.word?.[0] ?? -1;
  if (by > 0) {
    const after = all.findIndex(({ start }) => start >= place);
    return after < 0 ? 0 : after;
  }
  return all.findLastIndex(({ start }) => start < place);
}

/** @param {App} app @param {Stop} stop */
function arrived({ desk, reader }, { id, start, end, ghost }) {
  if (ghost) desk.review.at(start);
  else desk.review.end();
  desk.look({
    ghost: ghost ? id : null,
    picked: ghost ? null : id,
    range: null,
    word: [start, end],
  });
  reader.select(null);
  reader.show(start, end);
  desk.say(spoken(desk, id, ghost));
}

/** @param {App["desk"]} desk @param {string} id @param {boolean} ghost */
function spoken(desk, id, ghost) {
  const found = ghost ? (desk.ghosts.find((one) => one.id === id) ?? null) : named(desk.rec, id);
  if (found === null) return "";
  return `${ghost ? "Suggested " : ""}${found.type} ${shortened(found.words)}${ghost ? ": Enter accepts, Backspace refuses" : ""}`;
}

/** @param {App} app @param {any} kind @param {boolean} back */
function leftStep(app, kind, back) {
  const { desk, reader } = app;
  const from = desk.at.range?.[0] ?? placed(desk) ?? desk.at.word?.[0] ?? -1;
  const found = nextLeft(desk.todo, from, { kind: kind ?? null, back });
  if (found === null) {
    desk.say("Nothing is left to do here: Ctrl+Enter marks the document as done");
    return;
  }
  if (found.kind === "suggestion") {
    const ghost = desk.ghosts.find((one) => one.id === found.id);
    desk.review.at(found.start);
    desk.look({
      ghost: found.id,
      picked: null,
      range: null,
      word: reader.word(found.start),
    });
    if (ghost !== undefined) desk.tab = ghost.places.length > 0 ? "events" : desk.tab;
  } else if (found.kind === "role") app.run("openCard", found.id);
  else
    desk.look({
      ghost: null,
      picked: found.kind === "value" ? found.id : null,
      range: null,
      word: reader.word(found.start),
    });
  if (found.kind === "flag" || found.kind === "comment") desk.tab = "comments";
  reader.show(found.start, Math.max(found.end, found.start + 1));
  desk.say(found.what);
}

/** @param {App["desk"]} desk */
function placed(desk) {
  const id = desk.at.picked ?? desk.at.frame;
  const ghost = desk.ghosts.find((one) => one.id === desk.at.ghost)?.places[0];
  if (ghost !== undefined) return ghost.start;
  return id === null ? null : (placeOf(desk.rec, id)?.[0] ?? null);
}

/** Put two letters at every word in sight. @param {App} app */
function jump({ desk, reader }) {
  const { pane } = reader;
  if (pane === null) return;
  const { start, end } = pane.visible();
  /** @type {Pair[]} */
  const words = desk.page.tokens.filter(
    (/** @type {Pair} */ [from, to]) =>
      from >= start &&
      to <= end &&
      reader.inSight(from, to) &&
      /[\p{L}\p{N}]/u.test(desk.rec.text.slice(from, to)),
  );
  const names = labels(words.length);
  desk.hints = { typed: "", words: new Map(names.flatMap((name, at) => pair(name, words[at]))) };
  pane.hints([...desk.hints.words].map(([label, [from]]) => ({ start: from, label })));
  desk.look({ mode: "hint" });
}

/** @param {string} name @param {Pair | undefined} word @returns {[string, Pair][]} */
function pair(name, word) {
  return word === undefined ? [] : [[name, word]];
}

/** @param {App} app @param {string} letter */
function hinted({ desk, reader }, letter) {
  const typed = desk.hints.typed + letter;
  if (typed.length < 2) {
    desk.hints.typed = typed;
    desk.tell();
    return;
  }
  reader.pane?.clearHints();
  const word = desk.hints.words.get(typed);
  desk.look({ mode: "text" });
  if (word === undefined) {
    desk.say(`No word has ${typed}`);
    return;
  }
  reader.pane?.caret.put({ start: word[0], end: word[1] });
  const { picked: before, held } = desk.at;
  desk.review.stray();
  desk.look({ word, range: null, picked: null, held: before ?? held, ghost: null });
}

/** Esc: one thing after the other. @param {App} app */
function left({ desk, reader, run }) {
  const { range, armed, frame, picked: id, ghost } = desk.at;
  run("hideBar");
  if (armed !== null) desk.look({ armed: null });
  else if (range !== null || id !== null || ghost !== null) {
    reader.select(null);
    desk.look({ range: null, picked: null, held: null, ghost: null });
  } else if (frame !== null) desk.look({ frame: null });
}

/**
 * Pick an annotation. A trigger opens its card; one that was opened by the first of two clicks, of
 * which the second means something else, is closed again.
 * @param {App} app
 * @param {string} id
 * @param {string[]} ids what lies at the click
 * @param {number | null} at
 */
function picked(app, id, ids, at) {
  const { desk, reader } = app;
  const list = desk.rec.home(id);
  if (desk.at.armed !== null && desk.mayFill(id)) {
    app.run("fillWith", { role: desk.at.armed.role, ref: id });
    return;
  }
  const before = app.clicked.ids === ids.join(" ") ? app.clicked.frame : desk.at.frame;
  app.clicked = { ids: ids.join(" "), frame: before, time: performance.now() };
  const place = placeOf(desk.rec, id);
  const span = list === null ? desk.ghosts.find((one) => one.id === id)?.places[0] : undefined;
  const ghost = span !== undefined;
  if (at === null && span !== undefined) reader.show(span.start, span.end);
  const word = at === null ? place : reader.word(at);
  if (list === "events" || list === "relations") {
    desk.tab = list;
    desk.review.end();
    desk.look({
      frame: id,
      armed: null,
      picked: null,
      held: null,
      range: null,
      ghost: null,
      word,
    });
  } else {
    if (span !== undefined) desk.review.at(span.start);
    desk.look({
      picked: ghost ? null : id,
      ghost: ghost ? id : null,
      range: null,
      word,
      frame: before,
      armed: null,
    });
  }
  if (at === null && place !== null) reader.show(...place);
  desk.say(spoken(desk, id, ghost));
  if (at !== null) app.run("offerActs");
}

/** Enter. @param {App} app */
function accepted(app) {
  const { desk } = app;
  const { ghost, armed, picked: id } = desk.at;
  if (ghost !== null) app.run("acceptGhost", ghost, true);
  else if (armed !== null) app.run("fillArmed");
  else if (valueWaits(desk)) app.run("value", { id: desk.values.id, value: desk.values.list[0] });
  else if (valueAsked(desk)) {
    desk.values.wanted = true;
    desk.say(`The value of ${desk.values.words} is taken as soon as it is known`);
  } else if (id !== null && desk.rec.get("events", id) !== null) app.run("openCard", id);
  else if (desk.review.goesOn(desk.at) && following(desk, 1) !== null) stepped(app, 1);
  else desk.say("Nothing here waits for Enter");
}

/** @param {App["desk"]} desk */
function valueWaits(desk) {
  const { id, list } = desk.values;
  return id !== null && id === desk.mention?.id && desk.mention.value === null && list.length > 0;
}

/** Whether the grammar is being asked of what is in hand. @param {App["desk"]} desk */
function valueAsked(desk) {
  const { id, asking } = desk.values;
  return asking && id !== null && id === desk.mention?.id && desk.mention.value === null;
}
