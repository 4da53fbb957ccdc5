// What is left to do in the document, and how much of each kind, as the line below says it.

import { counts, left } from "../core/todo.js";
import { differences } from "./ghosts.js";

/** @import { Desk } from "./desk.js" */

/** @type {Record<string, string>} */
const WORDS = {
  suggestion: "suggested",
  disagreement: "disagree",
  flag: "flagged",
  comment: "commented",
  role: "required missing",
  empty: "paragraphs empty",
};

/**
 * Return all that is left, by its place in the text, and the counts of it.
 * @param {Desk} desk its suggestions are worked out already
 * @param {{start: number, end: number}[]} blocks paragraphs of the text
 */
export function remaining(desk, blocks) {
  const { rec, schema, suggestions } = desk;
  const layers = desk.editable ? suggestions : [];
  const differ = differences(desk.ghosts, layers);
  const todo = [...left(rec, { schema, layers, blocks }), ...differ].sort(
    (a, b) => a.start - b.start,
  );
  const found = Object.entries(counts(todo));
  return {
    todo,
    left: found.map(([kind, count]) => ({ kind, count: count ?? 0, words: WORDS[kind] ?? kind })),
  };
}
