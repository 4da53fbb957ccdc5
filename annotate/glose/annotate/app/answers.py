"""Answers in JSON, written by msgspec: what is asked for, or one line that says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.responses import Response

_encoder = msgspec.json.Encoder()


def answer(value: object, status: int = 200) -> Response:
    """Return a value as JSON; it is the app's to keep, and no cache's."""
    return Response(
        _encoder.encode(value), status, {"cache-control": "no-store"}, "application/json"
    )


def failure(status: int, what: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an error as `{"error": "one line"}`."""
    line = " ".join(what.split())
    return Response(
        _encoder.encode({"error": line}),
        status,
        {"cache-control": "no-store", **(headers or {})},
        "application/json",
    )
