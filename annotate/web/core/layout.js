// Where spans are drawn in a block: the segments it is cut into, and a lane for each underline.

import { below } from "./offsets.js";

/**
 * A span to draw. Offsets are code points; `fragments` is empty or has two or more pairs.
 * @typedef {object} Span
 * @property {string} id
 * @property {number} start
 * @property {number} end
 * @property {readonly (readonly [number, number])[]} [fragments]
 * @property {string} label
 * @property {string} colour as "#rrggbb"
 * @property {"mention" | "trigger" | "ghost" | "hit"} kind
 * @property {string | null} [role] in the active event
 * @property {boolean} [active] of the active event
 * @property {string} [title] what a screen reader says
 */
/** @typedef {{start: number, end: number}} Range */
/**
 * A span over one segment: `gap` between its pieces, `piece` the number of the piece that starts
 * here.
 */
/** @typedef {{span: Span, lane: number, gap: boolean, piece: number | null}} Cover */
/** @typedef {{start: number, end: number, covers: Cover[]}} Part smallest span first */
/** @typedef {{parts: Part[], lanes: Map<string, number>, depth: number}} Layout */
/** @typedef {{start: number, end: number}[][]} Taken ranges in each lane */

// A label is set smaller than the text: its width in characters of the text.
const NARROW = 0.72;
const MARGIN = 1;

/**
 * Cut a block where its spans begin and end.
 * @param {Range} block
 * @param {readonly Span[]} spans that touch the block
 * @param {ReadonlyMap<string, number>} [kept] the lanes of an earlier layout, which stay
 * @param {readonly number[]} [cuts] where to cut as well
 * @returns {Layout}
 */
export function pieces(block, spans, kept = new Map(), cuts = []) {
  const ordered = [...spans].sort(smaller);
  const lined = ordered.filter((span) => span.kind !== "hit");
  const lanes = homes(block, lined, kept);
  const shown = widened(block, lined, lanes);
  const borders = cutting(block, ordered, cuts);
  const parts = borders.slice(1).map((end, at) => ({ start: borders[at] ?? 0, end, covers: [] }));
  for (const span of ordered) cover(parts, span, shown.get(span.id) ?? -1, block);
  return { parts, lanes, depth: Math.max(0, ...[...shown.values()].map((lane) => lane + 1)) };
}

/** Order spans by size, then by place. @param {Span} one @param {Span} other */
export function smaller(one, other) {
  return size(one) - size(other) || one.start - other.start || (one.id < other.id ? -1 : 1);
}

/** Return how much a span covers, without its gaps. @param {Span} span */
function size(span) {
  return parted(span).reduce((sum, [start, end]) => sum + end - start, 0);
}

/**
 * Return the pieces of a span.
 * @param {Span} span
 * @returns {readonly (readonly [number, number])[]}
 */
export function parted(span) {
  return span.fragments?.length ? span.fragments : [[span.start, span.end]];
}

/**
 * Return the lane of each span, the highest being 0: kept where there was one, else the first that
 * is free. Roles are left out, so that lanes do not wander as events come and go.
 * @param {Range} block @param {readonly Span[]} spans smallest first
 * @param {ReadonlyMap<string, number>} kept
 */
function homes(block, spans, kept) {
  /** @type {Map<string, number>} */
  const lanes = new Map();
  /** @type {Taken} */
  const taken = [];
  const known = spans.filter((span) => kept.has(span.id));
  const fresh = spans.filter((span) => !kept.has(span.id));
  for (const span of [...known, ...fresh]) {
    const range = reach(block, span, span.label);
    lanes.set(span.id, place(taken, range, kept.get(span.id) ?? 0));
  }
  return lanes;
}

/**
 * Return the lanes that are drawn: a label made longer by its role leaves its lane if it would run
 * into another.
 * @param {Range} block @param {readonly Span[]} spans @param {ReadonlyMap<string, number>} lanes
 * @returns {ReadonlyMap<string, number>}
 */
function widened(block, spans, lanes) {
  const long = spans.filter((span) => span.role);
  if (long.length === 0) return lanes;
  const shown = new Map(lanes);
  /** @type {Taken} */
  const taken = [];
  for (const span of spans) {
    if (!span.role) take(taken, lanes.get(span.id) ?? 0, reach(block, span, span.label));
  }
  for (const span of long) {
    const range = reach(block, span, `${span.label}  ${span.role}`);
    shown.set(span.id, place(taken, range, lanes.get(span.id) ?? 0));
  }
  return shown;
}

/**
 * Return what a span needs of a line: itself, or its label if that is longer.
 * @param {Range} block
 * @param {Span} span
 * @param {string} label
 */
function reach(block, span, label) {
  const start = Math.max(span.start, block.start);
  const [from] = parted(span).at(-1) ?? [start];
  const room = Math.ceil((label.length + (span.fragments?.length ? 4 : 0)) * NARROW) + MARGIN;
  return { start, end: Math.max(Math.min(span.end, block.end), Math.max(from, start) + room) };
}

/**
 * Return the wanted lane if it is free, else the first that is, and take it.
 * @param {Taken} taken
 * @param {Range} range
 * @param {number} wanted
 */
function place(taken, range, wanted) {
  let lane = wanted;
  if (!free(taken, lane, range)) {
    lane = 0;
    while (!free(taken, lane, range)) lane += 1;
  }
  take(taken, lane, range);
  return lane;
}

/** @param {Taken} taken @param {number} lane @param {Range} range */
function free(taken, lane, range) {
  return !(taken[lane] ?? []).some((other) => range.start < other.end && other.start < range.end);
}

/** @param {Taken} taken @param {number} lane @param {Range} range */
function take(taken, lane, range) {
  while (taken.length <= lane) taken.push([]);
  taken[lane]?.push(range);
}

/**
 * Return all borders in a block, sorted.
 * @param {Range} block
 * @param {readonly Span[]} spans
 * @param {readonly number[]} cuts
 */
function cutting(block, spans, cuts) {
  const borders = new Set([block.start, block.end]);
  const wanted = [...cuts, ...spans.flatMap((span) => parted(span).flat())];
  for (const border of wanted) {
    if (block.start < border && border < block.end) borders.add(border);
  }
  return [...borders].sort((a, b) => a - b);
}

/**
 * Add a span to the parts it covers, its gaps included.
 * @param {Part[]} parts
 * @param {Span} span
 * @param {number} lane
 * @param {Range} block
 */
function cover(parts, span, lane, block) {
  const ranges = parted(span);
  let at = below(parts.length, (k) => (parts[k]?.end ?? 0) <= span.start);
  for (
    let part = parts[at];
    part !== undefined && part.start < span.end;
    part = parts[(at += 1)]
  ) {
    const { start } = part;
    const inside = ranges.findIndex(([from, to]) => from <= start && start < to);
    const begins = inside >= 0 && (ranges[inside]?.[0] === start || start === block.start);
    const gap = inside < 0;
    if (!gap || span.kind !== "hit")
      part.covers.push({ span, lane, gap, piece: begins ? inside : null });
  }
}
