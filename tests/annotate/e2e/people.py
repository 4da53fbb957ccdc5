"""Two people who annotate the same way, one with the keyboard only, the other with the mouse only.

What is text (a comment, a name to find) is typed by both; nothing else is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from playwright.sync_api import expect
from tests.annotate.e2e.dispatches import FLAG, TEXT
from tests.annotate.e2e.screen import Screen


class Person(ABC):
    """Somebody at a tab. Words may be said with a number, from 0: which of several is meant."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.hand = screen.hand

    @abstractmethod
    def select(self, words: str, nth: int = 0) -> None:
        """Select words; one by keyboard is the caret on it."""

    @abstractmethod
    def pick(self, words: str, nth: int = 0) -> None:
        """Pick the mention that begins with words."""

    @abstractmethod
    def mark(self, kind: str) -> None:
        """Make what is selected a mention, or change the type of what is picked."""

    @abstractmethod
    def begin(self, kind: str) -> None:
        """Make what is selected the trigger of an event, or begin a relation."""

    @abstractmethod
    def again(self, words: str, kind: str) -> None:
        """Make another event of a trigger, whose card is open."""

    @abstractmethod
    def add(self, words: str) -> None:
        """Add words to the trigger of the open card."""

    @abstractmethod
    def fill(self, role: str) -> None:
        """Fill a role of the open card with what is selected or picked."""

    @abstractmethod
    def fill_event(self, role: str, words: str) -> None:
        """Fill a role of the open card with the event at words."""

    @abstractmethod
    def set(self, attribute: str, value: str) -> None:
        """Give the open card the first value of an attribute."""

    @abstractmethod
    def link(self, name: str) -> None:
        """Put the picked mention into one chain with what has a name."""

    @abstractmethod
    def link_again(self) -> None:
        """Put the picked mention into the chain that was used last."""

    @abstractmethod
    def accept_value(self) -> None:
        """Take the value that is offered for the new mention."""

    @abstractmethod
    def correct_value(self, norm: str) -> None:
        """Give the picked mention another value, in place."""

    @abstractmethod
    def open(self, words: str) -> None:
        """Open the card of the event at words."""

    @abstractmethod
    def cluster(self, name: str) -> None:
        """Say that the open event is the same happening as one with a name."""

    @abstractmethod
    def flag(self) -> None:
        """Flag what is picked."""

    @abstractmethod
    def comment(self, words: str) -> None:
        """Comment on what is selected or picked."""

    @abstractmethod
    def label(self, value: str) -> None:
        """Give the document a label."""

    @abstractmethod
    def leave(self) -> None:
        """Close the card and let go of everything."""

    @abstractmethod
    def finish(self) -> None:
        """Say that the document is done."""


class Typist(Person):
    """Has no mouse. `keys` are those of the schema, by what they choose."""

    keys: ClassVar = {
        "PER": "p", "ORG": "o", "GPE": "g", "DATE": "d",
        "ATTACK": "a", "DEATH": "d", "FIRE": "f", "STATEMENT": "s", "LEADS": "l",
        "Attacker": "a", "Victim": "v", "Place": "l", "Date": "d", "Speaker": "s", "Content": "c",
        "Leader": "h", "Group": "g", "polarity": "y", "tense": "t",
    }  # fmt: skip

    def select(self, words: str, nth: int = 0) -> None:
        if words[0].isalpha():
            self.hand.jump(words, nth)
        else:  # a picture has no hint; the word before it has one
            self.hand.jump(TEXT[: TEXT.index(words)].split()[-1])
            self.hand.key("ArrowRight")
        more = words.strip().count(" ") + words.count(FLAG)
        if more:
            self.hand.extend(more, "ArrowLeft" if "\u0590" < words[0] < "\u0800" else "ArrowRight")

    def pick(self, words: str, nth: int = 0) -> None:
        self.hand.jump(words, nth)
        self.hand.key("Tab")

    def mark(self, kind: str) -> None:
        self.hand.key(self.keys[kind])

    def begin(self, kind: str) -> None:
        self.hand.key("e", self.keys[kind])

    def again(self, words: str, kind: str) -> None:
        self.hand.jump(words)
        self.begin(kind)

    def add(self, words: str) -> None:
        self.hand.jump(words)
        self.hand.key("+")

    def fill(self, role: str) -> None:
        self.hand.key(self.keys[role])

    def fill_event(self, role: str, words: str) -> None:
        self.hand.key(f"Shift+{self.keys[role].upper()}")
        self.hand.jump(words)
        self.hand.key("Tab", "Enter")

    def set(self, attribute: str, value: str) -> None:
        self.hand.key(self.keys[attribute])

    def link(self, name: str) -> None:
        self.hand.key("=")
        self.hand.write(name)
        self.hand.key("Enter")

    def link_again(self) -> None:
        self.hand.key("1")

    def accept_value(self) -> None:
        self.screen.says("Enter takes it")
        self.hand.key("Enter")

    def correct_value(self, norm: str) -> None:
        self._go_to("#value-input")
        self.hand.key("Control+A")
        self.hand.write(norm)
        self.hand.key("Enter")

    def open(self, words: str) -> None:
        self.hand.jump(words)
        self.hand.key("Tab", "Enter")

    def cluster(self, name: str) -> None:
        self._go_to("button[data-do=chooseCluster]")
        self.hand.key("Enter")
        self.hand.write(name)
        self.hand.key("Enter", "F6", "F6", "F6", "F6")

    def flag(self) -> None:
        self.hand.key("!")

    def comment(self, words: str) -> None:
        self.hand.key(";")
        self.hand.write(words)
        self.hand.key("Control+Enter")
        self._command("Events")

    def label(self, value: str) -> None:
        self._command("Labels")
        self._go_to(f"#board button:text-is('{value}')")
        self.hand.key("Space")
        self._command("Events")

    def leave(self) -> None:
        self.hand.key("Escape", "Escape")

    def finish(self) -> None:
        self.hand.key("Control+Enter")

    def _command(self, title: str) -> None:
        self.hand.key("Control+K")
        self.hand.write(title)
        self.hand.key("Enter")

    def _go_to(self, selector: str) -> None:
        """Go to the panel with F6, and with Tab to what a selector finds there."""
        wanted = self.screen.part(selector)
        expect(wanted).to_be_visible()
        self.hand.key("F6")
        for _ in range(60):
            if wanted.evaluate("(element) => element === document.activeElement"):
                return
            self.hand.key("Tab")
        raise AssertionError(f"Tab does not get to {selector}")


