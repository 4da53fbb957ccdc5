// Events, relations and templates: begun, opened, filled, emptied.

import { Refusal } from "../../core/refusal.js";
import { attributeOf, nextValue } from "../../core/schema.js";
import {
  duplicateEvent,
  empty,
  fill,
  frame,
  relate,
  setAttribute,
  trigger,
} from "../../core/transitions.js";
import { filler, made, together, words } from "./hand.js";

/** @import { FrameList } from "../../core/types.js" */
/** @import { App } from "../app.js" */
/** @import { Desk } from "../desk.js" */

/** @type {Record<string, (app: App, argument: any, value: any) => unknown>} */
export const FRAMING = {
  event: ({ desk }) => {
    words(desk);
    desk.look({ mode: "event" });
  },
  trigger: triggered,
  fill: (app, role) => {
    app.desk.last = { name: "fill", argument: role };
    filled(app, role, filler(app.desk), app.desk.at.armed);
  },
  arm: armed,
  candidate: candidate,
  fillArmed: (app) => {
    const { armed: waiting } = app.desk.at;
    if (waiting !== null) filled(app, waiting.role, filler(app.desk), waiting);
  },
  fillWith: (app, { role, ref }) => filled(app, role, { ref }, app.desk.at.armed),
  fillString: (app, { frame: id, role }, value) => {
    if (value.trim() === "") return;
    app.desk.do("fill", fill(app.desk.rec, id, role, { value: value.trim() }, app.desk.tools));
  },
  replace: replacing,
  takeOut: ({ desk }, { frame: id, role, ref, value }) => {
    desk.do("empty", empty(desk.rec, id, role, ref === null ? { value } : { ref }));
    desk.look({ armed: null });
  },
  attribute: cycled,
  duplicate: duplicated,
  secondEvent: secondEvent,
  openCard: opened,
  closeCard: ({ desk }) => desk.look({ frame: null, armed: null }),
  newRelation: (app, _argument, type) => begun(app, "relations", type),
  newTemplate: (app, _argument, type) => begun(app, "templates", type),
};

/** @param {App} app @param {{list: FrameList, type: string}} kind */
function triggered(app, kind) {
  const { desk } = app;
  desk.look({ mode: "text" });
  if (kind.list !== "events") {
    begun(app, kind.list, kind.type);
    return;
  }
  const [start, end] = words(desk);
  desk.last = { name: "trigger", argument: kind };
  const changes = desk.do(
    "trigger",
    trigger(desk.rec, { start, end, type: kind.type }, desk.tools),
  );
  const [id] = made(changes, "events");
  if (id !== undefined) openedAt(app, id, "events");
}

/** @param {App} app @param {string} id @param {FrameList} list */
function openedAt({ desk }, id, list) {
  desk.tab = list;
  desk.look({ frame: id, armed: null, picked: null, held: null, range: null, ghost: null });
}

/** @param {App} app @param {string} id */
function opened(app, id) {
  const { desk, reader } = app;
  const list = desk.rec.home(id);
  if (list !== "events" && list !== "relations" && list !== "templates")
    throw new Refusal("It is gone");
  if (desk.at.frame === id) {
    desk.look({ frame: null, armed: null });
    return;
  }
  openedAt(app, id, list);
  const item = desk.rec.get(list, id);
  const span = item !== null && "triggers" in item ? item.triggers[0] : undefined;
  if (span !== undefined) reader.show(span.start, span.end);
  desk.say(`${item?.type ?? ""} open`);
}

/**
 * A relation has words only if some are selected.
 * @param {App} app
 * @param {FrameList} list
 * @param {string} type
 */
function begun(app, list, type) {
  const { desk } = app;
  if (type === "") return;
  const { range } = desk.at;
  const span = range === null ? {} : { trigger: { start: range[0], end: range[1] } };
  const changes =
    list === "templates"
      ? desk.do("trigger", frame(desk.rec, { type }, desk.tools))
      : desk.do("relate", relate(desk.rec, { type, args: [], ...span }, desk.tools));
  const [id] = made(changes, list);
  if (id !== undefined) openedAt(app, id, list);
}

/**
 * Fill a role of the open card. What was there is replaced if a person said so.
 * @param {App} app
 * @param {string} role
 * @param {any} what a filler as transitions take it
 * @param {{role: string, replaces: {ref: string | null, value: string | null} | null} | null} wanted
 */
