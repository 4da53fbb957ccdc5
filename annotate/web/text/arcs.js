// Arcs of the active event, from its trigger to what fills its roles: decoration over the text.
// The names of roles are attributes, so that the text stays nothing but the document.

import { placed } from "./overlay.js";

/** @import {Points} from "./points.js" */
/** @import {Tones} from "./tones.js" */
/** @typedef {{start: number, end: number}} Range */
/** @typedef {{from: Range, to: Range, role: string, colour: string}} Arc */
/**
 * @typedef {{x: number, top: number, bottom: number}} End the middle of a word, in the root, in
 * px
 */

const SVG = "http://www.w3.org/2000/svg";
/** Pixels that the lowest arc rises over its line, and each further one more. */
const RISE = 9;
const STEP = 3.5;
const HIGHEST = 24;

export class Arcs {
  /** @type {readonly Arc[]} */
  #arcs = [];
  /** @type {HTMLElement | null} */
  #layer = null;

  /** @param {HTMLElement} root @param {Points} points @param {Tones} tones */
  constructor(root, points, tones) {
    this.root = root;
    this.points = points;
    this.tones = tones;
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
    const ends = this.#arcs.flatMap((arc) => {
      const [from, to] = [this.#end(arc.from, origin), this.#end(arc.to, origin)];
      return from === null || to === null ? [] : [{ arc, from, to }];
    });
    // The longest lies on top of the others.
    ends.sort(
      (one, other) => Math.abs(one.from.x - one.to.x) - Math.abs(other.from.x - other.to.x),
    );
    const svg = document.createElementNS(SVG, "svg");
    svg.append(
      ...ends.map(({ arc, from, to }, rank) => this.#line(arc, curve(from, to, rank), to)),
    );
    layer.replaceChildren(svg, ...ends.map(({ arc, to }) => this.#name(arc, to)));
  }

  #add() {
    const layer = document.createElement("div");
    layer.className = "over arcs";
    layer.ariaHidden = "true";
    this.root.append(layer);
    return layer;
  }

  /**
   * Return the middle of what a range covers in its first line.
   * @param {Range} range
   * @param {DOMRect} origin
   * @returns {End | null}
   */
  #end({ start, end }, origin) {
    const [box] = this.points.rects(start, end);
    if (box === undefined) return null;
    return {
      x: box.left + box.width / 2 - origin.left,
      top: box.top - origin.top,
      bottom: box.bottom - origin.top,
    };
  }

  /** @param {Arc} arc @param {string} path @param {End} to */
  #line(arc, path, to) {
    const group = document.createElementNS(SVG, "g");
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    const point = document.createElementNS(SVG, "path");
    point.setAttribute("class", "point");
    point.setAttribute("d", `M ${to.x} ${to.top} l -3 -5 h 6 z`);
    group.setAttribute("class", this.tones.name(arc.colour));
    group.append(line, point);
    return group;
  }

  /** @param {Arc} arc @param {End} to */
  #name(arc, to) {
    const name = document.createElement("div");
    name.className = this.tones.name(arc.colour);
    name.dataset.label = arc.role;
    placed(name, new DOMRect(to.x, to.top, 0, 0), new DOMRect());
    return name;
  }
}

/**
 * Return the path from one word to the top of another.
 * @param {End} from
 * @param {End} to
 * @param {number} rank of the arc, the lowest being 0
 */
function curve(from, to, rank) {
  const height = from.bottom - from.top;
  /** @type {[number, number]} */
  const goal = [to.x, to.top - 5];
  // A curve of this kind reaches three quarters of the way to its handles.
  const rise = Math.min(HIGHEST, RISE + STEP * rank) / 0.75;
  if (to.top > from.bottom) {
    const half = (from.bottom + to.top) / 2;
    return bezier([from.x, from.bottom], [from.x, half], [to.x, half - height / 2], goal);
  }
  const [up, down] = [from.top - rise, to.top - rise];
  return bezier([from.x, from.top], [from.x, up], [to.x, down], goal);
}

/** @param {...[number, number]} spots where it begins, its two handles and where it ends */
function bezier(...spots) {
  const [start, ...rest] = spots.map((spot) => spot.join(" "));
  return `M ${start} C ${rest.join(" ")}`;
}
