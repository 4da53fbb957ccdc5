"""RTF to blocks: what groups and control words make of the text.

Groups stand on a list, so that no depth of them can exhaust the stack of Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from glose.corpus.building.office.flow import Flow
from glose.corpus.building.office.rtf_characters import Characters, whole
from glose.corpus.building.office.rtf_story import Paragraph, Story
from glose.corpus.building.office.rtf_styles import Styles
from glose.corpus.building.office.rtf_words import (
    BULLETS,
    DATE,
    ENTERED,
    LEFT,
    SIGNS,
    SKIPPED,
    STATED,
    SYMBOLS,
)
from glose.corpus.building.rejections import RejectError
from glose.corpus.numbers import counted

#: How deep groups may stand in each other.
DEEPEST = 10_000

#: Where text goes that belongs to the document, and text that belongs nowhere.
TEXT, NOWHERE = "text", "nowhere"

#: Destinations whose words are read, and become no text.
_READ = BULLETS | {"fonttbl", "stylesheet", "info", "fldinst"}

_TOKEN = re.compile(
    r"\\(?:(?P<word>[a-zA-Z]{1,40}+)(?P<number>-?\d{1,10})?\ ?|'(?P<byte>[0-9a-fA-F]{2})"
    r"|(?P<symbol>[^a-zA-Z]))|(?P<brace>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)",
    re.DOTALL,
)


@dataclass(slots=True)
class _Group:
    """What holds in a group: where its text goes, how it is written, what is done at its end."""

    to: str = TEXT
    marked: bool = False
    alternatives: bool = False
    skip: int = 1
    font: int | None = None
    hidden: bool = False
    deleted: bool = False
    end: Callable[[], None] | None = None


class Reading:
    """A reading of a file, which fills a flow.

    `stated` has what the file says of itself by control words, `created` year, month and day.
    """

    def __init__(self, data: bytes) -> None:
        self.flow = Flow()
        self.stated: dict[str, str] = {}
        self.created: dict[str, int] = {}
        self._data = data.decode("latin-1")
        self._group = _Group()
        self._outer: list[_Group] = []
        self._characters = Characters()
        self._styles = Styles()
        self._stories = [Story(self.flow, self._styles)]
        self._aside: list[str] = []
        self._instruction = ""
        self._notes = 0

    def read(self) -> None:
        """Read the whole file; raise `RejectError` if it is cut short or nested too deeply."""
        at = 0
        while token := _TOKEN.match(self._data, at):
            at = token.end()
            if token["text"] is not None:
                self._characters.text(token["text"])
            elif token["byte"] is not None:
                self._characters.byte(int(token["byte"], 16))
            elif token["word"] is not None:
                at += self._word(token["word"], token["number"])
            elif token["symbol"] is not None:
                self._symbol(token["symbol"])
            elif token["brace"] == "{":
                self._open()
            elif token["brace"] == "}":
                self._close()
                if not self._outer:
                    break
        if self._outer:
            groups = counted(len(self._outer), "group")
            raise RejectError(f"it ends inside of {groups}; is the file whole?")
        self._stories[0].end()
        self.flow.flush()

    def _put(self, text: str) -> None:
        """Put a text where it belongs."""
        group = self._group
        if not text or group.to == NOWHERE:
            return
        if group.to != TEXT:
            self._aside.append(text)
        elif group.deleted or group.hidden:
            self.flow.left.append("tracked deletion" if group.deleted else "hidden text")
        else:
            self._stories[-1].running.append(text)

    def _decode(self) -> None:
        """Put the bytes that wait, before something changes."""
        self._put(self._characters.decoded(self._group.font))

    def _open(self) -> None:
        self._decode()
        self._characters.skip = 0
        if len(self._outer) >= DEEPEST:
            raise RejectError(f"groups stand more than {DEEPEST} deep; expected a document")
        outer = self._group
        self._outer.append(outer)
        self._group = replace(outer, marked=False, alternatives=False, end=None)
        if outer.alternatives:
            self._group.to = NOWHERE
        if outer.to == "stylesheet":
            self._group.end = self._end_style
        elif outer.to == "fonttbl":
            self._group.end = self._end_font

    def _close(self) -> None:
        self._decode()
        self._characters.skip = 0
        if self._group.end:
            self._group.end()
        if self._outer:
            self._group = self._outer.pop()

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._group.marked = True
        elif symbol in "\r\n":
            self._word("par", None)
        elif symbol in SYMBOLS and not self._characters.is_skipped():
            self._decode()
            self._put(SYMBOLS[symbol])

    def _word(self, word: str, written: str | None) -> int:
        """Follow a control word; return how many bytes after it belong to it."""
        number = int(written) if written else None
        if word == "bin":
            return max(0, number or 0)
        if word == "u":
            self._decode()
            self._put(chr((number or 0) % 0x10000))
            self._characters.skip = self._group.skip
        elif not self._characters.is_skipped():
            self._decode()
            if not (self._is_aside(word) or self._begins(word)):
                self._follow(word, number)
        return 0

    def _is_aside(self, word: str) -> bool:
        """Whether a word begins a destination that is marked to be skipped, and is not known."""
        marked, self._group.marked = self._group.marked, False
        if marked and word not in ENTERED:
            self._group.to = NOWHERE
        return marked and word not in ENTERED

    def _begins(self, word: str) -> bool:
        """Begin a destination; what is skipped has none but one, which says it in Unicode."""
        group = self._group
        if word == "ud" and len(self._outer) > 1:
            group.to = self._outer[-2].to
        elif group.to == NOWHERE:
            return word not in {"uc", "bin"}
        elif word in SKIPPED:
            group.to = NOWHERE
        elif word in LEFT:
            self.flow.left += [LEFT[word]] if group.to == TEXT else []
            group.to = NOWHERE
        elif word == "footnote":
            self._begin_note()
        else:
            return self._begins_aside(word)
        return True

    def _begins_aside(self, word: str) -> bool:
        """Begin a destination that is told by the words in it."""
        group = self._group
        stated = group.to == "info" and (word in STATED or word == "creatim")
        if stated or word in _READ:
            group.to, group.end = word, self._ends(word)
        elif word == "fldrslt" and self._instruction.split()[:1] == ["TOC"]:
            self.flow.leave_contents()
            group.to = NOWHERE
        else:
            return False
        self._aside.clear()
        return True

    def _ends(self, word: str) -> Callable[[], None]:
        """Return what is done at the end of a destination."""

        def end() -> None:
            text = whole("".join(self._aside))
            self._aside.clear()
            if word == "fldinst":
                self._instruction = text
            elif word in BULLETS:
                # Headings may be of a list without numbers.
                self._stories[-1].paragraph.item = bool(text.strip())
            elif word in STATED and text.strip():
                self.stated[word] = text.strip()

        return end

    def _end_style(self) -> None:
        self._styles.end(whole("".join(self._aside)))
        self._aside.clear()

    def _end_font(self) -> None:
        self._characters.name(whole("".join(self._aside)))
        self._aside.clear()

    def _begin_note(self) -> None:
        self._notes += 1
        note = Story(Flow(self.flow), self._styles)
        where = f"note={self._notes}"
        self._stories.append(note)
        self._group.end = lambda: self._end_note(note, where)

    def _end_note(self, note: Story, where: str) -> None:
        self._stories.remove(note)
        note.end()
        self.flow.hang("note", "\n".join(note.flow.blocks.text.split("\n\n")), where)

    def _follow(self, word: str, number: int | None) -> None:
        """Follow a word that is no destination."""
        group = self._group
        if word in SIGNS:
            self._put(SIGNS[word])
        elif group.to == "stylesheet":
            self._styles.follow(word, number or 0)
        elif group.to == "creatim" and word in DATE and number:
            self.created[word] = number
        elif group.to in {TEXT, "fonttbl"}:
            self._characters.follow(word, number)
        self._format(word, number)
        if group.to == TEXT:
            self._lay(word, number)

    def _format(self, word: str, number: int | None) -> None:
        """Follow a word about the characters of a group."""
        group = self._group
        if word == "uc":
            group.skip = max(0, number or 0)
        elif word == "upr":
            group.alternatives = True
        elif word == "v":
            group.hidden = number != 0
        elif word == "deleted":
            group.deleted = number != 0
        elif word == "plain":
            group.hidden = group.deleted = False
            group.font = None
        elif word == "f" and group.to != "fonttbl":
            group.font = number

    def _lay(self, word: str, number: int | None) -> None:
        """Follow a word about paragraphs and tables."""
        story = self._stories[-1]
        if word in {"par", "sect"}:
            story.end_paragraph()
        elif word in {"cell", "nestcell"}:
            story.end_cell()
        elif word in {"row", "nestrow"}:
            story.end_row()
        elif word == "pard":
            story.paragraph = Paragraph(item=story.paragraph.item)
        elif word == "intbl":
            story.paragraph.cell = True
        elif word == "s":
            story.paragraph.style = number or 0
        elif word == "outlinelevel":
            story.paragraph.level = number
