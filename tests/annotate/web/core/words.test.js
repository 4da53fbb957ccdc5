/** Words, identical strings, and labels to jump to. */

import assert from "node:assert/strict";
import test from "node:test";

import { labels } from "../../../../annotate/web/core/hints.js";
import { maker } from "../../../../annotate/web/core/ids.js";
import { occurrences } from "../../../../annotate/web/core/same.js";
import { grown, snap, tokenAt } from "../../../../annotate/web/core/words.js";
import { addPiece, mark } from "../../../../annotate/web/core/transitions.js";
import { at, done, layout, made, seeded } from "./made.js";

// "L'ONU a dit. Oui ." — a token of an apostrophe, a gap of two, a full stop by itself.
const TOKENS = [
  [0, 2],
  [2, 5],
  [6, 7],
  [8, 11],
  [11, 12],
  [14, 17],
  [18, 19],
];

for (const [point, number, what] of [
  [0, 0, "at the beginning"],
  [2, 1, "at a border"],
  [4, 1, "inside"],
  [5, 2, "between two: the next"],
  [13, 5, "in a gap: the next"],
  [99, 6, "past the end: the last"],
]) {
  test(`the token ${what} of the text`, () => assert.equal(tokenAt(TOKENS, point), number));
}

test("without tokens there is none", () => assert.equal(tokenAt([], 3), -1));

for (const [start, end, snapped, what] of [
  [3, 4, { start: 2, end: 5 }, "a part of a word becomes the word"],
  [3, 9, { start: 2, end: 11 }, "a selection over words takes them whole"],
  [5, 8, { start: 6, end: 7 }, "spaces at the ends are left out"],
  [12, 14, null, "a gap is nothing"],
  [4, 4, null, "an empty selection is nothing"],
]) {
  test(what, () => assert.deepEqual(snap(TOKENS, start, end), snapped));
}

for (const [side, by, span, what] of [
  ["end", 1, { start: 2, end: 7 }, "the right end takes the next word"],
  ["start", 1, { start: 0, end: 5 }, "the left end takes the word before"],
  ["end", -1, { start: 2, end: 5 }, "the last word is not given up at the right"],
  ["start", -1, { start: 2, end: 5 }, "nor at the left"],
]) {
  test(what, () => assert.deepEqual(grown(TOKENS, { start: 2, end: 5 }, side, by), span));
}

test("a span of two words gives one up at either side", () => {
  const span = { start: 2, end: 7 };
  assert.deepEqual(
    [grown(TOKENS, span, "end", -1), grown(TOKENS, span, "start", -1)],
    [
      { start: 2, end: 5 },
      { start: 6, end: 7 },
    ],
  );
});

test("a span that ends within a word grows to the end of the next", () => {
  assert.deepEqual(grown(TOKENS, { start: 2, end: 4 }, "end", 1), { start: 2, end: 7 });
});

const TEXT = "Gao et Gaoua, Gao. 🇫🇷 Gao";

test("identical words are found at borders of words, past emoji too", () => {
  const { rec, text, tools } = made({}, TEXT);
  const [id] = done(rec, mark(rec, { start: 0, end: 3, type: "GPE" }, tools));
  const tokens = [...layout("Gao et Gaoua, Gao. ").tokens, [19, 21], [22, 25]];
  assert.deepEqual(occurrences(text, tokens, rec, rec.get("mentions", id)), [
    [14, 17],
    [22, 25],
  ]);
});

test("words that are marked already are not found again", () => {
  const { rec, text, tools } = made({}, "Gao, Gao");
  const [id] = done(rec, mark(rec, { start: 0, end: 3, type: "GPE" }, tools));
  rec.apply(mark(rec, { start: 5, end: 8, type: "PER" }, tools));
  assert.deepEqual(occurrences(text, layout("Gao, Gao").tokens, rec, rec.get("mentions", id)), []);
});

test("a mention in pieces stands nowhere again", () => {
  const { rec, text, tools } = made({}, "a b c a c");
  const [id] = done(rec, mark(rec, { start: 0, end: 1, type: "GPE" }, tools));
  rec.apply(addPiece(rec, id, at("c", "a b c a c")));
  assert.deepEqual(
    occurrences(text, layout("a b c a c").tokens, rec, rec.get("mentions", id)),
    [],
  );
});

for (const count of [0, 1, 5, 100, 676, 700]) {
  test(`${count} words have labels of two letters, none twice`, () => {
    const made = labels(count);
    assert.equal(made.length, Math.min(count, 676));
    assert.ok(new Set(made).size === made.length && made.every((one) => /^[a-z]{2}$/u.test(one)));
  });
}

test("few words have labels of the home row", () => {
  assert.ok(labels(36).every((one) => /^[fjdksl]{2}$/u.test(one)));
});

test("ids have their prefix, and none comes twice", () => {
  const id = maker(seeded(3));
  const ids = Array.from({ length: 1000 }, () => id("m"));
  assert.ok(new Set(ids).size === 1000 && ids.every((one) => /^m[0-9a-z]{7}$/u.test(one)));
});

test("an id that chance gives twice is given once", () => {
  const numbers = [...Array(14).fill(0.1), ...Array(7).fill(0.5)];
  const id = maker(() => numbers.shift() ?? 0);
  assert.notEqual(id("m"), id("m"));
});
