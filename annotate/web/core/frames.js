/**
 * Events, relations and templates: made, filled, emptied.
 *
 * Two events may have one trigger, a role several fillers. A filler is a mention, an event or an
 * entity of the record, a span (the mention there that fits is taken, else one is made) or a
 * string where the role allows one.
 */

import { Draft } from "./draft.js";
import { typeFor } from "./guess.js";
import { FRAMES, argument, event as made, relation, template } from "./items.js";
import { marked, mentionsOver } from "./mentions.js";
import { Refusal } from "./refusal.js";
import { VALUE, entry, fits, frameType } from "./schema.js";
import { alike, whole } from "./spans.js";

/** @import {Rec} from "./record.js" */
/** @import {Argument, Change, Event, Frame, FrameList} from "./types.js" */
/** @import {LooseSpan} from "./types.js" */
/** @import {Role, Schema, Tools} from "./types.js" */
/** @typedef {{ref: string} | {value: string} | LooseSpan & {type?: string}} Filler */

/**
 * A new event with these words as its trigger, whatever else they are.
 * @param {Rec} rec
 * @param {LooseSpan & {type: string, attributes?: Partial<Event>}} wanted
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function trigger(rec, { type, attributes = {}, ...span }, { schema, id }) {
  known(schema, "events", type);
  const draft = new Draft(rec);
  const triggers = [whole(rec.text, span)];
  draft.put("events", made({ ...attributes, id: id("v"), type, triggers }));
  return draft.changes();
}

/**
 * A new relation; its arguments are `{role}` with a filler each.
 * @param {Rec} rec
 * @param {{type: string, args: {role: string, filler: Filler}[], trigger?: LooseSpan}} wanted
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function relate(rec, { type, args, trigger: words }, tools) {
  known(tools.schema, "relations", type);
  const draft = new Draft(rec);
  const triggers = words ? [whole(rec.text, words)] : [];
  const { id } = draft.put("relations", relation({ id: tools.id("r"), type, triggers }));
  for (const { role, filler } of args) put(draft, "relations", id, role, filler, tools);
  return draft.changes();
}

/**
 * A new frame of the whole document.
 * @param {Rec} rec
 * @param {{type: string, events?: string[]}} wanted
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function frame(rec, { type, events = [] }, { schema, id }) {
  known(schema, "templates", type);
  const draft = new Draft(rec);
  draft.put("templates", template({ id: id("t"), type, events }));
  return draft.changes();
}

/** @param {Schema} schema @param {FrameList} list @param {string} type */
function known(schema, list, type) {
  const kind = frameType(schema, list, type);
  if (!kind) throw new Refusal(`The schema has no ${list} of type ${type}`);
  return kind;
}

/**
 * One more filler of a role; nothing if it fills it already. Where a role takes one filler only,
 * the new one takes the place of the old.
 * @param {Rec} rec
 * @param {string} id  of an event, relation or template
 * @param {string} role
 * @param {Filler} filler
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function fill(rec, id, role, filler, tools) {
  const draft = new Draft(rec);
  put(draft, listOf(rec, id), id, role, filler, tools);
  return draft.changes();
}

/** @param {Rec} rec @param {string} id @returns {FrameList} */
function listOf(rec, id) {
  const list = FRAMES.find((one) => rec.get(one, id));
  if (!list) throw new Refusal("Open an event first");
  return list;
}

/**
 * @param {Draft} draft
 * @param {FrameList} list
 * @param {string} id
 * @param {string} name
 * @param {Filler} filler
 * @param {Tools} tools
 */
function put(draft, list, id, name, filler, tools) {
  const before = frameOf(draft, list, id);
  const role = entry(known(tools.schema, list, before.type).roles, name);
  if (!role) throw new Refusal(`${before.type} has no role ${name}`);
  const arg = argument({ role: name, ...resolved(draft, id, name, role, filler, tools) });
  const same = (/** @type {Argument} */ one) =>
    one.role === name && one.ref === arg.ref && one.value === arg.value;
  if (before.args.some(same)) return;
  replace(draft, list, before, withArgument(before, role, arg));
}

/** @param {Frame} before @param {Role} role @param {Argument} arg @returns {Argument[]} */
function withArgument(before, role, arg) {
  const fillers = before.args.filter((one) => one.role === arg.role);
  if (role.max === null || fillers.length < role.max) return [...before.args, arg];
  if (role.max === 1) return before.args.map((one) => (one === fillers[0] ? arg : one));
  throw new Refusal(`${arg.role} takes ${role.max} fillers and has them; empty one first`);
}

/** @param {Draft} draft @param {FrameList} list @param {string} id @returns {Frame} */
export function frameOf(draft, list, id) {
  const found = draft.get(list, id);
  if (!found) throw new Refusal("Open an event first");
  return found;
}

/** @param {Draft} draft @param {FrameList} list @param {Frame} before @param {Argument[]} args */
export function replace(draft, list, before, args) {
  draft.put(list, /** @type {any} */ ({ ...before, args }));
}

/**
 * What a filler is as an argument: `ref` or `value`.
 * @param {Draft} draft
 * @param {string} id
 * @param {string} name
 * @param {Role} role
 * @param {Filler} filler
 * @param {Tools} tools
 * @returns {{ref: string} | {value: string}}
 */
