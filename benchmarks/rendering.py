"""How fast the text pane draws 500 KB with 5,000 and 20,000 spans, beside peers in the same run.

    python benchmarks/rendering.py                  # both sizes, all renderers
    python benchmarks/rendering.py -n 5000 --peers none

Needs Chromium (as `chromium` on the PATH, or in CHROMIUM). The text is made of syllables from a
seed. In a page of its own each renderer draws the text, gets 40 spans one by one where the reader
is, and is scrolled for 120 frames. Milliseconds:

- paint: from the call to the first frame that shows the text with the spans in sight
- settled: until every span is drawn, those out of sight as well
- add: from the call to the frame that shows the span, median and 95th percentile
- CPU: what the page's main thread worked for that, 95th percentile; what others do on the machine
  does not count
- scroll: from frame to frame, 95th percentile; 16.7 is fluent

Peers: a renderer that builds all anew for each span, as one writes it first; and, where npm can
get it into a folder that is thrown away, @recogito/text-annotator.
"""

from __future__ import annotations

import argparse
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from generate import SYLLABLES
from playwright.sync_api import Browser, Error, Page, sync_playwright

WEB = Path(__file__).parents[1] / "annotate" / "web"
RECOGITO = "@recogito/text-annotator@4"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COLOURS = ("#c2410c", "#1d4ed8", "#15803d", "#0f766e", "#7e22ce", "#b91c1c", "#a16207", "#4d7c0f")
LABELS = ("PER", "ORG", "GPE", "LOC", "FAC", "WEA", "DATE", "NUM")
COLUMNS = ("paint", "settled", "add p50", "add p95", "CPU p95", "scroll p95")
ADDED = 40


def main() -> None:
    options = arguments()
    chromium = found()
    if chromium is None:
        print("rendering: left out, no Chromium was found (CHROMIUM says where)", file=sys.stderr)
        return
    with (
        tempfile.TemporaryDirectory() as scratch,
        served(Path(scratch)) as address,
        browser(chromium) as opened,
    ):
        renderers = ["glose", *peers(options.peers, Path(scratch))]
        if not options.json:
            print(f"{'spans':>6}  {'renderer':12}", *(f"{name:>10}" for name in COLUMNS))
        for spans in options.spans:
            data = generated(options.characters, spans)
            for renderer in renderers:
                report(spans, renderer, measured(opened, address, renderer, data), options.json)


def found() -> str | None:
    """Return the Chromium of this machine."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def arguments() -> argparse.Namespace:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=shape)
    parser.add_argument("-n", "--spans", type=int, nargs="+", default=[5_000, 20_000])
    parser.add_argument("-c", "--characters", type=int, default=500_000)
    parser.add_argument("--peers", choices=("all", "own", "none"), default="all")
    parser.add_argument("--json", action="store_true", help="an object a line, not a table")
    return parser.parse_args()


def peers(wanted: str, scratch: Path) -> list[str]:
    """Return the peers that can be had; say on standard error which cannot."""
    if wanted == "none":
        return []
    if wanted == "own" or not installed(scratch):
        return ["rebuild"]
    return ["rebuild", "recogito"]


def installed(scratch: Path) -> bool:
    """Get recogito from npm; False, with a line that says so, if it cannot be had."""
    command = [
        "npm",
        "install",
        "--silent",
        "--no-save",
        "--ignore-scripts",
        "--prefix",
        str(scratch),
        RECOGITO,
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"rendering: {RECOGITO} is left out: {error}", file=sys.stderr)
        return False
    # What the page makes an import map of.
    listed = scratch / "node_modules" / "imports.json"
    listed.write_text(json.dumps(modules(scratch)), encoding="utf-8")
    return True


def modules(scratch: Path) -> dict[str, str]:
    """Return where the browser finds each module that npm got, by the name it is imported by."""
    found = {}
    folder = scratch / "node_modules"
    for described in [*folder.glob("*/package.json"), *folder.glob("@*/*/package.json")]:
        package = json.loads(described.read_text(encoding="utf-8"))
        name = described.parent.relative_to(folder).as_posix()
        for path, entry in entries(package).items():
            found[(name + path.lstrip("."))] = f"/node_modules/{name}/{entry.removeprefix('./')}"
    return found


def entries(package: dict[str, Any]) -> dict[str, str]:
    """Return the files of a package by the paths that it exports."""
    exports = package.get("exports") or package.get("module") or package.get("main", "index.js")
    if isinstance(exports, str) or not any(path.startswith(".") for path in exports):
        exports = {".": exports}
    return {path: file for path, value in exports.items() if (file := chosen(value))}


def chosen(value: object) -> str | None:
    """Return the file that a browser gets of what a package exports under conditions."""
    if isinstance(value, dict):
        wanted = (value[name] for name in ("import", "browser", "default") if name in value)
        return chosen(next(wanted, None))
    return value if isinstance(value, str) else None


class Pages(http.server.SimpleHTTPRequestHandler):
    """Serves the app's modules, a page that loads nothing else, and what npm got."""

    scratch: Path

    def translate_path(self, path: str) -> str:
        plain = path.partition("?")[0]
        if plain.startswith("/web/"):
            return str(WEB / plain.removeprefix("/web/"))
        if plain.startswith("/node_modules/"):
            return str(self.scratch / plain.removeprefix("/"))
        return str(
            Path(__file__).with_name("rendering.html" if plain == "/" else plain.strip("/"))
        )

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(scratch: Path) -> Iterator[str]:
    """Serve on a free port of this machine; yield the address."""
    handler = type("Handler", (Pages,), {"scratch": scratch})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


