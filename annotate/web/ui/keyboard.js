// Keys: single letters where the text has the focus, Ctrl+letter everywhere, F6 from pane to pane.

import { command, stroke } from "../core/keys.js";
import { openDialog } from "./dialog.js";

/** @import { App } from "./app.js" */

/** Commands that hold wherever the focus is, save in a dialog. */
const EVERYWHERE = new Set(["undo", "redo", "done", "palette"]);
/** Those that a line to type in leaves alone too: its own undo is better there. */
const IN_FIELDS = new Set(["done", "palette"]);

/** @param {App} app */
export function listenToKeys(app) {
  document.addEventListener("keydown", (event) => pressed(app, event));
}

/** @param {App} app @param {KeyboardEvent} event */
function pressed(app, event) {
  if (event.isComposing || openDialog() !== null) return;
  if (event.key === "F6") {
    event.preventDefault();
    pane(app, event.shiftKey ? -1 : 1);
    return;
  }
  if (stroke(said(event)) !== null) app.reader.settle();
  if (tabbing(app, event) || fieldKey(app, event) || lost(app, event)) return;
  if (stroke(said(event)) !== null && app.inText()) app.run("hideBar");
  const found = meant(app, event);
  if (found === null) {
    if (app.inText()) meaningless(app, event);
    return;
  }
  if (!holds(app, event, found.name)) return;
  event.preventDefault();
  event.stopPropagation();
  // Two clicks with a key between them are no double click.
  app.clicked.time = -Infinity;
  app.run(found.name, found.argument);
  // A letter that is no type of event ends the question.
  if (found.name === "cancel") meaningless(app, event);
}

/**
 * A character that does nothing is not passed over in silence.
 * @param {App} app
 * @param {KeyboardEvent} event
 */
function meaningless(app, { key, ctrlKey, altKey, metaKey }) {
  if (key.length !== 1 || key === " " || ctrlKey || altKey || metaKey) return;
  app.desk.hush();
  app.desk.refuse(`${key} means nothing here (? shows the keys)`);
}

/**
 * What a key means; one that "same again" does not know closes that and means what it always does.
 * @param {App} app
 * @param {KeyboardEvent} event
 */
function meant(app, event) {
  const { desk } = app;
  const press = said(event);
  const now = () => command(desk.mode, press, desk.letters.bindings, desk.cardType);
  const found = now();
  if (found !== null || desk.mode !== "same" || stroke(press) === null || !app.inText())
    return found;
  app.run("sameCancel");
  return now();
}

/**
 * With the focus nowhere arrow keys move the caret all the same.
 * @param {App} app
 * @param {KeyboardEvent} event
 */
function lost(app, event) {
  if (event.target !== document.body || !event.key.startsWith("Arrow")) return false;
  event.preventDefault();
  app.reader.focus();
  app.parts.text.dispatchEvent(new KeyboardEvent("keydown", event));
  return true;
}

/** @param {KeyboardEvent} event */
function said({ key, code, ctrlKey, shiftKey, altKey, metaKey }) {
  return { key, code, ctrl: ctrlKey, shift: shiftKey, alt: altKey, meta: metaKey };
}

/** @param {App} app @param {KeyboardEvent} event @param {string} name */
function holds(app, event, name) {
  if (field(event.target)) return IN_FIELDS.has(name);
  if (app.inText()) return true;
  if (name === "leave" || name === "cancel") {
    app.reader.focus();
    return name === "cancel";
  }
  return EVERYWHERE.has(name) || name === "help";
}

/** @param {EventTarget | null} target */
function field(target) {
  return (
    (target instanceof HTMLInputElement && target.type !== "checkbox") ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}

/**
 * In a field Enter takes it, Escape goes back to the text.
 * @param {App} app
 * @param {KeyboardEvent} event
 * @returns {boolean} whether that was all
 */
function fieldKey(app, event) {
  const { target } = event;
  if (!field(target)) return false;
  if (event.key === "Escape") app.reader.focus();
  else if (
    event.key === "Enter" &&
    target instanceof HTMLTextAreaElement &&
    (event.ctrlKey || event.metaKey)
  ) {
    event.preventDefault();
    target.form?.requestSubmit();
    return true;
  } else if (event.key === "Enter" && target instanceof HTMLInputElement && target.form === null) {
    target.dispatchEvent(new Event("change", { bubbles: true }));
    app.reader.focus();
    return true;
  }
  return event.key === "Escape";
}

/**
 * Tabs and choices are gone through with the arrow keys.
 * @param {App} app
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
function tabbing(app, event) {
  const { target, key } = event;
  const step =
    key === "ArrowRight" || key === "ArrowDown"
      ? 1
      : key === "ArrowLeft" || key === "ArrowUp"
        ? -1
        : 0;
  if (step === 0 || !(target instanceof HTMLElement)) return false;
  if (target.getAttribute("role") === "tab") {
    event.preventDefault();
    app.run("nextTab", step);
    app.afterDraw(() =>
      /** @type {HTMLElement | null} */ (
        document.querySelector('[role="tab"][aria-selected="true"]')
      )?.focus(),
    );
    return true;
  }
  return roving(event, target, step);
}

/**
 * In a list or a group of buttons arrows go from one to the next.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} target
 * @param {number} step
 */
function roving(event, target, step) {
  const group = target.closest('[role="toolbar"], [role="radiogroup"], .documents ol');
  if (group === null || target.tagName !== "BUTTON") return false;
  const all = [...group.querySelectorAll("button")];
  event.preventDefault();
  all[
    (all.indexOf(/** @type {HTMLButtonElement} */ (target)) + step + all.length) % all.length
  ]?.focus();
  return true;
}

/** Go to the next pane that is there. @param {App} app @param {1 | -1} by */
function pane(app, by) {
  const panes = [
    { element: app.parts.text, focus: () => app.reader.focus() },
    { element: app.parts.panel, focus: () => first(app.parts.tabs, '[aria-selected="true"]') },
    { element: app.parts.status, focus: () => first(app.parts.status, "button") },
    {
      element: app.parts.documents,
      focus: () => first(app.parts.documents, '[aria-current="true"], ol button, input'),
    },
    { element: app.parts.top, focus: () => first(app.parts.top, "button:not(:disabled)") },
  ].filter(({ element }) => element.offsetParent !== null || element.offsetHeight > 0);
  const now = panes.findIndex(({ element }) => element.contains(document.activeElement));
  panes[(now + by + panes.length) % panes.length]?.focus();
}

/** @param {Element} element @param {string} selector */
function first(element, selector) {
  const found = element.querySelector(selector);
  if (found instanceof HTMLElement) found.focus();
}
