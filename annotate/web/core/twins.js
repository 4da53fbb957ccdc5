/** Suggestions of several layers that say the same are one, which is decided for all of them. */

import { placed } from "./spans.js";

/** @import {Argument, Change, Decision, Layer} from "./types.js" */
/** @import {Ghost} from "./suggestions.js" */

/** @typedef {{layers: string[], twins: string[]}} Shared  who says it; the ids of the others */

/**
 * One ghost for each that says something else: of the same list, type and place, frames with the
 * same arguments, chains with the same mentions.
 * @template {Ghost} G
 * @param {readonly G[]} ghosts
 * @param {readonly Layer[]} layers
 * @returns {(G & Shared)[]}
 */
export function united(ghosts, layers) {
  const places = new Map(layers.map((layer) => [layer.name, placesIn(layer)]));
  /** @type {Map<string, G & Shared>} */
  const kept = new Map();
  const one = new Map();
  for (const ghost of ghosts) {
    const said = content(ghost, places.get(ghost.layer) ?? new Map());
    const first = kept.get(said);
    if (first === undefined || first.layers.includes(ghost.layer))
      kept.set(first === undefined ? said : ghost.id, {
        ...ghost,
        layers: [ghost.layer],
        twins: [],
      });
    else {
      first.layers.push(ghost.layer);
      first.twins.push(ghost.id);
      one.set(ghost.id, first.id);
    }
  }
  return [...kept.values()].map((ghost) => ({
    ...ghost,
    frame: one.get(ghost.frame) ?? ghost.frame,
  }));
}

/**
 * Changes that decide a suggestion, and those that decide its twins alike.
 * @param {readonly Change[]} changes
 * @param {readonly Shared[]} ghosts
 * @returns {Change[]}
 */
export function decidedAlike(changes, ghosts) {
  const twins = new Map(
    ghosts.map((one) => [/** @type {Shared & {id: string}} */ (one).id, one.twins]),
  );
  const known = new Set(changes.map(({ list, id }) => `${list} ${id}`));
  const more = changes.flatMap((change) => {
    if (change.list !== "decisions" || change.before !== null || change.after === null) return [];
    const decision = /** @type {Decision} */ (change.after);
    return (twins.get(change.id) ?? [])
      .filter((id) => !known.has(`decisions ${id}`))
      .map((id) => ({ ...change, id, after: { ...decision, id } }));
  });
  return [...changes, ...more];
}

/** Where the items of a layer stand, by their ids. @param {Layer} layer */
function placesIn({ items }) {
  const all = [
    ...(items.mentions ?? []).map((one) => [one.id, `${one.type} ${placed(one)}`]),
    ...[...(items.events ?? []), ...(items.relations ?? [])].map((one) => [
      one.id,
      `${one.type} ${one.triggers.map(placed).join(" ")}`,
    ]),
  ];
  return new Map(/** @type {[string, string][]} */ (all));
}

/** @param {Ghost} ghost @param {Map<string, string>} places */
function content({ list, item }, places) {
  const one = /** @type {any} */ (item);
  const at = (/** @type {string | null} */ id) => places.get(id ?? "") ?? id;
  const args = (one.args ?? []).map(
    (/** @type {Argument} */ { role, ref, value }) => `${role} ${at(ref)} ${value}`,
  );
  const members = (one.mentions ?? one.events ?? []).map(at);
  const place = list === "mentions" ? placed(one) : (one.triggers ?? []).map(placed);
  const label = list === "labels" ? [one.scheme, one.value, at(one.target)] : [];
  const name = list === "entities" ? one.name : null;
  return JSON.stringify([list, one.type, place, args.sort(), members.sort(), label, name]);
}
