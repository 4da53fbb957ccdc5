/** Where the words of a mention stand again. */

import { place } from "./words.js";

/** @import {Rec} from "./record.js" */
/** @import {Covering, Mention, Pair} from "./types.js" */

/**
 * The places with exactly the words of a mention that no mention covers exactly, at borders of
 * tokens, in their order; none for a mention in pieces.
 * @param {Covering} text
 * @param {readonly Pair[]} tokens
 * @param {Rec} rec
 * @param {Mention} mention
 * @returns {Pair[]}
 */
export function occurrences(text, tokens, rec, mention) {
  if (mention.fragments.length) return [];
  const size = mention.end - mention.start;
  return starts(text, mention.text)
    .map((start) => /** @type {Pair} */ ([start, start + size]))
    .filter(([start, end]) => !rec.mentionsAt(start, end).length && atBorders(tokens, start, end));
}

/**
 * Where words begin in a text, in code points; they do not overlap.
 * @param {Covering} text
 * @param {string} words
 */
function starts(text, words) {
  const found = [];
  let unit = text.string.indexOf(words);
  while (unit >= 0 && words) {
    found.push(text.toPoint(unit));
    unit = text.string.indexOf(words, unit + words.length);
  }
  return found;
}

/** @param {readonly Pair[]} tokens @param {number} start @param {number} end */
function atBorders(tokens, start, end) {
  if (!tokens.length) return true;
  return (
    tokens[place(tokens, start)]?.[0] === start && tokens[place(tokens, end - 1)]?.[1] === end
  );
}
