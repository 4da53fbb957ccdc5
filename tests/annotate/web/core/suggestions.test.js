/** Suggestions: which are left, and what accepting them does. */

import assert from "node:assert/strict";
import test from "node:test";

import { disagreements, open } from "../../../../annotate/web/core/suggestions.js";
import {
  accept,
  chain,
  fill,
  mark,
  refuse,
  retype,
  trigger,
} from "../../../../annotate/web/core/transitions.js";
import { at, done, made, SENTENCE } from "./made.js";

/** A layer with an attack by the army on Gao, said by Sarmine, and a chain of Sarmine. */
function layer(name = "crf") {
  const { rec, tools } = made();
  const [attack] = done(
    rec,
    trigger(
      rec,
      { ...at("attaqué"), type: "ATTACK", attributes: { polarity: "Positive" } },
      tools,
    ),
    "events",
  );
  rec.apply(fill(rec, attack, "Actor", at("armée"), tools));
  rec.apply(fill(rec, attack, "Place", at("Gao"), tools));
  const [say] = done(rec, trigger(rec, { ...at("dément"), type: "SAY" }, tools), "events");
  rec.apply(fill(rec, say, "Said", { ref: attack }, tools));
  const [one] = done(rec, mark(rec, { ...at("Sarmine"), type: "GPE" }, tools));
  const [two] = done(rec, mark(rec, { ...at("Sarmine", SENTENCE, 1), type: "GPE" }, tools));
  const [entity] = done(rec, chain(rec, one, two, tools), "entities");
  const id = (words) => rec.all("mentions").find((mention) => mention.text === words).id;
  return {
    layer: { name, items: rec.items() },
    attack,
    say,
    entity,
    gao: id("Gao"),
    army: id("armée"),
    one,
    two,
  };
}

/** An empty record whose ids are others than those of the layer. */
function own() {
  const { rec, tools } = made({}, SENTENCE);
  let count = 0;
  return { rec, tools: { ...tools, id: (prefix) => `${prefix}own${(count += 1)}` } };
}

function left(rec, ...layers) {
  return open(rec, layers).map(({ list, item }) => [list, item.text ?? item.type]);
}

test("all that a layer has is left at first, by its place in the text", () => {
  assert.deepEqual(left(own().rec, layer().layer), [
    ["mentions", "armée"],
    ["mentions", "Sarmine"],
    ["entities", "GPE"],
    ["events", "ATTACK"],
    ["mentions", "Gao"],
    ["mentions", "Sarmine"],
    ["events", "SAY"],
  ]);
});

test("the mentions of a frame say which frame brings them", () => {
  const { layer: crf, attack, gao } = layer();
  const ghost = open(own().rec, [crf]).find((one) => one.key === gao);
  assert.equal(ghost.frame, `crf/${attack}`);
});

test("a mention that is there already is no question", () => {
  const { rec, tools } = own();
  rec.apply(mark(rec, { ...at("Gao"), type: "GPE" }, tools));
  assert.ok(!left(rec, layer().layer).some(([, what]) => what === "Gao"));
});

test("a mention that is there with another type is one", () => {
  const { rec, tools } = own();
  rec.apply(mark(rec, { ...at("Gao"), type: "ORG" }, tools));
  assert.ok(left(rec, layer().layer).some(([, what]) => what === "Gao"));
});

test("accepting a mention copies it under an id of its own, and says so", () => {
  const { rec, tools } = own();
  const { layer: crf, gao } = layer();
  rec.apply(accept(rec, crf, gao, tools));
  assert.deepEqual(
    [rec.all("mentions").map((one) => [one.id, one.text]), rec.all("decisions")],
    [
      [["mown1", "Gao"]],
      [{ id: `crf/${gao}`, list: "mentions", outcome: "accepted", item: "mown1" }],
    ],
  );
});

test("accepting an event brings its arguments and attributes", () => {
  const { rec, tools } = own();
  const { layer: crf, attack } = layer();
  rec.apply(accept(rec, crf, attack, tools));
  const [{ type, args, polarity }] = rec.all("events");
  assert.deepEqual(
    [type, polarity, args.map((arg) => [arg.role, rec.get("mentions", arg.ref).text])],
    [
      "ATTACK",
      "Positive",
      [
        ["Actor", "armée"],
        ["Place", "Gao"],
      ],
    ],
  );
});

test("accepting an event uses the equal mention that is there", () => {
  const { rec, tools } = own();
  rec.apply(mark(rec, { ...at("Gao"), type: "GPE" }, tools));
  const { layer: crf, attack } = layer();
  rec.apply(accept(rec, crf, attack, tools));
  assert.equal(rec.mentionsAt(49, 52).length, 1);
});

test("accepting an event uses a mention of another type if that fits the role", () => {
  const { rec, tools } = own();
  rec.apply(mark(rec, { ...at("armée"), type: "GPE" }, tools));
  const { layer: crf, attack } = layer();
  rec.apply(accept(rec, crf, attack, tools));
  assert.deepEqual(
    rec.mentionsAt(2, 7).map((one) => one.type),
    ["GPE"],
  );
});

