// The bar at the pointer: what can be done with the words or the annotation just clicked.

import { rolesOf } from "../core/schema.js";
import { overlapped } from "./doing/bordering.js";
import { frameButtons, mentionButtons } from "./chrome.js";
import { button, draw, h } from "./element.js";

/** @import { App } from "./app.js" */

const GAP = 6;

export class Pointer {
  /** @param {App} app @param {HTMLElement} element */
  constructor(app, element) {
    this.app = app;
    this.element = element;
    this.shown = "";
  }

  /** Offer types for the selected words; with a card open, its roles first. */
  showTypes() {
    this.shown = "types";
    this.draw();
  }

  /** Offer what can be done with what is picked. */
  showActs() {
    this.shown = "acts";
    this.draw();
  }

  hide() {
    this.shown = "";
    this.draw();
  }

  draw() {
    const { desk } = this.app;
    const range = this.range();
    const open = this.shown !== "" && range !== null && desk.editable;
    this.element.hidden = !open;
    if (!open || range === null) return;
    draw(this.element, ...(this.shown === "acts" ? this.acts() : this.types()));
    this.place(range);
  }

  /** @returns {[number, number] | null} */
  range() {
    const { desk } = this.app;
    if (this.shown === "types") return desk.at.range ?? desk.at.word;
    if (desk.mention !== null) return [desk.mention.start, desk.mention.end];
    const ghost = desk.ghosts.find((one) => one.id === desk.at.ghost)?.places[0];
    return ghost === undefined ? null : [ghost.start, ghost.end];
  }

  types() {
    const { desk } = this.app;
    if (desk.mode === "event") return frameButtons(desk);
    const roles = this.roles();
    const event = button("event", null, { class: "plain" }, h("kbd", {}, "e"), "event…");
    return [
      this.borders(),
      ...roles,
      roles.length > 0 ? h("span", { class: "break" }) : null,
      ...mentionButtons(desk),
      event,
    ];
  }

  /** What was picked may be meant to have the words that are selected now. */
  borders() {
    const id = overlapped(this.app.desk);
    return id === null
      ? null
      : button("takeSelection", id, {}, h("kbd", {}, "|"), "Take the selection");
  }

  roles() {
    const { desk } = this.app;
    const kind = desk.cardType;
    if (kind === null) return [];
    return rolesOf(desk.schema, kind.list, kind.type).map(([name]) =>
      button(
        "fill",
        name,
        { class: "plain", "data-key": `role ${name}` },
        h("kbd", {}, desk.letters.role(kind.list, kind.type, name) || "\u00a0"),
        name,
      ),
    );
  }

  acts() {
    const { desk } = this.app;
    if (desk.at.ghost !== null) {
      return [
        button("acceptGhost", desk.at.ghost, { class: "main" }, "Accept"),
        button("refuseGhost", desk.at.ghost, {}, "Refuse"),
      ];
    }
    const roles = this.roles();
    return [
      ...roles,
      roles.length > 0 ? h("span", { class: "break" }) : null,
      button("chooseChain", null, {}, h("kbd", {}, "="), "chain…"),
      button("same", null, {}, h("kbd", {}, "*"), "same again"),
      button("event", null, {}, h("kbd", {}, "e"), "event…"),
      button("remove", null, {}, "delete"),
    ];
  }

  /** Where the panel begins, in pixels of the window: the bar does not lie over it. */
  edge() {
    const panel = this.app.parts.panel.getBoundingClientRect();
    const beside = panel.width > 0 && panel.left > window.innerWidth / 3;
    return beside ? panel.left : window.innerWidth;
  }

  /** @param {[number, number]} range */
  place([start, end]) {
    const boxes = this.app.reader.coords(start, end);
    const box = boxes.at(-1);
    if (box === undefined) {
      this.element.hidden = true;
      return;
    }
    const { width, height } = this.element.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, this.edge() - width - 8));
    const below = box.bottom + GAP + this.app.reader.labelRoom();
    const top =
      below + height > window.innerHeight - 40 ? (boxes[0]?.top ?? box.top) - height - GAP : below;
    this.element.style.setProperty("left", `${left}px`);
    this.element.style.setProperty("top", `${Math.max(4, top)}px`);
  }
}
