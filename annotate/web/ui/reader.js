// The text pane joined to the desk: what is drawn in it, and what a click or a drag in it means.

import { Text, paragraphs } from "../core/offsets.js";
import { tokenAt } from "../core/words.js";
import { mount } from "../text/renderer.js";
import { Spans, arcs, owner } from "./spans.js";

/** @import { Pane } from "../text/renderer.js" */
/** @import { App } from "./app.js" */

/** Marks that end or begin no mention; signs such as % and € do. */
const PUNCTUATION = /^[.,;:!?…"'’«»“”()[\]{}—–/-]+$/u;
/** Milliseconds in which a second click makes a double click of the first. */
const TWICE = 260;

export class Reader {
  /** @type {Pane | null} */
  pane = null;
  /** @type {{start: number, end: number}[]} of the text */
  paragraphs = [];
  #spans = new Spans();
  #rings = "";
  /** What the spans were last drawn from. @type {unknown[]} */
  #known = [null];
  /** A click that may yet be the first of two. @type {{at: string, act: () => void, timer: number} | null} */
  #click = null;
  #characters = false;

  /**
   * @param {App} app
   * @param {HTMLElement} element
   */
  constructor(app, element) {
    this.app = app;
    this.desk = app.desk;
    this.run = app.run;
    this.element = element;
    addEventListener(
      "pointerup",
      (event) => {
        this.#characters = event.altKey;
      },
      { capture: true },
    );
    for (const type of ["focusin", "focusout"])
      element.addEventListener(type, () => queueMicrotask(() => this.#focused()));
  }

  /** A bar at the pane; by `:has()` every change of the page would look through all spans. */
  #focused() {
    const { parentElement: pane } = this.element;
    pane?.classList.toggle("focused", this.element.matches(":focus-visible"));
  }

  /** Show the document that the desk has, from its beginning. */
  open() {
    this.#forget();
    this.pane?.unmount();
    this.#spans = new Spans();
    this.#rings = "";
    this.#known = [null];
    const { session, page } = this.desk;
    if (session === null) {
      this.pane = null;
      return;
    }
    const text = session.text instanceof Text ? session.text : new Text(page.text);
    this.paragraphs = paragraphs(text, page.segments);
    this.pane = mount(this.element, text, this.paragraphs, {
      language: page.language,
      tokens: page.tokens,
      sentences: page.sentences,
      phrases: page.phrases,
      live: /** @type {HTMLElement} */ (document.getElementById("announce")),
    });
    this.element.setAttribute("aria-describedby", "text-keys");
    this.#listen(this.pane);
    this.draw();
  }

  /** @param {Pane} pane */
  #listen(pane) {
    const on = (/** @type {string} */ type, /** @type {(detail: any) => void} */ act) =>
      pane.addEventListener(type, (event) => act(/** @type {CustomEvent} */ (event).detail));
    on("range", (detail) => this.#range(detail));
    on("caret", (detail) => this.#caret(detail));
    on("pick", (detail) => this.#pick(detail));
  }

  /** @param {{start: number, end: number, how: string}} detail */
  #range({ start: from, end: to, how }) {
    if (how === "double" || how === "triple") this.#forget();
    else this.settle();
    const { start, end } =
      how === "keyboard" || this.#characters ? { start: from, end: to } : this.#trimmed(from, to);
    if (start !== from || end !== to) this.select([start, end]);
    this.#unclick();
    this.desk.hush();
    this.desk.review.fresh = false;
    this.desk.look({ range: [start, end], word: [start, end], ghost: null });
    if (this.desk.at.armed !== null && how !== "keyboard") this.run("fillArmed");
    else if (how !== "keyboard") this.run("offerTypes");
  }

  /**
   * Punctuation at the ends is not meant, unless there is nothing else.
   * @param {number} start
   * @param {number} end
   */
  #trimmed(start, end) {
    const { tokens } = this.desk.page;
    const inside = tokens.filter(
      (/** @type {[number, number]} */ [from, to]) =>
        from >= start && to <= end && !PUNCTUATION.test(this.desk.rec.text.slice(from, to)),
    );
    return inside.length === 0 ? { start, end } : { start: inside[0][0], end: inside.at(-1)[1] };
  }

  /** The first click of two may have opened a card that was not meant. */
  #unclick() {
    const { clicked, desk } = this.app;
    if (performance.now() - clicked.time < TWICE * 2 && desk.at.frame !== clicked.frame)
      desk.look({ frame: clicked.frame });
  }

  /** @param {{start: number, end: number, ctrl?: boolean}} detail */
  #caret({ start, end, ctrl }) {
    const at = `${start} ${end}`;
    this.#again(at);
    const mouse = ctrl !== undefined;
    const { again } = this.desk;
    const offered =
      again?.spans.findIndex(({ range }) => range[0] <= start && start < range[1]) ?? -1;
    if (mouse && offered >= 0) {
      this.run("sameToggle", offered);
      return;
    }
    this.run("hideBar");
    this.desk.hush();
    if (mouse) this.desk.review.act();
    else this.desk.review.stray();
    const { picked, held } = this.desk.at;
    this.desk.look({
      range: null,
      word: [start, end],
      picked: null,
      held: picked ?? held,
      ghost: null,
    });
    if (!mouse || this.desk.at.armed === null) return;
    this.#wait(at, () => this.run("fillArmed"));
  }

  /** @param {{id: string, ids: string[], start?: number}} detail */
  #pick({ id, ids, start }) {
    const at = ids.join(" ");
    this.#again(at);
    const armed = this.desk.at.armed !== null;
    const chosen = armed ? (this.#fitting(ids) ?? id) : id;
    const pick = () =>
      this.run("pick", { id: owner(chosen), ids: ids.map(owner), at: start ?? null });
    if (armed) this.#wait(at, pick);
    else pick();
  }

  /**
   * The first click of two is only half of what a person wants to say.
   * @param {string} at what was clicked
   * @param {() => void} act
   */
  #wait(at, act) {
    const timer = window.setTimeout(() => this.settle(), TWICE);
    this.#click = { at, act, timer };
  }

  /** A click that waits is one of two if the next is on the same thing. @param {string} at */
  #again(at) {
    if (this.#click?.at === at) this.#forget();
    else this.settle();
  }

  /** Do at once what a click waits for: whatever else a person does says that it was the only one. */
  settle() {
    const click = this.#click;
    this.#forget();
    click?.act();
  }

  #forget() {
    clearTimeout(this.#click?.timer);
    this.#click = null;
  }

  /** With a role armed a click means a mention, not a trigger under it. @param {string[]} ids */
  #fitting(ids) {
    return ids.find((id) => this.desk.mayFill(owner(id))) ?? null;
  }

  /** Draw what has changed. */
  draw() {
    const { pane, desk } = this;
    if (pane === null || desk.session === null) return;
    const { frame, ghost } = desk.at;
    const known = [desk.session.rec, desk.edits, frame, ghost, desk.again, desk.ghosts, desk.tab];
    if (known.some((one, at) => one !== this.#known[at])) {
      pane.setSpans(this.#spans.all(desk));
      pane.connect(arcs(desk));
      this.#known = known;
    }
    this.#ring(pane);
  }

  /** @param {Pane} pane */
  #ring(pane) {
    const { picked, ghost, frame } = this.desk.at;
    const ids = [picked, ghost]
      .filter((id) => id !== null && id !== frame)
      .flatMap((id) => [id ?? "", `${id}#0`, `${id}#1`]);
    const rings = `${ids.join(" ")} ${this.desk.session?.revision}`;
    if (rings === this.#rings) return;
    this.#rings = rings;
    pane.ring(...ids);
  }

  /** Bring a range into sight. @param {number} start @param {number} end */
  show(start, end) {
    this.pane?.show(start, end);
  }

  /** Give the text the keyboard. */
  focus() {
    if (!this.element.contains(document.activeElement))
      this.element.focus({ preventScroll: true });
  }

  /** Select words as a person would. @param {[number, number] | null} range */
  select(range) {
    if (range === null) this.pane?.select(null);
    else {
      this.pane?.select(...range);
      this.pane?.caret.put({ start: range[0], end: range[1] });
    }
  }

  /** Return the word at a code point. @param {number} point @returns {[number, number] | null} */
  word(point) {
    const tokens = /** @type {[number, number][]} */ (this.desk.page.tokens);
    return tokens[tokenAt(tokens, point)] ?? null;
  }

  /**
   * Whether words can be seen in the frame of the text.
   * @param {number} start
   * @param {number} end
   */
  inSight(start, end) {
    const frame = this.element.parentElement?.getBoundingClientRect();
    const [box] = this.coords(start, end);
    return (
      box !== undefined && frame !== undefined && box.bottom > frame.top && box.top < frame.bottom
    );
  }

  /** Pixels below a word that labels may take. */
  labelRoom() {
    return this.element.classList.contains("glose-text") ? 14 : 0;
  }

  /** Where words stand in the window. @param {number} start @param {number} end */
  coords(start, end) {
    return this.pane?.coords(start, end) ?? [];
  }
}
