// core/layout.js: where a block is cut, and in which lane each span is drawn.

import assert from "node:assert/strict";
import { test } from "node:test";

import { pieces } from "../../../../annotate/web/core/layout.js";

const BLOCK = { start: 0, end: 100 };

/** A mention "a 3-9", or in pieces "a 3-9 12-15". */
function span(words, more = {}) {
  const [id, ...ranges] = words.split(" ");
  const pairs = ranges.map((range) => range.split("-").map(Number));
  const fragments = pairs.length > 1 ? pairs : [];
  return {
    id,
    start: pairs[0][0],
    end: pairs.at(-1)[1],
    fragments,
    label: "PER",
    colour: "#000000",
    kind: "mention",
    ...more,
  };
}

const spans = (...list) => list.map((words) => span(words));
const lanes = (layout) => Object.fromEntries([...layout.lanes].sort());
const drawnLanes = (layout) =>
  Object.fromEntries(
    layout.parts.flatMap((part) => part.covers.map((cover) => [cover.span.id, cover.lane])),
  );
const cut = (layout) =>
  layout.parts.map(({ start, end, covers }) =>
    `${start}-${end} ${covers.map((c) => c.span.id).join("")}`.trim(),
  );

const CUTS = [
  ["no spans leave the block whole", [], ["0-100"]],
  ["one span cuts it in three", ["a 10-20"], ["0-10", "10-20 a", "20-100"]],
  ["a span over all cuts nothing", ["a 0-100"], ["0-100 a"]],
  [
    "the smaller of two nested spans comes first",
    ["a 10-40", "b 20-30"],
    ["0-10", "10-20 a", "20-30 ba", "30-40 a", "40-100"],
  ],
  [
    "crossing spans share their middle",
    ["a 10-30", "b 20-45"],
    ["0-10", "10-20 a", "20-30 ab", "30-45 b", "45-100"],
  ],
  ["two spans over the same words", ["a 10-20", "b 10-20"], ["0-10", "10-20 ab", "20-100"]],
  [
    "the gap of a discontinuous span is covered too",
    ["a 10-20 30-40"],
    ["0-10", "10-20 a", "20-30 a", "30-40 a", "40-100"],
  ],
];
for (const [name, given, wanted] of CUTS) {
  test(name, () => assert.deepEqual(cut(pieces(BLOCK, spans(...given))), wanted));
}

const LANES = [
  ["words apart share the first lane", ["a 0-10", "b 20-30"], { a: 0, b: 0 }],
  ["the outer of two nested spans lies lower", ["a 0-30", "b 10-20"], { a: 1, b: 0 }],
  ["three nested spans, three lanes", ["a 0-60", "b 5-50", "c 10-40"], { a: 2, b: 1, c: 0 }],
  ["crossing spans have a lane each", ["a 0-20", "b 10-30"], { a: 0, b: 1 }],
  ["the same words twice", ["a 0-10", "b 0-10"], { a: 0, b: 1 }],
  ["a label longer than its span keeps the next one away", ["a 0-1", "b 2-12"], { a: 0, b: 1 }],
  ["the line between two pieces is taken", ["a 0-10 30-40", "b 12-25"], { a: 1, b: 0 }],
];
for (const [name, given, wanted] of LANES) {
  test(name, () => assert.deepEqual(lanes(pieces(BLOCK, spans(...given))), wanted));
}

test("the depth is the number of lanes", () => {
  assert.equal(pieces(BLOCK, spans("a 0-30", "b 10-20")).depth, 2);
});

test("a block without spans has no depth", () => {
  assert.equal(pieces(BLOCK, []).depth, 0);
});

test("a search hit takes no lane", () => {
  const layout = pieces(BLOCK, [span("h 0-20", { kind: "hit" }), span("a 5-15")]);
  assert.deepEqual(lanes(layout), { a: 0 });
});

test("a search hit covers its words", () => {
  assert.deepEqual(cut(pieces(BLOCK, [span("h 10-20", { kind: "hit" })])), [
    "0-10",
    "10-20 h",
    "20-100",
  ]);
});

test("a block is cut where it is told as well", () => {
  assert.deepEqual(cut(pieces(BLOCK, [], new Map(), [98])), ["0-98", "98-100"]);
});

