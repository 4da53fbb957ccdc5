/** Marking, typing and reshaping spans. */

import assert from "node:assert/strict";
import test from "node:test";

import {
  addPiece,
  chain,
  fill,
  mark,
  resize,
  retype,
  trigger,
} from "../../../../annotate/web/core/transitions.js";
import { at, done, made } from "./made.js";

test("a marked span has its text, and all that a mention of doc/1 has", () => {
  const { rec, tools } = made();
  const [change] = mark(rec, { ...at("Gao"), type: "GPE" }, tools);
  assert.deepEqual(change.after, {
    id: change.id,
    type: "GPE",
    start: 49,
    end: 52,
    fragments: [],
    text: "Gao",
    head: [],
    level: "NAM",
    value: null,
    links: [],
    attrs: [],
  });
});

test("the text of a span is counted in code points, past emoji too", () => {
  const { rec, tools } = made({}, "🇫🇷 Gao");
  const [change] = mark(rec, { start: 3, end: 6, type: "GPE" }, tools);
  assert.equal(change.after.text, "Gao");
});

test("the same span with the same type is marked once", () => {
  const { rec, tools } = made();
  done(rec, mark(rec, { ...at("Gao"), type: "GPE" }, tools));
  assert.deepEqual(mark(rec, { ...at("Gao"), type: "GPE" }, tools), []);
});

test("one span may have two types", () => {
  const { rec, tools } = made();
  done(rec, mark(rec, { ...at("Gao"), type: "GPE" }, tools));
  assert.equal(mark(rec, { ...at("Gao"), type: "ORG" }, tools).length, 1);
});

for (const [words, type, level, what] of [
  ["Sarmine", "GPE", "NAM", "a capital"],
  ["armée", "ORG", "NOM", "a noun"],
  ["mardi", "DATE", null, "a type without levels"],
  ["12 civils", "PER", "NOM", "a number before a noun"],
]) {
  test(`the level of ${what} is ${level}`, () => {
    const { rec, tools } = made();
    assert.equal(mark(rec, { ...at(words), type }, tools)[0].after.level, level);
  });
}

test("the level of words that were marked before is theirs", () => {
  const { rec, tools } = made({}, "russe, puis russe");
  const [id] = done(rec, mark(rec, { start: 0, end: 5, type: "GPE", level: "PRO" }, tools));
  const [change] = mark(rec, { start: 12, end: 17, type: "GPE" }, tools);
  assert.equal(change.after.level, rec.get("mentions", id).level);
});

for (const [span, what] of [
  [{ start: 5, end: 5 }, "an empty span"],
  [{ start: -1, end: 5 }, "a span before the text"],
  [{ start: 5, end: 500 }, "a span past the text"],
]) {
  test(`${what} is refused`, () => {
    const { rec, tools } = made();
    assert.throws(() => mark(rec, { ...span, type: "PER" }, tools), { name: "Refusal" });
  });
}

test("a type that the schema does not have is refused", () => {
  const { rec, tools } = made();
  assert.throws(() => mark(rec, { ...at("Gao"), type: "X" }, tools), {
    message: "The schema has no mentions of type X",
  });
});

/** A mention of Gao as GPE. */
function gao() {
  const { rec, tools } = made();
  const [id] = done(rec, mark(rec, { ...at("Gao"), type: "GPE" }, tools));
  return { rec, tools, id };
}

test("a second piece makes the mention discontinuous", () => {
  const { rec, id } = gao();
  rec.apply(addPiece(rec, id, at("civils")));
  const { start, end, fragments, text } = rec.get("mentions", id);
  assert.deepEqual(
    { start, end, fragments, text },
    {
      start: 49,
      end: 69,
      fragments: [
        [49, 52],
        [63, 69],
      ],
      text: "Gao civils",
    },
  );
});

