"""What a run has finished so far: a file of documents, and which run they belong to."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import msgspec

from glose.corpus import jsonl
from glose.corpus.errors import GloseError
from glose.corpus.files import whole

_ENDING = ".partial.jsonl"


class Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must be the same for two runs to be one: else a file would mix two extractors.

    `extractor` is its whole name with its argument, `corpus` the SHA-256 of the file that is read;
    each is `None` where it is not known. What stands in a program or a model is not compared.
    """

    extractor: str | None
    layer: str
    corpus: str | None
    split: str | None


class Partial:
    """The finished documents of a run, in `NAME.partial.jsonl` beside the file that it makes.

    `NAME.partial.json` says which run it is.
    """

    def __init__(self, out: Path) -> None:
        self.path = out.with_name(out.name.removesuffix(".jsonl") + _ENDING)
        self._owner = self.path.with_suffix(".json")

    def finished(self, run: Run, *, resume: bool) -> dict[str, str | None]:
        """Return the ids that an earlier run finished, with the hashes of their texts.

        Raises `GloseError` where there are some but the run is not to go on, or is another one.
        """
        if not self.path.exists() or not self.path.stat().st_size:
            return {}
        if not resume:
            raise GloseError(
                f"{self.path}: holds the finished documents of a run that broke off; "
                "go on with --resume, or begin anew with --restart"
            )
        self._compare(run)
        self._mend()
        return {document.id: document.text_sha256 for document in jsonl.read(self.path)}

    def appending(self, run: Run) -> IO[bytes]:
        """Return the file to add documents to, once it is written down which run it is."""
        with whole(self._owner) as stream:
            stream.write(msgspec.json.encode(run) + b"\n")
        try:
            return self.path.open("ab")
        except OSError as error:
            raise GloseError(f"{self.path}: cannot be written ({error.strerror})") from error

    def remove(self) -> None:
        """Throw away what was finished, if anything was."""
        self.path.unlink(missing_ok=True)
        self._owner.unlink(missing_ok=True)

    def _compare(self, run: Run) -> None:
        before = self._begun()
        for name in run.__struct_fields__:
            then, now = getattr(before, name), getattr(run, name)
            if then != now:
                # Two hashes would tell a reader nothing.
                what = "another corpus" if name == "corpus" else f"{name} {then!r}, not {now!r}"
                raise GloseError(
                    f"{self.path}: begun with {what}; "
                    "go on with the same, or begin anew with --restart"
                )

    def _begun(self) -> Run:
        try:
            return msgspec.json.decode(self._owner.read_bytes(), type=Run)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise GloseError(
                f"{self._owner}: does not tell which run broke off ({error}); "
                "begin anew with --restart"
            ) from error

    def _mend(self) -> None:
        """Cut off a last line that was not written to its end."""
        content = self.path.read_bytes()
        end = content.rfind(b"\n") + 1
        if end < len(content):
            self.path.write_bytes(content[:end])
