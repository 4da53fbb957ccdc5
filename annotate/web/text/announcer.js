// What changed, for those who do not see it.

export class Announcer {
  /**
   * @param {HTMLElement | null} region a live region that the page has
   * @param {HTMLElement} beside where one is made otherwise
   */
  constructor(region, beside) {
    this.own = region === null;
    this.region = region ?? made(beside);
  }

  /**
   * Have a screen reader say something; the same words twice are said twice.
   * @param {string} words
   */
  say(words) {
    this.region.textContent = this.region.textContent === words ? `${words}\u00a0` : words;
  }

  /** Take away a region of our own. */
  drop() {
    if (this.own) this.region.remove();
  }
}

/** @param {HTMLElement} beside */
function made(beside) {
  const region = document.createElement("div");
  region.className = "glose-said";
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  beside.after(region);
  return region;
}
