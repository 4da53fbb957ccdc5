// Labels of the document, where the schema has any.

import { button, h } from "./element.js";

/** @import { LabelType } from "../core/types.js" */
/** @import { Desk } from "./desk.js" */

/** @param {Desk} desk @returns {HTMLElement[]} */
export function labelsPanel(desk) {
  return Object.entries(desk.schema.labels).map(([scheme, about]) => section(desk, scheme, about));
}

/** @param {Desk} desk @param {string} scheme @param {LabelType} about */
function section(desk, scheme, about) {
  const have = desk.rec
    .all("labels")
    .filter((label) => label.scheme === scheme && label.target === null);
  const values = new Map(Object.entries(about.values ?? {}));
  for (const label of have) if (!values.has(label.value)) values.set(label.value, "");
  return h(
    "section",
    { class: "section", "data-key": scheme },
    h("header", {}, h("h2", {}, scheme), h("span", { class: "soft small" }, about.description)),
    h(
      "div",
      { class: "chips", role: "group", "aria-label": scheme },
      ...[...values].map(([value, said]) =>
        button(
          "label",
          { scheme, value },
          {
            class: "plain",
            title: said,
            "aria-pressed": String(have.some((label) => label.value === value)),
          },
          value,
        ),
      ),
    ),
    Object.keys(about.values ?? {}).length > 0 ? null : free(scheme),
  );
}

/** A scheme without values takes any. @param {string} scheme */
function free(scheme) {
  return h(
    "form",
    { class: "line form", "data-submit": "newLabel", "data-arg": JSON.stringify(scheme) },
    h("input", {
      type: "text",
      name: "value",
      "aria-label": `New label of ${scheme}`,
      "data-leave": true,
    }),
    h("button", { type: "submit", class: "plain" }, "Add"),
  );
}