def generated(characters: int, count: int) -> dict[str, Any]:
    """Return a text in paragraphs of some 800 characters, its words, and spans that overlap."""
    random = Random(f"{characters} {count}")
    words, text, tokens = [], [], []
    at = 0
    while at < characters:
        word = "".join(random.choices(SYLLABLES, k=random.randint(1, 3)))
        tokens.append((at, at + len(word)))
        words.append(word)
        space = "\n\n" if random.random() < 0.007 else " "
        text.append(word + space)
        at += len(word) + len(space)
    return {
        "text": "".join(text),
        "tokens": tokens,
        "spans": [span(random, tokens, k) for k in range(count)],
    }


def span(random: Random, tokens: list[tuple[int, int]], number: int) -> dict[str, Any]:
    """Return a span of one to four words of a text, in the form that the text pane takes."""
    first = random.randrange(len(tokens) - 4)
    kind = random.randrange(len(LABELS))
    return {
        "id": f"m{number}",
        "start": tokens[first][0],
        "end": tokens[first + random.randrange(4)][1],
        "fragments": [],
        "label": LABELS[kind],
        "colour": COLOURS[kind],
        "kind": "mention",
        "title": f"mention, {LABELS[kind]}",
    }


def measured(
    opened: Browser, address: str, renderer: str, data: dict[str, Any]
) -> list[float] | str:
    """Return the figures of one renderer in a page of its own, or why there are none."""
    page = opened.new_page(viewport={"width": 1000, "height": 800})
    try:
        page.goto(address)
        page.wait_for_function("() => 'opened' in globalThis")
        first = page.evaluate("(given) => opened(...given)", [renderer, data])
        frames = page.evaluate("() => scrolled()")
        times, work = additions(page)
    except Error as error:
        return str(error).splitlines()[0]
    finally:
        page.close()
    middle, high, busy = share(times, 0.5), share(times, 0.95), share(work, 0.95)
    return [first["paint"], first["settled"], middle, high, busy, share(frames, 0.95)]


def additions(page: Page) -> tuple[list[float], list[float]]:
    """Add spans one by one; return the milliseconds that passed, and those of work, for each."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    times, work = [], []
    for number in range(ADDED):
        page.evaluate("(number) => approached(number)", number)
        before = worked()
        times.append(page.evaluate("(number) => added(number)", number))
        work.append(worked() - before)
    return times, work


def share(numbers: list[float], part: float) -> float:
    """Return the number below which a part of the numbers lies."""
    return sorted(numbers)[min(len(numbers) - 1, int(len(numbers) * part))]


def report(spans: int, renderer: str, found: list[float] | str, as_json: bool) -> None:
    if as_json:
        print(
            json.dumps({"spans": spans, "renderer": renderer, "found": found, "columns": COLUMNS}),
            flush=True,
        )
    elif isinstance(found, str):
        print(f"{spans:6}  {renderer:12}  failed: {found}", flush=True)
    else:
        print(f"{spans:6}  {renderer:12}", *(f"{one:10.1f}" for one in found), flush=True)


if __name__ == "__main__":
    main()
