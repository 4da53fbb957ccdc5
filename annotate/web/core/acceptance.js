/**
 * Taking over suggestions of other layers, with what they need, or refusing them.
 *
 * Every suggestion that is taken or refused leaves a decision `layer/id`; one that had been
 * refused is not taken along with another.
 */

import { found, merge, tie } from "./chains.js";
import { Draft } from "./draft.js";
import { argument, event as event_, keyOf, cluster, mention as mention_ } from "./items.js";
import { LISTS, relation, template } from "./items.js";
import { marked, mentionsOver } from "./mentions.js";
import { DOCUMENT_TIME } from "./references.js";
import { Refusal } from "./refusal.js";
import { entry, fits, frameType, mentionType, VALUE } from "./schema.js";
import { alike, whole } from "./spans.js";

/** @import {Rec} from "./record.js" */
/** @import {Argument, Change, Decision, Entity, Event, EventCluster} from "./types.js" */
/** @import {FrameList, Frame} from "./types.js" */
/** @import {Item, Label, Layer, List, Mention, Relation, Role, Template} from "./types.js" */
/** @import {Tools, Value} from "./types.js" */

/**
 * Take over a suggestion: an equal item that is there is used, and completed. An event brings the
 * mentions and events that are its arguments, an entity its mentions, and links them.
 * @param {Rec} rec
 * @param {Layer} layer
 * @param {string} id  of the suggestion in its layer
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function accept(rec, layer, id, tools) {
  const taking = new Taking(rec, layer, tools);
  taking.take(id, true);
  return taking.draft.changes();
}

/**
 * Refuse a suggestion.
 * @param {Rec} rec
 * @param {Layer} layer
 * @param {string} id
 * @returns {Change[]}
 */
export function refuse(rec, layer, id) {
  const list = LISTS.find((one) =>
    layer.items[one]?.some((item) => keyOf(one, /** @type {any} */ (item)) === id),
  );
  if (!list) throw new Refusal("The suggestion is gone");
  const draft = new Draft(rec);
  draft.put("decisions", { id: `${layer.name}/${id}`, list, outcome: "refused", item: null });
  return draft.changes();
}

/** One acceptance: what has been taken so far, by its id in the layer. */
class Taking {
  /** @type {Map<string, string>} */
  #taken = new Map();
  /** @type {Map<string, [List, Item]>} */
  #suggested = new Map();

  /** @param {Rec} rec @param {Layer} layer @param {Tools} tools */
  constructor(rec, layer, tools) {
    this.draft = new Draft(rec);
    this.layer = layer;
    this.tools = tools;
    for (const list of LISTS) {
      for (const item of layer.items[list] ?? []) {
        this.#suggested.set(keyOf(list, /** @type {any} */ (item)), [list, item]);
      }
    }
  }

  /**
   * The id that a suggestion has in the record once it is taken, or null if it is not to be.
   * @param {string} id
   * @param {boolean} [asked]  take it even if it was refused before
   * @param {Role} [role]  the role it is to fill
   * @returns {string | null}
   */
  take(id, asked = false, role) {
    const known = this.#known(id, asked);
    if (known !== undefined) return known;
    const suggested = this.#suggested.get(id);
    if (!suggested) {
      if (asked) throw new Refusal("The suggestion is gone");
      return null;
    }
    const [list, item] = suggested;
    const own = TAKERS[list]?.(this, item, role) ?? null;
    if (own !== null) this.decide(id, list, own);
    return own;
  }

  /**
   * @param {string} id
   * @param {boolean} asked
   * @returns {string | null | undefined} undefined: not decided
   */
  #known(id, asked) {
    const taken = this.#taken.get(id);
    if (taken) return taken;
    const decision = this.draft.get("decisions", `${this.layer.name}/${id}`);
    if (decision?.outcome === "refused") return asked ? undefined : null;
    const item = decision?.item ?? null;
    return item !== null && this.draft.home(item) !== null ? item : undefined;
  }

  /** @param {string} id @param {List} list @param {string} own */
  decide(id, list, own) {
    this.#taken.set(id, own);
    /** @type {Decision} */
    const decision = { id: `${this.layer.name}/${id}`, list, outcome: "accepted", item: own };
    this.draft.put("decisions", decision);
  }

  /** Whether another suggestion of this layer was taken as this item. @param {string} own */
  spoken(own) {
    const prefix = `${this.layer.name}/`;
    return this.draft
      .referrers(own)
      .some(([list, id]) => list === "decisions" && id.startsWith(prefix));
  }
}

