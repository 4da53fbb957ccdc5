/** Pending operations on a record that has moved on: hand-worked cases. */

import assert from "node:assert/strict";
import test from "node:test";
import { rebase } from "../../../../annotate/web/core/merge.js";
import { choices, resolved } from "../../../../annotate/web/core/resolving.js";
import { Rec } from "../../../../annotate/web/core/record.js";
import { TEXT, change, entity, entry, event, fills, mention, operation } from "./made.js";

const COVERING = { length: TEXT.length, slice: (a, b) => TEXT.slice(a, b), toPoint: (unit) => unit };
const typed = (type) => mention("m1", { type });
const retype = (before, after) => operation("retype", [change("mentions", typed(before), typed(after))]);
const theirs = (...changes) => [entry("other", changes)];
const changesOf = ({ operations }) => operations.map(({ changes }) => changes);

test("what nobody else touched is the same object", () => {
  const pending = [operation("mark", [change("mentions", null, mention("m1"))])];
  const { operations } = rebase(pending, theirs(change("mentions", null, mention("m2", { start: 0 }))));
  assert.equal(operations[0], pending[0]);
});

test("an operation begins where theirs ended", () => {
  const nominal = mention("m1", { level: "NOM" });
  const { operations } = rebase([retype("PER", "ORG")], theirs(change("mentions", mention("m1"), nominal)));
  assert.deepEqual(operations[0].changes, [change("mentions", nominal, { ...nominal, type: "ORG" })]);
});

test("operations on one item follow one from another", () => {
  const nominal = mention("m1", { level: "NOM" });
  const pending = [retype("PER", "ORG"), retype("ORG", "GPE")];
  const moved = changesOf(rebase(pending, theirs(change("mentions", mention("m1"), nominal))));
  assert.deepEqual(moved.map(([{ before, after }]) => [before.type, after.type, after.level]), [
    ["PER", "ORG", "NOM"], ["ORG", "GPE", "NOM"],
  ]);
});

test("the same edit need not be sent", () => {
  const { operations, settled } = rebase(
    [retype("PER", "ORG")], theirs(change("mentions", typed("PER"), typed("ORG"))));
  assert.deepEqual([operations, settled.length], [[], 1]);
});

test("the undo of an edit that they made as well goes with it", () => {
  const made = retype("PER", "ORG");
  const undo = operation("undo", [change("mentions", typed("ORG"), typed("PER"))], { of: made.id });
  const { operations, settled } = rebase([made, undo], theirs(change("mentions", typed("PER"), typed("ORG"))));
  assert.deepEqual([operations, settled.length], [[], 2]);
});

test("the redo of what is not in the journal is an edit of its own", () => {
  const gone = retype("PER", "ORG");
  const redo = operation("redo", gone.changes, { of: gone.id });
  const { operations } = rebase([redo], [], { gone });
  assert.deepEqual([operations[0].verb, operations[0].of], ["retype", null]);
});

test("two types for one mention are a conflict", () => {
  const pending = retype("PER", "ORG");
  const { operations, conflicts } = rebase([pending], theirs(change("mentions", typed("PER"), typed("GPE"))));
  assert.deepEqual(operations, []);
  const [{ operation: held, clashes: [clash] }] = conflicts;
  assert.deepEqual([held, clash.theirs, clash.fields, clash.why], [pending, typed("GPE"), ["type"], "changed"]);
});

test("other operations pass one that is held", () => {
  const pending = [retype("PER", "ORG"), operation("mark", [change("mentions", null, mention("m2", { end: 16 }))])];
  const { operations } = rebase(pending, theirs(change("mentions", typed("PER"), typed("GPE"))));
  assert.deepEqual(operations, [pending[1]]);
});

test("what rests on a held operation is held with it", () => {
  const both = operation("both", [
    ...retype("PER", "ORG").changes, change("events", null, event("v1")),
  ]);
  const filled = operation("fill", [change("events", event("v1"), event("v1", { args: [fills("Actor", "m1")] }))]);
  const cited = operation("cluster", [change("event_clusters", null, { id: "c1", events: ["v1"], attrs: [] })]);
  const { dependents } = rebase([both, filled, cited], theirs(change("mentions", typed("PER"), typed("GPE"))));
  assert.deepEqual(dependents, [{ operation: filled, on: both.id }, { operation: cited, on: both.id }]);
});

