"""The orders and pages that a caller chooses: calls with each, and what a page begins with."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlwright.verification.calls.messages import PackageFunction, Shape
from sqlwright.verification.calls.values import Values

_FEW_PLACES = 2
"""How many places are tried in each of the orders; as it is written, all that are known."""


def chosen(
    known: PackageFunction,
    annotations: Mapping[str, Any],
    values: Values,
    plain: Mapping[str, Any],
) -> Iterator[dict[str, Any]]:
    """The arguments with every order, and with pages behind places of every kind in each; nothing
    for a function that offers neither. Raises NoValueError."""
    if not known.sort and not known.after:
        return
    sorts: list[Any] = [None]
    places: list[Any] = [None]
    if known.sort:
        sorts = [None, *filter(None, values.of(annotations[known.sort], None))]
    if known.after:
        place = Shape("composite", inner=known.place)
        places = [None, *filter(None, values.of(annotations[known.after], place))]
    for sort in sorts:
        for after in places if sort is None else places[: 1 + _FEW_PLACES]:
            choice = {known.sort: sort, known.after: after}
            made = {name: value for name, value in choice.items() if name and value is not None}
            yield {**plain, **made}


def next_page(
    known: PackageFunction,
    annotations: Mapping[str, Any],
    arguments: Mapping[str, Any],
    rows: Sequence[Any],
) -> dict[str, Any] | None:
    """The arguments for the page behind the first row that a call returned; None where there is
    none, or where it asked for a page itself."""
    if not known.after or not rows or arguments.get(known.after) is not None:
        return None
    place = _positions(annotations[known.after], rows[:1])[0]
    return {**arguments, known.after: place}


def gap(annotation: Any, rows: Sequence[Any], page: Sequence[Any]) -> str | None:
    """What is wrong about the page behind the first of these rows, which has to begin with the
    others; None if nothing is."""
    expected = list(map(repr, _positions(annotation, rows[1:])))
    found = list(map(repr, _positions(annotation, page)))[: len(expected)]
    if found == expected:
        return None
    return f"gives a page that begins with {_told(found)} and not with {_told(expected)}"


def rows_of(result: Any) -> list[Any]:
    """The rows of what a function returned."""
    if isinstance(result, list):
        return result
    return [] if result is None else [result]


def _positions(annotation: Any, rows: Sequence[Any]) -> list[Any]:
    [position] = [each for each in typing.get_args(annotation) if hasattr(each, "of")]
    return [position.of(row) for row in rows]


def _told(positions: Sequence[str]) -> str:
    return positions[0] if positions else "nothing"
