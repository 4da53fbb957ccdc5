/** Keys: what they mean on which keyboard, and where. */

import assert from "node:assert/strict";
import test from "node:test";

import { bindings, keyOf } from "../../../../annotate/web/core/bindings.js";
import {
  MOVES,
  TABLE,
  command,
  press,
  shown,
  start,
  stroke,
} from "../../../../annotate/web/core/keys.js";
import { key, schema } from "./made.js";

const bound = bindings(schema);
const shift = { shift: true };

for (const [what, event, expected] of [
  ["a letter", key("a", { code: "KeyA" }), "a"],
  ["a letter with Shift", key("A", { code: "KeyA", ...shift }), "A"],
  ["a letter under Caps Lock", key("A", { code: "KeyA" }), "a"],
  ["a letter with Shift under Caps Lock", key("a", { code: "KeyA", ...shift }), "A"],
  [
    "a letter where the keyboard prints it, not where QWERTY has it",
    key("a", { code: "KeyQ" }),
    "a",
  ],
  ["a key of an Arabic keyboard, by its place", key("ش", { code: "KeyA" }), "a"],
  ["a digit", key("3", { code: "Digit3" }), "3"],
  ["a digit of the number pad", key("3", { code: "Numpad3" }), "3"],
  ["1 on AZERTY", key("&", { code: "Digit1" }), "1"],
  ["2 on AZERTY", key("é", { code: "Digit2" }), "2"],
  ["3 on AZERTY", key('"', { code: "Digit3" }), "3"],
  ["4 on AZERTY", key("'", { code: "Digit4" }), "4"],
  ["5 on AZERTY", key("(", { code: "Digit5" }), "5"],
  ["6 on AZERTY, which is take out", key("-", { code: "Digit6" }), "-"],
  ["6 on AZERTY with Shift", key("6", { code: "Digit6", ...shift }), "6"],
  ["7 on AZERTY", key("è", { code: "Digit7" }), "7"],
  ["8 on AZERTY", key("_", { code: "Digit8" }), "8"],
  ["9 on AZERTY", key("ç", { code: "Digit9" }), "9"],
  ["0 on AZERTY", key("à", { code: "Digit0" }), null],
  ["! on QWERTY", key("!", { code: "Digit1", ...shift }), "!"],
  ["* on QWERTY", key("*", { code: "Digit8", ...shift }), "*"],
  ["( on QWERTY, which is nothing", key("(", { code: "Digit9", ...shift }), null],
  [
    "[ on AZERTY, with AltGr as Ctrl+Alt",
    key("[", { code: "Digit5", ctrl: true, alt: true }),
    "[",
  ],
  ["{ on a Mac, with Option", key("{", { code: "Digit5", alt: true }), "{"],
  ["> on AZERTY", key(">", { code: "IntlBackslash", ...shift }), ">"],
  ["Tab", key("Tab"), "tab"],
  ["Shift+Tab", key("Tab", shift), "shift+tab"],
  ["Space", key(" "), "space"],
  ["Ctrl+Z", key("z", { ctrl: true }), "ctrl+z"],
  ["Ctrl+Shift+Z", key("Z", { ctrl: true, ...shift }), "ctrl+shift+z"],
  ["Command+Z on a Mac", key("z", { meta: true }), "ctrl+z"],
  ["Alt+letter, which is the browser's", key("d", { alt: true }), null],
  ["Shift alone", key("Shift", shift), null],
  ["a dead key", key("Dead", { code: "BracketLeft" }), null],
  ["an accented letter", key("ù", { code: "Quote" }), null],
]) {
  test(`${what} is ${expected ?? "no key"}`, () => assert.equal(stroke(event), expected));
}

