"use strict";
// Lists the mistakes that stand in the page as JSON, filtered. Texts are only ever set as text.
// Paper cannot be unfolded: everything is printed open, and folded again as it was.
(() => {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of folded) each.open = false;
  });
})();

(() => {
  const data = document.getElementById("data");
  if (!data) return;
  const STEP = 50;
  const all = JSON.parse(data.textContent);
  const list = document.getElementById("list");
  const said = document.getElementById("said");
  const more = document.getElementById("more");
  const search = document.getElementById("search");
  const selects = [...document.querySelectorAll("select[data-field]")];
  const leaves = document.getElementById("leaves");
  const there = new Map(
    leaves ? JSON.parse(leaves.textContent).documents.map(({ id, language }) => [id, language]) : [],
  );
  let found = [];
  let shown = 0;

  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (name) element.className = name;
    return element;
  };

  const values = (mistake, field) => (field === "type" ? mistake.types : [mistake[field]]);

  for (const select of selects) {
    const options = new Set(all.flatMap((mistake) => values(mistake, select.dataset.field)));
    for (const value of [...options].sort()) select.append(new Option(value, value));
  }

  const entry = (mistake) => {
    const item = make("li");
    const what = make("div", undefined, "what");
    what.append(make("b", mistake.kind), make("span", `${mistake.layer} in ${mistake.document}`));
    if (mistake.gold !== null) what.append(make("span", `gold: ${mistake.gold}`));
    if (mistake.predicted !== null) what.append(make("span", `predicted: ${mistake.predicted}`));
    what.append(make("span", mistake.system));
    if (there.has(mistake.document)) {
      const link = make("a", "in the document");
      link.href = "#documents";
      link.addEventListener("click", (event) => {
        event.preventDefault();
        dispatchEvent(new CustomEvent("leaf", { detail: mistake }));
      });
      what.append(link);
    }
    const quote = make("q");
    quote.lang = there.get(mistake.document) ?? "";
    quote.dir = "auto";
    quote.append(mistake.before);
    for (const [text, gold, predicted] of mistake.runs) {
      quote.append(make("span", text, [gold && "g", predicted && "p"].filter(Boolean).join(" ")));
    }
    quote.append(mistake.after);
    item.append(what, quote);
    return item;
  };

  const show = () => {
    list.append(...found.slice(shown, shown + STEP).map(entry));
    shown = Math.min(shown + STEP, found.length);
    said.textContent = `${shown} of ${found.length} shown`;
    more.hidden = shown === found.length;
  };

  const filter = () => {
    const wanted = selects.filter((select) => select.value);
    const text = search.value.toLocaleLowerCase();
    found = all.filter(
      (mistake) =>
        wanted.every((select) => values(mistake, select.dataset.field).includes(select.value)) &&
        (!text || (mistake.document + " " + mistake.before + mistake.runs.map((run) => run[0]).join("") +
          mistake.after).toLocaleLowerCase().includes(text)),
    );
    shown = 0;
    list.replaceChildren();
    show();
  };

  for (const select of selects) select.addEventListener("change", filter);
  search.addEventListener("input", filter);
  more.addEventListener("click", show);
  filter();
})();
