// Chains (entities) and clusters of events: numbered, opened, linked, split, merged, named.

import { button, h } from "./element.js";
import { linkChips, pickedCard } from "./picked.js";
import { nameOf, shortened, wordsOf } from "./naming.js";
import { folded } from "./palette.js";

/** @import { Entity, Event, EventCluster } from "../core/types.js" */
/** @import { Desk } from "./desk.js" */

const DRAWN = 200;

/** @param {Desk} desk @returns {HTMLElement[]} */
export function chainsPanel(desk) {
  return [pickedCard(desk), chains(desk), clusters(desk)].filter((each) => each !== null);
}

/** @param {Desk} desk */
function chains(desk) {
  const all = desk.chains;
  const words = folded(desk.find.chains);
  const found = all
    .map((entity, at) => ({ entity, number: at + 1 }))
    .filter(({ entity }) => words === "" || folded(nameOf(desk.rec, entity)).includes(words));
  return h(
    "section",
    { class: "section", "data-key": "chains", "aria-label": "Chains" },
    h("header", {}, h("h2", {}, "Chains, latest first")),
    all.length > 12
      ? h("input", {
          type: "search",
          class: "find",
          placeholder: "Find a chain",
          "aria-label": "Find a chain",
          "data-input": "findChains",
          value: desk.find.chains,
        })
      : null,
    all.length === 0
      ? h(
          "p",
          { class: "soft" },
          "Pick a mention and press ",
          h("kbd", {}, "="),
          " to link it to another.",
        )
      : null,
    h("ol", {}, ...found.slice(0, DRAWN).map(({ entity, number }) => chain(desk, entity, number))),
    found.length > DRAWN
      ? h("p", { class: "soft" }, `${found.length - DRAWN} more: find them by name`)
      : null,
  );
}

/** @param {Desk} desk @param {Entity} entity @param {number} number */
function chain(desk, entity, number) {
  const open = desk.open.chain === entity.id;
  const holds = desk.at.picked !== null && entity.mentions.includes(desk.at.picked);
  return h(
    "li",
    {
      class: `chain${open ? " open" : ""}${holds ? " target" : ""}`,
      "data-key": entity.id,
      "data-hue": `entities ${entity.type}`,
    },
    h(
      "div",
      { class: "line" },
      h("span", { class: "number" }, number <= 9 ? h("kbd", {}, String(number)) : String(number)),
      button(
        "openChain",
        open ? null : entity.id,
        { class: "title", "aria-expanded": String(open) },
        h("span", { class: "quote" }, shortened(nameOf(desk.rec, entity), 40)),
        " ",
        h("span", { class: "type small" }, entity.type),
        " ",
        h("span", { class: "soft small" }, String(entity.mentions.length)),
      ),
      desk.editable &&
        desk.at.picked !== null &&
        !holds &&
        desk.rec.get("mentions", desk.at.picked) !== null
        ? button("linkTo", entity.id, { class: "bare small" }, "link")
        : null,
    ),
    ...(open ? opened(desk, entity) : []),
  );
}

/** @param {Desk} desk @param {Entity} entity */
function opened(desk, entity) {
  const mentions = entity.mentions
    .flatMap((id) => desk.rec.get("mentions", id) ?? [])
    .sort((a, b) => a.start - b.start);
  const some = desk.open.split.filter((id) => entity.mentions.includes(id));
  return [
    h(
      "ul",
      { class: "rows mentions" },
      ...mentions.map((mention) =>
        h(
          "li",
          { class: mention.id === desk.at.picked ? "picked" : null, "data-key": mention.id },
          desk.editable
            ? h("input", {
                type: "checkbox",
                "aria-label": `Choose ${mention.text} to split off`,
                "data-change": "chooseSplit",
                "data-arg": JSON.stringify(mention.id),
                checked: some.includes(mention.id),
              })
            : null,
          button("pick", { id: mention.id }, { class: "grow quote" }, shortened(mention.text, 44)),
          h("span", { class: "soft small" }, mention.level ?? ""),
          desk.editable
            ? button(
                "unchain",
                mention.id,
                { class: "bare", "aria-label": `Take ${mention.text} out of the chain` },
                "×",
              )
            : null,
        ),
      ),
    ),
    desk.editable ? acts(desk, entity, some) : null,
  ].filter((each) => each !== null);
}

