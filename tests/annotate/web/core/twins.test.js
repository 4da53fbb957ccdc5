/** What several layers suggest alike is one suggestion. */

import assert from "node:assert/strict";
import test from "node:test";

import { open } from "../../../../annotate/web/core/suggestions.js";
import { accept, refuse } from "../../../../annotate/web/core/transitions.js";
import { decidedAlike, united } from "../../../../annotate/web/core/twins.js";
import { event, mention } from "../../../../annotate/web/core/items.js";
import { at, made } from "./made.js";

/** A layer with an event whose Actor is "armée". */
function layer(name, role = "Actor", type = "ORG") {
  const span = { ...at("armée"), text: "armée" };
  const trigger = { ...at("attaqué"), text: "attaqué", fragments: [], head: null };
  const mentions = [mention({ ...span, id: `${name}m`, type })];
  const args = [{ role, ref: `${name}m`, value: null }];
  const events = [event({ id: `${name}v`, type: "ATTACK", triggers: [trigger], args })];
  return { name, items: { mentions, events } };
}

const LAYERS = [layer("rules"), layer("crf")];
const said = (rec, layers) => united(open(rec, layers), layers);

test("equal suggestions are one, with the names of the layers", () => {
  const found = said(made().rec, LAYERS).map(({ list, layers }) => [list, layers.join(", ")]);
  assert.deepEqual(found.sort(), [
    ["events", "rules, crf"],
    ["mentions", "rules, crf"],
  ]);
});

for (const [what, other] of [
  ["other arguments", layer("crf", "Recipient")],
  ["another type of an argument", layer("crf", "Actor", "PER")],
]) {
  test(`frames with ${what} are two`, () => {
    const layers = [LAYERS[0], other];
    const events = said(made().rec, layers).filter(({ list }) => list === "events");
    assert.deepEqual(
      events.map((one) => one.layers),
      [["rules"], ["crf"]],
    );
  });
}

test("what one layer says twice stays two", () => {
  const twice = layer("crf");
  twice.items.mentions.push({ ...twice.items.mentions[0], id: "again" });
  const found = said(made().rec, [twice]).filter(({ list }) => list === "mentions");
  assert.equal(found.length, 2);
});

for (const [what, act, outcome] of [
  ["taken", (rec, tools) => accept(rec, LAYERS[0], "rulesv", tools), "accepted"],
  ["refused", (rec) => refuse(rec, LAYERS[0], "rulesv"), "refused"],
]) {
  test(`what is ${what} is decided for every layer that says it`, () => {
    const { rec, tools } = made();
    rec.apply(decidedAlike(act(rec, tools), said(rec, LAYERS)));
    const outcomes = ["rules/rulesv", "crf/crfv"].map((id) => rec.get("decisions", id)?.outcome);
    assert.deepEqual(outcomes, [outcome, outcome]);
    assert.ok(said(rec, LAYERS).every(({ list }) => list !== "events"));
  });
}
