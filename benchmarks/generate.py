"""Write a gold corpus and predictions for it, of any size, from a seed.

    python benchmarks/generate.py -n 200000 -o build/bench

The words are made of French-looking syllables; nothing is taken from any text. Each document has
about 20 mentions and 3 events with arguments, and with `--entities` the mentions are in clusters.
The predictions make every kind of mistake: missed, spurious, wrong type, shifted; always by whole
words, so that formats of words can hold them. One document is held at a time, and each has a seed
of its own, so document 7 is the same however many are written.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from random import Random

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Document,
    Entity,
    Event,
    Mention,
    Meta,
    Status,
    Trigger,
    fingerprint,
)
from glose.corpus.jsonl import write

SYLLABLES = """
    ba bre can cha cler dé don dre é fer fleu gar gnon jou lai lé lin mar mé mon nai nou or pé plai
    pou qué ral ré rou sai sec ser té tier tour vau vé ville zon
""".split()  # noqa: SIM905
TYPES = ("PER", "ORG", "GPE", "LOC", "FAC", "WEA", "DATE", "NUM")
EVENTS = ("ASSAULT", "PROTEST", "CONSULT", "AID", "SANCTION", "ACCUSE")
ROLES = ("Actor", "Recipient", "Location", "Date")
SOURCES = ("La Dépêche imaginaire", "Le Courrier inventé", "Agence fictive")
ANNOTATED = Status(state="done", annotated=("mentions", "events"))

Token = tuple[int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--documents", type=int, default=20_000)
    parser.add_argument("-o", "--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--entities", action="store_true")
    options = parser.parse_args()
    generate(options.folder, options.documents, options.seed, options.entities)


def generate(
    folder: Path, documents: int, seed: int = 1, entities: bool = False
) -> tuple[Path, Path]:
    """Write `gold.jsonl` and `predicted.jsonl` to a folder; return their paths."""
    gold, predicted = folder / "gold.jsonl", folder / "predicted.jsonl"
    write(gold, (g for g, _ in pairs(documents, seed, entities)))
    write(predicted, (p for _, p in pairs(documents, seed, entities)))
    return gold, predicted


def pairs(documents: int, seed: int, entities: bool) -> Iterator[tuple[Document, Document]]:
    for gold in golds(documents, seed):
        predicted = predictions(gold, Random(f"{seed}p{gold.id}"))
        if entities:
            yield clustered(gold, predicted, Random(f"{seed}c{gold.id}"))
        else:
            yield gold, predicted


def golds(documents: int, seed: int) -> Iterator[Document]:
    words = vocabulary(Random(seed), 4000)
    for number in range(documents):
        yield dispatch(f"doc{number:07}", words, Random(f"{seed}g{number}"))


def vocabulary(random: Random, size: int) -> list[str]:
    return ["".join(random.choices(SYLLABLES, k=random.randint(1, 4))) for _ in range(size)]


def dispatch(name: str, words: list[str], random: Random) -> Document:
    text, tokens = prose(words, random)
    mentions = tuple(sorted(named(text, tokens, random), key=lambda m: (m.start, -m.end)))
    meta = Meta(title=text[:30], source=random.choice(SOURCES), agency="fictive")
    return Document(
        id=name, layer="gold", language="fr", text=text, text_sha256=fingerprint(text), meta=meta,
        mentions=mentions, events=tuple(happenings(text, tokens, mentions, random)),
        status=ANNOTATED,
    )  # fmt: skip


def prose(words: list[str], random: Random) -> tuple[str, list[Token]]:
    chosen = random.choices(words, k=random.randint(120, 250))
    tokens: list[Token] = []
    position = 0
    for word in chosen:
        tokens.append((position, position + len(word)))
        position += len(word) + 1
    return " ".join(chosen) + ".", tokens


def named(text: str, tokens: list[Token], random: Random) -> Iterator[Mention]:
    places = random.sample(range(len(tokens) - 3), k=random.randint(14, 26))
    for number, first in enumerate(sorted(places)):
        start, end = tokens[first][0], tokens[first + random.randint(0, 2)][1]
        kind = random.choice(TYPES)
        yield Mention(f"m{number}", kind, start, end, text=text[start:end], level="NAM")


def happenings(
    text: str, tokens: list[Token], mentions: tuple[Mention, ...], random: Random
) -> Iterator[Event]:
    for number in range(random.randint(1, 5)):
        start, end = random.choice(tokens)
        roles = random.sample(ROLES, k=random.randint(1, 3))
        args = tuple(Argument(role, ref=random.choice(mentions).id) for role in roles)
        trigger = Trigger(start, end, text=text[start:end])
        yield Event(f"e{number}", random.choice(EVENTS), (trigger,), args, modality="asserted")


def predictions(gold: Document, random: Random) -> Document:
    assert gold.text is not None
    mentions = {m.id: m for m in (guess(m, gold.text, random) for m in gold.mentions) if m}
    events = tuple(e for e in (imagined(e, mentions, random) for e in gold.events) if e)
    found = tuple(sorted(mentions.values(), key=lambda m: (m.start, -m.end, m.type, m.id)))
    return Document(
        id=gold.id, layer="system", text_sha256=gold.text_sha256, mentions=found, events=events,
        status=ANNOTATED,
    )  # fmt: skip


def guess(mention: Mention, text: str, random: Random) -> Mention | None:
    luck = random.random()
    if luck < 0.1:
        return None
    start, end, kind = mention.start, mention.end, mention.type
    if luck < 0.2:
        kind = random.choice(TYPES)
    elif luck < 0.27:
        space = text.find(" ", end + 1)
        end = len(text) if space < 0 else space
    elif luck < 0.35 and start > 0:
        start, end = text.rfind(" ", 0, start - 1) + 1, start - 1
    return Mention(mention.id, kind, start, end, text=text[start:end])


def imagined(event: Event, mentions: dict[str, Mention], random: Random) -> Event | None:
    if random.random() < 0.2:
        return None
    kind = random.choice(EVENTS) if random.random() < 0.15 else event.type
    args = tuple(
        Argument(random.choice(ROLES) if random.random() < 0.1 else a.role, ref=a.ref)
        for a in event.args
        if a.ref in mentions
    )
    return Event(event.id, kind, event.triggers, args)


def clustered(gold: Document, predicted: Document, random: Random) -> tuple[Document, Document]:
    """Put mentions into clusters, some of the predicted ones into the wrong one."""
    places = [
        random.choice((number, random.randint(0, 5))) for number in range(len(gold.mentions))
    ]
    right = {mention.id: place for mention, place in zip(gold.mentions, places, strict=True)}
    moved = {
        name: random.choice(places) if random.random() < 0.2 else right[name] for name in right
    }
    status = replace(ANNOTATED, annotated=("mentions", "entities", "events"))
    return (
        replace(gold, entities=tuple(chains(gold, right)), status=status),
        replace(predicted, entities=tuple(chains(predicted, moved)), status=status),
    )


def chains(document: Document, places: dict[str, int]) -> Iterator[Entity]:
    for place in sorted(set(places.values())):
        own = [mention for mention in document.mentions if places[mention.id] == place]
        if own:
            yield Entity(f"n{place}", own[0].type, mentions=tuple(m.id for m in own))


if __name__ == "__main__":
    main()
