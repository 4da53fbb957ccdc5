// The blocks of a text and the spans in them: which are to be drawn anew, and drawing them.

import { pieces } from "../core/layout.js";
import { leftward, redraw } from "./drawing.js";

/** @import {Text} from "../core/offsets.js" */
/** @import {Span} from "../core/layout.js" */
/** @import {Drawn} from "./drawing.js" */
/** @import {Tones} from "./tones.js" */
/** @typedef {{start: number, end: number}} Range half-open, in code points */
/**
 * @typedef {object} Block
 * @property {number} start in code points
 * @property {number} end
 * @property {number} unit where it starts in UTF-16 units
 * @property {number} tail where its line ends and empty lines begin, in code points
 * @property {boolean} leftward it runs from right to left
 * @property {HTMLElement} element
 * @property {Drawn} drawn its nodes
 * @property {Map<string, Span>} spans that touch it
 * @property {Map<string, number>} lanes of the last layout
 */

export class Blocks {
  /** @type {Map<string, Span>} */
  spans = new Map();
  /** The numbers of blocks whose spans have changed since they were drawn. @type {Set<number>} */
  stale = new Set();

  /**
   * @param {Text} text
   * @param {readonly Range[]} ranges
   * @param {string} direction
   * @param {Tones} tones
   */
  constructor(text, ranges, direction, tones) {
    this.text = text;
    this.tones = tones;
    this.list = ranges.map((range) => this.#plain(range, direction));
  }

  /**
   * Return a block of plain text.
   * @param {Range} range
   * @param {string} direction
   * @returns {Block}
   */
  #plain({ start, end }, direction) {
    const { text, tones } = this;
    const element = document.createElement("p");
    element.dir = direction;
    element.className = "block depth0";
    const string = text.slice(start, end);
    const feeds = /\n*$/u.exec(string)?.[0].length ?? 0;
    const tail = feeds > 1 ? end - feeds + 1 : end;
    const left = direction === "auto" ? leftward(string) : direction === "rtl";
    const layout = pieces({ start, end }, [], new Map(), [tail]);
    const drawn = redraw(element, { text, layout, tail, leftward: left, tones }, new Map());
    const unit = text.toUnit(start);
    return {
      start,
      end,
      unit,
      tail,
      leftward: left,
      element,
      drawn,
      spans: new Map(),
      lanes: new Map(),
    };
  }

  /** Return the number of the block that holds a code point. @param {number} point */
  at(point) {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle]?.start ?? 0) <= point) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /**
   * Return the numbers of the first and the last block that a range touches.
   * @param {number} start
   * @param {number} end
   */
  of(start, end) {
    return { first: this.at(start), last: this.at(Math.max(start, end - 1)) };
  }

  /** @param {Span} span in place of one with its id */
  add(span) {
    this.drop(span.id);
    this.spans.set(span.id, span);
    this.#each(span, (block) => block.spans.set(span.id, span));
  }

  /** @param {string} id */
  drop(id) {
    const span = this.spans.get(id);
    if (span === undefined) return;
    this.spans.delete(id);
    this.#each(span, (block) => block.spans.delete(id));
  }

  /**
   * Do something to the blocks of a span, which are then to be drawn.
   * @param {Span} span
   * @param {(block: Block) => void} work
   */
  #each(span, work) {
    const { first, last } = this.of(span.start, span.end);
    for (let at = first; at <= last; at += 1) {
      const block = this.list[at];
      if (block === undefined) continue;
      work(block);
      this.stale.add(at);
    }
  }

  /**
   * Draw what is to be drawn of some blocks.
   * @param {number} first
   * @param {number} last its number, not that behind it
   */
  settle(first, last) {
    for (let at = first; at <= last && this.stale.size > 0; at += 1) {
      if (this.stale.has(at)) this.#draw(at);
    }
  }

  /** Draw one block that is to be drawn. @returns {boolean} whether there are more */
  next() {
    const [at] = this.stale;
    if (at !== undefined) this.#draw(at);
    return this.stale.size > 0;
  }

  /** @param {number} at */
  #draw(at) {
    this.stale.delete(at);
    const block = this.list[at];
    if (block === undefined) return;
    const layout = pieces(block, [...block.spans.values()], block.lanes, [block.tail]);
    block.lanes = layout.lanes;
    const { activeElement } = document;
    const focused = block.element.contains(activeElement) ? activeElement : null;
    block.drawn = redraw(
      block.element,
      { ...block, layout, text: this.text, tones: this.tones },
      block.drawn,
    );
    block.element.className = `block depth${layout.depth}`;
    if (focused?.isConnected === false)
      this.label(focused.getAttribute("data-id") ?? "")?.focus({ preventScroll: true });
  }

  /**
   * Return the label of a span, which can have the focus; if that is not drawn, the mark that
   * stands for it.
   * @param {string} id
   * @returns {HTMLElement | null}
   */
  label(id) {
    const block = this.list[this.at(this.spans.get(id)?.start ?? 0)];
    const label = `i[role="button"][data-id="${CSS.escape(id)}"]`;
    return block?.element.querySelector(label) ?? block?.element.querySelector("i.more") ?? null;
  }
}

/** Return whether two spans are drawn alike. @param {Span | undefined} one @param {Span} other */
export function same(one, other) {
  if (one === undefined || one === other) return one !== undefined;
  return JSON.stringify(one) === JSON.stringify(other);
}
