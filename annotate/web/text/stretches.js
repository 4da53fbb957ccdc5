// Tokens, phrases and sentences: looking up the one at, before or behind a code point.

import { below } from "../core/offsets.js";
import { place } from "../core/words.js";

/** @import {Pair} from "../core/types.js" */
/** @typedef {readonly Pair[]} Pairs sorted; tokens and sentences do not overlap */
/** @typedef {{start: number, end: number}} Range */

/** @param {Pair | undefined} pair @returns {Range | null} */
function ranged(pair) {
  return pair === undefined ? null : { start: pair[0], end: pair[1] };
}

/**
 * Return the first that ends behind a point, or null.
 * @param {Pairs} pairs
 * @param {number} point
 */
export function endingAfter(pairs, point) {
  return ranged(pairs[place(pairs, point)]);
}

/**
 * Return the last that starts before a point, or null.
 * @param {Pairs} pairs
 * @param {number} point
 */
export function startingBefore(pairs, point) {
  return ranged(pairs[below(pairs.length, (k) => (pairs[k]?.[0] ?? 0) < point) - 1]);
}

/**
 * Return the first that starts at or behind a point, or null.
 * @param {Pairs} pairs
 * @param {number} point
 */
export function startingFrom(pairs, point) {
  return ranged(pairs[below(pairs.length, (k) => (pairs[k]?.[0] ?? 0) < point)]);
}

/**
 * Return the one around or nearest to a point, or null if there are none.
 * @param {Pairs} pairs
 * @param {number} point
 */
export function nearest(pairs, point) {
  const next = endingAfter(pairs, point);
  const last = startingBefore(pairs, point);
  if (next === null || last === null || next.start <= point) return next ?? last;
  return point - last.end < next.start - point ? last : next;
}

/**
 * Return the smallest phrase around a range that is larger than it, or null.
 * @param {Pairs} phrases in any order @param {Range} range
 * @returns {Range | null}
 */
export function larger(phrases, { start, end }) {
  /** @type {Pair | undefined} */
  let found;
  for (const pair of phrases) {
    const around = pair[0] <= start && end <= pair[1] && pair[1] - pair[0] > end - start;
    if (around && (found === undefined || pair[1] - pair[0] < found[1] - found[0])) found = pair;
  }
  return ranged(found);
}
