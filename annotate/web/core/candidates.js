/**
 * The likeliest fillers of the roles of an event: mentions and events near its trigger, and
 * phrases of its sentence that nobody has marked yet.
 */

import { typeFor } from "./guess.js";
import { FRAMES } from "./items.js";
import { features, score } from "./likelihood.js";
import { kindOf } from "./looks.js";
import { VALUE, fits, mentionType, rolesOf } from "./schema.js";
import { pieces } from "./spans.js";
import { place } from "./words.js";

/** @import {Rec} from "./record.js" */
/** @import {Covering, Frame, FrameList, Layout, LooseSpan, Pair} from "./types.js" */
/** @import {Role} from "./types.js" */
/** @import {Schema} from "./types.js" */

/** How many candidates have a digit. */
const DIGITS = 9;

/**
 * @typedef {object} Candidate
 * @property {string} role
 * @property {string | null} ref  the mention or event that is there, or
 * @property {{start: number, end: number} | null} span  the words that would be marked
 * @property {string} type  of what is there, or of what would be made
 * @property {string} text
 * @property {number} score  the higher the likelier; log-odds
 * @property {number | null} digit  1 to 9 for the best, else null
 */

/**
 * @typedef {object} Filling  what could fill roles: a mention, an event, or words
 * @property {string | null} ref
 * @property {"mentions" | "events" | null} list  null: words that are not marked
 * @property {string | null} type
 * @property {number} start
 * @property {number} end
 * @property {string} text
 */

/**
 * What could fill the roles of an event that have none yet, the likeliest first. The best
 * have digits, in the order of the card: at most three for a role, none for a role whose best is
 * far less likely than the best of the card, and never two of a role with the same words.
 * @param {Rec} rec
 * @param {Covering} text
 * @param {string} event  an event; relations and templates have candidates too
 * @param {Schema} schema
 * @param {Layout} layout
 * @returns {Candidate[]}
 */
export function fillers(rec, text, event, schema, layout) {
  const list = FRAMES.find((one) => rec.get(one, event));
  const frame = list ? /** @type {Frame} */ (rec.get(list, event)) : null;
  if (!list || !frame) return [];
  const window = windowOf(frame, layout);
  const all = window
    ? [...marked(rec, window, event), ...unmarked(rec, text, layout, window)]
    : [];
  const roles = openRoles(schema, list, frame);
  const free = all.filter((one) => !taken(rec, frame, one));
  const candidates = roles.flatMap(([name, role]) =>
    free.flatMap((one) => candidate(rec, text, frame, name, role, one, all, schema, layout) ?? []),
  );
  const ranked = candidates.sort((a, b) => b.score - a.score || begin(a) - begin(b));
  return numbered(
    ranked,
    roles.map(([name]) => name),
  );
}

/** @param {Candidate} one */
function begin({ span }) {
  return span?.start ?? 0;
}

/**
 * Whether something fills a role of the event already, or is a part of such words that nobody
 * has marked.
 * @param {Rec} rec
 * @param {Frame} frame
 * @param {Filling} one
 */
function taken(rec, frame, one) {
  return frame.args.some(({ ref }) => {
    if (ref === null) return false;
    if (one.ref !== null) return one.ref === ref;
    const mention = rec.get("mentions", ref);
    return mention !== null && one.start < mention.end && mention.start < one.end;
  });
}

/**
 * Roles without fillers that something in the text may fill.
 * @param {Schema} schema
 * @param {FrameList} list
 * @param {Frame} frame
 */
function openRoles(schema, list, frame) {
  const filled = new Set(frame.args.map((arg) => arg.role));
  return rolesOf(schema, list, frame.type).filter(
    ([name, role]) => !filled.has(name) && role.fillers.some((one) => one !== VALUE),
  );
}

/**
 * The sentence of the trigger and where it stands.
 * @typedef {{start: number, end: number, trigger: LooseSpan}} Window
 */

/** How far from the trigger a sentence counts, in code points: some texts have none. */
const REACH = 1000;

/** @param {Frame} frame @param {Layout} layout @returns {Window | null} */
function windowOf(frame, { sentences }) {
  const trigger = "triggers" in frame ? frame.triggers[0] : undefined;
  if (!trigger) return null;
  const [from, to] = sentences[place(sentences, trigger.start)] ?? [0, Infinity];
  const start = Math.max(from <= trigger.start ? from : 0, trigger.start - REACH);
  return { start, end: Math.min(to, trigger.end + REACH), trigger };
}

