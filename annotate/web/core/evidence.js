/** What a record tells of words and roles so far. */

/** @import {Rec} from "./record.js" */
/** @import {Event, Mention} from "./types.js" */
/** @typedef {Map<string, number>} Counts  how often each type */

/** How often words are mentions of which types; kept as mentions come and go. */
export class Evidence {
  /** @type {Map<string, Counts>} */
  #counts = new Map();

  /** @param {Iterable<Mention>} mentions */
  constructor(mentions) {
    for (const mention of mentions) this.count(mention, 1);
  }

  /** @param {Mention} mention @param {1 | -1} by */
  count({ text, type, level }, by) {
    const lower = text.toLowerCase();
    this.#add(`is ${text}`, type, by);
    this.#add(`lower ${lower}`, type, by);
    this.#add(`head ${head(lower)}`, type, by);
    if (level) this.#add(`level ${type} ${text}`, level, by);
  }

  /**
   * How often words, as they are, in lower case or by their head, are mentions of which types.
   * @param {"is" | "lower" | "head" | "level"} form  level: levels instead of types
   * @param {string} words
   * @returns {Counts}
   */
  of(form, words) {
    return this.#counts.get(`${form} ${words}`) ?? new Map();
  }

  /** @param {string} key @param {string} value @param {1 | -1} by */
  #add(key, value, by) {
    const known = this.#counts.get(key) ?? new Map();
    const number = (known.get(value) ?? 0) + by;
    if (number > 0) known.set(value, number);
    else known.delete(value);
    this.#counts.set(key, known);
  }
}

/** @type {WeakMap<readonly Event[], Map<string, Mention[]>>} */
const byRole = new WeakMap();

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
        if (!mention) continue;
        const known = found.get(arg.role);
        if (known) known.push(mention);
        else found.set(arg.role, [mention]);
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
