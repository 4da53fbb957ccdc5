// The keyboard's caret is a word, or a character where Alt is held. Shift extends the range from
// the anchor to the head; Ctrl moves by sentence.

import { endingAfter, nearest, startingBefore, startingFrom } from "./stretches.js";

/** @import {Pane} from "./renderer.js" */
/** @import {Pairs} from "./stretches.js" */
/** @typedef {{start: number, end: number}} Range */
/** @typedef {"word" | "character" | "sentence" | "line"} Unit */
/** @typedef {{unit: Unit, forward: boolean, extend: boolean}} Move */

export class Caret {
  /** @type {Range | null} where the range began */
  anchor = null;
  /** The end that moves, in code points. */
  head = 0;
  /** The caret is a character, not a word. */
  fine = false;
  /** Where up and down keep to, in px of the window. @type {number | null} */
  #column = null;

  /** @param {Pane} pane @param {AbortSignal} signal */
  constructor(pane, signal) {
    this.pane = pane;
    pane.element.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  /** The range from the anchor to the head, or null. @returns {Range | null} */
  get range() {
    if (this.anchor === null) return null;
    return {
      start: Math.min(this.anchor.start, this.head),
      end: Math.max(this.anchor.end, this.head),
    };
  }

  /** Put the caret on a word, or a range; tells nobody. @param {Range | null} range */
  put(range) {
    this.anchor = range;
    this.head = range?.end ?? 0;
    this.fine = false;
    this.pane.overlay.draw("caret", range === null ? [] : [range]);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const move = read(event, this.pane.rightward(this.range?.start ?? 0));
    if (move === null || event.defaultPrevented) return;
    event.preventDefault();
    this.move(move);
  }

  /** Move or extend, show it and tell. @param {Move} move */
  move(move) {
    if (this.anchor === null) return this.#land(this.#first(), false);
    if (move.unit === "line") return this.#vertical(move);
    this.#column = null;
    if (move.extend) this.#extend(move);
    else this.#land(this.#beside(move), move.unit === "character");
  }

  /** Return the first word on the screen. @returns {Range | null} */
  #first() {
    const { tokens } = this.pane.words;
    return startingFrom(tokens, this.pane.visible().start) ?? startingBefore(tokens, Infinity);
  }

