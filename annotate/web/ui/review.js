// The review of suggestions: where it stands, so that no key meant for the next suggestion falls on
// what has been decided already.

import { ghostsOf } from "./ghosts.js";

/** @import { Desk } from "./desk.js" */
/** @import { Ghost } from "./ghosts.js" */

export class Review {
  /** Where the suggestion of the moment, or the one decided last, stands. */
  place = -1;
  /** The frame that was accepted last, whose card stays open to be put right. @type {string | null} */
  frame = null;
  /** Whether the last thing done was to accept, to refuse or to go to a suggestion. */
  fresh = false;
  /** Whether the caret has been moved by keyboard since: then Tab goes on from there. */
  strayed = false;

  /** A suggestion is in hand or decided. @param {number} place */
  at(place) {
    Object.assign(this, { place, fresh: true, strayed: false });
  }

  /** Something else was done. */
  act() {
    Object.assign(this, { fresh: false, strayed: false });
  }

  stray() {
    Object.assign(this, { fresh: false, strayed: true });
  }

  end() {
    Object.assign(this, { place: -1, frame: null, fresh: false, strayed: false });
  }

  /** Whether the next suggestion is what keys mean. @param {Desk["at"]} at */
  goesOn({ ghost, frame }) {
    return (
      ghost !== null ||
      (!this.strayed && (this.fresh || (this.frame !== null && this.frame === frame)))
    );
  }

  /** Whether what is in hand is no suggestion and must not be deleted. @param {Desk["at"]} at */
  guards({ picked, frame }) {
    return this.fresh || (picked === null && frame !== null && frame === this.frame);
  }
}

/**
 * Return the suggestions that a person goes through, in the order of the text; what a suggested
 * frame brings is none of its own.
 * @param {readonly Ghost[]} ghosts
 */
export function reviewed(ghosts) {
  return ghosts
    .filter(({ frame, places }) => frame === null && places.length > 0)
    .sort((a, b) => startOf(a) - startOf(b));
}

/** @param {Ghost} ghost */
export function startOf({ places: [span] }) {
  return span?.start ?? 0;
}

/**
 * Return the next open suggestion, round the end of the text, or null; what has just been decided
 * does not count.
 * @param {Desk} desk
 * @param {1 | -1} by
 * @returns {Ghost | null}
 */
export function following(desk, by) {
  desk.ghosts = desk.editable ? ghostsOf(desk.rec, desk.suggestions) : [];
  const all = reviewed(desk.ghosts);
  const now = all.findIndex(({ id }) => id === desk.at.ghost);
  if (now >= 0) return all.length > 1 ? (all.at((now + by) % all.length) ?? null) : null;
  const { place } = desk.review;
  return by > 0
    ? (all.find((one) => startOf(one) >= place) ?? all[0] ?? null)
    : (all.findLast((one) => startOf(one) < place) ?? all.at(-1) ?? null);
}
