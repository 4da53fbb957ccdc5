// The panel of events: what is picked, cards in the order of the text, suggested frames among them.

import { button, h } from "./element.js";
import { card } from "./cards.js";
import { pickedCard } from "./picked.js";
import { ghostsPanel } from "./ghosts.js";

/** @import { Event, FrameList } from "../core/types.js" */
/** @import { Desk } from "./desk.js" */

/** More cards than these are drawn when they are asked for. */
const DRAWN = 100;

/** @param {Desk} desk @returns {HTMLElement[]} */
export function eventsPanel(desk) {
  const events = [...desk.rec.all("events")].sort((a, b) => placed(a) - placed(b));
  const picked = pickedCard(desk);
  return [
    openCard(desk, "events", events),
    picked,
    ...ghostsPanel(desk),
    ...cards(desk, "events", events),
    events.length === 0 && picked === null ? empty(desk) : null,
  ].filter((each) => each !== null);
}

/** @param {Event} event */
function placed(event) {
  return event.triggers[0]?.start ?? -1;
}

/** Return what the cards on the page were drawn from, by their ids. */
function versions() {
  const all = document.querySelectorAll("#board > [data-version]");
  return new Map(
    [...all].map((one) => [one.getAttribute("data-key"), one.getAttribute("data-version")]),
  );
}

/**
 * Return what stands for a card that is on the page as it should be.
 * @param {string} id
 * @param {string} version
 */
function kept(id, version) {
  return h("article", { "data-key": id, "data-version": version, "data-keep": true });
}

/**
 * The active card stands on top, so that it stays where it is.
 * @param {Desk} desk
 * @param {FrameList} list
 * @param {readonly any[]} frames
 */
export function openCard(desk, list, frames) {
  const at = frames.findIndex((frame) => frame.id === desk.at.frame);
  return at < 0 ? null : card(desk, list, frames[at], at + 1);
}

/**
 * Return the cards of all other frames; of very many, those around the active one.
 * @param {Desk} desk
 * @param {FrameList} list
 * @param {readonly any[]} frames
 */
export function cards(desk, list, frames) {
  const active = Math.max(
    0,
    frames.findIndex((frame) => frame.id === desk.at.frame),
  );
  const from = frames.length <= DRAWN ? 0 : Math.max(0, active - DRAWN / 2);
  const numbered = frames
    .slice(from, from + DRAWN)
    .map((frame, at) => ({ frame, number: from + at + 1 }));
  const others = numbered.filter(({ frame }) => frame.id !== desk.at.frame);
  const there = versions();
  const shown = others.map(({ frame, number }) => {
    const version = `${desk.edits} ${number} ${desk.editable}`;
    if (there.get(frame.id) === version) return kept(frame.id, version);
    const made = card(desk, list, frame, number);
    made.setAttribute("data-version", version);
    return made;
  });
  const left = frames.length - numbered.length;
  return left === 0
    ? shown
    : [
        ...shown,
        h("p", { class: "soft" }, `${left} more: pick them in the text, or find them with Ctrl+K`),
      ];
}

/** @param {Desk} desk */
function empty(desk) {
  return h(
    "div",
    { class: "soft", "data-key": "empty" },
    h("p", {}, "No events yet."),
    desk.editable
      ? h(
          "p",
          {},
          "Select the words that name one and press ",
          h("kbd", {}, "e"),
          " and the letter of its type, or ",
          button("event", null, { class: "plain" }, "choose a type"),
        )
      : null,
  );
}
