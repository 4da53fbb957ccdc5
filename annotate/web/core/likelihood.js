/** How likely something fills a role of an event, from what can be seen around it. */

import { fillersOf } from "./evidence.js";
import { kindOf } from "./looks.js";
import { mentionFillers, mentionType } from "./schema.js";
import { place } from "./words.js";

/** @import {Filling} from "./candidates.js" */
/** @import {Rec} from "./record.js" */
/** @import {Covering, Frame, Layout, Role, Schema} from "./types.js" */

/**
 * @typedef {object} Case  one filling for one role of one event
 * @property {Rec} rec
 * @property {Covering} text
 * @property {Frame} frame
 * @property {string} name  of the role
 * @property {Role} role
 * @property {Filling} one
 * @property {string} type  of the filling
 * @property {Filling[]} all  what stands beside it
 * @property {Schema} schema
 * @property {Layout} layout
 *
 * @typedef {"agent" | "patient" | "place" | "time"} Kind
 * @typedef {{kind: Kind, seen: {[feature: string]: number}}} Features
 */

const PLACE = /plac|locat|where|lieu|destin|origin/iu;
const WORDS = Object.freeze({
  at: /^(?:à|au|aux|en|dans|sur|vers|près|in|at|near|on|to)$/iu,
  of: /^(?:de|d['’]|du|des|of)$/iu,
  by: /^(?:par|by)$/iu,
  the: new RegExp(
    "^(?:le|la|les|l['’]|une?|des|du|aux?|ce|cet|cette|ces|son|sa|ses|leurs?|" +
      "the|an?|this|these|his|her|their)$",
    "iu",
  ),
  against: /^(?:contre|pour|against|for)$/iu,
});

/**
 * What kind of role this is: of time by its fillers, of place by its name, the agent if it is the
 * first that the schema has.
 * @param {Case} about
 * @returns {Kind}
 */
function kindOfRole({ name, role, frame, schema }) {
  const types = mentionFillers(schema, role);
  const timed = (/** @type {string} */ type) =>
    mentionType(schema, type)?.values.some((one) => one === "date" || one === "time") ?? false;
  if (
    types.length &&
    types.every((type) => timed(type) || mentionType(schema, type)?.values.includes("set"))
  )
    return "time";
  if (PLACE.test(name)) return "place";
  const frames = "polarity" in frame ? schema.events : schema.relations;
  const roles = Object.keys(frames[frame.type]?.roles ?? {}).filter((one) => !/^Time/u.test(one));
  return roles[0] === name ? "agent" : "patient";
}

/** @param {Case} about @returns {Features} */
export function features(about) {
  const kind = kindOfRole(about);
  return { kind, seen: { ...position(about), ...looks(about), ...history(about) } };
}

/** Where it stands to the trigger. @param {Case} about */
function position({ text, frame, one, all, layout: { tokens } }) {
  const trigger = "triggers" in frame ? frame.triggers[0] : one;
  const before = one.start < trigger.start;
  const [from, to] = before ? [one.end, trigger.start] : [trigger.end, one.start];
  const distance = Math.max(0, place(tokens, to) - place(tokens, from));
  const between = from < to ? text.slice(from, to) : "";
  const nearer = all.filter(
    (other) => other.list && from <= other.start && other.end <= to,
  ).length;
  return {
    bias: 1,
    before: Number(before),
    far: Math.log2(1 + distance),
    farBefore: before ? Math.log2(1 + distance) : 0,
    next: Number(distance <= 1),
    comma: Number(/[,;:«»"]/u.test(between)),
    nearer: Math.min(nearer, 4),
    event: Number(one.list === "events"),
    inner: Number(
      all.some(
        (other) =>
          other !== one &&
          other.start <= one.start &&
          one.end <= other.end &&
          other.end - other.start > one.end - one.start,
      ),
    ),
  };
}

/** What its words look like, and the word before them. @param {Case} about */
function looks({ text, one, all, role, schema, layout: { tokens, sentences } }) {
  const [start, end] = tokens[place(tokens, one.start) - 1] ?? [0, 0];
  const before = text.slice(start, end);
  const kind = kindOf(one.text);
  const values = mentionFillers(schema, role).flatMap(
    (type) => mentionType(schema, type)?.values ?? [],
  );
  const initial = sentences[place(sentences, one.start)]?.[0] === one.start;
  const named = /^\p{Lu}/u.test(one.text);
  return {
    marked: Number(one.list === "mentions"),
    named: Number(named && (!initial || one.list !== null)),
    initial: Number(initial),
    phrase: Number(!one.list && /\s/u.test(one.text)),
    late: one.list ? 0 : Math.log2(1 + all.filter((other) => other.list === "mentions").length),
    busy: Number(
      !one.list &&
        all.some(
          (other) => other.list === "events" && other.start < one.end && one.start < other.end,
        ),
    ),
    valued: Number(kind !== null && values.includes(kind)),
    alien: Number(kind !== null && !values.includes(kind)),
    pronoun: Number(/^(?:il|elle|ils|elles|qui|nous|he|she|they|who)$/iu.test(one.text)),
    at: Number(WORDS.at.test(before)),
    of: Number(WORDS.of.test(before)),
    by: Number(WORDS.by.test(before)),
    the: Number(WORDS.the.test(before)),
    against: Number(WORDS.against.test(before)),
  };
}

/** What it does in this event and in the others of the record. @param {Case} about */
function history({ rec, frame, name, one, type }) {
  const uses =
    one.ref === null
      ? []
      : rec.referrers(one.ref).flatMap(([list, id]) => {
          const event = list === "events" ? rec.get("events", id) : null;
          return (
            event?.args
              .filter((arg) => arg.ref === one.ref)
              .map((arg) => ({ id, role: arg.role })) ?? []
          );
        });
  const before = fillersOf(rec, name);
  const same = before.filter((other) => other.type === type).length;
  return {
    twice: Number(uses.some((use) => use.id === frame.id)),
    again: Number(uses.some((use) => use.id !== frame.id && use.role === name)),
    else: Number(uses.some((use) => use.id !== frame.id && use.role !== name)),
    share: Math.log2((same + 1) / (before.length + 4)),
  };
}

/** @param {Features} features */
export function score({ kind, seen }) {
  const weights = WEIGHTS[kind];
  return Object.entries(seen).reduce(
    (sum, [name, value]) => sum + value * (weights[name] ?? 0),
    0,
  );
}

/**
 * Log-odds of each feature: a logistic regression over the events of the train split of
 * corpus/samples, half of it with all mentions marked and half with those of earlier events only.
 * @type {{[kind in Kind]: {[feature: string]: number}}}
 */
const WEIGHTS = {
  agent: {
    bias: -3.4,
    before: 1.8,
    far: -0.3,
    next: 0.1,
    comma: -0.9,
    nearer: -0.3,
    inner: -1.6,
    marked: 1.7,
    named: 1.2,
    initial: -0.1,
    phrase: 1.4,
    late: -0.8,
    busy: -2.4,
    alien: -1.2,
    pronoun: 1.1,
    at: -1.9,
    of: -0.3,
    by: 0.9,
    the: 1.1,
    against: -1.2,
    again: 0.4,
    else: -0.4,
  },
  patient: {
    bias: -1.1,
    before: -2.5,
    far: -0.7,
    farBefore: 0.5,
    comma: -0.4,
    nearer: -0.4,
    event: 2.4,
    inner: -1.0,
    marked: 2.5,
    initial: 0.7,
    phrase: 2.0,
    late: -0.6,
    busy: -1.5,
    valued: -2.5,
    alien: -2.2,
    pronoun: -0.8,
    at: -0.2,
    of: -0.6,
    by: -0.3,
    against: -0.3,
    again: 1.0,
    else: -0.8,
    share: 0.3,
  },
  place: {
    bias: -3.3,
    before: -3.0,
    far: -0.5,
    farBefore: 0.5,
    next: -0.6,
    comma: -0.9,
    nearer: -0.2,
    inner: -1.3,
    marked: 2.0,
    named: 0.6,
    initial: -1.0,
    phrase: 0.3,
    late: -0.7,
    busy: -0.8,
    alien: -2.0,
    pronoun: -0.4,
    at: 2.2,
    of: 1.2,
    the: 0.8,
    against: -0.3,
    again: 1.8,
    else: -1.3,
    share: -0.7,
  },
  time: {
    bias: -3.5,
    before: -1.6,
    far: -1.2,
    farBefore: 0.5,
    next: -0.3,
    nearer: -0.2,
    inner: -3.5,
    marked: 0.7,
    initial: 1.0,
    phrase: 0.4,
    late: -0.5,
    busy: -0.4,
    valued: 6.1,
    alien: -0.3,
    pronoun: -0.1,
    at: 0.2,
    of: -0.4,
    the: 0.3,
    again: -1.0,
  },
};
