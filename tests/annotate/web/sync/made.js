/** What the tests are made of: items, changes, chance that comes out the same every time. */

export const TEXT = "Des rebelles ont attaqué le village de Kibumba mardi, tuant douze civils.";

export const mention = (id, fields = {}) => ({
  id, type: "PER", start: 4, end: 12, fragments: [], text: "rebelles", head: [], level: null,
  value: null, links: [], attrs: [], ...fields,
});

export const entity = (id, mentions, fields = {}) => ({
  id, type: "PER", name: null, mentions, links: [], attrs: [], ...fields,
});

export const event = (id, fields = {}) => ({
  id, type: "ASSAULT", triggers: [trigger(17, 24)], args: [], polarity: null, modality: null,
  tense: null, genericity: null, attrs: [], ...fields,
});

export const trigger = (start, end) =>
  ({ start, end, fragments: [], text: TEXT.slice(start, end), head: [] });

export const fills = (role, ref, fields = {}) => ({ role, ref, value: null, attrs: [], ...fields });

export const change = (list, before, after) => ({ list, id: (before ?? after).id, before, after });

let count = 0;

/** An operation with an id of its own. */
export const operation = (verb, changes, fields = {}) => {
  count += 1;
  return { id: `operation-${count}`, base: 0, verb, of: null, note: null, changes, ...fields };
};

/** An entry of the journal; others make them unless a user is named. */
export const entry = (verb, changes, fields = {}) =>
  ({ ...operation(verb, changes), revision: 1, user: "ben", at: "2026-11-23T04:05:06.123Z", ...fields });

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const choice = (random, from) => from[Math.floor(random() * from.length)];

/** The items of a record by list and id, keys sorted, empty fields left out: to be compared. */
export function plain(items) {
  return Object.fromEntries(
    Object.entries(items)
      .filter(([list]) => list !== "status")
      .map(([list, all]) => [list, [...all].map(canonical).sort(byText)]),
  );
}

const byText = (one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

function canonical(item) {
  const sorted = Object.entries(item).map(([name, value]) =>
    [name, Array.isArray(value) ? [...value].sort(byText) : value]);
  return Object.fromEntries(sorted.sort(([one], [other]) => (one < other ? -1 : 1)));
}