/** @type {{[L in List]?: (taking: Taking, item: any, role?: Role) => string | null}} */
const TAKERS = {
  mentions: takeMention,
  entities: takeEntity,
  events: takeEvent,
  relations: takeRelation,
  templates: takeTemplate,
  event_clusters: takeCluster,
  labels: takeLabel,
};

/** @param {Taking} taking @param {Mention} item @param {Role} [role] @returns {string} */
function takeMention(taking, item, role) {
  const { draft, tools } = taking;
  const there = mentionsOver(draft, item);
  const same = there.find((one) => one.type === item.type);
  const usable = same ?? (role && there.find((one) => fits(role, "mentions", one.type)));
  if (usable) return usable.id;
  const kind = mentionType(tools.schema, item.type);
  const level = item.level !== null && kind?.levels.includes(item.level) ? item.level : null;
  const made = marked(draft, { ...span(item), type: item.type, level }, tools);
  const value = valueOf(taking, item.value, kind?.values ?? []);
  const { links, attrs, head } = item;
  draft.put("mentions", mention_({ ...made, value, links, attrs, head }));
  return made.id;
}

/** @param {Mention} item */
function span({ start, end, fragments }) {
  return { start, end, fragments };
}

/**
 * @param {Taking} taking
 * @param {Value | null} value
 * @param {string[]} kinds
 * @returns {Value | null}
 */
function valueOf(taking, value, kinds) {
  if (!value || (kinds.length && !kinds.includes(value.norm.split(":")[0]))) return null;
  const { anchor } = value;
  const decision = anchor && taking.draft.get("decisions", `${taking.layer.name}/${anchor}`);
  const own = decision ? decision.item : null;
  return { ...value, anchor: anchor === DOCUMENT_TIME ? anchor : own };
}

/** @param {Taking} taking @param {Entity} item @returns {string | null} */
function takeEntity(taking, item) {
  const { draft, tools } = taking;
  const ids = item.mentions.flatMap((id) => taking.take(id) ?? []);
  const mentions = [...new Set(ids)].flatMap((id) => draft.get("mentions", id) ?? []);
  if (!mentions.length) throw new Refusal("All mentions of the entity were refused");
  let own = mentions.map((one) => draft.entityOf(one.id)).find((one) => one !== null) ?? null;
  own ??= completed(taking, found(draft, mentions.slice(0, 1), tools), item);
  for (const { id } of mentions) {
    const other = draft.entityOf(id);
    if (!other) tie(draft, id, own.id, tools);
    else if (other.id !== own.id) own = merge(draft, own.id, other.id, tools);
  }
  return own.id;
}

/** @param {Taking} taking @param {Entity} made @param {Entity} item @returns {Entity} */
function completed({ draft, tools }, made, { type, name, links, attrs }) {
  const known = Object.hasOwn(tools.schema.entities, type) ? type : made.type;
  return draft.put("entities", { ...made, type: known, name, links, attrs });
}

/** @param {Taking} taking @param {Event} item @returns {string} */
function takeEvent(taking, item) {
  const { draft, tools } = taking;
  if (!frameType(tools.schema, "events", item.type)) {
    throw new Refusal(`The schema has no events of type ${item.type}`);
  }
  const there = draft.all("events").find((one) => sameEvent(one, item) && !taking.spoken(one.id));
  const triggers = item.triggers.map((one) => ({ ...whole(draft.text, one), head: one.head }));
  const { type, polarity, modality, tense, genericity, attrs } = item;
  const fresh = { type, triggers, polarity, modality, tense, genericity, attrs };
  const own = there ?? event_({ ...fresh, id: tools.id("v") });
  draft.put("events", there ? enriched(there, item) : own);
  // Known before its arguments are, since those may lead back to it.
  taking.decide(item.id, "events", own.id);
  takeArguments(taking, "events", own.id, item);
  return own.id;
}

/**
 * Whether two events have one type and the same triggers.
 * @param {Event} one
 * @param {Event} other
 */
export function sameEvent(one, other) {
  return (
    one.type === other.type &&
    one.triggers.length === other.triggers.length &&
    one.triggers.every((words, place) => alike(words, other.triggers[place]))
  );
}

