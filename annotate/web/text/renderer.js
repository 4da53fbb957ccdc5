// The text pane. `mount` draws a text and returns its Pane; the rest of the app knows only that:
// setSpans, patch, select and coords, and the events pick, range, caret and hover. All offsets at
// this border are code points. One change draws one block anew, never the document.

import { parted, pieces } from "../core/layout.js";
import { Announcer } from "./announcer.js";
import { Arcs } from "./arcs.js";
import { Caret } from "./caret.js";
import { drawn, leftward } from "./drawing.js";
import { Idle } from "./idle.js";
import { Overlay } from "./overlay.js";
import { Points } from "./points.js";
import { Selection } from "./selection.js";
import { Tones } from "./tones.js";

/** @import {Text} from "../core/offsets.js" */
/** @import {Span} from "../core/layout.js" */
/** @import {Arc} from "./arcs.js" */
/** @import {Box} from "./overlay.js" */
/** @import {Pairs} from "./stretches.js" */
/** @typedef {{start: number, end: number}} Range */
/**
 * @typedef {object} Options
 * @property {"auto" | "ltr" | "rtl"} [direction] of all blocks; by default each has its own
 * @property {string | null} [language] of the text
 * @property {Pairs} [tokens] to which the mouse and the caret snap
 * @property {Pairs} [sentences]
 * @property {Pairs} [phrases] in any order: what a double click may choose
 * @property {HTMLElement} [live] a live region of the page; without it the pane makes one
 */
/**
 * @typedef {object} Block
 * @property {number} start in code points
 * @property {number} end
 * @property {number} unit where it starts in UTF-16 units
 * @property {number} tail where its line ends and empty lines begin, in code points
 * @property {HTMLElement} element
 * @property {Map<string, Span>} spans that touch it
 * @property {Map<string, number>} lanes of the last layout
 * @property {boolean} leftward it runs from right to left
 */