/** @param {Rec} rec @param {Window} window @param {string} event @returns {Filling[]} */
function marked(rec, { start, end }, event) {
  const inside = (/** @type {LooseSpan} */ one) => start <= one.start && one.end <= end;
  const mentions = rec
    .all("mentions")
    .filter(inside)
    .map((one) => filling(one, "mentions", one));
  const events = rec.all("events").flatMap((one) => {
    const trigger = one.id === event ? undefined : one.triggers.find(inside);
    return trigger ? [filling(one, "events", trigger)] : [];
  });
  return [...mentions, ...events];
}

/**
 * @param {{id: string, type: string}} item
 * @param {"mentions" | "events"} list
 * @param {LooseSpan & {text: string}} span
 * @returns {Filling}
 */
function filling({ id, type }, list, { start, end, text }) {
  return { ref: id, list, type, start, end, text };
}

/**
 * Phrases and words of the sentence that no mention covers exactly and that touch no trigger.
 * @param {Rec} rec
 * @param {Covering} text
 * @param {Layout} layout
 * @param {Window} window
 * @returns {Filling[]}
 */
function unmarked(rec, text, { tokens, phrases }, { start, end, trigger }) {
  const words = tokens.slice(place(tokens, start), place(tokens, end - 1) + 1);
  const inside = phrases.filter((one) => start <= one[0] && one[1] <= end);
  const free = (/** @type {Pair} */ [from, to]) =>
    !rec.mentionsAt(from, to).length && pieces(trigger).every(([a, b]) => to <= a || b <= from);
  const places = new Map([...inside, ...words].filter(free).map((one) => [one.join(" "), one]));
  return [...places.values()]
    .map(([from, to]) => ({
      ref: null,
      list: null,
      type: null,
      start: from,
      end: to,
      text: text.slice(from, to),
    }))
    .filter((one) => isWord(one.text));
}

/** Whether words may be more than a sign or an article. @param {string} words */
function isWord(words) {
  return (
    /^(?=.*[\p{L}\d]).{2,}$|^\d$/su.test(words) && (/^[\p{Lu}\d]/u.test(words) || words.length > 3)
  );
}

/**
 * @param {Rec} rec
 * @param {Covering} text
 * @param {Frame} frame
 * @param {string} name
 * @param {Role} role
 * @param {Filling} one
 * @param {Filling[]} all
 * @param {Schema} schema
 * @param {Layout} layout
 * @returns {Candidate | null}
 */
function candidate(rec, text, frame, name, role, one, all, schema, layout) {
  const type = one.type ?? typeFor(rec, schema, role, one.text, name);
  if (type === null || !fits(role, one.list ?? "mentions", type)) return null;
  if (!one.list && !plausible(schema, type, one.text)) return null;
  const about = features({ rec, text, frame, name, role, one, type, all, schema, layout });
  const span = { start: one.start, end: one.end };
  return {
    role: name,
    ref: one.ref,
    span,
    type,
    text: one.text,
    score: score(about),
    digit: null,
  };
}

/**
 * Whether words may be a mention of a type: one that has values asks for words that look so.
 * @param {Schema} schema
 * @param {string} type
 * @param {string} words
 */
function plausible(schema, type, words) {
  const values = mentionType(schema, type)?.values ?? [];
  return !values.length || values.includes(kindOf(words) ?? "");
}

/**
 * Digits for the best, in the order in which they stand on the card.
 * @param {Candidate[]} ranked
 * @param {string[]} roles  in the order of the card
 * @returns {Candidate[]}
 */
function numbered(ranked, roles) {
  const top = ranked[0]?.score ?? 0;
  const offered = roles.flatMap((role) => likely(ranked, role, top));
  const best = new Set(ranked.filter((one) => offered.includes(one)).slice(0, DIGITS));
  const digits = new Map(offered.filter((one) => best.has(one)).map((one, at) => [one, at + 1]));
  return ranked.map((one) => ({ ...one, digit: digits.get(one) ?? null }));
}

/**
 * What is offered for a role: nothing if its best is far less likely than the best of the card.
 * @param {Candidate[]} ranked
 * @param {string} role
 * @param {number} top  the score of the best of the card
 */
function likely(ranked, role, top) {
  const all = ranked.filter((one) => one.role === role);
  if (all.length === 0 || all[0].score < top - FAR) return [];
  const worth = all.filter((one) => one.ref !== null || one.score > FLOOR);
  const words = new Map();
  for (const one of worth) {
    const said = one.text.toLowerCase();
    if (!words.has(said)) words.set(said, one);
  }
  return [...words.values()].slice(0, EACH);
}

/** How many are offered for a role at most: more are no longer read at a glance. */
const EACH = 3;

/**
 * Log-odds (one in a hundred) below which words that nobody has marked have no digit: digits
 * beside nonsense are not looked at for long.
 */
const FLOOR = -4.5;

/** A role whose best is by so many log-odds less likely than the best of the card has no digit. */
const FAR = 4;
