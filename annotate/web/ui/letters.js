// The letters that the keys of the schema come to, as they are printed on buttons and cards.

import { bindings, keyOf } from "../core/bindings.js";

/** @import { Bindings } from "../core/bindings.js" */
/** @import { FrameList, Schema } from "../core/types.js" */

export class Letters {
  /** @param {Schema} schema */
  constructor(schema) {
    /** @type {Bindings} */
    this.bindings = bindings(schema);
    this.schema = schema;
  }

  /**
   * Return the letter of a type of mention; in a card others may be taken.
   * @param {string} type
   * @param {{list: FrameList, type: string} | null} card
   */
  mention(type, card) {
    const map =
      card === null ? this.bindings.mention : this.bindings.card(card.type, card.list).mention;
    return keyOf(map, type);
  }

  /** Return the letter after `e`. @param {FrameList} list @param {string} type */
  frame(list, type) {
    return (
      [...this.bindings.frame].find(([, one]) => one.list === list && one.type === type)?.[0] ?? ""
    );
  }

  /** @param {FrameList} list @param {string} type @param {string} role */
  role(list, type, role) {
    return keyOf(this.bindings.role(type, list), role);
  }

  /**
   * Return the letter of an attribute; only those of frames have one.
   * @param {string} list
   * @param {string} type
   * @param {string} name
   */
  attribute(list, type, name) {
    if (list !== "events" && list !== "relations" && list !== "templates") return "";
    return keyOf(this.bindings.attribute(type, list), name);
  }
}
