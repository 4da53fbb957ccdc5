/** People who edit the same record at once: no edit is lost, none comes twice, all see the same. */

import assert from "node:assert/strict";
import test from "node:test";
import { choices } from "../../../../annotate/web/core/resolving.js";
import { Person, Server } from "./editing.js";
import { chance, choice, entity, event, fills, mention, plain } from "./made.js";

const SEEDS = Array.from({ length: Number(process.env.SEEDS ?? 150) }, (_, seed) => seed + 1);

const FIRST = {
  mentions: [mention("m1"), mention("m2", { start: 28, end: 35, text: "village" })],
  entities: [entity("e1", ["m1"])],
  events: [event("v1", { args: [fills("Actor", "m1")] })],
};

/** Two people who edit, send and catch up in any order, then send everything. */
function converse(seed, pick) {
  const random = chance(seed);
  const server = new Server(FIRST);
  const people = ["a", "b"].map((name) => new Person(name, server, random));
  for (let step = 0; step < 60; step += 1) {
    const person = choice(random, people);
    const act = random();
    if (act < 0.6) person.edit();
    else if (act < 0.9) person.send();
    else person.catchUp();
  }
  for (let left = true; left;) {
    for (const person of people) {
      person.catchUp();
      person.choose((conflict) => pick(conflict, random));
      while (person.send());
    }
    left = people.some(({ ledger }) => ledger.waiting.rows.length > 0);
  }
  people.forEach((person) => person.catchUp());
  return { server, people };
}

const anything = (conflict, random) => choice(random, choices(conflict));

for (const [name, pick] of Object.entries({
  mine: () => "mine",
  theirs: () => "theirs",
  "any side": anything,
})) {
  test(`copies become the same where ${name} is chosen`, () => {
    for (const seed of SEEDS) {
      const { server, people } = converse(seed, pick);
      for (const { ledger } of people) {
        assert.deepEqual(plain(ledger.rec.items()), plain(server.rec.items()), `seed ${seed}`);
      }
    }
  });

  test(`every edit arrives once, or was given up on purpose, where ${name} is chosen`, () => {
    for (const seed of SEEDS) {
      const { server, people } = converse(seed, pick);
      const arrived = server.entries.map(({ id }) => id);
      assert.equal(new Set(arrived).size, arrived.length, `seed ${seed}`);
      for (const { made, lost } of people) {
        const missing = made.map(({ id }) => id).filter((id) => !arrived.includes(id));
        assert.deepEqual(missing.sort(), [...new Set(lost)].sort(), `seed ${seed}`);
      }
    }
  });
}
