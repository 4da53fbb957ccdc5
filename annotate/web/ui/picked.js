// What is picked: a mention with its type, level, value, chain and link, all to be put right in place.

import { attributesOf } from "../core/schema.js";
import { attributeLine } from "./cards.js";
import { borders } from "./borders.js";
import { button, h } from "./element.js";
import { nameOf, wordsOf } from "./naming.js";

/** @import { Mention } from "../core/types.js" */
/** @import { Desk } from "./desk.js" */

/** @param {Desk} desk @returns {HTMLElement | null} */
export function pickedCard(desk) {
  const mention = desk.at.picked === null ? null : desk.rec.get("mentions", desk.at.picked);
  if (mention === null) return null;
  return h(
    "article",
    {
      class: "picked-card",
      "data-hue": `mentions ${mention.type}`,
      "data-key": `picked-${mention.id}`,
      "aria-label": `Mention ${mention.text}`,
    },
    h(
      "div",
      { class: "line" },
      h("span", { class: "quote" }, mention.text),
      typeChoice(desk, mention),
      button(
        "letGo",
        null,
        { class: "bare", "aria-label": "Let go of the mention", title: "Let go (Esc)" },
        "Close",
      ),
    ),
    borders(desk, mention.id),
    h("dl", {}, ...details(desk, mention)),
    ...attributesOf(desk.schema, "mentions").map((name) =>
      attributeLine(
        desk,
        "mentions",
        mention,
        name,
        /** @type {any} */ (desk.schema.attributes[name]),
      ),
    ),
    foot(desk, mention),
  );
}

/** @param {Desk} desk @param {Mention} mention */
function typeChoice(desk, mention) {
  const types = Object.keys(desk.schema.mentions);
  return h(
    "select",
    {
      "aria-label": "Type",
      "data-change": "retypeTo",
      "data-arg": JSON.stringify(mention.id),
      disabled: !desk.editable,
    },
    ...types.map((type) => h("option", { value: type, selected: type === mention.type }, type)),
  );
}

/** @param {Desk} desk @param {Mention} mention */
function details(desk, mention) {
  const about = desk.schema.mentions[mention.type];
  return [
    ...level(desk, mention, about?.levels ?? []),
    ...((about?.values.length ?? 0) > 0 || mention.value !== null ? valueLine(desk, mention) : []),
    ...((about?.entity ?? true) ? chainLine(desk, mention) : []),
    ...((about?.entity ?? true) ? linkLine(desk, mention) : []),
    ...usedLine(desk, mention),
  ];
}

/** @param {Desk} desk @param {Mention} mention @param {string[]} levels */
function level(desk, mention, levels) {
  if (levels.length === 0) return [];
  const choices = levels.map((each) =>
    button(
      "setAttribute",
      { id: mention.id, name: "level", value: each },
      { role: "radio", "aria-checked": String(each === mention.level), disabled: !desk.editable },
      each,
    ),
  );
  return [
    h("dt", {}, "level"),
    h(
      "dd",
      {},
      h("span", { class: "choice", role: "radiogroup", "aria-label": "Level" }, ...choices),
    ),
  ];
}

/** @param {Desk} desk @param {Mention} mention */
function valueLine(desk, mention) {
  const offered = desk.values.id === mention.id ? desk.values.list : [];
  const arg = JSON.stringify(mention.id);
  return [
    h("dt", {}, "value"),
    h(
      "dd",
      {},
      h(
        "div",
        { class: "value-line" },
        h("input", {
          type: "text",
          "aria-label": "Value",
          id: "value-input",
          spellcheck: "false",
          "data-key": mention.id,
          value: mention.value?.norm ?? "",
          "data-change": "valueText",
          "data-arg": arg,
          "aria-invalid": desk.values.fault === "" ? null : "true",
          "aria-describedby": "value-fault",
          disabled: !desk.editable,
        }),
        ...modifiers(desk, mention),
      ),
      h("p", { class: "fault small", id: "value-fault", role: "alert" }, desk.values.fault),
      h("div", { class: "chips" }, ...offered.map((value, at) => offer(mention, value, at))),
    ),
  ];
}

/**
 * @param {Mention} mention
 * @param {{norm: string, mod: string | null, unit: string | null, why?: string}} value
 * @param {number} at
 */
function offer(mention, value, at) {
  const same = mention.value?.norm === value.norm && mention.value.mod === value.mod;
  if (same) return null;
  const key = at === 0 && mention.value === null ? h("kbd", {}, "Enter") : null;
  const more = [value.mod, value.unit]
    .filter((part) => part !== null && part !== undefined)
    .join(" ");
  return button(
    "value",
    { id: mention.id, value },
    { class: "plain small", title: "Take this value" },
    key,
    " take ",
    value.norm,
    more === "" ? "" : ` ${more}`,
  );
}

