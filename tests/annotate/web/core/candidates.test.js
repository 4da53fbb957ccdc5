/** The fillers that are offered for an event. */

import assert from "node:assert/strict";
import test from "node:test";

import { fillers } from "../../../../annotate/web/core/candidates.js";
import { fill, mark, trigger } from "../../../../annotate/web/core/transitions.js";
import { SENTENCE, at, done, layout, made, schema } from "./made.js";

const LAYOUT = layout(SENTENCE, ["village de Gao", "12 civils"]);

/** An event on "attaqué", and what is marked beside it. */
function attack(...marks) {
  const { rec, text, tools } = made();
  const ids = marks.flatMap(([words, type]) =>
    done(rec, mark(rec, { ...at(words), type }, tools)),
  );
  const [id] = done(rec, trigger(rec, { ...at("attaqué"), type: "ATTACK" }, tools), "events");
  return { rec, text, tools, id, ids, offered: () => fillers(rec, text, id, schema, LAYOUT) };
}

const MARKED = [
  ["armée", "ORG"],
  ["12 civils", "PER"],
  ["Gao", "GPE"],
  ["mardi", "DATE"],
];

test("in a marked sentence the first of each role is the mention that is meant", () => {
  const offered = attack(...MARKED).offered();
  const first = ["Actor", "Place", "Date"].map(
    (role) => offered.find((one) => one.role === role).text,
  );
  assert.deepEqual(first, ["armée", "Gao", "mardi"]);
});

test("in a sentence that nobody has marked there are candidates with digits", () => {
  const offered = attack().offered();
  assert.equal(offered.find((one) => one.role === "Date" && one.digit).text, "mardi");
});

test("words that are not marked have a span and the type that they would get", () => {
  const day = attack()
    .offered()
    .find((one) => one.role === "Date" && one.digit);
  assert.deepEqual([day.ref, day.span, day.type], [null, at("mardi"), "DATE"]);
});

test("digits go from 1 on as the card has the roles, each once", () => {
  const numbered = attack(...MARKED)
    .offered()
    .filter((one) => one.digit)
    .sort((a, b) => a.digit - b.digit);
  assert.deepEqual(
    numbered.map((one) => one.digit),
    numbered.map((_, at) => at + 1),
  );
  const roles = Object.keys(schema.events.ATTACK.roles);
  const order = numbered.map((one) => roles.indexOf(one.role));
  assert.deepEqual(order, [...order].sort());
});

test("three have a digit for a role at most, and nine in all", () => {
  const numbered = attack(...MARKED)
    .offered()
    .filter((one) => one.digit);
  const counts = numbered.map((one) => numbered.filter(({ role }) => role === one.role).length);
  assert.ok(Math.max(...counts) <= 3);
  assert.ok(numbered.length <= 9);
});

test("a role whose best is far less likely than the best of the card has no digit", () => {
  const offered = attack(["Gao", "GPE"], ["mardi", "DATE"]).offered();
  for (const role of new Set(offered.map((one) => one.role))) {
    const best = offered.find((one) => one.role === role);
    if (best.score < offered[0].score - 4)
      assert.ok(offered.every((one) => one.role !== role || !one.digit));
  }
});

test("what fills one role is offered for no other", () => {
  const { rec, tools, id, ids, offered } = attack(...MARKED);
  assert.ok(offered().some((one) => one.role === "Recipient" && one.ref === ids[0]));
  rec.apply(fill(rec, id, "Actor", { ref: ids[0] }, tools));
  assert.ok(offered().every((one) => one.ref !== ids[0]));
});

test("the same words have one digit for a role", () => {
  const twice = "L'armée a attaqué Gao mardi, tuant 12 civils à Gao.";
  const { rec, text, tools } = made({}, twice);
  for (const nth of [0, 1]) done(rec, mark(rec, { ...at("Gao", twice, nth), type: "GPE" }, tools));
  const trigger_ = { ...at("attaqué", twice), type: "ATTACK" };
  const [id] = done(rec, trigger(rec, trigger_, tools), "events");
  const places = fillers(rec, text, id, schema, layout(twice)).filter(
    (one) => one.role === "Place" && one.text === "Gao",
  );
  assert.equal(places.length, 2);
  assert.ok(places.filter((one) => one.digit).length <= 1);
});

test("no candidate comes twice", () => {
  const offered = attack(...MARKED)
    .offered()
    .map((one) => `${one.role} ${one.ref} ${one.span.start} ${one.span.end}`);
  assert.equal(new Set(offered).size, offered.length);
});

test("words that a mention covers are offered as that mention only", () => {
  const { ids, offered } = attack(["Gao", "GPE"]);
  assert.deepEqual(
    offered()
      .filter((one) => one.role === "Place" && one.text === "Gao")
      .map((one) => one.ref),
    ids,
  );
});

test("what does not fit a role is not offered for it", () => {
  const places = attack(...MARKED)
    .offered()
    .filter((one) => one.role === "Place");
  assert.deepEqual([...new Set(places.map((one) => one.type))], ["GPE"]);
});

test("a role that is filled is offered no more", () => {
  const { rec, tools, id, offered } = attack(...MARKED);
  rec.apply(fill(rec, id, "Date", at("mardi"), tools));
  assert.ok(offered().every((one) => one.role !== "Date"));
});

test("the trigger is no candidate, nor the event itself", () => {
  const { id, offered } = attack(...MARKED);
  assert.ok(offered().every((one) => one.ref !== id && one.text !== "attaqué"));
});

test("other events of the sentence are offered where the role takes events", () => {
  const { rec, tools, offered } = attack();
  const [other] = done(rec, trigger(rec, { ...at("tuant"), type: "ATTACK" }, tools), "events");
  assert.deepEqual(
    offered()
      .filter((one) => one.ref === other)
      .map((one) => one.role),
    ["Recipient"],
  );
});

test("roles that take strings only are not offered", () => {
  assert.ok(
    attack(...MARKED)
      .offered()
      .every((one) => one.role !== "Manner"),
  );
});

test("what stands in another sentence is not offered", () => {
  assert.ok(
    attack()
      .offered()
      .every((one) => one.span.end <= SENTENCE.indexOf(" Sarmine dément")),
  );
});

test("an event without trigger, and what is no event, have no candidates", () => {
  const { rec, text } = made();
  rec.apply([
    {
      list: "events",
      id: "v1",
      before: null,
      after: {
        id: "v1",
        type: "ATTACK",
        triggers: [],
        args: [],
        polarity: null,
        modality: null,
        tense: null,
        genericity: null,
        attrs: [],
      },
    },
  ]);
  assert.deepEqual(
    ["v1", "v2"].flatMap((id) => fillers(rec, text, id, schema, LAYOUT)),
    [],
  );
});

test("without tokens and sentences the mentions near the trigger are offered", () => {
  const { rec, text, id } = attack(...MARKED);
  const offered = fillers(rec, text, id, schema, { tokens: [], sentences: [], phrases: [] });
  assert.ok(offered.some((one) => one.role === "Date" && one.text === "mardi"));
});

test("words that look like no date are not offered for a date", () => {
  const days = attack()
    .offered()
    .filter((one) => one.role === "Date");
  assert.deepEqual(
    days.map((one) => one.text),
    ["mardi"],
  );
});
