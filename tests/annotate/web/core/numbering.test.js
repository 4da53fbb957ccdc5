/** Numbers stay with what is offered while a card is open. */

import assert from "node:assert/strict";
import test from "node:test";

import { Numbering } from "../../../../annotate/web/core/numbering.js";

/** Candidates written as role, start and digit. */
const offered = (...words) =>
  words.map((one) => {
    const [role, start, digit] = one.split(" ");
    const span = { start: Number(start), end: Number(start) + 5 };
    return { role, ref: null, span, text: "words", digit: Number(digit) || null };
  });
const said = (candidates) => candidates.map(({ role, digit }) => `${role} ${digit}`);
const OPENED = offered("Actor 0 1", "Place 9 2", "Date 20 3", "Date 30 -");

test("those that have a digit when the card is opened are offered", () => {
  const all = new Numbering().of("v1", "tué", OPENED);
  assert.deepEqual(said(all), ["Actor 1", "Place 2", "Date 3"]);
});

test("what is gone leaves a gap", () => {
  const numbering = new Numbering();
  numbering.of("v1", "tué", OPENED);
  const left = offered("Date 20 1", "Place 9 2", "Date 30 3");
  assert.deepEqual(said(numbering.of("v1", "tué", left)), ["Date 3", "Place 2"]);
});

test("words that have been marked meanwhile keep their number", () => {
  const numbering = new Numbering();
  numbering.of("v1", "tué", OPENED);
  const marked = offered("Place 9 1").map((one) => ({ ...one, ref: "m1" }));
  assert.deepEqual(said(numbering.of("v1", "tué", marked)), ["Place 2"]);
});

test("what comes back has its number again", () => {
  const numbering = new Numbering();
  numbering.of("v1", "tué", OPENED);
  numbering.of("v1", "tué", offered("Date 20 1"));
  assert.deepEqual(said(numbering.of("v1", "tué", OPENED)), ["Actor 1", "Place 2", "Date 3"]);
});

const LEFT = offered("Date 20 1", "Date 30 2");
for (const [what, act] of [
  ["another event", (one) => one.of("v2", "tué", LEFT)],
  ["another trigger", (one) => one.of("v1", "tués", LEFT)],
  [
    "a card that is opened again",
    (one) => {
      one.close();
      return one.of("v1", "tué", LEFT);
    },
  ],
]) {
  test(`${what} numbers anew`, () => {
    const numbering = new Numbering();
    numbering.of("v1", "tué", OPENED);
    assert.deepEqual(said(act(numbering)), ["Date 1", "Date 2"]);
  });
}

test("when nothing is left of what was offered, others have numbers", () => {
  const numbering = new Numbering();
  numbering.of("v1", "tué", offered("Actor 0 1"));
  assert.deepEqual(said(numbering.of("v1", "tué", offered("Date 30 1"))), ["Date 1"]);
});
