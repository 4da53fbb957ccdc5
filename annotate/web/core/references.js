/** What refers to what in a record: the ids that an item names. */

/** @import {Argument, Comment, Decision, Entity, Event, EventCluster} from "./types.js" */
/** @import {Item, Label, List} from "./types.js" */
/** @import {Mention, Relation, Template} from "./types.js" */

/** The anchor of a time that hangs on the date of its document: no id. */
export const DOCUMENT_TIME = "DCT";

/**
 * The ids that an item refers to, each once: fillers, mentions of a chain, events of a cluster,
 * what a label or comment is on, what a value hangs on, what a suggestion was accepted as.
 * @param {List} list
 * @param {Item} item
 * @returns {string[]}
 */
export function references(list, item) {
  const ids = NAMED[list]?.(item) ?? [];
  return [...new Set(ids.filter((id) => id !== null && id !== DOCUMENT_TIME))];
}

/** @type {{[L in List]?: (item: any) => any[]}} */
const NAMED = {
  mentions: (/** @type {Mention} */ item) => [item.value?.anchor ?? null],
  entities: (/** @type {Entity} */ item) => item.mentions,
  relations: (/** @type {Relation} */ item) => refs(item.args),
  events: (/** @type {Event} */ item) => refs(item.args),
  templates: (/** @type {Template} */ item) => [...refs(item.args), ...item.events],
  event_clusters: (/** @type {EventCluster} */ item) => item.events,
  labels: (/** @type {Label} */ item) => [item.target],
  comments: (/** @type {Comment} */ item) => [item.target],
  decisions: (/** @type {Decision} */ item) => [item.item],
};

/** @param {Argument[]} args */
function refs(args) {
  return args.map((arg) => arg.ref);
}
