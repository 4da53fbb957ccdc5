// The text pane. `mount` draws a text and returns its Pane, the only thing of it that the rest of
// the app knows: setSpans, patch, select and coords, and the events pick, range, caret and hover.
// All offsets at this border are code points. One change draws one block anew, never the document.

import { parted } from "../core/layout.js";
import { Announcer } from "./announcer.js";
import { Arcs } from "./arcs.js";
import { Blocks, same } from "./blocks.js";
import { Caret } from "./caret.js";
import { Idle } from "./idle.js";
import { Overlay } from "./overlay.js";
import { Points } from "./points.js";
import { Selection } from "./selection.js";
import { Tones } from "./tones.js";
import { View } from "./view.js";

/** @import {Text} from "../core/offsets.js" */
/** @import {Span} from "../core/layout.js" */
/** @import {Arc} from "./arcs.js" */
/** @import {Pairs} from "./stretches.js" */
/** @typedef {{start: number, end: number}} Range half-open, in code points */
/**
 * @typedef {object} Options
 * @property {"auto" | "ltr" | "rtl"} [direction] of all blocks; by default each has its own
 * @property {string | null} [language] of the text
 * @property {Pairs} [tokens] to which the mouse and the caret snap
 * @property {Pairs} [sentences]
 * @property {Pairs} [phrases] in any order: what a double click may choose
 * @property {HTMLElement} [live] a live region of the page; without it the pane makes one
 */

// Characters above which blocks out of sight are not laid out.
const LONG = 100_000;
// Blocks of a group in a long text.
const GROUP = 16;
// Blocks of a selection above which the browser draws it, not we.
const MANY = 40;

/**
 * Draw a text in an element, as the only thing in it.
 * @param {HTMLElement} element
 * @param {Text} text
 * @param {readonly Range[]} blocks as of `paragraphs`
 * @param {Options} [options]
 * @returns {Pane}
 */
export function mount(element, text, blocks, options = {}) {
  return new Pane(element, text, blocks, options);
}

export class Pane extends EventTarget {
  #end = new AbortController();
  #frame = 0;

  /**
   * @param {HTMLElement} element
   * @param {Text} text
   * @param {readonly Range[]} blocks
   * @param {Options} options
   */
  constructor(element, text, blocks, options) {
    super();
    this.element = element;
    this.text = text;
    this.words = {
      tokens: options.tokens ?? [],
      sentences: options.sentences ?? [],
      phrases: options.phrases ?? [],
    };
    this.tones = new Tones();
    this.tones.adopt(document);
    this.blocks = new Blocks(text, blocks, options.direction ?? "auto", this.tones);
    this.points = new Points(element, text, this.blocks);
    this.view = new View(element, this.blocks, this.points);
    this.#prepare(options);
    this.overlay = new Overlay(element, this.points);
    this.arcs = new Arcs(element, this.points, this.tones);
    this.announcer = new Announcer(options.live ?? null, element);
    this.idle = new Idle(() => this.#next());
    this.caret = new Caret(this, this.#end.signal);
    this.selection = new Selection(this, this.#end.signal);
    this.#watch();
  }

  /** @param {Options} options */
  #prepare({ language }) {
    const { element } = this;
    const long = this.text.length > LONG && !webkit();
    element.classList.add("glose-text");
    element.classList.toggle("long", long);
    element.lang = language ?? "";
    element.tabIndex = 0;
    element.dataset.pane = "text";
    element.setAttribute("role", "document");
    if (!element.hasAttribute("aria-label")) element.setAttribute("aria-label", "Text");
    const blocks = this.blocks.list.map((block) => block.element);
    element.replaceChildren(...(long ? grouped(blocks) : blocks));
  }

  #watch() {
    const { signal } = this.#end;
    const resized = new ResizeObserver(() => this.#moved());
    resized.observe(this.element);
    signal.addEventListener("abort", () => resized.disconnect());
    document.fonts.addEventListener("loadingdone", () => this.#moved(), { signal });
    document.addEventListener("scroll", () => this.#scrolled(), {
      capture: true,
      passive: true,
      signal,
    });
    window.addEventListener("beforeprint", () => this.idle.finish(), { signal });
    this.element.addEventListener("copy", (event) => this.#copy(event), { signal });
  }

  /** Take the pane away; the element stays, empty. */
  unmount() {
    this.#end.abort();
    cancelAnimationFrame(this.#frame);
    this.tones.drop(document);
    this.announcer.drop();
    this.blocks.stale.clear();
    this.element.replaceChildren();
  }

  /**
   * Draw these spans and no others; blocks in which nothing changes are not touched.
   * @param {Iterable<Span>} spans
   */
  setSpans(spans) {
    const wanted = new Map();
    for (const span of spans) wanted.set(span.id, span);
    const known = this.blocks.spans;
    const removed = [...known.keys()].filter((id) => !wanted.has(id));
    const added = [...wanted.values()].filter((span) => !same(known.get(span.id), span));
    if (added.length > 0 || removed.length > 0) this.patch(added, removed);
  }

  /**
   * Draw spans more (or in place of those with the same id) and others no longer.
   * @param {readonly Span[]} added
   * @param {readonly string[]} [removed] ids
   */
  patch(added, removed = []) {
    for (const id of removed) this.blocks.drop(id);
    for (const span of added) this.blocks.add(span);
    this.#drawSeen();
    if (this.waiting > 0) this.idle.wake();
    this.#moved();
  }

  /** Blocks that are still to be drawn. */
  get waiting() {
    return this.blocks.stale.size;
  }

  #drawSeen() {
    if (this.waiting === 0) return;
    const { first, last } = this.view.seen();
    this.blocks.settle(first, last);
  }

  /** Draw one block that is out of sight. @returns {boolean} whether there are more */
  #next() {
    const more = this.blocks.next();
    if (!more) this.#moved();
    return more;
  }

  /** Draw what is still to be drawn of a range. @param {number} start @param {number} end */
  #settle(start, end) {
    const { first, last } = this.blocks.of(start, end);
    this.blocks.settle(first, last);
  }

  /** Return the range of the text that is in the window. @returns {Range} */
  visible() {
    return this.view.range();
  }

  /**
   * Show a range as selected; null shows none. Tells nobody.
   * @param {number | null} start
   * @param {number} [end]
   */
  select(start, end = 0) {
    const range = start === null || end <= start ? null : { start, end };
    this.showSelected(range);
    this.#selectNative(range);
  }

  /** Draw a range as selected, whatever the browser has selected. @param {Range | null} range */
  showSelected(range) {
    const { first, last } = this.blocks.of(range?.start ?? 0, range?.end ?? 0);
    const native = last - first >= MANY;
    this.element.classList.toggle("native", native);
    this.overlay.draw("selection", range === null || native ? [] : [range]);
  }

  /**
   * Have the browser select the same, for copying, unless the keyboard is elsewhere.
   * @param {Range | null} range
   */
  #selectNative(range) {
    const { activeElement } = document;
    const ours =
      activeElement === null ||
      activeElement === document.body ||
      this.element.contains(activeElement);
    const selection = document.getSelection();
    if (!ours || selection === null) return;
    const found = range === null ? null : this.points.range(range.start, range.end);
    if (found !== null)
      selection.setBaseAndExtent(
        found.startContainer,
        found.startOffset,
        found.endContainer,
        found.endOffset,
      );
    else if (this.element.contains(selection.anchorNode)) selection.removeAllRanges();
  }

