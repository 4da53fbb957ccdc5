// The bar of "same again", below the text: what was found, here and in other documents.

import { draw, button, h } from "./element.js";
import { many } from "./documents.js";
import { quoted, shortened } from "./naming.js";

/** @import { Desk } from "./desk.js" */

/** @param {HTMLElement} element @param {Desk} desk */
export function drawAgain(element, desk) {
  const { again } = desk;
  element.hidden = again === null;
  if (again === null) {
    draw(element);
    return;
  }
  const chosen =
    again.spans.filter(({ on }) => on).length +
    (again.documents ?? []).filter(({ on }) => on).reduce((sum, one) => sum + one.spans.length, 0);
  draw(
    element,
    h(
      "span",
      {},
      "Same again: ",
      h("span", { class: "quote" }, quoted(again.mention.text)),
      " as ",
      h(
        "span",
        { class: "type", "data-hue": `mentions ${again.mention.type}` },
        again.mention.type,
      ),
    ),
    h(
      "span",
      { class: "soft" },
      again.spans.length === 0 ? "nowhere else here" : many(again.spans.length, "place"),
    ),
    h(
      "label",
      {},
      h("input", { type: "checkbox", checked: again.chain, "data-change": "sameChain" }),
      " link here to one chain",
    ),
    again.documents === null
      ? button("sameProject", null, { class: "plain small" }, "Look in all documents")
      : null,
    h("span", { class: "push" }),
    button(
      "sameAll",
      null,
      { class: "main", disabled: chosen === 0 },
      `Mark ${chosen} `,
      h("kbd", {}, "Enter"),
    ),
    button("cancel", null, { class: "plain" }, "Cancel ", h("kbd", {}, "Esc")),
    list(desk),
  );
}

/** @param {Desk} desk */
function list(desk) {
  const { again } = desk;
  if (again === null) return null;
  const { text } = desk.rec;
  return h(
    "ul",
    { "aria-label": "Places" },
    ...again.spans.map(({ range: [start, end], on }, at) =>
      h(
        "li",
        { "data-key": start, "aria-current": at === again.at ? "true" : null },
        h(
          "label",
          {},
          h("input", {
            type: "checkbox",
            checked: on,
            "data-change": "sameToggle",
            "data-arg": String(at),
          }),
          h(
            "span",
            {},
            `…${text.slice(Math.max(0, start - 30), start)}`,
            h("mark", {}, text.slice(start, end)),
            `${text.slice(end, Math.min(text.length, end + 30))}…`,
          ),
        ),
      ),
    ),
    ...(again.documents ?? []).map(({ id, title, spans, on }) =>
      h(
        "li",
        { "data-key": id },
        h(
          "label",
          {},
          h("input", {
            type: "checkbox",
            checked: on,
            "data-change": "sameDocument",
            "data-arg": JSON.stringify(id),
          }),
          h("span", {}, `${shortened(title || id, 70)}: ${many(spans.length, "place")}`),
        ),
      ),
    ),
    again.documents !== null && again.documents.length === 0
      ? h("li", { class: "soft" }, "In no other document.")
      : null,
  );
}