for (const [mode, pressed, name, argument] of [
  ["text", key("p"), "mark", "PER"],
  ["text", key("3"), "link", 3],
  ["text", key("-"), "unlink", null],
  ["text", key("e"), "event", null],
  ["text", key("f"), "jump", null],
  ["text", key("*"), "same", null],
  ["text", key("Enter"), "accept", null],
  ["text", key("Delete"), "remove", null],
  ["text", key("z", { ctrl: true }), "undo", null],
  ["text", key("y", { ctrl: true }), "redo", null],
  ["text", key("Enter", { ctrl: true }), "done", null],
  ["card", key("a"), "fill", "Actor"],
  ["card", key("A", shift), "arm", "Actor"],
  ["card", key("m"), "attribute", "modality"],
  ["card", key("p"), "mark", "PER"],
  ["card", key("1"), "candidate", 1],
  ["card", key("E", shift), "duplicate", null],
  ["card", key("e"), "event", null],
  ["card", key("!"), "flag", null],
  ["armed", key("r"), "fill", "Recipient"],
  ["same", key(" "), "sameToggle", null],
  ["same", key("Enter"), "sameAll", null],
  ["same", key("Tab", shift), "samePrevious", null],
  ["hint", key("G", shift), "hint", "g"],
  ["event", key("Escape"), "cancel", null],
]) {
  test(`${pressed.key} in ${mode} is ${name} ${argument ?? ""}`, () => {
    assert.deepEqual(command(mode, pressed, bound, "ATTACK"), { name, argument });
  });
}

for (const [mode, pressed] of [
  ["text", key("a")],
  ["text", key("x")],
  ["text", key("E", shift)],
  ["text", key("0")],
  ["same", key("p")],
  ["hint", key("3")],
  ["text", key("ArrowLeft")],
  ["text", key("F5")],
]) {
  test(`${pressed.key} in ${mode} is nothing`, () =>
    assert.equal(command(mode, pressed, bound, null), null));
}

test("after e a letter says the type, e and f too", () => {
  assert.deepEqual(command("event", key("k"), bound), {
    name: "trigger",
    argument: { list: "events", type: "ATTACK" },
  });
});

test("after e templates and relations have letters of their own", () => {
  const frames = [...bound.frame.values()].map(({ list }) => list);
  assert.deepEqual(frames, ["events", "events", "events", "templates", "relations"]);
});

test("the card of a template has the keys of its roles", () => {
  assert.deepEqual(command("card", key("t"), bound, { list: "templates", type: "INCIDENT" }), {
    name: "fill",
    argument: "Target",
  });
});

/** What a row of keys does, one after another. */
function typed(keys, state = start()) {
  const commands = [];
  for (const one of keys) {
    const { state: after, command: name, args } = press(state, key(one), bound);
    state = after;
    if (name) commands.push(args === null ? name : [name, args]);
  }
  return { state, commands };
}

test("e and a letter open a card, in which roles have keys", () => {
  const { state, commands } = typed(["e", "k", "a"]);
  assert.deepEqual(
    [commands, state.mode],
    [["event", ["trigger", { list: "events", type: "ATTACK" }], ["fill", "Actor"]], "card"],
  );
});

test("f and two letters are one hint, and what held before holds again", () => {
  const { state, commands } = typed(["f", "j", "k", "p"]);
  assert.deepEqual([commands, state.mode], [["jump", ["hint", "jk"], ["mark", "PER"]], "text"]);
});

test("Escape takes back what waits, and only that", () => {
  const open = typed(["e", "k"]).state;
  for (const waiting of [
    ["e", "Escape"],
    ["f", "Escape"],
    ["f", "j", "Escape"],
    ["*", "Escape"],
  ]) {
    assert.equal(typed(waiting, open).state.mode, "card", waiting.join(" "));
  }
});

test("Escape on a card closes it", () => {
  assert.deepEqual(typed(["e", "k", "Escape"]).state, start());
});

test("a letter after e that says nothing cancels", () => {
  const { state, commands } = typed(["e", "q"]);
  assert.deepEqual([commands, state.mode], [["event", "cancel"], "text"]);
});

test("an armed role is armed until it is filled", () => {
  const open = typed(["e", "k"]).state;
  const { state } = press(open, key("A", shift), bound);
  assert.equal(state.mode, "armed");
  assert.equal(press(state, key("r"), bound).state.mode, "card");
});

