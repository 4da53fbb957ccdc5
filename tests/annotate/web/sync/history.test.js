/** Undo and redo from the journal: hand-worked cases, and random edits there and back. */

import assert from "node:assert/strict";
import test from "node:test";
import { inverse, net } from "../../../../annotate/web/core/changes.js";
import { Past, stacks } from "../../../../annotate/web/core/history.js";
import { Person, Server } from "./editing.js";
import { chance, change, entity, entry, event, fills, mention, operation, plain } from "./made.js";

const typed = (type) => mention("m1", { type });
const mark = (fields) => entry("mark", [change("mentions", null, mention("m1"))], { user: "ana", ...fields });
const retype = (before, after, user) => entry("retype", [change("mentions", typed(before), typed(after))], { user });
const undoOf = (target, user = "ana") => entry("undo", inverse(target.changes), { of: target.id, user });
const redoOf = (target, user = "ana") => entry("redo", target.changes, { of: target.id, user });
const brief = ({ undo, redo }) => [undo?.of ?? null, redo?.of ?? null];

test("nothing is there to undo at the beginning", () => {
  const { undo, redo, why } = stacks([], [], "ana");
  assert.deepEqual([undo, redo, why], [null, null, { undo: "", redo: "" }]);
});

test("the last edit is undone by its inverse", () => {
  const { undo } = stacks([mark()], [], "ana");
  assert.deepEqual(undo.changes, [change("mentions", mention("m1"), null)]);
});

test("what waits to be sent can be undone", () => {
  const [first, second] = [mark(), retype("PER", "ORG", "ana")];
  assert.deepEqual(brief(stacks([first], [second], "ana")), [second.id, null]);
});

test("what the journal has already is not counted twice", () => {
  const first = mark();
  assert.equal(stacks([first], [first], "ana").depth.undo, 1);
});

test("undo goes back further", () => {
  const [first, second] = [mark(), retype("PER", "ORG", "ana")];
  assert.deepEqual(brief(stacks([first, second, undoOf(second)], [], "ana")), [first.id, second.id]);
});

test("redo does it again, and can be undone", () => {
  const [first, second] = [mark(), retype("PER", "ORG", "ana")];
  const entries = [first, second, undoOf(second), redoOf(second)];
  assert.deepEqual(brief(stacks(entries, [], "ana")), [second.id, null]);
});

test("a new edit after undo ends redo", () => {
  const first = mark();
  const other = mark({ changes: [change("mentions", null, mention("m2"))] });
  assert.deepEqual(brief(stacks([first, undoOf(first), other], [], "ana")), [other.id, null]);
});

test("an edit of somebody else leaves redo", () => {
  const first = mark();
  const other = mark({ user: "ben", changes: [change("mentions", null, mention("m2"))] });
  assert.deepEqual(brief(stacks([first, undoOf(first), other], [], "ana")), [null, first.id]);
});

test("what somebody else did is not mine to undo", () => {
  assert.deepEqual(brief(stacks([mark({ user: "ben" })], [], "ana")), [null, null]);
});

test("an import is a floor", () => {
  const entries = [mark(), entry("import", [change("mentions", mention("m1"), typed("ORG"))], { user: "ana" })];
  assert.deepEqual(brief(stacks(entries, [], "ana")), [null, null]);
});

test("what somebody changed since is not undone, and it is said", () => {
  const { undo, why } = stacks([mark(), retype("PER", "ORG", "ben")], [], "ana");
  assert.deepEqual([undo, why.undo], [null, "ben has changed m1 since"]);
});

test("what somebody changed and changed back can be undone", () => {
  const entries = [mark(), retype("PER", "ORG", "ben"), retype("ORG", "PER", "ben")];
  assert.notEqual(stacks(entries, [], "ana").undo, null);
});

