/** Spans in pieces: put together, cut, compared, and what they cover. */

import { Refusal } from "./refusal.js";

/** @import {Covering, LooseSpan, Pair, Trigger} from "./types.js" */

/**
 * The pieces of a span: its fragments, or the one stretch.
 * @param {LooseSpan} span
 * @returns {Pair[]}
 */
export function pieces({ start, end, fragments }) {
  return fragments?.length ? fragments : [[start, end]];
}

/**
 * A span of these pieces, with its text; pieces are sorted, and those that touch become one.
 * @param {Covering} text
 * @param {Pair[]} parts
 * @returns {Trigger}
 */
export function join(text, parts) {
  const fragments = merged(parts);
  const [start, end] = [fragments[0]?.[0] ?? 0, fragments.at(-1)?.[1] ?? 0];
  if (!(start >= 0 && start < end && end <= text.length)) {
    throw new Refusal("Select some text first");
  }
  const covered = fragments.map(([from, to]) => text.slice(from, to)).join(" ");
  return {
    start,
    end,
    fragments: fragments.length > 1 ? fragments : [],
    text: covered,
    head: [],
  };
}

/** @param {Pair[]} parts @returns {Pair[]} */
function merged(parts) {
  /** @type {Pair[]} */
  const result = [];
  for (const [start, end] of [...parts].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (start >= end) continue;
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/**
 * A span as callers give it, checked and with its text.
 * @param {Covering} text
 * @param {LooseSpan} span
 */
export function whole(text, span) {
  return join(text, pieces(span));
}

/**
 * The span with other outer bounds: what lies outside is cut off, the rest is stretched.
 * @param {Covering} text
 * @param {Trigger} span
 * @param {number} start
 * @param {number} end
 * @returns {Trigger}
 */
export function stretched(text, span, start, end) {
  const kept = pieces(span)
    .map(([from, to]) => /** @type {Pair} */ ([Math.max(from, start), Math.min(to, end)]))
    .filter(([from, to]) => from < to);
  const parts = kept.length ? kept : [/** @type {Pair} */ ([start, end])];
  parts[0] = [start, parts[0][1]];
  parts[parts.length - 1] = [parts[parts.length - 1][0], end];
  return withHead(join(text, parts), span.head);
}

/**
 * The span with its old head, if that still lies inside.
 * @param {Trigger} span
 * @param {number[]} head
 */
function withHead(span, head) {
  const inside = head.length === 2 && span.start <= head[0] && head[1] <= span.end;
  return inside ? { ...span, head } : span;
}

/** Whether two spans cover the same. @param {LooseSpan} a @param {LooseSpan} b */
export function alike(a, b) {
  return placed(a) === placed(b);
}

/** Where a span is, as a string to compare and look up by. @param {LooseSpan} span */
export function placed(span) {
  return pieces(span).join(" ");
}
