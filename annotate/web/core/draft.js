/** A record with changes that are not made yet; in the end, the changes alone. */

import { equal, keyOf } from "./items.js";
import { references } from "./references.js";

/** @import {Rec} from "./record.js" */
/** @import {Change, Entity, EventCluster, Item, Items, List} from "./types.js" */

/** Reads like a `Rec`; what is put back as it was is no change. */
export class Draft {
  /** @type {Map<string, {list: List, id: string, after: Item | null}>} */
  #touched = new Map();

  /** @param {Rec} rec */
  constructor(rec) {
    this.rec = rec;
    this.text = rec.text;
  }

  /**
   * @template {List} L
   * @param {L} list
   * @param {string} id
   * @returns {Items[L] | null}
   */
  get(list, id) {
    const touched = this.#touched.get(`${list} ${id}`);
    return touched ? /** @type {Items[L] | null} */ (touched.after) : this.rec.get(list, id);
  }

  /**
   * All items of a list: those of the record in its order, then the new ones.
   * @template {List} L
   * @param {L} list
   * @returns {Items[L][]}
   */
  all(list) {
    const ids = new Set(this.rec.all(list).map((item) => keyOf(list, item)));
    for (const touched of this.#touched.values()) if (touched.list === list) ids.add(touched.id);
    return [...ids].flatMap((id) => this.get(list, id) ?? []);
  }

  /**
   * The items of a list that the record does not have.
   * @template {List} L
   * @param {L} list
   * @returns {Items[L][]}
   */
  fresh(list) {
    const touched = [...this.#touched.values()].filter((one) => one.list === list);
    const ids = touched.filter(({ id }) => this.rec.get(list, id) === null).map(({ id }) => id);
    return ids.flatMap((id) => this.get(list, id) ?? []);
  }

  /**
   * Make or replace an item.
   * @template {List} L
   * @param {L} list
   * @param {Items[L]} item
   * @returns {Items[L]}
   */
  put(list, item) {
    const id = keyOf(list, item);
    this.#touched.set(`${list} ${id}`, { list, id, after: item });
    return item;
  }

  /** @param {List} list @param {string} id */
  drop(list, id) {
    this.#touched.set(`${list} ${id}`, { list, id, after: null });
  }

  /** @param {string} id @returns {List | null} */
  home(id) {
    for (const { id: other, list, after } of this.#touched.values()) {
      if (other === id) return after ? list : null;
    }
    return this.rec.home(id);
  }

  /**
   * What refers to an id by now, as list and key.
   * @param {string} id
   * @returns {[List, string][]}
   */
  referrers(id) {
    const found = new Map(this.rec.referrers(id).map((one) => [one.join(" "), one]));
    for (const [place, { list, id: key }] of this.#touched) found.set(place, [list, key]);
    return [...found.values()].filter(([list, key]) => {
      const item = this.get(list, key);
      return item !== null && references(list, item).includes(id);
    });
  }

  /** @param {string} mention @returns {Entity | null} */
  entityOf(mention) {
    return this.#referrer(mention, "entities");
  }

  /** @param {string} event @returns {EventCluster | null} */
  clusterOf(event) {
    return this.#referrer(event, "event_clusters");
  }

  /** What has to be done to the record; nothing where all is as it was. @returns {Change[]} */
  changes() {
    return [...this.#touched.values()]
      .map(({ list, id, after }) => ({ list, id, before: this.rec.get(list, id), after }))
      .filter(({ before, after }) => !equal(before, after));
  }

  /**
   * @template {"entities" | "event_clusters"} L
   * @param {string} id
   * @param {L} list
   * @returns {Items[L] | null}
   */
  #referrer(id, list) {
    const found = this.referrers(id).find(([home]) => home === list);
    return found ? this.get(list, found[1]) : null;
  }
}
