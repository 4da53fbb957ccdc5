// Event cards: the truth about an event. A card shows its roles with their letters and fillers, what
// else would fit, its attributes, and what is missing.

import { VALUE, attributeOf, attributesOf, rolesOf } from "../core/schema.js";
import { borders } from "./borders.js";
import { button, h } from "./element.js";
import { breakable, named, quoted, shortened, summary, valueWords, wordsOf } from "./naming.js";

/** @import { Argument, AttributeType, Frame, FrameList, Role } from "../core/types.js" */
/** @import { Desk } from "./desk.js" */

/** @typedef {{list: FrameList, frame: Frame}} Subject */

/**
 * Return the card of a frame: a line, or everything if it is the active one.
 * @param {Desk} desk
 * @param {FrameList} list
 * @param {Frame} frame
 * @param {number} number
 */
export function card(desk, list, frame, number) {
  const active = desk.at.frame === frame.id;
  const subject = { list, frame };
  return h(
    "article",
    {
      class: `card${active ? " active" : ""}`,
      "data-hue": `${list} ${frame.type}`,
      "data-key": frame.id,
      "aria-label": `${frame.type} ${wordsOf(desk.rec, list, frame)}`,
    },
    line(desk, subject, number, active),
    ...(active ? body(desk, subject) : []),
  );
}

/** @param {Desk} desk @param {Subject} subject @param {number} number @param {boolean} active */
function line(desk, { list, frame }, number, active) {
  const words = wordsOf(desk.rec, list, frame);
  const summarised = active
    ? null
    : h("span", { class: "args" }, summary(desk.rec, frame) || "no arguments yet");
  return h(
    "div",
    { class: "line" },
    h("span", { class: "number" }, String(number)),
    button(
      "openCard",
      frame.id,
      { class: "summary", "aria-expanded": String(active) },
      h("span", { class: "type" }, frame.type),
      " ",
      words === frame.type ? null : h("span", { class: "quote" }, shortened(words, 40)),
      summarised,
    ),
    active ? h("span", { class: "push" }) : null,
    active ? typeChoice(desk, list, frame) : null,
    active
      ? button(
          "closeCard",
          null,
          { class: "bare", "aria-label": "Close the card", title: "Close the card (Esc)" },
          "Close",
        )
      : null,
  );
}

/** @param {Desk} desk @param {FrameList} list @param {Frame} frame */
function typeChoice(desk, list, frame) {
  const types = Object.keys(desk.schema[list]);
  return h(
    "select",
    {
      "aria-label": "Type",
      "data-change": "retypeTo",
      "data-arg": JSON.stringify(frame.id),
      disabled: !desk.editable,
    },
    ...types.map((type) => h("option", { value: type, selected: type === frame.type }, type)),
  );
}

/** @param {Desk} desk @param {Subject} subject */
function body(desk, subject) {
  const roles = rolesOf(desk.schema, subject.list, subject.frame.type);
  return [
    borders(desk, subject.frame.id),
    h("div", { class: "slots" }, ...roles.map(([name, role]) => slot(desk, subject, name, role))),
    attributes(desk, subject),
    checks(subject.frame, roles),
    foot(desk, subject),
  ].filter((each) => each !== null);
}

/** @param {Desk} desk @param {Subject} subject @param {string} name @param {Role} role */
function slot(desk, { frame }, name, role) {
  const fillers = frame.args.filter((arg) => arg.role === name);
  const armed = desk.at.armed?.role === name;
  const missing = fillers.length < role.min;
  const state = `${armed ? " armed" : ""}${fillers.length > 0 ? " filled" : ""}${missing ? " missing" : ""}`;
  return h(
    "div",
    { class: `slot${state}`, "data-key": name, role: "group", "aria-label": name },
    h("kbd", {}, desk.letters.role(desk.frameList ?? "events", frame.type, name) || "\u00a0"),
    button(
      "arm",
      name,
      { class: "role", "aria-pressed": String(armed), title: roleTitle(name, role) },
      ...breakable(name),
      role.min > 0
        ? h("b", { title: "required" }, " *", h("span", { class: "unseen" }, "required"))
        : null,
    ),
    h(
      "div",
      { class: "fillers" },
      ...fillers.map((arg) => filler(desk, frame, arg)),
      ...offers(desk, name),
      strings(desk, frame, name, role, fillers),
    ),
  );
}

/** @param {string} name @param {Role} role */
function roleTitle(name, role) {
  const most = role.max === null ? "" : `, ${role.max} at most`;
  return `${name}: ${role.description} (${role.fillers.join(", ")}${most})`;
}

/** @param {Desk} desk @param {Frame} frame @param {Argument} arg */
function filler(desk, frame, arg) {
  const found = arg.ref === null ? null : named(desk.rec, arg.ref);
  const words = found?.words ?? arg.value ?? "";
  const argument = { frame: frame.id, role: arg.role, ref: arg.ref, value: arg.value };
  const replaced = desk.at.armed?.replaces;
  const picked =
    desk.at.armed?.role === arg.role && replaced?.ref === arg.ref && replaced?.value === arg.value;
  const hue = found === null ? null : `${found.list} ${found.type}`;
  return h(
    "span",
    {
      class: `chip${picked ? " picked" : ""}`,
      "data-key": `${arg.ref ?? ""}=${arg.value ?? ""}`,
      "data-hue": hue,
    },
    button(
      "replace",
      argument,
      {
        class: "words",
        "aria-pressed": String(picked),
        title: `${found?.type ?? "string"} ${words}: choose what takes its place`,
      },
      shortened(words, 40),
    ),
    found?.value ? h("span", { class: "value" }, valueWords(found.value)) : null,
    found?.list === "events"
      ? button(
          "openCard",
          arg.ref,
          { class: "bare small", "aria-label": `Open the event ${words}` },
          "open",
        )
      : null,
    desk.editable
      ? button(
          "takeOut",
          argument,
          { class: "out", "aria-label": `Take ${words} out of ${arg.role}` },
          "×",
        )
      : null,
  );
}

