// Documents and layers: opened, done, the next one.

import { Refusal } from "../../core/refusal.js";
import { setState } from "../../core/transitions.js";
import { KINDS } from "../documents.js";
import { leftOver } from "../remaining.js";

/** @import { App } from "../app.js" */

/** @type {Record<string, (app: App, argument: any, value: any) => unknown>} */
export const OPENING = {
  open: (app, id) => {
    // On a narrow screen the list lies over the text.
    if (matchMedia("(max-width: 1100px)").matches) document.body.classList.add("no-documents");
    return app.open(id);
  },
  layer: (app, _argument, name) => app.showLayer(name),
  done: finished,
  reopen: ({ desk }) => desk.do("state", setState(desk.rec, "in-progress")),
  findDocuments: ({ desk }, _argument, text) => {
    desk.find.documents = { ...desk.find.documents, text };
    desk.tell();
  },
  listDocuments: ({ desk }, kind) => {
    if (kind in KINDS) desk.find.documents = { ...desk.find.documents, kind };
    desk.tell();
  },
  findChains: ({ desk }, _argument, text) => {
    desk.find.chains = text;
    desk.tell();
  },
};

/** @param {App} app */
async function finished(app) {
  const { desk } = app;
  if (desk.id === null) throw new Refusal("Open a document first");
  desk.do("state", setState(desk.rec, "done", desk.project.annotated));
  const here = desk.documents.findIndex((row) => row.id === desk.id);
  const order = [...desk.documents.slice(here + 1), ...desk.documents.slice(0, here)];
  const next = order.find((row) => row.state !== "done");
  const over = leftOver(desk);
  if (next === undefined) desk.say(`Done${over}. This was the last document`);
  else {
    await app.open(next.id);
    desk.say(`Done${over}. Now: ${next.title}`);
  }
}
