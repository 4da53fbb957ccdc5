// The mouse: a drag is a range of whole words (Alt: characters), a double click the phrase, a
// triple click the sentence, a click picks the spans under it, or puts the caret on the word.

import { snap } from "../core/words.js";
import { larger, nearest } from "./stretches.js";

/** @import {Pane} from "./renderer.js" */
/** @typedef {{start: number, end: number}} Range */
/** @typedef {{x: number, y: number}} Spot in the window, in px */

/** Pixels that the hand may shake in a click. */
const STILL = 4;

export class Selection {
  /**
   * Where the button went down, and the character there.
   * @type {Spot & {at: Range | null} | null}
   */
  #down = null;
  /** @type {Spot} */
  #pointer = { x: 0, y: 0 };
  /** Alt is held in the drag. */
  #fine = false;
  /** The press became a drag, so that its end is no click. */
  #dragged = false;
  /** The spans of the last click, and which of them it picked. */
  #cycle = { ids: "", at: 0 };
  /** What the last double click chose. @type {Range | null} */
  #phrase = null;
  #over = "";

  /** @param {Pane} pane @param {AbortSignal} signal */
  constructor(pane, signal) {
    this.pane = pane;
    const { element } = pane;
    element.addEventListener("pointerdown", (event) => this.#press(event), { signal });
    element.addEventListener("click", (event) => this.#click(event), { signal });
    element.addEventListener("pointerover", (event) => this.#hover(idsAt(event.target)), {
      signal,
    });
    element.addEventListener("pointerleave", () => this.#hover([]), { signal });
    // A drag may go and end anywhere.
    window.addEventListener("pointermove", (event) => this.#follow(event), { signal });
    window.addEventListener("pointerup", (event) => this.#release(event), { signal });
    document.addEventListener("selectionchange", () => this.#preview(), { signal });
  }

  /** @param {PointerEvent} event */
  #press(event) {
    this.#dragged = false;
    if (event.button !== 0) return;
    const { clientX: x, clientY: y } = event;
    this.#down = { x, y, at: this.pane.points.grapheme(x, y) };
    this.#follow(event);
    // Pressing on selected text would begin to drag it elsewhere.
    if (!event.shiftKey) document.getSelection()?.removeAllRanges();
  }

  /** @param {PointerEvent} event */
  #follow(event) {
    if (this.#down === null) return;
    this.#pointer = { x: event.clientX, y: event.clientY };
    this.#fine = event.altKey;
  }

  /** @param {PointerEvent} event */
  #release(event) {
    const down = this.#down;
    if (down === null) return;
    this.#follow(event);
    const click = Math.hypot(event.clientX - down.x, event.clientY - down.y) < STILL;
    const range = click ? this.#extended(event) : this.#drag();
    this.#down = null;
    this.#dragged = range !== null;
    if (range !== null) this.#choose(range, "drag");
  }

  /**
   * Return the range from the caret to a click with Shift, or null.
   * @param {PointerEvent} event
   * @returns {Range | null}
   */
  #extended(event) {
    const { anchor } = this.pane.caret;
    const token = this.#token();
    if (!event.shiftKey || anchor === null || token === null) return null;
    return { start: Math.min(anchor.start, token.start), end: Math.max(anchor.end, token.end) };
  }

  /** Return the word at the pointer, or the nearest. */
  #token() {
    const at = this.pane.points.grapheme(this.#pointer.x, this.#pointer.y);
    return at === null ? null : nearest(this.pane.words.tokens, at.start);
  }

  /**
   * Return what a drag covers: the words from where it began to the pointer, or null if there are
   * none.
   */
  #drag() {
    if (this.#fine) return this.#native();
    const from = this.#down?.at ?? null;
    const to = this.pane.points.grapheme(this.#pointer.x, this.#pointer.y);
    const ends = [from, to ?? this.#native()].filter((range) => range !== null);
    if (ends.length < 2) return null;
    return snap(
      this.pane.words.tokens,
      Math.min(...ends.map((range) => range.start)),
      Math.max(...ends.map((range) => range.end)),
    );
  }

  /** Return what the browser has selected in the text, in whole characters, or null. */
  #native() {
    const selection = document.getSelection();
    if (
      selection === null ||
      selection.isCollapsed ||
      selection.anchorNode === null ||
      selection.focusNode === null
    )
      return null;
    const { element, points, text } = this.pane;
    if (!element.contains(selection.anchorNode)) return null;
    const anchor = points.toPoint(selection.anchorNode, selection.anchorOffset);
    const focus = points.toPoint(selection.focusNode, selection.focusOffset);
    return anchor === focus ? null : text.snap(Math.min(anchor, focus), Math.max(anchor, focus));
  }

  /** Show what the browser has selected, and of a drag the words it will get. */
  #preview() {
    if (document.getSelection()?.isCollapsed !== false) return;
    const range = this.#down === null ? this.#native() : this.#drag();
    if (range !== null) this.pane.showSelected(range);
  }

  /** @param {Range} range @param {string} how */
  #choose(range, how) {
    this.pane.caret.put(range);
    this.pane.select(range.start, range.end);
    this.pane.tell("range", { ...range, how });
  }

  /** @param {MouseEvent} event */
  #click(event) {
    if (this.#dragged || event.button !== 0) return;
    this.#pointer = { x: event.clientX, y: event.clientY };
    const token = this.#token();
    if (event.detail < 2) this.#single(event, token);
    else if (token !== null) this.#several(event.detail, token);
  }

  /**
   * Choose the phrase, a larger one, or the sentence.
   * @param {number} clicks
   * @param {Range} token
   */
  #several(clicks, token) {
    const { phrases, sentences } = this.pane.words;
    if (clicks > 2) {
      this.#phrase = null;
      return this.#choose(nearest(sentences, token.start) ?? token, "triple");
    }
    const last = this.#phrase;
    const again = last !== null && last.start <= token.start && token.end <= last.end;
    this.#phrase = larger(phrases, again ? last : token) ?? token;
    this.#choose(this.#phrase, "double");
  }

  /** @param {MouseEvent} event @param {Range | null} token */
  #single(event, token) {
    const ids = idsAt(event.target);
    const keys = {
      shift: event.shiftKey,
      alt: event.altKey,
      ctrl: event.ctrlKey || event.metaKey,
    };
    if (token !== null) this.pane.caret.put(token);
    this.pane.select(null);
    if (ids.length > 0) this.pane.tell("pick", { ids, id: this.#next(ids), ...token, ...keys });
    else if (token !== null) this.pane.tell("caret", { ...token, ...keys });
  }

  /**
   * Return the span to pick: the smallest, and at each further click there the next.
   * @param {string[]} ids
   */
  #next(ids) {
    const key = ids.join(" ");
    const at = this.#cycle.ids === key ? (this.#cycle.at + 1) % ids.length : 0;
    this.#cycle = { ids: key, at };
    return ids[at];
  }

  /** @param {string[]} ids */
  #hover(ids) {
    if (ids.join(" ") === this.#over) return;
    this.#over = ids.join(" ");
    this.pane.hovered(ids[0] ?? null);
    this.pane.tell("hover", { ids });
  }
}

/**
 * Return the spans at an element, smallest first.
 * @param {EventTarget | null} target
 * @returns {string[]}
 */
function idsAt(target) {
  if (!(target instanceof Element)) return [];
  const label = target.closest("[data-id]");
  if (label !== null) return [label.getAttribute("data-id") ?? ""];
  const ids = target.closest("[data-ids]")?.getAttribute("data-ids") ?? "";
  return ids === "" ? [] : ids.split(" ");
}
