/** What other layers suggest, and where they differ. */

import { sameEvent } from "./acceptance.js";
import { LISTS, keyOf } from "./items.js";
import { placed } from "./spans.js";

/** @import {Rec} from "./record.js" */
/** @import {Argument, Entity, Event, EventCluster, Frame, Item, Label} from "./types.js" */
/** @import {Layer, List} from "./types.js" */
/** @import {Mention, Relation, Template} from "./types.js" */

/**
 * @typedef {object} Ghost  a suggestion that is neither decided nor there already
 * @property {string} id  layer/id, as decisions have it
 * @property {string} layer
 * @property {string} key  its id in the layer
 * @property {List} list
 * @property {Item} item
 * @property {number} start  where it begins in the text, in code points; 0 for the document
 * @property {string | null} frame  the ghost of an event that would bring it, or null
 */

/** Lists whose items are suggested. */
const SUGGESTED = LISTS.filter((list) => !["status", "comments", "decisions"].includes(list));

/**
 * The suggestions that are left, by their place in the text; an event before what it brings.
 * @param {Rec} rec
 * @param {Layer[]} layers
 * @returns {Ghost[]}
 */
export function open(rec, layers) {
  const ghosts = layers.flatMap((layer) => ofLayer(rec, layer));
  const rank = (/** @type {Ghost} */ one) => (one.list === "events" ? 0 : 1);
  return ghosts.sort((a, b) => a.start - b.start || rank(a) - rank(b));
}

/** @param {Rec} rec @param {Layer} layer @returns {Ghost[]} */
function ofLayer(rec, layer) {
  const match = new Match(rec, layer);
  const ghosts = [];
  for (const list of SUGGESTED) {
    for (const item of /** @type {Item[]} */ (layer.items[list] ?? [])) {
      const key = keyOf(list, /** @type {any} */ (item));
      const id = `${layer.name}/${key}`;
      if (rec.get("decisions", id) || match.own(list, item) !== null) continue;
      ghosts.push({
        id,
        layer: layer.name,
        key,
        list,
        item,
        start: match.start(list, item),
        frame: null,
      });
    }
  }
  return withFrames(ghosts);
}

/** @param {Ghost[]} ghosts @returns {Ghost[]} */
function withFrames(ghosts) {
  /** @type {Map<string | null, string>} */
  const frames = new Map();
  for (const { id, list, item } of ghosts) {
    if (list !== "events") continue;
    for (const { ref } of /** @type {Event} */ (item).args)
      if (!frames.has(ref)) frames.set(ref, id);
  }
  return ghosts.map((one) => ({
    ...one,
    frame: one.list === "mentions" ? (frames.get(one.key) ?? null) : null,
  }));
}

/** What items of a layer are in the record, as far as they are there. */
class Match {
  /** @type {Map<string, [List, Item]>} */
  #suggested = new Map();

  /** @param {Rec} rec @param {Layer} layer */
  constructor(rec, layer) {
    this.rec = rec;
    this.layer = layer;
    for (const list of SUGGESTED) {
      for (const item of layer.items[list] ?? []) {
        this.#suggested.set(keyOf(list, /** @type {any} */ (item)), [list, item]);
      }
    }
  }

  /**
   * The id of what is equal in the record, or null. A mention is equal by place and type, an
   * event by triggers and type if it has all arguments, an entity if its mentions are linked.
   * @param {List} list
   * @param {any} item
   * @returns {string | null}
   */
  own(list, item) {
    return EQUALS[list]?.(this, item) ?? null;
  }

  /**
   * The id in the record of an item of the layer, or null.
   * @param {string} id
   * @returns {string | null}
   */
  ownOf(id) {
    const decision = this.rec.get("decisions", `${this.layer.name}/${id}`);
    if (decision) return decision.item;
    const known = this.#suggested.get(id);
    // Arguments are compared no deeper, since events may be arguments of each other.
    if (known?.[0] === "events")
      return sameEvents(this.rec, /** @type {Event} */ (known[1]))[0]?.id ?? null;
    return known ? this.own(...known) : null;
  }

