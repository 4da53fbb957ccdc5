// Colours: contrast as WCAG has it, and every colour readable on every paper.

import assert from "node:assert/strict";
import { test } from "node:test";

import { contrast, format, parse, readable } from "../../../../annotate/web/ui/colour.js";

const PAPERS = ["#ffffff", "#fcfbf9", "#f3f1ec", "#17181a", "#1e2022", "#303337"];

test("black on white has the greatest contrast", () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]).toFixed(1), "21.0");
});

test("a colour has none with itself", () => assert.equal(contrast([9, 99, 200], [9, 99, 200]), 1));

test("contrast does not depend on the order", () => {
  assert.equal(contrast([1, 2, 3], [200, 100, 50]), contrast([200, 100, 50], [1, 2, 3]));
});

test("a colour that can be read stays as it is", () => {
  assert.equal(readable("#1d4ed8", "#ffffff"), "#1d4ed8");
});

test("what is no colour is grey", () => assert.equal(format(parse("red; x: y")), "#777777"));

for (const paper of PAPERS) {
  test(`every colour can be read on ${paper}`, () => {
    for (let hue = 0; hue < 512; hue += 1) {
      const hex = format([(hue & 7) * 36, ((hue >> 3) & 7) * 36, ((hue >> 6) & 7) * 36]);
      assert.ok(contrast(parse(readable(hex, paper)), parse(paper)) >= 4.45, `${hex} on ${paper}`);
    }
  });
}
