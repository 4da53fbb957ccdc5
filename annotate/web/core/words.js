/** Words of a text, as sorted ranges in code points. */

/** @import {Pair} from "./types.js" */

/**
 * The place in a sorted list of the first range that ends after a point; its length if none does.
 * @param {readonly Pair[]} ranges  sorted, not overlapping
 * @param {number} point
 */
export function place(ranges, point) {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle][1] <= point) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The number of the token at a point, else of the next one, else of the last; -1 without tokens.
 * @param {readonly Pair[]} tokens
 * @param {number} point
 */
export function tokenAt(tokens, point) {
  return Math.min(place(tokens, point), tokens.length - 1);
}

/**
 * The range widened to whole tokens, and narrowed where it begins or ends between them; null where
 * it covers none.
 * @param {readonly Pair[]} tokens
 * @param {number} start
 * @param {number} end
 * @returns {{start: number, end: number} | null}
 */
export function snap(tokens, start, end) {
  const first = tokens[place(tokens, start)];
  const after = place(tokens, end - 1);
  const last = tokens[after] && tokens[after][0] < end ? tokens[after] : tokens[after - 1];
  if (!first || !last || first[0] > last[0] || end <= start) return null;
  return { start: first[0], end: last[1] };
}

/**
 * A span with its right or left end one token further (by 1) or nearer (by -1); itself where there
 * is no token to go to, or none would be left.
 * @param {readonly Pair[]} tokens
 * @param {{start: number, end: number}} span
 * @param {"start" | "end"} side
 * @param {1 | -1} by  1: the span grows
 */
export function grown(tokens, { start, end }, side, by) {
  const [first, last] = [tokenAt(tokens, start), lastToken(tokens, end)];
  if (side === "end") {
    const goal = tokens[last + by];
    return goal && goal[1] > start ? { start, end: goal[1] } : { start, end };
  }
  const goal = tokens[first - by];
  return goal && goal[0] < end ? { start: goal[0], end } : { start, end };
}

/**
 * The number of the last token that begins before a point.
 * @param {readonly Pair[]} tokens
 * @param {number} point
 */
function lastToken(tokens, point) {
  const here = place(tokens, point - 1);
  return tokens[here] && tokens[here][0] < point ? here : here - 1;
}
