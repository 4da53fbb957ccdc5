/** A record: one document in one layer, as lists of items with what is looked up in them. */

import { Evidence } from "./evidence.js";
import { LISTS, UNTOUCHED, keyOf } from "./items.js";
import { references } from "./references.js";

/** @import {Change, Covering, Entity, Event, EventCluster, Item, Items, List} from "./types.js" */
/** @import {Listed, Mention} from "./types.js" */

/**
 * Items keep the order in which they came; one that is dropped and comes back takes its old
 * place, so that undo gives the same export. Items are never changed in place, only replaced.
 */
export class Rec {
  /** @type {Map<List, Map<string, Item | null>>} dropped items stay as null */
  #lists = new Map();
  /** @type {Map<List, Item[]>} */
  #listed = new Map();
  /** @type {Map<string, Map<string, [List, string]>>} who refers to an id */
  #referrers = new Map();
  /** @type {Map<string, Set<string>>} mentions and events by the bounds of their spans */
  #spans = new Map();
  /** @type {Map<string, List>} the list of every id that is there */
  #homes = new Map();
  /** @type {Evidence | null} counted when it is first asked for */
  #evidence = null;

  /**
   * @param {Listed} items  lists that are missing are empty
   * @param {Covering} text
   */
  constructor(items, text) {
    this.text = text;
    for (const list of LISTS) {
      this.#lists.set(list, new Map());
      for (const item of items[list] ?? []) this.#set(list, keyOf(list, item), item);
    }
    if (!this.get("status", "status")) this.#set("status", "status", { ...UNTOUCHED });
  }

  /**
   * The item of a list with this key, or null.
   * @template {List} L
   * @param {L} list
   * @param {string} id
   * @returns {Items[L] | null}
   */
  get(list, id) {
    return /** @type {Items[L] | null} */ (this.#lists.get(list)?.get(id) ?? null);
  }

  /**
   * All items of a list, in its order; the array is not to be changed.
   * @template {List} L
   * @param {L} list
   * @returns {readonly Items[L][]}
   */
  all(list) {
    let items = this.#listed.get(list);
    if (!items) {
      items = [...(this.#lists.get(list)?.values() ?? [])].filter((item) => item !== null);
      this.#listed.set(list, items);
    }
    return /** @type {Items[L][]} */ (items);
  }

  /** How often words are mentions of which types. */
  get evidence() {
    this.#evidence ??= new Evidence(this.all("mentions"));
    return this.#evidence;
  }

  /** What is asked of the status of the record. */
  get status() {
    return this.get("status", "status") ?? UNTOUCHED;
  }

  /** The list that holds an id, or null. @param {string} id @returns {List | null} */
  home(id) {
    return this.#homes.get(id) ?? null;
  }

  /**
   * Do what an operation says; what was there before is not compared.
   * @param {Change[]} changes
   */
  apply(changes) {
    for (const { list, id, after } of changes) this.#set(list, id, after);
  }

  /** The entity that a mention is in, or null. @param {string} mention @returns {Entity | null} */
  entityOf(mention) {
    return this.#referrer(mention, "entities");
  }

  /** The cluster of an event, or null. @param {string} event @returns {EventCluster | null} */
  clusterOf(event) {
    return this.#referrer(event, "event_clusters");
  }

  /**
   * What refers to an id, as list and key, in no particular order.
   * @param {string} id
   * @returns {[List, string][]}
   */
  referrers(id) {
    return [...(this.#referrers.get(id)?.values() ?? [])];
  }

  /**
   * The mentions with exactly these outer bounds.
   * @param {number} start
   * @param {number} end
   * @returns {Mention[]}
   */
  mentionsAt(start, end) {
    return this.#at("mentions", start, end);
  }

  /**
   * The events that have a trigger with exactly these outer bounds.
   * @param {number} start
   * @param {number} end
   * @returns {Event[]}
   */
  eventsAt(start, end) {
    return this.#at("events", start, end);
  }

  /** All lists, as the server gives and takes them. @returns {Listed} */
  items() {
    return /** @type {Listed} */ (
      Object.fromEntries(LISTS.map((list) => [list, [...this.all(list)]]))
    );
  }

  /**
   * @template {"entities" | "event_clusters"} L
   * @param {string} id
   * @param {L} list
   * @returns {Items[L] | null}
   */
  #referrer(id, list) {
    for (const [home, key] of this.#referrers.get(id)?.values() ?? []) {
      if (home === list) return this.get(list, key);
    }
    return null;
  }

  /**
   * @template {"mentions" | "events"} L
   * @param {L} list
   * @param {number} start
   * @param {number} end
   * @returns {Items[L][]}
   */
  #at(list, start, end) {
    const found = [...(this.#spans.get(`${list} ${start} ${end}`) ?? [])];
    return found.flatMap((id) => this.get(list, id) ?? []);
  }

  /** @param {List} list @param {string} id @param {Item | null} after */
  #set(list, id, after) {
    const items = /** @type {Map<string, Item | null>} */ (this.#lists.get(list));
    const before = items.get(id);
    if (before) this.#forget(list, id, before);
    items.set(id, after);
    if (after) this.#learn(list, id, after);
    this.#listed.delete(list);
  }

  /** @param {List} list @param {string} id @param {Item} item */
  #learn(list, id, item) {
    this.#homes.set(id, list);
    if (list === "mentions") this.#evidence?.count(/** @type {Mention} */ (item), 1);
    for (const target of references(list, item)) {
      const known = this.#referrers.get(target) ?? new Map();
      this.#referrers.set(target, known.set(`${list} ${id}`, [list, id]));
    }
    for (const place of places(list, item)) {
      this.#spans.set(place, (this.#spans.get(place) ?? new Set()).add(id));
    }
  }

  /** @param {List} list @param {string} id @param {Item} item */
  #forget(list, id, item) {
    this.#homes.delete(id);
    if (list === "mentions") this.#evidence?.count(/** @type {Mention} */ (item), -1);
    for (const target of references(list, item)) {
      this.#referrers.get(target)?.delete(`${list} ${id}`);
    }
    for (const place of places(list, item)) this.#spans.get(place)?.delete(id);
  }
}

/** @param {List} list @param {Item} item @returns {string[]} */
function places(list, item) {
  if (list === "mentions") {
    const { start, end } = /** @type {Mention} */ (item);
    return [`mentions ${start} ${end}`];
  }
  if (list !== "events") return [];
  return /** @type {Event} */ (item).triggers.map(({ start, end }) => `events ${start} ${end}`);
}
