// Work in slices while the browser has nothing better to do.

/** Milliseconds of a slice; half a frame, so that scrolling stays fluent. */
const SLICE = 8;

/** @typedef {{timeRemaining: () => number}} Deadline */

export class Idle {
  #waiting = 0;

  /** @param {() => boolean} step does a little; false when all is done */
  constructor(step) {
    this.step = step;
  }

  /** Go on when there is time. */
  wake() {
    if (this.#waiting === 0) this.#waiting = later((deadline) => this.#run(deadline));
  }

  /** @param {Deadline} deadline */
  #run(deadline) {
    this.#waiting = 0;
    const until = performance.now() + Math.min(SLICE, Math.max(2, deadline.timeRemaining()));
    let more = true;
    while (more && performance.now() < until) more = this.step();
    if (more) this.wake();
  }

  /** Do all that is left now. */
  finish() {
    while (this.step());
  }
}

/** @param {(deadline: Deadline) => void} work @returns {number} */
function later(work) {
  if (typeof requestIdleCallback === "function")
    return requestIdleCallback(work, { timeout: 500 });
  // WebKit has no idle callbacks.
  return window.setTimeout(() => work({ timeRemaining: () => SLICE }), 16);
}
