
// Shows one document at a time, gold and predicted side by side. Texts are only ever set as text.
(() => {
  const data = document.getElementById("leaves");
  if (!data) return;
  const { systems, documents } = JSON.parse(data.textContent);
  // Offsets are code points: texts are cut where those are.
  const points = new Map();
  const pick = Object.fromEntries(
    [...document.querySelectorAll("[data-pick]")].map((select) => [select.dataset.pick, select]),
  );
  const here = document.getElementById("here");
  const back = document.getElementById("back");
  const next = document.getElementById("next");
  const sides = [2, 3].map((at) => ({
    at, place: document.getElementById(at === 2 ? "text-gold" : "text-predicted"),
  }));
  document.getElementById("side-gold").textContent = "gold";

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

  const items = (leaf) => leaf.systems[pick.system.value].filter(([layer]) => layer === pick.layer.value);

  const wanted = ([, kind, , , names]) =>
    (!pick.kind.value || kind === pick.kind.value || (pick.kind.value === "wrong" && kind !== "correct")) &&
    (!pick.type.value || names.includes(pick.type.value));

  const tag = (item, name, elsewhere) => {
    const [, kind, gold, predicted] = item;
    const off = kind !== "correct";
    return make("span", `${name}${off ? `: ${kind}` : ""}${elsewhere ? ` (${elsewhere})` : ""}`, off ? "tag off" : "tag");
  };

  // The text in runs between the ends of items, each with the items that cover it.
  const write = (place, at, leaf, shown) => {
    const text = points.get(leaf);
    const starts = new Map();
    const ends = new Map();
    const put = (map, key, item) => map.set(key, [...(map.get(key) ?? []), item]);
    const without = [];
    for (const item of shown) {
      const side = item[at];
      if (!side) continue;
      if (!side[1].length) without.push(item);
      side[1].forEach(([start, end], number) => {
        put(starts, start, [item, number === 0]);
        put(ends, end, item);
      });
    }
    const cuts = [...new Set([0, ...starts.keys(), ...ends.keys(), text.length])].sort((a, b) => a - b);
    const open = new Set();
    const parts = [];
    cuts.forEach((cut, number) => {
      for (const item of ends.get(cut) ?? []) open.delete(item);
      for (const [item, first] of starts.get(cut) ?? []) {
        open.add(item);
        if (first) parts.push(tag(item, item[at][0]));
      }
      const run = text.slice(cut, cuts[number + 1]).join("");
      if (!run || number + 1 === cuts.length) return;
      const kinds = [...open].map((item) => item[1]);
      const off = kinds.some((kind) => kind !== "correct");
      const alone = kinds.some((kind) => kind === "missed" || kind === "spurious");
      parts.push(open.size ? make("span", run, `item${off ? " off" : ""}${alone ? " alone" : ""}`) : run);
    });
    for (const item of without) parts.push("\n", tag(item, item[at][0], item[at][2]));
    place.lang = leaf.language ?? "";
    place.dir = "auto";
    place.replaceChildren(...parts);
  };

  const show = () => {
    const leaf = documents[pick.document.value];
    back.disabled = pick.document.selectedIndex < 1;
    next.disabled = pick.document.selectedIndex + 1 >= pick.document.options.length;
    if (!leaf) {
      for (const { place } of sides) place.replaceChildren();
      here.textContent = "no document has such items";
      return;
    }
    if (!points.has(leaf)) points.set(leaf, Array.from(leaf.text));
    const shown = items(leaf).filter(wanted);
    const wrong = shown.filter(([, kind]) => kind !== "correct").length;
    document.getElementById("side-predicted").textContent = systems[pick.system.value];
    here.textContent = `${leaf.id}: ${shown.length - wrong} right, ${wrong} wrong`;
    for (const { at, place } of sides) write(place, at, leaf, shown);
  };

  // What there is to choose from depends on what was chosen before it.
  const choose = () => {
    const all = documents.flatMap((leaf) => items(leaf));
    const some = (number) => [...new Set(all.flatMap((item) => item[number]))].sort();
    fill(pick.kind, [["", "all"], ["wrong", "all mistakes"], ...some(1).map((kind) => [kind, kind])]);
    fill(pick.type, [["", "all"], ...some(4).map((type) => [type, type])]);
    const found = documents.map((leaf, number) => [leaf, number, items(leaf).filter(wanted)]);
    const filtered = pick.kind.value || pick.type.value;
    fill(pick.document, found.filter(([, , fit]) => fit.length || !filtered)
      .map(([leaf, number, fit]) => [String(number), `${leaf.id} (${fit.filter(([, kind]) => kind !== "correct").length} wrong)`]));
    show();
  };

  const step = (by) => {
    pick.document.selectedIndex += by;
    show();
  };

  fill(pick.system, systems.map((name, number) => [String(number), name]));
  fill(pick.layer, [...new Set(documents.flatMap((leaf) => leaf.systems.flat().map(([layer]) => layer)))]
    .map((layer) => [layer, layer]));
  for (const name of ["system", "layer", "kind", "type"]) pick[name].addEventListener("change", choose);
  pick.document.addEventListener("change", show);
  back.addEventListener("click", () => step(-1));
  next.addEventListener("click", () => step(1));
  addEventListener("leaf", ({ detail }) => {
    pick.system.selectedIndex = systems.indexOf(detail.system);
    pick.layer.value = detail.layer;
    pick.kind.value = pick.type.value = "";
    choose();
    pick.document.value = String(documents.findIndex((leaf) => leaf.id === detail.document));
    show();
  });
  choose();
})();
