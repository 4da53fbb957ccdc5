// Code points to places in the DOM and back. Labels and overlays hold no text nodes, so what the
// text nodes of a block hold is the text of the block.

import { below } from "../core/offsets.js";

/** @import {Text} from "../core/offsets.js" */
/** @import {Block, Blocks} from "./blocks.js" */

export class Points {
  /** @param {HTMLElement} root @param {Text} text @param {Blocks} blocks */
  constructor(root, text, blocks) {
    this.root = root;
    this.text = text;
    this.blocks = blocks;
    this.owners = new Map(
      blocks.list.map((block) => [/** @type {Node} */ (block.element), block]),
    );
  }

  /**
   * Return the code point at a place of the DOM; places outside the text are moved into it.
   * @param {Node} node
   * @param {number} offset
   */
  toPoint(node, offset) {
    const block = this.#blockOf(node);
    if (block === null) return this.#outside(node, offset);
    const range = document.createRange();
    range.setStart(block.element, 0);
    range.setEnd(node, offset);
    return this.text.toPoint(block.unit + range.toString().length);
  }

  /** @param {Node} node @returns {Block | null} */
  #blockOf(node) {
    /** @type {Node | null} */
    let place = node;
    while (place !== null && !this.owners.has(place)) place = place.parentNode;
    return place === null ? null : (this.owners.get(place) ?? null);
  }

  /** @param {Node} node @param {number} offset */
  #outside(node, offset) {
    const { list } = this.blocks;
    const range = document.createRange();
    range.setStart(node, offset);
    const before = below(list.length, (k) => {
      const element = list[k]?.element;
      return element !== undefined && range.comparePoint(element, 0) < 0;
    });
    return list[before]?.start ?? this.text.length;
  }

  /**
   * Return the grapheme drawn at a place in the window, or, beside all of them, the empty range at
   * the nearest border between two; null outside the window.
   * @param {number} x
   * @param {number} y in px
   */
  grapheme(x, y) {
    const border = this.under(x, y);
    if (border === null) return null;
    const around = [
      [border, this.text.nextGrapheme(border)],
      [this.text.previousGrapheme(border), border],
    ];
    for (const [start = 0, end = 0] of around) {
      if (this.rects(start, end).some((box) => box.left <= x && x <= box.right))
        return { start, end };
    }
    return { start: border, end: border };
  }

  /**
   * Return the border between characters nearest to a place in the window, or null.
   * @param {number} x
   * @param {number} y in px
   */
  under(x, y) {
    if (typeof document.caretPositionFromPoint === "function") {
      const place = document.caretPositionFromPoint(x, y);
      return place === null ? null : this.toPoint(place.offsetNode, place.offset);
    }
    const range = document.caretRangeFromPoint(x, y);
    return range === null ? null : this.toPoint(range.startContainer, range.startOffset);
  }

  /**
   * Yield the text nodes of a range and what of them is in it, in units.
   * @param {number} start
   * @param {number} end in code points
   * @returns {Generator<{node: Node, from: number, to: number}>}
   */
  *nodes(start, end) {
    const [low, high] = [this.text.toUnit(start), this.text.toUnit(end)];
    const { first, last } = this.blocks.of(start, end);
    for (const block of this.blocks.list.slice(first, last + 1)) {
      const walker = document.createTreeWalker(block.element, NodeFilter.SHOW_TEXT);
      let unit = block.unit;
      for (let node = walker.nextNode(); node !== null && unit < high; node = walker.nextNode()) {
        const length = node.nodeValue?.length ?? 0;
        if (unit + length > low)
          yield { node, from: Math.max(0, low - unit), to: Math.min(length, high - unit) };
        unit += length;
      }
    }
  }

  /**
   * Return a DOM range, or null if it would be empty.
   * @param {number} start
   * @param {number} end
   */
  range(start, end) {
    const found = [...this.nodes(start, end)];
    const [first, last] = [found[0], found.at(-1)];
    if (first === undefined || last === undefined) return null;
    const range = document.createRange();
    range.setStart(first.node, first.from);
    range.setEnd(last.node, last.to);
    return range;
  }

  /**
   * Return the boxes of a range in the window, one for each stretch of a line.
   * @param {number} start
   * @param {number} end
   * @returns {DOMRect[]}
   */
  rects(start, end) {
    const boxes = [];
    for (const { node, from, to } of this.nodes(start, end)) {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      boxes.push(...range.getClientRects());
    }
    return joined(boxes);
  }
}

/**
 * Return boxes with those made one that touch in the same line.
 * @param {readonly DOMRect[]} boxes
 */
export function joined(boxes) {
  /** @type {DOMRect[]} */
  const found = [];
  for (const box of boxes) {
    const last = found.at(-1);
    if (box.width === 0) continue;
    if (last !== undefined && touching(last, box)) found[found.length - 1] = union(last, box);
    else found.push(box);
  }
  return found;
}

/** @param {DOMRect} one @param {DOMRect} other */
function touching(one, other) {
  const level = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const apart = Math.max(one.left, other.left) - Math.min(one.right, other.right);
  return level > Math.min(one.height, other.height) / 2 && apart < 1;
}

/** @param {DOMRect} one @param {DOMRect} other */
function union(one, other) {
  const [left, top] = [Math.min(one.left, other.left), Math.min(one.top, other.top)];
  return new DOMRect(
    left,
    top,
    Math.max(one.right, other.right) - left,
    Math.max(one.bottom, other.bottom) - top,
  );
}
