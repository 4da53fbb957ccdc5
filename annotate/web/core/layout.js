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
 * here, `rank` its place among all spans of the block, the smallest first.
 * @typedef {object} Cover
 * @property {Span} span
 * @property {number} rank
 * @property {number} lane
 * @property {boolean} gap
 * @property {number | null} piece
 */
/**
 * A segment: the spans drawn over it, smallest first; `others` the next larger ones, which only a
 * click reaches; `count` all that have a line there; `more` how many of them are not drawn, said
 * at one part of a crowd.
 * @typedef {object} Part
 * @property {number} start
 * @property {number} end
 * @property {Cover[]} covers
 * @property {Cover[]} others
 * @property {number} count
 * @property {number} more
 */
/**
 * `lines` is the most that are drawn under a place.
 * @typedef {{parts: Part[], lanes: Map<string, number>, lines: number, depth: number}} Layout
 */
/** @typedef {Range[][]} Taken ranges in each lane, sorted and apart */

/** Lines drawn under a place at most, and lanes that text.css has a place for. */
export const LANES = 12;
// In a block cut in more parts than this, far beyond what words make, lines are fewer: a browser
// lays out the whole block when one part of it changes.
const MANY = 1500;
const FEW = 4;
// Spans without a line that clicks at a place go through as well: a limit too, so that attributes
// grow with the number of spans and not with its square. Tab, cards and the palette reach all.
const CLICKED = 12;
// A label is set smaller than the text: what its letters take in characters of the text.
const NARROW = 0.72;
const CAPITAL = 0.9;
// The padding of a label on a ground of its own.
const GROUND = 0.8;
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
  const ordered = sorted(spans);
  const borders = cutting(block, ordered, cuts);
  const lines = borders.length > MANY ? FEW : LANES;
  const parts = covered(block, ordered, borders, lines + CLICKED);
  for (const part of parts) divide(part, lines);
  const drawn = extents(parts);
  const lined = ordered.filter((span) => drawn.has(span.id));
  const lanes = homes(lined, drawn, kept);
  const shown = widened(lined, drawn, lanes);
  let lowest = -1;
  for (const { covers } of parts) {
    for (const cover of covers) {
      cover.lane = Math.min(shown.get(cover.span.id) ?? -1, lines - 1);
      lowest = Math.max(lowest, cover.lane);
    }
  }
  const crowded = crowds(parts, lines);
  return { parts, lanes, lines, depth: crowded ? lines + 1 : lowest + 1 };
}

/** Return spans smallest first. @param {readonly Span[]} spans */
function sorted(spans) {
  return spans
    .map((span) => ({ span, size: size(span) }))
    .sort((one, other) => one.size - other.size || placed(one.span, other.span))
    .map(({ span }) => span);
}

