"""A hand at a page: it clicks, drags and types, and counts what that costs.

Seconds are those of the keystroke-level model (Card, Moran and Newell, 1980) with the constants by
which glose is compared with other tools: a key 0.2, pointing 1.1, pressing or releasing a button
0.1, moving a hand between mouse and keyboard 0.4. Thinking and waiting are not counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Page

KEY, POINT, BUTTON, HOMING = 0.2, 1.1, 0.1, 0.4

Device = Literal["keyboard", "mouse"]

#: Returns the middle of the first and of the last character of a piece of text on the page.
_PLACES = """([selector, words, nth]) => {
  const root = document.querySelector(selector);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [], starts = [];
  let text = "";
  for (let node; (node = walker.nextNode()); text += node.data) {
    nodes.push(node);
    starts.push(text.length);
  }
  let at = -1;
  for (let i = 0; i <= nth; i++) {
    at = text.indexOf(words, at + 1);
    if (at < 0) throw new Error(`"${words}" is not in the text ${nth + 1} times`);
  }
  const middle = (offset) => {
    if (/[\\udc00-\\udfff]/.test(text[offset])) offset -= 1;
    let i = starts.length - 1;
    while (starts[i] > offset) i--;
    const range = document.createRange();
    range.setStart(nodes[i], offset - starts[i]);
    const sign = String.fromCodePoint(text.codePointAt(offset));
    range.setEnd(nodes[i], offset - starts[i] + sign.length);
    nodes[i].parentElement.scrollIntoView({block: "nearest"});
    const box = range.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  return [middle(at), middle(at + words.length - 1), middle(at)];
}"""

#: Returns the letters of the hint that stands at the first character of a piece of text.
_HINT = """([x, y]) => {
  const near = (box) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
  const hints = [...document.querySelectorAll(".over.hints > div")]
    .map((hint) => [near(hint.getBoundingClientRect()), hint.dataset.label])
    .sort(([one], [other]) => one - other);
  if (!hints.length || hints[0][0] > 8) throw new Error("no hint stands there");
  return hints[0][1];
}"""

#: Resolves when what was done has been drawn.
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass
class Hand:
    """What does things on a page; `text` is the selector of the text pane.

    `seconds` are those of two hands, one on the mouse and one on the keyboard, as in the
    comparison of tools; `homing` adds what it costs if one hand goes from one to the other.
    """

    page: Page
    text: str = "[data-pane=text]"
    actions: int = 0
    seconds: float = 0.0
    changes: int = 0
    log: list[str] = field(default_factory=list)
    _at: Device | None = None

    @property
    def homing(self) -> float:
        """Seconds with one hand for both."""
        return self.seconds + HOMING * self.changes

    def rest(self) -> None:
        """Begin to count anew."""
        self.actions, self.seconds, self.changes, self._at = 0, 0.0, 0, None
        self.log.clear()

    def key(self, *keys: str) -> None:
        """Press keys one after the other; `Shift+a` is one action of two keys."""
        for name in keys:
            held = name[:-1].count("+")
            self._count("keyboard", KEY * (1 + held), name)
            self.page.keyboard.press(name)
            self.settle()

    def extend(self, count: int, arrow: str = "ArrowRight") -> None:
        """Hold Shift and press an arrow so many times: as many actions, one key more."""
        for number in range(count):
            self._count("keyboard", KEY * (2 if number == 0 else 1), f"Shift+{arrow}")
            self.page.keyboard.press(f"Shift+{arrow}")
        self.settle()

    def jump(self, words: str, nth: int = 0) -> None:
        """Go to the word that begins with words, by its hint: `f` and two letters."""
        self.key("f")
        letters: str = self.page.evaluate(_HINT, self._places(words, nth)[2])
        self.key(*letters)

    def settle(self) -> None:
        """Wait until what was done has been drawn, as people do."""
        self.page.evaluate(_DRAWN)

    def write(self, words: str) -> None:
        """Type words, a key at a time."""
        for sign in words:
            self._count("keyboard", KEY, sign)
            self.page.keyboard.type(sign)
        self.settle()

    def click(self, words: str, nth: int = 0) -> None:
        """Click on the first character of words in the text; `nth` counts from 0."""
        self._clicks(words, nth, 1, "click")

    def double(self, words: str, nth: int = 0) -> None:
        """Double click on the first character of words in the text."""
        self._clicks(words, nth, 2, "double click")

    def drag(self, words: str, nth: int = 0) -> None:
        """Drag over words in the text."""
        self._count("mouse", 2 * (POINT + BUTTON), f"drag {words}")
        _, last, first = self._places(words, nth)
        self.page.mouse.move(*first)
        self.page.mouse.down()
        self.page.mouse.move(*last, steps=4)
        self.page.mouse.up()
        self.settle()

    def press(self, selector: str) -> None:
        """Click on a control."""
        self._count("mouse", POINT + 2 * BUTTON, f"press {selector}")
        self.page.locator(selector).first.click()
        self.settle()

    def _clicks(self, words: str, nth: int, times: int, name: str) -> None:
        self._count("mouse", POINT + 2 * BUTTON * times, f"{name} {words}")
        first = self._places(words, nth)[2]
        self.page.mouse.click(*first, click_count=times)
        self.settle()

    def _places(self, words: str, nth: int) -> list[tuple[float, float]]:
        places: list[tuple[float, float]] = self.page.evaluate(_PLACES, [self.text, words, nth])
        return places

    def _count(self, device: Device, seconds: float, what: str) -> None:
        self.changes += self._at not in {None, device}
        self._at = device
        self.actions += 1
        self.seconds += seconds
        self.log.append(what)
