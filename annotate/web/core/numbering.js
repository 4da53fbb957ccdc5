/** Numbers that stay with what is offered for the roles of an event while its card is open. */

/** @import {Candidate} from "./candidates.js" */

export class Numbering {
  /** What is numbered: an event, and the words of its trigger. */
  #subject = "";
  /** @type {Map<string, number>} */
  #digits = new Map();

  /**
   * The candidates that have a number, with it. Those that were numbered when the card was opened
   * keep theirs; what is gone leaves a gap. They are numbered anew for another event, for other
   * words of its trigger, and when nothing that was offered is left.
   * @param {string} event
   * @param {string} trigger  its words
   * @param {readonly Candidate[]} candidates
   * @returns {(Candidate & {digit: number})[]}
   */
  of(event, trigger, candidates) {
    const subject = `${event} ${trigger}`;
    const known = subject === this.#subject ? this.#kept(candidates) : [];
    if (known.length > 0) return known;
    this.#subject = subject;
    this.#digits = new Map(
      candidates.flatMap((one) => (one.digit === null ? [] : [[place(one), one.digit]])),
    );
    return this.#kept(candidates);
  }

  /** The card is closed. */
  close() {
    this.#subject = "";
  }

  /** @param {readonly Candidate[]} candidates */
  #kept(candidates) {
    return candidates.flatMap((one) => {
      const digit = this.#digits.get(place(one));
      return digit === undefined ? [] : [{ ...one, digit }];
    });
  }
}

/** Words keep their number when they are marked. @param {Candidate} one */
function place({ role, span, ref }) {
  return `${role} ${span === null ? ref : `${span.start} ${span.end}`}`;
}
