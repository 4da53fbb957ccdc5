// core/layout.js: where a block is cut, and in which lane each span is drawn.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LANES, pieces } from "../../../../annotate/web/core/layout.js";

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

const STACKS = [
  ["words apart share the first lane", ["a 0-10", "b 20-30"], { a: 0, b: 0 }],
  ["the outer of two nested spans lies lower", ["a 0-30", "b 10-20"], { a: 1, b: 0 }],
  ["three nested spans, three lanes", ["a 0-60", "b 5-50", "c 10-40"], { a: 2, b: 1, c: 0 }],
  ["crossing spans have a lane each", ["a 0-20", "b 10-30"], { a: 0, b: 1 }],
  ["the same words twice", ["a 0-10", "b 0-10"], { a: 0, b: 1 }],
  ["a label longer than its span keeps the next one away", ["a 0-1", "b 2-12"], { a: 0, b: 1 }],
  ["the line between two pieces is taken", ["a 0-10 30-40", "b 12-25"], { a: 1, b: 0 }],
];
for (const [name, given, wanted] of STACKS) {
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

const LABELS = [
  ["THREATEN", "trigger", "wider than « menacé » leaves the lane below to the next span", 1],
  ["THREATEN", "mention", "in capitals is wider than its word even without a ground", 1],
  ["ORG", "mention", "as short as its word leaves the lane to the next span", 0],
];
for (const [label, kind, words, wanted] of LABELS) {
  test(`a label ${words}`, () => {
    const layout = pieces(BLOCK, [span("a 0-6", { label, kind }), span("b 7-15")]);
    assert.deepEqual(lanes(layout), { a: 0, b: wanted });
  });
}

/** Spans that all start at 0, each larger than the one before. */
const nested = (count, step = 1) =>
  Array.from({ length: count }, (_, at) => span(`n${at} 0-${(at + 1) * step}`));
const drawn = ({ parts }) => parts.reduce((sum, { covers }) => sum + covers.length, 0);
const clicked = ({ covers, others }) => [...covers, ...others].map((cover) => cover.span.id);
const wide = (count) => ({ start: 0, end: count + 10 });

test("a place has a dozen lines at most", () => {
  const most = pieces(BLOCK, nested(50)).parts.map(({ covers }) => covers.length);
  assert.equal(Math.max(...most), LANES);
});

test("those are of the smallest spans there", () => {
  const { parts } = pieces(BLOCK, nested(50));
  assert.deepEqual(
    parts[20].covers.map((cover) => cover.span.id),
    Array.from({ length: LANES }, (_, at) => `n${20 + at}`),
  );
});

test("clicks go through twice as many, smallest first", () => {
  const { parts } = pieces(BLOCK, nested(50));
  assert.deepEqual(
    clicked(parts[0]),
    Array.from({ length: 2 * LANES }, (_, at) => `n${at}`),
  );
});

test("a crowd says once, where they are most, how many spans are not drawn", () => {
  const more = pieces(BLOCK, nested(50)).parts.map((part) => part.more);
  assert.deepEqual([more[0], ...new Set(more.slice(1))], [50 - LANES, 0]);
});

test("crowds apart have a mark each", () => {
  const heap = (from, count) =>
    Array.from({ length: count }, (_, at) => span(`h${from}.${at} ${from}-${from + 5}`));
  const { parts } = pieces(BLOCK, [...heap(10, 15), ...heap(40, 14)]);
  assert.deepEqual(
    parts.filter(({ more }) => more > 0).map(({ start, more }) => [start, more]),
    [
      [10, 3],
      [40, 2],
    ],
  );
});

test("the mark has a lane of its own below the lines", () => {
  assert.equal(pieces(BLOCK, nested(50)).depth, LANES + 1);
});

test("a dozen spans are no crowd", () => {
  const { parts, depth } = pieces(BLOCK, nested(LANES, 5));
  assert.deepEqual([depth, Math.max(...parts.map(({ more }) => more))], [LANES, 0]);
});

test("what is drawn grows with the number of nested spans, not with its square", () => {
  for (const count of [300, 1200, 5000])
    assert.ok(drawn(pieces(wide(count), nested(count))) <= LANES * count, `${count} spans`);
});

test("a block cut all too often has fewer lines", () => {
  const { lines, parts } = pieces(wide(5000), nested(5000));
  assert.ok(lines < LANES && parts.every(({ covers }) => covers.length <= lines));
});

test("what only has its gap at a place does not crowd out what covers it", () => {
  const gaps = Array.from({ length: 40 }, (_, at) => span(`g${at} ${at}-${at + 1} 90-91`));
  const { parts } = pieces(BLOCK, [...gaps, span("m 60-70")]);
  assert.ok(clicked(parts.find(({ start }) => start === 60)).includes("m"));
});

test("hits of a search are neither counted nor drawn without end", () => {
  const hits = Array.from({ length: 50 }, (_, at) => span(`h${at} 0-20`, { kind: "hit" }));
  const [part] = pieces(BLOCK, [...hits, span("a 0-20")]).parts;
  assert.deepEqual([part.covers.length, part.more, clicked(part).includes("a")], [13, 0, true]);
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

test("one span more moves none in a crowd", () => {
  for (const seed of SEEDS) {
    const [added, ...there] = randomSpans(seeded(seed), 60);
    const before = pieces(BLOCK, there);
    const after = pieces(BLOCK, [...there, added], before.lanes);
    for (const [id, lane] of after.lanes) {
      if (before.lanes.has(id)) assert.equal(lane, before.lanes.get(id), `seed ${seed}: ${id}`);
    }
  }
});

test("no two lines of a place share a lane above the last", () => {
  for (const seed of SEEDS) {
    for (const { start, covers } of pieces(BLOCK, randomSpans(seeded(seed), 60)).parts) {
      const taken = covers.map(({ lane }) => lane).filter((lane) => lane < LANES - 1);
      assert.equal(new Set(taken).size, taken.length, `seed ${seed} at ${start}`);
    }
  }
});

test("lines and spans that are not drawn are all that cover a place", () => {
  for (const seed of SEEDS) {
    const all = randomSpans(seeded(seed), 60);
    for (const { start, end, count } of pieces(BLOCK, all).parts) {
      const around = all.filter((one) => one.start <= start && end <= one.end).length;
      assert.equal(count, around, `seed ${seed} at ${start}`);
    }
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