  /** Return where the caret goes. @param {Move} move @returns {Range | null} */
  #beside({ unit, forward }) {
    const { start, end } = this.range ?? { start: 0, end: 0 };
    if (unit === "character") return this.#character(forward, start, end);
    const { tokens, sentences } = this.pane.words;
    if (unit === "word")
      return forward ? startingFrom(tokens, end) : startingBefore(tokens, start);
    const sentence = forward
      ? startingFrom(sentences, start + 1)
      : startingBefore(sentences, start);
    return sentence === null ? null : startingFrom(tokens, sentence.start);
  }

  /** @param {boolean} forward @param {number} start @param {number} end @returns {Range} */
  #character(forward, start, end) {
    const { text } = this.pane;
    // From a word the caret enters it: at its first character forward, at its last backward.
    if (forward) {
      const from = this.fine ? Math.min(end, text.previousGrapheme(text.length)) : start;
      return { start: from, end: text.nextGrapheme(from) };
    }
    const to = this.fine ? Math.max(start, text.nextGrapheme(0)) : end;
    return { start: text.previousGrapheme(to), end: to };
  }

  /** Put the caret there. @param {Range | null} range @param {boolean} fine */
  #land(range, fine) {
    if (range === null) return;
    this.put(range);
    this.fine = fine;
    this.pane.select(null);
    this.pane.show(range.start, range.end);
    this.pane.tell("caret", { ...range });
  }

  /** @param {Move} move */
  #extend({ unit, forward }) {
    const anchor = this.anchor;
    if (anchor === null) return;
    if (unit === "character") {
      const head = this.#characterHead(forward);
      const fixed = this.head > anchor.start ? anchor.start : anchor.end;
      if (head === fixed) return;
      this.anchor = { start: fixed, end: fixed };
      this.head = head;
    } else {
      this.head = wordHead(
        unit === "word" ? this.pane.words.tokens : this.pane.words.sentences,
        this.head,
        anchor,
        forward,
      );
    }
    this.#spread();
  }

  /** @param {boolean} forward */
  #characterHead(forward) {
    const { text } = this.pane;
    return forward
      ? Math.min(text.length, text.nextGrapheme(this.head))
      : text.previousGrapheme(this.head);
  }

  /** Show the range that has grown or shrunk, and tell. */
  #spread() {
    const range = this.range;
    if (range === null || range.start === range.end) return;
    this.pane.overlay.draw("caret", []);
    this.pane.select(range.start, range.end);
    this.pane.show(Math.min(this.head, range.end - 1), Math.min(this.head, range.end - 1) + 1);
    this.pane.tell("range", { ...range, how: "keyboard" });
  }

  /** Go to the word above or below. @param {Move} move */
  #vertical({ forward, extend }) {
    const from = this.#place();
    const token = from === null ? null : this.#across(from, forward);
    if (token === null) return;
    const column = this.#column;
    if (extend) this.#reach(token);
    else this.#land(token, false);
    this.#column = column;
  }

  /** Extend the range to a word. @param {Range} token */
  #reach(token) {
    const anchor = this.anchor ?? token;
    this.head = token.start >= anchor.start ? token.end : token.start;
    this.#spread();
  }

  /** Return the box of the character at the moving end, brought into sight, or null. */
  #place() {
    const range = this.range;
    if (range === null) return null;
    const at = this.head <= range.start ? range.start : this.pane.text.previousGrapheme(range.end);
    const end = this.pane.text.nextGrapheme(at);
    this.pane.show(at, end);
    const [word] = this.pane.coords(range.start, range.end);
    const [box] = this.pane.coords(at, end);
    this.#column ??= word === undefined ? null : (word.left + word.right) / 2;
    return box ?? null;
  }

  /**
   * Look up or down for the next line that has a word.
   * @param {DOMRect} box
   * @param {boolean} forward
   * @returns {Range | null}
   */
  #across(box, forward) {
    const column = this.#column ?? box.left;
    for (let far = 0.5; far < 12; far += 0.5) {
      const y = forward ? box.bottom + far * box.height : box.top - far * box.height;
      const at = this.pane.points.under(column, y);
      const token = at === null ? null : nearest(this.pane.words.tokens, at);
      if (token !== null && this.#beyond(token, box, forward)) return token;
    }
    return null;
  }

  /**
   * Return whether a word is in a line below or above a box.
   * @param {Range} token
   * @param {DOMRect} box
   * @param {boolean} forward
   */
  #beyond(token, box, forward) {
    const [other] = this.pane.coords(token.start, token.end);
    return (
      other !== undefined && (forward ? other.top >= box.bottom - 2 : other.bottom <= box.top + 2)
    );
  }
}

/**
 * Return where the head goes by words or sentences, over the anchor if need be.
 * @param {Pairs} pairs @param {number} head @param {Range} anchor @param {boolean} forward
 */
function wordHead(pairs, head, anchor, forward) {
  if (forward) {
    if (head >= anchor.end) return endingAfter(pairs, head)?.end ?? head;
    const next = startingFrom(pairs, head + 1)?.start ?? anchor.start;
    return next >= anchor.start ? anchor.end : next;
  }
  if (head <= anchor.end)
    return (
      startingBefore(pairs, Math.min(head, anchor.start))?.start ?? Math.min(head, anchor.start)
    );
  const last = startingBefore(pairs, head)?.start ?? 0;
  return Math.max(anchor.end, endingBefore(pairs, last));
}

/** @param {Pairs} pairs @param {number} point */
function endingBefore(pairs, point) {
  return startingBefore(pairs, point)?.end ?? 0;
}

/**
 * Return the move of a key, or null if it is none.
 * @param {KeyboardEvent} event
 * @param {boolean} rightward whether the text runs to the right
 */
function read(event, rightward) {
  const { key, altKey, ctrlKey, metaKey, shiftKey: extend } = event;
  if (key === "ArrowUp" || key === "ArrowDown") {
    return altKey || ctrlKey || metaKey ? null : move("line", key === "ArrowDown", extend);
  }
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  const unit = altKey ? "character" : ctrlKey || metaKey ? "sentence" : "word";
  return move(unit, (key === "ArrowRight") === rightward, extend);
}

/** @param {Unit} unit @param {boolean} forward @param {boolean} extend @returns {Move} */
function move(unit, forward, extend) {
  return { unit, forward, extend };
}