/** @param {Span} one @param {Span} other */
function placed(one, other) {
  return one.start - other.start || (one.id < other.id ? -1 : 1);
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
 * Where a span is drawn in a block, from its first to its last part, and the start of its last
 * label; in a crowd that is less than the span.
 * @typedef {{start: number, end: number, label: number | null}} Extent
 */

/**
 * Return where each span with a line is drawn. One span more never makes another's extent larger,
 * so that none has to leave its lane for it.
 * @param {readonly Part[]} parts
 */
function extents(parts) {
  /** @type {Map<string, Extent>} */
  const found = new Map();
  for (const { start, end, covers } of parts) {
    for (const { span, piece } of covers) {
      if (span.kind === "hit") continue;
      const extent = found.get(span.id) ?? { start, end, label: null };
      extent.end = end;
      if (piece !== null) extent.label = start;
      found.set(span.id, extent);
    }
  }
  return found;
}

/**
 * Return the lane of each span, the highest being 0: kept where there was one, else the first that
 * is free. Roles are left out, so that lanes do not wander as events come and go.
 * @param {readonly Span[]} spans smallest first
 * @param {ReadonlyMap<string, Extent>} drawn
 * @param {ReadonlyMap<string, number>} kept
 */
function homes(spans, drawn, kept) {
  /** @type {Map<string, number>} */
  const lanes = new Map();
  /** @type {Taken} */
  const taken = [];
  const known = spans.filter((span) => kept.has(span.id));
  const fresh = spans.filter((span) => !kept.has(span.id));
  for (const span of [...known, ...fresh]) {
    const range = reach(span, drawn, null);
    lanes.set(span.id, place(taken, range, kept.get(span.id) ?? 0));
  }
  return lanes;
}

/**
 * Return the lanes that are drawn: a label made longer by its role leaves its lane if it would run
 * into another.
 * @param {readonly Span[]} spans
 * @param {ReadonlyMap<string, Extent>} drawn
 * @param {ReadonlyMap<string, number>} lanes
 * @returns {ReadonlyMap<string, number>}
 */
function widened(spans, drawn, lanes) {
  const long = spans.filter((span) => span.role);
  if (long.length === 0) return lanes;
  const shown = new Map(lanes);
  /** @type {Taken} */
  const taken = [];
  for (const span of spans) {
    if (!span.role) take(taken, lanes.get(span.id) ?? 0, reach(span, drawn, null));
  }
  for (const span of long) {
    const range = reach(span, drawn, span.role ?? null);
    shown.set(span.id, place(taken, range, lanes.get(span.id) ?? 0));
  }
  return shown;
}

/**
 * Return what a span needs of a line: itself, or its label if that is longer.
 * @param {Span} span
 * @param {ReadonlyMap<string, Extent>} drawn
 * @param {string | null} role to be shown before the label
 * @returns {Range}
 */
function reach(span, drawn, role) {
  const { start, end, label } = drawn.get(span.id) ?? { ...span, label: span.start };
  if (label === null) return { start, end };
  const words = role === null ? span.label : `${role} · ${span.label}`;
  const ground = role !== null || span.kind === "trigger" ? GROUND : 0;
  const room = Math.ceil(width(words) + (span.fragments?.length ? 3 : 0) + ground) + MARGIN;
  return { start, end: Math.max(end, label + room) };
}

/** Return the width of a label in characters of the text. @param {string} words */
function width(words) {
  const capitals = words.match(/[\p{Lu}\p{N}]/gu)?.length ?? 0;
  return capitals * CAPITAL + (words.length - capitals) * NARROW;
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

/**
 * Return the number of the first range that ends behind a point.
 * @param {readonly Range[]} ranges sorted
 * @param {number} point
 */
function behind(ranges, point) {
  return below(ranges.length, (k) => (ranges[k]?.end ?? 0) <= point);
}

/** @param {Taken} taken @param {number} lane @param {Range} range */
function free(taken, lane, range) {
  const ranges = taken[lane] ?? [];
  return (ranges[behind(ranges, range.start)]?.start ?? Infinity) >= range.end;
}

/** @param {Taken} taken @param {number} lane @param {Range} range */
function take(taken, lane, range) {
  while (taken.length <= lane) taken.push([]);
  const ranges = taken[lane] ?? [];
  ranges.splice(behind(ranges, range.start), 0, range);
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

/** The parts of a block that have room for more of a kind; full ones cost nothing to pass. */
class Rooms {
  /** @param {number} count of parts @param {number} limit of each */
  constructor(count, limit) {
    this.limit = limit;
    this.held = new Uint16Array(count);
    // How many more (or fewer) want a place in a part than in the one before it.
    this.changes = new Int32Array(count + 1);
    // The part itself while it has room, else one behind it that may have.
    this.next = Uint32Array.from({ length: count + 1 }, (_, at) => at);
  }

  /** Return the first part with room from one on. @param {number} at */
  from(at) {
    const { next } = this;
    let found = at;
    for (let to = next[found] ?? found; to !== found; to = next[found] ?? found) {
      next[found] = next[to] ?? to;
      found = to;
    }
    return found;
  }

  /**
   * Take a place in all parts of a range that have room, and yield them.
   * @param {number} low
   * @param {number} high the part behind the last
   */
  *take(low, high) {
    if (low >= high) return;
    this.changes[low] = (this.changes[low] ?? 0) + 1;
    this.changes[high] = (this.changes[high] ?? 0) - 1;
    for (let at = this.from(low); at < high; at = this.from(at + 1)) {
      const held = (this.held[at] ?? 0) + 1;
      this.held[at] = held;
      if (held === this.limit) this.next[at] = at + 1;
      yield at;
    }
  }
}

/**
 * Return the parts of a block with the innermost spans of each: those that cover it, then those
 * that only have a gap there.
 * @param {Range} block
 * @param {readonly Span[]} ordered smallest first
 * @param {readonly number[]} borders
 * @param {number} limit of spans at a part
 */
function covered(block, ordered, borders, limit) {
  const parts = borders.slice(1).map((_, at) => emptied(borders, at));
  const index = new Map(borders.map((border, at) => [border, at]));
  const lines = new Rooms(parts.length, limit);
  const hits = new Rooms(parts.length, LANES);
  /** @param {Span} span @param {number} rank @param {Stretch} stretch */
  const cover = (span, rank, { from, to, piece }) => {
    const low = index.get(Math.max(from, block.start)) ?? 0;
    const high = index.get(Math.min(to, block.end)) ?? 0;
    const rooms = span.kind === "hit" ? hits : lines;
    for (const at of rooms.take(low, high)) {
      const begins = at === low ? piece : null;
      parts[at]?.covers.push({ span, rank, lane: -1, gap: piece === null, piece: begins });
    }
  };
  ordered.forEach((span, rank) => stretches(span).forEach((one) => cover(span, rank, one)));
  ordered.forEach((span, rank) => between(span).forEach((one) => cover(span, rank, one)));
  let count = 0;
  for (const [at, part] of parts.entries()) part.count = count += lines.changes[at] ?? 0;
  return parts;
}

/** @param {readonly number[]} borders @param {number} at @returns {Part} */
function emptied(borders, at) {
  const [start = 0, end = 0] = [borders[at], borders[at + 1]];
  return { start, end, covers: [], others: [], count: 0, more: 0 };
}

/** @typedef {{from: number, to: number, piece: number | null}} Stretch a piece, or a gap */

/** Return the pieces of a span. @param {Span} span @returns {Stretch[]} */
function stretches(span) {
  return parted(span).map(([from, to], piece) => ({ from, to, piece }));
}

/**
 * Return the gaps of a span; those of search hits are not drawn.
 * @param {Span} span
 * @returns {Stretch[]}
 */
function between(span) {
  const ranges = span.kind === "hit" ? [] : parted(span);
  return ranges.slice(1).map(([to], at) => ({ from: ranges[at]?.[1] ?? to, to, piece: null }));
}

/** Leave in a part what is drawn, smallest first. @param {Part} part @param {number} limit */
function divide(part, limit) {
  let lines = 0;
  const { covers } = part;
  part.covers = covers.filter(({ span }) => span.kind === "hit" || (lines += 1) <= limit);
  if (part.covers.some(({ gap }) => gap)) part.covers.sort((one, other) => one.rank - other.rank);
  if (lines <= limit) return;
  const drawn = new Set(part.covers);
  part.others = covers.filter(
    (cover) => !drawn.has(cover) && !cover.gap && cover.span.kind !== "hit",
  );
}

/**
 * Say of each crowd, a run of parts with more spans than are drawn, how many more they are where
 * they are most; return whether there is one.
 * @param {readonly Part[]} parts
 * @param {number} limit
 */
function crowds(parts, limit) {
  let found = false;
  /** @type {Part | null} */
  let fullest = null;
  for (const part of parts) {
    if (part.count <= limit) fullest = null;
    if (part.count <= (fullest?.count ?? limit)) continue;
    if (fullest !== null) fullest.more = 0;
    part.more = part.count - limit;
    fullest = part;
    found = true;
  }
  return found;
}
