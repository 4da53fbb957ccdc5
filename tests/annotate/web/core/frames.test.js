/** Events with their arguments. */

import assert from "node:assert/strict";
import test from "node:test";

import {
  duplicateEvent,
  empty,
  fill,
  frame,
  mark,
  relate,
  retype,
  trigger,
} from "../../../../annotate/web/core/transitions.js";
import { at, done, made } from "./made.js";

/** A record with an event on "attaqué". */
function attack(type = "ATTACK") {
  const { rec, tools } = made();
  const [id] = done(rec, trigger(rec, { ...at("attaqué"), type }, tools), "events");
  return { rec, tools, id };
}

function args(rec, id, list = "events") {
  return rec
    .get(list, id)
    .args.map(({ role, ref, value }) => [
      role,
      rec.get("mentions", ref ?? "")?.text ?? value ?? ref,
    ]);
}

test("a trigger opens an event without arguments", () => {
  const { rec, id } = attack();
  const { type, triggers, args: none, polarity } = rec.get("events", id);
  assert.deepEqual([type, triggers[0].text, none, polarity], ["ATTACK", "attaqué", [], null]);
});

test("two events may have one trigger and one type", () => {
  const { rec, tools } = attack();
  rec.apply(trigger(rec, { ...at("attaqué"), type: "ATTACK" }, tools));
  assert.equal(rec.eventsAt(...Object.values(at("attaqué"))).length, 2);
});

test("a trigger may be in pieces", () => {
  const { rec, tools } = made();
  const [id] = done(
    rec,
    trigger(
      rec,
      {
        start: 22,
        end: 59,
        fragments: [Object.values(at("attaqué")), Object.values(at("tuant"))],
        type: "ATTACK",
      },
      tools,
    ),
    "events",
  );
  assert.equal(rec.get("events", id).triggers[0].text, "attaqué tuant");
});

test("words fill a role in one step: they are marked, typed and put in", () => {
  const { rec, tools, id } = attack();
  const changes = fill(rec, id, "Place", at("Gao"), tools);
  rec.apply(changes);
  assert.deepEqual(
    [changes.length, rec.all("mentions")[0].type, args(rec, id)],
    [2, "GPE", [["Place", "Gao"]]],
  );
});

test("a mention that is there and fits is used", () => {
  const { rec, tools, id } = attack();
  const [mention] = done(rec, mark(rec, { ...at("Gao"), type: "GPE" }, tools));
  rec.apply(fill(rec, id, "Recipient", at("Gao"), tools));
  assert.equal(rec.get("events", id).args[0].ref, mention);
});

test("a mention that is there and does not fit stays, and one that fits is made", () => {
  const { rec, tools, id } = attack();
  rec.apply(mark(rec, { ...at("Gao"), type: "ORG" }, tools));
  rec.apply(fill(rec, id, "Place", at("Gao"), tools));
  assert.deepEqual(
    rec.all("mentions").map((one) => one.type),
    ["ORG", "GPE"],
  );
});

test("a mention of a type below the filler fits", () => {
  const { rec, tools, id } = attack();
  const [group] = done(rec, mark(rec, { ...at("civils"), type: "PER.Group" }, tools));
  rec.apply(fill(rec, id, "Recipient", { ref: group }, tools));
  assert.deepEqual(args(rec, id), [["Recipient", "civils"]]);
});

test("a mention whose type does not fit is refused, and the role says what it takes", () => {
  const { rec, tools, id } = attack();
  const [day] = done(rec, mark(rec, { ...at("mardi"), type: "DATE" }, tools));
  assert.throws(() => fill(rec, id, "Actor", { ref: day }, tools), {
    message: "Actor takes PER, ORG, GPE, not DATE",
  });
});

test("a role takes two fillers, in the order in which they came", () => {
  const { rec, tools, id } = attack();
  rec.apply(fill(rec, id, "Recipient", at("12 civils"), tools));
  rec.apply(fill(rec, id, "Recipient", at("Gao"), tools));
  assert.deepEqual(args(rec, id), [
    ["Recipient", "12 civils"],
    ["Recipient", "Gao"],
  ]);
});

test("the same filler again changes nothing", () => {
  const { rec, tools, id } = attack();
  rec.apply(fill(rec, id, "Recipient", at("Gao"), tools));
  assert.deepEqual(fill(rec, id, "Recipient", at("Gao"), tools), []);
});

test("one mention may fill two roles", () => {
  const { rec, tools, id } = attack();
  rec.apply(fill(rec, id, "Recipient", at("Gao"), tools));
  rec.apply(fill(rec, id, "Place", at("Gao"), tools));
  assert.equal(rec.all("mentions").length, 1);
});

test("where a role takes one filler, the new one takes its place", () => {
  const { rec, tools, id } = attack();
  rec.apply(fill(rec, id, "Date", at("mardi"), tools));
  rec.apply(fill(rec, id, "Date", at("village"), tools));
  assert.deepEqual(args(rec, id), [["Date", "village"]]);
});

