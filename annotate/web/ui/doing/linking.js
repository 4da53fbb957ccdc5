// Chains of mentions and clusters of events: linked, taken out, split, merged, named.

import { Refusal } from "../../core/refusal.js";
import {
  chain,
  cluster,
  mergeChains,
  mergeClusters,
  setName,
  splitChain,
  unchain,
  uncluster,
} from "../../core/transitions.js";
import { forms } from "../../core/schema.js";
import { nameOf, quoted, shortened, wordsOf } from "../naming.js";
import { Palette, matching } from "../palette.js";

/** @import { Entity, Mention } from "../../core/types.js" */
/** @import { App } from "../app.js" */

/** @type {Record<string, (app: App, argument: any, value: any) => unknown>} */
export const LINKING = {
  link: (app, digit) => {
    const entity = app.desk.chains[digit - 1];
    if (entity === undefined) throw new Refusal(`There is no chain ${digit}`);
    linked(app, entity.id);
  },
  linkTo: linked,
  chooseChain: chooseChain,
  unlink: (app) => unlinked(app, picked(app)),
  unchain: unlinked,
  openChain: ({ desk }, id) => {
    desk.open = { ...desk.open, chain: id, split: [] };
    desk.tab = "chains";
    desk.tell();
  },
  openCluster: ({ desk }, id) => {
    desk.open = { ...desk.open, cluster: id };
    desk.tell();
  },
  renameChain: ({ desk }, id, name) =>
    desk.do("chain", setName(desk.rec, id, name.trim() || null)),
  chooseSplit: ({ desk }, id, checked) => {
    const rest = desk.open.split.filter((one) => one !== id);
    desk.open = { ...desk.open, split: checked ? [...rest, id] : rest };
    desk.tell();
  },
  split: ({ desk }, { entity, mentions }) => {
    desk.do("split", splitChain(desk.rec, entity, mentions, desk.tools));
    desk.open = { ...desk.open, split: [] };
  },
  chooseMerge: chooseMerge,
  chooseCluster: chooseCluster,
  chooseMergeCluster: chooseMergeCluster,
  uncluster: ({ desk }, id) => desk.do("cluster", uncluster(desk.rec, id)),
};

/** @param {App} app @returns {string} */
function picked({ desk }) {
  if (desk.mention === null) throw new Refusal("Pick a mention first");
  return desk.mention.id;
}

/** @param {App} app @param {string} target a chain or a mention */
function linked(app, target) {
  const { desk } = app;
  const id = picked(app);
  desk.last = { name: "linkTo", argument: target };
  const goal = desk.rec.get("entities", target) ?? desk.rec.entityOf(target);
  const item = goal ?? desk.rec.get("mentions", target);
  const sentence = item === null ? "" : joined(desk, desk.rec.get("mentions", id), item);
  const changes = desk.do("chain", chain(desk.rec, id, target, desk.tools));
  if (changes.length === 0) desk.say("It is in that chain already");
  else if (sentence !== "") desk.say(sentence);
  used(app, desk.rec.entityOf(id)?.id ?? null);
}

/**
 * What is said where types differ; "" where they do not.
 * @param {App["desk"]} desk
 * @param {Mention | Entity | null} one what joins
 * @param {Mention | Entity} other what it joins
 */
function joined(desk, one, other) {
  if (one === null || one.type === other.type) return "";
  const words = (/** @type {Mention | Entity} */ item) =>
    "text" in item ? item.text : nameOf(desk.rec, item);
  const goal = `${quoted(words(other))} (${other.type})`;
  return `${shortened(words(one))} joined ${goal}; the types differ`;
}

/** The chain that was used last comes first. @param {App} app @param {string | null} id */
function used({ desk }, id) {
  if (id !== null) desk.recent = [id, ...desk.recent.filter((one) => one !== id)];
  desk.tell();
}

