// Guidelines in Markdown as DOM nodes: headings, lists, tables, quotes, code, emphasis. No HTML is
// ever parsed, and a link is text with its address after it, since nothing leads out of the app.

import { h } from "./element.js";

const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/u;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/u;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/u;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/u;
const FENCE = /^\s*```/u;
// The order says what wins: code hides everything inside it.
const INLINE =
  /(`+)(.+?)\1|\*\*(.+?)\*\*|__(.+?)__|\*([^\s*][^*]*)\*|\b_([^_]+)_\b|!?\[([^\]]*)\]\(([^)\s]*)\)/u;

/** @typedef {{lines: string[], at: number}} Reader */

/**
 * Return the nodes of a Markdown text.
 * @param {string} source
 * @param {number} [level] of its first headings on the page, 1-6
 * @returns {HTMLElement[]}
 */
export function markdown(source, level = 3) {
  const reader = { lines: source.replaceAll("\r\n", "\n").split("\n"), at: 0 };
  const blocks = [];
  while (reader.at < reader.lines.length) {
    const block = nextBlock(reader, level);
    if (block !== null) blocks.push(block);
  }
  return blocks;
}

/** @param {Reader} reader @param {number} level @returns {HTMLElement | null} */
function nextBlock(reader, level) {
  const line = reader.lines[reader.at] ?? "";
  if (line.trim() === "") return skip(reader);
  if (FENCE.test(line)) return fence(reader);
  const found = HEADING.exec(line);
  if (found !== null) return heading(reader, found, level);
  if (RULE.test(line)) return skip(reader, h("hr"));
  if (line.startsWith(">")) return quote(reader, level);
  if (TABLE_RULE.test(reader.lines[reader.at + 1] ?? "") && line.includes("|"))
    return table(reader);
  if (ITEM.test(line)) return list(reader);
  return paragraph(reader);
}

/** @param {Reader} reader @param {HTMLElement | null} [block] */
function skip(reader, block = null) {
  reader.at += 1;
  return block;
}

/** @param {Reader} reader @param {RegExpExecArray} found @param {number} level */
function heading(reader, found, level) {
  const depth = Math.min(6, (found[1] ?? "").length + level - 1);
  const title = found[2] ?? "";
  return skip(reader, h(`h${depth}`, { id: `guide-${slug(title)}` }, ...inline(title)));
}

/** @param {string} title */
function slug(title) {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/gu, "");
}

/** @param {Reader} reader */
function fence(reader) {
  const kept = [];
  for (reader.at += 1; reader.at < reader.lines.length; reader.at += 1) {
    const line = reader.lines[reader.at] ?? "";
    if (FENCE.test(line)) break;
    kept.push(line);
  }
  reader.at += 1;
  return h("pre", {}, h("code", {}, kept.join("\n")));
}

/** @param {Reader} reader @param {number} level */
function quote(reader, level) {
  const kept = take(reader, (line) => line.startsWith(">"));
  return h(
    "blockquote",
    {},
    ...markdown(kept.map((line) => line.replace(/^>\s?/u, "")).join("\n"), level),
  );
}

/**
 * Return lines as long as they are wanted.
 * @param {Reader} reader
 * @param {(line: string) => boolean} wanted
 */
function take(reader, wanted) {
  const kept = [];
  while (reader.at < reader.lines.length && wanted(reader.lines[reader.at] ?? "")) {
    kept.push(reader.lines[reader.at] ?? "");
    reader.at += 1;
  }
  return kept;
}

/** @param {Reader} reader */
function table(reader) {
  const [head, , ...rows] = take(reader, (line) => line.includes("|"));
  const cell = (/** @type {string} */ tag) => (/** @type {string} */ text) =>
    h(tag, {}, ...inline(text));
  const header = h("thead", {}, h("tr", {}, ...cells(head ?? "").map(cell("th"))));
  const body = rows.map((row) => h("tr", {}, ...cells(row).map(cell("td"))));
  return h(
    "div",
    { class: "wide", tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", {}, header, h("tbody", {}, ...body)),
  );
}

/** @param {string} row */
function cells(row) {
  const inside = row.trim().replace(/^\|/u, "").replace(/\|$/u, "");
  // A bar in code or after a backslash ends no cell.
  const parts = inside.match(/(?:`[^`]*`|\\\||[^|])+|(?<=\|)(?=\|)|^(?=\|)/gu) ?? [];
  return parts.map((part) => part.replaceAll("\\|", "|").trim());
}

/** @param {Reader} reader */
function list(reader) {
  const lines = take(reader, (line) => ITEM.test(line) || /^\s+\S/u.test(line));
  return nested(lines);
}

/** @param {string[]} lines of one list @returns {HTMLElement} */
function nested(lines) {
  const first = ITEM.exec(lines[0] ?? "");
  const indent = (first?.[1] ?? "").length;
  const element = h(/\d/u.test(first?.[2] ?? "") ? "ol" : "ul");
  for (const group of grouped(lines, indent)) element.append(item(group));
  return element;
}

/** @param {string[]} lines @param {number} indent @returns {string[][]} the lines of each item */
function grouped(lines, indent) {
  /** @type {string[][]} */
  const groups = [];
  for (const line of lines) {
    const found = ITEM.exec(line);
    if (found !== null && (found[1] ?? "").length <= indent) groups.push([line]);
    else groups.at(-1)?.push(line);
  }
  return groups;
}

/** @param {string[]} lines of one item */
function item(lines) {
  const first = ITEM.exec(lines[0] ?? "")?.[3] ?? "";
  const at = lines.findIndex((line, index) => index > 0 && ITEM.test(line));
  const own = at < 0 ? lines.slice(1) : lines.slice(1, at);
  const text = [first, ...own.map((line) => line.trim())].join(" ");
  return h("li", {}, ...inline(text), at < 0 ? null : nested(lines.slice(at)));
}

/** @param {Reader} reader */
function paragraph(reader) {
  const start = reader.at;
  const kept = take(reader, (line) => {
    const block =
      HEADING.test(line) || FENCE.test(line) || ITEM.test(line) || line.startsWith(">");
    return line.trim() !== "" && (reader.at === start || !block);
  });
  return h("p", {}, ...inline(kept.map((line) => line.trim()).join(" ")));
}

/**
 * Return text with its emphasis, code and links.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function inline(text) {
  const found = INLINE.exec(text);
  if (found === null) return text === "" ? [] : [text];
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  return [...(before === "" ? [] : [before]), marked(found), ...inline(after)];
}

/** @param {RegExpExecArray} found */
function marked(found) {
  const [, , code, strong, strongToo, emphasis, emphasisToo, words, address] = found;
  if (code !== undefined) return h("code", {}, code.trim());
  if (strong !== undefined || strongToo !== undefined)
    return h("strong", {}, ...inline(strong ?? strongToo ?? ""));
  if (words !== undefined)
    return h("span", { class: "link", title: address ?? null }, ...inline(words));
  return h("em", {}, ...inline(emphasis ?? emphasisToo ?? ""));
}
