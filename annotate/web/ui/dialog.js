// Modal dialogs on the platform's own <dialog>: focus stays inside and goes back where it was.

import { button, h } from "./element.js";

/**
 * Show a dialog; return it. Escape and its close button close it, and focus goes back.
 * @param {{name: string, title: string, body: Node[], acts?: Node[], closed?: () => void}} content
 * @returns {HTMLDialogElement}
 */
export function showDialog({ name, title, body, acts = [], closed = () => {} }) {
  closeDialog();
  const before = document.activeElement;
  const dialog = /** @type {HTMLDialogElement} */ (
    h("dialog", { class: name, "aria-label": title })
  );
  dialog.append(...frame(name, title, body, acts));
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    closed();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** @param {string} name @param {string} title @param {Node[]} body @param {Node[]} acts */
function frame(name, title, body, acts) {
  if (name === "palette") return body;
  const close = button(
    "closeDialog",
    null,
    { class: "bare", "aria-label": "Close" },
    "Close ",
    h("kbd", {}, "Esc"),
  );
  const header = h("header", {}, h("h2", {}, title), close);
  const inside = h("div", { class: "body", tabindex: "0" }, ...body);
  return acts.length === 0 ? [header, inside] : [header, inside, h("footer", {}, ...acts)];
}

/** Return the dialog that is open, or null. @returns {HTMLDialogElement | null} */
export function openDialog() {
  // Asked at every key: a search through a page of many spans would take too long.
  const dialogs = [...document.body.children].filter((one) => one instanceof HTMLDialogElement);
  return dialogs.find((one) => one.open) ?? null;
}

/** Close the dialog that is open, if any. */
export function closeDialog() {
  openDialog()?.close();
}
