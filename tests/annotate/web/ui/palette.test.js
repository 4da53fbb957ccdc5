// What the palette finds, best first.

import assert from "node:assert/strict";
import { test } from "node:test";

import { folded, matching } from "../../../../annotate/web/ui/palette.js";

const entry = (title, about = "", group = "") => ({ title, about, group, run: () => {} });
const found = (typed, ...entries) => matching(entries, typed).map(({ title }) => title);

test("without words all are there, as they came", () => {
  assert.deepEqual(found("", entry("b"), entry("a")), ["b", "a"]);
});

test("case and accents do not count", () => assert.equal(folded("Dépêche"), "depeche"));

test("every word has to be there", () => {
  assert.deepEqual(found("undo last", entry("Undo"), entry("Undo the last edit")), ["Undo the last edit"]);
});

test("words may stand in any order", () => {
  assert.deepEqual(found("last undo", entry("Undo the last edit")), ["Undo the last edit"]);
});

test("a title that begins so comes first", () => {
  assert.deepEqual(found("ass", entry("A massive one"), entry("ASSAULT")), ["ASSAULT", "A massive one"]);
});

test("a word that begins so comes before one that has it inside", () => {
  assert.deepEqual(found("open", entry("Reopen"), entry("Document: open")), ["Document: open", "Reopen"]);
});

test("what is said about an entry is searched too", () => {
  assert.deepEqual(found("bombing", entry("ASSAULT", "bombing, shooting")), ["ASSAULT"]);
});

test("signs of patterns are signs", () => assert.deepEqual(found(".*", entry("anything")), []));