/** @param {Desk} desk @param {Entity} entity @param {string[]} some */
function acts(desk, entity, some) {
  return h(
    "div",
    { class: "acts" },
    h("input", {
      type: "text",
      "aria-label": "Name of the chain",
      placeholder: nameOf(desk.rec, entity),
      value: entity.name ?? "",
      "data-change": "renameChain",
      "data-arg": JSON.stringify(entity.id),
    }),
    button(
      "split",
      { entity: entity.id, mentions: some },
      { class: "plain small", disabled: some.length === 0 },
      some.length === 0 ? "Split off" : `Split off ${some.length}`,
    ),
    button("chooseMerge", entity.id, { class: "plain small" }, "Merge with…"),
    desk.project.links ? button("chooseLink", entity.id, { class: "plain small" }, "Link…") : null,
    ...linkChips(desk, entity),
    button("showHistory", entity.id, { class: "bare small" }, "History"),
    button("removeItem", entity.id, { class: "bare small" }, "Delete chain"),
  );
}

/** @param {Desk} desk */
function clusters(desk) {
  const all = desk.rec.all("event_clusters");
  return h(
    "section",
    { class: "section", "data-key": "clusters", "aria-label": "Clusters of events" },
    h("header", {}, h("h2", {}, "Events that are one happening")),
    all.length === 0
      ? h("p", { class: "soft" }, "Open an event and choose “Same happening as…”.")
      : null,
    h("ol", {}, ...all.map((cluster, at) => clusterLine(desk, cluster, at + 1))),
  );
}

/** @param {Desk} desk @param {EventCluster} cluster @param {number} number */
function clusterLine(desk, cluster, number) {
  const open = desk.open.cluster === cluster.id;
  const events = cluster.events.flatMap((id) => desk.rec.get("events", id) ?? []);
  const first = events[0];
  return h(
    "li",
    {
      class: `chain${open ? " open" : ""}`,
      "data-key": cluster.id,
      "data-hue": `events ${first?.type ?? ""}`,
    },
    h(
      "div",
      { class: "line" },
      h("span", { class: "number" }, String(number)),
      button(
        "openCluster",
        open ? null : cluster.id,
        { class: "title", "aria-expanded": String(open) },
        h("span", { class: "type" }, first?.type ?? ""),
        " ",
        h(
          "span",
          { class: "quote" },
          shortened(events.map((event) => wordsOf(desk.rec, "events", event)).join(", "), 44),
        ),
      ),
    ),
    ...(open ? clusterOpened(desk, cluster, events) : []),
  );
}

/** @param {Desk} desk @param {EventCluster} cluster @param {Event[]} events */
function clusterOpened(desk, cluster, events) {
  const several = all(desk).length > 1;
  return [
    h("ul", { class: "rows mentions" }, ...events.map((event) => clustered(desk, event))),
    desk.editable
      ? h(
          "div",
          { class: "acts" },
          several
            ? button("chooseMergeCluster", cluster.id, { class: "plain small" }, "Merge with…")
            : null,
          button("removeItem", cluster.id, { class: "bare small" }, "Delete cluster"),
        )
      : null,
  ];
}

/** @param {Desk} desk @param {Event} event */
function clustered(desk, event) {
  const out = { class: "bare", "aria-label": "Take the event out of the cluster" };
  return h(
    "li",
    { "data-key": event.id },
    button("openCard", event.id, { class: "grow quote" }, wordsOf(desk.rec, "events", event)),
    desk.editable ? button("uncluster", event.id, out, "×") : null,
  );
}

/** @param {Desk} desk */
function all(desk) {
  return desk.rec.all("event_clusters");
}
