/** Entities, as chains of mentions: linking, taking out, merging, splitting. */

import { Draft } from "./draft.js";
import { entity as made, keyOf } from "./items.js";
import { refuseMisfit } from "./misfits.js";
import { repoint, settle } from "./removal.js";
import { Refusal } from "./refusal.js";
import { forms } from "./schema.js";

/** @import {Rec} from "./record.js" */
/** @import {Attribute, Change, Entity, Link, Mention, Tools} from "./types.js" */

/**
 * Put a mention into the chain of an entity or of another mention; a mention that is in none
 * founds one with it. With null the mention becomes an entity by itself. It leaves its old chain.
 * @param {Rec} rec
 * @param {string} mention
 * @param {string | null} target  an entity or a mention
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function chain(rec, mention, target, tools) {
  const draft = new Draft(rec);
  tie(draft, mention, target, tools);
  return draft.changes();
}

/** @param {Draft} draft @param {string} id @param {string | null} target @param {Tools} tools */
export function tie(draft, id, target, tools) {
  const mention = linkable(draft, id, tools);
  const goal = target === null || target === id ? null : chainOf(draft, target, tools);
  const old = draft.entityOf(id);
  if (old && (goal === null ? old.mentions.length < 2 : old.id === goal.id)) return;
  if (old) untie(draft, id);
  if (goal) draft.put("entities", { ...goal, mentions: placed(draft, goal.mentions, mention) });
  else found(draft, [mention], tools);
  if (old) settle(draft, old.id);
}

/** @param {Draft} draft @param {string} id @param {Tools} tools @returns {Mention} */
function linkable(draft, id, { schema }) {
  const mention = draft.get("mentions", id);
  if (!mention) throw new Refusal("Pick a mention first");
  if (!forms(schema, mention.type)) {
    throw new Refusal(`Mentions of type ${mention.type} form no entities`);
  }
  return mention;
}

/** @param {Draft} draft @param {string} target @param {Tools} tools @returns {Entity} */
function chainOf(draft, target, tools) {
  const entity = draft.get("entities", target) ?? draft.entityOf(target);
  return entity ?? found(draft, [linkable(draft, target, tools)], tools);
}

/** @param {Draft} draft @param {Mention[]} mentions @param {Tools} tools @returns {Entity} */
export function found(draft, mentions, { id }) {
  const ids = mentions.map((one) => one.id);
  const type = mentions[0].type;
  return draft.put("entities", made({ id: id("e"), type, mentions: ids }));
}

/**
 * A chain with one more mention, before the first that stands later in the text.
 * @param {Draft} draft
 * @param {string[]} chain
 * @param {Mention} mention
 */
function placed(draft, chain, mention) {
  const place = chain.findIndex((id) => (draft.get("mentions", id)?.start ?? 0) > mention.start);
  return place < 0 ? [...chain, mention.id] : chain.toSpliced(place, 0, mention.id);
}

/**
 * Take a mention out of its chain, whatever is left of that.
 * @param {Draft} draft
 * @param {string} id
 */
export function untie(draft, id) {
  const entity = draft.entityOf(id);
  if (!entity) return;
  draft.put("entities", { ...entity, mentions: entity.mentions.filter((one) => one !== id) });
}

/**
 * Take a mention out of its chain.
 * @param {Rec} rec
 * @param {string} mention
 * @returns {Change[]}
 */
export function unchain(rec, mention) {
  const draft = new Draft(rec);
  const entity = draft.entityOf(mention);
  if (entity) {
    untie(draft, mention);
    settle(draft, entity.id);
  }
  return draft.changes();
}

/**
 * Two entities become one, the one that was first in the record; what referred to the other
 * refers to it.
 * @param {Rec} rec
 * @param {string} one
 * @param {string} other
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function mergeChains(rec, one, other, tools) {
  const draft = new Draft(rec);
  merge(draft, one, other, tools);
  return draft.changes();
}

/**
 * @param {Draft} draft
 * @param {string} one
 * @param {string} other
 * @param {Tools} tools
 * @returns {Entity}
 */
export function merge(draft, one, other, { schema }) {
  const [kept, gone] = draft.all("entities").filter(({ id }) => id === one || id === other);
  if (!kept || (!gone && one !== other)) throw new Refusal("Choose two entities");
  if (!gone) return kept;
  refuseMisfit(draft, gone.id, "entities", kept.type, schema);
  draft.drop("entities", gone.id);
  let { mentions } = kept;
  for (const id of gone.mentions) {
    mentions = placed(draft, mentions, /** @type {Mention} */ (draft.get("mentions", id)));
  }
  repoint(draft, gone.id, kept.id);
  const links = united(kept.links, gone.links, (link) => `${link.kb} ${link.id}`);
  const attrs = united(kept.attrs, gone.attrs, (attr) => attr.name);
  const name = kept.name ?? gone.name;
  return draft.put("entities", { ...kept, mentions, name, links, attrs });
}

/**
 * The first list, and what the second has besides.
 * @template {Link | Attribute} T
 * @param {T[]} kept
 * @param {T[]} more
 * @param {(one: T) => string} key
 * @returns {T[]}
 */
function united(kept, more, key) {
  const known = new Set(kept.map(key));
  return [...kept, ...more.filter((one) => !known.has(key(one)))];
}

/**
 * Some mentions of an entity become another one. The old entity keeps name, links, attributes and
 * what refers to it. A single mention that is split off is in no chain, unless
 * singletons are annotated.
 * @param {Rec} rec
 * @param {string} entity
 * @param {string[]} mentions
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function splitChain(rec, entity, mentions, tools) {
  const draft = new Draft(rec);
  const before = draft.get("entities", entity);
  const leaving = new Set(mentions);
  const parting = before?.mentions.filter((id) => leaving.has(id)) ?? [];
  if (!before || !parting.length) throw new Refusal("Choose mentions of the entity to split off");
  if (parting.length === before.mentions.length) return [];
  const mentionsLeft = before.mentions.filter((id) => !leaving.has(id));
  draft.put("entities", { ...before, mentions: mentionsLeft });
  const items = parting.flatMap((id) => draft.get("mentions", id) ?? []);
  settle(draft, found(draft, items, tools).id);
  settle(draft, entity);
  return draft.changes();
}

/**
 * A name for an entity, or none.
 * @param {Rec} rec
 * @param {string} id
 * @param {string | null} name
 * @returns {Change[]}
 */
export function setName(rec, id, name) {
  const draft = new Draft(rec);
  const before = draft.get("entities", id);
  if (!before) throw new Refusal("Choose an entity first");
  if (!name && !before.mentions.length) throw new Refusal("An entity without mentions has a name");
  draft.put("entities", { ...before, name: name || null });
  return draft.changes();
}

/**
 * The chains that a digit links to: those used last come first.
 * @param {Rec} rec
 * @param {string[]} recent  ids of entities, the latest first
 * @returns {Entity[]}
 */
export function listed(rec, recent) {
  const order = new Map(recent.map((id, place) => [id, place]));
  const rank = (/** @type {Entity} */ one) => order.get(keyOf("entities", one)) ?? recent.length;
  return rec.all("entities").toSorted((a, b) => rank(a) - rank(b));
}