class Pointer(Person):
    """Has no keyboard, save to write."""

    def select(self, words: str, nth: int = 0) -> None:
        self.hand.drag(words, nth)

    def pick(self, words: str, nth: int = 0) -> None:
        self.hand.click(words, nth)

    def mark(self, kind: str) -> None:
        self.hand.press(f"#legend [data-do=mark][data-key={kind}]")

    def begin(self, kind: str) -> None:
        self.hand.press("#legend [data-do=event]")
        self.hand.press(f"#legend [data-do=trigger][data-key$=' {kind}']")

    def again(self, words: str, kind: str) -> None:
        self.hand.press(".card.active [data-do=secondEvent]")
        self.hand.press(f"#float [data-do=trigger][data-key$=' {kind}']")

    def add(self, words: str) -> None:
        self.hand.drag(words)
        self.hand.press(".card.active [data-do=addPiece]")

    def fill(self, role: str) -> None:
        self.hand.press(f"#float [data-key='role {role}']")

    def fill_event(self, role: str, words: str) -> None:
        self.hand.press(f".card.active .slot[data-key={role}] [data-do=arm]")
        self.hand.click(words)

    def set(self, attribute: str, value: str) -> None:
        self.hand.press(f".card.active button[role=radio]:text-is('{value}')")

    def link(self, name: str) -> None:
        self.hand.press("#float [data-do=chooseChain]")
        self.hand.press(f"#palette-list [role=option]:has-text('{name}')")

    def link_again(self) -> None:
        self.hand.press("#tab-chains")
        self.hand.press("#board .chain [data-do=linkTo]")
        self.hand.press("#tab-events")

    def accept_value(self) -> None:
        self.hand.press(".picked-card [data-do=value]")

    def correct_value(self, norm: str) -> None:
        self.hand.press("#value-input")
        self.screen.page.keyboard.press("Control+A")
        self.hand.write(norm)
        self.hand.press("#heading h1")

    def open(self, words: str) -> None:
        self.hand.click(words)

    def cluster(self, name: str) -> None:
        self.hand.press(".card.active [data-do=chooseCluster]")
        self.hand.press(f"#palette-list [role=option]:has-text('{name}')")

    def flag(self) -> None:
        self.hand.press(".picked-card [data-do=flag]")

    def comment(self, words: str) -> None:
        self.hand.press("#tab-comments")
        self.hand.press("#comment-text")
        self.hand.write(words)
        self.hand.press("#board form button[type=submit]")
        self.hand.press("#tab-events")

    def label(self, value: str) -> None:
        self.hand.press("#tab-labels")
        self.hand.press(f"#board button:text-is('{value}')")
        self.hand.press("#tab-events")

    def leave(self) -> None:
        for selector in (".picked-card [data-do=letGo]", ".card.active [data-do=closeCard]"):
            if self.screen.part(selector).count():
                self.hand.press(selector)

    def finish(self) -> None:
        self.hand.press("#heading [data-do=done]")


PEOPLE: Sequence[type[Person]] = (Typist, Pointer)
