"""A tab with the app in it: what a person sees there, and waits for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect
from tests.annotate.web.hand import Hand

#: Lines of the console that say only that the server is gone, as some tests mean it to be.
_GONE = ("net::ERR_CONNECTION_REFUSED", "net::ERR_FAILED", "net::ERR_CONNECTION_RESET")


@dataclass
class Screen:
    """A tab; `faults` are what the page threw or complained of."""

    page: Page
    hand: Hand
    faults: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, context: BrowserContext, address: str, document: str = "") -> Screen:
        """Open an address in a new tab, and wait until a document is shown."""
        page = context.new_page()
        screen = cls(page, Hand(page))
        page.on("pageerror", lambda error: screen.faults.append(str(error)))
        page.on("console", screen._console)
        page.on("dialog", screen._dialog)
        page.goto(f"{address}#{document}")
        screen.ready()
        return screen

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(words in message.text for words in _GONE):
            self.faults.append(f"console: {message.text}")

    def _dialog(self, dialog: Any) -> None:  # noqa: ANN401  # playwright exports no type of it
        if dialog.type != "beforeunload":
            self.faults.append(f"dialog: {dialog.message}")
        dialog.accept()

    def ready(self) -> None:
        """Wait until a document is shown."""
        expect(self.page.locator("[data-pane=text]")).to_be_focused()
        self.hand.settle()

    def shows(self, title: str) -> None:
        """Wait until the document with a title is shown."""
        expect(self.part("#heading h1")).to_have_text(title)

    def show(self, document: str) -> None:
        """Open another document, by its address."""
        self.page.evaluate("(id) => { location.hash = id; }", document)
        opened = f"#documents [aria-current=true][data-arg='\"{document}\"']"
        expect(self.part(opened)).to_be_visible()
        self.ready()

    def reload(self) -> None:
        """Load the page anew."""
        self.page.reload()
        self.ready()

    def part(self, selector: str) -> Locator:
        """Return what a selector finds, or a person sees of it first."""
        return self.page.locator(selector)

    def saving(self, words: str) -> None:
        """Wait until the line below says this of what is saved."""
        expect(self.part("#status [data-key=saved]")).to_have_text(words)

    def saving_says(self, words: str) -> None:
        """Wait until the line below says this among what it says of what is saved."""
        expect(self.part("#status [data-key=saved]")).to_contain_text(words)

    def saved(self) -> None:
        """Wait until the server has everything."""
        self.hand.settle()
        self.saving("All saved")

    def says(self, words: str) -> None:
        """Wait until the line below says this of what was done."""
        expect(self.part("#status [data-key=now]")).to_contain_text(words)

    def labels(self) -> Locator:
        """Return the labels of what is marked, in the order of the text."""
        return self.part("[data-pane=text] [data-id]")

    def shown(self) -> list[str]:
        """Return what a screen reader says of what is marked."""
        said = "(labels) => labels.map((label) => label.getAttribute('aria-label'))"
        found: list[str] = self.labels().evaluate_all(said)
        return found

    def hold(self) -> None:
        """Let no edit of this tab get to the server, as if the network were gone."""
        self.page.route("**/api/operations?*", lambda route: route.abort())

    def release(self) -> None:
        """Let edits through again."""
        self.page.unroute("**/api/operations?*")

    def clash(self, other: Screen, word: str = "Bamba") -> None:
        """Say PER of a word that another tab has made ORG meanwhile, unknown to this one."""
        other.hand.jump(word)
        other.hand.key("g")
        expect(self.labels()).to_have_count(1)
        self.hold()
        self.hand.jump(word)
        self.hand.key("Tab", "p")
        other.hand.key("o")
        other.saved()
        self.release()
        self.saving_says("1 edit needs your choice")

    def until(self, expression: str, *arguments: object) -> None:
        """Wait until JavaScript finds something true."""
        self.page.wait_for_function(expression, arg=list(arguments))

    def fetch(self, path: str, **options: object) -> dict[str, Any]:
        """Return what the page gets from its server."""
        ask = "([path, options]) => fetch(path, options).then((answer) => answer.json())"
        found: dict[str, Any] = self.page.evaluate(ask, [path, options])
        return found
