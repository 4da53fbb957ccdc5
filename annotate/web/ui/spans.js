// The spans that the text shows: mentions, triggers, suggestions, and what "same again" found.

import { named, placeOf, shortened } from "./naming.js";
import { described } from "./theme.js";

/** @import { Span } from "../core/layout.js" */
/** @import { Event, Mention, Relation, Trigger } from "../core/types.js" */
/** @import { Desk } from "./desk.js" */

const GREY = "#6b6b6b";

/** A span is made again only if its item, its role in the active frame or its chain is another. */
export class Spans {
  /** @type {Map<string, {item: object, key: string, span: Span}>} */
  #kept = new Map();

  /** @param {Desk} desk @returns {Span[]} */
  all(desk) {
    if (desk.session === null) return [];
    const roles = rolesIn(desk);
    const wanted = new Map();
    for (const mention of desk.rec.all("mentions")) {
      this.#keep(wanted, mention.id, mention, roles.get(mention.id) ?? "", () =>
        mentionSpan(desk, mention, roles),
      );
    }
    for (const list of /** @type {const} */ (["events", "relations"])) {
      for (const frame of desk.rec.all(list)) this.#triggers(wanted, desk, list, frame, roles);
    }
    for (const ghost of desk.ghosts) this.#ghost(wanted, desk, ghost);
    this.#kept = wanted;
    return [...[...wanted.values()].map(({ span }) => span), ...hits(desk), ...remarks(desk)];
  }

  /**
   * @param {Map<string, {item: object, key: string, span: Span}>} wanted
   * @param {string} id
   * @param {object} item
   * @param {string} key
   * @param {() => Span} make
   */
  #keep(wanted, id, item, key, make) {
    const known = this.#kept.get(id);
    const same = known !== undefined && known.item === item && known.key === key;
    wanted.set(id, same ? known : { item, key, span: make() });
  }

  /**
   * @param {Map<string, {item: object, key: string, span: Span}>} wanted
   * @param {Desk} desk
   * @param {"events" | "relations"} list
   * @param {Event | Relation} frame
   * @param {Map<string, string>} roles
   */
  #triggers(wanted, desk, list, frame, roles) {
    const active = desk.at.frame === frame.id;
    const key = `${roles.get(frame.id) ?? ""}${active ? " active" : ""}`;
    frame.triggers.forEach((trigger, at) => {
      const id = `${frame.id}#${at}`;
      this.#keep(wanted, id, frame, key, () => ({
        ...place(trigger),
        id,
        label: frame.type,
        colour: colourOf(desk, list, frame.type),
        kind: "trigger",
        role: roles.get(frame.id) ?? null,
        active,
        title: `${frame.type} event: ${shortened(trigger.text)}${active ? ", open" : ""}`,
      }));
    });
  }

  /**
   * @param {Map<string, {item: object, key: string, span: Span}>} wanted
   * @param {Desk} desk
   * @param {import("./ghosts.js").Ghost} ghost
   */
  #ghost(wanted, desk, ghost) {
    const key = ghost.id === desk.at.ghost ? "picked" : "";
    ghost.places.forEach((span, at) => {
      const id = `${ghost.id}#${at}`;
      this.#keep(wanted, id, ghost.item, key, () => ({
        ...place(span),
        id,
        label: ghost.type,
        colour: colourOf(desk, ghost.list, ghost.type),
        kind: "ghost",
        active: key !== "",
        title: `suggested by ${ghost.layers.join(", ")}: ${ghost.type} ${shortened(ghost.words)}`,
      }));
    });
  }
}

/** @param {Trigger | Mention} span */
function place({ start, end, fragments }) {
  return { start, end, fragments };
}

/** @param {Desk} desk @param {string} list @param {string} type */
function colourOf(desk, list, type) {
  return described(desk.schema, list, type)?.colour ?? GREY;
}

/**
 * @param {Desk} desk
 * @param {Mention} mention
 * @param {Map<string, string>} roles
 * @returns {Span}
 */
function mentionSpan(desk, mention, roles) {
  const role = roles.get(mention.id) ?? null;
  const said = role === null ? "" : `, ${role} of the open event`;
  return {
    ...place(mention),
    id: mention.id,
    label: mention.type,
    colour: colourOf(desk, "mentions", mention.type),
    kind: "mention",
    role,
    active: role !== null,
    title: `${mention.type} mention: ${shortened(mention.text)}${said}`,
  };
}

/**
 * Return the roles that mentions and events fill in the active frame.
 * @param {Desk} desk
 * @returns {Map<string, string>}
 */
function rolesIn(desk) {
  const roles = new Map();
  const list = desk.frameList;
  const frame = list === null || desk.at.frame === null ? null : desk.rec.get(list, desk.at.frame);
  for (const { role, ref } of frame?.args ?? []) {
    for (const id of ref === null ? [] : shownFor(desk, ref)) {
      roles.set(id, roles.has(id) ? `${roles.get(id)}, ${role}` : role);
    }
  }
  return roles;
}

/** An entity is shown by its mentions. @param {Desk} desk @param {string} ref */
function shownFor(desk, ref) {
  return desk.rec.get("entities", ref)?.mentions ?? [ref];
}

/**
 * Words with open comments, while those are on the screen.
 * @param {Desk} desk
 * @returns {Span[]}
 */
function remarks(desk) {
  if (desk.tab !== "comments") return [];
  return desk.rec.all("comments").flatMap((one) => {
    const place =
      one.target === null ? [one.start, one.end] : (placeOf(desk.rec, one.target) ?? [null, null]);
    const [start, end] = place;
    if (one.resolved || start === null || end === null || start === undefined || end === undefined)
      return [];
    const label = one.flag ? "flag" : "comment";
    return [
      { id: `remark:${one.id}`, start, end, label, colour: GREY, kind: "hit", title: label },
    ];
  });
}

/** @param {Desk} desk @returns {Span[]} */
function hits(desk) {
  return (desk.again?.spans ?? []).map(({ range: [start, end], on }) => ({
    id: `again:${start}`,
    start,
    end,
    label: on ? "marked with Enter" : "left out",
    colour: GREY,
    kind: "hit",
    active: on,
    title: "the same words",
  }));
}

/**
 * Return the arcs of the active event.
 * @param {Desk} desk
 * @returns {import("../text/arcs.js").Arc[]}
 */
export function arcs(desk) {
  const list = desk.frameList;
  const frame =
    (list !== "events" && list !== "relations") || desk.at.frame === null
      ? null
      : desk.rec.get(list, desk.at.frame);
  const from = frame?.triggers[0];
  if (frame === null || from === undefined || list === null) return [];
  const colour = colourOf(desk, list, frame.type);
  return frame.args.flatMap(({ role, ref }) => {
    const to = ref === null ? null : nearest(desk, ref, from.start);
    return to === null ? [] : [{ from, to, role, colour }];
  });
}

/**
 * @param {Desk} desk
 * @param {string} ref
 * @param {number} start
 * @returns {{start: number, end: number} | null}
 */
function nearest(desk, ref, start) {
  const event = desk.rec.get("events", ref);
  if (event !== null) return event.triggers[0] ?? null;
  const mentions = shownFor(desk, ref).flatMap((id) => desk.rec.get("mentions", id) ?? []);
  return mentions.sort((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start))[0] ?? null;
}

/** Return the annotation that a span belongs to. @param {string} id of a span @returns {string} */
export function owner(id) {
  const at = id.lastIndexOf("#");
  return at < 0 ? id : id.slice(0, at);
}

/** @param {Desk} desk @param {string} id */
export function spoken(desk, id) {
  return named(desk.rec, id)?.words ?? id;
}