/** @param {Desk} desk @param {string} role */
function offers(desk, role) {
  if (!desk.editable) return [];
  return desk.offers
    .filter((offer) => offer.role === role)
    .map((offer) =>
      button(
        "candidate",
        offer.digit,
        {
          class: "offer",
          "data-key": `offer-${offer.digit}`,
          title: `Fill ${role} with ${offer.words}`,
          "aria-label": `Fill ${role} with ${offer.words} (${offer.digit})`,
        },
        h("kbd", {}, String(offer.digit)),
        shortened(offer.words, 24),
      ),
    );
}

/**
 * Roles that take strings: a choice, or a line to type in.
 * @param {Desk} desk
 * @param {Frame} frame
 * @param {string} name
 * @param {Role} role
 * @param {Argument[]} fillers
 */
function strings(desk, frame, name, role, fillers) {
  const full = role.max !== null && role.max > 1 && fillers.length >= role.max;
  if (!desk.editable || full || !role.fillers.includes(VALUE)) return null;
  const arg = JSON.stringify({ frame: frame.id, role: name });
  if (role.values.length > 0) {
    return h(
      "select",
      {
        "aria-label": `${name}: choose`,
        "data-change": "fillString",
        "data-arg": arg,
        "data-force": true,
      },
      h("option", { value: "" }, "choose"),
      ...role.values.map((value) => h("option", { value }, value)),
    );
  }
  return h("input", {
    type: "text",
    "aria-label": `${name}: type`,
    placeholder: "type it",
    "data-change": "fillString",
    "data-arg": arg,
  });
}

/** @param {Desk} desk @param {Subject} subject */
function attributes(desk, { list, frame }) {
  const names = attributesOf(desk.schema, list);
  if (names.length === 0) return null;
  return h(
    "div",
    { class: "attributes" },
    ...names.map((name) =>
      attributeLine(
        desk,
        list,
        frame,
        name,
        /** @type {AttributeType} */ (desk.schema.attributes[name]),
      ),
    ),
  );
}

/**
 * Return one attribute as a line of choices, or a line to type in.
 * @param {Desk} desk
 * @param {string} list
 * @param {any} item
 * @param {string} name
 * @param {AttributeType} about
 */
export function attributeLine(desk, list, item, name, about) {
  const value = attributeOf(/** @type {FrameList} */ (list), item, name);
  const values = Object.entries(about.values ?? {});
  const set = (/** @type {string} */ to) => ({
    id: item.id,
    name,
    value: to === value ? null : to,
  });
  const choice = values.map(([each, said]) =>
    button(
      "setAttribute",
      set(each),
      {
        role: "radio",
        "aria-checked": String(each === value),
        title: said,
        disabled: !desk.editable,
      },
      each,
    ),
  );
  return h(
    "div",
    { class: "slot", "data-key": `attribute-${name}` },
    h("kbd", {}, desk.letters.attribute(list, item.type, name) || "\u00a0"),
    h("span", { class: "role", title: about.description }, ...breakable(name)),
    values.length > 0
      ? h("span", { class: "choice", role: "radiogroup", "aria-label": name }, ...choice)
      : h("input", {
          type: "text",
          "aria-label": name,
          value: value ?? "",
          "data-change": "attributeText",
          "data-arg": JSON.stringify({ id: item.id, name }),
          disabled: !desk.editable,
        }),
  );
}

/** @param {Frame} frame @param {[string, Role][]} roles */
function checks(frame, roles) {
  const short = roles.filter(
    ([name, role]) => frame.args.filter((arg) => arg.role === name).length < role.min,
  );
  return short.length === 0
    ? null
    : h("p", { class: "checks" }, `Still required: ${short.map(([name]) => name).join(", ")}`);
}

/** @param {Desk} desk @param {Subject} subject */
function foot(desk, { list, frame }) {
  if (!desk.editable) return null;
  const event = list === "events";
  return h(
    "footer",
    {},
    event
      ? button("duplicate", null, { title: "The same event once more (Shift+E)" }, "Duplicate")
      : null,
    event
      ? button(
          "secondEvent",
          frame.id,
          { title: "Another event on the same trigger" },
          "Second event here",
        )
      : null,
    list === "templates"
      ? null
      : button(
          "addPiece",
          null,
          { title: "Add the selected words to the trigger (+)" },
          "Add to trigger",
        ),
    event
      ? button(
          "chooseCluster",
          frame.id,
          { title: "Put it with events that are the same happening" },
          clusterWords(desk, frame),
        )
      : null,
    button("comment", null, {}, "Comment"),
    button("showHistory", frame.id, {}, "History"),
    button("removeItem", frame.id, { class: "push" }, "Delete"),
  );
}

/** @param {Desk} desk @param {Frame} frame */
function clusterWords(desk, frame) {
  const cluster = desk.rec.clusterOf(frame.id);
  return cluster === null ? "Same happening as…" : `Cluster of ${cluster.events.length}`;
}

/** Return the sentence that says what is armed. @param {Desk} desk @returns {string | null} */
export function armedWords(desk) {
  const armed = desk.at.armed;
  if (armed === null) return null;
  const replaced = armed.replaces;
  if (replaced === null) return `${armed.role}: choose words or a mention to fill it`;
  const words =
    replaced.ref === null ? (replaced.value ?? "") : (named(desk.rec, replaced.ref)?.words ?? "");
  return `${armed.role}: choose what takes the place of ${quoted(words)}`;
}
