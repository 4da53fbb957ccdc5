"""How quick the whole app is with 500 KB of text and 5,000 and 20,000 mentions in one document.

    python benchmarks/application.py
    python benchmarks/application.py -n 5000

A real server on a project of its own, and Chromium (as `chromium` on the PATH, or in CHROMIUM). A
word is chosen with the arrows and marked with its letter, over and over. Milliseconds:

- open: from the request of the page to the text with its first spans
- key p50, p95: until the app has done what the key says, and the browser may draw
- shown p50, p95: from the key to the frame after it, in which all panels are drawn as well
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page
from rendering import browser, found, generated, share

GLOSE = Path(sys.executable).with_name("glose")
CHARACTERS = 500_000
MARKED = 40

#: Presses the letter o at the text; milliseconds until that is done, and until it is on screen.
MARK = """() => {
  const text = document.querySelector("[data-pane=text]");
  const key = { key: "o", code: "KeyO", bubbles: true, cancelable: true };
  const began = performance.now();
  text.dispatchEvent(new KeyboardEvent("keydown", key));
  const done = performance.now() - began;
  return new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve([done, performance.now() - began]);
    port2.postMessage(null);
  }));
}"""

#: Tells when every span is drawn and nothing goes on.
SETTLED = "() => new Promise((done) => requestIdleCallback(done, { timeout: 500 }))"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--mentions", type=int, nargs="+", default=[5000, 20000])
    numbers = parser.parse_args().mentions
    chromium = found()
    if chromium is None:
        print(
            "application: left out, no Chromium was found (CHROMIUM says where)", file=sys.stderr
        )
        return
    print("mentions        open     key p50     key p95   shown p50   shown p95")
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder, served(Path(folder), number) as address:
            figures = measured(chromium, address)
            print(f"{number:8}", *(f"{one:11.1f}" for one in figures), flush=True)


@contextmanager
def served(folder: Path, number: int) -> Iterator[str]:
    """Serve a project of one document with so many mentions; yield the address."""
    records = folder / "documents.jsonl"
    records.write_text(json.dumps(record(number)) + "\n", encoding="utf-8")
    project = folder / "project.db"
    subprocess.run(
        [GLOSE, "annotate", "import", project, records, "--schema", "plover", "--layer", "ana"],
        check=True, capture_output=True,
    )  # fmt: skip
    command = [GLOSE, "annotate", "serve", folder, "--schema", "plover", "--store", project]
    server = subprocess.Popen(
        [*command, "--user", "ana", "--no-open", "--port", "0"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stderr is not None
    said = []
    try:
        for line in server.stderr:
            said.append(line)
            if line.startswith("open "):
                yield line.removeprefix("open ").strip()
                return
        raise SystemExit("the server ended: " + "".join(said))
    finally:
        server.kill()
        server.wait()
        server.stderr.close()


def record(number: int) -> dict[str, object]:
    """Return one document with so many mentions, some of which overlap."""
    data = generated(CHARACTERS, number)
    text = data["text"]
    spans = {(span["start"], span["end"]) for span in data["spans"]}
    mentions = [
        {"id": f"m{at}", "type": "PER", "start": start, "end": end, "text": text[start:end]}
        for at, (start, end) in enumerate(sorted(spans))
    ]
    status = {"state": "in-progress", "annotated": ["mentions", "events"], "guideline": None}
    return {"id": "long", "text": text, "mentions": mentions, "status": status}


def measured(chromium: str, address: str) -> list[float]:
    """Return the milliseconds of the columns."""
    with browser(chromium) as opened:
        page = opened.new_page(viewport={"width": 1440, "height": 900})
        began = time.perf_counter()
        page.goto(address)
        page.wait_for_selector("[data-pane=text] .label", state="attached")
        first = 1000 * (time.perf_counter() - began)
        pairs = list(marked(page))
    keys, frames = ([pair[k] for pair in pairs] for k in (0, 1))
    return [first, share(keys, 0.5), share(keys, 0.95), share(frames, 0.5), share(frames, 0.95)]


def marked(page: Page) -> Iterator[list[float]]:
    """Mark words one after the other; the first, for which much is counted once, is left out."""
    page.locator("[data-pane=text]").focus()
    for number in range(MARKED + 1):
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        page.evaluate(SETTLED)
        time.sleep(0.15)
        pair: list[float] = page.evaluate(MARK)
        if number:
            yield pair


if __name__ == "__main__":
    main()
