/** The rules of docs/record.md on what a browser can break, written again from that page. */

const ID = /^[A-Za-z][\w.:-]*$/u;
const LISTED = ["mentions", "entities", "relations", "events", "event_clusters", "templates"];

/** Every rule that a record breaks, as a line each. */
export function broken(rec) {
  const ids = new Map();
  const faults = [];
  for (const list of LISTED) {
    for (const { id } of rec.all(list)) {
      if (!ID.test(id) || ids.has(id)) faults.push(`${id}: no id, or used twice`);
      ids.set(id, list);
    }
  }
  for (const check of [spans, chains, frames, groups, others]) faults.push(...check(rec, ids));
  return faults;
}

function* spans(rec) {
  const triggers = [...rec.all("events"), ...rec.all("relations")].flatMap((one) =>
    one.triggers.map((span) => [one.id, span]),
  );
  for (const [id, span] of [...rec.all("mentions").map((one) => [one.id, one]), ...triggers]) {
    const pieces = span.fragments.length ? span.fragments : [[span.start, span.end]];
    const bounds = pieces.flat();
    if (span.fragments.length === 1) yield `${id}: one fragment`;
    if (bounds[0] !== span.start || bounds.at(-1) !== span.end) yield `${id}: bounds`;
    if (bounds.some((value, place) => place && bounds[place - 1] >= value))
      yield `${id}: pieces touch`;
    if (span.start < 0 || span.end > rec.text.length) yield `${id}: outside the text`;
    if (span.text !== pieces.map(([a, b]) => rec.text.slice(a, b)).join(" ")) yield `${id}: text`;
    if (
      span.head.length &&
      !(span.start <= span.head[0] && span.head[0] < span.head[1] && span.head[1] <= span.end)
    )
      yield `${id}: head`;
  }
}

function* chains(rec, ids) {
  const seen = new Set();
  for (const { id, name, mentions } of rec.all("entities")) {
    if (!mentions.length && !name) yield `${id}: empty`;
    for (const one of mentions) {
      if (ids.get(one) !== "mentions") yield `${id}: ${one} is no mention`;
      if (seen.has(one)) yield `${one}: in an entity twice`;
      seen.add(one);
    }
  }
}

function* frames(rec, ids) {
  for (const list of ["events", "relations", "templates"]) {
    for (const { id, args } of rec.all(list)) {
      for (const { role, ref, value } of args) {
        if ((ref === null) === (value === null)) yield `${id}: ${role} has both or none`;
        if (ref !== null && !["mentions", "entities", "events"].includes(ids.get(ref)))
          yield `${id}: ${role} is ${ref}`;
        if (ref === id) yield `${id}: is its own ${role}`;
      }
    }
  }
}

function* groups(rec, ids) {
  const seen = new Set();
  for (const list of ["event_clusters", "templates"]) {
    for (const { id, events } of rec.all(list)) {
      if (new Set(events).size < events.length) yield `${id}: an event twice`;
      if (events.some((one) => ids.get(one) !== "events")) yield `${id}: no event`;
      if (list === "event_clusters" && events.some((one) => seen.has(one)))
        yield `${id}: in two clusters`;
      if (list === "event_clusters") events.forEach((one) => seen.add(one));
    }
  }
}

function* others(rec, ids) {
  for (const { target, value } of rec.all("labels")) {
    if (target !== null && !ids.has(target)) yield `label ${value}: ${target} is gone`;
  }
  for (const { id, target } of rec.all("comments")) {
    if (target !== null && !ids.has(target)) yield `${id}: ${target} is gone`;
  }
  for (const { id, value } of rec.all("mentions")) {
    const kind = value && ids.get(value.anchor);
    if (
      value &&
      value.anchor !== null &&
      value.anchor !== "DCT" &&
      kind !== "mentions" &&
      kind !== "events"
    )
      yield `${id}: anchor`;
  }
  for (const { id, item } of rec.all("decisions")) {
    const label = rec
      .all("labels")
      .some((one) => `${one.scheme}|${one.value}|${one.target ?? ""}` === item);
    if (item !== null && !ids.has(item) && !label) yield `${id}: ${item} is gone`;
  }
}
