// Values of times and numbers, and links to knowledge bases: suggested, chosen, corrected.

import { Refusal } from "../../core/refusal.js";
import { setLink, setValue } from "../../core/transitions.js";
import { valueWords, wordsOf } from "../naming.js";
import { Palette } from "../palette.js";
import { fault } from "../values.js";

/** @import { Change, Mention } from "../../core/types.js" */
/** @import { App } from "../app.js" */

/** @type {Record<string, (app: App, argument: any, value: any) => unknown>} */
export const VALUING = {
  value: ({ desk }, { id, value: { norm, mod = null, unit = null, anchor = null } }) => {
    desk.do("value", setValue(desk.rec, id, { norm, mod, unit, anchor }, desk.tools));
    desk.values.fault = "";
  },
  valueText: typed,
  valuePart: ({ desk }, { id, part }, words) => {
    const value = desk.rec.get("mentions", id)?.value ?? null;
    if (value !== null)
      desk.do(
        "value",
        setValue(desk.rec, id, { ...value, [part]: words.trim() || null }, desk.tools),
      );
  },
  chooseLink: chooseLink,
  dropLink: ({ desk }, { id }) => desk.do("link", setLink(desk.rec, id, null)),
};

/** @param {App} app @param {string} id @param {string} words */
function typed({ desk }, id, words) {
  const norm = words.trim();
  const mention = desk.rec.get("mentions", id);
  if (mention === null) return;
  const kinds = desk.schema.mentions[mention.type]?.values ?? [];
  const wrong = norm === "" ? "" : fault(norm, kinds);
  desk.values = { ...desk.values, id, fault: wrong };
  desk.tell();
  if (wrong !== "") return;
  const { mod = null, unit = null, anchor = null } = mention.value ?? {};
  desk.do(
    "value",
    setValue(desk.rec, id, norm === "" ? null : { norm, mod, unit, anchor }, desk.tools),
  );
}

/**
 * Ask what a new mention stands for, if it is a time or number.
 * @param {App} app
 * @param {readonly Change[]} changes
 */
export function asked(app, changes) {
  const { desk } = app;
  const fresh = changes
    .filter((change) => change.list === "mentions" && change.after !== null)
    .map((change) => /** @type {Mention} */ (change.after));
  const one = fresh.length === 1 ? fresh[0] : undefined;
  if (one !== undefined && (one.value === null || desk.values.id !== one.id))
    void offer(app, one.id).catch((error) => app.refused(error));
}

/** Fetch what the grammar says of a mention. @param {App} app @param {string} id */
export async function offer(app, id) {
  const { desk, api } = app;
  const mention = desk.rec.get("mentions", id);
  if (mention === null || (desk.schema.mentions[mention.type]?.values.length ?? 0) === 0) return;
  desk.values = { id, words: mention.text, list: [], fault: "", asking: true, wanted: false };
  try {
    await fetched(desk, api, mention);
  } finally {
    if (desk.values.id === id) desk.values.asking = false;
  }
  if (desk.values.id !== id || desk.at.picked !== id) return;
  told(app, mention, desk.values.wanted);
}

/**
 * @param {App["desk"]} desk
 * @param {App["api"]} api
 * @param {Mention} mention
 */
async function fetched(desk, api, { id, start, end, type }) {
  const { values } = await api.post("/api/values", { document: desk.id, start, end, type });
  if (desk.values.id !== id) return;
  desk.values = { ...desk.values, list: values };
  desk.tell();
}

/**
 * Say what the grammar offers; an Enter that was quicker takes it.
 * @param {App} app
 * @param {Mention} mention
 * @param {boolean} wanted
 */
function told({ desk, run }, { id, text }, wanted) {
  const [first] = desk.values.list;
  if (desk.rec.get("mentions", id)?.value !== null) return;
  if (first === undefined) {
    if (wanted) desk.refuse(`Nothing is known of the value of ${text}: type it beside value`);
  } else if (wanted) run("value", { id, value: first });
  else desk.say(`${text} = ${valueWords(first.norm)}: Enter takes it`);
}

/** @param {App} app @param {string} id of a mention or chain */
function chooseLink({ desk, api }, id) {
  const list = desk.rec.home(id);
  const item = list === null ? null : desk.rec.get(list, id);
  if (list === null || item === null) throw new Refusal("Pick a mention or a chain first");
  const words = wordsOf(desk.rec, list, item);
  new Palette({
    title: `Link ${words}`,
    placeholder: `Who or what is ${words}?`,
    typed: words,
    entries: async (typed) => {
      if (typed.trim() === "") return [];
      const { links } = await api.get("/api/links", { q: typed.trim() });
      return links.map((/** @type {any} */ one) => ({
        group: one.kb,
        title: one.name,
        about: `${one.id} ${one.about ?? ""}`,
        run: () => desk.do("link", setLink(desk.rec, id, { kb: one.kb, id: one.id })),
      }));
    },
  });
}
