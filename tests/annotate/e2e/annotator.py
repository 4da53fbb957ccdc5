"""A trained annotator who replays events, at each step in the way that costs least.

What is on the screen (which fillers have digits, what is marked already) is read, as a person
would; no step is taken back, and the record is compared at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from playwright.sync_api import expect
from tests.annotate.e2e.screen import Screen

Pair: TypeAlias = tuple[int, int]
#: With a hand on each; with the keyboard only; with the mouse only; with both, where no filler
#: that is offered is right; and as a beginner, who drags over all words.
Way: TypeAlias = Literal["mouse and keys", "keyboard", "mouse", "no digits", "beginner"]

ATTRIBUTES = ("polarity", "modality", "tense", "genericity", "reported")
_OFFER = re.compile(r"Fill (\S+) with (.*) \((\d)\)", re.DOTALL)


@dataclass(frozen=True)
class Filler:
    """What fills a role: words of a type, or the event at them (`kind` is then "event")."""

    role: str
    span: Pair
    kind: str


@dataclass
class Goal:
    """An event as it shall be."""

    kind: str
    trigger: Pair
    fillers: list[Filler]
    attributes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, event: Mapping[str, Any], record: Mapping[str, Any]) -> Goal:
        """Return an event of a record (doc/1, or the items of the app) as a goal."""
        marked = {one["id"]: one for one in record["mentions"]}
        triggers = {one["id"]: one["triggers"][0] for one in record["events"]}
        fillers = []
        for arg in event["args"]:
            one = marked.get(arg["ref"]) or triggers[arg["ref"]]
            fillers.append(
                Filler(arg["role"], (one["start"], one["end"]), one.get("type", "event"))
            )
        more = {one["name"]: one["value"] for one in event["attrs"]}
        said = {name: event.get(name) or more.get(name) for name in ATTRIBUTES}
        at = event["triggers"][0]
        return cls(
            event["type"], (at["start"], at["end"]), sorted(fillers, key=_placed),
            {name: value for name, value in said.items() if value},
        )  # fmt: skip


def _placed(filler: Filler) -> tuple[str, Pair]:
    return filler.role, filler.span


class Annotator:
    """Somebody who knows the keys and does not hesitate."""

    def __init__(self, screen: Screen, document: str, way: Way) -> None:
        self.screen = screen
        self.hand = screen.hand
        self.way = way
        found = screen.fetch(f"/api/document?id={document}&layer=ana")
        self.name = document
        self.text: str = found["document"]["text"]
        self.tokens: list[Pair] = [(a, b) for a, b in found["document"]["tokens"]]
        self.phrases: list[Pair] = [(a, b) for a, b in found["document"]["phrases"]]
        self.schema = screen.fetch("/api/project")["schema"]

    def items(self) -> dict[str, Any]:
        """Return what the server has."""
        self.screen.saved()
        items: dict[str, Any] = self.screen.fetch(f"/api/document?id={self.name}&layer=ana")[
            "items"
        ]
        return items

    def replay(self, goals: Iterable[Goal]) -> None:
        """Annotate events one after the other."""
        for goal in goals:
            self.begin(goal)
            self.complete(goal)

    def begin(self, goal: Goal) -> None:
        """Make the trigger, whose card opens."""
        self.choose(goal.trigger)
        if self.way == "mouse":
            self.hand.press("#legend [data-do=event]")
            self.hand.press(f"#legend [data-do=trigger][data-key='events {goal.kind}']")
        else:
            self.hand.key("e", self.schema["events"][goal.kind]["key"])
        expect(self.screen.part(".card.active [data-change=retypeTo]")).to_have_value(goal.kind)

    def complete(self, goal: Goal) -> None:
        """Fill what is empty on the open card, and set the attributes."""
        waiting = list(goal.fillers)
        while waiting:
            offered = self.offered(waiting)
            filler, digit = offered or (waiting[0], None)
            waiting.remove(filler)
            if digit is not None:
                self.take(digit)
            else:
                self.fill(filler)
            self.retype(filler)
        for name, value in goal.attributes.items():
            self.say(name, value)

    def offered(self, waiting: list[Filler]) -> tuple[Filler, str] | None:
        """Return a filler that has a digit on the card, or None."""
        if self.way in {"no digits", "beginner"}:
            return None
        labels = self.screen.part(".card.active .offer").evaluate_all(
            "(offers) => offers.map((offer) => offer.getAttribute('aria-label'))"
        )
        for role, words, digit in (_OFFER.fullmatch(label).groups() for label in labels):  # type: ignore[union-attr]  # all match
            for filler in waiting:
                if filler.role == role and self.text[slice(*filler.span)] == words:
                    return filler, digit
        return None

    def take(self, digit: str) -> None:
        """Fill the role that the card offers under a digit."""
        if self.way == "mouse":
            self.hand.press(f".card.active .offer:has(kbd:text-is('{digit}'))")
        else:
            self.hand.key(digit)

    def fill(self, filler: Filler) -> None:
        """Fill a role with words."""
        count = self.screen.part(".card.active .fillers .chip").count()
        key = self.schema["events"][self.kind()]["roles"][filler.role]["key"]
        if self.way == "mouse":
            self.hand.press(f".card.active .slot[data-key={filler.role}] [data-do=arm]")
            self.choose(filler.span)
        elif filler.kind == "event":
            self.hand.key(f"Shift+{key.upper()}")
            self.choose(filler.span)
            if self.way == "keyboard":
                self.hand.key("Tab", "Enter")
        else:
            self.choose(filler.span)
            self.hand.key(key)
        expect(self.screen.part(".card.active .fillers .chip")).to_have_count(count + 1)

    def kind(self) -> str:
        """Return the type of the open event."""
        return self.screen.part(".card.active [data-change=retypeTo]").input_value()

    def retype(self, filler: Filler) -> None:
        """Put right the type of what has just been marked."""
        choice = self.screen.part(".picked-card select[aria-label=Type]")
        if filler.kind == "event" or not choice.count() or choice.input_value() == filler.kind:
            return
        button = f"#legend [data-do=mark][data-key={filler.kind}]"
        if self.way == "mouse":
            self.hand.press(button)
        else:
            self.hand.key(self.screen.part(f"{button} kbd").inner_text())

    def say(self, name: str, value: str) -> None:
        """Give the open event an attribute; a key goes through its values."""
        line = self.screen.part(f".card.active [data-key=attribute-{name}]")
        now = line.locator("[aria-checked=true]")
        if now.count() and now.inner_text() == value:
            return
        if self.way == "mouse":
            self.hand.press(f".card.active [data-key=attribute-{name}] button:text-is('{value}')")
            return
        values = [None, *self.schema["attributes"][name]["values"]]
        at = values.index(now.inner_text() if now.count() else None)
        for _ in range((values.index(value) - at) % len(values)):
            self.hand.key(line.locator("kbd").inner_text())

    def choose(self, span: Pair) -> None:
        """Select words or put the caret on one, in the cheapest way."""
        tokens = [one for one in self.tokens if span[0] <= one[0] and one[1] <= span[1]]
        if self.way == "keyboard":
            self.hand.jump(*self.said(tokens[0]))
            if len(tokens) > 1:
                self.hand.extend(len(tokens) - 1)
        elif self.way == "beginner":
            self.hand.drag(*self.said(span))
        else:
            self.point(span, tokens)

    def point(self, span: Pair, tokens: list[Pair]) -> None:
        """Click once if that is enough, else twice, else drag."""
        marks = self.marks()
        open_ = [one for one in tokens if self.smallest(one, marks) in {None, span}]
        twice = [one for one in open_ if self.phrase(one) == span]
        if (len(tokens) == 1 or span in marks) and open_:
            self.hand.click(*self.said(open_[0]))
        elif twice:
            self.hand.double(*self.said(twice[0]))
        else:
            self.hand.drag(*self.said(span))

    def marks(self) -> set[Pair]:
        """Return where something is marked."""
        items = self.items()
        spans = [*items["mentions"], *(one["triggers"][0] for one in items["events"])]
        return {(one["start"], one["end"]) for one in spans}

    def smallest(self, token: Pair, marks: set[Pair]) -> Pair | None:
        """Return what a click on a word picks, or None."""
        around = [one for one in marks if one[0] <= token[0] and token[1] <= one[1]]
        return min(around, key=lambda one: one[1] - one[0], default=None)

    def said(self, span: Pair) -> tuple[str, int]:
        """Return words, and the number of times that they stand before."""
        words = self.text[slice(*span)]
        begun = [at for at in range(span[0]) if self.text.startswith(words, at)]
        return words, len(begun)

    def phrase(self, token: Pair) -> Pair:
        """Return what a double click on a word chooses: the smallest phrase around it."""
        around = [one for one in self.phrases if one[0] <= token[0] and token[1] <= one[1]]
        larger = [one for one in around if one[1] - one[0] > token[1] - token[0]]
        return min(larger, key=lambda one: one[1] - one[0], default=token)


class Reviewer(Annotator):
    """An annotator who takes over what a system suggests, and puts it right."""

    def review(self, goals: Iterable[Goal]) -> None:
        """Go through the frames in the order of the text."""
        for goal in goals:
            self.go_to(goal)
            self.correct(goal)
            self.complete(self.rest_of(goal))

    def go_to(self, goal: Goal) -> None:
        """Take over the suggested event of a goal; its card opens."""
        if self.way == "mouse" or not self.arrive(goal):
            self.arrive_by_place(goal)
        if self.ghost() is not None and self.way == "mouse":
            self.hand.press("#float [data-do=acceptGhost]")
        elif self.ghost() is not None:
            self.hand.key("Enter")
        expect(self.screen.part(".card.active [data-change=retypeTo]")).to_have_value(goal.kind)

    def ghost(self) -> str | None:
        """Return the type and words of the suggestion in hand, or None."""
        card = self.screen.part("#board article.ghostly.picked > div:first-child")
        if not card.count():
            return None
        type_ = card.locator(".type").inner_text()
        return f"{type_} {card.locator('.quote').inner_text()}"

    def arrive(self, goal: Goal) -> bool:
        """Go there with Tab if it is near; return whether it was."""
        wanted = f"{goal.kind} {self.text[slice(*goal.trigger)]}"
        for _ in range(3):
            if self.ghost() == wanted:
                return True
            self.hand.key("Tab")
        return self.ghost() == wanted

    def arrive_by_place(self, goal: Goal) -> None:
        """Go there by its words, whether it is a suggestion still or an event already."""
        if self.way == "keyboard":
            self.hand.jump(*self.said(goal.trigger))
            self.hand.key("Tab")
            if self.ghost() is None:
                self.hand.key("Enter")
        else:
            self.hand.click(*self.said(goal.trigger))

    def chips(self) -> list[tuple[str, str]]:
        """Return the roles and words of what the open card has."""
        read = """(chips) => chips.map((chip) => [chip.closest(".slot").dataset.key,
            chip.querySelector(".words").title.match(/^\\S+ (.*): choose/s)[1]])"""
        found = self.screen.part(".card.active .chip").evaluate_all(read)
        return [(role, words) for role, words in found]

    def correct(self, goal: Goal) -> None:
        """Take out of the open card what is wrong, or put what is right in its place."""
        wanted = [(one.role, self.text[slice(*one.span)]) for one in goal.fillers]
        have = self.chips()
        missing = [one for one in goal.fillers if self.known(one) not in have]
        for number, (role, words) in reversed(list(enumerate(have))):
            if (role, words) in wanted:
                continue
            better = next((one for one in missing if one.role == role), None)
            if better is None:
                self.take_out(number)
            else:
                missing.remove(better)
                self.put_right(number, better, sum(one[0] == role for one in have) == 1)

    def known(self, filler: Filler) -> tuple[str, str]:
        return filler.role, self.text[slice(*filler.span)]

    def rest_of(self, goal: Goal) -> Goal:
        """Return a goal without what the open card has already."""
        have = self.chips()
        left = [one for one in goal.fillers if self.known(one) not in have]
        return Goal(goal.kind, goal.trigger, left, goal.attributes)

    def put_right(self, number: int, filler: Filler, only: bool) -> None:
        """Put words in place of a filler; the only one of a role needs no click."""
        if only and self.way != "mouse":
            key = self.schema["events"][self.kind()]["roles"][filler.role]["key"]
            self.hand.key(f"Shift+{key.upper()}")
        else:
            self.hand.press(f".card.active .chip >> nth={number} >> .words")
        self.choose(filler.span)
        if self.way == "keyboard":
            self.hand.key("Enter")
        words = self.text[slice(*filler.span)]
        expect(self.screen.part(".card.active .chip").nth(number)).to_contain_text(words[:20])
        self.retype(filler)

    def take_out(self, number: int) -> None:
        """Take a filler out of the open card: only a button does it."""
        button = self.screen.part(".card.active .chip").nth(number).locator(".out")
        count = self.screen.part(".card.active .chip").count()
        if self.way == "keyboard":
            self.hand.key("F6")
            while not button.evaluate("(element) => element === document.activeElement"):
                self.hand.key("Tab")
            self.hand.key("Enter")
        else:
            self.hand.press(f".card.active .chip >> nth={number} >> .out")
        expect(self.screen.part(".card.active .chip")).to_have_count(count - 1)
        if not self.screen.part("[data-pane=text]:focus").count():
            self.hand.key("Shift+F6" if self.screen.part("#panel :focus").count() else "F6")
