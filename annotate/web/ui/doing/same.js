// Same again: identical words that nobody has marked, in this document or in all, one by one or all.

import { Refusal } from "../../core/refusal.js";
import { occurrences } from "../../core/same.js";
import { forms } from "../../core/schema.js";
import { sameAgain } from "../../core/transitions.js";
import { Session } from "../../sync/session.js";
import { many } from "../documents.js";
import { quoted } from "../naming.js";
import { made } from "./hand.js";

/** @import { Mention, Pair } from "../../core/types.js" */
/** @import { App } from "../app.js" */

/**
 * @typedef {object} Again
 * @property {Mention} mention
 * @property {{range: Pair, on: boolean}[]} spans
 * @property {number} at which one is in hand
 * @property {boolean} chain whether they are linked as well
 * @property {{id: string, title: string, spans: Pair[], on: boolean}[] | null} documents others; null = not asked
 */

/** @type {Record<string, (app: App, argument: any, value: any) => unknown>} */
export const SAME = {
  same: begun,
  sameAll: done,
  sameToggle: (app, index) => toggled(app, index ?? app.desk.again?.at ?? 0),
  sameNext: (app) => stepped(app, 1),
  samePrevious: (app) => stepped(app, -1),
  sameCancel: ({ desk, reader }) => {
    desk.again = null;
    reader.select(null);
    desk.look({ mode: "text" });
  },
  sameChain: ({ desk }, _argument, on) => {
    if (desk.again !== null) desk.again = { ...desk.again, chain: on };
    desk.tell();
  },
  sameProject: (app) => elsewhere(app),
  sameDocument: ({ desk }, id, on) => {
    const documents =
      desk.again?.documents?.map((one) => (one.id === id ? { ...one, on } : one)) ?? null;
    if (desk.again !== null) desk.again = { ...desk.again, documents };
    desk.tell();
  },
};

/** @param {App} app */
function begun(app) {
  const { desk } = app;
  const mention = desk.mention;
  if (mention === null) throw new Refusal("Pick a mention first");
  if (mention.fragments.length > 0)
    throw new Refusal("A mention in pieces has no identical words");
  const spans = occurrences(desk.rec.text, desk.page.tokens, desk.rec, mention);
  if (spans.length === 0)
    throw new Refusal(`${quoted(mention.text)} stands nowhere else unmarked`);
  const chain =
    forms(desk.schema, mention.type) &&
    (mention.level === "NAM" || desk.rec.entityOf(mention.id) !== null);
  desk.again = {
    mention,
    spans: spans.map((range) => ({ range, on: true })),
    at: 0,
    chain,
    documents: null,
  };
  desk.look({ mode: "same" });
  shown(app);
  desk.say(`${spans.length} more: Enter marks all, Space leaves one out`);
}

/** @param {App} app */
function shown({ desk, reader }) {
  const range = desk.again?.spans[desk.again.at]?.range;
  if (range === undefined) return;
  reader.show(...range);
  reader.select(range);
}

/** @param {App} app @param {1 | -1} by */
function stepped(app, by) {
  const { desk } = app;
  if (desk.again === null || desk.again.spans.length === 0) return;
  const count = desk.again.spans.length;
  desk.again = { ...desk.again, at: (desk.again.at + by + count) % count };
  const here = desk.again.spans[desk.again.at];
  desk.say(`${desk.again.at + 1} of ${count}${here?.on ? "" : ", left out"}`);
  shown(app);
}

/** @param {App} app @param {number} index */
function toggled({ desk }, index) {
  if (desk.again === null) return;
  const spans = desk.again.spans.map((one, at) => (at === index ? { ...one, on: !one.on } : one));
  desk.again = { ...desk.again, spans, at: index };
  desk.say(spans[index]?.on ? "Chosen" : "Left out");
}

/** @param {App} app */
async function done(app) {
  const { desk, reader } = app;
  const { again } = desk;
  if (again === null) return;
  const { mention, spans, chain, documents } = again;
  desk.again = null;
  desk.look({ mode: "text" });
  reader.select(null);
  const wanted = spans.filter(({ on }) => on).map(({ range }) => range);
  const entity = chain ? (desk.rec.entityOf(mention.id)?.id ?? mention.id) : null;
  const here = desk.do("same", sameAgain(desk.rec, wanted, mention, entity, desk.tools));
  let count = made(here, "mentions").length;
  for (const other of documents?.filter(({ on }) => on) ?? [])
    count += await marked(app, other, mention);
  desk.say(count === 1 ? "1 more marked" : `${count} more marked`);
}

/** @param {App} app */
async function elsewhere({ desk, api }) {
  const { again } = desk;
  if (again === null) return;
  const { documents } = await api.get("/api/same", {
    text: again.mention.text,
    layer: desk.layer,
    except: desk.id ?? "",
  });
  if (desk.again === null) return;
  desk.again = {
    ...desk.again,
    documents: documents.map((/** @type {any} */ one) => ({ ...one, on: true })),
  };
  desk.say(
    documents.length === 0
      ? "In no other document"
      : `In ${many(documents.length, "other document")}`,
  );
}

/**
 * Mark words in a document that is not open.
 * @param {App} app
 * @param {{id: string, spans: Pair[]}} other
 * @param {Mention} mention
 */
async function marked({ desk }, other, mention) {
  const session = await Session.open({
    document: other.id,
    layer: desk.layer,
    project: desk.project,
  });
  try {
    const { type, level, value } = mention;
    // The value of a time depends on the date of its document, so it does not travel.
    const like = {
      ...mention,
      type,
      level,
      value: value?.norm.startsWith("number:") ? value : null,
    };
    const changes = sameAgain(session.rec, other.spans, like, null, desk.tools);
    if (changes.length > 0) await session.do("same", changes);
    return made(changes, "mentions").length;
  } finally {
    session.close();
  }
}
