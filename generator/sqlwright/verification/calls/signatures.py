"""What a function of the package takes and returns, and lists of arguments to call it with."""

from __future__ import annotations

import datetime
import inspect
import typing
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlwright.dataclass import dataclass
from sqlwright.verification.calls.fitting import fields_of, misfit
from sqlwright.verification.calls.messages import Given, PackageFunction, Shape
from sqlwright.verification.calls.values import Values

_ROWS = 3
_MOST_CALLS = 40
_COMPARED = 1000
"""How many rows of a result are compared with the annotation."""

_NEAR = range(1900, 2101)
"""The years of moments between which series have no millions of days."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A function with its annotations resolved; `yields` for one that gives rows one by one."""

    function: Any
    parameters: Mapping[str, Any]
    optional: frozenset[str]
    result: Any
    yields: bool

    def misfit_of(self, result: Any) -> str | None:
        """Where what the function returned, or the rows it gave, is not what it says."""
        if not self.yields:
            return misfit(result[:_COMPARED] if type(result) is list else result, self.result)
        found = ((at, misfit(row, self.result)) for at, row in enumerate(result))
        return next((f"[{at}]{told}" for at, told in found if told), None)


def signature_of(function: Any) -> Signature:
    """A function's signature without its connection. Raises NameError for an annotation that names
    nothing."""
    hints = typing.get_type_hints(function)
    found = list(inspect.signature(function).parameters.values())[1:]
    result = hints["return"]
    yields = typing.get_origin(result) is AsyncGenerator
    return Signature(
        function,
        {item.name: hints[item.name] for item in found},
        frozenset(item.name for item in found if item.default is not inspect.Parameter.empty),
        typing.get_args(result)[0] if yields else result,
        yields,
    )


class Stored(NamedTuple):
    """A column's value as asyncpg reads it, and as PostgreSQL writes it."""

    value: Any
    text: str | None


Row = Mapping[str, Stored]
"""Values of columns that parameters belong to, by the parameter's name, out of one row each."""


def argument_lists(
    known: PackageFunction, signature: Signature, values: Values, rows: Sequence[Row]
) -> Iterator[dict[str, Any]]:
    """Keyword arguments for calls: out of rows that are there, then edges of all parameters at
    once, then those of one at a time. Raises NoValueError."""
    lists = {
        name: items
        for name, annotation in signature.parameters.items()
        if (items := _values_for(known, name, annotation, signature, values, rows))
    }
    for arguments in _combined(lists, signature.optional):
        yield _together(arguments, lists)


def _combined(
    lists: Mapping[str, Sequence[Any]], optional: frozenset[str]
) -> Iterator[dict[str, Any]]:
    if not lists:
        yield {}
        return
    longest = max(map(len, lists.values()))
    for at in range(min(longest, _MOST_CALLS)):
        yield {
            name: items[at % len(items) if at < _ROWS else (at + shift) % len(items)]
            for shift, (name, items) in enumerate(lists.items())
        }
    plain = {name: items[0] for name, items in lists.items()}
    if optional & lists.keys():
        yield {name: item for name, item in plain.items() if name not in optional}
    edges = [(name, item) for name, items in lists.items() for item in items[_ROWS:]]
    for name, item in edges[: _MOST_CALLS if len(lists) > 1 else 0]:
        yield {**plain, name: item}


def _together(arguments: dict[str, Any], lists: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The arguments with one moment for all where one is far away: a query may count the days from
    one to another."""
    far = next((item for item in arguments.values() if _is_far(item)), None)
    if far is None:
        return arguments
    return {
        name: far if hasattr(item, "year") and far in lists[name] else item
        for name, item in arguments.items()
    }


def _is_far(value: Any) -> bool:
    return isinstance(value, datetime.date) and value.year not in _NEAR


def _values_for(
    known: PackageFunction,
    name: str,
    annotation: Any,
    signature: Signature,
    values: Values,
    rows: Sequence[Row],
) -> list[Any]:
    given = next((item for item in known.given if item.name == name), None)
    if given is None and known.given and not signature.optional >= {name}:
        return _of_many(known.given, annotation, values, rows)
    if given is None and name == "chunk" and any(item.of_row for item in known.given):
        return [None, 1, 2]
    if given is None and name in signature.optional:
        return []
    shape = given.shape if given else None
    edges = values.of(annotation, shape)
    there = [item for row in rows if name in row if (item := _lifted(row[name], annotation))]
    first = [each[0] for each in there[:_ROWS]] or edges[:1]
    return [*(first * _ROWS)[:_ROWS], *edges]


def _of_many(
    given: Sequence[Given], annotation: Any, values: Values, rows: Sequence[Row]
) -> list[Any]:
    """For a parameter that holds all those of the query, or those of a row, once or many times
    over."""
    given = [item for item in given if item.of_row] or given
    arguments = typing.get_args(annotation)
    element = arguments[0] if arguments else annotation
    fields = fields_of(element)
    shapes = {item.name: item.shape for item in given}
    if fields is not None and fields.keys() == shapes.keys():
        shape = Shape("composite", inner=tuple(shapes[name] for name in fields))
    else:
        shape = given[0].shape
    if not arguments:
        return values.of(element, shape)
    edges = values.of(element, shape)
    return [edges[:1], edges[:2], edges, [], *([item] for item in edges[1:])]


def _lifted(stored: Stored, annotation: Any) -> list[Any]:
    """A column's value as an annotation wants it, if it can be had, as a list of one."""
    if typing.get_origin(annotation) is not None and misfit([], annotation) is None:
        inner = _lifted(stored, typing.get_args(annotation)[0])
        return [inner] if inner else []
    alternatives = typing.get_args(annotation) or (annotation,)
    value, text = stored
    if value is not None and misfit(value, annotation) is None:
        return [value]
    for item in alternatives:
        if hasattr(item, "__members__") and isinstance(value, str):
            try:
                return [item(value)]
            except ValueError:
                continue
    return [text] if text is not None and str in alternatives else []


def told(name: str, arguments: Mapping[str, Any]) -> str:
    """A call as one would write it."""
    shown = "".join(f", {key}={_shortened(item)}" for key, item in arguments.items())
    return f"{name}(conn{shown})"


def _shortened(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 300 else f"{shown[:299]}…"