/** @param {Desk} desk @param {Mention} mention */
function modifiers(desk, mention) {
  if (mention.value === null) return [];
  return ["mod", "unit"].flatMap((name) => {
    const about = desk.schema.attributes[name];
    return about?.on.includes("values")
      ? [modifier(desk, mention, name, Object.keys(about.values ?? {}))]
      : [];
  });
}

/** @param {Desk} desk @param {Mention} mention @param {string} name @param {string[]} values */
function modifier(desk, mention, name, values) {
  const value = /** @type {any} */ (mention.value)[name] ?? "";
  const attributes = {
    "aria-label": name,
    "data-change": "valuePart",
    disabled: !desk.editable,
    "data-arg": JSON.stringify({ id: mention.id, part: name }),
  };
  if (values.length === 0)
    return h("input", { type: "text", ...attributes, value, placeholder: name, size: 6 });
  return h(
    "select",
    attributes,
    h("option", { value: "" }, name),
    ...values.map((each) => h("option", { value: each, selected: each === value }, each)),
  );
}

/** @param {Desk} desk @param {Mention} mention */
function chainLine(desk, mention) {
  const entity = desk.rec.entityOf(mention.id);
  return [
    h("dt", {}, "chain"),
    h(
      "dd",
      {},
      entity === null
        ? button(
            "chooseChain",
            null,
            { class: "bare small", disabled: !desk.editable },
            "link to a chain ",
            h("kbd", {}, "="),
          )
        : h(
            "span",
            {},
            button("openChain", entity.id, {}, nameOf(desk.rec, entity)),
            h("span", { class: "soft" }, `${entity.mentions.length}`),
            button(
              "unchain",
              mention.id,
              { class: "bare small", disabled: !desk.editable },
              "take out ",
              h("kbd", {}, "-"),
            ),
          ),
    ),
  ];
}

/** @param {Desk} desk @param {Mention} mention */
function linkLine(desk, mention) {
  if (!desk.project.links && mention.links.length === 0) return [];
  return [
    h("dt", {}, "link"),
    h(
      "dd",
      {},
      ...linkChips(desk, mention),
      desk.project.links
        ? button(
            "chooseLink",
            mention.id,
            { class: "bare small", disabled: !desk.editable },
            "search",
          )
        : null,
    ),
  ];
}

/** @param {Desk} desk @param {{id: string, links: {kb: string, id: string}[]}} item */
export function linkChips(desk, item) {
  return item.links.map((link) =>
    h(
      "span",
      { class: "chip" },
      h("span", { class: "value" }, ` ${link.kb}:${link.id}`),
      desk.editable
        ? button(
            "dropLink",
            { id: item.id, kb: link.kb, link: link.id },
            { class: "out", "aria-label": `Take away the link ${link.kb}:${link.id}` },
            "×",
          )
        : null,
    ),
  );
}

/** What it fills, as buttons that open the cards. @param {Desk} desk @param {Mention} mention */
function usedLine(desk, mention) {
  const uses = desk.rec.referrers(mention.id).flatMap(([list, id]) => {
    const frame =
      list === "events" || list === "relations" || list === "templates"
        ? desk.rec.get(list, id)
        : null;
    return frame === null
      ? []
      : frame.args
          .filter((arg) => arg.ref === mention.id)
          .map((arg) => ({ list, frame, role: arg.role }));
  });
  if (uses.length === 0) return [];
  return [
    h("dt", {}, "fills"),
    h(
      "dd",
      { class: "chips" },
      ...uses.map(({ list, frame, role }) =>
        button(
          "openCard",
          frame.id,
          { class: "small", "data-hue": `${list} ${frame.type}` },
          role,
          " of ",
          h("span", { class: "type" }, frame.type),
          " ",
          wordsOf(desk.rec, list, frame),
        ),
      ),
    ),
  ];
}

/** @param {Desk} desk @param {Mention} mention */
function foot(desk, mention) {
  if (!desk.editable) return null;
  return h(
    "footer",
    {},
    button("same", null, { title: "Mark all identical words (*)" }, "Same again"),
    button("addPiece", null, { title: "Add the selected words as a piece (+)" }, "Add piece"),
    button("comment", null, {}, "Comment"),
    button("flag", null, {}, "Flag"),
    button("showHistory", mention.id, {}, "History"),
    button("removeItem", mention.id, { class: "push" }, "Delete"),
  );
}
