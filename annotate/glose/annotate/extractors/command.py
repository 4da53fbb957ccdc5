"""The extractor `command`: any program that reads and writes corpus JSONL, one record a line.

The program gets each document without annotations on its standard input and answers with one
record for each, in any order; only `id` and the lists that it found are needed. It is started
without a shell. What is wrong with an answer is told with the line of the program's output.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from glose.annotate.extractors.answers import Answers
from glose.annotate.extractors.process import Process, orderly
from glose.corpus.document import ANNOTATIONS, Document
from glose.corpus.errors import GloseError

#: Programs that run another, which is then what the layer is named after.
_RUNNERS = re.compile(
    r"(?:python|pypy|uv|env|(?:ba|da|z|k)?sh|node|deno|bun|ruby|perl|php|lua|java|julia|Rscript)[\d.]*"
)
_SCRIPT = re.compile(r"[^\s-]\S*\.(?:pyz?|sh|[cm]?[jt]s|rb|pl|php|lua|jar|jl|[rR])")
#: Seconds without an answer after which a program counts as hung.
TIMEOUT = 300.0


class Command:
    """A program as an extractor: `words` are its path and its arguments."""

    annotates: tuple[str, ...] = ANNOTATIONS

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self.name = _name(words)

    def annotate(self, document: Document) -> Document:
        """Return the program's answer to one document; the program is started for it alone."""
        (answer,) = self.annotate_all([document])
        return answer

    def annotate_all(
        self, documents: Iterable[Document], timeout: float | None = None
    ) -> Iterator[Document]:
        """Yield the answers of the program as they come.

        Raises `GloseError` where it crashes, gives no answer for `timeout` seconds, answers
        wrongly, or leaves a document out, and what reading the documents raises; what it had
        answered until then has been yielded.
        """
        program = shlex.join(self._words)
        with (
            orderly(),
            closing(Answers(program, self.name)) as answers,
            closing(Process(self._words)) as process,
        ):
            questions = answers.asking(documents)
            for number, line in process.exchange(questions, timeout or TIMEOUT):
                yield answers.answer(line, number)
            # It may have ended before it was asked of everything: one more shows that.
            next(questions, None)
            answers.complete()


def load(argument: str | None) -> Command:
    """Return the extractor that runs the program which the argument names, with its arguments."""
    try:
        words = shlex.split(argument or "")
    except ValueError as error:
        raise GloseError(f"command: {argument!r} cannot be split into words ({error})") from error
    if not words:
        raise GloseError("command needs a program: name it as 'command:./program argument…'")
    return Command(words)


def _name(words: list[str]) -> str:
    """Return what the layer is called: the script that python or the like runs, else the program.

    >>> _name(["python3.12", "-u", "tools/ext.py", "--fast"]), _name(["./mine.sh", "other.sh"])
    ('ext', 'mine')
    """
    program = Path(words[0])
    ran = words[1:] if _RUNNERS.fullmatch(program.name) else []
    scripts = (Path(word) for word in ran if _SCRIPT.fullmatch(word) or Path(word).is_file())
    return next(scripts, program).stem or "command"
