/** What a record tells of words and roles so far: counted once for each state of it. */

/** @import {Rec} from "./record.js" */
/** @import {Event, Mention} from "./types.js" */
/** @typedef {Map<string, number>} Counts  how often each type */

/** @type {WeakMap<readonly Mention[], Map<string, Counts>>} */
const byWords = new WeakMap();
/** @type {WeakMap<readonly Event[], Map<string, Mention[]>>} */
const byRole = new WeakMap();

/**
 * How often words, as they are, in lower case or by their head, are mentions of which types.
 * @param {Rec} rec
 * @param {"is" | "lower" | "head" | "level"} form  level: levels instead of types
 * @param {string} words
 * @returns {Counts}
 */
export function typesOf(rec, form, words) {
  const mentions = rec.all("mentions");
  let counts = byWords.get(mentions);
  if (!counts) {
    counts = counted(mentions);
    byWords.set(mentions, counts);
  }
  return counts.get(`${form} ${words}`) ?? new Map();
}

/** @param {readonly Mention[]} mentions @returns {Map<string, Counts>} */
function counted(mentions) {
  /** @type {Map<string, Counts>} */
  const counts = new Map();
  const add = (/** @type {string} */ key, /** @type {string} */ value) => {
    const known = counts.get(key) ?? new Map();
    counts.set(key, known.set(value, (known.get(value) ?? 0) + 1));
  };
  for (const { text, type, level } of mentions) {
    const lower = text.toLowerCase();
    add(`is ${text}`, type);
    add(`lower ${lower}`, type);
    add(`head ${head(lower)}`, type);
    if (level) add(`level ${type} ${text}`, level);
  }
  return counts;
}

/**
 * The word that a phrase hangs on, roughly: its first that is no number or article, without the
 * ending of a plural; "" if there is none.
 * @param {string} words  in lower case
 */
export function head(words) {
  const first = words
    .split(/[\s'’]/u)
    .find(
      (word) =>
        word.length > 2 &&
        !/^\d|aines?$|^(?:les|des|the|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)$/u.test(word),
    );
  return first?.replace(/[sx]$/u, "") ?? "";
}

/**
 * The mentions that fill a role in any event, once for each time.
 * @param {Rec} rec
 * @param {string} role
 * @returns {Mention[]}
 */
export function fillersOf(rec, role) {
  const events = rec.all("events");
  let found = byRole.get(events);
  if (!found) {
    found = new Map();
    for (const { args } of events) {
      for (const arg of args) {
        const mention = arg.ref ? rec.get("mentions", arg.ref) : null;
        if (mention) found.set(arg.role, [...(found.get(arg.role) ?? []), mention]);
      }
    }
    byRole.set(events, found);
  }
  return found.get(role) ?? [];
}

/**
 * What was counted most often, or null.
 * @param {Counts} counts
 * @param {(type: string) => boolean} fits
 */
export function commonest(counts, fits) {
  const fitting = [...counts].filter(([type]) => fits(type));
  return fitting.sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