test("a mention that both marked is one, and ours is called as theirs", () => {
  const pending = [
    operation("mark", [change("mentions", null, mention("ours"))]),
    operation("fill", [change("events", event("v1"), event("v1", { args: [fills("Actor", "ours")] }))]),
  ];
  const { operations, settled } = rebase(pending, theirs(change("mentions", null, mention("theirs"))));
  assert.deepEqual(settled, [pending[0]]);
  assert.deepEqual(operations[0].changes[0].after.args, [fills("Actor", "theirs")]);
});

test("what one person marked twice stays twice", () => {
  const pending = [operation("mark", [change("mentions", null, mention("second"))])];
  const before = entry("mark", [change("mentions", null, mention("first"))], { user: "ana" });
  const { operations } = rebase(pending, [before], { user: "ana" });
  assert.deepEqual(operations, pending);
});

/** name: [ours, theirs, why] */
const CROSSING = {
  "we fill a role with what they deleted": [
    change("events", event("v1"), event("v1", { args: [fills("Actor", "m1")] })),
    change("mentions", mention("m1"), null), "dropped"],
  "we delete what they filled a role with": [
    change("mentions", mention("m1"), null),
    change("events", event("v1"), event("v1", { args: [fills("Actor", "m1")] })), "needed"],
  "both link one mention, to different chains": [
    change("entities", entity("e1", ["m2"]), entity("e1", ["m2", "m1"])),
    change("entities", entity("e2", ["m3"]), entity("e2", ["m3", "m1"])), "taken"],
};

for (const [name, [ours, others, why]] of Object.entries(CROSSING)) {
  test(`${name}: a conflict`, () => {
    const { operations, conflicts } = rebase([operation("edit", [ours])], theirs(others));
    assert.deepEqual([operations, conflicts[0].clashes.map((clash) => clash.why)], [[], [why]]);
  });
}

test("we delete a mention, out of its event too, that they filled again: a conflict", () => {
  const filled = event("v1", { args: [fills("Actor", "m1")] });
  const remove = operation("delete", [change("events", filled, event("v1")), change("mentions", mention("m1"), null)]);
  const again = event("v1", { args: [fills("Actor", "m1"), fills("Recipient", "m1")] });
  const { conflicts } = rebase([remove], theirs(change("events", filled, again)));
  assert.deepEqual(conflicts[0].clashes.map(({ why, id }) => [why, id]), [["needed", "v1"]]);
});

/** What each choice makes of two types for m1. */
function settle(choice, ours = retype("PER", "ORG"), others = change("mentions", typed("PER"), typed("GPE"))) {
  const { conflicts: [conflict] } = rebase([ours], theirs(others));
  const rec = new Rec({ mentions: [mention("m1"), mention("m2", { start: 0 })] }, COVERING);
  rec.apply([others]);
  const tools = { newId: (prefix) => `${prefix}new`, segments: new Set() };
  return { offered: choices(conflict), operation: resolved(conflict, choice, rec, tools) };
}

test("theirs: nothing is sent", () => assert.equal(settle("theirs").operation, null));

test("mine: our type takes the place of theirs", () => {
  assert.deepEqual(settle("mine").operation.changes, [change("mentions", typed("GPE"), typed("ORG"))]);
});

test("both: our mention has an id of its own", () => {
  assert.deepEqual(settle("both").operation.changes,
    [change("mentions", null, mention("mnew", { type: "ORG" }))]);
});

test("both is not offered for what there is one of", () => {
  const state = (name) => ({ state: name, annotated: [], guideline: null });
  const status = (before, after) => ({ list: "status", id: "status", before: state(before), after: state(after) });
  const { offered } = settle("mine", operation("state", [status(null, "done")]), status(null, "in-progress"));
  assert.deepEqual(offered, ["mine", "theirs"]);
});

test("mine, of a filler that they deleted: it comes back", () => {
  const [ours, others] = CROSSING["we fill a role with what they deleted"];
  const { operation: sent } = settle("mine", operation("fill", [ours]), others);
  assert.deepEqual(sent.changes.map(({ id, after }) => [id, after?.id]), [["m1", "m1"], ["v1", "v1"]]);
});

test("mine, of a deletion that they need: it is taken out of theirs", () => {
  const [ours, others] = CROSSING["we delete what they filled a role with"];
  const { operation: sent } = settle("mine", operation("delete", [ours]), others);
  assert.deepEqual(sent.changes.map(({ id, after }) => [id, after?.args]), [["m1", undefined], ["v1", []]]);
});