test("what somebody refers to since is not undone, and it is said", () => {
  const filled = change("events", null, event("v1", { args: [fills("Actor", "m1")] }));
  const { undo, why } = stacks([mark(), entry("trigger", [filled], { user: "ben" })], [], "ana");
  assert.deepEqual([undo, why.undo], [null, "what ben has made since refers to m1"]);
});

test("an edit further down can be taken back if nothing rests on it", () => {
  const [first, other] = [mark(), mark({ changes: [change("mentions", null, mention("m2"))] })];
  assert.deepEqual(Past.of([first, other], [], "ana").undoing(first).draft.of, first.id);
});

test("an edit that others rest on cannot be taken back", () => {
  const first = mark();
  const chained = entry("chain", [change("entities", null, entity("e1", ["m1"]))], { user: "ana" });
  assert.equal(Past.of([first, chained], [], "ana").undoing(first).why, "what ana has made since refers to m1");
});

test("to take back an undo is to redo", () => {
  const first = mark();
  const undo = undoOf(first);
  const { draft } = Past.of([first, undo], [], "ben").undoing(undo);
  assert.deepEqual([draft.verb, draft.of, draft.changes], ["redo", first.id, first.changes]);
});

test("net is what is left of many changes", () => {
  const changes = [
    change("mentions", null, mention("m1")), change("mentions", mention("m1"), typed("ORG")),
    change("mentions", null, mention("m2")), change("mentions", mention("m2"), null),
  ];
  assert.deepEqual(net(changes), [change("mentions", null, typed("ORG"))]);
});

/** Let somebody undo, or do again, all that there is; how often that was possible. */
function exhaust(person, which) {
  for (let count = 0; ; count += 1) {
    const { ledger, name } = person;
    const { [which]: draft, why } = stacks(ledger.journal.entries, ledger.waiting.operations, name);
    if (draft === null) {
      assert.equal(why[which], "");
      return count;
    }
    person.do(draft.verb, draft.changes, { of: draft.of });
  }
}

test("undoing all gives the beginning, doing all again gives the end", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const random = chance(seed);
    const server = new Server({ mentions: [mention("m1")], events: [event("v1")] });
    const person = new Person("a", server, random);
    const first = plain(person.ledger.rec.items());
    for (let n = 0; n < 40; n += 1) {
      if (random() < 0.7) person.edit();
      else person.send();
    }
    const [last, made] = [plain(person.ledger.rec.items()), person.made.length];
    assert.equal(exhaust(person, "undo"), made, `seed ${seed}`);
    assert.deepEqual(plain(person.ledger.rec.items()), first, `seed ${seed}`);
    while (person.send());
    assert.equal(exhaust(person, "redo"), made, `seed ${seed}`);
    assert.deepEqual(plain(person.ledger.rec.items()), last, `seed ${seed}`);
    while (person.send());
    assert.deepEqual(plain(server.rec.items()), last, `seed ${seed}`);
  }
});

test("undo and redo in between lose nothing, whatever others do", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const random = chance(seed);
    const server = new Server({ mentions: [mention("m1")], events: [event("v1")] });
    const people = ["a", "b"].map((name) => new Person(name, server, random));
    for (let n = 0; n < 60; n += 1) {
      const person = people[Math.floor(random() * 2)];
      const what = random();
      if (what < 0.4) person.edit();
      else if (what < 0.7) person.send();
      else step(person, what < 0.9 ? "undo" : "redo");
    }
    for (let left = true; left; left = people.some(({ ledger }) => ledger.waiting.rows.length)) {
      for (const person of people) {
        person.catchUp();
        person.choose(() => "theirs");
        while (person.send());
      }
    }
    for (const person of people) {
      person.catchUp();
      assert.deepEqual(plain(person.ledger.rec.items()), plain(server.rec.items()), `seed ${seed}`);
    }
  }
});

function step(person, which) {
  const { ledger, name } = person;
  const { [which]: draft } = stacks(ledger.journal.entries, ledger.waiting.operations, name);
  if (draft) person.do(draft.verb, draft.changes, { of: draft.of });
}
