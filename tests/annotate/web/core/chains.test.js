/** Entities and event clusters. */

import assert from "node:assert/strict";
import test from "node:test";

import {
  chain,
  cluster,
  comment,
  fill,
  frame,
  mark,
  mergeChains,
  mergeClusters,
  sameAgain,
  setLink,
  setName,
  setState,
  splitChain,
  trigger,
  unchain,
  uncluster,
} from "../../../../annotate/web/core/transitions.js";
import { listed } from "../../../../annotate/web/core/chains.js";
import { occurrences } from "../../../../annotate/web/core/same.js";
import { at, done, layout, made } from "./made.js";

const TEXT = "Gao brûle. Gao tombe. Gao parle. Gao dort mardi.";

/** A record with four mentions of Gao, not linked. */
function four() {
  const { rec, tools, text } = made({}, TEXT);
  const ids = [0, 1, 2, 3].flatMap((nth) =>
    done(rec, mark(rec, { ...at("Gao", TEXT, nth), type: "GPE" }, tools)),
  );
  const tie = (one, other) =>
    done(rec, chain(rec, ids[one], other === null ? null : ids[other], tools), "entities")[0];
  return { rec, tools, text, ids, tie };
}

function chains({ rec, ids }) {
  return rec.all("entities").map((one) => one.mentions.map((id) => ids.indexOf(id)));
}

test("a new mention is in no chain", () => assert.deepEqual(chains(four()), []));

test("two mentions that are linked make an entity of their type", () => {
  const made = four();
  const id = made.tie(1, 0);
  assert.deepEqual([chains(made), made.rec.get("entities", id).type], [[[0, 1]], "GPE"]);
});

test("a mention linked to one in a chain joins it, by its place in the text", () => {
  const made = four();
  made.tie(3, 0);
  made.tie(1, 3);
  assert.deepEqual(chains(made), [[0, 1, 3]]);
});

test("linking a mention to where it is changes nothing", () => {
  const made = four();
  made.tie(1, 0);
  assert.deepEqual(chain(made.rec, made.ids[1], made.ids[0], made.tools), []);
});

test("a mention that is linked elsewhere leaves its chain", () => {
  const made = four();
  made.tie(1, 0);
  made.tie(2, 0);
  made.tie(1, 3);
  assert.deepEqual(chains(made), [
    [0, 2],
    [1, 3],
  ]);
});

test("with nothing to link it to, a mention is an entity by itself", () => {
  const made = four();
  made.tie(0, null);
  assert.deepEqual(chains(made), [[0]]);
});

test("a mention whose type forms no entities is not linked", () => {
  const { rec, tools, ids } = four();
  const [day] = done(rec, mark(rec, { ...at("mardi", TEXT), type: "DATE" }, tools));
  assert.throws(() => chain(rec, day, ids[0], tools), {
    message: "Mentions of type DATE form no entities",
  });
});

test("the last but one mention that leaves takes the entity along", () => {
  const made = four();
  made.tie(1, 0);
  made.rec.apply(unchain(made.rec, made.ids[0]));
  assert.deepEqual(chains(made), []);
});

test("where singletons are annotated, an entity of one mention is left", () => {
  const made = four();
  made.tie(1, 0);
  made.rec.apply(setState(made.rec, "in-progress", ["entities", "entities.singletons"]));
  made.rec.apply(unchain(made.rec, made.ids[0]));
  assert.deepEqual(chains(made), [[1]]);
});

for (const [what, say] of [
  ["a name", (rec, id) => setName(rec, id, "Gao")],
  ["a link", (rec, id) => setLink(rec, id, { kb: "kb", id: "Q1" })],
  ["a comment", (rec, id, tools) => comment(rec, { target: id, text: "?" }, tools)],
]) {
  test(`an entity with ${what} stays with one mention`, () => {
    const made = four();
    const id = made.tie(1, 0);
    made.rec.apply(say(made.rec, id, made.tools));
    made.rec.apply(unchain(made.rec, made.ids[0]));
    assert.deepEqual(chains(made), [[1]]);
  });
}