test("where a role takes two, a third is refused", () => {
  const { rec, tools, id } = attack("MEET");
  rec.apply(fill(rec, id, "Actor", at("armée"), tools));
  rec.apply(fill(rec, id, "Actor", at("Gao"), tools));
  assert.throws(() => fill(rec, id, "Actor", at("Sarmine"), tools), {
    message: "Actor takes 2 fillers and has them; empty one first",
  });
});

test("an event is an argument where the role takes events", () => {
  const { rec, tools, id } = attack();
  const [said] = done(rec, trigger(rec, { ...at("dément"), type: "SAY" }, tools), "events");
  rec.apply(fill(rec, said, "Said", { ref: id }, tools));
  assert.deepEqual(args(rec, said), [["Said", id]]);
});

test("words that are the trigger of an event fill such a role with the event", () => {
  const { rec, tools, id } = attack();
  const [said] = done(rec, trigger(rec, { ...at("dément"), type: "SAY" }, tools), "events");
  rec.apply(fill(rec, said, "Said", at("attaqué"), tools));
  assert.deepEqual(args(rec, said), [["Said", id]]);
});

test("words where there is no event do not fill a role of events", () => {
  const { rec, tools } = attack();
  const [said] = done(rec, trigger(rec, { ...at("dément"), type: "SAY" }, tools), "events");
  assert.throws(() => fill(rec, said, "Said", at("Gao"), tools), {
    message: "Said takes event; there is none at these words",
  });
});

test("an event is no argument of itself", () => {
  const { rec, tools, id } = attack();
  assert.throws(() => fill(rec, id, "Recipient", { ref: id }, tools), {
    message: "An event cannot be an argument of itself",
  });
});

test("a role of strings takes one of its values, however it is written", () => {
  const { rec, tools, id } = attack();
  rec.apply(fill(rec, id, "Manner", { value: "By night" }, tools));
  assert.deepEqual(args(rec, id), [["Manner", "by night"]]);
});

test("a role of strings refuses what is none of its values", () => {
  const { rec, tools, id } = attack();
  assert.throws(() => fill(rec, id, "Manner", at("Gao"), tools), {
    message: "Manner is one of by night, by day",
  });
});

test("a role of any strings takes the words that are selected", () => {
  const { rec, tools, id } = attack("MEET");
  rec.apply(fill(rec, id, "Topic", at("village de Gao"), tools));
  assert.deepEqual(
    [args(rec, id), rec.all("mentions").length],
    [[["Topic", "village de Gao"]], 0],
  );
});

test("a role of mentions takes no string", () => {
  const { rec, tools, id } = attack();
  assert.throws(() => fill(rec, id, "Actor", { value: "x" }, tools), {
    message: "Actor takes PER, ORG, GPE, no string",
  });
});

test("emptying a role leaves the mentions and the other roles", () => {
  const { rec, tools, id } = attack();
  rec.apply(fill(rec, id, "Recipient", at("12 civils"), tools));
  rec.apply(fill(rec, id, "Place", at("Gao"), tools));
  rec.apply(empty(rec, id, "Recipient"));
  assert.deepEqual([args(rec, id), rec.all("mentions").length], [[["Place", "Gao"]], 2]);
});

test("one of two fillers can be taken out", () => {
  const { rec, tools, id } = attack();
  rec.apply(fill(rec, id, "Recipient", at("12 civils"), tools));
  rec.apply(fill(rec, id, "Recipient", at("Gao"), tools));
  rec.apply(empty(rec, id, "Recipient", { ref: rec.get("events", id).args[0].ref }));
  assert.deepEqual(args(rec, id), [["Recipient", "Gao"]]);
});

test("an event of another type keeps the arguments that fit", () => {
  const { rec, tools, id } = attack();
  rec.apply(fill(rec, id, "Actor", at("armée"), tools));
  rec.apply(fill(rec, id, "Place", at("Gao"), tools));
  rec.apply(retype(rec, id, "MEET", tools));
  assert.deepEqual(args(rec, id), [["Actor", "armée"]]);
});

test("a duplicate has the same arguments and is an event of its own", () => {
  const { rec, tools, id } = attack();
  rec.apply(fill(rec, id, "Place", at("Gao"), tools));
  const [copy] = done(rec, duplicateEvent(rec, id, tools), "events");
  assert.deepEqual([copy === id, args(rec, copy)], [false, args(rec, id)]);
});

test("a relation takes its arguments with it", () => {
  const { rec, tools } = made();
  const wanted = {
    type: "PART",
    args: [
      { role: "Part", filler: at("armée") },
      { role: "Whole", filler: at("Sarmine") },
    ],
  };
  const [id] = done(rec, relate(rec, wanted, tools), "relations");
  assert.deepEqual(args(rec, id, "relations"), [
    ["Part", "armée"],
    ["Whole", "Sarmine"],
  ]);
});

test("a frame of the document is filled like an event", () => {
  const { rec, tools } = made();
  const [id] = done(rec, frame(rec, { type: "INCIDENT" }, tools), "templates");
  rec.apply(fill(rec, id, "Target", at("Gao"), tools));
  assert.deepEqual(args(rec, id, "templates"), [["Target", "Gao"]]);
});
