// Comments and flags of the document, open ones first.

import { button, h } from "./element.js";
import { named, quoted } from "./naming.js";
import { pickedCard } from "./picked.js";

/** @import { Comment } from "../core/types.js" */
/** @import { Desk } from "./desk.js" */

/** @param {Desk} desk @returns {HTMLElement[]} */
export function commentsPanel(desk) {
  const all = [...desk.rec.all("comments")].sort(
    (a, b) => Number(a.resolved) - Number(b.resolved),
  );
  return [
    pickedCard(desk),
    form(desk),
    all.length === 0
      ? h("p", { class: "soft", "data-key": "none" }, "No comments and no flags.")
      : null,
    ...all.map((comment) => note(comment, desk)),
  ].filter((each) => each !== null);
}

/** @param {Desk} desk */
function form(desk) {
  const about = subject(desk);
  return h(
    "form",
    {
      class: "form",
      "data-submit": "addComment",
      "data-key": "form",
      "aria-label": "New comment",
    },
    h(
      "label",
      {},
      h("span", { class: "soft" }, `Comment on ${about}`),
      h("textarea", { name: "text", rows: 2, id: "comment-text", "data-leave": true }),
    ),
    h(
      "div",
      { class: "line" },
      h("button", { class: "main", type: "submit" }, "Comment"),
      button("flag", null, { class: "plain" }, "Flag ", h("kbd", {}, "!")),
    ),
  );
}

/** @param {Desk} desk */
function subject(desk) {
  const id = desk.at.picked ?? desk.at.frame;
  const found = id === null ? null : named(desk.rec, id);
  if (found !== null) return quoted(found.words);
  const range = desk.at.range;
  return range === null ? "the document" : quoted(desk.rec.text.slice(...range));
}

/** @param {Comment} comment @param {Desk} desk */
function note(comment, desk) {
  const state = `${comment.flag ? " flag" : ""}${comment.resolved ? " resolved" : ""}`;
  return h(
    "article",
    { class: `note${state}`, "data-key": comment.id },
    h(
      "header",
      {},
      h("b", {}, comment.flag ? "Flag" : "Comment"),
      comment.user || "somebody",
      comment.resolved ? "resolved" : null,
    ),
    place(comment, desk),
    comment.text === "" ? null : h("p", {}, comment.text),
    h(
      "div",
      { class: "acts" },
      button(
        "resolve",
        comment.id,
        { class: "bare small" },
        comment.resolved ? "Open again" : "Resolve",
      ),
      button("removeItem", comment.id, { class: "bare small" }, "Delete"),
    ),
  );
}

/** @param {Comment} comment @param {Desk} desk */
function place(comment, desk) {
  const found = comment.target === null ? null : named(desk.rec, comment.target);
  const range =
    comment.start === null || comment.end === null
      ? null
      : desk.rec.text.slice(comment.start, comment.end);
  const words = found?.words ?? range;
  if (words === null)
    return h(
      "p",
      { class: "soft small" },
      comment.target === null ? "on the document" : "on something that was deleted",
    );
  return button("goToComment", comment.id, { class: "quote" }, quoted(words));
}