test("merging keeps the entity that was there first, with what both had", () => {
  const made = four();
  const [first, second] = [made.tie(1, 0), made.tie(3, 2)];
  made.rec.apply(setName(made.rec, second, "Gao"));
  made.rec.apply(mergeChains(made.rec, second, first, made.tools));
  const [{ id, name, mentions }] = made.rec.all("entities");
  assert.deepEqual([id, name, mentions], [first, "Gao", made.ids]);
});

test("what referred to the entity that is gone refers to the one that is kept", () => {
  const made = four();
  const [first, second] = [made.tie(1, 0), made.tie(3, 2)];
  const [incident] = done(
    made.rec,
    frame(made.rec, { type: "INCIDENT" }, made.tools),
    "templates",
  );
  made.rec.apply(fill(made.rec, incident, "Target", { ref: second }, made.tools));
  made.rec.apply(comment(made.rec, { target: second, text: "?" }, made.tools));
  made.rec.apply(mergeChains(made.rec, first, second, made.tools));
  assert.deepEqual(
    [made.rec.get("templates", incident).args[0].ref, made.rec.all("comments")[0].target],
    [first, first],
  );
});

test("splitting makes an entity of the mentions that leave", () => {
  const made = four();
  const id = made.tie(1, 0);
  made.tie(2, 0);
  made.tie(3, 0);
  made.rec.apply(splitChain(made.rec, id, [made.ids[1], made.ids[3]], made.tools));
  assert.deepEqual(chains(made), [
    [0, 2],
    [1, 3],
  ]);
});

test("splitting all mentions off changes nothing", () => {
  const made = four();
  const id = made.tie(1, 0);
  assert.deepEqual(splitChain(made.rec, id, made.ids, made.tools), []);
});

test("chains are listed by when they were used last", () => {
  const made = four();
  const [first, second] = [made.tie(1, 0), made.tie(3, 2)];
  assert.deepEqual(
    listed(made.rec, [second]).map((one) => one.id),
    [second, first],
  );
});

test("same again marks and links all places at once", () => {
  const { rec, tools, text } = made({}, TEXT);
  const [id] = done(rec, mark(rec, { ...at("Gao", TEXT), type: "GPE" }, tools));
  const places = occurrences(text, layout(TEXT).tokens, rec, rec.get("mentions", id));
  rec.apply(sameAgain(rec, places, rec.get("mentions", id), id, tools));
  assert.deepEqual(
    [rec.all("mentions").length, rec.all("entities").map((one) => one.mentions.length)],
    [4, [4]],
  );
});

test("same again without an entity links nothing", () => {
  const { rec, tools } = made({}, TEXT);
  rec.apply(
    sameAgain(
      rec,
      [
        [11, 14],
        [22, 25],
      ],
      "GPE",
      null,
      tools,
    ),
  );
  assert.deepEqual([rec.all("mentions").length, rec.all("entities")], [2, []]);
});

/** A record with three events. */
function three() {
  const { rec, tools } = made({}, TEXT);
  const ids = ["brûle", "tombe", "parle"].flatMap((words) =>
    done(rec, trigger(rec, { ...at(words, TEXT), type: "ATTACK" }, tools), "events"),
  );
  return { rec, tools, ids };
}

test("two events make a cluster, a third joins it", () => {
  const { rec, tools, ids } = three();
  rec.apply(cluster(rec, ids[1], ids[0], tools));
  rec.apply(cluster(rec, ids[2], ids[1], tools));
  assert.deepEqual(
    rec.all("event_clusters").map((one) => one.events),
    [ids],
  );
});

test("an event that leaves a cluster of two takes the cluster along", () => {
  const { rec, tools, ids } = three();
  rec.apply(cluster(rec, ids[1], ids[0], tools));
  rec.apply(uncluster(rec, ids[1]));
  assert.deepEqual(rec.all("event_clusters"), []);
});

test("merged clusters are the one that was first", () => {
  const { rec, tools, ids } = three();
  const [more] = done(rec, trigger(rec, { ...at("dort", TEXT), type: "ATTACK" }, tools), "events");
  const [one] = done(rec, cluster(rec, ids[1], ids[0], tools), "event_clusters");
  const [other] = done(rec, cluster(rec, more, ids[2], tools), "event_clusters");
  rec.apply(mergeClusters(rec, other, one));
  assert.deepEqual(rec.all("event_clusters"), [{ id: one, events: [...ids, more], attrs: [] }]);
});