function resolved(draft, id, name, role, filler, tools) {
  if ("ref" in filler) return { ref: fitting(draft, id, name, role, filler.ref) };
  if ("value" in filler) return { value: allowed(name, role, filler.value) };
  const span = whole(draft.text, filler);
  const there = mentionsOver(draft, span).filter((one) => fits(role, "mentions", one.type));
  const mention = filler.type ? there.find((one) => one.type === filler.type) : best(draft, there);
  if (mention) return { ref: mention.id };
  const event = filler.type ? null : eventOver(draft, id, role, span);
  if (event) return { ref: event.id };
  const type = filler.type ?? typeFor(draft.rec, tools.schema, role, span.text, name);
  if (type !== null && fits(role, "mentions", type)) {
    return { ref: marked(draft, { ...span, type }, tools).id };
  }
  if (type !== null) throw new Refusal(`${name} takes ${role.fillers.join(", ")}, not ${type}`);
  if (role.fillers.includes(VALUE)) return { value: allowed(name, role, span.text) };
  throw new Refusal(`${name} takes ${role.fillers.join(", ")}; there is none at these words`);
}

/**
 * Of mentions over the same words, one that is in a chain or fills something.
 * @param {Draft} draft
 * @param {import("./types.js").Mention[]} mentions
 */
function best(draft, mentions) {
  return mentions.find((one) => draft.referrers(one.id).length > 0) ?? mentions[0] ?? null;
}

/** @param {Draft} draft @param {string} id @param {Role} role @param {LooseSpan} span */
function eventOver(draft, id, role, span) {
  const found = draft.rec
    .eventsAt(span.start, span.end)
    .find(
      (one) =>
        one.id !== id &&
        fits(role, "events", one.type) &&
        one.triggers.some((words) => alike(words, span)),
    );
  return found ?? null;
}

/**
 * @param {Draft} draft
 * @param {string} id
 * @param {string} name
 * @param {Role} role
 * @param {string} ref
 */
function fitting(draft, id, name, role, ref) {
  if (ref === id) throw new Refusal("An event cannot be an argument of itself");
  const list = draft.home(ref);
  const typed = list === "mentions" || list === "entities" || list === "events";
  const item = typed ? draft.get(list, ref) : null;
  if (!list || !item) throw new Refusal("Pick a mention or an event first");
  if (fits(role, list, item.type)) return ref;
  throw new Refusal(`${name} takes ${role.fillers.join(", ")}, not ${item.type}`);
}

/** @param {string} name @param {Role} role @param {string} value */
function allowed(name, role, value) {
  if (!role.fillers.includes(VALUE)) {
    throw new Refusal(`${name} takes ${role.fillers.join(", ")}, no string`);
  }
  if (!role.values.length) return value;
  const meant = role.values.find((one) => one.toLowerCase() === value.trim().toLowerCase());
  if (meant === undefined) throw new Refusal(`${name} is one of ${role.values.join(", ")}`);
  return meant;
}

/**
 * Without one filler of a role, or without any; the mentions stay.
 * @param {Rec} rec
 * @param {string} id
 * @param {string} role
 * @param {{ref: string} | {value: string}} [filler]  all if left out
 * @returns {Change[]}
 */
export function empty(rec, id, role, filler) {
  const draft = new Draft(rec);
  const list = listOf(rec, id);
  const before = frameOf(draft, list, id);
  const goes = (/** @type {Argument} */ arg) =>
    arg.role === role &&
    (!filler || ("ref" in filler ? arg.ref === filler.ref : arg.value === filler.value));
  replace(
    draft,
    list,
    before,
    before.args.filter((arg) => !goes(arg)),
  );
  return draft.changes();
}

/**
 * Another type; arguments that it has no role for, or that do not fit there, go.
 * @param {Draft} draft
 * @param {FrameList} list
 * @param {string} id
 * @param {string} type
 * @param {Schema} schema
 */
export function retypeFrame(draft, list, id, type, schema) {
  const { roles } = known(schema, list, type);
  const before = frameOf(draft, list, id);
  const counts = new Map();
  const args = before.args.filter((arg) => {
    const role = entry(roles, arg.role);
    const count = (counts.get(arg.role) ?? 0) + 1;
    counts.set(arg.role, count);
    return role !== null && count <= (role.max ?? count) && mayFill(draft, role, arg);
  });
  draft.put(list, /** @type {any} */ ({ ...before, type, args }));
}

/** @param {Draft} draft @param {Role} role @param {Argument} arg */
function mayFill(draft, role, arg) {
  if (arg.ref === null) {
    const free = !role.values.length || role.values.includes(arg.value ?? "");
    return role.fillers.includes(VALUE) && free;
  }
  const list = draft.home(arg.ref);
  const item =
    list === "mentions" || list === "entities" || list === "events"
      ? draft.get(list, arg.ref)
      : null;
  return list === null || item === null || fits(role, list, item.type);
}

/**
 * The same event once more, to change what differs; it is in no cluster.
 * @param {Rec} rec
 * @param {string} id
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function duplicateEvent(rec, id, tools) {
  const before = rec.get("events", id);
  if (!before) throw new Refusal("Open an event first");
  const draft = new Draft(rec);
  draft.put("events", { ...before, id: tools.id("v") });
  return draft.changes();
}
