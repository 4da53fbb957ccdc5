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
  value: "values missing",
  empty: "paragraphs empty",
};

/** What is left of each kind, as nouns: one, and several. @type {Record<string, [string, string]>} */
const NOUNS = {
  suggestion: ["suggestion", "suggestions"],
  flag: ["flag", "flags"],
  comment: ["comment", "comments"],
  role: ["required role", "required roles"],
  value: ["value", "values"],
};

/**
 * Return what is left of a document that is done, in words, or "" if nothing is. Paragraphs without
 * annotation are no fault in one that is done.
 * @param {Desk} desk
 */
export function leftOver(desk) {
  const { todo } = remaining(desk, []);
  const parts = Object.entries(NOUNS).flatMap(([kind, [one, several]]) => {
    const count = todo.filter((each) => each.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
  });
  return parts.length === 0 ? "" : `; ${parts.join(", ")} left`;
}

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
    left: found.map(([kind, count]) => ({ kind, count: count ?? 0, words: worded(kind, count ?? 0) })),
  };
}

/** @param {string} kind @param {number} count */
function worded(kind, count) {
  const words = WORDS[kind] ?? kind;
  return count === 1 ? words.replace(/^(value|paragraph)s/u, "$1") : words;
}
