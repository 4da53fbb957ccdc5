/** Taking items out of a record with all that refers to them, or pointing that elsewhere. */

import { Draft } from "./draft.js";
import { keyOf } from "./items.js";
import { Refusal } from "./refusal.js";

/** @import {Rec} from "./record.js" */
/** @import {Argument, Change, Comment, Decision, Entity, Event} from "./types.js" */
/** @import {EventCluster, Frame} from "./types.js" */
/** @import {Item, Label, List, Mention, Relation, Template} from "./types.js" */

/**
 * Without an item. It leaves arguments, chains, clusters and templates; labels and comments on it
 * go; values that hang on it lose their anchor; a suggestion that was accepted as it counts as
 * refused. A relation of fewer than two arguments goes too, and a cluster of one event.
 * @param {Rec} rec
 * @param {string} id
 * @returns {Change[]}
 */
export function remove(rec, id) {
  const list = rec.home(id);
  if (list === null || list === "status") throw new Refusal("There is nothing to delete here");
  const draft = new Draft(rec);
  withdraw(draft, id);
  return draft.changes();
}

/** @param {Draft} draft @param {string} id */
export function withdraw(draft, id) {
  const list = draft.home(id);
  if (list === null) return;
  draft.drop(list, id);
  for (const [home, key] of draft.referrers(id)) release(draft, home, key, id);
}

/**
 * Make an item refer to an id no more.
 * @param {Draft} draft
 * @param {List} list
 * @param {string} key
 * @param {string} id
 */
function release(draft, list, key, id) {
  const item = draft.get(list, key);
  if (item) RELEASES[list]?.(draft, item, id, list);
}

/** @type {{[L in List]?: (draft: Draft, item: any, id: string, list: any) => void}} */
const RELEASES = {
  mentions: (draft, /** @type {Mention} */ item) => {
    draft.put("mentions", { ...item, value: item.value && { ...item.value, anchor: null } });
  },
  entities: (draft, /** @type {Entity} */ item, id) => {
    draft.put("entities", { ...item, mentions: item.mentions.filter((one) => one !== id) });
    settle(draft, item.id);
  },
  events: (draft, /** @type {Event} */ item, id) => {
    draft.put("events", { ...item, args: without(item.args, id) });
  },
  relations: (draft, /** @type {Relation} */ item, id) => {
    const args = without(item.args, id);
    draft.put("relations", { ...item, args });
    if (args.length < 2) withdraw(draft, item.id);
  },
  templates: (draft, /** @type {Template} */ item, id) => {
    const events = item.events.filter((one) => one !== id);
    draft.put("templates", { ...item, args: without(item.args, id), events });
  },
  event_clusters: (draft, /** @type {EventCluster} */ item, id) => {
    draft.put("event_clusters", { ...item, events: item.events.filter((one) => one !== id) });
    settleCluster(draft, item.id);
  },
  labels: (draft, /** @type {Label} */ item) => withdraw(draft, keyOf("labels", item)),
  comments: (draft, /** @type {Comment} */ item) => withdraw(draft, item.id),
  decisions: (draft, /** @type {Decision} */ item) => {
    draft.put("decisions", { ...item, outcome: "refused", item: null });
  },
};

/** @param {Argument[]} args @param {string} id */
function without(args, id) {
  return args.filter((arg) => arg.ref !== id);
}

/**
 * Drop an entity that holds too little by now. What is left with one mention stays if
 * `status.annotated` names `entities.singletons`; else it goes, unless it holds more than its
 * mention: a name, links, attributes, or something that refers to it. An entity without mentions
 * stays if it has a name.
 * @param {Draft} draft
 * @param {string} id
 */
export function settle(draft, id) {
  const entity = draft.get("entities", id);
  if (!entity || entity.mentions.length > 1 || (!entity.mentions.length && entity.name)) return;
  const singletons = draft.rec.status.annotated.includes("entities.singletons");
  const bare =
    entity.name === null &&
    !entity.links.length &&
    !entity.attrs.length &&
    !draft.referrers(id).some(([list]) => list !== "decisions");
  if (!entity.mentions.length || (bare && !singletons)) withdraw(draft, id);
}

/**
 * Drop a cluster of fewer than two events, unless something is said of it.
 * @param {Draft} draft
 * @param {string} id
 */
export function settleCluster(draft, id) {
  const cluster = draft.get("event_clusters", id);
  if (!cluster || cluster.events.length > 1) return;
  const said = cluster.attrs.length || draft.referrers(id).some(([list]) => list !== "decisions");
  if (!cluster.events.length || !said) withdraw(draft, id);
}

/**
 * Make all that refers to one item refer to another of its kind, once.
 * @param {Draft} draft
 * @param {string} gone
 * @param {string} kept
 */
export function repoint(draft, gone, kept) {
  for (const [list, key] of draft.referrers(gone)) {
    const item = /** @type {Item} */ (draft.get(list, key));
    const moved = /** @type {Item} */ (POINTERS[list]?.(item, gone, kept) ?? item);
    const now = keyOf(list, /** @type {any} */ (moved));
    // A label has its target in its key, and may be there already.
    if (now === key || !draft.get(list, now)) draft.put(list, /** @type {any} */ (moved));
    if (now === key) continue;
    draft.drop(list, key);
    repoint(draft, key, now);
  }
}

/** @type {{[L in List]?: (item: any, gone: string, kept: string) => Item}} */
const POINTERS = {
  events: readdressed,
  relations: readdressed,
  templates: readdressed,
  labels: (/** @type {Label} */ item, _gone, kept) => ({ ...item, target: kept }),
  comments: (/** @type {Comment} */ item, _gone, kept) => ({ ...item, target: kept }),
  decisions: (/** @type {Decision} */ item, _gone, kept) => ({ ...item, item: kept }),
};

/** @param {Frame} item @param {string} gone @param {string} kept @returns {Frame} */
function readdressed(item, gone, kept) {
  const filled = new Set(item.args.filter((arg) => arg.ref === kept).map((arg) => arg.role));
  const args = item.args.flatMap((arg) => {
    if (arg.ref !== gone) return [arg];
    if (filled.has(arg.role)) return [];
    filled.add(arg.role);
    return [{ ...arg, ref: kept }];
  });
  return { ...item, args };
}
