"""What a protocol is: metrics of which every convention is fixed, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Protocol:
    """Metrics by name, and how their items are matched, for the signature.

    One that is `flexible` leaves out the metrics of lists that were not annotated; any other
    refuses a document that lacks a list. `reference` is the program, with its version, whose
    figures the protocol has; `warnings` say what is wrong with them, for whoever asks for it.
    """

    name: str
    metrics: tuple[str, ...]
    matching: str
    flexible: bool = False
    reference: str | None = None
    warnings: tuple[str, ...] = ()