test("a piece that touches joins, so that nothing is in pieces", () => {
  const { rec, id } = gao();
  rec.apply(addPiece(rec, id, { start: 52, end: 53 }));
  assert.deepEqual(rec.get("mentions", id).fragments, []);
});

test("a piece before the mention comes first", () => {
  const { rec, id } = gao();
  rec.apply(addPiece(rec, id, at("armée")));
  assert.equal(rec.get("mentions", id).text, "armée Gao");
});

for (const [bounds, text, what] of [
  [{ start: 46, end: 52 }, "de Gao", "to the left"],
  [{ start: 49, end: 51 }, "Ga", "smaller"],
]) {
  test(`resizing ${what} takes the text along`, () => {
    const { rec, id } = gao();
    rec.apply(resize(rec, id, bounds));
    assert.equal(rec.get("mentions", id).text, text);
  });
}

test("resizing past a piece drops it", () => {
  const { rec, id } = gao();
  rec.apply(addPiece(rec, id, at("civils")));
  rec.apply(resize(rec, id, { start: 49, end: 58 }));
  const { text, fragments } = rec.get("mentions", id);
  assert.deepEqual([text, fragments], ["Gao, tuan", []]);
});

test("resizing to what it is changes nothing", () => {
  const { rec, id } = gao();
  assert.deepEqual(resize(rec, id, at("Gao")), []);
});

test("a head that lies outside after resizing goes", () => {
  const { rec, id } = gao();
  rec.apply([
    { list: "mentions", id, before: null, after: { ...rec.get("mentions", id), head: [49, 52] } },
  ]);
  rec.apply(resize(rec, id, { start: 50, end: 52 }));
  assert.deepEqual(rec.get("mentions", id).head, []);
});

test("the trigger of an event is resized and put in pieces like a mention", () => {
  const { rec, tools } = made();
  const [id] = done(rec, trigger(rec, { ...at("attaqué"), type: "ATTACK" }, tools), "events");
  rec.apply(resize(rec, id, at("a attaqué")));
  rec.apply(addPiece(rec, id, at("tuant")));
  assert.equal(rec.get("events", id).triggers[0].text, "a attaqué tuant");
});

test("a retyped mention loses the level that its type does not have", () => {
  const { rec, id, tools } = gao();
  rec.apply(retype(rec, id, "DATE", tools));
  assert.equal(rec.get("mentions", id).level, null);
});

test("a retyped mention loses a value of a kind that its type does not have", () => {
  const { rec, tools } = made();
  const [id] = done(rec, mark(rec, { ...at("mardi"), type: "DATE" }, tools));
  rec.apply([
    {
      list: "mentions",
      id,
      before: null,
      after: {
        ...rec.get("mentions", id),
        value: { norm: "date:2031", mod: null, unit: null, anchor: null },
      },
    },
  ]);
  rec.apply(retype(rec, id, "NUM", tools));
  assert.equal(rec.get("mentions", id).value, null);
});

test("a mention that fills a role is not given a type that does not fit there", () => {
  const { rec, id, tools } = gao();
  const [event] = done(rec, trigger(rec, { ...at("attaqué"), type: "ATTACK" }, tools), "events");
  rec.apply(fill(rec, event, "Place", { ref: id }, tools));
  assert.throws(() => retype(rec, id, "ORG", tools), {
    message: "It is Place of ATTACK, which ORG does not fit; empty that first",
  });
});

test("a chain follows the type of its only mention", () => {
  const { rec, id, tools } = gao();
  const [entity] = done(rec, chain(rec, id, null, tools), "entities");
  rec.apply(retype(rec, id, "ORG", tools));
  assert.equal(rec.get("entities", entity).type, "ORG");
});

test("a mention whose new type forms no entities leaves its chain", () => {
  const { rec, id, tools } = gao();
  done(rec, chain(rec, id, null, tools), "entities");
  rec.apply(retype(rec, id, "DATE", tools));
  assert.deepEqual(rec.all("entities"), []);
});
