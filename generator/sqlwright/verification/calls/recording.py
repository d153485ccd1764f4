"""What a function asks of its connection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlwright.verification.calls.messages import Given

_ONCE = frozenset({"execute", "fetch", "fetchrow", "fetchval", "cursor"})
_OFTEN = frozenset({"executemany", "fetchmany"})


class Recording:
    """A connection that remembers the queries and their arguments."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.sent: list[Sequence[Any]] = []
        self.texts: list[str] = []

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._connection, name)
        if name not in _ONCE | _OFTEN:
            return method

        def call(*arguments: Any, **options: Any) -> Any:
            self.texts.append(arguments[0])
            if name in _ONCE:
                self.sent.append(arguments[1:])
            else:
                arguments = (arguments[0], list(arguments[1]), *arguments[2:])
                self.sent += arguments[1]
            return method(*arguments, **options)

        return call


def sends_null(given: Sequence[Given], sent: Iterable[Sequence[Any]]) -> bool:
    """Whether NULL was sent for a json value, or an element of an array of them, that may not be:
    None is JSON's null there."""
    return any(
        item.not_null and _holds_null(item, value)
        for values in sent
        if len(values) == len(given)
        for item, value in zip(given, values, strict=True)
    )


def _holds_null(item: Given, value: Any) -> bool:
    if item.shape.kind == "json" and not item.of_row:
        return value is None
    of_json = item.shape.kind == "array" and item.shape.inner[0].kind == "json"
    of_json = of_json or (item.of_row and item.shape.kind == "json")
    return of_json and isinstance(value, (list, tuple)) and None in value
