/** People who edit at random, and a server that checks what they send. */

import { inverse } from "../../../../annotate/web/core/changes.js";
import { same } from "../../../../annotate/web/core/fields.js";
import { references } from "../../../../annotate/web/core/references.js";
import { without } from "../../../../annotate/web/core/pointing.js";
import { Rec } from "../../../../annotate/web/core/record.js";
import { Ledger } from "../../../../annotate/web/sync/ledger.js";
import { TEXT, change, choice, entity, event, fills, mention, trigger } from "./made.js";

const COVERING = { length: TEXT.length, slice: (a, b) => TEXT.slice(a, b), toPoint: (unit) => unit };
const LISTS = ["mentions", "entities", "events"];

/** The journal of one record, and the record that follows from it. */
export class Server {
  entries = [];

  constructor(items = {}) {
    this.first = items;
    this.rec = new Rec(items, COVERING);
  }

  get snapshot() {
    return { items: this.rec.items(), revision: this.entries.length };
  }

  submit(operation, user) {
    const { base, changes } = operation;
    if (this.entries.some(({ id }) => id === operation.id)) return { kind: "again" };
    const fits = changes.every(({ list, id, before }) => same(this.rec.get(list, id), before));
    if (base !== this.entries.length || !fits) {
      return { kind: "conflict", entries: this.entries.slice(base) };
    }
    this.rec.apply(changes);
    const what = fault(this.rec);
    if (what) {
      this.rec.apply(inverse(changes));
      return { kind: "refused", what };
    }
    this.entries.push({ ...operation, revision: base + 1, user, at: "" });
    return { kind: "accepted", revision: base + 1 };
  }
}

/** Why a record does not hold together; "" if it does. */
function fault(rec) {
  const taken = new Set();
  for (const list of LISTS) {
    for (const item of rec.all(list)) {
      const lost = references(list, item).find((id) => rec.home(id) === null);
      if (lost) return `${item.id} refers to ${lost}, which is not there`;
      const twice = list === "entities" && item.mentions.find((id) => taken.has(id));
      if (twice) return `${twice} is in two entities`;
      if (list === "entities") item.mentions.forEach((id) => taken.add(id));
    }
  }
  return "";
}

/** Somebody with a copy of the record, and edits that the server does not have. */
export class Person {
  lost = []; // ids of operations that need not, or shall not, arrive
  count = 0;

  constructor(name, server, random) {
    this.name = name;
    this.server = server;
    this.random = random;
    const { entries } = server;
    this.ledger = new Ledger(server.snapshot, COVERING, entries, { user: name, rows: [] });
    this.made = [];
  }

  newId = (prefix) => `${prefix}${this.name}${(this.count += 1)}`;

  do(verb, changes, fields = {}) {
    if (changes.length === 0) return;
    const id = `${this.name}-${this.made.length}`;
    const operation = { id, base: this.ledger.revision, verb, of: null, note: null, changes, ...fields };
    this.made.push(operation);
    this.ledger.add({ record: "r", tab: this.name, operation });
  }

  /** One edit as the app would make it. */
  edit() {
    const [verb, make] = choice(this.random, Object.entries(EDITS));
    this.do(verb, make(this.ledger.rec, this.random, this.newId));
  }

  /** Send the next operation, if any can be sent; what the server refuses is thrown. */
  send() {
    const row = this.ledger.waiting.ready[0];
    if (!row) return false;
    row.operation = { ...row.operation, base: this.ledger.revision };
    const answer = this.server.submit(row.operation, this.name);
    if (answer.kind === "refused") throw new Error(`${row.operation.verb}: ${answer.what}`);
    if (answer.kind === "accepted") this.ledger.accept(row.operation, { user: this.name, at: "" });
    else this.#learn(answer.entries ?? this.server.entries.slice(this.ledger.revision));
    return true;
  }

  catchUp() {
    this.#learn(this.server.entries.slice(this.ledger.revision));
  }

  #learn(entries) {
    const arrived = new Set(entries.map(({ id }) => id));
    const effect = this.ledger.reconcile(entries);
    for (const { operation: { id } } of effect?.remove ?? []) if (!arrived.has(id)) this.lost.push(id);
  }

  /** Choose in every conflict. */
  choose(pick) {
    for (let [conflict] = this.ledger.waiting.conflicts; conflict; [conflict] = this.ledger.waiting.conflicts) {
      const what = pick(conflict);
      const effect = what === "theirs"
        ? this.ledger.withdraw(conflict.operation)
        : this.ledger.insist(conflict, what, { newId: this.newId, segments: new Set() });
      const removed = effect.remove.map(({ operation: { id } }) => id);
      this.lost.push(...removed.filter((id) => !this.ledger.waiting.find(id)));
    }
  }
}

const any = (rec, random, list) => choice(random, rec.all(list));

const EDITS = {
  mark(_, random, newId) {
    const start = Math.floor(random() * 60);
    const span = { start, end: start + 3, text: TEXT.slice(start, start + 3) };
    return [change("mentions", null, mention(newId("m"), span))];
  },
  trigger(_, random, newId) {
    const start = Math.floor(random() * 60);
    return [change("events", null, event(newId("v"), { triggers: [trigger(start, start + 4)] }))];
  },
  retype(rec, random) {
    const found = any(rec, random, "mentions");
    const type = choice(random, ["PER", "ORG", "GPE"]);
    return found && found.type !== type ? [change("mentions", found, { ...found, type })] : [];
  },
  fill(rec, random) {
    const [frame, filler] = [any(rec, random, "events"), any(rec, random, "mentions")];
    const isThere = !frame || !filler || frame.args.some(({ ref }) => ref === filler.id);
    const argument = filler && fills(choice(random, ["Actor", "Location"]), filler.id);
    return isThere ? [] : [change("events", frame, { ...frame, args: [...frame.args, argument] })];
  },
  empty(rec, random) {
    const found = any(rec, random, "events");
    if (!found || found.args.length === 0) return [];
    return [change("events", found, { ...found, args: found.args.slice(1) })];
  },
  attribute(rec, random) {
    const found = any(rec, random, "events");
    const polarity = choice(random, ["Positive", "Negative"]);
    return found && found.polarity !== polarity ? [change("events", found, { ...found, polarity })] : [];
  },
  chain(rec, random, newId) {
    const found = any(rec, random, "mentions");
    if (!found || rec.entityOf(found.id)) return [];
    const into = any(rec, random, "entities");
    if (!into) return [change("entities", null, entity(newId("e"), [found.id]))];
    return [change("entities", into, { ...into, mentions: [...into.mentions, found.id] })];
  },
  delete(rec, random) {
    const found = any(rec, random, "mentions");
    if (!found) return [];
    const others = rec.referrers(found.id).map(([list, id]) => {
      const item = rec.get(list, id);
      return { list, id, before: item, after: without(list, item, found.id) };
    });
    return [...others, change("mentions", found, null)];
  },
};
