"""A person at the page of the app: what is seen on it, and a hand that works with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect
from tests.annotate.web.hand import Hand

_DRAWN = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""


@dataclass
class Desk:
    """One tab with the app."""

    page: Page
    hand: Hand
    errors: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, context: BrowserContext, address: str) -> Desk:
        """Open an address, and wait for the text."""
        page = context.new_page()
        desk = cls(page, Hand(page))
        page.on("pageerror", lambda error: desk.errors.append(str(error)))
        page.on("console", desk.heard)
        page.goto(address)
        page.wait_for_selector(".glose-text .block")
        desk.settled()
        return desk

    def heard(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains of, such as what the policy forbids."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    def settled(self) -> None:
        """Wait until what was done has been drawn."""
        self.page.evaluate(_DRAWN)

    def key(self, *keys: str) -> Desk:
        """Press keys one after the other, each drawn before the next."""
        for key in keys:
            self.page.keyboard.press(key)
            self.settled()
        return self

    def select(self, words: str, nth: int = 0) -> Desk:
        """Drag over words."""
        self.hand.drag(words, nth)
        self.settled()
        return self

    def click(self, words: str, nth: int = 0) -> Desk:
        """Click on words, not so soon after another click that it is a double one."""
        self.page.wait_for_function("() => performance.now() - (window.clickedAt ?? -1000) > 550")
        self.hand.click(words, nth)
        self.page.evaluate("() => { window.clickedAt = performance.now(); }")
        self.settled()
        return self

    def press(self, command: str, text: str = "") -> Desk:
        """Click on the control of a command."""
        found = self.page.locator(f"[data-do={command}]", has_text=text)
        found.locator("visible=true").first.click()
        self.settled()
        return self

    def event(self, words: str, letter: str = "k", nth: int = 0) -> Desk:
        """Make words an event by the keyboard."""
        return self.select(words, nth).key("e", letter)

    def mark(self, words: str, letter: str, nth: int = 0) -> Desk:
        """Mark words with the letter of a type."""
        return self.select(words, nth).key(letter)

    def tab(self, name: str) -> Desk:
        """Show a panel."""
        self.page.locator(f"#tab-{name}").click()
        self.settled()
        return self

    def slot(self, role: str) -> Locator:
        """The line of a role in the open card."""
        return self.page.locator(f'.card.active .slot[data-key="{role}"]')

    def fillers(self, role: str) -> list[str]:
        """What fills a role of the open card, as the card says it once all is drawn."""
        self.settled()
        return self.slot(role).locator(".chip .words").all_inner_texts()

    @property
    def said(self) -> str:
        """What the line below says."""
        return self.page.locator("#status .now").inner_text()

    def saved(self) -> Desk:
        """Wait until the server has everything."""
        self.settled()
        expect(self.page.locator("#status .saved")).to_have_text("All saved")
        return self

    def see(self, selector: str) -> Locator:
        """What the page has there."""
        return self.page.locator(selector)
