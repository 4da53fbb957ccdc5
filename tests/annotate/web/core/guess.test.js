/** Guessing types and kinds. */

import assert from "node:assert/strict";
import test from "node:test";

import { Draft } from "../../../../annotate/web/core/draft.js";
import { Evidence } from "../../../../annotate/web/core/evidence.js";
import { typeFor } from "../../../../annotate/web/core/guess.js";
import { kindOf } from "../../../../annotate/web/core/looks.js";
import { marked } from "../../../../annotate/web/core/mentions.js";
import { fill, mark, remove, retype, trigger } from "../../../../annotate/web/core/transitions.js";
import { at, done, made, schema } from "./made.js";

for (const [words, kind] of [
  ["mardi", "date"],
  ["14 mars 2031", "date"],
  ["2031", "date"],
  ["14/03/2031", "date"],
  ["14 h 30", "time"],
  ["nuit de lundi à mardi", "time"],
  ["chaque vendredi", "set"],
  ["trois jours", "duration"],
  ["12", "number"],
  ["dix-sept", "number"],
  ["31.890", "number"],
  ["40 %", "percent"],
  ["3 millions d'euros", "money"],
  ["deux millions", "number"],
  ["cinq enfants", null],
  ["marsouin", null],
  ["Gao", null],
]) {
  test(`${words} looks like ${kind ?? "no value"}`, () => assert.equal(kindOf(words), kind));
}

const { Actor, Recipient, Date: Day, Manner } = schema.events.ATTACK.roles;

for (const [role, words, type] of [
  [Actor, "ONU", "ORG"],
  [Actor, "armée russe", "ORG"],
  [Actor, "manifestants", "PER"],
  [Actor, "Claire Vasseur", "PER"],
  [Actor, "Moscou", "GPE"],
  [Actor, "syriennes", "GPE"],
  [Actor, "qui", "PER"],
  [Recipient, "12 civils", "PER"],
  [Recipient, "40", "NUM"],
  [Day, "Gao", "DATE"],
  [Manner, "Gao", null],
  [Actor, "chose", "PER"],
]) {
  test(`${words} as filler of ${role.fillers.join(", ")} is ${type}`, () => {
    assert.equal(typeFor(made().rec, schema, role, words), type);
  });
}

test("words that were marked before have their type again", () => {
  const { rec, tools } = made({}, "Moscou, puis Moscou");
  done(rec, mark(rec, { start: 0, end: 6, type: "ORG" }, tools));
  assert.equal(typeFor(rec, schema, Actor, "Moscou"), "ORG");
});

test("words that begin alike have the type of what was marked before", () => {
  const { rec, tools } = made({}, "colonne malienne, colonnes du nord");
  done(rec, mark(rec, { start: 0, end: 16, type: "ORG" }, tools));
  assert.equal(typeFor(rec, schema, Actor, "colonnes du nord"), "ORG");
});

test("words that nothing tells of have the type that fills the role elsewhere", () => {
  const { rec, tools } = made({}, "La foule a attaqué la chose.");
  const [id] = done(rec, trigger(rec, { start: 11, end: 18, type: "ATTACK" }, tools), "events");
  done(rec, mark(rec, { ...at("foule", rec.text.string), type: "ORG" }, tools));
  rec.apply(fill(rec, id, "Actor", at("foule", rec.text.string), tools));
  assert.equal(typeFor(rec, schema, Actor, "chose", "Actor"), "ORG");
});

test("a type that does not fit the role is not taken from equal words", () => {
  const { rec, tools } = made({}, "mardi, mardi");
  done(rec, mark(rec, { start: 0, end: 5, type: "DATE" }, tools));
  assert.notEqual(typeFor(rec, schema, Actor, "mardi"), "DATE");
});

test("what was marked counts as long as it is marked, and as what it is by then", () => {
  const { rec, tools } = made({}, "Moscou, puis Moscou");
  const evidence = () => [...rec.evidence.of("is", "Moscou")];
  assert.deepEqual(evidence(), []);
  const [id] = done(rec, mark(rec, { start: 0, end: 6, type: "ORG" }, tools), "mentions");
  assert.deepEqual(evidence(), [["ORG", 1]]);
  done(rec, retype(rec, id, "GPE", tools));
  assert.deepEqual(evidence(), [["GPE", 1]]);
  done(rec, remove(rec, id, tools));
  assert.deepEqual(evidence(), []);
});

test("what is counted as it comes is what is counted at once", () => {
  const { rec, tools } = made({}, "Moscou, Gao, Moscou");
  assert.equal(rec.evidence.of("level", "GPE Gao").size, 0);
  for (const [start, end] of [[0, 6], [8, 11], [13, 19]])
    done(rec, mark(rec, { start, end, type: "GPE" }, tools));
  const anew = new Evidence(rec.all("mentions"));
  for (const [form, words] of [["is", "Moscou"], ["lower", "moscou"], ["level", "GPE Gao"]])
    assert.deepEqual(rec.evidence.of(form, words), anew.of(form, words));
});

test("a draft tells what the record does not have yet", () => {
  const { rec, tools } = made({}, "Moscou, Gao");
  done(rec, mark(rec, { start: 0, end: 6, type: "GPE" }, tools));
  const draft = new Draft(rec);
  assert.deepEqual(draft.fresh("mentions"), []);
  const fresh = marked(draft, { start: 8, end: 11, type: "GPE" }, tools);
  assert.deepEqual(draft.fresh("mentions"), [fresh]);
  assert.equal(marked(draft, { start: 8, end: 11, type: "GPE" }, tools), fresh);
});
