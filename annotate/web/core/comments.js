/** Comments, flags, the state of a document and its labels. */

import { Draft } from "./draft.js";
import { LISTS, comment as made, keyOf } from "./items.js";
import { Refusal } from "./refusal.js";
import { withdraw } from "./removal.js";
import { entry } from "./schema.js";

/** @import {Rec} from "./record.js" */
/** @import {Change, Comment, List, Tools} from "./types.js" */
/** @typedef {{target?: string | null, start?: number | null, end?: number | null}} Place */

/**
 * A comment on an item, on a stretch of text, or on the document.
 * @param {Rec} rec
 * @param {Place & {text: string, flag?: boolean}} wanted
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function comment(rec, { text, flag: flagged = false, ...place }, { id, user }) {
  if (!text.trim() && !flagged) throw new Refusal("Write something first");
  const draft = new Draft(rec);
  draft.put("comments", made({ ...checked(rec, place), id: id("k"), user, text, flag: flagged }));
  return draft.changes();
}

/** @param {Rec} rec @param {Place} place @returns {Required<Place>} */
function checked(rec, { target = null, start = null, end = null }) {
  if (target !== null && rec.home(target) === null) throw new Refusal("What it was on is gone");
  const inside =
    start === null || end === null
      ? start === end
      : 0 <= start && start < end && end <= rec.text.length;
  if (!inside) throw new Refusal("Select some text first");
  return { target, start, end };
}

/**
 * Flag an item, a stretch of text or the document; where it is flagged already, take that off.
 * @param {Rec} rec
 * @param {Place} place
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function flag(rec, place, { id, user }) {
  const draft = new Draft(rec);
  const { target, start, end } = checked(rec, place);
  const there = rec
    .all("comments")
    .filter(
      (one) =>
        one.flag &&
        !one.resolved &&
        one.target === target &&
        (target !== null || (one.start === start && one.end === end)),
    );
  for (const one of there) lower(draft, one);
  if (!there.length)
    draft.put("comments", made({ target, start, end, id: id("k"), user, flag: true }));
  return draft.changes();
}

/** @param {Draft} draft @param {Comment} one */
function lower(draft, one) {
  if (one.text) draft.put("comments", { ...one, flag: false });
  else withdraw(draft, one.id);
}

/**
 * Say that a comment is dealt with, or is not.
 * @param {Rec} rec
 * @param {string} id
 * @param {boolean} [resolved]
 * @returns {Change[]}
 */
export function resolve(rec, id, resolved = true) {
  const draft = new Draft(rec);
  draft.put("comments", { ...commentOf(rec, id), resolved });
  return draft.changes();
}

/**
 * Another text for a comment.
 * @param {Rec} rec
 * @param {string} id
 * @param {string} text
 * @returns {Change[]}
 */
export function editComment(rec, id, text) {
  const before = commentOf(rec, id);
  const draft = new Draft(rec);
  if (text.trim() || before.flag) draft.put("comments", { ...before, text });
  else withdraw(draft, id);
  return draft.changes();
}

/** What a record may say is annotated. @type {readonly List[]} */
const ANNOTATIONS = Object.freeze(
  LISTS.filter((list) => !["status", "comments", "decisions"].includes(list)),
);

/** @param {Rec} rec @param {string} id */
function commentOf(rec, id) {
  const found = rec.get("comments", id);
  if (!found) throw new Refusal("The comment is gone");
  return found;
}

/**
 * How far the document is, and with it which lists are annotated; null leaves those as they are.
 * When it is done, every list that holds something counts as annotated too.
 * @param {Rec} rec
 * @param {"in-progress" | "done" | null} state
 * @param {string[] | null} [annotated]
 * @returns {Change[]}
 */
export function setState(rec, state, annotated = null) {
  const draft = new Draft(rec);
  const before = rec.status;
  const filled = state === "done" ? ANNOTATIONS.filter((list) => rec.all(list).length > 0) : [];
  const named = annotated ? [...annotated, ...filled] : [];
  const lists = new Set([...before.annotated, ...named]);
  draft.put("status", { ...before, state, annotated: [...lists] });
  return draft.changes();
}

/**
 * Give the document or an item a label; if it has it, take it off.
 * @param {Rec} rec
 * @param {{scheme: string, value: string, target?: string | null, only?: boolean}} wanted
 *   `only`: other labels of the scheme on the same target go
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function setLabel(rec, { scheme, value, target = null, only = false }, { schema }) {
  const kind = entry(schema.labels, scheme);
  const values = Object.keys(kind?.values ?? {});
  if (!kind) throw new Refusal(`The schema has no labels ${scheme}`);
  if (values.length && !values.includes(value)) {
    throw new Refusal(`${scheme} is one of ${values.join(", ")}`);
  }
  checked(rec, { target });
  const label = { scheme, value, target, score: null };
  const draft = new Draft(rec);
  const beside = only
    ? rec.all("labels").filter((one) => one.scheme === scheme && one.target === target)
    : [];
  for (const one of beside) withdraw(draft, keyOf("labels", one));
  if (rec.get("labels", keyOf("labels", label))) withdraw(draft, keyOf("labels", label));
  else draft.put("labels", label);
  return draft.changes();
}