  /**
   * Return the boxes of a range in the window, one for each stretch of a line.
   * @param {number} start
   * @param {number} end
   */
  coords(start, end) {
    this.#settle(start, end);
    return this.points.rects(start, end);
  }

  /** Scroll as little as brings a range into sight. @param {number} start @param {number} end */
  show(start, end) {
    this.#settle(start, end);
    this.view.show(start, end);
  }

  /**
   * Give a span's label the focus.
   * @param {string} id
   * @returns {boolean} whether there is such a span
   */
  focus(id) {
    const span = this.blocks.spans.get(id);
    if (span === undefined) return false;
    this.show(span.start, span.end);
    this.blocks.label(id)?.focus({ preventScroll: true });
    return true;
  }

  /** Draw a ring around spans, such as the picked ones. @param {...string} ids */
  ring(...ids) {
    const spans = ids.flatMap((id) => this.blocks.spans.get(id) ?? []);
    this.overlay.draw(
      "ring",
      spans.flatMap((span) => parted(span).map(([start, end]) => ({ start, end }))),
    );
  }

  /** Show which span the mouse is over. @param {string | null} id */
  hovered(id) {
    const span = id === null ? undefined : this.blocks.spans.get(id);
    const whole = span === undefined ? [] : parted(span).map(([start, end]) => ({ start, end }));
    this.overlay.draw("hovered", whole);
  }

  /**
   * Put labels at words, to jump to by typing.
   * @param {readonly {start: number, label: string}[]} list
   */
  hints(list) {
    this.overlay.draw(
      "hints",
      list.map(({ start, label }) => ({ start, end: this.text.nextGrapheme(start), label })),
    );
  }

  clearHints() {
    this.hints([]);
  }

  /**
   * Draw arcs from the trigger of the active event to its fillers; none clears them.
   * @param {readonly Arc[]} arcs
   */
  connect(arcs) {
    this.arcs.draw(arcs);
  }

  /** Have a screen reader say what happened. @param {string} words */
  announce(words) {
    this.announcer.say(words);
  }

  /** Return whether later text stands to the right at a code point. @param {number} point */
  rightward(point) {
    return this.blocks.list[this.blocks.at(point)]?.leftward !== true;
  }

  /** Tell listeners. @param {string} type @param {object} detail */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #scrolled() {
    this.#drawSeen();
    // Blocks that come into sight may turn out higher than was thought.
    if (this.element.classList.contains("long")) this.#moved();
  }

  /** Lay what is drawn over the text anew, once in a frame. */
  #moved() {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.overlay.refresh();
      this.arcs.refresh();
    });
  }

  /**
   * Copy the text as it is, without what the browser adds between blocks.
   * @param {ClipboardEvent} event
   */
  #copy(event) {
    const selection = document.getSelection();
    if (selection === null || selection.rangeCount === 0 || event.clipboardData === null) return;
    const range = selection.getRangeAt(0);
    const start = this.points.toPoint(range.startContainer, range.startOffset);
    const end = this.points.toPoint(range.endContainer, range.endOffset);
    event.clipboardData.setData("text/plain", this.text.slice(start, end));
    event.preventDefault();
  }
}

/**
 * Return blocks in groups: when one changes, the browser goes through its group and the other
 * groups, not through all blocks.
 * @param {readonly HTMLElement[]} blocks
 */
function grouped(blocks) {
  const groups = [];
  for (let first = 0; first < blocks.length; first += GROUP) {
    const group = document.createElement("div");
    group.className = "group";
    group.append(...blocks.slice(first, first + GROUP));
    groups.push(group);
  }
  return groups;
}

/** Return whether this is WebKit, where content-visibility makes scrolling slower. */
function webkit() {
  return /AppleWebKit/u.test(navigator.userAgent) && !/Chrom|Edg/u.test(navigator.userAgent);
}
