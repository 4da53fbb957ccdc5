"""A hand at a page that has nothing but a text pane; what the pane tells."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import ConsoleMessage, Page

STORY = (
    "Des frappes de l’armée ont tué douze civils vendredi à Sarmine, selon le porte-parole du "
    "mouvement. Le gouvernement de la province a condamné cette attaque et promis de l’aide.\n\n"
    "Les rebelles et l’armée s’accusent d’avoir rompu la trêve conclue à Genève.\n"
)
ARABIC = "زار وفد من الهلال الأحمر مدينة سرمين يوم الجمعة.\n"
# The first word of each line of a text of 600 lines of 14 characters.
FIRST_WORDS = [
    {"id": f"m{k}", "start": 14 * k, "end": 14 * k + 2, "label": "PER"} for k in range(600)
]


class Pane:
    """A page with a text pane, and a hand on mouse and keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = ""
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(message.text)

    def show(self, text: str, *spans: dict[str, Any], **options: object) -> None:
        self.text = text
        self.page.mouse.move(0, 0)
        self.page.evaluate(
            "([text, spans, options]) => show(text, spans, options)", [text, list(spans), options]
        )

    def run(self, script: str, argument: object = None) -> Any:  # noqa: ANN401 - what JSON holds
        return self.page.evaluate(script, argument)

    def at(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Return where words stand in the text, in code points."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return start, start + len(words)

    def span(self, label: str, words: str, nth: int = 0, **more: object) -> dict[str, Any]:
        start, end = self.at(words, nth)
        return {"id": words.replace(" ", "-"), "start": start, "end": end, "label": label, **more}

    def pieces(self, label: str, *words: str, **more: object) -> dict[str, Any]:
        fragments = [self.at(piece) for piece in words]
        start, end = fragments[0][0], fragments[-1][1]
        span = {"id": words[0].replace(" ", "-"), "start": start, "end": end, "label": label}
        return {**span, "fragments": fragments, **more}

    def ends(self, words: str, nth: int = 0) -> list[dict[str, float]]:
        found: list[dict[str, float]] = self.run("([a, b]) => ends(a, b)", self.at(words, nth))
        return found

    def drag(self, words: str, *, back: bool = False) -> None:
        """Drag from the middle of the first character of some words to that of the last."""
        first, last = self.ends(words)[:: -1 if back else 1]
        self.page.mouse.move(first["x"], first["y"])
        self.page.mouse.down()
        self.page.mouse.move(last["x"], last["y"], steps=4)
        self.page.mouse.up()

    def click(self, words: str, count: int = 1) -> None:
        place = self.ends(words)[0]
        self.page.mouse.click(place["x"], place["y"], click_count=count)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def events(self, *types: str) -> list[dict[str, Any]]:
        """Return what the pane has told since the last call."""
        found: list[dict[str, Any]] = self.run("() => events()")
        return [event for event in found if event["type"] in types]

    def told(self, kind: str) -> str | None:
        """Return the words of the last event of a kind, or None."""
        found = self.events(kind)
        return found[-1]["words"] if found else None

    def style(self, selector: str, name: str, pseudo: str | None = None) -> str:
        script = "([s, n, p]) => getComputedStyle(document.querySelector(s), p)[n]"
        found: str = self.run(script, [selector, name, pseudo])
        return found
