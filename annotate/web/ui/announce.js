// What changed, said to those who do not see it, and shown in the line below for the others.

/** Says one thing at a time; the same thing twice is said twice. */
export class Announcer {
  /** @param {HTMLElement} element an aria-live region */
  constructor(element) {
    this.element = element;
    this.last = "";
  }

  /** @param {string} what one sentence */
  say(what) {
    this.last = what;
    // A region that does not change is not read again.
    this.element.textContent = this.element.textContent === what ? `${what}\u00a0` : what;
  }
}
