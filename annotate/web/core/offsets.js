// A text in code points, the offsets of records, and in UTF-16 units, those of JavaScript and the
// DOM. Both are half-open and count from 0. A grapheme is what a reader takes for one character:
// an accented letter, a flag, a family of emoji.

/** @typedef {{start: number, end: number}} Range half-open, in code points */
/** @typedef {{type: string | null, start: number, end: number}} Segment of a record */

// A dateline often stands at the head of a paragraph, in the same line.
const BLOCKS = new Set(["title", "paragraph"]);
// Code points. One change draws one block anew, which must take a few milliseconds.
const LONGEST = 8000;
const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export class Text {
  /** @type {{start: number, end: number, ends: number[]} | null} */
  #line = null;

  /** @param {string} string */
  constructor(string) {
    this.string = string;
    // The second unit of each surrogate pair: few texts have many, so the list stays short.
    this.lows = lowSurrogates(string);
    /** Code points in the text. */
    this.length = string.length - this.lows.length;
  }

  /** Return the unit at which a code point begins. @param {number} point */
  toUnit(point) {
    // The k-th low surrogate stands behind lows[k] - k code points; those up to `point` count.
    return point + below(this.lows.length, (k) => (this.lows[k] ?? 0) - k <= point);
  }

  /**
   * Return the code point at a unit; inside a surrogate pair, the one it is half of.
   * @param {number} unit
   */
  toPoint(unit) {
    return unit - below(this.lows.length, (k) => (this.lows[k] ?? 0) <= unit);
  }

  /** @param {number} start @param {number} end in code points */
  slice(start, end) {
    return this.string.slice(this.toUnit(start), this.toUnit(end));
  }

  /**
   * Return the smallest range around this one that splits no grapheme.
   * @param {number} start
   * @param {number} end
   * @returns {Range}
   */
  snap(start, end) {
    const from = this.graphemeStart(start);
    return { start: from, end: end <= start ? from : this.graphemeEnd(end) };
  }

  /** Return the last border of graphemes at or before a code point. @param {number} point */
  graphemeStart(point) {
    const unit = this.toUnit(point);
    const { start, ends } = this.#graphemes(unit);
    const passed = below(ends.length, (k) => (ends[k] ?? 0) <= unit);
    return this.toPoint(passed === 0 ? start : (ends[passed - 1] ?? 0));
  }

  /** Return the first border of graphemes at or after a code point. @param {number} point */
  graphemeEnd(point) {
    if (this.graphemeStart(point) === point) return point;
    return this.nextGrapheme(point);
  }

  /** Return the first border of graphemes after a code point. @param {number} point */
  nextGrapheme(point) {
    const unit = this.toUnit(point);
    const { ends } = this.#graphemes(unit);
    const passed = below(ends.length, (k) => (ends[k] ?? 0) <= unit);
    return this.toPoint(ends[passed] ?? this.string.length);
  }

  /** Return the last border of graphemes before a code point. @param {number} point */
  previousGrapheme(point) {
    return point <= 0 ? 0 : this.graphemeStart(point - 1);
  }

  /**
   * Return where the graphemes of the line at `unit` end. LF ends a grapheme, whatever follows, so
   * a line can be cut by itself; the last line asked for is kept.
   * @param {number} unit
   */
  #graphemes(unit) {
    if (this.#line !== null && this.#line.start <= unit && unit < this.#line.end)
      return this.#line;
    const start = this.string.lastIndexOf("\n", unit - 1) + 1;
    const found = this.string.indexOf("\n", unit);
    const end = found < 0 ? this.string.length : found + 1;
    const ends = [];
    for (const { index, segment } of GRAPHEMES.segment(this.string.slice(start, end))) {
      ends.push(start + index + segment.length);
    }
    this.#line = { start, end, ends };
    return this.#line;
  }
}

/** Return the units of all low surrogates that end a pair. @param {string} string */
function lowSurrogates(string) {
  const found = [];
  for (const { index } of string.matchAll(/[\u{10000}-\u{10FFFF}]/gu)) found.push(index + 1);
  return Uint32Array.from(found);
}

/**
 * Return how many of the first numbers hold, where those that hold come first.
 * @param {number} count
 * @param {(k: number) => boolean} holds
 */
export function below(count, holds) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Return the blocks in which a text is drawn, in order and covering all of it: its lines, cut
 * where a title or paragraph begins and where they are very long. The line feeds behind a block
 * belong to it.
 * @param {Text} text
 * @param {readonly Segment[]} [segments]
 * @returns {Range[]}
 */
export function paragraphs(text, segments = []) {
  const starts = new Set([0]);
  for (const segment of segments) {
    if (BLOCKS.has(segment.type ?? "")) starts.add(text.graphemeStart(segment.start));
  }
  for (const { index, 0: feeds } of text.string.matchAll(/\n+/gu)) {
    starts.add(text.toPoint(index + feeds.length));
  }
  const sorted = [...starts].filter((start) => start < text.length).sort((a, b) => a - b);
  const blocks = sorted.map((start, at) => ({ start, end: sorted[at + 1] ?? text.length }));
  return blocks.flatMap((block) => [...shortened(text, block)]);
}

/**
 * Yield a block in parts that can be drawn quickly, cut behind white space if there is any.
 * @param {Text} text
 * @param {Range} block
 */
function* shortened(text, { start, end }) {
  let from = start;
  while (end - from > LONGEST) {
    const part = text.slice(from, from + LONGEST);
    const space = part.search(/\s\S*$/u);
    const cut =
      space > 0 ? text.toPoint(text.toUnit(from) + space) + 1 : text.graphemeStart(from + LONGEST);
    yield { start: from, end: cut };
    from = cut;
  }
  yield { start: from, end };
}