test("a piece is numbered where it begins, and nowhere else", () => {
  const layout = pieces(BLOCK, spans("a 10-20 30-40", "b 32-35"));
  const numbers = layout.parts.map(
    ({ covers }) => covers.find((cover) => cover.span.id === "a")?.piece ?? null,
  );
  assert.deepEqual(numbers, [null, 0, null, 1, null, null, null]);
});

test("what lies between pieces is a gap", () => {
  const layout = pieces(BLOCK, spans("a 10-20 30-40"));
  assert.deepEqual(
    layout.parts.map(({ covers }) => covers[0]?.gap ?? null),
    [null, false, true, false, null],
  );
});

test("a span that goes on from the block before has its label at the start of the block", () => {
  const layout = pieces({ start: 50, end: 100 }, spans("a 20-70"));
  assert.equal(layout.parts[0].covers[0].piece, 0);
});

test("the role of a filler makes its label give way, not that of its neighbour", () => {
  const kept = new Map([
    ["a", 0],
    ["b", 0],
  ]);
  const layout = pieces(BLOCK, [span("a 0-5", { role: "Recipient" }), span("b 6-12")], kept);
  assert.deepEqual(drawnLanes(layout), { a: 1, b: 0 });
});

test("without the role it comes home", () => {
  const kept = new Map([
    ["a", 0],
    ["b", 0],
  ]);
  const after = pieces(BLOCK, [span("a 0-5", { role: "Recipient" }), span("b 6-12")], kept);
  assert.deepEqual(drawnLanes(pieces(BLOCK, spans("a 0-5", "b 6-12"), after.lanes)), {
    a: 0,
    b: 0,
  });
});

/** A generator of numbers in [0, 1) from a seed (mulberry32). */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function randomSpans(random, count) {
  return Array.from({ length: count }, (_, at) => {
    const start = Math.floor(random() * 95);
    return span(`s${at} ${start}-${start + 1 + Math.floor(random() * (99 - start))}`);
  });
}

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

test("one span more moves no other, whatever there was", () => {
  for (const seed of SEEDS) {
    const random = seeded(seed);
    const [added, ...there] = randomSpans(random, 12);
    const before = pieces(BLOCK, there);
    const after = pieces(BLOCK, [...there, added], before.lanes);
    for (const { id } of there)
      assert.equal(after.lanes.get(id), before.lanes.get(id), `seed ${seed}`);
  }
});

test("one span less moves no other", () => {
  for (const seed of SEEDS) {
    const all = randomSpans(seeded(seed), 12);
    const before = pieces(BLOCK, all);
    const after = pieces(BLOCK, all.slice(1), before.lanes);
    for (const { id } of all.slice(1))
      assert.equal(after.lanes.get(id), before.lanes.get(id), `seed ${seed}`);
  }
});

test("no two spans of a lane overlap", () => {
  for (const seed of SEEDS) {
    const all = randomSpans(seeded(seed), 15);
    const { lanes: found } = pieces(BLOCK, all);
    for (const one of all) {
      for (const other of all) {
        const overlap = one.start < other.end && other.start < one.end && one.id !== other.id;
        assert.ok(
          !overlap || found.get(one.id) !== found.get(other.id),
          `seed ${seed}: ${one.id} ${other.id}`,
        );
      }
    }
  }
});

test("parts cover the block without a break", () => {
  for (const seed of SEEDS) {
    const { parts } = pieces(BLOCK, randomSpans(seeded(seed), 15));
    const borders = parts.flatMap(({ start, end }) => [start, end]);
    assert.deepEqual(
      [...new Set(borders)].sort((a, b) => a - b).length,
      parts.length + 1,
      `seed ${seed}`,
    );
  }
});

test("each part is covered by exactly the spans around it", () => {
  for (const seed of SEEDS) {
    const all = randomSpans(seeded(seed), 15);
    for (const { start, end, covers } of pieces(BLOCK, all).parts) {
      const around = all.filter((one) => one.start <= start && end <= one.end).map(({ id }) => id);
      assert.deepEqual(covers.map((cover) => cover.span.id).sort(), around.sort(), `seed ${seed}`);
    }
  }
});
