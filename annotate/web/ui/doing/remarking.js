// Comments, flags and labels.

import { comment, flag, resolve, setLabel } from "../../core/transitions.js";
import { placeOf } from "../naming.js";

/** @import { App } from "../app.js" */

/** @type {Record<string, (app: App, argument: any, value: any) => unknown>} */
export const REMARKING = {
  flag: ({ desk }) => {
    desk.do("flag", flag(desk.rec, place(desk), desk.tools));
    desk.look({ range: null });
  },
  comment: ({ desk }) => {
    desk.tab = "comments";
    desk.focus = "comment-text";
    desk.tell();
  },
  addComment: ({ desk, reader }, _argument, form) => {
    const text = String(form.get("text") ?? "").trim();
    desk.do("comment", comment(desk.rec, { ...place(desk), text }, desk.tools));
    const area = document.getElementById("comment-text");
    if (area instanceof HTMLTextAreaElement) area.value = "";
    desk.look({ range: null });
    reader.focus();
  },
  resolve: ({ desk }, id) =>
    desk.do("resolve", resolve(desk.rec, id, !desk.rec.get("comments", id)?.resolved)),
  goToComment: ({ desk, reader, run }, id) => {
    const found = desk.rec.get("comments", id);
    const target = found?.target ?? null;
    if (target !== null && desk.rec.home(target) !== null) {
      const range = placeOf(desk.rec, target);
      if (range !== null) reader.show(...range);
      if (desk.rec.get("events", target) === null) run("pick", { id: target });
      desk.tab = "comments";
    } else if (found !== null && found.start !== null && found.end !== null) {
      reader.select([found.start, found.end]);
      reader.show(found.start, found.end);
      desk.look({ range: [found.start, found.end], picked: null });
    }
  },
  label: ({ desk }, { scheme, value }) =>
    desk.do("label", setLabel(desk.rec, { scheme, value }, desk.tools)),
  newLabel: ({ desk }, scheme, form) => {
    const value = String(form.get("value") ?? "").trim();
    if (value !== "") desk.do("label", setLabel(desk.rec, { scheme, value }, desk.tools));
  },
};

/**
 * What a remark is on: what is picked or open, or selected words, or the document.
 * @param {App["desk"]} desk
 */
function place(desk) {
  const { range, picked, frame } = desk.at;
  if (range !== null) return { start: range[0], end: range[1] };
  const target = picked ?? frame;
  return target === null ? {} : { target };
}