test("accepting an event leaves out arguments that were refused", () => {
  const { rec, tools } = own();
  const { layer: crf, attack, gao } = layer();
  rec.apply(refuse(rec, crf, gao));
  rec.apply(accept(rec, crf, attack, tools));
  assert.deepEqual(
    rec.all("events")[0].args.map((arg) => arg.role),
    ["Actor"],
  );
});

test("accepting an event completes the one that is there", () => {
  const { rec, tools } = own();
  const [id] = done(rec, trigger(rec, { ...at("attaqué"), type: "ATTACK" }, tools), "events");
  const { layer: crf, attack } = layer();
  rec.apply(accept(rec, crf, attack, tools));
  assert.deepEqual(
    rec.all("events").map((one) => [one.id, one.args.length, one.polarity]),
    [[id, 2, "Positive"]],
  );
});

test("accepting an event brings the event that is its argument", () => {
  const { rec, tools } = own();
  const { layer: crf, say } = layer();
  rec.apply(accept(rec, crf, say, tools));
  assert.deepEqual(
    rec
      .all("events")
      .map((one) => one.type)
      .toSorted(),
    ["ATTACK", "SAY"],
  );
});

test("accepting events that are arguments of each other ends", () => {
  const { rec, tools } = own();
  const { layer: crf, attack, say } = layer();
  const events = crf.items.events.map((one) =>
    one.id === attack
      ? { ...one, args: [{ role: "Recipient", ref: say, value: null, attrs: [] }] }
      : one,
  );
  rec.apply(accept(rec, { ...crf, items: { ...crf.items, events } }, attack, tools));
  assert.equal(rec.all("events").length, 2);
});

test("accepting an entity marks and links its mentions", () => {
  const { rec, tools } = own();
  const { layer: crf, entity } = layer();
  rec.apply(accept(rec, crf, entity, tools));
  assert.deepEqual(
    rec.all("entities").map((one) => one.mentions.map((id) => rec.get("mentions", id).start)),
    [[11, 71]],
  );
});

test("accepting an entity joins the chains that its mentions are in", () => {
  const { rec, tools } = own();
  const { layer: crf, entity } = layer();
  for (const nth of [0, 1]) {
    const [id] = done(rec, mark(rec, { ...at("Sarmine", SENTENCE, nth), type: "GPE" }, tools));
    rec.apply(chain(rec, id, null, tools));
  }
  rec.apply(accept(rec, crf, entity, tools));
  assert.deepEqual(
    rec.all("entities").map((one) => one.mentions.length),
    [2],
  );
});

test("what is accepted is left no more, with what it brought", () => {
  const { rec, tools } = own();
  const { layer: crf, say, entity } = layer();
  for (const id of [say, entity]) rec.apply(accept(rec, crf, id, tools));
  assert.deepEqual(left(rec, crf), []);
});

test("what is accepted and then changed does not come back", () => {
  const { rec, tools } = own();
  const { layer: crf, gao } = layer();
  rec.apply(accept(rec, crf, gao, tools));
  rec.apply(retype(rec, "mown1", "ORG", tools));
  assert.ok(!left(rec, crf).some(([, what]) => what === "Gao"));
});

test("what is refused is left no more, until it is asked for", () => {
  const { rec, tools } = own();
  const { layer: crf, gao } = layer();
  rec.apply(refuse(rec, crf, gao));
  rec.apply(accept(rec, crf, gao, tools));
  assert.deepEqual(
    rec.all("decisions").map((one) => one.outcome),
    ["accepted"],
  );
});

test("the same suggestion of two layers is accepted once", () => {
  const { rec, tools } = own();
  const [one, other] = [layer("crf"), layer("rules")];
  rec.apply(accept(rec, one.layer, one.attack, tools));
  assert.ok(
    !left(rec, other.layer).some(([list, what]) => list === "events" && what === "ATTACK"),
  );
});

test("a suggestion that is gone cannot be accepted or refused", () => {
  const { rec, tools } = own();
  for (const act of [
    () => accept(rec, layer().layer, "m0", tools),
    () => refuse(rec, layer().layer, "m0"),
  ]) {
    assert.throws(act, { message: "The suggestion is gone" });
  }
});

test("layers that say the same do not differ", () => {
  assert.deepEqual(disagreements([layer("crf").layer, layer("rules").layer]), []);
});

for (const [what, change] of [
  [
    "missing",
    (items, { gao }) => ({
      ...items,
      mentions: items.mentions.filter((one) => one.id !== gao),
      events: [],
      entities: [],
    }),
  ],
  [
    "type",
    (items, { gao }) => ({
      ...items,
      mentions: items.mentions.map((one) => (one.id === gao ? { ...one, type: "ORG" } : one)),
    }),
  ],
  [
    "arguments",
    (items, { attack }) => ({
      ...items,
      events: items.events.map((one) => (one.id === attack ? { ...one, args: [] } : one)),
    }),
  ],
]) {
  test(`layers differ: ${what}`, () => {
    const [one, other] = [layer("crf"), layer("rules")];
    const changed = { ...other.layer, items: change(other.layer.items, other) };
    assert.ok(disagreements([one.layer, changed]).some((place) => place.what === what));
  });
}
