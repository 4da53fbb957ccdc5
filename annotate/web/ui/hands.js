// Clicks and fields: a button says its command in data-do, a field in data-change or data-input, a
// form in data-submit; arguments are JSON in data-arg.

/** @import { App } from "./app.js" */

/** @param {App} app */
export function listenToHands(app) {
  document.addEventListener("click", (event) => clicked(app, event));
  document.addEventListener("change", (event) => changed(app, event, "data-change"));
  document.addEventListener("input", (event) => changed(app, event, "data-input"));
  document.addEventListener("submit", (event) => submitted(app, event));
  // A click on a button takes neither the focus from the text nor the selection in it.
  document.addEventListener("mousedown", (event) => {
    if (target(event, "button[data-do]") !== null) event.preventDefault();
  });
}

/** @param {Event} event @param {string} selector @returns {Element | null} */
function target(event, selector) {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}

/** @param {Element} element */
function argument(element) {
  const arg = element.getAttribute("data-arg");
  return arg === null ? null : JSON.parse(arg);
}

/** @param {App} app @param {MouseEvent} event */
function clicked(app, event) {
  const element = target(event, "[data-do]");
  if (element === null) {
    if (target(event, ".text, .bar-at") === null) app.run("hideBar");
    return;
  }
  if (element instanceof HTMLButtonElement && element.disabled) return;
  app.reader.settle();
  // What comes between two clicks in the text makes them two, not a double click.
  app.clicked.time = -Infinity;
  const mouse = event.detail > 0;
  const command = element.getAttribute("data-do") ?? "";
  if (mouse && element.closest("dialog") === null) app.reader.focus();
  if (element.closest(".bar-at") === null || command !== "event") app.run("hideBar");
  app.run(command, argument(element));
}

/** @param {App} app @param {Event} event @param {string} name */
function changed(app, event, name) {
  const element = target(event, `[${name}]`);
  if (element === null) return;
  const value =
    element instanceof HTMLInputElement && element.type === "checkbox"
      ? element.checked
      : /** @type {HTMLInputElement} */ (element).value;
  app.run("hideBar");
  app.run(element.getAttribute(name) ?? "", argument(element), value);
}

/** @param {App} app @param {SubmitEvent} event */
function submitted(app, event) {
  const form = target(event, "form[data-submit]");
  if (!(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  app.run(form.getAttribute("data-submit") ?? "", argument(form), new FormData(form));
}