export function filled(app, role, what, wanted) {
  const { desk } = app;
  const { rec, tools } = desk;
  const id = desk.at.frame;
  if (id === null) throw new Refusal("Open an event first");
  const add = () => fill(rec, id, role, what, tools);
  const gone = [moving(desk, role), wanted?.role === role ? wanted : null].flatMap((one) => {
    const old = one?.replaces;
    return old ? [() => empty(rec, id, one.role, said(old))] : [];
  });
  const changes = desk.do("fill", gone.length === 0 ? add() : together(rec, ...gone, add));
  if (changes.length === 0) desk.say(`It is ${role} already`);
  const [mention] = made(changes, "mentions");
  desk.look({ armed: null, range: null, ghost: null, picked: mention ?? what.ref ?? null });
}

/** @param {{ref: string | null, value: string | null}} old */
function said({ ref, value }) {
  return ref === null ? { value: value ?? "" } : { ref };
}

/**
 * Return the role that a filler leaves if it fills another: its chip was chosen, and nothing since.
 * @param {Desk} desk
 * @param {string} role
 */
function moving({ at: { armed: waiting, picked, range } }, role) {
  const ref = waiting?.replaces?.ref ?? null;
  const held = ref !== null && ref === picked && range === null;
  return held && waiting?.role !== role ? waiting : null;
}

/**
 * Wait for what fills a role, in place of its only filler; with something in hand, take that.
 * @param {App} app
 * @param {string} role
 */
function armed(app, role) {
  const { desk } = app;
  const open = desk.frame;
  if (open === null) throw new Refusal("Open an event first");
  if (desk.at.armed?.role === role) {
    desk.look({ armed: null });
    return;
  }
  const fillers = open.args.filter((arg) => arg.role === role);
  const only = fillers.length === 1 ? (fillers[0] ?? null) : null;
  const wanted = { role, replaces: only === null ? null : { ref: only.ref, value: only.value } };
  const { range, picked } = desk.at;
  const fresh =
    range !== null ||
    moving(desk, role) !== null ||
    (picked !== null && desk.mention !== null && !open.args.some((arg) => arg.ref === picked));
  if (fresh) filled(app, role, filler(desk), wanted);
  else desk.look({ armed: wanted, picked: null, ghost: null });
}

/** @param {App} app @param {{role: string, ref: string | null, value: string | null}} argument */
function replacing({ desk, reader }, { role, ref, value }) {
  const now = desk.at.armed;
  const again = now?.role === role && now.replaces?.ref === ref && now.replaces.value === value;
  desk.look({
    armed: again ? null : { role, replaces: { ref, value } },
    picked: again ? null : ref,
    ghost: null,
  });
  // What comes next is a place in the text, or the letter of another role.
  reader.focus();
}

/** @param {App} app @param {number} digit */
function candidate(app, digit) {
  const offer = app.desk.offers.find((one) => one.digit === digit);
  if (offer === undefined) throw new Refusal(`Nothing is suggested as ${digit}`);
  filled(app, offer.role, offer.filler, app.desk.at.armed);
}

/** @param {App} app @param {string} name */
function cycled({ desk }, name) {
  const { frame: open, frameList } = desk;
  if (open === null || frameList === null) throw new Refusal("Open an event first");
  desk.last = { name: "attribute", argument: name };
  const values = Object.keys(desk.schema.attributes[name]?.values ?? {});
  if (values.length === 0) {
    const input = document.querySelector(`[data-key="attribute-${CSS.escape(name)}"] input`);
    if (input instanceof HTMLElement) input.focus();
    return;
  }
  const value = nextValue(desk.schema, name, attributeOf(frameList, open, name));
  desk.do("attribute", setAttribute(desk.rec, open.id, name, value, desk.tools));
  desk.say(`${name}: ${value ?? "none"}`);
}

/** @param {App} app */
function duplicated(app) {
  const { desk } = app;
  if (desk.at.frame === null) throw new Refusal("Open an event first");
  const [id] = made(
    desk.do("duplicate", duplicateEvent(desk.rec, desk.at.frame, desk.tools)),
    "events",
  );
  if (id !== undefined) openedAt(app, id, "events");
}

/** Ask for the type of another event on the same words. @param {App} app @param {string} id */
function secondEvent(app, id) {
  const event = app.desk.rec.get("events", id);
  const span = event?.triggers[0];
  if (span === undefined) throw new Refusal("This event has no trigger to share");
  app.desk.look({ range: [span.start, span.end], mode: "event", armed: null });
  app.run("offerTypes");
}
