/** Labels for words to jump to. */

/** Letters by how easily they are reached, home row first, for QWERTY and AZERTY alike. */
const LETTERS = "fjdkslghqmaruteiozpvnbcywx";

/**
 * Two letters for each of so many words, no label twice; at most 676. The easiest come first.
 * @param {number} count
 * @returns {string[]}
 */
export function labels(count) {
  const side = Math.min(LETTERS.length, Math.max(1, Math.ceil(Math.sqrt(count))));
  const letters = [...LETTERS.slice(0, side)];
  return letters.flatMap((first) => letters.map((second) => first + second)).slice(0, count);
}
