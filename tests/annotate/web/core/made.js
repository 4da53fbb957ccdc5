/** A small schema, texts and records for the tests, and random numbers that come back. */

import { Text } from "../../../../annotate/web/core/offsets.js";
import { Rec } from "../../../../annotate/web/core/record.js";
import { maker } from "../../../../annotate/web/core/ids.js";

const common = { description: "said here", colour: "#000000", key: "" };
const mention = (key, more = {}) => ({
  ...common,
  key,
  levels: [],
  values: [],
  entity: true,
  ...more,
});
const role = (key, fillers, more = {}) => ({
  description: "a role",
  key,
  fillers,
  values: [],
  min: 0,
  max: null,
  ...more,
});
const NAMED = { levels: ["NAM", "NOM", "PRO"] };

const roles = {
  Actor: role("a", ["PER", "ORG", "GPE"]),
  Recipient: role("r", ["PER", "ORG", "GPE", "NUM", "event"]),
  Place: role("l", ["GPE"], { min: 1 }),
  Date: role("d", ["DATE"], { max: 1 }),
};

export const schema = {
  name: "small",
  version: "1",
  description: "For tests.",
  required: "warning",
  mentions: {
    PER: mention("p", NAMED),
    "PER.Group": mention("p", NAMED),
    ORG: mention("o", NAMED),
    GPE: mention("g", NAMED),
    DATE: mention("d", { values: ["date"], entity: false }),
    NUM: mention("n", { values: ["number"], entity: false }),
  },
  entities: {
    PER: mention("p"),
    "PER.Group": mention("p"),
    ORG: mention("o"),
    GPE: mention("g"),
    LEAGUE: mention("l"),
  },
  events: {
    ATTACK: {
      ...common,
      key: "k",
      roles: { ...roles, Manner: role("", ["value"], { values: ["by night", "by day"] }) },
    },
    MEET: {
      ...common,
      key: "m",
      roles: {
        Actor: role("a", ["PER", "ORG", "GPE"], { max: 2 }),
        Topic: role("t", ["value"]),
        Date: roles.Date,
      },
    },
    SAY: { ...common, key: "s", roles: { Actor: roles.Actor, Said: role("i", ["event"]) } },
  },
  relations: {
    PART: {
      ...common,
      key: "k",
      roles: { Part: role("p", ["PER", "ORG", "GPE"]), Whole: role("w", ["ORG", "GPE"]) },
    },
  },
  templates: {
    INCIDENT: {
      ...common,
      key: "i",
      roles: { Target: role("t", ["PER", "GPE"]), Kind: role("k", ["value"], { max: 1 }) },
    },
  },
  attributes: {
    polarity: {
      description: "denied?",
      on: ["events"],
      key: "y",
      values: { Positive: "yes", Negative: "no" },
    },
    modality: {
      description: "a fact?",
      on: ["events"],
      key: "m",
      values: { Actual: "yes", Other: "no" },
    },
    hedge: { description: "how sure", on: ["events", "mentions"], key: "1", values: {} },
  },
  labels: {
    topic: { ...common, values: { war: "war", talks: "talks" } },
    quality: { ...common, values: {} },
  },
};

export const SENTENCE =
  "L'armée de Sarmine a attaqué mardi le village de Gao, tuant 12 civils. Sarmine dément.";

/** A record over a text, with tools whose ids count up. */
export function made(items = {}, string = SENTENCE, random = seeded(1)) {
  const text = new Text(string);
  return { rec: new Rec(items, text), text, tools: { schema, id: maker(random), user: "ana" } };
}

/** Where some words stand in a text. */
export function at(words, string = SENTENCE, nth = 0) {
  let start = -1;
  for (let n = 0; n <= nth; n += 1) start = string.indexOf(words, start + 1);
  if (start < 0) throw new Error(`${words} is not there`);
  return { start, end: start + words.length };
}

/** Do what changes say, and give the ids of what is new in a list. */
export function done(rec, changes, list = "mentions") {
  rec.apply(changes);
  return changes.filter((one) => one.list === list && !one.before).map((one) => one.id);
}

/** Words, sentences and no phrases, as the tokeniser would cut a plain sentence. */
export function layout(string, phrases = []) {
  const tokens = [...string.matchAll(/\p{L}['’]|[\p{L}\d]+|[^\s\p{L}\d]/gu)].map((one) => [
    one.index,
    one.index + one[0].length,
  ]);
  const sentences = [...string.matchAll(/[^.]+\.?\s*/gu)].map((one) => [
    one.index,
    one.index + one[0].trimEnd().length,
  ]);
  return { tokens, sentences, phrases: phrases.map((words) => Object.values(at(words, string))) };
}

/** Random numbers in [0, 1), the same for a seed (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** A key as the browser tells it. */
export function key(
  name,
  { code = "", ctrl = false, shift = false, alt = false, meta = false } = {},
) {
  return { key: name, code, ctrl, shift, alt, meta };
}
