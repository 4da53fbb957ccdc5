"""A scorer of somebody else, from files of `benchmarks/converting.py` to its figures.

    build/peers/bin/python benchmarks/peers.py SCORER FOLDER [PROGRAM]

To be run by a Python that has the scorer (and need not have glose). Prints, as JSON, the CPU
seconds until its modules were imported and until its data were loaded, and its figures under the
names that the parity tests have. With `docbin` it writes the files that spaCy is to load. PROGRAM
is the folder of a scorer that cannot be installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

#: Figures by the name of the scorer, as it has them.
Printed: TypeAlias = dict[str, Any]

SIDES = ("gold", "predicted")
IMPLICIT = "_implicit_in_recall"
MARKS: dict[str, float] = {}


def mark(name: str) -> None:
    """Note the CPU seconds of this process so far; what is noted first stays."""
    MARKS.setdefault(name, time.process_time())


def tags(path: Path) -> list[list[str]]:
    """Return the tags of each document of a file of columns."""
    found: list[list[str]] = [[]]
    with path.open() as lines:
        for line in lines:
            if line == "\n":
                found.append([])
            else:
                found[-1].append(line.rstrip("\n").split("\t")[1])
    return found[:-1]


def decoded(path: Path) -> list[Any]:
    with path.open() as lines:
        return [json.loads(line) for line in lines]


def seqeval(folder: Path, _: Path | None) -> Printed:
    from seqeval.metrics import classification_report

    mark("imported")
    gold, predicted = (tags(folder / f"{side}.conll") for side in SIDES)
    mark("loaded")
    return {"default": classification_report(gold, predicted, output_dict=True, zero_division=0)}


def seqeval_whole(folder: Path, _: Path | None) -> Printed:
    """Both modes, and the accuracy."""
    from seqeval.metrics import accuracy_score, classification_report
    from seqeval.scheme import IOB2

    gold, predicted = (tags(folder / f"{side}.conll") for side in SIDES)
    strict = classification_report(
        gold, predicted, output_dict=True, zero_division=0, mode="strict", scheme=IOB2
    )
    return {
        **seqeval(folder, None),
        "strict_iob2": strict,
        "accuracy": accuracy_score(gold, predicted),
    }


def nervaluate_flat(folder: Path, _: Path | None) -> Printed:
    from nervaluate.evaluator import Evaluator

    mark("imported")
    files = [(folder / f"{side}.conll").read_text() for side in SIDES]
    names = {line[-1][2:] for text in files for line in map(str.split, text.split("\n")) if line}
    evaluator = Evaluator(*files, tags=sorted(names - {""}), loader="conll")
    mark("loaded")
    return semeval(evaluator.evaluate())


def nervaluate_spans(folder: Path, _: Path | None) -> Printed:
    from nervaluate.evaluator import Evaluator

    mark("imported")
    gold, predicted = (decoded(folder / f"{side}.spans.jsonl") for side in SIDES)
    names = {span["label"] for document in (*gold, *predicted) for span in document}
    evaluator = Evaluator(gold, predicted, tags=sorted(names), loader="dict")
    mark("loaded")
    return semeval(evaluator.evaluate())


def semeval(found: Printed) -> Printed:
    types = found["entities"].items()
    return {
        "overall": {name: asdict(row) for name, row in found["overall"].items()},
        "types": {t: {name: asdict(row) for name, row in rows.items()} for t, rows in types},
    }


def spacy(folder: Path, _: Path | None) -> Printed:
    from spacy.scorer import Scorer

    examples = list(loaded(folder))
    mark("loaded")

    def spans(labeled: bool) -> Mapping[str, Any]:
        found: Mapping[str, Any] = Scorer.score_spans(
            examples, "sc", getter=lambda doc, name: doc.spans[name], allow_overlap=True,
            labeled=labeled,
        )  # fmt: skip
        return found

    return {
        "all_spans": spans(labeled=True),
        "all_unlabeled": {k: v for k, v in spans(labeled=False).items() if "per_type" not in k},
        "flat": Scorer.score_spans(examples, "ents"),
    }


def loaded(folder: Path) -> Iterator[Any]:
    from spacy.tokens import DocBin
    from spacy.training import Example
    from spacy.vocab import Vocab

    mark("imported")
    vocab = Vocab()
    gold, predicted = (DocBin().from_disk(folder / f"{side}.spacy") for side in SIDES)
    for one, other in zip(gold.get_docs(vocab), predicted.get_docs(vocab), strict=True):
        yield Example(other, one)


def docbin(folder: Path, _: Path | None) -> Printed:
    """Write spans, and entities where tags can hold them, as spaCy stores documents."""
    from spacy.tokens import Doc, DocBin, Span
    from spacy.vocab import Vocab

    vocab = Vocab()
    for side in SIDES:
        stored = DocBin(attrs=["ENT_IOB", "ENT_TYPE"])
        both = zip(
            tags(folder / f"{side}.conll"), decoded(folder / f"{side}.spans.jsonl"), strict=True
        )
        for row, spans in both:
            doc = Doc(vocab, words=["w"] * len(row), ents=row)
            doc.spans["sc"] = [Span(doc, s["start"], s["end"] + 1, s["label"]) for s in spans]
            stored.add(doc)
        stored.to_disk(folder / f"{side}.spacy")
    return {}


def textee(folder: Path, program: Path | None) -> Printed:
    assert program is not None
    # Its scorer imports a debugger that it does not call.
    sys.modules["ipdb"] = ModuleType("ipdb")
    sys.path.insert(0, str(program / "TextEE"))
    scorer = import_module("scorer")
    mark("imported")
    gold, predicted = (decoded(folder / f"{side}.events.jsonl") for side in SIDES)
    mark("loaded")
    found: Printed = scorer.compute_scores(predicted, gold, "E2E")
    return found


def coval(folder: Path, program: Path | None) -> Printed:
    sys.path.insert(0, str(program))
    reader, evaluator = import_module("coval.conll.reader"), import_module("coval.eval.evaluator")
    mark("imported")
    infos = reader.get_coref_infos(
        *(str(folder / f"{side}.chains") for side in SIDES), False, False, True
    )
    mark("loaded")
    names = ("mentions", "muc", "b_cubed", "ceafe", "ceafm", "lea")
    found: Printed = {
        name: list(evaluator.evaluate_documents(infos, getattr(evaluator, name), beta=1))
        for name in names
    }
    averaged = [found[name][2] for name in ("muc", "b_cubed", "ceafe")]
    return {**found, "conll": sum(averaged) / 3}


def tempeval(folder: Path, program: Path | None) -> Printed:
    """The toolkit is of Python 2, which PYTHON2 names; its own way to align ids is left out."""
    python2 = os.environ.get("PYTHON2", "python2")
    sides = [f"{folder.resolve() / 'timeml' / side}/" for side in SIDES]

    def rows(script: str, *method: str) -> list[list[float]]:
        command = [python2, f"{program}/{script}", *sides, "0", *method]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        lines = (line for line in done.stdout.splitlines() if line.startswith("\t\t"))
        return [[float(number) for number in line.split()] for line in lines]

    relations = "evaluation-relations/temporal_evaluation.py"
    found: Printed = {"entities": rows("evaluation-entities/evaluate_entities.py")}
    for name, method in (("", ()), ("_acl11", ("acl11",)), (IMPLICIT, (IMPLICIT[1:],))):
        found[f"awareness{name}"] = rows(relations, *method)[0]
    return found


SCORERS: Mapping[str, Callable[[Path, Path | None], Printed]] = {
    "seqeval": seqeval, "seqeval-whole": seqeval_whole, "nervaluate-flat": nervaluate_flat,
    "nervaluate-spans": nervaluate_spans, "spacy": spacy, "docbin": docbin, "textee": textee,
    "coval": coval, "tempeval": tempeval,
}  # fmt: skip


def main() -> None:
    name, folder, *program = sys.argv[1:]
    printed = SCORERS[name](Path(folder), Path(program[0]) if program else None)
    print(json.dumps({**MARKS, "printed": printed}, default=float))


if __name__ == "__main__":
    main()
