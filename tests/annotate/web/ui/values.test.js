// The form of values: what passes, what is told, as hand-worked tables.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fault } from "../../../../annotate/web/ui/values.js";

const RIGHT = [
  "date:2031", "date:2031-03", "date:2031-03-14", "date:2031-W10", "date:2031-WXX-5", "date:2031-SP",
  "date:2032-02-29", "date:2031-03-03/2031-03-07", "time:2031-03-14T14:30", "time:2031-03-11TEV",
  "time:T10:00", "set:XXXX-WXX-5", "set:XXXX-XX-XX", "duration:P1W", "duration:PT48H", "duration:PTXH",
  "number:12", "number:>=12", "number:<10", "number:~300", "number:2.5", "number:1/3", "number:10..12",
  "money:3000000", "percent:40", "age:71", "age:P34Y",
];
for (const norm of RIGHT) {
  test(`${norm} is a value`, () => assert.equal(fault(norm, []), ""));
}

const WRONG = [
  ["", [], "a value is not empty"],
  ["2031-03-14", ["date"], "a value says its kind"],
  ["number:12", ["date", "time"], "the kind is one of the type"],
  ["date:", ["date"], "a kind alone is no value"],
  ["date:2031-13", ["date"], "there are twelve months"],
  ["date:2031-00-10", ["date"], "no month is called 0"],
  ["date:2031-04-31", ["date"], "April has thirty days"],
  ["date:2031-02-29", ["date"], "2031 is no leap year"],
  ["date:2100-02-29", ["date"], "nor is 2100"],
  ["date:14/03/2031", ["date"], "days are not written as in letters"],
  ["date:tomorrow", ["date"], "words are no value"],
  ["time:2031-03-14", ["time"], "a time says what time"],
  ["time:2031-13-14T10:00", ["time"], "a time is on a day of the calendar"],
  ["duration:1W", ["duration"], "a duration begins with P"],
  ["duration:P", ["duration"], "P alone is no duration"],
  ["number:douze", ["number"], "numbers are written in figures"],
  ["number:12,5", ["number"], "with a point"],
  ["number:12 000", ["number"], "and without spaces"],
  ["toString:1", [], "a kind is one of ours"],
];
for (const [norm, kinds, fact] of WRONG) {
  test(`${fact}: ${norm}`, () => assert.notEqual(fault(norm, kinds), ""));
}

test("what is told names the kinds that may stand there", () => {
  assert.equal(fault("2031", ["date", "time"]), "Begin with date: or time:");
});

test("what is told shows what is meant", () => {
  assert.match(fault("number:many", []), />=12/u);
});
