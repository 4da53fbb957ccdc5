/** Deleting, and what goes along or is emptied. */

import assert from "node:assert/strict";
import test from "node:test";

import {
  accept,
  chain,
  cluster,
  comment,
  editComment,
  empty,
  fill,
  flag,
  mark,
  relate,
  remove,
  resolve,
  setAttribute,
  setLabel,
  setLink,
  setState,
  setValue,
  trigger,
} from "../../../../annotate/web/core/transitions.js";
import { at, done, made } from "./made.js";

/** An event with Gao as its place, and a second mention of nothing. */
function scene() {
  const { rec, tools } = made();
  const [event] = done(rec, trigger(rec, { ...at("attaqué"), type: "ATTACK" }, tools), "events");
  const [gao] = done(rec, fill(rec, event, "Place", at("Gao"), tools));
  const [day] = done(rec, mark(rec, { ...at("mardi"), type: "DATE" }, tools));
  return { rec, tools, event, gao, day };
}

test("a mention that is deleted leaves the roles it filled", () => {
  const { rec, event, gao } = scene();
  rec.apply(remove(rec, gao));
  assert.deepEqual([rec.get("mentions", gao), rec.get("events", event).args], [null, []]);
});

test("deleting touches nothing that does not refer to it", () => {
  const { rec, gao, event } = scene();
  const touched = remove(rec, gao).map((one) => one.id);
  assert.deepEqual(touched.toSorted(), [gao, event].toSorted());
});

test("an event that is deleted leaves its mentions", () => {
  const { rec, event } = scene();
  rec.apply(remove(rec, event));
  assert.equal(rec.all("mentions").length, 2);
});

test("comments, flags and labels on it go along", () => {
  const { rec, tools, gao } = scene();
  rec.apply(comment(rec, { target: gao, text: "?" }, tools));
  rec.apply(flag(rec, { target: gao }, tools));
  rec.apply(setLabel(rec, { scheme: "topic", value: "war", target: gao }, tools));
  rec.apply(remove(rec, gao));
  assert.deepEqual([rec.all("comments"), rec.all("labels")], [[], []]);
});

test("a value that hangs on it keeps its norm and loses its anchor", () => {
  const { rec, tools, event, day } = scene();
  rec.apply(setValue(rec, day, { norm: "date:2031", anchor: event }, tools));
  rec.apply(remove(rec, event));
  assert.deepEqual(rec.get("mentions", day).value, {
    norm: "date:2031",
    mod: null,
    unit: null,
    anchor: null,
  });
});

test("a relation that is left with one argument goes", () => {
  const { rec, tools, gao } = scene();
  rec.apply(
    relate(
      rec,
      {
        type: "PART",
        args: [
          { role: "Part", filler: at("armée") },
          { role: "Whole", filler: { ref: gao } },
        ],
      },
      tools,
    ),
  );
  rec.apply(remove(rec, gao));
  assert.deepEqual(rec.all("relations"), []);
});

test("an event leaves its cluster and the roles that it fills", () => {
  const { rec, tools, event } = scene();
  const [say] = done(rec, trigger(rec, { ...at("dément"), type: "SAY" }, tools), "events");
  rec.apply(fill(rec, say, "Said", { ref: event }, tools));
  rec.apply(cluster(rec, say, event, tools));
  rec.apply(remove(rec, event));
  assert.deepEqual([rec.get("events", say).args, rec.all("event_clusters")], [[], []]);
});

test("a chain of two loses its mention and is gone", () => {
  const { rec, tools, gao } = scene();
  const [other] = done(rec, mark(rec, { ...at("Sarmine"), type: "GPE" }, tools));
  rec.apply(chain(rec, gao, other, tools));
  rec.apply(remove(rec, gao));
  assert.deepEqual(rec.all("entities"), []);
});

test("a suggestion whose item is deleted counts as refused", () => {
  const { rec, tools, gao } = scene();
  const layer = { name: "crf", items: { mentions: [{ ...rec.get("mentions", gao), id: "m1" }] } };
  rec.apply(accept(rec, layer, "m1", tools));
  rec.apply(remove(rec, gao));
  assert.deepEqual(rec.all("decisions"), [
    { id: "crf/m1", list: "mentions", outcome: "refused", item: null },
  ]);
});

test("what is not there cannot be deleted", () => {
  assert.throws(() => remove(scene().rec, "m0"), { message: "There is nothing to delete here" });
});

test("a deleted item that comes back has its old place", () => {
  const { rec, gao } = scene();
  const before = rec.all("mentions").map((one) => one.id);
  const changes = remove(rec, gao);
  rec.apply(changes);
  rec.apply(changes.map((one) => ({ ...one, before: one.after, after: one.before })));
  assert.deepEqual(
    rec.all("mentions").map((one) => one.id),
    before,
  );
});

