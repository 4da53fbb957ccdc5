/** Event clusters: events that are one happening. An event is in one at most. */

import { Draft } from "./draft.js";
import { cluster as made } from "./items.js";
import { settleCluster, repoint } from "./removal.js";
import { Refusal } from "./refusal.js";

/** @import {Rec} from "./record.js" */
/** @import {Change, EventCluster, Tools} from "./types.js" */

/**
 * Put an event into a cluster, or into that of another event; it leaves its old one.
 * @param {Rec} rec
 * @param {string} event
 * @param {string} target  a cluster or an event
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function cluster(rec, event, target, tools) {
  if (!rec.get("events", event)) throw new Refusal("Open an event first");
  if (event === target) return [];
  const draft = new Draft(rec);
  const goal = clusterOf(draft, target, tools);
  const old = draft.clusterOf(event);
  if (old?.id === goal.id) return [];
  if (old) leave(draft, old, event);
  draft.put("event_clusters", { ...goal, events: [...goal.events, event] });
  return draft.changes();
}

/** @param {Draft} draft @param {string} target @param {Tools} tools @returns {EventCluster} */
function clusterOf(draft, target, { id }) {
  const known = draft.get("event_clusters", target) ?? draft.clusterOf(target);
  if (known) return known;
  if (!draft.get("events", target)) throw new Refusal("Choose another event or a cluster");
  return made({ id: id("c"), events: [target] });
}

/** @param {Draft} draft @param {EventCluster} old @param {string} event */
function leave(draft, old, event) {
  draft.put("event_clusters", { ...old, events: old.events.filter((id) => id !== event) });
  settleCluster(draft, old.id);
}

/**
 * Take an event out of its cluster; one that is left with one event goes.
 * @param {Rec} rec
 * @param {string} event
 * @returns {Change[]}
 */
export function uncluster(rec, event) {
  const draft = new Draft(rec);
  const old = draft.clusterOf(event);
  if (old) leave(draft, old, event);
  return draft.changes();
}

/**
 * Two clusters become one, the one that was first in the record.
 * @param {Rec} rec
 * @param {string} one
 * @param {string} other
 * @returns {Change[]}
 */
export function mergeClusters(rec, one, other) {
  const draft = new Draft(rec);
  const [kept, gone] = rec.all("event_clusters").filter(({ id }) => id === one || id === other);
  if (!kept || (!gone && one !== other)) throw new Refusal("Choose two clusters");
  if (!gone) return [];
  draft.drop("event_clusters", gone.id);
  repoint(draft, gone.id, kept.id);
  const names = new Set(kept.attrs.map((attr) => attr.name));
  const attrs = [...kept.attrs, ...gone.attrs.filter((attr) => !names.has(attr.name))];
  const events = [...new Set([...kept.events, ...gone.events])];
  draft.put("event_clusters", { ...kept, events, attrs });
  return draft.changes();
}
