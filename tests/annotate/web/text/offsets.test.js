// core/offsets.js on the table that tests/annotate/web/test_offsets.py runs in Python as well.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Text, paragraphs } from "../../../../annotate/web/core/offsets.js";

const ROWS = JSON.parse(readFileSync(new URL("../offsets.json", import.meta.url), "utf8"));

for (const row of ROWS) {
  const text = new Text(row.text);

  test(`${row.name}: code points are counted`, () => {
    assert.equal(text.length, row.points);
  });

  test(`${row.name}: the string has its units`, () => {
    assert.equal(text.toUnit(row.points), row.units);
  });

  test(`${row.name}: slices are those of Python`, () => {
    assert.deepEqual(
      row.spans.map(({ start, end }) => text.slice(start, end)),
      row.spans.map((span) => span.text),
    );
  });

  test(`${row.name}: to units and back is the same for every code point`, () => {
    const points = Array.from({ length: row.points + 1 }, (_, point) => point);
    assert.deepEqual(
      points.map((point) => text.toPoint(text.toUnit(point))),
      points,
    );
  });

  test(`${row.name}: half a pair belongs to its code point`, () => {
    for (let point = 0; point < row.points; point += 1) {
      assert.equal(text.toPoint(text.toUnit(point + 1) - 1), point);
    }
  });

  test(`${row.name}: a range grows to whole graphemes`, () => {
    const snapped = row.whole.map(({ start, end }) => text.snap(start, end));
    assert.deepEqual(
      snapped.map(({ start, end }) => text.slice(start, end)),
      row.whole.map((span) => span.text),
    );
  });

  test(`${row.name}: spans of the table split no grapheme`, () => {
    for (const { start, end } of row.spans)
      assert.deepEqual(text.snap(start, end), { start, end });
  });

  test(`${row.name}: grapheme by grapheme one comes to the end and back`, () => {
    const forward = walk(0, (point) => text.nextGrapheme(point), row.points);
    const back = walk(row.points, (point) => text.previousGrapheme(point), 0);
    assert.deepEqual(forward, back.reverse());
  });

  test(`${row.name}: blocks cover the text`, () => {
    const blocks = paragraphs(text);
    assert.equal(blocks.map(({ start, end }) => text.slice(start, end)).join(""), row.text);
  });
}

/** Return all stops from a place to a goal. */
function walk(from, step, goal) {
  const stops = [from];
  while (stops.at(-1) !== goal) stops.push(step(stops.at(-1)));
  return stops;
}

test("a place behind the text is its end", () => {
  assert.equal(new Text("a😀").toUnit(9), 10);
});

test("an empty range stays empty", () => {
  assert.deepEqual(new Text("e\u0301").snap(1, 1), { start: 0, end: 0 });
});

test("a text without characters has no blocks", () => {
  assert.deepEqual(paragraphs(new Text("")), []);
});

test("line feeds behind a line belong to its block", () => {
  assert.deepEqual(paragraphs(new Text("a\n\nb\n")), [
    { start: 0, end: 3 },
    { start: 3, end: 5 },
  ]);
});

test("line feeds at the beginning are a block", () => {
  assert.deepEqual(paragraphs(new Text("\n\na")), [
    { start: 0, end: 2 },
    { start: 2, end: 3 },
  ]);
});

test("a paragraph that begins within a line begins a block", () => {
  const segments = [
    { type: "title", start: 0, end: 5 },
    { type: "paragraph", start: 6, end: 11 },
  ];
  assert.deepEqual(paragraphs(new Text("Titre Texte"), segments), [
    { start: 0, end: 6 },
    { start: 6, end: 11 },
  ]);
});

test("a dateline and a sentence begin none", () => {
  const segments = [
    { type: "dateline", start: 0, end: 5 },
    { type: "sentence", start: 6, end: 11 },
  ];
  assert.equal(paragraphs(new Text("ALBI, texte"), segments).length, 1);
});

test("a very long line is drawn in parts that end behind white space", () => {
  const blocks = paragraphs(new Text("mot ".repeat(5000)));
  assert.ok(
    blocks.length > 1 && blocks.every(({ start, end }) => end - start <= 8000 && start % 4 === 0),
  );
});

test("a very long word is cut between graphemes", () => {
  const text = new Text("👋🏽".repeat(5000));
  assert.deepEqual(
    paragraphs(text).map(({ start }) => start % 2),
    [0, 0],
  );
});

test("long lines lose nothing", () => {
  const string = `${"é ".repeat(9000)}\n${"x".repeat(17000)}`;
  const text = new Text(string);
  assert.equal(
    paragraphs(text)
      .map(({ start, end }) => text.slice(start, end))
      .join(""),
    string,
  );
});