test("an attribute of an event is a field, or stands in attrs", () => {
  const { rec, tools, event } = scene();
  rec.apply(setAttribute(rec, event, "polarity", "Negative", tools));
  rec.apply(setAttribute(rec, event, "hedge", "selon l'armée", tools));
  const { polarity, attrs } = rec.get("events", event);
  assert.deepEqual([polarity, attrs], ["Negative", [{ name: "hedge", value: "selon l'armée" }]]);
});

test("an attribute is taken off with null", () => {
  const { rec, tools, gao } = scene();
  rec.apply(setAttribute(rec, gao, "hedge", "x", tools));
  rec.apply(setAttribute(rec, gao, "hedge", null, tools));
  assert.deepEqual(rec.get("mentions", gao).attrs, []);
});

for (const [what, act, message] of [
  [
    "a value that the attribute does not have",
    ({ rec, tools, event }) => setAttribute(rec, event, "polarity", "X", tools),
    "polarity is one of Positive, Negative",
  ],
  [
    "an attribute that the list does not have",
    ({ rec, tools, gao }) => setAttribute(rec, gao, "polarity", "Positive", tools),
    "There is no attribute polarity here",
  ],
  [
    "a level that the type does not have",
    ({ rec, tools, day }) => setAttribute(rec, day, "level", "NAM", tools),
    "A DATE has no level",
  ],
  [
    "a value of another kind",
    ({ rec, tools, day }) => setValue(rec, day, { norm: "number:3" }, tools),
    "The value of a DATE begins with date:",
  ],
  [
    "a link on an event",
    ({ rec, event }) => setLink(rec, event, { kb: "kb", id: "Q1" }),
    "Pick a mention or an entity first",
  ],
  [
    "an empty comment",
    ({ rec, tools, gao }) => comment(rec, { target: gao, text: " " }, tools),
    "Write something first",
  ],
  [
    "a label that the scheme does not have",
    ({ rec, tools }) => setLabel(rec, { scheme: "topic", value: "x" }, tools),
    "topic is one of war, talks",
  ],
  ["a role of nothing", ({ rec }) => empty(rec, "v0", "Actor"), "Open an event first"],
]) {
  test(`${what} is refused`, () =>
    assert.throws(() => act(scene()), { name: "Refusal", message }));
}

test("a second link of a knowledge base takes the place of the first", () => {
  const { rec, gao } = scene();
  for (const id of ["Q1", "Q2"]) rec.apply(setLink(rec, gao, { kb: "kb", id }));
  rec.apply(setLink(rec, gao, { kb: "other", id: "7" }));
  assert.deepEqual(
    rec.get("mentions", gao).links.map((one) => one.id),
    ["Q2", "7"],
  );
});

test("a second flag takes the first off", () => {
  const { rec, tools, gao } = scene();
  for (const flags of [1, 0]) {
    rec.apply(flag(rec, { target: gao }, tools));
    assert.equal(rec.all("comments").length, flags);
  }
});

test("taking a flag off a comment leaves its text", () => {
  const { rec, tools } = scene();
  rec.apply(comment(rec, { ...at("Gao"), text: "why?", flag: true }, tools));
  rec.apply(flag(rec, at("Gao"), tools));
  assert.deepEqual(
    rec.all("comments").map((one) => [one.text, one.flag]),
    [["why?", false]],
  );
});

test("a comment is resolved, and goes when it is emptied", () => {
  const { rec, tools } = scene();
  const [id] = done(rec, comment(rec, { text: "all of it" }, tools), "comments");
  rec.apply(resolve(rec, id));
  assert.equal(rec.get("comments", id).resolved, true);
  rec.apply(editComment(rec, id, ""));
  assert.equal(rec.get("comments", id), null);
});

test("a label is put on, and taken off again", () => {
  const { rec, tools } = scene();
  for (const there of [1, 0]) {
    rec.apply(setLabel(rec, { scheme: "topic", value: "war" }, tools));
    assert.equal(rec.all("labels").length, there);
  }
});

test("an only label takes the place of the others of its scheme", () => {
  const { rec, tools } = scene();
  for (const value of ["war", "talks"])
    rec.apply(setLabel(rec, { scheme: "topic", value, only: true }, tools));
  assert.deepEqual(
    rec.all("labels").map((one) => one.value),
    ["talks"],
  );
});

test("a document that is done names the lists that were annotated, each once", () => {
  const { rec } = scene();
  rec.apply(setState(rec, "in-progress", ["mentions"]));
  rec.apply(setState(rec, "done", ["mentions", "relations"]));
  assert.deepEqual(rec.status.annotated.slice(0, 2), ["mentions", "relations"]);
  assert.equal(new Set(rec.status.annotated).size, rec.status.annotated.length);
});

test("a document that is done has annotated whatever it holds", () => {
  const { rec } = scene();
  rec.apply(setState(rec, "done", ["mentions"]));
  const held = ["entities", "relations", "events", "event_clusters", "templates", "labels"].filter(
    (list) => rec.all(list).length > 0,
  );
  assert.ok(held.length > 0);
  assert.deepEqual(new Set(rec.status.annotated), new Set(["mentions", ...held]));
});
