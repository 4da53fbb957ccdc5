// Boxes over and under the text: selection, caret, rings, hints. They hold no text, stand in the
// scrolled page, and are laid anew when the text moves.

/** @import {Points} from "./points.js" */
/**
 * @typedef {{start: number, end: number, label?: string}} Box a range, and words for its corner
 */

/** Pixels that a label of two letters needs. */
const ROOM = 22;

export class Overlay {
  /** @type {Map<string, {layer: HTMLElement, boxes: readonly Box[]}>} */
  #layers = new Map();

  /** @param {HTMLElement} root @param {Points} points */
  constructor(root, points) {
    this.root = root;
    this.points = points;
  }

  /**
   * Draw the boxes of one kind in place of those there were.
   * @param {string} kind becomes the class of the layer
   * @param {readonly Box[]} boxes
   */
  draw(kind, boxes) {
    const known = this.#layers.get(kind);
    if (known === undefined && boxes.length === 0) return;
    const layer = known?.layer ?? this.#add(kind);
    this.#layers.set(kind, { layer, boxes });
    this.#lay(layer, boxes);
  }

  /** Lay all boxes anew: the text has moved. */
  refresh() {
    for (const { layer, boxes } of this.#layers.values()) {
      if (boxes.length > 0) this.#lay(layer, boxes);
    }
  }

  /** @param {string} kind */
  #add(kind) {
    const layer = document.createElement("div");
    layer.className = `over ${kind}`;
    layer.ariaHidden = "true";
    this.root.append(layer);
    return layer;
  }

  /** @param {HTMLElement} layer @param {readonly Box[]} boxes */
  #lay(layer, boxes) {
    // All is measured before anything is written, so that the page is laid out once.
    const origin = this.root.getBoundingClientRect();
    const found = boxes.flatMap(({ start, end, label }) => {
      const rects = this.points.rects(start, end);
      return (label === undefined ? rects : rects.slice(0, 1)).map((rect) => ({ rect, label }));
    });
    while (layer.children.length > found.length) layer.lastChild?.remove();
    while (layer.children.length < found.length) layer.append(document.createElement("div"));
    /** @type {DOMRect | null} */
    let high = null;
    for (const [at, { rect, label }] of found.entries()) {
      const low = label !== undefined && high !== null && crowded(high, rect);
      if (!low) high = rect;
      const element = /** @type {HTMLElement} */ (layer.children[at]);
      element.className = low ? "low" : "";
      if (label !== undefined) element.dataset.label = label;
      placed(element, rect, origin);
    }
  }
}

/**
 * Return whether labels at two boxes would overlap.
 * @param {DOMRect} one
 * @param {DOMRect} other
 */
function crowded(one, other) {
  return Math.abs(one.top - other.top) < one.height / 2 && Math.abs(one.left - other.left) < ROOM;
}

/**
 * Put an element over a box of the window.
 * @param {HTMLElement} element
 * @param {DOMRect} rect
 * @param {DOMRect} origin
 */
export function placed(element, rect, origin) {
  const { style } = element;
  style.setProperty("left", `${rect.left - origin.left}px`);
  style.setProperty("top", `${rect.top - origin.top}px`);
  style.setProperty("width", `${rect.width}px`);
  style.setProperty("height", `${rect.height}px`);
}
