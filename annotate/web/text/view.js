// What of the text is in the window, and bringing more into it.

/** @import {Blocks} from "./blocks.js" */
/** @import {Points} from "./points.js" */

/** Pixels between what is brought into sight and the border. */
const MARGIN = 60;

export class View {
  /** @param {HTMLElement} root @param {Blocks} blocks @param {Points} points */
  constructor(root, blocks, points) {
    this.root = root;
    this.blocks = blocks;
    this.points = points;
  }

  /** Return the numbers of the first and the last block in the window. */
  seen() {
    const { list } = this.blocks;
    const { top, bottom } = this.#area();
    let first = 0;
    let high = list.length - 1;
    while (first < high) {
      const middle = (first + high) >> 1;
      if (this.#box(middle).bottom < top) first = middle + 1;
      else high = middle;
    }
    let last = first;
    while (last + 1 < list.length && this.#box(last + 1).top < bottom) last += 1;
    return { first, last };
  }

  /** @param {number} at */
  #box(at) {
    return this.blocks.list[at]?.element.getBoundingClientRect() ?? new DOMRect();
  }

  /** Return the part of the window in which the text is. */
  #area() {
    const frame = scroller(this.root)?.getBoundingClientRect();
    return {
      top: Math.max(0, frame?.top ?? 0),
      bottom: Math.min(window.innerHeight, frame?.bottom ?? Infinity),
    };
  }

  /** Return the range of the text that is in the window, by whole lines. */
  range() {
    const { first, last } = this.seen();
    const { top, bottom } = this.#area();
    const { list } = this.blocks;
    const [from, to] = [list[first], list[last]];
    if (from === undefined || to === undefined) return { start: 0, end: 0 };
    return { start: this.#line(from, top, "bottom"), end: this.#line(to, bottom, "top") };
  }

  /**
   * Return the first code point of a block whose line is below a height: by its bottom or its top.
   * @param {{start: number, end: number}} block
   * @param {number} height
   * @param {"bottom" | "top"} side
   */
  #line({ start, end }, height, side) {
    let [low, high] = [start, end];
    while (low < high) {
      const middle = (low + high) >> 1;
      const box = this.points.rects(middle, middle + 1)[0];
      // A line feed has no box; it goes with what is before it.
      if (box === undefined || box[side] <= height) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Scroll as little as brings a range into sight. @param {number} start @param {number} end */
  show(start, end) {
    // Where blocks were never laid out the first jump is a guess, the second is right.
    const { top, bottom } = this.#area();
    const at = this.blocks.at(start);
    const box = this.#box(at);
    if (box.bottom < top || box.top > bottom)
      this.blocks.list[at]?.element.scrollIntoView({ block: "nearest" });
    const [word] = this.points.rects(start, end);
    if (word === undefined) return;
    const margin = Math.min(MARGIN, (bottom - top) / 4);
    const over =
      Math.min(0, word.top - top - margin) || Math.max(0, word.bottom - bottom + margin);
    if (over !== 0) (scroller(this.root) ?? document.scrollingElement)?.scrollBy({ top: over });
  }
}

/**
 * Return the element that scrolls another, or null if it is the window.
 * @param {HTMLElement} element
 */
function scroller(element) {
  for (
    let place = element.parentElement;
    place !== null && place !== document.body;
    place = place.parentElement
  ) {
    if (/auto|scroll/u.test(getComputedStyle(place).overflowY)) return place;
  }
  return null;
}
