// The mouse: a drag is a range of whole words (Alt: characters), a double click the phrase, a
// triple click the sentence, a click picks the spans under it, or puts the caret on the word.

import { larger, nearest, snapped } from "./stretches.js";

/** @import {Pane} from "./renderer.js" */
/** @typedef {{start: number, end: number}} Range */

/** Pixels that the hand may shake in a click. */
const STILL = 4;

export class Selection {
  /** @type {{x: number, y: number} | null} */
  #down = null;
  /** The press became a drag, so that its end is no click. */
  #dragged = false;
  /** @type {{ids: string, at: number}} the spans of the last click, and which of them it picked */
  #cycle = { ids: "", at: 0 };
  /** @type {Range | null} the last phrase that a double click chose */
  #phrase = null;
  #over = "";
  /** Alt is held in the drag. */
  #fine = false;

  /** @param {Pane} pane @param {AbortSignal} signal */
  constructor(pane, signal) {
    this.pane = pane;
    const { element } = pane;
    element.addEventListener("pointerdown", (event) => this.#press(event), { signal });
    element.addEventListener("click", (event) => this.#click(event), { signal });
    element.addEventListener("pointermove", (event) => (this.#fine = event.altKey), { signal });
    element.addEventListener("pointerover", (event) => this.#hover(event), { signal });
    element.addEventListener("pointerleave", () => this.#leave(), { signal });
    // A drag may end anywhere.
    window.addEventListener("pointerup", (event) => this.#release(event), { signal });
    document.addEventListener("selectionchange", () => this.#preview(), { signal });
  }

  /** @param {PointerEvent} event */
  #press(event) {
    this.#dragged = false;
    this.#down = event.button === 0 ? { x: event.clientX, y: event.clientY } : null;
    // Pressing on selected text would begin to drag it elsewhere.
    if (this.#down !== null && !event.shiftKey) document.getSelection()?.removeAllRanges();
  }

  /** @param {PointerEvent} event */
  #release(event) {
    const down = this.#down;
    this.#down = null;
    if (down === null || (still(down, event) && !event.shiftKey)) return;
    const range = this.#native(event.altKey);
    this.#dragged = range !== null;
    if (range !== null) this.#choose(range, "drag");
  }

  /** Return what the browser has selected in the text, in whole words or characters. @param {boolean} characters */
  #native(characters) {
    const selection = document.getSelection();
    if (selection === null || selection.isCollapsed) return null;
    const { anchorNode, focusNode } = selection;
    const { element, points, text, words } = this.pane;
    if (anchorNode === null || focusNode === null || !selection.containsNode(element, true)) return null;
    const ends = [points.toPoint(anchorNode, selection.anchorOffset), points.toPoint(focusNode, selection.focusOffset)];
    const [start, end] = [Math.min(...ends), Math.max(...ends)];
    if (start === end) return null;
    return characters ? text.snap(start, end) : snapped(words.tokens, start, end);
  }

  /** Show what the browser has selected, and of a drag the words it will get. */
  #preview() {
    if (document.getSelection()?.isCollapsed !== false) return;
    const range = this.#native(this.#down === null || this.#fine);
    if (range !== null) this.pane.showSelected(range);
  }

  /** @param {Range} range @param {string} how */
  #choose(range, how) {
    this.pane.select(range.start, range.end);
    this.pane.caret.put(range);
    this.pane.tell("range", { ...range, how });
  }

  /** @param {MouseEvent} event */
  #click(event) {
    if (this.#dragged || event.button !== 0) return;
    const point = this.pane.points.under(event.clientX, event.clientY);
    const token = point === null ? null : nearest(this.pane.words.tokens, point);
    if (event.detail === 2 && token !== null) this.#double(token);
    else if (event.detail >= 3 && token !== null) this.#triple(token);
    else if (event.detail < 2) this.#single(event, token);
  }

  /** @param {Range} token */
  #double(token) {
    const last = this.#phrase;
    const again = last !== null && last.start <= token.start && token.end <= last.end;
    const { phrases } = this.pane.words;
    this.#phrase = larger(phrases, again ? last : { start: token.start, end: token.end - 1 }) ?? token;
    this.#choose(this.#phrase, "double");
  }

  /** @param {Range} token */
  #triple(token) {
    this.#phrase = null;
    this.#choose(nearest(this.pane.words.sentences, token.start) ?? token, "triple");
  }

  /** @param {MouseEvent} event @param {Range | null} token */
  #single(event, token) {
    const ids = idsAt(event.target);
    const keys = { shift: event.shiftKey, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey };
    if (token !== null) this.pane.caret.put(token);
    this.pane.select(null);
    if (ids.length > 0) this.pane.tell("pick", { ids, id: this.#next(ids), ...token, ...keys });
    else if (token !== null) this.pane.tell("caret", { ...token, ...keys });
  }

  /** Return the span to pick: the smallest, and at each further click there the next. @param {string[]} ids */
  #next(ids) {
    const key = ids.join(" ");
    const at = this.#cycle.ids === key ? (this.#cycle.at + 1) % ids.length : 0;
    this.#cycle = { ids: key, at };
    return ids[at];
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    this.#tellHover(idsAt(event.target));
  }

  #leave() {
    this.#tellHover([]);
  }

  /** @param {string[]} ids */
  #tellHover(ids) {
    if (ids.join(" ") === this.#over) return;
    this.#over = ids.join(" ");
    this.pane.tell("hover", { ids });
  }
}

/** @param {{x: number, y: number}} down @param {PointerEvent} event */
function still(down, event) {
  return Math.hypot(event.clientX - down.x, event.clientY - down.y) < STILL;
}

/** Return the spans at an element, smallest first. @param {EventTarget | null} target @returns {string[]} */
function idsAt(target) {
  if (!(target instanceof Element)) return [];
  const label = target.closest("[data-id]");
  if (label !== null) return [label.getAttribute("data-id") ?? ""];
  const ids = target.closest("[data-ids]")?.getAttribute("data-ids") ?? "";
  return ids === "" ? [] : ids.split(" ");
}
