
// Shows one document at a time, gold beside one system or all. Texts are only ever set as text.
(() => {
  const data = document.getElementById("leaves");
  if (!data) return;
  const { systems, words, documents } = JSON.parse(data.textContent);
  const CORRECT = "correct";
  const pick = Object.fromEntries(
    [...document.querySelectorAll("[data-pick]")].map((select) => [select.dataset.pick, select]),
  );
  const by = (id) => document.getElementById(id);
  const [here, back, next, sides, wrong, at] = ["here", "back", "next", "sides", "wrong", "at"].map(by);
  // What is marked as one cluster, relation or event, by its name; and where each row stands, on
  // both sides, in the order of the text.
  let lit = [];
  let standing = new Map();
  let marked = null;

  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (name) element.className = name;
    return element;
  };

  const fill = (select, values) => {
    const kept = select.value;
    select.replaceChildren(...values.map(([value, text]) => new Option(text, value)));
    if (values.some(([value]) => value === kept)) select.value = kept;
  };

  // Offsets are code points: a text is cut where those are. Items are spelt out once.
  const opened = new Map();
  const open = (leaf) => {
    if (!opened.has(leaf)) {
      const items = leaf.items.map(([name, type, offsets, group, text, roles]) => ({
        name: words[name], type: words[type], group: words[group] ?? "", text: words[text] ?? "",
        pieces: Array.from({ length: offsets.length / 2 }, (_, n) => offsets.slice(2 * n, 2 * n + 2)),
        roles: (roles ?? []).map((role) => words[role]),
      }));
      const rows = leaf.systems.map((system) => system.rows.map(([facet, kind, gold, predicted]) => ({
        facet: words[facet], kind: words[kind], gold: items[gold], predicted: items[predicted],
      })));
      opened.set(leaf, { rows, points: Array.from(leaf.text) });
    }
    return opened.get(leaf);
  };

  const chosen = () => (pick.system.value === "" ? systems.map((_, n) => n) : [Number(pick.system.value)]);
  const rows = (leaf, system) => open(leaf).rows[system].filter(({ facet }) => facet === pick.layer.value);
  const types = ({ gold, predicted }) => [gold?.type, predicted?.type].filter((type) => type !== undefined);
  const wanted = (row) =>
    (!pick.kind.value || row.kind === pick.kind.value || (pick.kind.value === "wrong" && row.kind !== CORRECT)) &&
    (!pick.type.value || types(row).includes(pick.type.value));
  const off = (kinds) => kinds.some(([, kind]) => kind !== CORRECT);

  // What stands on one side: each item with its kinds, and the systems that have it so.
  const column = (leaf, some, side) => {
    const found = new Map();
    for (const system of some) {
      for (const row of rows(leaf, system).filter(wanted)) {
        if (row[side]) found.set(row[side], [...(found.get(row[side]) ?? []), [system, row.kind, row]]);
      }
    }
    return found;
  };

  // "missed", or of several systems "missed by rules, crf".
  const told = (kinds, several) => {
    const bad = new Map();
    for (const [system, kind] of kinds) {
      if (kind !== CORRECT) bad.set(kind, new Set([...(bad.get(kind) ?? []), systems[system]]));
    }
    return [...bad].map(([kind, who]) => (several ? `${kind} (${[...who].join(", ")})` : kind)).join("; ");
  };

  const tag = (text, kinds, several) => {
    const said = told(kinds, several);
    const element = make("span", said ? `${text}: ${said}` : text, said ? "tag off" : "tag");
    stands(element, kinds);
    element.classList.toggle("long", element.textContent.length > 36);
    return element;
  };

  const stands = (element, kinds) => {
    for (const [, , row] of kinds) standing.get(row)?.push(element);
  };

  const remember = (element, names) => lit.push([element, names]);

  // The text in runs between the ends of items, each with the items that cover it.
  const written = (leaf, found, several) => {
    const { points } = open(leaf);
    const starts = new Map();
    const ends = new Map();
    const put = (map, key, item) => map.set(key, [...(map.get(key) ?? []), item]);
    for (const item of found.keys()) {
      item.pieces.forEach(([start, end], number) => {
        put(starts, start, [item, number]);
        put(ends, end, [item, number]);
      });
    }
    const cuts = [...new Set([0, ...starts.keys(), ...ends.keys(), points.length])].sort((a, b) => a - b);
    const live = new Map();
    const parts = [];
    cuts.forEach((cut, place) => {
      for (const [item, number] of ends.get(cut) ?? []) live.get(item)?.delete(number);
      for (const [item, number] of starts.get(cut) ?? []) {
        live.set(item, (live.get(item) ?? new Set()).add(number));
        if (number === 0 || item.roles.length) {
          const text = item.roles.length ? `${item.name} ${item.roles[number]}` : item.name;
          parts.push(tag(text, found.get(item), several));
          remember(parts.at(-1), [item.group]);
        }
      }
      const run = points.slice(cut, cuts[place + 1]).join("");
      if (!run || place + 1 === cuts.length) return;
      const over = [...live].filter(([, numbers]) => numbers.size).map(([item]) => item);
      if (!over.length) return parts.push(run);
      const kinds = over.flatMap((item) => found.get(item));
      const alone = kinds.some(([, kind]) => kind === "missed" || kind === "spurious");
      parts.push(make("span", run, `item${off(kinds) ? " off" : ""}${alone ? " alone" : ""}`));
      remember(parts.at(-1), over.map((item) => item.group));
    });
    const text = make("div", undefined, "text");
    text.lang = leaf.language ?? "";
    text.dir = "auto";
    text.append(...parts);
    return text;
  };

  // Clusters, events and relations as a list; its heads mark what belongs to them in the texts.
  const listed = (leaf, found, several) => {
    const { points } = open(leaf);
    const groups = new Map();
    for (const [item, kinds] of found) {
      if (item.group) groups.set(item.group, [...(groups.get(item.group) ?? []), [item, kinds]]);
    }
    const list = make("ul", undefined, "groups");
    for (const [group, members] of groups) {
      const entry = make("li");
      const head = make("button", group, "group");
      head.type = "button";
      head.setAttribute("aria-pressed", "false");
      head.addEventListener("click", () => light(group));
      remember(head, [group]);
      entry.append(head);
      members.forEach(([item, kinds], number) => {
        const words = item.text || item.pieces.map(([start, end]) => points.slice(start, end).join("")).join(" ");
        const said = told(kinds, several);
        const role = ["argument", "template"].includes(pick.layer.value) ? `${item.name.split(": ").at(-1)}: ` : "";
        if (number) entry.append(" · ");
        const member = make("span", `${role}${words}${said ? ` — ${said}` : ""}`, said ? "member off" : "member");
        // What has no place in the text stands here only.
        if (!item.pieces.length) stands(member, kinds);
        entry.append(member);
      });
      list.append(entry);
    }
    return groups.size ? [list] : [];
  };

  const light = (group) => {
    const number = group.split(" ")[0];
    // A cluster has the same number on both sides, whatever its first mention there is.
    const same = (name) => name === group || (/^#/.test(number) && name.split(" ")[0] === number);
    const on = !lit.some(([element, names]) => element.classList.contains("lit") && names.some(same));
    for (const [element, names] of lit) {
      element.classList.toggle("lit", on && names.some(same));
      if (element.tagName === "BUTTON") element.setAttribute("aria-pressed", String(element.classList.contains("lit")));
    }
  };

  const section = (leaf, head, found, several, there) => {
    const element = make("section");
    element.append(make("h3", head));
    if (!there) element.append(make("p", `${head} has no such annotations here`, "soft"));
    element.append(written(leaf, found, several), ...listed(leaf, found, several));
    return element;
  };

  const count = (leaf, system) => {
    const shown = rows(leaf, system).filter(wanted);
    const bad = shown.filter(({ kind }) => kind !== CORRECT).length;
    return `${shown.length - bad} right, ${bad} wrong`;
  };

  const start = ({ gold, predicted }) =>
    Math.min(...[gold, predicted].map((item) => item?.pieces[0]?.[0] ?? Infinity));
  const mistakes = () => [...standing.keys()].filter(({ kind }) => kind !== CORRECT);

  const show = () => {
    const leaf = documents[pick.document.value];
    back.disabled = pick.document.selectedIndex < 1;
    next.disabled = pick.document.selectedIndex + 1 >= pick.document.options.length;
    lit = [];
    standing = new Map();
    marked = null;
    at.textContent = "";
    if (!leaf) {
      sides.replaceChildren();
      here.textContent = "no document has such items";
      wrong.disabled = true;
      return;
    }
    const some = chosen();
    const shown = some.flatMap((system) => rows(leaf, system).filter(wanted));
    const order = (one, other) => (start(one) === start(other) ? 0 : start(one) - start(other));
    standing = new Map(shown.sort(order).map((row) => [row, []]));
    const there = (system) => leaf.systems[system].facets.some((facet) => words[facet] === pick.layer.value);
    const counts = some.map((system) => (some.length > 1 ? `${systems[system]} ` : "") + count(leaf, system));
    here.textContent = `${leaf.id}: ${counts.join("; ")}`;
    sides.replaceChildren(
      section(leaf, "gold", column(leaf, some, "gold"), some.length > 1, some.some(there)),
      ...some.map((system) => section(leaf, systems[system], column(leaf, [system], "predicted"), false, there(system))),
    );
    wrong.disabled = !mistakes().length;
  };

  // Marks a row on both sides and goes to it.
  const mark = (row) => {
    const now = standing.get(row) ?? [];
    for (const element of [...standing.values()].flat()) element.classList.toggle("now", now.includes(element));
    (now[0] ?? sides).scrollIntoView({ block: now.length ? "center" : "nearest" });
    const all = mistakes();
    const said = now[0]?.textContent ?? row.kind;
    at.textContent = row.kind === CORRECT ? said : `${all.indexOf(row) + 1} of ${all.length}: ${said}`;
    marked = row;
  };

  const bad = (leaf) => chosen().reduce((sum, system) =>
    sum + rows(leaf, system).filter((row) => wanted(row) && row.kind !== CORRECT).length, 0);

  // What there is to choose from depends on what was chosen before it.
  const choose = () => {
    const all = documents.flatMap((leaf) => chosen().flatMap((system) => rows(leaf, system)));
    const some = (values) => [...new Set(values)].sort().map((value) => [value, value]);
    fill(pick.kind, [["", "all"], ["wrong", "all mistakes"], ...some(all.map(({ kind }) => kind))]);
    fill(pick.type, [["", "all"], ...some(all.flatMap(types))]);
    const filtered = pick.kind.value || pick.type.value;
    const fits = (leaf) => !filtered || chosen().some((system) => rows(leaf, system).some(wanted));
    fill(pick.document, documents.flatMap((leaf, number) =>
      fits(leaf) ? [[String(number), `${leaf.id} (${bad(leaf)} wrong)`]] : []));
    show();
  };

  const step = (by) => {
    pick.document.selectedIndex += by;
    show();
  };

  const same = (item, offsets) => (item && offsets
    ? item.pieces.flat().join() === offsets.join() : !item && !offsets);

  // How much of what is sought a row has: both sides where they stand, or else one of them.
  const fit = (row, { kind, types: names, runs, places: [gold, predicted] }) => {
    const both = same(row.gold, gold) && same(row.predicted, predicted);
    const either = [row.gold, row.predicted].some((item) =>
      item?.pieces.length && [gold, predicted].some((offsets) => offsets && same(item, offsets)));
    if (!both && !either) return 0;
    const named = (names ?? []).filter((name) => types(row).includes(name)).length;
    const worded = runs?.[0][0] === (row.gold ?? row.predicted).text;
    return 16 * both + 1 + 8 * (row.kind === kind) + 2 * named + worded;
  };

  // Without a system all are shown; what is sought is marked, and the page goes to it.
  const lead = (sought) => {
    pick.system.value = sought.system ? String(systems.indexOf(sought.system)) : "";
    if (pick.system.selectedIndex < 0) pick.system.selectedIndex = 0;
    pick.layer.value = sought.layer;
    pick.kind.value = pick.type.value = "";
    choose();
    pick.document.value = String(documents.findIndex((leaf) => leaf.id === sought.document));
    show();
    location.hash = "documents";
    const fits = [...standing.keys()].map((row) => [fit(row, sought), row]);
    const [best, row] = fits.reduce((one, other) => (other[0] > one[0] ? other : one), [0, null]);
    if (best) mark(row);
    wrong.focus({ preventScroll: true });
  };

  const numbered = systems.map((name, number) => [String(number), name]);
  fill(pick.system, systems.length > 1 ? [...numbered, ["", "all systems"]] : numbered);
  pick.system.selectedIndex = 0;
  const facets = documents.flatMap((leaf) => leaf.systems.flatMap((system) => system.rows.map(([facet]) => facet)));
  fill(pick.layer, [...new Set(facets)].map((facet) => [words[facet], words[facet]]));
  for (const name of ["system", "layer", "kind", "type"]) pick[name].addEventListener("change", choose);
  pick.document.addEventListener("change", show);
  back.addEventListener("click", () => step(-1));
  next.addEventListener("click", () => step(1));
  // The button keeps the focus, so that it can be pressed again; the mistake is named beside it.
  wrong.addEventListener("click", () => {
    const all = mistakes();
    mark(all[(all.indexOf(marked) + 1) % all.length]);
  });
  addEventListener("leaf", ({ detail }) => lead(detail));
  for (const link of document.querySelectorAll("a[data-leaf]")) {
    const { leaf, layer, places } = link.dataset;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      lead({ system: null, layer, document: leaf, places: JSON.parse(places) });
    });
  }
  choose();
})();
