// The command palette: everything that can be done, found by typing. A combobox over a listbox.

import { Failure } from "../sync/api.js";
import { closeDialog, showDialog } from "./dialog.js";
import { draw, h, kbd } from "./element.js";

/**
 * @typedef {object} Entry
 * @property {string} group
 * @property {string} title
 * @property {string} [about]
 * @property {string} [keys]
 * @property {() => unknown} run
 */

const SHOWN = 60;

/** Return words without case and accents. @param {string} words */
export function folded(words) {
  return words.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/**
 * Return the entries that have every typed word, best first: those whose title begins with it.
 * @param {readonly Entry[]} entries
 * @param {string} typed
 */
export function matching(entries, typed) {
  const words = folded(typed)
    .split(/\s+/u)
    .filter((word) => word !== "");
  const scored = entries.flatMap((entry) => {
    const score = rank(entry, words);
    return score === null ? [] : [{ entry, score }];
  });
  return scored.sort((a, b) => b.score - a.score).map(({ entry }) => entry);
}

/** @param {Entry} entry @param {string[]} words @returns {number | null} */
function rank(entry, words) {
  const title = folded(entry.title);
  const all = folded(`${entry.group} ${entry.title} ${entry.about ?? ""}`);
  let score = 0;
  for (const word of words) {
    if (!all.includes(word)) return null;
    if (title.startsWith(word)) score += 3;
    else if (title.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) score += 2;
    else if (title.includes(word)) score += 1;
  }
  return score;
}

/** A choice by typing: arrows move, Enter takes, Escape leaves. */
export class Palette {
  /**
   * @param {{title: string, placeholder: string, typed?: string, entries: (typed: string) => Entry[] | Promise<Entry[]>}} content
   */
  constructor({ title, placeholder, typed = "", entries }) {
    this.entries = entries;
    /** @type {Entry[]} */
    this.shown = [];
    this.at = 0;
    this.asked = 0;
    this.input = /** @type {HTMLInputElement} */ (
      h("input", {
        type: "text",
        role: "combobox",
        "aria-expanded": "true",
        "aria-controls": "palette-list",
        "aria-autocomplete": "list",
        "aria-label": title,
        placeholder,
        autocomplete: "off",
        spellcheck: "false",
      })
    );
    this.list = h("ul", { id: "palette-list", role: "listbox", "aria-label": title });
    this.none = h("p", { class: "none", role: "status" });
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => this.click(event));
    showDialog({ name: "palette", title, body: [this.input, this.list, this.none] });
    this.input.value = typed;
    this.input.select();
    this.search();
  }

  async search() {
    const asked = (this.asked += 1);
    let said = "Nothing is called that.";
    const found = await Promise.resolve(this.entries(this.input.value)).catch((error) => {
      if (!(error instanceof Failure)) throw error;
      said = error.message;
      return [];
    });
    // An answer that comes late is not that of the words that stand there now.
    if (asked !== this.asked) return;
    this.shown = found.slice(0, SHOWN);
    this.at = 0;
    this.draw(said);
  }

  /** @param {string} [said] where nothing is found */
  draw(said = "") {
    draw(this.list, ...this.shown.map((entry, index) => this.line(entry, index)));
    this.none.textContent = this.shown.length === 0 ? said : "";
    this.none.hidden = this.shown.length > 0;
    this.input.setAttribute(
      "aria-activedescendant",
      this.shown.length === 0 ? "" : `palette-${this.at}`,
    );
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Entry} entry @param {number} index */
  line(entry, index) {
    return h(
      "li",
      {
        id: `palette-${index}`,
        role: "option",
        "aria-selected": String(index === this.at),
        "data-at": index,
      },
      h("span", { class: "group" }, entry.group),
      h("span", {}, entry.title),
      h("span", { class: "about" }, entry.about ?? ""),
      entry.keys ? kbd(entry.keys) : null,
    );
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const step = /** @type {Record<string, number>} */ (steps)[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.at = Math.max(0, Math.min(this.shown.length - 1, this.at + step));
      this.draw();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.take(this.at);
    }
  }

  /** @param {MouseEvent} event */
  click(event) {
    const line = event.target instanceof Element ? event.target.closest("[data-at]") : null;
    if (line !== null) this.take(Number(line.getAttribute("data-at")));
  }

  /** @param {number} index */
  take(index) {
    const entry = this.shown[index];
    if (entry === undefined) return;
    closeDialog();
    entry.run();
  }
}
