/** Items merged field by field: hand-worked cases, each named by what it states. */

import assert from "node:assert/strict";
import test from "node:test";
import { merge, same } from "../../../../annotate/web/core/fields.js";
import { entity, event, fills, mention, trigger } from "./made.js";

const one = mention("m1");
const attribute = (name, value) => ({ name, value });
const link = (id) => ({ kb: "wikidata", id, score: null });

/** name: [list, before, ours, theirs, item, clashes] */
const MERGED = {
  "what only we changed is ours":
    ["mentions", one, { ...one, type: "ORG" }, one, { ...one, type: "ORG" }, []],
  "what only they changed is theirs":
    ["mentions", one, one, { ...one, type: "ORG" }, { ...one, type: "ORG" }, []],
  "the same edit twice is one":
    ["mentions", one, { ...one, type: "ORG" }, { ...one, type: "ORG" }, { ...one, type: "ORG" }, []],
  "different fields pass":
    ["mentions", one, { ...one, type: "ORG" }, { ...one, level: "NOM" },
      { ...one, type: "ORG", level: "NOM" }, []],
  "one field, two values: a clash, and ours":
    ["mentions", one, { ...one, type: "ORG" }, { ...one, type: "GPE" }, { ...one, type: "ORG" }, ["type"]],
  "borders of a span are one field":
    ["mentions", one, { ...one, end: 16 }, { ...one, start: 0 }, { ...one, end: 16 }, ["span"]],
  "a span and a type are two":
    ["mentions", one, { ...one, end: 16, text: "rebelles ont" }, { ...one, type: "ORG" },
      { ...one, end: 16, text: "rebelles ont", type: "ORG" }, []],
  "a value is one field":
    ["mentions", { ...one, value: { norm: "number:1", mod: null } },
      { ...one, value: { norm: "number:2", mod: null } },
      { ...one, value: { norm: "number:1", mod: "APPROX" } },
      { ...one, value: { norm: "number:2", mod: null } }, ["value"]],
  "the text of a comment is not its place":
    ["comments", { id: "k1", start: 0, end: 3, text: "" }, { id: "k1", start: 0, end: 3, text: "why?" },
      { id: "k1", start: 0, end: 5, text: "" }, { id: "k1", start: 0, end: 5, text: "why?" }, []],
  "we drop what they left":
    ["mentions", one, null, one, null, []],
  "both drop it":
    ["mentions", one, null, null, null, []],
  "we drop what they changed: a clash":
    ["mentions", one, null, { ...one, type: "ORG" }, null, [""]],
  "they drop what we changed: a clash":
    ["mentions", one, { ...one, type: "ORG" }, null, { ...one, type: "ORG" }, [""]],
  "both make the same label":
    ["labels", null, { scheme: "topic", value: "war" }, { scheme: "topic", value: "war" },
      { scheme: "topic", value: "war" }, []],
  "both decide differently: a clash":
    ["decisions", null, { id: "crf/m1", outcome: "accepted" }, { id: "crf/m1", outcome: "refused" },
      { id: "crf/m1", outcome: "accepted" }, ["outcome"]],
  "arguments of both are there, theirs first":
    ["events", event("v1"), event("v1", { args: [fills("Actor", "m1")] }),
      event("v1", { args: [fills("Location", "m2")] }),
      event("v1", { args: [fills("Location", "m2"), fills("Actor", "m1")] }), []],
  "the same argument of both is there once":
    ["events", event("v1"), event("v1", { args: [fills("Actor", "m1")] }),
      event("v1", { args: [fills("Actor", "m1")] }), event("v1", { args: [fills("Actor", "m1")] }), []],
  "an argument that we take out is out, one that they put in is in":
    ["events", event("v1", { args: [fills("Actor", "m1")] }), event("v1"),
      event("v1", { args: [fills("Actor", "m1"), fills("Actor", "m2")] }),
      event("v1", { args: [fills("Actor", "m2")] }), []],
  "attributes of one argument merge":
    ["events", event("v1", { args: [fills("Actor", "m1")] }),
      event("v1", { args: [fills("Actor", "m1", { attrs: [attribute("sure", "no")] })] }),
      event("v1", { args: [fills("Actor", "m1", { attrs: [attribute("how", "led")] })] }),
      event("v1", { args: [fills("Actor", "m1", { attrs: [attribute("how", "led"), attribute("sure", "no")] })] }), []],
  "we take out an argument that they changed: a clash":
    ["events", event("v1", { args: [fills("Actor", "m1")] }), event("v1"),
      event("v1", { args: [fills("Actor", "m1", { attrs: [attribute("sure", "no")] })] }),
      event("v1"), ["args"]],
  "one attribute, two values: a clash":
    ["mentions", one, { ...one, attrs: [attribute("role", "chief")] }, { ...one, attrs: [attribute("role", "host")] },
      { ...one, attrs: [attribute("role", "chief")] }, ["value"]],
  "links of both are there":
    ["mentions", one, { ...one, links: [link("Q1")] }, { ...one, links: [link("Q2")] },
      { ...one, links: [link("Q2"), link("Q1")] }, []],
  "mentions of a chain are a set":
    ["entities", entity("e1", ["m1", "m2"]), entity("e1", ["m2", "m3"]), entity("e1", ["m1", "m2", "m4"]),
      entity("e1", ["m2", "m4", "m3"]), []],
  "triggers of both are there":
    ["events", event("v1"), event("v1", { triggers: [trigger(17, 24), trigger(54, 59)] }),
      event("v1", { triggers: [trigger(17, 24), trigger(46, 51)] }),
      event("v1", { triggers: [trigger(17, 24), trigger(46, 51), trigger(54, 59)] }), []],
  "a trigger that both moved: a clash":
    ["events", event("v1"), event("v1", { triggers: [trigger(13, 24)] }),
      event("v1", { triggers: [trigger(17, 27)] }), event("v1", { triggers: [trigger(13, 24)] }), ["triggers"]],
  "annotated lists are a set":
    ["status", { state: null, annotated: [] }, { state: null, annotated: ["mentions"] },
      { state: "in-progress", annotated: ["events"] },
      { state: "in-progress", annotated: ["events", "mentions"] }, []],
};

for (const [name, [list, before, ours, theirs, item, clashes]] of Object.entries(MERGED)) {
  test(name, () => assert.deepEqual(merge(list, before, ours, theirs), { item, clashes }));
}

const SAME = {
  "a key that is left out says as much as its default": [{ id: "m1" }, { id: "m1", level: null, attrs: [], flag: false }, true],
  "the order of keys does not matter": [{ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 }, true],
  "the order of elements does": [["m1", "m2"], ["m2", "m1"], false],
  "an empty string is not null": [{ text: "" }, { text: null }, false],
  "no item is not an item": [null, { id: "m1" }, false],
};

for (const [name, [one, other, expected]] of Object.entries(SAME)) {
  test(name, () => assert.equal(same(one, other), expected));
}
