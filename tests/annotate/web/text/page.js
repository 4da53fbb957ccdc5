// A page of its own for the text pane: `show` mounts it anew, `events` says what it has told.

import { Text, paragraphs } from "/web/core/offsets.js";
import { mount } from "/web/text/renderer.js";

const COLOURS = {
  PER: "#c2410c",
  ORG: "#1d4ed8",
  GPE: "#15803d",
  DATE: "#a16207",
  ASSAULT: "#b91c1c",
  pale: "#fde047",
};
const TYPES = ["pick", "range", "caret", "hover"];

let told = [];

/** Mount a text; words are its tokens unless others are given. */
globalThis.show = (string, spans = [], options = {}) => {
  globalThis.pane?.unmount();
  const text = new Text(string);
  const tokens = options.tokens ?? words(text);
  globalThis.pane = mount(document.getElementById("text"), text, paragraphs(text), {
    ...options,
    tokens,
  });
  told = [];
  for (const type of TYPES)
    pane.addEventListener(type, ({ detail }) => told.push({ type, ...detail }));
  pane.setSpans(spans.map(full));
  pane.idle.finish();
};

/** A span with all that it needs. */
globalThis.full = (span) => ({
  fragments: [],
  kind: "mention",
  colour: COLOURS[span.label] ?? "#555555",
  title: `mention, ${span.label}`,
  ...span,
});

/** What has been told since the last call, with the words it is about. */
globalThis.events = () => {
  const found = told.map((event) =>
    "start" in event ? { ...event, words: pane.text.slice(event.start, event.end) } : event,
  );
  told = [];
  return found;
};

/** The boxes of words in the window: of their first and of their last character. */
globalThis.ends = (start, end) => {
  const { text } = pane;
  const [first] = pane.coords(start, text.nextGrapheme(start));
  const last = pane.coords(text.previousGrapheme(end), end).at(-1);
  return [first, last].map(({ x, y, width, height }) => ({
    x: x + width / 2,
    y: y + height / 2,
    width,
    height,
  }));
};

/** Collect the blocks in which anything changes until `changed` is called. */
globalThis.watch = () => {
  const seen = new Set();
  let nodes = 0;
  const note = (records) => {
    for (const { target, addedNodes } of records) {
      const block = (target instanceof Element ? target : target.parentElement)?.closest(".block");
      if (block) seen.add([...document.querySelectorAll(".block")].indexOf(block));
      if (block) nodes += addedNodes.length;
    }
  };
  const observer = new MutationObserver(note);
  observer.observe(document.getElementById("text"), {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  globalThis.changed = () => {
    note(observer.takeRecords());
    observer.disconnect();
    return { blocks: [...seen], nodes };
  };
};

function words(text) {
  const found = text.string.matchAll(
    /[\p{L}\p{M}\p{N}]+(?:['’](?=\p{L}))?|[^\s\p{L}\p{M}\p{N}]/gu,
  );
  return [...found].map(({ index, 0: word }) => [
    text.toPoint(index),
    text.toPoint(index + word.length),
  ]);
}
