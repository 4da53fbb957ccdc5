// Colours of types: a stylesheet made of rules, since a page without inline styles has no other way
// to colour what a schema names. [data-hue="events ASSAULT"] {--hue: …}

import { readable } from "./colour.js";

/** @import { Schema } from "../core/types.js" */

const PAPER = { light: "#f3f1ec", dark: "#303337" };
const SECTIONS = /** @type {const} */ ([
  "mentions",
  "entities",
  "events",
  "relations",
  "templates",
  "labels",
]);

/** The colours of a schema, readable on the paper of the moment. */
export class Theme {
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #sheet = new CSSStyleSheet();

  /** @param {Schema} schema @param {() => void} changed called when day turns to night */
  constructor(schema, changed) {
    this.schema = schema;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet];
    this.#write();
    this.#dark.addEventListener("change", () => {
      this.#write();
      changed();
    });
  }

  /**
   * Return the colour of a type, or null if the schema has no such.
   * @param {string} list
   * @param {string} type
   */
  colour(list, type) {
    const found = described(this.schema, list, type);
    return found === null
      ? null
      : readable(found.colour, this.#dark.matches ? PAPER.dark : PAPER.light);
  }

  #write() {
    const rules = SECTIONS.flatMap((list) =>
      Object.keys(this.schema[list] ?? {}).map(
        (type) =>
          `[data-hue=${JSON.stringify(`${list} ${type}`)}] { --hue: ${this.colour(list, type) ?? "inherit"}; }`,
      ),
    );
    this.#sheet.replaceSync(rules.join("\n"));
  }
}

/**
 * Return what the schema says of a type, if need be of the type above it (PER for PER.Group).
 * @param {Schema} schema
 * @param {string} list
 * @param {string} type
 * @returns {{description: string, colour: string, key: string} | null}
 */
export function described(schema, list, type) {
  const table = /** @type {Record<string, any>} */ (schema)[list] ?? {};
  for (let name = type; name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf(".")))) {
    if (Object.hasOwn(table, name)) return table[name];
  }
  return list === "entities" ? described(schema, "mentions", type) : null;
}