test("a sequence leaves the state of before as it was", () => {
  const state = Object.freeze(start());
  assert.notEqual(press(state, key("e"), bound).state, state);
});

test("no two keys of one place are the same, and each is a letter", () => {
  const card = bound.card("ATTACK");
  const keys = [...card.role.keys(), ...card.attribute.keys(), ...card.mention.keys()];
  assert.equal(new Set(keys).size, keys.length);
  assert.ok(keys.every((one) => /^[a-zA-Z]$/u.test(one) && !["e", "f", "E"].includes(one)));
});

test("a digit as key of an attribute becomes a letter", () => {
  assert.match(keyOf(bound.attribute("ATTACK"), "hedge"), /^[a-z]$/u);
});

test("a type of mention gives its letter to a role, and takes the next of its name", () => {
  const own = {
    ...schema,
    mentions: { ...schema.mentions, AREA: { ...schema.mentions.GPE, key: "a" } },
  };
  const keys = bindings(own);
  assert.deepEqual(
    [keys.mention.get("a"), keyOf(keys.card("ATTACK").mention, "AREA")],
    ["AREA", "b"],
  );
});

test("with a card, types of mention keep their letters, but for those of roles", () => {
  for (const type of Object.keys(schema.events)) {
    const { role, mention } = bound.card(type);
    const kept = [...bound.mention].filter(([letter]) => !role.has(letter));
    for (const [letter, name] of kept) assert.equal(mention.get(letter), name, `${type} ${letter}`);
  }
});

test("an attribute gives its letter to a type of mention", () => {
  const [type] = Object.keys(schema.events);
  const taken = [...bound.mention.keys()].find((letter) => !bound.role(type).has(letter)) ?? "";
  const sure = { description: "?", on: ["events"], key: taken, values: {} };
  const keys = bindings({ ...schema, attributes: { sure } });

  assert.match(keyOf(keys.attribute(type), "sure"), /^[a-z]$/u);
  assert.notEqual(keyOf(keys.attribute(type), "sure"), taken);
});

test("a reserved letter is given to nobody", () => {
  const own = {
    ...schema,
    mentions: {
      FACT: { ...schema.mentions.PER, key: "f" },
      EEL: { ...schema.mentions.PER, key: "e" },
    },
  };
  assert.deepEqual(
    [...bindings(own).mention],
    [
      ["a", "FACT"],
      ["l", "EEL"],
    ],
  );
});

test("subtypes share the key of their type", () => {
  assert.equal(keyOf(bound.mention, "PER.Group"), "");
});

test("forty types all have keys, lower case letters first", () => {
  const types = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`T${n}`, { ...schema.events.SAY, key: "" }]),
  );
  const keys = [
    ...bindings({ ...schema, events: types, templates: {}, relations: {} }).event.keys(),
  ];
  assert.deepEqual(
    [keys.length, new Set(keys).size, keys.filter((one) => /[a-z]/u.test(one)).length],
    [40, 40, 26],
  );
});

test("every command has a title and says its keys", () => {
  assert.ok([...TABLE, ...MOVES].every((one) => one.title && one.keys));
});

test("what is shown has a row for each type, role and attribute with its key", () => {
  const rows = shown(schema, { list: "events", type: "ATTACK" });
  const found = rows
    .filter((one) => ["Actor", "PER", "polarity"].includes(one.argument))
    .map((one) => [one.name, one.keys]);
  assert.deepEqual(found, [
    ["mark", "p"],
    ["fill", "a"],
    ["attribute", "y"],
  ]);
});

test("what is shown is what the keys do", () => {
  for (const { name, argument, keys } of shown(schema, { list: "events", type: "ATTACK" })) {
    if (!["fill", "attribute", "mark"].includes(name)) continue;
    const upper = keys.startsWith("Shift+");
    assert.deepEqual(
      command("card", key(keys.replace("Shift+", ""), { shift: upper }), bound, "ATTACK"),
      { name, argument },
    );
  }
});
