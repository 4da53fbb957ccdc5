/** When to try again, and what is said meanwhile. */

const DELAYS = [500, 1_000, 2_000, 4_000, 8_000, 15_000]; // milliseconds

/**
 * @typedef {"saved" | "waiting" | "offline" | "choice" | "refused" | "login" | "unsafe"} State
 * @typedef {object} Standing
 * @property {number} waiting  operations that the server has not acknowledged
 * @property {number} elsewhere  the same, of other documents
 * @property {number} conflicts
 * @property {string[]} undecided  other documents with conflicts
 * @property {number} refused
 * @property {string} trouble  why the server does not answer; "" if it does
 * @property {string} out  why the server lets nobody in; "" if it does
 * @property {boolean} isSafe  whether the browser keeps what waits
 */

/** Calls back after a while that grows with every failure, or as soon as there is hope. */
export class Connection {
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #hope = () => {
    if (document.visibilityState === "visible") this.#now();
  };

  /** @param {() => void} again */
  constructor(again) {
    this.again = again;
    this.trouble = "";
    addEventListener("online", this.#hope);
    document.addEventListener("visibilitychange", this.#hope);
  }

  /** Whether it will call back. */
  get isWaiting() {
    return this.#timer !== undefined;
  }

  /** An answer came. */
  up() {
    this.#failures = 0;
    this.trouble = "";
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** No answer came: try again later. @param {string} what */
  down(what) {
    this.trouble = what;
    const delay = DELAYS[Math.min(this.#failures, DELAYS.length - 1)];
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#now(), delay * (0.75 + Math.random() / 2));
  }

  close() {
    this.up();
    removeEventListener("online", this.#hope);
    document.removeEventListener("visibilitychange", this.#hope);
  }

  #now() {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.again();
  }
}

/**
 * The most pressing state, and a line that says all of it.
 *
 * @param {Standing} standing
 * @returns {{state: State, text: string}}
 */
export function describe(standing) {
  const { waiting, elsewhere } = standing;
  const parts = PARTS.flatMap(([state, say]) => {
    const text = say(standing);
    return text ? [{ state, text }] : [];
  });
  const counts = [
    ...(waiting ? [`${waiting} waiting`] : []),
    ...(elsewhere ? [`${elsewhere} waiting in other documents`] : []),
  ];
  const state = parts[0]?.state ?? (counts.length ? "waiting" : "saved");
  const text = [...parts.map((part) => part.text), ...counts].join("; ") || "all saved";
  return { state, text: text[0].toUpperCase() + text.slice(1) };
}

/** @type {[State, (standing: Standing) => string][]} the most pressing first */
const PARTS = [
  ["login", ({ out }) => (out ? `signed out: ${out}` : "")],
  ["unsafe", ({ isSafe }) =>
    isSafe ? "" : "this browser keeps nothing: every edit waits until the server has it"],
  ["choice", ({ conflicts: n }) =>
    n ? `${n === 1 ? "1 edit needs" : `${n} edits need`} your choice` : ""],
  ["choice", ({ undecided }) =>
    undecided.length ? `${undecided.join(", ")}: an edit needs your choice` : ""],
  ["refused", ({ refused: n }) => (n ? `${n} refused` : "")],
  ["offline", ({ trouble }) => trouble],
];