/**
 * An event with the attributes that it did not have.
 * @param {Event} own
 * @param {Event} item
 * @returns {Event}
 */
function enriched(own, item) {
  const names = new Set(own.attrs.map((one) => one.name));
  return {
    ...own,
    polarity: own.polarity ?? item.polarity,
    modality: own.modality ?? item.modality,
    tense: own.tense ?? item.tense,
    genericity: own.genericity ?? item.genericity,
    attrs: [...own.attrs, ...item.attrs.filter((one) => !names.has(one.name))],
  };
}

/** @param {Taking} taking @param {FrameList} list @param {string} id @param {Frame} item */
function takeArguments(taking, list, id, item) {
  const { draft, tools } = taking;
  const roles = frameType(tools.schema, list, item.type)?.roles ?? {};
  for (const arg of item.args) {
    const role = entry(roles, arg.role);
    const filler = role && takeFiller(taking, arg, role);
    const own = /** @type {Frame} */ (draft.get(list, id));
    if (role && filler && mayTake(own, role, filler) && filler.ref !== id) {
      draft.put(list, /** @type {any} */ ({ ...own, args: [...own.args, filler] }));
    }
  }
}

/** @param {Taking} taking @param {Argument} arg @param {Role} role @returns {Argument | null} */
function takeFiller(taking, arg, role) {
  if (arg.ref === null) {
    const free = !role.values.length || role.values.includes(arg.value ?? "");
    return role.fillers.includes(VALUE) && free ? arg : null;
  }
  const ref = taking.take(arg.ref, false, role);
  const list = ref === null ? null : taking.draft.home(ref);
  if (ref === null || (list !== "mentions" && list !== "entities" && list !== "events"))
    return null;
  const type = taking.draft.get(list, ref)?.type ?? "";
  return fits(role, list, type) ? argument({ ...arg, ref }) : null;
}

/** @param {Frame} own @param {Role} role @param {Argument} arg */
function mayTake(own, role, arg) {
  const fillers = own.args.filter((one) => one.role === arg.role);
  const there = fillers.some((one) => one.ref === arg.ref && one.value === arg.value);
  return !there && (role.max === null || fillers.length < role.max);
}

/** @param {Taking} taking @param {Relation} item @returns {string} */
function takeRelation(taking, item) {
  const { draft, tools } = taking;
  if (!frameType(tools.schema, "relations", item.type)) {
    throw new Refusal(`The schema has no relations of type ${item.type}`);
  }
  const triggers = item.triggers.map((one) => whole(draft.text, one));
  const { type, attrs } = item;
  const { id } = draft.put("relations", relation({ id: tools.id("r"), type, triggers, attrs }));
  takeArguments(taking, "relations", id, item);
  return id;
}

/** @param {Taking} taking @param {Template} item @returns {string} */
function takeTemplate(taking, item) {
  const { draft, tools } = taking;
  if (!frameType(tools.schema, "templates", item.type)) {
    throw new Refusal(`The schema has no templates of type ${item.type}`);
  }
  const events = [...new Set(item.events.flatMap((id) => taking.take(id) ?? []))];
  const { type, attrs } = item;
  const { id } = draft.put("templates", template({ id: tools.id("t"), type, events, attrs }));
  takeArguments(taking, "templates", id, item);
  return id;
}

/** @param {Taking} taking @param {EventCluster} item @returns {string | null} */
function takeCluster(taking, item) {
  const { draft, tools } = taking;
  const events = [...new Set(item.events.flatMap((id) => taking.take(id) ?? []))];
  const own = events.map((id) => draft.clusterOf(id)).find((one) => one !== null);
  const free = events.filter((id) => !draft.clusterOf(id));
  if (!own && free.length < 2) throw new Refusal("Too few events of the cluster are left");
  const made = own ?? cluster({ id: tools.id("c"), attrs: item.attrs });
  return draft.put("event_clusters", { ...made, events: [...made.events, ...free] }).id;
}

/** @param {Taking} taking @param {Label} item @returns {string | null} */
function takeLabel(taking, item) {
  const target = item.target === null ? null : taking.take(item.target);
  if (item.target !== null && target === null) return null;
  const label = { ...item, target };
  const key = keyOf("labels", label);
  if (!taking.draft.get("labels", key)) taking.draft.put("labels", label);
  return key;
}
