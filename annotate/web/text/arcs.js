// Arcs of the active event, from its trigger to what fills its roles: decoration over the text.
// The names of roles are attributes, so that the text stays nothing but the document.

import { placed } from "./overlay.js";

/** @import {Points} from "./points.js" */
/** @typedef {{start: number, end: number}} Range */
/** @typedef {{from: Range, to: Range, role: string, colour: string}} Arc */
/** @typedef {{x: number, y: number}} Spot */

const SVG = "http://www.w3.org/2000/svg";

export class Arcs {
  /** @type {readonly Arc[]} */
  #arcs = [];
  /** @type {HTMLElement | null} */
  #layer = null;

  /** @param {HTMLElement} root @param {Points} points */
  constructor(root, points) {
    this.root = root;
    this.points = points;
  }

  /** Draw these in place of those there were. @param {readonly Arc[]} arcs */
  draw(arcs) {
    this.#arcs = arcs;
    this.refresh();
  }

  /** Lay the arcs anew: the text has moved. */
  refresh() {
    if (this.#arcs.length === 0 && this.#layer === null) return;
    const layer = (this.#layer ??= this.#add());
    const origin = this.root.getBoundingClientRect();
    const svg = document.createElementNS(SVG, "svg");
    const names = [];
    for (const arc of this.#arcs) {
      const path = this.#path(arc, origin);
      if (path === null) continue;
      svg.append(path.line);
      names.push(path.name);
    }
    layer.replaceChildren(svg, ...names);
  }

  #add() {
    const layer = document.createElement("div");
    layer.className = "over arcs";
    layer.ariaHidden = "true";
    this.root.append(layer);
    return layer;
  }

  /** @param {Arc} arc @param {DOMRect} origin */
  #path(arc, origin) {
    const [from] = this.points.rects(arc.from.start, arc.from.end);
    const [to] = this.points.rects(arc.to.start, arc.to.end);
    if (from === undefined || to === undefined) return null;
    const { curve, middle } = bent(spot(from, origin), spot(to, origin), from.height);
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", curve);
    line.style.setProperty("--tone", arc.colour);
    const name = document.createElement("div");
    name.dataset.label = arc.role;
    placed(name, new DOMRect(middle.x, middle.y, 0, 0), new DOMRect(0, 0, 0, 0));
    return { line, name };
  }
}

/** Return where an arc meets a box, in the root. @param {DOMRect} box @param {DOMRect} origin @returns {Spot} */
function spot(box, origin) {
  return { x: box.left + box.width / 2 - origin.left, y: box.top - origin.top };
}

/** Return a curve between two spots and its middle. @param {Spot} from @param {Spot} to @param {number} height of a line */
function bent(from, to, height) {
  const level = Math.abs(from.y - to.y) < height / 2;
  const rise = level ? Math.min(height * 0.8, 8 + Math.abs(from.x - to.x) / 12) : height * 0.7;
  const top = Math.min(from.y, to.y) - rise;
  const [one, other] = level ? [top, top] : [from.y - rise, to.y - rise];
  const curve = `M ${from.x} ${from.y} C ${from.x} ${one} ${to.x} ${other} ${to.x} ${to.y}`;
  const middle = { x: (from.x + to.x) / 2, y: (from.y + 3 * one + 3 * other + to.y) / 8 };
  return { curve, middle };
}
