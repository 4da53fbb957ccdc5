/** Attributes, levels, values and links of items. */

import { Draft } from "./draft.js";
import { FIELDS } from "./items.js";
import { Refusal } from "./refusal.js";
import { entry, mentionType } from "./schema.js";

/** @import {Rec} from "./record.js" */
/** @import {Attribute, Change, Link, List, Mention, Tools, Value} from "./types.js" */

/**
 * An attribute of any item, or with null none; `level` is that of mentions.
 * @param {Rec} rec
 * @param {string} id
 * @param {string} name
 * @param {string | null} value
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function setAttribute(rec, id, name, value, { schema }) {
  const draft = new Draft(rec);
  const list = rec.home(id);
  const item = list ? /** @type {any} */ (rec.get(list, id)) : null;
  if (!list || !item) throw new Refusal("Pick a mention or open an event first");
  if (list === "mentions" && name === "level") return setLevel(rec, id, value, schema);
  if (!("attrs" in item)) throw new Refusal("This has no attributes");
  refuseValue(schema, list, name, value);
  const field = list === "events" && FIELDS.some((one) => one === name);
  const attrs = field ? item.attrs : withAttribute(item.attrs, name, value);
  draft.put(list, { ...item, ...(field ? { [name]: value } : {}), attrs });
  return draft.changes();
}

/**
 * @param {Rec} rec
 * @param {string} id
 * @param {string | null} level
 * @param {Tools["schema"]} schema
 */
function setLevel(rec, id, level, schema) {
  const draft = new Draft(rec);
  const mention = /** @type {Mention} */ (rec.get("mentions", id));
  const levels = mentionType(schema, mention.type)?.levels ?? [];
  if (level !== null && !levels.includes(level)) {
    throw new Refusal(`A ${mention.type} has ${levels.join(", ") || "no level"}`);
  }
  draft.put("mentions", { ...mention, level });
  return draft.changes();
}

/**
 * @param {Tools["schema"]} schema
 * @param {List} list
 * @param {string} name
 * @param {string | null} value
 */
function refuseValue(schema, list, name, value) {
  const kind = entry(schema.attributes, name);
  if (!kind || !kind.on.includes(list)) throw new Refusal(`There is no attribute ${name} here`);
  const values = Object.keys(kind.values);
  if (value !== null && values.length && !values.includes(value)) {
    throw new Refusal(`${name} is one of ${values.join(", ")}`);
  }
}

/**
 * @param {Attribute[]} attrs
 * @param {string} name
 * @param {string | null} value
 * @returns {Attribute[]}
 */
function withAttribute(attrs, name, value) {
  const place = attrs.findIndex((one) => one.name === name);
  if (value === null) return attrs.filter((one) => one.name !== name);
  return place < 0 ? [...attrs, { name, value }] : attrs.with(place, { name, value });
}

/**
 * What a time or number stands for, or null.
 * @param {Rec} rec
 * @param {string} id
 * @param {Partial<Value> & {norm: string} | null} value
 * @param {Tools} tools
 * @returns {Change[]}
 */
export function setValue(rec, id, value, { schema }) {
  const draft = new Draft(rec);
  const mention = rec.get("mentions", id);
  if (!mention) throw new Refusal("Pick a mention first");
  const kinds = mentionType(schema, mention.type)?.values ?? [];
  if (value && kinds.length && !kinds.includes(value.norm.split(":")[0])) {
    throw new Refusal(`The value of a ${mention.type} begins with ${kinds.join(":, ")}:`);
  }
  if (value?.anchor === id) throw new Refusal("A value cannot hang on itself");
  const { norm = "", mod = null, unit = null, anchor = null } = value ?? {};
  draft.put("mentions", { ...mention, value: value && { norm, mod, unit, anchor } });
  return draft.changes();
}

/**
 * The entry of a knowledge base for a mention or entity, in place of the one it has there; with
 * null it has no links.
 * @param {Rec} rec
 * @param {string} id
 * @param {{kb: string, id: string, score?: number | null} | null} link
 * @returns {Change[]}
 */
export function setLink(rec, id, link) {
  const draft = new Draft(rec);
  const list = rec.home(id);
  if (list !== "mentions" && list !== "entities")
    throw new Refusal("Pick a mention or an entity first");
  const item = /** @type {any} */ (rec.get(list, id));
  draft.put(list, { ...item, links: link ? withLink(item.links, link) : [] });
  return draft.changes();
}

/**
 * @param {Link[]} links
 * @param {{kb: string, id: string, score?: number | null}} wanted
 * @returns {Link[]}
 */
function withLink(links, { kb, id, score = null }) {
  const place = links.findIndex((one) => one.kb === kb);
  const link = { kb, id, score };
  return place < 0 ? [...links, link] : links.with(place, link);
}
