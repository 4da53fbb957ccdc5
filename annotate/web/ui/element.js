// Elements made from values, and a drawing that changes only what differs, so that focus, scroll
// and the selection survive. Text is always a text node: markup in data stays text.

/** @typedef {Node | string | number | null | undefined | false} Child */
/** Keys that are said in words: "then a type letter", "1 to 9". */
const SAID = /^then | letter| to |^arrows|click$/iu;

/** @typedef {string | number | boolean | null | undefined} Attribute */

/**
 * Return a new element; false, null and undefined attributes and children are left out.
 * @param {string} tag
 * @param {Record<string, Attribute>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...nodes(children));
  return element;
}

/**
 * Return a button that runs a command with an argument.
 * @param {string} command
 * @param {unknown} argument any JSON value
 * @param {Record<string, Attribute>} attributes
 * @param {...(Child | Child[])} children
 */
export function button(command, argument, attributes, ...children) {
  const arg = argument === null || argument === undefined ? null : JSON.stringify(argument);
  return h(
    "button",
    { type: "button", "data-do": command, "data-arg": arg, ...attributes },
    ...children,
  );
}

/** @param {(Child | Child[])[]} children @returns {(Node | string)[]} */
function nodes(children) {
  const kept = children
    .flat()
    .filter((child) => child !== null && child !== undefined && child !== false);
  return kept.map((child) => (child instanceof Node ? child : String(child)));
}

/**
 * Make the children of `parent` like those given, touching only what differs.
 * @param {Element} parent
 * @param {...(Child | Child[])} children
 */
export function draw(parent, ...children) {
  const fragment = document.createDocumentFragment();
  fragment.append(...nodes(children));
  reconcile(parent, fragment);
}

/** @param {Element} parent @param {ParentNode & Node} wanted */
function reconcile(parent, wanted) {
  const keyed = byKey(parent);
  let place = parent.firstChild;
  for (const child of [...wanted.childNodes]) {
    const same = counterpart(place, child, keyed);
    if (same === null) {
      parent.insertBefore(child, place);
      continue;
    }
    if (same !== place) parent.insertBefore(same, place);
    patch(same, child);
    place = same.nextSibling;
  }
  while (place !== null) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

/** @param {Element} parent @returns {Map<string, Element>} */
function byKey(parent) {
  const keyed = new Map();
  for (const child of parent.children) {
    const key = child.getAttribute("data-key");
    if (key !== null) keyed.set(key, child);
  }
  return keyed;
}

/**
 * Return the old node that becomes `wanted`, or null where a new one is needed.
 * @param {ChildNode | null} place
 * @param {ChildNode} wanted
 * @param {Map<string, Element>} keyed
 * @returns {ChildNode | null}
 */
function counterpart(place, wanted, keyed) {
  const key = wanted instanceof Element ? wanted.getAttribute("data-key") : null;
  if (key !== null) {
    const old = keyed.get(key) ?? null;
    return old !== null && old.nodeName === wanted.nodeName ? old : null;
  }
  if (place === null || place.nodeName !== wanted.nodeName) return null;
  return place instanceof Element && place.hasAttribute("data-key") ? null : place;
}

/** @param {ChildNode} old @param {ChildNode} wanted */
function patch(old, wanted) {
  if (!(old instanceof Element) || !(wanted instanceof Element)) {
    if (old.nodeValue !== wanted.nodeValue) old.nodeValue = wanted.nodeValue;
    return;
  }
  if (wanted.hasAttribute("data-keep")) return;
  patchAttributes(old, wanted);
  // What is filled by others (an editor, the text) says so and is left alone.
  if (!old.hasAttribute("data-own")) reconcile(old, wanted);
  patchValue(old, wanted);
}

/** @param {Element} old @param {Element} wanted */
function patchAttributes(old, wanted) {
  for (const { name } of [...old.attributes]) {
    // What a person has folded out stays so.
    if (!wanted.hasAttribute(name) && !(name === "open" && old.tagName === "DETAILS"))
      old.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

/**
 * What a person is typing is never replaced under the fingers.
 * @param {Element} old
 * @param {Element} wanted
 */
function patchValue(old, wanted) {
  if (old === document.activeElement && !old.hasAttribute("data-force")) return;
  if (old instanceof HTMLInputElement && wanted instanceof HTMLInputElement) {
    old.value = wanted.value;
    old.checked = wanted.checked;
  } else if (old instanceof HTMLSelectElement && wanted instanceof HTMLSelectElement) {
    old.value = wanted.value;
  } else if (old instanceof HTMLTextAreaElement && wanted instanceof HTMLTextAreaElement) {
    old.value = wanted.value;
  }
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no element #${id}`);
  return element;
}

/**
 * Return a key as it is printed: each part in a `kbd`.
 * @param {string} keys as "Ctrl+K" or "e k"
 */
export function kbd(keys) {
  const parts = keys.split(", ").flatMap((part) => (SAID.test(part) ? [part] : part.split(" ")));
  return h(
    "span",
    { class: "keys" },
    ...parts.map((part) => (SAID.test(part) ? part : h("kbd", {}, part))),
  );
}
