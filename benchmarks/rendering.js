// Measures a renderer in this page; called by rendering.py.

import { Text, paragraphs } from "/web/core/offsets.js";
import { mount } from "/web/text/renderer.js";

const FRAMES = 120;
const STEP = 120;

const element = document.getElementById("text");
const frame = document.getElementById("scroll");

/** Resolves when what was done is on the screen: a task behind the next frame. */
const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  });

const quiet = () => new Promise((resolve) => setTimeout(resolve, 150));

/** Each renderer: `open` draws all, `add` one more, `settled` tells when all is drawn. */
const RENDERERS = {
  glose: () => {
    let pane;
    return {
      open({ text, tokens, spans }) {
        const counted = new Text(text);
        pane = mount(element, counted, paragraphs(counted), { tokens });
        pane.setSpans(spans);
      },
      add: (span) => pane.patch([span]),
      settled: async () => {
        while (pane.waiting > 0) await new Promise((done) => setTimeout(done, 5));
      },
    };
  },
  rebuild: () => {
    let text;
    let spans;
    const draw = () => {
      element.innerHTML = rebuilt(text, spans);
    };
    return {
      open(data) {
        ({ text } = data);
        spans = [...data.spans];
        draw();
      },
      add(span) {
        spans.push(span);
        draw();
      },
      settled: async () => {},
    };
  },
  recogito: () => {
    let annotator;
    const shaped = (text, { id, start, end }) => ({
      id,
      bodies: [],
      target: { annotation: id, selector: [{ start, end, quote: text.slice(start, end) }] },
    });
    let text;
    return {
      async open(data) {
        ({ text } = data);
        element.textContent = text;
        element.style.whiteSpace = "pre-wrap";
        const { createTextAnnotator } = await import("@recogito/text-annotator");
        annotator = createTextAnnotator(element, {});
        annotator.setAnnotations(data.spans.map((span) => shaped(text, span)));
        // It draws when it sees fit.
        while (element.querySelector(".r6o-annotation") === null) await painted();
      },
      // It draws 10 ms later and a frame after that.
      add(span) {
        annotator.addAnnotation(shaped(text, span));
        return new Promise((done) => setTimeout(done, 10));
      },
      settled: async () => {},
    };
  },
};

/** The text with all spans as HTML, cut where they begin and end. */
function rebuilt(text, spans) {
  const borders = [
    ...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])]),
  ].sort((a, b) => a - b);
  const opening = Map.groupBy(spans, (span) => span.start);
  let open = [];
  let html = "<p style='white-space: pre-wrap'>";
  for (let at = 0; at + 1 < borders.length; at += 1) {
    const [start, end] = [borders[at], borders[at + 1]];
    open = [...open.filter((span) => span.end > start), ...(opening.get(start) ?? [])];
    const string = text
      .slice(start, end)
      .replaceAll("\n\n", "</p><p style='white-space: pre-wrap'>");
    const ids = open.map((span) => span.id).join(" ");
    const shades = open
      .map((span, depth) => `inset 0 ${-2 - 3 * depth}px ${span.colour}`)
      .join(", ");
    html += open.length
      ? `<span data-ids="${ids}" style="box-shadow: ${shades}">${string}</span>`
      : string;
  }
  return `${html}</p>`;
}

/** The renderer of this page and what it draws. */
let renderer;
let words;

/** Draw all; milliseconds to the first frame, and until nothing is left to draw. */
globalThis.opened = async (name, data) => {
  renderer = RENDERERS[name]();
  words = data.tokens;
  if (name === "recogito") await load();
  await painted();
  const began = performance.now();
  await renderer.open(data);
  const paint = (await painted()) - began;
  await renderer.settled();
  return { paint, settled: performance.now() - began };
};

/** Scroll; milliseconds from frame to frame. */
globalThis.scrolled = async () => {
  const times = [];
  let last = await painted();
  for (let at = 0; at < FRAMES; at += 1) {
    frame.scrollTop += STEP;
    const now = await painted();
    times.push(now - last);
    last = now;
  }
  return times;
};

/** Go where the reader is for the addition of a number: another place each time. */
globalThis.approached = async (number) => {
  frame.scrollTop = (((number * 7919) % 97) / 97) * (frame.scrollHeight - frame.clientHeight);
  await painted();
  await quiet();
};

/** Mark a word in the middle of the window; milliseconds to the frame that shows it. */
globalThis.added = async (number) => {
  const [start, end] = seen(words);
  const span = { id: `n${number}`, start, end, fragments: [], label: "ORG", title: "" };
  const began = performance.now();
  await renderer.add({ ...span, colour: "#1d4ed8", kind: "mention" });
  return (await painted()) - began;
};

/** Return a word in the middle of the window. */
function seen(tokens) {
  const { offsetNode, offset } = document.caretPositionFromPoint(500, 400);
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(offsetNode, offset);
  const at = range.toString().length;
  return tokens.find(([, end]) => end > at) ?? tokens[0];
}

/** Tell the browser where packages are, and load the peer, before any clock runs. */
async function load() {
  const imports = await (await fetch("/node_modules/imports.json")).json();
  const map = document.createElement("script");
  map.type = "importmap";
  map.textContent = JSON.stringify({ imports });
  document.head.append(map);
  // Written for a bundler, which puts something in the place of this name.
  globalThis.process = { env: {} };
  await import("@recogito/text-annotator");
}