/** @param {App} app @param {string} id */
function unlinked({ desk }, id) {
  if (desk.do("unchain", unchain(desk.rec, id)).length === 0) desk.say("It is in no chain");
}

/** @param {App} app */
function chooseChain(app) {
  const { desk } = app;
  const mention = desk.rec.get("mentions", picked(app));
  if (mention === null) return;
  if (!forms(desk.schema, mention.type))
    throw new Refusal(`Mentions of type ${mention.type} form no chains`);
  const chains = desk.chains
    .filter((one) => !one.mentions.includes(mention.id))
    .map((entity) => entry(app, entity, () => linked(app, entity.id)));
  const others = desk.rec
    .all("mentions")
    .filter(
      (one) =>
        one.id !== mention.id &&
        desk.rec.entityOf(one.id) === null &&
        forms(desk.schema, one.type),
    )
    .map((one) => ({
      group: "mention",
      title: shortened(one.text),
      about: one.type,
      run: () => linked(app, one.id),
    }));
  new Palette({
    title: `Same as ${mention.text}`,
    placeholder: `${shortened(mention.text, 30)} is the same as…`,
    entries: filtered([...chains, ...others]),
  });
}

/** @param {App} app @param {Entity} entity @param {() => void} run */
function entry({ desk }, entity, run) {
  const count = entity.mentions.length;
  return {
    group: "chain",
    title: shortened(nameOf(desk.rec, entity)),
    about: `${entity.type}, ${count} mention${count === 1 ? "" : "s"}`,
    run,
  };
}

/**
 * @param {import("../palette.js").Entry[]} entries
 * @returns {(typed: string) => import("../palette.js").Entry[]}
 */
function filtered(entries) {
  return (typed) => matching(entries, typed);
}

/** @param {App} app @param {string} id */
function chooseMerge(app, id) {
  const { desk } = app;
  const others = desk.chains
    .filter((one) => one.id !== id)
    .map((one) => entry(app, one, () => merged(app, id, one.id)));
  new Palette({
    title: "Merge with",
    placeholder: "Merge with which chain?",
    entries: filtered(others),
  });
}

/** @param {App} app @param {string} id @param {string} other */
function merged({ desk }, id, other) {
  // The one that was first in the record stays.
  const [kept, gone] = desk.rec.all("entities").filter((one) => [id, other].includes(one.id));
  const sentence = kept === undefined || gone === undefined ? "" : joined(desk, gone, kept);
  desk.do("merge", mergeChains(desk.rec, id, other, desk.tools));
  if (sentence !== "") desk.say(sentence);
}

/** @param {App} app @param {string} id of an event */
function chooseCluster(app, id) {
  const { desk } = app;
  const others = desk.rec
    .all("events")
    .filter((one) => one.id !== id)
    .map((one) => ({
      group: one.type,
      title: shortened(wordsOf(desk.rec, "events", one)),
      about: desk.rec.clusterOf(one.id) === null ? "" : "in a cluster",
      run: () => desk.do("cluster", cluster(desk.rec, id, one.id, desk.tools)),
    }));
  const out =
    desk.rec.clusterOf(id) === null
      ? []
      : [
          {
            group: "out",
            title: "Take it out of its cluster",
            run: () => desk.do("cluster", uncluster(desk.rec, id)),
          },
        ];
  new Palette({
    title: "The same happening as",
    placeholder: "The same happening as which event?",
    entries: filtered([...out, ...others]),
  });
}

/** @param {App} app @param {string} id */
function chooseMergeCluster({ desk }, id) {
  const others = desk.rec
    .all("event_clusters")
    .filter((one) => one.id !== id)
    .map((one) => ({
      group: "cluster",
      title: shortened(wordsOf(desk.rec, "event_clusters", one)),
      run: () => desk.do("merge", mergeClusters(desk.rec, id, one.id)),
    }));
  new Palette({
    title: "Merge with",
    placeholder: "Merge with which cluster?",
    entries: filtered(others),
  });
}