// Characters above which blocks out of sight are not laid out.
const LONG = 100_000;
// Blocks of a selection above which it is not drawn by us.
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
  /** @type {Map<string, Span>} */
  #spans = new Map();
  #stale = new Set(/** @type {number[]} */ ([]));
  #end = new AbortController();
  #frame = 0;

  /** @param {HTMLElement} element @param {Text} text @param {readonly Range[]} blocks @param {Options} options */
  constructor(element, text, blocks, options) {
    super();
    this.element = element;
    this.text = text;
    this.words = { tokens: options.tokens ?? [], sentences: options.sentences ?? [], phrases: options.phrases ?? [] };
    this.tones = new Tones();
    this.tones.adopt(document);
    this.blocks = blocks.map((range) => plain(text, range, options.direction ?? "auto"));
    this.points = new Points(element, text, this.blocks);
    this.#prepare(options);
    this.overlay = new Overlay(element, this.points);
    this.arcs = new Arcs(element, this.points);
    this.announcer = new Announcer(options.live ?? null, element);
    this.idle = new Idle(() => this.#next());
    this.caret = new Caret(this, this.#end.signal);
    this.selection = new Selection(this, this.#end.signal);
    this.#watch();
  }

  /** @param {Options} options */
  #prepare({ language }) {
    const { element, blocks } = this;
    element.classList.add("glose-text");
    element.classList.toggle("long", this.text.length > LONG && !webkit());
    if (language) element.lang = language;
    element.tabIndex = 0;
    element.setAttribute("role", "document");
    if (!element.hasAttribute("aria-label")) element.setAttribute("aria-label", "Text");
    element.replaceChildren(...blocks.map((block) => block.element));
  }

  #watch() {
    const { signal } = this.#end;
    const resized = new ResizeObserver(() => this.#moved());
    resized.observe(this.element);
    signal.addEventListener("abort", () => resized.disconnect());
    document.fonts.addEventListener("loadingdone", () => this.#moved(), { signal });
    // Blocks that scroll into sight may turn out higher than was thought.
    document.addEventListener("scroll", () => this.#scrolled(), { capture: true, passive: true, signal });
    window.addEventListener("beforeprint", () => this.idle.finish(), { signal });
    this.element.addEventListener("copy", (event) => this.#copy(event), { signal });
  }

  /** Take the pane away; the element stays, empty. */
  unmount() {
    this.#end.abort();
    this.tones.drop(document);
    this.announcer.drop();
    this.element.replaceChildren();
  }

  /** Draw these spans and no others; blocks in which nothing changes are not touched. @param {Iterable<Span>} spans */
  setSpans(spans) {
    const wanted = new Map();
    for (const span of spans) wanted.set(span.id, span);
    const removed = [...this.#spans.keys()].filter((id) => !wanted.has(id));
    this.patch([...wanted.values()].filter((span) => !same(this.#spans.get(span.id), span)), removed);
  }

  /**
   * Draw spans more (or in place of those with the same id) and others no longer.
   * @param {readonly Span[]} added
   * @param {readonly string[]} [removed] ids
   */
  patch(added, removed = []) {
    for (const id of removed) this.#drop(id);
    for (const span of added) this.#add(span);
    this.#drawVisible();
    if (this.#stale.size > 0) this.idle.wake();
    this.#moved();
  }

  /** @param {Span} span */
  #add(span) {
    this.#drop(span.id);
    this.#spans.set(span.id, span);
    this.#each(span, (block) => block.spans.set(span.id, span));
  }

  /** @param {string} id */
  #drop(id) {
    const span = this.#spans.get(id);
    if (span === undefined) return;
    this.#spans.delete(id);
    this.#each(span, (block) => block.spans.delete(id));
  }

  /** Do something to the blocks of a span, which are then to be drawn. @param {Span} span @param {(block: Block) => void} work */
  #each(span, work) {
    const { first, last } = this.points.blocksOf(span.start, span.end);
    for (let at = first; at <= last; at += 1) {
      const block = this.blocks[at];
      if (block === undefined) continue;
      work(block);
      this.#stale.add(at);
    }
  }

  #drawVisible() {
    if (this.#stale.size === 0) return;
    const { first, last } = this.#seen();
    for (let at = first; at <= last; at += 1) {
      if (this.#stale.has(at)) this.#draw(at);
    }
  }

  /** Draw one block that is out of sight. @returns {boolean} whether there are more */
  #next() {
    const [at] = this.#stale;
    if (at !== undefined) this.#draw(at);
    if (this.#stale.size === 0) this.#moved();
    return this.#stale.size > 0;
  }

  /** @param {number} at */
  #draw(at) {
    this.#stale.delete(at);
    const block = this.blocks[at];
    if (block === undefined) return;
    const layout = pieces(block, [...block.spans.values()], block.lanes, [block.tail]);
    block.lanes = layout.lanes;
    const focused = block.element.contains(document.activeElement) ? document.activeElement : null;
    block.element.replaceChildren(drawn({ ...block, layout, text: this.text, tones: this.tones }));
    block.element.className = `block depth${Math.min(layout.depth, 12)}`;
    if (focused instanceof HTMLElement) this.focus(focused.dataset.id ?? "");
  }

  /** Draw what is still to be drawn of a range. @param {number} start @param {number} end */
  #settle(start, end) {
    const { first, last } = this.points.blocksOf(start, end);
    for (let at = first; at <= last; at += 1) {
      if (this.#stale.has(at)) this.#draw(at);
    }
  }

  /** Return the first and the last block in the window. */
  #seen() {
    const bottom = window.innerHeight;
    let first = 0;
    let high = this.blocks.length - 1;
    while (first < high) {
      const middle = (first + high) >> 1;
      if ((this.blocks[middle]?.element.getBoundingClientRect().bottom ?? 0) < 0) first = middle + 1;
      else high = middle;
    }
    let last = first;
    while (last + 1 < this.blocks.length && (this.blocks[last + 1]?.element.getBoundingClientRect().top ?? 0) < bottom) last += 1;
    return { first, last };
  }

  /** Return the range of the text that is in the window. @returns {Range} */
  visible() {
    const { first, last } = this.#seen();
    return { start: this.blocks[first]?.start ?? 0, end: this.blocks[last]?.end ?? 0 };
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
    const { first, last } = this.points.blocksOf(range?.start ?? 0, range?.end ?? 0);
    // Of very much text the browser itself shows that it is selected.
    const native = last - first >= MANY;
    this.element.classList.toggle("native", native);
    this.overlay.draw("selection", range === null || native ? [] : [range]);
  }

  /** Have the browser select the same, for copying, unless the keyboard is elsewhere. @param {Range | null} range */
  #selectNative(range) {
    const { activeElement } = document;
    const ours = activeElement === null || activeElement === document.body || this.element.contains(activeElement);
    const selection = document.getSelection();
    if (!ours || selection === null) return;
    const found = range === null ? null : this.points.range(range.start, range.end);
    if (found !== null) selection.setBaseAndExtent(found.startContainer, found.startOffset, found.endContainer, found.endOffset);
    else if (selection.containsNode(this.element, true)) selection.removeAllRanges();
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
    // With blocks that were never laid out the first jump is a guess, the second is right.
    this.blocks[this.points.blockAt(start)]?.element.scrollIntoView({ block: "nearest" });
    const [box] = this.points.rects(start, end);
    if (box === undefined) return;
    const frame = scroller(this.element);
    const area = frame === null ? { top: 0, bottom: window.innerHeight } : frame.getBoundingClientRect();
    const margin = Math.min(60, (area.bottom - area.top) / 4);
    const over = Math.min(0, box.top - area.top - margin) || Math.max(0, box.bottom - area.bottom + margin);
    if (over !== 0) (frame ?? document.scrollingElement)?.scrollBy({ top: over });
  }

  /** Give a span's label the focus; a ring shows it. @param {string} id @returns {boolean} whether there is such a span */
  focus(id) {
    const span = this.#spans.get(id);
    if (span === undefined) return false;
    this.#settle(span.start, span.start + 1);
    this.show(span.start, span.end);
    const { element } = this.blocks[this.points.blockAt(span.start)] ?? this;
    /** @type {HTMLElement | null} */
    const label = element.querySelector(`i[role="button"][data-id="${CSS.escape(id)}"]`);
    label?.focus({ preventScroll: true });
    return label !== null;
  }

  /** Draw a ring around spans; the picked ones, for instance. @param {...string} ids */
  ring(...ids) {
    const spans = ids.flatMap((id) => this.#spans.get(id) ?? []);
    this.overlay.draw("ring", spans.flatMap((span) => parted(span).map(([start, end]) => ({ start, end }))));
  }

  /** Put labels at words, to jump to by typing. @param {readonly {start: number, label: string}[]} list */
  hints(list) {
    this.element.classList.toggle("hinting", list.length > 0);
    /** @type {Box[]} */
    const boxes = list.map(({ start, label }) => ({ start, end: this.text.nextGrapheme(start), label }));
    this.overlay.draw("hints", boxes);
  }

  clearHints() {
    this.hints([]);
  }

  /** Draw arcs from the trigger of the active event to its fillers; none clears them. @param {readonly Arc[]} arcs */
  connect(arcs) {
    this.arcs.draw(arcs);
  }

  /** Have a screen reader say what happened. @param {string} words */
  announce(words) {
    this.announcer.say(words);
  }

  /** Return whether later text stands to the right at a code point. @param {number} point */
  rightward(point) {
    const block = this.blocks[this.points.blockAt(point)];
    return block === undefined || !block.leftward;
  }

  /** Tell listeners. @param {string} type @param {object} detail */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #scrolled() {
    this.#drawVisible();
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

  /** Copy the text as it is, without what the browser adds between blocks. @param {ClipboardEvent} event */
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

/** Return a block of plain text. @param {Text} text @param {Range} range @param {string} direction @returns {Block} */
function plain(text, { start, end }, direction) {
  const element = document.createElement("p");
  element.dir = direction;
  element.className = "block depth0";
  const string = text.slice(start, end);
  const feeds = /\n*$/u.exec(string)?.[0].length ?? 0;
  const tail = feeds > 1 ? end - feeds + 1 : end;
  element.append(string.slice(0, string.length - (end - tail)));
  if (tail < end) {
    const rest = document.createElement("span");
    rest.className = "feeds";
    rest.append("\n".repeat(end - tail));
    element.append(rest);
  }
  const left = direction === "auto" ? leftward(string) : direction === "rtl";
  return { start, end, unit: text.toUnit(start), tail, element, leftward: left, spans: new Map(), lanes: new Map() };
}

/** Return whether two spans are drawn alike. @param {Span | undefined} one @param {Span} other */
function same(one, other) {
  if (one === undefined || one === other) return one !== undefined;
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Return the element that scrolls another, or null if it is the window. @param {HTMLElement} element */
function scroller(element) {
  for (let place = element.parentElement; place !== null && place !== document.body; place = place.parentElement) {
    if (/auto|scroll/u.test(getComputedStyle(place).overflowY)) return place;
  }
  return null;
}

/** Return whether this is WebKit, where content-visibility makes scrolling slower. */
function webkit() {
  return /AppleWebKit/u.test(navigator.userAgent) && !/Chrom|Edg/u.test(navigator.userAgent);
}
