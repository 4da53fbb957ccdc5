/** What is left to do, and what things are called. */

import assert from "node:assert/strict";
import test from "node:test";

import { keyOf, mention } from "../../../../annotate/web/core/items.js";
import { called, entityName, filler, roles, title } from "../../../../annotate/web/core/labels.js";
import { counts, left, missing, next } from "../../../../annotate/web/core/todo.js";
import {
  attributeOf,
  family,
  fits,
  nextValue,
  within,
} from "../../../../annotate/web/core/schema.js";
import {
  chain,
  comment,
  fill,
  flag,
  mark,
  resolve,
  setName,
  trigger,
} from "../../../../annotate/web/core/transitions.js";
import { SENTENCE, at, done, made, schema } from "./made.js";

function attack() {
  const { rec, tools } = made();
  const [id] = done(rec, trigger(rec, { ...at("attaqué"), type: "ATTACK" }, tools), "events");
  return { rec, tools, id };
}

function kinds(rec, more = {}) {
  return left(rec, { schema, ...more }).map((one) => one.kind);
}

test("a role that is required and empty is left to do", () => {
  const { rec, id } = attack();
  assert.deepEqual(left(rec, { schema }), [
    { kind: "role", ...at("attaqué"), id, what: "ATTACK needs Place" },
  ]);
});

test("once it is filled, nothing is", () => {
  const { rec, tools, id } = attack();
  rec.apply(fill(rec, id, "Place", at("Gao"), tools));
  assert.deepEqual([kinds(rec), missing(schema, "events", rec.get("events", id))], [[], []]);
});

test("flags and comments are, until they are resolved", () => {
  const { rec, tools } = made();
  rec.apply(flag(rec, at("Gao"), tools));
  const [id] = done(rec, comment(rec, { ...at("mardi"), text: "which?" }, tools), "comments");
  assert.deepEqual(kinds(rec), ["comment", "flag"]);
  rec.apply(resolve(rec, id));
  assert.deepEqual(kinds(rec), ["flag"]);
});

test("a flag on a mention stands where the mention does", () => {
  const { rec, tools } = made();
  const [id] = done(rec, mark(rec, { ...at("Gao"), type: "GPE" }, tools));
  rec.apply(flag(rec, { target: id }, tools));
  assert.equal(left(rec, { schema })[0].start, at("Gao").start);
});

test("paragraphs without annotation are", () => {
  const { rec } = attack();
  const blocks = [
    { start: 0, end: 70 },
    { start: 71, end: SENTENCE.length },
  ];
  assert.deepEqual(
    left(rec, { schema, blocks })
      .filter((one) => one.kind === "empty")
      .map((one) => one.start),
    [71],
  );
});

test("suggestions are, each frame once", () => {
  const { rec, tools, id } = attack();
  rec.apply(fill(rec, id, "Place", at("Gao"), tools));
  const layers = [{ name: "crf", items: rec.items() }];
  assert.deepEqual(kinds(made().rec, { layers }), ["suggestion"]);
});

test("what two layers suggest alike is left once", () => {
  const items = { mentions: [mention({ ...at("armée"), text: "armée", id: "m", type: "ORG" })] };
  const layers = ["rules", "crf"].map((name) => ({ name, items }));
  assert.deepEqual(kinds(made().rec, { layers }), ["suggestion"]);
});

const THINGS = [
  { kind: "flag", start: 3 },
  { kind: "role", start: 7 },
  { kind: "flag", start: 20 },
];

for (const [from, wanted, start, what] of [
  [0, {}, 3, "the next thing"],
  [3, {}, 7, "the thing after this one"],
  [3, { kind: "flag" }, 20, "the next of a kind"],
  [20, {}, 3, "after the last, the first"],
  [7, { back: true }, 3, "the thing before"],
  [3, { back: true }, 20, "before the first, the last"],
]) {
  test(what, () => assert.equal(next(THINGS, from, wanted).start, start));
}

test("where nothing of a kind is left, there is no next", () => {
  assert.equal(next(THINGS, 0, { kind: "empty" }), null);
});

test("things are counted by kind", () => assert.deepEqual(counts(THINGS), { flag: 2, role: 1 }));

/** Gao as the place of an attack, in an entity. */
function scene() {
  const { rec, tools, id } = attack();
  const [gao] = done(rec, fill(rec, id, "Place", at("Gao"), tools));
  const [entity] = done(rec, chain(rec, gao, null, tools), "entities");
  return { rec, tools, id, gao, entity };
}

test("a mention says what it is, what it fills and which entity it is of", () => {
  const { rec, gao } = scene();
  assert.equal(title(rec, gao), "mention GPE NAM, Place of ATTACK attaqué, entity Gao");
});

test("what is gone has no title", () => assert.equal(title(scene().rec, "m0"), ""));

test("a mention knows the roles that it fills", () => {
  const { rec, gao } = scene();
  assert.deepEqual(roles(rec, gao), ["Place of ATTACK attaqué"]);
});

test("an entity is called by its name, else by its longest name in the text", () => {
  const { rec, entity } = scene();
  assert.equal(entityName(rec, rec.get("entities", entity)), "Gao");
  rec.apply(setName(rec, entity, "Gao (Mali)"));
  assert.equal(called(rec, entity), "Gao (Mali)");
});

test("a filler is shown by its words, or is a string", () => {
  const { rec, id } = scene();
  assert.deepEqual(
    [
      filler(rec, rec.get("events", id).args[0]),
      filler(rec, { role: "x", ref: null, value: "by night", attrs: [] }),
    ],
    ["Gao", "by night"],
  );
});

test("the key of a label is its scheme, value and target", () => {
  assert.equal(
    keyOf("labels", { scheme: "topic", value: "war", target: null, score: null }),
    "topic|war|",
  );
});

for (const [type, types, expected] of [
  ["PER.Group", ["PER"], true],
  ["PERSON", ["PER"], false],
  ["PER", ["PER.Group"], false],
]) {
  test(`${type} is ${expected ? "" : "not "}within ${types}`, () =>
    assert.equal(within(type, types), expected));
}

test("any event fits where events do", () => {
  assert.deepEqual(
    [
      fits(schema.events.SAY.roles.Said, "events", "X"),
      fits(schema.events.SAY.roles.Said, "mentions", "PER"),
    ],
    [true, false],
  );
});

test("a type has its subtypes for family", () =>
  assert.deepEqual(family(schema, "PER"), ["PER", "PER.Group"]));

test("a key goes through the values of an attribute, then through none", () => {
  const seen = [null];
  for (let n = 0; n < 3; n += 1) seen.push(nextValue(schema, "polarity", seen.at(-1)));
  assert.deepEqual(seen, [null, "Positive", "Negative", null]);
});

test("attributes are looked up where they stand", () => {
  const event = { polarity: "Negative", attrs: [{ name: "hedge", value: "x" }] };
  assert.deepEqual(
    ["polarity", "hedge", "tense"].map((name) => attributeOf("events", event, name)),
    ["Negative", "x", null],
  );
});

test("a time or number without value is left to do", () => {
  const { rec, tools } = made();
  const [id] = done(rec, mark(rec, { ...at("mardi"), type: "DATE" }, tools));
  assert.deepEqual(left(rec, { schema }), [
    { kind: "value", ...at("mardi"), id, what: "DATE mardi has no value" },
  ]);
});