  /** Where an item begins in the text. @param {List} list @param {any} item @returns {number} */
  start(list, item) {
    if (list === "mentions") return item.start;
    if (item.triggers?.length) return item.triggers[0].start;
    const ids = item.mentions ??
      item.events ??
      item.args?.map((/** @type {Argument} */ arg) => arg.ref) ?? [item.target];
    const parts = ids.flatMap((/** @type {string | null} */ id) => this.#part(id));
    return parts.length ? Math.min(...parts) : 0;
  }

  /** @param {string | null} id @returns {number[]} */
  #part(id) {
    const [list, item] = (id !== null && this.#suggested.get(id)) || [null, null];
    if (list === "mentions") return [/** @type {Mention} */ (item).start];
    if (list === "events")
      return /** @type {Event} */ (item).triggers.slice(0, 1).map((one) => one.start);
    return [];
  }

  /**
   * Whether an item has all arguments of a suggested one; refused ones do not count.
   * @param {Frame} own
   * @param {Frame} item
   */
  holds(own, item) {
    return item.args.every(({ role, ref, value }) => {
      if (ref === null) return own.args.some((arg) => arg.role === role && arg.value === value);
      if (this.rec.get("decisions", `${this.layer.name}/${ref}`)?.outcome === "refused")
        return true;
      const filler = this.ownOf(ref);
      return own.args.some((arg) => arg.role === role && arg.ref === filler);
    });
  }
}

/** @param {Rec} rec @param {Event} item @returns {Event[]} */
function sameEvents(rec, item) {
  const [first] = item.triggers;
  const near = first ? rec.eventsAt(first.start, first.end) : [...rec.all("events")];
  return near.filter((one) => sameEvent(one, item));
}

/** @type {{[L in List]?: (match: Match, item: any) => string | null}} */
const EQUALS = {
  mentions: ({ rec }, /** @type {Mention} */ item) => {
    const there = rec.mentionsAt(item.start, item.end);
    const same = there.find((one) => one.type === item.type && placed(one) === placed(item));
    return same?.id ?? null;
  },
  events: (match, /** @type {Event} */ item) =>
    sameEvents(match.rec, item).find((one) => match.holds(one, item))?.id ?? null,
  entities: (match, /** @type {Entity} */ item) => {
    const ids = item.mentions.map((id) => match.ownOf(id));
    const chains = ids.map((id) => (id === null ? null : (match.rec.entityOf(id)?.id ?? null)));
    // One mention by itself links nothing, so it is not worth a question.
    if (item.mentions.length < 2 && !item.name) return "";
    return chains[0] && chains.every((id) => id === chains[0]) ? chains[0] : null;
  },
  relations: (match, /** @type {Relation} */ item) =>
    equalFrame(match, match.rec.all("relations"), item),
  templates: (match, /** @type {Template} */ item) =>
    equalFrame(match, match.rec.all("templates"), item),
  event_clusters: (match, /** @type {EventCluster} */ item) => {
    const clusters = item.events.map((id) => {
      const own = match.ownOf(id);
      return own === null ? null : (match.rec.clusterOf(own)?.id ?? null);
    });
    return clusters[0] && clusters.every((id) => id === clusters[0]) ? clusters[0] : null;
  },
  labels: (match, /** @type {Label} */ item) => {
    const target = item.target === null ? null : match.ownOf(item.target);
    const key = keyOf("labels", { ...item, target });
    return match.rec.get("labels", key) ? key : null;
  },
};

/**
 * @param {Match} match
 * @param {readonly Frame[]} items
 * @param {Frame} item
 * @returns {string | null}
 */
function equalFrame(match, items, item) {
  return items.find((one) => one.type === item.type && match.holds(one, item))?.id ?? null;
}

/**
 * @typedef {object} Disagreement  a place where layers differ
 * @property {"mentions" | "events"} list
 * @property {number} start
 * @property {number} end
 * @property {"missing" | "type" | "arguments"} what  one lacks it, or they differ
 * @property {{layer: string, items: (Mention | Event)[]}[]} sides  one for each layer
 */

/**
 * Where layers differ: mentions at one place, events on one trigger.
 * @param {Layer[]} layers
 * @returns {Disagreement[]}  by their place in the text
 */
export function disagreements(layers) {
  const found = [...differing(layers, "mentions"), ...differing(layers, "events")];
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** @param {Layer[]} layers @param {"mentions" | "events"} list @returns {Disagreement[]} */
function differing(layers, list) {
  /** @type {Map<string, Map<string, (Mention | Event)[]>>} */
  const places = new Map();
  for (const layer of layers) {
    for (const item of layer.items[list] ?? []) {
      const span = "start" in item ? item : item.triggers[0];
      const place = span ? `${span.start} ${span.end} ${placed(span)}` : "0 0";
      const sides = places.get(place) ?? new Map(layers.map(({ name }) => [name, []]));
      sides.get(layer.name)?.push(item);
      places.set(place, sides);
    }
  }
  return [...places].flatMap(([place, sides]) => {
    const what = difference(layers, [...sides.entries()]);
    const [start, end] = place.split(" ").map(Number);
    const each = [...sides].map(([layer, items]) => ({ layer, items }));
    return what ? [{ list, start, end, what, sides: each }] : [];
  });
}

/**
 * @param {Layer[]} layers
 * @param {[string, (Mention | Event)[]][]} sides
 * @returns {Disagreement["what"] | null}
 */
function difference(layers, sides) {
  const types = sides.map(([, items]) =>
    items
      .map((one) => one.type)
      .sort()
      .join(" "),
  );
  if (sides.some(([, items]) => !items.length)) return "missing";
  if (new Set(types).size > 1) return "type";
  const fillers = sides.map(([name, items]) => {
    const layer = layers.find((one) => one.name === name);
    return items
      .map((one) => said(layer, one))
      .sort()
      .join("; ");
  });
  return new Set(fillers).size > 1 ? "arguments" : null;
}

/**
 * The arguments of an event by role and place.
 * @param {Layer | undefined} layer
 * @param {Mention | Event} item
 */
function said(layer, item) {
  if (!("args" in item)) return "";
  const where = new Map(layer?.items.mentions?.map((one) => [one.id, placed(one)]));
  for (const one of layer?.items.events ?? [])
    where.set(one.id, one.triggers.map(placed).join(" "));
  return item.args
    .map((arg) => `${arg.role} ${where.get(arg.ref ?? "") ?? arg.value}`)
    .sort()
    .join(", ");
}
