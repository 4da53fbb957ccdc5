// The colours of types as classes, in a style sheet of the pane's own: no style attributes, which
// a strict content security policy forbids, and no rule more than there are colours.

import { readable } from "../ui/colour.js";

// What labels stand on at worst: --shade by day, --press by night, of style.css.
const LIGHT = "#f3f1ec";
const DARK = "#303337";

export class Tones {
  constructor() {
    this.sheet = new CSSStyleSheet();
    /** @type {Map<string, string>} */
    this.names = new Map();
  }

  /** Put the colours to use in a document. @param {Document} document */
  adopt(document) {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
  }

  /** @param {Document} document */
  drop(document) {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
      (sheet) => sheet !== this.sheet,
    );
  }

  /** Return the class of a colour. @param {string} colour as "#rrggbb" */
  name(colour) {
    const known = this.names.get(colour);
    if (known !== undefined) return known;
    const name = `tone${this.names.size}`;
    const [light, dark] = [readable(colour, LIGHT), readable(colour, DARK)];
    this.sheet.insertRule(`.${name} { --on-light: ${light}; --on-dark: ${dark}; }`);
    this.names.set(colour, name);
    return name;
  }
}
